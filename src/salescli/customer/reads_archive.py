"""What still hangs on a customer whose file is to be put away (ORG-08)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salescli.customer.rules_standing import check_active

if TYPE_CHECKING:
    from salescli.core.errors import Problem
    from salescli.core.reader import Reader

_HANGING = {
    "open_receivables": "SELECT count(*) FROM receivable WHERE customer_id = :id AND kept_open <> 0",
    "money_unallocated": "SELECT count(*) FROM receipt WHERE customer_id = :id AND kept_open <> 0",
    "open_orders": """SELECT count(*) FROM sales_order WHERE customer_id = :id
                      AND (state = 'draft' OR (state = 'confirmed' AND kept_delivered_on IS NULL))""",
    "open_promises": "SELECT count(*) FROM promise WHERE customer_id = :id AND state = 'open'",
    "open_leads": "SELECT count(*) FROM lead WHERE customer_id = :id AND closed IS NULL",
    "open_tickets": "SELECT count(*) FROM ticket WHERE customer_id = :id AND coalesce(kept_last, '') <> 'closed'",
    "open_appointments": "SELECT count(*) FROM appointment WHERE customer_id = :id AND state = 'planned'",
    "open_requests": "SELECT count(*) FROM approval WHERE document = :code AND state = 'waiting'",
}


def hanging(r: Reader, customer_id: int, code: str) -> dict[str, int]:
    """How many of each kind are not settled, by the names of `rules_archive.HANGING`."""
    return {what: int(r.value(sql, **({"code": code} if ":code" in sql else {"id": customer_id}))) for what, sql in _HANGING.items()}


def check_in_use(r: Reader, customer_id: int) -> list[Problem]:
    """Nothing new is begun with a customer whose file is put away. ORG-08."""
    code, name, day, reason = r.tuples("SELECT code, name, archived_on, archived_reason FROM customer WHERE id = :id", id=customer_id)[0]
    return check_active(code, name, date.fromisoformat(day) if day else None, reason)
