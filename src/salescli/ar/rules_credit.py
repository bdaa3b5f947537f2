"""When credit stops an order or a delivery: the only text that decides it (ORD-05, ORD-06, CUS-05).

A limit reached exactly passes, one cent more does not. A bill past its due date and the days of grace counts whatever the balance is.
Somebody never evaluated has no credit (X-02): he is only warned about until `credit.enforce_from`, then he pays at delivery.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from salescli.ar.states import PaymentClass
from salescli.core.approval import Ask
from salescli.core.dates import add_months
from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import N_, msg
from salescli.core.money import amount_text
from salescli.core.record import NamedTuple

OFF, WARN, APPROVE, BLOCK = "off", "warn", "approve", "block"
ENTRY, APPROVAL, SHIPMENT = "entry", "approval", "shipment"
"""Points of credit.points: writing the order, taking it on, handing the goods over."""


class CreditPolicy(NamedTuple):
    """credit.mode, credit.points, credit.grace_days, credit.enforce_from, ar.new_terms_days, ar.old_collect_months."""

    mode: str = APPROVE
    points: tuple[str, ...] = (ENTRY, APPROVAL, SHIPMENT)
    grace_days: int = 0
    enforce_from: date | None = None
    new_days: int = 0
    faithful_months: int = 6


class CreditFacts(NamedTuple):
    """A customer as credit sees him: amounts in 1/100. `limit` None: never evaluated; `coming` is confirmed and not delivered yet."""

    customer: str
    name: str
    limit: int | None
    days: int | None
    receivables: int
    coming: int
    overdue: int
    overdue_days: int
    oldest_due: str | None
    payment_class: PaymentClass

    @property
    def used(self) -> int:
        """What of the limit is taken: owed and not paid, and promised but not delivered yet."""
        return self.receivables + self.coming

    @property
    def free(self) -> int | None:
        """What is left of the limit; None without one."""
        return None if self.limit is None else self.limit - self.used


class Wanted(NamedTuple):
    """What is asked of credit: the order's amount (1/100) that comes on top, its terms, the document and the day.

    `whole` is the order's full amount: what an approval of it covers, at the order and at each of its deliveries.
    """

    document: str
    amount: int
    whole: int
    day: date
    point: str
    cash: bool = False
    days: int = 0


class Verdict(NamedTuple):
    """What stops or needs approval, and what is only said."""

    problems: list[Problem]
    warnings: list[Problem]


def check_credit(facts: CreditFacts, wanted: Wanted, policy: CreditPolicy) -> Verdict:
    """Whether a customer may have more goods before he has paid: limit, overdue bills, terms of his class. ORD-05, ORD-06, CUS-05."""
    if policy.mode == OFF or wanted.point not in policy.points:
        return Verdict([], [])
    found = [*_over_limit(facts, wanted, policy), *_overdue(facts, policy), *_terms(facts, wanted, policy)]
    return weigh(found, policy.mode, wanted, facts, policy)


def payment_class(*, bad: bool, old: bool, late: bool) -> PaymentClass:
    """ORD-05: somebody on record as bad pays only through proxy collection; somebody new pays cash; late ones by their ability."""
    if bad:
        return PaymentClass.PROXY
    if not old:
        return PaymentClass.NEW
    return PaymentClass.OTHER if late else PaymentClass.FAITHFUL


NEVER = N_(
    "{customer} {name} was never evaluated for credit; open {open:amount} + not delivered yet {coming:amount} + this {amount:amount}"
)
NEVER_SO_FAR = N_("{customer} {name} was never evaluated for credit; open {open:amount} + not delivered yet {coming:amount}")
LIMIT = N_(
    "credit limit {limit:amount} of {customer} {name}; open {open:amount} + not delivered yet {coming:amount} + this {amount:amount}: "
    "{over:amount} too much"
)
LIMIT_SO_FAR = N_(
    "credit limit {limit:amount} of {customer} {name}; open {open:amount} + not delivered yet {coming:amount}: {over:amount} too much"
)
"""Goods of a confirmed order add nothing when they go out: they counted as not delivered yet."""


def _over_limit(facts: CreditFacts, wanted: Wanted, policy: CreditPolicy) -> list[Problem]:
    """The limit; none at all means the goods are paid when they are handed over."""
    if wanted.cash:
        return _unpaid(facts, wanted) if wanted.point == SHIPMENT else []
    over = facts.used + wanted.amount - (facts.limit or 0)
    if over <= 0:
        return []
    if facts.limit is None:
        text = NEVER if wanted.amount else NEVER_SO_FAR
        hint = N_(
            "evaluate him: salescli customer edit {customer} --credit-limit AMOUNT; or sell for cash: salescli order edit {document} --cash"
        )
    else:
        text = LIMIT if wanted.amount else LIMIT_SO_FAR
        hint = N_("who owes what: salescli ar list --customer {customer} --open")
        if policy.mode == APPROVE:
            hint = N_('ask for it: the same command with --request "reason"; who owes what: salescli ar list --customer {customer} --open')
    code = "never_evaluated" if facts.limit is None else "credit_limit"
    return [
        problem(
            code, text, rule="CUS-05" if facts.limit is None else "ORD-06", hint=hint, customer=facts.customer, name=facts.name,
            limit=facts.limit, open=facts.receivables, coming=facts.coming, amount=wanted.amount, over=over, document=wanted.document,
        )
    ]  # fmt: skip


def _unpaid(facts: CreditFacts, wanted: Wanted) -> list[Problem]:
    """Cash at delivery: the goods go when the money is here, before or with them."""
    short = facts.receivables + wanted.amount
    if short <= 0:
        return []
    text = N_("{document} is paid at delivery: {short:amount} of {amount:amount} is not here yet")
    hint = N_("salescli order deliver {document} --paid, when the money comes with the goods")
    return [
        problem("cash_at_delivery", text, rule="ORD-05", hint=hint, document=wanted.document, short=min(short, wanted.amount),
                amount=wanted.amount)
    ]  # fmt: skip


def _overdue(facts: CreditFacts, policy: CreditPolicy) -> list[Problem]:
    if facts.overdue_days <= policy.grace_days:
        return []
    text = N_(
        "{customer} {name} owes {overdue:amount} past its due date, the oldest since {due} "
        "({days} {days:day|days}; {grace} {grace:day|days} of grace)"
    )
    hint = N_("salescli ar overdue; money that came: salescli ar receipt {customer} AMOUNT")
    return [
        problem(
            "customer_overdue", text, rule="ORD-06", hint=hint, customer=facts.customer, name=facts.name, overdue=facts.overdue,
            due=facts.oldest_due, days=facts.overdue_days, grace=policy.grace_days,
        )
    ]  # fmt: skip


def _terms(facts: CreditFacts, wanted: Wanted, policy: CreditPolicy) -> list[Problem]:
    """Terms beyond those of the payment class."""
    if wanted.cash:
        return []
    kind, usual = facts.payment_class, policy.new_days if facts.days is None else facts.days
    more: dict[str, Any] = {
        "class": kind.value,
        "days": wanted.days,
        "usual": usual,
        "customer": facts.customer,
        "document": wanted.document,
    }
    hint = N_("salescli order edit {document} --cash, or --days {usual}")
    if kind is PaymentClass.PROXY:
        text = N_("{customer} is {class:code}: goods go only against money collected at delivery")
        return [problem("proxy_only", text, rule="ORD-05", hint=N_("salescli order edit {document} --cash"), **more)]
    if wanted.days > usual:
        text = N_("{days} {days:day|days} to pay {days:is|are} more than the {usual} that {customer} ({class:code}) has")
        return [problem("terms_too_long", text, rule="ORD-05", hint=hint, **more)]
    most = (add_months(wanted.day, policy.faithful_months) - wanted.day).days
    if wanted.days > most:
        text = N_("{days} {days:day|days} to pay {days:is|are} more than {months} {months:month|months}, the longest anybody gets")
        return [problem("terms_too_long", text, rule="ORD-05", hint=hint, months=policy.faithful_months, **more)]
    return []


GENTLE = ("never_evaluated",)
"""Problems that only warn until `credit.enforce_from`."""


def weigh(found: Sequence[Problem], mode: str, wanted: Wanted, facts: CreditFacts, policy: CreditPolicy) -> Verdict:
    """What the office's mode makes of problems: said only, for approval by AP-05, or final."""
    enforced = policy.enforce_from is not None and wanted.day >= policy.enforce_from
    gentle = [p for p in found if mode == WARN or (p.code in GENTLE and not enforced)]
    hard = [p for p in found if p not in gentle]
    if mode == APPROVE:
        hard = [_for_approval(p, wanted, facts) for p in hard]
    return Verdict(hard, gentle)


def _for_approval(found: Problem, wanted: Wanted, facts: CreditFacts) -> Problem:
    """The approval covers this kind of problem for the order's whole amount: a delivery of it needs no second one."""
    content = {"why": found.code, "customer": facts.customer, "amount": amount_text(wanted.whole)}
    return found._replace(kind=Kind.APPROVAL, ask=Ask("AP-05", wanted.document, content))


VEILED = {
    "credit_limit": N_("{customer} {name} is over the credit limit; for the figures ask {people}"),
    "never_evaluated": N_("{customer} {name} was never evaluated for credit; ask {people}"),
    "customer_overdue": N_("{customer} {name} has bills past their due date; for the figures ask {people}"),
    "cash_at_delivery": N_("{document} is paid at delivery and its money is not all here; for the figures ask {people}"),
}
"""What is said of credit to who may not see what a customer owes. ORG-07."""


def veiled(found: Problem, facts: CreditFacts, document: str, people: Sequence[str]) -> Problem:
    """A problem without its figures; who decides on it reads them. ORD-06, ORG-07."""
    text = VEILED.get(found.code)
    if text is None:
        return found
    said = msg(text, customer=facts.customer, name=facts.name, document=document, people=list(people))
    hint = msg(found.hint.text, document=document) if found.hint and found.code == "cash_at_delivery" else None
    ask = found.ask._replace(told=found.message) if found.ask else None
    return found._replace(message=said, hint=hint, ask=ask)


def told(found: Iterable[Problem]) -> tuple[Problem, ...]:
    """Warnings of several checks, each once."""
    return tuple({(p.code, p.message.text, str(p.facts)): p for p in found}.values())
