"""Makes src/salescli/templates/paper.docx, the Word template an office copies and changes. Run by hand after a change here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

TARGET = Path(__file__).parent.parent / "src" / "salescli" / "templates" / "paper.docx"
BLACK, GREY, RED = RGBColor(0, 0, 0), RGBColor(0x55, 0x55, 0x55), RGBColor(0xB0, 0, 0x20)
PAGE = Mm(174)


def main() -> None:
    """Write the template: docxtpl tags in an ordinary document."""
    document = Document()
    _style(document)
    _edges(document)
    title = document.add_heading("{{ title }}", level=1)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("{%p if draft %}")
    _coloured(document.add_paragraph(), "{{ draft }}", RED).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("{%p endif %}")
    _fields(document)
    document.add_paragraph("{%p for sheet in tables %}")
    document.add_paragraph("{{ sheet.title }}", style="Heading 2")
    _lines(document)
    document.add_paragraph("{%p if sheet.closing %}")
    document.add_paragraph("{{ sheet.closing }}").paragraph_format.space_before = Pt(4)
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p for head, body in clauses %}")
    document.add_paragraph("{{ head }}", style="Heading 2")
    document.add_paragraph("{{ body }}")
    document.add_paragraph("{%p endfor %}")
    _signatures(document)
    document.save(TARGET)


def _style(document: Any) -> None:
    for name, size, bold in (("Normal", 10, False), ("Heading 1", 18, True), ("Heading 2", 11, True)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.color.rgb = "Calibri", Pt(size), bold, BLACK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
        fonts.set(qn("w:ascii"), "Calibri")
        fonts.set(qn("w:hAnsi"), "Calibri")
        fonts.set(qn("w:eastAsia"), "宋体")
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(0 if name == "Normal" else 8), Pt(3)
        style.paragraph_format.keep_with_next = name != "Normal"


def _edges(document: Any) -> None:
    """A4; company and number above, page and pages below, the draft's mark on every page."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    section.header_distance = section.footer_distance = Mm(10)
    for style in (document.styles["Header"], document.styles["Footer"]):
        style.paragraph_format.tab_stops.clear_all()
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph in (head, foot):
        paragraph.paragraph_format.tab_stops.add_tab_stop(PAGE, WD_TAB_ALIGNMENT.RIGHT)
    head.add_run("{{ company }}\t{{ number }}")
    _coloured(foot, "{{ draft }}", RED)
    foot.add_run("\t")
    _number(foot, "PAGE")
    foot.add_run(" / ")
    _number(foot, "NUMPAGES")


def _number(paragraph: Any, what: str) -> None:
    """A figure Word counts by itself."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), what)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _coloured(paragraph: Any, text: str, colour: RGBColor) -> Any:
    run = paragraph.add_run(text)
    run.font.color.rgb, run.font.size = colour, Pt(9)
    return paragraph


def _fields(document: Any) -> None:
    """Name and value, two beside each other."""
    table = document.add_table(rows=3, cols=2)
    _mark(table, 0, "{%tr for pair in fields|batch(2, ('', '')) %}")
    table.rows[1].cells[0].text = "{{ pair[0][0] }}{{ colon }}{{ pair[0][1] }}"
    table.rows[1].cells[1].text = "{% if pair[1][0] %}{{ pair[1][0] }}{{ colon }}{{ pair[1][1] }}{% endif %}"
    _mark(table, 2, "{%tr endfor %}")


def _lines(document: Any) -> None:
    """The table of goods, payments, …: its title tells the program to give the columns their widths."""
    table = document.add_table(rows=7, cols=3)
    table.style = "Table Grid"
    _row(table, 0, "head in sheet.heads", "head", bold=True)
    _mark(table, 1, "{%tr for row in sheet.rows %}")
    _row(table, 2, "cell in row", "cell")
    _mark(table, 3, "{%tr endfor %}")
    _mark(table, 4, "{%tr if sheet.total %}")  # a row without cells would break the whole table
    _row(table, 5, "cell in sheet.total", "cell", bold=True)
    _mark(table, 6, "{%tr endif %}")
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "60")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), "lines")
    table._tbl.tblPr.append(caption)
    for cell in table.rows[0].cells:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), "F0F0F0")
        cell._tc.get_or_add_tcPr().append(shade)


def _row(table: Any, index: int, loop: str, name: str, *, bold: bool = False) -> None:
    """A row whose cells come from a loop: three template cells, of which docxtpl keeps the middle one per value."""
    texts = (f"{{%tc for {loop} %}}", f"{{{{ {name} }}}}", "{%tc endfor %}")
    for cell, text in zip(table.rows[index].cells, texts, strict=True):
        run = cell.paragraphs[0].add_run(text)
        run.font.size, run.font.bold = Pt(9), bold
        cell.paragraphs[0].paragraph_format.space_before = cell.paragraphs[0].paragraph_format.space_after = Pt(1.5)


def _signatures(document: Any) -> None:
    """A column for each side: its name, and lines for signature and date."""
    document.add_paragraph("").paragraph_format.space_after = Pt(12)
    table = document.add_table(rows=4, cols=3)
    for index, text in ((0, "{{ who }}{{ colon }}"), (2, "{{ line }}{{ colon }}__________________")):
        texts = ("{%tc for who in signatures %}", text, "{%tc endfor %}")
        for cell, part in zip(table.rows[index].cells, texts, strict=True):
            cell.paragraphs[0].add_run(part).font.bold = index == 0
            cell.paragraphs[0].paragraph_format.space_after = Pt(14)
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    _mark(table, 1, "{%tr for line in sign_lines %}")
    _mark(table, 3, "{%tr endfor %}")


def _mark(table: Any, index: int, text: str) -> None:
    table.rows[index].cells[0].text = text


if __name__ == "__main__":
    main()
