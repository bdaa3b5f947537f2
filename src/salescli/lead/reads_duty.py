"""Whose turn it is at the front desk: the day's duty group, the one who waited longest first (LED-06)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from salescli.customer.reads_owner import person
from salescli.customer.reads_pool import check_room
from salescli.staff.rules_duty import Turn, in_turn

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.reader import Reader


class OnDuty(NamedTuple):
    """The one whose turn it is, and the duty group he stands for."""

    staff_id: int
    group: str


_GROUP = "SELECT g.id, g.name FROM duty_day d JOIN duty_group g ON g.id = d.group_id WHERE d.day = :day"
_MEMBERS = """
SELECT m.staff_id, m.position,
       (SELECT p.id FROM reception p WHERE p.staff_id = m.staff_id AND p.ground = 'duty' ORDER BY p.id DESC LIMIT 1)
FROM duty_member m JOIN staff s ON s.id = m.staff_id
WHERE m.group_id = :group AND coalesce(s.left_on, '9999-12-31') >= :day"""


def next_on_duty(r: Reader, day: date) -> OnDuty | None:
    """The next of the day's group: who had no visitor by duty yet, else who had his longest ago; who is at his cap is passed over.

    None when the roster has no group for the day, or nobody of it has room. LED-06, LED-11.
    """
    for group_id, name in r.tuples(_GROUP, day=day):
        for turn in in_turn(r.rows(Turn, _MEMBERS, group=group_id, day=day)):
            if not check_room(r, person(r, turn.staff_id)):
                return OnDuty(turn.staff_id, name)
    return None
