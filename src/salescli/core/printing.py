"""Papers for customers: one `Paper` value printed as HTML, PDF or Word, in the language in use (CTR-09, QUO-03, ORD-13).

An office changes its papers without touching the program: a file `<name>.html.j2` or `<name>.docx` in the folder `templates` beside the
book takes the place of ours and is filled with the same words: title, number, company, fields, tables, clauses, signatures. A PDF follows
it as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, Message, _, language

if TYPE_CHECKING:
    from collections.abc import Sequence

TEMPLATES = Path(__file__).parent.parent / "templates"
FOLDER = "templates"
"""Where, beside the book, the office keeps its own."""
ENDS = {".html": (".html.j2",), ".pdf": (".html.j2", ".docx"), ".docx": (".docx",)}
"""What a paper may be printed to, and the own templates each follows, the first that is there."""
FONT = "STSong-Light"
"""The Chinese font every PDF viewer brings; nothing has to be shipped or embedded."""


@dataclass(frozen=True)
class Sheet:
    """A table of a paper: translated heads, rows of ready text, which columns are figures, a last line of totals.

    `closing` is a sentence right below the table, as wide as it: the sum in capitals.
    """

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: Sequence[bool]
    total: Sequence[str] = ()
    title: str = ""
    closing: str = ""

    @property
    def shares(self) -> list[float]:
        """Each column's part of the width."""
        from salescli.core.printing_layout import shares

        return shares(self)

    @property
    def unbroken(self) -> list[bool]:
        """Which columns stand on one line."""
        from salescli.core.printing_layout import unbroken

        return unbroken(self)


@dataclass(frozen=True)
class Paper:
    """What stands on a paper, ready to print: every text is in the language in use, every figure is formatted.

    `draft`: a mark on every page, in the words given. The names of `fields` are English and translated when printed; those without a
    value are left out, yet a template may name them.
    """

    name: str
    title: str
    number: str
    company: str
    fields: Sequence[tuple[str, str | None]] = ()
    tables: Sequence[Sheet] = ()
    clauses: Sequence[tuple[str, str]] = ()
    signatures: Sequence[str] = ()
    draft: bool | str = False
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def shown(self) -> list[tuple[str, str]]:
        """The fields that hold something, their names translated."""
        return [(_(name), value) for name, value in self.fields if value]

    @property
    def values(self) -> dict[str, str]:
        """Every field by its English and by its translated name; "" where it is empty."""
        return {key: value or "" for name, value in self.fields for key in (name, _(name))}


def capitals(amount: int) -> str:
    """An amount (1/100) in the capital figures of Chinese contracts: 123450 -> 壹仟贰佰叁拾肆元伍角."""
    import cn2an

    from salescli.core.money import amount_text

    text: str = cn2an.an2cn(amount_text(abs(amount)), "rmb")
    return f"负{text}" if amount < 0 else text


def print_paper(paper: Paper, target: Path, book: Path | None = None) -> None:
    """Write a paper to a file; the suffix says how. Raises SalesError as `rendered` and `save` do."""
    save(rendered(paper, target, book), target)


def rendered(paper: Paper, target: Path, book: Path | None = None) -> bytes:
    """The file a paper becomes; it may take seconds where another program makes it.

    Raises SalesError: 2 an unknown suffix, a missing part or program, a template that cannot be filled; 1 a program that failed.
    """
    suffix = target.suffix.lower()
    if suffix not in ENDS:
        text = N_("cannot print to {file}: the name must end with one of {known}")
        fail("unknown_paper", text, kind=Kind.USAGE, file=str(target), known=list(ENDS))
    return {".html": _html, ".pdf": _pdf, ".docx": _word}[suffix](paper, own_template(paper.name, suffix, book))


def save(made: bytes, target: Path) -> None:
    """Put a printed paper in its place. Raises SalesError (2) when that cannot be written."""
    from salescli.core.formats.target import replacing

    with replacing(target) as out:
        out.write(made)


def own_template(name: str, suffix: str, book: Path | None) -> Path | None:
    """The office's own template of a paper for a kind of file, if it has one beside its book."""
    if book is None:
        return None
    own = (book.parent / FOLDER / f"{name}{end}" for end in ENDS.get(suffix.lower(), ()))
    return next((path for path in own if path.is_file()), None)


def sign_lines() -> list[str]:
    """What stands below each place to sign."""
    return [_(N_("Signature")), _(N_("Date"))]


def labelled(name: str, value: str = "") -> str:
    """A name and what it is, with the colon of the language."""
    return f"{name}：{value}" if language() == "zh" else f"{name}: {value}"


def words(paper: Paper) -> dict[str, Any]:
    """What a template may name (docs/template.md tells the office)."""
    return {
        "lang": "zh-CN" if language() == "zh" else "en",
        "title": paper.title,
        "number": paper.number,
        "company": paper.company,
        "fields": paper.shown,
        "values": paper.values,
        "tables": list(paper.tables),
        "clauses": list(paper.clauses),
        "signatures": list(paper.signatures),
        "sign_lines": sign_lines(),
        "colon": labelled(""),
        "draft": paper.draft if isinstance(paper.draft, str) else _(N_("DRAFT - not approved")) if paper.draft else "",
        **paper.extra,
    }


def _html(paper: Paper, own: Path | None) -> bytes:
    from salescli.core.printing_html import page

    template = own or TEMPLATES / "paper.html.j2"
    try:
        return page(template, paper)
    except Exception as error:  # a template is a program of the office's: whatever it raises is told with its name
        _bad_template(template, error, paper)


def _bad_template(path: Path, error: Exception, paper: Paper) -> NoReturn:
    """Say what is wrong with a template, and where; raises SalesError (2)."""
    from zipfile import BadZipFile

    from jinja2 import UndefinedError

    facts = {"file": str(path), "why": str(error) or type(error).__name__, "line": getattr(error, "lineno", None)}
    text, hint = N_("the template {file} cannot be filled: {why}"), N_("mend it, or move it away to use ours")
    if isinstance(error, UndefinedError):
        text, hint = N_("the template {file} names what this paper does not have: {why}"), N_("words: {words}; values: {values}")
        facts |= {"words": list(words(paper)), "values": [name for name, _value in paper.fields]}
    elif isinstance(error, FileNotFoundError):
        text = N_("the template {file} names a picture that is not there: {picture}")
        facts["picture"] = str(error.filename)
    elif isinstance(error, BadZipFile):
        text = N_("the template {file} is no Word file (.docx)")
    elif facts["line"] and path.suffix == ".j2":  # the lines of a Word file are nobody's
        text = N_("the template {file} cannot be filled: {why} (line {line})")
    fail("bad_template", text, kind=Kind.USAGE, hint=hint, **facts)


def _missing(extra: str, what: str) -> NoReturn:
    text = N_("{what} needs a part that is not installed")
    fail("extra_missing", text, kind=Kind.USAGE, hint=N_('pip install "salescli[{extra}]"'), what=what, extra=extra)


def _pdf(paper: Paper, own: Path | None) -> bytes:
    """The office's own template, printed by the program it is made for; else our pages by reportlab."""
    if own:
        from salescli.core.printing_convert import as_pdf

        return as_pdf((_word if own.suffix == ".docx" else _html)(paper, own), own)
    try:
        from salescli.core.printing_pdf import pages
    except ImportError:
        _missing("pdf", "PDF")
    return pages(paper)


def _word(paper: Paper, own: Path | None) -> bytes:
    """A Word file from a .docx template (ours unless the office has its own)."""
    try:
        from salescli.core.printing_word import document
    except ImportError:
        _missing("word", "Word")
    template = own or TEMPLATES / "paper.docx"
    try:
        return document(template, paper)
    except Exception as error:  # as for HTML; Word files are broken in more ways
        _bad_template(template, error, paper)


def spoken(message: Message) -> str:
    """A message as it stands on the paper."""
    return message.render()
