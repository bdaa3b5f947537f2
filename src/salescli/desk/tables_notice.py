"""Company notices with read marks, and the index of documents and sales scripts (VIS-14)."""

import datetime as dt

from sqlalchemy import Index, UniqueConstraint

from salescli.core.schema import LONG, Book, Day, choice, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target
from salescli.desk.states import DocumentKind


class Notice(Book, table=True):
    """What the company tells its people; `roles` ("rep,support") narrows it, NULL binds everybody."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_day", "day"),)
    id: int | None = key()
    number: str = line(40, unique=True)
    day: dt.date = of(Day)
    staff_id: int = refers("staff.id")
    title: str = line()
    text: str | None = line(LONG, default=None)
    roles: str | None = line(default=None)
    until: dt.date | None = of(Day, default=None)


class NoticeRead(Book, table=True):
    """Somebody has read a notice."""

    __tablename__ = "notice_read"
    __table_args__ = (UniqueConstraint("notice_id", "staff_id"),)
    id: int | None = key()
    notice_id: int = refers("notice.id")
    staff_id: int = refers("staff.id")
    day: dt.date = of(Day)


class OfficeDocument(Book, table=True):
    """A regulation, a sales script, a form: where it lies, or its text; `roles` as for a notice."""

    __tablename__ = "office_document"
    id: int | None = key()
    number: str = line(40, unique=True)
    title: str = line()
    kind: str = choice(DocumentKind)
    place: str | None = line(400, default=None)
    text: str | None = line(LONG, default=None)
    keywords: str | None = line(default=None)
    roles: str | None = line(default=None)
    staff_id: int = refers("staff.id")
    day: dt.date = of(Day)
    withdrawn_on: dt.date | None = of(Day, default=None)
