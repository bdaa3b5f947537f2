"""Customers of one person to another, with all that is open for them (LED-11, ORG-06)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.errors import Problem, problem, raise_if
from salescli.core.i18n import N_
from salescli.core.lookup import find
from salescli.customer import actions_owner
from salescli.customer.states import OwnerMove

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.report import Done
    from salescli.core.writer import Writer
    from salescli.customer.tables import Customer

_STAYS = {
    "orders": "SELECT count(*) FROM sales_order WHERE customer_id = :id AND staff_id = :staff AND state IN ('draft', 'confirmed')"
    " AND kept_delivered_on IS NULL",
    "receivables": "SELECT count(*) FROM receivable WHERE customer_id = :id AND staff_id = :staff AND kept_open <> 0",
}


def transfer(w: Writer, references: Sequence[str], staff: str, reason: str) -> Done:
    """Give customers to somebody else: leads, promises and tasks go along, orders and receivables stay with who took them (X-10).

    Raises SalesError: 3 unknown, 4 cap reached or the new owner has left, 6 in the pool or archived, 7 not the leader of both.
    """
    rows = [actions_owner.anybodys(w, reference) for reference in references]
    to = find(w.reader, "staff", staff)
    raise_if(found for row in rows for found in actions_owner.check_owned(row))
    former = {row.code: row.staff_id for row in rows}
    done = actions_owner.give(w, rows, to, reason, OwnerMove.TRANSFERRED)
    return done._replace(warnings=tuple(found for row in rows for found in _stays(w, row, former[row.code])))


def _stays(w: Writer, row: Customer, former: int | None) -> list[Problem]:
    """What the former owner goes on answering for, so that nobody believes it went along."""
    counts: dict[str, Any] = {what: int(w.reader.value(sql, id=row.id, staff=former)) for what, sql in _STAYS.items()}
    if not any(counts.values()):
        return []
    text = N_(
        "{customer}: {orders:,} open {orders:order|orders} and "
        "{receivables:,} open {receivables:receivable|receivables} stay with who took them"
    )
    return [problem("stays_with_taker", text, rule="ORG-06", customer=row.code, **counts)]
