"""Late arrivals and early leaving (ORG-10)."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from salescli.core.schema import LONG, Amount, Book, Day, Whole, choice, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target
from salescli.staff.states import Absence


class Attendance(Book, table=True):
    """Somebody came late or left early; `excuse` tells why it costs nothing, `fine` is what the office's rule of that day proposes."""

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("staff_id", "day", "kind"),
        CheckConstraint("fine >= 0", name="fine_positive"),
        CheckConstraint("minutes > 0", name="minutes_positive"),
        CheckConstraint("excuse IS NULL OR fine = 0", name="excused_free"),
        Index("ix_attendance_day", "day", "staff_id"),
    )
    id: int | None = key()
    number: str = line(40, unique=True)
    staff_id: int = refers("staff.id")
    day: dt.date = of(Day)
    kind: str = choice(Absence)
    minutes: int | None = of(Whole, default=None)
    excuse: str | None = line(LONG, default=None)
    fine: int = of(Amount, default=0)
    leader_id: int | None = refers("staff.id", default=None)
    filed_by: int | None = refers("staff.id", default=None)
