"""Where a product stands in its life, what a licence licenses, what became of a suggestion (PRD-01, PRD-04, PRD-07)."""

from enum import StrEnum


class LifeState(StrEnum):
    """A product's life (PRD-01)."""

    INTRODUCED = "introduced"
    GROWING = "growing"
    MATURE = "mature"
    DECLINING = "declining"
    ENDED = "ended"


class LicenceKind(StrEnum):
    """Papers a trade asks for (PRD-07)."""

    BUSINESS = "business_licence"
    FOOD_PERMIT = "food_permit"
    SAFETY_TRAINING = "safety_training"
    ENTRY_PERMIT = "entry_permit"
    OTHER = "other_licence"


class SuggestionState(StrEnum):
    """What became of a suggestion for the range (PRD-04)."""

    OPEN = "open"
    TAKEN_UP = "taken_up"
    DECLINED = "declined"
