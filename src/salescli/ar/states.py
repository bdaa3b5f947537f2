"""Kinds and computed states of receivables (ST-09, ST-10)."""

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
