"""Lists of orders as a day sees them: documents up to that day, promises kept or broken by its end (ORD-11, ORD-18)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from salescli.core.access import condition
from salescli.core.dates import Period, month_of
from salescli.core.i18n import N_, Message, msg
from salescli.core.lookup import find
from salescli.core.report import Column, Report
from salescli.order.rules import delivered_share, late_days
from salescli.order.states import OrderState, Progress, progress

if TYPE_CHECKING:
    from salescli.core.reader import Reader

COLUMNS = (
    Column("order", N_("Order")),
    Column("date", N_("Date"), "date"),
    Column("customer", N_("Customer")),
    Column("customer_name", N_("Customer name")),
    Column("staff", N_("Staff")),
    Column("state", N_("State"), "code"),
    Column("amount", N_("Amount"), "amount"),
    Column("delivered_pct", N_("Delivered"), "percent"),
    Column("promised", N_("Promised"), "date"),
    Column("late_days", N_("Days late"), "int"),
)


@dataclass(frozen=True)
class Wanted:
    """Which orders a list holds; what is None or False narrows nothing. `customer` and `staff` as people type them."""

    period: Period | None = None
    customer: str | None = None
    staff: str | None = None
    state: str | None = None
    late: bool = False
    open: bool = False

    @property
    def narrows(self) -> bool:
        """Whether anything but the period narrows the list."""
        return any((self.customer, self.staff, self.state, self.late, self.open))


class Order(NamedTuple):
    """An order as the end of a day finds it. Amounts in 1/100, quantities in 1/1,000; `delivered_on`: the day all was delivered.

    `ordered` and `delivered` are counted only while something is undelivered.
    """

    id: int
    number: str
    ordered_on: str
    customer: str
    customer_name: str
    staff_id: int | None
    staff: str | None
    stored: str
    promised: str | None
    delivered_on: str | None
    amount: int
    ordered: int | None
    delivered: int | None

    @property
    def state(self) -> str:
        """The state people see."""
        return progress(self.stored, begun=bool(self.delivered), complete=self.delivered_on is not None)

    @property
    def delivered_pct(self) -> int:
        """Share of the quantity delivered, in 1/10,000."""
        return delivered_share(0, 0) if self.delivered_on else delivered_share(self.ordered or 0, self.delivered or 0)

    def late_days(self, as_of: date) -> int | None:
        """Days late at the end of `as_of`."""
        return late_days(self.stored, _day(self.promised), _day(self.delivered_on), as_of)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


_COMPLETE = "o.kept_delivered_on IS NOT NULL AND o.kept_delivered_on <= :as_of"
# Each part has an index of its own: the open ones of today, those completed since a past day, those completed late.
_OPEN_IDS = """
    SELECT id FROM sales_order WHERE state = 'confirmed' AND kept_delivered_on IS NULL{and_late}
    UNION ALL SELECT id FROM sales_order WHERE kept_delivered_on > :as_of AND state = 'confirmed'{and_late}"""
OPEN = f"o.id IN ({_OPEN_IDS.format(and_late='')})"
LATE = f"""o.id IN ({_OPEN_IDS.format(and_late=" AND promised < :as_of")}
    UNION ALL SELECT id FROM sales_order
    WHERE kept_delivered_on <= :as_of AND promised < kept_delivered_on AND state IN ('confirmed', 'closed'))"""
_BEGUN = "FROM delivery d WHERE d.order_id = o.id AND d.kind = 'delivery' AND d.date <= :as_of"
_DELIVERED = f"SELECT sum((SELECT sum(p.quantity) FROM delivery_line p WHERE p.delivery_id = d.id)) {_BEGUN}"


def document_amount(r: Reader, line: str = "l") -> str:
    """SQL for what a line is worth on the document: its amount, and the tax on top of it in a book of net prices."""
    net = r.value("SELECT value FROM meta WHERE key = 'prices'") == "net"
    return f"{line}.amount + {line}.tax" if net else f"{line}.amount"


_SELECT = f"""
SELECT o.id, o.number, o.date, c.code, c.name, o.staff_id, s.code, o.state, o.promised,
       CASE WHEN {_COMPLETE} THEN o.kept_delivered_on END,
       (SELECT coalesce(sum({{amount}}), 0) FROM order_line l WHERE l.order_id = o.id),
       CASE WHEN {_COMPLETE} THEN NULL ELSE (SELECT sum(l.quantity) FROM order_line l WHERE l.order_id = o.id) END,
       CASE WHEN {_COMPLETE} THEN NULL ELSE ({_DELIVERED}) END
FROM sales_order o
JOIN customer c ON c.id = o.customer_id
LEFT JOIN staff s ON s.id = o.staff_id"""

NEWEST = "o.date DESC, o.id DESC"

_STATES = {
    OrderState.CONFIRMED.value: f"{OPEN} AND NOT EXISTS (SELECT 1 {_BEGUN})",
    Progress.PART_DELIVERED.value: f"{OPEN} AND EXISTS (SELECT 1 {_BEGUN})",
    Progress.DELIVERED.value: f"o.state = 'confirmed' AND {_COMPLETE}",
}


class _Where(NamedTuple):
    """Which orders: SQL terms on `o` and what they name."""

    terms: str
    params: dict[str, Any]


def visible(r: Reader) -> str:
    """SQL: orders `o` one took, or sees through since their taker handed them over. ORG-06, ORG-07."""
    taken, taken_over = (condition(r.actor, "orders", f"o.{column}") for column in ("staff_id", "responsible_id"))
    return f"({taken} OR {taken_over})"


def _where(r: Reader, wanted: Wanted, as_of: date) -> _Where:
    terms = ["o.date <= :as_of", visible(r)]
    params: dict[str, Any] = {"as_of": as_of}
    if wanted.period:
        terms.append("o.date BETWEEN :start AND :end")
        params |= {"start": wanted.period.start, "end": wanted.period.end}
    if wanted.customer:
        terms.append("o.customer_id = :customer")
        params["customer"] = find(r, "customer", wanted.customer).id
    if wanted.staff:
        terms.append("o.staff_id = :staff")
        params["staff"] = find(r, "staff", wanted.staff).id
    if wanted.state:
        terms.append(_STATES.get(wanted.state, "o.state = :state"))
        params["state"] = wanted.state
    terms += [LATE] * wanted.late + [OPEN] * wanted.open
    return _Where(" AND ".join(terms), params)


def orders(r: Reader, wanted: Wanted, as_of: date, limit: int | None = None) -> list[Order]:
    """The wanted orders the reader may see, newest first. Raises SalesError (exit 3) for an unknown customer or staff member."""
    where = _where(r, wanted, as_of)
    sql = f"{_select(r)} WHERE {where.terms} ORDER BY {NEWEST}{f' LIMIT {limit:d}' if limit else ''}"
    return r.rows(Order, sql, **where.params)


def _select(r: Reader) -> str:
    return _SELECT.format(amount=document_amount(r))


def one(r: Reader, number: str, as_of: date) -> Order | None:
    """The order with this number (case does not count), if the reader may see it."""
    sql = f"{_select(r)} WHERE o.number IN (:number, :upper, :lower) AND {visible(r)}"
    found = r.rows(Order, sql, number=number, upper=number.upper(), lower=number.lower(), as_of=as_of)
    return next((o for o in found if o.number == number), found[0] if found else None)


_TOTAL = "SELECT sum({amount}) FROM sales_order o JOIN order_line l ON l.order_id = o.id"


def total(r: Reader, wanted: Wanted, as_of: date) -> int:
    """The amount of all wanted orders, in 1/100."""
    where = _where(r, wanted, as_of)
    return int(r.value(f"{_TOTAL.format(amount=document_amount(r))} WHERE {where.terms}", **where.params) or 0)


def listing(r: Reader, wanted: Wanted, as_of: date | None = None, limit: int | None = None) -> Report:
    """Orders, newest first; without any narrowing those of the month. Only `limit` of them are read, the total covers all.

    Raises SalesError (exit 3) for an unknown customer or staff member. ORD-11.
    """
    day = as_of or r.today
    if wanted.period is None and not wanted.narrows:
        wanted = replace(wanted, period=month_of(day))
    found = orders(r, wanted, day, limit)
    amount = total(r, wanted, day) if limit and len(found) == limit else sum(o.amount for o in found)
    title = msg(N_("Orders of {period}"), period=wanted.period.name) if wanted.period else msg(N_("Orders"))
    return _report(r, "order-list", title, found, day, amount, _NONE)


def late(r: Reader, wanted: Wanted, as_of: date | None = None) -> Report:
    """Orders of all time that were delivered late or are undelivered past their promise, the longest first. ORD-11, ORD-18."""
    day = as_of or r.today
    found = sorted(orders(r, replace(wanted, late=True), day), key=lambda o: -(o.late_days(day) or 0))
    return _report(r, "order-late", msg(N_("Late orders")), found, day, sum(o.amount for o in found), msg(N_("No order is or was late.")))


_NONE = msg(N_("No orders. Another period: salescli order list --period 2026; those not delivered yet: salescli order list --open"))


def _report(r: Reader, name: str, title: Message, found: list[Order], day: date, amount: int, empty: Message) -> Report:
    priced, team = r.actor.sees_prices, r.actor.own_or_team()
    return Report(
        name=name,
        title=title,
        columns=COLUMNS,
        rows=[_row(o, day, priced) for o in found],
        totals={"amount": amount if priced else None},
        as_of=day.isoformat(),
        empty=empty,
        beyond_own=any(o.staff_id not in team for o in found),
    )


def _row(o: Order, day: date, priced: bool) -> tuple[Any, ...]:
    amount = o.amount if priced else None
    return (o.number, o.ordered_on, o.customer, o.customer_name, o.staff, o.state, amount, o.delivered_pct, o.promised, o.late_days(day))
