"""Who is to be spoken to: next contacts, first calls, revisits, services, surveys, reorders (VIS-05..08, CUS-08, CUS-11, CUS-13).

Each kind is one query over the owner's customers that ends in an index, so that a day list does not grow with the book.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.dates import days_between
from salescli.core.i18n import N_, msg
from salescli.core.lookup import find_optional
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.customer.reads_plan import plan_of
from salescli.customer.rules_care import order_cycle
from salescli.customer.rules_visit import first_call_window
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


def _made(*values: Any) -> Due:
    return Due(*values)


Find = Callable[["Reader", str, date], Iterable[Due]]
"""Reads one kind: the reader, SQL on `c.staff_id` or `o.staff_id` written as {column}, the day until which it falls due."""

_CUSTOMER = "FROM customer c JOIN staff s ON s.id = c.staff_id WHERE c.archived_on IS NULL"


def next_contacts(r: Reader, whose: str, until: date) -> list[Due]:
    """The next contact agreed on, or set by the rhythm, has come. VIS-08."""
    sql = f"""SELECT '{DueKind.NEXT_CONTACT}', c.code, c.name, s.code, c.staff_id, c.kept_contact_on, c.kept_next_on, c.kept_next_on
              {_CUSTOMER} AND c.kept_next_on <= :until AND {whose.format(column="c.staff_id")} ORDER BY c.kept_next_on, c.code"""
    return r.rows(_made, sql, until=until)


def revisits(r: Reader, whose: str, until: date) -> list[Due]:
    """Nobody has been in touch for longer than the class's interval, and no next day is due anyway. VIS-07, CUS-10."""
    plan = plan_of(r, until)
    cutoff, params = plan.cutoff(until, "c.customer_class")
    sql = f"""SELECT c.code, c.name, s.code, c.staff_id, coalesce(c.kept_contact_on, c.owner_since, c.created), c.customer_class {_CUSTOMER}
              AND (c.kept_next_on IS NULL OR c.kept_next_on > :until)
              AND coalesce(c.kept_contact_on, c.owner_since, c.created) <= {cutoff} AND {whose.format(column="c.staff_id")}"""
    found = []
    for code, name, staff, staff_id, since, customer_class in r.tuples(sql, until=until, **params):
        due = (date.fromisoformat(since) + timedelta(plan.days(customer_class))).isoformat()
        found.append(Due(DueKind.REVISIT, code, name, staff, staff_id, since, due, due))
    return sorted(found, key=lambda row: (row.due, row.customer))


_HANDED_OVER = """
SELECT c.code, c.name, s.code, s.id, o.kept_delivered_on, o.number,
       (SELECT max(i.day) FROM interaction i
        WHERE i.customer_id = o.customer_id AND i.day > o.kept_delivered_on AND i.channel = 'after_sales' AND i.review <> 'rejected')
FROM sales_order o JOIN customer c ON c.id = o.customer_id JOIN staff s ON s.id = {caller}
WHERE o.kept_delivered_on BETWEEN :first AND :last AND o.state IN ('confirmed', 'closed') AND c.archived_on IS NULL AND {whose}"""


def first_calls(r: Reader, whose: str, until: date) -> list[Due]:
    """Delivered in full, and no after-sales call since: due from day 3, late after day 7; one line per customer. VIS-05.

    The taker of the order calls; once he is gone, the customer's owner. Further back than `followup.look_back_days` nobody asks any more.
    """
    least, most, back = (r.policy(f"followup.{key}", until) for key in ("first_min_days", "first_max_days", "look_back_days"))
    found: dict[str, Due] = {}
    days = {"first": until - timedelta(back), "last": until - timedelta(least)}
    gone = r.column("SELECT id FROM staff WHERE left_on < :until", until=until)
    among = f"IN ({', '.join(map(str, gone)) or '0'})"
    taken = f"o.staff_id NOT {among} AND {whose.format(column='o.staff_id')}"
    rows = r.tuples(_HANDED_OVER.format(caller="o.staff_id", whose=taken), **days)
    if gone:  # the plus keeps the engine from going through all orders of all the owner's customers
        left = f"o.staff_id {among} AND {whose.format(column='+c.staff_id')}"
        rows += r.tuples(_HANDED_OVER.format(caller="c.staff_id", whose=left), **days)
    for code, name, staff, staff_id, delivered, number, called in sorted(rows, key=lambda row: (row[4], row[5])):
        window = first_call_window(date.fromisoformat(delivered), least, most)
        if code not in found and (called is None or called < window.earliest.isoformat()):
            when = (window.earliest.isoformat(), window.latest.isoformat())
            found[code] = Due(DueKind.FIRST_CALL, code, name, staff, staff_id, delivered, *when, number)
    return list(found.values())


def services(r: Reader, whose: str, until: date) -> list[Due]:
    """The next service a customer was told of. CUS-08."""
    sql = f"""SELECT '{DueKind.SERVICE}', c.code, c.name, s.code, c.staff_id, NULL, c.next_service_on, c.next_service_on {_CUSTOMER}
              AND c.next_service_on <= :until AND {whose.format(column="c.staff_id")} ORDER BY c.next_service_on, c.code"""
    return r.rows(_made, sql, until=until)


_BETWEEN = "BETWEEN :back AND :cutoff"
_UNASKED = f"""
SELECT c.code, c.name, s.code, c.staff_id,
       coalesce((SELECT max(v.day) FROM survey v WHERE v.customer_id = c.id), c.kept_first_order)
{_CUSTOMER} AND c.kept_first_order <= :cutoff AND c.kept_last_order >= :back
  AND NOT EXISTS (SELECT 1 FROM survey v WHERE v.customer_id = c.id AND v.day > :cutoff)
  AND (c.kept_first_order {_BETWEEN} OR c.kept_last_order {_BETWEEN} OR EXISTS (
       SELECT 1 FROM sales_order o WHERE o.customer_id = c.id AND o.state IN ('confirmed', 'closed') AND o.date {_BETWEEN}))
  AND {{whose}} ORDER BY 5, c.code"""


def surveys(r: Reader, whose: str, until: date) -> list[Due]:
    """Customers of the last year nobody asked how satisfied they are for `survey.every_days`. CUS-11."""
    every = r.policy("survey.every_days", until)
    cutoff = until - timedelta(every)
    sql = _UNASKED.format(whose=whose.format(column="c.staff_id"))
    rows = r.tuples(sql, cutoff=cutoff, back=cutoff - timedelta(SURVEYED_YEARS_BACK))
    return [_made(DueKind.SURVEY, *row, *[(date.fromisoformat(row[4]) + timedelta(every)).isoformat()] * 2) for row in rows]


# Days are kept as of the last order: only for a day before it the orders themselves are counted.
_RHYTHM = f"""
SELECT c.code, c.name, s.code, c.staff_id, c.kept_first_order, c.kept_last_order, c.kept_order_days, c.kept_contact_on
{_CUSTOMER} AND c.kept_order_days > 1 AND c.kept_last_order <= :until AND {{whose}}
UNION ALL
SELECT c.code, c.name, s.code, c.staff_id, b.first, b.last, b.days, c.kept_contact_on
FROM (SELECT o.customer_id, min(o.date) AS first, max(o.date) AS last, count(DISTINCT o.date) AS days FROM sales_order o
      WHERE o.customer_id IN (SELECT c.id FROM customer c WHERE c.archived_on IS NULL AND c.staff_id IS NOT NULL
                              AND c.kept_last_order > :until AND {{whose}})
        AND o.state IN ('confirmed', 'closed') AND o.date <= :until
      GROUP BY o.customer_id HAVING count(DISTINCT o.date) > 1) b
JOIN customer c ON c.id = b.customer_id JOIN staff s ON s.id = c.staff_id"""


def reorders(r: Reader, whose: str, until: date) -> list[Due]:
    """Customers whose next order is overdue by their own rhythm and to whom nobody has spoken since the reminder. CUS-13."""
    share = r.policy("reorder.reminder", until)
    found = []
    for code, name, staff, staff_id, first, last, days, spoken in r.tuples(
        _RHYTHM.format(whose=whose.format(column="c.staff_id")), until=until
    ):
        cycle = order_cycle(date.fromisoformat(first), date.fromisoformat(last), days, share)
        if cycle and cycle.remind <= until and (spoken is None or spoken < cycle.remind.isoformat()):
            found.append(Due(DueKind.REORDER, code, name, staff, staff_id, last, cycle.expected.isoformat(), cycle.remind.isoformat()))
    return sorted(found, key=lambda row: (row.due, row.customer))


KINDS: dict[DueKind, Find] = {
    DueKind.NEXT_CONTACT: next_contacts,
    DueKind.FIRST_CALL: first_calls,
    DueKind.REVISIT: revisits,
    DueKind.SERVICE: services,
    DueKind.SURVEY: surveys,
    DueKind.REORDER: reorders,
}

COLUMNS = (
    Column("kind", N_("Kind"), "code"),
    Column("customer", N_("Customer")),
    Column("name", N_("Name")),
    Column("staff", N_("Staff")),
    Column("since", N_("Since"), "date"),
    Column("earliest", N_("From"), "date"),
    Column("due", N_("Due"), "date"),
    Column("late_days", N_("Days late"), "int"),
    Column("ref", N_("Document")),
)


def due(r: Reader, kind: DueKind | None = None, staff: str | None = None, ahead: int = 0) -> Report:
    """Everybody to be spoken to until `ahead` days from today, the longest late first. VIS-05, VIS-07, VIS-08, CUS-08, CUS-11, CUS-13."""
    owner, until = find_optional(r, "staff", staff), r.today + timedelta(ahead)
    whose = condition(r.actor, "customers", "{column}") + (f" AND {{column}} = {owner.id:d}" if owner else "")
    found = [row for find_kind in ([KINDS[kind]] if kind else KINDS.values()) for row in find_kind(r, whose, until)]
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


def last_delivery(r: Reader, customer_id: int, day: date) -> date | None:
    """When something was last delivered to a customer before a day. VIS-05."""
    sql = """SELECT max(kept_delivered_on) FROM sales_order WHERE customer_id = :id AND kept_delivered_on <= :day
             AND state IN ('confirmed', 'closed')"""
    found = r.value(sql, id=customer_id, day=day)
    return date.fromisoformat(found) if found else None
