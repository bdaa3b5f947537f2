"""Export: read, leave a line in the history, hand out."""

from __future__ import annotations

from salescli.core import ui
from salescli.core.access import require
from salescli.core.history import log_export
from salescli.core.i18n import N_
from salescli.core.reader import reader
from salescli.core.report import OutputOptions
from salescli.transfer.exports import export

STDOUT = "-"


def rows(name: str, output: str, format: str | None) -> None:
    """Export one kind. The line in the history comes before the first row: what cannot be logged is not handed out. X-15.

    Raises SalesError: 2 the file cannot be written, 7 not your right, 8 the line cannot be written.
    """
    with reader() as r:
        require(r.actor, "export", "export")
        report = export(r, name)
    options = OutputOptions(format or ("csv" if output == STDOUT else None), output)
    ui.show(report, options, leaving=lambda: log_export(name, output))


def everything(folder: str) -> list[tuple[str, int]]:
    """Export every table into a folder; for who sees everything.

    Raises SalesError: 2 the folder cannot be written, 7 not your right.
    """
    from salescli.transfer.export_all import export_all

    with reader() as r:
        require(r.actor, "export.all", "export all")
        with ui.progress(N_("Writing tables")) as advance:
            return export_all(r, folder, advance, lambda: log_export("all", folder))
