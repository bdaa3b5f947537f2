"""Writes of tickets: taking one, every step on the way to its end (SVC-01, SVC-02)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salescli.core.dates import month_of
from salescli.core.errors import fail, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import Row, find, find_optional
from salescli.core.record import NamedTuple
from salescli.core.report import Done
from salescli.core.tasks_write import close_tasks_of
from salescli.core.text import NOTE, clean, clean_or_none
from salescli.customer.actions_visit import COMPLAINT_RULE, clean_time
from salescli.customer.reads_archive import check_in_use
from salescli.service import reads, reads_handler, rules
from salescli.service.states import Step, TicketKind
from salescli.service.tables import Ticket, TicketStep

if TYPE_CHECKING:
    from salescli.core.errors import Problem
    from salescli.core.writer import Writer


class Call(NamedTuple):
    """What a customer brings forward, as typed; people, product and document as one names them. F-28."""

    content: str
    kind: str = "complaint"
    contact: str | None = None
    product: str | None = None
    document: str | None = None
    about: str | None = None
    cause: str | None = None
    staff: str | None = None
    at: str | None = None


def open_ticket(w: Writer, customer: str, call: Call) -> Done:
    """Take a complaint or a wish; the task which a visit's complaint opened is settled by it. SVC-01, VIS-06, F-28.

    Raises SalesError: 2 no text or time, 3 no such customer, person, product or document, 4 nobody to handle it, 6 archived, 7 a handler
    involved.
    """
    buyer = find(w.reader, "customer", customer)
    raise_if(check_in_use(w.reader, buyer.id))
    goods, blamed = find_optional(w.reader, "product", call.product), find_optional(w.reader, "staff", call.about)
    row = w.add(
        Ticket(
            number=w.number("SV"),
            kind=call.kind,
            customer_id=buyer.id,
            contact=clean_or_none(call.contact, C_("contact_name"), 80),
            day=w.today,
            time=clean_time(call.at),
            content=clean(call.content, C_("content"), NOTE, lines=True),
            cause=clean_or_none(call.cause, C_("cause"), 80),
            product_id=goods.id if goods else None,
            document=_document(w, buyer, call.document),
            about_id=blamed.id if blamed else None,
            agent_id=_handler(w, buyer, blamed, call.staff),
            taken_by=w.actor.id,
        )
    )
    w.document = row.number
    settled = close_tasks_of(w, row.document, COMPLAINT_RULE, row.number) if row.document else 0
    return _taken(w, row, buyer, settled)._replace(warnings=tuple(_warnings(w, row, blamed)))


def _warnings(w: Writer, row: Ticket, blamed: Row | None) -> list[Problem]:
    """What a leader should know of a complaint about one of his people. SVC-06."""
    if blamed is None or row.kind != TicketKind.COMPLAINT:
        return []
    return rules.warn_complaints(
        blamed.code, reads.complaints_about(w.reader, blamed.id, month_of(w.today)), w.policy("complaint.per_rep_month")
    )


def _document(w: Writer, customer: Row, typed: str | None) -> str | None:
    """The number of what a ticket is about, as the book writes it. Raises SalesError (exit 3) for a number that is not this customer's."""
    text = clean_or_none(typed, C_("document"), 80)
    if text is None:
        return None
    found = reads.paper(w.reader, text)
    raise_if(rules.check_paper(text, customer.code, owned=found and found.customer_id == customer.id))
    return found.number if found else text


def _handler(w: Writer, customer: Row, about: Row | None, named: str | None) -> int:
    """Whoever is named, else whom the customer and the one complained about leave. Raises SalesError: 4 nobody, 7 somebody involved."""
    if named is not None:
        return _able(w, find(w.reader, "staff", named), about)
    found = reads_handler.handler(w.reader, customer.id, about.id if about else None)
    if found is None and about is not None:
        text, hint = N_("nobody here stands above {about} to handle the complaint"), N_("say who handles it: --staff CODE")
        fail("no_agent", text, rule="SVC-06", hint=hint, about=about.code)
    if found is None:
        text, hint = (
            N_("customer {customer} has neither a follow-up agent nor an owner"),
            N_("salescli service agent {customer} STAFF, or add --staff"),
        )
        fail("no_agent", text, rule="SVC-04", hint=hint, customer=customer.code)
    return found


def _able(w: Writer, staff: Row, about: Row | None) -> int:
    """The id of somebody who may handle a ticket. Raises SalesError: 4 he has left, 7 he is involved. SVC-04, ORG-03."""
    left = w.reader.value("SELECT left_on FROM staff WHERE id = :id AND left_on < :today", id=staff.id, today=w.today)
    involved = reads_handler.involved(w.reader, staff.id, about.id if about else None)
    raise_if(rules.check_handler(staff.code, about.code if about else None, involved=involved, left=left))
    return staff.id


def _taken(w: Writer, row: Ticket, customer: Row, settled: int) -> Done:
    """What is said of a new ticket."""
    agent = w.reader.value("SELECT code FROM staff WHERE id = :id", id=row.agent_id)
    taken = msg(
        N_("ticket {number} for {customer} {name} is taken, {agent} handles it; a solution is due by {due}, then it goes to the superior"),
        number=row.number,
        customer=customer.code,
        name=customer.name,
        agent=agent,
        due=reads.solve_by(w.reader, w.today).isoformat(),
    )
    return Done(
        msg(N_("{said}; the task of {document} is settled"), said=taken, document=row.document) if settled else taken,
        document=row.number,
        next=(f"salescli service answer {row.number} TEXT", f"salescli service solve {row.number} TEXT"),
        facts={"agent": agent, "tasks_settled": settled},
    )


NEXT = {
    Step.ANSWERED: "solve {number} TEXT",
    Step.STUDIED: "solve {number} TEXT",
    Step.ESCALATED: "solve {number} TEXT",
    Step.SOLVED: "tell {number}",
    Step.TOLD: "close {number} --score 5",
    Step.REOPENED: "solve {number} TEXT",
}


def take_step(w: Writer, number: str, step: Step, text: str | None = None, *, score: int | None = None, cause: str | None = None) -> Done:
    """Note a step of a ticket. SVC-01, SVC-02.

    Raises SalesError: 2 nothing said where something must be, 3 no such ticket, 4 a day before the last step, 6 a step that cannot follow,
    7 a complaint about oneself.
    """
    found = reads.ticket(w.reader, number)
    said = clean_or_none(text, C_("text"), NOTE, lines=True)
    now = reads.standing_of(w.reader, found, w.today)
    involved = reads_handler.involved(w.reader, w.actor.id, found.about_id)
    problems = [*rules.check_step(found.number, now.state, step, said), *rules.check_step_day(found.number, w.today, _last_day(w, found))]
    raise_if([*problems, *rules.check_handler(w.actor.code, found.about, involved=involved)])
    row = w.get(Ticket, found.id)
    w.add(TicketStep(ticket_id=found.id, day=w.today, step=step.value, staff_id=w.actor.id, text=said, score=score))
    row.kept_last, row.kept_solved = step.value, _solved(row.kept_solved, step, w.today)
    row.kept_reopened = w.today if step is Step.REOPENED else row.kept_reopened
    if cause is not None:
        row.cause = clean_or_none(cause, C_("cause"), 80)
    w.document = found.number
    late = now.late_days if step in (Step.SOLVED, Step.TOLD) else 0
    sentence = N_("ticket {number} is {step:code}, {late} {late:day|days} late") if late else N_("ticket {number} is {step:code}")
    if step is Step.REOPENED:
        sentence = N_("ticket {number} is {step:code}; a solution is due by {due}")
    following, due = NEXT.get(step), reads.solve_by(w.reader, w.today).isoformat()
    return Done(
        msg(sentence, number=found.number, step=step.value, late=late, due=due),
        document=found.number,
        next=(f"salescli service {following.format(number=found.number)}",) if following else (),
    )


def _last_day(w: Writer, found: reads.TicketRow) -> date:
    """The day of the ticket's last step, or on which it came."""
    return date.fromisoformat(w.reader.value("SELECT max(day) FROM ticket_step WHERE ticket_id = :id", id=found.id) or found.day)


def _solved(known: date | None, step: Step, day: date) -> date | None:
    """The day of the solution that stands after a step: a reopening takes it away."""
    return {Step.SOLVED: day, Step.REOPENED: None}.get(step, known)


def hand_to(w: Writer, number: str, staff: str) -> Done:
    """Give a ticket to another agent. SVC-04. Raises SalesError: 3 unknown, 4 he has left, 7 the one complained about, or his people."""
    found = reads.ticket(w.reader, number)
    about = Row(found.about_id, found.about or "", "") if found.about_id else None
    person = find(w.reader, "staff", staff)
    w.get(Ticket, found.id).agent_id = _able(w, person, about)
    w.document = found.number
    return Done(msg(N_("ticket {number} is now {staff}'s"), number=found.number, staff=person.code), document=found.number)
