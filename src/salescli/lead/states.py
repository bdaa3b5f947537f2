"""States and stages of leads (ST-01, ST-02, ST-03)."""

from enum import StrEnum


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


class Intent(StrEnum):
    """How keen the other side is (ST-03)."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"
