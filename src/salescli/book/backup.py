"""`salescli backup`: an online copy, proved and with its checksum, and the older ones thinned out (DAT-03)."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from salescli.book.copies import Identity, clear_unfinished, identity, identity_of, sidecar, write_copy
from salescli.core import access, ui
from salescli.core.errors import Kind, Problem, SalesError, fail, problem
from salescli.core.history import log_line
from salescli.core.i18n import N_, msg
from salescli.core.os_reason import why
from salescli.core.reader import book_path, reader
from salescli.core.report import Done

STAMP = "%Y%m%d-%H%M%S"
STAMPED = r"-\d{8}-\d{6}\.db"


def backup(target: str, keep: int | None) -> Done:
    """Copy the book of this call to a file, or into a folder under a dated name; `keep` leaves that many copies in the folder.

    Raises SalesError: 2 the place cannot be written, 4 it holds something else, 7 not your right, 8 the book or the copy is damaged.
    """
    book = book_path()
    with reader(book) as r:
        access.require(r.actor, "backup", "backup")
        own = identity(r.connection)
        goal = _goal(book, target, own, keep)
        pages = r.value("PRAGMA page_count")
        with ui.progress(N_("pages"), pages) as advance:
            checksum = write_copy(r.connection, goal, advance)
    clear_unfinished(goal.parent, book.stem)
    removed = _thin_out(book, goal, own, keep) if keep else []
    warnings = _logged(goal, checksum)
    return Done(
        msg(
            N_("copy of {book} written to {file}: {entries:,} history {entries:entry|entries}, checked"),
            book=str(book), file=str(goal), entries=own.entries,
        ),
        facts={"file": str(goal), "sha256": checksum, "entries": own.entries, "hash": own.last, "removed": [str(p) for p in removed]},
        next=(f"salescli restore {goal}", f"salescli history --verify --against {goal}"),
        warnings=warnings,
    )  # fmt: skip


def _goal(book: Path, named: str, own: Identity, keep: int | None) -> Path:
    """The file to write. Raises SalesError when it is the book itself or something that is no earlier copy of it."""
    target = Path(named)
    if target.is_dir() or named.endswith("/") or (keep and not target.exists()):
        return _dated(book, _made(target))
    if keep:
        fail("keep_needs_folder", N_("--keep thins out a folder; {file} is none"), kind=Kind.USAGE, file=str(target))
    if target.exists() and (target.samefile(book) or not _made_of(own, target)):
        fail(
            "not_a_copy",
            N_("{file} exists and is no earlier copy of this book; it is left as it is"),
            hint=N_("name another file, or a folder"),
            file=str(target),
        )
    return target


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail("cannot_write", N_("cannot write {file}: {why}"), kind=Kind.USAGE, file=str(folder), why=why(error))
    return folder


def _dated(book: Path, folder: Path) -> Path:
    """The name of a copy made now; two of one second are the same copy."""
    return folder / f"{book.stem}-{datetime.now().astimezone().strftime(STAMP)}.db"


def _made_of(own: Identity, path: Path) -> bool:
    """Whether a file is a copy `backup` made of this book: a checksum beside it and the same first history entry inside."""
    found = identity_of(path) if sidecar(path).exists() else None
    return found is not None and found.first == own.first


def _thin_out(book: Path, newest: Path, own: Identity, keep: int) -> list[Path]:
    """Remove the oldest dated copies of this book beyond `keep`; whatever else lies in the folder stays."""
    pattern = re.compile(re.escape(book.stem) + STAMPED)
    copies = [p for p in newest.parent.iterdir() if pattern.fullmatch(p.name) and p != newest and _made_of(own, p)]
    surplus = sorted(copies, key=lambda p: p.name, reverse=True)[keep - 1 :]
    for path in surplus:
        path.unlink()
        sidecar(path).unlink(missing_ok=True)
    return surplus


def _logged(goal: Path, checksum: str) -> tuple[Problem, ...]:
    """A line in the history, as for every export; a book that cannot be written now is copied all the same."""
    try:
        log_line("backup", f"{goal} sha256 {checksum}")
    except SalesError as error:
        return tuple(
            problem("not_logged", N_("the copy is not noted in the history: {why}"), kind=Kind.BOOK, why=p.message) for p in error.problems
        )
    return ()
