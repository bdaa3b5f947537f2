"""The command `week`: done, open, missing, late."""

from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import AnyPeriod, Group
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Report

app = Group("week")


@app.report(
    "week",
    help=N_("A week's work: what was done, is open, is missing, came late."),
    example=("salescli week", "salescli week LI --period 2026-W44", "salescli week --team"),
    rules=("VIS-13", "DAT-05"),
)
def week(
    r: "Reader",
    staff: Annotated[str | None, typer.Argument(metavar=N_("STAFF"), help=N_("Whose (default: your own)."))] = None,
    team: Annotated[bool, typer.Option("--team", help=N_("Of everybody whose work you see."))] = False,
    period: AnyPeriod = None,
) -> "Report":
    from salescli.desk.week import week

    return week(r, staff, team=team, period=period)
