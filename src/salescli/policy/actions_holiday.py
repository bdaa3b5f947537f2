"""Writes of the office's calendar: days added by hand, a year copied from the library (X-25)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from salescli.core import workdays
from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, msg
from salescli.core.report import Done
from salescli.core.tables import Holiday
from salescli.core.text import clean_or_none

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.writer import Writer


def add(w: Writer, day: date, name: str | None, *, works: bool) -> Done:
    """Keep that the office rests, or works, on a day; said again it is changed. X-25."""
    row = w.session.exec(select(Holiday).where(Holiday.day == day)).first()
    called = clean_or_none(name, C_("name"), 80)
    if row is None:
        w.add(Holiday(day=day, works=works, name=called))
    else:
        row.works, row.name = works, called or row.name
    w.session.flush()
    w.document = day.isoformat()
    text = N_("the office works on {day}") if works else N_("the office rests on {day}")
    return Done(msg(text, day=day.isoformat()), day.isoformat(), next=(f"salescli policy holiday list {day.year}",))


def seed(w: Writer, year: int) -> Done:
    """Copy what the library knows of a year; days already in the book stay. X-25. Raises SalesError (3) for a year it does not know."""
    days = workdays.public_days(year)
    if days is None:
        hint = N_("enter them: salescli policy holiday add DAY --name NAME")
        fail("holidays_unknown", N_("no holidays are known for {year}"), kind=Kind.NOT_FOUND, rule="CUS-02", hint=hint, year=year)
    known = {row.day for row in w.session.exec(select(Holiday)).all()}
    fresh = [Holiday(day=day, works=works) for day, works in sorted(days.items()) if day not in known]
    w.session.add_all(fresh)
    w.session.flush()
    w.document = str(year)
    return Done(msg(N_("{count} {count:day|days} of {year} {count:is|are} in the book"), count=len(fresh), year=year), str(year))
