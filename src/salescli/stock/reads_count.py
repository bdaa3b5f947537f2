"""What the book says lay there at the moment a sheet was made, or goods were counted, whenever it was typed (STK-03)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.errors import Problem, problem
from salescli.core.i18n import N_
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from salescli.core.reader import Reader

_SINCE = """m.product_id = l.product_id AND m.warehouse_id = l.warehouse_id AND m.date >= l.day
AND (m.date > l.day OR m.id > coalesce(l.last_move, 9223372036854775807))"""
"""SQL: movement `m` of the goods of line `l` came after its moment: dated later, or of the same day and typed later."""

_MOVED = f"coalesce((SELECT sum(m.quantity) FROM stock_move m WHERE {_SINCE}), 0)"
_MOVED_OF = f"""coalesce((SELECT sum(x.quantity) FROM stock_move m JOIN batch_move x ON x.move_id = m.id
                          WHERE {_SINCE} AND (l.batch_id IS NULL OR x.batch_id = l.batch_id)), 0)"""
_HELD = "coalesce((SELECT i.kept_quantity FROM stock_item i WHERE i.product_id = l.product_id AND i.warehouse_id = l.warehouse_id), 0)"
_HELD_OF = """coalesce((SELECT sum(n.kept_quantity) FROM batch b JOIN batch_item n ON n.batch_id = b.id WHERE b.product_id = l.product_id
                        AND n.warehouse_id = l.warehouse_id AND (l.batch_id IS NULL OR b.id = l.batch_id)), 0)"""


def _of_its_kind(item: str, batches: str) -> str:
    """SQL: the whole of a product, the part of one batch, or what its batches leave over."""
    return f"CASE WHEN l.whole THEN {item} WHEN l.batch_id IS NOT NULL THEN {batches} ELSE {item} - {batches} END"


_SHEET = """
SELECT x.id, x.product_id, x.batch_id, c.warehouse_id, coalesce(x.counted_on, c.day) AS day,
       CASE WHEN x.counted_on IS NULL THEN c.last_move ELSE x.last_move END AS last_move,
       NOT EXISTS (SELECT 1 FROM stock_count_line o
                   WHERE o.count_id = c.id AND o.product_id = x.product_id AND o.batch_id IS NOT NULL) AS whole
FROM stock_count_line x JOIN stock_count c ON c.id = x.count_id WHERE c.state = 'counting'"""

_MOVES = f"SELECT l.id AS id, {_of_its_kind(_HELD, _HELD_OF)} AS held, {_of_its_kind(_MOVED, _MOVED_OF)} AS moved"

BOOKED = f"SELECT s.id, s.held - s.moved AS expected, s.moved FROM ({_MOVES} FROM ({_SHEET}) l) s"
"""SQL: of every line of the sheets being counted what lay there at its moment, and what has moved since."""

_THEN = f"""SELECT s.product_id, s.batch_id, s.held - s.moved FROM ({_MOVES}, l.product_id, l.batch_id, l.sku FROM (
    SELECT 0 AS id, i.product_id, NULL AS batch_id, i.warehouse_id, CAST(:day AS TEXT) AS day, CAST(:last AS BIGINT) AS last_move,
           p.batch_tracked = 0 AS whole, p.sku
    FROM stock_item i JOIN product p ON p.id = i.product_id WHERE {{scope}}
    UNION ALL SELECT 0, b.product_id, b.id, i.warehouse_id, :day, CAST(:last AS BIGINT), 1 = 0, p.sku
    FROM batch_item i JOIN batch b ON b.id = i.batch_id JOIN product p ON p.id = b.product_id WHERE p.batch_tracked = 1 AND {{scope}}) l) s
ORDER BY s.sku, s.batch_id"""


class SheetLine(NamedTuple):
    """A product, or one batch of it, and what of it lay there."""

    product_id: int
    batch_id: int | None
    quantity: int


class Booked(NamedTuple):
    """What the book says of a line of a sheet, and what has moved since."""

    line_id: int
    expected: int
    moved: int


def to_count(r: Reader, warehouse: int, category: str | None, last_move: int | None) -> list[SheetLine]:
    """The lines of a new sheet: each product, one kept by batch by the batches there are and by what has none. STK-03, STK-05.

    `last_move`: the last movement that counts of those of today, None for all of them.
    """
    scope = "i.warehouse_id = :w" + (" AND p.category = :category" if category else "")
    found = r.rows(SheetLine, _THEN.format(scope=scope), w=warehouse, category=category, day=r.today, last=last_move)
    batched = {line.product_id for line in found if line.batch_id is not None and line.quantity}
    return [line for line in found if line.quantity or (line.batch_id is None and line.product_id not in batched)]


def booked(r: Reader, count: int) -> dict[int, Booked]:
    """What the book says of each line of a sheet being counted, by line. STK-03."""
    sql = f"{BOOKED} WHERE s.id IN (SELECT id FROM stock_count_line WHERE count_id = :count)"
    return {row.line_id: row for row in r.rows(Booked, sql, count=count)}


_COUNTED = """
SELECT DISTINCT p.sku, p.name, s.code, c.number, coalesce(l.counted_on, c.day)
FROM stock_count_line l JOIN stock_count c ON c.id = l.count_id
JOIN product p ON p.id = l.product_id JOIN warehouse s ON s.id = c.warehouse_id
WHERE c.state = 'posted' AND l.counted IS NOT NULL AND c.warehouse_id IN ({places}) AND l.product_id IN ({products})
  AND (coalesce(l.counted_on, c.day) > :day OR (c.day = :day AND l.counted_on IS NULL AND c.last_move IS NULL))
ORDER BY p.sku, s.code, c.number"""


def warn_counted(r: Reader, products: Iterable[int], places: Iterable[int], day: date) -> list[Problem]:
    """Goods whose movement is typed after a count of a later day was posted: the count may hold them already. STK-03."""
    sql = _COUNTED.format(places=", ".join(map(str, places)), products=", ".join(map(str, products)))
    text = N_("{sku} {name} was counted in {warehouse} on {counted} ({number}): goods moved on {day} may stand in that count already")
    hint = N_("compare: salescli stock count show {number}; if so, take them back: salescli stock adjust {sku}=QTY --reason …")
    return [
        problem("counted_since", text, rule="STK-03", hint=hint, sku=sku, name=name, warehouse=place, number=number, counted=counted,
                day=day.isoformat())
        for sku, name, place, number, counted in r.tuples(sql, day=day)
    ]  # fmt: skip
