"""`salescli demo`: a made-up office to look around in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from salescli.core.commands import Group
from salescli.core.i18n import N_

app = Group("demo")


@app.plain("demo", help=N_("Make a demo office: a year of orders, deliveries, receivables and receipts up to today."),
           example=("salescli demo", "salescli demo try.db && salescli --db try.db today"), rules=("DAT-07",))  # fmt: skip
def demo(
    file: Annotated[Path | None, typer.Argument(help=N_("Where to write it (default: demo.db here)."), metavar="FILE")] = None,
) -> None:
    from salescli.core import ui
    from salescli.desk.demo import make

    with ui.progress(N_("demo office")) as advance:
        done = make(file or Path("demo.db"), advance=advance)
    ui.done(done, name="demo")
