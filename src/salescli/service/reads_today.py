"""What service puts on the day list: tickets to solve or to tell, maintenance due (SVC-02, SVC-05)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salescli.core.access import condition
from salescli.core.agenda import Agenda, Task
from salescli.core.dates import days_between
from salescli.core.i18n import C_, N_, msg

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.service.reads import TicketRow
    from salescli.service.rules import Standing


def due(r: Reader, agenda: Agenda) -> list[Task]:
    """Tickets to solve or to tell, for the agent; those past their days for the agent's superior too. SVC-02, VIS-09."""
    person = "1 = 1" if agenda.staff_id is None else f"(t.agent_id = {agenda.staff_id:d} OR a.superior_id = {agenda.staff_id:d})"
    terms = f"{person} AND t.day <= :day AND (t.kept_last IS NULL OR t.kept_last NOT IN ('told', 'closed'))"
    if not r.value(f"SELECT 1 FROM ticket t JOIN staff a ON a.id = t.agent_id WHERE {terms} LIMIT 1", day=agenda.day):
        return []  # nothing to load the reads of tickets for
    from salescli.service.reads import seen, standing_of, tickets

    found = tickets(r, f"{terms} AND {seen(r)}", day=agenda.day)
    lines = [(row, standing_of(r, row, agenda.day)) for row in found]
    return [
        _task(row, now)
        for row, now in lines
        if now.due_step and (row.agent_id == agenda.staff_id or agenda.staff_id is None or now.late_days)
    ]


SENTENCES = {
    "solved": N_("{customer}: {kind:code} waits for a solution: {content}"),
    "told": N_("{customer}: tell the solution: salescli service tell {number}"),
}


def _task(row: TicketRow, now: Standing) -> Task:
    content = row.content.splitlines()[0][:60]
    text = msg(SENTENCES[now.due_step or "solved"], customer=row.customer_name, kind=row.kind, content=content, number=row.number)
    day = now.due.isoformat() if now.due else None
    return Task(C_("ticket"), day, row.number, row.customer, text, "SVC-02", now.late_days, row.agent)


def services_due(r: Reader, agenda: Agenda) -> list[Task]:
    """Maintenance due within the reminder lead, for the customer's agent or owner. SVC-05, VIS-09."""
    until = agenda.day + timedelta(days=r.policy("reminder.lead_days", agenda.day))
    person = "1 = 1" if agenda.staff_id is None else f"coalesce(g.staff_id, c.staff_id) = {agenda.staff_id:d}"
    # the plus: begin at what is due, not at all the team's customers
    mine = f"({condition(r.actor, 'customers', '+c.staff_id')} OR g.staff_id = {r.actor.id:d})"
    sql = f"""SELECT x.number, x.name, x.next_service, c.code, c.name, s.code
              FROM asset x JOIN customer c ON c.id = x.customer_id
              LEFT JOIN agent g ON g.customer_id = c.id
              LEFT JOIN staff s ON s.id = coalesce(g.staff_id, c.staff_id)
              WHERE x.next_service <= :until AND {person} AND {mine}"""
    text = N_("{customer}: service of {name} is due: salescli service asset done {number}")
    return [
        Task(C_("service_due"), due, number, code, msg(text, customer=name, name=thing, number=number), "SVC-05",
             max(0, days_between(date.fromisoformat(due), agenda.day)), staff)
        for number, thing, due, code, name, staff in r.tuples(sql, until=until)
    ]  # fmt: skip
