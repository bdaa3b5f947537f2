"""Moves in the funnel: a stage further with what it must have established, skipping and going back with a reason, won, lost (LED-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.errors import raise_if
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.report import Change, Done
from salescli.core.text import NAME, NOTE, clean_or_none
from salescli.lead import rules
from salescli.lead.actions import load_in_hand, standing
from salescli.lead.states import ENDS, STAGES, LeadState, Stage
from salescli.lead.tables import StageChange

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.writer import Writer
    from salescli.lead.tables import Lead


def stage(w: Writer, reference: str, to: Stage, *, reason: str | None = None, next_on: date | None = None) -> Done:
    """Move a lead to a stage. LED-12, ST-02.

    Raises SalesError: 2 lost without what `lose` asks, 4 no reason to skip or go back, stage incomplete, next day not ahead, 6 no such.
    """
    lead = load_in_hand(w, reference)
    if to is Stage.LOST:
        return lose(w, reference, reason, None)
    why = clean_or_none(reason, C_("reason"), NOTE, lines=True)
    problems = rules.check_stage_move(standing(w, lead), to, why)
    problems += rules.check_next_contact(standing(w, lead), w.today, next_on) if next_on else []
    raise_if(problems)
    before, days = lead.stage, rules.days_in_stage(lead.stage_since, w.today)
    move(w, lead, to, why)
    if next_on:
        lead.next_on = next_on
    w.session.flush()
    return Done(
        msg(N_("{number} {name}: {stage:code} (was {before:code}, {days} {days:day|days})"), number=lead.number, name=lead.name,
            stage=lead.stage, before=before, days=days),
        document=lead.number,
        changes=(Change("stage", before, lead.stage),),
        next=_following(lead),
        facts={"before": before, "stage": lead.stage, "days": days},
    )  # fmt: skip


def move(w: Writer, lead: Lead, to: Stage, reason: str | None, day: date | None = None) -> None:
    """Write a checked move to the lead and its stage log (default: today's). Nobody else sets `lead.stage`."""
    assert lead.id is not None
    on = day or w.today
    w.add(StageChange(lead_id=lead.id, day=on, former=lead.stage, stage=to.value, staff_id=w.actor.id or None, reason=reason))
    if lead.stage == Stage.PAUSED and to in STAGES:
        lead.next_on = on  # while it rested no next contact was planned: it is spoken to now
    lead.stage, lead.stage_since = to.value, on
    if to in ENDS:
        lead.closed = on
    if to in ENDS or to is Stage.PAUSED:
        lead.next_on = None


def _following(lead: Lead) -> tuple[str, ...]:
    if lead.closed:
        return ()
    if lead.stage == Stage.NEGOTIATE and lead.customer_id is None:
        return (f"salescli lead convert {lead.number}",)
    return (f"salescli lead follow {lead.number} TEXT --next +7d",)


def lose(w: Writer, reference: str, reason: str | None, alternative: str | None) -> Done:
    """End a lead without an order: why, and what other product was offered. LED-15.

    Raises SalesError: 2 no reason or no alternative, 6 closed already, 7 not yours.
    """
    lead = load_in_hand(w, reference)
    why, other = clean_or_none(reason, C_("reason"), NAME), clean_or_none(alternative, C_("alternative"), NAME)
    raise_if(rules.check_lost(why, other))
    before = lead.stage
    lead.lost_reason, lead.alternative = why, other
    move(w, lead, Stage.LOST, why)
    if lead.customer_id is None:
        lead.state = LeadState.LOST.value
    w.session.flush()
    return Done(
        _lost(lead, before),
        document=lead.number,
        changes=(Change("stage", before, lead.stage),),
        next=(f"salescli lead show {lead.number}",),
        facts={"before": before, "reason": why, "alternative": other},
    )


def _lost(lead: Lead, before: str) -> Message:
    text = N_("{number} {name} is lost in stage {before:code}: {reason}; offered instead: {alternative}")
    return msg(text, number=lead.number, name=lead.name, before=before, reason=lead.lost_reason, alternative=lead.alternative)
