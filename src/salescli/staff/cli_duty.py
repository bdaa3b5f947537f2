"""Commands of the group `staff duty`: the front desk's roster."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import THIS_MONTH, AsOf, Group, PeriodOption, option
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("duty")


@app.write(
    "set",
    help=N_("Make a duty group, change its members, or give it days."),
    example=("salescli staff duty set A --members LI,HAN", "salescli staff duty set B --on 2026-11-07"),
    rules=("LED-06",),
    right="staff.duty",
)
def set_(
    w: "Writer",
    group: Annotated[str, typer.Argument(metavar=N_("GROUP"), help=N_("Name of the group."))],
    members: Annotated[
        list[str] | None, typer.Option("--members", metavar=N_("STAFF,…"), help=N_("All its members, in the order of their turns."))
    ] = None,
    on: Annotated[list[date] | None, option("day", "--on", help=N_("A day the group has; may be repeated."))] = None,
) -> "Done":
    from salescli.staff import actions_duty

    return actions_duty.set_group(w, group, members, on or ())


@app.write(
    "rotate",
    help=N_("Give the working days of a period to the groups in turn."),
    example=("salescli staff duty rotate", "salescli staff duty rotate --period 2026-12 --first B --replace"),
    rules=("LED-06",),
    right="staff.duty",
)
def rotate(
    w: "Writer",
    period: PeriodOption = THIS_MONTH,
    first: Annotated[
        str | None, typer.Option("--first", metavar=N_("GROUP"), help=N_("Begin with this group (default: the next in turn)."))
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help=N_("Also days that have a group already."))] = False,
    every_day: Annotated[bool, typer.Option("--every-day", help=N_("Weekends and holidays as well."))] = False,
) -> "Done":
    from salescli.staff import actions_duty

    return actions_duty.rotate(w, period, first, replace=replace, every_day=every_day)


@app.report(
    "list",
    help=N_("Which group has which day, and the visitors it received."),
    example=("salescli staff duty list", "salescli staff duty list --period 2026-12"),
    rules=("LED-06", "LED-09"),
)
def list_(r: "Reader", period: PeriodOption = THIS_MONTH) -> "Report":
    from salescli.staff.reads_duty import listing

    return listing(r, period)


@app.report(
    "today", help=N_("Who is on duty and whose turn it is."), example="salescli staff duty today", rules=("LED-06", "LED-07")
)  # fmt: skip
def today(r: "Reader", as_of: AsOf = None) -> "Report":
    from salescli.staff.reads_duty import today

    return today(r, as_of)
