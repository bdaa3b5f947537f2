"""States of a contract (ST-06): people set the state of a version and file it; the rest is computed from the facts."""

from enum import StrEnum

from salescli.core.record import NamedTuple


class VersionState(StrEnum):
    """Where a version of a contract stands (stored)."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    SIGNED = "signed"


class ContractState(StrEnum):
    """Where a contract stands, as people see it (computed)."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    SIGNED = "signed"
    FILED = "filed"
    EXECUTING = "executing"
    COMPLETED = "completed"
    CHANGED = "changed"
    DISPUTED = "disputed"
    ENDED = "ended"


class ContractKind(StrEnum):
    """What is agreed: goods sold, goods sold wholesale, an area given to a dealer, a partner, goods supplied to us."""

    SALE = "sale"
    WHOLESALE = "wholesale"
    DEALER = "dealer"
    PARTNER = "partner"
    SUPPLY = "supply"


class IssueKind(StrEnum):
    """What can go wrong in the execution (CTR-06)."""

    PROBLEM = "problem"
    RISK = "risk"
    DISPUTE = "dispute"


OF_AREAS = frozenset({ContractKind.DEALER, ContractKind.PARTNER})
"""Kinds that agree on an area and a time, and may go without goods (CHN-02)."""

V = VersionState
MOVES = frozenset(
    {(V.DRAFT, V.IN_REVIEW), (V.IN_REVIEW, V.APPROVED), (V.IN_REVIEW, V.DRAFT), (V.APPROVED, V.DRAFT), (V.APPROVED, V.SIGNED)}
)


class Facts(NamedTuple):
    """What the state of a contract follows from; `in_force`: some version was signed, `amending`: a later one is under way."""

    last: str
    in_force: bool
    amending: bool
    filed: bool
    ended: bool
    disputed: bool = False
    begun: bool = False
    complete: bool = False


def state_of(facts: Facts) -> ContractState:
    """The state people see. CTR-01, CTR-06."""
    if facts.ended:
        return ContractState.ENDED
    if not facts.in_force:
        return ContractState(facts.last)
    found = (
        (facts.disputed, ContractState.DISPUTED),
        (facts.amending, ContractState.CHANGED),
        (facts.complete, ContractState.COMPLETED),
        (facts.begun, ContractState.EXECUTING),
        (facts.filed, ContractState.FILED),
    )
    return next((state for holds, state in found if holds), ContractState.SIGNED)
