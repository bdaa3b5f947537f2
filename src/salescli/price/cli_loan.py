"""Commands of `price loan`: papers that leave the house (PRC-07)."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import CustomerOption, Group, Note, option
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("loan")

Kinds = Literal["drawing", "catalogue", "sample_book", "price_list"]


@app.write(
    "out",
    help=N_("Note a paper that leaves the house: lent with a day to come back, or a catalogue given to a chosen recipient."),
    example=(
        'salescli price loan out "Drawing 17-B" 何静 --customer 华信 --due +14d',
        'salescli price loan out "Catalogue 2026" "Bolt Ltd" --kind catalogue',
    ),
    rules=("PRC-07",),
    right="price.loan",
)
def out(
    w: "Writer",
    title: Annotated[str, typer.Argument(metavar=N_("PAPER"), help=N_("What it is called."))],
    recipient: Annotated[str, typer.Argument(metavar=N_("RECIPIENT"), help=N_("Who has it."))],
    kind: Annotated[Kinds, typer.Option("--kind", help=N_("What kind of paper."))] = "drawing",
    due: Annotated[date | None, option("day", "--due", help=N_("The day it is due back."))] = None,
    customer: CustomerOption = None,
    staff: Annotated[str | None, typer.Option("--staff", metavar=N_("STAFF"), help=N_("Who answers for it (default: you)."))] = None,
    note: Note = None,
) -> "Done":
    from salescli.price import actions_watch

    return actions_watch.lend(w, actions_watch.Lending(kind, title, recipient, due, customer, staff, note))


@app.write(
    "back",
    help=N_("Note that a paper came back."),
    example="salescli price loan back LN-202611-0001",
    rules=("PRC-07",),
    right="price.loan",
)
def back(w: "Writer", number: Annotated[str, typer.Argument(metavar=N_("DOCUMENT"), help=N_("Number of the loan."))]) -> "Done":
    from salescli.price import actions_watch

    return actions_watch.take_back(w, number)


@app.report(
    "list",
    help=N_("Papers that left the house, and which are late."),
    example=("salescli price loan list", "salescli price loan list --open"),
    rules=("PRC-07",),
)
def list_(
    r: "Reader", unreturned: Annotated[bool, typer.Option("--open", help=N_("Only what is still out and due back."))] = False
) -> "Report":
    from salescli.price.reads_watch import loans

    return loans(r, unreturned=unreturned)
