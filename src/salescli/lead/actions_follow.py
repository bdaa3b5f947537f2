"""What happens with a lead from contact to contact: follow-ups, comments of superiors, objections and answers (LED-12, LED-13, F-07)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Done
from salescli.core.tasks_write import open_task
from salescli.core.text import NOTE, clean, clean_or_none
from salescli.customer import reads_owner
from salescli.customer.rules_visit import says
from salescli.customer.states import Channel
from salescli.customer.tables_contact import Interaction
from salescli.lead import rules
from salescli.lead.actions import load, load_in_hand, standing
from salescli.lead.states import LEAD_MOVES, Intent, LeadState, Stage, StallReason
from salescli.lead.tables_follow import FollowUp, LeadComment, Objection

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.writer import Writer
    from salescli.lead.tables import Lead


class Contact(NamedTuple):
    """A follow-up as typed (F-07). `day` None: today; `stall`: why it stands still; `promise` goes with `promise_due`."""

    content: str
    channel: Channel = Channel.CALL
    day: date | None = None
    person: str | None = None
    need: str | None = None
    next_step: str | None = None
    next_on: date | None = None
    minutes: int | None = None
    intent: Intent | None = None
    stall: StallReason | None = None
    promise: str | None = None
    promise_due: date | None = None


def follow(w: Writer, reference: str, contact: Contact) -> Done:
    """Record a contact with a lead: what was said, how keen they are, why it stands still, when the next one is, what was promised.

    LED-12, LED-13, VIS-08, CUS-09.
    Raises SalesError: 2 no text, 4 no next day, a stalled stage without a fitting reason, a day ahead, 6 closed, 7 not yours.
    """
    lead = load_in_hand(w, reference)
    day = contact.day or w.today
    raise_if(_check(w, lead, contact, day))
    record = w.add(interaction(w, lead, contact.channel, contact.content, day, contact))
    promised = _keep(w, lead, record, contact)
    _carry_on(lead, contact)
    w.session.flush()
    w.document = lead.number
    text = N_("{record}: contact with {number} {name} on {day}, next on {next}")
    if lead.next_on is None:
        text = N_("{record}: contact with {number} {name} on {day}")
    least, most = w.policy("followup.min_gap_days"), w.policy("followup.max_gap_days")
    following = lead.next_on.isoformat() if lead.next_on else None
    said = msg(text, record=record.number, number=lead.number, name=lead.name, day=day.isoformat(), next=following)
    return Done(
        msg(N_("{said}; the promise is task {task}"), said=said, task=promised) if promised else said,
        document=record.number,
        next=(f"salescli lead stage {lead.number} STAGE", f"salescli lead show {lead.number}"),
        facts={"lead": lead.number, "stage": lead.stage, "intent": lead.intent, "task": promised},
        warnings=tuple(rules.gap_warnings(day, contact.next_on, least, most)),
    )


def _check(w: Writer, lead: Lead, contact: Contact, day: date) -> list[Problem]:
    facts, limit = standing(w, lead), w.policy("stage.stall_days")
    intent = contact.intent or facts.intent
    found = rules.check_follow_day(day, w.today, lead.created, w.policy("visit.backdate_days"), may=w.actor.may("backdate"))
    found += rules.check_next_contact(facts, day, contact.next_on)
    if not says(contact.content):
        text, hint = N_("the record of this contact says nothing"), N_("say it: salescli lead follow {number} TEXT")
        found.append(problem("nothing_said", text, rule="VIS-01", hint=hint, number=lead.number))
    found += rules.check_stall_reason(facts, intent, contact.stall, w.today, limit)
    if (contact.promise is None) != (contact.promise_due is None):
        text = N_("a promise has a day by which it is kept: --promise TEXT --promise-due DATE")
        found.append(problem("promise_due", text, kind=Kind.USAGE, rule="CUS-09"))
    return found


def interaction(w: Writer, lead: Lead, channel: Channel, content: str, day: date, contact: Contact | None = None) -> Interaction:
    """The contact as the log of all contacts keeps it; a visit counts as in-depth when need and next step are said. VIS-01, F-06."""
    more = contact or Contact(content)
    need, step = (
        clean_or_none(text, field, NOTE, lines=True) for text, field in ((more.need, C_("need")), (more.next_step, C_("next_step")))
    )
    return Interaction(
        number=w.number("VS"),
        day=day,
        channel=channel.value,
        staff_id=w.actor.id,
        customer_id=lead.customer_id,
        lead_number=lead.number,
        contact=clean_or_none(more.person, C_("contact_name"), 80),
        content=clean(content, C_("content"), NOTE, lines=True),
        need=need,
        next_step=step,
        next_on=more.next_on,
        minutes=more.minutes,
        in_depth=channel is Channel.VISIT and None not in (need, step),
        entered=w.today,
        entered_by=w.actor.id or None,
    )


def _keep(w: Writer, lead: Lead, record: Interaction, contact: Contact) -> str | None:
    """The funnel's side of the contact; a promise opens a task for its day, whose number is returned. CUS-09."""
    promise = clean_or_none(contact.promise, C_("promise"), NOTE, lines=True)
    task = None
    if promise and contact.promise_due:
        task = open_task(w, lead.staff_id or w.actor.id, promise, contact.promise_due, document=lead.number, rule="CUS-09").number
    intent = contact.intent or lead.intent
    assert lead.id is not None
    assert record.id is not None
    w.add(
        FollowUp(
            lead_id=lead.id, interaction_id=record.id, stage=lead.stage, intent=intent, stall_reason=contact.stall, promise=promise,
            promise_due=contact.promise_due if promise else None, task=task,
        )
    )  # fmt: skip
    return task


def _carry_on(lead: Lead, contact: Contact) -> None:
    """What a contact changes about the lead: intent, next day, and a new lead is contacted."""
    lead.intent = contact.intent or lead.intent
    lead.next_on = contact.next_on
    if (LeadState(lead.state), LeadState.CONTACTED) in LEAD_MOVES:
        lead.state = LeadState.CONTACTED.value


# --- comments ---------------------------------------------------------------------------------------------------------------


def comment(w: Writer, reference: str, text: str, on: str | None = None) -> Done:
    """Say something about a lead or one of its follow-ups: superiors comment, the owner answers. LED-13.

    Raises SalesError: 3 no such follow-up of this lead, 7 neither owner nor above him.
    """
    lead = load(w, reference)
    visible = w.actor.visible("customers")
    if lead.staff_id is not None and visible is not None and lead.staff_id not in visible:
        raise_if(rules.check_in_hand(lead.number, lead.staff_id, reads_owner.code_of(w.reader, lead.staff_id), visible, leader=False))
    assert lead.id is not None
    said = clean(text, C_("comment"), NOTE, lines=True)
    record = _follow_up(w, lead, on) if on else None
    w.add(LeadComment(lead_id=lead.id, interaction_id=record, day=w.today, staff_id=w.actor.id, text=said))
    w.document = lead.number
    sentence = N_("comment on {on} of {number} {name} is kept") if on else N_("comment on {number} {name} is kept")
    return Done(msg(sentence, number=lead.number, name=lead.name, on=on), document=lead.number, next=(f"salescli lead log {lead.number}",))


def _follow_up(w: Writer, lead: Lead, number: str) -> int:
    sql = "SELECT id FROM interaction WHERE number = :number AND lead_number = :lead"
    found: int | None = w.reader.value(sql, number=number.strip().upper(), lead=lead.number)
    if found is None:
        fail("follow_up_not_found", N_("{lead} has no follow-up {number}"), kind=Kind.NOT_FOUND, hint=N_("salescli lead log {lead}"),
             lead=lead.number, number=number)  # fmt: skip
    return found


# --- objections ---------------------------------------------------------------------------------------------------------------


def objection(w: Writer, reference: str, text: str, answer: str | None = None) -> Done:
    """Note what the other side has against it, with the answer when there is one. LED-12."""
    lead = load_in_hand(w, reference)
    assert lead.id is not None
    position = 1 + int(w.reader.value("SELECT coalesce(max(position), 0) FROM objection WHERE lead_id = :id", id=lead.id))
    answered = clean_or_none(answer, C_("answer"), NOTE, lines=True)
    w.add(
        Objection(
            lead_id=lead.id, position=position, day=w.today, staff_id=w.actor.id, text=clean(text, C_("objection"), NOTE, lines=True),
            answer=answered, answered_on=w.today if answered else None,
        )
    )  # fmt: skip
    following = () if answered else (f"salescli lead answer {lead.number} {position} TEXT",)
    sentence = N_("objection {position} to {number} {name} is kept")
    return Done(msg(sentence, position=position, number=lead.number, name=lead.name), document=lead.number, next=following,
                facts={"position": position})  # fmt: skip


def answer(w: Writer, reference: str, position: int, text: str) -> Done:
    """Answer an objection; a later answer replaces the earlier one (the history keeps both). LED-12. Raises SalesError: 3 no such."""
    lead = load_in_hand(w, reference)
    row = w.session.exec(select(Objection).where(Objection.lead_id == lead.id, Objection.position == position)).first()
    if row is None:
        fail("objection_not_found", N_("{number} has no objection {position}"), kind=Kind.NOT_FOUND,
             hint=N_("salescli lead log {number}"), number=lead.number, position=position)  # fmt: skip
    row.answer, row.answered_on = clean(text, C_("answer"), NOTE, lines=True), w.today
    w.session.flush()
    sentence = N_("objection {position} to {number} {name} is answered")
    return Done(msg(sentence, position=position, number=lead.number, name=lead.name), document=lead.number,
                next=(f"salescli lead stage {lead.number} {Stage.NEGOTIATE.value}",) if lead.stage == Stage.VALUE else ())  # fmt: skip
