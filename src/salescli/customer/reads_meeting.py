"""Meetings held, problems and their solutions, praise, one-to-one talks (VIS-10..12)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.dates import Period, days_between, month_of
from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.customer.rules_meeting import talks_expected

if TYPE_CHECKING:
    from salescli.core.reader import Reader

LIST = (
    Column("number", N_("Meeting")),
    Column("date", N_("Date"), "date"),
    Column("kind", N_("Kind"), "code"),
    Column("chair", N_("Held by")),
    Column("present", N_("Present"), "int"),
    Column("absent", N_("Absent"), "int"),
    Column("problems", N_("Problems"), "int", total=True),
    Column("praise", N_("Praise"), "int", total=True),
    Column("tasks", N_("Tasks"), "int", total=True),
    Column("minutes", N_("Minutes taken")),
)

_MEETINGS = """
SELECT m.number, m.day, m.kind, s.code,
       (SELECT count(*) FROM meeting_attendance a WHERE a.meeting_id = m.id AND a.present = 1),
       (SELECT count(*) FROM meeting_attendance a WHERE a.meeting_id = m.id AND a.present = 0),
       (SELECT count(*) FROM meeting_problem p WHERE p.meeting_id = m.id),
       (SELECT count(*) FROM praise p WHERE p.meeting_id = m.id),
       (SELECT count(*) FROM task t WHERE t.document = m.number), m.minutes
FROM meeting m JOIN staff s ON s.id = m.staff_id WHERE {terms} ORDER BY m.day DESC, m.id DESC"""


def listing(r: Reader, span: Period | None = None, kind: str | None = None) -> Report:
    """Meetings held, the newest first. VIS-10, VIS-12."""
    terms, params = ["1 = 1"], dict[str, Any]()
    if span is not None:
        terms.append("m.day BETWEEN :start AND :end")
        params |= {"start": span.start, "end": span.end}
    if kind is not None:
        terms.append("m.kind = :kind")
        params["kind"] = kind
    return Report(
        name="meeting-list",
        title=msg(N_("Meetings")),
        columns=LIST,
        rows=r.tuples(_MEETINGS.format(terms=" AND ".join(terms)), **params),
        as_of=r.today.isoformat(),
        empty=msg(N_("No meeting is recorded. Record one: salescli meeting record KIND --minutes TEXT")),
    )


class Meeting(NamedTuple):
    """A meeting that was held."""

    id: int
    number: str
    kind: str
    day: str
    chair: str
    minutes: str | None
    story: str | None


def meeting_of(r: Reader, number: str) -> Meeting:
    """The meeting of that number. Raises SalesError (exit 3)."""
    sql = """SELECT m.id, m.number, m.kind, m.day, s.code, m.minutes, m.story FROM meeting m JOIN staff s ON s.id = m.staff_id
             WHERE m.number = :number"""
    found = r.first(Meeting, sql, number=number.strip().upper())
    if found is None:
        fail("meeting_not_found", N_("there is no meeting {number}"), kind=Kind.NOT_FOUND, hint=N_("salescli meeting list"), number=number)
    return found


PRESENT, ABSENT, SOLVED = C_("present"), C_("absent"), C_("solved")

SHOW = (
    Column("part", N_("Part"), "code"),
    Column("staff", N_("Staff")),
    Column("ref", N_("Document")),
    Column("text", N_("What")),
    Column("due", N_("Due"), "date"),
    Column("state", N_("State"), "code"),
)

_PARTS = f"""
SELECT CASE a.present WHEN 1 THEN '{PRESENT}' ELSE '{ABSENT}' END, s.code, NULL, a.reason, NULL, NULL, 1, s.code FROM meeting_attendance a
JOIN staff s ON s.id = a.staff_id WHERE a.meeting_id = :id
UNION ALL
SELECT 'problem', s.code, p.number, p.text, NULL, CASE WHEN p.solved_on IS NULL THEN 'open' ELSE '{SOLVED}' END, 2, p.number
FROM meeting_problem p JOIN staff s ON s.id = p.staff_id WHERE p.meeting_id = :id
UNION ALL
SELECT 'praise', s.code, NULL, p.text, NULL, NULL, 3, s.code FROM praise p JOIN staff s ON s.id = p.staff_id WHERE p.meeting_id = :id
UNION ALL
SELECT 'task', s.code, t.number, t.text, t.due, t.state, 4, t.number
FROM task t JOIN staff s ON s.id = t.staff_id WHERE t.document = :number
ORDER BY 7, 8"""


def detail(r: Reader, number: str) -> Report:
    """One meeting: who came, problems, praise, what everybody took on, the minutes. VIS-10, VIS-12."""
    found = meeting_of(r, number)
    notes = [msg(N_("minutes: {text}"), text=found.minutes)] if found.minutes else []
    notes += [msg(N_("success story: {text}"), text=found.story)] if found.story else []
    return Report(
        name="meeting-show",
        title=msg(N_("{number}: {kind:code} meeting of {day}, held by {chair}"), number=found.number, kind=found.kind, day=found.day,
                  chair=found.chair),
        columns=SHOW,
        rows=[row[:6] for row in r.tuples(_PARTS, id=found.id, number=found.number)],
        notes=tuple(notes),
        as_of=r.today.isoformat(),
    )  # fmt: skip


PROBLEMS = (
    Column("number", N_("Problem no.")),
    Column("date", N_("Date"), "date"),
    Column("staff", N_("Staff")),
    Column("text", N_("Problem")),
    Column("solution", N_("Solution")),
    Column("solved", N_("Solved on"), "date"),
    Column("days", N_("Days"), "int"),
    Column("meeting", N_("Meeting")),
)

_PROBLEMS = """
SELECT p.number, p.day, s.code, p.text, p.solution, p.solved_on, m.number
FROM meeting_problem p JOIN staff s ON s.id = p.staff_id LEFT JOIN meeting m ON m.id = p.meeting_id
WHERE {terms} ORDER BY p.solved_on IS NOT NULL, p.day, p.id"""


def problems(r: Reader, span: Period | None = None, *, open_only: bool = False) -> Report:
    """The problem log: what came up, what solved it, how long that took. VIS-10."""
    terms, params = [condition(r.actor, "customers", "p.staff_id")], dict[str, Any]()
    if span is not None:
        terms.append("p.day BETWEEN :start AND :end")
        params = {"start": span.start, "end": span.end}
    if open_only:
        terms.append("p.solved_on IS NULL")
    rows = r.tuples(_PROBLEMS.format(terms=" AND ".join(terms)), **params)
    return Report(
        name="meeting-problems",
        title=msg(N_("Problem log")),
        columns=PROBLEMS,
        rows=[
            (*row[:6], days_between(date.fromisoformat(row[1]), date.fromisoformat(row[5] or r.today.isoformat())), row[6]) for row in rows
        ],
        as_of=r.today.isoformat(),
        empty=msg(N_("No problem is noted. Note one: salescli meeting problem TEXT")),
    )


PRAISE = (
    Column("date", N_("Date"), "date"),
    Column("staff", N_("Staff")),
    Column("text", N_("What for")),
    Column("reward", N_("Reward")),
    Column("by", N_("By")),
    Column("meeting", N_("Meeting")),
)


def praise(r: Reader, span: Period | None = None) -> Report:
    """Who was praised for what. VIS-10."""
    sql = """SELECT p.day, s.code, p.text, p.reward, g.code, m.number FROM praise p JOIN staff s ON s.id = p.staff_id
             JOIN staff g ON g.id = p.given_by LEFT JOIN meeting m ON m.id = p.meeting_id
             WHERE p.day BETWEEN :start AND :end ORDER BY p.day DESC, p.id DESC"""
    start, end = (span.start, span.end) if span else (date(1900, 1, 1), r.today)
    return Report(
        name="meeting-praise",
        title=msg(N_("Praise")),
        columns=PRAISE,
        rows=r.tuples(sql, start=start, end=end),
        as_of=r.today.isoformat(),
        empty=msg(N_("Nobody has been praised yet: salescli meeting praise STAFF TEXT")),
    )


# --- one-to-one talks -----------------------------------------------------------------------------------------------------------

TALKS = (
    Column("staff", N_("Staff")),
    Column("name", N_("Full name")),
    Column("leader", N_("Superior")),
    Column("talks", N_("Talks"), "int", total=True),
    Column("least", N_("At least"), "int"),
    Column("goal", N_("Goal"), "int"),
    Column("missing", N_("Missing"), "int", total=True),
    Column("last", N_("Last talk"), "date"),
    Column("agreed", N_("Agreed")),
)


class Owed(NamedTuple):
    """A subordinate, his superior, and the talks they had in a month."""

    staff_id: int
    staff: str
    name: str
    leader_id: int
    leader: str
    talks: int
    last: str | None
    agreed: str | None


_TALKS = """
SELECT s.id, s.code, s.name, p.id, p.code,
       (SELECT count(*) FROM talk t WHERE t.staff_id = s.id AND t.day BETWEEN :start AND :end),
       (SELECT max(t.day) FROM talk t WHERE t.staff_id = s.id AND t.day <= :end),
       (SELECT t.agreed FROM talk t WHERE t.staff_id = s.id AND t.day <= :end ORDER BY t.day DESC, t.id DESC LIMIT 1)
FROM staff s JOIN staff p ON p.id = s.superior_id
WHERE coalesce(s.hired, :start) <= :end AND coalesce(s.left_on, :end) >= :end AND {whose}
  AND EXISTS (SELECT 1 FROM staff_role x WHERE x.staff_id = s.id AND x.role IN ('rep', 'support', 'front_desk', 'supervisor', 'service'))
ORDER BY s.code"""


def owed(r: Reader, span: Period, whose: str) -> list[Owed]:
    """Everybody with a superior and the talks of a month; `whose` is SQL on s.id or s.superior_id. VIS-11."""
    return r.rows(Owed, _TALKS.format(whose=whose), start=span.start, end=span.end)


def talks(r: Reader, span: Period, *, missing: bool = False) -> Report:
    """One-to-one talks of a month against the least and the goal. VIS-11, X-14."""
    least, goal = r.policy("talk.one_to_one_min", span.end), r.policy("talk.one_to_one_goal", span.end)
    found = owed(r, span, condition(r.actor, "customers", "s.id"))
    rows = [(o.staff, o.name, o.leader, o.talks, least, goal, max(least - o.talks, 0), o.last, o.agreed) for o in found]
    return Report(
        name="meeting-talks",
        title=msg(N_("One-to-one talks in {period}"), period=span.name),
        columns=TALKS,
        rows=[row for row in rows if row[6] or not missing],
        as_of=min(span.end, r.today).isoformat(),
        empty=msg(N_("Everybody had his talks in {period}."), period=span.name),
    )


def behind(r: Reader, day: date, whose: str) -> list[tuple[Owed, int]]:
    """People with fewer talks than the month should have seen by a day, and how many those are. VIS-11."""
    expected = talks_expected(day, r.policy("talk.one_to_one_min", day))
    span = month_of(day)
    return [(o, expected) for o in owed(r, Period(span.start, day, span.name), whose) if o.talks < expected]
