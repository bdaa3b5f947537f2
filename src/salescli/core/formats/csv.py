"""CSV for other programs: column keys as header, codes in English, bare numbers; text cannot act as a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.formats.values import blocks, by_column, machine_column, visible
from salescli.core.report import TEXT_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from salescli.core.report import Report

# A spreadsheet takes a cell that starts like this for a formula and may run it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write(report: Report, out: TextIO) -> None:
    """Write header and rows; totals and notes would break the columns and are left to the other formats."""
    from csv import writer

    rows = writer(out, lineterminator="\n")
    rows.writerow([column.key for column in report.columns])
    for block in blocks(report):
        cells = [_column(cells, c.kind) for cells, c in by_column(block)]
        if out.isatty():  # a file keeps what the book holds; a terminal must not obey it
            cells = [[visible(cell) if isinstance(cell, str) else cell for cell in column] for column in cells]
        rows.writerows(zip(*cells, strict=True))


def _column(cells: Sequence[Any], kind: str) -> Sequence[Any]:
    written = machine_column(cells, kind)
    if kind == "bool":
        return ["" if cell is None else "true" if cell else "false" for cell in written]
    if kind == "figure":
        return [harmless(cell) if getattr(raw, "kind", kind) in TEXT_KINDS else cell for cell, raw in zip(written, cells, strict=True)]
    return [harmless(cell) for cell in written] if kind in TEXT_KINDS else written


def harmless(cell: Any) -> Any:
    """Text with a leading apostrophe when a spreadsheet would read it as a formula; anything else as it is."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
