"""What the goods of an order's lines cost: kept in step with the movements that took them out of stock (STK-08, K-03)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.money import line_amount, unit_price
from salescli.order.tables import OrderLine

if TYPE_CHECKING:
    from salescli.core.writer import Writer

_COSTS = """
SELECT l.id, l.unit_cost,
       (SELECT sum(x.quantity) FROM delivery_line x JOIN delivery g ON g.id = x.delivery_id
        WHERE x.order_line_id = l.id AND g.kind = 'delivery'),
       sum(-m.quantity), sum(-m.value)
FROM order_line l
JOIN delivery e ON e.order_id = l.order_id AND e.kind = 'delivery'
JOIN stock_move m ON m.document = e.number AND m.line_no = l.line_no AND m.kind = 'delivery' AND m.value IS NOT NULL
WHERE l.order_id = (SELECT d.order_id FROM delivery d WHERE d.number = :document)
GROUP BY l.id, l.unit_cost"""


def keep_costs(w: Writer, document: str) -> None:
    """The lines of a delivery's order bear the mean cost of all that went out of them; called as well when the past is valued anew.

    What an imported delivery took out moved no stock and keeps the cost the line had.
    """
    w.session.flush()
    for line_id, known, sent, moved, value in w.reader.tuples(_COSTS, document=document):
        untouched = (sent - moved) if known is not None else 0
        cost = unit_price(value + line_amount(untouched, known or 0), moved + untouched)
        if cost != known:
            w.get(OrderLine, line_id).unit_cost = cost
    w.session.flush()
