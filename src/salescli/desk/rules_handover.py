"""Who takes over what: heirs who are here and have room, everything shared evenly among them (ORG-06, LED-11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import N_
from salescli.core.record import NamedTuple


class Thing(NamedTuple):
    """A customer or lead to be passed on; `counts` against the holding cap: it has not dealt yet."""

    key: str
    counts: bool


class Heir(NamedTuple):
    """Somebody who takes over: his last day if he has one, and how many undealt ones he may still take."""

    code: str
    left: str | None
    room: int


def check_heirs(leaver: str, heirs: Sequence[Heir]) -> list[Problem]:
    """Heirs are other people, each named once, and stay. ORG-06."""
    found = []
    if any(heir.code == leaver for heir in heirs):
        text = N_("{staff} cannot take over from himself")
        found.append(problem("heir_himself", text, kind=Kind.USAGE, rule="ORG-06", staff=leaver))
    twice = [code for code, count in Counter(heir.code for heir in heirs).items() if count > 1]
    if twice:
        found.append(problem("heir_twice", N_("{staff} is named twice"), kind=Kind.USAGE, rule="ORG-06", staff=twice))
    for heir in heirs:
        if heir.left is not None:
            text = N_("{staff} has a last day himself, {left}, and takes nothing over")
            hint = N_("choose somebody who stays: salescli staff list")
            found.append(problem("heir_leaves", text, rule="ORG-06", hint=hint, staff=heir.code, left=heir.left))
    return found


def check_room(things: Sequence[Thing], heirs: Sequence[Heir], cap: int, *, beyond: bool) -> list[Problem]:
    """The heirs together have room for what counts against the cap, or the leader decides otherwise for a reason. LED-11, ORG-06."""
    wanted, room = sum(thing.counts for thing in things), sum(max(0, heir.room) for heir in heirs)
    if beyond or wanted <= room:
        return []
    text = N_("{wanted} customers and leads without a deal go over; under the cap of {cap} each there is room for {room}: {heirs}")
    hint = N_('name more people: --to A,B   or decide it for a reason: --beyond-cap "…"')
    names = [f"{heir.code} {max(0, heir.room)}" for heir in heirs]
    return [problem("no_room", text, rule="LED-11", hint=hint, wanted=wanted, heirs=names, room=room, cap=cap)]


def share(things: Sequence[Thing], heirs: Sequence[Heir], *, beyond: bool = False) -> dict[str, str]:
    """Each thing its heir's code: to whoever has got the fewest so far, the first named before the others; none beyond his room.

    `check_room` has passed, so there is always somebody. ORG-06.
    """
    given: Counter[str] = Counter()
    room = {heir.code: heir.room for heir in heirs}
    places = {heir.code: place for place, heir in enumerate(heirs)}
    found = {}
    for thing in sorted(things, key=lambda thing: (not thing.counts, thing.key)):
        able = [code for code in places if beyond or not thing.counts or room[code] > 0]
        code = min(able, key=lambda code: (given[code], places[code]))
        found[thing.key] = code
        given[code] += 1
        room[code] -= thing.counts
    return found
