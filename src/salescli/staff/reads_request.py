"""Requests inside the office and between two companies: lists, and one by number (ORG-12, ORG-13)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salescli.core.approval import stands_for
from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.staff.reads_office import sees
from salescli.staff.rules_request import late_days, state
from salescli.staff.states import RequestState

if TYPE_CHECKING:
    from salescli.core.reader import Reader


class Request(NamedTuple):
    """A request with the people's codes."""

    id: int
    number: str
    kind: str
    asker_id: int | None
    asker: str | None
    to_id: int
    to: str
    company: str | None
    contact: str | None
    text: str
    document: str | None
    day: str
    due: str
    answer: str | None
    answered_on: str | None
    withdrawn_on: str | None
    filed_by: int | None

    @property
    def state(self) -> RequestState:
        """Where it stands."""
        return state(self.answered_on, self.withdrawn_on)

    @property
    def asked_by(self) -> str | None:
        """Who asks, as a person reads it: our staff code, or the other company and its person."""
        if self.asker is not None:
            return self.asker
        return f"{self.company} ({self.contact})" if self.contact else self.company

    def late(self, day: date) -> int:
        """Days past its day; a withdrawn one is never late."""
        if self.withdrawn_on:
            return 0
        return late_days(date.fromisoformat(self.due), date.fromisoformat(self.answered_on) if self.answered_on else None, day)


SELECT = """
SELECT q.id, q.number, q.kind, q.asker_id, a.code, q.to_id, t.code, q.company, q.contact, q.text, q.document, q.day, q.due,
       q.answer, q.answered_on, q.withdrawn_on, q.filed_by
FROM internal_request q
JOIN staff t ON t.id = q.to_id
LEFT JOIN staff a ON a.id = q.asker_id
WHERE {where} ORDER BY q.due, q.id"""

OPEN = "q.answered_on IS NULL AND q.withdrawn_on IS NULL"


def _of_mine(r: Reader) -> str:
    """SQL: asked of oneself, or of somebody one stands in for today."""
    return f"q.to_id IN ({', '.join(map(str, sorted(stands_for(r, r.actor.id))))})"


def request(r: Reader, number: str) -> Request:
    """The request of that number. Raises SalesError: 3 none, or one the reader has nothing to do with."""
    scope = f"({_of_mine(r)} OR {sees(r, 'q.to_id')} OR {sees(r, 'q.asker_id')} OR q.filed_by = {r.actor.id:d})"
    found = r.rows(Request, SELECT.format(where=f"q.number = :number AND {scope}"), number=number.strip().upper())
    if not found:
        fail("request_unknown", N_("there is no request {number} for you"), kind=Kind.NOT_FOUND, hint=N_("salescli staff request list"),
             number=number)  # fmt: skip
    return found[0]


LIST = (
    Column("number", N_("Number")),
    Column("kind", N_("Kind"), "code"),
    Column("asker", N_("Asker")),
    Column("to", N_("Asked of")),
    Column("company", N_("Company")),
    Column("text", N_("Question")),
    Column("document", N_("Document")),
    Column("due", N_("Due"), "date"),
    Column("state", N_("State"), "code"),
    Column("late_days", N_("Days late"), "int"),
    Column("answer", N_("Answer")),
)


def listing(r: Reader, *, everybody: bool = False, given: bool = False, which: str = "open", overdue: bool = False) -> Report:
    """Requests to oneself; `given`: one's own to others; `everybody`: all one may look at. ORG-12, ORG-13."""
    whose = f"q.asker_id = {r.actor.id:d}" if given else _of_mine(r)
    if everybody:
        whose = f"({sees(r, 'q.to_id')} OR {sees(r, 'q.asker_id')})"
    rows = [row for row in r.rows(Request, SELECT.format(where=whose)) if which in ("all", row.state.value)]
    return Report(
        name="staff-request-list",
        title=msg(N_("Requests")),
        columns=LIST,
        rows=[_row(row, r.today) for row in rows if not overdue or row.late(r.today)],
        as_of=r.today.isoformat(),
        empty=msg(N_("No request here. Ask somebody: salescli staff request add STAFF TEXT")),
    )


def _row(row: Request, day: date) -> tuple[object, ...]:
    return (
        row.number, row.kind, row.asked_by, row.to, row.company, row.text, row.document, row.due, row.state.value, row.late(day),
        row.answer,
    )  # fmt: skip
