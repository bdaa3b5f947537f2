"""Late arrivals: what a fine would be, and how a month's pot would be shared (ORG-10, X-22)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from salescli.core import money
from salescli.core.dates import Period
from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import N_
from salescli.core.record import NamedTuple


class Pot(NamedTuple):
    """A month's fines by person, the shares of those who had none, and what nobody is there to get (1/100 each)."""

    fines: Mapping[str, int]
    shares: Mapping[str, int]
    left_over: int

    @property
    def total(self) -> int:
        """All fines of the month."""
        return sum(self.fines.values())


def fine(mode: str, amount: int, excuse: str | None) -> int:
    """What a late arrival would cost: nothing while fines are off, or with an excuse. ORG-10, X-22."""
    return amount if mode == "propose" and not excuse else 0


def pot(fines: Mapping[str, int], reps: Sequence[str], late: Sequence[str]) -> Pot:
    """The month's fines in equal shares to the reps who were never late (`late` without excuse, fined or not). ORG-10.

    The shares add up to the fines; single cents go to the first by code. With nobody to share, all of it is left over.
    """
    total = sum(fines.values())
    good = sorted(set(reps) - set(late))
    parts = money.split(total, [1] * len(good)) if good else []
    return Pot(fines, dict(zip(good, parts, strict=True)), 0 if good else total)


def check_day(day: date, today: date) -> list[Problem]:
    """Nobody is late before the day has come."""
    if day <= today:
        return []
    text = N_("{day} has not come yet")
    return [problem("day_not_come", text, kind=Kind.USAGE, rule="ORG-10", day=day.isoformat())]


def check_proposal(span: Period, today: date, mode: str, total: int) -> list[Problem]:
    """A pot is proposed when its days are over, fines are on, and there is something in it. ORG-10, X-22."""
    facts: dict[str, Any] = {"period": span.name, "end": span.end.isoformat()}
    found = []
    if mode != "propose":
        text = N_("fines are off; they can break labour law, so the office has to switch them on knowingly")
        return [problem("fines_off", text, rule="X-22", hint=N_("salescli policy set penalty.mode propose"), **facts)]
    if span.end >= today:
        text = N_("{period} is not over before {end}")
        found.append(problem("period_running", text, kind=Kind.STATE, rule="ORG-10", hint=N_("say it again after {end}"), **facts))
    if not total:
        text = N_("no fine of {period} is proposed: the pot is empty")
        found.append(
            problem("pot_empty", text, kind=Kind.STATE, rule="ORG-10", hint=N_("what is recorded: salescli staff attendance list"), **facts)
        )
    return found
