"""Facts a movement needs: what is held, what opened a day, and the least there is from a day on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.record import NamedTuple
from salescli.stock.rules import Balance

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.reader import Reader

Item = tuple[int, int]
"""Product id and warehouse id."""


class Opened(NamedTuple):
    """An item as the beginning of a day finds it: kept balance, opening quantity, whether an opening of that day stands already,
    its unit cost, and whether the item has no movements but those openings.
    """

    balance: Balance
    opened: int = 0
    recorded: bool = False
    unit_cost: int | None = None
    alone: bool = True


class OpeningState(NamedTuple):
    """All items as one day's openings find them, and the cost of each product that has one."""

    items: dict[Item, Opened]
    costs: dict[int, int]

    def of(self, item: Item) -> Opened:
        """The item's state; nothing at all when it never moved."""
        return self.items.get(item, Opened(Balance()))


def held(r: Reader, item: Item) -> Balance:
    """The kept balance of an item; empty when it never moved."""
    sql = "SELECT kept_quantity, kept_value FROM stock_item WHERE product_id = :product AND warehouse_id = :warehouse"
    return r.first(Balance, sql, product=item[0], warehouse=item[1]) or Balance()


_STATE = """
SELECT i.product_id, i.warehouse_id, i.kept_quantity, i.kept_value,
       coalesce(sum(CASE WHEN m.date < :day OR m.date = :day AND m.kind = 'opening' THEN m.quantity END), 0),
       max(CASE WHEN m.date = :day AND m.kind = 'opening' THEN m.id END),
       coalesce(sum(CASE WHEN m.date <> :day OR m.kind <> 'opening' THEN 1 END), 0)
FROM stock_item i LEFT JOIN stock_move m ON m.product_id = i.product_id AND m.warehouse_id = i.warehouse_id
GROUP BY i.product_id, i.warehouse_id, i.kept_quantity, i.kept_value"""

_OPENING_COSTS = "SELECT id, unit_cost FROM stock_move WHERE date = :day AND kind = 'opening' AND unit_cost IS NOT NULL"


def opening_state(r: Reader, day: date) -> OpeningState:
    """What the openings of a day find, read in bulk: an import of thousands of products asks once."""
    costs = dict(r.tuples(_OPENING_COSTS, day=day))
    items = {
        (product, warehouse): Opened(Balance(quantity, value), opened, last is not None, costs.get(last), others == 0)
        for product, warehouse, quantity, value, opened, last, others in r.tuples(_STATE, day=day)
    }
    return OpeningState(items, dict(r.tuples("SELECT id, cost FROM product WHERE cost IS NOT NULL")))


_LEAST = """
SELECT min(balance) FROM (
    SELECT date, id, sum(quantity) OVER (ORDER BY date, id) AS balance
    FROM stock_move WHERE product_id = :product AND warehouse_id = :warehouse) AS running
WHERE date > :day"""
_AT_END_OF = """
SELECT coalesce(sum(quantity), 0) FROM stock_move WHERE product_id = :product AND warehouse_id = :warehouse AND date <= :day"""


def least_from(r: Reader, item: Item, day: date) -> int:
    """The least quantity there is at the end of `day` or after any later movement."""
    product, warehouse = item
    now = int(r.value(_AT_END_OF, product=product, warehouse=warehouse, day=day))
    later = r.value(_LEAST, product=product, warehouse=warehouse, day=day)
    return now if later is None else min(now, int(later))


class Name(NamedTuple):
    """How people call an item."""

    sku: str
    warehouse: str


def sku_and_warehouse(r: Reader, item: Item) -> Name:
    """SKU and warehouse code of an item, which must exist."""
    sku = r.value("SELECT sku FROM product WHERE id = :id", id=item[0])
    return Name(sku, r.value("SELECT code FROM warehouse WHERE id = :id", id=item[1]))
