"""The log: one entry per changed row, hash-chained; every kind of tampering through sqlite3 is found and named (ORG-09, DAT-03)."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from salescli.core import context, history, history_verify
from salescli.core.history import canonical, entry_hash
from salescli.core.history_rows import Flaw, runs
from salescli.core.reader import Reader, reader
from salescli.core.tables import Holiday, Meta
from salescli.core.writer import writer
from tests.conftest import DAY, Book

pytestmark = pytest.mark.rule("ORG-09", "DAT-03")

BULK = 2500  # three bulk entries: 1000, 1000, 500


def fill(path: Path) -> None:
    """Three holidays one by one (one of them changed, one removed), and 2,500 facts in bulk of which two were changed since."""
    day = date.fromisoformat(DAY)
    with context.use(context.Context(db=path, today=day)):
        with writer("test holidays") as w:
            for month in (1, 5, 10):
                w.add(Holiday(day=date(2026, month, 1), works=False, name=f"day {month}"))
        with writer("test change") as w:
            w.get(Holiday, 1).name = "New Year"
            w.session.delete(w.get(Holiday, 3))
        with writer("import facts") as w:
            first = w.next_id(Meta)
            w.insert_many(Meta, ["key", "value"], [(first + n, f"fact {n}", f"value {n}") for n in range(BULK)])
        with writer("test change") as w:
            w.get(Meta, first + 10).value = "another"
            w.session.delete(w.get(Meta, first + 2000))


@pytest.fixture(scope="module")
def filled_book(tmp_path_factory: pytest.TempPathFactory, founded_book: Path) -> Path:
    path = tmp_path_factory.mktemp("history") / "sales.db"
    path.write_bytes(founded_book.read_bytes())
    patch = pytest.MonkeyPatch()
    patch.setattr(context, "clock_day", lambda: date.fromisoformat(DAY))
    fill(path)
    patch.undo()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    return path


@pytest.fixture
def filled(book: Book, filled_book: Path) -> Book:
    book.path.write_bytes(filled_book.read_bytes())
    return book


def flaws(path: Path) -> list[Flaw]:
    return history_verify.verify(path)


def codes(path: Path) -> set[str]:
    return {flaw.code for flaw in flaws(path)}


def tamper(path: Path, *statements: str, rehash: bool = False) -> None:
    """Change the file as somebody with sqlite3 would; `rehash` makes the chain good again, as somebody clever would."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execute(statement)
        if rehash:
            prev = history.START
            for row in connection.execute(f"SELECT {history.COLUMNS} FROM history ORDER BY id").fetchall():
                prev_of, own = prev, entry_hash((*row[:-2], prev))
                connection.execute("UPDATE history SET prev = ?, hash = ? WHERE id = ?", (prev_of, own, row[0]))
                prev = own


def test_an_honest_book_has_no_flaw(filled: Book) -> None:
    assert flaws(filled.path) == []


def test_what_an_entry_holds(filled: Book) -> None:
    columns = "verb, tbl, row_id, before, after, document, staff, os_account, day"
    found = filled.sql(f"SELECT {columns} FROM history WHERE tbl = 'holiday' ORDER BY id")
    assert found[0][:5] == ("test holidays", "holiday", 1, None, '{"day":"2026-01-01","name":"day 1","works":0}')
    assert json.loads(found[3][3])["name"] == "day 1"
    assert json.loads(found[3][4])["name"] == "New Year"
    assert found[4][2:5] == (3, '{"day":"2026-10-01","name":"day 10","works":0}', None)
    assert found[0][6] == "ADMIN"
    assert found[0][8] == DAY


def test_entries_of_one_command_share_its_number(filled: Book) -> None:
    numbers = filled.sql("SELECT DISTINCT command FROM history ORDER BY command")
    assert [n for (n,) in numbers] == list(range(1, len(numbers) + 1))
    assert filled.sql("SELECT count(DISTINCT command) FROM history WHERE verb = 'test holidays'") == [(1,)]


def test_bulk_rows_cost_one_entry_a_thousand(filled: Book) -> None:
    found = filled.sql("SELECT last_id - row_id + 1 FROM history WHERE verb = 'import facts' ORDER BY id")
    assert found == [(1000,), (1000,), (500,)]


def test_kept_columns_are_in_no_image(filled: Book) -> None:
    with reader(filled.path, anonymous=True) as r:
        assert "kept_open" not in history.tracked_columns(r, "receivable")
        assert "amount" in history.tracked_columns(r, "receivable")
        assert "history" not in history.tracked_tables(r)


# --- tampering, each kind once ----------------------------------------------------------------------------------------

LAST = "(SELECT max(id) FROM history)"
KINDS: dict[str, tuple[str, set[str]]] = {
    "entry edited": ("UPDATE history SET staff = 'EVE' WHERE id = 100", {"entry_changed"}),
    "entry's before edited": (
        "UPDATE history SET before = '{}' WHERE verb = 'test change' AND tbl = 'holiday' AND row_id = 1",
        {"entry_changed", "row_changed_before"},
    ),
    "entry's image edited": (
        "UPDATE history SET after = replace(after, 'New Year', 'Old Year') WHERE tbl = 'holiday'",
        {"entry_changed", "row_changed"},
    ),
    "unknown turned into empty": (
        "UPDATE history SET document = '' WHERE id = (SELECT min(id) FROM history WHERE document IS NULL)",
        {"entry_changed"},
    ),
    "entry deleted": ("DELETE FROM history WHERE id = 100", {"entry_missing", "chain_broken", "row_inserted"}),
    "entries reordered": (
        "UPDATE history SET id = CASE id WHEN 100 THEN -101 WHEN 101 THEN -100 END WHERE id IN (100, 101)",
        {"entry_missing", "chain_broken", "entry_changed"},
    ),
    "row changed": ("UPDATE holiday SET name = 'Tampered' WHERE id = 2", {"row_changed"}),
    "row emptied": ("UPDATE holiday SET name = NULL WHERE id = 2", {"row_changed"}),
    "row given bytes": ("UPDATE holiday SET name = x'00ff' WHERE id = 2", {"row_changed"}),
    "row inserted": ("INSERT INTO holiday (id, day, works) VALUES (50, '2026-12-25', 0)", {"row_inserted"}),
    "row deleted": ("DELETE FROM holiday WHERE id = 2", {"row_deleted"}),
    "deleted row put back": ("INSERT INTO holiday (id, day, works, name) VALUES (3, '2026-10-01', 0, 'day 10')", {"row_returned"}),
    "bulk row changed": ("UPDATE meta SET value = 'tampered' WHERE key = 'fact 7'", {"rows_changed"}),
    "bulk row changed that was changed before": ("UPDATE meta SET value = 'tampered' WHERE key = 'fact 10'", {"row_changed"}),
    "bulk row deleted": ("DELETE FROM meta WHERE key = 'fact 1500'", {"row_deleted"}),
    "last bulk rows deleted": ("DELETE FROM meta WHERE key IN ('fact 2498', 'fact 2499')", {"row_deleted"}),
    "all bulk rows deleted": ("DELETE FROM meta WHERE key LIKE 'fact %'", {"row_deleted"}),
    "row inserted behind a bulk": ("INSERT INTO meta (key, value) VALUES ('late', 'x')", {"row_inserted"}),
    "bulk entry edited": (
        "UPDATE history SET after = replace(after, ':1000,', ':999,') WHERE verb = 'import facts'",
        {"entry_changed", "rows_changed"},
    ),
    "bulk entry made unreadable": ("UPDATE history SET after = 'nonsense' WHERE verb = 'import facts'", {"entry_changed", "rows_changed"}),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_tampering_is_found(filled: Book, kind: str) -> None:
    statement, expected = KINDS[kind]
    tamper(filled.path, statement)
    assert expected <= codes(filled.path), flaws(filled.path)


def test_an_inserted_entry_is_found(filled: Book) -> None:
    last = filled.sql("SELECT max(id) FROM history")[0][0]
    copied = ", ".join(c for c in history.Entry._fields if c != "id")
    shift = [f"UPDATE history SET id = id + 1 WHERE id = {n}" for n in range(last, 99, -1)]
    tamper(filled.path, *shift, f"INSERT INTO history (id, {copied}) SELECT 100, {copied} FROM history WHERE id = 99")
    assert {"chain_broken", "entry_changed"} <= codes(filled.path)


@pytest.mark.parametrize("place", ["holiday 1", "holiday 2"])
def test_a_change_by_hand_stays_known_after_the_next_honest_change(filled: Book, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next entry starts from what somebody had made of the row."""
    row_id = int(place.split()[1])
    tamper(filled.path, f"UPDATE holiday SET works = 1 WHERE id = {row_id}")
    monkeypatch.setattr(context, "clock_day", lambda: date.fromisoformat(DAY))
    with context.use(context.Context(db=filled.path, today=date.fromisoformat(DAY))), writer("test") as w:
        w.get(Holiday, row_id).name = "honest"
    assert [(f.code, f.place) for f in flaws(filled.path)] == [("row_changed_before", place)]


def test_a_bulk_row_changed_by_hand_stays_known_after_the_next_honest_change(filled: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    row_id = filled.sql("SELECT id FROM meta WHERE key = 'fact 7'")[0][0]
    tamper(filled.path, "UPDATE meta SET value = 'tampered' WHERE key = 'fact 7'")
    monkeypatch.setattr(context, "clock_day", lambda: date.fromisoformat(DAY))
    with context.use(context.Context(db=filled.path, today=date.fromisoformat(DAY))), writer("test") as w:
        w.get(Meta, row_id).value = "honest"
    assert codes(filled.path) == {"rows_changed"}


def test_flaws_name_the_place(filled: Book) -> None:
    tamper(filled.path, "UPDATE holiday SET name = 'Tampered' WHERE id = 2", "DELETE FROM meta WHERE key IN ('fact 5', 'fact 6')")
    found = {f.code: (f.place, f.detail) for f in flaws(filled.path)}
    assert found["row_changed"] == ("holiday 2", "name: day 5 -> Tampered")
    first = filled.sql("SELECT id FROM meta WHERE key = 'fact 4'")[0][0]
    assert found["row_deleted"][0] == f"meta {first + 1}-{first + 2}"


def test_a_lost_table_is_named(filled: Book) -> None:
    tamper(filled.path, "DROP TABLE holiday")
    assert ("table_missing", "holiday") in [(f.code, f.place) for f in flaws(filled.path)]


def test_rows_put_back_in_bulk_after_honest_deletion(filled: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids are given out again after the last rows were deleted: two bulk entries cover the same ids."""
    monkeypatch.setattr(context, "clock_day", lambda: date.fromisoformat(DAY))
    with context.use(context.Context(db=filled.path, today=date.fromisoformat(DAY))):
        with writer("test") as w:
            for n in range(2490, 2500):
                row_id = w.reader.value("SELECT id FROM meta WHERE key = :key", key=f"fact {n}")
                w.session.delete(w.get(Meta, row_id))
        with writer("import again") as w:
            first = w.next_id(Meta)
            w.insert_many(Meta, ["key", "value"], [(first + n, f"again {n}", "v") for n in range(20)])
    assert flaws(filled.path) == []
    tamper(filled.path, "UPDATE meta SET value = 'tampered' WHERE key = 'again 3'")
    assert codes(filled.path) == {"rows_changed"}


# --- what a backup or a noted hash knows ------------------------------------------------------------------------------


@pytest.fixture
def backup(filled: Book, tmp_path: Path) -> Path:
    path = tmp_path / "backup.db"
    path.write_bytes(filled.path.read_bytes())
    return path


def against(path: Path, backup: Path) -> list[Flaw]:
    with reader(path, anonymous=True) as r, reader(backup, anonymous=True) as other:
        return list(history_verify.verify_against(r, other))


def test_a_book_that_went_on_agrees_with_its_backup(filled: Book, backup: Path) -> None:
    filled.ok('staff add LI "Li Lei"')
    assert against(filled.path, backup) == []
    assert against(backup, backup) == []


def test_a_tail_cut_off_is_found_against_a_backup_only(filled: Book, backup: Path) -> None:
    last = filled.sql("SELECT max(id) FROM history")[0][0]
    row = filled.sql(f"SELECT before FROM history WHERE id = {last}")[0][0]
    value = json.loads(row)
    restore = f"INSERT INTO meta (id, key, value) SELECT row_id, '{value['key']}', '{value['value']}' FROM history WHERE id = {last}"
    tamper(filled.path, restore, f"DELETE FROM history WHERE id = {last}")
    assert flaws(filled.path) == []  # chain and rows agree: the book alone cannot know
    assert against(filled.path, backup) == [Flaw("tail_cut", str(last - 1), str(last))]
    with reader(backup, anonymous=True) as r:
        noted = history.head(r).hash
    with reader(filled.path, anonymous=True) as r:
        assert [f.code for f in history_verify.verify_hash(r, noted)] == ["hash_missing"]
        assert list(history_verify.verify_hash(r, history.head(r).hash[:16].upper())) == []


def test_a_rewritten_chain_is_found_against_a_backup_only(filled: Book, backup: Path) -> None:
    entry = filled.sql("SELECT min(id) FROM history WHERE verb = 'test holidays'")[0][0]
    tamper(filled.path, f"UPDATE history SET staff = 'EVE' WHERE id = {entry}", rehash=True)
    assert flaws(filled.path) == []
    assert against(filled.path, backup) == [Flaw("history_rewritten", str(entry))]


def test_a_cut_and_regrown_chain_is_rewritten(filled: Book, backup: Path) -> None:
    last = filled.sql("SELECT max(id) FROM history")[0][0]
    tamper(filled.path, f"DELETE FROM history WHERE id = {last}")
    filled.ok('staff add LI "Li Lei"')
    assert against(filled.path, backup) == [Flaw("history_rewritten", str(last))]


# --- columns younger than an image ------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["grade TEXT NOT NULL DEFAULT 'B'", "points BIGINT DEFAULT 7", "remark TEXT"])
def test_a_column_added_later_reads_as_its_default(filled: Book, column: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tamper(filled.path, f"ALTER TABLE holiday ADD COLUMN {column}", f"ALTER TABLE meta ADD COLUMN {column}")
    assert flaws(filled.path) == []
    name = column.split()[0]
    with context.use(context.Context(db=filled.path, today=date.fromisoformat(DAY))):
        monkeypatch.setattr(context, "clock_day", lambda: date.fromisoformat(DAY))
        with writer("test") as w:  # an honest change of an old row, alone and of a bulk
            w.get(Holiday, 1).name = "changed"
            w.get(Meta, w.reader.value("SELECT id FROM meta WHERE key = 'fact 20'")).value = "changed"
    assert flaws(filled.path) == []
    tamper(filled.path, f"UPDATE holiday SET {name} = '9' WHERE id = 2", f"UPDATE meta SET {name} = '9' WHERE key = 'fact 30'")
    assert sorted(f.code for f in flaws(filled.path)) == ["row_changed", "row_changed"]


def test_an_emptied_column_with_a_default_is_no_flaw(filled: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """NULL is written out where a missing column would read as the default."""
    tamper(filled.path, "ALTER TABLE holiday ADD COLUMN points BIGINT DEFAULT 7")
    monkeypatch.setattr(context, "clock_day", lambda: date.fromisoformat(DAY))
    with context.use(context.Context(db=filled.path, today=date.fromisoformat(DAY))), writer("test") as w:
        w.reader.connection.execute("UPDATE holiday SET points = NULL WHERE id = 2")  # as a model with the column would
        before = canonical({"day": "2026-05-01", "works": 0, "name": "day 5"})
        after = w.recorder.canonical("holiday", w.recorder.image("holiday", 2))
        assert json.loads(after or "")["points"] is None
        w.recorder.pending.append(("holiday", 2, None, before, after, None))
    assert flaws(filled.path) == []


# --- the texts that are hashed ----------------------------------------------------------------------------------------


def test_an_image_is_one_text() -> None:
    assert canonical({"b": 1, "a": "甲", "c": None}) == '{"a":"甲","b":1}'
    assert canonical({"b": None}, explicit=("b",)) == '{"b":null}'
    assert canonical(None) is None


def test_texts_cannot_slide_between_fields() -> None:
    assert entry_hash(("a\x1fb", "c")) != entry_hash(("a", "b\x1fc"))
    assert entry_hash(("a", None)) != entry_hash(("a", ""))


def test_runs() -> None:
    assert list(runs([5, 7, 8, 9])) == ["5", "7-9"]
    assert list(runs([])) == []


def test_signs_no_hash_may_stumble_over(filled: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "clock_day", lambda: date.fromisoformat(DAY))
    odd: list[Any] = ["\x1f", "\x00x", 'quote " and \\', "𠮷 emoji 🙂 \u2028", "\x7f\x85"]
    with context.use(context.Context(db=filled.path, today=date.fromisoformat(DAY))), writer("test\x1fverb") as w:
        for n, text in enumerate(odd):
            w.document = f"D{text}"
            w.add(Meta(key=f"odd {n}", value=f"x{text}"))
        first = w.next_id(Meta)
        w.insert_many(Meta, ["key", "value"], [(first + n, f"bulk {n}", f"x{text}") for n, text in enumerate(odd)])
    assert flaws(filled.path) == []


def test_a_line_about_no_row(filled: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "clock_day", lambda: date.fromisoformat(DAY))
    with context.use(context.Context(db=filled.path, today=date.fromisoformat(DAY))):
        history.log_export("ar aging", "out.xlsx")
        with writer("test note") as w:
            w.note("SO-1", "printed")
    found = filled.sql("SELECT verb, document, tbl, after FROM history ORDER BY id DESC LIMIT 2")
    assert found == [("test note", "SO-1", None, "printed"), ("export ar aging", None, None, "out.xlsx")]
    assert flaws(filled.path) == []


def test_memory_stays_small_whatever_the_log(filled: Book) -> None:
    """Streams: nothing but the rows of the open bulk entries is held."""
    import tracemalloc

    with reader(filled.path, anonymous=True) as r:
        tracemalloc.start()
        assert list(history_verify.verify_rows(r)) == []
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 3_000_000


def test_an_empty_log_and_an_empty_book_agree() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        columns = ", ".join(history.Entry._fields)
        connection.execute(f"CREATE TABLE history ({columns.replace('id,', 'id INTEGER PRIMARY KEY,', 1)})")
        r = Reader(connection, date(2026, 1, 1))
        assert history.head(r) == (0, history.START, 0)
        assert list(history_verify.verify_chain(r)) == []
        assert list(history_verify.verify_rows(r)) == []
