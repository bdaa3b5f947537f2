"""Service in figures: complaints by cause, product, person; speed; who has no agent (SVC-04..07)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.dates import days_between
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find_optional
from salescli.core.money import rate_of
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.service.reads import cared, seen
from salescli.service.rules import too_many_complaints, under_warranty

if TYPE_CHECKING:
    from salescli.core.dates import Period
    from salescli.core.reader import Reader

BEST = 5
"""The highest satisfaction a customer gives."""

KEYS = {"cause": "t.cause", "product": "p.sku", "staff": "b.code", "agent": "a.code", "kind": "t.kind", "customer": "c.code"}
"""What tickets are counted by."""


class _Ticket(NamedTuple):
    key: str | None
    kind: str
    day: str
    answered: str | None
    solved: str | None
    score: int | None


_TICKETS = """
SELECT {key}, t.kind, t.day,
       (SELECT min(x.day) FROM ticket_step x WHERE x.ticket_id = t.id AND x.step IN ('answered', 'studied', 'solved')),
       t.kept_solved,
       (SELECT x.score FROM ticket_step x WHERE x.ticket_id = t.id AND x.step = 'closed' ORDER BY x.id DESC LIMIT 1)
FROM ticket t
JOIN customer c ON c.id = t.customer_id
JOIN staff a ON a.id = t.agent_id
LEFT JOIN staff b ON b.id = t.about_id
LEFT JOIN product p ON p.id = t.product_id
WHERE {seen} AND t.day BETWEEN :first AND :last {about}"""

FIGURES = (
    Column("key", N_("Key"), "text"),
    Column("tickets", N_("Tickets"), "int", total=True),
    Column("complaints", N_("Complaints"), "int", total=True),
    Column("solved", N_("Solved"), "int", total=True),
    Column("answer_days", N_("Median days to first answer"), "int"),
    Column("solve_days", N_("Median days to solution"), "int"),
    Column("satisfaction", N_("Satisfaction"), "percent"),
    Column("warning", N_("Warning"), "code"),
)


def figures(r: Reader, period: Period, by: str = "cause") -> Report:
    """Tickets of a period counted by cause, product, person: number, speed, satisfaction (per cent of 5). SVC-06, SVC-07.

    A person with too many complaints in one of the period's months is warned of; a ticket closed twice counts with its last score.
    """
    about = "AND t.about_id IS NOT NULL" if by == "staff" else ""
    sql = _TICKETS.format(key=KEYS[by], seen=seen(r), about=about)
    groups: dict[str, list[_Ticket]] = {}
    for row in r.rows(_Ticket, sql, first=period.start, last=period.end):
        groups.setdefault(row.key or "-", []).append(row)
    threshold = r.policy("complaint.per_rep_month", period.end)
    rows = [_figures(key, found, threshold if by == "staff" else None) for key, found in groups.items()]
    return Report(
        name="service-report",
        title=msg(N_("Tickets of {period} by {by:code}"), period=period.name, by=by),
        columns=FIGURES,
        rows=sorted(rows, key=lambda row: (-row[1], row[0])),
        empty=msg(N_("No tickets in {period}."), period=period.name),
        beyond_own=r.actor.visible("customers") is None,
    )


def _figures(key: str, found: list[_Ticket], threshold: int | None) -> tuple[Any, ...]:
    complaints = sum(row.kind == "complaint" for row in found)
    scores = [row.score for row in found if row.score]
    return (
        key,
        len(found),
        complaints,
        sum(row.solved is not None for row in found),
        _median([_days(row.day, row.answered) for row in found]),
        _median([_days(row.day, row.solved) for row in found]),
        rate_of(sum(scores), BEST * len(scores)),
        C_("correct") if threshold is not None and too_many_complaints(_most_in_a_month(found), threshold) else None,
    )


def _most_in_a_month(found: list[_Ticket]) -> int:
    return max(Counter(row.day[:7] for row in found if row.kind == "complaint").values(), default=0)


def _days(start: str, end: str | None) -> int | None:
    return days_between(date.fromisoformat(start), date.fromisoformat(end)) if end else None


def _median(days: list[int | None]) -> int | None:
    """The middle, half up as in the funnel; None of nothing."""
    known = sorted(d for d in days if d is not None)
    return (known[(len(known) - 1) // 2] + known[len(known) // 2] + 1) // 2 if known else None


ASSETS = (
    Column("asset", N_("Asset")),
    Column("customer", N_("Customer")),
    Column("customer_name", N_("Customer name")),
    Column("name", N_("Name")),
    Column("serial", N_("Serial number")),
    Column("bought", N_("Bought"), "date"),
    Column("warranty_until", N_("Warranty until"), "date"),
    Column("warranty", N_("Under warranty"), "bool"),
    Column("next_service", N_("Next service"), "date"),
)

_ASSETS = """
SELECT x.number, c.code, c.name, x.name, x.serial, x.bought, x.warranty_until, x.next_service
FROM asset x JOIN customer c ON c.id = x.customer_id
WHERE {terms} ORDER BY coalesce(x.next_service, '9999-12-31'), x.number"""


def assets(r: Reader, customer: str | None = None, *, due: bool = False) -> Report:
    """Goods under care, the next service first. SVC-03, SVC-05."""
    terms = [cared(r)]
    found = find_optional(r, "customer", customer)
    if found:
        terms.append(f"x.customer_id = {found.id:d}")
    if due:
        terms.append("x.next_service <= :today")
    rows = r.tuples(_ASSETS.format(terms=" AND ".join(terms)), **({"today": r.today} if due else {}))
    return Report(
        name="service-asset-list",
        title=msg(N_("Goods under care")),
        columns=ASSETS,
        rows=[(*row[:7], under_warranty(date.fromisoformat(row[6]) if row[6] else None, r.today), row[7]) for row in rows],
        as_of=r.today.isoformat(),
        empty=msg(
            N_("Nothing is due for service.")
            if due
            else N_('Nothing under care. Note what a customer has: salescli service asset add CUSTOMER "NAME"')
        ),
        beyond_own=r.actor.visible("customers") is None,
    )


def unattended(r: Reader) -> Report:
    """Customers who bought something and have no named follow-up agent. SVC-04."""
    sql = f"""SELECT c.code, c.name, c.last FROM (
                  SELECT c.code, c.name,
                         (SELECT max(o.date) FROM sales_order o WHERE o.customer_id = c.id AND o.state <> 'cancelled') AS last
                  FROM customer c WHERE c.archived_on IS NULL AND {condition(r.actor, "customers", "c.staff_id")}
                    AND NOT EXISTS (SELECT 1 FROM agent g WHERE g.customer_id = c.id)) c
              WHERE c.last IS NOT NULL ORDER BY c.last DESC, c.code"""
    return Report(
        name="service-unattended",
        title=msg(N_("Customers without a follow-up agent")),
        columns=(Column("customer", N_("Customer")), Column("name", N_("Name")), Column("last_order", N_("Last order"), "date")),
        rows=r.tuples(sql),
        empty=msg(N_("Every customer has a follow-up agent.")),
        beyond_own=r.actor.visible("customers") is None,
    )
