"""What the pool puts on the day list: what falls soon, and customers given to somebody who has not spoken to them (LED-11, VIS-09)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from salescli.core.agenda import MOST, Agenda, Task, cut
from salescli.core.dates import days_between
from salescli.core.i18n import C_, N_, msg
from salescli.core.record import NamedTuple
from salescli.customer import reads_pool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.reader import Reader

NOUNS: tuple[reads_pool.Noun, ...] = ("customer", "lead")
FALLING, UNTOUCHED = C_("pool_soon"), C_("customer_untouched")


def pool(r: Reader, agenda: Agenda) -> list[Task]:
    """Customers and leads within the warning time before the pool, and those given but not yet spoken to. LED-11, VIS-09."""
    return [*_falling(r, agenda), *_untouched(r, agenda)]


def _falling(r: Reader, agenda: Agenda) -> list[Task]:
    """The same rows, by the same function, as `customer pool --soon` and the move itself."""
    within = r.policy("pool.warn_days", agenda.day)
    who = agenda.condition(r, "customers", "c.staff_id")
    return [
        task
        for noun in NOUNS
        for found, count in reads_pool.first_of_each(r, noun, agenda.day, within, who, MOST)
        for task in _of_one(found, count, noun, agenda.day)
    ]


def _of_one(found: Sequence[tuple[int, reads_pool.Idle]], count: int, noun: reads_pool.Noun, day: date) -> list[Task]:
    """What one person will lose."""
    staff = found[0][1].staff
    command = f"salescli {noun} pool --soon --staff {staff}"
    return cut(found, lambda pair: _task(pair[1], noun, pair[0], day), FALLING, "LED-11", command, count, staff)


def _task(row: reads_pool.Idle, noun: str, days: int, day: date) -> Task:
    text = N_("{name}: falls to the pool in {days} {days:day|days}; last contact {last}: salescli {command}")
    if days <= 0:
        text = N_("{name}: due for the pool; last contact {last}: salescli {command}")
    command = f"lead follow {row.code} TEXT" if noun == "lead" else f"customer visit {row.code}"
    said = msg(text, name=row.name, days=days, last=row.last_contact, command=command)
    falls = _after(day, days)
    return Task(FALLING, falls, row.code, row.code if noun == "customer" else None, said, "LED-11", max(0, -days), row.staff)


@cache
def _after(day: date, days: int) -> str:
    return (day + timedelta(days)).isoformat()


class Given(NamedTuple):
    """A customer somebody got: the day, code, name, whose now, by whom."""

    day: str
    code: str
    name: str
    staff: str | None
    operator: str | None


_UNTOUCHED = """
SELECT h.day, c.code, c.name, s.code, o.code
FROM owner_change h
JOIN customer c ON c.id = h.customer_id AND c.staff_id = h.owner_id AND c.owner_since = h.day AND c.archived_on IS NULL
JOIN staff s ON s.id = h.owner_id
LEFT JOIN staff o ON o.id = h.operator_id
WHERE h.move IN ('claimed', 'assigned', 'transferred', 'handed_over') AND h.day <= :day AND {mine}
  AND NOT EXISTS (SELECT 1 FROM interaction i WHERE i.customer_id = c.id AND i.day >= h.day AND i.day <= :day)
ORDER BY h.day, c.code"""


def _untouched(r: Reader, agenda: Agenda) -> list[Task]:
    """Gone as soon as anybody has spoken to the customer since."""
    given = N_("{customer}: yours since {day}, given by {operator}; nobody has spoken to them yet")
    taken = N_("{customer}: yours since {day}; nobody has spoken to them yet")
    found = r.rows(Given, _UNTOUCHED.format(mine=agenda.condition(r, "customers", "h.owner_id")), day=agenda.day)
    return [_given(g, taken if g.operator == g.staff else given, agenda.day) for g in dict.fromkeys(found)]


def _given(g: Given, text: str, day: date) -> Task:
    said = msg(text, customer=g.name, day=g.day, operator=g.operator)
    late = max(0, days_between(date.fromisoformat(g.day), day))
    return Task(UNTOUCHED, g.day, g.code, g.code, said, "LED-11", late, g.staff)
