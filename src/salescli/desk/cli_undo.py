"""The command `undo`: take back one's own last write."""

from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import Group
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.report import Done
    from salescli.core.writer import Writer

app = Group("undo")


@app.write(
    "undo",
    help=N_("Take back your own last write of today, while nothing hangs on it."),
    example=("salescli undo --dry-run", "salescli undo", "salescli undo TK-202611-0001"),
    rules=("ORG-09",),
    right="desk.work",
)
def undo(
    w: "Writer",
    document: Annotated[str | None, typer.Argument(metavar=N_("DOCUMENT"), help=N_("Your last write about this number or code."))] = None,
) -> "Done":
    from salescli.desk import actions_undo

    return actions_undo.undo(w, document)
