"""Invariants of receivables: kept balances follow from the documents, no money is applied twice, everybody has an owner (AR-02, AR-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.checks import Check
from salescli.core.i18n import N_, Message, msg
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.reader import Reader


class _Kept(NamedTuple):
    number: str
    kept: int
    expected: int


_RECEIVABLES = """
SELECT r.number, r.kept_open, r.amount - coalesce(paid.amount, 0) + coalesce(used.amount, 0)
FROM receivable r
LEFT JOIN (SELECT receivable_id AS id, sum(amount) AS amount FROM allocation GROUP BY receivable_id) paid ON paid.id = r.id
LEFT JOIN (SELECT credit_id AS id, sum(amount) AS amount FROM allocation WHERE credit_id IS NOT NULL GROUP BY credit_id) used
       ON used.id = r.id
WHERE r.kept_open <> r.amount - coalesce(paid.amount, 0) + coalesce(used.amount, 0) ORDER BY r.number"""

_RECEIPTS = """
SELECT p.number, p.kept_open, p.amount - coalesce(used.amount, 0)
FROM receipt p
LEFT JOIN (SELECT receipt_id AS id, sum(amount) AS amount FROM allocation WHERE receipt_id IS NOT NULL GROUP BY receipt_id) used
       ON used.id = p.id
WHERE p.kept_open <> p.amount - coalesce(used.amount, 0) ORDER BY p.number"""


def kept_open(r: Reader) -> Iterator[Message]:
    """Receivables and receipts whose kept open amount is not what their allocations leave."""
    for found in (*r.rows(_Kept, _RECEIVABLES), *r.rows(_Kept, _RECEIPTS)):
        text = N_("{document}: {kept:amount} kept open, its allocations leave {expected:amount}")
        yield msg(text, document=found.number, kept=found.kept, expected=found.expected)


_RUNNING = """
SELECT number, day, total FROM (
    SELECT {number} AS number, a.date AS day, {limit} AS most,
           sum(sum(a.amount)) OVER (PARTITION BY a.{column} ORDER BY a.date) AS total
    FROM allocation a JOIN {table} d ON d.id = a.{column} GROUP BY a.{column}, a.date, {number}, {limit}) AS days
WHERE total < 0 OR total > most ORDER BY number, day"""


class _Day(NamedTuple):
    number: str
    day: str
    total: int


def within_amounts(r: Reader) -> Iterator[Message]:
    """Documents of which, on some day, more is applied than they hold, or less than nothing."""
    for table, column, limit in (
        ("receivable", "receivable_id", "d.amount"),
        ("receipt", "receipt_id", "d.amount"),
        ("receivable", "credit_id", "-d.amount"),
    ):
        for found in r.rows(_Day, _RUNNING.format(table=table, column=column, limit=limit, number="d.number")):
            text = N_("{document}: {total:amount} applied on {day}, which does not fit its amount")
            yield msg(text, document=found.number, total=found.total, day=found.day)


_STRANGERS = """
SELECT r.number, coalesce(p.number, c.number) FROM allocation a
JOIN receivable r ON r.id = a.receivable_id
LEFT JOIN receipt p ON p.id = a.receipt_id
LEFT JOIN receivable c ON c.id = a.credit_id
WHERE r.customer_id <> coalesce(p.customer_id, c.customer_id) ORDER BY r.number"""


def same_customer(r: Reader) -> Iterator[Message]:
    """Money of one customer applied to a receivable of another."""
    for receivable, source in r.tuples(_STRANGERS):
        yield msg(N_("{source} pays {receivable} of another customer"), source=source, receivable=receivable)


_EARLY = """
SELECT r.number, coalesce(p.number, c.number), a.date FROM allocation a
JOIN receivable r ON r.id = a.receivable_id
LEFT JOIN receipt p ON p.id = a.receipt_id
LEFT JOIN receivable c ON c.id = a.credit_id
WHERE a.date < r.date OR a.date < coalesce(p.date, c.date) ORDER BY r.number"""


def counts_from(r: Reader) -> Iterator[Message]:
    """Allocations that count before one of their two documents does."""
    for receivable, source, day in r.tuples(_EARLY):
        text = N_("{source} counts on {receivable} from {day}, before one of them is dated")
        yield msg(text, source=source, receivable=receivable, day=day)


_REVERSALS = """
SELECT p.number, v.number FROM receipt v JOIN receipt p ON p.id = v.reverses_id
WHERE v.amount <> -p.amount OR v.customer_id <> p.customer_id OR v.date < p.date OR p.kept_open <> p.amount OR p.held = 0
UNION ALL
SELECT r.number, v.number FROM receivable v JOIN receivable r ON r.id = v.reverses_id
WHERE v.amount <> -r.amount OR v.customer_id <> r.customer_id OR v.date < r.date"""


def reversals(r: Reader) -> Iterator[Message]:
    """Reversals that do not take back exactly what they reverse."""
    for document, mirror in r.tuples(_REVERSALS):
        yield msg(N_("{mirror} does not take back {document} exactly"), mirror=mirror, document=document)


def owners(r: Reader) -> Iterator[Message]:
    """Open receivables nobody answers for."""
    sql = "SELECT number FROM receivable WHERE kept_open <> 0 AND kept_open > 0 AND staff_id IS NULL ORDER BY number"
    for number in r.column(sql):
        yield msg(N_("{receivable} has no owner"), receivable=number)


CHECKS = (
    Check("receivable_open", N_("what is open of receivables and receipts follows from their allocations"), kept_open),
    Check("allocation_fits", N_("no more is applied than a document holds, on any day"), within_amounts),
    Check("allocation_customer", N_("money pays receivables of its own customer only"), same_customer),
    Check("allocation_day", N_("an allocation counts from its documents' dates at the earliest"), counts_from),
    Check("reversal_exact", N_("a reversal takes back exactly one document"), reversals),
    Check("receivable_owner", N_("every open receivable has an owner"), owners, advice=True),
)
