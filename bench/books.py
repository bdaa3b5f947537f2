"""Large books for the benchmark: the demo office's plan with more customers, orders and years. Deterministic, kept in bench/books/."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

from salescli.core import context
from salescli.desk import demo
from salescli.desk.demo_plan import Size

DAY = date(2026, 10, 31)
LINES_PER_ORDER = 3.07
FOLDER = Path(__file__).parent / "books"
REVISIONS = Path(__file__).parent.parent / "src" / "salescli" / "migrations" / "versions"


def size_for(lines: int) -> Size:
    """An office whose orders have about `lines` lines: three years, a customer per 25 orders."""
    orders = int(lines / LINES_PER_ORDER)
    return Size(customers=max(60, orders // 25), orders=orders, days=1095, life=False)


def schema_sign() -> str:
    """A sign of the schema: a book of an earlier one is not measured by mistake."""
    return sha256(b"".join(p.read_bytes() for p in sorted(REVISIONS.glob("0*.py")))).hexdigest()[:8]


def book(lines: int) -> Path:
    """The book of that many order lines; made when it is not there yet."""
    path = FOLDER / f"{lines}-{schema_sign()}.db"
    if not path.exists():
        FOLDER.mkdir(exist_ok=True)
        with context.use(context.Context(today=DAY)):
            demo.make(path, size_for(lines))
    return path
