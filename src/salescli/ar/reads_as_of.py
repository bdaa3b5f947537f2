"""The state of receivables at the end of any day: what is open now, rewound by what happened since (AR-04).

An allocation counts from its day on, whenever it was typed, and documents count from theirs; so the state of a past day is the kept
open amount plus the allocations dated later, for documents dated up to it. A past month costs a walk over what came after it, not
over the whole history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.reader import Reader

# Rows of one receivable add up to its open amount on :day; kept_open <> 0 lets the partial index serve.
CLAIMS = """
SELECT id, customer_id, staff_id, date, due_date, kept_open AS open FROM receivable
WHERE kept_open <> 0 AND kept_open > 0 AND date <= :day
UNION ALL
SELECT r.id, r.customer_id, r.staff_id, r.date, r.due_date, a.amount FROM allocation a JOIN receivable r ON r.id = a.receivable_id
WHERE a.date > :day AND r.date <= :day"""

# Rows of one receipt or credit note add up to what is unallocated of it (positive).
_SOURCES = """
SELECT customer_id, {number} AS number, kept_open AS rest FROM receipt WHERE kept_open <> 0 AND date <= :day
UNION ALL
SELECT p.customer_id, {p_number}, a.amount FROM allocation a JOIN receipt p ON p.id = a.receipt_id WHERE a.date > :day AND p.date <= :day
UNION ALL
SELECT customer_id, {number}, -kept_open FROM receivable WHERE kept_open <> 0 AND kept_open < 0 AND date <= :day
UNION ALL
SELECT c.customer_id, {c_number}, a.amount FROM allocation a JOIN receivable c ON c.id = a.credit_id
WHERE a.date > :day AND c.date <= :day AND a.credit_id IS NOT NULL"""

SOURCES = _SOURCES.format(number="NULL", p_number="NULL", c_number="NULL")
NUMBERED_SOURCES = _SOURCES.format(number="number", p_number="p.number", c_number="c.number")


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
    sql = f"""SELECT x.due_date, sum(x.open) FROM ({CLAIMS}) x WHERE x.customer_id = :customer
              GROUP BY x.id, x.due_date HAVING sum(x.open) <> 0 ORDER BY x.due_date"""
    claims: list[tuple[str, int]] = r.tuples(sql, customer=customer_id, day=day)
    rest = r.value(f"SELECT sum(s.rest) FROM ({SOURCES}) s WHERE s.customer_id = :customer", customer=customer_id, day=day)
    late = [(due, open_) for due, open_ in claims if due < day.isoformat()]
    oldest = late[0][0] if late else None
    return CreditPosition(
        open=sum(open_ for _due, open_ in claims),
        unallocated=rest or 0,
        overdue=sum(open_ for _due, open_ in late),
        oldest_due=oldest,
        oldest_overdue_days=(day - day.fromisoformat(oldest)).days if oldest else 0,
    )
