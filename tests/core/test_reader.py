"""The reading door: every state a file can be in, each told in one sentence (exit 8; a missing file 3), the file left as it is."""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from salescli.core import reader as door
from salescli.core.errors import SalesError
from salescli.core.reader import Reader, reader
from tests.conftest import Book

READ = "staff list"
WRITE = 'staff add NEW "New One"'


def pragma(book: Book, statement: str) -> None:
    with closing(sqlite3.connect(book.path)) as connection:
        connection.execute(f"PRAGMA {statement}")
        connection.commit()


def settled(book: Book) -> None:
    """One file without -wal beside it."""
    pragma(book, "journal_mode = DELETE")


def truncated(book: Book) -> None:
    settled(book)
    with book.path.open("r+b") as file:
        file.truncate(book.path.stat().st_size // 2)


def scrambled(book: Book) -> None:
    """The middle of every page after the first is nonsense."""
    settled(book)
    content = bytearray(book.path.read_bytes())
    for page in range(4096, len(content), 4096):
        content[page : page + 16] = b"\xff" * 16
    book.path.write_bytes(content)


def no_header(book: Book) -> None:
    settled(book)
    book.path.write_bytes(b"#!/bin/sh\necho hello\n" + book.path.read_bytes()[21:])


def another_database(book: Book) -> None:
    book.path.unlink()
    with closing(sqlite3.connect(book.path)) as connection:
        connection.execute("CREATE TABLE staff (id INTEGER)")


def directory(book: Book) -> None:
    book.path.unlink()
    book.path.mkdir()


STATES: dict[str, tuple[Callable[[Book], object], str, str, str]] = {
    "truncated": (truncated, "book_damaged", "is damaged", "已损坏"),
    "scrambled": (scrambled, "book_damaged", "is damaged", "已损坏"),
    "no header": (no_header, "not_a_book", "is not a salescli book", "不是"),
    "empty file": (lambda book: book.path.write_bytes(b""), "not_a_book", "is not a salescli book", "不是"),
    "another database": (another_database, "not_a_book", "is not a salescli book", "不是"),
    "folder": (directory, "not_a_book", "is a folder or a device", "文件夹"),
    "too old": (lambda book: pragma(book, "user_version = 0"), "book_too_old", "of an older version", "旧"),
    "too new": (lambda book: pragma(book, "user_version = 99"), "book_too_new", "by a newer salescli", "新"),
}


def bytes_of(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("command", [READ, WRITE], ids=["read", "write"])
def test_a_bad_file_is_named_and_left_alone(book: Book, state: str, command: str) -> None:
    make, code, english, chinese = STATES[state]
    make(book)
    before = bytes_of(book.path)
    told = book.run(command)
    assert (told.exit, told.out) == (8, "")
    assert english in told.err
    assert str(book.path) in told.err
    assert chinese in book.run(command, lang="zh").err
    assert book.run([*shlex.split(command), "-f", "json"]).json()["error"]["code"] == code
    assert bytes_of(book.path) == before


@pytest.mark.parametrize("command", [READ, WRITE, "check", "backup copy.db", "upgrade", "history"])
def test_a_missing_file_is_not_created(nobook: Book, command: str) -> None:
    told = nobook.run(command)
    assert told.exit == 3
    assert "there is no book at" in told.err
    assert "salescli init" in told.err
    assert list(nobook.folder.iterdir()) == []
    assert "没有" in nobook.run(command, lang="zh").err


def test_a_text_that_is_no_text(book: Book) -> None:
    with closing(sqlite3.connect(book.path)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE staff SET name = CAST(x'ff41' AS TEXT)")
    told = book.run(READ)
    assert told.exit == 8
    assert "is damaged" in told.err


def test_missing_folder_and_name_under_a_file(book: Book) -> None:
    assert book.run(READ, env={"SALESCLI_DB": "/nowhere/at/all.db"}).exit == 3
    assert book.run(READ, env={"SALESCLI_DB": str(book.path / "inside.db")}).exit == 3


# --- what one may not read or write: root may everything, so its child gives that up -------------------------------------


BOUND = """
import ctypes, os, sys
if os.geteuid() == 0:
    header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.capget(header, sets) == 0
    sets[0] &= ~0b110  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    assert libc.capset(header, sets) == 0
from salescli.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def open_folder(book: Book) -> Iterator[Path]:
    """A folder every user may look into, with a copy of the book."""
    folder = book.folder / "shared"
    folder.mkdir()
    settled(book)
    shutil.copyfile(book.path, folder / "sales.db")
    folder.chmod(0o755)
    (folder / "sales.db").chmod(0o644)
    yield folder
    folder.chmod(0o755)


def bound(book: Book, folder: Path, command: str, lang: str = "en") -> subprocess.CompletedProcess[str]:
    """The command run in a process the permissions of files count for."""
    if os.geteuid() == 0 and sys.platform != "linux":
        pytest.skip("root is above permissions here and cannot give that up")
    variables = book.variables(lang, {"SALESCLI_DB": str(folder / "sales.db"), "PATH": os.environ["PATH"]})
    args = [sys.executable, "-B", "-c", BOUND, *shlex.split(command)]
    return subprocess.run(args, env=variables, cwd="/", capture_output=True, text=True, timeout=60, check=False)


def test_read_only_folder_is_read_and_not_written(book: Book, open_folder: Path) -> None:
    (open_folder / "sales.db").chmod(0o444)
    open_folder.chmod(0o555)
    read = bound(book, open_folder, READ)
    assert (read.returncode, "Ada Admin" in read.stdout) == (0, True), read.stderr
    written = bound(book, open_folder, WRITE)
    assert written.returncode == 8
    assert "read-only" in written.stderr
    assert "只读" in bound(book, open_folder, WRITE, "zh").stderr
    assert sorted(p.name for p in open_folder.iterdir()) == ["sales.db"]


def test_read_only_folder_with_unmerged_changes_is_not_read_as_if_they_were_not_there(book: Book, open_folder: Path) -> None:
    target = open_folder / "sales.db"
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    writer = sqlite3.connect(target)
    writer.execute("UPDATE staff SET region = 'East'")
    writer.commit()
    kept = (open_folder / "sales.db-wal").read_bytes()
    writer.close()
    (open_folder / "sales.db-wal").write_bytes(kept)
    (open_folder / "sales.db-shm").unlink(missing_ok=True)
    open_folder.chmod(0o555)
    told = bound(book, open_folder, READ)
    assert told.returncode == 8
    assert "sales.db-wal" in told.stderr
    assert "sales.db-wal" in bound(book, open_folder, READ, "zh").stderr


@pytest.mark.parametrize("closed", ["sales.db", "."], ids=["file", "folder"])
def test_no_permission(book: Book, open_folder: Path, closed: str) -> None:
    (open_folder / closed).chmod(0)
    for command in (READ, WRITE):
        told = bound(book, open_folder, command)
        assert told.returncode == 8, told.stderr
        assert "cannot be opened by you" in told.stderr
    assert "打开" in bound(book, open_folder, READ, "zh").stderr


# --- the reader itself ------------------------------------------------------------------------------------------------


def test_one_reader_sees_one_moment(book: Book) -> None:
    with reader(book.path, anonymous=True) as r:
        before = r.value("SELECT count(*) FROM staff")
        book.ok(WRITE)
        assert r.value("SELECT count(*) FROM staff") == before
    with reader(book.path, anonymous=True) as r:
        assert r.value("SELECT count(*) FROM staff") == before + 1


def test_a_reader_writes_nothing(book: Book) -> None:
    with pytest.raises(SalesError) as refused, reader(book.path, anonymous=True) as r:
        r.execute("DELETE FROM staff", {})
    assert refused.value.exit_status == 8


def test_a_reader_without_actor_says_so(book: Book) -> None:
    with reader(book.path, anonymous=True) as r, pytest.raises(RuntimeError):
        _ = r.actor


def test_rows_first_value_column(book: Book) -> None:
    with reader(book.path, anonymous=True) as r:
        assert r.rows(dict, "SELECT 1 WHERE 0") == []
        assert r.first(str, "SELECT code FROM staff WHERE code = :code", code="ADMIN") == "ADMIN"
        assert r.first(str, "SELECT code FROM staff WHERE code = :code", code="nobody") is None
        assert r.value("SELECT code FROM staff WHERE 0") is None
        assert r.column("SELECT 1 UNION SELECT 2 ORDER BY 1") == [1, 2]
        assert r.value("SELECT :day", day=date(2026, 11, 3)) == "2026-11-03"


def test_names_with_signs_that_mean_something_in_a_uri(tmp_path: Path, founded_book: Path) -> None:
    odd = tmp_path / "what? 50%#1.db"
    shutil.copyfile(founded_book, odd)
    with reader(odd, anonymous=True) as r:
        assert r.value("SELECT count(*) FROM staff") == 1


def test_site_file_names_the_book(book: Book, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    site = tmp_path / "salescli.toml"
    site.write_text(f'book = "{book.path}"\n', encoding="utf-8")
    monkeypatch.setattr(door, "Path", lambda p: site if str(p) == "/etc/salescli.toml" else Path(p))
    assert door.book_path() == book.path


def test_reader_class_needs_no_file() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        assert Reader(connection, date(2026, 1, 1)).value("SELECT 40 + :two", two=2) == 42
