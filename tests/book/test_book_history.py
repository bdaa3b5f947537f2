"""`salescli history`: what was changed, by whom, in words; and its proof on the command line (ORG-09)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from salescli.core import context
from salescli.core.reader import reader
from salescli.core.schema import metadata
from salescli.core.writer import writer
from tests.conftest import DAY, Book, made_once

pytestmark = pytest.mark.rule("ORG-09")


@pytest.fixture
@made_once
def busy(book: Book) -> None:
    """A book in which something happened."""
    book.ok('staff add LI "Li Lei" --role supervisor --superior ADMIN --phone 13812345678', day="2026-11-01")
    book.ok('staff add WU "Wu Wei" --role rep --superior LI', day="2026-11-02")
    book.ok("staff edit WU --region East --superior ADMIN", day="2026-11-03")


def changes(book: Book, line: str, **more: str) -> list[str]:
    return [row["change"] for row in book.rows(line, **more)]


def test_rows_newest_first(busy: Book) -> None:
    rows = busy.rows("history --limit 2")
    assert list(rows[0]) == ["id", "at", "day", "staff", "account", "verb", "document", "change"]
    assert (rows[0]["day"], rows[0]["staff"], rows[0]["verb"], rows[0]["document"]) == ("2026-11-03", "ADMIN", "staff edit", "WU")
    assert rows[0]["id"] == rows[1]["id"] + 1
    assert "older entries are not shown" in busy.ok("history --limit 2").out + busy.ok("history --limit 2").err


def test_changes_in_words(busy: Book) -> None:
    assert changes(busy, "history WU")[0] == "superior: LI → ADMIN; region: - → East"
    assert "+ staff: code WU, name Wu Wei, superior LI" in changes(busy, "history WU")[-1]


def test_documents_are_found_however_typed(busy: Book) -> None:
    assert changes(busy, "history wu") == changes(busy, "history WU")
    told = busy.run("history nothing")
    assert told.exit == 3
    assert "nothing in the history is called nothing" in told.err


def test_filters(busy: Book) -> None:
    assert {row["staff"] for row in busy.rows("history --staff ADMIN --limit 100")} == {"ADMIN"}
    assert {row["verb"] for row in busy.rows("history --verb staff --limit 100")} == {"staff add", "staff edit"}
    assert {row["verb"] for row in busy.rows("history --verb 'staff edit'")} == {"staff edit"}
    assert busy.rows("history --verb sta") == []
    assert {row["day"] for row in busy.rows("history --since 2026-11-02")} == {"2026-11-02", "2026-11-03"}
    assert busy.run("history --staff NOBODY").exit == 3
    assert "salescli history" in busy.ok("history --verb nothing").err


def test_a_document_brought_in_in_bulk_is_found(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    from salescli.stock.tables import Warehouse

    monkeypatch.setattr(context, "clock_day", lambda: date.fromisoformat(DAY))
    with context.use(context.Context(db=book.path, today=date.fromisoformat(DAY))), writer("import warehouses") as w:
        columns, first = w.recorder.columns("warehouse"), w.next_id(Warehouse)
        rows = [tuple({"code": f"W{n}", "name": f"House {n}", "active": 1}.get(c) for c in columns) for n in range(1500)]
        w.insert_many(Warehouse, columns, [(first + n, *row) for n, row in enumerate(rows)])
        w.get(Warehouse, first + 1200).active = False
    assert changes(book, "history W3") == ["1,000 rows of warehouse brought in together"]
    assert changes(book, "history w1200") == ["active: yes → no", "500 rows of warehouse brought in together"]
    assert book.run("history W1500").exit == 3


def test_flags_references_and_figures(book: Book) -> None:
    from salescli.book.fields import Values

    with reader(book.path, anonymous=True) as r:
        from salescli.core.access import actor_for

        r._actor = actor_for(r, 1, "ADMIN", "Ada Admin", "root")
        words = Values(r)
        assert words.text("product", "active", 0) == "no"
        assert words.text("customer", "credit_limit", 1234500) == "12,345.00"
        assert words.text("stock_move", "quantity", 2500) == "2.5"
        assert words.text("product", "tax_rate", 1300) == "13.00"
        assert words.text("customer", "staff_id", 1) == "ADMIN"
        assert words.text("customer", "staff_id", 4711) == "4711"
        assert words.text("customer", "credit_days", 30) == "30"
        assert words.changes(None, None, "out.xlsx") == "out.xlsx"
        assert words.changes("staff", '{"code":"X"}', None) == "- staff: code X"


@pytest.mark.rule("ORG-08")
def test_phones_are_hidden_as_everywhere(busy: Book) -> None:
    assert "13812345678" in busy.ok("history LI").out
    busy.ok('staff add FIN "Fin" --role finance --superior ADMIN')
    told = busy.ok("history LI", user="FIN").out
    assert "138****5678" in told
    assert "13812345678" not in told


@pytest.mark.rule("ORG-02", "ORG-07")
def test_who_sees_what(busy: Book) -> None:
    assert busy.run("history", user="WU").exit == 7
    busy.ok('staff add QI "Qi" --role rep --superior ADMIN')
    assert {row["staff"] for row in busy.rows("history", user="LI")} <= {"LI", "WU"}


def test_every_column_and_table_is_a_word_people_know() -> None:
    """The history names them; the catalogue's own test sees to the Chinese of what is marked."""
    import i18n as catalogue_tool

    from salescli.book.create import load_tables
    from salescli.core.history import UNTRACKED

    load_tables()
    marked = {text for text, context in catalogue_tool.used() if context == "code"}
    tables = {t.name: t for t in metadata.tables.values() if t.name not in UNTRACKED}
    columns = {c.name.removesuffix("_id") for t in tables.values() for c in t.columns if c.name != "id" and not c.name.startswith("kept_")}
    assert sorted((columns | tables.keys()) - marked) == [], 'add them to WORDS in book/fields.py, then: make i18n ROOM="book"'


# --- the proof --------------------------------------------------------------------------------------------------------


def by_hand(book: Book, statement: str) -> None:
    with closing(sqlite3.connect(book.path)) as connection, connection:
        connection.execute(statement)


@pytest.mark.rule("DAT-03")
def test_proof_of_an_honest_book(busy: Book) -> None:
    told = busy.ok("history --verify -f json").json()
    (row,) = told["rows"]
    assert told["schema"] == "salescli.history-verify/1"
    assert row["entries"] == busy.sql("SELECT max(id) FROM history")[0][0]
    busy.ok(f"history --verify --against {row['hash']}")
    busy.ok(f"history --against {row['hash'][:12]}")


@pytest.mark.rule("DAT-03")
def test_proof_of_a_book_somebody_changed(busy: Book) -> None:
    by_hand(busy, "UPDATE staff SET region = 'West' WHERE code = 'WU'")
    by_hand(busy, "UPDATE history SET staff = 'EVE' WHERE id = 20")
    told = busy.run("history --verify")
    assert told.exit == 4
    assert "history entry 20 was edited" in told.err
    assert "was changed behind the tool's back: region: East -> West" in told.err
    envelope = busy.run("history --verify -f json").json()
    assert envelope["ok"] is False
    assert {p["code"] for p in envelope["problems"]} == {"entry_changed", "row_changed", "history_broken"}
    zh = busy.run("history --verify", lang="zh").err
    assert "20" in zh
    assert "behind" not in zh


@pytest.mark.rule("DAT-03")
def test_proof_against_a_backup(busy: Book) -> None:
    busy.ok("backup copy.db")
    busy.ok('staff add QI "Qi" --superior ADMIN')
    busy.ok("history --verify --against copy.db")
    last = busy.sql("SELECT max(id) FROM history")[0][0]
    by_hand(busy, "DELETE FROM staff_role WHERE staff_id = (SELECT id FROM staff WHERE code = 'QI')")
    by_hand(busy, "DELETE FROM staff WHERE code = 'QI'")
    cut = busy.sql("SELECT min(id) FROM history WHERE verb = 'backup'")[0][0]
    by_hand(busy, f"DELETE FROM history WHERE id >= {cut - 1}")
    told = busy.run("history --verify --against copy.db")
    assert told.exit == 4
    assert f"the history ends with entry {cut - 2}; the backup knows {cut - 1} entries" in told.err
    assert last > cut


@pytest.mark.parametrize("given", ["nowhere.db", "abc", "zzzzzzzzzzzzzzzz"])
def test_nothing_to_compare_with(book: Book, given: str) -> None:
    assert book.run(["history", "--verify", "--against", given]).exit == 3


def test_a_hash_of_another_book(book: Book) -> None:
    told = book.run(["history", "--verify", "--against", "ab" * 32])
    assert told.exit == 4
    assert "no history entry has the hash" in told.err
