"""Invariants of stock: the kept balances are what the movements add up to (STK-02)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.checks import Check
from salescli.core.i18n import N_, Message, msg
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.reader import Reader


class _Item(NamedTuple):
    sku: str
    warehouse: str
    kept: int
    moved: int


_MOVES = """
SELECT product_id, warehouse_id, sum(quantity) AS quantity, coalesce(sum(value), 0) AS value
FROM stock_move GROUP BY product_id, warehouse_id"""

_ITEMS = f"""
SELECT p.sku, w.code, {{kept}}, {{moved}}
FROM stock_item i
JOIN product p ON p.id = i.product_id
JOIN warehouse w ON w.id = i.warehouse_id
LEFT JOIN ({_MOVES}) m ON m.product_id = i.product_id AND m.warehouse_id = i.warehouse_id
WHERE {{kept}} <> {{moved}} ORDER BY p.sku, w.code"""

_HOMELESS = f"""
SELECT p.sku, w.code, 0, m.quantity
FROM ({_MOVES}) m
JOIN product p ON p.id = m.product_id
JOIN warehouse w ON w.id = m.warehouse_id
LEFT JOIN stock_item i ON i.product_id = m.product_id AND i.warehouse_id = m.warehouse_id
WHERE i.id IS NULL ORDER BY p.sku, w.code"""


def quantities(r: Reader) -> Iterator[Message]:
    """Items whose kept quantity is not the sum of their movements."""
    kept = _ITEMS.format(kept="i.kept_quantity", moved="coalesce(m.quantity, 0)")
    for item in (*r.rows(_Item, kept), *r.rows(_Item, _HOMELESS)):
        text = N_("{sku} in {warehouse}: {kept:qty} kept, movements add up to {moved:qty}")
        yield msg(text, sku=item.sku, warehouse=item.warehouse, kept=item.kept, moved=item.moved)


def values(r: Reader) -> Iterator[Message]:
    """Items whose kept value is not the sum of their movements' values (unknown counts as nothing on both sides)."""
    kept = _ITEMS.format(kept="coalesce(i.kept_value, 0)", moved="coalesce(m.value, 0)")
    for item in r.rows(_Item, kept):
        text = N_("{sku} in {warehouse}: a value of {kept:amount} kept, movements add up to {moved:amount}")
        yield msg(text, sku=item.sku, warehouse=item.warehouse, kept=item.kept, moved=item.moved)


_BELOW = """
SELECT p.sku, w.code, m.date, min(m.balance)
FROM (SELECT product_id, warehouse_id, date,
             sum(quantity) OVER (PARTITION BY product_id, warehouse_id ORDER BY date, id) AS balance,
             row_number() OVER (PARTITION BY product_id, warehouse_id, date ORDER BY id DESC) AS back
      FROM stock_move) m
JOIN product p ON p.id = m.product_id
JOIN warehouse w ON w.id = m.warehouse_id
WHERE m.balance < 0 AND m.back = 1
GROUP BY p.sku, w.code, m.date ORDER BY p.sku, w.code, m.date"""


def never_below_zero(r: Reader) -> Iterator[Message]:
    """Items of which some day ended with less than nothing."""
    for sku, warehouse, day, balance in r.tuples(_BELOW):
        yield msg(N_("{sku} in {warehouse}: {balance:qty} on {day}"), sku=sku, warehouse=warehouse, balance=balance, day=day)


_BATCHES = """
SELECT p.sku, b.code, w.code, coalesce(n.kept_quantity, 0), coalesce(m.quantity, 0)
FROM (SELECT batch_id, warehouse_id FROM batch_item UNION
      SELECT y.batch_id, x.warehouse_id FROM batch_move y JOIN stock_move x ON x.id = y.move_id) a
JOIN batch b ON b.id = a.batch_id JOIN product p ON p.id = b.product_id JOIN warehouse w ON w.id = a.warehouse_id
LEFT JOIN batch_item n ON n.batch_id = a.batch_id AND n.warehouse_id = a.warehouse_id
LEFT JOIN (SELECT y.batch_id, x.warehouse_id, sum(y.quantity) AS quantity FROM batch_move y JOIN stock_move x ON x.id = y.move_id
           GROUP BY y.batch_id, x.warehouse_id) m ON m.batch_id = a.batch_id AND m.warehouse_id = a.warehouse_id
WHERE coalesce(n.kept_quantity, 0) <> coalesce(m.quantity, 0) ORDER BY p.sku, b.code, w.code"""


def batch_quantities(r: Reader) -> Iterator[Message]:
    """Batches whose kept quantity is not the sum of their movements."""
    for sku, batch, place, kept, moved in r.tuples(_BATCHES):
        text = N_("{sku} batch {batch} in {warehouse}: {kept:qty} kept, movements add up to {moved:qty}")
        yield msg(text, sku=sku, batch=batch, warehouse=place, kept=kept, moved=moved)


# Goods from before a product was kept by batch have none, so a movement may be less in batches than in all; a sale never is.
_SUMS = """
SELECT p.sku, w.code, i.kept_quantity, x.quantity FROM stock_item i
JOIN (SELECT b.product_id, n.warehouse_id, sum(n.kept_quantity) AS quantity FROM batch_item n JOIN batch b ON b.id = n.batch_id
      GROUP BY b.product_id, n.warehouse_id) x ON x.product_id = i.product_id AND x.warehouse_id = i.warehouse_id
JOIN product p ON p.id = i.product_id JOIN warehouse w ON w.id = i.warehouse_id
WHERE x.quantity > i.kept_quantity ORDER BY p.sku, w.code"""
_PARTS = """
SELECT p.sku, w.code, coalesce(m.document, m.date), m.quantity, sum(n.quantity), sum(abs(n.quantity)),
       max(CASE WHEN b.product_id = m.product_id THEN 0 ELSE 1 END)
FROM batch_move n JOIN stock_move m ON m.id = n.move_id JOIN batch b ON b.id = n.batch_id
JOIN product p ON p.id = m.product_id JOIN warehouse w ON w.id = m.warehouse_id
GROUP BY m.id, p.sku, w.code, m.document, m.date, m.quantity
HAVING max(CASE WHEN b.product_id = m.product_id THEN 0 ELSE 1 END) = 1
    OR m.kind = 'delivery' AND sum(n.quantity) <> m.quantity
    OR m.kind NOT IN ('opening', 'delivery') AND (abs(sum(n.quantity)) > abs(m.quantity) OR sum(n.quantity) * m.quantity < 0)
ORDER BY m.id"""


def batch_sums(r: Reader) -> Iterator[Message]:
    """Items whose batches are more than the whole, movements whose batches are more than what moved or another product's."""
    for sku, place, whole, parts in r.tuples(_SUMS):
        text = N_("{sku} in {warehouse}: {parts:qty} in batches, {whole:qty} in all")
        yield msg(text, sku=sku, warehouse=place, parts=parts, whole=whole)
    for sku, place, document, whole, parts, *_rest in r.tuples(_PARTS):
        text = N_("{sku} in {warehouse}, {document}: {parts:qty} by batch, {whole:qty} moved")
        yield msg(text, sku=sku, warehouse=place, document=document, parts=parts, whole=whole)


_BATCH_BELOW = """
SELECT p.sku, b.code, w.code, m.date, min(m.balance)
FROM (SELECT n.batch_id, x.warehouse_id, x.date,
             sum(n.quantity) OVER (PARTITION BY n.batch_id, x.warehouse_id ORDER BY x.date, x.id, n.id) AS balance,
             row_number() OVER (PARTITION BY n.batch_id, x.warehouse_id, x.date ORDER BY x.id DESC, n.id DESC) AS back
      FROM batch_move n JOIN stock_move x ON x.id = n.move_id) m
JOIN batch b ON b.id = m.batch_id JOIN product p ON p.id = b.product_id JOIN warehouse w ON w.id = m.warehouse_id
WHERE m.balance < 0 AND m.back = 1 GROUP BY p.sku, b.code, w.code, m.date ORDER BY p.sku, b.code, w.code, m.date"""


def batches_never_below_zero(r: Reader) -> Iterator[Message]:
    """Batches of which some day ended with less than nothing."""
    for sku, batch, place, day, balance in r.tuples(_BATCH_BELOW):
        text = N_("{sku} batch {batch} in {warehouse}: {balance:qty} on {day}")
        yield msg(text, sku=sku, batch=batch, warehouse=place, balance=balance, day=day)


CHECKS = (
    Check("stock_quantities", N_("the quantity of every item is the sum of its movements"), quantities),
    Check("stock_values", N_("the value of every item is the sum of its movements' values"), values),
    Check("stock_not_negative", N_("no day ended with less than nothing"), never_below_zero),
    Check("batch_quantities", N_("the quantity of every batch is the sum of its movements"), batch_quantities),
    Check("batch_sums", N_("batches are parts of what lies there, and of what moved"), batch_sums),
    Check("batch_not_negative", N_("no day ended with less than nothing of a batch"), batches_never_below_zero),
)
