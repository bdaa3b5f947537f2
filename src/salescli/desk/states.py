"""Kinds of what the desk keeps."""

from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document of the office is (VIS-14)."""

    REGULATION = "regulation"
    SCRIPT = "script"
    FORM = "form"
    TRAINING = "training"
    PRODUCT = "product_paper"
    OTHER = "other"
