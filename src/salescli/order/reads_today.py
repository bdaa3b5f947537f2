"""What orders put on the day list: promises broken and promises coming up (ORD-18)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from salescli.core.agenda import Agenda, Task, cut_each
from salescli.core.dates import days_between
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from salescli.core.reader import Reader

LATE = C_("order_late")
DUE = C_("order_due")


class Promise(NamedTuple):
    """An order with something left to deliver."""

    number: str
    customer: str
    customer_name: str
    staff: str | None
    promised: str


# Both parts end in the index on the day of delivery: what is open today, and what was still open on a past day.
_PROMISES = """
SELECT o.number, c.code, c.name, s.code, o.promised
FROM sales_order o
JOIN customer c ON c.id = o.customer_id
LEFT JOIN staff s ON s.id = coalesce(o.responsible_id, o.staff_id)
WHERE o.id IN (
    SELECT id FROM sales_order WHERE kept_delivered_on IS NULL AND state = 'confirmed' AND promised <= :latest
    UNION ALL SELECT id FROM sales_order WHERE kept_delivered_on > :day AND state = 'confirmed' AND promised <= :latest)
  AND o.date <= :day AND {mine}
ORDER BY o.promised, o.number"""


def promises(r: Reader, agenda: Agenda) -> list[Task]:
    """Undelivered orders whose promise is broken, falls on the day or comes within the reminder's lead. ORD-18, VIS-09."""
    latest = agenda.day + timedelta(r.policy("reminder.lead_days", agenda.day))
    sql = _PROMISES.format(mine=agenda.condition(r, "orders", "coalesce(o.responsible_id, o.staff_id)"))
    found = r.rows(Promise, sql, day=agenda.day, latest=latest)
    broken = [promise for promise in found if promise.promised < agenda.day.isoformat()]
    make = partial(_task, agenda.day)
    return [
        *cut_each(broken, make, _taker, LATE, "ORD-18", "salescli order late"),
        *cut_each(found[len(broken) :], make, _taker, DUE, "ORD-18", "salescli order list --open"),
    ]


def _taker(promise: Promise) -> str | None:
    return promise.staff


def _task(day: date, found: Promise) -> Task:
    late = days_between(date.fromisoformat(found.promised), day)
    kind = LATE if late > 0 else DUE
    return Task(kind, found.promised, found.number, found.customer, _text(found, late), "ORD-18", max(0, late), found.staff)


def _text(found: Promise, late: int) -> Message:
    if late == 0:
        return msg(N_("{customer}: delivery promised for today"), customer=found.customer_name)
    text = N_("{customer}: undelivered, promised for {day}") if late > 0 else N_("{customer}: delivery promised for {day}")
    return msg(text, customer=found.customer_name, day=found.promised)
