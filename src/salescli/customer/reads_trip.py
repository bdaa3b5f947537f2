"""Trips and their daily reports (VIS-03, RPT-02)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.lookup import find_optional
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.customer.rules_trip import Span, days_to_report, is_late

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salescli.core.dates import Period
    from salescli.core.reader import Reader

COLUMNS = (
    Column("number", N_("Trip")),
    Column("staff", N_("Staff")),
    Column("since", N_("From"), "date"),
    Column("until", N_("Last day"), "date"),
    Column("place", N_("Place")),
    Column("purpose", N_("Purpose")),
    Column("phoned", N_("Phoned ahead"), "date"),
    Column("reports", N_("Reports"), "int"),
    Column("late", N_("Late"), "int", total=True),
    Column("missing", N_("Missing"), "int", total=True),
    Column("visits", N_("Visits"), "int", total=True),
    Column("ended", N_("Ended"), "date"),
)


class Trip(NamedTuple):
    """A trip with whose it is."""

    id: int
    number: str
    staff_id: int
    staff: str
    since: str
    until: str
    place: str
    purpose: str
    preparation: str | None
    phoned: str | None
    ended: str | None
    result: str | None

    @property
    def span(self) -> Span:
        """Its days."""
        ended = date.fromisoformat(self.ended) if self.ended else None
        return Span(date.fromisoformat(self.since), date.fromisoformat(self.until), ended)


class TripDay(NamedTuple):
    """The report of one day on the road."""

    day: str
    filed_on: str
    filed_at: str
    text: str


_TRIPS = """
SELECT t.id, t.number, t.staff_id, s.code, t.since, t.until, t.place, t.purpose, t.preparation, t.phoned_on, t.ended_on, t.result
FROM trip t JOIN staff s ON s.id = t.staff_id WHERE {terms} ORDER BY t.since DESC, t.id DESC"""


def trips(r: Reader, terms: str, **params: Any) -> list[Trip]:
    """Trips by SQL terms on t.*."""
    return r.rows(Trip, _TRIPS.format(terms=terms), **params)


def trip_of(r: Reader, number: str) -> Trip:
    """The trip of that number, of somebody the reader sees. Raises SalesError (exit 3)."""
    found = trips(r, f"t.number = :number AND {condition(r.actor, 'customers', 't.staff_id')}", number=number.strip().upper())
    if not found:
        fail("trip_not_found", N_("there is no trip {number}"), kind=Kind.NOT_FOUND, hint=N_("salescli trip list"), number=number)
    return found[0]


def trip_on(r: Reader, staff_id: int, day: date) -> str | None:
    """The number of the trip somebody is on. VIS-03."""
    sql = "SELECT number FROM trip WHERE staff_id = :staff AND until >= :day AND since <= :day AND coalesce(ended_on, until) >= :day"
    found: str | None = r.value(sql, staff=staff_id, day=day)
    return found


def overlapping(r: Reader, staff_id: int, since: date, until: date) -> str | None:
    """The number of another trip in these days. VIS-03."""
    sql = "SELECT number FROM trip WHERE staff_id = :staff AND until >= :since AND since <= :until AND coalesce(ended_on, until) >= :since"
    found: str | None = r.value(sql, staff=staff_id, since=since, until=until)
    return found


def days_of(r: Reader, trip: Trip) -> list[TripDay]:
    """Its reports, by day."""
    return r.rows(TripDay, "SELECT day, filed_on, filed_at, text FROM trip_report WHERE trip_id = :id ORDER BY day", id=trip.id)


def late(r: Reader, filed: TripDay) -> bool:
    """Whether a report came after its time, by the office's limit of that day. VIS-03."""
    day, on = date.fromisoformat(filed.day), date.fromisoformat(filed.filed_on)
    return is_late(day, on, filed.filed_at, r.policy("visit.trip_report_time", day))


def missing(trip: Trip, filed: Iterable[TripDay], day: date) -> list[date]:
    """Days on the road, up to a day, nobody has reported on. VIS-03."""
    return days_to_report(trip.span, {date.fromisoformat(d.day) for d in filed}, day)


def listing(r: Reader, span: Period | None = None, staff: str | None = None, *, open_only: bool = False) -> Report:
    """Trips, the newest first, with reports late and missing. VIS-03, RPT-02."""
    owner, params = find_optional(r, "staff", staff), {}
    terms = [condition(r.actor, "customers", "t.staff_id")] + ([f"t.staff_id = {owner.id:d}"] if owner else [])
    if span is not None:
        terms.append("t.since <= :end AND t.until >= :start")
        params = {"start": span.start, "end": span.end}
    if open_only:
        terms.append("t.ended_on IS NULL")
    found = trips(r, " AND ".join(terms), **params)
    return Report(
        name="trip-list",
        title=msg(N_("Trips")),
        columns=COLUMNS,
        rows=[_row(r, trip) for trip in found],
        as_of=r.today.isoformat(),
        empty=msg(N_("No trip here. Enter one: salescli trip add PLACE --from DAY --to DAY --purpose TEXT")),
        beyond_own=any(trip.staff_id not in r.actor.team for trip in found),
    )


def _row(r: Reader, trip: Trip) -> tuple[Any, ...]:
    filed = days_of(r, trip)
    visits = r.value("SELECT count(*) FROM interaction WHERE trip = :number AND channel = 'visit'", number=trip.number)
    known = (trip.number, trip.staff, trip.since, trip.until, trip.place, trip.purpose, trip.phoned)
    absent = [day for day in missing(trip, filed, r.today) if day < r.today]
    return (*known, len(filed), sum(late(r, d) for d in filed), len(absent), visits, trip.ended)


DAYS = (
    Column("date", N_("Date"), "date"),
    Column("state", N_("State"), "code"),
    Column("filed_on", N_("Handed in"), "date"),
    Column("filed_at", N_("At"), "time"),
    Column("visits", N_("Visits"), "int", total=True),
    Column("text", N_("Report")),
)
IN_TIME, LATE, MISSING, DUE = C_("in_time"), C_("late"), C_("missing"), C_("due")


def detail(r: Reader, number: str) -> Report:
    """One trip day by day: reported in time, late, or missing. VIS-03."""
    trip = trip_of(r, number)
    filed = {d.day: d for d in days_of(r, trip)}
    sql = "SELECT day, count(*) FROM interaction WHERE trip = :number AND channel = 'visit' GROUP BY day"
    visits = dict(r.tuples(sql, number=trip.number))
    absent = {day.isoformat() for day in missing(trip, filed.values(), r.today)}
    rows = [_day(r, day, filed.get(day), visits.get(day, 0)) for day in sorted(absent | filed.keys())]
    return Report(
        name="trip-show",
        title=msg(N_("Trip {number} of {staff}: {place}, {since} to {until}"), number=trip.number, staff=trip.staff, place=trip.place,
                  since=trip.since, until=trip.span.last.isoformat()),
        columns=DAYS,
        rows=rows,
        notes=tuple(_notes(trip)),
        as_of=r.today.isoformat(),
        empty=msg(N_("The trip has not begun.")),
        beyond_own=trip.staff_id not in r.actor.team,
    )  # fmt: skip


def _day(r: Reader, day: str, filed: TripDay | None, visits: int) -> tuple[Any, ...]:
    if filed is None:
        return (day, MISSING if day < r.today.isoformat() else DUE, None, None, visits, None)
    return (day, LATE if late(r, filed) else IN_TIME, filed.filed_on, filed.filed_at, visits, filed.text)


def _notes(trip: Trip) -> Iterable[Message]:
    yield msg(N_("purpose: {text}"), text=trip.purpose)
    if trip.preparation:
        yield msg(N_("preparation: {text}"), text=trip.preparation)
    yield msg(N_("telephoned ahead on {day}"), day=trip.phoned) if trip.phoned else msg(N_("nobody was telephoned ahead"))
    if trip.result:
        yield msg(N_("result: {text}"), text=trip.result)
