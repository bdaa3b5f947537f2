"""What still hangs on a customer whose file is to be put away (ORG-08)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salescli.core.reader import Reader

_HANGING = {
    "open_receivables": "SELECT count(*) FROM receivable WHERE customer_id = :id AND kept_open <> 0",
    "money_unallocated": "SELECT count(*) FROM receipt WHERE customer_id = :id AND kept_open <> 0",
    "open_orders": """SELECT count(*) FROM sales_order WHERE customer_id = :id
                      AND (state = 'draft' OR (state = 'confirmed' AND kept_delivered_on IS NULL))""",
    "open_promises": "SELECT count(*) FROM promise WHERE customer_id = :id AND state = 'open'",
    "open_leads": "SELECT count(*) FROM lead WHERE customer_id = :id AND closed IS NULL",
    "open_requests": "SELECT count(*) FROM approval WHERE document = :code AND state = 'waiting'",
}


def hanging(r: Reader, customer_id: int, code: str) -> dict[str, int]:
    """How many of each kind are not settled, by the names of `rules_archive.HANGING`."""
    return {what: int(r.value(sql, **({"code": code} if ":code" in sql else {"id": customer_id}))) for what, sql in _HANGING.items()}
