"""A book of 100,000 customers, 1,000,000 visits and 20,000 leads, and how long the rep's day takes on it, beside its floors.

python bench/visits.py [--customers 100000] [--per-customer 10] [--runs 5] [--only TEXT]

S is what SQLite alone takes for the statements the command itself sends, on a warm connection. Wall time says little on a shared machine:
the ratio of processor times stands beside it.

The trade comes from the demo office's plan; people, contacts and leads are written straight into the file, so its history does not
know them: a book to measure reads on, nothing else.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing, redirect_stderr, redirect_stdout
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

from books import DAY, FOLDER, schema_sign
from measure import Time, process

from salescli import cli
from salescli.core import context
from salescli.core.alike import normal_name, normal_phone
from salescli.core.phonetic import pinyin
from salescli.core.reader import Reader
from salescli.customer.tables_contact import KEEP_CONTACTS
from salescli.desk import demo
from salescli.desk.demo_plan import Size

BIN = Path(sys.executable).parent / "salescli"
REPS, LEADS, YEARS = 200, 20_000, 3
STAGES = ("develop", "need", "value", "negotiate", "deliver")
FLOORS = Path(__file__).parent / "floors"

LOOK, REPORT, WRITE = "<= 1.5 x P1", "<= 1.5 x P1 + 1.3 x S", "<= 1.3 x P3"
WRITES = ("duplicate check at entry", "record a visit")
REPORTS = (
    "today --all",
    "customer pool --soon",
    "lead funnel",
    "lead funnel --period last-year",
    "visit points",
    "everybody to be contacted",
)
COMMANDS = (
    ("today of a rep", "today --user R001"),
    ("today of a supervisor", "today --user WANG"),
    ("today --all", "today --all"),
    ("everybody to be contacted", "visit due"),
    ("to be contacted by a rep", "visit due --user R001"),
    ("customer show", "customer show C0007"),
    ("ar overdue of a rep", "ar overdue --user R001"),
    ("order late of a rep", "order late --user R001"),
    ("customer pool", "customer pool --limit 20"),
    ("customer pool --soon of a rep", "customer pool --soon --user R001"),
    ("customer pool --soon", "customer pool --soon --limit 20"),
    ("lead funnel", "lead funnel"),
    ("lead funnel --period last-year", "lead funnel --period last-year"),
    ("lead stall", "lead stall --limit 20"),
    ("visit list of a customer", "visit list --customer C0007"),
    ("visit points", "visit points --limit 20"),
    ("search a name", "search 华达"),
    ("search a telephone", "search 13812345678"),
    ("search pinyin", "search hdkj"),
    ("duplicate check at entry", "customer add 上海新宏远贸易有限公司 --phone 13812345678 --dry-run"),
    ("duplicate check of a lead", "lead lookup 上海新宏远贸易 --phone 13812345678"),
    ("record a visit", "customer visit C0007 --short --talk x --dry-run"),
)


def made(customers: int, each: int) -> Path:
    """The book of that size; made when it is not there yet."""
    path = FOLDER / f"visits-{customers}-{each}-{schema_sign()}.db"
    if path.exists():
        return path
    FOLDER.mkdir(exist_ok=True)
    with context.use(context.Context(today=DAY)):
        demo.make(path, Size(customers=customers, orders=customers // 2, days=365 * YEARS, life=False))
    with closing(sqlite3.connect(path)) as book, book:  # closed, so that no reader has to go through its -wal first
        _people(book)
        _contacts(book, customers, each)
        _leads(book)
        book.execute(KEEP_CONTACTS)
        book.execute("ANALYZE")
    return path


def _people(book: sqlite3.Connection) -> None:
    """Reps under the supervisors; every customer, order and receivable goes to one of them, one customer in fifty to the pool."""
    chiefs = [row[0] for row in book.execute("SELECT s.id FROM staff s JOIN staff_role x ON x.staff_id = s.id WHERE x.role = 'supervisor'")]
    first = book.execute("SELECT max(id) + 1 FROM staff").fetchone()[0]
    book.executemany(
        "INSERT INTO staff (id, code, name, hired, superior_id) VALUES (?, ?, ?, '2020-01-01', ?)",
        [(first + n, f"R{n:03}", f"Rep {n}", chiefs[n % len(chiefs)]) for n in range(REPS)],
    )
    book.executemany("INSERT INTO staff_role (staff_id, role) VALUES (?, 'rep')", [(first + n,) for n in range(REPS)])
    book.execute(f"UPDATE customer SET staff_id = {first} + id % {REPS}, verified_on = '2026-10-01'")
    for table in ("sales_order", "receivable"):
        book.execute(f"UPDATE {table} SET staff_id = (SELECT c.staff_id FROM customer c WHERE c.id = {table}.customer_id)")
    book.execute("UPDATE owner_change SET owner_id = (SELECT c.staff_id FROM customer c WHERE c.id = customer_id)")
    undealt = "id NOT IN (SELECT customer_id FROM sales_order)"
    book.execute(
        f"""INSERT INTO owner_change (day, customer_id, former_id, move)
            SELECT '2026-10-01', id, staff_id, 'pooled' FROM customer WHERE id % 10 = 0 AND {undealt}"""
    )
    book.execute(f"UPDATE customer SET staff_id = NULL, owner_since = '2026-10-01' WHERE id % 10 = 0 AND {undealt}")


def _contacts(book: sqlite3.Connection, customers: int, each: int) -> None:
    """`each` contacts per customer over three years, the last within its month; oldest first."""
    random = Random(7)
    owners = book.execute("SELECT id, coalesce(staff_id, 1) FROM customer").fetchall()
    rows = []
    for customer, staff in owners:
        last = random.randint(1, 40)
        for n in range(each):
            day = DAY - timedelta(last + n * 365 * YEARS // each)
            channel = "visit" if random.random() < 0.7 else "call"
            review = "recorded" if channel == "call" or (DAY - day).days < 3 else "accepted"
            rows.append((day.isoformat(), channel, staff, customer, (day + timedelta(60)).isoformat(), review))
    rows.sort()
    numbered = [(f"VS-{r[0][:4]}{r[0][5:7]}-{n:07}", *r[:4], "谈了用量、库存和付款方式", r[4], r[5], r[0]) for n, r in enumerate(rows)]
    book.executemany(
        """INSERT INTO interaction (number, day, channel, staff_id, customer_id, content, next_on, review, entered, in_depth)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)""",
        numbered,
    )


def _leads(book: sqlite3.Connection) -> None:
    """Leads in all stages; a third is open, a few lie in the pool."""
    random = Random(8)
    first = book.execute("SELECT min(id) FROM staff WHERE code LIKE 'R0%'").fetchone()[0]
    for n in range(LEADS):
        created = DAY - timedelta(random.randint(0, 365 * YEARS))
        fate = "open" if n % 3 == 0 else "lost"
        stage = random.choice(STAGES[:4]) if fate == "open" else "lost"
        owner = None if fate == "open" and n % 30 == 0 else first + n % REPS
        _lead(book, n + 1, created, stage, owner, first + n % REPS)


def _lead(book: sqlite3.Connection, number: int, created: date, stage: str, owner: int | None, filer: int) -> None:
    name, phone, day = f"线索{number}号商行", f"1390{number:07}", created.isoformat()
    closed = None if stage != "lost" else min(DAY, created + timedelta(30)).isoformat()
    since = closed or max(created, DAY - timedelta(number % 20)).isoformat()
    code = f"LD-{day[:4]}{day[5:7]}-{number:05}"
    book.execute(
        """INSERT INTO lead (id, number, name, normal_name, pinyin, phone, normal_phone, source, staff_id, created, state, stage,
                             stage_since, owner_since, closed, amount, next_on)
           VALUES (?, ?, ?, ?, ?, ?, ?, 'fair', ?, ?, ?, ?, ?, ?, ?, 100000, ?)""",
        (number, code, name, normal_name(name), pinyin(name), phone, normal_phone(phone), owner, day, "lost" if closed else "contacted",
         stage, since, since, closed, None if closed else (DAY + timedelta(number % 15)).isoformat()),
    )  # fmt: skip
    book.execute("INSERT INTO stage_change (lead_id, day, stage) VALUES (?, ?, 'develop')", (number, day))
    if stage != "develop":
        book.execute("INSERT INTO stage_change (lead_id, day, former, stage) VALUES (?, ?, 'develop', ?)", (number, since, stage))
    book.execute("INSERT INTO owner_change (day, lead_number, owner_id, move) VALUES (?, ?, ?, 'created')", (day, code, filer))
    if owner is None:
        book.execute("INSERT INTO owner_change (day, lead_number, former_id, move) VALUES (?, ?, ?, 'pooled')", (since, code, filer))


def _floor(name: str, path: Path, runs: int) -> Time:
    """What any program of this kind takes (P1, P3 of a write), measured beside each figure: a shared machine changes its pace."""
    if name not in WRITES:
        return process([sys.executable, str(FLOORS / "p1.py"), "list", str(path)], runs=runs)
    with tempfile.TemporaryDirectory() as folder:
        return process([sys.executable, str(FLOORS / "p3.py"), f"{folder}/p3.db"], runs=runs)


def _sql_ms(argv: list[str], path: Path) -> float:
    """Median milliseconds of the statements a command sends, sent again by nobody but SQLite's own driver."""
    asked: list[tuple[str, dict[str, Any]]] = []
    real = Reader.execute

    def noted(self: Reader, sql: str, params: dict[str, Any]) -> sqlite3.Cursor:
        asked.append((sql, {k: v.isoformat() if isinstance(v, date) else v for k, v in params.items()}))
        return real(self, sql, params)

    Reader.execute = noted  # type: ignore[method-assign]
    try:
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()) as said:
            status = cli.main(argv)
    finally:
        Reader.execute = real  # type: ignore[method-assign]
    if status:
        raise SystemExit(f"{' '.join(argv)}: exit {status}\n{said.getvalue()}")
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    times = []
    for _run in range(4):
        start = time.process_time()
        for sql, params in asked:
            connection.execute(sql, params).fetchall()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times[1:])


def _line(name: str, line: str, path: Path, runs: int) -> str:
    """One figure: wall and processor time as multiples of its floor, processor time less 1.3 S where the target allows for S."""
    argv = ["--db", str(path), "--date", DAY.isoformat(), *line.split()]
    floor, taken = _floor(name, path, runs), process([str(BIN), *argv], runs=runs)
    begin = f"{name:34}{floor.ms:8.0f}{taken.ms:8.0f}{taken.cpu:8.0f}{taken.ms / floor.ms:8.2f}{taken.cpu / floor.cpu:8.2f}"
    if name in WRITES:
        return f"{begin}{'':16}{taken.mib:6.0f}  {WRITE}"
    s = _sql_ms(argv, path)
    rest = (taken.cpu - 1.3 * s) / floor.cpu
    return f"{begin}{s:8.1f}{rest:8.2f}{taken.mib:6.0f}  {REPORT if name in REPORTS else LOOK}"


def main() -> None:
    """Make the book and print every time beside its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--per-customer", type=int, default=10)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default="")
    chosen = parser.parse_args()
    start = time.perf_counter()
    path = made(chosen.customers, chosen.per_customer)
    print(f"{path.name}: {path.stat().st_size / 1e6:.0f} MB, ready after {time.perf_counter() - start:.0f} s", flush=True)
    heads = f"{'floor':>8}{'ms':>8}{'cpu':>8}{'x floor':>8}{'cpu x':>8}{'S ms':>8}{'-1.3 S':>8}{'MiB':>6}  target"
    print(f"{'':34}{heads}", flush=True)
    for name, line in COMMANDS:
        if chosen.only in name:
            print(_line(name, line, path, chosen.runs), flush=True)


if __name__ == "__main__":
    main()
