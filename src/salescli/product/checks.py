"""Invariants of products: SKUs and names people find, barcodes that mean one thing, prices that make sense (PRD-01)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.checks import Check
from salescli.core.i18n import N_
from salescli.product.reads_price import list_price_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.reader import Reader


def blank_ends(r: Reader) -> Iterator[str]:
    """SKUs and names with blanks, full-width ones too, at their ends, which nobody would find."""
    edges = " OR ".join(
        f"{column} LIKE '{pattern}'" for column in ("sku", "name") for blank in " \u3000" for pattern in (f"{blank}%", f"%{blank}")
    )
    yield from r.column(f"SELECT sku FROM product WHERE {edges} ORDER BY sku")


def same_barcode(r: Reader) -> Iterator[str]:
    """Barcodes of more than one product."""
    yield from r.column("SELECT barcode FROM product WHERE barcode IS NOT NULL GROUP BY barcode HAVING count(*) > 1 ORDER BY barcode")


def floors(r: Reader) -> Iterator[str]:
    """Products whose lowest price lies above the list price."""
    sql = f"SELECT p.sku FROM product p WHERE p.floor_price > {list_price_on()} ORDER BY p.sku"
    yield from r.column(sql, day=r.today)


def category_circles(r: Reader) -> Iterator[str]:
    """Categories that stand below themselves. PRD-02."""
    sql = """WITH RECURSIVE up(start, id) AS (
               SELECT id, parent_id FROM category WHERE parent_id IS NOT NULL
               UNION SELECT u.start, c.parent_id FROM up u JOIN category c ON c.id = u.id WHERE c.parent_id IS NOT NULL)
             SELECT c.name FROM category c JOIN up u ON u.start = c.id AND u.id = c.id ORDER BY c.name"""
    yield from r.column(sql)


def bill_circles(r: Reader) -> Iterator[str]:
    """Products that are made of themselves, by way of their parts. PRD-08."""
    sql = """WITH RECURSIVE parts(start, id) AS (
               SELECT product_id, component_id FROM bill_line
               UNION SELECT t.start, b.component_id FROM parts t JOIN bill_line b ON b.product_id = t.id)
             SELECT DISTINCT p.sku FROM product p JOIN parts t ON t.start = p.id AND t.id = p.id ORDER BY p.sku"""
    yield from r.column(sql)


CHECKS = (
    Check("product_blanks", N_("SKUs and product names have no blanks at their ends"), blank_ends),
    Check("product_barcode", N_("every barcode means one product"), same_barcode, advice=True),
    Check("product_floor", N_("no floor price lies above the list price"), floors, advice=True),
    Check("product_categories", N_("no category stands below itself"), category_circles),
    Check("product_bills", N_("no product is made of itself"), bill_circles),
)
