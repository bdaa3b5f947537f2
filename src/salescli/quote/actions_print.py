"""Printing a quote, and keeping that it was printed (QUO-03)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, msg
from salescli.core.printing import print_paper
from salescli.core.report import Done
from salescli.quote.reads_paper import paper

if TYPE_CHECKING:
    from salescli.core.writer import Writer


def need_prices(w: Writer) -> None:
    """Only who sees prices prints papers that show them. ORG-07. Raises SalesError (7)."""
    if not w.actor.sees_prices:
        text = N_("{staff} may not see prices, and papers show them")
        fail("prices_hidden", text, kind=Kind.FORBIDDEN, rule="ORG-07", staff=w.actor.code)


def print_quote(w: Writer, number: str, target: str, book: Path) -> Done:
    """Write the quotation to a file; its suffix says how. Raises SalesError: 2 an unknown suffix or missing part, 3 no such quote."""
    need_prices(w)
    sheet = paper(w.reader, number)
    print_paper(sheet, Path(target), book)
    w.note(sheet.number.partition("/")[0], target)
    text = (
        N_("{number} is printed to {file}, marked as a draft: it is not approved") if sheet.draft else N_("{number} is printed to {file}")
    )
    return Done(msg(text, number=sheet.number, file=target), document=sheet.number.partition("/")[0])
