"""What a customer has of his credit: owed, promised, overdue, and how he paid so far (ORD-05, ORD-06)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salescli.ar.reads_as_of import credit_position
from salescli.ar.rules_credit import CreditFacts, CreditPolicy, payment_class
from salescli.core.record import NamedTuple
from salescli.core.tax import document_amount

if TYPE_CHECKING:
    from salescli.core.reader import Reader


class _Customer(NamedTuple):
    code: str
    name: str
    limit: int | None
    days: int | None
    bad_on: str | None


_CUSTOMER = "SELECT code, name, credit_limit, credit_days, bad_on FROM customer WHERE id = :id"
# Open orders have an index of their own by customer.
_PROMISED = """
SELECT l.id, {amount}, (SELECT coalesce(sum({part}), 0) FROM delivery_line x JOIN delivery d ON d.id = x.delivery_id
                        WHERE x.order_line_id = l.id AND d.kind = 'delivery' AND d.replaces_id IS NULL)
FROM sales_order o JOIN order_line l ON l.order_id = o.id
WHERE {whose} = :id AND o.state = 'confirmed' AND o.kept_delivered_on IS NULL"""
_FIRST = "SELECT date FROM sales_order WHERE customer_id = :id AND state IN ('confirmed', 'closed') ORDER BY date LIMIT 1"
_PAID_LATE = """
SELECT 1 FROM receivable v JOIN allocation a ON a.receivable_id = v.id
WHERE v.customer_id = :id AND v.date >= :since AND a.date > v.due_date AND a.amount > 0 LIMIT 1"""
LOOK_BACK_DAYS = 730
"""How far back late payments count against somebody: two years of trade."""


def coming(r: Reader, customer_id: int) -> int:
    """What is confirmed for a customer and not delivered yet, in 1/100 with its tax."""
    return sum(_promised(r, "o.customer_id", customer_id).values())


def promised(r: Reader, order_id: int) -> dict[int, int]:
    """The same by line of one order; nothing of an order that is not confirmed, or delivered in full. ORD-06."""
    return _promised(r, "o.id", order_id)


def _promised(r: Reader, whose: str, row_id: int) -> dict[int, int]:
    sql = _PROMISED.format(whose=whose, amount=document_amount(r), part=document_amount(r, "x"))
    return {line: max(0, ordered - sent) for line, ordered, sent in r.tuples(sql, id=row_id)}


def credit_facts(r: Reader, customer_id: int, day: date | None = None) -> CreditFacts:
    """Everything a credit decision asks about a customer, on a day. ORD-05, ORD-06."""
    when = day or r.today
    who = r.rows(_Customer, _CUSTOMER, id=customer_id)[0]
    owed = credit_position(r, customer_id, when)
    first = r.value(_FIRST, id=customer_id)
    new_until = date.fromisoformat(first) + timedelta(r.policy("customer.new_days", when)) if first else None
    late = owed.oldest_overdue_days > 0 or r.value(_PAID_LATE, id=customer_id, since=when - timedelta(LOOK_BACK_DAYS)) is not None
    return CreditFacts(
        customer=who.code,
        name=who.name,
        limit=who.limit,
        days=who.days,
        receivables=owed.receivables,
        coming=coming(r, customer_id),
        overdue=owed.overdue,
        overdue_days=owed.oldest_overdue_days,
        oldest_due=owed.oldest_due,
        payment_class=payment_class(bad=who.bad_on is not None, old=new_until is not None and when > new_until, late=late),
    )


def who_sees(r: Reader, owner: int | None) -> list[str]:
    """Codes of whom to ask about a customer's account: his owner, and finance, or the managers of an office without. ORG-07."""
    from salescli.core.approval import holders

    people = [*([owner] if owner else []), *(holders(r, "finance", 0) or holders(r, "manager", 0))]
    ids = ", ".join(map(str, people)) or "0"
    known = dict(r.tuples(f"SELECT id, code FROM staff WHERE id IN ({ids}) AND coalesce(left_on, '9999-12-31') >= :day", day=r.today))
    return list(dict.fromkeys(known[person] for person in people if person in known))


def credit_policy(r: Reader) -> CreditPolicy:
    """The office's parameters of credit today."""
    enforced = r.policy("credit.enforce_from")
    return CreditPolicy(
        mode=r.policy("credit.mode"),
        points=tuple(r.policy("credit.points")),
        grace_days=r.policy("credit.grace_days"),
        enforce_from=date.fromisoformat(str(enforced)) if enforced else None,
        new_days=r.policy("ar.new_terms_days"),
        faithful_months=r.policy("ar.old_collect_months"),
    )
