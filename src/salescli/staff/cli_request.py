"""Commands of the group `staff request`: ask a colleague, or another company's supervisor, and answer in writing."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import Group, StaffArgument, option
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("request")

Number = Annotated[str, typer.Argument(metavar=N_("REQUEST"), help=N_("Number of the request, such as RQ-202611-0001."))]
KindName = Literal[
    "presales", "backup", "feedback", "rival", "test", "order_question", "price_question", "technical_question", "performance_question",
    "other",
]  # fmt: skip


@app.write(
    "add",
    help=N_("Ask a colleague for something, or note a question between two companies' supervisors."),
    example=(
        'salescli staff request add ZENG "come along to Northwind, they ask for a network" --kind presales --due fri',
        'salescli staff request add WANG "price of 200 toners?" --company 明达公司 --contact 李经理 --kind price_question',
    ),
    rules=("ORG-12", "ORG-13", "ORG-02"),
)
def add(
    w: "Writer",
    staff: StaffArgument,
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What is asked."))],
    kind: Annotated[KindName | None, typer.Option("--kind", help=N_("Kind of request."))] = None,
    due: Annotated[date | None, option("day", "--due", help=N_("By which day (default: today)."))] = None,
    document: Annotated[str | None, typer.Option("--document", metavar=N_("NUMBER"), help=N_("Document it is about."))] = None,
    company: Annotated[str | None, typer.Option("--company", metavar=N_("COMPANY"), help=N_("The other company, when it asks."))] = None,
    contact: Annotated[str | None, typer.Option("--contact", metavar=N_("NAME"), help=N_("Its supervisor."))] = None,
    ours: Annotated[bool, typer.Option("--ours", help=N_("Our supervisor asks theirs."))] = False,
) -> "Done":
    from salescli.staff import actions_request
    from salescli.staff.states import RequestKind

    question = actions_request.Question(text, RequestKind(kind) if kind else None, due, document, company, contact, ours)
    return actions_request.add(w, staff, question)


@app.write(
    "answer",
    help=N_("Answer a request in writing."),
    example='salescli staff request answer RQ-202611-0001 "98.00 each from 200 on"',
    rules=("ORG-12", "ORG-13"),
)
def answer(
    w: "Writer", request: Number, text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("The answer."))]
) -> "Done":  # fmt: skip
    from salescli.staff import actions_request

    return actions_request.answer(w, request, text)


@app.write("withdraw", help=N_("Take a request back."), example="salescli staff request withdraw RQ-202611-0001", rules=("ORG-12",))
def withdraw(w: "Writer", request: Number) -> "Done":
    from salescli.staff import actions_request

    return actions_request.withdraw(w, request)


@app.report(
    "list",
    help=N_("Requests to you, the first due first."),
    example=("salescli staff request list", "salescli staff request list --given", "salescli staff request list --all --overdue"),
    rules=("ORG-12", "ORG-13"),
)
def list_(
    r: "Reader",
    everybody: Annotated[bool, typer.Option("--all", help=N_("Of everybody whose work you see."))] = False,
    given: Annotated[bool, typer.Option("--given", help=N_("Those you asked of others."))] = False,
    state: Annotated[Literal["open", "answered", "withdrawn", "all"], typer.Option("--state", help=N_("Which state."))] = "open",
    overdue: Annotated[bool, typer.Option("--overdue", help=N_("Only those past their day."))] = False,
) -> "Report":
    from salescli.staff.reads_request import listing

    return listing(r, everybody=everybody, given=given, which=state, overdue=overdue)
