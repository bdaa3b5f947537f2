"""HTML as one self-contained page that prints well and can be mailed; every value is escaped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from salescli.core.formats.values import as_records, figure_lines, human_columns, is_number, titles, total_row, visible
from salescli.core.i18n import language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from salescli.core.report import Column, Report

TEMPLATES = Path(__file__).parents[2] / "templates"
LANGUAGE_TAGS = {"en": "en", "zh": "zh-CN"}


SHORT = 16
"""Signs up to which the cells of a column stay on one line: dates, numbers of documents, rule ids would break at their hyphens."""


def write(report: Report, out: TextIO) -> None:
    """Write the page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    pages = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    drawn = as_records(report) if report.record else report
    cells = human_columns(drawn) if drawn.rows else []
    page = pages.get_template("report.html.j2").stream(
        lang=LANGUAGE_TAGS[language()],
        title=visible(report.title.render()),
        empty=visible(report.empty_message().render()),
        heads=[] if report.record else titles(drawn.columns),
        classes=[_class(column, cells[place] if cells else ()) for place, column in enumerate(drawn.columns)],
        rows=zip(*cells, strict=True) if drawn.rows else None,
        totals=total_row(drawn) if drawn.rows else None,
        figures=figure_lines(report),
        notes=[visible(note.render()) for note in report.notes],
    )
    page.enable_buffering(200)
    out.writelines(page)


def _class(column: Column, cells: Sequence[str]) -> str:
    """How a column is set: "n" figures on the right, "s" short words on one line, "" text that may wrap."""
    if is_number(column):
        return "n"
    return "s" if all(len(cell) <= SHORT for cell in cells) else ""
