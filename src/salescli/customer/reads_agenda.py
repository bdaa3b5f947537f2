"""The agenda of a meeting, drawn from the records: what is missing, open, planned, and who did well (VIS-10, VIS-12)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.dates import Period, month_of, week_of
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.core.tax import document_amount
from salescli.core.workdays import calendar
from salescli.customer import reads_appointment, reads_points
from salescli.customer.states_work import MeetingKind

if TYPE_CHECKING:
    from salescli.core.reader import Reader

COLUMNS = (
    Column("part", N_("Part"), "code"),
    Column("staff", N_("Staff")),
    Column("ref", N_("Document")),
    Column("text", N_("Point of the agenda")),
    Column("count", N_("How many"), "int"),
)

RECORDS, PROBLEMS, PLAN, PROMISES, TASKS = C_("records"), C_("problems"), C_("plan"), C_("promises"), C_("tasks")
RESULTS, PRAISE, POINTS = C_("results"), C_("praise"), C_("visit_points")


class Item(NamedTuple):
    """One point of the agenda."""

    part: str
    staff: str | None
    ref: str | None
    text: Message | str
    number: int | None = None


def agenda(r: Reader, kind: MeetingKind, day: date) -> Report:
    """What a meeting goes through. VIS-10, VIS-12.

    Mornings: yesterday's records, problems, today's plan. Saturdays and team meetings: the week, problems, whom to praise. Sales meetings:
    the month's points and results. Every other kind: problems, promises and tasks that are open.
    """
    parts = {
        MeetingKind.MORNING: (_records, _problems, _plan, _promises),
        MeetingKind.WRAPUP: (_week, _problems, _promises, _tasks, _praise),
        MeetingKind.TEAM: (_week, _problems, _tasks, _praise),
        MeetingKind.SALES: (_month, _points, _problems, _tasks),
    }.get(kind, (_problems, _promises, _tasks))
    rows = [item for part in parts for item in part(r, day)]
    return Report(
        name="meeting-agenda",
        title=msg(N_("Agenda of the {kind:code} meeting on {day}"), kind=kind.value, day=day.isoformat()),
        columns=COLUMNS,
        rows=rows,
        as_of=day.isoformat(),
        empty=msg(N_("Nothing is open: record the meeting with salescli meeting record {kind}"), kind=kind.value),
        notes=(msg(N_("afterwards: salescli meeting record {kind} --minutes TEXT"), kind=kind.value),),
    )


def _mine(r: Reader, column: str) -> str:
    return condition(r.actor, "customers", column)


# --- mornings -------------------------------------------------------------------------------------------------------------------


def _records(r: Reader, day: date) -> Iterator[Item]:
    """Records of the last working day by rep: handed in, and who handed in none."""
    before = day - timedelta(1)
    works = calendar(r)
    while not works.works(before):
        before -= timedelta(1)
    span = Period(before, before, before.isoformat())
    for score in reads_points.reps(r, _mine(r, "s.id"), span):
        sql = "SELECT count(*), sum(CASE WHEN review = 'rejected' THEN 1 ELSE 0 END) FROM interaction WHERE staff_id = :id AND day = :day"
        count, rejected = r.tuples(sql, id=score.id, day=before)[0]
        text = N_("records of {day}, {rejected} rejected") if count else N_("no record of {day}")
        yield Item(RECORDS, score.code, None, msg(text, day=before.isoformat(), rejected=rejected or 0), count)


def _problems(r: Reader, day: date) -> Iterator[Item]:
    sql = f"""SELECT p.number, s.code, p.day, p.text FROM meeting_problem p JOIN staff s ON s.id = p.staff_id
              WHERE p.solved_on IS NULL AND p.day <= :day AND {_mine(r, "p.staff_id")} ORDER BY p.day, p.id"""
    for number, staff, since, text in r.tuples(sql, day=day):
        yield Item(PROBLEMS, staff, number, msg(N_("since {day}: {text}"), day=since, text=text))


def _plan(r: Reader, day: date) -> Iterator[Item]:
    """Appointments of the day, and how many next contacts fall due."""
    for a in reads_appointment.appointments(r, f"a.day = :day AND a.state = 'planned' AND {reads_appointment.whose(r)}", day=day):
        text = msg(N_("{time} {customer} {name}: {purpose}"), time=a.time or "", customer=a.customer, name=a.name, purpose=a.purpose)
        yield Item(PLAN, a.staff, a.number, text)
    sql = f"""SELECT s.code, count(*) FROM customer c JOIN staff s ON s.id = c.staff_id
              WHERE c.archived_on IS NULL AND c.kept_next_on <= :day AND {_mine(r, "c.staff_id")} GROUP BY s.code ORDER BY s.code"""
    for staff, count in r.tuples(sql, day=day):
        yield Item(PLAN, staff, None, msg(N_("next contacts due")), count)


def _promises(r: Reader, day: date) -> Iterator[Item]:
    sql = f"""SELECT p.number, s.code, p.due, c.code, c.name, p.text FROM promise p JOIN staff s ON s.id = p.staff_id
              JOIN customer c ON c.id = p.customer_id
              WHERE p.state = 'open' AND p.due <= :day AND {_mine(r, "p.staff_id")} ORDER BY p.due, p.id"""
    for number, staff, due, customer, name, text in r.tuples(sql, day=day):
        said = msg(N_("{customer} {name}, due {due}: {text}"), customer=customer, name=name, due=due, text=text)
        yield Item(PROMISES, staff, number, said)


def _tasks(r: Reader, day: date) -> Iterator[Item]:
    """What earlier meetings left to do."""
    sql = f"""SELECT t.number, s.code, t.due, t.text FROM task t JOIN staff s ON s.id = t.staff_id
              WHERE t.state = 'open' AND t.document LIKE 'MT-%' AND t.created <= :day AND {_mine(r, "t.staff_id")} ORDER BY t.due, t.id"""
    for number, staff, due, text in r.tuples(sql, day=day):
        yield Item(TASKS, staff, number, msg(N_("due {due}: {text}"), due=due, text=text))


# --- the week and the month -------------------------------------------------------------------------------------------------------

_DONE = """
SELECT count(*), sum(CASE WHEN channel = 'visit' THEN 1 ELSE 0 END),
       sum(CASE WHEN channel = 'visit' AND review = 'accepted' THEN 1 ELSE 0 END)
FROM interaction WHERE staff_id = :id AND day BETWEEN :start AND :end"""
_SOLD = """
SELECT count(DISTINCT o.id), coalesce(sum({amount}), 0) FROM sales_order o JOIN order_line l ON l.order_id = o.id
WHERE o.staff_id = :id AND o.date BETWEEN :start AND :end AND o.state IN ('confirmed', 'closed')"""


def _results(r: Reader, span: Period, day: date) -> Iterator[Item]:
    """Contacts, visits and orders by rep."""
    sold = _SOLD.format(amount=document_amount(r))
    for rep in reads_points.reps(r, _mine(r, "s.id"), span):
        contacts, visits, accepted = r.tuples(_DONE, id=rep.id, start=span.start, end=min(span.end, day))[0]
        orders, amount = r.tuples(sold, id=rep.id, start=span.start, end=min(span.end, day))[0]
        facts: dict[str, Any] = {"visits": visits or 0, "accepted": accepted or 0, "orders": orders, "amount": amount}
        if r.actor.sees_prices:
            text = msg(
                N_(
                    "contacts; of these {visits} {visits:visit|visits}, {accepted} accepted; "
                    "{orders} {orders:order|orders}, {amount:amount}"
                ),
                **facts,
            )
        else:
            text = msg(
                N_("contacts; of these {visits} {visits:visit|visits}, {accepted} accepted; {orders} {orders:order|orders}"), **facts
            )
        yield Item(RESULTS, rep.code, None, text, contacts)


def _week(r: Reader, day: date) -> Iterator[Item]:
    yield from _results(r, week_of(day), day)


def _month(r: Reader, day: date) -> Iterator[Item]:
    yield from _results(r, month_of(day), day)


def _points(r: Reader, day: date) -> Iterator[Item]:
    for score in reads_points.scores(r, month_of(day), _mine(r, "s.id"), day):
        text = msg(N_("points of {required}, {short} missing"), required=score.required, short=score.short)
        yield Item(POINTS, score.rep.code, None, text, score.points)


def _praise(r: Reader, day: date) -> Iterator[Item]:
    """Whom the week's figures put forward, and who was praised already."""
    span, best = week_of(day), list[tuple[int, str]]()
    for rep in reads_points.reps(r, _mine(r, "s.id"), span):
        accepted = r.tuples(_DONE, id=rep.id, start=span.start, end=min(span.end, day))[0][2] or 0
        best.append((accepted, rep.code))
    top = max(best, default=(0, ""))[0]
    for count, code in sorted(best, key=lambda pair: pair[1]):
        if top and count == top:
            yield Item(PRAISE, code, None, msg(N_("most accepted visits of the week")), count)
    sql = f"""SELECT s.code, p.text FROM praise p JOIN staff s ON s.id = p.staff_id
              WHERE p.day BETWEEN :start AND :end AND {_mine(r, "p.staff_id")} ORDER BY p.id"""
    for staff, text in r.tuples(sql, start=span.start, end=min(span.end, day)):
        yield Item(PRAISE, staff, None, msg(N_("praised: {text}"), text=text))
