"""`salescli restore`: a proved copy takes the book's place, and what it replaces is kept under a dated name (DAT-03)."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from salescli.book.copies import Identity, copy_into, identity, opened_copy, prove, sha256_of, write_copy
from salescli.book.create import move_into_place, remove_with_side_files
from salescli.core import access, ui
from salescli.core import context as here
from salescli.core.errors import Kind, SalesError, fail, problem
from salescli.core.history import Author, append
from salescli.core.i18n import N_, msg
from salescli.core.os_reason import why
from salescli.core.reader import BUSY_SECONDS, SCHEMA_VERSION, Reader, book_path, reader, translated
from salescli.core.record import NamedTuple
from salescli.core.report import Done

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.access import Actor

GONE = frozenset({"no_book", "book_damaged", "not_a_book"})
"""A book in this state cannot say who may restore it: then the copy does."""


class _Present(NamedTuple):
    """The book as it stands: None where there is none, or none that can be read."""

    identity: Identity | None
    actor: Actor | None


def restore(file: Path, *, yes: bool) -> Done:
    """Put a copy in the place of the book of this call.

    Raises SalesError: 2 nobody can answer, 3 no such file, 4 a copy of another book, 7 not your right, 8 the copy does not hold.
    """
    book = book_path()
    with opened_copy(file) as copy:
        present = _present(book)
        actor = present.actor or _actor_of(copy)
        access.require(actor, "restore")
        taken = identity(copy)
        if present.identity and present.identity.first != taken.first:
            _refuse_other(book, file)
        checksum_known = prove(file, copy)
        if not _agreed(book, file, present, taken, yes=yes):
            return Done(msg(N_("nothing was changed")))
        with _prepared(book, file, copy, actor) as fresh:
            kept = _swap(book, fresh, healthy=present.identity is not None)
    return _told(book, file, taken, kept, checksum_known)


def _present(book: Path) -> _Present:
    try:
        with reader(book) as r:
            return _Present(identity(r.connection), r.actor)
    except SalesError as error:
        if not {p.code for p in error.problems} <= GONE or book.is_dir():
            raise
    return _Present(None, None)


def _actor_of(copy: sqlite3.Connection) -> Actor:
    now = here.current()
    return access.sign_in(Reader(copy, now.today), now.user, now.today)


def _refuse_other(book: Path, file: Path) -> None:
    fail(
        "other_book",
        N_("{file} is a copy of another book than {book}"),
        hint=N_("restore it under a name of its own: salescli --db NEW.db restore {file}"),
        file=str(file),
        book=str(book),
    )


def _agreed(book: Path, file: Path, present: _Present, taken: Identity, *, yes: bool) -> bool:
    """Ask before anything is replaced; a place where nothing is needs no question."""
    if not os.path.lexists(book):
        return True
    entries = present.identity.entries if present.identity else None
    question = N_("Replace {book} ({entries} history {entries:entry|entries}) by {file} ({taken})?")
    return ui.confirm(msg(question, book=str(book), entries=entries, file=str(file), taken=taken.entries), yes=yes)


@contextmanager
def _prepared(book: Path, file: Path, copy: sqlite3.Connection, actor: Actor) -> Iterator[Path]:
    """The new content in a file beside the book, the restore already noted in its history."""
    fresh = book.with_name(f".{book.name}.{os.getpid()}.new")
    try:
        book.parent.mkdir(parents=True, exist_ok=True)
        remove_with_side_files(fresh)
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        copy_into(copy, fresh)
        with translated(fresh), closing(sqlite3.connect(fresh, isolation_level=None)) as made:
            made.execute("BEGIN IMMEDIATE")
            today = here.current().today
            author = Author(today.isoformat(), actor.os_account, actor.code, "restore")
            append(Reader(made, today), author, [(None, None, None, None, f"{file} sha256 {sha256_of(file)}", None)])
            made.execute("COMMIT")
            made.execute("PRAGMA journal_mode = WAL")
            made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        yield fresh
    except OSError as error:
        text = N_("cannot write {file}: {why}")
        fail("cannot_write", text, kind=Kind.USAGE, file=str(book), why=why(error))
    finally:
        remove_with_side_files(fresh)


def _swap(book: Path, fresh: Path, *, healthy: bool) -> Path | None:
    """Put the new content in place; returns where the old one is kept."""
    if not os.path.lexists(book):
        move_into_place(fresh, book)
        return None
    kept = _free_name(book)
    if healthy:
        _pour(fresh, book, kept)
    else:
        _set_aside(book, kept)
        move_into_place(fresh, book)
    return kept


def _free_name(book: Path) -> Path:
    """A dated name nothing has yet."""
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    name = kept = book.with_name(f"{book.stem}-replaced-{stamp}.db")
    for number in count(2):
        if not os.path.lexists(kept):
            break
        kept = name.with_stem(f"{name.stem}-{number}")
    return kept


def _pour(fresh: Path, book: Path, kept: Path) -> None:
    """Replace the content of a book others may be waiting for: one transaction in the same file, so nobody writes into a lost one.

    The lock is held from before the old content is kept until the new one is in; a killed process leaves the old book.
    """
    with translated(book), closing(sqlite3.connect(book, timeout=BUSY_SECONDS, isolation_level=None)) as target:
        target.execute("PRAGMA locking_mode = EXCLUSIVE")
        target.execute("PRAGMA synchronous = FULL")
        target.execute("BEGIN EXCLUSIVE")
        target.execute("COMMIT")
        write_copy(target, kept)
        with closing(sqlite3.connect(fresh)) as source:
            source.backup(target)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _set_aside(book: Path, kept: Path) -> None:
    """A book that cannot be read keeps its files as they are, under another name."""
    for suffix in ("-wal", "-shm", "-journal", ""):
        old = book.with_name(book.name + suffix)
        if old.exists():
            old.rename(kept.with_name(kept.name + suffix))


def _told(book: Path, file: Path, taken: Identity, kept: Path | None, checksum_known: bool) -> Done:
    text = N_("{book} is again as {file} has it: {entries:,} history {entries:entry|entries}; what stood there is kept as {kept}")
    fresh = N_("{book} is made from {file}: {entries:,} history {entries:entry|entries}")
    unknown = problem("no_checksum", N_("there is no checksum beside {file}; its content was proved all the same"), file=str(file))
    with opened_copy(book) as made:
        older = made.execute("PRAGMA user_version").fetchone()[0] < SCHEMA_VERSION
    return Done(
        msg(text if kept else fresh, book=str(book), file=str(file), entries=taken.entries, kept=str(kept)),
        facts={"book": str(book), "kept": str(kept) if kept else None, "entries": taken.entries},
        next=("salescli upgrade",) if older else ("salescli check",),
        warnings=() if checksum_known else (unknown,),
    )
