"""What people's matters put on the day list: requests, papers that end, duties to look at, the duty group, the pot, sensitive acts."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from salescli.core.agenda import Agenda, Task
from salescli.core.approval import granted, superiors
from salescli.core.dates import days_between, month_of
from salescli.core.i18n import C_, N_, msg
from salescli.staff import reads_guarantor
from salescli.staff.reads_office import code, keeper, on_agenda
from salescli.staff.reads_violations import DEVIATION, EXPORT, acts

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.staff.reads_request import Request

REQUEST, PAPER, REVIEW, DUTY, POT = C_("internal_request"), C_("paper_ends"), C_("duty_review"), C_("front_desk_duty"), C_("attendance_pot")
SENSITIVE = C_("sensitive_act")


def people(r: Reader, agenda: Agenda) -> list[Task]:
    """Everything of this room. VIS-09."""
    return [task for part in (requests, papers, reviews, duty, pots, sensitive) for task in part(r, agenda)]


def requests(r: Reader, agenda: Agenda) -> list[Task]:
    """Requests to be answered: with whom they were asked of; those between companies are due the same day. ORG-12, ORG-13."""
    latest = agenda.day + timedelta(r.policy("reminder.lead_days", agenda.day))
    whose = f"q.to_id = {agenda.staff_id:d}" if agenda.staff_id is not None else "1 = 1"
    if not r.value(f"SELECT 1 FROM internal_request q WHERE q.due <= :latest AND {whose} LIMIT 1", latest=latest):
        return []  # here and below: what nobody keeps is not loaded
    from salescli.staff.reads_request import OPEN, SELECT, Request

    found = r.rows(Request, SELECT.format(where=f"{OPEN} AND q.due <= :latest AND {whose}"), latest=latest)
    return [_request(row, agenda.day) for row in found if on_agenda(r, agenda, row.to_id)]


def _request(row: Request, day: date) -> Task:
    text = msg(
        N_("{asker} asks: {text}; salescli staff request answer {number} TEXT"), asker=row.asked_by, text=row.text, number=row.number
    )
    return Task(REQUEST, row.due, row.number, None, text, "ORG-13" if row.company else "ORG-12", row.late(day), row.to)


def papers(r: Reader, agenda: Agenda) -> list[Task]:
    """Guarantors and labour contracts that end soon: with whoever keeps the file. ORG-05."""
    lines = []
    for found in reads_guarantor.ending(r, agenda.day):
        owner = keeper(r, found.staff_id)
        if on_agenda(r, agenda, owner):
            late = max(0, days_between(date.fromisoformat(found.until), agenda.day))
            text = msg(
                N_("{staff} {name}: {what:code} ends on {until}"), staff=found.staff, name=found.name, what=found.what, until=found.until
            )
            lines.append(Task(PAPER, found.until, found.staff, None, text, "ORG-05", late, code(r, owner)))
    return lines


def reviews(r: Reader, agenda: Agenda) -> list[Task]:
    """Posts whose duties are to be looked at again. ORG-04."""
    if not r.value("SELECT 1 FROM post LIMIT 1"):
        return []
    from salescli.staff import reads_post

    last = agenda.day + timedelta(r.policy("reminder.lead_days", agenda.day))
    due = [(reads_post.due_on(r, post), post.name) for post in reads_post.posts(r)]
    owner = keeper(r, None) if due else None
    if not on_agenda(r, agenda, owner):
        return []
    return [_review(day, name, agenda.day, code(r, owner)) for day, name in due if day <= last]


def _review(due: date, post: str, day: date, owner: str | None) -> Task:
    text = msg(N_('duties of {post} to be looked at; salescli staff post review "{post}"'), post=post)
    return Task(REVIEW, due.isoformat(), None, None, text, "ORG-04", max(0, days_between(due, day)), owner)


def duty(r: Reader, agenda: Agenda) -> list[Task]:
    """Who is on duty is told so; when groups exist and none has the day, the front desk is. LED-06."""
    if not r.value("SELECT 1 FROM duty_group LIMIT 1"):
        return []
    from salescli.staff import reads_duty

    day = agenda.day.isoformat()
    members, group = reads_duty.on_duty(r, agenda.day), reads_duty.group_of(r, agenda.day)
    text = msg(N_("you receive new visitors today, duty group {group}; salescli staff duty today"), group=group)
    lines = [Task(DUTY, day, group, None, text, "LED-06", 0, m.code) for m in members if on_agenda(r, agenda, m.id)]
    if group is None and reads_duty.groups(r):
        missing = msg(N_("no duty group has {day}; salescli staff duty rotate"), day=day)
        lines += [
            Task(DUTY, day, None, None, missing, "LED-06", 0, desk) for desk_id, desk in _front_desk(r) if on_agenda(r, agenda, desk_id)
        ]
    return lines


def _front_desk(r: Reader) -> list[tuple[int, str]]:
    """Whoever acts as front desk (X-21)."""
    roles = ", ".join(f"'{role}'" for role in r.policy("rolemap.FD"))
    sql = f"""SELECT DISTINCT s.id, s.code FROM staff s JOIN staff_role x ON x.staff_id = s.id
              WHERE x.role IN ({roles}) AND coalesce(s.left_on, '9999-12-31') >= :today ORDER BY s.code"""
    return r.tuples(sql, today=r.today)


def pots(r: Reader, agenda: Agenda) -> list[Task]:
    """Last month's pot, until it is approved: with whoever keeps the files, from the first day of the month. ORG-10, X-22."""
    span = month_of(agenda.day.replace(day=1) - timedelta(1))
    late = "SELECT 1 FROM attendance WHERE day BETWEEN :start AND :end LIMIT 1"
    if r.policy("penalty.mode", span.end) != "propose" or not r.value(late, start=span.start, end=span.end):
        return []
    from salescli.staff import reads_attendance

    found, owner = reads_attendance.month_pot(r, span), keeper(r, None)
    if not found.total or not on_agenda(r, agenda, owner) or granted(r, reads_attendance.ask(span, found)):
        return []
    text = msg(
        N_("{total:amount} in the pot of {period}; salescli staff attendance propose --period {period}"),
        total=found.total,
        period=span.name,
    )
    due = agenda.day.replace(day=1)
    return [Task(POT, due.isoformat(), f"POT-{span.name}", None, text, "ORG-10", days_between(due, agenda.day), code(r, owner))]


def sensitive(r: Reader, agenda: Agenda) -> list[Task]:
    """Exports beyond one's own and deviating allocations of yesterday and today: with the superior of who did them. ORG-09."""
    found = acts(r, agenda.day - timedelta(1), agenda.day, (EXPORT, DEVIATION))
    ids: dict[str, int] = dict(r.tuples("SELECT code, id FROM staff")) if found else {}
    lines = []
    for (staff, kind), count in sorted(Counter((act.staff, act.kind) for act in found if act.staff in ids).items()):
        above = superiors(r, ids[staff])
        if above and on_agenda(r, agenda, above[0]):
            text = msg(
                N_("{staff}: {count} times {act:code} since yesterday; salescli staff violations --staff {staff}"),
                staff=staff,
                count=count,
                act=kind,
            )
            lines.append(Task(SENSITIVE, agenda.day.isoformat(), None, None, text, "ORG-09", 0, code(r, above[0])))
    return lines
