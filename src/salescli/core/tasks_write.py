"""Opening and settling tasks (VIS-13). Every room may open one; the desk lists and settles them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.tables_office import Task

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.writer import Writer


def open_task(w: Writer, staff_id: int, text: str, due: date, *, document: str | None = None, rule: str | None = None) -> Task:
    """Give somebody something to do by a day; `document` is what it is about, `rule` the rulebook id that asks for it."""
    return w.add(
        Task(
            number=w.number("TK"),
            staff_id=staff_id,
            created_by=w.actor.id,
            created=w.today,
            text=text,
            document=document,
            rule=rule,
            due=due,
        )
    )
