"""How a purchase stands. People cancel and close; receipts and returns set the progress between."""

from enum import StrEnum


class PurchaseState(StrEnum):
    """Where a purchase stands; the middle ones follow from what was received and sent back."""

    ORDERED = "ordered"
    PARTLY_RECEIVED = "partly_received"
    RECEIVED = "received"
    CANCELLED = "cancelled"
    CLOSED = "closed"


class ReceiptKind(StrEnum):
    """Which way the goods went."""

    RECEIPT = "receipt"
    RETURN = "return"


class PayableKind(StrEnum):
    """Why something is owed to a supplier: goods came, went back, or it stood in the books at the start."""

    RECEIPT = "receipt"
    RETURN = "return"
    OPENING = "opening"


KEPT = ("ordered", "cancelled", "closed")
"""What people decide; the rest is derived."""

MOVES = frozenset(
    {
        (PurchaseState.ORDERED, PurchaseState.CANCELLED),
        (PurchaseState.PARTLY_RECEIVED, PurchaseState.CLOSED),
    }
)
"""What a person may do: give up an order of which nothing came, end one of which something is still missing."""


def state_of(kept: str, ordered: int, net: int) -> PurchaseState:
    """The state from what people decided, what was ordered and what was received less what went back (1/1,000)."""
    if kept != PurchaseState.ORDERED:
        return PurchaseState(kept)
    if net >= ordered:
        return PurchaseState.RECEIVED
    return PurchaseState.PARTLY_RECEIVED if net > 0 else PurchaseState.ORDERED
