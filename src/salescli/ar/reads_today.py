"""What receivables put on the day list: money overdue and money due on the day (AR-03, AR-04)."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from salescli.ar.reads_overdue import Late, first_late, late_receivables
from salescli.core.agenda import MOST, Agenda, Task, cut, cut_each
from salescli.core.dates import days_between
from salescli.core.i18n import C_, N_, msg

if TYPE_CHECKING:
    from salescli.core.reader import Reader

OVERDUE = C_("receivable_overdue")
DUE = C_("receivable_due")


def payments(r: Reader, agenda: Agenda) -> list[Task]:
    """Receivables open past their due date, and those due on the day: ask for the money. AR-03, AR-04, VIS-09."""
    make, command = partial(_task, agenda.day), "salescli ar overdue"
    if agenda.staff_id is None:
        return cut_each(late_receivables(r, agenda.day, 0), make, _owner, OVERDUE, "AR-04", command)
    first, count = first_late(r, agenda.day, 0, agenda.staff_id, MOST)
    owner = _owner(first[0]) if first else None
    return cut(first, make, OVERDUE, "AR-04", f"{command} --staff {owner}", count, owner)


def _owner(found: Late) -> str | None:
    return found.staff


def _task(day: date, found: Late) -> Task:
    late = days_between(date.fromisoformat(found.due_date), day)
    if late > 0:
        text = msg(N_("{customer}: {open:amount} overdue since {due}"), customer=found.customer_name, open=found.open, due=found.due_date)
        return Task(OVERDUE, found.due_date, found.number, found.customer, text, "AR-04", late, found.staff)
    text = msg(N_("{customer}: {open:amount} due today"), customer=found.customer_name, open=found.open)
    return Task(DUE, found.due_date, found.number, found.customer, text, "AR-03", 0, found.staff)
