"""The duty roster of the front desk: groups, their members in turn, which group has which day (LED-06)."""

import datetime as dt

from sqlalchemy import UniqueConstraint

from salescli.core.schema import Book, Day, Whole, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target


class DutyGroup(Book, table=True):
    """People who receive visitors on the same days; `position` is the group's place in the rotation."""

    __tablename__ = "duty_group"
    id: int | None = key()
    name: str = line(80, unique=True)
    position: int = of(Whole)


class DutyMember(Book, table=True):
    """A member of a group and his place in it."""

    __tablename__ = "duty_member"
    __table_args__ = (UniqueConstraint("group_id", "staff_id"),)
    id: int | None = key()
    group_id: int = refers("duty_group.id")
    staff_id: int = refers("staff.id", index=True)
    position: int = of(Whole)


class DutyDay(Book, table=True):
    """The group that has a day."""

    __tablename__ = "duty_day"
    id: int | None = key()
    day: dt.date = of(Day, unique=True)
    group_id: int = refers("duty_group.id")
