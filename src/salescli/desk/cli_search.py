"""The command `search`: one look through everything."""

from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import Group
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Report

app = Group("search")


@app.report(
    "search",
    help=N_("Look through everything you may see.\n\nNames, codes, numbers, texts, pinyin initials, telephone numbers."),
    example=("salescli search 华信", "salescli search hx", "salescli search SO-202611", "salescli search samples --kind interaction"),
    rules=("DAT-05", "ORG-07", "ORG-08"),
)
def search(
    r: "Reader",
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What to look for."))],
    kind: Annotated[
        str | None, typer.Option("--kind", metavar=N_("KIND"), help=N_("Only this kind, and more of it: customer, order, ..."))
    ] = None,
) -> "Report":
    from salescli.desk.search import search

    return search(r, text, kind)
