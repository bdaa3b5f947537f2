"""What promotions put on the day list: what starts, ends, waits for its evaluation; a month without a theme (PRO-02, PRO-04, PRO-06)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salescli.core.agenda import Agenda, Task
from salescli.core.i18n import C_, N_, Message, msg

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.promo.reads_load import PlanRow


def due(r: Reader, agenda: Agenda) -> list[Task]:
    """Plans of the agenda's people that start, end, or wait for their evaluation; the month's missing theme for the managers."""
    return [*_plans(r, agenda), *_theme(r, agenda)]


def _plans(r: Reader, agenda: Agenda) -> list[Task]:
    terms = f"p.state IN ('approved', 'running', 'stopped', 'ended') AND {agenda.condition(r, 'orders', 'p.staff_id')}"
    if not r.value(f"SELECT 1 FROM promo_plan p WHERE {terms} LIMIT 1"):
        return []  # most people plan none, and need not wait until the rules of plans are loaded
    from salescli.promo.reads_load import plan_rows

    rows = plan_rows(r, terms)
    soon = agenda.day + timedelta(days=r.policy("promo.remind_days", agenda.day))
    tasks = (_task(row, agenda.day, soon) for row in rows)
    return [task for task in tasks if task is not None]


def _task(row: PlanRow, day: date, soon: date) -> Task | None:
    from salescli.promo.reads_around import state_of
    from salescli.promo.states import PlanState, ShownState

    first, last = date.fromisoformat(row.date_from), date.fromisoformat(row.last_day)
    facts = {"number": row.number, "name": row.name, "first": row.date_from, "last": row.last_day}
    state = state_of(row, day)
    if row.state == PlanState.APPROVED and first <= soon and last >= day:
        text = msg(N_("{name} is to start on {first}: salescli promo start {number}"), **facts)
        return _line(row, C_("promo_start"), first, text, "PRO-02", day)
    if state is ShownState.IN_FORCE and last <= soon:
        text = msg(N_("{name} ends on {last}; longer: salescli promo end {number} --until DATE"), **facts)
        return _line(row, C_("promo_end"), last, text, "PRO-02", day)
    if state is ShownState.ENDED:
        text = msg(N_("{name} ended on {last}; evaluate it: salescli promo evaluate {number} --lesson TEXT"), **facts)
        return _line(row, C_("promo_evaluation"), last + timedelta(days=1), text, "PRO-04", day)
    return None


def _line(row: PlanRow, kind: str, due: date, text: Message, rule: str, day: date) -> Task:
    return Task(kind, due.isoformat(), row.number, None, text, rule, max(0, (day - due).days), row.staff)


_MANAGERS = """SELECT s.id, s.code FROM staff s JOIN staff_role x ON x.staff_id = s.id
WHERE x.role = 'manager' AND coalesce(s.left_on, '9999-12-31') >= :day ORDER BY s.code"""


def _theme(r: Reader, agenda: Agenda) -> list[Task]:
    """A month without its theme activity, once the office plans promotions at all. PRO-06."""
    from salescli.core.dates import month_of

    wanted = r.policy("promo.theme_per_month", agenda.day)
    managers = r.tuples(_MANAGERS, day=agenda.day)
    mine = [code for staff_id, code in managers if agenda.staff_id in (None, staff_id)]
    month = month_of(agenda.day)
    if not wanted or not mine or not r.value("SELECT count(*) FROM promo_plan"):
        return []
    from salescli.promo.reads import themes_in
    from salescli.promo.reads_load import load

    held = len(themes_in(load(r, "p.theme = 1 AND p.state NOT IN ('refused', 'cancelled')"), month))
    if held >= wanted:
        return []
    text = msg(
        N_("{month} has {held} of {wanted} theme activities: salescli promo plan --theme"), month=month.name, held=held, wanted=wanted
    )
    return [Task(C_("promo_theme"), month.end.isoformat(), None, None, text, "PRO-06", 0, mine[0])]
