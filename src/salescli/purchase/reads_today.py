"""What purchases put on the day list: goods expected, parts to be paid (STK-06, AR-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salescli.core.agenda import Agenda, Task
    from salescli.core.reader import Reader

PAYS = frozenset({"finance"})
"""Who pays: payables due stand on their lists."""


def due(r: Reader, agenda: Agenda) -> list[Task]:
    """Goods expected, for who ordered them; payables due, for who pays; both rooms are loaded only for them. STK-06, AR-16, VIS-09."""
    tasks: list[Task] = []
    if agenda.staff_id is None or r.value("SELECT 1 FROM purchase WHERE staff_id = :id LIMIT 1", id=agenda.staff_id):
        from salescli.purchase import reads

        tasks += reads.due(r, agenda)
    if _is_payer(r, agenda.staff_id):
        from salescli.purchase import reads_money

        tasks += reads_money.due(r, agenda)
    return tasks


def _is_payer(r: Reader, staff_id: int | None) -> bool:
    if not r.actor.may("payable.read"):
        return False
    return staff_id is None or bool(PAYS & set(r.column("SELECT role FROM staff_role WHERE staff_id = :id", id=staff_id)))
