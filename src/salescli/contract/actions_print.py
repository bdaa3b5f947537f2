"""Printing contracts and deposit sheets; a seal is printed only once it was granted (CTR-09, AP-17)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from salescli.contract import reads
from salescli.contract.actions_review import content
from salescli.contract.reads_paper import READY, deposit_paper, paper
from salescli.core.approval import Ask, digest, needed
from salescli.core.errors import Kind, fail, raise_if
from salescli.core.i18n import N_, msg
from salescli.core.report import Done
from salescli.quote.actions_print import need_prices, put_paper, versioned

if TYPE_CHECKING:
    from salescli.core.writer import Writer


def print_contract(w: Writer, number: str, target: str, book: Path, *, version: int | None = None, seal: bool = False) -> Done:
    """Write a contract to a file: what was signed, before the first signature the draft, or the version named. CTR-06, CTR-09, AP-17.

    `seal` needs approval of the paper as it stands. Raises SalesError: 2 an unknown suffix, 3 no such contract or version, 5 a seal
    nobody granted, 6 a seal on what is not approved.
    """
    need_prices(w)
    last = reads.contract(w.reader, number)
    row = reads.at_version(w.reader, last, version or last.in_force or last.version)
    sheet = paper(w.reader, row, Path(target), book, _sealed(w, row) if seal else None)
    put_paper(w, sheet, row.number, target, book)
    text, facts = _told(row, last), {"version": last.version, "state": last.last_state}
    other = version is None and row.version < last.version
    more = (f"salescli contract print {row.number} --revision {last.version} -o {versioned(target, last.version)}",) if other else ()
    return Done(msg(text, number=sheet.number, file=target, **facts), document=row.number, next=more)


def _told(row: reads.ContractRow, last: reads.ContractRow) -> str:
    """What is said of the version printed, and of an amendment beside it."""
    if row.version < (last.in_force or 0):
        return N_("{number} is printed to {file}, marked as replaced by a later version")
    if row.last_state not in READY:
        return N_("{number} is printed to {file}, marked as a draft: it is not approved")
    if row.version < last.version:
        return N_("{number} is printed to {file} as it was signed; version {version} ({state:code}) does not hold yet")
    return N_("{number} is printed to {file}")


def print_deposit(w: Writer, number: str, target: str, book: Path) -> Done:
    """Write the deposit sheet of a contract to a file. CTR-08. Raises SalesError: 2 an unknown suffix, 3 no such contract or deposit."""
    need_prices(w)
    row = reads.contract(w.reader, number)
    sheet = deposit_paper(w.reader, number)
    put_paper(w, sheet, row.number, target, book)
    return Done(msg(N_("{number} is printed to {file}"), number=sheet.number, file=target), document=row.number)


def _sealed(w: Writer, row: reads.ContractRow) -> str:
    """The approval a seal rests on, as it stands on the paper. AP-17."""
    if row.last_state not in READY:
        text, hint = N_("{number} is {state:code}: only an approved contract is sealed"), N_("salescli contract submit {number}")
        fail("seal_unapproved", text, kind=Kind.STATE, rule="AP-17", hint=hint, number=row.number, state=row.last_state)
    ask = Ask("AP-17", row.number, content(w, row))
    raise_if(needed(w.reader, ask, "seal_not_granted", N_("the seal on {number} needs approval"), rule="AP-17", number=row.number))
    sql = """SELECT number, closed_on FROM approval
             WHERE document = :d AND kind = 'AP-17' AND content = :content AND state = 'approved' ORDER BY id DESC"""
    number, day = w.reader.tuples(sql, d=row.number, content=digest(ask.content))[0]
    return f"{number} {day}"
