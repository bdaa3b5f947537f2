"""A paper as a Word file, filled by docxtpl. Loaded only when one is asked for: docxtpl is an extra."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined

from salescli.core.printing import words

if TYPE_CHECKING:
    from pathlib import Path

    from salescli.core.printing import Paper, Sheet

MARK = "lines"
"""Title (alternative text) of the template's table whose columns come from a loop: it gets their widths and sides."""


def document(template: Path, paper: Paper) -> bytes:
    """The filled template; raises whatever python-docx and Jinja find wrong with it."""
    filled = DocxTemplate(template)
    filled.render(words(paper), jinja_env=Environment(undefined=StrictUndefined), autoescape=True)
    marked = [table for table in filled.docx.tables if _title(table) == MARK]
    for table, sheet in zip(marked, paper.tables, strict=False):
        _shape(table, sheet, filled.docx.sections[0])
    made = BytesIO()
    filled.save(made)
    return made.getvalue()


def _title(table: Any) -> str | None:
    caption = table._tbl.tblPr.find(qn("w:tblCaption"))
    return None if caption is None else str(caption.get(qn("w:val")))


def _shape(table: Any, sheet: Sheet, section: Any) -> None:
    """Widths by what stands in the columns, figures on the right, rows whole, the head again on each page."""
    page = section.page_width - section.left_margin - section.right_margin
    widths = [int(page * share) for share in sheet.shares]
    table.autofit = False
    grid = table._tbl.tblGrid
    for column in list(grid):
        grid.remove(column)
    for width in widths:
        column = OxmlElement("w:gridCol")
        column.set(qn("w:w"), str(width // 635))
        grid.append(column)
    for row in table.rows:
        _flag(row, "w:cantSplit")
        for cell, width, right in zip(row.cells, widths, sheet.right, strict=False):
            cell.width = width
            if right:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _flag(table.rows[0], "w:tblHeader")


def _flag(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
