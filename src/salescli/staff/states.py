"""Kinds and states around people: attendance, requests inside the office, recruitment."""

from enum import StrEnum


class Absence(StrEnum):
    """What an attendance record notes (ORG-10)."""

    LATE_ARRIVAL = "late_arrival"
    EARLY_LEAVING = "early_leaving"


class RequestKind(StrEnum):
    """What somebody asks a colleague for (ORG-12), or two companies' supervisors each other (ORG-13)."""

    PRESALES = "presales"
    BACKUP = "backup"
    FEEDBACK = "feedback"
    RIVAL = "rival"
    TEST = "test"
    OTHER = "other"
    ORDER = "order_question"
    PRICE = "price_question"
    TECHNICAL = "technical_question"
    PERFORMANCE = "performance_question"


BETWEEN_COMPANIES = frozenset({RequestKind.ORDER, RequestKind.PRICE, RequestKind.TECHNICAL, RequestKind.PERFORMANCE, RequestKind.OTHER})
"""What supervisors of two companies ask each other (ORG-13)."""


class RequestState(StrEnum):
    """Computed from the two days a request may carry."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class Verdict(StrEnum):
    """What becomes of a candidate (ORG-11)."""

    HIRED = "hired_candidate"
    RESERVED = "reserved"
    REFUSED = "refused"
    WITHDREW = "withdrew"


class Trial(StrEnum):
    """The steps every candidate passes: papers, structured interview, sales role-play (ORG-11)."""

    SCREENING = "screening"
    INTERVIEW = "interview"
    ROLE_PLAY = "role_play"
