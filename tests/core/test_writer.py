"""The writing door: one transaction, whole or not at all; busy, full and failing disks are told in one sentence (exit 8)."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from salescli.core import context, reader, writer
from salescli.core.errors import SalesError
from salescli.core.tables import Holiday, Meta
from tests.conftest import DAY, Book

NEW = 'staff add NEW "New One"'


@pytest.fixture
def here(book: Book, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    """The book of the current context, on the day its clock shows."""
    day = date.fromisoformat(DAY)
    monkeypatch.setattr(context, "clock_day", lambda: day)
    with context.use(context.Context(db=book.path, today=day)):
        yield book


def holidays(book: Book) -> int:
    return int(book.sql("SELECT count(*) FROM holiday")[0][0])


def test_a_clean_end_commits_row_and_history(here: Book) -> None:
    with writer.writer("test holiday") as w:
        w.add(Holiday(day=date(2026, 10, 1), works=False, name="国庆节"))
    assert holidays(here) == 1
    assert here.sql("SELECT verb, tbl, row_id FROM history ORDER BY id DESC LIMIT 1") == [("test holiday", "holiday", 1)]


@pytest.mark.parametrize("how", ["error", "dry run"])
def test_an_error_or_a_dry_run_keeps_nothing(here: Book, how: str) -> None:
    before = here.path.read_bytes(), here.sql("SELECT count(*) FROM history")
    try:
        with writer.writer("test", dry_run=how == "dry run") as w:
            w.add(Holiday(day=date(2026, 10, 1), works=False))
            if how == "error":
                raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    assert holidays(here) == 0
    assert here.sql("SELECT count(*) FROM history") == before[1]


def test_a_command_reads_what_it_wrote(here: Book) -> None:
    with writer.writer("test") as w:
        w.session.add(Holiday(day=date(2026, 10, 1), works=False))
        assert w.reader.value("SELECT count(*) FROM holiday") == 1


def test_foreign_keys_hold(here: Book) -> None:
    with pytest.raises(sqlite3.IntegrityError), writer.writer("test") as w:
        w.reader.connection.execute("INSERT INTO staff_role (staff_id, role) VALUES (4711, 'rep')")


def test_bulk_rows_must_name_what_the_file_cannot_know(here: Book) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"holiday\.works"), writer.writer("test") as w:
        w.insert_many(Holiday, ["day"], [(1, "2026-10-01")])
    assert holidays(here) == 0


def test_one_row_of_a_bulk_load_is_logged_with_its_image(here: Book) -> None:
    with writer.writer("test") as w:
        w.insert_one("holiday", {"id": w.next_id("holiday"), "day": date(2026, 10, 1), "works": False})
        assert w.loaded() == []
    assert here.sql("SELECT after FROM history WHERE tbl = 'holiday'") == [('{"day":"2026-10-01","works":0}',)]


def test_a_session_asked_for_nothing_keeps_what_went_past_it(here: Book) -> None:
    with writer.writer("test") as w:
        w.connection.execute("INSERT INTO number_series (series, period, last) VALUES ('X', 'all', 7)")
        w.session.flush()
    assert here.sql("SELECT last FROM number_series WHERE series = 'X'") == [(7,)]


def test_a_session_made_late_joins_the_transaction(here: Book) -> None:
    with writer.writer("test", dry_run=True) as w:
        w.insert_many("holiday", ["day", "works"], [(1, "2026-10-01", 0)])
        w.add(Holiday(day=date(2026, 10, 2), works=False))
        assert w.reader.value("SELECT count(*) FROM holiday") == 2
    assert holidays(here) == 0


@pytest.mark.parametrize(
    "fault",
    [
        AttributeError("'Customer' object has no attribute 'busy'"),
        sqlite3.IntegrityError("CHECK constraint failed: the database is locked"),
        sqlite3.OperationalError("no such column: locked_until"),
    ],
    ids=lambda fault: type(fault).__name__,
)
def test_a_fault_of_ours_is_no_trouble_with_the_file(here: Book, fault: Exception) -> None:
    with pytest.raises(type(fault)), writer.writer("test"):
        raise fault


def test_get_and_next_id(here: Book) -> None:
    with writer.writer("test") as w:
        first = w.next_id(Meta)
        assert w.add(Meta(key="k", value="v")).id == first
        assert w.get(Meta, first).value == "v"
        assert w.next_id(Meta) == first + 1


# --- busy -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "BUSY_SECONDS", 0.2)


@pytest.mark.usefixtures("impatient")
def test_a_busy_book_is_named(book: Book) -> None:
    with closing(sqlite3.connect(book.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        told = book.run(NEW)
        assert told.exit == 8
        assert "is in use by another command" in told.err
        assert "占用" in book.run(NEW, lang="zh").err
        assert book.run([*NEW.split(" ", 3)[:3], "New", "-f", "json"]).json()["error"]["code"] == "book_busy"
        assert book.run("staff list").exit == 0  # readers do not wait for writers
    assert book.run(NEW).exit == 0


@pytest.mark.usefixtures("impatient")
def test_a_book_locked_for_readers_too(book: Book) -> None:
    with closing(sqlite3.connect(book.path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        for command in ("staff list", NEW, "check", "backup copy.db"):
            told = book.run(command)
            assert (told.exit, "is in use by another command" in told.err) == (8, True), command


# --- full and failing disks -------------------------------------------------------------------------------------------


def test_a_full_disk_changes_nothing(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = writer.connect_to_write

    def no_room(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0]}")
        return connection

    monkeypatch.setattr(writer, "connect_to_write", no_room)
    before = book.sql("SELECT count(*), max(hash) FROM history")
    told = book.run(["policy", "set", "ar.bands", "10,20,30", "--reason", "x" * 3900])
    while told.exit == 0:  # a few fit into the room that is left
        before = book.sql("SELECT count(*), max(hash) FROM history")
        told = book.run(["policy", "set", "ar.bands", f"10,20,{30 + before[0][0]}", "--reason", "x" * 3900])
    assert told.exit == 8, told.err
    assert "the disk is full" in told.err
    assert book.sql("SELECT count(*), max(hash) FROM history") == before
    assert "磁盘已满" in book.run(["policy", "set", "ar.bands", "1,2", "--reason", "x" * 3900], lang="zh").err
    monkeypatch.undo()
    book.ok("check integrity history_chain history_rows")


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
from salescli.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits on file sizes are a matter of Unix")
def test_a_disk_that_refuses_to_write(book: Book) -> None:
    """A limit on file sizes makes SQLite's writes fail half-way, as a broken or full disk does."""
    import subprocess

    variables = book.variables("en", {"SALESCLI_DATE": DAY})
    before = book.sql("SELECT count(*) FROM history")
    args = [sys.executable, "-B", "-c", LIMITED.format(size=2048), "staff", "add", "NEW", "New One"]
    told = subprocess.run(args, env=variables, capture_output=True, text=True, timeout=60, check=False)
    assert told.returncode == 8, told.stderr
    assert "disk" in told.stderr
    assert book.sql("SELECT count(*) FROM history") == before
    book.ok("check")


# --- the day ----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("ORG-07")
def test_writing_on_another_day_takes_a_right(book: Book) -> None:
    book.ok('staff add LI "Li Lei" --role manager --superior ADMIN')
    book.ok("staff add WU Wu --role rep --date 2026-11-01")  # an administrator may
    told = book.run("staff add QI Qi --role rep --superior LI --date 2026-11-01", user="LI")
    assert told.exit == 7
    assert "backdate" in told.err


def test_no_right_no_write(book: Book) -> None:
    book.ok('staff add LI "Li Lei" --role rep --superior ADMIN')
    told = book.run("staff add QI Qi", user="LI")
    assert (told.exit, book.sql("SELECT count(*) FROM staff")) == (7, [(2,)])


def test_errors_of_our_own_are_not_dressed_up(here: Book) -> None:
    with pytest.raises(sqlite3.IntegrityError), writer.writer("test") as w:
        w.reader.connection.execute("INSERT INTO holiday (day, works) VALUES ('31 October', 0)")
    with pytest.raises(SalesError), writer.writer("test", right="nonsense"):
        pass
