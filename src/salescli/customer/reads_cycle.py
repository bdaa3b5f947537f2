"""How often customers order, who is late by his own rhythm, how many come back and how many were sent by others (CUS-13, K-13, K-16)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.i18n import N_, msg
from salescli.core.lookup import find
from salescli.core.money import rate_of
from salescli.core.report import Column, Report
from salescli.customer.rules_care import order_cycle
from salescli.lead.states import Source

if TYPE_CHECKING:
    from salescli.core.reader import Reader

COLUMNS = (
    Column("customer", N_("Customer")),
    Column("name", N_("Name")),
    Column("staff", N_("Owner")),
    Column("orders", N_("Orders"), "int", total=True),
    Column("first", N_("First order"), "date"),
    Column("last", N_("Last order"), "date"),
    Column("cycle_days", N_("Days between orders"), "int"),
    Column("expected", N_("Next order expected"), "date"),
    Column("remind", N_("Remind"), "date"),
    Column("late_days", N_("Days late"), "int"),
)
RATES = (
    Column("buyers", N_("Buyers"), "int"),
    Column("repeat_pct", N_("Repeat buyers"), "percent"),
    Column("new_customers", N_("New customers"), "int"),
    Column("referral_pct", N_("Sent by others"), "percent"),
)

# Days are kept as of the last order: only for a day before it the orders themselves are looked through.
_HELD = "o.state IN ('confirmed', 'closed') AND o.date <= :day"
_ORDERS = f"""
SELECT c.code, c.name, s.code, (SELECT count(*) FROM sales_order o WHERE o.customer_id = c.id AND {_HELD}),
       c.kept_first_order, c.kept_last_order, c.kept_order_days, c.staff_id, c.source
FROM customer c LEFT JOIN staff s ON s.id = c.staff_id
WHERE c.archived_on IS NULL AND c.kept_last_order <= :day AND {{terms}}
UNION ALL
SELECT c.code, c.name, s.code, b.orders, b.first, b.last, b.days, c.staff_id, c.source
FROM (SELECT o.customer_id, count(*) AS orders, min(o.date) AS first, max(o.date) AS last, count(DISTINCT o.date) AS days
      FROM sales_order o WHERE o.customer_id IN (SELECT c.id FROM customer c WHERE c.kept_last_order > :day AND {{terms}}) AND {_HELD}
      GROUP BY o.customer_id) b
JOIN customer c ON c.id = b.customer_id LEFT JOIN staff s ON s.id = c.staff_id WHERE c.archived_on IS NULL
ORDER BY 1"""

YEAR = 365
"""The rates look at one year: who bought in it, and who for the first time."""

REFERRALS = frozenset({Source.FRIEND.value, Source.CUSTOMER.value, "referral", "转介绍", "客户介绍", "朋友介绍", "老客户介绍"})
"""Sources that mean somebody sent him: those of leads, and what files from elsewhere say."""


def cycle(r: Reader, customer: str | None = None, *, late: bool = False) -> Report:
    """The order cycle of customers who ordered more than once, with the rates of the last year over all buyers. CUS-13."""
    terms = condition(r.actor, "customers", "c.staff_id")
    if customer is not None:
        terms += f" AND c.id = {find(r, 'customer', customer).id:d}"
    every = r.tuples(_ORDERS.format(terms=terms), day=r.today)
    share = r.policy("reorder.reminder")
    rows = [row for found in every if (row := _row(found, share, r.today)) is not None]
    kept = [row for row in rows if row[9] > 0 or not late]
    return Report(
        name="customer-cycle",
        title=msg(N_("Order cycles")),
        columns=COLUMNS,
        rows=sorted(kept, key=lambda row: (-row[9], row[8], row[0])),
        totals=_rates(every, r.today),
        figures=RATES,
        as_of=r.today.isoformat(),
        empty=msg(N_("Nobody is late by his own rhythm.") if late else N_("Nobody has ordered more than once yet.")),
        beyond_own=any(row[7] not in r.actor.team for row in every),
    )


def _row(found: tuple[Any, ...], share: int, day: date) -> tuple[Any, ...] | None:
    first, last = date.fromisoformat(found[4]), date.fromisoformat(found[5])
    rhythm = order_cycle(first, last, found[6], share)
    if rhythm is None:
        return None
    days = (rhythm.interval, rhythm.expected.isoformat(), rhythm.remind.isoformat(), max((day - rhythm.remind).days, 0))
    return (*found[:6], *days)


def _rates(every: list[tuple[Any, ...]], day: date) -> dict[str, int | str | None]:
    """Repeat rate: of last year's buyers, who ordered on two days or more ever; referral rate: of its new ones, who were sent by others."""
    since = (day - timedelta(YEAR)).isoformat()
    buyers = [row for row in every if row[5] > since]
    fresh = [row for row in buyers if row[4] > since]
    return {
        "orders": sum(row[3] for row in every),
        "buyers": len(buyers),
        "repeat_pct": rate_of(sum(row[6] > 1 for row in buyers), len(buyers)) if buyers else None,
        "new_customers": len(fresh),
        "referral_pct": rate_of(sum(row[8] in REFERRALS for row in fresh), len(fresh)) if fresh else None,
    }
