"""What promotions make of a document's lines: pure, and the same whatever order plans and lines come in (PRO-01, PRO-02, PRO-07, PRC-09).

Plans that touch the same line exclude each other unless both may be combined. Of those that do, the one wins that gives the customer
most (`best`), or the one of the highest priority (`priority`).
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from salescli.core.i18n import N_, Message, msg
from salescli.core.money import line_amount
from salescli.core.record import NamedTuple
from salescli.promo.rules_effect import Effect, effect
from salescli.promo.rules_plan import Plan, PricedLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Applied", "Plan", "PricedLine", "apply"]

BEST, PRIORITY = "best", "priority"

MOST_TRIED = 5
"""Up to so many plans every order of applying them is tried; beyond, each in turn takes what is best at that point."""


class Applied(NamedTuple):
    """The lines with what was taken off, the gifts as lines of their own, and in words which plan gave what and why others did not."""

    lines: list[PricedLine]
    gifts: list[PricedLine]
    reasons: list[Message]


class _Given(NamedTuple):
    plan: Plan
    effect: Effect
    value: int


class _Way(NamedTuple):
    """One way to apply plans: what each gave, and what is then taken off each line by which plans."""

    given: tuple[_Given, ...]
    cuts: tuple[int, ...]
    taken: tuple[tuple[Plan, ...], ...]

    @property
    def value(self) -> int:
        return sum(given.value for given in self.given)


def apply(lines: Sequence[PricedLine], plans: Iterable[Plan], choice: str = BEST) -> Applied:
    """Apply the plans that fit the customer and the day to a document's lines. PRO-01, PRO-07, PRO-08, PRC-09.

    A line never falls below its floor, goods that bear no discount keep their price, a line whose price was typed keeps it.
    """
    ordered = sorted(plans, key=lambda plan: (-plan.priority, plan.number))
    open_plans = [plan for plan in ordered if plan.hindrance is None]
    alone = {plan.number: _step(_start(lines), plan, lines) for plan in open_plans}
    useful = [plan for plan in open_plans if alone[plan.number].given]
    way = _choose(lines, useful, choice)
    return Applied(
        [line._replace(amount=line.amount - cut, promo_discount=line.promo_discount + cut, promo_number=_numbers(line, taken))
         for line, cut, taken in zip(lines, way.cuts, way.taken, strict=True)],
        [gift for given in way.given for gift in given.effect.gifts],
        list(_reasons(ordered, way, alone, lines)),
    )  # fmt: skip


def _numbers(line: PricedLine, taken: tuple[Plan, ...]) -> str | None:
    return ",".join(plan.number for plan in taken) or line.promo_number


def _start(lines: Sequence[PricedLine]) -> _Way:
    return _Way((), (0,) * len(lines), ((),) * len(lines))


def _choose(lines: Sequence[PricedLine], plans: Sequence[Plan], choice: str) -> _Way:
    """The way that gives most, the first of equals; by priority there is only one."""
    if choice == PRIORITY:
        return _walk(lines, plans)
    if len(plans) > MOST_TRIED:
        return _greedy(lines, list(plans))
    return max((_walk(lines, sequence) for sequence in permutations(plans)), key=lambda way: way.value)


def _walk(lines: Sequence[PricedLine], sequence: Iterable[Plan]) -> _Way:
    way = _start(lines)
    for plan in sequence:
        way = _step(way, plan, lines)
    return way


def _greedy(lines: Sequence[PricedLine], left: list[Plan]) -> _Way:
    way = _start(lines)
    while left:
        steps = [(plan, _step(way, plan, lines)) for plan in left]
        best, following = max(steps, key=lambda step: step[1].value)
        left.remove(best)
        way = following
    return way


def _step(way: _Way, plan: Plan, lines: Sequence[PricedLine]) -> _Way:
    """A way with one more plan, where it gives anything on the lines still open to it."""
    free = [all(other.stackable and plan.stackable for other in taken) for taken in way.taken]
    found = effect(plan, lines, way.cuts, free)
    if not found.touched:
        return way
    cuts = tuple(cut + found.cuts.get(place, 0) for place, cut in enumerate(way.cuts))
    taken = tuple((*known, plan) if place in found.touched else known for place, known in enumerate(way.taken))
    return _Way((*way.given, _Given(plan, found, _value(found))), cuts, taken)


def _value(found: Effect) -> int:
    """What a plan is worth to the customer: what it takes off, and its gifts at their list price."""
    return sum(found.cuts.values()) + sum(line_amount(gift.quantity, gift.list_price or 0) for gift in found.gifts)


# --- in words -----------------------------------------------------------------------------------------------------------


def _reasons(plans: Sequence[Plan], way: _Way, alone: dict[str, _Way], lines: Sequence[PricedLine]) -> Iterator[Message]:
    """First what was given, then why the other plans gave nothing."""
    given = {one.plan.number: one for one in way.given}
    for one in way.given:
        yield from _given(one)
    for plan in plans:
        if plan.number not in given:
            yield _not_given(plan, way, alone, lines)


def _given(one: _Given) -> Iterator[Message]:
    facts = {"plan": one.plan.number, "name": one.plan.name}
    cut = sum(one.effect.cuts.values())
    if cut:
        yield msg(N_("{plan} {name}: takes {amount:amount} off"), **facts, amount=cut)
    for gift in one.effect.gifts:
        yield msg(N_("{plan} {name}: adds {quantity:qty} {sku} as a gift"), **facts, quantity=gift.quantity, sku=gift.sku)
    if one.effect.held:
        yield msg(N_("{plan} {name}: {skus} stop at their lowest price"), **facts, skus=list(one.effect.held))


def _not_given(plan: Plan, way: _Way, alone: dict[str, _Way], lines: Sequence[PricedLine]) -> Message:
    facts = {"plan": plan.number, "name": plan.name}
    if plan.hindrance is not None:
        return msg(N_("{plan} {name} does not apply: {why}"), **facts, why=plan.hindrance)
    by_itself = alone[plan.number]
    if not by_itself.given:
        why = effect(plan, lines, [0] * len(lines), [True] * len(lines)).why
        return msg(N_("{plan} {name} does not apply: {why}"), **facts, why=why)
    touched = by_itself.given[0].effect.touched
    rivals = [one for one in way.given if one.effect.touched & touched]
    text = N_("{plan} {name} does not apply: it would give {amount:amount}; {others} gives {more:amount} and excludes it")
    return msg(text, **facts, amount=by_itself.value, others=[one.plan.number for one in rivals], more=sum(one.value for one in rivals))
