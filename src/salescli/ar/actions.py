"""Posting receivables and receipts one by one, as an order's delivery or a clerk does it (AR-01, AR-02, AR-12)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salescli.ar.actions_settle import apply_unallocated, settle
from salescli.ar.reads_documents import balances, find_document, first_day, numbered, order_claims, owner_of, twin
from salescli.ar.reads_open import open_claims
from salescli.ar.rules import Applied, Source, pay
from salescli.ar.rules_posting import check_allocation, check_opening, check_receipt, check_receivable
from salescli.ar.states import CREDIT_NOTES, RECEIPTS, RECEIVABLES, ReceivableKind
from salescli.ar.tables import Receipt, Receivable
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find
from salescli.core.money import amount_text
from salescli.core.posting import posting_day
from salescli.core.record import NamedTuple
from salescli.core.report import Change, Done
from salescli.core.schema import id_of
from salescli.core.text import clean_code, clean_or_none

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from salescli.ar.reads_documents import Owner
    from salescli.ar.rules_posting import Document
    from salescli.core.writer import Writer


# --- posting, as other rooms do it -------------------------------------------------------------------------------------


def post_receivable(
    w: Writer,
    *,
    customer_id: int,
    amount: int,
    day: date,
    due: date,
    number: str | None = None,
    staff_id: int | None = None,
    kind: ReceivableKind | None = None,
    order_number: str | None = None,
    delivery_number: str | None = None,
    invoice_no: str | None = None,
    note: str | None = None,
) -> tuple[Receivable, list[Applied]]:
    """Post what a customer owes (amount in 1/100; negative: a credit note) and apply his unallocated money. AR-01, AR-02.

    The owner is `staff_id`, the taker. Raises SalesError (4) for a day to come, no amount, a due date before the day, a used number.
    """
    raise_if([*check_receivable(amount, day, due, w.today), *_check_number(w, number)])
    row = w.add(
        Receivable(
            number=number or w.number(RECEIVABLES if amount > 0 else CREDIT_NOTES, day),
            kind=kind or (ReceivableKind.INVOICE if amount > 0 else ReceivableKind.CREDIT_NOTE),
            customer_id=customer_id, staff_id=staff_id, date=day, due_date=due, amount=amount, kept_open=amount, order_number=order_number,
            delivery_number=delivery_number, invoice_no=invoice_no, note=note,
        )
    )  # fmt: skip
    return row, apply_unallocated(w, customer_id)


def _check_number(w: Writer, number: str | None) -> list[Problem]:
    if number is None or not numbered(w.reader, number):
        return []
    return [problem("number_taken", N_("the number {number} is taken"), rule="AR-12", hint=N_("salescli ar show {number}"), number=number)]


class Money(NamedTuple):
    """A receipt as it comes in: amount in 1/100, the day, how and where it came, and what it pays first (receivable ids)."""

    customer_id: int
    amount: int
    day: date
    number: str | None = None
    method: str | None = None
    account: str | None = None
    note: str | None = None
    held: bool = False
    pays: Sequence[int] = ()


def post_receipt(w: Writer, money: Money) -> tuple[Receipt, list[Applied]]:
    """Post money received; it pays what it names, then whatever is due longest, unless it is held. AR-12.

    Raises SalesError (4) for an amount not above zero, a day to come, a used number.
    """
    raise_if([*check_receipt(money.amount, money.day, w.today), *_check_number(w, money.number)])
    row = w.add(
        Receipt(
            number=money.number or w.number(RECEIPTS, money.day), customer_id=money.customer_id, date=money.day, amount=money.amount,
            kept_open=money.amount, method=money.method, account=money.account, held=money.held, note=money.note,
        )
    )  # fmt: skip
    named = _pay_named(w, row, money.pays)
    return row, named + apply_unallocated(w, money.customer_id)


def _pay_named(w: Writer, receipt: Receipt, receivables: Sequence[int]) -> list[Applied]:
    """The receipt on the receivables it names, in their order, as far as it goes."""
    if not receivables:
        return []
    claims = {found.claim.id: found.claim for found in open_claims(w.reader, (receipt.customer_id,))}
    source = Source(id_of(receipt), receipt.number, receipt.date.isoformat(), receipt.amount)
    applied, rest = [], receipt.amount
    for claim in (claims[each] for each in receivables if each in claims):
        part = min(rest, claim.open)
        if part:
            applied.append(pay(claim, source, part, claim.open))
            rest -= part
    settle(w, applied)
    return applied


# --- what a clerk types ------------------------------------------------------------------------------------------------


def receipt(
    w: Writer,
    customer: str,
    amount: int,
    *,
    day: date | None = None,
    number: str | None = None,
    method: str | None = None,
    account: str | None = None,
    receivable: str | None = None,
    order: str | None = None,
    held: bool = False,
    note: str | None = None,
) -> Done:
    """Money from a customer; `receivable` or `order` says what it pays first, else what is due longest. AR-12.

    Raises SalesError: 2 unfit text, 3 no such customer or receivable, 4 what `post_receipt` refuses or a receivable not open to it.
    """
    payer = owner_of(w.reader, find(w.reader, "customer", customer).id)
    money = Money(
        payer.id,
        amount,
        posting_day(w, day),
        number=clean_code(number, C_("number"), 80) if number is not None else None,
        method=clean_or_none(method, C_("method"), 40),
        account=clean_or_none(account, C_("account"), 80),
        note=clean_or_none(note, C_("note"), 4000, lines=True),
        held=held,
        pays=_named(w, payer, receivable, order),
    )
    return received(w, payer, money)


def received(w: Writer, payer: Owner, money: Money) -> Done:
    """Post the money and tell what it paid."""
    twins = _warn_twin(twin(w.reader, payer.id, money.amount, money.day))
    row, applied = post_receipt(w, money)
    w.document = row.number
    return Done(
        msg(N_("{document}: {amount:amount} received from {customer}"), document=row.number, amount=row.amount, customer=payer.name),
        document=row.number,
        changes=told(w, applied),
        next=(f"salescli ar show {row.number}",),
        facts={"customer": payer.code, "applied": amount_text(row.amount - row.kept_open), "unallocated": amount_text(row.kept_open)},
        warnings=(*twins, *_warn_rest(row)),
    )


def _named(w: Writer, payer: Owner, receivable: str | None, order: str | None) -> list[int]:
    """Ids of the receivables a receipt names. Raises SalesError (2, 3, 4) when they cannot be paid by this customer."""
    if receivable is not None and order is not None:
        fail(
            "one_target",
            N_("a receipt pays either a receivable or an order"),
            kind=Kind.USAGE,
            hint=N_("leave out --receivable or --order"),
        )
    if order is not None:
        return [claim.id for claim in _of_order(w, order, payer)]
    if receivable is None:
        return []
    claim = find_document(w.reader, receivable)
    fresh = claim._replace(id=0, number=payer.code, receipt=True, customer_id=payer.id, amount=1, open=1, reversal=False)
    raise_if(check_allocation(fresh, claim, None))
    return [claim.id]


def _of_order(w: Writer, order: str, payer: Owner | None = None) -> list[Document]:
    claims = order_claims(w.reader, order.strip())
    if not claims:
        text = N_("nothing is open of order or delivery {order}")
        fail("nothing_open", text, kind=Kind.NOT_FOUND, rule="AR-12", hint=N_("salescli ar list --open"), order=order)
    if payer is not None and claims[0].customer_id != payer.id:
        hint = N_("salescli order show {order}")
        fail("other_customer", N_("order {order} is not one of {customer}"), rule="AR-12", hint=hint, order=order, customer=payer.name)
    return claims


def _warn_twin(number: str | None) -> list[Problem]:
    if number is None:
        return []
    text = N_("{receipt} of the same customer, day and amount is in the book already")
    return [
        problem("same_receipt", text, rule="AR-12", hint=N_("if this is the same money: salescli ar reverse {receipt}"), receipt=number)
    ]


def _warn_rest(row: Receipt) -> list[Problem]:
    if not row.kept_open:
        return []
    text = N_("{rest:amount} of {receipt} stay held") if row.held else N_("{rest:amount} of {receipt} stay unallocated: no more is owed")
    hint = N_("it pays the next receivable by itself; apply it by hand: salescli ar allocate {receipt} RECEIVABLE")
    held = N_("salescli ar allocate {receipt} --release")
    return [problem("money_left", text, rule="AR-12", hint=held if row.held else hint, rest=row.kept_open, receipt=row.number)]


def told(w: Writer, applied: Iterable[Applied]) -> tuple[Change, ...]:
    """The open amounts that allocations changed, receivable by receivable."""
    parts: dict[int, int] = {}
    for line in applied:
        parts[line.receivable_id] = parts.get(line.receivable_id, 0) + line.amount
    now = balances(w.reader, parts)
    changed = ((f"{C_('open_amount')} {b.number}", b.open + parts[each], b.open) for each, b in now.items() if parts[each])
    return tuple(Change(field, amount_text(before), amount_text(after)) for field, before, after in changed)


def from_order(w: Writer, order: str, amount: int | None = None, *, day: date | None = None, method: str | None = None) -> Done:
    """A receipt made from an order or a delivery in one step: what is open of it, or `amount` (1/100). AR-12."""
    claims = _of_order(w, order)
    payer = owner_of(w.reader, claims[0].customer_id)
    whole = sum(claim.open for claim in claims)
    money = Money(
        payer.id,
        whole if amount is None else amount,
        posting_day(w, day),
        method=clean_or_none(method, C_("method"), 40),
        pays=[claim.id for claim in claims],
    )
    return received(w, payer, money)


def receivable(
    w: Writer,
    customer: str,
    amount: int,
    *,
    day: date | None = None,
    due: date | None = None,
    days: int | None = None,
    number: str | None = None,
    staff: str | None = None,
    order: str | None = None,
    invoice_no: str | None = None,
    opening: bool = False,
    note: str | None = None,
) -> Done:
    """A receivable typed by hand, a credit note when negative, an opening balance with `opening`. AR-01, AR-02, AR-15.

    Due on `due`, else after `days`, else after the customer's credit days, else after `ar.new_terms_days`.
    Raises SalesError: 2 unfit text, 3 no such customer, 4 what `post_receivable` refuses.
    """
    debtor = owner_of(w.reader, find(w.reader, "customer", customer).id)
    on = posting_day(w, day)
    warnings = check_opening(on, first_day(w.reader, debtor.id)) if opening else []
    typed = clean_code(number, C_("number"), 80) if number is not None else None
    row, applied = post_receivable(
        w,
        customer_id=debtor.id,
        amount=amount,
        day=on,
        due=due or on + timedelta(_terms(w, debtor, amount, days)),
        number=typed or (f"OPEN-{debtor.code}" if opening else None),
        staff_id=find(w.reader, "staff", staff).id if staff is not None else debtor.staff_id,
        kind=ReceivableKind.OPENING if opening and amount > 0 else None,
        order_number=clean_or_none(order, C_("order"), 80),
        invoice_no=clean_or_none(invoice_no, C_("invoice_no"), 80),
        note=clean_or_none(note, C_("note"), 4000, lines=True),
    )
    return _owed(w, debtor, row, applied, warnings)


def _terms(w: Writer, debtor: Owner, amount: int, days: int | None) -> int:
    """Days until it is due; a credit note is due at once unless told."""
    if days is not None:
        return days
    if amount < 0:
        return 0
    return debtor.credit_days if debtor.credit_days is not None else int(w.policy("ar.new_terms_days"))


def _owed(w: Writer, debtor: Owner, row: Receivable, applied: Sequence[Applied], warnings: Sequence[Problem]) -> Done:
    w.document = row.number
    owes = N_("{document}: {customer} owes {amount:amount}, due {due}")
    credit = N_("{document}: credit note of {amount:amount} for {customer}")
    facts = {"document": row.number, "customer": debtor.name, "amount": abs(row.amount), "due": row.due_date.isoformat()}
    return Done(
        msg(owes if row.amount > 0 else credit, **facts),
        document=row.number,
        changes=told(w, applied),
        next=(f"salescli ar show {row.number}",),
        facts={"customer": debtor.code, "open": amount_text(row.kept_open)},
        warnings=tuple(warnings),
    )
