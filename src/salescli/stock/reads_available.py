"""What can still be promised, now and on a later day (ORD-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.record import NamedTuple
from salescli.stock.reads_lots import unfit

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.reader import Reader


class Availability(NamedTuple):
    """Goods of one product in one warehouse, in 1/1,000: on hand, promised to documents, and `unfit`: expired, blocked, without a batch."""

    on_hand: int
    reserved: int
    unfit: int = 0

    @property
    def available(self) -> int:
        """What may be sold and nobody has been promised yet. ORD-12, PRD-05."""
        return self.on_hand - self.reserved - self.unfit

    @property
    def unpromised(self) -> int:
        """What nobody has been promised yet, whether it may be sold or not."""
        return self.on_hand - self.reserved


def available(r: Reader, product_id: int, warehouse_id: int | None = None, day: date | None = None) -> Availability:
    """On hand and reserved now, in one warehouse or in all of them; `unfit` what may not be sold on `day` (default: today). ORD-12."""
    place = "" if warehouse_id is None else f" AND warehouse_id = {warehouse_id:d}"
    on_hand = r.value(f"SELECT coalesce(sum(kept_quantity), 0) FROM stock_item WHERE product_id = :p{place}", p=product_id)
    reserved = r.value(f"SELECT coalesce(sum(quantity), 0) FROM reservation WHERE product_id = :p{place}", p=product_id)
    return Availability(int(on_hand), int(reserved), unfit(r, product_id, warehouse_id, int(on_hand), day or r.today))


def main_warehouse(r: Reader) -> int:
    """The id of the warehouse MAIN, which always exists."""
    return int(r.value("SELECT id FROM warehouse WHERE code = 'MAIN'"))


def location(r: Reader, product_id: int, warehouse_id: int) -> str | None:
    """Where a product lies in a warehouse: the order of a pick list."""
    found: str | None = r.value(
        "SELECT location FROM stock_level WHERE product_id = :p AND warehouse_id = :w", p=product_id, w=warehouse_id
    )
    return found
