"""What should be done about stock: alerts, what to order, what to count (STK-01, STK-02, STK-03, STK-07)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.agenda import Agenda, Task
from salescli.core.dates import days_between
from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find_optional
from salescli.core.money import QUANTITY_ONE, divide, line_amount
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.stock.reads_available import main_warehouse
from salescli.stock.reads_batch import alerts as expiry_alerts
from salescli.stock.reads_count import BOOKED
from salescli.stock.reads_lots import UNFIT
from salescli.stock.reads_places import due as transfers_due
from salescli.stock.reads_today import roles_on
from salescli.stock.rules import Balance, average_cost

if TYPE_CHECKING:
    from salescli.core.reader import Reader


class Good(NamedTuple):
    """A product in a warehouse with its levels, and when it last moved; `waiting`: ordered by customers, neither delivered nor reserved."""

    product_id: int
    sku: str
    name: str
    warehouse: str
    on_hand: int
    reserved: int
    least: int | None
    most: int | None
    safety: int | None
    lead_days: int | None
    last_move: str | None
    unfit: int = 0
    waiting: int = 0

    @property
    def free(self) -> int:
        """What may be sold and is promised to nobody. PRD-05."""
        return self.on_hand - self.reserved - self.unfit


# What confirmed orders wait for, from the open orders, which are few; those of an imported history wait for nothing.
_WAITING = """
SELECT x.product_id, x.place AS warehouse_id, sum(CASE WHEN x.rest > x.held THEN x.rest - x.held ELSE 0 END) AS quantity FROM (
    SELECT l.product_id, coalesce(t.warehouse_id, :main) AS place,
           l.quantity - CASE WHEN EXISTS (SELECT 1 FROM delivery d WHERE d.order_id = o.id) THEN
               coalesce((SELECT sum(y.quantity) FROM delivery_line y JOIN delivery d ON d.id = y.delivery_id
                         WHERE y.order_line_id = l.id AND d.kind = 'delivery' AND d.replaces_id IS NULL), 0) ELSE 0 END AS rest,
           coalesce((SELECT sum(v.quantity) FROM reservation v WHERE v.document = o.number AND v.line_no = l.line_no), 0) AS held
    FROM sales_order o JOIN order_line l ON l.order_id = o.id LEFT JOIN order_terms t ON t.order_id = o.id
    WHERE o.state = 'confirmed' AND o.kept_delivered_on IS NULL AND o.import_id IS NULL) x
GROUP BY x.product_id, x.place"""

_GOODS = f"""
WITH waiting AS MATERIALIZED ({_WAITING})
SELECT p.id, p.sku, p.name, w.code, coalesce(i.kept_quantity, 0), coalesce(v.quantity, 0), l.least, l.most, l.safety, l.lead_days,
       (SELECT max(m.date) FROM stock_move m WHERE m.product_id = p.id AND m.warehouse_id = w.id),
       coalesce(u.quantity, 0), coalesce(x.quantity, 0)
FROM (SELECT product_id, warehouse_id FROM stock_item UNION SELECT product_id, warehouse_id FROM stock_level
      UNION SELECT product_id, warehouse_id FROM waiting WHERE quantity > 0) k
JOIN product p ON p.id = k.product_id
JOIN warehouse w ON w.id = k.warehouse_id
LEFT JOIN stock_item i ON i.product_id = p.id AND i.warehouse_id = w.id
LEFT JOIN stock_level l ON l.product_id = p.id AND l.warehouse_id = w.id
LEFT JOIN (SELECT product_id, warehouse_id, sum(quantity) AS quantity FROM reservation GROUP BY product_id, warehouse_id) v
    ON v.product_id = p.id AND v.warehouse_id = w.id
LEFT JOIN ({UNFIT}) u ON u.product_id = p.id AND u.warehouse_id = w.id
LEFT JOIN waiting x ON x.product_id = p.id AND x.warehouse_id = w.id
WHERE {{terms}} ORDER BY p.sku, w.code"""


def goods(r: Reader, warehouse: str | None = None) -> list[Good]:
    """Every product kept, with a level set or waited for, never stocked yet or not, with what planning needs to know of it."""
    terms, params = [condition(r.actor, "stock", "NULL")], {}
    place = find_optional(r, "warehouse", warehouse)
    if place:
        terms.append("w.id = :warehouse")
        params["warehouse"] = place.id
    return r.rows(Good, _GOODS.format(terms=" AND ".join(terms)), day=r.today, main=main_warehouse(r), **params)


_SOLD = """
SELECT s.product_id, w.code, s.quantity FROM (
    SELECT l.product_id, coalesce(t.warehouse_id, :main) AS place, sum(l.quantity) AS quantity
    FROM sales_order o LEFT JOIN order_terms t ON t.order_id = o.id JOIN order_line l ON l.order_id = o.id
    WHERE o.date > :since AND o.date <= :day AND o.state IN ('confirmed', 'closed') GROUP BY l.product_id, place) s
JOIN warehouse w ON w.id = s.place"""


def sold(r: Reader, window: int) -> dict[tuple[int, str], int]:
    """What customers ordered in the last `window` days by product and warehouse; a large question that only planning needs. STK-07."""
    since = r.today - timedelta(days=window)
    return {(product, place): quantity for product, place, quantity in r.tuples(_SOLD, since=since, day=r.today, main=main_warehouse(r))}


ALERTS = (
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("warehouse", N_("Warehouse")),
    Column("alert", N_("Alert"), "code"),
    Column("on_hand", N_("On hand"), "quantity"),
    Column("available", N_("Available"), "quantity"),
    Column("limit", N_("Limit"), "quantity"),
    Column("last_move", N_("Last movement"), "date"),
    Column("for_role", N_("For"), "code"),
)
BELOW, ABOVE, IDLE, OVERSOLD = C_("below_min"), C_("above_max"), C_("no_movement"), C_("oversold")
ADDRESSEE = {BELOW: "purchasing", OVERSOLD: "purchasing", ABOVE: C_("sales_team"), IDLE: C_("sales_team")}
"""A shortage is for purchasing to refill, a surplus for sales to move. STK-02."""


def alerts_of(good: Good, day: date, idle_days: int) -> list[tuple[str, int | None]]:
    """What is wrong with one product: kind of alert and the limit it crosses. STK-02."""
    found: list[tuple[str, int | None]] = []
    if good.free < good.waiting:
        found.append((OVERSOLD, good.reserved + good.waiting))
    if good.least is not None and good.free < good.least:
        found.append((BELOW, good.least))
    if good.most is not None and good.on_hand > good.most:
        found.append((ABOVE, good.most))
    if good.on_hand > 0 and good.last_move and days_between(date.fromisoformat(good.last_move), day) >= idle_days:
        found.append((IDLE, None))
    return found


def alerts(r: Reader, warehouse: str | None = None) -> Report:
    """Products below their minimum, above their maximum, promised beyond what is there, not moving or expiring. STK-01, STK-02, PRD-05.

    What is available is compared with the minimum, what is on hand with the maximum.
    """
    idle = r.policy("stock.no_move_days")
    rows = [
        (g.sku, g.name, g.warehouse, kind, g.on_hand, g.free, limit, g.last_move, ADDRESSEE[kind])
        for g in goods(r, warehouse)
        for kind, limit in alerts_of(g, r.today, idle)
    ]
    rows = sorted([*rows, *expiry_alerts(r, warehouse)], key=lambda row: (row[0], row[2]))
    return Report(
        name="stock-alerts",
        title=msg(N_("Stock alerts")),
        columns=ALERTS,
        rows=rows,
        as_of=r.today.isoformat(),
        empty=msg(N_("Nothing is short, too much, idle or expiring. Levels: salescli stock level SKU --min 5 --max 50")),
    )


REORDER = (
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("warehouse", N_("Warehouse")),
    Column("daily_sales", N_("Sales a day"), "quantity"),
    Column("lead_days", N_("Lead days"), "int"),
    Column("safety", N_("Safety stock"), "quantity"),
    Column("on_hand", N_("On hand"), "quantity"),
    Column("reserved", N_("Reserved"), "quantity"),
    Column("coming", N_("Coming"), "quantity"),
    Column("waiting", N_("Ordered, not reserved"), "quantity"),
    Column("order", N_("To order"), "quantity", total=True),
)


def proposal(good: Good, daily: int, lead_days: int, coming: int) -> int:
    """Daily sales x lead time + safety - on hand - coming, in whole units and never below nothing; a minimum counts as safety. STK-07.

    What is promised or may not be sold counts as gone, what customers wait for as needed.
    """
    safety = max(good.safety or 0, good.least or 0)
    wanted = daily * lead_days + safety + good.waiting - good.free - coming
    return max(0, -(-wanted // QUANTITY_ONE) * QUANTITY_ONE)


def coming(r: Reader, until: date | None = None) -> dict[tuple[int, str], int]:
    """Goods on their way by product and warehouse: transfers sent, purchases ordered and not yet received. ORD-12, STK-07.

    `until`: only purchases expected by that day, a late one included; one without a day counts for no day.
    """
    sql = """SELECT l.product_id, w.code, sum(l.quantity) FROM transfer_line l JOIN transfer t ON t.id = l.transfer_id
             JOIN warehouse w ON w.id = t.target_id WHERE t.received IS NULL GROUP BY l.product_id, w.code"""
    found = {(product, place): int(quantity) for product, place, quantity in r.tuples(sql)}
    by = "" if until is None else f" AND p.expected <= '{until.isoformat()}'"
    for product, place, quantity in r.tuples(_ORDERED.format(by=by)):
        found[product, place] = found.get((product, place), 0) + int(quantity)
    return found


_ORDERED = """
SELECT l.product_id, w.code, sum(l.quantity - coalesce((SELECT sum(CASE r.kind WHEN 'receipt' THEN x.quantity ELSE -x.quantity END)
       FROM purchase_receipt_line x JOIN purchase_receipt r ON r.id = x.receipt_id WHERE x.line_id = l.id), 0))
FROM purchase_line l JOIN purchase p ON p.id = l.purchase_id JOIN warehouse w ON w.id = p.warehouse_id
WHERE p.state = 'ordered'{by} GROUP BY l.product_id, w.code"""


def reorder(r: Reader, warehouse: str | None = None) -> Report:
    """What to buy so that nothing runs out before more can come. STK-01, STK-07."""
    window, lead = r.policy("stock.sales_window_days"), r.policy("stock.lead_days")
    way, went = coming(r), sold(r, window)
    rows = []
    for good in goods(r, warehouse):
        daily = divide(went.get((good.product_id, good.warehouse), 0), window)
        days = lead if good.lead_days is None else good.lead_days
        due = way.get((good.product_id, good.warehouse), 0)
        wanted = proposal(good, daily, days, due)
        if wanted:
            safety = max(good.safety or 0, good.least or 0)
            rows.append((good.sku, good.name, good.warehouse, daily, days, safety, good.on_hand, good.reserved, due, good.waiting, wanted))
    return Report(
        name="stock-reorder",
        title=msg(N_("To order")),
        columns=REORDER,
        rows=rows,
        notes=(msg(N_("sales a day are those of the last {days} {days:day|days}"), days=window),),
        as_of=r.today.isoformat(),
        empty=msg(N_("Nothing has to be ordered now.")),
    )


COUNTS = (
    Column("count", N_("Count")),
    Column("day", N_("Date"), "date"),
    Column("warehouse", N_("Warehouse")),
    Column("state", N_("State"), "code"),
    Column("products", N_("Products"), "int"),
    Column("counted", N_("Counted"), "int"),
    Column("differing", N_("Differing"), "int"),
    Column("posted", N_("Posted"), "date"),
)


def counts(r: Reader) -> Report:
    """The counts of stock, newest first. STK-03."""
    sql = f"""SELECT c.number, c.day, w.code, c.state, count(l.id), count(l.counted),
                    sum(CASE WHEN l.counted <> coalesce(e.expected, l.expected) THEN 1 ELSE 0 END), c.posted
             FROM stock_count c JOIN warehouse w ON w.id = c.warehouse_id LEFT JOIN stock_count_line l ON l.count_id = c.id
             LEFT JOIN ({BOOKED}) e ON e.id = l.id
             GROUP BY c.id, c.number, c.day, w.code, c.state, c.posted ORDER BY c.day DESC, c.id DESC"""
    return Report(
        name="stock-count-list",
        title=msg(N_("Counts of stock")),
        columns=COUNTS,
        rows=r.tuples(sql),
        empty=msg(N_("Nothing was counted yet: salescli stock count start")),
    )


SHEET = (
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("location", N_("Location")),
    Column("expected", N_("In the book"), "quantity"),
    Column("counted", N_("Counted"), "quantity"),
    Column("difference", N_("Difference"), "quantity"),
    Column("cause", N_("Cause")),
    Column("measure", N_("Measure")),
)


AT_COST = Column("value", N_("At cost"), "amount", total=True)
OF_BATCH = (Column("batch", N_("Batch")), Column("expires_on", N_("Expires on"), "date"))


def sheet(r: Reader, number: str, *, blind: bool = False) -> Report:
    """A count sheet by location: to print and fill in (`blind` hides what the book says), later with the differences. STK-03, F-23."""
    sql = f"""SELECT p.sku, p.name, v.location, coalesce(e.expected, l.expected), l.counted, l.counted - coalesce(e.expected, l.expected),
                    l.cause, l.measure, b.code, b.expires_on, i.kept_quantity, i.kept_value
             FROM stock_count c JOIN stock_count_line l ON l.count_id = c.id JOIN product p ON p.id = l.product_id
             LEFT JOIN ({BOOKED}) e ON e.id = l.id
             LEFT JOIN batch b ON b.id = l.batch_id
             LEFT JOIN stock_item i ON i.product_id = p.id AND i.warehouse_id = c.warehouse_id
             LEFT JOIN stock_level v ON v.product_id = p.id AND v.warehouse_id = c.warehouse_id
             WHERE lower(c.number) = :number ORDER BY coalesce(v.location, '~'), p.sku, coalesce(b.expires_on, '9999-12-31'), b.code"""
    rows = r.tuples(sql, number=number.strip().lower())
    if not rows:
        fail("count_not_found", N_("there is no count {number}"), kind=Kind.NOT_FOUND, hint=N_("salescli stock count list"), number=number)
    by_batch = any(row[8] for row in rows)
    priced = r.actor.sees_prices and not blind and any(row[5] for row in rows)
    lines = [(*row[:8], *(row[8:10] if by_batch else ()), *([_worth(row)] if priced else [])) for row in rows]
    return Report(
        name="stock-count-show",
        title=msg(N_("Count {number}"), number=number.upper()),
        columns=(*SHEET, *(OF_BATCH if by_batch else ()), *([AT_COST] if priced else [])),
        rows=[(*row[:3], None, row[4], None, *row[6:]) for row in lines] if blind else lines,
    )


def _worth(row: tuple[Any, ...]) -> int | None:
    """What a difference is worth at the average cost of what lies there; None while there is none or the cost is unknown."""
    cost = average_cost(Balance(row[10], row[11])) if row[5] and row[10] is not None else None
    return None if cost is None else line_amount(row[5], cost)


def due(r: Reader, agenda: Agenda) -> list[Task]:
    """Shortages for purchasing, surplus for managers, and the count that is due. STK-02, STK-03, VIS-09."""
    roles = roles_on(r, agenda)
    lines: list[Task] = []
    if agenda.staff_id is None or roles & {"warehouse"}:
        lines += [*_count_due(r, agenda.day), *transfers_due(r, agenda.day)]
    if agenda.staff_id is None or roles & {"purchasing"}:
        lines += [_short(good) for good in goods(r) if any(kind in (BELOW, OVERSOLD) for kind, _l in alerts_of(good, agenda.day, 10**6))]
    return lines


def _short(good: Good) -> Task:
    plain = N_("{sku} {name}: {free:qty} free; what to order: salescli stock reorder")
    wanted = N_("{sku} {name}: {free:qty} free, customers wait for {waiting:qty}; what to order: salescli stock reorder")
    text = msg(wanted if good.waiting else plain, sku=good.sku, name=good.name, free=good.free, waiting=good.waiting)
    return Task(C_("stock_short"), None, good.sku, None, text, "STK-02", 0, None)


_COUNTED = """
SELECT w.code, coalesce((SELECT max(k.posted) FROM stock_count k WHERE k.warehouse_id = w.id AND k.state = 'posted'),
                        (SELECT m.date FROM stock_move m WHERE m.warehouse_id = w.id ORDER BY m.id LIMIT 1))
FROM warehouse w WHERE EXISTS (SELECT 1 FROM stock_item i WHERE i.warehouse_id = w.id AND i.kept_quantity <> 0) ORDER BY w.code"""


def _count_due(r: Reader, day: date) -> list[Task]:
    """Warehouses with goods whose last count, or whose first goods, are a month (or quarter) old. STK-03."""
    from salescli.core.dates import add_months

    months = {"monthly": 1, "quarterly": 3}[r.policy("stock.count_cycle", day)]
    counted = [(code, date.fromisoformat(last)) for code, last in r.tuples(_COUNTED) if last]
    text = N_("stock has to be counted: salescli stock count start")
    if len(counted) > 1:
        text = N_("{warehouse} has to be counted: salescli stock count start --warehouse {warehouse}")
    return [
        Task(C_("count_due"), on.isoformat(), None, None, msg(text, warehouse=code), "STK-03", days_between(on, day), None)
        for code, last in counted
        if (on := add_months(last, months)) <= day
    ]  # fmt: skip
