"""`salescli restore`: only a proved copy takes the book's place, and what was there is kept (DAT-03)."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Book, made_once

pytestmark = pytest.mark.rule("DAT-03")


@pytest.fixture
@made_once
def copied(book: Book) -> None:
    """A book with a copy made before Li Lei came."""
    book.ok("backup copy.db")
    book.ok('staff add LI "Li Lei" --superior ADMIN')


def staff(book: Book) -> list[str]:
    return [code for (code,) in book.sql("SELECT code FROM staff ORDER BY code")]


def kept(book: Book) -> list[Path]:
    return sorted(book.folder.glob("sales-replaced-*.db*"))


def test_the_copy_takes_the_place_and_the_old_book_is_kept(copied: Book) -> None:
    told = copied.ok("restore copy.db --yes -f json").json()
    assert staff(copied) == ["ADMIN"]
    copied.ok("check")
    copied.ok("history --verify --against copy.db")
    assert copied.sql("SELECT verb FROM history ORDER BY id DESC LIMIT 1") == [("restore",)]
    assert [str(p) for p in kept(copied)] == [told["facts"]["kept"], told["facts"]["kept"] + ".sha256"]
    copied.ok(["restore", told["facts"]["kept"], "--yes"])  # the way back
    assert staff(copied) == ["ADMIN", "LI"]
    assert len(kept(copied)) == 4
    assert copied.sql("PRAGMA journal_mode") == [("wal",)]


def test_without_an_answer_nothing_happens(copied: Book) -> None:
    told = copied.run("restore copy.db")
    assert told.exit == 2
    assert "add --yes" in told.err
    assert staff(copied) == ["ADMIN", "LI"]
    assert kept(copied) == []


def test_no_is_no(copied: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    from salescli.core import ui

    monkeypatch.setattr(ui, "confirm", lambda question, yes=False: False)
    assert "nothing was changed" in copied.ok("restore copy.db").out
    assert staff(copied) == ["ADMIN", "LI"]


def test_a_missing_book_is_made_from_the_copy(copied: Book) -> None:
    target = copied.folder / "new" / "look.db"
    copied.ok("restore copy.db", env={"SALESCLI_DB": str(target)})
    assert target.is_file()
    assert copied.ok("check", env={"SALESCLI_DB": str(target)}).exit == 0


def test_a_damaged_book_is_set_aside_as_it_is(copied: Book) -> None:
    copied.path.write_bytes(b"damaged beyond repair" * 100)
    copied.path.with_name("sales.db-wal").write_bytes(b"left over")
    copied.ok("restore copy.db --yes")
    assert staff(copied) == ["ADMIN"]
    copied.ok("check")
    kept_files = {p.name.partition(".db")[2]: p.read_bytes()[:9] for p in kept(copied)}
    assert (kept_files[""], kept_files["-wal"]) == (b"damaged b", b"left over")


def spoiled(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 0xFF
    path.write_bytes(content)


def test_a_copy_that_is_not_the_one_made_is_refused(copied: Book) -> None:
    spoiled(copied.folder / "copy.db", 20000)
    told = copied.run("restore copy.db --yes")
    assert told.exit == 8
    assert "checksum" in told.err
    assert "校验" in copied.run("restore copy.db --yes", lang="zh").err
    assert staff(copied) == ["ADMIN", "LI"]
    assert kept(copied) == []


def test_a_damaged_copy_without_checksum_is_refused(copied: Book) -> None:
    (copied.folder / "copy.db.sha256").unlink()
    content = bytearray((copied.folder / "copy.db").read_bytes())
    content[4096:4200] = b"\xff" * 104
    (copied.folder / "copy.db").write_bytes(content)
    assert copied.run("restore copy.db --yes").exit == 8
    assert staff(copied) == ["ADMIN", "LI"]


def test_a_copy_with_a_broken_history_is_refused(copied: Book) -> None:
    (copied.folder / "copy.db.sha256").unlink()
    with closing(sqlite3.connect(copied.folder / "copy.db")) as connection, connection:
        connection.execute("UPDATE history SET staff = 'EVE' WHERE id = 50")
    told = copied.run("restore copy.db --yes")
    assert told.exit == 8
    assert "history entry 50 was edited" in told.err
    assert staff(copied) == ["ADMIN", "LI"]


def test_a_copy_without_checksum_is_told_of(copied: Book) -> None:
    (copied.folder / "copy.db.sha256").unlink()
    assert "there is no checksum beside" in copied.ok("restore copy.db --yes").err


@pytest.mark.parametrize(("version", "sentence"), [(99, "newer salescli"), (0, "of an older version")])
def test_a_copy_of_a_version_that_does_not_fit(copied: Book, version: int, sentence: str) -> None:
    (copied.folder / "copy.db.sha256").unlink()
    with closing(sqlite3.connect(copied.folder / "copy.db")) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    told = copied.run("restore copy.db --yes")
    assert told.exit == 8
    assert sentence in told.err


def test_what_is_no_copy(copied: Book) -> None:
    (copied.folder / "letter.txt").write_text("dear customer, " * 100)
    assert copied.run("restore letter.txt --yes").exit == 8
    assert copied.run("restore nowhere.db --yes").exit == 3
    assert copied.run("restore . --yes").exit == 8


def test_a_copy_of_another_book_is_refused(copied: Book, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = Book(tmp_path_factory.mktemp("other"))
    other.ok(["init", "--company", "Other", "--admin", "O"])
    other.ok(["backup", str(copied.folder / "other.db")])
    told = copied.run("restore other.db --yes")
    assert told.exit == 4
    assert "is a copy of another book" in told.err


@pytest.mark.rule("ORG-07")
def test_who_may(copied: Book) -> None:
    assert copied.run("restore copy.db --yes", user="LI").exit == 7
    assert staff(copied) == ["ADMIN", "LI"]


def test_nobody_writes_into_a_book_that_is_gone(copied: Book) -> None:
    """A command waiting while the book is restored finds the restored book, and its change stays."""
    with closing(sqlite3.connect(copied.path, isolation_level=None, timeout=20)) as waiting:
        waiting.execute("PRAGMA foreign_keys = ON")
        results: list[int] = []
        restoring = threading.Thread(target=lambda: results.append(copied.process("restore copy.db --yes").exit))
        restoring.start()
        restoring.join()
        assert results == [0]
        waiting.execute("BEGIN IMMEDIATE")
        assert waiting.execute("SELECT count(*) FROM staff").fetchone() == (1,)
        waiting.execute("UPDATE staff SET region = 'East'")
        waiting.execute("COMMIT")
    assert copied.sql("SELECT region FROM staff") == [("East",)]


def test_a_book_in_use_is_not_replaced(copied: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    from salescli.book import restore

    monkeypatch.setattr(restore, "BUSY_SECONDS", 0.2)
    with closing(sqlite3.connect(copied.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        told = copied.run("restore copy.db --yes")
        assert told.exit == 8
        assert "in use" in told.err
    assert staff(copied) == ["ADMIN", "LI"]
    assert not list(copied.folder.glob(".*"))
