"""Writes of appointments: made, prepared, called off (VIS-04, PLN-07)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from salescli.core.access import require
from salescli.core.errors import Kind, fail, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import Row, find, find_here
from salescli.core.record import NamedTuple
from salescli.core.report import Done
from salescli.core.text import NOTE, clean, clean_or_none
from salescli.customer import reads_appointment, rules_visit
from salescli.customer.actions_visit import clean_time
from salescli.customer.rules_standing import check_active
from salescli.customer.states_work import AppointmentState, Preparation
from salescli.customer.tables import Customer
from salescli.customer.tables_visit import Appointment, AppointmentItem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salescli.core.writer import Writer

STANDARD = (Preparation.NEEDS, Preparation.PAINS, Preparation.PAPERS, Preparation.TOOLS)
"""What every appointment is prepared with."""


class Agreed(NamedTuple):
    """An appointment as typed; people as one names them, `items` beyond what every appointment is prepared with."""

    purpose: str
    at: str | None = None
    place: str | None = None
    contact: str | None = None
    staff: str | None = None
    joint: str | None = None
    items: Sequence[str] = ()


def appoint(w: Writer, reference: str, day: date, agreed: Agreed) -> Done:
    """Agree on a visit beforehand, with the list of what to prepare; a superior makes joint ones for his reps. VIS-04, PLN-07.

    Raises SalesError: 2 no purpose or unreadable time, a day gone, 3 no such customer or person, 6 an archived customer, 7 not your team.
    """
    require(w.actor, "customer.edit", w.verb)
    customer = w.get(Customer, find(w.reader, "customer", reference).id)
    author, along = _people(w, agreed.staff, agreed.joint)
    check_to_come(day, w.today)
    raise_if(
        [
            *check_active(customer.code, customer.name, customer.archived_on, customer.archived_reason),
            *rules_visit.check_joint(author.id, along.id if along else None, author.code),
        ]
    )
    assert customer.id is not None
    row = w.add(
        Appointment(
            number=w.number("VP"), customer_id=customer.id, staff_id=author.id, joint_id=along.id if along else None, day=day,
            time=clean_time(agreed.at), place=clean_or_none(agreed.place, C_("place")),
            contact=clean_or_none(agreed.contact, C_("contact_name"), 80), purpose=clean(agreed.purpose, C_("purpose"), NOTE, lines=True),
        )
    )  # fmt: skip
    _list_items(w, row, agreed.items)
    text = N_("{number}: visit to {customer} {name} on {day}")
    return Done(
        msg(text, number=row.number, customer=customer.code, name=customer.name, day=day.isoformat()),
        row.number,
        next=(f"salescli visit checklist {row.number}", f"salescli visit prepare {row.number} 1"),
    )


def _people(w: Writer, staff: str | None, joint: str | None) -> tuple[Row, Row | None]:
    """Who goes, and who comes along. Raises SalesError: 3 unknown, 7 not of your team."""
    author = find_here(w.reader, staff) if staff is not None else Row(w.actor.id, w.actor.code, w.actor.name)
    if author.id not in w.actor.own_or_team():
        hint = N_("ask his superior: salescli staff show {staff}")
        fail("not_your_team", N_("{staff} is not of your team"), kind=Kind.FORBIDDEN, rule="VIS-04", hint=hint, staff=author.code)
    return author, find_here(w.reader, joint) if joint is not None else None


def check_to_come(day: date, today: date) -> None:
    """An appointment is for today or later. Raises SalesError (exit 2). VIS-04."""
    if day < today:
        fail("day_gone", N_("the day {day} has passed"), kind=Kind.USAGE, rule="VIS-04", day=day.isoformat())


def _list_items(w: Writer, row: Appointment, more: Sequence[str]) -> None:
    assert row.id is not None
    kinds = [(kind, None) for kind in STANDARD] + [(Preparation.OTHER, clean(text, C_("item"))) for text in more]
    for position, (kind, text) in enumerate(kinds, 1):
        w.add(AppointmentItem(appointment_id=row.id, position=position, kind=kind.value, text=text))


def prepare(w: Writer, number: str, position: int, text: str | None = None) -> Done:
    """Note that one item of the list is ready, and what it is. VIS-04. Raises SalesError: 3 no such item, 6 no longer planned."""
    row = _planned(w, number)
    wanted = (AppointmentItem.appointment_id == row.id, AppointmentItem.position == position)
    item = w.session.exec(select(AppointmentItem).where(*wanted)).first()
    if item is None:
        said, hint = N_("{number} has no item {position} to prepare"), N_("salescli visit checklist {number}")
        fail("item_not_found", said, kind=Kind.NOT_FOUND, hint=hint, number=row.number, position=position)
    item.ready, item.text = True, clean_or_none(text, C_("item")) or item.text
    w.session.flush()
    found = reads_appointment.appointment_of(w.reader, row.number)
    w.document = row.number
    sentence = N_("{number}: {item:code} ready, {ready} of {items}")
    return Done(msg(sentence, number=row.number, item=item.kind, ready=found.ready, items=found.items), row.number)


def call_off(w: Writer, number: str, reason: str, day: date | None = None, at: str | None = None) -> Done:
    """Call an appointment off for a reason, or with a day move it there. VIS-04. Raises SalesError: 2 no reason, 3 none, 6 not planned."""
    row = _planned(w, number)
    row.reason = clean(reason, C_("reason"), NOTE, lines=True)
    if day is None:
        row.state = AppointmentState.CALLED_OFF.value
    else:
        check_to_come(day, w.today)
        row.day, row.time = day, clean_time(at) or row.time
    w.session.flush()
    w.document = row.number
    text = N_("{number} is moved to {day}") if day else N_("{number} is called off")
    return Done(msg(text, number=row.number, day=day.isoformat() if day else None), row.number)


def _planned(w: Writer, number: str) -> Appointment:
    """A planned appointment one sees. Raises SalesError: 3 none, 6 kept or called off already."""
    row = w.get(Appointment, reads_appointment.appointment_of(w.reader, number).id)
    if row.state != AppointmentState.PLANNED:
        text = N_("{number} is {state:code} already")
        hint = N_("make another: salescli visit appoint CUSTOMER --on DAY --purpose TEXT")
        fail("appointment_over", text, kind=Kind.STATE, rule="VIS-04", hint=hint, number=row.number, state=row.state)
    return row
