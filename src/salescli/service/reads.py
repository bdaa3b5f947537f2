"""Tickets as lists and one by one, within the reader's scope; what is due about them (SVC-01..05)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find_optional
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.core.workdays import deadline
from salescli.service.rules import Deadlines, Facts, Standing, kept, standing
from salescli.service.states import Step

if TYPE_CHECKING:
    from salescli.core.dates import Period
    from salescli.core.reader import Reader


class TicketRow(NamedTuple):
    """One ticket with the names around it."""

    id: int
    number: str
    day: str
    kind: str
    customer: str
    customer_name: str
    owner_id: int | None
    content: str
    cause: str | None
    sku: str | None
    document: str | None
    about: str | None
    about_id: int | None
    agent: str
    agent_id: int
    last: str | None
    solved: str | None
    reopened: str | None

    @property
    def since(self) -> date:
        """The day a solution is waited for from: when it came, or was last taken up again."""
        return date.fromisoformat(self.reopened or self.day)


_TICKET = """
SELECT t.id, t.number, t.day, t.kind, c.code, c.name, c.staff_id, t.content, t.cause, p.sku, t.document, b.code, t.about_id, a.code,
       t.agent_id, t.kept_last, t.kept_solved, t.kept_reopened
FROM ticket t
JOIN customer c ON c.id = t.customer_id
JOIN staff a ON a.id = t.agent_id
LEFT JOIN staff b ON b.id = t.about_id
LEFT JOIN product p ON p.id = t.product_id
WHERE {terms}
ORDER BY t.day DESC, t.id DESC"""

COLUMNS = (
    Column("ticket", N_("Ticket")),
    Column("date", N_("Date"), "date"),
    Column("kind", N_("Kind"), "code"),
    Column("customer", N_("Customer")),
    Column("customer_name", N_("Customer name")),
    Column("content", N_("Content")),
    Column("agent", N_("Agent")),
    Column("state", N_("State"), "code"),
    Column("next_step", N_("Next step"), "code"),
    Column("due", N_("Due"), "date"),
    Column("late_days", N_("Days late"), "int"),
)


def tickets(r: Reader, terms: str, **params: Any) -> list[TicketRow]:
    """Tickets by SQL terms on `t`, `c`, `a`."""
    return r.rows(TicketRow, _TICKET.format(terms=terms), **params)


def seen(r: Reader) -> str:
    """SQL for the tickets a reader may see: of his customers, and those he handles himself."""
    return f"({condition(r.actor, 'customers', 'c.staff_id')} OR t.agent_id = {r.actor.id:d})"


def cared(r: Reader) -> str:
    """SQL for the customers `c` whose goods a reader looks after: his own and his team's, and those he is the named agent of. SVC-04."""
    mine = f"SELECT g.customer_id FROM agent g WHERE g.staff_id = {r.actor.id:d}"
    return f"({condition(r.actor, 'customers', 'c.staff_id')} OR c.id IN ({mine}))"


def solve_by(r: Reader, since: date) -> date:
    """The last day in time for a solution, by the office's numbers of the day it is waited for from: a later change moves none.

    SVC-02, X-25.
    """
    return deadline(r, since, r.policy("complaint.escalate_days", since))


def standing_of(r: Reader, row: TicketRow, day: date) -> Standing:
    """Where a ticket stands on a day. SVC-02."""
    solved = date.fromisoformat(row.solved) if row.solved else None
    tell_by = deadline(r, solved, r.policy("complaint.tell_days", solved)) if solved else None
    limits = Deadlines(solve_by(r, row.since), tell_by)
    return standing(Facts(row.last, solved is not None), day, limits)


class Wanted(NamedTuple):
    """Which tickets a list holds; None narrows nothing."""

    customer: str | None = None
    staff: str | None = None
    kind: str | None = None
    period: Period | None = None
    open: bool = False


def listing(r: Reader, wanted: Wanted, as_of: date | None = None) -> Report:
    """Tickets, newest first, with state and next duty on a day; agents are today's. SVC-01, SVC-05."""
    day = as_of or r.today
    return Report(
        name="service-list",
        title=msg(N_("Tickets")),
        columns=COLUMNS,
        rows=[_row(r, row, day) for row in _on(r, wanted, day) if not (wanted.open and row.last == Step.CLOSED)],
        as_of=day.isoformat(),
        empty=msg(N_("No tickets. A customer complains or asks for help: salescli service open CUSTOMER TEXT")),
        beyond_own=r.actor.visible("customers") is None,
    )


_STEPS = """
SELECT x.ticket_id, x.step, x.day FROM ticket_step x JOIN ticket t ON t.id = x.ticket_id JOIN customer c ON c.id = t.customer_id
WHERE {terms} AND x.day <= :day ORDER BY x.id"""


def _on(r: Reader, wanted: Wanted, day: date) -> list[TicketRow]:
    """The tickets wanted, as they stand on a day: on a past one without what was done since."""
    terms, params = _terms(r, wanted, day)
    if day >= r.today:
        terms += ["(t.kept_last IS NULL OR t.kept_last <> 'closed')"] * wanted.open
        return tickets(r, " AND ".join(terms), **params)
    where = " AND ".join(terms)
    steps: dict[int, list[tuple[str, str]]] = {}
    for ticket_id, step, taken in r.tuples(_STEPS.format(terms=where), **params):
        steps.setdefault(ticket_id, []).append((step, taken))
    return [row._replace(**kept(steps.get(row.id, ()))._asdict()) for row in tickets(r, where, **params)]


def _terms(r: Reader, wanted: Wanted, day: date) -> tuple[list[str], dict[str, Any]]:
    terms = [seen(r), "t.day <= :day"]
    params: dict[str, Any] = {"day": day}
    customer, staff = find_optional(r, "customer", wanted.customer), find_optional(r, "staff", wanted.staff)
    if customer:
        terms.append(f"t.customer_id = {customer.id:d}")
    if staff:
        terms.append(f"t.agent_id = {staff.id:d}")
    if wanted.kind:
        terms.append("t.kind = :kind")
        params["kind"] = wanted.kind
    if wanted.period:
        terms.append("t.day BETWEEN :first AND :last")
        params |= {"first": wanted.period.start, "last": wanted.period.end}
    return terms, params


def _row(r: Reader, row: TicketRow, day: date) -> tuple[Any, ...]:
    now = standing_of(r, row, day)
    due = now.due.isoformat() if now.due else None
    return (
        row.number, row.day, row.kind, row.customer, row.customer_name, row.content, row.agent,
        now.state.value, now.due_step.value if now.due_step else None, due, now.late_days,
    )  # fmt: skip


def complaints_about(r: Reader, staff_id: int, period: Period) -> int:
    """How many complaints about somebody came in a period, whoever took them. SVC-06."""
    sql = "SELECT count(*) FROM ticket WHERE about_id = :id AND kind = 'complaint' AND day BETWEEN :first AND :last"
    return int(r.value(sql, id=staff_id, first=period.start, last=period.end))


def ticket(r: Reader, number: str) -> TicketRow:
    """One ticket by number. Raises SalesError (exit 3) for one that is not there or not the reader's to see."""
    found = r.first(TicketRow, _TICKET.format(terms=f"{seen(r)} AND lower(t.number) = :number"), number=number.lower())
    if found is None:
        fail("ticket_not_found", N_("there is no ticket {number}"), kind=Kind.NOT_FOUND, hint=N_("salescli service list"), number=number)
    return found


STEPS = (
    Column("date", N_("Date"), "date"),
    Column("time", N_("Time"), "time"),
    Column("step", N_("Step"), "code"),
    Column("staff", N_("By")),
    Column("text", N_("Text")),
    Column("score", N_("Satisfaction"), "int"),
)


def detail(r: Reader, number: str) -> Report:
    """A ticket's whole history: what came in, and every step. SVC-05."""
    row = ticket(r, number)
    now = standing_of(r, row, r.today)
    steps = r.tuples(
        """SELECT x.day, x.time, x.step, s.code, x.text, x.score FROM ticket_step x JOIN staff s ON s.id = x.staff_id
           WHERE x.ticket_id = :id ORDER BY x.id""",
        id=row.id,
    )
    taken = r.tuples("SELECT t.day, t.time, s.code FROM ticket t JOIN staff s ON s.id = t.taken_by WHERE t.id = :id", id=row.id)[0]
    title = N_("{number}: {kind:code} of {customer} {name}, {state:code}, agent {agent}")
    return Report(
        name="service-show",
        title=msg(
            title, number=row.number, kind=row.kind, customer=row.customer, name=row.customer_name, state=now.state.value, agent=row.agent
        ),
        columns=STEPS,
        rows=[(taken[0], taken[1], C_("received"), taken[2], row.content, None), *steps],
        notes=tuple(_facts(row, now)),
        as_of=r.today.isoformat(),
        beyond_own=r.actor.visible("customers") is None,
    )


def _facts(row: TicketRow, now: Standing) -> list[Any]:
    notes = [msg(N_("state {state:code}, agent {agent}"), state=now.state.value, agent=row.agent)]
    if now.due_step and now.due:
        notes.append(
            msg(
                N_("{step:code} due on {due}, {late} {late:day|days} late"),
                step=now.due_step.value,
                due=now.due.isoformat(),
                late=now.late_days,
            )
        )
    known = {
        N_("product {value}"): row.sku,
        N_("document {value}"): row.document,
        N_("about {value}"): row.about,
        N_("cause: {value}"): row.cause,
    }
    return notes + [msg(text, value=value) for text, value in known.items() if value]


class Paper(NamedTuple):
    """An order, delivery or contact by its number, with the customer it belongs to."""

    number: str
    customer_id: int | None


_PAPERS = """
SELECT i.number, coalesce(i.customer_id, l.customer_id) FROM interaction i LEFT JOIN lead l ON l.number = i.lead_number
WHERE i.number IN (:typed, :upper)
UNION ALL SELECT number, customer_id FROM sales_order WHERE number IN (:typed, :upper)
UNION ALL SELECT d.number, o.customer_id FROM delivery d JOIN sales_order o ON o.id = d.order_id WHERE d.number IN (:typed, :upper)"""


def paper(r: Reader, number: str) -> Paper | None:
    """What a ticket says it is about, if the book has it under this number. VIS-06, SVC-05."""
    return r.first(Paper, _PAPERS, typed=number, upper=number.upper())
