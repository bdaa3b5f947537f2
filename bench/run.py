"""`make bench`: every figure beside its floor, measured in the same run (PERFORMANCE.md). Prints ratios; judges nothing.

python bench/run.py [--scales 1000,100000,1000000] [--only TEXT]
"""

from __future__ import annotations

import argparse
import csv
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from books import DAY, book
from measure import Time, environment, process
from writes import writes

BIN = Path(sys.executable).parent / "salescli"
FLOORS = Path(__file__).parent / "floors"
D = DAY.isoformat()


class Look(NamedTuple):
    """A read: its name, command line, the SQL whose time alone is its floor S ("" = none), and the target as text."""

    name: str
    line: str
    sql: str
    target: str


OPEN = "SELECT due_date, sum(kept_open) FROM receivable WHERE kept_open <> 0 GROUP BY due_date"
REWOUND = """SELECT r.due_date, sum(r.kept_open + coalesce(a.back, 0)) FROM receivable r LEFT JOIN
 (SELECT receivable_id, sum(amount) AS back FROM allocation WHERE date > '2026-07-31' GROUP BY receivable_id) a ON a.receivable_id = r.id
 WHERE r.date <= '2026-07-31' AND (r.kept_open <> 0 OR a.back IS NOT NULL) GROUP BY r.due_date"""
SALES = """SELECT o.staff_id, sum(l.amount) FROM sales_order o JOIN order_line l ON l.order_id = o.id
 WHERE o.date BETWEEN '2026-01-01' AND '2026-12-31' AND o.state <> 'cancelled' GROUP BY o.staff_id"""
PROFIT = """SELECT o.staff_id, sum(x.amount - x.tax - (x.quantity * l.unit_cost + 50000) / 100000) FROM delivery d
 JOIN delivery_line x ON x.delivery_id = d.id JOIN order_line l ON l.id = x.order_line_id JOIN sales_order o ON o.id = d.order_id
 WHERE d.kind IN ('delivery', 'return') AND d.date BETWEEN '2026-01-01' AND '2026-12-31' GROUP BY o.staff_id"""
RETURNED = """SELECT o.staff_id, sum(CASE d.kind WHEN 'return' THEN x.amount ELSE 0 END), sum(x.amount) FROM delivery d
 JOIN delivery_line x ON x.delivery_id = d.id JOIN sales_order o ON o.id = d.order_id
 WHERE d.kind IN ('delivery', 'return') AND d.date BETWEEN '2026-01-01' AND '2026-12-31' GROUP BY o.staff_id"""
LISTED = "(coalesce(l.list_price, p.list_price) * l.quantity + 50000) / 100000"
DEVIATION = f"""SELECT o.staff_id, sum({LISTED} - l.amount), sum({LISTED}) FROM sales_order o
 JOIN order_line l ON l.order_id = o.id JOIN product p ON p.id = l.product_id
 WHERE o.date BETWEEN '2026-01-01' AND '2026-12-31' AND o.state <> 'cancelled' GROUP BY o.staff_id"""
STOCK = "SELECT product_id, sum(kept_quantity) FROM stock_item GROUP BY product_id"
SHORT, LIST, BIG = "<= 1.6 x P1", "<= 1.5 x P1", "<= 1.5 x P1 + 1.3 x S"

LOOKS = (
    Look("--help", "--help", "", SHORT),
    Look("ar --help", "ar --help", "", SHORT),
    Look("an error", "order show NOPE", "", SHORT),
    Look("customer show", "customer show C0007", "", LIST),
    Look("order list --limit 20", "order list --limit 20", "", LIST),
    Look("today of one rep", "today LIU --limit 20", "", LIST),
    Look("ar aging --by staff", "ar aging --by staff", OPEN, BIG),
    Look("ar aging, three months ago", "ar aging --by staff --as-of 2026-07-31", REWOUND, BIG),
    Look("ar overdue --limit 20", "ar overdue --limit 20", OPEN, BIG),
    Look("stock list --limit 20", "stock list --limit 20", STOCK, BIG),
    Look("kpi rank, a year by staff", "kpi rank --period 2026 --by staff", SALES, BIG),
    Look("kpi rank gross_profit", "kpi rank --period 2026 --metric gross_profit", PROFIT, BIG),
    Look("kpi rank return_rate", "kpi rank --period 2026 --metric return_rate", RETURNED, BIG),
    Look("kpi rank price_deviation", "kpi rank --period 2026 --metric price_deviation", DEVIATION, BIG),
)
EXPECTED_EXIT = {"an error": 3}


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--scales", default="1000,100000,1000000")
    options.add_argument("--only", default="")
    chosen = options.parse_args()
    scales = [int(s) for s in chosen.scales.split(",")]
    books = {lines: book(lines) for lines in scales}
    floors = _floors(books[scales[0]])
    _say(f"floors: P0 {floors['P0'].ms:.0f} ms, P1 {floors['P1'].ms:.0f} ms, P3 {floors['P3'].ms:.0f} ms")
    _looks(books, floors, chosen.only)
    _writes(books, floors, chosen.only)
    _throughput(books, chosen.only)
    _imports(chosen.only)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _floors(db: Path) -> dict[str, Time]:
    with tempfile.TemporaryDirectory() as folder:
        return {
            "P0": process([sys.executable, "-c", "pass"]),
            "P1": process([sys.executable, str(FLOORS / "p1.py"), "list", str(db)]),
            "P3": process([sys.executable, str(FLOORS / "p3.py"), f"{folder}/p3.db"]),
        }


def _sql_ms(db: Path, sql: str) -> float:
    """Median milliseconds of the bare SQL on a warm connection."""
    connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    times = []
    for _run in range(6):
        start = time.perf_counter()
        connection.execute(sql).fetchall()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[1:])


def _looks(books: dict[int, Path], floors: dict[str, Time], only: str) -> None:
    _say(f"\n{'look':<28}{'lines':>9}{'ms':>8}{'S ms':>8}{'x P1':>7}{'(ms-1.3S)/P1':>14}{'growth':>8}{'MiB':>6}  target")
    for look in LOOKS:
        if only not in look.name:
            continue
        first = None
        for lines, db in books.items():
            taken = _look(db, look)
            s = _sql_ms(db, look.sql) if look.sql else 0.0
            first = first or taken.ms
            p1 = floors["P1"].ms
            _say(
                f"{look.name:<28}{lines:>9}{taken.ms:>8.0f}{s:>8.1f}{taken.ms / p1:>7.2f}{(taken.ms - 1.3 * s) / p1:>14.2f}"
                f"{taken.ms / first:>8.2f}{taken.mib:>6.0f}  {look.target}"
            )


def _look(db: Path, look: Look) -> Time:
    argv = [str(BIN), "--db", str(db), "--date", D, *look.line.split()]
    if look.name in EXPECTED_EXIT:
        return process(["sh", "-c", f"{' '.join(argv)}; [ $? -eq {EXPECTED_EXIT[look.name]} ]"])
    return process(argv)


def _writes(books: dict[int, Path], floors: dict[str, Time], only: str) -> None:
    if only not in "single write":
        return
    _say(f"\n{'single write':<28}{'lines':>9}{'ms':>8}{'x P3':>7}{'alone ms':>10}{'MiB':>6}  target <= 1.3 x P3, alone <= 40 ms, <= 80 MiB")
    for lines, db in books.items():
        with tempfile.TemporaryDirectory() as folder:
            for found in writes(db, D, Path(folder)):
                whole = f"{found.whole:>8.0f}{found.whole / floors['P3'].ms:>7.2f}" if found.whole else " " * 15
                _say(f"{found.name:<28}{lines:>9}{whole}{found.work:>10.0f}" + (f"{found.mib:>6.0f}" if found.mib else ""))


WRITERS, EACH = 8, 6
"""Processes writing at once, and receipts each of them writes."""


def _throughput(books: dict[int, Path], only: str) -> None:
    """Receipts a second of one writer, and of eight at once on the same book; every one of them must get through."""
    if only not in "throughput":
        return
    _say(f"\n{'throughput':<28}{'lines':>9}{'1 writer/s':>12}{'8 writers/s':>12}{'share':>7}  target >= 0.6, none failing")
    for lines, db in books.items():
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "copy.db"
            shutil.copy(db, copy)
            alone, together = _rate(copy, 1), _rate(copy, WRITERS)
        _say(f"{'ar receipt':<28}{lines:>9}{alone:>12.2f}{together:>12.2f}{together / alone:>7.2f}")


def _rate(db: Path, writers: int) -> float:
    line = f"{BIN} --db {db} --date {D} ar receipt C0007 1.50 || exit 1"
    start = time.perf_counter()
    running = [
        subprocess.Popen(["sh", "-c", "\n".join([line] * EACH)], env=environment(), stdout=subprocess.DEVNULL) for _ in range(writers)
    ]
    if any(one.wait() for one in running):
        raise SystemExit("a writer failed")
    return writers * EACH / (time.perf_counter() - start)


def _imports(only: str, lines: int = 100_000) -> None:
    """`import orders` of 100,000 lines beside floor I: csv, code maps and one executemany of tuples."""
    if only not in "import orders":
        return
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        source = folder / "orders.csv"
        _orders_file(source, lines)
        floor = _floor_import(source, folder / "floor.db")
        db = folder / "import.db"
        run = [str(BIN), "--db", str(db)]
        subprocess.run([*run, "init", "--company", "Bench", "--admin", "Bench"], env=environment(), check=True, stdout=subprocess.DEVNULL)
        start = time.perf_counter()
        subprocess.run([*run, "import", "orders", str(source), "--create"], env=environment(), check=True, stdout=subprocess.DEVNULL)
        taken = (time.perf_counter() - start) * 1000
        _say(f"\nimport orders, {lines} lines: {taken:.0f} ms; floor I {floor:.0f} ms; ratio {taken / floor:.1f} (target <= 4)")


def _orders_file(path: Path, lines: int) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["order", "date", "customer", "sku", "quantity", "unit_price", "promised", "delivered"])
        for n in range(lines):
            order = n // 4
            day = f"2026-{1 + order % 9:02d}-{1 + order % 28:02d}"
            promised, delivered = f"2026-10-{1 + order % 28:02d}", f"2026-10-{1 + order % 20:02d}" if order % 7 else ""
            product = f"S{n % 4}{order % 50:03d}"
            out.writerow([f"B{order:06d}", day, f"K{order % 900:04d}", product, 1 + n % 9, "12.50", promised, delivered])


def _floor_import(source: Path, db: Path) -> float:
    start = time.perf_counter()
    connection = sqlite3.connect(db)
    connection.execute("CREATE TABLE l (o INT, c INT, s INT, d TEXT, q INT, p INT, a INT)")
    codes: dict[str, int] = {}
    with source.open(newline="", encoding="utf-8") as file:
        rows = [
            (*[codes.setdefault(r[i], len(codes)) for i in (0, 2, 3)], r[1], int(r[4]) * 1000,
             int(r[5].replace(".", "")) * 100, int(r[4]) * int(r[5].replace(".", "")))
            for r in list(csv.reader(file))[1:]
        ]  # fmt: skip
    connection.executemany("INSERT INTO l VALUES (?,?,?,?,?,?,?)", rows)
    connection.commit()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
