"""Makes src/salescli/templates/paper.docx, the Word template an office copies and changes. Run by hand after a change here."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

TARGET = Path(__file__).parent.parent / "src" / "salescli" / "templates" / "paper.docx"


def main() -> None:
    """Write the template: docxtpl tags in an ordinary document."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Sans CJK SC")
    document.add_paragraph("{{ company }}    {{ number }}")
    document.add_heading("{{ title }}", level=1).alignment = 1
    document.add_paragraph("{%p if draft %}")
    document.add_paragraph("{{ draft }}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p for name, value in fields %}")
    document.add_paragraph("{{ name }}: {{ value }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p for sheet in tables %}")
    document.add_paragraph("{{ sheet.title }}")
    table = document.add_table(rows=7, cols=3)
    table.style = "Table Grid"
    _row(table, 0, "head in sheet.heads", "head")
    _mark(table, 1, "{%tr for row in sheet.rows %}")
    _row(table, 2, "cell in row", "cell")
    _mark(table, 3, "{%tr endfor %}")
    _mark(table, 4, "{%tr if sheet.total %}")  # a row without cells would break the whole table
    _row(table, 5, "cell in sheet.total", "cell")
    _mark(table, 6, "{%tr endif %}")
    _let_columns_fit(table)
    _smaller(table)
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p for head, body in clauses %}")
    document.add_heading("{{ head }}", level=2)
    document.add_paragraph("{{ body }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("")
    document.add_paragraph("{%p for who in signatures %}")
    document.add_paragraph("{{ who }}: ______________________")
    document.add_paragraph("{%p endfor %}")
    document.save(TARGET)


def _row(table: object, index: int, loop: str, name: str) -> None:
    """A row whose cells come from a loop: three template cells, of which docxtpl keeps the middle one per value."""
    row = table.rows[index]  # type: ignore[attr-defined]
    for cell, text in zip(row.cells, (f"{{%tc for {loop} %}}", f"{{{{ {name} }}}}", "{%tc endfor %}"), strict=True):
        cell.text = text


def _let_columns_fit(table: object) -> None:
    """Drop every fixed width: the columns take what their words need."""
    table.autofit = True  # type: ignore[attr-defined]
    for cell in table._cells:  # type: ignore[attr-defined]
        properties = cell._tc.tcPr
        if properties is not None:
            for width in properties.findall(qn("w:tcW")):
                width.set(qn("w:type"), "auto")
                width.set(qn("w:w"), "0")


def _smaller(table: object) -> None:
    """Seven columns side by side: large amounts must not break."""
    for cell in table._cells:  # type: ignore[attr-defined]
        for run in cell.paragraphs[0].runs:
            run.font.size = Pt(8.5)


def _mark(table: object, index: int, text: str) -> None:
    table.rows[index].cells[0].text = text  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
