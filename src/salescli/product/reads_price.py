"""The list price on a day: the price table's, else the first one of the product's file (PRC-03)."""

from __future__ import annotations

GENERAL = "{g}.customer_id IS NULL AND {g}.customer_class IS NULL AND {g}.channel IS NULL AND {g}.min_qty = 0 AND {g}.currency IS NULL"
"""SQL: a row of the price table is the list price, for everybody and any quantity."""

_ON = """coalesce((SELECT g.unit_price FROM price_rule g
    WHERE g.product_id = {product}.id AND {general} AND g.unit_price IS NOT NULL
      AND g.valid_from <= {day} AND (g.valid_to IS NULL OR g.valid_to >= {day})
    ORDER BY CASE WHEN g.valid_to IS NULL THEN 1 ELSE 0 END, g.valid_from DESC, g.id DESC LIMIT 1), {product}.list_price)"""


def list_price_on(product: str = "p", day: str = ":day") -> str:
    """SQL of the list price of the product with alias `product` on `day` (a parameter or a column). PRC-03, PRC-08.

    Of two that hold, the one with an end (a passing price) goes before the standing one, then the later one.
    """
    return _ON.format(product=product, day=day, general=GENERAL.format(g="g"))
