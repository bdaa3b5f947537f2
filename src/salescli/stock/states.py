"""What a stock movement is for."""

from enum import StrEnum


class MoveKind(StrEnum):
    """Kind of a movement; the sign of its quantity says in or out."""

    OPENING = "opening"
    GOODS_RECEIPT = "goods_receipt"
    DELIVERY = "delivery"
    RETURN = "return"
    TRANSFER = "transfer"
    ADJUSTMENT = "adjustment"
    COUNT = "count"
    ASSEMBLY = "assembly"
    REVERSAL = "reversal"
