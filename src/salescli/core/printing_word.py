"""A paper as a Word file, filled by docxtpl. Loaded only when one is asked for: docxtpl is an extra."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined

from salescli.core.printing import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from salescli.core.printing import Paper, Sheet

RED = RGBColor(0xB0, 0, 0x20)
_SEEN = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
MARK = "lines"
"""Title (alternative text) of the template's table whose columns come from a loop: it gets their widths and sides."""


def document(template: Path, paper: Paper) -> bytes:
    """The filled template; raises whatever python-docx and Jinja find wrong with it."""
    filled = DocxTemplate(template)
    filled.render(words(paper), jinja_env=Environment(undefined=StrictUndefined), autoescape=True)
    marked = [table for table in filled.docx.tables if _title(table) == MARK]
    for table, sheet in zip(marked, paper.tables, strict=False):
        _shape(table, sheet, filled.docx.sections[0])
    said = words(paper)
    properties = filled.docx.core_properties
    properties.title, properties.author, properties.comments = f"{paper.title} {paper.number}", paper.company, ""
    made = BytesIO()
    filled.save(made)
    return _marked(made, said["draft"]).getvalue()


def _marked(made: BytesIO, draft: str) -> BytesIO:
    """What is not approved never looks as if it were: a template that leaves the draft's mark out gets it above every page. CTR-09."""
    with ZipFile(made) as parts:
        if any(escape(draft) in parts.read(name).decode() for name in parts.namelist() if _SEEN.match(name)):
            return made
    document = Document(made)
    for head in _heads(document):
        paragraph = head.paragraphs[0].insert_paragraph_before()
        paragraph.alignment, run = WD_ALIGN_PARAGRAPH.CENTER, paragraph.add_run(draft)
        run.font.bold, run.font.color.rgb = True, RED
    marked = BytesIO()
    document.save(marked)
    return marked


def _heads(document: Any) -> Iterator[Any]:
    """Every page header of a file, of each kind in use; the first of a kind is made if there was none, and followed by linked ones."""
    even, begun = document.settings.odd_and_even_pages_header_footer, set()
    for section in document.sections:
        kinds = {"header": True, "first_page_header": section.different_first_page_header_footer, "even_page_header": even}
        for kind in (kind for kind, used in kinds.items() if used):
            head = getattr(section, kind)
            if kind not in begun or not head.is_linked_to_previous:
                begun.add(kind)
                yield head


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
