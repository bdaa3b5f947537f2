"""Posts and what goes with them: duties, authority, skills (ORG-01, ORG-04)."""

import datetime as dt

from sqlalchemy import CheckConstraint

from salescli.core.schema import LONG, Book, Day, Whole, key, line, of


class Post(Book, table=True):
    """A job description. People hold a post by its name (`staff.post`); `headcount` is how many the office wants.

    `standard` is the least score of the role-play test; `reviewed_on` the day the duties were looked at last.
    """

    __tablename__ = "post"
    __table_args__ = (
        CheckConstraint("headcount >= 0", name="headcount_positive"),
        CheckConstraint("standard BETWEEN 0 AND 100", name="standard_range"),
    )
    id: int | None = key()
    name: str = line(80, unique=True)
    unit: str | None = line(80, default=None)
    duties: str | None = line(LONG, default=None)
    authority: str | None = line(LONG, default=None)
    skills: str | None = line(LONG, default=None)
    headcount: int | None = of(Whole, default=None)
    standard: int | None = of(Whole, default=None)
    reviewed_on: dt.date = of(Day)
    closed_on: dt.date | None = of(Day, default=None)
