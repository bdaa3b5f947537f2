"""Writes of contacts with customers: recording, mending, accepting, rejecting (VIS-01, VIS-06, VIS-08)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlmodel import select

from salescli.core import changes
from salescli.core.access import require
from salescli.core.errors import Kind, Problem, fail, raise_if
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.lookup import Row, find, find_optional
from salescli.core.report import Done
from salescli.core.tasks_write import open_task
from salescli.core.text import NOTE, clean_or_none
from salescli.customer import actions_promise, reads_due, reads_plan, reads_trip, reads_visit, rules_visit
from salescli.customer.reads_owner import dealt
from salescli.customer.rules_standing import check_active
from salescli.customer.states import Channel, Review
from salescli.customer.states_work import AppointmentState
from salescli.customer.tables import Customer
from salescli.customer.tables_contact import Interaction
from salescli.customer.tables_visit import AfterSalesCall, Appointment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from salescli.core.writer import Writer

TEXTS: dict[str, changes.Read] = {
    "contact": changes.line(C_("contact_name"), 80),
    "purpose": changes.line(C_("purpose")),
    **{
        name: (lambda text, name=name: clean_or_none(text, name, NOTE, lines=True))  # type: ignore[misc]
        for name in (
            C_("preparation"), C_("content"), C_("need"), C_("feedback"), C_("problem"), C_("complaint"), C_("next_step"),
        )
    },
    "document": changes.line(C_("document"), 80),
}  # fmt: skip
"""The texts of a record (F-06)."""

SHEET: dict[str, changes.Read] = {
    name: (lambda text, name=name: clean_or_none(text, name, NOTE, lines=True))  # type: ignore[misc]
    for name in (
        C_("usage"), C_("opinion"), C_("know_how"), C_("services"), C_("events"), C_("advice"), C_("request"), C_("hope"), C_("answer"),
    )
}  # fmt: skip
"""The texts of the sheet of an after-sales call (F-08)."""

_TIME = re.compile(r"([0-9]{1,2})[:：]([0-9]{2})")


@dataclass(frozen=True)
class Visit:
    """A contact as typed. `texts` by field; None days mean: today, or by the contact plan. `joint`, `staff` as people name them."""

    texts: Mapping[str, str | None] = field(default_factory=dict)
    channel: Channel = Channel.VISIT
    day: date | None = None
    time: str | None = None
    next_on: date | None = None
    minutes: int | None = None
    joint: str | None = None
    staff: str | None = None
    short: bool = False
    promise: str | None = None
    promise_due: date | None = None
    sheet: Mapping[str, str | None] | None = None
    solved: bool = False


def clean_time(text: str | None) -> str | None:
    """A time of day as 09:30. Raises SalesError (usage, exit 2)."""
    if text is None:
        return None
    found = _TIME.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        fail("bad_time", N_('"{typed}" is no time of day; write it as 09:30'), kind=Kind.USAGE, typed=text)
    return f"{int(found[1]):02}:{found[2]}"


def record(w: Writer, reference: str, visit: Visit) -> Done:
    """Record a visit, call or other contact with a customer; it counts once a superior accepts it. VIS-01, VIS-03, VIS-06, VIS-08, CUS-09.

    Raises SalesError: 2 an unreadable text or time, 3 no such customer in your scope, 4 a day ahead or too long ago, need, feedback or next
    step missing, 6 an archived customer, 7 not yours to write.
    """
    require(w.actor, "customer.edit", w.verb)
    customer = w.get(Customer, find(w.reader, "customer", reference).id)
    author, joint = _author(w, visit.staff), find_optional(w.reader, "staff", visit.joint)
    day, texts = visit.day or w.today, changes.read_fields(visit.texts, TEXTS)
    in_depth = visit.channel is Channel.VISIT and not visit.short
    raise_if(
        [
            *check_active(customer.code, customer.name, customer.archived_on, customer.archived_reason),
            *rules_visit.check_day(day, w.today, w.policy("visit.backdate_days"), may=w.actor.may("backdate")),
            *rules_visit.check_filled(texts, visit.next_on, in_depth=in_depth),
            *rules_visit.check_said([*_words(texts), *(visit.sheet or {}).values(), visit.promise], visit.channel, in_depth=in_depth),
            *rules_visit.check_next(day, visit.next_on),
            *rules_visit.check_joint(author.id, joint.id if joint else None, author.code),
        ]
    )
    assert customer.id is not None
    gap = _longest_gap(w, customer, day)
    row = w.add(
        Interaction(
            number=w.number("VS", day), day=day, time=clean_time(visit.time), channel=visit.channel.value, staff_id=author.id,
            customer_id=customer.id, next_on=visit.next_on or day + timedelta(gap), minutes=visit.minutes,
            joint_id=joint.id if joint else None, trip=reads_trip.trip_on(w.reader, author.id, day), in_depth=in_depth, entered=w.today,
            entered_by=w.actor.id or None, **texts,
        )
    )  # fmt: skip
    return _recorded(w, customer, row, visit, gap)


def _words(texts: Mapping[str, str | None]) -> list[str | None]:
    """What a record says of the talk itself: whom one met, and about which paper, is not yet a word."""
    return [text for name, text in texts.items() if name not in ("contact", "document")]


def _longest_gap(w: Writer, customer: Customer, day: date) -> int:
    """Days after which the next contact is due at the latest: the prospects' gap, else the interval of the class. VIS-08, CUS-10, X-20."""
    assert customer.id is not None
    if dealt(w.reader, customer.id):
        return reads_plan.interval_of(w.reader, customer.customer_class, day)
    gap: int = w.policy("followup.max_gap_days", day)
    return gap


def _author(w: Writer, staff: str | None) -> Row:
    """The acting person, or one of his team he writes for. Raises SalesError (exit 7)."""
    if staff is None:
        return Row(w.actor.id, w.actor.code, w.actor.name)
    found = find(w.reader, "staff", staff)
    if found.id not in w.actor.own_or_team():
        text = N_("{staff} is not of your team; everybody records his own visits")
        hint = N_("let {staff} record it, or a superior of {staff}")
        fail("not_your_team", text, kind=Kind.FORBIDDEN, rule="VIS-01", hint=hint, staff=found.code)
    return found


def _recorded(w: Writer, customer: Customer, row: Interaction, visit: Visit, gap: int) -> Done:
    """What follows from a record: sheet, appointment, promise, complaint, warnings."""
    assert customer.id is not None
    assert row.next_on is not None
    if visit.sheet is not None and row.id is not None:
        w.add(AfterSalesCall(interaction_id=row.id, solved=visit.solved, **changes.read_fields(visit.sheet, SHEET)))
    kept = _keep_appointment(w, row)
    promise = actions_promise.make(w, customer.id, row.staff_id, visit.promise, visit.promise_due, row.day) if visit.promise else None
    task = _complaint(w, customer, row)
    warnings = rules_visit.warn_gap(row.day, row.next_on, w.policy("followup.min_gap_days"), gap) if visit.next_on else []
    if row.channel == Channel.AFTER_SALES:
        delivered = reads_due.last_delivery(w.reader, customer.id, row.day)
        warnings += rules_visit.warn_call_early(delivered, row.day, w.policy("followup.first_min_days", delivered or row.day))
    w.document = row.number
    text = N_("{number}: {channel:code} at {customer} {name} on {day}, next contact on {next}")
    facts = {"channel": row.channel, "customer": customer.code, "name": customer.name, "day": row.day.isoformat(),
             "next": row.next_on.isoformat()}  # fmt: skip
    return Done(
        _said(msg(text, number=row.number, **facts), kept, promise, task),
        row.number,
        next=_next(customer.code, row, task),
        facts={"appointment": kept, "promise": promise, "task": task, "next": facts["next"]},
        warnings=tuple(warnings),
    )


def _said(message: Message, kept: str | None, promise: str | None, task: str | None) -> Message:
    """What was recorded, and what came of it besides."""
    if kept:
        message = msg(N_("{said}; appointment {number} is kept"), said=message, number=kept)
    if promise:
        message = msg(N_("{said}; promise {number}"), said=message, number=promise)
    if task:
        message = msg(N_("{said}; the complaint is task {number}"), said=message, number=task)
    return message


def _next(customer: str, row: Interaction, task: str | None) -> tuple[str, ...]:
    lines = [f"salescli service open {customer} TEXT --document {row.number}"] if task else []
    return (*lines, f"salescli visit show {row.number}")


def _keep_appointment(w: Writer, row: Interaction) -> str | None:
    """A visit keeps the appointment of that day; its number. VIS-04."""
    if row.channel != Channel.VISIT:
        return None
    wanted = (
        Appointment.customer_id == row.customer_id, Appointment.staff_id == row.staff_id, Appointment.day == row.day,
        Appointment.state == AppointmentState.PLANNED.value,
    )  # fmt: skip
    found = w.session.exec(select(Appointment).where(*wanted).order_by(Appointment.number)).first()
    if found is None:
        return None
    found.state, found.interaction_id = AppointmentState.VISITED.value, row.id
    if row.joint_id is None and found.joint_id not in (None, row.staff_id):
        row.joint_id = found.joint_id
    w.session.flush()
    return found.number


COMPLAINT_RULE = "VIS-06"


def _complaint(w: Writer, customer: Customer, row: Interaction) -> str | None:
    """A complaint heard on the way becomes somebody's task until a ticket is opened for it; the task's number. VIS-06, SVC-01."""
    if not row.complaint:
        return None
    text = f"{customer.code} {customer.name}: {row.complaint}"[:NOTE]
    return open_task(w, customer.staff_id or row.staff_id, text, w.today, document=row.number, rule=COMPLAINT_RULE).number


# --- mending and judging ------------------------------------------------------------------------------------------------------


def edit(w: Writer, number: str, typed: Mapping[str, Any]) -> Done:
    """Mend one's own record as long as it is not accepted; a rejected one waits again. VIS-01.

    Raises SalesError: 3 no such record, 4 need, feedback or next step emptied, 6 accepted already, 7 somebody else's.
    """
    row = w.get(Interaction, reads_visit.key_of(w.reader, number).id)
    raise_if(rules_visit.check_editable(row.number, row.review, own=row.staff_id == w.actor.id))
    values = changes.read_fields(typed, TEXTS)
    after = {name: values.get(name, getattr(row, name)) for name in rules_visit.IN_DEPTH}
    next_on = values.get("next_on", row.next_on)
    raise_if(
        [
            *rules_visit.check_filled(after, next_on, in_depth=row.in_depth),
            *rules_visit.check_next(row.day, next_on),
            *_check_emptied(w, row, values),
        ]
    )
    found = list(changes.apply(row, values))
    if found and row.review == Review.REJECTED:
        found += changes.apply(row, {"review": Review.RECORDED.value})
        row.reviewed_by = row.reviewed_on = None
    w.session.flush()
    w.document = row.number
    text = N_("{number} is changed") if found else N_("{number}: nothing to change")
    return Done(msg(text, number=row.number), row.number, tuple(found), next=(f"salescli visit show {row.number}",))


def _check_emptied(w: Writer, row: Interaction, values: Mapping[str, Any]) -> list[Problem]:
    """What a call or short visit said is mended, not taken back: it settled what was due. VIS-01, VIS-06."""
    before = _words({name: getattr(row, name) for name in TEXTS})
    after = _words({name: values.get(name, getattr(row, name)) for name in TEXTS})
    sheet = w.reader.value("SELECT 'sheet' FROM after_sales_call WHERE interaction_id = :id", id=row.id)
    return rules_visit.check_said([*after, sheet], Channel(row.channel), in_depth=row.in_depth or not any(before))


def judge(w: Writer, numbers: Sequence[str], to: Review, reason: str | None = None) -> Done:
    """Accept records, or reject one for a reason; only accepted ones count. VIS-01, VIS-02, ORG-03.

    Raises SalesError: 2 no reason for a rejection, 3 no such record, 6 judged already, 7 your own, or not of your team.
    """
    require(w.actor, "visit.review", w.verb)
    rows = [w.get(Interaction, reads_visit.key_of(w.reader, number).id) for number in dict.fromkeys(numbers)]
    raise_if([found for row in rows for found in _check_judged(w, row, to)])
    for row in rows:
        row.review, row.reviewed_by, row.reviewed_on = to.value, w.actor.id, w.today
        row.review_note = clean_or_none(reason, C_("reason"), NOTE, lines=True)
    w.session.flush()
    w.document = rows[0].number
    text = N_("{number} is {state:code}") if len(rows) == 1 else N_("{count} {count:record|records} {count:is|are} {state:code}")
    return Done(msg(text, number=rows[0].number, count=len(rows), state=to.value), rows[0].number,
                next=("salescli visit list --review recorded",))  # fmt: skip


def _check_judged(w: Writer, row: Interaction, to: Review) -> list[Problem]:
    sql = "SELECT code FROM staff WHERE id = :id"
    author = w.reader.value(sql, id=row.staff_id)
    superior = row.staff_id in w.actor.own_or_team() or w.actor.visible("customers") is None
    own, wrote = row.staff_id == w.actor.id, row.entered_by == w.actor.id
    judged = rules_visit.Judged(row.number, row.review, author, own=own, superior=superior, wrote=wrote)
    return rules_visit.check_review(judged, to)


def waiting(w: Writer, staff: str) -> list[str]:
    """Numbers of the records of one of the team that wait for the acting person's word, the oldest first."""
    who = find(w.reader, "staff", staff)
    sql = """SELECT number FROM interaction WHERE staff_id = :staff AND review = 'recorded' AND channel = 'visit'
             AND (entered_by IS NULL OR entered_by = staff_id OR entered_by <> :me) ORDER BY day, id"""
    return w.reader.column(sql, staff=who.id, me=w.actor.id)


def judge_all(w: Writer, numbers: Sequence[str], all_of: str | None) -> Done:
    """Accept the records named, or all that wait of one person. VIS-01. Raises SalesError (2): neither, or both."""
    if bool(numbers) == bool(all_of):
        text = N_("name records, or --all-of a person")
        fail("nothing_named", text, kind=Kind.USAGE, rule="VIS-01", hint=N_("salescli visit list --review recorded"))
    wanted = list(numbers) or waiting(w, all_of or "")
    if not wanted:
        return Done(msg(N_("no record of {staff} waits"), staff=all_of))
    return judge(w, wanted, Review.ACCEPTED)
