"""`salescli history --verify`: the chain, the rows, and what a backup or a noted hash knows of them (ORG-09, DAT-03)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from salescli.book.copies import opened_copy
from salescli.book.flaws import as_problem
from salescli.core.errors import Kind, fail, problem, raise_if
from salescli.core.history import head
from salescli.core.history_verify import verify, verify_against, verify_hash
from salescli.core.i18n import N_, msg
from salescli.core.reader import Reader, book_path
from salescli.core.report import Column, Report

if TYPE_CHECKING:
    from salescli.core.history_rows import Flaw

MOST_FLAWS = 100

COLUMNS = (Column("entries", N_("Entries"), "int"), Column("hash", N_("Hash of the newest entry")), Column("against", N_("Compared with")))


def verified(r: Reader, against: str | None) -> Report:
    """Prove the history. Raises SalesError: 3 no such backup, 4 with every flaw found."""
    flaws = verify(book_path())
    if against:
        flaws += _compared(r, against)
    if flaws:
        _refuse(flaws)
    entries, newest, _command = head(r)
    note = N_("all is as the history says; note the hash outside the book and prove it later: salescli history --verify --against {hash}")
    return Report(
        "history-verify",
        msg(N_("Proof of the history")),
        COLUMNS,
        [(entries, newest, against)],
        notes=(msg(note, hash=newest),),
        record=True,
    )


def _compared(r: Reader, against: str) -> list[Flaw]:
    """Flaws against a backup file, or against a hash noted earlier."""
    path = Path(against)
    if not path.exists() and not re.fullmatch("[0-9a-fA-F]{12,64}", against):
        text = N_("{given} is neither a file nor a hash (12 signs of it or more)")
        fail("nothing_to_compare", text, kind=Kind.NOT_FOUND, given=against)
    if path.exists():
        with opened_copy(path) as copy:
            return list(verify_against(r, Reader(copy, date.min)))
    return list(verify_hash(r, against))


def _refuse(flaws: list[Flaw]) -> None:
    found = [as_problem(flaw) for flaw in flaws[:MOST_FLAWS]]
    if len(flaws) > MOST_FLAWS:
        found.append(problem("more_flaws", N_("and {more:,} more"), more=len(flaws) - MOST_FLAWS))
    hint = N_("ask whoever could write the file; the last good state: salescli restore FILE")
    raise_if(
        [
            *found,
            problem("history_broken", N_("the history does not hold: {count:,} {count:finding|findings}"), hint=hint, count=len(flaws)),
        ]
    )
