"""Who may be taken on: every step passed, the role-play test against the post's standard (ORG-11)."""

from __future__ import annotations

from collections.abc import Mapping

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import N_
from salescli.core.money import divide
from salescli.staff.states import Trial


def average(scores: Mapping[str, int]) -> int | None:
    """The mean of the scores known, halves up."""
    return divide(sum(scores.values()), len(scores)) if scores else None


def check_hire(number: str, scores: Mapping[str, int], standard: int, reason: str | None) -> list[Problem]:
    """Papers, interview and role-play all took place, and the role-play reaches the post's standard, or a reason says why not. ORG-11."""
    missing = [trial.value for trial in Trial if trial.value not in scores]
    if missing:
        text = N_("{number} has not passed {missing:code} yet")
        hint = N_("salescli staff candidate score {number} --papers N --interview N --role-play N")
        return [problem("trial_missing", text, rule="ORG-11", hint=hint, number=number, missing=missing)]
    score = scores[Trial.ROLE_PLAY.value]
    if score >= standard or reason:
        return []
    text = N_("{number} has {score} of 100 in the role-play test; the post asks for {standard}")
    hint = N_('say why he is taken all the same: --reason "…"')
    return [problem("below_standard", text, rule="ORG-11", hint=hint, number=number, score=score, standard=standard)]


def check_undecided(number: str, verdict: str | None) -> list[Problem]:
    """A decision is made once."""
    if verdict is None:
        return []
    text = N_("{number} is decided already: {verdict:code}")
    hint = N_("salescli staff candidate list")
    return [problem("candidate_decided", text, kind=Kind.STATE, rule="ORG-11", hint=hint, number=number, verdict=verdict)]
