"""Copies of a book: making one online, its checksum file, and proving it before anybody relies on it (DAT-03)."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing, contextmanager, suppress
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from salescli.book.create import remove_with_side_files, settle_folder
from salescli.core import reader as door
from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_
from salescli.core.os_reason import why
from salescli.core.reader import APPLICATION_ID, Reader, check_version, connect_readonly, translated
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAGES = 4096  # copied between two signs of progress


class Identity(NamedTuple):
    """What tells a book from every other (the hash of its first history entry) and how far it has come."""

    first: str | None
    entries: int
    last: str


def identity(connection: sqlite3.Connection) -> Identity:
    """The identity of an open book; `first` is None when its history is empty."""
    first = connection.execute("SELECT hash FROM history WHERE id = 1").fetchone()
    newest = connection.execute("SELECT id, hash FROM history ORDER BY id DESC LIMIT 1").fetchone()
    return Identity(first[0] if first else None, *(newest or (0, "")))


def sidecar(path: Path) -> Path:
    """The checksum file of a copy, as `sha256sum -c` reads it."""
    return path.with_name(path.name + ".sha256")


def sha256_of(path: Path) -> str:
    """The file's SHA-256 in hex."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def noted_checksum(path: Path) -> str | None:
    """The checksum noted beside a copy; None when there is no such file."""
    try:
        words = sidecar(path).read_text(encoding="utf-8", errors="replace").split()
    except FileNotFoundError:
        return None
    return words[0].lower() if words else ""


def write_copy(source: sqlite3.Connection, goal: Path, done: Callable[[int], None] = lambda _pages: None) -> str:
    """Copy an open book to `goal` while others go on working: whole, proved and on disk before it takes the name. Returns its SHA-256."""
    with _beside(goal) as fresh:
        copy_into(source, fresh, done)
        _prove_pages(fresh)
        checksum = sha256_of(fresh)
        note = fresh.with_name(fresh.name + ".sha256")
        try:
            _write_synced(note, f"{checksum}  {goal.name}\n")
            sidecar(goal).unlink(missing_ok=True)  # never an old checksum beside a new copy
            fresh.replace(goal)
            note.replace(sidecar(goal))
        finally:
            note.unlink(missing_ok=True)
    settle_folder(goal.parent)
    return checksum


@contextmanager
def _beside(goal: Path) -> Iterator[Path]:
    """An empty file of one's own (0600) in the folder of `goal`, gone at the end if it was not renamed."""
    fresh = goal.with_name(f".{goal.name}.{os.getpid()}.new")
    try:
        remove_with_side_files(fresh)
        handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        try:
            _claim(handle)
            yield fresh
        finally:
            os.close(handle)
    except OSError as error:
        fail("cannot_write", N_("cannot write {file}: {why}"), kind=Kind.USAGE, file=str(goal), why=why(error))
    finally:
        remove_with_side_files(fresh)


def _claim(handle: int) -> bool:
    """Mark an open unfinished copy as being worked on, until this process closes it or dies; False when another does."""
    try:
        import fcntl
    except ImportError:  # no such locks on Windows: what is left there is left to its owner
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def clear_unfinished(folder: Path, stem: str) -> None:
    """Remove unfinished copies of the book `stem` that a killed backup left; those being written now stay."""
    pattern = re.compile(rf"\.{re.escape(stem)}.*\.\d+\.new")
    for path in [p for p in folder.iterdir() if pattern.fullmatch(p.name)]:
        with suppress(OSError):
            handle = os.open(path, os.O_RDWR)
            try:
                if _claim(handle):
                    remove_with_side_files(path)
                    path.with_name(path.name + ".sha256").unlink(missing_ok=True)
            finally:
                os.close(handle)


def copy_into(source: sqlite3.Connection, goal: Path, done: Callable[[int], None] = lambda _pages: None) -> None:
    """Make the file `goal` a copy of an open book, complete in itself (no -wal beside it) and on disk."""
    before = 0

    def told(_status: int, remaining: int, total: int) -> None:
        nonlocal before
        done(total - remaining - before)
        before = total - remaining

    with translated(goal), closing(sqlite3.connect(goal, isolation_level=None)) as target:
        source.backup(target, pages=PAGES, progress=told)
        target.execute("PRAGMA journal_mode = DELETE")
    handle = os.open(goal, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _prove_pages(path: Path) -> None:
    with translated(path), closing(connect_readonly(path)) as copy:
        found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        _damaged(path, found)


def _damaged(path: Path, what: str) -> None:
    fail(
        "copy_damaged",
        N_("the copy {file} is damaged: {what}"),
        kind=Kind.BOOK,
        hint=N_("salescli check tells whether the book itself is"),
        file=str(path),
        what=what,
    )


def _write_synced(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def opened_copy(path: Path) -> Iterator[sqlite3.Connection]:
    """A copy opened for reading only, nothing written beside it. Raises SalesError: 3 no file, 8 no book or a newer one."""
    with translated(path), closing(connect_readonly(path)) as connection:
        connection.execute("PRAGMA query_only = ON")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        if application != APPLICATION_ID or not 1 <= version <= door.SCHEMA_VERSION:  # older ones may be upgraded
            check_version(connection, path)
        yield connection


def identity_of(path: Path) -> Identity | None:
    """The identity of the book in a file; None when it is none, or cannot be read."""
    try:
        uri = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                return None
            return identity(connection)
    except sqlite3.DatabaseError:
        return None


def prove(path: Path, connection: sqlite3.Connection) -> bool:
    """Prove a copy: checksum, pages, references, history chain. Returns whether a checksum was there to compare.

    Raises SalesError (exit 8) with the first thing that does not hold.
    """
    from datetime import date

    from salescli.book.flaws import sentence
    from salescli.core.history_verify import verify_chain

    noted = noted_checksum(path)
    if noted is not None and noted != sha256_of(path):
        what = N_("the copy {file} is not the file that was made: its checksum differs from the one in {note}")
        fail("checksum_differs", what, kind=Kind.BOOK, hint=N_("take another copy"), file=str(path), note=sidecar(path).name)
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        _damaged(path, found)
    flaw = next(verify_chain(Reader(connection, date.min)), None)
    if flaw:
        text = N_("the history in the copy {file} does not hold: {what}")
        fail("copy_history", text, kind=Kind.BOOK, rule="ORG-09", hint=N_("take another copy"), file=str(path), what=sentence(flaw))
    return noted is not None
