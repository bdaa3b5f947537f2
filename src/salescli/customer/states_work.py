"""Plain values of visits, trips, meetings and care: kinds and states."""

from enum import StrEnum


class AppointmentState(StrEnum):
    """An appointment stands until a visit is recorded for it, or it is called off (VIS-04)."""

    PLANNED = "planned"
    VISITED = "visited"
    CALLED_OFF = "called_off"


class Preparation(StrEnum):
    """What an appointment is prepared with (VIS-04)."""

    NEEDS = "needs"
    PAINS = "pains"
    PAPERS = "papers"
    TOOLS = "demo_tools"
    OTHER = "other"


class MeetingKind(StrEnum):
    """Meetings of the office (VIS-10, VIS-12)."""

    MORNING = "morning"
    WRAPUP = "wrapup"
    TEAM = "team_week"
    SALES = "sales"
    MANAGERS = "managers"
    SITE = "site"
    STRATEGY = "strategy"


class DueKind(StrEnum):
    """Why a customer is to be spoken to (VIS-05, VIS-07, VIS-08, CUS-08, CUS-11, CUS-13)."""

    NEXT_CONTACT = "next_contact"
    FIRST_CALL = "first_call"
    REVISIT = "revisit"
    SERVICE = "next_service"
    SURVEY = "survey"
    REORDER = "reorder"


class Care(StrEnum):
    """Occasions of a care message (CUS-07, CUS-14)."""

    BIRTHDAY = "birthday"
    FESTIVAL = "festival"
    EVENT = "event"
