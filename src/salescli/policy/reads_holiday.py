"""The days of a year on which the office rests or works against the week (X-25)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salescli.core import workdays
from salescli.core.i18n import C_, N_, msg
from salescli.core.report import Column, Report

if TYPE_CHECKING:
    from salescli.core.reader import Reader

OWN, PUBLIC = C_("own"), C_("public")
COLUMNS = (
    Column("date", N_("Date"), "date"),
    Column("works", N_("Works"), "bool"),
    Column("name", N_("Name")),
    Column("source", N_("Source"), "code"),
)


def listing(r: Reader, year: int) -> Report:
    """The office's own days first of all, the library's where the book says nothing. X-25."""
    rows = r.tuples(
        "SELECT day, works, name FROM holiday WHERE day BETWEEN :start AND :end", start=date(year, 1, 1), end=date(year, 12, 31)
    )
    own = {day: (day, works, name, OWN) for day, works, name in rows}
    public = workdays.public_days(year)
    found = {day.isoformat(): (day.isoformat(), int(works), None, PUBLIC) for day, works in (public or {}).items()} | own
    known = public is not None or any(day.endswith("-01-01") for day in own)
    return Report(
        name="policy-holidays",
        title=msg(N_("Holidays of {year}"), year=year),
        columns=COLUMNS,
        rows=[found[day] for day in sorted(found)],
        notes=() if known else tuple(problem.message for problem in workdays.warn_unknown([year])),
        as_of=r.today.isoformat(),
        empty=msg(N_("Nothing is known of {year} but its weekends."), year=year),
    )
