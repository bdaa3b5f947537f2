"""Tasks: lists, and what they put on the day list (VIS-13, VIS-09)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salescli.core.agenda import Task
from salescli.core.i18n import C_, N_, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.desk.scope import condition, of_people, person

if TYPE_CHECKING:
    from salescli.core.agenda import Agenda
    from salescli.core.reader import Reader

COLUMNS = (
    Column("number", N_("Task")),
    Column("staff", N_("Staff")),
    Column("due", N_("Due"), "date"),
    Column("late_days", N_("Days late"), "int"),
    Column("state", N_("State"), "code"),
    Column("text", N_("Subject")),
    Column("document", N_("Document")),
    Column("rule", N_("Rule")),
    Column("given_by", N_("Given by")),
    Column("result", N_("Result")),
)

_TASKS = """
SELECT t.number, s.code, t.due, t.state, t.text, t.document, t.rule, g.code, t.result
FROM task t JOIN staff s ON s.id = t.staff_id LEFT JOIN staff g ON g.id = t.created_by
WHERE {where} ORDER BY t.due, t.id"""


class _Row(NamedTuple):
    number: str
    staff: str
    due: str
    state: str
    text: str
    document: str | None
    rule: str | None
    giver: str | None
    result: str | None


def listing(r: Reader, staff: str | None, *, team: bool = False, given: bool = False, state: str = "open", overdue: bool = False) -> Report:
    """Tasks of the reader or a person he leads, of his whole team, or those he gave. VIS-13.

    `state` is open, done, dropped or all. Raises SalesError (exit 7) for somebody whose work the reader may not see.
    """
    where = [_whose(r, staff, team=team, given=given)]
    if state != "all":
        where.append("t.state = :state")
    if overdue:
        where.append("t.state = 'open' AND t.due < :today")
    rows = r.rows(_Row, _TASKS.format(where=" AND ".join(where)), state=state, today=r.today)
    return Report(
        "task-list",
        msg(N_("Tasks")),
        COLUMNS,
        [_cells(row, r.today) for row in rows],
        as_of=r.today.isoformat(),
        empty=msg(N_("No task here. Give one: salescli task add TEXT --due DAY")),
        beyond_own=bool({row.staff for row in rows} - set(_team_codes(r))),
    )


def _whose(r: Reader, staff: str | None, *, team: bool, given: bool) -> str:
    if given:
        return f"t.created_by = {r.actor.id:d} AND t.staff_id <> {r.actor.id:d}"
    if team:
        return condition(r.actor, "t.staff_id")
    return of_people("t.staff_id", (person(r, staff).id,))


def _team_codes(r: Reader) -> list[str]:
    return r.column(f"SELECT code FROM staff WHERE {of_people('id', r.actor.own_or_team())}")


def _cells(row: _Row, today: date) -> tuple[object, ...]:
    late = max((today - date.fromisoformat(row.due)).days, 0) if row.state == "open" else None
    return (row.number, row.staff, row.due, late, row.state, row.text, row.document, row.rule, row.giver, row.result)


# --- the day list -------------------------------------------------------------------------------------------------------

TASK = C_("task")


def tasks_today(r: Reader, agenda: Agenda) -> list[Task]:
    """Tasks due or late on the day of the agenda. VIS-13."""
    whose = condition(r.actor, "t.staff_id") if agenda.staff_id is None else of_people("t.staff_id", (agenda.staff_id,))
    where = f"t.state = 'open' AND t.due <= :day AND {whose}"
    return [_task(row, agenda.day) for row in r.rows(_Row, _TASKS.format(where=where), day=agenda.day)]


def _task(row: _Row, day: date) -> Task:
    late = max((day - date.fromisoformat(row.due)).days, 0)
    text = msg(N_("{text}; salescli task done {number}"), text=row.text, number=row.number)
    return Task(TASK, row.due, row.document or row.number, None, text, row.rule or "VIS-13", late, row.staff)
