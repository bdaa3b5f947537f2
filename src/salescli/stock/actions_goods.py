"""Goods received and handed out without an order, moved between warehouses, corrected (STK-02, STK-05, AP-14)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlmodel import select

from salescli.core.approval import Ask, needed
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find
from salescli.core.money import price_text, quantity_text
from salescli.core.posting import posting_day
from salescli.core.record import NamedTuple
from salescli.core.report import Done
from salescli.core.schema import typed_text
from salescli.core.text import clean, clean_code
from salescli.stock.actions import check_quantities
from salescli.stock.actions_label import NO_LABEL, Label, Named, coming, exactly, going, moved_by
from salescli.stock.actions_moves import Going, move_many
from salescli.stock.actions_promised import check_promised, give_up
from salescli.stock.reads_lots import batches_moved
from salescli.stock.rules_batch import Share
from salescli.stock.states import MoveKind
from salescli.stock.tables import Warehouse
from salescli.stock.tables_plan import StockLevel, Transfer, TransferLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salescli.core.lookup import Row
    from salescli.core.writer import Writer


class Wanted(NamedTuple):
    """One line as typed: SKU, signed quantity in 1/1,000, unit cost in 1/10,000 where goods come in, batch where one was named."""

    sku: str
    quantity: int
    unit_cost: int | None = None
    batch: str | None = None


def receive(w: Writer, lines: Sequence[Wanted], warehouse: str, reason: str, on: date | None = None, label: Label = NO_LABEL) -> Done:
    """Goods that come in without a purchase: found, given, brought back. STK-05, PRD-05. Raises SalesError: 2, 3, 4 as `move_many`."""
    place, day = find(w.reader, "warehouse", warehouse), posting_day(w, on, "STK-02")
    why = clean(reason, C_("reason"))
    raise_if(_positive(lines))
    number = w.number("GR")
    goods = [(find(w.reader, "product", x.sku), x) for x in lines]
    wishes = coming(w, [Named(p, x.quantity, x.batch) for p, x in goods], label, fresh_on=day)
    rows = exactly([Going(p.id, place.id, x.quantity, x.unit_cost, i) for i, (p, x) in enumerate(goods, 1)], wishes)
    move_many(w, MoveKind.GOODS_RECEIPT, rows, day=day, document=number, reason=why)
    w.document = number
    text = N_("{number}: {count} {count:product|products} received in {warehouse}")
    told = msg(text, number=number, count=len(lines), warehouse=place.code)
    return Done(told, number, tuple(batches_moved(w.reader, number)), ("salescli stock list",))


def issue(w: Writer, lines: Sequence[Wanted], warehouse: str, reason: str, on: date | None = None, label: Label = NO_LABEL) -> Done:
    """Goods that go out without an order: samples, own use. Needs the same approval as a correction. STK-05, AP-14.

    Raises SalesError: 2 no quantity, 3 no such product or warehouse, 4 too little or promised to others, 5 not approved yet.
    """
    raise_if(_positive(lines))
    place = find(w.reader, "warehouse", warehouse)
    sums: dict[tuple[int, int], int] = defaultdict(int)
    for line in lines:
        sums[find(w.reader, "product", line.sku).id, place.id] -= line.quantity
    raise_if(check_promised(w, sums))
    return adjust(w, [line._replace(quantity=-line.quantity) for line in lines], warehouse, reason, on, label)


def adjust(w: Writer, lines: Sequence[Wanted], warehouse: str, reason: str, on: date | None = None, label: Label = NO_LABEL) -> Done:
    """Correct quantities with a reason; a correction is approved before it is booked, each time anew. AP-14, STK-02, PRD-05.

    What is gone takes back the last promises of it. ORD-12.

    Raises SalesError: 2 nothing to correct, 3 no such product, 4 too little there, 5 not approved yet.
    """
    place = find(w.reader, "warehouse", warehouse)
    why, day = clean(reason, C_("reason")), posting_day(w, on, "STK-02")
    found = [(find(w.reader, "product", x.sku), x) for x in lines]
    if any(x.quantity == 0 for _p, x in found):
        fail("nothing_moves", N_("a correction by nothing corrects nothing"), kind=Kind.USAGE, rule="STK-02")
    named = [Named(p, x.quantity, x.batch) for p, x in found]
    wishes = [coming(w, [each], label)[0] if each.quantity > 0 else going(w, [each], label.batch)[0] for each in named]
    check_quantities(w, taken_together(place.id, found), day)
    raise_if(_unapproved(w, place.code, found, why, label, on))
    number = w.number("AD")
    rows = [Going(p.id, place.id, x.quantity, x.unit_cost if x.quantity > 0 else None, i) for i, (p, x) in enumerate(found, 1)]
    move_many(w, MoveKind.ADJUSTMENT, exactly(rows, wishes), day=day, document=number, reason=why)
    w.document = number
    told = msg(N_("{number}: stock in {warehouse} corrected"), number=number, warehouse=place.code)
    return Done(told, number, tuple(batches_moved(w.reader, number)), warnings=tuple(give_up(w)))


def taken_together(place: int, found: Sequence[tuple[Row, Wanted]]) -> dict[tuple[int, int], int]:
    """What the lines of one document together do to each item."""
    moved: dict[tuple[int, int], int] = defaultdict(int)
    for product, wanted in found:
        moved[product.id, place] += wanted.quantity
    return moved


def _unapproved(w: Writer, place: str, found: Sequence[tuple[Row, Wanted]], why: str, label: Label, on: date | None) -> list[Problem]:
    """The approval a correction needs, unless it was given for exactly this one; it serves once for the same goods. AP-14."""
    ids = ", ".join(f"{p.id:d}" for p, _x in found)
    done = int(w.reader.value(f"SELECT count(*) FROM stock_move WHERE kind = 'adjustment' AND product_id IN ({ids})"))
    lines = [[p.code, x.quantity, *filter(None, [x.batch or label.batch, _cost(x)])] for p, x in found]
    content = {"warehouse": place, "lines": lines, "reason": why, "after": done} | ({"day": on.isoformat()} if on else {})
    ask = Ask("AP-14", f"ADJUST {place} {found[0][0].code}", content)
    summary = ", ".join(_summary(p.code, x, label) for p, x in found)
    text = N_("a correction of stock in {warehouse} needs approval: {lines}; {reason}")
    return needed(w.reader, ask, "adjustment_needs_approval", text, rule="STK-03", warehouse=place, lines=summary, reason=why)


def _summary(sku: str, line: Wanted, label: Label) -> str:
    batch = line.batch or label.batch
    return f"{sku} {'+' if line.quantity > 0 else ''}{quantity_text(line.quantity)}{_cost(line)}" + (f" ({batch})" if batch else "")


def _cost(line: Wanted) -> str:
    """The cost somebody typed for goods that come in; what goes out takes the average whatever is typed."""
    return f" @{price_text(line.unit_cost)}" if line.unit_cost is not None and line.quantity > 0 else ""


def _positive(lines: Sequence[Wanted]) -> list[Problem]:
    text = N_("{sku}: a quantity above zero is needed")
    return [problem("quantity_positive", text, kind=Kind.USAGE, sku=x.sku) for x in lines if x.quantity <= 0]


def send(w: Writer, lines: Sequence[Wanted], source: str, target: str, batch: str | None = None) -> Done:
    """First step of a transfer: goods leave one warehouse and are on their way, the first to expire first. STK-05.

    Raises SalesError: 2, 3, 4.
    """
    here, there = find(w.reader, "warehouse", source), find(w.reader, "warehouse", target)
    if here.id == there.id:
        fail("same_warehouse", N_("{warehouse} is both source and target"), kind=Kind.USAGE, rule="STK-05",
             hint=N_("salescli stock warehouses"), warehouse=here.code)  # fmt: skip
    raise_if(_positive(lines))
    row = w.add(Transfer(number=w.number("ST"), source_id=here.id, target_id=there.id, sent=w.today, staff_id=w.actor.id or None))
    assert row.id is not None
    goods = [find(w.reader, "product", x.sku) for x in lines]
    wishes = going(w, [Named(p, x.quantity, x.batch) for p, x in zip(goods, lines, strict=True)], batch)
    rows = exactly([Going(p.id, here.id, -x.quantity, None, i) for i, (p, x) in enumerate(zip(goods, lines, strict=True), 1)], wishes)
    for line, posting in zip(rows, move_many(w, MoveKind.TRANSFER, rows, document=row.number), strict=True):
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
    text = N_("{number}: {count} {count:product|products} on their way from {source} to {target}")
    return Done(
        msg(text, number=row.number, count=len(lines), source=here.code, target=there.code),
        document=row.number,
        changes=tuple(batches_moved(w.reader, row.number)),
        next=(f"salescli stock transfer-in {row.number}",),
    )


def arrive(w: Writer, number: str) -> Done:
    """Second step of a transfer: the goods are there, at the cost they left with. STK-05. Raises SalesError: 3, 4 before they left, 6."""
    row = w.session.exec(select(Transfer).where(Transfer.number == number.upper())).first()
    if row is None:
        hint = N_("what is on its way: salescli stock transfers")
        fail("transfer_not_found", N_("there is no transfer {number}"), kind=Kind.NOT_FOUND, hint=hint, number=number)
    if row.received is not None:
        hint, day = N_("what is on its way: salescli stock transfers"), row.received.isoformat()
        fail("transfer_arrived", N_("{number} arrived on {day}"), kind=Kind.STATE, rule="STK-05", hint=hint, number=row.number, day=day)
    if w.today < row.sent:
        text, hint = N_("{number} left on {sent}; it did not arrive on {day}"), N_("leave the day out, or give one from {sent} on")
        sent, day = row.sent.isoformat(), w.today.isoformat()
        fail("arrived_before", text, rule="STK-05", hint=hint, number=row.number, sent=sent, day=day)
    lines = w.session.exec(select(TransferLine).where(TransferLine.transfer_id == row.id)).all()
    rows = [Going(x.product_id, row.target_id, x.quantity, x.unit_cost, x.line_no, _sent(w, row, x)) for x in lines]
    move_many(w, MoveKind.TRANSFER, rows, document=row.number)
    row.received = w.today
    w.document = row.number
    return Done(msg(N_("{number} has arrived"), number=row.number), document=row.number)


def _sent(w: Writer, row: Transfer, line: TransferLine) -> tuple[Share, ...]:
    """The batches a line of a transfer left with: they arrive. STK-05."""
    left = moved_by(w.reader, [row.number], (line.product_id, row.source_id), line.line_no)
    return tuple(share._replace(quantity=-share.quantity) for share in left)


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
    """How much there should be of a product, how long it takes to come, where it lies. STK-01, STK-05, STK-07.

    Raises SalesError: 2 a text too long or the least above the most, 3 no such product or warehouse.
    """
    product, place = find(w.reader, "product", sku), find(w.reader, "warehouse", warehouse)
    row = w.session.exec(select(StockLevel).where(StockLevel.product_id == product.id, StockLevel.warehouse_id == place.id)).first()
    row = row or StockLevel(product_id=product.id, warehouse_id=place.id)
    given = {"least": least, "most": most, "safety": safety, "lead_days": lead_days}
    for name, value in given.items():
        if value is not None:
            setattr(row, name, value)
    if location is not None:
        row.location = typed_text(row, C_("location"), location)
    if row.least is not None and row.most is not None and row.most < row.least:
        text = N_("{sku}: at most {most:qty} is less than at least {least:qty}")
        fail("levels_crossed", text, kind=Kind.USAGE, rule="STK-01", sku=product.code, least=row.least, most=row.most)
    w.add(row)
    w.document = product.code
    told = msg(N_("levels of {sku} in {warehouse} are set"), sku=product.code, warehouse=place.code)
    return Done(told, document=product.code, next=(f"salescli stock levels --sku {product.code}",))


def add_warehouse(w: Writer, code: str, name: str) -> Done:
    """Another place where goods lie. STK-05. Raises SalesError: 2 no good text, 4 the code is taken."""
    given = clean_code(code, C_("warehouse_code")).upper()
    if w.reader.value("SELECT count(*) FROM warehouse WHERE code = :code", code=given):
        fail("warehouse_taken", N_("there is a warehouse {code} already"), rule="STK-05", hint=N_("salescli stock warehouses"), code=given)
    w.add(Warehouse(code=given, name=clean(name, C_("name"))))
    w.document = given
    return Done(msg(N_("warehouse {code} is added"), code=given), document=given, next=("salescli stock warehouses",))
