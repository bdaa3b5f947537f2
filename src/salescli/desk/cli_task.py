"""Commands of the group `task`: what somebody has to do by when (VIS-13)."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import Group, Reason, StaffOption, option
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("task")

Number = Annotated[str, typer.Argument(metavar=N_("TASK"), help=N_("Number of the task, such as TK-202611-0001."))]


@app.write(
    "add",
    help=N_("Give yourself or somebody of your team a task."),
    example=("salescli task add 'Call Northwind about the samples' --due fri", "salescli task add 'Stock figures' --staff LI --due +3d"),
    rules=("VIS-13", "ORG-02"),
    right="desk.work",
)
def add(
    w: "Writer",
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What is to be done."))],
    due: Annotated[date | None, option("day", "--due", help=N_("By which day (default: today)."))] = None,
    staff: Annotated[str | None, typer.Option("--staff", metavar=N_("STAFF"), help=N_("Who does it (default: you)."))] = None,
    document: Annotated[str | None, typer.Option("--document", metavar=N_("NUMBER"), help=N_("Document it is about."))] = None,
) -> "Done":
    from salescli.desk import actions_tasks

    return actions_tasks.add(w, text, due, staff, document)


@app.report(
    "list",
    help=N_("Open tasks, the first due first."),
    example=("salescli task list", "salescli task list --team --overdue", "salescli task list --given --state all"),
    rules=("VIS-13",),
)
def list_(
    r: "Reader",
    staff: StaffOption = None,
    team: Annotated[bool, typer.Option("--team", help=N_("Of everybody whose work you see."))] = False,
    given: Annotated[bool, typer.Option("--given", help=N_("Those you gave to others."))] = False,
    state: Annotated[Literal["open", "done", "dropped", "all"], typer.Option("--state", help=N_("Which state."))] = "open",
    overdue: Annotated[bool, typer.Option("--overdue", help=N_("Only those past their day."))] = False,
) -> "Report":
    from salescli.desk.reads_tasks import listing

    return listing(r, staff, team=team, given=given, state=state, overdue=overdue)


@app.write(
    "done",
    help=N_("Settle a task."),
    example="salescli task done TK-202611-0001 --result 'sent by mail'",
    rules=("VIS-13",),
    right="desk.work",
)
def done(
    w: "Writer",
    task: Number,
    result: Annotated[str | None, typer.Option("--result", metavar=N_("TEXT"), help=N_("What came of it."))] = None,
) -> "Done":
    from salescli.desk import actions_tasks

    return actions_tasks.done(w, task, result)


@app.write(
    "drop",
    help=N_("Give a task up for a reason."),
    example="salescli task drop TK-202611-0001 --reason 'order cancelled'",
    rules=("VIS-13",),
    right="desk.work",
)
def drop(w: "Writer", task: Number, reason: Reason) -> "Done":
    from salescli.desk import actions_tasks

    return actions_tasks.drop(w, task, reason)
