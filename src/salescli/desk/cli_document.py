"""Commands of the group `document`: regulations, sales scripts, forms (VIS-14)."""

from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import Group
from salescli.core.i18n import N_
from salescli.desk.states import DocumentKind

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("document")

Number = Annotated[str, typer.Argument(metavar=N_("DOCUMENT"), help=N_("Number of the document, such as OD-202611-0001."))]


@app.write(
    "add",
    help=N_("Enter a document or a sales script into the index."),
    example=(
        "salescli document add 'First call' --kind script --text 'Good morning, ...' --keywords opening --for rep",
        "salescli document add 'Sales regulation' --kind regulation --place /srv/sales/regulation.pdf",
    ),
    rules=("VIS-14",),
    right="document.edit",
)
def add(
    w: "Writer",
    title: Annotated[str, typer.Argument(metavar=N_("TITLE"), help=N_("What it is called."))],
    kind: Annotated[DocumentKind, typer.Option("--kind", help=N_("What it is."))] = DocumentKind.OTHER,
    place: Annotated[str | None, typer.Option("--place", metavar=N_("PLACE"), help=N_("Where it lies: file or address."))] = None,
    text: Annotated[str | None, typer.Option("--text", metavar=N_("TEXT"), help=N_("What it says."))] = None,
    keywords: Annotated[str | None, typer.Option("--keywords", metavar=N_("WORDS"), help=N_("Words to find it by."))] = None,
    roles: Annotated[str | None, typer.Option("--for", metavar=N_("ROLES"), help=N_("Only these roles, as in rep,support."))] = None,
) -> "Done":
    from salescli.desk import actions_notice

    return actions_notice.add_document(w, title, kind.value, place, text, keywords, roles)


@app.report("list", help=N_("Documents and scripts meant for you."), example="salescli document list --kind script", rules=("VIS-14",))
def list_(r: "Reader", kind: Annotated[DocumentKind | None, typer.Option("--kind", help=N_("Only this kind."))] = None) -> "Report":
    from salescli.desk.reads_notice import documents

    return documents(r, kind.value if kind else None)


@app.report("search", help=N_("Documents and scripts that hold a text."), example="salescli document search opening", rules=("VIS-14",))
def search(r: "Reader", text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What to look for."))]) -> "Report":
    from salescli.desk.reads_notice import documents

    return documents(r, None, text)


@app.report("show", help=N_("One document with its text."), example="salescli document show OD-202611-0001", rules=("VIS-14",))
def show(r: "Reader", document: Number) -> "Report":
    from salescli.desk.reads_notice import document as shown

    return shown(r, document)


@app.write("withdraw", help=N_("Take a document out of the index."), example="salescli document withdraw OD-202611-0001", rules=("VIS-14",),
           right="document.edit")  # fmt: skip
def withdraw(w: "Writer", document: Number) -> "Done":
    from salescli.desk import actions_notice

    return actions_notice.withdraw_document(w, document)
