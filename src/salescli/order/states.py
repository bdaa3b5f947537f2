"""States of an order and the moves between them. People set `OrderState`; deliveries set the progress shown to the user."""

from enum import StrEnum


class OrderState(StrEnum):
    """What people decided about an order (stored)."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Progress(StrEnum):
    """What the facts say about a confirmed order (never stored)."""

    PART_DELIVERED = "part_delivered"
    DELIVERED = "delivered"


class DeliveryKind(StrEnum):
    """Goods going out, or coming back."""

    DELIVERY = "delivery"
    RETURN = "return"


MOVES = frozenset(
    {
        (OrderState.DRAFT, OrderState.CONFIRMED),
        (OrderState.DRAFT, OrderState.CANCELLED),
        (OrderState.CONFIRMED, OrderState.CANCELLED),
        (OrderState.CONFIRMED, OrderState.CLOSED),
        (OrderState.CLOSED, OrderState.CONFIRMED),
    }
)


def progress(state: str, *, begun: bool, complete: bool) -> str:
    """The state shown to people: a confirmed order is part_delivered or delivered once its deliveries say so."""
    if state != OrderState.CONFIRMED or not (begun or complete):
        return state
    return Progress.DELIVERED.value if complete else Progress.PART_DELIVERED.value


ACCEPTED = (OrderState.CONFIRMED.value, OrderState.CLOSED.value)
"""States whose lines count as sold: a closed order was confirmed, whatever of it was delivered."""

SHOWN = (
    OrderState.DRAFT.value,
    OrderState.CONFIRMED.value,
    Progress.PART_DELIVERED.value,
    Progress.DELIVERED.value,
    OrderState.CLOSED.value,
    OrderState.CANCELLED.value,
)
"""Every state people see, in the order an order goes through them."""
