"""What of products is due: licences that expire, displays to refresh (PRD-02, PRD-07)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salescli.core.agenda import Agenda, Task
from salescli.core.dates import days_between
from salescli.core.i18n import C_, N_, msg

if TYPE_CHECKING:
    from salescli.core.reader import Reader


def due(r: Reader, agenda: Agenda) -> list[Task]:
    """Licences within their warning time, displays past their cycle, for whoever answers for them. PRD-02, PRD-07."""
    return [*_licences(r, agenda), *_displays(r, agenda)]


def _licences(r: Reader, agenda: Agenda) -> list[Task]:
    until = agenda.day + timedelta(days=r.policy("licence.warn_days", agenda.day))
    sql = f"""SELECT x.number, x.name, x.valid_until, s.code FROM licence x JOIN staff s ON s.id = x.staff_id
              WHERE x.closed_on IS NULL AND x.valid_until <= :until AND {agenda.condition(r, "customers", "x.staff_id")}"""
    text = N_("{name} expires on {day}: salescli product renew {number} --until DATE")
    return [
        Task(C_("licence"), day, number, None, msg(text, name=name, day=day, number=number), "PRD-07", _late(day, agenda.day), staff)
        for number, name, day, staff in r.tuples(sql, until=until)
    ]


def _displays(r: Reader, agenda: Agenda) -> list[Task]:
    if not r.value("SELECT 1 FROM product_display LIMIT 1"):
        return []  # nothing to load the product file's reads for
    from salescli.product.reads_file import LATEST_DISPLAYS, display_again

    visible = r.actor.visible("customers")
    tasks = []
    for place, day, staff, _note, staff_id in r.tuples(LATEST_DISPLAYS):
        again = display_again(r, day)
        mine = agenda.staff_id in (None, staff_id) and (visible is None or staff_id in visible)
        if mine and again <= agenda.day:
            text = msg(N_("refresh the display {place}, new items in front: salescli product display '{place}'"), place=place)
            tasks.append(Task(C_("display"), again.isoformat(), place, None, text, "PRD-02", _late(again.isoformat(), agenda.day), staff))
    return tasks


def _late(due_day: str, day: date) -> int:
    return max(0, days_between(date.fromisoformat(due_day), day))
