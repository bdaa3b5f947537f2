"""States, stages and coded reasons of leads (ST-01, ST-02, ST-03), and the moves between them.

People choose states and stages; whether a lead lies in the pool, stands still or is overdue is computed from facts.
"""

from enum import StrEnum
from itertools import pairwise


class LeadState(StrEnum):
    """Where a lead stands before and after it becomes an opportunity (ST-01). `pool` is computed from having no owner."""

    NEW = "new"
    SCREENED = "screened"
    TARGET = "target"
    CONTACTED = "contacted"
    APPOINTED = "appointed"
    CONVERTED = "converted"
    LOST = "lost"
    INVALID = "invalid"
    DUPLICATE = "duplicate"


SORTED_OUT = f"IN ('{LeadState.INVALID}', '{LeadState.DUPLICATE}')"
"""SQL: what turned out to be no lead of its own. No figure counts it, each says how many it left out (LED-03, LED-10)."""


class Stage(StrEnum):
    """The five stages of the funnel and how it ends (ST-02)."""

    DEVELOP = "develop"
    NEED = "need"
    VALUE = "value"
    NEGOTIATE = "negotiate"
    DELIVER = "deliver"
    WON = "won"
    LOST = "lost"
    PAUSED = "paused"


STAGES = (Stage.DEVELOP, Stage.NEED, Stage.VALUE, Stage.NEGOTIATE, Stage.DELIVER)
"""The open stages in their order."""

ENDS = (Stage.WON, Stage.LOST)
"""Stages nothing leaves again: who comes back is filed as a new lead."""


class Intent(StrEnum):
    """How keen the other side is (ST-03)."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


class StallReason(StrEnum):
    """Why a lead stands still (ST-03)."""

    NOT_DECIDED = "not_decided"
    NOT_CONTACTED = "not_contacted"
    TORN = "torn"
    RIVAL_HAS_IT = "rival_has_it"
    DISAGREE_INSIDE = "disagree_inside"
    NO_MONEY_YET = "no_money_yet"


STALL_REASONS: dict[Intent, tuple[StallReason, ...]] = {
    Intent.LOW: (StallReason.NOT_DECIDED, StallReason.NOT_CONTACTED),
    Intent.MIDDLE: (StallReason.TORN, StallReason.RIVAL_HAS_IT),
    Intent.HIGH: (StallReason.DISAGREE_INSIDE, StallReason.NO_MONEY_YET),
}
"""Which reasons fit which intent (ST-03, LED-13)."""


class Source(StrEnum):
    """The channels every office has (LED-01); an office adds its own with `lead source`."""

    WEB_MESSAGE = "web_message"
    PHONE = "phone"
    FAIR = "fair"
    PARTNER = "partner"
    FRIEND = "friend_referral"
    CUSTOMER = "customer_referral"
    EVENT = "event"
    CONFERENCE = "conference"
    WEB_SEARCH = "web_search"
    RESEARCH = "research"
    WALK_IN = "walk_in"


INQUIRIES = (Source.WEB_MESSAGE, Source.PHONE)
"""Sources where somebody asked us something and waits for an answer (VIS-08)."""


class Entrance(StrEnum):
    """How somebody came to the front desk: in person (F-04) or by telephone (F-03)."""

    VISIT = "visitor"
    CALL = "caller"


class Ground(StrEnum):
    """Why somebody is whose (X-05), strongest first; `chosen` is the leader's or the front desk's own decision."""

    LIVE_LOG = "live_log"
    NAMED = "named"
    FIRST_FILER = "first_filer"
    MAKE_UP = "make_up"
    DUTY = "duty"
    FRONT_DESK = "front_desk"
    CHOSEN = "chosen"


class InvitationState(StrEnum):
    """What became of an invitation, computed from its day and the arrival (LED-16)."""

    WAITING = "waiting"
    ARRIVED = "arrived"
    MISSED = "missed"


_EARLY = (LeadState.NEW, LeadState.SCREENED, LeadState.TARGET, LeadState.CONTACTED, LeadState.APPOINTED)

LEAD_MOVES: frozenset[tuple[LeadState, LeadState]] = frozenset(
    {
        (LeadState.NEW, LeadState.SCREENED),
        (LeadState.NEW, LeadState.TARGET),
        (LeadState.SCREENED, LeadState.TARGET),
        (LeadState.TARGET, LeadState.SCREENED),
        (LeadState.NEW, LeadState.CONTACTED),
        (LeadState.SCREENED, LeadState.CONTACTED),
        (LeadState.TARGET, LeadState.CONTACTED),
        (LeadState.NEW, LeadState.APPOINTED),
        (LeadState.SCREENED, LeadState.APPOINTED),
        (LeadState.TARGET, LeadState.APPOINTED),
        (LeadState.CONTACTED, LeadState.APPOINTED),
        *((early, LeadState.CONVERTED) for early in _EARLY),
        *((early, LeadState.LOST) for early in _EARLY),
        *((early, LeadState.INVALID) for early in _EARLY),
        *((early, LeadState.DUPLICATE) for early in _EARLY),
    }
)
"""Allowed moves of the state (ST-01). What is converted, lost, invalid or a duplicate stays so."""

STAGE_MOVES: frozenset[tuple[Stage, Stage]] = frozenset(
    {
        *((a, b) for a in STAGES for b in STAGES if a is not b),
        *((stage, Stage.PAUSED) for stage in STAGES),
        *((Stage.PAUSED, stage) for stage in STAGES),
        *((stage, Stage.LOST) for stage in (*STAGES, Stage.PAUSED)),
        *((stage, Stage.WON) for stage in STAGES),
    }
)
"""Allowed moves in the funnel (ST-02, LED-12): anywhere among the open stages, out of them, and back from a pause."""

FORWARD: frozenset[tuple[Stage, Stage]] = frozenset(
    {
        *((a, b) for i, a in enumerate(STAGES) for b in STAGES[i + 1 :]),
        *((stage, Stage.WON) for stage in STAGES),
    }
)
"""Moves that bring a lead on; the funnel counts them as converted."""

ONE_STEP: frozenset[tuple[Stage, Stage]] = frozenset({*pairwise(STAGES), (Stage.DELIVER, Stage.WON)})
"""Forward moves that need no reason; every other move does (LED-12)."""
