"""Batches on the papers and lists of an order: what went out of which, what is to be taken from which (STK-05, PRD-05)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.i18n import N_, msg
from salescli.core.money import quantity_text
from salescli.core.record import NamedTuple
from salescli.stock.reads_lots import lots_of
from salescli.stock.rules_batch import first_expiring, less, may_be_sold, take

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.stock.rules_batch import Lot


class _Moved(NamedTuple):
    line_no: int
    quantity: int
    code: str
    expires_on: str | None


_MOVED = """
SELECT m.line_no, sum(n.quantity), b.code, b.expires_on FROM stock_move m JOIN batch_move n ON n.move_id = m.id
JOIN batch b ON b.id = n.batch_id WHERE m.document = :number GROUP BY m.line_no, b.code, b.expires_on ORDER BY b.expires_on, b.code"""


def batches_of(r: Reader, document: str) -> dict[int, str]:
    """What a delivery or return says of the batches of each line, for the customer to read. PRD-05."""
    found: dict[int, list[str]] = {}
    for moved in r.rows(_Moved, _MOVED, number=document):
        text = N_("batch {batch} until {day}, {quantity:qty}") if moved.expires_on else N_("batch {batch}, {quantity:qty}")
        told = msg(text, batch=moved.code, day=moved.expires_on, quantity=abs(moved.quantity)).render()
        found.setdefault(moved.line_no, []).append(told)
    return {line: "; ".join(parts) for line, parts in found.items()}


class Picker:
    """Lays what has to go out on the batches that lie there, the first to expire first, line after line. STK-05."""

    def __init__(self, r: Reader) -> None:
        self.reader = r
        sql = "SELECT p.sku, w.code, p.id, w.id FROM product p, warehouse w WHERE p.batch_tracked = 1"
        self.items = {(sku, warehouse): (product, place) for sku, warehouse, product, place in r.tuples(sql)}
        self.left: dict[tuple[int, int], list[Lot]] = {}

    def pick(self, sku: str, warehouse: str, quantity: int) -> str | None:
        """The batches a quantity is taken from, as in "L2606 × 10, L2610 × 5"; None for goods not kept by batch."""
        item = self.items.get((sku, warehouse))
        if item is None:
            return None
        day = self.reader.today
        lots = self.left.get(item) or first_expiring(lot for lot in lots_of(self.reader, item, day) if may_be_sold(lot, day.isoformat()))
        shares, _missing = take(lots, quantity)
        self.left[item] = less(lots, shares)
        codes = {lot.batch_id: lot.code for lot in lots}
        return ", ".join(f"{codes[share.batch_id]} × {quantity_text(-share.quantity)}" for share in shares) or None
