"""What prices put on the day list: buyers to be told of a change, papers due back (PRC-04, PRC-07)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salescli.core.agenda import Agenda, Task
from salescli.core.dates import days_between
from salescli.core.i18n import C_, N_, msg

if TYPE_CHECKING:
    from salescli.core.reader import Reader


def due(r: Reader, agenda: Agenda) -> list[Task]:
    """Buyers to be told of an approved price change, and papers due back, for whoever answers for them. PRC-04, PRC-07."""
    return [*_notices_due(r, agenda), *_loans_due(r, agenda)]


def _notices_due(r: Reader, agenda: Agenda) -> list[Task]:
    """Forms approved and not told to everybody: due so many days before they are to hold."""
    sql = f"""SELECT h.number, h.notice_days, s.code, min(l.valid_from),
                     (SELECT count(*) FROM price_notice n WHERE n.change_id = h.id AND n.notified_on IS NULL)
              FROM price_change h JOIN staff s ON s.id = h.staff_id JOIN price_change_line l ON l.change_id = h.id
              WHERE h.state = 'approved' AND h.written_on IS NULL AND {agenda.condition(r, "customers", "h.staff_id")}
              GROUP BY h.id, h.number, h.notice_days, s.code"""
    text = N_("{count} {count:buyer is|buyers are} to be told of {number}: salescli price notify {number}")
    tasks = []
    for number, days, staff, first, count in r.tuples(sql):
        by = date.fromisoformat(first) - timedelta(days=days)
        late = max(0, days_between(by, agenda.day))
        tasks.append(Task(C_("price_notice"), by.isoformat(), number, None, msg(text, count=count, number=number), "PRC-04", late, staff))
    return tasks


def _loans_due(r: Reader, agenda: Agenda) -> list[Task]:
    until = agenda.day + timedelta(days=r.policy("reminder.lead_days", agenda.day))
    sql = f"""SELECT n.number, n.title, n.recipient, n.due, s.code, c.code FROM price_loan n JOIN staff s ON s.id = n.staff_id
              LEFT JOIN customer c ON c.id = n.customer_id
              WHERE n.returned_on IS NULL AND n.due <= :until AND {agenda.condition(r, "customers", "n.staff_id")}"""
    text = N_("{title} is due back from {recipient}: salescli price loan back {number}")
    return [
        Task(C_("paper_back"), day, number, customer, msg(text, title=title, recipient=recipient, number=number), "PRC-07",
             max(0, days_between(date.fromisoformat(day), agenda.day)), staff)
        for number, title, recipient, day, staff, customer in r.tuples(sql, until=until)
    ]  # fmt: skip
