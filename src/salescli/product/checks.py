"""Invariants of products: SKUs and names people find, barcodes that mean one thing, prices that make sense (PRD-01)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.checks import Check
from salescli.core.i18n import N_

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
    yield from r.column("SELECT sku FROM product WHERE floor_price > list_price ORDER BY sku")


CHECKS = (
    Check("product_blanks", N_("SKUs and product names have no blanks at their ends"), blank_ends),
    Check("product_barcode", N_("every barcode means one product"), same_barcode, advice=True),
    Check("product_floor", N_("no floor price lies above the list price"), floors, advice=True),
)
