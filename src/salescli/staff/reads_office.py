"""Who sees to the people's papers, and whose line a reminder is: shared by the reads of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.access import RIGHTS, condition
from salescli.core.approval import holders, superiors

if TYPE_CHECKING:
    from salescli.core.agenda import Agenda
    from salescli.core.reader import Reader

KEEPERS = RIGHTS["staff.edit"]
"""Roles that keep the files of people."""


def keeper(r: Reader, staff_id: int | None) -> int | None:
    """Who keeps somebody's file: the nearest superior whose role does; for nobody's things, and where none does, the first there is."""
    roles = set(KEEPERS)
    for above in superiors(r, staff_id) if staff_id is not None else ():
        if roles.intersection(r.column("SELECT role FROM staff_role WHERE staff_id = :id", id=above)):
            return above
    for role in ("manager", "director", "admin"):
        found = holders(r, role, staff_id or 0)
        if found:
            return found[0]
    return None


def code(r: Reader, staff_id: int | None) -> str | None:
    """A staff member's code."""
    return None if staff_id is None else str(r.value("SELECT code FROM staff WHERE id = :id", id=staff_id))


def on_agenda(r: Reader, agenda: Agenda, staff_id: int | None) -> bool:
    """Whether somebody's line belongs on this agenda."""
    if agenda.staff_id is not None:
        return staff_id == agenda.staff_id
    visible = r.actor.visible("customers")
    return visible is None or staff_id in visible


def sees(r: Reader, column: str) -> str:
    """SQL: people whose conduct the reader may look at: his own, his team's, everybody's for who sees all customers."""
    return condition(r.actor, "customers", column)
