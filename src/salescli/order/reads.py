"""Lists of orders as a day sees them: documents up to that day, promises kept or broken by its end (ORD-11, ORD-18)."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.dates import Period, month_of
from salescli.core.i18n import N_, Message, msg
from salescli.core.lookup import find
from salescli.core.money import RATE_ONE
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.core.tax import document_amount
from salescli.order.rules import delivered_share, late_days
from salescli.order.states import OrderState, Progress, progress

if TYPE_CHECKING:
    from collections.abc import Iterable

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


class Wanted(NamedTuple):
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
        return RATE_ONE if self.delivered_on else delivered_share(self.ordered or 0, self.delivered or 0)

    def late_days(self, as_of: date) -> int | None:
        """Days late at the end of `as_of`."""
        return late_days(self.stored, _day(self.promised), _day(self.delivered_on), as_of)


@cache
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


_COMPLETE = "o.kept_delivered_on IS NOT NULL AND o.kept_delivered_on <= :as_of"
_FINISHED = f"CASE WHEN {_COMPLETE} THEN o.kept_delivered_on END"
# Each part has an index of its own: the open ones of today, those completed since a past day, those completed late.
OPEN = """o.id IN (
    SELECT id FROM sales_order WHERE state = 'confirmed' AND kept_delivered_on IS NULL
    UNION ALL SELECT id FROM sales_order WHERE kept_delivered_on > :as_of AND state = 'confirmed')"""
_CHOSEN_BY = "id, date, customer_id, staff_id, responsible_id, state, promised, kept_delivered_on"
LATE = f"""(
    SELECT {_CHOSEN_BY} FROM sales_order WHERE state = 'confirmed' AND kept_delivered_on IS NULL AND promised < :as_of
    UNION ALL SELECT {_CHOSEN_BY} FROM sales_order WHERE kept_delivered_on > :as_of AND state = 'confirmed' AND promised < :as_of
    UNION ALL SELECT {_CHOSEN_BY} FROM sales_order
    WHERE kept_delivered_on <= :as_of AND promised < kept_delivered_on AND state IN ('confirmed', 'closed'))"""
"""Late orders with all that narrows and sorts a list, so that an order is looked up only when it is shown."""
_BEGUN = "FROM delivery d WHERE d.order_id = o.id AND d.kind = 'delivery' AND d.replaces_id IS NULL AND d.date <= :as_of"
_DELIVERED = f"SELECT sum((SELECT sum(p.quantity) FROM delivery_line p WHERE p.delivery_id = d.id)) {_BEGUN}"


_SELECT = f"""
SELECT o.id, o.number, o.date, c.code, c.name, o.staff_id, s.code, o.state, o.promised,
       {_FINISHED},
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
    """Which orders: SQL terms on `o`, what they name, and what `o` is: the table, or something smaller with the columns of choice."""

    terms: str
    params: dict[str, Any]
    source: str = "sales_order"


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
    terms += [OPEN] * wanted.open
    return _Where(" AND ".join(terms), params, LATE if wanted.late else "sales_order")


def orders(r: Reader, wanted: Wanted, as_of: date, limit: int | None = None) -> list[Order]:
    """The wanted orders the reader may see, newest first. Raises SalesError (exit 3) for an unknown customer or staff member."""
    return list(_orders(r, wanted, as_of, limit))


def _orders(r: Reader, wanted: Wanted, as_of: date, limit: int | None = None) -> Iterable[Order]:
    where = _where(r, wanted, as_of)
    first = f"ORDER BY {NEWEST}{f' LIMIT {limit:d}' if limit else ''}"
    terms = f"o.id IN (SELECT o.id FROM {where.source} o WHERE {where.terms} {first})" if wanted.late else where.terms
    return r.each(Order._make, f"{_select(r)} WHERE {terms} {first}", **where.params)


def _select(r: Reader) -> str:
    return _SELECT.format(amount=document_amount(r))


def one(r: Reader, number: str, as_of: date) -> Order | None:
    """The order with this number (case does not count), if the reader may see it."""
    sql = f"{_select(r)} WHERE o.number IN (:number, :upper, :lower) AND {visible(r)}"
    found = r.rows(Order, sql, number=number, upper=number.upper(), lower=number.lower(), as_of=as_of)
    return next((o for o in found if o.number == number), found[0] if found else None)


_TOTAL = "SELECT sum({amount}) FROM {source} o JOIN order_line l ON l.order_id = o.id"


def total(r: Reader, wanted: Wanted, as_of: date) -> int:
    """The amount of all wanted orders, in 1/100."""
    where = _where(r, wanted, as_of)
    return int(r.value(f"{_TOTAL.format(amount=document_amount(r), source=where.source)} WHERE {where.terms}", **where.params) or 0)


def listing(r: Reader, wanted: Wanted, as_of: date | None = None, limit: int | None = None) -> Report:
    """Orders, newest first; without any narrowing those of the month. Only `limit` of them are read, the total covers all.

    Raises SalesError (exit 3) for an unknown customer or staff member. ORD-11.
    """
    day = as_of or r.today
    if wanted.period is None and not wanted.narrows:
        wanted = wanted._replace(period=month_of(day))
    title = msg(N_("Orders of {period}"), period=wanted.period.name) if wanted.period else msg(N_("Orders"))
    report = _report(r, "order-list", title, _orders(r, wanted, day, limit), day, _NONE)
    return _whole(r, report, wanted, day) if limit and len(report.rows) == limit else report


def late(r: Reader, wanted: Wanted, as_of: date | None = None, limit: int | None = None) -> Report:
    """Orders of all time that were delivered late or are undelivered past their promise, the longest first. ORD-11, ORD-18.

    Only `limit` of them are read whole, the total covers all.
    """
    day, wanted = as_of or r.today, wanted._replace(late=True)
    found = _latest(r, wanted, day, limit) if limit else _orders(r, wanted, day)
    report = _report(r, "order-late", msg(N_("Late orders")), found, day, msg(N_("No order is or was late.")))
    report = report._replace(rows=sorted(report.rows, key=lambda row: -(row[-1] or 0)))
    return _whole(r, report, wanted, day) if limit and len(report.rows) == limit else report


class _Lateness(dict[tuple[str, str | None, str | None], int | None]):
    """Days late at the end of a day by state, promise and last delivery: many orders share them."""

    def __init__(self, as_of: date) -> None:
        super().__init__()
        self.as_of = as_of

    def __missing__(self, key: tuple[str, str | None, str | None]) -> int | None:
        stored, promised, finished = key
        self[key] = found = late_days(stored, _day(promised), _day(finished), self.as_of)
        return found


def _latest(r: Reader, wanted: Wanted, day: date, limit: int) -> Iterable[Order]:
    """The first of the late orders, chosen by what makes them late before anything else of them is read."""
    from heapq import nlargest

    where, days = _where(r, wanted, day), _Lateness(day)
    sql = f"SELECT o.date, o.id, o.state, o.promised, {_FINISHED} FROM {where.source} o WHERE {where.terms}"
    places = (
        (days[stored, promised, finished] or 0, ordered_on, row_id)
        for ordered_on, row_id, stored, promised, finished in r.execute(sql, where.params)
    )
    first = ", ".join(str(row_id) for *_late, row_id in nlargest(limit, places))
    return r.each(Order._make, f"{_select(r)} WHERE o.id IN ({first or 'NULL'}) ORDER BY {NEWEST}", as_of=day)


def _whole(r: Reader, report: Report, wanted: Wanted, day: date) -> Report:
    """The report of a limited list with the total of the whole."""
    return report._replace(totals={"amount": total(r, wanted, day) if r.actor.sees_prices else None})


_NONE = msg(N_("No orders. Another period: salescli order list --period 2026; those not delivered yet: salescli order list --open"))


def _report(r: Reader, name: str, title: Message, found: Iterable[Order], day: date, empty: Message) -> Report:
    """Read once, row by row; texts that come again and again (customers, days) are kept once."""
    priced, staff, total = r.actor.sees_prices, set(), 0
    rows, known = [], dict[str | None, str | None]()
    one = known.setdefault
    for o in found:
        state = o.state
        staff.add(o.staff_id)
        total += o.amount
        rows.append(
            (o.number, one(o.ordered_on, o.ordered_on), one(o.customer, o.customer), one(o.customer_name, o.customer_name),
             one(o.staff, o.staff), one(state, state), o.amount if priced else None, o.delivered_pct,
             one(o.promised, o.promised), o.late_days(day))
        )  # fmt: skip
    return Report(
        name=name,
        title=title,
        columns=COLUMNS,
        rows=rows,
        totals={"amount": total if priced else None},
        as_of=day.isoformat(),
        empty=empty,
        beyond_own=not staff.issubset(r.actor.own_or_team()),
    )
