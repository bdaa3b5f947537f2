"""Requests inside the office and between two companies' supervisors (ORG-12, ORG-13)."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index

from salescli.core.schema import LONG, Book, Day, choice, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target
from salescli.staff.states import RequestKind


class InternalRequest(Book, table=True):
    """What `asker_id` asks of `to_id`, by when, and the answer in writing.

    With `company` it runs between two companies: `to_id` is our supervisor; `asker_id` is NULL when theirs asks, and him when ours does.
    """

    __tablename__ = "internal_request"
    __table_args__ = (
        CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name="answer_dated"),
        CheckConstraint("asker_id IS NOT NULL OR company IS NOT NULL", name="somebody_asks"),
        Index("ix_internal_request_to", "to_id", "answered_on", "due"),
        Index("ix_internal_request_asker", "asker_id", "answered_on"),
    )
    id: int | None = key()
    number: str = line(40, unique=True)
    kind: str = choice(RequestKind)
    asker_id: int | None = refers("staff.id", default=None)
    to_id: int = refers("staff.id")
    company: str | None = line(default=None)
    contact: str | None = line(80, default=None)
    text: str = line(LONG)
    document: str | None = line(80, default=None)
    day: dt.date = of(Day)
    due: dt.date = of(Day)
    answer: str | None = line(LONG, default=None)
    answered_on: dt.date | None = of(Day, default=None)
    answered_by: int | None = refers("staff.id", default=None)
    withdrawn_on: dt.date | None = of(Day, default=None)
    filed_by: int | None = refers("staff.id", default=None)
