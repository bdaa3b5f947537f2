"""Whose turn it is at the front desk: the day's duty group, the one who waited longest first (LED-06)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from salescli.customer.reads_owner import person
from salescli.customer.reads_pool import check_room
from salescli.staff.reads_duty import group_of, on_duty

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.reader import Reader


class OnDuty(NamedTuple):
    """The one whose turn it is, and the duty group he stands for."""

    staff_id: int
    group: str


def next_on_duty(r: Reader, day: date) -> OnDuty | None:
    """The next of the day's group: who had no visitor by duty yet, else who had his longest ago; who is at his cap is passed over.

    None when the roster has no group for the day, or nobody of it has room. LED-06, LED-11.
    """
    group = group_of(r, day)
    if group is None:
        return None
    for member in on_duty(r, day):
        if not check_room(r, person(r, member.id)):
            return OnDuty(member.id, group)
    return None
