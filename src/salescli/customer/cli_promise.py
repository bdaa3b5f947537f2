"""Commands of the group `customer promise`: what was promised and until when, kept for ever (CUS-09)."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import CustomerArgument, CustomerOption, Day, Group, Reason, StaffOption, option
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("customer promise")

Number = Annotated[str, typer.Argument(metavar=N_("PROMISE"), help=N_("Number of the promise, such as PM-202611-0001."))]


@app.write(
    "add",
    help=N_("Note what was promised to a customer and by which day."),
    example="salescli customer promise add 华信 '两箱样品' --due fri",
    rules=("CUS-09",),
)
def add(
    w: "Writer",
    customer: CustomerArgument,
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What was promised."))],
    due: Annotated[date, option("day", "--due", help=N_("By which day."))],
    on: Day = None,
    staff: Annotated[str | None, typer.Option("--staff", metavar=N_("STAFF"), help=N_("Who keeps it (default: you)."))] = None,
) -> "Done":
    from salescli.customer.actions_promise import add

    return add(w, customer, text, due, on, staff)


@app.report(
    "list",
    help=N_("Promises, the first due first; with --state all however old they are."),
    example=(
        "salescli customer promise list",
        "salescli customer promise list --customer 华信 --state all",
        "salescli customer promise list --text 样品 --state all",
    ),
    rules=("CUS-09",),
)
def list_(
    r: "Reader",
    customer: CustomerOption = None,
    staff: StaffOption = None,
    state: Annotated[Literal["open", "kept", "broken", "all"], typer.Option("--state", help=N_("Which state."))] = "open",
    text: Annotated[str | None, typer.Option("--text", metavar=N_("TEXT"), help=N_("Only those that hold this."))] = None,
) -> "Report":
    from salescli.customer.reads_promise import listing

    return listing(r, customer, staff, None if state == "all" else state, text)


@app.write("keep", help=N_("Say that a promise was kept."), example="salescli customer promise keep PM-202611-0001", rules=("CUS-09",))
def keep(
    w: "Writer",
    promise: Number,
    result: Annotated[str | None, typer.Option("--result", metavar=N_("TEXT"), help=N_("What came of it."))] = None,
) -> "Done":
    from salescli.customer.actions_promise import settle
    from salescli.customer.states import PromiseState

    return settle(w, promise, PromiseState.KEPT, result)


@app.write(
    "break",
    help=N_("Say that a promise cannot be kept, and why."),
    example="salescli customer promise break PM-202611-0001 --reason '停产'",
    rules=("CUS-09",),
)
def break_(w: "Writer", promise: Number, reason: Reason) -> "Done":
    from salescli.customer.actions_promise import settle
    from salescli.customer.states import PromiseState

    return settle(w, promise, PromiseState.BROKEN, reason)
