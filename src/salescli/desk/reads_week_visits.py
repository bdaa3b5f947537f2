"""What visits, promises, trips, meetings and talks put into a week (VIS-03, VIS-05, VIS-10, VIS-11, VIS-13, CUS-09, PLN-07)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salescli.core.dates import end_of_month, month_of
from salescli.core.i18n import C_, N_, msg
from salescli.customer import reads_due, reads_meeting, reads_points, reads_trip
from salescli.customer.rules_meeting import meetings_due
from salescli.customer.states_work import DueKind
from salescli.desk.week import DONE, LATE, MISSING, OPEN, Line, Week

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from salescli.core.reader import Reader

PROMISE, TRIP, FIRST_CALL, JOINT, TALK, MEETING, POINTS = (
    C_("promise"), C_("trip_report"), C_("first_call"), C_("joint_visit"), C_("one_to_one"), C_("meeting"), C_("visit_points"),
)  # fmt: skip


def visits(r: Reader, week: Week) -> list[Line]:
    """Promises, trip reports, first calls, points so far, joint visits, talks, meetings. VIS-13."""
    parts: tuple[Callable[[Reader, Week], Iterator[Line]], ...] = (_promises, _trips, _calls, _points, _joint, _talks, _meetings)
    return [line for part in parts for line in part(r, week)]


def _last(r: Reader, week: Week) -> date:
    """The week as far as it has come."""
    return min(week.period.end, r.today)


_PROMISES = """
SELECT s.code, p.number, p.due, p.state, p.closed_on, c.code, p.text FROM promise p
JOIN staff s ON s.id = p.staff_id JOIN customer c ON c.id = p.customer_id
WHERE {whose} AND ((p.state = 'open' AND p.due <= :end) OR p.closed_on BETWEEN :start AND :end) ORDER BY p.due, p.id"""


def _promises(r: Reader, week: Week) -> Iterator[Line]:
    """Kept in time or late, broken, still open, past their day. CUS-09."""
    sql = _PROMISES.format(whose=week.condition("p.staff_id"))
    for staff, number, due, state, closed, customer, text in r.tuples(sql, start=week.period.start, end=week.period.end):
        unsettled = MISSING if due < r.today.isoformat() else OPEN
        section = unsettled if closed is None else LATE if closed > due else DONE
        said = msg(N_("{state:code}: {text}"), state=state, text=text)
        yield Line(section, staff, closed or due, PROMISE, number, customer, said, "CUS-09")


def _trips(r: Reader, week: Week) -> Iterator[Line]:
    """Reports in time, late, missing. VIS-03."""
    terms = f"t.since <= :end AND t.until >= :start AND {week.condition('t.staff_id')}"
    for trip in reads_trip.trips(r, terms, start=week.period.start, end=week.period.end):
        filed = reads_trip.days_of(r, trip)
        for report in filed:
            if week.period.contains(date.fromisoformat(report.day)):
                text = msg(N_("{place}: handed in on {day} at {at}"), place=trip.place, day=report.filed_on, at=report.filed_at)
                yield Line(LATE if reads_trip.late(r, report) else DONE, trip.staff, report.day, TRIP, trip.number, None, text, "VIS-03")
        for day in reads_trip.missing(trip, filed, _last(r, week)):
            if week.period.contains(day) and day < r.today:
                yield Line(
                    MISSING, trip.staff, day.isoformat(), TRIP, trip.number, None, msg(N_("{place}: no report"), place=trip.place), "VIS-03"
                )


def _calls(r: Reader, week: Week) -> Iterator[Line]:
    """First after-sales calls that fell due in the week and were not made. VIS-05."""
    until = _last(r, week)
    calls = reads_due.first_calls(r, week.condition("{column}"), until)
    for row in reads_due.opened(r, DueKind.FIRST_CALL, calls):
        section = MISSING if row.due < r.today.isoformat() else OPEN
        text = msg(N_("{name}: delivered on {since}, first call until {due}"), name=row.name, since=row.since, due=row.due)
        yield Line(section, row.staff or "", row.due, FIRST_CALL, row.ref, row.customer, text, "VIS-05")


def _points(r: Reader, week: Week) -> Iterator[Line]:
    """Points of the month that ends in this week. VIS-02."""
    last = _last(r, week)
    if not week.period.contains(end_of_month(week.period.start)):
        return
    for score in reads_points.scores(r, month_of(week.period.start), week.condition("s.id"), last):
        facts = {"points": score.points, "required": score.required, "waiting": score.counts.waiting}
        text = msg(N_("{points} of {required} points in the month, {waiting} {waiting:record|records} {waiting:waits|wait}"), **facts)
        yield Line(
            DONE if not score.short else MISSING if score.penalty else OPEN,
            score.rep.code,
            last.isoformat(),
            POINTS,
            None,
            None,
            text,
            "VIS-02",
        )


def _joint(r: Reader, week: Week) -> Iterator[Line]:
    for row in reads_points.joint_visits(r, week.period, week.condition("s.superior_id")):
        if row.wanted:
            superior = r.value("SELECT p.code FROM staff s JOIN staff p ON p.id = s.superior_id WHERE s.id = :id", id=row.rep.id)
            over = week.period.end < r.today
            section = DONE if row.made >= row.wanted else MISSING if over else OPEN
            text = msg(N_("{made} of {wanted} joint visits with {staff}"), made=row.made, wanted=row.wanted, staff=row.rep.code)
            yield Line(section, superior or "", week.period.end.isoformat(), JOINT, row.rep.code, None, text, "PLN-07")


def _talks(r: Reader, week: Week) -> Iterator[Line]:
    """Talks held in the week, and people whose month is behind. VIS-11."""
    sql = f"""SELECT p.code, t.number, t.day, s.code, t.text
              FROM talk t JOIN staff p ON p.id = t.leader_id JOIN staff s ON s.id = t.staff_id
              WHERE {week.condition("t.leader_id")} AND t.day BETWEEN :start AND :end ORDER BY t.day, t.id"""
    for leader, number, day, staff, text in r.tuples(sql, start=week.period.start, end=week.period.end):
        yield Line(DONE, leader, day, TALK, number, None, msg(N_("{staff}: {text}"), staff=staff, text=text), "VIS-11")
    for owed, expected in reads_meeting.behind(r, _last(r, week), week.condition("s.superior_id")):
        said = msg(N_("{staff}: {count} of {expected} talks in the month so far"), staff=owed.staff, count=owed.talks, expected=expected)
        yield Line(OPEN, owed.leader, _last(r, week).isoformat(), TALK, owed.staff, None, said, "VIS-11")


def _meetings(r: Reader, week: Week) -> Iterator[Line]:
    """Meetings held, and weekly and sales ones that were not. VIS-10, VIS-12."""
    sql = f"""SELECT s.code, m.number, m.day, m.kind FROM meeting m JOIN staff s ON s.id = m.staff_id
              WHERE {week.condition("m.staff_id")} AND m.day BETWEEN :start AND :end ORDER BY m.day, m.id"""
    for staff, number, day, kind in r.tuples(sql, start=week.period.start, end=week.period.end):
        yield Line(DONE, staff, day, MEETING, number, None, msg(N_("{kind:code} meeting"), kind=kind), "VIS-10")
    if week.people is None or r.actor.id not in week.people or len(r.actor.own_or_team()) < 2:
        return
    held = set(r.tuples("SELECT day, kind FROM meeting WHERE day BETWEEN :start AND :end", start=week.period.start, end=week.period.end))
    for n in range((_last(r, week) - week.period.start).days + 1):
        day = week.period.start + timedelta(n)
        for kind in meetings_due(day, "off", r.policy("meeting.summary", day), r.policy("meeting.sales", day), works=True):
            if (day.isoformat(), kind.value) not in held and day < r.today:
                text = msg(N_("no {kind:code} meeting was held"), kind=kind.value)
                yield Line(MISSING, r.actor.code, day.isoformat(), MEETING, None, None, text, "VIS-10")
