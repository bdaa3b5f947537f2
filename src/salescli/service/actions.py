"""Writes of tickets: taking one, every step on the way to its end (SVC-01, SVC-02)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.errors import Kind, fail, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find_optional
from salescli.core.report import Done
from salescli.core.text import NOTE, clean, clean_or_none
from salescli.service import reads, rules
from salescli.service.states import Step
from salescli.service.tables import Ticket, TicketStep

if TYPE_CHECKING:
    from datetime import date, time

    from salescli.core.writer import Writer


def open_ticket(
    w: Writer,
    customer: str,
    content: str,
    *,
    kind: str = "complaint",
    contact: str | None = None,
    product: str | None = None,
    document: str | None = None,
    about: str | None = None,
    cause: str | None = None,
    staff: str | None = None,
    at: time | None = None,
) -> Done:
    """Take a complaint or a wish; the customer's agent handles it unless `staff` is named. SVC-01, SVC-04, F-28.

    Raises SalesError: 2 no text, 3 no such customer, product or person, 4 nobody to handle it.
    """
    customer_id, code, name = reads.customer_of(w.reader, customer)
    goods, blamed, named = (
        find_optional(w.reader, "product", product),
        find_optional(w.reader, "staff", about),
        find_optional(w.reader, "staff", staff),
    )
    agent = named.id if named else reads.agent_for(w.reader, customer_id)
    if agent is None:
        fail(
            "no_agent",
            N_("customer {customer} has neither a follow-up agent nor an owner"),
            rule="SVC-04",
            hint=N_("salescli service agent {customer} STAFF, or add --staff"),
            customer=code,
        )
    row = w.add(
        Ticket(
            number=w.number("SV"),
            kind=kind,
            customer_id=customer_id,
            contact=clean_or_none(contact, C_("contact_name"), 80),
            day=w.today,
            time=at.strftime("%H:%M") if at else None,
            content=clean(content, C_("content"), NOTE, lines=True),
            cause=clean_or_none(cause, C_("cause"), 80),
            product_id=goods.id if goods else None,
            document=clean_or_none(document, C_("document"), 80),
            about_id=blamed.id if blamed else None,
            agent_id=agent,
            taken_by=w.actor.id,
        )
    )
    w.document = row.number
    limits = reads.deadlines(w.reader, w.today)
    return Done(
        msg(
            N_("ticket {number} for {customer} {name} is taken; a solution is due within {days} days, then it goes to the superior"),
            number=row.number,
            customer=code,
            name=name,
            days=limits.escalate_days,
        ),
        document=row.number,
        next=(f"salescli service answer {row.number} TEXT", f"salescli service solve {row.number} TEXT"),
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

    Raises SalesError: 2 nothing said where something must be, 3 no such ticket, 6 a step that cannot follow.
    """
    found = reads.ticket(w.reader, number)
    said = clean_or_none(text, C_("text"), NOTE, lines=True)
    now = reads.standing_of(w.reader, found, w.today)
    raise_if(rules.check_step(found.number, now.state, step, said))
    row = w.get(Ticket, found.id)
    w.add(TicketStep(ticket_id=found.id, day=w.today, step=step.value, staff_id=w.actor.id, text=said, score=score))
    row.kept_last, row.kept_solved = step.value, _solved(row.kept_solved, step, w.today)
    if cause is not None:
        row.cause = clean_or_none(cause, C_("cause"), 80)
    w.document = found.number
    late = now.late_days if step in (Step.SOLVED, Step.TOLD) else 0
    sentence = N_("ticket {number} is {step:code}, {late} days late") if late else N_("ticket {number} is {step:code}")
    following = NEXT.get(step)
    return Done(
        msg(sentence, number=found.number, step=step.value, late=late),
        document=found.number,
        next=(f"salescli service {following.format(number=found.number)}",) if following else (),
    )


def _solved(known: date | None, step: Step, day: date) -> date | None:
    """The day of the solution that stands after a step: a reopening takes it away."""
    return {Step.SOLVED: day, Step.REOPENED: None}.get(step, known)


def hand_to(w: Writer, number: str, staff: str) -> Done:
    """Give a ticket to another agent. SVC-04."""
    found = reads.ticket(w.reader, number)
    person = find_optional(w.reader, "staff", staff)
    if person is None:
        fail("no_agent", N_("say who handles {number}"), kind=Kind.USAGE, number=found.number)
    w.get(Ticket, found.id).agent_id = person.id
    w.document = found.number
    return Done(msg(N_("ticket {number} is now {staff}'s"), number=found.number, staff=person.code), document=found.number)
