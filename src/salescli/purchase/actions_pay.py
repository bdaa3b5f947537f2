"""Writes of what is owed to suppliers: payments and payment plans (AR-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from salescli.core.errors import Kind, fail, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find
from salescli.core.posting import posting_day
from salescli.core.report import Done
from salescli.core.text import NOTE, clean_or_none
from salescli.purchase import reads, rules
from salescli.purchase.reads_money import account, paid_for
from salescli.purchase.states import PurchaseState
from salescli.purchase.tables import PaymentPlan, SupplierPayment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salescli.core.writer import Writer


def pay(
    w: Writer,
    supplier: str,
    amount: int,
    *,
    purchase: str | None = None,
    on: date | None = None,
    method: str | None = None,
    account_: str | None = None,
    note: str | None = None,
) -> Done:
    """Pay a supplier what is due first, or for one purchase, in advance too. AR-16.

    Raises SalesError: 2 nothing paid or a day to come, 3 no such supplier or purchase, 4 more than is owed.
    """
    whom, day = find(w.reader, "supplier", supplier), posting_day(w, on, "AR-16")
    row = reads.purchase(w.reader, purchase) if purchase else None
    if row and row.supplier_id != whom.id:
        text = N_("purchase {number} is from {other}, not from {supplier}")
        fail("other_supplier", text, kind=Kind.USAGE, rule="AR-16", number=row.number, other=row.supplier, supplier=whom.code)
    most = _worth_left(w, row) if row else min(_owed(w, whom.id, day), _owed(w, whom.id, w.today))
    raise_if(rules.check_payment(whom.code, amount, most))
    paid = w.add(
        SupplierPayment(
            number=w.number("PY"), supplier_id=whom.id, purchase_id=row.id if row else None, date=day, amount=amount,
            method=clean_or_none(method, C_("method"), 40), account=clean_or_none(account_, C_("account"), 80),
            note=clean_or_none(note, C_("note"), NOTE, lines=True), staff_id=w.actor.id,
        )
    )  # fmt: skip
    w.document = paid.number
    text = N_("{number}: {amount:amount} paid to {supplier}; {owed:amount} owed now")
    owed = account(w.reader, whom.id, w.today).settled.owed
    return Done(msg(text, number=paid.number, amount=amount, supplier=whom.code, owed=owed), paid.number)


def _owed(w: Writer, supplier_id: int, day: date) -> int:
    """What can be paid to a supplier without naming a purchase: money in advance waits for its own."""
    settled = account(w.reader, supplier_id, day).settled
    return sum(settled.open.values()) - settled.over


def _worth_left(w: Writer, row: reads.PurchaseRow) -> int:
    """What may still be paid for a purchase: its price, once it is over what came and stayed, less what was paid."""
    over = row.kept != PurchaseState.ORDERED
    worth = rules.total_of((x.held.net if over else x.quantity, x.unit_price) for x in reads.lines_of(w.reader, row.id))
    return worth - paid_for(w.reader, account(w.reader, row.supplier_id, w.today), row.id)


def plan(w: Writer, number: str, parts: Sequence[tuple[date, int]]) -> Done:
    """Note by when which part of a purchase is paid; it replaces the plan before. AR-16.

    Raises SalesError: 2 no parts, a day twice, a part of nothing; 3 no such purchase; 4 parts that are not what it costs; 6 it is over.
    """
    row = reads.purchase(w.reader, number)
    if row.kept != PurchaseState.ORDERED or row.cash:
        text = N_("purchase {number} is paid or over: nothing is left to plan")
        fail("nothing_to_plan", text, kind=Kind.STATE, rule="AR-16", hint=N_("salescli purchase show {number}"), number=row.number)
    if len({day for day, _amount in parts}) < len(parts):
        fail("plan_day_twice", N_("a day stands in the plan twice"), kind=Kind.USAGE, rule="AR-16")
    total = rules.total_of((x.quantity, x.unit_price) for x in reads.lines_of(w.reader, row.id))
    raise_if(rules.check_plan(row.number, total, [amount for _day, amount in parts]))
    for old in w.session.exec(select(PaymentPlan).where(PaymentPlan.purchase_id == row.id)).all():
        w.session.delete(old)
    w.session.flush()
    for day, amount in parts:
        w.add(PaymentPlan(purchase_id=row.id, due_date=day, amount=amount))
    w.document = row.number
    text = N_("purchase {number} is paid in {count} {count:part|parts}, {total:amount} in all")
    return Done(msg(text, number=row.number, count=len(parts), total=total), row.number, next=(f"salescli purchase show {row.number}",))
