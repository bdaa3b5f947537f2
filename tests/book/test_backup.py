"""`salescli backup`: a proved copy, online, whole, and no file touched that it did not make (DAT-03)."""

from __future__ import annotations

import hashlib
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from salescli.book import copies
from salescli.book.create import remove_with_side_files
from tests.conftest import Book

pytestmark = pytest.mark.rule("DAT-03")


def copies_in(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.glob("*.db"))


def test_a_copy_with_its_checksum(book: Book) -> None:
    told = book.ok("backup copy.db -f json").json()
    copy = book.folder / "copy.db"
    assert told["facts"]["sha256"] == hashlib.sha256(copy.read_bytes()).hexdigest()
    assert (book.folder / "copy.db.sha256").read_text() == f"{told['facts']['sha256']}  copy.db\n"
    assert [stat.S_IMODE((book.folder / n).stat().st_mode) for n in ("copy.db", "copy.db.sha256")] == [0o600, 0o600]
    with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)  # one file, nothing beside it
        assert connection.execute("SELECT code FROM staff").fetchall() == [("ADMIN",)]
    assert not list(book.folder.glob(".*.new*"))


def test_the_history_tells_of_it(book: Book) -> None:
    book.ok("backup copy.db")
    verb, after = book.sql("SELECT verb, after FROM history ORDER BY id DESC LIMIT 1")[0]
    assert verb == "backup"
    assert after.startswith("copy.db sha256 ")
    book.ok("history --verify --against copy.db")


def test_unfinished_changes_of_another_are_not_in_it(book: Book) -> None:
    with closing(sqlite3.connect(book.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE staff SET region = 'half'")
        book.run("backup copy.db")  # the copy is made; the line in the history has to wait for the other
    with closing(sqlite3.connect(book.folder / "copy.db")) as copy:
        assert copy.execute("SELECT region FROM staff").fetchall() == [(None,)]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    from salescli.core import reader

    monkeypatch.setattr(reader, "BUSY_SECONDS", 0.3)


def test_a_folder_gets_dated_copies_and_keeps_the_newest(book: Book) -> None:
    folder = book.folder / "backup"
    book.ok("backup backup/")
    first = copies_in(folder)
    assert len(first) == 1
    for stamp in ("20260101-000000", "20260102-000000", "20260103-000000"):
        (folder / first[0]).with_name(f"sales-{stamp}.db").write_bytes((folder / first[0]).read_bytes())
        (folder / f"sales-{stamp}.db.sha256").write_text("x")
    strangers = ["sales-20250101-000000.db", "notes.db", "other-20250101-000000.db", "sales-old.db"]
    for name in strangers:  # without a checksum beside it, under another name, or no book at all
        (folder / name).write_bytes((folder / first[0]).read_bytes())
    (folder / "sales-20240101-000000.db").write_text("no book")
    (folder / "sales-20240101-000000.db.sha256").write_text("x")
    told = book.ok(["backup", "backup/", "--keep", "2", "-f", "json"]).json()
    left = copies_in(folder)
    assert set(strangers) <= set(left)
    assert "sales-20240101-000000.db" in left
    assert "sales-20260103-000000.db" in left or first[0] in left
    assert not (folder / "sales-20260101-000000.db").exists()
    assert not (folder / "sales-20260101-000000.db.sha256").exists()
    assert "backup/sales-20260101-000000.db" in told["facts"]["removed"]


def test_copies_of_another_book_stay(book: Book, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = Book(tmp_path_factory.mktemp("other"))
    other.ok(["init", "--company", "Other", "--admin", "O"])
    folder = book.folder / "backup"
    other.ok(["backup", f"{folder}/"])
    made = next(folder.glob("*.db"))
    for suffix in ("", ".sha256"):
        made.with_name(made.name + suffix).rename(folder / f"sales-20250101-000000.db{suffix}")
    book.ok("backup backup/ --keep 1")
    assert (folder / "sales-20250101-000000.db").exists()


def test_a_file_is_replaced_only_by_a_newer_copy_of_the_same_book(book: Book) -> None:
    book.ok("backup copy.db")
    first = (book.folder / "copy.db").read_bytes()
    book.ok('staff add LI "Li Lei"')
    book.ok("backup copy.db")
    assert (book.folder / "copy.db").read_bytes() != first
    book.ok("history --verify --against copy.db")
    (book.folder / "letter.txt").write_text("dear customer")
    for target in ("letter.txt", "sales.db"):
        told = book.run(["backup", target])
        assert told.exit == 4
        assert "is no earlier copy of this book" in told.err
    assert (book.folder / "letter.txt").read_text() == "dear customer"
    book.ok("check")


def test_keep_takes_a_folder(book: Book) -> None:
    (book.folder / "file.db").write_text("x")
    assert book.run("backup file.db --keep 3").exit == 2
    assert book.run("backup new --keep 0").exit == 2
    book.ok("backup new --keep 3")
    assert len(copies_in(book.folder / "new")) == 1


def test_a_place_that_cannot_be_written(book: Book) -> None:
    told = book.run("backup /proc/nowhere/copy.db")
    assert (told.exit, "cannot write" in told.err) == (2, True)
    assert book.run("backup sales.db/copies/").exit == 2


def test_a_damaged_book_leaves_the_last_good_copy(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    book.ok("backup copy.db")
    good = (book.folder / "copy.db").read_bytes()

    def spoil(source: object, goal: Path, done: object = None) -> None:
        content = bytearray(good)
        content[8192:8300] = b"\xff" * 108
        goal.write_bytes(content)

    monkeypatch.setattr(copies, "copy_into", spoil)
    told = book.run("backup copy.db")
    assert told.exit == 8
    assert "damaged" in told.err
    assert (book.folder / "copy.db").read_bytes() == good
    assert not list(book.folder.glob(".*"))


@pytest.mark.rule("ORG-07")
def test_who_may(book: Book) -> None:
    book.ok('staff add LI "Li Lei" --role rep --superior ADMIN')
    assert book.run("backup copy.db", user="LI").exit == 7
    assert not (book.folder / "copy.db").exists()
    book.ok('staff add NIGHT "Night" --role cron --superior ADMIN')
    assert book.run("backup copy.db", user="NIGHT").exit == 7
    book.ok("staff edit NIGHT --grant backup")
    assert book.run("backup copy.db", user="NIGHT").exit == 0


def test_side_files_go_with_a_database(tmp_path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        (tmp_path / f"x.db{suffix}").write_text("x")
    remove_with_side_files(tmp_path / "x.db")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_backup_left_is_cleared_and_one_being_written_stays(book: Book) -> None:
    folder = book.folder / "copies"
    folder.mkdir()
    left = folder / f".{book.path.stem}-20260101-080000.db.4711.new"
    for path in (left, left.with_name(left.name + "-journal"), left.with_name(left.name + ".sha256"), folder / ".other.db.4711.new"):
        path.write_bytes(b"half")
    with copies._beside(folder / f"{book.path.stem}-20260102-080000.db") as busy:
        book.ok("backup copies/")
        assert busy.exists()
        assert sorted(p.name for p in folder.glob(".*")) == sorted([busy.name, ".other.db.4711.new"])
