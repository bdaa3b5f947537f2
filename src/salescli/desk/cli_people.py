"""Commands of the group `staff` that cross rooms: the handover, what somebody holds, the function chart."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import THIS_MONTH, Group, PeriodOption, StaffArgument, option
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("people")


@app.write(
    "handover",
    help=N_("Pass everything somebody holds on to others, and end his sign-in."),
    example=(
        "salescli staff handover LI --to HAN --dry-run",
        "salescli staff handover LI --to HAN,ZENG --on 2026-11-30 --reason 'leaves for Shanghai'",
        "salescli staff handover LI --to HAN --customers C0012,C0031",
    ),
    rules=("ORG-06", "ORG-09", "LED-11"),
    right="staff.edit",
)
def handover(
    w: "Writer",
    staff: StaffArgument,
    to: Annotated[
        list[str], typer.Option("--to", metavar=N_("STAFF,…"), help=N_("Who takes over; several share evenly, within their caps."))
    ],
    customers: Annotated[
        list[str] | None,
        typer.Option("--customers", metavar=N_("CUSTOMER,…"), help=N_("Only these and what hangs on them; he stays.")),
    ] = None,
    on: Annotated[date | None, option("day", "--on", help=N_("His last day (default: today)."))] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why; kept in the history."))] = None,
    beyond_cap: Annotated[
        str | None, typer.Option("--beyond-cap", metavar=N_("REASON"), help=N_("Let them hold more than pool.hold_cap, for this reason."))
    ] = None,
) -> "Done":
    from salescli.desk import actions_handover

    chosen = tuple(customers) if customers else None
    return actions_handover.handover(w, staff, actions_handover.Wish(tuple(to), chosen, on, reason, beyond_cap))


@app.report(
    "holds",
    help=N_("Everything somebody holds that a handover would pass on."),
    example=("salescli staff holds LI", "salescli staff holds"),
    rules=("ORG-06",),
)
def holds(
    r: "Reader", staff: Annotated[str | None, typer.Argument(metavar=N_("STAFF"), help=N_("Whose (default: your own)."))] = None
) -> "Report":
    from salescli.desk.reads_handover import report

    return report(r, staff)


@app.report(
    "functions",
    help=N_("Function chart: each person's share in the whole task."),
    example="salescli staff functions --period 2026-Q3",
    rules=("ORG-04",),
)
def functions(r: "Reader", period: PeriodOption = THIS_MONTH) -> "Report":
    from salescli.desk.reads_functions import functions

    return functions(r, period)
