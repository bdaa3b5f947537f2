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


class OrderKind(StrEnum):
    """What an order is for: `free` goods are given without pay (ORD-09), a `cash_sale` is paid over the counter."""

    SALE = "sale"
    FREE = "free_goods"
    CASH = "cash_sale"


class Means(StrEnum):
    """How an order is paid, as its report says (F-10)."""

    CASH = "cash"
    CHEQUE = "cheque"
    TRANSFER = "bank_transfer"
    PROXY = "proxy_collection"


class Answer(StrEnum):
    """What is said about the capacity for an order (ORD-07)."""

    CONFIRMED = "capacity_confirmed"
    CHANGE = "change_asked"


class IssueKind(StrEnum):
    """What can go wrong with an order (ORD-08)."""

    SHORTAGE = "shortage"
    LOGISTICS = "logistics"
    QUALITY = "quality"
    PAYMENT = "payment_trouble"
    OTHER = "other_issue"


class TrackState(StrEnum):
    """Where a delivery is (ORD-14)."""

    SHIPPED = "shipped"
    IN_TRANSIT = "in_transit"
    ARRIVED = "arrived"
    SIGNED = "signed_for"
    PROBLEM = "transport_problem"


MOVES = frozenset(
    {
        (OrderState.DRAFT, OrderState.CONFIRMED),
        (OrderState.DRAFT, OrderState.CANCELLED),
        (OrderState.CONFIRMED, OrderState.CANCELLED),
        (OrderState.CONFIRMED, OrderState.CLOSED),
        (OrderState.CONFIRMED, OrderState.DRAFT),
        (OrderState.CLOSED, OrderState.CONFIRMED),
    }
)
"""A confirmed order may become a draft again only while nothing of it went out; the action sees to that."""


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
