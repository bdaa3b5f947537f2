"""The Chinese lunar calendar, 1900 to 2100, from the library borax; loaded when a lunar day is really asked for."""

from __future__ import annotations

from datetime import date, timedelta

FIRST, LAST = date(1900, 1, 31), date(2101, 1, 28)


def lunar_days(day: date) -> list[str]:
    """The lunar birthdays kept on a day, as in ["08-15"]; the 29th of a month of 29 days is the 30th's as well.

    Nothing in a leap month, which repeats another one, nor outside the library's years.
    """
    if not FIRST <= day <= LAST:
        return []
    from borax.calendars.lunardate import LCalendars, LunarDate

    found = LunarDate.from_solar(day)
    if found.leap:
        return []
    names = [f"{found.month:02}-{found.day:02}"]
    if found.day == 29 and LCalendars.ndays(found.year, found.month) == 29:
        names.append(f"{found.month:02}-30")
    return names


def solar_day(year: int, month: int, day: int) -> date | None:
    """The day of a lunar date in a lunar year; the 30th of a month of 29 days is kept on the 29th. None outside the library's years."""
    from borax.calendars.lunardate import LCalendars, LunarDate

    if not FIRST.year <= year <= LAST.year - 1:
        return None
    found: date = LunarDate(year, month, min(day, LCalendars.ndays(year, month))).to_solar_date()
    return found


EARLIEST, SLACK = timedelta(20), 44
"""The lunar year begins between 21 January and 21 February; a leap month moves its later days by less than the rest of the slack."""


def may_fall(month: int, day: int, first: date, last: date) -> bool:
    """Whether a lunar day can lie between two days at all: a rough answer that needs no library, never a wrong no."""
    for year in range(first.year - 1, last.year + 1):
        start = date(year, 1, 1) + EARLIEST + timedelta((month - 1) * 59 // 2 + day - 2)
        if start <= last and start + timedelta(SLACK) >= first:
            return True
    return False
