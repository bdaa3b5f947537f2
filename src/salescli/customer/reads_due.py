"""Who is to be spoken to: next contacts, first calls, revisits, services, surveys, reorders (VIS-05..08, CUS-08, CUS-11, CUS-13).

Each kind is one query over the owner's customers that ends in an index, and only files that are shown are opened, so that a day
list does not grow with the book.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from salescli.core.access import condition
from salescli.core.dates import days_between
from salescli.core.i18n import N_, msg
from salescli.core.lookup import find_optional
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.customer.reads_plan import plan_of
from salescli.customer.rules_care import order_cycle
from salescli.customer.rules_visit import Window, first_call_window
from salescli.customer.states_work import DueKind

if TYPE_CHECKING:
    from salescli.core.reader import Reader

SURVEYED_YEARS_BACK = 365
"""Only who bought something in the last year is asked for his opinion."""


class Due(NamedTuple):
    """Somebody to speak to: since when it counts, from and by which day; `ref` is the order or record it is about."""

    kind: str
    customer: str
    name: str
    staff: str | None
    staff_id: int | None
    since: str | None
    earliest: str
    due: str
    ref: str | None = None

    def late(self, day: date) -> int:
        """Days past the due day."""
        return max(days_between(date.fromisoformat(self.due), day), 0)


Moment = tuple[str, int, int, str | None, str, int | None]
"""Due day, customer's id, whose id, since when, from when, order's id: enough to sort and count by, before any file is opened."""

Find = Callable[["Reader", str, date], list[Moment]]
"""Finds one kind: the reader, SQL on `c.staff_id` or `o.staff_id` written as {column}, the day until which it falls due."""

_OWNED = "FROM customer c WHERE c.archived_on IS NULL AND c.staff_id IS NOT NULL"


def next_contacts(r: Reader, whose: str, until: date) -> list[Moment]:
    """The next contact agreed on, or set by the rhythm, has come. VIS-08."""
    sql = f"""SELECT c.kept_next_on, c.id, c.staff_id, c.kept_contact_on, c.kept_next_on, NULL
              {_OWNED} AND c.kept_next_on <= :until AND {whose.format(column="c.staff_id")}"""
    return r.tuples(sql, until=until)


def revisits(r: Reader, whose: str, until: date) -> list[Moment]:
    """Nobody has been in touch for longer than the class's interval, and no next day is due anyway. VIS-07, CUS-10."""
    plan = plan_of(r, until)
    cutoff, params = plan.cutoff(until, "c.customer_class")
    sql = f"""SELECT c.id, c.staff_id, coalesce(c.kept_contact_on, c.owner_since, c.created), c.customer_class {_OWNED}
              AND (c.kept_next_on IS NULL OR c.kept_next_on > :until)
              AND coalesce(c.kept_contact_on, c.owner_since, c.created) <= {cutoff} AND {whose.format(column="c.staff_id")}"""
    rows = r.tuples(sql, until=until, **params)
    days = {customer_class: plan.days(customer_class) for customer_class in {row[3] for row in rows}}
    return [(due := _after(since, days[kind]), who, staff, since, due, None) for who, staff, since, kind in rows]


@cache
def _after(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


_HANDED_OVER = """
SELECT o.kept_delivered_on, o.id, o.customer_id, {caller}, (
    SELECT max(i.day) FROM interaction i
    WHERE i.customer_id = o.customer_id AND i.day > o.kept_delivered_on AND i.channel = 'after_sales' AND i.review <> 'rejected')
FROM sales_order o JOIN customer c ON c.id = o.customer_id
WHERE o.kept_delivered_on BETWEEN :first AND :last AND o.state IN ('confirmed', 'closed') AND c.archived_on IS NULL
  AND {caller} IS NOT NULL AND {whose}"""


def first_calls(r: Reader, whose: str, until: date) -> list[Moment]:
    """Delivered in full, and no after-sales call since: due from day 3, late after day 7; one line per customer. VIS-05.

    The taker of the order calls; once he is gone, the customer's owner. Further back than `followup.look_back_days` nobody asks any more.
    The days are the office's of the day of delivery.
    """
    found: dict[int, Moment] = {}
    days = {"first": until - timedelta(r.policy("followup.look_back_days", until)), "last": until}
    gone = r.column("SELECT id FROM staff WHERE left_on < :until", until=until)
    among = f"IN ({', '.join(map(str, gone)) or '0'})"
    taken = f"o.staff_id NOT {among} AND {whose.format(column='o.staff_id')}"
    rows = r.tuples(_HANDED_OVER.format(caller="o.staff_id", whose=taken), **days)
    if gone:  # the plus keeps the engine from going through all orders of all the owner's customers
        left = f"o.staff_id {among} AND {whose.format(column='+c.staff_id')}"
        rows += r.tuples(_HANDED_OVER.format(caller="c.staff_id", whose=left), **days)
    windows = {delivered: call_window(r, delivered) for delivered in {row[0] for row in rows}}
    for delivered, order, customer, staff, called in sorted(rows, key=lambda row: row[:2]):
        window = windows[delivered]
        if customer not in found and window.earliest <= until and (called is None or called < window.earliest.isoformat()):
            found[customer] = (window.latest.isoformat(), customer, staff, delivered, window.earliest.isoformat(), order)
    return list(found.values())


def call_window(r: Reader, delivered: str) -> Window:
    """When the first call after a delivery is due, by the office's numbers of that day: a later change moves none. VIS-05, X-20."""
    day = date.fromisoformat(delivered)
    return first_call_window(day, r.policy("followup.first_min_days", day), r.policy("followup.first_max_days", day))


def services(r: Reader, whose: str, until: date) -> list[Moment]:
    """The next service a customer was told of. CUS-08."""
    sql = f"""SELECT c.next_service_on, c.id, c.staff_id, NULL, c.next_service_on, NULL
              FROM customer c WHERE c.next_service_on <= :until AND c.archived_on IS NULL AND {whose.format(column="+c.staff_id")}
              AND +c.staff_id IS NOT NULL"""
    return r.tuples(sql, until=until)  # the pluses: begin at what falls due, not at all the owner's customers


_BETWEEN = "BETWEEN :back AND :cutoff"
_UNASKED = f"""
SELECT c.id, c.staff_id, coalesce((SELECT max(v.day) FROM survey v WHERE v.customer_id = c.id), c.kept_first_order)
{_OWNED} AND c.kept_first_order <= :cutoff AND c.kept_last_order >= :back
  AND NOT EXISTS (SELECT 1 FROM survey v WHERE v.customer_id = c.id AND v.day > :cutoff)
  AND (c.kept_first_order {_BETWEEN} OR c.kept_last_order {_BETWEEN} OR EXISTS (
       SELECT 1 FROM sales_order o WHERE o.customer_id = c.id AND o.state IN ('confirmed', 'closed') AND o.date {_BETWEEN}))
  AND {{whose}}"""


def surveys(r: Reader, whose: str, until: date) -> list[Moment]:
    """Customers of the last year nobody asked how satisfied they are for `survey.every_days`. CUS-11."""
    every = r.policy("survey.every_days", until)
    cutoff = until - timedelta(every)
    sql = _UNASKED.format(whose=whose.format(column="c.staff_id"))
    rows = r.tuples(sql, cutoff=cutoff, back=cutoff - timedelta(SURVEYED_YEARS_BACK))
    return [(due := _after(since, every), who, staff, since, due, None) for who, staff, since in rows]


# Days are kept as of the last order: only for a day before it the orders themselves are counted.
_RHYTHM = f"""
SELECT c.id, c.staff_id, c.kept_first_order, c.kept_last_order, c.kept_order_days, c.kept_contact_on
{_OWNED} AND c.kept_order_days > 1 AND c.kept_last_order <= :until AND {{whose}}
UNION ALL
SELECT c.id, c.staff_id, b.first, b.last, b.days, c.kept_contact_on
FROM (SELECT o.customer_id, min(o.date) AS first, max(o.date) AS last, count(DISTINCT o.date) AS days FROM sales_order o
      WHERE o.customer_id IN (SELECT c.id {_OWNED} AND c.kept_last_order > :until AND {{whose}})
        AND o.state IN ('confirmed', 'closed') AND o.date <= :until
      GROUP BY o.customer_id HAVING count(DISTINCT o.date) > 1) b
JOIN customer c ON c.id = b.customer_id"""


def reorders(r: Reader, whose: str, until: date) -> list[Moment]:
    """Customers whose next order is overdue by their own rhythm and to whom nobody has spoken since the reminder. CUS-13."""
    share = r.policy("reorder.reminder", until)
    found: list[Moment] = []
    for who, staff, first, last, days, spoken in r.tuples(_RHYTHM.format(whose=whose.format(column="c.staff_id")), until=until):
        cycle = order_cycle(date.fromisoformat(first), date.fromisoformat(last), days, share)
        if cycle and cycle.remind <= until and (spoken is None or spoken < cycle.remind.isoformat()):
            found.append((cycle.remind.isoformat(), who, staff, last, cycle.expected.isoformat(), None))
    return found


KINDS: dict[DueKind, Find] = {
    DueKind.NEXT_CONTACT: next_contacts,
    DueKind.FIRST_CALL: first_calls,
    DueKind.REVISIT: revisits,
    DueKind.SERVICE: services,
    DueKind.SURVEY: surveys,
    DueKind.REORDER: reorders,
}

AT_ONCE = 500
"""Files opened with one look."""


def opened(r: Reader, kind: DueKind, moments: Sequence[Moment]) -> list[Due]:
    """Moments with names and numbers, by due day and customer."""
    staff: dict[int, str] = dict(r.tuples("SELECT id, code FROM staff")) if moments else {}
    found = []
    for start in range(0, len(moments), AT_ONCE):
        part = moments[start : start + AT_ONCE]
        files = {row[0]: row for row in r.tuples(_among("id, code, name FROM customer", {m[1] for m in part}))}
        orders = {m[5] for m in part if m[5] is not None}
        numbers = dict(r.tuples(_among("id, number FROM sales_order", orders))) if orders else {}
        for due, customer, owner, since, earliest, order in part:
            _id, code, name = files[customer]
            found.append(Due(kind, code, name, staff[owner], owner, since, earliest, due, numbers.get(order)))
    return sorted(found, key=lambda row: (row.due, row.customer))


def _among(what: str, ids: Iterable[int]) -> str:
    return f"SELECT {what} WHERE id IN ({', '.join(map(str, ids))})"


COLUMNS = (
    Column("kind", N_("Kind"), "code"),
    Column("customer", N_("Customer")),
    Column("name", N_("Name")),
    Column("staff", N_("Staff")),
    Column("since", N_("Counted from"), "date"),
    Column("earliest", N_("From"), "date"),
    Column("due", N_("Due"), "date"),
    Column("late_days", N_("Days late"), "int"),
    Column("ref", N_("Document")),
)


def due(r: Reader, kind: DueKind | None = None, staff: str | None = None, ahead: int = 0, limit: int | None = None) -> Report:
    """Everybody to be spoken to until `ahead` days from today, the longest late first. VIS-05, VIS-07, VIS-08, CUS-08, CUS-11, CUS-13.

    `limit`: no more rows are needed, so no more files are opened.
    """
    owner, until = find_optional(r, "staff", staff), r.today + timedelta(ahead)
    whose = condition(r.actor, "customers", "{column}") + (f" AND {{column}} = {owner.id:d}" if owner else "")
    moments = {each: KINDS[each](r, whose, until) for each in ([kind] if kind else KINDS)}
    found = [row for each, some in _first(moments, limit).items() for row in opened(r, each, some)]
    found.sort(key=lambda row: (row.due, row.kind, row.customer))
    return Report(
        name="visit-due",
        title=msg(N_("To be contacted until {day}"), day=until.isoformat()),
        columns=COLUMNS,
        rows=[(*row[:4], *row[5:8], row.late(r.today), row.ref) for row in found],
        as_of=r.today.isoformat(),
        empty=msg(N_("Nobody is to be contacted until {day}."), day=until.isoformat()),
        beyond_own=any(row.staff_id not in r.actor.team for row in found),
    )


def _first(moments: dict[DueKind, list[Moment]], limit: int | None) -> dict[DueKind, list[Moment]]:
    """The moments due by the day of the `limit`-th of them."""
    days = sorted(moment[0] for some in moments.values() for moment in some)
    if not limit or len(days) <= limit:
        return moments
    return {kind: [moment for moment in some if moment[0] <= days[limit - 1]] for kind, some in moments.items()}


def last_delivery(r: Reader, customer_id: int, day: date) -> date | None:
    """When something was last delivered to a customer before a day. VIS-05."""
    sql = """SELECT max(kept_delivered_on) FROM sales_order WHERE customer_id = :id AND kept_delivered_on <= :day
             AND state IN ('confirmed', 'closed')"""
    found = r.value(sql, id=customer_id, day=day)
    return date.fromisoformat(found) if found else None
