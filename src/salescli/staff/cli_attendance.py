"""Commands of the group `staff attendance`: late arrivals, early leaving, the month's pot."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import THIS_MONTH, Day, Group, PeriodOption, Reason, StaffArgument
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer
    from salescli.staff.states import Absence

app = Group("attendance")

Minutes = Annotated[int | None, typer.Option("--minutes", min=1, max=1440, help=N_("How many minutes."))]
Excuse = Annotated[str | None, typer.Option("--excuse", metavar=N_("TEXT"), help=N_("Why it costs nothing."))]


@app.write(
    "late",
    help=N_("Note that somebody came late."),
    example=("salescli staff attendance late LI --minutes 12", "salescli staff attendance late LI --on 2026-11-02 --excuse 'bus late'"),
    rules=("ORG-10",),
    right="staff.attendance",
)
def late(w: "Writer", staff: StaffArgument, on: Day = None, minutes: Minutes = None, excuse: Excuse = None) -> "Done":
    from salescli.staff.states import Absence

    return _record(w, staff, Absence.LATE_ARRIVAL, on, minutes, excuse)


@app.write(
    "early",
    help=N_("Note that somebody left early."),
    example="salescli staff attendance early LI --on 2026-11-02",
    rules=("ORG-10",),
    right="staff.attendance",
)
def early(w: "Writer", staff: StaffArgument, on: Day = None, minutes: Minutes = None, excuse: Excuse = None) -> "Done":
    from salescli.staff.states import Absence

    return _record(w, staff, Absence.EARLY_LEAVING, on, minutes, excuse)


def _record(w: "Writer", staff: str, kind: "Absence", on: date | None, minutes: int | None, excuse: str | None) -> "Done":
    from salescli.staff import actions_attendance

    return actions_attendance.record(w, staff, actions_attendance.Event(kind, on or w.today, minutes, excuse))


@app.write(
    "excuse",
    help=N_("Excuse a late arrival afterwards."),
    example="salescli staff attendance excuse AT-202611-0001 --reason 'sick child'",
    rules=("ORG-10",),
    right="staff.attendance",
)
def excuse(
    w: "Writer",
    number: Annotated[str, typer.Argument(metavar=N_("NUMBER"), help=N_("Number of the record, such as AT-202611-0001."))],
    reason: Reason,
) -> "Done":
    from salescli.staff import actions_attendance

    return actions_attendance.excuse(w, number, reason)


@app.report("list", help=N_("Late arrivals and early leaving."), example="salescli staff attendance list", rules=("ORG-10",))
def list_(r: "Reader", period: PeriodOption = THIS_MONTH) -> "Report":
    from salescli.staff.reads_attendance import listing

    return listing(r, period)


@app.report(
    "pot",
    help=N_("The month's pot: fines proposed, and equal shares of those who were never late."),
    example="salescli staff attendance pot --period last-month",
    rules=("ORG-10",),
)
def pot(r: "Reader", period: PeriodOption = THIS_MONTH) -> "Report":
    from salescli.staff.reads_attendance import pot_report

    return pot_report(r, period)


@app.write(
    "propose",
    help=N_("Have a month's pot approved; nothing is posted."),
    example="salescli staff attendance propose --period last-month --request 'October'",
    rules=("ORG-10",),
    right="staff.attendance",
    request=True,
)
def propose(w: "Writer", period: PeriodOption) -> "Done":
    from salescli.staff import actions_attendance

    return actions_attendance.propose(w, period)
