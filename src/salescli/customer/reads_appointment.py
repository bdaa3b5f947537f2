"""Appointments and how far they are prepared (VIS-04, PLN-07)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, msg
from salescli.core.lookup import find, find_optional
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report

if TYPE_CHECKING:
    from salescli.core.dates import Period
    from salescli.core.reader import Reader

COLUMNS = (
    Column("number", N_("Appointment")),
    Column("date", N_("Date"), "date"),
    Column("time", N_("Time"), "time"),
    Column("staff", N_("Staff")),
    Column("joint", N_("With")),
    Column("customer", N_("Customer")),
    Column("name", N_("Name")),
    Column("place", N_("Place")),
    Column("contact", N_("Person met")),
    Column("purpose", N_("Purpose")),
    Column("ready", N_("Ready"), "int"),
    Column("items", N_("To prepare"), "int"),
    Column("state", N_("State"), "code"),
    Column("visit", N_("Record")),
)


class Appointment(NamedTuple):
    """An appointment with its people; ids first."""

    id: int
    staff_id: int
    joint_id: int | None
    number: str
    day: str
    time: str | None
    staff: str
    joint: str | None
    customer: str
    name: str
    place: str | None
    contact: str | None
    purpose: str
    ready: int
    items: int
    state: str
    visit: str | None


_LIST = """
SELECT a.id, a.staff_id, a.joint_id, a.number, a.day, a.time, s.code, j.code, c.code, c.name, a.place, a.contact, a.purpose,
       (SELECT count(*) FROM appointment_item x WHERE x.appointment_id = a.id AND x.ready = 1),
       (SELECT count(*) FROM appointment_item x WHERE x.appointment_id = a.id), a.state, i.number
FROM appointment a JOIN staff s ON s.id = a.staff_id JOIN customer c ON c.id = a.customer_id
LEFT JOIN staff j ON j.id = a.joint_id LEFT JOIN interaction i ON i.id = a.interaction_id
WHERE {terms} ORDER BY a.day, a.time IS NULL, a.time, a.number"""


def appointments(r: Reader, terms: str, **params: Any) -> list[Appointment]:
    """Appointments by SQL terms on a.*."""
    return r.rows(Appointment, _LIST.format(terms=terms), **params)


def whose(r: Reader) -> str:
    """SQL: an appointment of somebody the reader sees, or one he comes along to."""
    return f"({condition(r.actor, 'customers', 'a.staff_id')} OR a.joint_id = {r.actor.id:d})"


def appointment_of(r: Reader, number: str) -> Appointment:
    """The appointment of that number. Raises SalesError (exit 3)."""
    found = appointments(r, f"a.number = :number AND {whose(r)}", number=number.strip().upper())
    if not found:
        hint = N_("salescli visit appointments")
        fail("appointment_not_found", N_("there is no appointment {number}"), kind=Kind.NOT_FOUND, hint=hint, number=number)
    return found[0]


def listing(
    r: Reader, span: Period | None = None, staff: str | None = None, customer: str | None = None, state: str | None = "planned"
) -> Report:
    """Appointments by day; `state` None: kept and called-off ones as well. VIS-04."""
    owner, params = find_optional(r, "staff", staff), dict[str, Any]()
    terms = [whose(r)] + ([f"(a.staff_id = {owner.id:d} OR a.joint_id = {owner.id:d})"] if owner else [])
    if span is not None:
        terms.append("a.day BETWEEN :start AND :end")
        params |= {"start": span.start, "end": span.end}
    if customer is not None:
        terms.append(f"a.customer_id = {find(r, 'customer', customer).id:d}")
    if state is not None:
        terms.append("a.state = :state")
        params |= {"state": state}
    found = appointments(r, " AND ".join(terms), **params)
    return Report(
        name="visit-appointments",
        title=msg(N_("Appointments")),
        columns=COLUMNS,
        rows=[row[3:] for row in found],
        as_of=r.today.isoformat(),
        empty=msg(N_("No appointment here. Make one: salescli visit appoint CUSTOMER --on DAY --purpose TEXT")),
        beyond_own=any(row.staff_id not in r.actor.team for row in found),
    )


ITEMS = (
    Column("no", N_("No."), "int"),
    Column("kind", N_("Kind"), "code"),
    Column("text", N_("What")),
    Column("ready", N_("Ready"), "bool"),
)


def checklist(r: Reader, number: str) -> Report:
    """What an appointment is prepared with, item by item. VIS-04."""
    found = appointment_of(r, number)
    sql = "SELECT position, kind, text, ready FROM appointment_item WHERE appointment_id = :id ORDER BY position"
    return Report(
        name="visit-checklist",
        title=msg(N_("{number}: {customer} {name} on {day}: {purpose}"), number=found.number, customer=found.customer, name=found.name,
                  day=found.day, purpose=found.purpose),
        columns=ITEMS,
        rows=r.tuples(sql, id=found.id),
        as_of=r.today.isoformat(),
        beyond_own=found.staff_id not in r.actor.team,
    )  # fmt: skip
