"""Markdown for wikis and mails: one pipe table, Chinese columns aligned in the source as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.formats.values import as_records, figure_lines, human_columns, is_number, titles, total_row, visible

if TYPE_CHECKING:
    from typing import TextIO

    from salescli.core.report import Report

_MARKS = str.maketrans({"\\": "\\\\", "|": "\\|", "<": "\\<"})  # a cell can neither end itself nor open an HTML tag


def write(report: Report, out: TextIO) -> None:
    """Write title, table with totals, further totals and notes."""
    out.write(f"# {_escaped(report.title.render())}\n\n")
    out.write(f"{_table(report)}\n" if report.rows else f"*{_escaped(report.empty_message().render())}*\n")
    remarks = figure_lines(report) + [note.render() for note in report.notes]
    if remarks:
        out.write("\n")
    out.writelines(f"- {_escaped(remark)}\n" for remark in remarks)


def _escaped(text: str) -> str:
    return visible(text).translate(_MARKS)


def _table(report: Report) -> str:
    # tabulate measures Chinese with wcwidth when it is installed; without disable_numparse it rewrites codes like 1e5.
    from tabulate import tabulate

    drawn = as_records(report) if report.record else report
    rows = [[_escaped(cell) for cell in row] for row in zip(*human_columns(drawn), strict=True)]
    totals = total_row(drawn)
    if totals:
        rows.append([f"**{_escaped(cell)}**" if cell else "" for cell in totals])
    heads = [_escaped(title) for title in titles(drawn.columns)]
    align = ["right" if is_number(column) else "left" for column in drawn.columns]
    return str(tabulate(rows, headers=heads, tablefmt="pipe", disable_numparse=True, colalign=align))
