"""Commands of the group `policy holiday`: the days deadlines in working days leave out (X-25)."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import Group, argument
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("policy holiday")

Year = Annotated[int | None, typer.Argument(metavar=N_("YEAR"), min=2000, max=2199, help=N_("Which year (default: this)."))]


@app.report(
    "list",
    help=N_("Days of a year on which the office rests or works against the week, and where that is known from."),
    example="salescli policy holiday list 2026",
    rules=("CUS-02",),
)
def list_(r: "Reader", year: Year = None) -> "Report":
    from salescli.policy.reads_holiday import listing

    return listing(r, year or r.today.year)


@app.write(
    "add",
    help=N_("Say that the office rests on a day, or with --works that it works."),
    example=("salescli policy holiday add 2027-02-08 --name 春节", "salescli policy holiday add 2027-02-06 --works --name 调休"),
    rules=("CUS-02",),
    right="policy.set",
)
def add(
    w: "Writer",
    day: Annotated[date, argument("day", help=N_("The day."))],
    name: Annotated[str | None, typer.Option("--name", metavar=N_("NAME"), help=N_("What it is called."))] = None,
    works: Annotated[bool, typer.Option("--works", help=N_("The office works that day, though it is a weekend or a holiday."))] = False,
) -> "Done":
    from salescli.policy.actions_holiday import add

    return add(w, day, name, works=works)


@app.write(
    "seed",
    help=N_("Copy the public holidays of China of a year into the book, so that it no longer depends on the installed library."),
    example="salescli policy holiday seed 2026",
    rules=("CUS-02",),
    right="policy.set",
)
def seed(w: "Writer", year: Year = None) -> "Done":
    from salescli.policy.actions_holiday import seed

    return seed(w, year or w.today.year)
