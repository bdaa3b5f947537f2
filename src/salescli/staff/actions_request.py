"""Writes of requests: ask, answer, withdraw (ORG-12, ORG-13)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salescli.core.approval import stands_for, superiors
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import Row, find
from salescli.core.record import NamedTuple
from salescli.core.report import Done
from salescli.core.text import NOTE, clean, clean_or_none
from salescli.staff import reads_request, rules_request
from salescli.staff.states import BETWEEN_COMPANIES, RequestKind
from salescli.staff.tables_request import InternalRequest

if TYPE_CHECKING:
    from salescli.core.writer import Writer


class Question(NamedTuple):
    """A request as typed; `ours`: with a company, our supervisor asks theirs instead of the other way round."""

    text: str
    kind: RequestKind | None
    due: date | None
    document: str | None
    company: str | None
    contact: str | None
    ours: bool


def add(w: Writer, to: str, q: Question) -> Done:
    """Ask somebody of the office, or note a question between two companies' supervisors. ORG-12, ORG-13.

    Raises SalesError: 2 no text or a past day, 3 nobody of that name, 4 he left, is no supervisor, or the day is too late.
    """
    person = find(w.reader, "staff", to)
    latest = rules_request.answer_by(w.today, w.policy("inquiry.answer_days"))
    due = q.due or (latest if q.company else w.today)
    raise_if([*rules_request.check_due(due, w.today), *_check_here(w, person), *_check_between(w, person, q, latest, due)])
    row = w.add(
        InternalRequest(
            number=w.number("RQ"), kind=_kind(q).value, asker_id=_asker(w, person, q), to_id=person.id,
            company=clean_or_none(q.company, C_("company")), contact=clean_or_none(q.contact, C_("contact_name"), 80),
            text=clean(q.text, C_("question"), NOTE, lines=True), document=clean_or_none(q.document, C_("document"), 80),
            day=w.today, due=due, filed_by=w.actor.id or None,
        )
    )  # fmt: skip
    w.document = row.number
    return Done(
        msg(N_("{number}: asked of {staff} {name}, to be answered by {due}"), number=row.number, staff=person.code, name=person.name,
            due=due.isoformat()),
        row.number,
        next=(f"salescli staff request answer {row.number} TEXT",),
        warnings=() if q.company else tuple(_skips(w, person)),
    )  # fmt: skip


def _kind(q: Question) -> RequestKind:
    """What it is about; a question between companies is one of those kinds. Raises SalesError (usage)."""
    kind = q.kind or RequestKind.OTHER
    if q.company and kind not in BETWEEN_COMPANIES:
        text = N_("{asked:code} is no question between two companies: {known:code}")
        fail("kind_not_between", text, kind=Kind.USAGE, rule="ORG-13", asked=kind, known=sorted(BETWEEN_COMPANIES))
    return kind


def _asker(w: Writer, person: Row, q: Question) -> int | None:
    """Inside the office who files it; between companies our supervisor when we ask, nobody of ours when they do."""
    if not q.company:
        return w.actor.id
    return person.id if q.ours else None


def _check_here(w: Writer, person: Row) -> list[Problem]:
    left = w.reader.value("SELECT left_on FROM staff WHERE id = :id AND left_on < :today", id=person.id, today=w.today)
    if not left:
        return []
    hint = N_("choose somebody who is here: salescli staff list")
    return [problem("asked_left", N_("{staff} left on {left}"), rule="ORG-06", hint=hint, staff=person.code, left=left)]


def _check_between(w: Writer, person: Row, q: Question, latest: date, due: date) -> list[Problem]:
    if not q.company:
        return []
    sql = """SELECT count(*) FROM staff s WHERE s.superior_id = :id AND coalesce(s.left_on, '9999-12-31') >= :today"""
    leads = bool(w.reader.value(sql, id=person.id, today=w.today)) or _is_supervisor(w, person.id)
    return rules_request.check_between(rules_request.Between(person.code, leads, latest, due))


def _is_supervisor(w: Writer, staff_id: int) -> bool:
    return bool(w.reader.value("SELECT count(*) FROM staff_role WHERE staff_id = :id AND role = 'supervisor'", id=staff_id))


def _skips(w: Writer, person: Row) -> list[Problem]:
    above = [w.reader.value("SELECT code FROM staff WHERE id = :id", id=i) for i in superiors(w.reader, w.actor.id)]
    return rules_request.skips(w.actor.code, above[0] if above else None, person.code, tuple(above))


def answer(w: Writer, number: str, text: str) -> Done:
    """Answer a request in writing: who was asked, his deputy, or his superior. ORG-12, ORG-13.

    Raises SalesError: 2 no text, 3 no such request, 6 not open, 7 somebody else was asked.
    """
    found = reads_request.request(w.reader, number)
    raise_if([*rules_request.check_open(found.number, found.state), *_check_asked(w, found)])
    row = w.get(InternalRequest, found.id)
    row.answer, row.answered_on, row.answered_by = clean(text, C_("answer"), NOTE, lines=True), w.today, w.actor.id
    w.document = row.number
    late = rules_request.late_days(row.due, w.today, w.today)
    sentence = N_("{number} is answered, {late} {late:day|days} late") if late else N_("{number} is answered in time")
    return Done(msg(sentence, number=row.number, late=late), row.number, next=("salescli staff request list",), facts={"late": late})


def _check_asked(w: Writer, found: reads_request.Request) -> list[Problem]:
    if found.to_id in w.actor.own_or_team() or found.to_id in stands_for(w.reader, w.actor.id):
        return []
    text = N_("{number} was asked of {to}; only {to}, his deputy or his superior answers")
    hint = N_("what waits for you: salescli staff request list")
    return [problem("not_asked", text, kind=Kind.FORBIDDEN, rule="ORG-12", hint=hint, number=found.number, to=found.to)]


def withdraw(w: Writer, number: str) -> Done:
    """Take a request back: who asked or filed it. ORG-12. Raises SalesError: 3 no such request, 6 not open, 7 somebody else's."""
    found = reads_request.request(w.reader, number)
    raise_if(rules_request.check_open(found.number, found.state))
    if w.actor.id not in (found.asker_id, found.filed_by):
        fail("not_your_question", N_("{number} is {asker}'s request"), kind=Kind.FORBIDDEN, rule="ORG-12",
             hint=N_("your own: salescli staff request list"),
             number=found.number, asker=found.asked_by)  # fmt: skip
    w.get(InternalRequest, found.id).withdrawn_on = w.today
    w.document = found.number
    return Done(msg(N_("{number} is withdrawn"), number=found.number), found.number)
