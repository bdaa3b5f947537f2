"""Every contact with customers and leads, promises made, and who owned whom when.

A lead is named by its number only: leads live in a room to the right.
"""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, Index, event, text

from salescli.core.schema import LONG, Book, Day, Flag, Whole, choice, key, line, of, refers
from salescli.core.tables import ImportBatch, Staff  # noqa: F401 - foreign key targets
from salescli.customer.states import Channel, OwnerMove, PromiseState, Review
from salescli.customer.tables import Customer  # noqa: F401 - foreign key target

WAITING = text("review = 'recorded' AND channel = 'visit'")
BEHALF = text("review = 'recorded' AND channel = 'visit' AND entered_by <> staff_id")
JOINT = text("joint_id IS NOT NULL")

KEEP_CONTACTS = """UPDATE customer SET (kept_contact_on, kept_next_on) = (
    SELECT i.day, i.next_on FROM interaction i WHERE i.customer_id = customer.id AND i.review <> 'rejected'
    ORDER BY i.day DESC, i.id DESC LIMIT 1)"""
"""SQL that takes every customer's last contact and next day from the contacts; add a WHERE for some of them."""


class Interaction(Book, table=True):
    """One contact: a visit record (F-06), a follow-up (F-07), an after-sales call (F-08). Points are computed, never stored.

    `entered_by` wrote it down, for himself or for `staff_id`; unknown for what was imported.
    """

    __tablename__ = "interaction"
    __table_args__ = (
        CheckConstraint("customer_id IS NOT NULL OR lead_number IS NOT NULL", name="somebody"),
        CheckConstraint("minutes >= 0", name="minutes_positive"),
        Index("ix_interaction_customer", "customer_id", "day"),
        Index("ix_interaction_lead", "lead_number", "day"),
        Index("ix_interaction_day", "day"),
        Index("ix_interaction_staff", "staff_id", "day", "channel", "review", "customer_id", "lead_number", "in_depth"),
        Index("ix_interaction_waiting", "staff_id", "day", sqlite_where=WAITING),
        Index("ix_interaction_behalf", "entered_by", sqlite_where=BEHALF),
        Index("ix_interaction_joint", "staff_id", "day", "channel", "review", sqlite_where=JOINT),
        Index("ix_interaction_trip", "trip", sqlite_where=text("trip IS NOT NULL")),
    )
    id: int | None = key()
    number: str = line(40, unique=True)
    day: dt.date = of(Day)
    time: str | None = line(5, default=None)
    channel: str = choice(Channel)
    staff_id: int = refers("staff.id")
    customer_id: int | None = refers("customer.id", default=None)
    lead_number: str | None = line(40, default=None)
    contact: str | None = line(80, default=None)
    purpose: str | None = line(default=None)
    preparation: str | None = line(LONG, default=None)
    content: str | None = line(LONG, default=None)
    need: str | None = line(LONG, default=None)
    feedback: str | None = line(LONG, default=None)
    problem: str | None = line(LONG, default=None)
    complaint: str | None = line(LONG, default=None)
    next_step: str | None = line(LONG, default=None)
    next_on: dt.date | None = of(Day, default=None)
    minutes: int | None = of(Whole, default=None)
    joint_id: int | None = refers("staff.id", default=None)
    trip: str | None = line(40, default=None)
    document: str | None = line(80, default=None)
    in_depth: bool = of(Flag, default=True)
    review: str = choice(Review, default=Review.RECORDED.value)
    reviewed_by: int | None = refers("staff.id", default=None)
    reviewed_on: dt.date | None = of(Day, default=None)
    review_note: str | None = line(LONG, default=None)
    entered: dt.date = of(Day)
    entered_by: int | None = refers("staff.id", default=None)
    import_id: int | None = refers("import_batch.id", default=None)


class Promise(Book, table=True):
    """What was promised to a customer and until when; kept for ever (CUS-09)."""

    __tablename__ = "promise"
    __table_args__ = (Index("ix_promise_staff", "staff_id", "state", "due"), Index("ix_promise_customer", "customer_id"))
    id: int | None = key()
    number: str = line(40, unique=True)
    customer_id: int = refers("customer.id")
    staff_id: int = refers("staff.id")
    made_on: dt.date = of(Day)
    text: str = line(LONG)
    due: dt.date = of(Day)
    state: str = choice(PromiseState, default=PromiseState.OPEN.value)
    closed_on: dt.date | None = of(Day, default=None)
    result: str | None = line(LONG, default=None)


class OwnerChange(Book, table=True):
    """One change of hands: former owner, new owner, who did it, why. Owner None = the pool (LED-11)."""

    __tablename__ = "owner_change"
    __table_args__ = (
        CheckConstraint("(customer_id IS NULL) <> (lead_number IS NULL)", name="one_subject"),
        Index("ix_owner_change_customer", "customer_id", "day", "id"),
        Index("ix_owner_change_lead", "lead_number", "day", "id"),
        Index("ix_owner_change_former", "former_id", "day"),
        Index("ix_owner_change_owner", "owner_id", "day", "move"),
    )
    id: int | None = key()
    day: dt.date = of(Day)
    customer_id: int | None = refers("customer.id", default=None)
    lead_number: str | None = line(40, default=None)
    former_id: int | None = refers("staff.id", default=None)
    owner_id: int | None = refers("staff.id", default=None)
    operator_id: int | None = refers("staff.id", default=None)
    move: str = choice(OwnerMove)
    reason: str | None = line(LONG, default=None)


@event.listens_for(Interaction, "after_insert")
@event.listens_for(Interaction, "after_update")
@event.listens_for(Interaction, "after_delete")
def _keep_contact(_mapper: Any, connection: Any, row: Interaction) -> None:
    """Whoever writes a contact writes when the customer was last spoken to and when he comes next."""
    if row.customer_id is not None:
        connection.execute(text(f"{KEEP_CONTACTS} WHERE id = :id"), {"id": row.customer_id})
