"""Invariants of stock: the kept balances are what the movements add up to (STK-02)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from salescli.core.checks import Check
from salescli.core.i18n import N_, Message, msg

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


CHECKS = (
    Check("stock_quantities", N_("the quantity of every item is the sum of its movements"), quantities),
    Check("stock_values", N_("the value of every item is the sum of its movements' values"), values),
    Check("stock_not_negative", N_("no day ended with less than nothing"), never_below_zero),
)
