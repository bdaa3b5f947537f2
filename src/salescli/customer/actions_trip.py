"""Writes of trips: prepared, reported day by day, ended (VIS-03, X-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from salescli.core import context
from salescli.core.access import require
from salescli.core.errors import Kind, fail, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.report import Done
from salescli.core.text import NOTE, clean, clean_or_none
from salescli.customer import reads_trip, rules_trip
from salescli.customer.tables_trip import Trip, TripReport

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.writer import Writer


def add(w: Writer, place: str, since: date, until: date, purpose: str, preparation: str | None = None, *, phoned: bool = False) -> Done:
    """Enter a trip of one's own, with what it is prepared with and whether the customers were told by telephone. VIS-03.

    Raises SalesError: 2 no text, or an end before the beginning, 4 days of another trip.
    """
    require(w.actor, "customer.edit", w.verb)
    raise_if(rules_trip.check_trip(since, until, reads_trip.overlapping(w.reader, w.actor.id, since, until)))
    row = w.add(
        Trip(
            number=w.number("TR"), staff_id=w.actor.id, since=since, until=until, place=clean(place, C_("place")),
            purpose=clean(purpose, C_("purpose"), NOTE, lines=True),
            preparation=clean_or_none(preparation, C_("preparation"), NOTE, lines=True), phoned_on=w.today if phoned else None,
        )
    )  # fmt: skip
    text = N_("trip {number} to {place}, {since} to {until}")
    limit = w.policy("visit.trip_report_time").strftime("%H:%M")
    return Done(
        msg(text, number=row.number, place=row.place, since=since.isoformat(), until=until.isoformat()),
        row.number,
        next=(f"salescli trip report TEXT --trip {row.number}",),
        facts={"report_before": limit},
        warnings=(*rules_trip.warn_begun(since, w.today), *([] if phoned else [rules_trip.warn_not_phoned(row.number)])),
    )


def phoned(w: Writer, number: str) -> Done:
    """Note that the customers were told by telephone. VIS-03. Raises SalesError: 3 no such trip, 7 somebody else's."""
    row = _own(w, number)
    row.phoned_on = row.phoned_on or w.today
    w.session.flush()
    w.document = row.number
    return Done(msg(N_("{number}: the customers are told"), number=row.number), row.number)


def report(w: Writer, number: str | None, text: str, day: date | None = None) -> Done:
    """Hand in the report of a day on the road, stamped with day and time; from 21:00 on it is late. VIS-03, X-13.

    Without a number it is the trip one is on. Raises SalesError: 2 no text, or no day of the trip, 3 no such trip, 4 a day ahead,
    6 reported already, 7 somebody else's.
    """
    about = day or w.today
    row = _own(w, number or _current(w, about))
    raise_if(rules_trip.check_report(row.number, rules_trip.Span(row.since, row.until, row.ended_on), about, w.today))
    assert row.id is not None
    if w.session.exec(select(TripReport).where(TripReport.trip_id == row.id, TripReport.day == about)).first():
        text = N_("{number}: the report of {day} is handed in already")
        hint = N_("read it: salescli trip show {number}")
        fail("reported", text, kind=Kind.STATE, rule="VIS-03", hint=hint, number=row.number, day=about.isoformat())
    at = context.clock_time()
    w.add(TripReport(trip_id=row.id, day=about, filed_on=w.today, filed_at=at, text=clean(text, C_("report"), NOTE, lines=True)))
    limit = w.policy("visit.trip_report_time", about)
    late = rules_trip.is_late(about, w.today, at, limit)
    w.document = row.number
    return Done(
        msg(N_("{number}: the report of {day} is handed in at {at}"), number=row.number, day=about.isoformat(), at=at),
        row.number,
        facts={"late": late},
        warnings=(rules_trip.warn_late(about, limit),) if late else (),
    )


def _current(w: Writer, day: date) -> str:
    found = reads_trip.trip_on(w.reader, w.actor.id, day)
    if found is None:
        text, hint = N_("{staff} is on no trip on {day}"), N_("salescli trip list")
        fail("not_on_trip", text, kind=Kind.NOT_FOUND, rule="VIS-03", hint=hint, staff=w.actor.code, day=day.isoformat())
    return found


def end(w: Writer, number: str, result: str | None = None, day: date | None = None) -> Done:
    """Note that a trip is over and what came of it; back earlier, no more reports are asked for. VIS-03.

    Raises SalesError: 2 a day before it began or ahead, 3 no such trip, 6 ended already, 7 somebody else's.
    """
    row = _own(w, number)
    last = day or min(w.today, row.until)
    if row.ended_on is not None:
        fail("trip_ended", N_("{number} ended on {day} already"), kind=Kind.STATE, rule="VIS-03",
             hint=N_("read it: salescli trip show {number}"), number=row.number,
             day=row.ended_on.isoformat())  # fmt: skip
    if last < row.since or last > w.today:
        text = N_("{number} cannot end on {day}: it began on {since}, and today is {today}")
        fail("trip_end", text, kind=Kind.USAGE, rule="VIS-03", number=row.number, day=last.isoformat(), since=row.since.isoformat(),
             today=w.today.isoformat())  # fmt: skip
    row.ended_on, row.result = last, clean_or_none(result, C_("result"), NOTE, lines=True)
    w.session.flush()
    w.document = row.number
    absent = reads_trip.trip_of(w.reader, row.number)
    days = [d.isoformat() for d in reads_trip.missing(absent, reads_trip.days_of(w.reader, absent), w.today)]
    return Done(
        msg(N_("{number} is over"), number=row.number),
        row.number,
        next=tuple(f"salescli trip report TEXT --trip {row.number} --on {d}" for d in days),
        facts={"missing": days},
    )


def _own(w: Writer, number: str) -> Trip:
    """One's own trip. Raises SalesError: 3 no such trip, 7 somebody else's."""
    found = reads_trip.trip_of(w.reader, number)
    if found.staff_id != w.actor.id:
        text = N_("{number} is the trip of {staff}")
        hint = N_("your own: salescli trip list")
        fail("not_your_trip", text, kind=Kind.FORBIDDEN, rule="VIS-03", hint=hint, number=found.number, staff=found.staff)
    return w.get(Trip, found.id)
