"""Telesales: asking somebody to come on a day, and whether he came (LED-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from salescli.core.errors import fail, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.report import Done
from salescli.core.text import NOTE, clean_or_none
from salescli.lead import rules
from salescli.lead.actions import anybodys, load_in_hand, standing
from salescli.lead.states import LEAD_MOVES, LeadState
from salescli.lead.tables_desk import Invitation

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.writer import Writer
    from salescli.lead.tables import Lead


def invite(w: Writer, reference: str, wanted: date, note: str | None = None) -> Done:
    """Ask somebody to come on a day; the lead is appointed and its next contact is that day. LED-16.

    Raises SalesError: 4 a day that is over, 6 closed, 7 not yours.
    """
    lead = load_in_hand(w, reference)
    if wanted < w.today:
        fail("due_past", N_("the day {due} is over"), rule="LED-16", hint=N_("name today or a later day: --on +1d"), due=wanted.isoformat())
    assert lead.id is not None
    why = clean_or_none(note, C_("note"), NOTE, lines=True)
    w.add(Invitation(lead_id=lead.id, staff_id=w.actor.id, made_on=w.today, wanted=wanted, note=why))
    if (LeadState(lead.state), LeadState.APPOINTED) in LEAD_MOVES:
        lead.state = LeadState.APPOINTED.value
    lead.next_on = wanted
    w.session.flush()
    return Done(
        msg(N_("{number} {name} is invited for {day}"), number=lead.number, name=lead.name, day=wanted.isoformat()),
        document=lead.number,
        next=(f"salescli lead arrive {lead.number}",),
        facts={"invited_on": wanted.isoformat()},
    )


def arrive(w: Writer, reference: str, day: date | None = None) -> Done:
    """Note that an invited person came; the owner does it, or the front desk for anybody. LED-16.

    Raises SalesError: 4 nobody invited him or a day ahead, 6 closed, 7 not yours.
    """
    lead = _at_the_desk(w, reference)
    came = day or w.today
    open_ones = w.session.exec(
        select(Invitation)
        .where(Invitation.lead_id == lead.id, col(Invitation.arrived_on).is_(None), Invitation.made_on <= came)
        .order_by(col(Invitation.wanted), col(Invitation.id))
    ).all()
    if came > w.today:
        hint = N_("note it then: salescli lead arrive …")
        fail(
            "future_contact",
            N_("{day} lies in the future; an arrival is noted when it has happened"),
            rule="LED-16",
            hint=hint,
            day=came.isoformat(),
        )
    row = min(open_ones, key=lambda one: abs((one.wanted - came).days), default=None)  # of several the one for the nearest day
    if row is None:
        fail("not_invited", N_("nobody invited {number} {name}"), rule="LED-16", hint=N_("salescli lead reception NAME …"),
             number=lead.number, name=lead.name)  # fmt: skip
    row.arrived_on = came
    w.session.flush()
    return Done(
        msg(N_("{number} {name} came on {day}"), number=lead.number, name=lead.name, day=came.isoformat()),
        document=lead.number,
        next=(f"salescli lead follow {lead.number} TEXT --channel visit --next +3d",),
        facts={"arrived_on": came.isoformat(), "invited_on": row.wanted.isoformat()},
    )


def _at_the_desk(w: Writer, reference: str) -> Lead:
    """The front desk sees anybody come in; others note only their own."""
    if not w.actor.may("lead.desk"):
        return load_in_hand(w, reference)
    lead = anybodys(w, reference)
    raise_if(rules.check_open(standing(w, lead)))
    w.document = lead.number
    return lead
