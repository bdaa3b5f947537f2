"""The terminal's table: fitted to its width, text folded, figures never broken.

Where it is too narrow, columns that hold nothing are left out and named; one long text goes below its row; the rest is drawn in parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.formats.folding import folded
from salescli.core.formats.plain import aligned
from salescli.core.formats.values import as_records, figure_lines, human_columns, is_number, titles, total_row, visible, width
from salescli.core.i18n import N_, Message
from salescli.core.report import Lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from rich.console import Console
    from rich.table import Table

    from salescli.core.report import Report

NARROWEST_TEXT = 14  # a text column may fold down to this many cells before the table is drawn in parts
NARROWEST_TITLE = 10
LONG_TEXT = 40  # a text column of this width goes below its row where beside the others it would take more than
MOST_LINES = 2  # lines
SPACING = 2
INDENT = "  "


def write(report: Report, out: TextIO) -> None:
    """Draw the table on a terminal in its width; anywhere else as wide as it is and without colour."""
    from rich.text import Text

    words = out.isatty()
    drawn = _Drawn(as_records(report) if report.record else report)
    console = _console(out, None if words else drawn.room())
    left_out = () if report.record or report.chosen or drawn.room() - SPACING <= console.width else _empty_columns(report)
    if left_out:
        drawn = _Drawn(_without(report, left_out))
    console.print(Text(visible(report.title.render()), style="bold"), soft_wrap=not words)
    if report.rows:
        drawn.draw(console)
    else:
        console.print(Text(visible(report.empty_message().render())), soft_wrap=not words)
    for line in figure_lines(report):
        console.print(Text(line), soft_wrap=not words)
    for note in (*report.notes, *_told(report, left_out)):
        console.print(Text(visible(note.render()), style="dim"), soft_wrap=not words)


def _empty_columns(report: Report) -> tuple[int, ...]:
    """The columns in which no row holds anything; never all of them."""
    kept = [i for i, column in enumerate(report.columns) if report.totals.get(column.key) is not None]
    known = {i for i, cells in enumerate(zip(*report.rows, strict=True)) if any(cell is not None and cell != "" for cell in cells)}
    empty = tuple(i for i in range(1, len(report.columns)) if i not in known and i not in kept)
    return empty if report.rows else ()


def _without(report: Report, places: Sequence[int]) -> Report:
    kept = [i for i in range(len(report.columns)) if i not in places]
    totals = {key: value for key, value in report.totals.items() if key not in {report.columns[i].key for i in places}}
    rows = Lines(report.rows, lambda row: tuple(row[i] for i in kept))
    return report._replace(columns=tuple(report.columns[i] for i in kept), rows=rows, totals=totals)


def _told(report: Report, places: Sequence[int]) -> list[Message]:
    """Which columns were left out, so that nobody looks for them."""
    names = titles([report.columns[i] for i in places])
    return [Message(N_("Empty and left out: {columns}"), {"columns": names})] if names else []


def _console(out: TextIO, room: int | None) -> Console:
    from os import environ

    from rich.console import Console

    colour = out.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
    return Console(
        file=out,
        width=room,
        color_system="auto" if colour else None,
        force_terminal=colour,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )


class _Drawn:
    """A report as texts with the widths its columns would like and the least they need."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.heads = [] if report.record else titles(report.columns)
        self.columns = human_columns(report)
        self.totals = total_row(report)
        cells = [[*column, self.totals[i]] if self.totals else column for i, column in enumerate(self.columns)]
        heads = self.heads or [""] * len(cells)
        self.natural = [max(_widest(column), width(head)) for column, head in zip(cells, heads, strict=True)]
        self.least = [_least(column, heads[i], is_number(report.columns[i])) for i, column in enumerate(cells)]

    def room(self) -> int:
        """The cells the whole table takes when nothing is folded."""
        return sum(self.natural) + SPACING * len(self.natural)

    def draw(self, console: Console) -> None:
        """Print the table: with its long text below each row, or in parts, where the console is too narrow for all columns side by side."""
        place = self._below(console.width)
        if place is None:
            self._draw_parts(console)
        else:
            self._draw_below(console, place)

    def _below(self, room: int) -> int | None:
        """The text column that leaves room for all others when it stands below its row, if beside them it would be a narrow tower."""
        place = max(range(len(self.natural)), key=self.natural.__getitem__)
        free = room - (self.room() - SPACING - self.natural[place])
        long = self.natural[place] >= LONG_TEXT and not is_number(self.report.columns[place]) and len(self.natural) > 1
        return place if long and -SPACING <= free < self.natural[place] / MOST_LINES else None

    def _draw_below(self, console: Console, place: int) -> None:
        from rich.text import Text

        rest = [i for i in range(len(self.columns)) if i != place]
        right, widths = [is_number(self.report.columns[i]) for i in rest], [self.natural[i] for i in rest]
        rule = "─" * (sum(widths) + SPACING * (len(widths) - 1))

        def emphasised(cells: Sequence[str]) -> Text:
            return Text("".join(aligned([[cells[i]] for i in rest], right, widths)), style="bold")

        if self.heads:
            console.print(emphasised(self.heads), rule, sep="\n")
        for row, text in zip(aligned([self.columns[i] for i in rest], right, widths), self.columns[place], strict=True):
            console.print(Text(row), *(Text(INDENT + line) for line in folded(text, console.width - len(INDENT))), sep="\n")
        if self.totals:
            console.print(rule, emphasised(self.totals), sep="\n")

    def _draw_parts(self, console: Console) -> None:
        for number, part in enumerate(parts(self.least, console.width)):
            if number:
                console.print()
            widths = fitted([self.natural[i] for i in part], [self.least[i] for i in part], console.width)
            table = self._part(part, widths)
            for row in zip(*(self.columns[i] for i in part), strict=True):
                table.add_row(*(_folded_cell(cell, size) for cell, size in zip(row, widths, strict=True)))
            console.print(table)

    def _part(self, part: Sequence[int], widths: Sequence[int]) -> Table:
        from rich.box import SIMPLE
        from rich.table import Table

        columns = [self.report.columns[i] for i in part]
        totals = self.totals if any(column.key in self.report.totals for column in columns) else None
        table = Table(
            box=SIMPLE,
            show_edge=False,
            pad_edge=False,
            padding=(0, 1, 0, 0),
            show_header=bool(self.heads),
            show_footer=bool(totals),
            header_style="bold",
            footer_style="bold",
        )
        for place, column, size in zip(part, columns, widths, strict=True):
            head, foot = self.heads[place] if self.heads else "", totals[place] if totals else ""
            table.add_column(head, foot, justify="right" if is_number(column) else "left", width=size, overflow="fold")
        return table


def _folded_cell(cell: str, size: int) -> str:
    return cell if len(cell) * 2 <= size or width(cell) <= size else "\n".join(folded(cell, size))


def _widest(cells: Sequence[str]) -> int:
    return max(map(width, cells), default=0)


def _least(cells: Sequence[str], head: str, number: bool) -> int:
    """The narrowest a column may become: figures whole, text folded, titles folded between words."""
    title = min(_widest(head.split()), NARROWEST_TITLE)
    full = _widest(cells)
    return max(title, full if number else min(full, NARROWEST_TEXT))


def parts(least: Sequence[int], room: int) -> list[list[int]]:
    """Which columns stand side by side in `room` cells; every part repeats the first column, so rows can be told apart."""
    groups: list[list[int]] = [[0]]
    used = least[0]
    for place in range(1, len(least)):
        if used + SPACING + least[place] > room and len(groups[-1]) > 1:
            groups.append([0])
            used = least[0]
        groups[-1].append(place)
        used += SPACING + least[place]
    return groups


def fitted(natural: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Column widths that fit into `room` cells, taken from the widest columns first and never below the least."""
    widths = list(natural)
    for _cell in range(sum(widths) + SPACING * (len(widths) - 1) - room):
        loose = [i for i, size in enumerate(widths) if size > least[i]]
        if not loose:
            break
        widths[max(loose, key=widths.__getitem__)] -= 1
    return widths
