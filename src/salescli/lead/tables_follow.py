"""What a follow-up of a lead says beyond the contact itself, supervisors' comments, objections and their answers."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, text

from salescli.core.schema import LONG, Book, Day, Whole, choice, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target
from salescli.customer.tables_contact import Interaction, Promise  # noqa: F401 - foreign key targets
from salescli.lead.states import Intent, Stage, StallReason
from salescli.lead.tables import Lead  # noqa: F401 - foreign key target


class FollowUp(Book, table=True):
    """The funnel's side of one contact (F-07): stage and intent that day, why it stands still, what was promised until when.

    A promise given before there is a customer stays here for ever; `promise_number` is the promise it became at the conversion.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        CheckConstraint("(promise IS NULL) = (promise_due IS NULL)", name="promise_dated"),
        Index("ix_follow_up_lead", "lead_id", "interaction_id"),
        Index("ix_follow_up_interaction", "interaction_id", unique=True),
        Index(
            "ix_follow_up_promise", "promise_due",
            sqlite_where=text("promise IS NOT NULL"),
        ),
    )  # fmt: skip
    id: int | None = key()
    lead_id: int = refers("lead.id")
    interaction_id: int = refers("interaction.id")
    stage: str = choice(Stage)
    intent: str | None = choice(Intent, default=None)
    stall_reason: str | None = choice(StallReason, default=None)
    promise: str | None = line(LONG, default=None)
    promise_due: dt.date | None = of(Day, default=None)
    task: str | None = line(40, default=None)
    promise_number: str | None = line(40, default=None)


class LeadComment(Book, table=True):
    """What a superior (or the owner, in reply) says about a lead or one of its follow-ups (LED-13)."""

    __tablename__ = "lead_comment"
    __table_args__ = (Index("ix_lead_comment_lead", "lead_id", "day"),)
    id: int | None = key()
    lead_id: int = refers("lead.id")
    interaction_id: int | None = refers("interaction.id", default=None)
    day: dt.date = of(Day)
    staff_id: int = refers("staff.id")
    text: str = line(LONG)


class Objection(Book, table=True):
    """What the other side has against it, and what was answered (LED-12)."""

    __tablename__ = "objection"
    __table_args__ = (
        CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name="answer_dated"),
        Index("ix_objection_lead", "lead_id"),
    )
    id: int | None = key()
    lead_id: int = refers("lead.id")
    position: int = of(Whole)
    day: dt.date = of(Day)
    staff_id: int = refers("staff.id")
    text: str = line(LONG)
    answer: str | None = line(LONG, default=None)
    answered_on: dt.date | None = of(Day, default=None)
