"""The terminal's table: fitted to its width, text folded, figures never broken; what is too wide is drawn in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.formats.values import as_records, figure_lines, human_columns, is_number, titles, total_row, visible, width

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from rich.console import Console
    from rich.table import Table

    from salescli.core.report import Report

NARROWEST_TEXT = 14  # a text column may fold down to this many cells before the table is drawn in parts
NARROWEST_TITLE = 10
SPACING = 2


def write(report: Report, out: TextIO) -> None:
    """Draw the table on a terminal in its width; anywhere else as wide as it is and without colour."""
    from rich.text import Text

    drawn = _Drawn(as_records(report) if report.record else report)
    console = _console(out, None if out.isatty() else drawn.room())
    words = out.isatty()
    console.print(Text(visible(report.title.render()), style="bold"), soft_wrap=not words)
    if report.rows:
        drawn.draw(console)
    else:
        console.print(Text(visible(report.empty_message().render())), soft_wrap=not words)
    for line in figure_lines(report):
        console.print(Text(line), soft_wrap=not words)
    for note in report.notes:
        console.print(Text(visible(note.render()), style="dim"), soft_wrap=not words)


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
        """Print the table, in parts where the console is too narrow for all columns side by side."""
        for number, part in enumerate(parts(self.least, console.width)):
            if number:
                console.print()
            table = self._part(part, console.width)
            for row in zip(*(self.columns[i] for i in part), strict=True):
                table.add_row(*row)
            console.print(table)

    def _part(self, part: Sequence[int], room: int) -> Table:
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
        widths = fitted([self.natural[i] for i in part], [self.least[i] for i in part], room)
        for place, column, size in zip(part, columns, widths, strict=True):
            head, foot = self.heads[place] if self.heads else "", totals[place] if totals else ""
            table.add_column(head, foot, justify="right" if is_number(column) else "left", width=size, overflow="fold")
        return table


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
