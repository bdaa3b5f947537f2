"""What is open now: receivables still owed and money not applied yet, as the allocation rules take them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from salescli.ar.rules import Applied, Claim, Source, Step
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

    from salescli.core.reader import Reader

MOST_NAMED = 500
"""Up to so many customers are named in the query; for more, all open rows are read and sifted."""


class OpenClaim(NamedTuple):
    """An open receivable with what it is found by."""

    customer_id: int
    order_number: str | None
    claim: Claim


class OpenSource(NamedTuple):
    """Unallocated money and whose it is."""

    customer_id: int
    source: Source


def _of(customers: Collection[int], column: str = "customer_id") -> str:
    return f"{column} IN ({', '.join(map(str, customers)) or 'NULL'})" if len(customers) <= MOST_NAMED else "1 = 1"


def open_claims(r: Reader, customers: Collection[int]) -> list[OpenClaim]:
    """Receivables of these customers on which money is owed."""
    steps = _steps(r, customers)
    sql = f"""SELECT customer_id, order_number, id, number, date, due_date, kept_open FROM receivable
              WHERE kept_open <> 0 AND kept_open > 0 AND {_of(customers)}"""
    rows = r.tuples(sql)
    return [OpenClaim(row[0], row[1], Claim._make((*row[2:], steps.get(row[2], ())))) for row in rows if row[0] in customers]


def _steps(r: Reader, customers: Collection[int]) -> dict[int, tuple[Step, ...]]:
    """Allocations of the open receivables from which money was taken back: only there the day needs looking at."""
    sql = f"""SELECT a.receivable_id, a.date, a.amount FROM allocation a JOIN receivable r ON r.id = a.receivable_id
              WHERE a.receivable_id IN (SELECT receivable_id FROM allocation WHERE amount < 0) AND r.kept_open <> 0
                AND {_of(customers, "r.customer_id")}"""
    found: dict[int, list[Step]] = defaultdict(list)
    for receivable_id, day, amount in r.tuples(sql):
        found[receivable_id].append((day, amount))
    return {receivable_id: tuple(steps) for receivable_id, steps in found.items()}


def open_sources(r: Reader, customers: Collection[int]) -> list[OpenSource]:
    """Money of these customers that may be applied by itself: not held, not reversed."""
    sql = f"""SELECT customer_id, id, number, date, kept_open, 0 FROM receipt
              WHERE kept_open <> 0 AND kept_open > 0 AND held = 0 AND {_of(customers)}
              UNION ALL
              SELECT customer_id, id, number, date, -kept_open, 1 FROM receivable
              WHERE kept_open <> 0 AND kept_open < 0 AND held = 0 AND {_of(customers)}"""
    return [OpenSource(customer, Source(*values)) for customer, *values in r.tuples(sql) if customer in customers]


def applied_of(r: Reader, source_id: int, *, credit: bool, receivable_id: int | None = None) -> list[Applied]:
    """What of a receipt (or credit note) is applied, net, by receivable and day."""
    column = "credit_id" if credit else "receipt_id"
    narrowed = "" if receivable_id is None else " AND receivable_id = :receivable"
    sql = f"""SELECT receivable_id, receipt_id, credit_id, date, sum(amount) FROM allocation WHERE {column} = :source{narrowed}
              GROUP BY receivable_id, receipt_id, credit_id, date HAVING sum(amount) <> 0 ORDER BY date, receivable_id"""
    return r.rows(Applied, sql, source=source_id, **({} if receivable_id is None else {"receivable": receivable_id}))
