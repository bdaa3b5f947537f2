"""Trips and the report of each day on the road (VIS-03)."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from salescli.core.schema import LONG, Book, Day, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target


class Trip(Book, table=True):
    """Days on the road; `phoned_on`: when the customers were told by telephone, `ended_on`: back earlier or later than planned."""

    __tablename__ = "trip"
    __table_args__ = (CheckConstraint("until >= since", name="until_after"), Index("ix_trip_staff", "staff_id", "until"))
    id: int | None = key()
    number: str = line(40, unique=True)
    staff_id: int = refers("staff.id")
    since: dt.date = of(Day)
    until: dt.date = of(Day)
    place: str = line()
    purpose: str = line(LONG)
    preparation: str | None = line(LONG, default=None)
    phoned_on: dt.date | None = of(Day, default=None)
    ended_on: dt.date | None = of(Day, default=None)
    result: str | None = line(LONG, default=None)


class TripReport(Book, table=True):
    """The report of one day, stamped with the day and time it was handed in; whether it was late is computed."""

    __tablename__ = "trip_report"
    __table_args__ = (UniqueConstraint("trip_id", "day"),)
    id: int | None = key()
    trip_id: int = refers("trip.id")
    day: dt.date = of(Day)
    filed_on: dt.date = of(Day)
    filed_at: str = line(5)
    text: str = line(LONG)
