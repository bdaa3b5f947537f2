"""What the kept day of an order is derived from (ORD-18)."""

from __future__ import annotations

_REACHED = """
SELECT min(sent.day) FROM (
    SELECT d.date AS day, sum(p.quantity) OVER (ORDER BY d.date, d.id) AS so_far
    FROM delivery_line p JOIN delivery d ON d.id = p.delivery_id AND d.kind = 'delivery' AND d.replaces_id IS NULL
    WHERE p.order_line_id = l.id) AS sent
WHERE sent.so_far >= l.quantity"""
# Only where more went out than was ordered is the day looked for delivery by delivery: a million lines have it from their last one.

COMPLETED = f"""
SELECT CASE WHEN count(*) = count(done.day) THEN max(done.day) END FROM (
    SELECT CASE WHEN out > l.quantity THEN ({_REACHED}) WHEN out = l.quantity THEN last END AS day
    FROM (SELECT l.id, l.quantity, sum(CASE WHEN d.id IS NOT NULL THEN p.quantity END) AS out, max(d.date) AS last
          FROM order_line l
          LEFT JOIN delivery_line p ON p.order_line_id = l.id
          LEFT JOIN delivery d ON d.id = p.delivery_id AND d.kind = 'delivery' AND d.replaces_id IS NULL
          WHERE l.order_id = sales_order.id
          GROUP BY l.id, l.quantity) AS l) AS done"""
"""SQL: the day the last line of `sales_order` was delivered in full, NULL while one is not.

A line is done when its deliveries reach what was ordered; an order is when every line is. Returns undo nothing, and what replaces
returned goods is none of them: it delivers nothing of the rest, and later it was in time all the same.
"""

KEEP_ORDERS = """UPDATE customer SET (kept_first_order, kept_last_order, kept_order_days) = (
    SELECT min(o.date), max(o.date), nullif(count(DISTINCT o.date), 0) FROM sales_order o
    WHERE o.customer_id = customer.id AND o.state IN ('confirmed', 'closed'))"""
"""SQL that takes every customer's first and last order and days with orders from the orders that hold; add a WHERE for some of them."""
