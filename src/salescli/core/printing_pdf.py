"""A paper as PDF. Loaded only when a PDF is asked for: reportlab costs 400 ms and is an extra."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from salescli.core.i18n import N_, msg
from salescli.core.printing import FONT, labelled, sign_lines, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.printing import Paper, Sheet

WIDTH = A4[0] - 36 * mm
LINE = colors.HexColor("#bbbbbb")
SHADE = colors.HexColor("#f0f0f0")
GREY = colors.HexColor("#555555")
RED = colors.HexColor("#b00020")
TOGETHER = 12
"""Tables of up to so many lines are not broken over two pages."""
LATIN = "Helvetica"
"""For what is not Chinese: the Latin letters of the Chinese font look cramped where a viewer replaces it."""
_LATIN_RUN = re.compile(r"[\x21-\x7e\u00a1-\u00ff](?:[\x20-\x7e\u00a1-\u00ff]*[\x21-\x7e\u00a1-\u00ff])?")


class _Bold(Paragraph):  # type: ignore[misc]  # reportlab is untyped
    """Text whose signs are filled and drawn around: the Chinese font has no bold of its own."""

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.setLineWidth(0.3)
        self.canv.addLiteral("2 Tr")
        super().draw()
        self.canv.restoreState()


def pages(paper: Paper) -> bytes:
    """The finished file."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    made = BytesIO()
    document = SimpleDocTemplate(
        made, pagesize=A4, leftMargin=18 * mm - 6, rightMargin=18 * mm - 6, topMargin=15 * mm, bottomMargin=18 * mm,
        title=f"{paper.title} {paper.number}", author=paper.company,
    )  # fmt: skip
    document.build(_flow(paper), canvasmaker=lambda *args, **more: _Counted(*args, paper=paper, **more))
    return made.getvalue()


class _Counted(Canvas):  # type: ignore[misc]
    """Pages with their foot, drawn when it is known how many there are."""

    def __init__(self, *args: Any, paper: Paper, **more: Any) -> None:
        super().__init__(*args, **more)
        self._paper = paper
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for kept in self._kept:
            self.__dict__.update(kept)
            _foot(self, self._paper, len(self._kept))
            super().showPage()
        super().save()


def _foot(canvas: Any, paper: Paper, count: int) -> None:
    """Company and number, the draft's mark, page and pages."""
    said = msg(N_("Page {page} of {pages}"), page=canvas.getPageNumber(), pages=count).render()
    line = Table(
        [[_text(f"{paper.company} · {paper.number}", 8), _text(words(paper)["draft"], 8, alignment=1, textColor=RED),
          _text(said, 8, alignment=2)]],
        colWidths=[WIDTH * 0.5, WIDTH * 0.25, WIDTH * 0.25], style=_FLUSH,
    )  # fmt: skip
    line.wrapOn(canvas, WIDTH, 10 * mm)
    line.drawOn(canvas, 18 * mm, 8 * mm)


_FLUSH = [("LEFTPADDING", (0, 0), (0, -1), 0), ("RIGHTPADDING", (-1, 0), (-1, -1), 0), ("VALIGN", (0, 0), (-1, -1), "TOP")]


def _text(text: str, size: float = 9.5, kind: Any = Paragraph, **more: Any) -> Any:
    """Text that wraps Chinese between any two signs and Latin between words."""
    style = ParagraphStyle("s", fontName=FONT, fontSize=size, leading=size * 1.45, wordWrap="CJK", **more)
    return kind(_markup(text), style)


def _markup(text: str) -> str:
    """Text for reportlab, each run in the font it looks best in."""
    escaped = _LATIN_RUN.sub(lambda run: f'<font face="{LATIN}">{escape(run[0])}</font>', text)
    return escaped.replace("\n", "<br/>")


def _flow(paper: Paper) -> list[Any]:
    flow: list[Any] = [_head(paper), _text(paper.title, 18, _Bold, alignment=1, spaceBefore=2 * mm, spaceAfter=2 * mm)]
    if paper.draft:
        flow.append(_text(words(paper)["draft"], 11, alignment=1, textColor=RED))
    flow += [Spacer(1, 3 * mm), _fields(paper)]
    for sheet in paper.tables:
        head = [_text(sheet.title, 11, _Bold, spaceAfter=1 * mm)] if sheet.title else []
        part = [Spacer(1, 4 * mm), *head, _table(sheet)]
        flow += [KeepTogether(part)] if len(sheet.rows) <= TOGETHER else [CondPageBreak(30 * mm), *part]
    for clause, body in paper.clauses:
        flow += [Spacer(1, 3 * mm), CondPageBreak(15 * mm), _text(clause, 10.5, _Bold), _text(body)]
    if paper.signatures:
        flow.append(KeepTogether([Spacer(1, 10 * mm), _signatures(paper)]))
    return flow


def _head(paper: Paper) -> Table:
    cells = [_text(paper.company, 11), _text(paper.number, 10, alignment=2)]
    return Table([cells], colWidths=[WIDTH * 0.65, WIDTH * 0.35], style=[*_FLUSH, ("LINEBELOW", (0, 0), (-1, -1), 0.8, colors.black)])


def _fields(paper: Paper) -> Table:
    """Names and what they are, two beside each other; a short name takes no more room than it needs."""
    cells = [[_text(labelled(name), textColor=GREY), _text(value)] for name, value in paper.shown]
    rows = [[cell for pair in cells[i : i + 2] for cell in pair] for i in range(0, len(cells), 2)] or [[""]]
    rows = [row + [""] * (4 - len(row)) for row in rows]
    names = [max((_wide(labelled(name)) for name, _value in paper.shown[side::2]), default=0) + 15 for side in (0, 1)]
    names = [min(wide, WIDTH / 5) for wide in names]
    style = [*_FLUSH, ("RIGHTPADDING", (0, 0), (0, -1), 4), ("BOTTOMPADDING", (0, 0), (-1, -1), 1), ("TOPPADDING", (0, 0), (-1, -1), 1)]
    return Table(rows, colWidths=[names[0], WIDTH / 2 - names[0], names[1], WIDTH / 2 - names[1]], style=style)


def _wide(text: str, size: float = 9.5) -> float:
    """How wide a text is on one line."""
    latin = sum(pdfmetrics.stringWidth(run, LATIN, size) for run in _LATIN_RUN.findall(text))
    return float(latin + pdfmetrics.stringWidth(_LATIN_RUN.sub("", text), FONT, size))


def _table(sheet: Sheet) -> Table:
    rows = [_cells(sheet.heads, sheet, _Bold), *(_cells(row, sheet) for row in sheet.rows)]
    last = len(rows) - 1
    style = [
        ("BACKGROUND", (0, 0), (-1, 0), SHADE),
        ("LINEABOVE", (0, 0), (-1, 0), 0.8, colors.black),
        ("LINEBELOW", (0, 0), (-1, -1), 0.3, LINE),
        ("LINEBELOW", (0, -1), (-1, -1), 0.8, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("NOSPLIT", (0, last), (-1, -1)),
    ]
    if sheet.total:
        rows.append(_cells(sheet.total, sheet, _Bold))
        style.append(("LINEABOVE", (0, last + 1), (-1, last + 1), 0.8, colors.black))
    if sheet.closing:
        rows.append([_text(sheet.closing), *[""] * (len(sheet.heads) - 1)])
        style.append(("SPAN", (0, -1), (-1, -1)))
    return Table(rows, colWidths=[WIDTH * share for share in sheet.shares], repeatRows=1, style=TableStyle(style))


def _cells(row: Sequence[str], sheet: Sheet, kind: Any = Paragraph) -> list[Any]:
    return [_text(cell, 9, kind, alignment=2 if right else 0) for cell, right in zip(row, sheet.right, strict=True)]


def _signatures(paper: Paper) -> Table:
    """For each side its name, and lines for signature and date."""
    cells = [[_text(labelled(who), 10, _Bold)] + [_text(f"{labelled(line)} ____________________") for line in sign_lines()]
             for who in paper.signatures]  # fmt: skip
    style = [*_FLUSH, ("BOTTOMPADDING", (0, 0), (-1, -1), 5 * mm)]
    return Table(list(zip(*cells, strict=True)), colWidths=[WIDTH / len(cells)] * len(cells), style=style)
