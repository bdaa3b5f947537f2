"""Single writes on a copy of a book: as whole processes, and what is left of them after Python's imports.

A process of its own says the same commands one after the other in one Python, so the later ones pay for their work only.
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from measure import environment, process

ROUNDS = 9
"""Times each write is said; the first two are warm-up."""

RECEIPT, VISIT = "ar receipt", "visit add"
NEW, CONFIRM, DELIVER = "order new, 3 lines", "order confirm", "order deliver"


class Write(NamedTuple):
    """A write: milliseconds of the whole process (None: not measured so), of its work alone, peak memory in MiB."""

    name: str
    whole: float | None
    work: float
    mib: float | None


def writes(book: Path, day: str, folder: Path) -> Iterator[Write]:
    """Every write on a copy of a book."""
    copy = folder / "writes.db"
    shutil.copy(book, copy)
    alone, customer = _alone(copy, day), _customer(copy)
    for name, words in {RECEIPT: _receipt(customer), VISIT: _visit(customer), NEW: _order(customer, _skus(copy))}.items():
        taken = process([str(Path(sys.executable).parent / "salescli"), "--db", str(copy), "--date", day, *words])
        yield Write(name, taken.ms, alone[name], taken.mib)
    for name in (CONFIRM, DELIVER):
        yield Write(name, None, alone[name], None)


def _skus(book: Path) -> list[str]:
    """Three products, what there is most of."""
    sql = """SELECT sku FROM product p JOIN stock_item i ON i.product_id = p.id WHERE p.list_price > 0 AND p.active = 1
             GROUP BY sku ORDER BY sum(kept_quantity) DESC, sku LIMIT 3"""
    return _column(book, sql)


def _customer(book: Path) -> str:
    """Somebody with an owner, a limit and no debt, so that nothing stands in the way of an order."""
    sql = """SELECT code FROM customer c WHERE staff_id IS NOT NULL AND archived_on IS NULL AND credit_limit > 1000000
             AND NOT EXISTS (SELECT 1 FROM receivable r WHERE r.customer_id = c.id AND r.kept_open <> 0)
             AND NOT EXISTS (SELECT 1 FROM sales_order o WHERE o.customer_id = c.id AND o.kept_delivered_on IS NULL)
             ORDER BY code LIMIT 1"""
    return _column(book, sql)[0]


def _column(book: Path, sql: str) -> list[str]:
    with contextlib.closing(sqlite3.connect(book)) as connection:
        return [str(value) for (value,) in connection.execute(sql)]


def _receipt(customer: str) -> list[str]:
    return ["ar", "receipt", customer, "12.50"]


def _visit(customer: str) -> list[str]:
    return ["visit", "add", customer, "--feedback", "asked about delivery", "--step", "call back", "--next", "+7d", "--need", "paper"]


def _order(customer: str, skus: list[str]) -> list[str]:
    return ["order", "new", customer, *[f"{sku}=1" for sku in skus], "--promised", "+7d"]


def _alone(book: Path, day: str) -> dict[str, float]:
    """Median milliseconds of each write after imports, from a process that says them again and again."""
    command = [sys.executable, __file__, str(book), day, _customer(book), *_skus(book)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr}")
    return dict(json.loads(done.stdout))


def _say(book: str, day: str, words: list[str]) -> tuple[float, str]:
    """One command in this process: its milliseconds and the document it wrote. A refusal is a fault of the benchmark."""
    from salescli.cli import main

    said, warned = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True), io.StringIO()
    start = time.perf_counter()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(warned):
        status = main(["--db", book, "--date", day, *words, "-f", "json"])
    taken = (time.perf_counter() - start) * 1000
    text = said.buffer.getvalue().decode()
    if status:
        raise SystemExit(f"{words}: exit {status}\n{warned.getvalue() or text}")
    return taken, str(json.loads(text).get("document"))


def _rounds(book: str, day: str, customer: str, skus: list[str]) -> dict[str, float]:
    times: dict[str, list[float]] = defaultdict(list)
    _say(book, day, ["stock", "receive", *[f"{sku}=1000000" for sku in skus], "--reason", "more than all open orders wait for"])
    for _round in range(ROUNDS):
        times[RECEIPT].append(_say(book, day, _receipt(customer))[0])
        times[VISIT].append(_say(book, day, _visit(customer))[0])
        taken, number = _say(book, day, _order(customer, skus))
        times[NEW].append(taken)
        times[CONFIRM].append(_say(book, day, ["order", "confirm", number])[0])
        times[DELIVER].append(_say(book, day, ["order", "deliver", number])[0])
    return {name: statistics.median(found[2:]) for name, found in times.items()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_rounds(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:])))
