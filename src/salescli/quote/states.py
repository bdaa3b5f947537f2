"""States of a quote (ST-05), what a negotiation is about, and what a payment waits for."""

from enum import StrEnum


class QuoteState(StrEnum):
    """Where a quote stands; `expired` is computed from its last valid day, never stored."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    RETURNED = "returned"
    SENT = "sent"
    CONFIRMED = "confirmed"
    EXPIRED = "expired"
    LOST = "lost"
    CONVERTED = "converted"


class Topic(StrEnum):
    """What is negotiated (QUO-04)."""

    PRICE = "price"
    DELIVERY = "delivery_date"
    PAYMENT = "payment"
    AFTER_SALES = "after_sales"
    OTHER = "other"


class Anchor(StrEnum):
    """What a payment is counted from."""

    SIGN = "at_signing"
    DELIVERY = "at_delivery"
    DAY = "on_day"


class Basis(StrEnum):
    """How a payment's amount is said: a share of the total, an amount, or all that is left."""

    SHARE = "share"
    AMOUNT = "amount"
    REST = "rest"


S = QuoteState
MOVES = frozenset(
    {
        (S.DRAFT, S.IN_REVIEW),
        (S.RETURNED, S.IN_REVIEW),
        (S.IN_REVIEW, S.APPROVED),
        (S.IN_REVIEW, S.RETURNED),
        (S.IN_REVIEW, S.DRAFT),
        (S.RETURNED, S.DRAFT),
        (S.APPROVED, S.DRAFT),
        (S.SENT, S.DRAFT),
        (S.CONFIRMED, S.DRAFT),
        (S.APPROVED, S.SENT),
        (S.SENT, S.CONFIRMED),
        (S.CONFIRMED, S.CONVERTED),
        (S.DRAFT, S.LOST),
        (S.RETURNED, S.LOST),
        (S.APPROVED, S.LOST),
        (S.SENT, S.LOST),
        (S.CONFIRMED, S.LOST),
    }
)
"""Back to draft is an edit: a new version, which needs a new approval (QUO-02)."""

MAY_EXPIRE = frozenset({S.APPROVED, S.SENT})
"""States whose offer is still ours to keep; what the customer confirmed in time binds."""

OVER = frozenset({S.LOST, S.CONVERTED})


def shown(state: str, valid_until: str, day: str) -> QuoteState:
    """The state on a day: an offer nobody confirmed by its last valid day has expired; that day still counts. QUO-06."""
    return S.EXPIRED if state in MAY_EXPIRE and valid_until < day else S(state)
