"""Goods received and handed out without an order, moved between warehouses, corrected (STK-02, STK-05, AP-14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import select

from salescli.core.approval import Ask, granted
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find
from salescli.core.report import Done
from salescli.core.text import clean, clean_code
from salescli.stock.actions_moves import Going, move_many
from salescli.stock.states import MoveKind
from salescli.stock.tables import Warehouse
from salescli.stock.tables_plan import StockLevel, Transfer, TransferLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salescli.core.writer import Writer


class Wanted(NamedTuple):
    """One line as typed: SKU, signed quantity in 1/1,000, unit cost in 1/10,000 where goods come in."""

    sku: str
    quantity: int
    unit_cost: int | None = None


def receive(w: Writer, lines: Sequence[Wanted], warehouse: str, reason: str, on: date | None = None) -> Done:
    """Goods that come in without a purchase: found, given, brought back. STK-05. Raises SalesError: 2, 3, 4 as `move_many`."""
    return _in_or_out(w, lines, warehouse, reason, on, 1)


def issue(w: Writer, lines: Sequence[Wanted], warehouse: str, reason: str, on: date | None = None) -> Done:
    """Goods that go out without an order: samples, own use. Needs the same approval as a correction. STK-05, AP-14."""
    return adjust(w, [line._replace(quantity=-line.quantity) for line in lines], warehouse, reason, on)


def _in_or_out(w: Writer, lines: Sequence[Wanted], warehouse: str, reason: str, on: date | None, sign: int) -> Done:
    place = find(w.reader, "warehouse", warehouse)
    why = clean(reason, C_("reason"))
    raise_if(_positive(lines))
    number = w.number("GR")
    going = [Going(find(w.reader, "product", x.sku).id, place.id, sign * x.quantity, x.unit_cost, i) for i, x in enumerate(lines, 1)]
    move_many(w, MoveKind.GOODS_RECEIPT, going, day=_day(w, on), document=number, reason=why)
    w.document = number
    text = N_("{number}: {count} products received in {warehouse}")
    return Done(msg(text, number=number, count=len(lines), warehouse=place.code), document=number, next=("salescli stock list",))


def adjust(w: Writer, lines: Sequence[Wanted], warehouse: str, reason: str, on: date | None = None) -> Done:
    """Correct quantities with a reason; a correction is approved before it is booked, each time anew. AP-14, STK-02.

    Raises SalesError: 2 nothing to correct, 3 no such product, 4 too little there, 5 not approved yet.
    """
    place = find(w.reader, "warehouse", warehouse)
    why, day = clean(reason, C_("reason")), _day(w, on)
    found = [(find(w.reader, "product", x.sku), x) for x in lines]
    if any(x.quantity == 0 for _p, x in found):
        fail("nothing_moves", N_("a correction by nothing corrects nothing"), kind=Kind.USAGE, rule="STK-02")
    done = int(w.reader.value("SELECT count(*) FROM stock_move WHERE kind = 'adjustment'"))
    content = {"warehouse": place.code, "lines": [[p.code, x.quantity] for p, x in found], "reason": why, "after": done}
    ask = Ask("AP-14", f"ADJUST {place.code} {found[0][0].code}", content)
    if not granted(w.reader, ask):
        summary = ", ".join(f"{p.code} {'+' if x.quantity > 0 else ''}{_shown(x.quantity)}" for p, x in found)
        raise_if(
            [
                problem(
                    "adjustment_needs_approval",
                    N_("a correction of stock in {warehouse} needs approval: {lines}; {reason}"),
                    kind=Kind.APPROVAL,
                    rule="STK-03",
                    hint=N_('say it again with --request "why"'),
                    ask=ask,
                    warehouse=place.code,
                    lines=summary,
                    reason=why,
                )
            ]
        )
    number = w.number("AD")
    going = [Going(p.id, place.id, x.quantity, x.unit_cost if x.quantity > 0 else None, i) for i, (p, x) in enumerate(found, 1)]
    move_many(w, MoveKind.ADJUSTMENT, going, day=day, document=number, reason=why)
    w.document = number
    return Done(msg(N_("{number}: stock in {warehouse} corrected"), number=number, warehouse=place.code), document=number)


def _shown(quantity: int) -> str:
    from salescli.core.money import quantity_text

    return quantity_text(quantity)


def _day(w: Writer, on: date | None) -> date:
    if on is not None and on > w.today:
        fail("day_to_come", N_("{day} is still to come"), kind=Kind.USAGE, day=on.isoformat())
    return on or w.today


def _positive(lines: Sequence[Wanted]) -> list[Problem]:
    text = N_("{sku}: a quantity above zero is needed")
    return [problem("quantity_positive", text, kind=Kind.USAGE, sku=x.sku) for x in lines if x.quantity <= 0]


def send(w: Writer, lines: Sequence[Wanted], source: str, target: str) -> Done:
    """First step of a transfer: goods leave one warehouse and are on their way. STK-05. Raises SalesError: 2, 3, 4."""
    here, there = find(w.reader, "warehouse", source), find(w.reader, "warehouse", target)
    if here.id == there.id:
        fail("same_warehouse", N_("{warehouse} is both source and target"), kind=Kind.USAGE, warehouse=here.code)
    raise_if(_positive(lines))
    row = w.add(Transfer(number=w.number("TR"), source_id=here.id, target_id=there.id, sent=w.today, staff_id=w.actor.id or None))
    assert row.id is not None
    goods = [find(w.reader, "product", x.sku) for x in lines]
    going = [Going(p.id, here.id, -x.quantity, None, i) for i, (p, x) in enumerate(zip(goods, lines, strict=True), 1)]
    for line, posting in zip(going, move_many(w, MoveKind.TRANSFER, going, document=row.number), strict=True):
        w.session.add(
            TransferLine(
                transfer_id=row.id,
                line_no=line.line_no or 0,
                product_id=line.product_id,
                quantity=-line.quantity,
                unit_cost=posting.unit_cost,
            )
        )
    w.document = row.number
    text = N_("{number}: {count} products on their way from {source} to {target}")
    return Done(
        msg(text, number=row.number, count=len(lines), source=here.code, target=there.code),
        document=row.number,
        next=(f"salescli stock transfer-in {row.number}",),
    )


def arrive(w: Writer, number: str) -> Done:
    """Second step of a transfer: the goods are there, at the cost they left with. STK-05. Raises SalesError: 3, 6."""
    row = w.session.exec(select(Transfer).where(Transfer.number == number.upper())).first()
    if row is None:
        fail("transfer_not_found", N_("there is no transfer {number}"), kind=Kind.NOT_FOUND, number=number)
    if row.received is not None:
        fail("transfer_arrived", N_("{number} arrived on {day}"), kind=Kind.STATE, number=row.number, day=row.received.isoformat())
    lines = w.session.exec(select(TransferLine).where(TransferLine.transfer_id == row.id)).all()
    going = [Going(x.product_id, row.target_id, x.quantity, x.unit_cost, x.line_no) for x in lines]
    move_many(w, MoveKind.TRANSFER, going, document=row.number)
    row.received = w.today
    w.document = row.number
    return Done(msg(N_("{number} has arrived"), number=row.number), document=row.number)


def set_level(
    w: Writer,
    sku: str,
    warehouse: str,
    *,
    least: int | None = None,
    most: int | None = None,
    safety: int | None = None,
    lead_days: int | None = None,
    location: str | None = None,
) -> Done:
    """How much there should be of a product, how long it takes to come, where it lies. STK-01, STK-05, STK-07."""
    product, place = find(w.reader, "product", sku), find(w.reader, "warehouse", warehouse)
    row = w.session.exec(select(StockLevel).where(StockLevel.product_id == product.id, StockLevel.warehouse_id == place.id)).first()
    row = row or StockLevel(product_id=product.id, warehouse_id=place.id)
    given = {"least": least, "most": most, "safety": safety, "lead_days": lead_days, "location": location}
    for name, value in given.items():
        if value is not None:
            setattr(row, name, value)
    if row.least is not None and row.most is not None and row.most < row.least:
        fail("levels_crossed", N_("{sku}: at least {least:qty}, at most {most:qty}"), kind=Kind.USAGE, sku=product.code, least=row.least,
             most=row.most)  # fmt: skip
    w.add(row)
    w.document = product.code
    return Done(msg(N_("levels of {sku} in {warehouse} are set"), sku=product.code, warehouse=place.code), document=product.code)


def add_warehouse(w: Writer, code: str, name: str) -> Done:
    """Another place where goods lie. STK-05. Raises SalesError: 2 no good text, 4 the code is taken."""
    given = clean_code(code, C_("warehouse_code")).upper()
    if w.reader.value("SELECT count(*) FROM warehouse WHERE code = :code", code=given):
        fail("warehouse_taken", N_("there is a warehouse {code} already"), rule="STK-05", code=given)
    w.add(Warehouse(code=given, name=clean(name, C_("name"))))
    w.document = given
    return Done(msg(N_("warehouse {code} is added"), code=given), document=given)
