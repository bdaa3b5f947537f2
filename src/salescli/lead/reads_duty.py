"""Whose turn it is at the front desk: the first of the day's duty group who has room for one more (LED-06, LED-11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.record import NamedTuple
from salescli.customer.reads_owner import person
from salescli.customer.reads_pool import check_room
from salescli.staff.reads_duty import group_of, on_duty

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.reader import Reader


class OnDuty(NamedTuple):
    """The one whose turn it is, and the duty group he stands for."""

    staff_id: int
    group: str | None


def next_on_duty(r: Reader, day: date) -> OnDuty | None:
    """The next of the day's group in turn; who is away, has left or is at his cap is passed over. LED-06, LED-11.

    None when the roster has no group for the day, or nobody of it has room.
    """
    free = (member for member in on_duty(r, day) if not check_room(r, person(r, member.id)))
    first = next(free, None)
    return OnDuty(first.id, group_of(r, day)) if first else None
