"""Printing a quote, and keeping that it was printed (QUO-03)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, msg
from salescli.core.printing import Paper, rendered, save
from salescli.core.report import Done
from salescli.quote import reads
from salescli.quote.reads_paper import paper

if TYPE_CHECKING:
    from salescli.core.writer import Writer


def need_prices(w: Writer) -> None:
    """Only who sees prices prints papers that show them. ORG-07. Raises SalesError (7)."""
    if not w.actor.sees_prices:
        text = N_("{staff} may not see prices, and papers show them")
        hint = N_("let somebody print it who sees prices: salescli staff list")
        fail("prices_hidden", text, kind=Kind.FORBIDDEN, rule="ORG-07", hint=hint, staff=w.actor.code)


def put_paper(w: Writer, paper: Paper, document: str, target: str, book: Path) -> None:
    """Print a paper while others may write, note it, then put it in its place; a dry run puts nothing. QUO-03, CTR-09.

    Raises SalesError as `core.printing.rendered` and `save` do.
    """
    with w.unlocked():
        made = rendered(paper, Path(target), book)
    w.note(document, target)
    if w.keeps:
        save(made, Path(target))


def versioned(target: str, version: int) -> str:
    """A file name beside `target` for another version: quote.pdf -> quote-2.pdf."""
    return str(Path(target).with_name(f"{Path(target).stem}-{version}{Path(target).suffix}"))


def print_quote(w: Writer, number: str, target: str, book: Path, version: int | None = None) -> Done:
    """Write the quotation to a file, its last version unless another is named; the suffix says how. QUO-03.

    Raises SalesError: 2 an unknown suffix or missing part, 3 no such quote or version.
    """
    need_prices(w)
    row = reads.quote(w.reader, number)
    sheet = paper(w.reader, row, version)
    put_paper(w, sheet, row.number, target, book)
    text = N_("{number} is printed to {file}")
    if isinstance(sheet.draft, str):
        text = N_("{number} is printed to {file}, marked as replaced by version {version}")
    elif sheet.draft:
        text = N_("{number} is printed to {file}, marked as a draft: it is not approved")
    before = row.version - 1 if sheet.draft is True else 0
    more = (f"salescli quote print {row.number} --revision {before} -o {versioned(target, before)}",) if before else ()
    return Done(msg(text, number=sheet.number, file=target, version=row.version), document=row.number, next=more)
