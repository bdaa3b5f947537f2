"""Counting a warehouse: a sheet, what was counted, the differences posted once (STK-03, F-23)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from sqlmodel import select

from salescli.core.approval import Ask, needed
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find
from salescli.core.report import Done
from salescli.core.text import clean_or_none
from salescli.stock.actions_label import Named, going
from salescli.stock.actions_moves import Going, move_many
from salescli.stock.actions_promised import give_up
from salescli.stock.reads_balance import LATER, quantity_on, sku_and_warehouse
from salescli.stock.reads_lots import lots_of
from salescli.stock.rules_batch import Place, Share, check_named
from salescli.stock.states import MoveKind
from salescli.stock.tables_plan import StockCount, StockCountLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.lines import TypedLine
    from salescli.core.lookup import Row
    from salescli.core.writer import Writer
    from salescli.stock.reads_balance import Item

Missing = Literal["keep", "zero"]


def start(w: Writer, warehouse: str, category: str | None = None) -> Done:
    """Make the count sheet of a warehouse (or one category of it): what the book says lay there at the end of the day. STK-03.

    A sheet dated back knows nothing of later movements, which stand when its differences are posted.

    Raises SalesError: 3 no such warehouse, 6 one is being counted already, 4 nothing to count.
    """
    place = find(w.reader, "warehouse", warehouse)
    other = w.reader.value("SELECT number FROM stock_count WHERE warehouse_id = :w AND state = 'counting'", w=place.id)
    if other:
        fail("counting_already", N_("{warehouse} is being counted: {number}"), kind=Kind.STATE, rule="STK-03",
             hint=N_("salescli stock count show {number}"), warehouse=place.code, number=other)  # fmt: skip
    sql = f"""SELECT i.product_id, i.kept_quantity - {LATER}, p.batch_tracked FROM stock_item i JOIN product p ON p.id = i.product_id
             WHERE i.warehouse_id = :w AND (:category IS NULL OR p.category = :category) ORDER BY p.sku"""
    goods = w.reader.tuples(sql, w=place.id, category=category, day=w.today)
    if not goods:
        fail("nothing_to_count", N_("there is nothing to count in {warehouse}"), rule="STK-03", warehouse=place.code)
    row = w.add(
        StockCount(
            number=w.number("SC"), warehouse_id=place.id, day=w.today, category=clean_or_none(category, C_("category"), 80),
            staff_id=w.actor.id or None,
        )
    )  # fmt: skip
    lines = [line for product, quantity, tracked in goods for line in _lines(w, (product, place.id), quantity, tracked)]
    w.insert_records(StockCountLine, [{"count_id": row.id, **line} for line in lines])
    w.document = row.number
    return Done(
        msg(N_("count sheet {number}: {count} products in {warehouse}"), number=row.number, count=len(goods), warehouse=place.code),
        document=row.number,
        next=(
            f"salescli stock count show {row.number} -o sheet.xlsx",
            f"salescli stock count enter {row.number} SKU=QTY",
        ),
    )


def _lines(w: Writer, item: Item, quantity: int, tracked: bool) -> list[dict[str, Any]]:
    """A line for a product, or one for each batch of it and one for what has none. STK-03, STK-05."""
    lots = [lot for lot in lots_of(w.reader, item, w.today) if lot.quantity] if tracked else []
    parts = [(lot.batch_id, lot.quantity) for lot in lots] or [(None, quantity)]
    return [{"product_id": item[0], "batch_id": batch, "expected": part} for batch, part in parts]


def enter(w: Writer, number: str, counted: Sequence[TypedLine], cause: str | None = None, measure: str | None = None) -> Done:
    """Note what was counted, a product (or batch) or many at a time; the same again replaces it. STK-03. Raises SalesError: 2, 3, 4, 6."""
    row = _counting(w, number)
    for typed in counted:
        product = find(w.reader, "product", typed.sku)
        if typed.quantity < 0:
            fail("counted_negative", N_("{sku}: nobody counts less than nothing"), kind=Kind.USAGE, rule="STK-03", sku=product.code)
        found = _line(w, row, product, typed)
        found.counted = typed.quantity
        found.cause = clean_or_none(cause, C_("cause")) or found.cause
        found.measure = clean_or_none(measure, C_("measure")) or found.measure
        w.add(found)
    w.document = row.number
    left = w.reader.value("SELECT count(*) FROM stock_count_line WHERE count_id = :id AND counted IS NULL", id=row.id)
    text = N_("{number}: {count} counted, {left} still blank")
    return Done(
        msg(text, number=row.number, count=len(counted), left=left), document=row.number, next=(f"salescli stock count post {row.number}",)
    )


def _line(w: Writer, row: StockCount, product: Row, typed: TypedLine) -> StockCountLine:
    """The line of a sheet that was counted, a new one for goods it does not hold. Raises SalesError: 3 no such batch, 4 which batch?"""
    (wish,) = going(w, [Named(product, typed.quantity, typed.batch)])
    known = w.session.exec(select(StockCountLine).where(StockCountLine.count_id == row.id, StockCountLine.product_id == product.id)).all()
    if typed.batch is None and len(known) == 1:
        return known[0]
    item = (product.id, row.warehouse_id)
    if typed.batch is None and (known or w.reader.value("SELECT batch_tracked FROM product WHERE id = :p", p=product.id)):
        place = Place(*sku_and_warehouse(w.reader, item))
        raise_if(check_named(place, [lot for lot in lots_of(w.reader, item, w.today) if lot.quantity]))
    batch = wish.batch_id if wish else None
    there = {lot.batch_id: lot.quantity for lot in lots_of(w.reader, item, w.today)}
    expected = there.get(batch, 0) if wish else quantity_on(w.reader, item, row.day)
    found = next((line for line in known if line.batch_id == batch), None)
    return found or StockCountLine(count_id=row.id or 0, product_id=product.id, batch_id=batch, expected=expected)


def post_count(w: Writer, number: str, missing: Missing | None = None) -> Done:
    """Book the differences between sheet and count once; movements since the sheet was made stand. STK-03, AP-14.

    Raises SalesError: 2 blank lines and no word on them, 3, 4 a difference without a cause, 5 not approved, 6 posted already.
    """
    row = _counting(w, number)
    lines = w.session.exec(select(StockCountLine).where(StockCountLine.count_id == row.id)).all()
    blank = [x for x in lines if x.counted is None]
    if blank and missing is None:
        fail(
            "count_blank",
            N_("{number}: {count} products were not counted; blank is not zero"),
            kind=Kind.USAGE,
            rule="STK-03",
            hint=N_("count them, or choose: --missing keep (leave them as they are) or --missing zero (they are gone)"),
            number=row.number,
            count=len(blank),
        )
    differences = [(x, (x.counted or 0) - x.expected) for x in lines if x.counted is not None or missing == "zero"]
    changed = [(x, d) for x, d in differences if d]
    raise_if(_problems(w, row, changed))
    rows = [Going(x.product_id, row.warehouse_id, d, None, i, (Share(x.batch_id, d),)) for i, (x, d) in enumerate(changed, 1)]
    move_many(w, MoveKind.COUNT, rows, document=row.number)
    row.state, row.posted = "posted", w.today
    w.document = row.number
    text = N_("{number} is posted: {count} products differed")
    told = msg(text, number=row.number, count=len(changed))
    return Done(told, document=row.number, next=("salescli stock list",), warnings=tuple(give_up(w)))


def _problems(w: Writer, row: StockCount, changed: Sequence[tuple[StockCountLine, int]]) -> list[Problem]:
    """Causes missing beyond the tolerance, and the approval that any difference needs. STK-03, AP-14."""
    if not changed:
        return []
    skus, codes = dict(w.reader.tuples("SELECT id, sku FROM product")), dict(w.reader.tuples("SELECT id, code FROM batch"))
    names = {x.id: skus[x.product_id] + (f" {codes[x.batch_id]}" if x.batch_id else "") for x, _d in changed}
    tolerance = w.policy("stock.count_tolerance_pct")
    missing = [x for x, d in changed if not x.cause and abs(d) * 10000 > tolerance * max(x.expected, 1)]
    found = [
        problem(
            "cause_missing",
            N_("{sku}: {expected:qty} in the book, {counted:qty} counted; the cause is missing"),
            rule="STK-03",
            hint=N_('salescli stock count enter {number} {sku}=QTY --cause "…"'),
            sku=names[x.id],
            expected=x.expected,
            counted=x.counted or 0,
            number=row.number,
        )
        for x in missing
    ]
    content = {"count": row.number, "lines": sorted([names[x.id], d] for x, d in changed)}
    ask = Ask("AP-14", row.number, content)
    if not found:
        text = N_("the differences of {number} need approval: {count} products, from {worst:qty} to {best:qty}")
        low, high = min(d for _x, d in changed), max(d for _x, d in changed)
        facts: dict[str, Any] = {"number": row.number, "count": len(changed), "worst": low, "best": high}
        found += needed(w.reader, ask, "count_needs_approval", text, rule="STK-03", **facts)
    return found


def cancel_count(w: Writer, number: str) -> Done:
    """Throw a count sheet away; nothing is booked."""
    row = _counting(w, number)
    row.state = "cancelled"
    w.document = row.number
    return Done(msg(N_("{number} is cancelled, nothing was booked"), number=row.number), document=row.number)


def _counting(w: Writer, number: str) -> StockCount:
    row = w.session.exec(select(StockCount).where(StockCount.number == number.upper())).first()
    if row is None:
        fail("count_not_found", N_("there is no count {number}"), kind=Kind.NOT_FOUND, hint=N_("salescli stock count list"), number=number)
    if row.state != "counting":
        fail("count_settled", N_("{number} is {state:code} already"), kind=Kind.STATE, rule="STK-03", number=row.number, state=row.state)
    return row
