"""Printing contracts and deposit sheets; a seal is printed only once it was granted (CTR-09, AP-17)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from salescli.contract import reads
from salescli.contract.actions_review import content
from salescli.contract.reads_paper import READY, deposit_paper, paper
from salescli.core.approval import Ask, needed
from salescli.core.errors import Kind, fail, raise_if
from salescli.core.i18n import N_, msg
from salescli.core.printing import print_paper
from salescli.core.report import Done
from salescli.quote.actions_print import need_prices

if TYPE_CHECKING:
    from salescli.core.writer import Writer


def print_contract(w: Writer, number: str, target: str, book: Path, *, seal: bool = False, deposit: bool = False) -> Done:
    """Write a contract (or its deposit sheet) to a file; `seal` needs approval of the paper as it stands. CTR-09, AP-17.

    Raises SalesError: 2 an unknown suffix, 3 no such contract or deposit, 5 a seal nobody granted, 6 a seal on what is not approved.
    """
    need_prices(w)
    row = reads.contract(w.reader, number)
    sheet = deposit_paper(w.reader, number) if deposit else paper(w.reader, number, Path(target), book, _sealed(w, row) if seal else None)
    print_paper(sheet, Path(target), book)
    w.note(row.number, target)
    as_draft = N_("{number} is printed to {file}, marked as a draft: it is not approved")
    text = as_draft if sheet.draft else N_("{number} is printed to {file}")
    return Done(msg(text, number=sheet.number, file=target), document=row.number)


def _sealed(w: Writer, row: reads.ContractRow) -> str:
    """The approval a seal rests on, as it stands on the paper. AP-17."""
    if row.last_state not in READY:
        text, hint = N_("{number} is {state:code}: only an approved contract is sealed"), N_("salescli contract submit {number}")
        fail("seal_unapproved", text, kind=Kind.STATE, rule="AP-17", hint=hint, number=row.number, state=row.last_state)
    ask = Ask("AP-17", row.number, content(w, row))
    raise_if(needed(w.reader, ask, "seal_not_granted", N_("the seal on {number} needs approval"), rule="AP-17", number=row.number))
    sql = "SELECT number, closed_on FROM approval WHERE document = :d AND kind = 'AP-17' AND state = 'approved' ORDER BY id DESC"
    number, day = w.reader.tuples(sql, d=row.number)[0]
    return f"{number} {day}"
