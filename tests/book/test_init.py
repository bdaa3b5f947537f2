"""`salescli init`: a whole new book or nothing."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.conftest import Book

INIT = ["init", "--company", "华信办公", "--admin", "王敏", "--admin-code", "WANG"]


@pytest.mark.rule("DAT-03", "ORG-07")
def test_a_new_book_knows_its_administrator(nobook: Book) -> None:
    told = nobook.ok(INIT)
    assert "华信办公" in told.out
    assert "Next: salescli staff add" in told.out
    assert nobook.sql("SELECT code, name FROM staff") == [("WANG", "王敏")]
    assert nobook.sql("SELECT role FROM staff_role") == [("admin",)]
    facts = dict(nobook.sql("SELECT key, value FROM meta"))
    assert (facts["company"], facts["currency"], facts["prices"]) == ("华信办公", "CNY", "gross")
    assert nobook.rows("staff list")[0]["code"] == "WANG"
    assert nobook.sql("SELECT count(*) FROM policy_value")[0][0] > 50
    nobook.ok("check")


def test_net_prices_and_another_currency(nobook: Book) -> None:
    nobook.ok([*INIT, "--prices-net", "--currency", "eur"])
    facts = dict(nobook.sql("SELECT key, value FROM meta"))
    assert (facts["currency"], facts["prices"]) == ("EUR", "net")


def test_an_existing_file_is_left_alone(book: Book) -> None:
    before = book.path.read_bytes()
    told = book.run(INIT)
    assert told.exit == 4
    assert "it is left as it is" in told.err
    assert book.path.read_bytes() == before
    assert book.run([*INIT, "-f", "json"]).json()["error"]["code"] == "book_exists"


def test_a_dangling_link_is_left_alone(nobook: Book) -> None:
    nobook.path.symlink_to(nobook.folder / "elsewhere.db")
    assert nobook.run(INIT).exit == 4
    assert not (nobook.folder / "elsewhere.db").exists()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["init", "--admin", "A"], "missing_parameter"),
        (["init", "--company", " ", "--admin", "A"], "text_empty"),
        (["init", "--company", "X", "--admin", "A", "--currency", "yuan"], "bad_currency"),
        (["init", "--company", "X", "--admin", "A", "--admin-code", "A B"], "code_blank"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(nobook: Book, line: list[str], code: str) -> None:
    told = nobook.run([*line, "-f", "json"])
    assert told.exit == 2
    assert told.json()["error"]["code"] == code
    assert list(nobook.folder.iterdir()) == []


def test_the_file_is_for_its_owner_alone(nobook: Book) -> None:
    kept = os.umask(0)
    try:
        nobook.ok(INIT)
    finally:
        os.umask(kept)
    assert stat.S_IMODE(nobook.path.stat().st_mode) == 0o600
    assert [p.name for p in nobook.folder.iterdir() if not p.name.endswith(("-wal", "-shm"))] == ["sales.db"]


def test_folders_are_made(nobook: Book) -> None:
    nobook.ok(INIT, env={"SALESCLI_DB": str(nobook.folder / "a" / "b" / "sales.db")})
    assert (nobook.folder / "a" / "b" / "sales.db").is_file()


def test_a_place_that_cannot_be(nobook: Book) -> None:
    (nobook.folder / "file").write_text("x")
    told = nobook.run(INIT, env={"SALESCLI_DB": str(nobook.folder / "file" / "sales.db")})
    assert told.exit == 8
    assert "no book can be made at" in told.err


def test_left_overs_of_a_killed_init_do_not_matter(nobook: Book) -> None:
    left = nobook.folder / f".sales.db.{os.getpid()}.new"
    left.write_text("half a book")
    nobook.ok(INIT)
    assert not left.exists()
    nobook.ok("check")


def test_a_full_disk_leaves_nothing(nobook: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    from salescli.core import writer

    connect = writer.connect_to_write

    def no_room(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.execute("PRAGMA max_page_count = 80")
        return connection

    monkeypatch.setattr(writer, "connect_to_write", no_room)
    told = nobook.run(INIT)
    assert told.exit == 8, told.err
    assert "the disk is full" in told.err
    assert list(nobook.folder.iterdir()) == []


def test_every_folder_s_tables_are_made() -> None:
    """A new room's tables cannot be forgotten: the modules are found in the folder tree."""
    from salescli.book.create import PACKAGE, table_modules

    assert "salescli.core.tables" in table_modules()
    assert len(table_modules()) == len(list(PACKAGE.glob("*/tables*.py")))
