"""Where goods lie, how much there should be, and what is on its way from one place to another (STK-01, STK-05)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.agenda import Task
from salescli.core.dates import days_between
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find_optional
from salescli.core.money import line_amount
from salescli.core.report import Column, Report

if TYPE_CHECKING:
    from salescli.core.reader import Reader

WAREHOUSES = (
    Column("warehouse", N_("Warehouse")),
    Column("name", N_("Name")),
    Column("products", N_("Products"), "int"),
    Column("on_hand", N_("On hand"), "quantity", total=True),
    Column("on_the_way", N_("On the way to it"), "quantity", total=True),
)

_WAREHOUSES = """
SELECT w.code, w.name,
       (SELECT count(*) FROM stock_item i WHERE i.warehouse_id = w.id AND i.kept_quantity <> 0),
       (SELECT coalesce(sum(i.kept_quantity), 0) FROM stock_item i WHERE i.warehouse_id = w.id),
       (SELECT coalesce(sum(l.quantity), 0) FROM transfer t JOIN transfer_line l ON l.transfer_id = t.id
        WHERE t.target_id = w.id AND t.received IS NULL)
FROM warehouse w WHERE {scope} ORDER BY w.code"""


def warehouses(r: Reader) -> Report:
    """Every warehouse with what lies there. STK-05."""
    return Report(
        name="stock-warehouses",
        title=msg(N_("Warehouses")),
        columns=WAREHOUSES,
        rows=r.tuples(_WAREHOUSES.format(scope=condition(r.actor, "stock", "NULL"))),
        empty=msg(N_("There is no warehouse: salescli stock warehouse CODE NAME")),
    )


LEVELS = (
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("warehouse", N_("Warehouse")),
    Column("location", N_("Location")),
    Column("least", N_("Minimum"), "quantity"),
    Column("most", N_("Maximum"), "quantity"),
    Column("safety", N_("Safety stock"), "quantity"),
    Column("lead_days", N_("Lead days"), "int"),
    Column("on_hand", N_("On hand"), "quantity"),
)

_LEVELS = """
SELECT p.sku, p.name, w.code, v.location, v.least, v.most, v.safety, v.lead_days, coalesce(i.kept_quantity, 0)
FROM stock_level v
JOIN product p ON p.id = v.product_id
JOIN warehouse w ON w.id = v.warehouse_id
LEFT JOIN stock_item i ON i.product_id = p.id AND i.warehouse_id = w.id
WHERE {terms} ORDER BY p.sku, w.code"""


def levels(r: Reader, *, sku: str | None = None, warehouse: str | None = None) -> Report:
    """How much there should be of each product, how long it takes to come and where it lies. STK-01, STK-05, STK-07.

    Raises SalesError (exit 3) for an unknown product or warehouse.
    """
    product, place = find_optional(r, "product", sku), find_optional(r, "warehouse", warehouse)
    terms = [condition(r.actor, "stock", "NULL")]
    terms += [f"p.id = {product.id:d}"] if product else []
    terms += [f"w.id = {place.id:d}"] if place else []
    return Report(
        name="stock-levels",
        title=msg(N_("How much there should be")),
        columns=LEVELS,
        rows=r.tuples(_LEVELS.format(terms=" AND ".join(terms))),
        as_of=r.today.isoformat(),
        empty=msg(N_("No levels are set: salescli stock level SKU --min 5 --max 50")),
    )


TRANSFERS = (
    Column("transfer", N_("Transfer")),
    Column("source", N_("From warehouse")),
    Column("target", N_("To warehouse")),
    Column("sent", N_("Sent on"), "date"),
    Column("received", N_("Arrived on"), "date"),
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("quantity", N_("Quantity"), "quantity"),
    Column("value", N_("At cost"), "amount", total=True),
    Column("days", N_("Days on the way"), "int"),
)

_TRANSFERS = """
SELECT t.number, a.code, b.code, t.sent, t.received, p.sku, p.name, l.quantity, l.unit_cost
FROM transfer t JOIN transfer_line l ON l.transfer_id = t.id JOIN product p ON p.id = l.product_id
JOIN warehouse a ON a.id = t.source_id JOIN warehouse b ON b.id = t.target_id
WHERE {terms} ORDER BY t.sent DESC, t.id DESC, l.line_no"""


def transfers(r: Reader, *, warehouse: str | None = None, arrived: bool = False) -> Report:
    """Goods that left one warehouse and have not arrived at the other; `arrived`: those that did as well. STK-05.

    Raises SalesError (exit 3) for an unknown warehouse.
    """
    place = find_optional(r, "warehouse", warehouse)
    terms = [condition(r.actor, "stock", "NULL"), *([] if arrived else ["t.received IS NULL"])]
    terms += [f"{place.id:d} IN (t.source_id, t.target_id)"] if place else []
    return Report(
        name="stock-transfers",
        title=msg(N_("Transfers between warehouses")),
        columns=TRANSFERS,
        rows=[_row(r, row) for row in r.tuples(_TRANSFERS.format(terms=" AND ".join(terms)))],
        as_of=r.today.isoformat(),
        empty=msg(N_("Nothing is on its way between warehouses.")),
    )


def _row(r: Reader, row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A line of a transfer with what it is worth and how long it took, or takes already."""
    *head, sent, received, sku, name, quantity, cost = row
    worth = line_amount(quantity, cost) if cost is not None and r.actor.sees_prices else None
    until = date.fromisoformat(received) if received else r.today
    return (*head, sent, received, sku, name, quantity, worth, days_between(date.fromisoformat(sent), until))


# Moves carry the values, so that what is away is exactly what the ledger of the two warehouses lacks.
_AWAY = """
SELECT coalesce(-sum(m.quantity), 0), coalesce(-sum(m.value), 0), count(*) - count(m.value)
FROM stock_move m JOIN transfer t ON t.number = m.document
WHERE m.kind = 'transfer' AND m.date <= :day AND t.sent <= :day AND (t.received IS NULL OR t.received > :day) AND {scope}"""


def away(r: Reader, day: date) -> tuple[int, int | None]:
    """Quantity and value of what was on its way between warehouses at the end of a day; the value None where a cost is unknown. STK-05."""
    quantity, value, unknown = r.tuples(_AWAY.format(scope=condition(r.actor, "stock", "NULL")), day=day)[0]
    return int(quantity), None if unknown else int(value)


_OPEN = """
SELECT t.number, a.code, b.code, t.sent FROM transfer t JOIN warehouse a ON a.id = t.source_id JOIN warehouse b ON b.id = t.target_id
WHERE t.received IS NULL ORDER BY t.sent, t.id"""


def due(r: Reader, day: date) -> list[Task]:
    """For the warehouse: transfers that have not arrived. STK-05, VIS-09."""
    text = N_("goods from {source} to {target} are on their way since {sent}; once they are there: salescli stock transfer-in {number}")
    return [
        Task(C_("transfer_open"), sent, number, None, msg(text, number=number, source=source, target=target, sent=sent), "STK-05",
             max(0, days_between(date.fromisoformat(sent), day)), None)
        for number, source, target, sent in r.tuples(_OPEN)
    ]  # fmt: skip
