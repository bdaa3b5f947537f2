"""Invariants of prices: nothing in the price table that nobody approved, no two prices that tie, forms and notices that agree."""

from __future__ import annotations

from itertools import combinations, groupby
from typing import TYPE_CHECKING

from salescli.core.checks import Check
from salescli.core.i18n import N_, msg
from salescli.price.rules_table import Rule, clash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.i18n import Message
    from salescli.core.reader import Reader


def unapproved(r: Reader) -> Iterator[str]:
    """Prices that came neither from an approved form nor as a product's first one. PRC-03."""
    sql = """SELECT DISTINCT p.sku FROM price_rule g JOIN product p ON p.id = g.product_id
             LEFT JOIN price_change h ON h.id = g.change_id AND h.state = 'approved'
             LEFT JOIN approval a ON a.number = h.request AND a.kind = 'AP-03' AND a.document = h.number AND a.state = 'approved'
             WHERE a.id IS NULL AND (g.change_id IS NOT NULL OR p.list_price IS NOT NULL
                OR g.customer_id IS NOT NULL OR g.customer_class IS NOT NULL OR g.channel IS NOT NULL OR g.min_qty > 0)
             ORDER BY p.sku"""
    yield from r.column(sql)


def ties(r: Reader) -> Iterator[Message]:
    """Prices of one scope, break and day of which nobody could say which holds. PRC-08."""
    sql = """SELECT p.sku, g.id, g.customer_id, g.customer_class, g.channel, g.min_qty, g.currency, g.unit_price, g.valid_from, g.valid_to
             FROM price_rule g JOIN product p ON p.id = g.product_id
             ORDER BY p.sku, g.min_qty, coalesce(g.customer_id, 0), lower(coalesce(g.customer_class, '')), lower(coalesce(g.channel, '')),
                      coalesce(g.currency, '')"""
    rows = [(sku, Rule(*rest)) for sku, *rest in r.tuples(sql)]
    for (sku, *_scope), group in groupby(rows, key=lambda row: (row[0], row[1].min_qty, row[1].customer_id)):
        for one, other in combinations([rule for _sku, rule in group], 2):
            if clash(one, other):
                yield msg(
                    N_("{sku}: two prices for the same customers and quantity on {day}"), sku=sku, day=max(one.valid_from, other.valid_from)
                )


def written_forms(r: Reader) -> Iterator[str]:
    """Forms whose prices are written though somebody was not told, or before the notice was long enough. PRC-04."""
    sql = """SELECT h.number FROM price_change h WHERE h.written_on IS NOT NULL AND (h.state <> 'approved' OR EXISTS (
               SELECT 1 FROM price_notice n WHERE n.change_id = h.id AND n.notified_on IS NULL)) ORDER BY h.number"""
    yield from r.column(sql)


def below_floor(r: Reader) -> Iterator[str]:
    """Products with a price in the table below their floor: it was lowered after the price was decided. PRC-09."""
    sql = """SELECT DISTINCT p.sku FROM price_rule g JOIN product p ON p.id = g.product_id
             WHERE g.unit_price < p.floor_price AND g.currency IS NULL AND (g.valid_to IS NULL OR g.valid_to >= :today) ORDER BY p.sku"""
    yield from r.column(sql, today=r.today)


CHECKS = (
    Check("price_approved", N_("every price in the price table was approved, or is a product's first one"), unapproved),
    Check("price_ties", N_("no two prices hold for the same customers, quantity and day"), ties),
    Check("price_notices", N_("no price was written before everybody was told"), written_forms),
    Check("price_floor", N_("no price in the table lies below its product's lowest price"), below_floor, advice=True),
)
