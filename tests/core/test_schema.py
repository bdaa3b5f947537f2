"""The file refuses nonsense even when it is typed in by hand with sqlite3."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from salescli.book.create import load_tables
from salescli.core.schema import Choice, Day, Flag, Line, Whole, metadata
from tests.conftest import Book

NONSENSE = {
    "text in an amount": "UPDATE customer SET credit_limit = 'plenty'",
    "a number as text": "UPDATE customer SET credit_limit = 12.5",
    "a negative limit": "UPDATE customer SET credit_limit = -1",
    "days beyond reason": "UPDATE customer SET credit_days = 99999",
    "31 February": "UPDATE customer SET since = '2026-02-31'",
    "a day in words": "UPDATE customer SET since = 'yesterday'",
    "a day without dashes": "UPDATE customer SET since = '20260101'",
    "a day as a number": "UPDATE customer SET since = 20260101",
    "a time for a day": "UPDATE customer SET since = '2026-01-01 10:00'",
    "an empty name": "UPDATE customer SET name = ''",
    "no name": "UPDATE customer SET name = NULL",
    "a name too long": "UPDATE customer SET name = printf('%.*c', 500, 'x')",
    "bytes for a name": "UPDATE customer SET name = x'00ff'",
    "an unknown owner": "UPDATE customer SET staff_id = 4711",
    "an unknown state": "INSERT INTO sales_order (number, date, customer_id, state) VALUES ('S', '2026-01-01', 1, 'finished')",
    "an order of nobody": "INSERT INTO sales_order (number, date, customer_id, state) VALUES ('S', '2026-01-01', 99, 'draft')",
    "an unknown role": "UPDATE staff_role SET role = 'king'",
    "a flag of seven": "INSERT INTO product (sku, name, active) VALUES ('A', 'a', 7)",
    "a negative price": "INSERT INTO product (sku, name, active, list_price) VALUES ('A', 'a', 1, -5)",
    "more than all of the tax": "INSERT INTO product (sku, name, active, tax_rate) VALUES ('A', 'a', 1, 10001)",
    "a code twice": "INSERT INTO customer (code, name) VALUES ('C1', 'again')",
    "one's own superior": "UPDATE staff SET superior_id = id",
    "stock below nothing": "INSERT INTO stock_item (product_id, warehouse_id, kept_quantity) VALUES (1, 1, -1)",
    "a receipt of nothing": (
        "INSERT INTO receipt (number, customer_id, date, amount, held, kept_open) VALUES ('R', 1, '2026-01-01', 0, 0, 0)"
    ),
    "a receivable of nothing": (
        "INSERT INTO receivable (number, kind, customer_id, date, due_date, amount, held, kept_open) "
        "VALUES ('R', 'invoice', 1, '2026-01-01', '2026-01-01', 0, 0, 0)"
    ),
    "due before it is owed": (
        "INSERT INTO receivable (number, kind, customer_id, date, due_date, amount, held, kept_open) "
        "VALUES ('R', 'invoice', 1, '2026-01-02', '2026-01-01', 5, 0, 5)"
    ),
    "more open than owed": (
        "INSERT INTO receivable (number, kind, customer_id, date, due_date, amount, held, kept_open) "
        "VALUES ('R', 'invoice', 1, '2026-01-01', '2026-01-01', 5, 0, 6)"
    ),
}


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory: pytest.TempPathFactory, founded_book: Path) -> Path:
    book = Book(tmp_path_factory.mktemp("hand"))
    book.path.write_bytes(founded_book.read_bytes())
    with closing(sqlite3.connect(book.path)) as connection, connection:
        connection.execute("INSERT INTO customer (id, code, name) VALUES (1, 'C1', 'One')")
        connection.execute("INSERT INTO product (id, sku, name, active) VALUES (1, 'P', 'Pen', 1)")
    return book.path


@pytest.mark.parametrize("what", NONSENSE)
def test_nonsense_typed_by_hand_is_refused(by_hand: Path, what: str) -> None:
    with closing(sqlite3.connect(by_hand)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(NONSENSE[what])


def test_sense_is_taken(by_hand: Path) -> None:
    with closing(sqlite3.connect(by_hand)) as connection:
        connection.execute("UPDATE customer SET since = '2024-02-29', credit_limit = 0, name = '华信科技'")
        kept = connection.execute("SELECT since, credit_limit, name FROM customer").fetchall()
    assert kept == [("2024-02-29", 0, "华信科技")]


def test_every_typed_column_has_its_check() -> None:
    """And every text column is a typed one: a bare TEXT would take anything."""
    load_tables()
    for table in metadata.tables.values():
        names = {str(c.name) for c in table.constraints}
        for column in table.columns:
            if column.primary_key or column.foreign_keys:
                continue
            assert isinstance(column.type, (Whole, Day, Line, Choice)), f"{table.name}.{column.name}"
            assert f"ck_{table.name}_{column.name}_type" in names or f"{column.name}_type" in names, f"{table.name}.{column.name}"


def test_values_come_back_as_they_went_in() -> None:
    from datetime import date

    assert Day().process_bind_param(date(2026, 1, 2), None) == "2026-01-02"  # type: ignore[arg-type]
    assert Day().process_result_value("2026-01-02", None) == date(2026, 1, 2)  # type: ignore[arg-type]
    assert Day().process_result_value(None, None) is None  # type: ignore[arg-type]
    assert Flag().process_bind_param(True, None) == 1  # type: ignore[arg-type]
    assert Flag().process_result_value(0, None) is False  # type: ignore[arg-type]


def test_the_file_tells_the_unit_of_every_figure(by_hand: Path) -> None:
    with closing(sqlite3.connect(by_hand)) as connection:
        types = dict(connection.execute("SELECT name, type FROM pragma_table_info('product')"))
        assert (types["list_price"], types["tax_rate"], types["active"]) == ("PRICE_INT", "RATE_INT", "FLAG_INT")
        assert connection.execute("SELECT typeof(list_price + 0) FROM product").fetchall() == [("null",)]
        connection.execute("UPDATE product SET list_price = '150'")  # an integer typed as text becomes one
        assert connection.execute("SELECT typeof(list_price) FROM product").fetchall() == [("integer",)]


def test_another_engine_gets_plain_types() -> None:
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateTable

    load_tables()
    text = str(CreateTable(metadata.tables["product"]).compile(dialect=postgresql.dialect()))
    assert "list_price BIGINT" in text
    assert "_INT" not in text


def test_a_partial_index_covers_the_same_rows_on_another_engine() -> None:
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateIndex

    load_tables()
    index = next(i for i in metadata.tables["receivable"].indexes if i.name == "ix_receivable_open")
    assert str(CreateIndex(index).compile(dialect=postgresql.dialect())).endswith("WHERE kept_open <> 0")


def test_the_file_knows_every_default_of_the_models() -> None:
    load_tables()
    unknown = [c for t in metadata.tables.values() for c in t.columns if c.default is not None and c.server_default is None]
    assert unknown == []
