"""The state of receivables at the end of any day: what is open now, rewound by what happened since (AR-04).

An allocation counts from its day on, whenever it was typed, and documents count from theirs; so the state of a past day is the kept
open amount plus the allocations dated later, for documents dated up to it. A past month costs a walk over what came after it, not
over the whole history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.reader import Reader

# Rows of one receivable add up to its open amount on :day. kept_open <> 0 lets the partial index serve; NOT date > :day (instead of
# date <= :day) keeps the engine from walking the index by date over the whole past: five times slower at 280,000 receivables.
_CLAIMS = """
SELECT id, customer_id, staff_id, date, due_date, kept_open AS open FROM receivable
WHERE kept_open <> 0 AND kept_open > 0 AND NOT date > :day"""
_CLAIMS_SINCE = """
UNION ALL
SELECT r.id, r.customer_id, r.staff_id, r.date, r.due_date, a.amount FROM allocation a JOIN receivable r ON r.id = a.receivable_id
WHERE a.date > :day AND NOT r.date > :day"""

# Rows of one receipt or credit note add up to what is unallocated of it (positive).
_SOURCES = """
SELECT customer_id, {receipt} AS number, kept_open AS rest FROM receipt WHERE kept_open <> 0 AND NOT date > :day
UNION ALL
SELECT customer_id, {credit}, -kept_open FROM receivable WHERE kept_open <> 0 AND kept_open < 0 AND NOT date > :day"""
_SOURCES_SINCE = """
UNION ALL
SELECT receipt.customer_id, {receipt}, a.amount FROM allocation a JOIN receipt ON receipt.id = a.receipt_id
WHERE a.date > :day AND NOT receipt.date > :day
UNION ALL
SELECT receivable.customer_id, {credit}, a.amount FROM allocation a JOIN receivable ON receivable.id = a.credit_id
WHERE a.date > :day AND NOT receivable.date > :day AND a.credit_id IS NOT NULL"""

# A reversal stands under the number of what it takes back, so that the two cancel out.
_NUMBERS = {
    "receipt": "coalesce((SELECT o.number FROM receipt o WHERE o.id = receipt.reverses_id), receipt.number)",
    "credit": "receivable.number",
}
_NO_NUMBERS = {"receipt": "NULL", "credit": "NULL"}


def anything_since(r: Reader, day: date) -> bool:
    """Whether any allocation counts from a later day: if not, the state of now is the state of the day."""
    return r.value("SELECT 1 FROM allocation WHERE date > :day LIMIT 1", day=day) is not None


def claims(r: Reader, day: date) -> str:
    """SQL of (id, customer_id, staff_id, date, due_date, open): sum open by id for what is owed at the end of :day."""
    return _CLAIMS + (_CLAIMS_SINCE if anything_since(r, day) else "")


def owed(r: Reader, day: date, terms: str) -> str:
    """SQL of (id, due_date, staff_id, open): receivables with money open at the end of :day that meet `terms` on their claims x.

    Only where allocations came later does a receivable have several claims to be added up.
    """
    if not anything_since(r, day):
        return f"SELECT x.id, x.due_date, x.staff_id, x.open FROM ({_CLAIMS}) x WHERE {terms}"
    return f"""SELECT x.id, x.due_date, x.staff_id, sum(x.open) AS open FROM ({_CLAIMS}{_CLAIMS_SINCE}) x WHERE {terms}
               GROUP BY x.id, x.due_date, x.staff_id HAVING sum(x.open) > 0"""


def sources(r: Reader, day: date, *, numbered: bool = False) -> str:
    """SQL of (customer_id, number, rest): sum rest for the money not applied at the end of :day; `number` only when asked for."""
    sql = _SOURCES + (_SOURCES_SINCE if anything_since(r, day) else "")
    return sql.format(**(_NUMBERS if numbered else _NO_NUMBERS))


class CreditPosition(NamedTuple):
    """What a customer owes on a day, in 1/100: open receivables, money not applied, the overdue part, its oldest due date and days."""

    open: int
    unallocated: int
    overdue: int
    oldest_due: str | None
    oldest_overdue_days: int

    @property
    def receivables(self) -> int:
        """What he owes in the end: open less unallocated."""
        return self.open - self.unallocated


def credit_position(r: Reader, customer_id: int, as_of: date | None = None) -> CreditPosition:
    """A customer's receivables at the end of a day (default: today), whoever asks: the fact behind every credit decision. AR-04."""
    day = as_of or r.today
    sql = f"""SELECT x.due_date, sum(x.open) FROM ({claims(r, day)}) x WHERE x.customer_id = :customer
              GROUP BY x.id, x.due_date HAVING sum(x.open) <> 0 ORDER BY x.due_date"""
    owed: list[tuple[str, int]] = r.tuples(sql, customer=customer_id, day=day)
    rest = r.value(f"SELECT sum(s.rest) FROM ({sources(r, day)}) s WHERE s.customer_id = :customer", customer=customer_id, day=day)
    late = [(due, open_) for due, open_ in owed if due < day.isoformat()]
    oldest = late[0][0] if late else None
    return CreditPosition(
        open=sum(open_ for _due, open_ in owed),
        unallocated=rest or 0,
        overdue=sum(open_ for _due, open_ in late),
        oldest_due=oldest,
        oldest_overdue_days=(day - day.fromisoformat(oldest)).days if oldest else 0,
    )
