"""What quotes ask for on the day list: sending, following up before they expire, mending what was returned (QUO-02, QUO-06)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salescli.core.agenda import Agenda, Task
from salescli.core.i18n import C_, N_, msg
from salescli.quote.states import QuoteState

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.quote.reads import QuoteRow

TEXTS = {
    QuoteState.RETURNED: (N_("{customer}: the quote was returned; change it and submit it again"), "QUO-02"),
    QuoteState.APPROVED: (N_("{customer}: the quote is approved: salescli quote send {number}"), "QUO-02"),
    QuoteState.SENT: (N_("{customer}: the quote is valid until {day}; ask what he says"), "QUO-06"),
    QuoteState.CONFIRMED: (N_("{customer}: the quote is confirmed: salescli quote convert {number}"), "QUO-06"),
    QuoteState.EXPIRED: (N_("{customer}: the quote expired on {day}; renew it or note it as lost"), "QUO-06"),
}


def due(r: Reader, agenda: Agenda) -> list[Task]:
    """Quotes somebody has to do something about; one that was sent from some days before it expires. QUO-02, QUO-06."""
    terms = f"{agenda.condition(r, 'orders', 'q.staff_id')} AND q.day <= :day AND q.state IN ('returned', 'approved', 'sent', 'confirmed')"
    if not r.value(f"SELECT 1 FROM quote q WHERE {terms} LIMIT 1", day=agenda.day):
        return []  # nothing to load the reads of quotes for
    from salescli.quote import reads

    soon = agenda.day + timedelta(r.policy("reminder.lead_days", agenda.day))
    found = [(row, row.shown(agenda.day)) for row in reads.select(r, terms, day=agenda.day)]
    return [_task(row, state, agenda.day) for row, state in found if state is not QuoteState.SENT or row.valid_until <= soon.isoformat()]


def _task(row: QuoteRow, state: QuoteState, day: date) -> Task:
    text, rule = TEXTS[state]
    until = row.valid_until if state in (QuoteState.SENT, QuoteState.EXPIRED, QuoteState.APPROVED) else None
    late = max(0, (day - date.fromisoformat(until)).days) if until else 0
    said = msg(text, customer=row.customer_name, number=row.number, day=row.valid_until)
    return Task(C_("quote"), until, row.number, row.customer, said, rule, late, row.staff)
