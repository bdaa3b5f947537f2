"""After a reception: the confirmation sheet, the make-up customer, the count told at the day's end (LED-06, LED-07, LED-09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from salescli.core.access import require
from salescli.core.approval import Ask, granted
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.report import Change, Done
from salescli.core.text import NOTE, clean_or_none
from salescli.customer import reads_owner
from salescli.lead import reads_desk, rules_desk
from salescli.lead.reads_source import find_source
from salescli.lead.states import Entrance, LeadState
from salescli.lead.tables import Lead
from salescli.lead.tables_desk import DeskReport, Reception

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.writer import Writer


def confirm(w: Writer, number: str, source: str | None) -> Done:
    """Fill the confirmation sheet (F-05): visitor, rep, information channel, day; the lead takes the channel as its source. LED-01, LED-06.

    Raises SalesError: 2 no channel, 3 unknown reception or channel, 7 neither the rep who got him nor above him.
    """
    row = _own(w, number)
    before, channel = row.channel, find_source(w.reader, source)
    row.channel, row.confirmed_on = channel, w.today
    lead = w.get(Lead, row.lead_id) if row.lead_id and not row.known else None
    if lead is not None:
        lead.source = channel
    w.session.flush()
    text = N_("{number} {visitor}: heard of us by {channel:code}, confirmed by {staff}")
    return Done(
        msg(text, number=row.number, visitor=row.name, channel=channel, staff=w.actor.code),
        document=row.number,
        changes=(Change("source", before, channel),) if before != channel else (),
        next=(f"salescli lead follow {lead.number} TEXT --next +3d",) if lead else (),
    )


def _own(w: Writer, number: str) -> Reception:
    """The reception, for the rep who got him and those above him. Raises SalesError: 3, 7."""
    row = w.session.exec(select(Reception).where(Reception.number == number.strip().upper())).first()
    if row is None:
        fail(
            "reception_not_found",
            N_("there is no reception {number}"),
            kind=Kind.NOT_FOUND,
            hint=N_("salescli lead register"),
            number=number,
        )
    visible = w.actor.visible("customers")
    if visible is not None and row.staff_id not in visible:
        text = N_("{number} went to {staff}; he confirms it")
        fail("not_your_visitor", text, kind=Kind.FORBIDDEN, rule="LED-06",
             hint=N_("{staff} says it himself, or a superior of {staff}"), number=row.number,
             staff=reads_owner.code_of(w.reader, row.staff_id))  # fmt: skip
    w.document = row.number
    return row


def research(w: Writer, number: str, proof: str | None, *, joint: bool) -> Done:
    """Report that a visitor was a market researcher; once granted (AP-09) his rep gets the next new visitor. LED-07.

    Raises SalesError: 3, 4 no new visitor or not proved together, 5 not granted yet, 6 made up for already, 7 not yours.
    """
    row = _own(w, number)
    why = clean_or_none(proof, C_("proof"), NOTE, lines=True)
    entrance = Entrance(row.entrance)
    made_up = row.make_up_on is not None
    raise_if(rules_desk.check_research(row.number, entrance=entrance, known=row.known, joint=joint and bool(why), made_up=made_up))
    raise_if(_check_granted(w, row, why))
    row.research, row.proof, row.make_up_on = True, why, w.today
    _drop_lead(w, row)
    w.session.flush()
    text = N_("{number} {visitor} was market research; {staff} gets the next new visitor")
    return Done(
        msg(text, number=row.number, visitor=row.name, staff=reads_owner.code_of(w.reader, row.staff_id)),
        document=row.number,
        next=("salescli lead register",),
    )  # fmt: skip


def _check_granted(w: Writer, row: Reception, proof: str | None) -> list[Problem]:
    """Front desk and director decide on make-up customers. AP-09."""
    ask = Ask("AP-09", row.number, {"staff": row.staff_id, "proof": proof})
    if granted(w.reader, ask):
        return []
    text = N_("a make-up customer for {number} {visitor} takes the front desk's and the director's approval; proof: {proof}")
    hint = N_('ask for it: --request "market research"')
    return [problem("make_up_approval", text, kind=Kind.APPROVAL, rule="LED-07", hint=hint, ask=ask, number=row.number, visitor=row.name,
                    proof=proof)]  # fmt: skip


def _drop_lead(w: Writer, row: Reception) -> None:
    """The lead such a visit made is none."""
    lead = w.get(Lead, row.lead_id) if row.lead_id else None
    if lead is not None and lead.closed is None and lead.customer_id is None:
        lead.state, lead.closed, lead.next_on, lead.lost_reason = LeadState.INVALID.value, w.today, None, row.number


def tell(w: Writer, day: date | None = None, note: str | None = None) -> Done:
    """Tell the assistant the count of a day: visitors, of which new, calls; again when more came after it was told. LED-09.

    Raises SalesError: 4 a day ahead, 6 told already, and nobody came since.
    """
    if not reads_desk.acts_as_desk(w.reader):
        require(w.actor, "lead.desk", w.verb)
    told = day or w.today
    if told > w.today:
        hint = N_("leave out the day to tell today's count")
        fail("day_ahead", N_("{day} is not over yet"), rule="LED-09", hint=hint, day=told.isoformat())
    count = reads_desk.count_of(w.reader, told)
    figures = (count.visitors, count.new_visitors, count.calls)
    row = w.session.exec(select(DeskReport).where(DeskReport.day == told)).first()
    if row is not None and (row.visitors, row.new_visitors, row.calls) == figures:
        fail("told_already", N_("the count of {day} was told already"), kind=Kind.STATE, rule="LED-09",
             hint=N_("salescli lead desk-report --period {day}"), day=told.isoformat())  # fmt: skip
    row = row or DeskReport(day=told)
    row.visitors, row.new_visitors, row.calls = figures
    row.told_on, row.staff_id = w.today, w.actor.id
    row.note = clean_or_none(note, C_("note"), NOTE, lines=True) or row.note
    w.add(row)
    w.document = told.isoformat()
    text = N_("{day}: visitors {visitors} (new {new}), calls {calls}")
    return Done(
        msg(text, day=told.isoformat(), visitors=count.visitors, new=count.new_visitors, calls=count.calls),
        document=told.isoformat(),
        next=(f"salescli lead desk-report --period {told.isoformat()}",),
        facts=count._asdict(),
    )
