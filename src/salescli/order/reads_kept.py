"""What the kept day of an order is derived from (ORD-18)."""

from __future__ import annotations

# A line is done when its deliveries reach what was ordered; an order is when every line is. Returns undo nothing.
COMPLETED = """
SELECT CASE WHEN count(*) = count(done.day) THEN max(done.day) END FROM (
    SELECT CASE WHEN coalesce(sum(CASE WHEN d.id IS NOT NULL THEN p.quantity END), 0) >= l.quantity THEN max(d.date) END AS day
    FROM order_line l
    LEFT JOIN delivery_line p ON p.order_line_id = l.id
    LEFT JOIN delivery d ON d.id = p.delivery_id AND d.kind = 'delivery'
    WHERE l.order_id = sales_order.id
    GROUP BY l.id, l.quantity) AS done"""
"""SQL: the day the last line of `sales_order` was delivered in full, NULL while one is not."""
