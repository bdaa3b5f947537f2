"""`salescli template`: the papers a customer gets, and the office's own in their place."""

from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import Group
from salescli.core.i18n import N_, msg

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Report

app = Group("template")


@app.report(
    "list",
    help=N_("The papers, the command that prints each, and which of them are your own."),
    example="salescli template list",
    rules=("CTR-09", "QUO-03", "ORD-13"),
)
def list_(r: "Reader") -> "Report":
    from salescli.core.reader import book_path
    from salescli.desk.templates import papers

    return papers(book_path())


@app.plain(
    "copy",
    help=N_(
        "Put our template of a paper into the folder templates beside the book, for you to change: NAME.docx in Word, NAME.html.j2 in any"
        " editor.\n\ncontract-KIND is the contract of customers (or contracts) of that kind."
    ),
    example=("salescli template copy contract.docx", "salescli template copy contract-dealer.docx", "salescli template copy quote.html.j2"),
    rules=("CTR-09",),
)
def copy(
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("Paper and kind of file: quote.docx, delivery_note.html.j2, …"))],
) -> None:
    from salescli.core import ui
    from salescli.core.reader import book_path
    from salescli.core.report import Done
    from salescli.desk.templates import copied

    own = copied(name, book_path())
    said = msg(N_("{file} is your own template now; change it, then print"), file=str(own))
    ui.done(Done(said, next=("salescli template list",)), None)
