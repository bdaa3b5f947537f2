"""Commands of the group `trip`: days on the road and their reports (VIS-03)."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import AnyPeriod, Day, Group, StaffOption, option
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("trip")

Number = Annotated[str, typer.Argument(metavar=N_("TRIP"), help=N_("Number of the trip, such as TR-202611-0001."))]


@app.write(
    "add",
    help=N_("Enter a trip before it begins: where, why, how it is prepared, and whether the customers were phoned."),
    example="salescli trip add 苏州 --from mon --to wed --purpose '拜访三家经销商' --preparation '样品、报价单' --phoned",
    rules=("VIS-03",),
)
def add(
    w: "Writer",
    place: Annotated[str, typer.Argument(metavar=N_("PLACE"), help=N_("Where it goes."))],
    since: Annotated[date, option("day", "--from", help=N_("First day."))],
    until: Annotated[date, option("day", "--to", help=N_("Last day."))],
    purpose: Annotated[str, typer.Option("--purpose", metavar=N_("TEXT"), help=N_("What it is for."))],
    preparation: Annotated[str | None, typer.Option("--preparation", metavar=N_("TEXT"), help=N_("How you prepared."))] = None,
    phoned: Annotated[bool, typer.Option("--phoned", help=N_("The customers were told by telephone."))] = False,
) -> "Done":
    from salescli.customer.actions_trip import add

    return add(w, place, since, until, purpose, preparation, phoned=phoned)


@app.write(
    "phoned", help=N_("Note that the customers were told by telephone."), example="salescli trip phoned TR-202611-0001", rules=("VIS-03",)
)
def phoned(w: "Writer", trip: Number) -> "Done":
    from salescli.customer.actions_trip import phoned

    return phoned(w, trip)


@app.write(
    "report",
    help=N_("Hand in the report of a day on the road before 21:00; day and time are kept, later ones are marked late."),
    example=("salescli trip report '拜访华强，需求明确'", "salescli trip report --trip TR-202611-0001 --on yesterday '补报'"),
    rules=("VIS-03",),
)
def report(
    w: "Writer",
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What was done, and with what result."))],
    trip: Annotated[str | None, typer.Option("--trip", metavar=N_("TRIP"), help=N_("Which trip (default: the one you are on)."))] = None,
    on: Day = None,
) -> "Done":
    from salescli.customer.actions_trip import report

    return report(w, trip, text, on)


@app.write(
    "end",
    help=N_("Say that a trip is over, and what came of it."),
    example="salescli trip end TR-202611-0001 --result '两张订单'",
    rules=("VIS-03",),
)
def end(
    w: "Writer",
    trip: Number,
    result: Annotated[str | None, typer.Option("--result", metavar=N_("TEXT"), help=N_("What came of it."))] = None,
    on: Annotated[date | None, option("day", "--on", help=N_("The last day on the road (default: as planned, or today)."))] = None,
) -> "Done":
    from salescli.customer.actions_trip import end

    return end(w, trip, result, on)


@app.report(
    "list",
    help=N_("Trips, newest first, with reports late and missing."),
    example=("salescli trip list", "salescli trip list --period 2026-10 --staff LI"),
    rules=("VIS-03",),
)
def list_(
    r: "Reader",
    period: AnyPeriod = None,
    staff: StaffOption = None,
    open_: Annotated[bool, typer.Option("--open", help=N_("Only those not ended."))] = False,
) -> "Report":
    from salescli.customer.reads_trip import listing

    return listing(r, period, staff, open_only=open_)


@app.report("show", help=N_("A trip day by day."), example="salescli trip show TR-202611-0001", rules=("VIS-03",))
def show(r: "Reader", trip: Number) -> "Report":
    from salescli.customer.reads_trip import detail

    return detail(r, trip)
