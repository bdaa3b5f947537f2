"""Meetings, who came, problems and their solutions, praise, one-to-one talks (VIS-10..12)."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from salescli.core.schema import LONG, Book, Day, Flag, choice, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target
from salescli.customer.states_work import MeetingKind


class Meeting(Book, table=True):
    """A meeting that was held: minutes, the success story told; tasks that came out of it name its number."""

    __tablename__ = "meeting"
    __table_args__ = (Index("ix_meeting_day", "day", "kind"),)
    id: int | None = key()
    number: str = line(40, unique=True)
    kind: str = choice(MeetingKind)
    day: dt.date = of(Day)
    staff_id: int = refers("staff.id")
    minutes: str | None = line(LONG, default=None)
    story: str | None = line(LONG, default=None)


class Attendance(Book, table=True):
    """Whether somebody was there, and why not."""

    __tablename__ = "meeting_attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "staff_id"),)
    id: int | None = key()
    meeting_id: int = refers("meeting.id")
    staff_id: int = refers("staff.id")
    present: bool = of(Flag, default=True)
    reason: str | None = line(default=None)


class OpenProblem(Book, table=True):
    """A problem of the day and what solved it (VIS-10)."""

    __tablename__ = "meeting_problem"
    __table_args__ = (Index("ix_meeting_problem_open", "solved_on", "staff_id"),)
    id: int | None = key()
    number: str = line(40, unique=True)
    day: dt.date = of(Day)
    staff_id: int = refers("staff.id")
    text: str = line(LONG)
    meeting_id: int | None = refers("meeting.id", default=None)
    solution: str | None = line(LONG, default=None)
    solved_on: dt.date | None = of(Day, default=None)
    solved_by: int | None = refers("staff.id", default=None)


class Praise(Book, table=True):
    """Who was praised for what, by whom (VIS-10)."""

    __tablename__ = "praise"
    __table_args__ = (CheckConstraint("staff_id <> given_by", name="praise_other"), Index("ix_praise_staff", "staff_id", "day"))
    id: int | None = key()
    day: dt.date = of(Day)
    staff_id: int = refers("staff.id")
    given_by: int = refers("staff.id")
    text: str = line(LONG)
    reward: str | None = line(default=None)
    meeting_id: int | None = refers("meeting.id", default=None)


class Talk(Book, table=True):
    """A one-to-one talk of a leader with one of his people (VIS-11); `month_start`: the check of the month's report (X-14)."""

    __tablename__ = "talk"
    __table_args__ = (CheckConstraint("staff_id <> leader_id", name="talk_other"), Index("ix_talk_staff", "staff_id", "day"))
    id: int | None = key()
    number: str = line(40, unique=True)
    day: dt.date = of(Day)
    leader_id: int = refers("staff.id")
    staff_id: int = refers("staff.id")
    text: str = line(LONG)
    agreed: str | None = line(LONG, default=None)
    month_start: bool = of(Flag, default=False)
