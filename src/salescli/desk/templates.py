"""The office's own papers: which there are, and a copy of ours to begin with (CTR-09)."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, msg
from salescli.core.printing import FOLDER, TEMPLATES
from salescli.core.printing_convert import BROWSER, OFFICE, program_of
from salescli.core.report import Column, Report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from salescli.core.i18n import Message

PAPERS = {
    "quote": "salescli quote print",
    "contract": "salescli contract print",
    "deposit": "salescli contract print --deposit",
    "order": "salescli order print SO-…",
    "delivery_note": "salescli order print DN-…",
    "product-label": "salescli product label",
}
OURS = {".docx": "paper.docx", ".html.j2": "paper.html.j2"}
BY_KIND = "contract-"
COLUMNS = (
    Column("paper", N_("Printed paper")),
    Column("command", N_("Printed by")),
    Column("word", N_("Word template")),
    Column("html", N_("HTML template")),
)


def papers(book: Path) -> Report:
    """Every paper with the office's own templates; "-" where ours is used."""
    own = {path.name for path in (book.parent / FOLDER).glob("*") if path.is_file()}
    kinds = sorted({name.removesuffix(suffix) for name in own for suffix in OURS if name.startswith(BY_KIND) and name.endswith(suffix)})
    names = {**PAPERS, **dict.fromkeys(kinds, PAPERS["contract"])}
    rows = [(name, command, *(_own(own, f"{name}{suffix}") for suffix in OURS)) for name, command in names.items()]
    told = msg(
        N_("your own lie in {folder}; the others are ours; a PDF follows your HTML page, else your Word file"),
        folder=str(book.parent / FOLDER),
    )
    return Report("templates", msg(N_("Papers and templates")), COLUMNS, rows, notes=(told, *_unprinted(rows)))


def _unprinted(rows: Sequence[tuple[str | None, ...]]) -> list[Message]:
    """What is missing here to print the office's own templates as PDF."""
    needed = (
        (BROWSER, N_("there is no Chrome, Chromium or Edge here to print your HTML pages as PDF"), any(row[3] for row in rows)),
        (OFFICE, N_("there is no LibreOffice here to print your Word files as PDF"), any(row[2] and not row[3] for row in rows)),
    )
    return [msg(text) for printer, text, used in needed if used and program_of(printer) is None]


def _own(own: set[str], name: str) -> str | None:
    return name if name in own else None


def copied(name: str, book: Path) -> Path:
    """Our template under the office's name. Raises SalesError: 2 no such paper, 6 there is one already."""
    suffix = next((suffix for suffix in OURS if name.endswith(suffix)), None)
    paper = name.removesuffix(suffix or "")
    if suffix is None or "/" in name or "\\" in name or not (paper in PAPERS or paper.removeprefix(BY_KIND) not in ("", paper)):
        text = N_("there is no paper {name}; papers: {papers}; files end with {known}")
        fail("unknown_template", text, kind=Kind.USAGE, name=name, papers=[*PAPERS, "contract-KIND"], known=list(OURS))
    own = book.parent / FOLDER / name
    if own.exists():
        hint = N_("edit it, or move it away first")
        fail("template_there", N_("{file} is there already and stays as it is"), hint=hint, kind=Kind.STATE, file=str(own))
    own.parent.mkdir(exist_ok=True)
    shutil.copyfile(TEMPLATES / OURS[suffix], own)
    return own
