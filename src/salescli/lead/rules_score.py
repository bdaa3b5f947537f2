"""The win score of a lead: stage, intent and recency of contact, each with its points, so that anybody can follow it (LED-14)."""

from __future__ import annotations

from datetime import date

from salescli.core.i18n import C_
from salescli.core.record import NamedTuple
from salescli.lead.states import STAGES, Intent, Stage

MOST = 100
ENDS = {Stage.WON: MOST, Stage.LOST: 0}
"""What an ended lead scores, whatever was thought of it before."""
INTENTS = (Intent.LOW, Intent.MIDDLE, Intent.HIGH)


class Weights(NamedTuple):
    """Points by stage and by intent, points of a contact today, and the days after which a contact counts no more."""

    stages: tuple[int, ...]
    intents: tuple[int, ...]
    recent: int
    recent_days: int


class Part(NamedTuple):
    """One part of a score: what it looks at, what it found, points given, most points possible."""

    name: str
    found: str | int | None
    points: int
    most: int


def parts(weights: Weights, stage: Stage, intent: Intent | None, last_contact: date | None, today: date) -> list[Part]:
    """The score's parts; their points add up to 0..100. A paused lead has no stage points; of an ended one only the end counts. LED-14."""
    if stage in ENDS:
        return [Part("stage", stage.value, ENDS[stage], MOST)]
    reached = weights.stages[STAGES.index(stage)] if stage in STAGES else 0
    keen = weights.intents[INTENTS.index(intent)] if intent else 0
    idle = None if last_contact is None else max((today - last_contact).days, 0)
    return [
        Part("stage", stage.value, reached, max(weights.stages)),
        Part("intent", intent and intent.value, keen, max(weights.intents)),
        Part(C_("recency"), idle, recency_points(weights, idle), weights.recent),
    ]


def recency_points(weights: Weights, idle: int | None) -> int:
    """Full points for a contact today, falling evenly to none after `recent_days`; none without any contact."""
    if idle is None or idle >= weights.recent_days:
        return 0
    return (weights.recent * (weights.recent_days - idle) * 2 + weights.recent_days) // (2 * weights.recent_days)


def score(weights: Weights, stage: Stage, intent: Intent | None, last_contact: date | None, today: date) -> int:
    """The win score: 100 when won, 0 when lost, else what its parts add up to, at most 100. LED-14."""
    return min(MOST, sum(part.points for part in parts(weights, stage, intent, last_contact, today)))
