"""What should be done about stock: alerts, what to order, how fast it turns, what it is worth (STK-01, STK-02, STK-04, STK-07)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.agenda import Agenda, Task
from salescli.core.dates import days_between
from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find_optional
from salescli.core.money import QUANTITY_ONE, divide
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.stock.reads import goods as goods_then
from salescli.stock.reads import value_note
from salescli.stock.reads_available import main_warehouse
from salescli.stock.reads_batch import alerts as expiry_alerts
from salescli.stock.reads_count import BOOKED
from salescli.stock.reads_lots import UNFIT
from salescli.stock.reads_places import away
from salescli.stock.reads_places import due as transfers_due
from salescli.stock.reads_today import roles_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.dates import Period
    from salescli.core.i18n import Message
    from salescli.core.reader import Reader


class Good(NamedTuple):
    """A product in a warehouse with its levels, what went out in the window, and when it last moved."""

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
    sold: int
    last_move: str | None
    unfit: int = 0

    @property
    def free(self) -> int:
        """What may be sold and is promised to nobody. PRD-05."""
        return self.on_hand - self.reserved - self.unfit


_GOODS = f"""
SELECT p.id, p.sku, p.name, w.code, coalesce(i.kept_quantity, 0), coalesce(v.quantity, 0), l.least, l.most, l.safety, l.lead_days,
       coalesce(s.quantity, 0), (SELECT max(m.date) FROM stock_move m WHERE m.product_id = p.id AND m.warehouse_id = w.id),
       coalesce(u.quantity, 0)
FROM (SELECT product_id, warehouse_id FROM stock_item UNION SELECT product_id, warehouse_id FROM stock_level) k
JOIN product p ON p.id = k.product_id
JOIN warehouse w ON w.id = k.warehouse_id
LEFT JOIN stock_item i ON i.product_id = p.id AND i.warehouse_id = w.id
LEFT JOIN stock_level l ON l.product_id = p.id AND l.warehouse_id = w.id
LEFT JOIN (SELECT product_id, warehouse_id, sum(quantity) AS quantity FROM reservation GROUP BY product_id, warehouse_id) v
    ON v.product_id = p.id AND v.warehouse_id = w.id
LEFT JOIN (SELECT d.product_id, d.place, sum(d.quantity) AS quantity FROM
        (SELECT l.product_id, l.quantity, coalesce(t.warehouse_id, :main) AS place FROM order_line l JOIN sales_order o ON o.id = l.order_id
         LEFT JOIN order_terms t ON t.order_id = o.id
         WHERE o.date > :since AND o.date <= :day AND o.state IN ('confirmed', 'closed')) d GROUP BY d.product_id, d.place) s
    ON s.product_id = p.id AND s.place = w.id
LEFT JOIN ({UNFIT}) u ON u.product_id = p.id AND u.warehouse_id = w.id
WHERE {{terms}} ORDER BY p.sku, w.code"""


def goods(r: Reader, warehouse: str | None = None) -> list[Good]:
    """Every product kept or with a level set, never stocked yet or not, with what planning needs to know of it."""
    terms, params = [condition(r.actor, "stock", "NULL")], {}
    place = find_optional(r, "warehouse", warehouse)
    if place:
        terms.append("w.id = :warehouse")
        params["warehouse"] = place.id
    since = r.today - timedelta(days=r.policy("stock.sales_window_days"))
    return r.rows(Good, _GOODS.format(terms=" AND ".join(terms)), since=since, day=r.today, main=main_warehouse(r), **params)


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
    if good.free < 0:
        found.append((OVERSOLD, good.reserved))
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
    Column("order", N_("To order"), "quantity", total=True),
)


def proposal(good: Good, daily: int, lead_days: int, coming: int) -> int:
    """Daily sales x lead time + safety - on hand - coming, in whole units and never below nothing; a minimum counts as safety. STK-07.

    What is promised or may not be sold counts as gone.
    """
    safety = max(good.safety or 0, good.least or 0)
    wanted = daily * lead_days + safety - good.free - coming
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
    way = coming(r)
    rows = []
    for good in goods(r, warehouse):
        daily = divide(good.sold, window)
        days = lead if good.lead_days is None else good.lead_days
        due = way.get((good.product_id, good.warehouse), 0)
        wanted = proposal(good, daily, days, due)
        if wanted:
            safety = max(good.safety or 0, good.least or 0)
            rows.append((good.sku, good.name, good.warehouse, daily, days, safety, good.on_hand, good.reserved, due, wanted))
    return Report(
        name="stock-reorder",
        title=msg(N_("To order")),
        columns=REORDER,
        rows=rows,
        notes=(msg(N_("sales a day are those of the last {days} {days:day|days}"), days=window),),
        as_of=r.today.isoformat(),
        empty=msg(N_("Nothing has to be ordered now.")),
    )


TURNOVER = (
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("out", N_("Gone out"), "quantity", total=True),
    Column("cost", N_("At cost"), "amount", total=True),
    Column("value", N_("Stock value"), "amount", total=True),
    Column("turnover", N_("Turnover a year"), "quantity"),
    Column("days", N_("Days of stock"), "int"),
)

_TURNOVER = """
SELECT p.sku, p.name, coalesce(-sum(CASE WHEN m.quantity < 0 AND m.kind = 'delivery' THEN m.quantity END), 0),
       coalesce(-sum(CASE WHEN m.quantity < 0 AND m.kind = 'delivery' THEN m.value END), 0),
       (SELECT coalesce(sum(x.value), 0) FROM stock_move x WHERE x.product_id = p.id AND x.date < :first),
       (SELECT coalesce(sum(x.value), 0) FROM stock_move x WHERE x.product_id = p.id AND x.date <= :last)
FROM product p LEFT JOIN stock_move m ON m.product_id = p.id AND m.date BETWEEN :first AND :last
WHERE {scope}
GROUP BY p.id, p.sku, p.name ORDER BY p.sku"""


def turnover(r: Reader, period: Period) -> Report:
    """How often the mean stock of a period went out, by year, and how many days it lasts. STK-04."""
    days = days_between(period.start, min(period.end, r.today)) + 1
    found = r.tuples(_TURNOVER.format(scope=condition(r.actor, "stock", "NULL")), first=period.start, last=period.end)
    rows = [_turnover(row, max(days, 1), priced=r.actor.sees_prices) for row in found if row[2] or row[5]]
    return Report(
        name="stock-turnover",
        title=msg(N_("Turnover of stock in {period}"), period=period.name),
        columns=TURNOVER,
        rows=sorted(rows, key=lambda row: (row[5] is None, row[5] or 0, row[0])),
        empty=msg(N_("No goods moved in {period}."), period=period.name),
    )


def _turnover(row: tuple[Any, ...], days: int, *, priced: bool) -> tuple[Any, ...]:
    """Cost of what went out by the mean of opening and closing value, brought to 365 days; quantity units for three decimals."""
    sku, name, out, cost, opening, closing = row
    mean = opening + closing
    rate = divide(cost * 2 * 365 * QUANTITY_ONE, mean * days) if mean > 0 else None
    lasts = divide(closing * days, cost) if cost > 0 else None
    return (sku, name, out, cost if priced else None, closing if priced else None, rate, lasts)


def value(r: Reader, as_of: date | None = None, by: str = "category") -> Report:
    """What the stock was worth on a day, equal to the ledger's sum. STK-08."""
    key = {"category": "coalesce(p.category, '-')", "warehouse": "w.code", "product": "p.sku"}[by]
    day = as_of or r.today
    sql = f"""SELECT {key}, sum(m.quantity), coalesce(sum(m.value), 0), sum(m.value IS NULL)
              FROM stock_move m JOIN product p ON p.id = m.product_id
              JOIN warehouse w ON w.id = m.warehouse_id WHERE m.date <= :day AND {condition(r.actor, "stock", "NULL")}
              GROUP BY {key} ORDER BY {key}"""
    rows = r.tuples(sql, day=day)
    return Report(
        name="stock-value",
        title=msg(N_("Stock value on {day}"), day=day.isoformat()),
        columns=(
            Column("key", N_("Key")),
            Column("quantity", N_("Quantity"), "quantity", total=True),
            Column("value", N_("Stock value"), "amount", total=True),
        ),
        rows=[(k, q, v if r.actor.sees_prices else None) for k, q, v, _unknown in rows],
        notes=tuple(_value_notes(r, day, unknown=any(row[3] for row in rows))) if r.actor.sees_prices else (),
        as_of=day.isoformat(),
        empty=msg(N_("No goods are kept here.")),
    )


def _value_notes(r: Reader, day: date, *, unknown: bool) -> Iterator[Message]:
    """What the sum does not hold: goods of unknown cost, and what is on its way between two warehouses. STK-05, STK-08."""
    if unknown:
        yield from value_note(goods_then(r, as_of=day))
    quantity, worth = away(r, day)
    if quantity:
        text = N_("not in it, on the way between warehouses: {quantity:qty} worth {value:amount} (salescli stock transfers)")
        yield msg(text, quantity=quantity, value=worth)


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


OF_BATCH = (Column("batch", N_("Batch")), Column("expires_on", N_("Expires on"), "date"))


def sheet(r: Reader, number: str, *, blind: bool = False) -> Report:
    """A count sheet by location: to print and fill in (`blind` hides what the book says), later with the differences. STK-03, F-23."""
    sql = f"""SELECT p.sku, p.name, v.location, coalesce(e.expected, l.expected), l.counted, l.counted - coalesce(e.expected, l.expected),
                    l.cause, l.measure, b.code, b.expires_on
             FROM stock_count c JOIN stock_count_line l ON l.count_id = c.id JOIN product p ON p.id = l.product_id
             LEFT JOIN ({BOOKED}) e ON e.id = l.id
             LEFT JOIN batch b ON b.id = l.batch_id
             LEFT JOIN stock_level v ON v.product_id = p.id AND v.warehouse_id = c.warehouse_id
             WHERE lower(c.number) = :number ORDER BY coalesce(v.location, '~'), p.sku, coalesce(b.expires_on, '9999-12-31'), b.code"""
    rows = r.tuples(sql, number=number.strip().lower())
    if not rows:
        fail("count_not_found", N_("there is no count {number}"), kind=Kind.NOT_FOUND, hint=N_("salescli stock count list"), number=number)
    by_batch = any(row[8] for row in rows)
    rows = rows if by_batch else [row[:8] for row in rows]
    return Report(
        name="stock-count-show",
        title=msg(N_("Count {number}"), number=number.upper()),
        columns=(*SHEET, *OF_BATCH) if by_batch else SHEET,
        rows=[(*row[:3], None, row[4], None, *row[6:]) for row in rows] if blind else rows,
    )


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
    text = msg(N_("{sku} {name}: {free:qty} free; what to order: salescli stock reorder"), sku=good.sku, name=good.name, free=good.free)
    return Task(C_("stock_short"), None, good.sku, None, text, "STK-02", 0, None)


def _count_due(r: Reader, day: date) -> list[Task]:
    """A count is due once the month (or quarter) has none and is nearly over, or the last one is older than the cycle."""
    months = {"monthly": 1, "quarterly": 3}[r.policy("stock.count_cycle", day)]
    last = r.value("SELECT max(posted) FROM stock_count WHERE state = 'posted'")
    since = r.value("SELECT min(date) FROM stock_move")
    start = last or since
    if start is None:
        return []
    from salescli.core.dates import add_months

    on = add_months(date.fromisoformat(start), months)
    if day < on:
        return []
    text = msg(N_("stock has to be counted: salescli stock count start"))
    return [Task(C_("count_due"), on.isoformat(), None, None, text, "STK-03", days_between(on, day), None)]
