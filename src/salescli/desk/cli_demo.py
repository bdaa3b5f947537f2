"""`salescli demo`: a made-up office to look around in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from salescli.core.commands import Group
from salescli.core.i18n import N_

app = Group("demo")


@app.plain(
    "demo",
    help=N_("Make a demo office: a year of visits, quotes, orders, purchases, promotions and money up to today; it takes some seconds."),
    example=("salescli demo", "salescli demo try.db && salescli --db try.db today --all"),
    rules=("DAT-07",),
)
def demo(
    file: Annotated[Path | None, typer.Argument(help=N_("Where to write it (default: --db, else demo.db here)."), metavar="FILE")] = None,
) -> None:
    from salescli.core import ui
    from salescli.desk.demo import make

    with ui.progress(N_("demo office")) as advance:
        done = make(file or _named() or Path("demo.db"), advance=advance)
    ui.done(done, name="demo")


def _named() -> Path | None:
    """The book of --db; the one SALESCLI_DB names is an office's own and is left alone."""
    from salescli.core import context

    chosen = context.current().db
    return chosen if chosen != context.book_path(None, os.environ) else None
