"""Opening and settling tasks (VIS-13). Every room may open and settle them; the desk lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

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
            created_by=w.actor.id or None,
            created=w.today,
            text=text,
            document=document,
            rule=rule,
            due=due,
        )
    )


def close_task(w: Writer, task: Task, state: str, result: str | None = None) -> Task:
    """Settle an open task as "done" or "dropped"; `result` is what came of it, or why not."""
    task.state, task.closed_on, task.result = state, w.today, result
    w.session.flush()
    return task


def close_tasks_of(w: Writer, document: str, rule: str, result: str | None = None) -> int:
    """Settle as done the open tasks a rule opened about a document, once the room saw it done; how many there were."""
    found = w.session.exec(select(Task).where(Task.document == document, Task.rule == rule, Task.state == "open")).all()
    for task in found:
        close_task(w, task, "done", result)
    return len(found)
