"""What a ticket is about, and the steps it takes (ST-12). Steps are facts with a day; the state is computed from them."""

from enum import StrEnum


class TicketKind(StrEnum):
    """What the customer wants."""

    COMPLAINT = "complaint"
    REPAIR = "repair"
    EXCHANGE = "exchange"
    RETURN_GOODS = "return_goods"
    TRAINING = "training"
    QUESTION = "question"
    MAINTENANCE = "maintenance"


class Step(StrEnum):
    """Something that was done about a ticket."""

    ANSWERED = "answered"
    STUDIED = "studied"
    ESCALATED = "escalated"
    SOLVED = "solved"
    TOLD = "told"
    CLOSED = "closed"
    REOPENED = "reopened"


class TicketState(StrEnum):
    """Where a ticket stands: its last step, or `escalated` once the days for a solution have passed (SVC-02)."""

    RECEIVED = "received"
    ANSWERED = "answered"
    STUDIED = "studied"
    ESCALATED = "escalated"
    SOLVED = "solved"
    TOLD = "told"
    CLOSED = "closed"


OPEN = frozenset({TicketState.RECEIVED, TicketState.ANSWERED, TicketState.STUDIED, TicketState.ESCALATED})
"""States without a solution."""

MOVES = frozenset(
    {(state, step) for state in OPEN for step in (Step.ANSWERED, Step.STUDIED, Step.ESCALATED, Step.SOLVED) if state.value != step.value}
    | {
        (TicketState.ESCALATED, Step.ESCALATED),  # computed by the days, then said by a person as well
        (TicketState.SOLVED, Step.TOLD),
        (TicketState.SOLVED, Step.REOPENED),
        (TicketState.TOLD, Step.CLOSED),
        (TicketState.TOLD, Step.REOPENED),
        (TicketState.CLOSED, Step.REOPENED),
    }
)


def state_of(last: str | None, solved: bool, overdue: bool) -> TicketState:
    """The state from the last step; an unsolved ticket past its days is escalated by itself."""
    if not solved and overdue:
        return TicketState.ESCALATED
    return TicketState.RECEIVED if last is None or last == Step.REOPENED else TicketState(last)
