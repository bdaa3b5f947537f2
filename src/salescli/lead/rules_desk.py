"""Who gets a visitor or caller, what the front desk must ask, and when a research visit is made up for (LED-06..09, X-05, X-21)."""

from __future__ import annotations

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import N_
from salescli.core.record import NamedTuple
from salescli.lead.states import Entrance, Ground


class Due(NamedTuple):
    """Who should get him by the rules, and why."""

    staff_id: int
    ground: Ground


class Candidates(NamedTuple):
    """Everybody who might get him, None where there is none: the holder by X-05, the rep he named, the front desk itself for a caller,
    the rep with a make-up due, the next one of the day's duty group.
    """

    holder: Due | None
    named: int | None
    desk: int | None
    make_up: int | None
    duty: int | None


def due(entrance: Entrance, c: Candidates) -> Due | None:
    """Earlier rep, then the one named; a new caller stays with the front desk, a new visitor goes to a make-up due, then to duty.

    None when nobody is on duty: then the front desk chooses. LED-06, LED-07, LED-08, X-05, X-21.
    """
    if c.holder:
        return c.holder
    if c.named is not None:
        return Due(c.named, Ground.NAMED)
    if entrance is Entrance.CALL and c.desk is not None:
        return Due(c.desk, Ground.FRONT_DESK)
    if c.make_up is not None:
        return Due(c.make_up, Ground.MAKE_UP)
    return Due(c.duty, Ground.DUTY) if c.duty is not None else None


def check_allocation(
    found: Due | None, due_code: str | None, chosen: int | None, chosen_code: str | None, reason: str | None
) -> list[Problem]:
    """Nobody on duty: the front desk must choose; somebody else than the rules say: only with a reason, which is logged. LED-06, LED-09."""
    if found is None and chosen is None:
        text = N_("nobody had contact with him before, and nobody is on duty who is here and has room")
        hint = N_("choose who gets him: --staff CODE; who is on duty: salescli staff duty today")
        return [problem("nobody_on_duty", text, rule="LED-06", hint=hint)]
    if found is None or chosen is None or chosen == found.staff_id or reason:
        return []
    text = N_("by the rules {due} gets him ({ground:code}), not {chosen}; a deviation needs a reason and is reported")
    hint = N_('leave out --staff, or add --reason "…"')
    return [problem("deviation", text, rule="LED-09", hint=hint, due=due_code, ground=found.ground, chosen=chosen_code)]


def check_caller(phone: str | None) -> list[Problem]:
    """Whoever calls leaves a valid contact. LED-08."""
    if phone:
        return []
    text = N_("a caller leaves a telephone number")
    return [problem("caller_phone", text, kind=Kind.USAGE, rule="LED-08", hint=N_("ask for it: --phone NUMBER"))]


def introduction(minutes: int | None, limit: int) -> list[Problem]:
    """Warning: the front desk introduces for a few minutes at most, then invites. LED-08."""
    if minutes is None or minutes <= limit:
        return []
    text = N_("the introduction took {minutes} {minutes:minute|minutes}, the limit is {limit}; invite them instead")
    return [problem("introduction_long", text, rule="LED-08", minutes=minutes, limit=limit)]


def check_research(number: str, *, entrance: Entrance, known: bool, joint: bool, made_up: bool) -> list[Problem]:
    """A make-up customer: a new visitor proved to be a market researcher, proved by rep and visitor together, once. LED-07, AP-09."""
    found = []
    if entrance is not Entrance.VISIT or known:
        text = N_("{number} is no new visitor; only those are made up for")
        found.append(problem("no_new_visitor", text, rule="LED-07", hint=N_("the register: salescli lead register"), number=number))
    if not joint:
        text = N_("the rep and the visitor must prove it together")
        found.append(problem("joint_proof", text, rule="LED-07", hint=N_('add --joint and --proof "what both signed"'), number=number))
    if made_up:
        text = N_("{number} has its make-up customer already")
        hint = N_("whose turn is next: salescli staff duty today")
        found.append(problem("made_up", text, kind=Kind.STATE, rule="LED-07", hint=hint, number=number))
    return found
