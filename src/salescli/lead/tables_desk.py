"""The front desk's register of visitors and callers, the count it tells, invitations, own sources and what channels cost."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, text

from salescli.core.schema import LONG, Amount, Book, Day, Flag, Whole, choice, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target
from salescli.customer.tables import Customer  # noqa: F401 - foreign key target
from salescli.lead.states import Entrance, Ground
from salescli.lead.tables import Lead  # noqa: F401 - foreign key target


class Reception(Book, table=True):
    """One visitor (F-04) or caller (F-03), who got him and why; `channel`, `confirmed_on` are the confirmation sheet (F-05).

    `due_id` is who should have got him by the rules; another `staff_id` is a deviation and carries a reason (LED-09).
    """

    __tablename__ = "reception"
    __table_args__ = (
        CheckConstraint("minutes >= 0", name="minutes_positive"),
        CheckConstraint("deviation IS NOT NULL OR due_id IS NULL OR due_id = staff_id", name="deviation_explained"),
        Index("ix_reception_day", "day", "entrance", "known"),
        Index("ix_reception_staff", "staff_id", "confirmed_on"),
        Index(
            "ix_reception_make_up", "make_up_on",
            sqlite_where=text("make_up_on IS NOT NULL"),
        ),
    )  # fmt: skip
    id: int | None = key()
    number: str = line(40, unique=True)
    day: dt.date = of(Day)
    time: str | None = line(5, default=None)
    entrance: str = choice(Entrance)
    name: str = line()
    phone: str | None = line(60, default=None)
    need: str | None = line(LONG, default=None)
    known: bool = of(Flag, default=False)
    earlier_id: int | None = refers("staff.id", default=None)
    named_id: int | None = refers("staff.id", default=None)
    duty_group: str | None = line(80, default=None)
    due_id: int | None = refers("staff.id", default=None)
    ground: str = choice(Ground)
    staff_id: int = refers("staff.id")
    deviation: str | None = line(LONG, default=None)
    lead_id: int | None = refers("lead.id", default=None)
    customer_id: int | None = refers("customer.id", default=None)
    minutes: int | None = of(Whole, default=None)
    invited: bool = of(Flag, default=False)
    channel: str | None = line(40, default=None)
    confirmed_on: dt.date | None = of(Day, default=None)
    research: bool = of(Flag, default=False)
    proof: str | None = line(LONG, default=None)
    make_up_on: dt.date | None = of(Day, default=None)
    made_up_by: str | None = line(40, default=None)
    filed_by: int | None = refers("staff.id", default=None)


class DeskReport(Book, table=True):
    """The count of a day as the front desk told it to the assistant (LED-09)."""

    __tablename__ = "desk_report"
    id: int | None = key()
    day: dt.date = of(Day, unique=True)
    told_on: dt.date = of(Day)
    staff_id: int = refers("staff.id")
    visitors: int = of(Whole)
    new_visitors: int = of(Whole)
    calls: int = of(Whole)
    note: str | None = line(LONG, default=None)


class Invitation(Book, table=True):
    """Somebody is asked to come on a day, and came or did not (LED-16)."""

    __tablename__ = "invitation"
    __table_args__ = (Index("ix_invitation_lead", "lead_id", "wanted"), Index("ix_invitation_wanted", "wanted", "staff_id", "arrived_on"))
    id: int | None = key()
    lead_id: int = refers("lead.id")
    staff_id: int = refers("staff.id")
    made_on: dt.date = of(Day)
    wanted: dt.date = of(Day)
    arrived_on: dt.date | None = of(Day, default=None)
    note: str | None = line(LONG, default=None)


class LeadSource(Book, table=True):
    """A channel of the office's own beside the usual ones (LED-01)."""

    __tablename__ = "lead_source"
    id: int | None = key()
    code: str = line(40, unique=True)
    name: str = line(80)
    closed: bool = of(Flag, default=False)


class SourceCost(Book, table=True):
    """What was spent on a channel on a day (LED-17)."""

    __tablename__ = "source_cost"
    __table_args__ = (CheckConstraint("amount > 0", name="amount_positive"), Index("ix_source_cost_day", "day", "source"))
    id: int | None = key()
    source: str = line(40)
    day: dt.date = of(Day)
    amount: int = of(Amount)
    staff_id: int | None = refers("staff.id", default=None)
    note: str | None = line(LONG, default=None)
