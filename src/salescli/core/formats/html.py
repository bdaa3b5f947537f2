"""HTML as one self-contained page that prints well and can be mailed; every value is escaped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from salescli.core.formats.values import as_records, figure_lines, human_columns, is_number, titles, total_row, visible
from salescli.core.i18n import language

if TYPE_CHECKING:
    from typing import TextIO

    from salescli.core.report import Report

TEMPLATES = Path(__file__).parents[2] / "templates"
LANGUAGE_TAGS = {"en": "en", "zh": "zh-CN"}


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
    page = pages.get_template("report.html.j2").stream(
        lang=LANGUAGE_TAGS[language()],
        title=visible(report.title.render()),
        empty=visible(report.empty_message().render()),
        heads=[] if report.record else titles(drawn.columns),
        right=[is_number(column) for column in drawn.columns],
        rows=zip(*human_columns(drawn), strict=True) if drawn.rows else None,
        totals=total_row(drawn) if drawn.rows else None,
        figures=figure_lines(report),
        notes=[visible(note.render()) for note in report.notes],
    )
    page.enable_buffering(200)
    out.writelines(page)
