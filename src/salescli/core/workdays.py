"""Working days: the office's own table of days first, then the public calendar of China, else Monday to Friday (X-25).

A year the book holds (its 1 January stands there as a holiday) needs no library; a year nobody has data for is counted by the week alone
and can be warned about.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salescli.core.errors import Problem, problem
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from salescli.core.reader import Reader

SATURDAY = 5

_DAYS = "SELECT day, works FROM holiday WHERE day BETWEEN :start AND :end"


class Calendar:
    """Which days are worked; years are looked up when they are first asked for. `unknown` collects those without data."""

    def __init__(self, own: Callable[[int], Mapping[date, bool]], public: Callable[[int], Mapping[date, bool] | None]) -> None:
        self._own = own
        self._public = public
        self._years: dict[int, Mapping[date, bool]] = {}
        self.unknown: set[int] = set()

    def works(self, day: date) -> bool:
        """Whether the office works that day."""
        if day.year not in self._years:
            self._years[day.year] = self._load(day.year)
        return self._years[day.year].get(day, day.weekday() < SATURDAY)

    def _load(self, year: int) -> Mapping[date, bool]:
        own = self._own(year)
        if own.get(date(year, 1, 1)) is False:
            return own
        public = self._public(year)
        if public is None:
            self.unknown.add(year)
        return {**(public or {}), **own}

    def between(self, start: date, end: date) -> list[date]:
        """The working days from `start` to `end`, both included."""
        return [day for n in range((end - start).days + 1) if self.works(day := start + timedelta(n))]

    def add(self, start: date, days: int) -> date:
        """The day `days` working days after `start`; with 0 the first working day from `start` on."""
        day = start
        while days > 0 or not self.works(day):
            day += timedelta(1)
            days -= self.works(day)
        return day


def calendar(r: Reader) -> Calendar:
    """The office's calendar."""

    def own(year: int) -> dict[date, bool]:
        rows = r.tuples(_DAYS, start=date(year, 1, 1), end=date(year, 12, 31))
        return {date.fromisoformat(day): bool(works) for day, works in rows}

    return Calendar(own, public_days)


def public_days(year: int) -> dict[date, bool] | None:
    """The days of a year on which China works or rests against the week; None when the library does not know the year."""
    from chinese_calendar.constants import holidays, workdays

    found = {day: False for day in holidays if day.year == year} | {day: True for day in workdays if day.year == year}
    return found or None


def deadline(r: Reader, start: date, days: int, by: Calendar | None = None) -> date:
    """The last day in time, `days` after `start`: calendar days, or working days where `deadline.working_days` said so that day. X-25.

    A deadline once given stays: whoever asks takes `days` from the policy of the day it counts from. `by`: the calendar of somebody
    who asks for many days.
    """
    if not r.policy("deadline.working_days", start):
        return start + timedelta(days)
    return (by or calendar(r)).add(start, days)


def warn_unknown(years: Iterable[int]) -> list[Problem]:
    """Warning: holidays of these years are not known, only weekends were left out. X-25."""
    text = N_("no holidays are known for {year}; only Saturdays and Sundays were left out")
    hint = N_("enter them: salescli policy holiday add DAY --name NAME")
    return [problem("holidays_unknown", text, rule="CUS-02", hint=hint, year=year) for year in sorted(years)]
