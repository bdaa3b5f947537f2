"""Whatever is changed in a book by hand, the proof of its history (or a backup) finds it (ORG-09, DAT-03)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from salescli.core import context, history, history_verify
from salescli.core.reader import Reader, reader
from salescli.core.tables import Holiday, ImportBatch, Meta
from salescli.core.writer import writer

pytestmark = pytest.mark.rule("ORG-09", "DAT-03")

TABLES = ("holiday", "meta", "import_batch", "staff", "policy_value", "history")
VALUES = st.one_of(st.none(), st.integers(-3, 3000), st.text(max_size=5), st.binary(max_size=3), st.just("2026-01-01"))
LITTLE = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, founded_book: Path) -> Path:
    """A small book of rows of every kind: alone, changed, deleted, in bulk, changed after the bulk."""
    path = tmp_path_factory.mktemp("tampering") / "sales.db"
    path.write_bytes(founded_book.read_bytes())
    patch = pytest.MonkeyPatch()
    day = date(2026, 11, 3)
    patch.setattr(context, "clock_day", lambda: day)
    with context.use(context.Context(db=path, today=day)):
        with writer("alone") as w:
            for n in range(1, 8):
                w.add(Holiday(day=date(2026, 1, n), works=bool(n % 2), name=f"day {n}" if n % 3 else None))
        with writer("bulk") as w:
            first = w.next_id(ImportBatch)
            columns = ["kind", "file_name", "sha256", "day", "staff_id", "rows", "added", "changed", "skipped"]
            w.insert_many(ImportBatch, columns, [(first + n, "orders", "f", "0" * 64, "2026-01-01", 1, n, n, 0, 0) for n in range(30)])
        with writer("later") as w:
            w.get(Holiday, 2).name = "renamed"
            w.session.delete(w.get(Holiday, 4))
            w.get(ImportBatch, first + 3).changed = 9
            w.session.delete(w.get(ImportBatch, first + 20))
            w.add(Meta(key="note", value="甲"))
    patch.undo()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    return path


@pytest.fixture(scope="module")
def backup(original: Path) -> Iterator[Reader]:
    """The book before anybody touched it, kept open: what a tampered one is compared with."""
    with reader(original, anonymous=True) as opened:
        yield opened


def dump(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    connection.text_factory = bytes
    return {t: connection.execute(f"SELECT * FROM {t} ORDER BY id").fetchall() for t in TABLES}


@pytest.fixture(scope="module")
def untouched(original: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row before anybody touched it."""
    with closing(sqlite3.connect(original)) as connection:
        return dump(connection)


def found(path: Path, backup: Reader) -> bool:
    """Whether the proof of the book, or the comparison with its backup, says that something is wrong."""
    with reader(path, anonymous=True) as r:
        looks = (history_verify.verify_chain(r), history_verify.verify_rows(r), history_verify.verify_against(r, backup))
        return any(next(look, None) is not None for look in looks)


@st.composite
def deeds(draw: st.DrawFn) -> tuple[str, tuple[Any, ...]]:
    """One SQL statement somebody might type."""
    table = draw(st.sampled_from(TABLES))
    row = draw(st.integers(1, 160))
    kind = draw(st.sampled_from(["update", "update", "update", "delete", "swap"]))
    if kind == "delete":
        return f"DELETE FROM {table} WHERE id = ?", (row,)
    if kind == "swap":
        return f"UPDATE {table} SET id = -id WHERE id IN (?, ?)", (row, row + 1)
    columns = {
        "holiday": ["day", "works", "name"],
        "meta": ["key", "value"],
        "import_batch": ["kind", "day", "rows", "skipped", "staff_id"],
        "staff": ["name", "code", "region", "os_account"],
        "policy_value": ["key", "value", "valid_from"],
        "history": [c for c in history.Entry._fields if c not in ("id", "last_id")],
    }
    column = draw(st.sampled_from(columns[table]))
    return f"UPDATE {table} SET {column} = ? WHERE id = ?", (draw(VALUES), row)


@LITTLE
@given(statements=st.lists(deeds(), min_size=1, max_size=4))
def test_random_tampering_is_found(
    original: Path, backup: Reader, untouched: dict[str, Any], tmp_path: Path, statements: list[tuple[str, tuple[Any, ...]]]
) -> None:
    path = tmp_path / "tampered.db"
    path.write_bytes(original.read_bytes())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement, values in statements:
            try:
                connection.execute(statement, values)
            except sqlite3.IntegrityError:
                assume(False)
        connection.commit()
        assume(dump(connection) != untouched)
    assert found(path, backup)


@LITTLE
@given(cut=st.integers(1, 20), forged=st.booleans())
def test_a_history_cut_or_forged_anywhere_is_found_against_the_backup(
    original: Path, backup: Reader, tmp_path: Path, cut: int, forged: bool
) -> None:
    """Even when the forger makes the chain good again from some entry on."""
    path = tmp_path / "forged.db"
    path.write_bytes(original.read_bytes())
    with closing(sqlite3.connect(path)) as connection, connection:
        last = connection.execute("SELECT max(id) FROM history").fetchone()[0]
        if forged:
            connection.execute("UPDATE history SET os_account = 'eve' WHERE id > ?", (last - cut,))
            prev = connection.execute("SELECT hash FROM history WHERE id = ?", (last - cut,)).fetchone()[0]
            for row in connection.execute(f"SELECT {history.COLUMNS} FROM history WHERE id > ? ORDER BY id", (last - cut,)).fetchall():
                own = history.entry_hash((*row[:-2], prev))
                connection.execute("UPDATE history SET prev = ?, hash = ? WHERE id = ?", (prev, own, row[0]))
                prev = own
        else:
            connection.execute("DELETE FROM history WHERE id > ?", (last - cut,))
    with reader(path, anonymous=True) as r:
        assert list(history_verify.verify_chain(r)) == []
        assert list(history_verify.verify_against(r, backup)) != []
