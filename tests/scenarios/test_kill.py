"""kill -9 at random moments: the book opens, the checks pass, each command happened wholly or not at all (DAT-03)."""

from __future__ import annotations

import random
import time

import pytest

from tests.conftest import Book
from tests.scenarios.conftest import at_work, begin, ready

pytestmark = pytest.mark.rule("DAT-03")

ORDERS = 400  # of two lines each

IMPORT = ["import", "orders", "orders.csv"]
RECEIPT = ["ar", "receipt", "C1", "10"]


def order_file(book: Book) -> None:
    lines = ["order,date,customer,sku,quantity,unit_price,delivered"]
    for n in range(ORDERS):
        lines += [f"A{n},2026-10-01,C1,P1,{n + 1},1.50,2026-10-02", f"A{n},2026-10-01,C1,P1,2,3.00,"]
    book.file("orders.csv", "\n".join(lines))


def put_back(book: Book, content: bytes) -> None:
    for suffix in ("-wal", "-shm"):
        book.path.with_name(book.path.name + suffix).unlink(missing_ok=True)
    book.path.write_bytes(content)


def took(book: Book, command: list[str]) -> float:
    """Seconds one such command takes here, everything loaded; the book is put back afterwards."""
    content = book.path.read_bytes()
    process = at_work(book, [command])
    ready(process)
    started = time.monotonic()
    begin(process)
    out, err = process.communicate(timeout=120)
    assert out.startswith("0"), out + err
    put_back(book, content)
    return time.monotonic() - started


def killed(book: Book, command: list[str], delay: float) -> None:
    """Run a command and kill it after `delay` seconds of work."""
    process = at_work(book, [command])
    ready(process)
    begin(process)
    time.sleep(delay)
    process.kill()


def counts(book: Book) -> dict[str, int]:
    tables = ("sales_order", "order_line", "delivery", "receivable", "import_batch", "receipt", "allocation", "history")
    return {table: book.sql(f"SELECT count(*) FROM {table}")[0][0] for table in tables}


def assert_sound(book: Book) -> None:
    book.ok("check")
    assert book.sql("SELECT (SELECT max(id) FROM history) - (SELECT count(*) FROM history)") == [(0,)]


def imports(book: Book, times: int) -> None:
    order_file(book)
    whole = took(book, IMPORT)
    content, before = book.path.read_bytes(), counts(book)
    chance = random.Random(4711)
    for _ in range(times):
        killed(book, IMPORT, chance.uniform(0, whole))
        assert_sound(book)
        after = counts(book)
        if after != before:
            assert after["sales_order"] - before["sales_order"] == ORDERS
            assert after["order_line"] - before["order_line"] == 2 * ORDERS
            assert after["delivery"] - before["delivery"] == ORDERS
            assert after["import_batch"] - before["import_batch"] == 1
            put_back(book, content)  # a second import would find every order known


def writes(book: Book, times: int) -> None:
    whole = took(book, RECEIPT)
    chance = random.Random(4712)
    for _ in range(times):
        before = counts(book)
        killed(book, RECEIPT, chance.uniform(0, whole))
        assert_sound(book)
        after = counts(book)
        made = after["receipt"] - before["receipt"]
        assert made in (0, 1)
        assert after["allocation"] - before["allocation"] == made
        assert (after["history"] > before["history"]) == bool(made)
    open_amount = book.sql("SELECT kept_open FROM receivable WHERE number = 'R1'")[0][0]
    assert open_amount == (10000 - 10 * counts(book)["receipt"]) * 100


def test_imports_killed_ten_times(office: Book) -> None:
    imports(office, 10)


def test_writes_killed_ten_times(office: Book) -> None:
    writes(office, 10)


@pytest.mark.proof
def test_imports_killed_a_hundred_times(office: Book) -> None:
    imports(office, 100)


@pytest.mark.proof
def test_writes_killed_a_hundred_times(office: Book) -> None:
    writes(office, 100)


@pytest.mark.proof
def test_restores_killed_twenty_times(office: Book) -> None:
    """A killed restore leaves the old book or the restored one."""
    office.ok("backup copy.db")
    office.ok("ar receipt C1 10")
    whole = took(office, ["restore", "copy.db", "--yes"])
    content = office.path.read_bytes()
    chance = random.Random(4713)
    for _ in range(20):
        killed(office, ["restore", "copy.db", "--yes"], chance.uniform(0, whole))
        office.ok("check")
        last = office.sql("SELECT verb FROM history ORDER BY id DESC LIMIT 1")[0][0]
        assert (last, counts(office)["receipt"]) in [("restore", 0), ("ar receipt", 1)]
        put_back(office, content)
