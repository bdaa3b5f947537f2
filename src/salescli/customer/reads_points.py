"""Visit points of a period: what counts, what is asked for, who is short (VIS-02, X-06, K-21); joint visits and first answers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core import workdays
from salescli.core.access import condition
from salescli.core.dates import Period, days_between, month_of, week_of
from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, Message, msg
from salescli.core.lookup import find_optional
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.customer import rules_visit as rules
from salescli.lead.states import INQUIRIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.reader import Reader

COLUMNS = (
    Column("staff", N_("Staff")),
    Column("name", N_("Full name")),
    Column("points", N_("Points"), "int", total=True),
    Column("required", N_("Required"), "int", total=True),
    Column("short", N_("Missing"), "int", total=True),
    Column("penalty", N_("Office cleaning"), "bool"),
    Column("in_depth", N_("In-depth visits"), "int", total=True),
    Column("working_days", N_("Working days"), "int"),
    Column("per_day", N_("Visits a day"), "amount"),
    Column("enough", N_("Enough a day"), "bool"),
    Column("waiting", N_("Waiting for acceptance"), "int", total=True),
    Column("rejected", N_("Rejected"), "int", total=True),
)


class Rep(NamedTuple):
    """Somebody visits are expected of, and the days he was with us."""

    id: int
    code: str
    name: str
    hired: str | None
    left: str | None


_REPS = """
SELECT s.id, s.code, s.name, s.hired, s.left_on FROM staff s
WHERE EXISTS (SELECT 1 FROM staff_role x WHERE x.staff_id = s.id AND x.role = 'rep')
  AND coalesce(s.hired, :start) <= :end AND coalesce(s.left_on, :end) >= :start AND {whose} ORDER BY s.code"""

_COUNTS = """
SELECT i.staff_id,
       count(DISTINCT CASE WHEN i.review = 'accepted' THEN i.day || coalesce(CAST(i.customer_id AS TEXT), i.lead_number) END),
       sum(CASE WHEN i.review = 'accepted' AND i.in_depth = 1 THEN 1 ELSE 0 END),
       sum(CASE WHEN i.review = 'recorded' THEN 1 ELSE 0 END),
       sum(CASE WHEN i.review = 'rejected' THEN 1 ELSE 0 END)
FROM interaction i WHERE i.staff_id IN ({people}) AND i.day BETWEEN :start AND :end AND i.channel = 'visit' GROUP BY i.staff_id"""


class Counts(NamedTuple):
    """Customers visited per day and accepted, in-depth visits, records that wait, records rejected."""

    visited: int = 0
    in_depth: int = 0
    waiting: int = 0
    rejected: int = 0


class Score(NamedTuple):
    """A rep's points in a period."""

    rep: Rep
    points: int
    required: int
    short: int
    penalty: bool
    counts: Counts
    days: int


def reps(r: Reader, whose: str, span: Period) -> list[Rep]:
    """The reps of a period. `whose` is SQL on s.id."""
    return r.rows(Rep, _REPS.format(whose=whose), start=span.start, end=span.end)


def scores(r: Reader, span: Period, whose: str, day: date) -> list[Score]:
    """Points of every rep in a period, as of a day. VIS-02, X-06."""
    people = [_dated(r, rep, span) for rep in reps(r, whose, span)]
    if not people:
        return []
    marks = ", ".join(str(rep.id) for rep in people)
    rows = r.tuples(_COUNTS.format(people=marks), start=span.start, end=min(span.end, day))
    counted = {row[0]: Counts(*row[1:]) for row in rows}
    calendar = workdays.calendar(r)
    worked, away = calendar.between(span.start, span.end), _away(r, span)
    return [_score(r, rep, counted.get(rep.id, Counts()), _present(rep, worked, away.get(rep.id, ())), span, day) for rep in people]


def _score(r: Reader, rep: Rep, counts: Counts, present: _Presence, span: Period, day: date) -> Score:
    points = counts.visited * r.policy("visit.points_each", span.end)
    target, pro_rata = r.policy("visit.month_points", span.end) * _months(span), r.policy("visit.pro_rata", span.end)
    required = rules.required_points(target, len(present.days), present.total, pro_rata=pro_rata)
    short = rules.shortfall(points, required)
    penalty = rules.is_penalised(short, r.policy("visit.shortfall_from", span.end), over=day >= span.end)
    return Score(rep, points, required, short, penalty, counts, bisect_right(present.days, day))


def _dated(r: Reader, rep: Rep, span: Period) -> Rep:
    """Whoever is without a first day counts as here since the book began: nobody is judged by it for days before. X-06, X-22."""
    if rep.hired is not None:
        return rep
    began: str = r.value("SELECT day FROM history ORDER BY id LIMIT 1")
    return rep._replace(hired=began) if began > span.start.isoformat() else rep


def _months(span: Period) -> int:
    return (span.end.year - span.start.year) * 12 + span.end.month - span.start.month + 1


class _Presence(NamedTuple):
    days: list[date]
    total: int


def _present(rep: Rep, worked: Sequence[date], away: Sequence[tuple[str, str]]) -> _Presence:
    """The working days of a period on which somebody was with us and not away."""
    first = bisect_left(worked, date.fromisoformat(rep.hired)) if rep.hired else 0
    last = bisect_right(worked, date.fromisoformat(rep.left)) if rep.left else len(worked)
    days = [d for d in worked[first:last] if not any(since <= d.isoformat() <= until for since, until in away)]
    return _Presence(days, len(worked))


def _away(r: Reader, span: Period) -> dict[int, list[tuple[str, str]]]:
    """When somebody was away and had a deputy: leave, but not what he arranged for himself. X-06."""
    found: dict[int, list[tuple[str, str]]] = {}
    sql = """SELECT staff_id, since, until FROM deputy
             WHERE since <= :end AND until >= :start AND coalesce(arranged_by, 0) <> staff_id"""
    for staff_id, since, until in r.tuples(sql, start=span.start, end=span.end):
        found.setdefault(staff_id, []).append((since, until))
    return found


def points(r: Reader, span: Period, staff: str | None = None, *, short: bool = False) -> Report:
    """Points from accepted visits, one per customer and day, against the month's number; with `short` only who has to clean. VIS-02, X-06.

    Raises SalesError (2) for a period that is not made of whole months.
    """
    _require_months(span)
    owner = find_optional(r, "staff", staff)
    whose = condition(r.actor, "customers", "s.id") + (f" AND s.id = {owner.id:d}" if owner else "")
    found = [score for score in scores(r, span, whose, r.today) if score.penalty or not short]
    least = r.policy("visit.min_per_day", span.end)
    return Report(
        name="visit-points",
        title=msg(N_("Visit points of {period}"), period=span.name),
        columns=COLUMNS,
        rows=[_row(score, least) for score in sorted(found, key=lambda s: (-s.points, s.rep.code))],
        notes=_notes(r, span),
        as_of=min(span.end, r.today).isoformat(),
        empty=msg(N_("Nobody is short of points in {period}.") if short else N_("No rep in {period}."), period=span.name),
        beyond_own=any(score.rep.id not in r.actor.team for score in found),
    )


def _require_months(span: Period) -> None:
    if span.start.day != 1 or month_of(span.end).end != span.end:
        text = N_("points are counted by whole months, not {period}")
        fail("not_a_month", text, kind=Kind.USAGE, rule="VIS-02", hint=N_("as in --period 2026-10"), period=span.name)


def _row(score: Score, least: int) -> tuple[object, ...]:
    a_day = rules.average(score.counts.in_depth, score.days)
    enough = None if a_day is None else int(a_day >= least * 100)
    known = (score.rep.code, score.rep.name, score.points, score.required, score.short, int(score.penalty))
    return (*known, score.counts.in_depth, score.days, a_day, enough, score.counts.waiting, score.counts.rejected)


def _notes(r: Reader, span: Period) -> tuple[Message, ...]:
    limit = r.policy("visit.shortfall_from", span.end)
    text = N_("office cleaning once for {limit} points or more missing, when the month is over")
    calendar = workdays.calendar(r)
    calendar.works(span.start)
    calendar.works(span.end)
    return (msg(text, limit=limit), *(found.message for found in workdays.warn_unknown(calendar.unknown)))


# --- joint visits ---------------------------------------------------------------------------------------------------------------

JOINT = (
    Column("staff", N_("Staff")),
    Column("name", N_("Full name")),
    Column("week", N_("Week")),
    Column("joint", N_("Joint visits"), "int", total=True),
    Column("planned", N_("Planned"), "int", total=True),
    Column("wanted", N_("Wanted"), "int"),
    Column("missing", N_("Missing"), "int", total=True),
)

_JOINT = """SELECT i.staff_id, count(*) FROM interaction i
            WHERE i.staff_id IN ({people}) AND i.day BETWEEN :start AND :end AND i.joint_id IS NOT NULL
              AND i.channel = 'visit' AND i.review <> 'rejected' GROUP BY i.staff_id"""
_PLANNED = """SELECT a.staff_id, count(*) FROM appointment a
              WHERE a.staff_id IN ({people}) AND a.day BETWEEN :start AND :end AND a.joint_id IS NOT NULL AND a.state = 'planned'
              GROUP BY a.staff_id"""


class JointVisits(NamedTuple):
    """A rep's joint visits of a week: made, still planned, owed."""

    rep: Rep
    made: int
    planned: int
    wanted: int


def joint_visits(r: Reader, week: Period, whose: str) -> list[JointVisits]:
    """Joint visits with each rep in a week. PLN-07, K-21."""
    owed = reps(r, whose, week)
    people = ", ".join(str(rep.id) for rep in owed) or "NULL"
    made, planned = (dict(r.tuples(sql.format(people=people), start=week.start, end=week.end)) for sql in (_JOINT, _PLANNED))
    wanted = r.policy("visit.joint_per_week", week.end)
    return [JointVisits(rep, made.get(rep.id, 0), planned.get(rep.id, 0), wanted) for rep in owed]


def joint(r: Reader, span: Period | None = None, *, missing: bool = False) -> Report:
    """Joint visits by rep and week against `visit.joint_per_week`. PLN-07, K-21."""
    week = week_of(span.end if span else r.today)
    found = joint_visits(r, week, condition(r.actor, "customers", "s.id"))
    return Report(
        name="visit-joint",
        title=msg(N_("Joint visits in {week}"), week=week.name),
        columns=JOINT,
        rows=[
            (row.rep.code, row.rep.name, week.name, row.made, row.planned, row.wanted, max(row.wanted - row.made, 0))
            for row in found
            if row.made < row.wanted or not missing
        ],
        as_of=r.today.isoformat(),
        empty=msg(N_("Every rep had his joint visits in {week}."), week=week.name),
    )


# --- first answers --------------------------------------------------------------------------------------------------------------

ANSWERS = (
    Column("lead", N_("Lead")),
    Column("name", N_("Name")),
    Column("source", N_("Source"), "code"),
    Column("staff", N_("Staff")),
    Column("asked", N_("Asked"), "date"),
    Column("answered", N_("Answered"), "date"),
    Column("days", N_("Days"), "int"),
    Column("in_time", N_("In time"), "bool"),
)

_ASKED = """
SELECT l.number, coalesce(l.company, l.name), l.source, s.code, l.created,
       (SELECT min(i.day) FROM interaction i WHERE i.lead_number = l.number AND i.day >= l.created AND i.review <> 'rejected'), l.staff_id
FROM lead l LEFT JOIN staff s ON s.id = l.staff_id
WHERE l.created BETWEEN :start AND :end AND l.source IN ({sources}) AND {scope} ORDER BY l.created, l.number"""


def answers(r: Reader, span: Period) -> Report:
    """Inquiries of a period and when they were first answered. VIS-08, K-26."""
    sources = ", ".join(f"'{source}'" for source in INQUIRIES)
    rows = r.tuples(_ASKED.format(sources=sources, scope=condition(r.actor, "customers", "l.staff_id")), start=span.start, end=span.end)
    found = [_answer(row, r.policy("inquiry.answer_days", date.fromisoformat(row[4])), r.today) for row in rows]
    known = [row[6] for row in found if row[5] is not None]
    mean = msg(N_("mean days to the first answer: {mean:amount}"), mean=rules.average(sum(known), len(known))) if known else None
    return Report(
        name="visit-answers",
        title=msg(N_("First answers to inquiries of {period}"), period=span.name),
        columns=ANSWERS,
        rows=found,
        notes=(mean,) if mean else (),
        as_of=r.today.isoformat(),
        empty=msg(N_("No inquiry in {period}."), period=span.name),
        beyond_own=any(row[6] not in r.actor.team for row in rows),
    )


def _answer(row: tuple[Any, ...], limit: int, today: date) -> tuple[Any, ...]:
    asked, answered = date.fromisoformat(row[4]), row[5]
    days = days_between(asked, date.fromisoformat(answered) if answered else today)
    return (*row[:6], days, int(days <= limit) if answered or days > limit else None)
