"""Writes about attendance: late arrivals, excuses, the month's pot as a proposal (ORG-10, X-22, AP-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import select

from salescli.core.access import Scope
from salescli.core.approval import needed
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import Row, find
from salescli.core.money import amount_text
from salescli.core.record import NamedTuple
from salescli.core.report import Change, Done
from salescli.core.text import NOTE, clean, clean_or_none
from salescli.staff import reads_attendance, rules_attendance
from salescli.staff.tables_attendance import Attendance

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.dates import Period
    from salescli.core.writer import Writer
    from salescli.staff.states import Absence


class Event(NamedTuple):
    """What happened: late or early, the day, minutes, and the excuse if there is one."""

    kind: Absence
    day: date
    minutes: int | None
    excuse: str | None


def record(w: Writer, staff: str, event: Event) -> Done:
    """Note that somebody came late or left early; without excuse the fine of that day is proposed, to the leader. ORG-10.

    Raises SalesError: 2 the day has not come, 3 nobody of that name, 4 noted already or not here that day, 7 not one's own people.
    """
    person = find(w.reader, "staff", staff)
    raise_if([*rules_attendance.check_day(event.day, w.today), *_check_team(w, person), *_check_once(w, person, event)])
    excuse = clean_or_none(event.excuse, C_("excuse"), NOTE, lines=True)
    mode, amount = w.policy("penalty.mode", event.day), w.policy("attendance.fine", event.day)
    row = w.add(
        Attendance(
            number=w.number("AT"), staff_id=person.id, day=event.day, kind=event.kind.value, minutes=event.minutes, excuse=excuse,
            fine=rules_attendance.fine(mode, amount, excuse), leader_id=_leader(w, person.id), filed_by=w.actor.id or None,
        )
    )  # fmt: skip
    w.document = row.number
    text = N_("{number} {staff} {name}: {kind:code} on {day}; {fine:amount} proposed, to be paid to {leader}")
    free = N_("{number} {staff} {name}: {kind:code} on {day}")
    facts = {"number": row.number, "staff": person.code, "name": person.name, "kind": row.kind, "day": event.day.isoformat()}
    leader = w.reader.value("SELECT code FROM staff WHERE id = :id", id=row.leader_id) if row.leader_id else None
    return Done(
        msg(text if row.fine else free, **facts, fine=row.fine, leader=leader), row.number,
        next=(f"salescli staff attendance excuse {row.number} --reason …", "salescli staff attendance pot"),
        warnings=tuple(_legal(row.fine)),
    )  # fmt: skip


def _leader(w: Writer, staff_id: int) -> int | None:
    leader: int | None = w.reader.value("SELECT superior_id FROM staff WHERE id = :id", id=staff_id)
    return leader


def _check_team(w: Writer, person: Row) -> list[Problem]:
    """A leader notes it of his own people, never of himself. ORG-03, ORG-10."""
    if person.id != w.actor.id and (person.id in w.actor.team or w.actor.scope("customers") is Scope.ALL):
        return []
    text = N_("{staff} is not of your team: attendance is noted by a superior")
    hint = N_("who is his superior: salescli staff show {staff}")
    return [problem("not_your_people", text, kind=Kind.FORBIDDEN, rule="ORG-10", hint=hint, staff=person.code)]


def _check_once(w: Writer, person: Row, event: Event) -> list[Problem]:
    """One record per person, day and kind; of a day he worked here."""
    r = w.reader
    sql = "SELECT number FROM attendance WHERE staff_id = :id AND day = :day AND kind = :kind"
    known = r.value(sql, id=person.id, day=event.day, kind=event.kind.value)
    here = "SELECT count(*) FROM staff WHERE id = :id AND :day BETWEEN coalesce(hired, '0001-01-01') AND coalesce(left_on, '9999-12-31')"
    facts: dict[str, Any] = {"staff": person.code, "day": event.day.isoformat()}
    found = []
    if known:
        hint = N_("say why it costs nothing: salescli staff attendance excuse {number} --reason …")
        found.append(problem("attendance_known", N_("noted already as {number}"), rule="ORG-10", hint=hint, number=known, **facts))
    if not r.value(here, id=person.id, day=event.day):
        hint = N_("his days here: salescli staff show {staff}")
        found.append(problem("not_here_then", N_("{staff} did not work here on {day}"), rule="ORG-10", hint=hint, **facts))
    return found


def _legal(fine: int) -> list[Problem]:
    if not fine:
        return []
    text = N_("a fine on employees can break labour law; {fine:amount} is a proposal, nothing is posted")
    return [problem("fine_law", text, rule="X-22", fine=fine)]


def excuse(w: Writer, number: str, reason: str) -> Done:
    """Excuse a late arrival for a reason: it costs nothing and does not keep anybody from his share. ORG-10.

    Raises SalesError: 3 no such record, 6 it is excused already, 7 not one's own people.
    """
    row = w.session.exec(select(Attendance).where(Attendance.number == number.strip().upper())).first()
    if row is None:
        fail("attendance_not_found", N_("there is no attendance record {number}"), kind=Kind.NOT_FOUND,
             hint=N_("salescli staff attendance list"), number=number)  # fmt: skip
    code, name = w.reader.tuples("SELECT code, name FROM staff WHERE id = :id", id=row.staff_id)[0]
    raise_if(_check_team(w, Row(row.staff_id, code, name)))
    if row.excuse is not None:
        fail("excused_already", N_("{number} is excused already: {excuse}"), kind=Kind.STATE, rule="ORG-10",
             hint=N_("salescli staff attendance list"),
             number=row.number, excuse=row.excuse)  # fmt: skip
    before = row.fine
    row.excuse, row.fine = clean(reason, C_("reason"), NOTE, lines=True), 0
    w.document = row.number
    changes = (Change(C_("excuse"), None, row.excuse), *([Change(C_("fine"), amount_text(before), amount_text(0))] if before else []))
    return Done(msg(N_("{number} of {staff} is excused"), number=row.number, staff=code), row.number, changes)


def propose(w: Writer, span: Period) -> Done:
    """Let manager and finance approve a month's pot (AP-13); once they have, it is noted, and paid by hand. ORG-10, X-22.

    Raises SalesError: 4 fines are off, 5 to be approved, 6 the month runs still or the pot is empty.
    """
    found = reads_attendance.month_pot(w.reader, span)
    raise_if(rules_attendance.check_proposal(span, w.today, w.policy("penalty.mode", span.end), found.total))
    ask = reads_attendance.ask(span, found)
    text = N_("attendance pot of {period}: {total:amount} from {late}, shared by {good}")
    facts = {"period": span.name, "total": found.total, "late": list(found.fines), "good": list(found.shares)}
    raise_if(needed(w.reader, ask, "pot_approval", text, rule="ORG-10", **facts))
    w.document = ask.document
    w.note(ask.document, "approved pot handed to the leaders")
    return Done(
        msg(N_("the pot of {period} is approved: {total:amount} from {late}, shared by {good}"), **facts),
        ask.document, tuple(Change(code, None, amount_text(share)) for code, share in found.shares.items()),
        warnings=tuple(_legal(found.total)),
    )  # fmt: skip
