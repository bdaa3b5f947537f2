"""Commands that cross rooms: the day list."""

from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import AsOf, Group
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Report

app = Group("desk")


@app.report(
    "today",
    help=N_("What to do today: overdue money, money due, late and promised deliveries; the most urgent first."),
    example=("salescli today", "salescli today S02", "salescli today --all -o /srv/sales/today.html"),
    rules=("VIS-09", "AR-03", "AR-04", "ORD-18"),
)
def today(
    r: "Reader",
    staff: Annotated[str | None, typer.Argument(metavar=N_("STAFF"), help=N_("Whose list (default: your own)."))] = None,
    everybody: Annotated[bool, typer.Option("--all", help=N_("The lines of everybody you see."))] = False,
    as_of: AsOf = None,
) -> "Report":
    from salescli.desk import today as day_list

    return day_list.today(r, staff, everybody=everybody, as_of=as_of)
