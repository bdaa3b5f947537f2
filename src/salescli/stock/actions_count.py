"""Counting a warehouse: a sheet, what was counted, the differences posted once (STK-03, F-23)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from sqlmodel import select

from salescli.core import context
from salescli.core.approval import Ask, needed
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find
from salescli.core.money import quantity_text
from salescli.core.report import Done
from salescli.core.text import clean_or_none
from salescli.stock.actions_label import Named, going
from salescli.stock.actions_moves import Going, move_many
from salescli.stock.actions_promised import give_up
from salescli.stock.reads_balance import sku_and_warehouse
from salescli.stock.reads_count import booked, to_count
from salescli.stock.reads_lots import lots_of
from salescli.stock.rules_batch import Place, Share, check_named
from salescli.stock.states import MoveKind
from salescli.stock.tables_plan import StockCount, StockCountLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salescli.core.lines import TypedLine
    from salescli.core.writer import Writer

Missing = Literal["keep", "zero"]

MOST_TOLD = 5
"""Differences named to whoever approves them, the largest first."""


def start(w: Writer, warehouse: str, category: str | None = None) -> Done:
    """Make the count sheet of a warehouse (or one category of it): what the book says lies there. STK-03.

    The sheet is of the moment it is made, a sheet dated back of the end of its day. What is dated before that and typed later belongs to
    it: `booked` works it out whenever the sheet is looked at or posted. What is dated later, or typed later on its day, has moved since.

    Raises SalesError: 3 no such warehouse, 6 one is being counted already, 4 nothing to count.
    """
    place = find(w.reader, "warehouse", warehouse)
    other = w.reader.value("SELECT number FROM stock_count WHERE warehouse_id = :w AND state = 'counting'", w=place.id)
    if other:
        fail("counting_already", N_("{warehouse} is being counted: {number}"), kind=Kind.STATE, rule="STK-03",
             hint=N_("salescli stock count show {number}"), warehouse=place.code, number=other)  # fmt: skip
    last = None if w.today < context.clock_day() else _last_move(w)
    places = to_count(w.reader, place.id, category, last)
    if not places:
        hint = N_("what lies where: salescli stock warehouses")
        fail("nothing_to_count", N_("there is nothing to count in {warehouse}"), rule="STK-03", hint=hint, warehouse=place.code)
    row = w.add(
        StockCount(
            number=w.number("SC"), warehouse_id=place.id, day=w.today, category=clean_or_none(category, C_("category"), 80),
            last_move=last, staff_id=w.actor.id or None,
        )
    )  # fmt: skip
    lines = [{"count_id": row.id, "product_id": x.product_id, "batch_id": x.batch_id, "expected": x.quantity} for x in places]
    w.insert_records(StockCountLine, lines)
    w.document = row.number
    return Done(
        msg(
            N_("count sheet {number}: {count} {count:product|products} in {warehouse}"),
            number=row.number,
            count=len({x.product_id for x in places}),
            warehouse=place.code,
        ),
        document=row.number,
        next=(
            f"salescli stock count show {row.number} -o sheet.xlsx",
            f"salescli stock count enter {row.number} SKU=QTY",
        ),
    )


def _last_move(w: Writer) -> int:
    """The movement typed last, whatever day it is dated."""
    return int(w.reader.value("SELECT coalesce(max(id), 0) FROM stock_move"))


def enter(
    w: Writer, number: str, counted: Sequence[TypedLine], cause: str | None = None, measure: str | None = None, *, now: bool = False
) -> Done:
    """Note what was counted, a product (or batch) or many at a time; the same again replaces it. STK-03.

    Counted is what lay there when the sheet was made, with `now` what lies there after all that has moved since: only the counter knows,
    so goods that moved are told. Raises SalesError: 2 less than nothing, 3 no such count, product or batch, 4 which batch?, 6 not counting.
    """
    row = _counting(w, number)
    found = [_line(w, row, typed) for typed in counted]
    for line, typed in zip(found, counted, strict=True):
        line.counted = typed.quantity
        line.counted_on, line.last_move = (w.today, _last_move(w)) if now else (None, None)
        line.cause = clean_or_none(cause, C_("cause")) or line.cause
        line.measure = clean_or_none(measure, C_("measure")) or line.measure
        w.add(line)
    w.document = row.number
    left = w.reader.value("SELECT count(*) FROM stock_count_line WHERE count_id = :id AND counted IS NULL", id=row.id)
    text = N_("{number}: {count} counted, {left} still blank")
    return Done(
        msg(text, number=row.number, count=len(counted), left=left), document=row.number, next=(f"salescli stock count post {row.number}",),
        warnings=() if now else tuple(_moved(w, row, found)),
    )  # fmt: skip


def _moved(w: Writer, row: StockCount, lines: Sequence[StockCountLine]) -> Iterator[Problem]:
    """What of the goods just entered has moved since the sheet was made: counted before that, or after? STK-03."""
    known = booked(w.reader, row.id or 0)
    moved = [line for line in lines if known[line.id or 0].moved]
    names = _names(w, moved)
    text = N_("{sku}: {moved:qty} moved since the sheet was made; {counted:qty} is taken as counted before that")
    hint = N_("counted after it: salescli stock count enter {number} {sku}=QTY --now")
    for line in moved:
        yield problem("moved_since", text, rule="STK-03", hint=hint, sku=names[line.id], moved=known[line.id or 0].moved,
                      counted=line.counted, number=row.number)  # fmt: skip


def _names(w: Writer, lines: Sequence[StockCountLine]) -> dict[int | None, str]:
    """What each line is called: TN2325, or MILK and its batch."""
    if not lines:
        return {}
    sql = """SELECT x.id, p.sku || coalesce(' ' || b.code, '') FROM stock_count_line x JOIN product p ON p.id = x.product_id
             LEFT JOIN batch b ON b.id = x.batch_id WHERE x.count_id = :count"""
    return dict(w.reader.tuples(sql, count=lines[0].count_id))


def _line(w: Writer, row: StockCount, typed: TypedLine) -> StockCountLine:
    """The line of a sheet that was counted, a new one for goods it does not hold. Raises SalesError: 2, 3 no such batch, 4 which batch?"""
    product = find(w.reader, "product", typed.sku)
    if typed.quantity < 0:
        fail("counted_negative", N_("{sku}: nobody counts less than nothing"), kind=Kind.USAGE, rule="STK-03", sku=product.code)
    (wish,) = going(w, [Named(product, typed.quantity, typed.batch)])
    known = w.session.exec(select(StockCountLine).where(StockCountLine.count_id == row.id, StockCountLine.product_id == product.id)).all()
    if typed.batch is None and len(known) == 1:
        return known[0]
    item = (product.id, row.warehouse_id)
    if typed.batch is None and (known or w.reader.value("SELECT batch_tracked FROM product WHERE id = :p", p=product.id)):
        place = Place(*sku_and_warehouse(w.reader, item))
        raise_if(check_named(place, [lot for lot in lots_of(w.reader, item, w.today) if lot.quantity]))
    batch = wish.batch_id if wish else None
    found = next((line for line in known if line.batch_id == batch), None)
    return found or _new_line(w, row, product.id, batch)


def _new_line(w: Writer, row: StockCount, product: int, batch: int | None) -> StockCountLine:
    """A line for goods the sheet does not hold."""
    line = w.add(StockCountLine(count_id=row.id or 0, product_id=product, batch_id=batch, expected=0))
    line.expected = booked(w.reader, row.id or 0)[line.id or 0].expected
    return line


def post_count(w: Writer, number: str, missing: Missing | None = None) -> Done:
    """Book the differences between book and count once, today. STK-03, AP-14.

    The book is that of each line's moment, with all that is dated before it by now (`booked`); movements since then stand.

    Raises SalesError: 2 blank lines and no word on them, 3, 4 a difference without a cause, 5 not approved, 6 posted already.
    """
    row = _counting(w, number)
    lines = w.session.exec(select(StockCountLine).where(StockCountLine.count_id == row.id)).all()
    known = booked(w.reader, row.id or 0)
    for line in lines:
        line.expected = known[line.id or 0].expected
    blank = [x for x in lines if x.counted is None]
    if blank and missing is None:
        fail(
            "count_blank",
            N_("{number}: {count} {count:product|products} {count:was|were} not counted; blank is not zero"),
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
    text = N_("{number} is posted: {count} {count:product|products} differed")
    told = msg(text, number=row.number, count=len(changed))
    return Done(told, document=row.number, next=("salescli stock list",), warnings=tuple(give_up(w)))


def _problems(w: Writer, row: StockCount, changed: Sequence[tuple[StockCountLine, int]]) -> list[Problem]:
    """Causes missing beyond the tolerance, and the approval that any difference needs. STK-03, AP-14."""
    if not changed:
        return []
    names = _names(w, [x for x, _d in changed])
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
        text = N_("the differences of {number} need approval: {count} {count:product|products}, {lines}")
        largest = sorted(changed, key=lambda pair: -abs(pair[1]))
        told = [f"{names[x.id]} {'+' if d > 0 else ''}{quantity_text(d)}" for x, d in largest[:MOST_TOLD]]
        facts: dict[str, Any] = {
            "number": row.number,
            "count": len(changed),
            "lines": [*told, *(["…"] if len(changed) > MOST_TOLD else [])],
        }
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
        fail("count_settled", N_("{number} is {state:code} already"), kind=Kind.STATE, rule="STK-03", hint=N_("salescli stock count start"),
             number=row.number, state=row.state)  # fmt: skip
    return row
