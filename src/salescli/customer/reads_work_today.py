"""What contacts, promises, trips, meetings and care put on the day list (VIS-02..11, CUS-02, CUS-07..13)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from heapq import nsmallest
from typing import TYPE_CHECKING, Any

from salescli.core import workdays
from salescli.core.agenda import MOST, Agenda, Task, cut, cut_each
from salescli.core.dates import days_between, end_of_month, month_of, week_of
from salescli.core.i18n import C_, N_, msg
from salescli.customer import (
    reads_appointment,
    reads_birthday,
    reads_due,
    reads_file,
    reads_review,
)
from salescli.customer.states_work import AppointmentState, DueKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from salescli.core.reader import Reader

PROMISE, FILE, BIRTHDAY, FESTIVAL = C_("promise"), C_("customer_file"), C_("birthday"), C_("festival")
APPOINTMENT, TRIP, WAITING, POINTS = C_("appointment"), C_("trip_report"), C_("visit_waiting"), C_("visit_points")
MEETING, TALK, JOINT, REVIEW = C_("meeting"), C_("one_to_one"), C_("joint_visit"), C_("account_review")
REJECTED = C_("visit_rejected")


def contacts(r: Reader, agenda: Agenda) -> list[Task]:
    """Everybody to be spoken to, appointments, promises. VIS-04, VIS-05, VIS-07, VIS-08, CUS-08..11, CUS-13."""
    return [*_due(r, agenda), *_appointments(r, agenda), *_promises(r, agenda), *_birthdays(r, agenda), *_festivals(r, agenda)]


def records(r: Reader, agenda: Agenda) -> list[Task]:
    """Records that wait or were rejected, trip reports, points, files, reviews. VIS-01..03, CUS-02, CUS-12."""
    parts: tuple[Callable[[Reader, Agenda], Iterable[Task]], ...] = (_waiting, _rejected, _trips, _points, _files, _reviews)
    return [task for part in parts for task in part(r, agenda)]


def leading(r: Reader, agenda: Agenda) -> list[Task]:
    """What a leader owes his people: meetings, one-to-one talks, joint visits. VIS-10..12, PLN-07."""
    if agenda.staff_id is None or not r.value("SELECT 1 FROM staff WHERE superior_id = :id LIMIT 1", id=agenda.staff_id):
        return []
    return [task for part in (_meetings, _talks, _joint) for task in part(r, agenda, agenda.staff_id)]


def _late(due: str, day: date) -> int:
    return max(days_between(date.fromisoformat(due), day), 0)


# --- whom to speak to -----------------------------------------------------------------------------------------------------------

RULES = {
    DueKind.NEXT_CONTACT: "VIS-08", DueKind.FIRST_CALL: "VIS-05", DueKind.REVISIT: "VIS-07", DueKind.SERVICE: "CUS-08",
    DueKind.SURVEY: "CUS-11", DueKind.REORDER: "CUS-13",
}  # fmt: skip
SAID = {
    DueKind.NEXT_CONTACT: N_("{name}: next contact was set for {due}: salescli customer visit {customer}"),
    DueKind.FIRST_CALL: N_("{name}: delivered on {since}, first call until {due}: salescli visit call {customer}"),
    DueKind.REVISIT: N_("{name}: last contact {since}: salescli customer visit {customer}"),
    DueKind.SERVICE: N_("{name}: next service on {due}: salescli customer visit {customer}"),
    DueKind.SURVEY: N_("{name}: ask how satisfied he is: salescli customer survey add {customer} --score 1..5"),
    DueKind.REORDER: N_("{name}: last order {since}, the next was expected by {due}: salescli customer visit {customer}"),
}


def _due(r: Reader, agenda: Agenda) -> Iterator[Task]:
    whose = agenda.condition(r, "customers", "{column}")
    for kind, find in reads_due.KINDS.items():
        ahead = r.policy("reminder.lead_days", agenda.day) if kind is DueKind.SERVICE else 0
        for moments in _by_person(find(r, whose, agenda.day + timedelta(ahead))):
            first = reads_due.opened(r, kind, nsmallest(MOST, moments))
            command = f"salescli visit due --kind {kind.value} --staff {first[0].staff}"
            make = partial(_contact, kind, agenda.day)
            yield from cut(first, make, kind.value, RULES[kind], command, len(moments), first[0].staff)


def _by_person(moments: Iterable[reads_due.Moment]) -> Iterable[list[reads_due.Moment]]:
    """Those of each person."""
    found: dict[int, list[reads_due.Moment]] = {}
    for moment in moments:
        found.setdefault(moment[2], []).append(moment)
    return found.values()


def _contact(kind: DueKind, day: date, row: reads_due.Due) -> Task:
    text = msg(SAID[kind], name=row.name, since=row.since, due=row.due, customer=row.customer)
    return Task(kind.value, row.due, row.ref or row.customer, row.customer, text, RULES[kind], row.late(day), row.staff)


def _appointments(r: Reader, agenda: Agenda) -> Iterator[Task]:
    """Appointments of the day, those not yet prepared ahead of it, and those nobody said anything about."""
    latest = agenda.day + timedelta(1)
    mine = "1 = 1" if agenda.staff_id is None else f"(a.staff_id = {agenda.staff_id:d} OR a.joint_id = {agenda.staff_id:d})"
    terms = f"a.state = '{AppointmentState.PLANNED}' AND a.day <= :latest AND {mine} AND {reads_appointment.whose(r)}"
    for a in reads_appointment.appointments(r, terms, latest=latest):
        if a.day > agenda.day.isoformat() and a.ready == a.items:
            continue
        text = N_("{name}: {purpose}; prepared {ready} of {items}: salescli visit checklist {number}")
        if a.day < agenda.day.isoformat():
            text = N_("{name}: appointment of {day} neither kept nor called off: salescli visit move {number} --reason …")
        purpose = f"{a.time} {a.purpose}" if a.time else a.purpose
        facts: dict[str, Any] = {"name": a.name, "purpose": purpose, "ready": a.ready, "items": a.items}
        said = msg(text, number=a.number, day=a.day, **facts)
        yield Task(APPOINTMENT, a.day, a.number, a.customer, said, "VIS-04", _late(a.day, agenda.day), a.staff)


_PROMISES = """
SELECT p.number, p.due, c.code, c.name, p.text, s.code
FROM promise p JOIN customer c ON c.id = p.customer_id JOIN staff s ON s.id = p.staff_id
WHERE p.state = 'open' AND p.due <= :latest AND {whose} ORDER BY p.due, p.id"""


def _promises(r: Reader, agenda: Agenda) -> Iterator[Task]:
    latest = agenda.day + timedelta(r.policy("reminder.lead_days", agenda.day))
    sql = _PROMISES.format(whose=agenda.condition(r, "customers", "p.staff_id"))
    for number, due, customer, name, text, staff in r.tuples(sql, latest=latest):
        said = msg(N_("{name}: promised: {text}; salescli customer promise keep {number}"), name=name, text=text, number=number)
        yield Task(PROMISE, due, number, customer, said, "CUS-09", _late(due, agenda.day), staff)


def _birthdays(r: Reader, agenda: Agenda) -> Iterator[Task]:
    last = agenda.day + timedelta(r.policy("reminder.birthday_days", agenda.day))
    whose = agenda.condition(r, "customers", "c.staff_id") + " AND c.staff_id IS NOT NULL"
    for b in reads_birthday.birthdays(r, whose, agenda.day, last):
        text = msg(N_("{name}: birthday of {contact} on {day}"), name=b.name, contact=b.contact, day=b.day)
        yield Task(BIRTHDAY, b.day, b.customer, b.customer, text, "CUS-07", 0, b.staff)


def _festivals(r: Reader, agenda: Agenda) -> Iterator[Task]:
    """One line for whoever has customers to greet."""
    last = agenda.day + timedelta(r.policy("reminder.birthday_days", agenda.day))
    customers = "SELECT 1 FROM customer WHERE staff_id = :id AND archived_on IS NULL LIMIT 1"
    if agenda.staff_id is not None and not r.value(customers, id=agenda.staff_id):
        return
    for day, festival in reads_birthday.kept_between(r, agenda.day, last):
        text = msg(N_("{festival} on {day}: greet the customers: salescli customer care --festival '{festival}'"), festival=festival.name,
                   day=day.isoformat())  # fmt: skip
        yield Task(FESTIVAL, day.isoformat(), None, None, text, "CUS-07", 0, None)


# --- records ------------------------------------------------------------------------------------------------------------------

_WAITS = "i.review = 'recorded' AND i.channel = 'visit' AND i.day <= :day"
_WAITING = f"""
SELECT s.code, p.code, i.day, i.number, i.id FROM interaction i JOIN staff s ON s.id = i.staff_id JOIN staff p ON p.id = s.superior_id
WHERE {_WAITS} AND i.staff_id IN (SELECT x.id FROM staff x WHERE {{chief}}) AND (i.entered_by IS NULL OR i.entered_by <> s.superior_id)
UNION ALL
SELECT s.code, p.code, i.day, i.number, i.id
FROM interaction i JOIN staff s ON s.id = i.staff_id JOIN staff x ON x.id = i.entered_by LEFT JOIN staff p ON p.id = x.superior_id
WHERE {_WAITS} AND i.entered_by <> i.staff_id AND i.entered_by = s.superior_id AND {{chief}}
ORDER BY 3, 5"""


def _waiting(r: Reader, agenda: Agenda) -> Iterator[Task]:
    """One line per subordinate whose visits wait for their superior's word, or for the next one's where that wrote them. VIS-01, ORG-03."""
    chief = f"x.superior_id = {agenda.staff_id:d}" if agenda.staff_id is not None else agenda.condition(r, "customers", "x.superior_id")
    found: dict[tuple[str, str | None], list[tuple[str, str]]] = {}
    for staff, superior, day, number, _id in r.tuples(_WAITING.format(chief=chief), day=agenda.day):
        found.setdefault((staff, superior), []).append((day, number))
    for (staff, superior), rows in found.items():
        day, number = rows[0]
        said = N_(
            "{count} {count:visit|visits} of {staff} {count:waits|wait} for your word: "
            "salescli visit list --review recorded --staff {staff}"
        )
        text = msg(said, count=len(rows), staff=staff)
        yield Task(WAITING, day, number, None, text, "VIS-01", _late(day, agenda.day), superior)


_REJECTED = """
SELECT i.number, i.day, c.code, coalesce(c.name, i.lead_number), i.review_note, s.code
FROM interaction i LEFT JOIN customer c ON c.id = i.customer_id JOIN staff s ON s.id = i.staff_id
WHERE i.review = 'rejected' AND i.channel = 'visit' AND i.reviewed_on BETWEEN :since AND :day AND i.day BETWEEN :first AND :day AND {whose}
ORDER BY i.day, i.id"""


def _rejected(r: Reader, agenda: Agenda) -> Iterator[Task]:
    """Records of this month sent back to their author. VIS-01."""
    since = month_of(agenda.day).start
    sql = _REJECTED.format(whose=agenda.condition(r, "customers", "i.staff_id"))
    for number, day, customer, name, why, staff in r.tuples(sql, day=agenda.day, since=since, first=since - timedelta(31)):
        text = msg(N_("{name}: rejected: {why}; salescli visit edit {number} …"), name=name, why=why, number=number)
        yield Task(REJECTED, day, number, customer, text, "VIS-01", 0, staff)


def _trips(r: Reader, agenda: Agenda) -> Iterator[Task]:
    """Reports of days on the road, today's included. VIS-03."""
    terms = f"t.ended_on IS NULL AND t.since <= :day AND {agenda.condition(r, 'customers', 't.staff_id')}"
    if not r.value(f"SELECT 1 FROM trip t WHERE {terms} LIMIT 1", day=agenda.day):
        return  # most are at home
    from salescli.customer import reads_trip

    for trip in reads_trip.trips(r, terms, day=agenda.day):
        for day in reads_trip.missing(trip, reads_trip.days_of(r, trip), agenda.day):
            limit = r.policy("visit.trip_report_time", day).strftime("%H:%M")
            said = N_("{place}: report of {day} before {limit}: salescli trip report TEXT --trip {number} --on {day}")
            text = msg(said, place=trip.place, day=day.isoformat(), limit=limit, number=trip.number)
            yield Task(TRIP, day.isoformat(), trip.number, None, text, "VIS-03", max((agenda.day - day).days, 0), trip.staff)


LAST_DAYS = 10
"""How long before the month's end a rep hears of missing points."""


def _points(r: Reader, agenda: Agenda) -> Iterator[Task]:
    """Points missing in the last days of the month: of one person only. VIS-02."""
    end = end_of_month(agenda.day)
    if agenda.staff_id is None or (end - agenda.day).days >= LAST_DAYS:
        return
    from salescli.customer import reads_points

    for score in reads_points.scores(r, month_of(agenda.day), f"s.id = {agenda.staff_id:d}", agenda.day):
        if score.short:
            text = msg(N_("{points} of {required} visit points, {short} missing: salescli visit points"), points=score.points,
                       required=score.required, short=score.short)  # fmt: skip
            yield Task(POINTS, end.isoformat(), None, None, text, "VIS-02", 0, score.rep.code)


def _files(r: Reader, agenda: Agenda) -> Iterator[Task]:
    """Files to be built. CUS-02."""
    whose = agenda.condition(r, "customers", "c.staff_id")
    found = sorted(reads_file.unbuilt(r, whose, agenda.day), key=lambda file: (file.due or agenda.day, file.code))
    yield from cut_each(found, partial(_file, agenda.day), lambda file: file.staff, FILE, "CUS-02", "salescli customer files")


def _file(day: date, file: reads_file.File) -> Task:
    due = (file.due or day).isoformat()
    text = msg(N_("{name}: build the file, missing: {missing:code}: {command}"), name=file.name, missing=file.missing,
               command=", ".join(_builds(file)))  # fmt: skip
    return Task(FILE, due, file.code, file.code, text, "CUS-02", _late(due, day), file.staff)


def _builds(file: reads_file.File) -> Iterator[str]:
    """The commands that fill a file: who is to be spoken to stands with a contact, the rest in the file itself."""
    people = {"contact", "phone"} & set(file.missing)
    if people:
        yield f"salescli customer contact {'add' if len(people) == 2 else 'edit'} {file.code} …"
    if people < set(file.missing):
        yield f"salescli customer edit {file.code} …"


def _reviews(r: Reader, agenda: Agenda) -> Iterator[Task]:
    """Key accounts to be reviewed. CUS-12."""
    rows = reads_review.accounts(r, agenda.condition(r, "customers", "c.staff_id") + " AND c.staff_id IS NOT NULL", agenda.day)
    due = sorted((row for row in rows if row[5] is not None and row[5] <= agenda.day.isoformat()), key=lambda row: (row[5], row[0]))
    yield from cut(due, _review, REVIEW, "CUS-12", "salescli customer review list --due")


def _review(row: tuple[Any, ...]) -> Task:
    text = N_("{name}: review of the key account; its file is stale: salescli customer review sheet {customer}")
    if not row[8]:
        text = N_("{name}: review of the key account: salescli customer review sheet {customer}")
    return Task(REVIEW, row[5], row[0], row[0], msg(text, name=row[1], customer=row[0]), "CUS-12", row[6], row[3])


# --- leading ------------------------------------------------------------------------------------------------------------------


def _meetings(r: Reader, agenda: Agenda, leader: int) -> Iterator[Task]:
    """Meetings the day asks for and nobody has recorded. VIS-10, VIS-12."""
    from salescli.customer.rules_meeting import meetings_due
    from salescli.staff.reads_office import code

    day = agenda.day
    morning, summary, sales = (r.policy(f"meeting.{kind}", day) for kind in ("morning", "summary", "sales"))
    works = morning == "workdays" and workdays.calendar(r).works(day)
    held = set(r.column("SELECT kind FROM meeting WHERE day = :day", day=day))
    for kind in meetings_due(day, morning, summary, sales, works=works):
        if kind.value not in held:
            text = msg(N_("{kind:code} meeting: salescli meeting agenda {command}"), kind=kind.value, command=kind.value)
            yield Task(MEETING, day.isoformat(), None, None, text, "VIS-12" if kind == "sales" else "VIS-10", 0, code(r, leader))


def _talks(r: Reader, agenda: Agenda, leader: int) -> Iterator[Task]:
    """Subordinates with fewer talks than the month has seen. VIS-11, X-14."""
    from salescli.customer import reads_meeting

    end = end_of_month(agenda.day).isoformat()
    for owed, expected in reads_meeting.behind(r, agenda.day, f"s.superior_id = {leader:d}"):
        said = N_("{staff} {name}: {count} of {expected} one-to-one talks so far: salescli meeting talk {staff} TEXT")
        text = msg(said, staff=owed.staff, name=owed.name, count=owed.talks, expected=expected)
        yield Task(TALK, end, owed.staff, None, text, "VIS-11", 0, owed.leader)


THURSDAY = 3


def _joint(r: Reader, agenda: Agenda, leader: int) -> Iterator[Task]:
    """From Thursday on: reps with fewer joint visits in the week than they are owed. PLN-07, K-21."""
    week = week_of(agenda.day)
    if agenda.day.weekday() < THURSDAY:
        return
    from salescli.customer import reads_points
    from salescli.staff.reads_office import code

    who = code(r, leader)
    for row in reads_points.joint_visits(r, week, f"s.superior_id = {leader:d}"):
        if row.made < row.wanted:
            text = msg(N_("{staff} {name}: {made} of {wanted} joint visits this week, {planned} planned: salescli visit joint"),
                       staff=row.rep.code, name=row.rep.name, made=row.made, wanted=row.wanted, planned=row.planned)  # fmt: skip
            yield Task(JOINT, week.end.isoformat(), row.rep.code, None, text, "PLN-07", 0, who)
