"""What stock puts on the day list, and on whose: everything else is loaded only for them (STK-02, STK-03, PRD-05)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salescli.core.agenda import Agenda, Task
    from salescli.core.reader import Reader

TOLD = frozenset({"warehouse", "purchasing"})
"""Roles that hear of goods on their own day."""


def due(r: Reader, agenda: Agenda) -> list[Task]:
    """Shortages, counts and batches, for the warehouse and purchasing. STK-02, STK-03, PRD-05, VIS-09."""
    if agenda.staff_id is not None and not roles_on(r, agenda) & TOLD:
        return []
    from salescli.stock import reads_batch, reads_plan

    return [*reads_plan.due(r, agenda), *reads_batch.due(r, agenda)]


def roles_on(r: Reader, agenda: Agenda) -> frozenset[str]:
    """The roles of whose day it is."""
    if agenda.staff_id in (None, r.actor.id):
        return r.actor.roles
    return frozenset(r.column("SELECT role FROM staff_role WHERE staff_id = :id", id=agenda.staff_id))
