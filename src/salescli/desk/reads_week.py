"""What the desk itself puts into a week: tasks, contacts and their next steps, decisions (VIS-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core import approval as engine
from salescli.core.i18n import C_, N_, msg
from salescli.core.record import NamedTuple
from salescli.desk.reads_inbox import names, spoken
from salescli.desk.week import DONE, LATE, MISSING, OPEN, Line, Week

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.reader import Reader

TASK, APPROVAL, NEXT_STEP, RECORD = C_("task"), C_("approval"), C_("next_step"), C_("record")


class _Task(NamedTuple):
    staff: str
    number: str
    due: str
    state: str
    closed: str | None
    text: str
    document: str | None
    rule: str | None
    result: str | None


_TASKS = """
SELECT s.code, t.number, t.due, t.state, t.closed_on, t.text, t.document, t.rule, t.result
FROM task t JOIN staff s ON s.id = t.staff_id
WHERE {whose} AND ((t.state = 'open' AND t.due <= :end) OR t.closed_on BETWEEN :start AND :end) ORDER BY t.due, t.id"""


def tasks(r: Reader, week: Week) -> list[Line]:
    """Tasks settled in the week, after their day as late; those open and due. VIS-13."""
    sql = _TASKS.format(whose=week.condition("t.staff_id"))
    return [_task_line(r, row) for row in r.rows(_Task, sql, start=week.period.start, end=week.period.end)]


def _task_line(r: Reader, row: _Task) -> Line:
    if row.state == "open":
        section = MISSING if row.due < r.today.isoformat() else OPEN
    else:
        section = LATE if row.state == "done" and row.closed and row.closed > row.due else DONE
    text = msg(N_("{text}: {result}"), text=row.text, result=row.result) if row.result else row.text
    return Line(section, row.staff, row.closed or row.due, TASK, row.document or row.number, None, text, row.rule or "VIS-13")


class _Count(NamedTuple):
    staff: str
    channel: str
    number: int
    accepted: int
    rejected: int


_CONTACTS = """
SELECT s.code, i.channel, count(*),
       sum(CASE WHEN i.review = 'accepted' THEN 1 ELSE 0 END), sum(CASE WHEN i.review = 'rejected' THEN 1 ELSE 0 END)
FROM interaction i JOIN staff s ON s.id = i.staff_id
WHERE {whose} AND i.day BETWEEN :start AND :end GROUP BY s.code, i.channel ORDER BY s.code, i.channel"""

_LATE = """
SELECT s.code, i.day, i.number, i.entered, c.code FROM interaction i
JOIN staff s ON s.id = i.staff_id LEFT JOIN customer c ON c.id = i.customer_id
WHERE {whose} AND i.day BETWEEN :start AND :end AND i.entered > i.day AND i.import_id IS NULL ORDER BY i.day, i.id"""

_MISSED = """
SELECT s.code, i.next_on, i.number, c.code, coalesce(i.next_step, '') FROM interaction i
JOIN staff s ON s.id = i.staff_id LEFT JOIN customer c ON c.id = i.customer_id
WHERE {whose} AND i.next_on BETWEEN :start AND :end AND i.next_on < :today
  AND NOT EXISTS (SELECT 1 FROM interaction n WHERE n.customer_id = i.customer_id AND n.day > i.day)
  AND NOT EXISTS (SELECT 1 FROM interaction n WHERE n.lead_number = i.lead_number AND n.day > i.day)
ORDER BY i.next_on, i.id"""


def contacts(r: Reader, week: Week) -> list[Line]:
    """Contacts by channel, records entered after their day, next steps that did not follow. VIS-01, VIS-08, VIS-13."""
    whose, span = week.condition("i.staff_id"), {"start": week.period.start, "end": week.period.end}
    done = [_count_line(row, min(week.period.end, r.today)) for row in r.rows(_Count, _CONTACTS.format(whose=whose), **span)]
    late = [
        Line(LATE, staff, day, RECORD, number, customer, msg(N_("entered on {day}"), day=entered), "VIS-01")
        for staff, day, number, entered, customer in r.tuples(_LATE.format(whose=whose), **span)
    ]
    missing = [
        Line(MISSING, staff, day, NEXT_STEP, number, customer, msg(N_("no contact followed: {step}"), step=step), "VIS-08")
        for staff, day, number, customer, step in r.tuples(_MISSED.format(whose=whose), today=r.today, **span)
    ]
    return [*done, *late, *missing]


def _count_line(row: _Count, day: date) -> Line:
    text = msg(
        N_("{count} {count:contact|contacts}, {accepted} accepted, {rejected} rejected"),
        count=row.number,
        accepted=row.accepted,
        rejected=row.rejected,
    )
    return Line(DONE, row.staff, day.isoformat(), row.channel, None, None, text, "VIS-01")


_DECIDED = """
SELECT s.code, p.decided_on, a.number, a.document, p.decision FROM approval_step p
JOIN approval a ON a.id = p.approval_id JOIN staff s ON s.id = p.decided_by
WHERE {whose} AND p.decided_on BETWEEN :start AND :end ORDER BY p.decided_on, p.id"""


def approvals(r: Reader, week: Week) -> list[Line]:
    """Requests decided in the week, and those that wait for these people. DAT-01."""
    sql = _DECIDED.format(whose=week.condition("p.decided_by"))
    rows = r.tuples(sql, start=week.period.start, end=week.period.end)
    decided = [
        Line(
            DONE, staff, day, APPROVAL, number, None, msg(N_("{document}: {decision:code}"), document=document, decision=decision), "DAT-01"
        )
        for staff, day, number, document, decision in rows
    ]
    return decided + _waiting(r, week)


def _waiting(r: Reader, week: Week) -> list[Line]:
    codes = dict(r.tuples("SELECT id, code FROM staff"))
    lines = []
    for w in engine.waiting(r):
        level = engine.level_of(r, w)
        mine = level is not None and (week.people is None or not set(week.people).isdisjoint(level.people))
        if mine and w.requested_on <= week.period.end.isoformat():
            text = msg(N_("{requester} waits: {summary}"), requester=w.requester, summary=spoken(r, w))
            lines.append(Line(OPEN, names(level, codes) or "", w.requested_on, APPROVAL, w.number, None, text, "DAT-01"))
    return lines
