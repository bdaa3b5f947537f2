"""The error file: the faulty rows as they came, each with the reasons, ready to be mended and imported again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.formats.csv import harmless
from salescli.core.formats.values import labelled, parted
from salescli.core.i18n import N_, _
from salescli.core.jobs_files import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from salescli.core.jobs_files import Source
    from salescli.core.jobs_table import Fault, Table

REASON = N_("reason")


def faulty_cells(source: Source, faults: Iterable[Fault]) -> dict[int, list[str]]:
    """The cells of the rows that have faults, by row number; the file is read once more for them."""
    wanted = {fault.row for fault in faults}
    return {number: row for number, row in enumerate(rows(source), 1) if number in wanted}


def write(path: str, table: Table, cells: dict[int, list[str]], faults: Sequence[Fault]) -> None:
    """Write the faulty rows to a CSV or XLSX file, by its suffix. Raises SalesError (usage) when it cannot be written."""
    reasons: dict[int, list[str]] = {}
    for fault in faults:
        name = table.header.name_of(fault.key) if fault.key else ""
        reasons.setdefault(fault.row, []).append(labelled(name, fault.reason.render()) if name else fault.reason.render())
    width = len(table.header.cells)
    lines = [[*(cell.strip() for cell in table.header.cells), _(REASON)]]
    lines += [[*_fitted(cells.get(row, []), width), parted(texts, "; ", "；")] for row, texts in reasons.items()]
    if path.lower().endswith(".xlsx"):
        _write_xlsx(path, lines)
    else:
        _write_csv(path, lines)


def _fitted(row: Sequence[str], width: int) -> list[str]:
    """The row cut or filled to the header's width: what stands beyond it goes into its last cell."""
    if len(row) <= width:
        return [*row, *[""] * (width - len(row))]
    return [*row[: width - 1], " ".join(row[width - 1 :])]


def _write_csv(path: str, lines: Sequence[Sequence[str]]) -> None:
    """UTF-8 with BOM: spreadsheets then show Chinese."""
    import csv
    from io import StringIO

    from salescli.core import ui

    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([[harmless(cell) for cell in line] for line in lines])
    ui.save(path, ("\ufeff" + text.getvalue()).encode("utf-8"))


def _write_xlsx(path: str, lines: Sequence[Sequence[str]]) -> None:
    from io import BytesIO

    from xlsxwriter import Workbook

    from salescli.core import ui

    file = BytesIO()
    book = Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    sheet = book.add_worksheet()
    as_text = book.add_format({"num_format": "@"})
    for number, line in enumerate(lines):
        for place, cell in enumerate(line):
            sheet.write_string(number, place, cell, as_text)
    book.close()
    ui.save(path, file.getvalue())
