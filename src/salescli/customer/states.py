"""Kinds of contact with customers and leads, and what becomes of a record."""

from enum import StrEnum


class Channel(StrEnum):
    """How somebody was reached (F-06, F-07, F-08)."""

    VISIT = "visit"
    CALL = "call"
    MESSAGE = "message"
    MEETING = "meeting"
    RECEPTION = "reception"
    AFTER_SALES = "after_sales"
    OTHER = "other"


class Review(StrEnum):
    """What the superior said about a visit record (VIS-01)."""

    RECORDED = "recorded"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


REVIEW_MOVES = frozenset({(Review.RECORDED, Review.ACCEPTED), (Review.RECORDED, Review.REJECTED), (Review.REJECTED, Review.RECORDED)})


class PromiseState(StrEnum):
    """A promise is kept, or broken with a reason; it is never deleted (CUS-09)."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"


class OwnerMove(StrEnum):
    """Why a customer or lead changed hands (LED-11, ORG-06)."""

    CREATED = "created"
    IMPORTED = "imported"
    CLAIMED = "claimed"
    ASSIGNED = "assigned"
    TRANSFERRED = "transferred"
    HANDED_OVER = "handed_over"
    RETURNED = "returned"
    POOLED = "pooled"
    CONVERTED = "converted"
    MERGED = "merged"
    FOLLOWED = "followed"
    RESTORED = "restored"


class Grouping(StrEnum):
    """By what customers are counted (CUS-06)."""

    CLASS = "class"
    KIND = "kind"
    REGION = "region"
    INDUSTRY = "industry"
    SOURCE = "source"
    STAFF = "staff"
    STANDING = "standing"
    FREQUENCY = "frequency"
    TAG = "tag"


class Standing(StrEnum):
    """Where a customer stands (ST-04), computed from orders, owner and file; in the pool he sleeps, whatever he ordered before."""

    POTENTIAL = "potential"
    NEW = "new"
    EXISTING = "existing"
    SLEEPING = "sleeping"
    ARCHIVED = "archived"
