"""Commands of the group `staff` about the whole office: staffing chart, sensitive acts."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import THIS_MONTH, Group, PeriodOption, StaffOption
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Report

app = Group("office")

ActName = Literal["export", "owner_change", "archive", "deviating_allocation", "delete"]


@app.report(
    "staffing",
    help=N_("Staffing chart: posts, people in them, vacancies."),
    example="salescli staff staffing",
    rules=("ORG-04",),
)
def staffing(r: "Reader") -> "Report":
    from salescli.staff.reads_post import staffing

    return staffing(r)


@app.report(
    "violations",
    help=N_("Sensitive acts of a period: exports, transfers, archives, deviating allocations, deletions."),
    example=("salescli staff violations", "salescli staff violations --period 2026-10 --staff LI --act export"),
    rules=("ORG-09",),
    right="history",
    exit_code_rows=True,
)
def violations(
    r: "Reader",
    period: PeriodOption = THIS_MONTH,
    staff: StaffOption = None,
    act: Annotated[ActName | None, typer.Option("--act", help=N_("Only this kind of act."))] = None,
) -> "Report":
    from salescli.staff.reads_violations import violations

    return violations(r, period, staff, act)
