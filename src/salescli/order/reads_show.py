"""One order with its lines, deliveries and receivables: the chain from order to money (ORD-17)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, msg
from salescli.core.report import Column, Report
from salescli.core.tax import document_amount
from salescli.order.reads import Order, one
from salescli.order.reads_terms import notes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.reader import Reader

LINE = C_("line")
RECEIVABLE = C_("receivable")

COLUMNS = (
    Column("part", N_("Part"), "code"),
    Column("document", N_("Document")),
    Column("date", N_("Date"), "date"),
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("quantity", N_("Quantity"), "quantity"),
    Column("unit_price", N_("Unit price"), "price"),
    Column("discount", N_("Discount"), "percent"),
    Column("amount", N_("Amount"), "amount"),
    Column("due", N_("Due"), "date"),
    Column("open", N_("Open"), "amount"),
    Column("promo_discount", N_("Promotion takes off"), "amount"),
    Column("promotion", N_("Promotion")),
)
HEAD = (
    Column("order", N_("Order")),
    Column("order_date", N_("Order date"), "date"),
    Column("customer", N_("Customer")),
    Column("customer_name", N_("Customer name")),
    Column("staff", N_("Staff")),
    Column("state", N_("State"), "code"),
    Column("promised", N_("Promised"), "date"),
    Column("delivered_on", N_("Delivered in full on"), "date"),
    Column("delivered_pct", N_("Delivered"), "percent"),
    Column("late_days", N_("Days late"), "int"),
    Column("order_amount", N_("Order amount"), "amount"),
    Column("receivables_open", N_("Receivables open"), "amount"),
)

_LINES = """
SELECT :line, l.line_no, NULL, p.sku, p.name, l.quantity, l.unit_price, l.discount, {amount}, NULL, NULL,
       nullif(l.promo_discount, 0), l.promo_number
FROM order_line l JOIN product p ON p.id = l.product_id
WHERE l.order_id = :id ORDER BY l.line_no"""

_DELIVERIES = """
SELECT d.kind, d.number, d.date, p.sku, p.name, x.quantity, NULL, NULL, {amount}, NULL, NULL, NULL, NULL
FROM delivery d
JOIN delivery_line x ON x.delivery_id = d.id
JOIN order_line l ON l.id = x.order_line_id
JOIN product p ON p.id = l.product_id
WHERE d.order_id = :id AND d.date <= :as_of ORDER BY d.date, d.id, l.line_no"""

# The open amount of a past day is today's with what was applied since added back.
_RECEIVABLES = """
SELECT :receivable, v.number, v.date, NULL, NULL, NULL, NULL, NULL, v.amount, v.due_date,
       v.kept_open + coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.receivable_id = v.id AND a.date > :as_of), 0)
                   - coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.credit_id = v.id AND a.date > :as_of), 0),
       NULL, NULL
FROM receivable v
WHERE v.order_number = :number AND v.date <= :as_of AND {scope} ORDER BY v.date, v.id"""


def find_order(r: Reader, number: str, as_of: date) -> Order:
    """The order with this number, upper or lower case. Raises SalesError (exit 3) when the reader can see none."""
    found = one(r, number.strip(), as_of)
    if found is None:
        fail(
            "order_not_found",
            N_("there is no order {order}"),
            kind=Kind.NOT_FOUND,
            hint=N_("salescli order list --period 2026, or --customer NAME"),
            order=number,
        )
    return found


def detail(r: Reader, number: str, as_of: date | None = None) -> Report:
    """An order at the end of a day: what was ordered, what went out or came back, what is owed for it. ORD-17.

    Raises SalesError (exit 3) for an unknown order.
    """
    day = as_of or r.today
    order = find_order(r, number, day)
    scope = condition(r.actor, "receivables", "v.staff_id")
    owed = r.tuples(_RECEIVABLES.format(scope=scope), receivable=RECEIVABLE, number=order.number, as_of=day)
    rows = [
        *((part, str(no), *rest) for part, no, *rest in r.tuples(_LINES.format(amount=document_amount(r)), line=LINE, id=order.id)),
        *r.tuples(_DELIVERIES.format(amount=document_amount(r, "x")), id=order.id, as_of=day),
        *owed,
    ]
    columns = _columns(rows)
    from salescli.price.foreign import notes as foreign_notes

    return Report(
        name="order-show",
        title=msg(N_("Order {order}: {customer}"), order=order.number, customer=order.customer_name),
        columns=columns,
        rows=[row[: len(columns)] for row in (rows if r.actor.sees_prices else map(_unpriced, rows))],
        totals=_head(order, day, owed, priced=r.actor.sees_prices),
        figures=HEAD,
        notes=(*foreign_notes(r, "sales_order", order.id, order.amount or 0), *notes(r, order.id)),
        as_of=day.isoformat(),
        beyond_own=order.staff_id not in r.actor.own_or_team(),
    )


_MONEY = tuple(i for i, c in enumerate(COLUMNS) if c.key in ("unit_price", "discount", "amount", "open", "promo_discount"))

_OPEN = next(i for i, c in enumerate(COLUMNS) if c.key == "open")


def _columns(rows: Sequence[tuple[Any, ...]]) -> tuple[Column, ...]:
    """What a plan took off and which plan have columns where any plan gave something. PRO-02."""
    return COLUMNS if any(row[-1] for row in rows) else COLUMNS[:-2]


def _unpriced(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The row for somebody who sees no prices."""
    return tuple(None if i in _MONEY else cell for i, cell in enumerate(row))


def _head(order: Order, day: date, owed: list[tuple[Any, ...]], *, priced: bool) -> dict[str, int | str | None]:
    values = (
        order.number, order.ordered_on, order.customer, order.customer_name, order.staff, order.state, order.promised, order.delivered_on,
        order.delivered_pct, order.late_days(day), order.amount if priced else None, sum(row[_OPEN] for row in owed) if priced else None,
    )  # fmt: skip
    return dict(zip((c.key for c in HEAD), values, strict=True))
