"""Writes of meetings: minutes, attendance, tasks, problems, praise, one-to-one talks (VIS-10..12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from salescli.core.access import require
from salescli.core.dates import month_of, parse_date
from salescli.core.errors import Kind, fail, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import Row, find, find_here
from salescli.core.report import Done
from salescli.core.tasks_write import open_task
from salescli.core.text import NOTE, clean, clean_or_none
from salescli.core.unreadable import Unreadable
from salescli.customer import reads_meeting, rules_meeting
from salescli.customer.states_work import MeetingKind
from salescli.customer.tables_meeting import Attendance, Meeting, OpenProblem, Praise, Talk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salescli.core.writer import Writer


def record(
    w: Writer, kind: MeetingKind, minutes: str | None, *, day: date | None = None, story: str | None = None,
    absent: Sequence[str] = (), present: Sequence[str] = (), actions: Sequence[str] = (),
) -> Done:  # fmt: skip
    """Keep a meeting that was held: who came, the minutes, and what each took on as tasks. VIS-10, VIS-12.

    Without `present` everybody of the chair's team came but those named in `absent` ("LI=ill"). An action is "LI:2026-11-06:what".
    Raises SalesError: 2 an unreadable action, 3 somebody unknown, 4 a day ahead, 6 held already that day, 7 not yours to hold.
    """
    require(w.actor, "meeting.hold", w.verb)
    when = day or w.today
    raise_if(rules_meeting.check_held(when, w.today))
    wanted = select(Meeting).where(Meeting.kind == kind.value, Meeting.day == when, Meeting.staff_id == w.actor.id)
    if w.session.exec(wanted).first():
        text = N_("you recorded the {meeting:code} meeting of {day} already")
        hint = N_("look at it: salescli meeting list")
        fail("meeting_recorded", text, kind=Kind.STATE, rule="VIS-10", hint=hint, meeting=kind.value, day=when.isoformat())
    away = dict(_absentee(w, text) for text in absent)
    took = [_action(w, text) for text in actions]
    row = w.add(
        Meeting(
            number=w.number("MT", when), kind=kind.value, day=when, staff_id=w.actor.id,
            minutes=clean_or_none(minutes, C_("minutes_text"), NOTE, lines=True), story=clean_or_none(story, C_("story"), NOTE, lines=True),
        )
    )  # fmt: skip
    count = _attend(w, row, [find(w.reader, "staff", code).id for code in present] or _team(w, when), away)
    tasks = [open_task(w, staff.id, text, due, document=row.number, rule="VIS-12").number for staff, due, text in took]
    w.document = row.number
    text = N_("{number}: {kind:code} meeting of {day}, {present} present, {absent} absent, {tasks} {tasks:task|tasks}")
    facts = {"kind": kind.value, "day": when.isoformat(), "present": count, "absent": len(away), "tasks": len(tasks)}
    return Done(msg(text, number=row.number, **facts), row.number, next=(f"salescli meeting show {row.number}",), facts={"opened": tasks})


def _absentee(w: Writer, typed: str) -> tuple[int, str | None]:
    """Somebody who did not come, and why: "LI=ill"."""
    code, _equals, reason = typed.partition("=")
    return find(w.reader, "staff", code).id, clean_or_none(reason, C_("reason"))


def _action(w: Writer, typed: str) -> tuple[Row, date, str]:
    """Who does what by when: "LI:fri:send the samples"."""
    parts = typed.replace("：", ":").split(":", 2)
    if len(parts) != 3:
        text = N_('"{typed}" is no action; write it as STAFF:DAY:TEXT, as in LI:fri:send the samples')
        fail("bad_action", text, kind=Kind.USAGE, rule="VIS-12", typed=typed)
    try:
        due = parse_date(parts[1], w.today)
    except Unreadable as error:
        text = N_('"{typed}" is no action: {reason}')
        fail("bad_action", text, kind=Kind.USAGE, rule="VIS-12", typed=typed, reason=error.message)
    return find_here(w.reader, parts[0]), due, clean(parts[2], C_("text"), NOTE, lines=True)


def _team(w: Writer, day: date) -> list[int]:
    """The chair's people on a day."""
    ids = ", ".join(map(str, w.actor.own_or_team()))
    sql = f"""SELECT id FROM staff WHERE id IN ({ids}) AND id <> :chair
              AND coalesce(hired, :day) <= :day AND coalesce(left_on, :day) >= :day ORDER BY id"""
    return w.reader.column(sql, chair=w.actor.id, day=day)


def _attend(w: Writer, row: Meeting, people: Sequence[int], away: dict[int, str | None]) -> int:
    """Note who came and who did not; how many came."""
    assert row.id is not None
    for staff_id in dict.fromkeys([*people, *away]):
        w.session.add(Attendance(meeting_id=row.id, staff_id=staff_id, present=staff_id not in away, reason=away.get(staff_id)))
    w.session.flush()
    return len(set(people) - away.keys())


# --- problems and praise ----------------------------------------------------------------------------------------------------------


def problem_noted(w: Writer, text: str, staff: str | None = None, meeting: str | None = None) -> Done:
    """Note a problem of the day; the next meeting goes through it until it is solved. VIS-10."""
    who = find(w.reader, "staff", staff) if staff else Row(w.actor.id, w.actor.code, w.actor.name)
    about = reads_meeting.meeting_of(w.reader, meeting).id if meeting else None
    said = clean(text, C_("problem"), NOTE, lines=True)
    row = w.add(OpenProblem(number=w.number("PB"), day=w.today, staff_id=who.id, text=said, meeting_id=about))
    w.document = row.number
    return Done(msg(N_("{number} is noted: {text}"), number=row.number, text=row.text), row.number,
                next=(f"salescli meeting solve {row.number} TEXT",))  # fmt: skip


def solve(w: Writer, number: str, solution: str) -> Done:
    """Note what solved a problem. VIS-10. Raises SalesError: 3 no such problem, 6 solved already."""
    row = w.session.exec(select(OpenProblem).where(OpenProblem.number == number.strip().upper())).first()
    if row is None:
        hint = N_("salescli meeting problems --open")
        fail("problem_not_found", N_("there is no problem {number}"), kind=Kind.NOT_FOUND, hint=hint, number=number)
    if row.solved_on is not None:
        text = N_("{number} was solved on {day} already")
        hint = N_("those still open: salescli meeting problems --open")
        fail("problem_solved", text, kind=Kind.STATE, rule="VIS-10", hint=hint, number=row.number, day=row.solved_on.isoformat())
    row.solution, row.solved_on, row.solved_by = clean(solution, C_("solution"), NOTE, lines=True), w.today, w.actor.id or None
    w.session.flush()
    w.document = row.number
    return Done(msg(N_("{number} is solved"), number=row.number), row.number)


def praise(w: Writer, staff: str, text: str, reward: str | None = None, meeting: str | None = None) -> Done:
    """Praise somebody before the others; nobody praises himself. VIS-10."""
    require(w.actor, "meeting.hold", w.verb)
    who = find(w.reader, "staff", staff)
    if who.id == w.actor.id:
        hint = N_("a superior does it: salescli staff tree")
        fail("own_praise", N_("nobody praises himself"), kind=Kind.FORBIDDEN, rule="ORG-03", hint=hint)
    about = reads_meeting.meeting_of(w.reader, meeting).id if meeting else None
    said = clean(text, C_("text"), NOTE, lines=True)
    w.add(
        Praise(day=w.today, staff_id=who.id, given_by=w.actor.id, text=said, reward=clean_or_none(reward, C_("reward")), meeting_id=about)
    )
    return Done(msg(N_("{staff} {name} is praised: {text}"), staff=who.code, name=who.name, text=said), next=("salescli meeting praised",))


# --- talks --------------------------------------------------------------------------------------------------------------------


def talk(w: Writer, staff: str, text: str, agreed: str | None = None, day: date | None = None, *, month_start: bool = False) -> Done:
    """Keep a one-to-one talk with one of one's people; the check of the month's report counts as one. VIS-11, X-14.

    Raises SalesError: 2 no text, 3 nobody of that name, 4 a day ahead, 7 not of one's team.
    """
    who, when = find(w.reader, "staff", staff), day or w.today
    below = who.id != w.actor.id and (who.id in w.actor.own_or_team() or w.actor.visible("customers") is None)
    raise_if([*rules_meeting.check_held(when, w.today), *rules_meeting.check_talk(w.actor.code, who.code, below=below)])
    row = w.add(
        Talk(
            number=w.number("OT", when), day=when, leader_id=w.actor.id, staff_id=who.id, text=clean(text, C_("text"), NOTE, lines=True),
            agreed=clean_or_none(agreed, C_("agreed"), NOTE, lines=True), month_start=month_start,
        )
    )  # fmt: skip
    span = month_of(when)
    count = w.reader.value("SELECT count(*) FROM talk WHERE staff_id = :id AND day BETWEEN :start AND :end", id=who.id, start=span.start,
                           end=span.end)  # fmt: skip
    least, goal = w.policy("talk.one_to_one_min", when), w.policy("talk.one_to_one_goal", when)
    w.document = row.number
    sentence = N_("{number}: talk with {staff} on {day}, {count} this month (at least {least}, better {goal})")
    return Done(msg(sentence, number=row.number, staff=who.code, day=when.isoformat(), count=count, least=least, goal=goal), row.number)
