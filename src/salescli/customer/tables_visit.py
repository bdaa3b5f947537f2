"""What goes with a contact: the sheet of an after-sales call, appointments and their preparation."""

import datetime as dt

from sqlalchemy import Index, UniqueConstraint

from salescli.core.schema import LONG, Book, Day, Flag, Whole, choice, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target
from salescli.customer.states_work import AppointmentState, Preparation
from salescli.customer.tables import Customer  # noqa: F401 - foreign key target
from salescli.customer.tables_contact import Interaction  # noqa: F401 - foreign key target


class AfterSalesCall(Book, table=True):
    """The sheet of an after-sales call (F-08); new need and complaint stand in the contact itself. VIS-06."""

    __tablename__ = "after_sales_call"
    id: int | None = key()
    interaction_id: int = refers("interaction.id", unique=True)
    usage: str | None = line(LONG, default=None)
    opinion: str | None = line(LONG, default=None)
    know_how: str | None = line(LONG, default=None)
    services: str | None = line(LONG, default=None)
    events: str | None = line(LONG, default=None)
    advice: str | None = line(LONG, default=None)
    request: str | None = line(LONG, default=None)
    hope: str | None = line(LONG, default=None)
    answer: str | None = line(LONG, default=None)
    solved: bool = of(Flag, default=False)


class Appointment(Book, table=True):
    """A visit agreed on beforehand (VIS-04); `joint_id`: the superior who comes along (PLN-07)."""

    __tablename__ = "appointment"
    __table_args__ = (Index("ix_appointment_staff", "staff_id", "state", "day"), Index("ix_appointment_customer", "customer_id", "day"))
    id: int | None = key()
    number: str = line(40, unique=True)
    customer_id: int = refers("customer.id")
    staff_id: int = refers("staff.id")
    joint_id: int | None = refers("staff.id", default=None)
    day: dt.date = of(Day)
    time: str | None = line(5, default=None)
    place: str | None = line(default=None)
    contact: str | None = line(80, default=None)
    purpose: str = line(LONG)
    state: str = choice(AppointmentState, default=AppointmentState.PLANNED.value)
    reason: str | None = line(LONG, default=None)
    interaction_id: int | None = refers("interaction.id", default=None)


class AppointmentItem(Book, table=True):
    """One thing to prepare for an appointment."""

    __tablename__ = "appointment_item"
    __table_args__ = (UniqueConstraint("appointment_id", "position"),)
    id: int | None = key()
    appointment_id: int = refers("appointment.id")
    position: int = of(Whole)
    kind: str = choice(Preparation)
    text: str | None = line(default=None)
    ready: bool = of(Flag, default=False)
