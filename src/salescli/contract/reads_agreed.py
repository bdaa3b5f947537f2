"""What was agreed already: the prices of a confirmed quote or a signed contract, which its orders bear without asking again (QUO-06)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.contract.reads_progress import ordered_at

if TYPE_CHECKING:
    from salescli.core.reader import Reader

_QUOTED = """SELECT x.product_id, x.unit_price, x.discount, sum(x.quantity) AS quantity FROM quote q
JOIN quote_version v ON v.quote_id = q.id AND v.version_no = q.version JOIN quote_line x ON x.version_id = v.id
WHERE q.number = :origin AND q.state IN ('confirmed', 'converted') GROUP BY 1, 2, 3"""
_SIGNED = """SELECT x.product_id, x.unit_price, x.discount, sum(x.quantity) AS quantity FROM contract k
JOIN contract_version v ON v.contract_id = k.id AND v.version_no <= k.in_force JOIN contract_line x ON x.version_id = v.id
WHERE k.number = :origin AND NOT EXISTS (SELECT 1 FROM contract_version n WHERE n.contract_id = k.id AND n.version_no > v.version_no
                                         AND n.version_no <= k.in_force AND n.signed_on < :day)
GROUP BY v.id, 1, 2, 3"""
_AGREED = f"SELECT product_id, unit_price, discount, max(quantity) FROM ({_QUOTED} UNION ALL {_SIGNED}) AS x GROUP BY 1, 2, 3"


class Agreed:
    """What an order's origin agrees at each price and its other orders have not taken (1/1,000); each line asked about takes its part.

    Of a contract the version in force counts, and the one that was when the order was taken. QUO-06, PRC-05.
    """

    def __init__(self, r: Reader, origin: str | None, order_id: int, day: object) -> None:
        self.left: dict[tuple[int, int, int], int] = {}
        if origin is None:
            return
        taken = ordered_at(r, origin, but=order_id)
        for *line, quantity in r.tuples(_AGREED, origin=origin, day=day):
            product, price, discount = line
            self.left[product, price, discount] = quantity - taken.get((product, price, discount), 0)

    def covers(self, product_id: int, unit_price: int, discount: int, quantity: int) -> bool:
        """Whether a line of the order bears a price agreed for as much as it holds."""
        left = self.left.get((product_id, unit_price, discount), 0)
        if quantity > left:
            return False
        self.left[product_id, unit_price, discount] = left - quantity
        return True
