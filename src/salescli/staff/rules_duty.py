"""The front desk's rotation: whose turn it is, and which group has which day (LED-06, LED-07)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import N_
from salescli.core.record import NamedTuple


class Turn(NamedTuple):
    """A member on duty: his place in the group, and the number of the reception in which he got his last visitor by turn."""

    staff_id: int
    position: int
    last: int | None


def in_turn(members: Iterable[Turn]) -> list[Turn]:
    """Who waited longest comes first: those who had no visitor yet by their places, then by how long ago the last one was.

    A visitor made up for (LED-07) is no turn, so whoever gets one keeps his place.
    """
    return sorted(members, key=lambda turn: (turn.last is not None, turn.last or 0, turn.position))


def rota(days: Sequence[date], groups: Sequence[str], first: str) -> list[tuple[date, str]]:
    """Each day its group, in turn, beginning with `first`."""
    start = groups.index(first)
    return [(day, groups[(start + place) % len(groups)]) for place, day in enumerate(days)]


def check_members(group: str, members: Sequence[str], left: Sequence[str], twice: Sequence[str]) -> list[Problem]:
    """A group has members who are here, each once."""
    found = []
    if not members:
        text, hint = N_("the group {group} would have nobody"), N_("name its members: salescli staff duty set {group} --members A,B")
        found.append(problem("duty_nobody", text, kind=Kind.USAGE, rule="LED-06", hint=hint, group=group))
    if left:
        text = N_("{members} left and cannot be on duty")
        found.append(problem("duty_left", text, rule="LED-06", hint=N_("who is here: salescli staff list"), members=list(left)))
    if twice:
        text = N_("{members} is named twice for the group {group}")
        hint = N_("name each once: salescli staff duty set {group} --members A,B")
        found.append(problem("duty_twice", text, rule="LED-06", hint=hint, members=list(twice), group=group))
    return found
