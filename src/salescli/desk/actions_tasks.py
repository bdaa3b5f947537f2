"""Writes about tasks: give, settle, drop (VIS-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from salescli.core.errors import Kind, Problem, fail, problem
from salescli.core.i18n import C_, N_, msg
from salescli.core.report import Done
from salescli.core.tables_office import Task
from salescli.core.tasks_write import close_task, open_task
from salescli.core.text import NOTE, clean, clean_or_none
from salescli.desk.scope import person, sees_all

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.lookup import Row
    from salescli.core.writer import Writer


def add(w: Writer, text: str, due: date | None, staff: str | None, document: str | None) -> Done:
    """Give oneself or somebody of one's team a task; past a level in between it is done, and warned of. VIS-13, ORG-02.

    Raises SalesError: 2 no text or a past day, 3 nobody of that name, 4 he left, 7 not one's own people.
    """
    who = person(w.reader, staff)
    day = due or w.today
    if day < w.today:
        fail("due_passed", N_("the day {due} has passed"), kind=Kind.USAGE, due=day.isoformat())
    _refuse_gone(w, who)
    about = clean_or_none(document, C_("document"), 80)
    task = open_task(w, who.id, clean(text, C_("text"), NOTE, lines=True), day, document=about)
    return Done(
        msg(N_("{number} for {staff}, due {due}: {text}"), number=task.number, staff=who.code, due=day.isoformat(), text=task.text),
        task.number,
        next=(f"salescli task done {task.number}",),
        warnings=tuple(_skipped_level(w, who)),
    )


def _refuse_gone(w: Writer, who: Row) -> None:
    left = w.reader.value("SELECT left_on FROM staff WHERE id = :id", id=who.id)
    if left and left < w.today.isoformat():
        hint = N_("choose somebody who is here: salescli staff list")
        fail("has_left_task", N_("{staff} left on {left} and takes no task"), rule="ORG-06", hint=hint, staff=who.code, left=left)


def _skipped_level(w: Writer, who: Row) -> list[Problem]:
    """A warning when the task goes past the superior in between. ORG-02."""
    superior = w.reader.value("SELECT p.id FROM staff s JOIN staff p ON p.id = s.superior_id WHERE s.id = :id", id=who.id)
    if who.id == w.actor.id or superior in (None, w.actor.id) or who.id not in w.actor.own_or_team():
        return []
    code = w.reader.value("SELECT code FROM staff WHERE id = :id", id=superior)
    text = N_("{staff} reports to {superior}: the task skips a level")
    return [problem("level_skipped", text, rule="ORG-02", staff=who.code, superior=code)]


def done(w: Writer, number: str, result: str | None) -> Done:
    """Settle one's own task, or one of one's team. VIS-13. Raises SalesError: 3 none, 6 settled already, 7 somebody else's."""
    task = _open(w, number)
    close_task(w, task, "done", clean_or_none(result, C_("result"), NOTE, lines=True))
    return _told(w, task, N_("{number} is done: {text}"))


def drop(w: Writer, number: str, reason: str) -> Done:
    """Give a task up for a reason: who gave it, or a superior; one's own only when nobody else gave it. VIS-13.

    Raises SalesError: 2 no reason, 3 none, 6 settled already, 7 it is not yours to drop.
    """
    task = _open(w, number)
    given_by_other = task.created_by not in (None, w.actor.id)
    above = task.staff_id != w.actor.id
    if given_by_other and not above:
        giver = w.reader.value("SELECT code FROM staff WHERE id = :id", id=task.created_by)
        fail("task_given", N_("{number} was given by {giver}: only {giver} or a superior may drop it"), kind=Kind.FORBIDDEN, rule="VIS-13",
             hint=N_("settle it: salescli task done {number} --result TEXT"), number=task.number, giver=giver)  # fmt: skip
    close_task(w, task, "dropped", clean(reason, C_("reason"), NOTE, lines=True))
    return _told(w, task, N_("{number} is dropped: {text}"))


def _told(w: Writer, task: Task, text: str) -> Done:
    w.document = task.number
    return Done(msg(text, number=task.number, text=task.text), task.number, next=("salescli task list",))


def _open(w: Writer, number: str) -> Task:
    """The open task of that number, of one's own people or given by oneself."""
    typed = number.strip().upper()
    task = w.session.exec(select(Task).where(Task.number == typed)).first()
    if task is None:
        fail("task_not_found", N_("there is no task {number}"), kind=Kind.NOT_FOUND, hint=N_("salescli task list"), number=number)
    mine = task.staff_id in w.actor.own_or_team() or task.created_by == w.actor.id or sees_all(w.actor)
    if not mine:
        hint = N_("yours: salescli task list")
        fail("task_not_yours", N_("{number} is somebody else's task"), kind=Kind.FORBIDDEN, rule="ORG-07", hint=hint, number=task.number)
    if task.state != "open":
        hint = N_("what is still open: salescli task list")
        fail(
            "task_settled",
            N_("{number} is {state:code} already"),
            kind=Kind.STATE,
            rule="VIS-13",
            hint=hint,
            number=task.number,
            state=task.state,
        )
    return task
