"""Kinds and computed states of receivables (ST-08, ST-09, ST-10)."""

from enum import StrEnum

RECEIVABLES, CREDIT_NOTES, RECEIPTS = "AR", "CN", "RC"
"""Number series of the documents typed in here; those of a delivery bear its number."""


class ReceivableKind(StrEnum):
    """Why a customer owes (or is owed: a credit note has a negative amount)."""

    INVOICE = "invoice"
    OPENING = "opening"
    CREDIT_NOTE = "credit_note"


class Stage(StrEnum):
    """Rungs of the dunning ladder (ST-09)."""

    PAYMENT_REQUEST = "payment_request"
    DUE = "due"
    PHONE = "phone"
    LETTER = "letter"
    VISIT = "visit"
    LEGAL = "legal"
    UNCOLLECTABLE = "uncollectable"
    WRITTEN_OFF = "written_off"
    WATCH = "watch"
    RESUMED = "resumed"
    PAID = "paid"


class PaymentClass(StrEnum):
    """How much a customer's word is worth, from his history (ST-08, ORD-05)."""

    FAITHFUL = "faithful_old"
    OTHER = "other_old"
    NEW = "new_cash"
    PROXY = "proxy_only"


class Payment(StrEnum):
    """How far a document is paid, or money applied, on a day (ST-10); derived, never stored."""

    OPEN = "open"
    PART_PAID = "part_paid"
    PAID = "paid"
    OVERDUE = "overdue"
    UNALLOCATED = "unallocated"
    PART_ALLOCATED = "part_allocated"
    ALLOCATED = "allocated"
    HELD = "held"
    REVERSED = "reversed"


def owed_state(amount: int, open_: int, *, overdue: bool) -> Payment:
    """The state of a receivable of which `open_` is owed."""
    if not open_:
        return Payment.PAID
    if overdue:
        return Payment.OVERDUE
    return Payment.OPEN if open_ == amount else Payment.PART_PAID


def money_state(amount: int, rest: int, *, held: bool, reversed_: bool) -> Payment:
    """The state of a receipt or credit note of which `rest` is not applied (both positive)."""
    if reversed_:
        return Payment.REVERSED
    if not rest:
        return Payment.ALLOCATED
    if held:
        return Payment.HELD
    return Payment.UNALLOCATED if rest == amount else Payment.PART_ALLOCATED
