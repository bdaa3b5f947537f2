"""Decisions about trips: when a day's report is late, which days need one (VIS-03, X-13)."""

from __future__ import annotations

from datetime import date, time, timedelta

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import N_
from salescli.core.record import NamedTuple


class Span(NamedTuple):
    """The days of a trip; `ended` is the day it really ended."""

    since: date
    until: date
    ended: date | None = None

    @property
    def last(self) -> date:
        """The last day on the road."""
        return self.until if self.ended is None else self.ended

    def contains(self, day: date) -> bool:
        """Whether the day is one on the road."""
        return self.since <= day <= self.last


def is_late(day: date, filed_on: date, filed_at: str, limit: time) -> bool:
    """Whether a report of `day` came at or after the limit of that day: "before 21:00". VIS-03."""
    return filed_on > day or (filed_on == day and filed_at >= limit.strftime("%H:%M"))


def days_to_report(trip: Span, reported: set[date], day: date) -> list[date]:
    """Days on the road up to `day` without a report. VIS-03."""
    last = min(trip.last, day)
    days = [trip.since + timedelta(n) for n in range((last - trip.since).days + 1)]
    return [d for d in days if d not in reported]


def check_trip(since: date, until: date, overlapping: str | None) -> list[Problem]:
    """A trip ends after it starts, and nobody is on two at once. VIS-03."""
    found = []
    if until < since:
        text = N_("the trip would end on {until}, before it begins on {since}")
        found.append(problem("trip_backwards", text, kind=Kind.USAGE, rule="VIS-03", since=since.isoformat(), until=until.isoformat()))
    if overlapping:
        text = N_("these days belong to the trip {number} already")
        found.append(problem("trip_overlaps", text, rule="VIS-03", hint=N_("look at it: salescli trip show {number}"), number=overlapping))
    return found


def warn_begun(since: date, today: date) -> list[Problem]:
    """Warning: a trip is prepared before it begins. VIS-03."""
    if since >= today:
        return []
    text = N_("the trip began on {since}: it is prepared and entered before it starts")
    return [problem("trip_late", text, rule="VIS-03", since=since.isoformat())]


def check_report(number: str, trip: Span, day: date, today: date) -> list[Problem]:
    """A report is about a day on the road that has come. VIS-03."""
    if not trip.contains(day):
        text = N_("{day} is no day of the trip {number}, {since} to {until}")
        return [problem("not_on_trip", text, kind=Kind.USAGE, rule="VIS-03", number=number, day=day.isoformat(),
                        since=trip.since.isoformat(), until=trip.last.isoformat())]  # fmt: skip
    if day > today:
        text = N_("{day} has not come yet")
        return [problem("future_report", text, rule="VIS-03", hint=N_("report it on {day}"), day=day.isoformat())]
    return []


def warn_late(day: date, limit: time) -> Problem:
    """Warning: the report of a day came after its time. VIS-03."""
    text = N_("the report of {day} is late: it was due before {limit}")
    return problem("report_late", text, rule="VIS-03", day=day.isoformat(), limit=limit.strftime("%H:%M"))


def warn_not_phoned(number: str) -> Problem:
    """Warning: nobody has telephoned ahead. VIS-03."""
    text = N_("nobody was telephoned ahead for {number}")
    return problem("not_phoned", text, rule="VIS-03", hint=N_("once it is done: salescli trip phoned {number}"), number=number)
