"""Commands about requests: inbox, approve, refuse, withdraw (RULEBOOK §22)."""

from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import Group, Note, Reason
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("inbox")

Request = Annotated[str, typer.Argument(metavar=N_("REQUEST"), help=N_("Number of the request, such as AP-202611-0001."))]


@app.report(
    "inbox",
    help=N_("Requests that wait for you, the oldest first."),
    example=("salescli inbox", "salescli inbox --mine", "salescli inbox --all"),
    rules=("DAT-01", "ORG-02"),
)
def inbox(
    r: "Reader",
    everybody: Annotated[bool, typer.Option("--all", help=N_("Every waiting request you may see."))] = False,
    mine: Annotated[bool, typer.Option("--mine", help=N_("Your own requests and what became of them."))] = False,
) -> "Report":
    from salescli.desk.reads_inbox import inbox

    return inbox(r, everybody=everybody, mine=mine)


@app.write(
    "approve",
    help=N_("Approve a request on your level; the last level grants it."),
    example=("salescli approve AP-202611-0001", 'salescli approve AP-202611-0001 --note "this once"'),
    rules=("DAT-01", "ORG-02", "ORG-03"),
    right="desk.work",
)
def approve(w: "Writer", request: Request, note: Note = None) -> "Done":
    from salescli.desk import approvals

    return approvals.approve(w, request, note)


@app.write(
    "refuse",
    help=N_("Refuse a request for a reason; it goes back to its author."),
    example='salescli refuse AP-202611-0001 --reason "below cost"',
    rules=("DAT-01", "ORG-03"),
    right="desk.work",
)
def refuse(w: "Writer", request: Request, reason: Reason) -> "Done":
    from salescli.desk import approvals

    return approvals.refuse(w, request, reason)


@app.write(
    "withdraw",
    help=N_("Take back a request of your own."),
    example="salescli withdraw AP-202611-0001",
    rules=("DAT-01",),
    right="desk.work",
)
def withdraw(w: "Writer", request: Request) -> "Done":
    from salescli.desk import approvals

    return approvals.withdraw(w, request)
