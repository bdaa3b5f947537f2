"""Decisions about meetings and talks: which are due on a day, who is owed a talk (VIS-10..12, X-14)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from salescli.core.dates import end_of_month
from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import N_
from salescli.customer.states_work import MeetingKind

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SUNDAY = 6


def meetings_due(day: date, morning: str, summary: str, sales: Sequence[int], *, works: bool) -> list[MeetingKind]:
    """The meetings a day asks for: mornings (`daily` leaves out Sundays, `workdays` the free days), the weekly one, the sales ones.

    A sales day the month does not have is its last one. VIS-10, VIS-12.
    """
    found = []
    if (morning == "daily" and day.weekday() != SUNDAY) or (morning == "workdays" and works):
        found.append(MeetingKind.MORNING)
    if summary == WEEKDAYS[day.weekday()]:
        found.append(MeetingKind.WRAPUP)
    last = end_of_month(day).day
    if day.day in {min(wanted, last) for wanted in sales}:
        found.append(MeetingKind.SALES)
    return found


def talks_expected(day: date, least: int) -> int:
    """How many one-to-one talks of the month should have been held by a day: the share of the month that is over, rounded down. VIS-11."""
    return least * day.day // end_of_month(day).day


def check_held(day: date, today: date) -> list[Problem]:
    """A meeting or talk is recorded when it has been held. VIS-10, VIS-11."""
    if day <= today:
        return []
    text = N_("{day} lies in the future; it is recorded when it was held")
    return [problem("future_meeting", text, rule="VIS-10", hint=N_("record it afterwards"), day=day.isoformat())]


def check_talk(leader: str, staff: str, *, below: bool) -> list[Problem]:
    """A leader talks with one of his people. VIS-11."""
    if below:
        return []
    text = N_("{staff} is not of {leader}'s team")
    hint = N_("your people: salescli staff tree")
    return [problem("not_your_team", text, kind=Kind.FORBIDDEN, rule="VIS-11", hint=hint, staff=staff, leader=leader)]
