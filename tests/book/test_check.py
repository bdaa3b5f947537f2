"""`salescli check`: named invariants of every room; each failing place is named (DAT-03)."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from salescli.core import checks
from salescli.core.checks import Check
from salescli.core.i18n import msg
from tests.conftest import Book

pytestmark = pytest.mark.rule("DAT-03")

OWN = {"integrity", "values", "foreign_keys", "schema_version", "number_gaps", "history_chain", "history_rows"}


def by_hand(book: Book, *statements: str) -> None:
    with closing(sqlite3.connect(book.path)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execute(statement)


def test_all_green_says_how_many_ran(book: Book) -> None:
    told = book.ok("check")
    rows = book.rows("check")
    assert {row["check"] for row in rows} >= OWN
    assert {row["result"] for row in rows} <= {"ok", "remarks"}
    assert f"{len(rows)} checks run, all hold" in told.out + told.err
    assert list(checks.all_checks()) == [row["check"] for row in rows]


def test_chosen_by_name(book: Book) -> None:
    assert [row["check"] for row in book.rows("check history_chain integrity")] == ["history_chain", "integrity"]
    told = book.run("check nonsense")
    assert told.exit == 3
    assert "salescli check runs all of them and names each" in told.err


BROKEN = {
    "values": ("UPDATE staff SET name = ''", "staff 1 breaks ck_staff_name_type"),
    "foreign_keys": ("UPDATE staff SET superior_id = 4711", "staff 1 refers to a row of staff"),
    "schema_version": ("UPDATE alembic_version SET version_num = '0009'", "0009"),
    "history_chain": ("UPDATE history SET staff = 'EVE' WHERE id = 10", "history entry 10 was edited"),
    "history_rows": ("UPDATE staff SET name = 'Eve'", "staff 1 was changed behind the tool's back: name: Ada Admin -> Eve"),
    "number_gaps": (
        "INSERT INTO number_series (series, period, last) VALUES ('SO', '202611', 3)",
        "SO-202611-: the number 1-3 is on no document",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_each_failing_place_is_named(book: Book, name: str) -> None:
    statement, place = BROKEN[name]
    by_hand(book, statement)
    told = book.run("check")
    assert told.exit == 4
    assert f"{name}: " in told.err
    assert place in told.err
    problems = book.run("check -f json").json()["problems"]
    assert name in {problem["code"] for problem in problems}
    assert problems[-1]["code"] == "check_failed"


def test_an_index_that_misses_rows_is_named(book: Book) -> None:
    with closing(sqlite3.connect(book.path)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = replace(sql, '(tbl, row_id)', '(tbl, command)') WHERE name = 'ix_history_row'")
    told = book.run("check integrity")
    assert told.exit == 4
    assert "missing from index ix_history_row" in told.err


def test_conditions_are_read_from_the_tables() -> None:
    from salescli.book.checks import table_checks

    sql = "CREATE TABLE t (a TEXT CONSTRAINT one CHECK (a IN ('(', 'x''y')), CONSTRAINT two CHECK ((a > 0) OR length(a) < 3), b)"
    assert table_checks(sql) == {"one": "a IN ('(', 'x''y')", "two": "(a > 0) OR length(a) < 3"}


def test_numbers_with_documents_have_no_gap(book: Book) -> None:
    by_hand(
        book,
        "INSERT INTO customer (id, code, name) VALUES (1, 'C1', 'One')",
        "INSERT INTO number_series (series, period, last) VALUES ('SO', '202611', 3), ('C', 'all', 7)",
        *(
            f"INSERT INTO sales_order (number, date, customer_id, state) VALUES ('SO-202611-{n}', '2026-11-01', 1, 'draft')"
            for n in ("0001", "0003", "0009", "x", "00012")
        ),
    )
    told = book.run("check number_gaps")
    assert told.exit == 4
    assert "the number 2 is on no document" in told.err
    assert "2-3" not in told.err


def test_a_torn_page_is_a_damaged_book(book: Book) -> None:
    by_hand(book, "PRAGMA journal_mode = DELETE")
    content = bytearray(book.path.read_bytes())
    root = book.sql("SELECT rootpage FROM sqlite_master WHERE name = 'policy_value'")[0][0]
    content[(root - 1) * 4096 + 8 : (root - 1) * 4096 + 40] = b"\xff" * 32
    book.path.write_bytes(content)
    told = book.run("check")
    assert told.exit in (4, 8)
    assert told.err


def test_many_places_are_counted(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = Check("many", "many things", lambda _r: (msg("place {n}", n=n) for n in range(45)))
    monkeypatch.setattr(checks, "all_checks", lambda: {"many": failing})
    monkeypatch.setattr("salescli.book.checking.all_checks", lambda: {"many": failing})
    told = book.run("check")
    assert told.exit == 4
    assert "many: place 19" in told.err
    assert "many: place 20" not in told.err
    assert "many: and 25 more" in told.err


def test_a_check_that_stumbles_has_failed(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Check("stumbles", "something", lambda _r: iter([{}["4711"]]))
    monkeypatch.setattr("salescli.book.checking.all_checks", lambda: {"stumbles": broken})
    told = book.run("check")
    assert told.exit == 4
    assert "stumbles: the check could not be finished: KeyError" in told.err
    assert book.run("check --debug").exit == 1


def test_a_remark_is_a_warning(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    remark = Check("advice", "something to know", lambda _r: ["C1"], advice=True)
    monkeypatch.setattr("salescli.book.checking.all_checks", lambda: {"advice": remark})
    told = book.ok("check")
    assert "advice: C1" in told.err
    assert "remarks" in told.out


def test_two_checks_of_one_name_are_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    from salescli.book import checks as own

    monkeypatch.setattr(own, "CHECKS", (*own.CHECKS, own.CHECKS[0]))
    with pytest.raises(ValueError, match="integrity"):
        checks.all_checks()


@pytest.mark.rule("ORG-07")
def test_who_may(book: Book) -> None:
    book.ok('staff add LI "Li Lei" --role rep --superior ADMIN')
    assert book.run("check", user="LI").exit == 7
