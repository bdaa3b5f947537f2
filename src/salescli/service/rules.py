"""Decisions about tickets: which step may follow, by when a solution is due, who must hear of it (SVC-01..06)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import N_
from salescli.core.record import NamedTuple
from salescli.service.states import MOVES, OPEN, Step, TicketState, state_of


class Facts(NamedTuple):
    """What was done about a ticket: its last step, and whether a solution stands."""

    last: str | None
    solved: bool


class Deadlines(NamedTuple):
    """The last days in time: for a solution, counted from the day the ticket came or was taken up again, and for telling the customer."""

    solve_by: date
    tell_by: date | None = None


class Standing(NamedTuple):
    """Where a ticket stands on a day: state, the next thing due, when, and how many days late it is."""

    state: TicketState
    due_step: Step | None
    due: date | None
    late_days: int


class Kept(NamedTuple):
    """What a ticket's steps come to: the last one, the days (ISO) of the solution that stands and of the last reopening."""

    last: str | None = None
    solved: str | None = None
    reopened: str | None = None


def kept(steps: Sequence[tuple[str, str]]) -> Kept:
    """What steps and their days (ISO), in the order they were taken, come to. SVC-02."""
    last = solved = reopened = None
    for last, day in steps:
        solved = day if last == Step.SOLVED else None if last == Step.REOPENED else solved
        reopened = day if last == Step.REOPENED else reopened
    return Kept(last, solved, reopened)


def standing(facts: Facts, day: date, limits: Deadlines) -> Standing:
    """State and next duty of a ticket on a day; never stored, so no day can be missed. SVC-02."""
    state = state_of(facts.last, facts.solved, day > limits.solve_by)
    if state in OPEN:
        return Standing(state, Step.SOLVED, limits.solve_by, max(0, (day - limits.solve_by).days))
    if state is TicketState.SOLVED and limits.tell_by is not None:
        return Standing(state, Step.TOLD, limits.tell_by, max(0, (day - limits.tell_by).days))
    return Standing(state, Step.CLOSED if state is TicketState.TOLD else None, None, 0)


SAID = {
    Step.ANSWERED: (N_("say what the customer was answered"), N_('salescli service answer {number} "we look at it tomorrow"')),
    Step.SOLVED: (N_("say what the solution of {number} is"), N_('salescli service solve {number} "replaced"')),
    Step.REOPENED: (N_("say why {number} is taken up again"), N_('salescli service reopen {number} "it leaks again"')),
}
"""What must be said with a step, and how."""


def check_step(number: str, state: TicketState, step: Step, text: str | None) -> list[Problem]:
    """Whether `step` may follow `state`; a solution, an answer and a reopening say what. SVC-01, SVC-02."""
    problems = []
    if (state, step) not in MOVES:
        problems.append(
            problem(
                "step_not_now",
                N_("ticket {number} is {state:code}; it cannot be {step:code} now"),
                kind=Kind.STATE,
                rule="SVC-02",
                hint=N_("its history: salescli service show {number}"),
                number=number,
                state=state.value,
                step=step.value,
            )
        )
    if step in (Step.ANSWERED, Step.SOLVED, Step.REOPENED) and not text:
        text, hint = SAID[step]
        problems.append(problem("step_says_nothing", text, kind=Kind.USAGE, rule="SVC-01", hint=hint, step=step.value, number=number))
    return problems


def check_step_day(number: str, day: date, last: date) -> list[Problem]:
    """A step is not dated before what came before it: the ticket itself, or its last step. SVC-02, SVC-05."""
    if day >= last:
        return []
    text = N_("{day} lies before the last step of {number}, {last}")
    hint = N_("its history: salescli service show {number}")
    return [problem("step_before", text, rule="SVC-05", hint=hint, number=number, day=day.isoformat(), last=last.isoformat())]


def under_warranty(until: date | None, day: date) -> bool:
    """Whether repair and exchange are free on a day; the last day counts. SVC-03."""
    return until is not None and day <= until


def too_many_complaints(count: int, threshold: int) -> bool:
    """Whether a rep's complaints of a month call for correction. SVC-06."""
    return count >= threshold


def warn_complaints(about: str, count: int, threshold: int) -> list[Problem]:
    """Warning: with this complaint the month's are too many. SVC-06."""
    if not too_many_complaints(count, threshold):
        return []
    text = N_("{about} has {count} {count:complaint|complaints} this month; from {limit} on they are looked into")
    hint = N_("which ones: salescli service report --by staff; talk about them: salescli meeting talk {about} TEXT")
    return [problem("many_complaints", text, rule="SVC-06", hint=hint, about=about, count=count, limit=threshold)]


def check_handler(staff: str, about: str | None, *, involved: bool, left: str | None = None) -> list[Problem]:
    """Whoever handles a ticket is here, and neither the one complained about nor somebody who works below him. SVC-04, SVC-06, ORG-03."""
    found = []
    if left is not None:
        text = N_("{staff} left on {left} and handles no tickets")
        hint = N_("choose somebody who is here: salescli staff list")
        found.append(problem("handler_left", text, rule="SVC-04", hint=hint, staff=staff, left=left))
    if involved:
        text, hint = (
            N_("a complaint about {about} is not for {staff} to handle: it is about him or about somebody above him"),
            N_("a superior of {about} handles it"),
        )
        found.append(problem("handler_involved", text, kind=Kind.FORBIDDEN, rule="ORG-03", hint=hint, staff=staff, about=about))
    return found


NUMBER = re.compile(r"(SO|DN|VS)-[0-9]{6}-[0-9]{4,}")
"""Numbers this book gives to orders, deliveries and contacts; other systems' numbers look as they like."""


def check_paper(typed: str, customer: str, *, owned: bool | None) -> list[Problem]:
    """The document a ticket names is this customer's; `owned` is None where the book has none of that number. SVC-05."""
    if owned or (owned is None and not NUMBER.fullmatch(typed.upper())):
        return []
    text = N_("{customer} has no order, delivery or contact {document}")
    hint = N_("his contacts: salescli customer history {customer}; his orders: salescli order list --customer {customer}")
    return [problem("document_not_found", text, kind=Kind.NOT_FOUND, rule="SVC-05", hint=hint, customer=customer, document=typed)]
