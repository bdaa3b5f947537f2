"""The duty roster: who is on duty, whose turn it is, which group has which day (LED-06, LED-07)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salescli.core.i18n import N_, Message, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.staff.rules_duty import Turn, in_turn

if TYPE_CHECKING:
    from salescli.core.dates import Period
    from salescli.core.reader import Reader


class Member(NamedTuple):
    """Somebody on duty: id, code, name, his place in the group, his last visitor by turn (reception id and day)."""

    id: int
    code: str
    name: str
    position: int
    last: int | None
    last_day: str | None


# A visitor by turn, or one the front desk gave somebody instead: both are a visitor less for the others.
_BY_TURN = "p.staff_id = s.id AND p.ground IN ('duty', 'chosen') AND p.known = 0"
_MEMBERS = f"""
SELECT s.id, s.code, s.name, m.position,
       (SELECT max(p.id) FROM reception p WHERE {_BY_TURN}),
       (SELECT max(p.day) FROM reception p WHERE {_BY_TURN})
FROM duty_day d
JOIN duty_member m ON m.group_id = d.group_id
JOIN staff s ON s.id = m.staff_id
WHERE d.day = :day AND coalesce(s.left_on, '9999-12-31') >= :day
  AND NOT EXISTS (SELECT 1 FROM deputy a WHERE a.staff_id = s.id AND :day BETWEEN a.since AND a.until)"""


def group_of(r: Reader, day: date) -> str | None:
    """The group that has a day."""
    found: str | None = r.value("SELECT g.name FROM duty_day d JOIN duty_group g ON g.id = d.group_id WHERE d.day = :day", day=day)
    return found


def on_duty(r: Reader, day: date) -> list[Member]:
    """Who is on duty that day and here, whose turn it is first; who is away (his deputy decides for him) is passed over. LED-06."""
    members = {m.id: m for m in r.rows(Member, _MEMBERS, day=day)}
    return [members[turn.staff_id] for turn in in_turn(Turn(m.id, m.position, m.last) for m in members.values())]


class Group(NamedTuple):
    """A group with the codes of its members in their order."""

    id: int
    name: str
    members: tuple[str, ...]


def groups(r: Reader) -> list[Group]:
    """All groups in the order of the rotation."""
    sql = """SELECT g.id, g.name, s.code FROM duty_group g LEFT JOIN duty_member m ON m.group_id = g.id
             LEFT JOIN staff s ON s.id = m.staff_id ORDER BY g.position, g.id, m.position, m.id"""
    found: dict[tuple[int, str], list[str]] = {}
    for group_id, name, code in r.tuples(sql):
        found.setdefault((group_id, name), []).extend([code] if code else [])
    return [Group(*place, tuple(codes)) for place, codes in found.items()]


TODAY = (
    Column("turn", N_("Turn"), "rank"),
    Column("staff", N_("Staff")),
    Column("name", N_("Full name")),
    Column("group", N_("Duty group")),
    Column("visitors", N_("Visitors today"), "int"),
    Column("last", N_("Last visitor"), "date"),
)


_RECEIVED = "SELECT staff_id, count(*) FROM reception WHERE day = :day AND entrance = 'visitor' GROUP BY staff_id"


def today(r: Reader, day: date | None = None) -> Report:
    """Whose turn it is: the day's group, who waited longest first; make-up customers still due are told above. LED-06, LED-07."""
    when = day or r.today
    members, group = on_duty(r, when), group_of(r, when)
    counts = dict(r.tuples(_RECEIVED, day=when))
    rows = [(turn, m.code, m.name, group, counts.get(m.id, 0), m.last_day) for turn, m in enumerate(members, 1)]
    return Report(
        name="staff-duty-today",
        title=msg(N_("On duty on {day}"), day=when.isoformat()),
        columns=TODAY,
        rows=rows,
        notes=_notes(r, members),
        as_of=when.isoformat(),
        empty=msg(N_("No group has {day}. Give it one: salescli staff duty set GROUP --on {day}"), day=when.isoformat()),
    )


def _notes(r: Reader, members: list[Member]) -> tuple[Message, ...]:
    credits = _credits(r)
    notes = [msg(N_("First comes who is owed a make-up customer: {staff}"), staff=credits)] if credits else []
    if members:
        notes.append(msg(N_("Whoever holds as many as he may (pool.hold_cap) is passed over.")))
    return tuple(notes)


def _credits(r: Reader) -> list[str]:
    """Reps a make-up customer is due to, the oldest first. LED-07."""
    sql = """SELECT s.code FROM reception p JOIN staff s ON s.id = p.staff_id
             WHERE p.make_up_on IS NOT NULL AND p.made_up_by IS NULL AND coalesce(s.left_on, '9999-12-31') >= :today
             ORDER BY p.make_up_on, p.id"""
    return r.column(sql, today=r.today)


LIST = (
    Column("date", N_("Date"), "date"),
    Column("group", N_("Duty group")),
    Column("members", N_("Members")),
    Column("visitors", N_("By turn"), "int", total=True),
    Column("deviations", N_("Deviations"), "int", total=True),
)

_LIST = """
SELECT d.day, g.name, d.group_id,
       (SELECT count(*) FROM reception p WHERE p.day = d.day AND p.ground = 'duty'),
       (SELECT count(*) FROM reception p WHERE p.day = d.day AND p.deviation IS NOT NULL)
FROM duty_day d JOIN duty_group g ON g.id = d.group_id
WHERE d.day BETWEEN :start AND :end ORDER BY d.day"""


def listing(r: Reader, period: Period) -> Report:
    """The roster of a period: group, members, visitors handed out by turn, deviations. LED-06, LED-09."""
    known = groups(r)
    members = {group.id: ", ".join(group.members) or None for group in known}
    rows = [
        (day, name, members[group_id], visitors, deviations)
        for day, name, group_id, visitors, deviations in r.tuples(_LIST, start=period.start, end=period.end)
    ]
    return Report(
        name="staff-duty-list",
        title=msg(N_("Duty roster {period}"), period=period.name),
        columns=LIST,
        rows=rows,
        notes=tuple(msg(N_("{group}: {members}"), group=g.name, members=list(g.members) or None) for g in known),
        as_of=r.today.isoformat(),
        empty=msg(N_("No day of {period} has a group yet: salescli staff duty rotate --period {period}"), period=period.name),
    )
