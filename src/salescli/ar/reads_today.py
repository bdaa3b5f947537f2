"""What receivables put on the day list: money overdue and money due on the day (AR-03, AR-04)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salescli.ar.reads_overdue import Late, first_late, late_receivables
from salescli.core.agenda import MOST, Agenda, Task, cut
from salescli.core.dates import days_between
from salescli.core.i18n import C_, N_, msg

if TYPE_CHECKING:
    from salescli.core.reader import Reader

OVERDUE = C_("receivable_overdue")
DUE = C_("receivable_due")


def payments(r: Reader, agenda: Agenda) -> list[Task]:
    """Receivables open past their due date, and those due on the day: ask for the money. AR-03, AR-04, VIS-09."""
    if agenda.staff_id is None:
        return [_task(found, agenda.day) for found in late_receivables(r, agenda.day, 0)]
    first, count = first_late(r, agenda.day, 0, agenda.staff_id, MOST)
    owner = first[0].staff if first else None
    return cut(first, lambda found: _task(found, agenda.day), OVERDUE, "AR-04", f"salescli ar overdue --staff {owner}", count)


def _task(found: Late, day: date) -> Task:
    late = days_between(date.fromisoformat(found.due_date), day)
    if late > 0:
        text = msg(N_("{customer}: {open:amount} overdue since {due}"), customer=found.customer_name, open=found.open, due=found.due_date)
        return Task(OVERDUE, found.due_date, found.number, found.customer, text, "AR-04", late, found.staff)
    text = msg(N_("{customer}: {open:amount} due today"), customer=found.customer_name, open=found.open)
    return Task(DUE, found.due_date, found.number, found.customer, text, "AR-03", 0, found.staff)
