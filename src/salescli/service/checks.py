"""Invariants of tickets: what is kept follows from the steps (SVC-02, SVC-05)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.checks import Check
from salescli.core.i18n import N_
from salescli.service.rules import kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.reader import Reader


def last_steps(r: Reader) -> Iterator[str]:
    """Tickets whose kept last step, solution or reopening is not what their steps say."""
    steps: dict[str, list[tuple[str, str]]] = {}
    sql = "SELECT t.number, x.step, x.day FROM ticket t JOIN ticket_step x ON x.ticket_id = t.id ORDER BY t.id, x.id"
    for number, step, day in r.tuples(sql):
        steps.setdefault(number, []).append((step, day))
    for number, *stored in r.tuples("SELECT number, kept_last, kept_solved, kept_reopened FROM ticket ORDER BY id"):
        if kept(steps.get(number, ())) != tuple(stored):
            yield number


def judged_by_himself(r: Reader) -> Iterator[str]:
    """Open complaints about somebody that he handles himself, be it that a customer or a post changed hands. SVC-06, ORG-03."""
    yield from r.column("SELECT number FROM ticket WHERE about_id = agent_id AND coalesce(kept_last, '') <> 'closed' ORDER BY id")


CHECKS = (
    Check("ticket_steps", N_("a ticket's state is what its steps make it"), last_steps),
    Check("ticket_handler", N_("nobody handles a complaint about himself"), judged_by_himself, advice=True),
)
