"""Contacts with customers and leads: lists, one record, what a customer has behind him (VIS-01, VIS-06, CUS-01, CUS-09)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, msg
from salescli.core.lookup import find
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.customer.rules_visit import days_late

if TYPE_CHECKING:
    from salescli.core.dates import Period
    from salescli.core.reader import Reader

LIST = (
    Column("number", N_("Record")),
    Column("date", N_("Date"), "date"),
    Column("time", N_("Time"), "time"),
    Column("channel", N_("Channel"), "code"),
    Column("staff", N_("Staff")),
    Column("customer", N_("Customer")),
    Column("name", N_("Name")),
    Column("need", N_("Need")),
    Column("next", N_("Next contact"), "date"),
    Column("joint", N_("With")),
    Column("review", N_("Review"), "code"),
    Column("late_days", N_("Days late"), "int"),
)


class Wanted(NamedTuple):
    """Which records a list holds; None narrows nothing. Staff and customer as people type them."""

    period: Period | None = None
    staff: str | None = None
    customer: str | None = None
    channel: str | None = None
    review: str | None = None
    joint: bool = False


class _Row(NamedTuple):
    number: str
    day: str
    time: str | None
    channel: str
    staff: str
    customer: str | None
    name: str | None
    need: str | None
    next_on: str | None
    joint: str | None
    review: str
    entered: str
    trip: str | None
    staff_id: int


WRITTEN = "CASE WHEN i.import_id IS NULL THEN i.entered ELSE i.day END"
"""The day a record was due to be written: what was done elsewhere came in time, whenever it was imported."""

_LIST = """
SELECT i.number, i.day, i.time, i.channel, s.code, coalesce(c.code, i.lead_number), coalesce(c.name, l.company, l.name), i.need,
       i.next_on, j.code, i.review, {written}, i.trip, i.staff_id
FROM (SELECT i.id FROM interaction i WHERE {terms} ORDER BY i.day DESC, i.id DESC {limit}) found
JOIN interaction i ON i.id = found.id
JOIN staff s ON s.id = i.staff_id
LEFT JOIN customer c ON c.id = i.customer_id
LEFT JOIN lead l ON l.number = i.lead_number
LEFT JOIN staff j ON j.id = i.joint_id
ORDER BY i.day DESC, i.id DESC"""


def listing(r: Reader, wanted: Wanted, limit: int | None = None) -> Report:
    """Contacts of the people one sees, and all those of one customer one sees, newest first. VIS-01."""
    terms, params = _where(r, wanted)
    cut = "LIMIT :limit" if limit is not None else ""
    if limit is not None:
        params["limit"] = max(limit, 0)
    rows = r.rows(_Row, _LIST.format(terms=" AND ".join(terms), limit=cut, written=WRITTEN), **params)
    return Report(
        name="visit-list",
        title=msg(N_("Visits and calls")),
        columns=LIST,
        rows=[_cells(row) for row in rows],
        as_of=r.today.isoformat(),
        empty=msg(N_("No contact is recorded here. Record one: salescli visit add CUSTOMER --need … --feedback … --step … --next DAY")),
        beyond_own=any(row.staff_id not in r.actor.team for row in rows),
    )


def _where(r: Reader, wanted: Wanted) -> tuple[list[str], dict[str, Any]]:
    """A customer one sees brings all his records, whoever wrote them: history goes with the customer."""
    params: dict[str, Any] = {}
    if wanted.customer is not None:
        terms = ["i.customer_id = :customer"]
        params["customer"] = find(r, "customer", wanted.customer).id
    else:
        terms = [condition(r.actor, "customers", "i.staff_id")]
    if wanted.period is not None:
        terms.append("i.day BETWEEN :start AND :end")
        params |= {"start": wanted.period.start, "end": wanted.period.end}
    if wanted.staff is not None:
        terms.append("i.staff_id = :staff")
        params["staff"] = find(r, "staff", wanted.staff).id
    for column in ("channel", "review"):
        value = getattr(wanted, column)
        if value is not None:
            terms.append(f"i.{column} = :{column}")
            params[column] = value
    return [*terms, *(["i.joint_id IS NOT NULL"] if wanted.joint else [])], params


def _cells(row: _Row) -> tuple[Any, ...]:
    late = days_late(date.fromisoformat(row.day), date.fromisoformat(row.entered), row.channel, on_trip=row.trip is not None)
    return (*row[:11], late)


# --- one record ---------------------------------------------------------------------------------------------------------------

SHOW = (
    Column("number", N_("Record")),
    Column("date", N_("Date"), "date"),
    Column("time", N_("Time"), "time"),
    Column("channel", N_("Channel"), "code"),
    Column("staff", N_("Staff")),
    Column("customer", N_("Customer")),
    Column("name", N_("Name")),
    Column("contact", N_("Person met")),
    Column("minutes", N_("Minutes"), "int"),
    Column("joint", N_("With")),
    Column("trip", N_("Trip")),
    Column("in_depth", N_("In-depth"), "bool"),
    Column("purpose", N_("Purpose")),
    Column("preparation", N_("Preparation")),
    Column("content", N_("Talk")),
    Column("need", N_("Need")),
    Column("feedback", N_("Feedback")),
    Column("problem", N_("Problem")),
    Column("complaint", N_("Complaint")),
    Column("next_step", N_("Next step")),
    Column("next", N_("Next contact"), "date"),
    Column("document", N_("Document")),
    Column("usage", N_("How it is used")),
    Column("opinion", N_("Opinion")),
    Column("know_how", N_("Know-how told")),
    Column("services", N_("New services")),
    Column("events", N_("Events")),
    Column("advice", N_("Advice")),
    Column("request", N_("Wish")),
    Column("hope", N_("Hope")),
    Column("answer", N_("Answer")),
    Column("solved", N_("Solved"), "bool"),
    Column("review", N_("Review"), "code"),
    Column("reviewed_by", N_("Reviewed by")),
    Column("review_note", N_("Reason")),
    Column("entered", N_("Entered"), "date"),
    Column("entered_by", N_("Entered by")),
    Column("late_days", N_("Days late"), "int"),
)

_SHOW = f"""
SELECT i.number, i.day, i.time, i.channel, s.code, coalesce(c.code, i.lead_number), coalesce(c.name, l.company, l.name), i.contact,
       i.minutes, j.code, i.trip, i.in_depth, i.purpose, i.preparation, i.content, i.need, i.feedback, i.problem,
       i.complaint, i.next_step, i.next_on, i.document, a.usage, a.opinion, a.know_how, a.services,
       a.events, a.advice, a.request, a.hope, a.answer, a.solved,
       i.review, v.code, i.review_note, i.entered, CASE WHEN i.entered_by <> i.staff_id THEN e.code END, {WRITTEN}
FROM interaction i
JOIN staff s ON s.id = i.staff_id
LEFT JOIN customer c ON c.id = i.customer_id
LEFT JOIN lead l ON l.number = i.lead_number
LEFT JOIN staff j ON j.id = i.joint_id
LEFT JOIN staff v ON v.id = i.reviewed_by
LEFT JOIN staff e ON e.id = i.entered_by
LEFT JOIN after_sales_call a ON a.interaction_id = i.id
WHERE i.id = :id"""


class Key(NamedTuple):
    """A record's row: id, number, author, customer, his owner."""

    id: int
    number: str
    staff_id: int
    customer_id: int | None
    owner_id: int | None


_KEY = """SELECT i.id, i.number, i.staff_id, i.customer_id, c.staff_id FROM interaction i LEFT JOIN customer c ON c.id = i.customer_id
          WHERE i.number = :number AND ({author} OR {owner})"""


def key_of(r: Reader, number: str) -> Key:
    """The record of that number, of somebody or about a customer the reader sees. Raises SalesError (exit 3)."""
    typed = number.strip().upper()
    sql = _KEY.format(author=condition(r.actor, "customers", "i.staff_id"), owner=condition(r.actor, "customers", "c.staff_id"))
    found = r.first(Key, sql, number=typed)
    if found is None:
        hint = N_("salescli visit list")
        fail("visit_not_found", N_("there is no record {number}"), kind=Kind.NOT_FOUND, hint=hint, number=typed or number)
    return found


def detail(r: Reader, number: str) -> Report:
    """One record with all its fields. VIS-01, F-06, F-08."""
    key = key_of(r, number)
    ((*row, written),) = r.tuples(_SHOW, id=key.id)
    late = days_late(date.fromisoformat(row[1]), date.fromisoformat(written), row[3], on_trip=row[10] is not None)
    title = msg(N_("{number}: {channel:code} on {day}"), number=row[0], channel=row[3], day=row[1])
    beyond = key.staff_id not in r.actor.team and key.owner_id not in r.actor.team
    return Report("visit-show", title, SHOW, [(*row, late)], as_of=r.today.isoformat(), beyond_own=beyond, record=True)
