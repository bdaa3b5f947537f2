"""Kinds and states of promotion plans (PRO-01, ST-11)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from datetime import date


class PromoKind(StrEnum):
    """What a plan does: take off, take off in steps of what is spent, add goods for N bought, add a gift, price goods together."""

    DISCOUNT = "discount"
    SPEND = "spend_and_save"
    BUY_GET = "buy_and_get"
    GIFT = "gift"
    BUNDLE = "bundle"


class ScopeKind(StrEnum):
    """What a plan is narrowed to; several values of one kind widen it, several kinds narrow it."""

    PRODUCT = "product"
    CATEGORY = "category"
    CLASS = "customer_class"
    CHANNEL = "channel"
    REGION = "region"


class PlanState(StrEnum):
    """What people decided about a plan (stored)."""

    DRAFT = "draft"
    WAITING = "waiting"
    APPROVED = "approved"
    RUNNING = "running"
    STOPPED = "stopped"
    ENDED = "ended"
    EVALUATED = "evaluated"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class ShownState(StrEnum):
    """ST-11 as people see it: the level a request waits at, and what the days say (never stored)."""

    DRAFT = "draft"
    MANAGER = "at_manager"
    MANAGEMENT = "at_management"
    APPROVED = "approved"
    NOTIFIED = "notified"
    IN_FORCE = "in_force"
    STOPPED = "stopped"
    ENDED = "ended"
    EVALUATED = "evaluated"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class CheckKind(StrEnum):
    """What a promotion needs before it starts (PRO-03)."""

    MATERIAL = "material"
    TRAINING = "seller_training"
    DEPARTMENTS = "other_departments"


MOVES = frozenset(
    {
        (PlanState.DRAFT, PlanState.WAITING),
        (PlanState.REFUSED, PlanState.WAITING),
        (PlanState.WAITING, PlanState.APPROVED),
        (PlanState.WAITING, PlanState.REFUSED),
        (PlanState.WAITING, PlanState.DRAFT),
        (PlanState.APPROVED, PlanState.RUNNING),
        (PlanState.RUNNING, PlanState.STOPPED),
        (PlanState.STOPPED, PlanState.RUNNING),
        (PlanState.APPROVED, PlanState.CANCELLED),
        (PlanState.DRAFT, PlanState.CANCELLED),
        (PlanState.REFUSED, PlanState.CANCELLED),
        (PlanState.RUNNING, PlanState.ENDED),
        (PlanState.STOPPED, PlanState.ENDED),
        (PlanState.RUNNING, PlanState.EVALUATED),
        (PlanState.STOPPED, PlanState.EVALUATED),
        (PlanState.ENDED, PlanState.EVALUATED),
        (PlanState.EVALUATED, PlanState.EVALUATED),
    }
)
"""A withdrawn request makes the plan a draft again; an evaluation may be taken up again."""

HELD = (PlanState.RUNNING, PlanState.STOPPED, PlanState.ENDED, PlanState.EVALUATED)
"""States of plans that ran: they are part of the past and stay."""

COMMITTED = (PlanState.WAITING, PlanState.APPROVED, *HELD)
"""States of plans a new one must get along with."""


class Life(NamedTuple):
    """What the state shown follows from."""

    state: str
    first: date
    last: date
    post: str | None = None


def shown(life: Life, day: date) -> ShownState:
    """How a plan stands on a day: before its first day it is only announced, after its last it has ended by itself. ST-11."""
    if life.state == PlanState.WAITING:
        return ShownState.MANAGER if life.post in ("MGR", "SUP") else ShownState.MANAGEMENT
    if life.state == PlanState.RUNNING and day < life.first:
        return ShownState.NOTIFIED
    if life.state == PlanState.RUNNING and day <= life.last:
        return ShownState.IN_FORCE
    if life.state in (PlanState.RUNNING, PlanState.STOPPED) and day > life.last:
        return ShownState.ENDED
    return ShownState(life.state)
