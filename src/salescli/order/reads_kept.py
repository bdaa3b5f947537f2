"""What the kept day of an order is derived from (ORD-18)."""

from __future__ import annotations

# A line is done when its deliveries reach what was ordered; an order is when every line is. Returns undo nothing, and what
# replaces returned goods later was in time all the same.
COMPLETED = """
SELECT CASE WHEN count(*) = count(done.day) THEN max(done.day) END FROM (
    SELECT (SELECT min(sent.day) FROM (
                SELECT d.date AS day, sum(p.quantity) OVER (ORDER BY d.date, d.id) AS so_far
                FROM delivery_line p JOIN delivery d ON d.id = p.delivery_id AND d.kind = 'delivery'
                WHERE p.order_line_id = l.id) AS sent
            WHERE sent.so_far >= l.quantity) AS day
    FROM order_line l WHERE l.order_id = sales_order.id) AS done"""
"""SQL: the day the last line of `sales_order` was delivered in full, NULL while one is not."""
