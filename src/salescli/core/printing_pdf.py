"""A paper as PDF. Loaded only when a PDF is asked for: reportlab costs 400 ms and is an extra."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from salescli.core.i18n import language
from salescli.core.printing import FONT

if TYPE_CHECKING:
    from salescli.core.printing import Paper, Sheet

WIDTH = A4[0] - 36 * mm
LINE = colors.HexColor("#999999")


def pages(paper: Paper) -> bytes:
    """The finished file."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    made = BytesIO()
    document = SimpleDocTemplate(
        made, pagesize=A4, leftMargin=18 * mm, rightMargin=18 * mm, topMargin=18 * mm, bottomMargin=18 * mm,
        title=f"{paper.title} {paper.number}", author=paper.company,
    )  # fmt: skip
    document.build(_flow(paper), onFirstPage=_foot(paper), onLaterPages=_foot(paper))
    return made.getvalue()


def _style(size: float = 9.5, **more: Any) -> ParagraphStyle:
    """Text that wraps Chinese between any two signs and English between words."""
    wrap = "CJK" if language() == "zh" else None
    return ParagraphStyle("s", fontName=FONT, fontSize=size, leading=size * 1.45, wordWrap=wrap, **more)


def _text(text: str, style: ParagraphStyle | None = None) -> Paragraph:
    return Paragraph(escape(text).replace("\n", "<br/>"), style or _style())


def _flow(paper: Paper) -> list[Any]:
    flow: list[Any] = [_head(paper), _text(paper.title, _style(17, alignment=1, spaceAfter=2 * mm))]
    if paper.draft:
        from salescli.core.printing import words

        flow.append(_text(words(paper)["draft"], _style(11, alignment=1, textColor=colors.red)))
    flow += [Spacer(1, 3 * mm), _fields(paper)]
    for sheet in paper.tables:
        flow += [Spacer(1, 4 * mm), *([_text(sheet.title, _style(11))] if sheet.title else []), _table(sheet)]
    for head, body in paper.clauses:
        flow += [Spacer(1, 3 * mm), _text(head, _style(10.5)), _text(body)]
    if paper.signatures:
        flow += [Spacer(1, 14 * mm), _signatures(paper)]
    return flow


def _head(paper: Paper) -> Table:
    cells = [_text(paper.company, _style(11)), _text(paper.number, _style(10, alignment=2))]
    return Table([cells], colWidths=[WIDTH / 2] * 2, style=[("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0)])


def _fields(paper: Paper) -> Table:
    cells = [_text(f"{name}: {value}") for name, value in paper.fields]
    rows = [cells[i : i + 2] + [""] * (2 - len(cells[i : i + 2])) for i in range(0, len(cells), 2)] or [["", ""]]
    return Table(rows, colWidths=[WIDTH / 2] * 2, style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])


def _table(sheet: Sheet) -> Table:
    right = _style(alignment=2)
    rows = [[_text(h, right if r else None) for h, r in zip(sheet.heads, sheet.right, strict=True)]]
    for row in [*sheet.rows, *([sheet.total] if sheet.total else [])]:
        rows.append([_text(cell, right if r else None) for cell, r in zip(row, sheet.right, strict=True)])
    style = [
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, colors.black),
        ("LINEBELOW", (0, 1), (-1, -1), 0.3, LINE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    if sheet.total:
        style.append(("LINEABOVE", (0, -1), (-1, -1), 0.8, colors.black))
    return Table(rows, colWidths=_widths(sheet), repeatRows=1, style=TableStyle(style))


def _widths(sheet: Sheet) -> list[float]:
    """Columns share the page by the length of what stands in them."""
    longest = [max(len(h) + 2, *(len(row[i]) for row in sheet.rows), 4) if sheet.rows else len(h) + 2 for i, h in enumerate(sheet.heads)]
    shares = [min(length, 34) for length in longest]
    return [WIDTH * share / sum(shares) for share in shares]


def _signatures(paper: Paper) -> Table:
    cells = [_text(f"{who}: ______________________") for who in paper.signatures]
    return Table([cells], colWidths=[WIDTH / len(cells)] * len(cells))


def _foot(paper: Paper) -> Any:
    def draw(canvas: Any, document: Any) -> None:
        canvas.setFont(FONT, 8)
        canvas.drawString(18 * mm, 10 * mm, f"{paper.company}  {paper.number}")
        canvas.drawRightString(A4[0] - 18 * mm, 10 * mm, str(document.page))

    return draw
