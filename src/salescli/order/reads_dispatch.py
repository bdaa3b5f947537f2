"""Lists for the warehouse: what goes out when, where it lies, what it weighs, who carries it; what is late (ORD-08, ORD-11..14)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from salescli.core.access import condition
from salescli.core.i18n import N_, msg
from salescli.core.lookup import find, find_optional
from salescli.core.money import QUANTITY_ONE, divide
from salescli.core.report import Column, Report
from salescli.core.tax import document_amount
from salescli.order.reads import visible
from salescli.order.reads_batches import Picker
from salescli.stock.reads_available import available, main_warehouse
from salescli.stock.reads_plan import coming

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salescli.core.dates import Period
    from salescli.core.reader import Reader

# Open orders first: they are few whatever the book holds, and of most of them nothing went out.
_REST = """
SELECT o.id AS order_id, o.number, o.promised, o.customer_id, o.region, l.line_no, l.product_id, l.quantity, l.amount, l.tax,
       l.quantity - CASE WHEN EXISTS (SELECT 1 FROM delivery d WHERE d.order_id = o.id) THEN
           coalesce((SELECT sum(x.quantity) FROM delivery_line x JOIN delivery d ON d.id = x.delivery_id
                     WHERE x.order_line_id = l.id AND d.kind = 'delivery' AND d.replaces_id IS NULL), 0) ELSE 0 END AS rest, t.warehouse_id
FROM sales_order o
JOIN order_line l ON l.order_id = o.id
LEFT JOIN order_terms t ON t.order_id = o.id
WHERE o.state = 'confirmed' AND o.kept_delivered_on IS NULL AND {visible}"""

DISPATCH = (
    Column("promised", N_("Promised"), "date"),
    Column("order", N_("Order")),
    Column("customer", N_("Customer")),
    Column("customer_name", N_("Customer name")),
    Column("warehouse", N_("Warehouse")),
    Column("location", N_("Location")),
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("quantity", N_("To deliver"), "quantity"),
    Column("reserved", N_("Reserved"), "quantity"),
    Column("missing", N_("Missing"), "quantity"),
    Column("late_days", N_("Days late"), "int"),
)
BATCHES = Column("batches", N_("Of batches"))

_DISPATCH = """
SELECT x.promised, x.number, c.code, c.name, w.code, s.location, p.sku, p.name, x.rest,
       coalesce((SELECT sum(v.quantity) FROM reservation v WHERE v.document = x.number AND v.line_no = x.line_no), 0)
FROM ({rest}) x
JOIN customer c ON c.id = x.customer_id
JOIN product p ON p.id = x.product_id
JOIN warehouse w ON w.id = coalesce(x.warehouse_id, :main)
LEFT JOIN stock_level s ON s.product_id = x.product_id AND s.warehouse_id = w.id
WHERE x.rest > 0 AND {terms}
ORDER BY {order}"""


def dispatch(
    r: Reader, until: date | None = None, warehouse: str | None = None, *, picking: bool = False, order: str | None = None
) -> Report:
    """What has to go out, the earliest promise first; as a pick list by the place it lies in and with the batches to take. ORD-12, ORD-13,
    STK-05.
    """
    place = find_optional(r, "warehouse", warehouse)
    terms: list[str] = ["1 = 1"]
    params: dict[str, Any] = {"main": main_warehouse(r)}
    if until is not None:
        terms.append("(x.promised IS NULL OR x.promised <= :until)")
        params["until"] = until
    if place:
        terms.append("w.id = :warehouse")
        params["warehouse"] = place.id
    if order:
        terms.append("x.number = :number")
        params["number"] = order.strip().upper()
    by = "w.code, s.location, p.sku, x.number" if picking else "coalesce(x.promised, '9999-12-31'), x.number, x.line_no"
    sql = _DISPATCH.format(rest=_REST.format(visible=visible(r)), terms=" AND ".join(terms), order=by)
    rows = [(*row, max(0, row[8] - row[9]), _late(row[0], r.today)) for row in r.tuples(sql, **params)]
    picker = Picker(r) if picking else None
    picked = [picker.pick(row[6], row[4], row[8]) for row in rows] if picker else []
    by_batch = any(picked)
    return Report(
        name="order-pick" if picking else "order-dispatch",
        title=msg(N_("Pick list of {day}") if picking else N_("Dispatch plan of {day}"), day=r.today.isoformat()),
        columns=(*DISPATCH, BATCHES) if by_batch else DISPATCH,
        rows=[(*row, batches) for row, batches in zip(rows, picked, strict=True)] if by_batch else rows,
        as_of=r.today.isoformat(),
        empty=msg(N_("Nothing has to go out.")),
        beyond_own=r.actor.visible("orders") != (r.actor.id,),
    )


def _late(promised: str | None, today: date) -> int:
    return max(0, (today - date.fromisoformat(promised)).days) if promised else 0


FREIGHT = (
    Column("date", N_("Date"), "date"),
    Column("delivery", N_("Delivery")),
    Column("order", N_("Order")),
    Column("customer_name", N_("Customer name")),
    Column("address", N_("Address")),
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("quantity", N_("Quantity"), "quantity"),
    Column("volume", N_("Volume (l)"), "quantity"),
    Column("weight", N_("Weight (kg)"), "quantity"),
    Column("carrier", N_("Carrier")),
    Column("waybill", N_("Waybill")),
)

_SENT = """
SELECT {columns}
FROM delivery d
JOIN sales_order o ON o.id = d.order_id
JOIN customer c ON c.id = o.customer_id
JOIN delivery_line x ON x.delivery_id = d.id
JOIN order_line l ON l.id = x.order_line_id
JOIN product p ON p.id = l.product_id
WHERE d.kind = 'delivery' AND d.date BETWEEN :start AND :end AND {visible}"""
_SENT_ROW = "d.date, d.number, o.number, c.name, c.address, p.sku, p.name, x.quantity, p.volume, p.weight, d.carrier, d.waybill"
_SENT_SUM = "sum((x.quantity * p.volume + 500) / 1000), sum((x.quantity * p.weight + 500) / 1000)"
_PLANNED = """
SELECT x.promised, NULL, x.number, c.name, c.address, p.sku, p.name, x.rest, p.volume, p.weight, NULL, NULL
FROM ({rest}) x JOIN customer c ON c.id = x.customer_id JOIN product p ON p.id = x.product_id
WHERE x.rest > 0 AND x.promised BETWEEN :start AND :end ORDER BY x.promised, x.number, x.line_no"""


def freight(r: Reader, period: Period, *, planned: bool = False, limit: int | None = None) -> Report:
    """F-24: name, quantity, volume, weight, date, carrier and waybill of what went out in a period, or has to. ORD-14.

    `limit`: no more rows are needed; the totals cover all.
    """
    span = {"start": period.start, "end": period.end}
    few = f" LIMIT {limit:d}" if limit and not planned else ""
    sent = _SENT.format(columns=_SENT_ROW, visible=visible(r)) + f" ORDER BY d.date, d.number, l.line_no{few}"
    sql = _PLANNED.format(rest=_REST.format(visible=visible(r))) if planned else sent
    rows = [(*row[:8], _times(row[7], row[8]), _times(row[7], row[9]), *row[10:]) for row in r.tuples(sql, **span)]
    volume, weight = (sum(row[place] or 0 for row in rows) for place in (8, 9))
    if few and len(rows) == limit:
        ((volume, weight),) = r.tuples(_SENT.format(columns=_SENT_SUM, visible=visible(r)), **span)
    return Report(
        name="order-freight",
        title=msg(N_("Freight plan {period}"), period=period.name),
        columns=FREIGHT,
        rows=rows,
        totals={"volume": volume or 0, "weight": weight or 0},
        as_of=r.today.isoformat(),
        empty=msg(N_("Nothing is carried in {period}."), period=period.name),
        beyond_own=r.actor.visible("orders") != (r.actor.id,),
    )


def _times(quantity: int, each: int | None) -> int | None:
    """Volume or weight of a quantity, both in 1/1,000; None where the product's file says nothing."""
    return None if each is None else divide(quantity * each, QUANTITY_ONE)


# --- open by product, customer, region ---------------------------------------------------------------------------------------

By = Literal["product", "customer", "region"]
_BY = {
    "product": ("p.sku", "p.name"),
    "customer": ("c.code", "c.name"),
    "region": ("coalesce(x.region, c.region, '-')", "coalesce(x.region, c.region, '-')"),
}
OPEN = (
    Column("key", N_("Key")),
    Column("name", N_("Name")),
    Column("orders", N_("Orders"), "int"),
    Column("ordered", N_("Ordered quantity"), "quantity"),
    Column("undelivered", N_("Undelivered"), "quantity", total=True),
    Column("amount", N_("Amount"), "amount", total=True),
    Column("late", N_("Of it late"), "quantity", total=True),
    Column("first_promise", N_("First promise"), "date"),
)
_OPEN_LINES = """
SELECT {key}, {name}, x.number, x.quantity, x.rest, {amount}, x.promised
FROM ({rest}) x JOIN customer c ON c.id = x.customer_id JOIN product p ON p.id = x.product_id WHERE x.rest > 0"""


def undelivered(r: Reader, by: By = "product") -> Report:
    """What is ordered and not delivered yet, by product, customer or region, the largest amount first. ORD-11."""
    key, name = _BY[by]
    amount = document_amount(r, "x")
    sql = _OPEN_LINES.format(key=key, name=name, amount=amount, rest=_REST.format(visible=visible(r)))
    groups: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for code, label, *line in r.tuples(sql):
        groups.setdefault((code, label), []).append(tuple(line))
    rows = sorted((_group(place, lines, r.today.isoformat()) for place, lines in groups.items()), key=lambda row: (-row[5], row[0]))
    priced = r.actor.sees_prices
    return Report(
        name="order-open",
        title=msg(N_("Not delivered yet, by {by:code}"), by=by),
        columns=OPEN,
        rows=rows if priced else [(*row[:5], None, *row[6:]) for row in rows],
        as_of=r.today.isoformat(),
        empty=msg(N_("Everything ordered is delivered.")),
        beyond_own=r.actor.visible("orders") != (r.actor.id,),
    )


def _group(place: tuple[str, str], lines: list[tuple[Any, ...]], today: str) -> tuple[Any, ...]:
    numbers, promises = {line[0] for line in lines}, [line[4] for line in lines if line[4]]
    worth = sum(divide(line[3] * line[2], line[1]) for line in lines)
    late = sum(line[2] for line in lines if line[4] and line[4] < today)
    return (*place, len(numbers), sum(line[1] for line in lines), sum(line[2] for line in lines), worth, late, min(promises, default=None))


# --- available to promise ------------------------------------------------------------------------------------------------------

ATP = (
    Column("warehouse", N_("Warehouse")),
    Column("on_hand", N_("On hand"), "quantity"),
    Column("reserved", N_("Reserved"), "quantity"),
    Column("coming", N_("Coming"), "quantity"),
    Column("waiting", N_("Ordered, not reserved"), "quantity"),
    Column("available", N_("Can be promised"), "quantity"),
)


def to_promise(r: Reader, sku: str, day: date | None = None) -> Report:
    """What of a product can be promised for a day, by warehouse: on hand + coming - reserved - ordered without reservation. ORD-12."""
    goods, until = find(r, "product", sku), day or r.today
    arriving = coming(r, until)
    rows, unfit = [], 0
    for place, code in r.tuples("SELECT id, code FROM warehouse WHERE active = 1 ORDER BY code"):
        there = available(r, goods.id, place, until)
        unfit += there.unfit
        waiting = waiting_for(r, (goods.id,), place, until).get(goods.id, 0)
        more = arriving.get((goods.id, code), 0)
        if there.on_hand or there.reserved or more or waiting:
            rows.append((code, there.on_hand, there.reserved, more, waiting, there.available + more - waiting))
    return Report(
        name="order-available",
        title=msg(N_("{sku} {name}: can be promised for {day}"), sku=goods.code, name=goods.name, day=until.isoformat()),
        columns=ATP,
        rows=rows,
        totals={"available": sum(row[5] for row in rows)},
        notes=(msg(N_("of it not for sale: {unfit:qty}, expired by then, blocked or without a batch"), unfit=unfit),) if unfit else (),
        as_of=until.isoformat(),
        empty=msg(N_("There is no {sku} anywhere, and none is expected by {day}."), sku=goods.code, day=until.isoformat()),
    )


_WAITING = """
SELECT x.product_id, sum(x.rest) - sum((SELECT coalesce(sum(v.quantity), 0) FROM reservation v
       WHERE v.document = x.number AND v.line_no = x.line_no))
FROM ({rest} AND l.product_id IN ({products}) AND (o.promised IS NULL OR o.promised <= :until)) x
WHERE x.rest > 0 AND coalesce(x.warehouse_id, :main) = :place
GROUP BY x.product_id"""


def waiting_for(r: Reader, products: Iterable[int], place: int, until: date, *, imported: bool = True) -> dict[int, int]:
    """What confirmed orders promised by a day still wait for of products, nothing reserved for it, by product in one walk through the
    open orders; `imported`: history as well. ORD-12.
    """
    rest = _REST.format(visible="1 = 1" if imported else "o.import_id IS NULL")
    sql = _WAITING.format(rest=rest, products=", ".join(map(str, products)))
    return dict(r.tuples(sql, place=place, main=main_warehouse(r), until=until))


# --- calendar ------------------------------------------------------------------------------------------------------------------

CALENDAR = (
    Column("date", N_("Date"), "date"),
    Column("promised", N_("Promised"), "int", total=True),
    Column("promised_orders", N_("Orders promised")),
    Column("delivered", N_("Deliveries"), "int", total=True),
    Column("returned", N_("Returns"), "int", total=True),
    Column("due", N_("Payments due"), "int", total=True),
)


def calendar(r: Reader, period: Period) -> Report:
    """Day by day: promises, deliveries, returns, payments due. ORD-11, ORD-16."""
    span = {"start": period.start, "end": period.end}
    promised: dict[str, list[str]] = {}
    sql = f"""SELECT o.promised, o.number FROM sales_order o
              WHERE o.state = 'confirmed' AND o.promised BETWEEN :start AND :end AND {visible(r)} ORDER BY o.number"""
    for day, number in r.tuples(sql, **span):
        promised.setdefault(day, []).append(number)
    moved = f"""SELECT d.kind, d.date, count(*) FROM delivery d JOIN sales_order o ON o.id = d.order_id
                WHERE d.date BETWEEN :start AND :end AND {visible(r)} GROUP BY d.kind, d.date"""
    counts = {(kind, day): n for kind, day, n in r.tuples(moved, **span)}
    owed = f"""SELECT v.due_date, count(*) FROM receivable v
               WHERE v.kept_open <> 0 AND v.kept_open > 0 AND v.due_date BETWEEN :start AND :end
                 AND {condition(r.actor, "receivables", "v.staff_id")} GROUP BY v.due_date"""
    due = dict(r.tuples(owed, **span))
    days = [(period.start + timedelta(n)).isoformat() for n in range((period.end - period.start).days + 1)]
    rows = [
        (day, len(promised.get(day, ())), ", ".join(promised.get(day, ())) or None, counts.get(("delivery", day), 0),
         counts.get(("return", day), 0), due.get(day, 0))
        for day in days
    ]  # fmt: skip
    return Report(
        name="order-calendar",
        title=msg(N_("Calendar {period}"), period=period.name),
        columns=CALENDAR,
        rows=[row for row in rows if any(row[1:2] + row[3:])],
        as_of=r.today.isoformat(),
        empty=msg(N_("Nothing falls in {period}."), period=period.name),
    )
