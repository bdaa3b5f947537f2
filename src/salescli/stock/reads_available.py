"""What can still be promised, now and on a later day (ORD-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from salescli.core.reader import Reader


class Availability(NamedTuple):
    """Goods of one product in one warehouse, in 1/1,000: on hand, promised to documents, free."""

    on_hand: int
    reserved: int

    @property
    def available(self) -> int:
        """What nobody has been promised yet."""
        return self.on_hand - self.reserved


def available(r: Reader, product_id: int, warehouse_id: int | None = None) -> Availability:
    """On hand and reserved now, in one warehouse or in all of them. ORD-12."""
    place = "" if warehouse_id is None else f" AND warehouse_id = {warehouse_id:d}"
    on_hand = r.value(f"SELECT coalesce(sum(kept_quantity), 0) FROM stock_item WHERE product_id = :p{place}", p=product_id)
    reserved = r.value(f"SELECT coalesce(sum(quantity), 0) FROM reservation WHERE product_id = :p{place}", p=product_id)
    return Availability(int(on_hand), int(reserved))


def main_warehouse(r: Reader) -> int:
    """The id of the warehouse MAIN, which always exists."""
    return int(r.value("SELECT id FROM warehouse WHERE code = 'MAIN'"))


def location(r: Reader, product_id: int, warehouse_id: int) -> str | None:
    """Where a product lies in a warehouse: the order of a pick list."""
    found: str | None = r.value(
        "SELECT location FROM stock_level WHERE product_id = :p AND warehouse_id = :w", p=product_id, w=warehouse_id
    )
    return found
