"""A small office whose every figure was worked out by hand: two reps, three customers, orders late, open, part delivered, closed, returned.

Rows are written straight into the file, so that reports are tested apart from the commands and imports that write them.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

from salescli.order.reads_kept import KEEP_ORDERS

STAFF = {"M1": 2, "S1": 3, "S2": 4, "W1": 5}
CUSTOMERS = {"C1": 1, "C2": 2, "C3": 3}
PRODUCTS = {"P1": 1, "P2": 2, "P3": 3}

# number, date, customer, staff, state, promised, region, source, delivered in full on; lines: sku, pieces, unit price
ORDERS: list[tuple[Any, ...]] = [
    ("O-1", "2026-09-10", "C1", "S1", "confirmed", "2026-09-20", None, None, "2026-09-18", [("P1", 10, 100), ("P2", 5, 20)]),
    ("O-2", "2026-10-05", "C1", "S1", "confirmed", "2026-10-10", None, None, "2026-10-15", [("P1", 10, 90)]),
    ("O-3", "2026-10-06", "C2", "S2", "confirmed", "2026-10-20", None, None, None, [("P2", 50, 20)]),
    ("O-4", "2026-10-07", "C2", "S1", "confirmed", "2026-11-05", "North", "phone", None, [("P3", 1, 500)]),
    ("O-5", "2026-10-08", "C3", None, "confirmed", None, None, None, "2026-10-08", [("P1", 1, 100)]),
    ("O-6", "2026-10-09", "C1", "S1", "draft", "2026-10-12", None, None, None, [("P1", 100, 100)]),
    ("O-7", "2026-10-10", "C2", "S2", "cancelled", "2026-10-12", None, None, None, [("P1", 100, 100)]),
    ("O-8", "2026-10-11", "C2", "S2", "closed", "2026-10-12", None, None, None, [("P1", 10, 100)]),
    ("O-9", "2025-10-15", "C1", "S1", "confirmed", "2025-10-30", None, None, "2025-10-16", [("P1", 5, 100)]),
    ("O-10", "2026-10-25", "C2", "S2", "confirmed", "2026-11-03", None, None, None, [("P1", 10, 100)]),
    ("O-11", "2026-10-12", "C1", "S1", "confirmed", "2026-10-13", None, None, "2026-10-13", [("P2", 1, 20)]),
]

# number, order, kind, day; parts: line number, pieces, amount
DELIVERIES: list[tuple[Any, ...]] = [
    ("D-1", "O-1", "delivery", "2026-09-18", [(1, 10, 1000), (2, 5, 100)]),
    ("D-2", "O-2", "delivery", "2026-10-09", [(1, 4, 360)]),
    ("D-3", "O-2", "delivery", "2026-10-15", [(1, 6, 540)]),
    ("D-4", "O-5", "delivery", "2026-10-08", [(1, 1, 100)]),
    ("D-5", "O-8", "delivery", "2026-10-12", [(1, 4, 400)]),
    ("D-6", "O-9", "delivery", "2025-10-16", [(1, 5, 500)]),
    ("D-7", "O-10", "delivery", "2026-11-01", [(1, 4, 400)]),
    ("D-8", "O-11", "delivery", "2026-10-13", [(1, 1, 20)]),
    ("D-9", "O-1", "return", "2026-10-20", [(1, 2, 200)]),
]

# number, customer, owner, order, date, due, amount, open
RECEIVABLES: list[tuple[Any, ...]] = [
    ("R-1", "C1", "S1", "O-1", "2026-09-18", "2026-10-18", 1100, 0),
    ("R-2", "C2", "S1", "O-8", "2026-10-12", "2026-11-03", 400, 100),
    ("R-3", "C1", "S1", "O-2", "2026-10-15", "2026-10-31", 900, 900),
    ("R-4", "C2", "S2", "O-10", "2026-11-01", "2026-11-30", 400, 400),
]

# number, customer, date, amount, rest; allocations: receivable, amount
RECEIPTS: list[tuple[Any, ...]] = [
    ("T-1", "C1", "2026-10-02", 1500, 400, [("R-1", 1100)]),
    ("T-2", "C2", "2026-10-21", 500, 200, [("R-2", 300)]),
]


def fill(book: Any) -> Any:
    """Write the office into a founded book and hand the book back."""
    with closing(sqlite3.connect(book.path)) as connection, connection:
        _write(_Rows(connection))
    return book


class _Rows:
    """Takes statements on one connection: an office in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def sql(self, statement: str, *values: Any) -> None:
        self.connection.execute(statement, values)


def _write(book: _Rows) -> None:
    roles = {"M1": "manager", "S1": "rep", "S2": "rep", "W1": "warehouse"}
    names = {"M1": "Max Manager", "S1": "李伟", "S2": "Wang Fang", "W1": "Wu Ware"}
    for code, key in STAFF.items():
        superior = STAFF["M1"] if roles[code] == "rep" else None
        book.sql("INSERT INTO staff (id, code, name, superior_id) VALUES (?, ?, ?, ?)", key, code, names[code], superior)
        book.sql("INSERT INTO staff_role (staff_id, role) VALUES (?, ?)", key, roles[code])
    customers = [("C1", "华信科技", "S1", "East", "web"), ("C2", "Bolt Ltd", "S2", "West", "fair"), ("C3", "Nobody's", None, None, None)]
    for code, name, owner, region, source in customers:
        values = (CUSTOMERS[code], code, name, STAFF.get(owner or ""), region, source)
        book.sql("INSERT INTO customer (id, code, name, staff_id, region, source) VALUES (?, ?, ?, ?, ?, ?)", *values)
    for sku, name, category in [("P1", "Toner", "supplies"), ("P2", "Paper", "paper"), ("P3", "Chair", None)]:
        book.sql("INSERT INTO product (id, sku, name, category, active) VALUES (?, ?, ?, ?, 1)", PRODUCTS[sku], sku, name, category)
    for order in ORDERS:
        _order(book, *order)
    for delivery in DELIVERIES:
        _delivery(book, *delivery)
    book.sql(KEEP_ORDERS)
    _money(book)


def _order(book: _Rows, number: str, day: str, customer: str, staff: str | None, *rest: Any) -> None:
    state, promised, region, source, delivered, lines = rest
    key = int(number.removeprefix("O-"))
    values = (key, number, day, CUSTOMERS[customer], STAFF.get(staff or ""), state, promised, region, source, delivered)
    columns = "id, number, date, customer_id, staff_id, state, promised, region, source, kept_delivered_on"
    book.sql(f"INSERT INTO sales_order ({columns}) VALUES ({', '.join('?' * len(values))})", *values)
    for no, (sku, pieces, price) in enumerate(lines, 1):
        book.sql(
            """INSERT INTO order_line (id, order_id, line_no, product_id, quantity, unit_price, discount, amount, tax, amount_given)
               VALUES (?, ?, ?, ?, ?, ?, 0, ?, 0, 0)""",
            key * 10 + no, key, no, PRODUCTS[sku], pieces * 1000, price * 10_000, pieces * price * 100,
        )  # fmt: skip


def _delivery(book: _Rows, number: str, order: str, kind: str, day: str, parts: list[tuple[int, int, int]]) -> None:
    key, order_id = int(number.removeprefix("D-")), int(order.removeprefix("O-"))
    book.sql("INSERT INTO delivery (id, number, order_id, date, kind) VALUES (?, ?, ?, ?, ?)", key, number, order_id, day, kind)
    for line, pieces, amount in parts:
        values = (key, order_id * 10 + line, pieces * 1000, amount * 100)
        book.sql("INSERT INTO delivery_line (delivery_id, order_line_id, quantity, amount, tax) VALUES (?, ?, ?, ?, 0)", *values)


def _money(book: _Rows) -> None:
    for key, (number, customer, owner, order, day, due, amount, rest) in enumerate(RECEIVABLES, 1):
        book.sql(
            """INSERT INTO receivable (id, number, kind, customer_id, staff_id, order_number, date, due_date, amount, held, kept_open)
               VALUES (?, ?, 'invoice', ?, ?, ?, ?, ?, ?, 0, ?)""",
            key, number, CUSTOMERS[customer], STAFF[owner], order, day, due, amount * 100, rest * 100,
        )  # fmt: skip
    numbers = [row[0] for row in RECEIVABLES]
    for key, (number, customer, day, amount, rest, allocations) in enumerate(RECEIPTS, 1):
        values = (key, number, CUSTOMERS[customer], day, amount * 100, rest * 100)
        book.sql("INSERT INTO receipt (id, number, customer_id, date, amount, held, kept_open) VALUES (?, ?, ?, ?, ?, 0, ?)", *values)
        for receivable, part in allocations:
            paid = (numbers.index(receivable) + 1, key, day, part * 100)
            book.sql("INSERT INTO allocation (receivable_id, receipt_id, date, amount) VALUES (?, ?, ?, ?)", *paid)
