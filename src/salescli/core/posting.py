"""The day of what moves goods or money: today, or an earlier one for who may; one function for every room (AR-12, STK-02, ORG-07)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.access import Actor
    from salescli.core.writer import Writer

EARLIEST = date(1980, 1, 1)
"""No office that keeps its books here did business before; a year below is a slip of the fingers."""


def check_day(day: date, today: date, rule: str = "AR-12") -> list[Problem]:
    """The day of a document: not after the business day, not before any office's memory. AR-12."""
    if day > today:
        text = N_("{day} lies after the business day {today}; documents are posted when they have happened")
        hint = N_("leave the day out, or give one up to {today}")
        return [problem("day_in_future", text, rule=rule, hint=hint, day=day.isoformat(), today=today.isoformat())]
    if day < EARLIEST:
        text = N_("{day} lies before {earliest}")
        hint = N_("check the year")
        return [problem("day_too_early", text, rule=rule, hint=hint, day=day.isoformat(), earliest=EARLIEST.isoformat())]
    return []


def posting_day(w: Writer, day: date | None, rule: str = "AR-12") -> date:
    """The day of a document, today unless told; an earlier one takes the right `backdate`. AR-12, ORG-07.

    Raises SalesError: 4 a day to come or before any office's memory, 7 an earlier day without the right.
    """
    if day is None or day == w.today:
        return w.today
    raise_if(check_day(day, w.today, rule))
    require_backdate(w.actor, day, w.verb)
    return day


def require_backdate(actor: Actor, day: date, verb: str = "") -> None:
    """Refuse (exit 7) another day than today unless the actor holds `backdate`. ORG-07."""
    if not (actor.may("backdate") or (verb and verb in actor.grants)):
        fail(
            "not_today",
            N_("writing on {day} instead of today takes the right backdate"),
            kind=Kind.FORBIDDEN,
            rule="ORG-07",
            hint=N_("leave the day out (--on, --date, SALESCLI_DATE), or ask finance or an administrator"),
            day=day.isoformat(),
        )
