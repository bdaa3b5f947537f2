"""Writes of orders: the kept day of complete delivery (ORD-18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salescli.core.writer import Writer

# A line is done when its deliveries reach what was ordered; an order is when every line is. Returns undo nothing.
_COMPLETED = """
SELECT CASE WHEN count(*) = count(done.day) THEN max(done.day) END FROM (
    SELECT CASE WHEN coalesce(sum(CASE WHEN d.id IS NOT NULL THEN p.quantity END), 0) >= l.quantity THEN max(d.date) END AS day
    FROM order_line l
    LEFT JOIN delivery_line p ON p.order_line_id = l.id
    LEFT JOIN delivery d ON d.id = p.delivery_id AND d.kind = 'delivery'
    WHERE l.order_id = sales_order.id
    GROUP BY l.id, l.quantity) AS done"""

_KEEP = f"UPDATE sales_order SET kept_delivered_on = ({_COMPLETED})"


def keep_delivered(w: Writer, *, order_id: int | None = None, import_id: int | None = None) -> None:
    """Keep the day on which an order, or every order of an import, was delivered in full: the only place that writes it. ORD-18."""
    w.session.flush()
    if import_id is not None:
        w.reader.execute(f"{_KEEP} WHERE import_id = :import_id", {"import_id": import_id})
    else:
        w.reader.execute(f"{_KEEP} WHERE id = :order_id", {"order_id": order_id})
