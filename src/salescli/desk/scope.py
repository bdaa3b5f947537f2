"""Whose work somebody may look at on the desk: his own and his team's; the heads everybody's (ORG-02, ORG-07)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_
from salescli.core.lookup import Row, find

if TYPE_CHECKING:
    from salescli.core.access import Actor
    from salescli.core.reader import Reader

HEADS = frozenset({"manager", "director", "management", "audit", "admin", "cron"})
"""Roles that see the work of the whole office."""


def sees_all(actor: Actor) -> bool:
    """Whether he sees everybody's work."""
    return not HEADS.isdisjoint(actor.roles)


def condition(actor: Actor, column: str) -> str:
    """SQL that keeps the work this actor may see; `column` holds the staff id whose work it is."""
    return "1 = 1" if sees_all(actor) else of_people(column, actor.own_or_team())


def of_people(column: str, people: tuple[int, ...]) -> str:
    """SQL: `column` is one of these staff ids."""
    return f"{column} IN ({', '.join(map(str, people))})" if people else "1 = 0"


def person(r: Reader, staff: str | None) -> Row:
    """The person named, the reader himself without a name. Raises SalesError: 3 nobody, 7 one whose work the reader may not see."""
    if staff is None:
        return Row(r.actor.id, r.actor.code, r.actor.name)
    found = find(r, "staff", staff)
    if not sees_all(r.actor) and found.id not in r.actor.own_or_team():
        fail("not_your_team", N_("{staff} may not see the work of {other}"), kind=Kind.FORBIDDEN, rule="ORG-07",
             hint=N_("ask a superior of {other}: salescli staff show {other}"),
             staff=r.actor.code, other=found.code)  # fmt: skip
    return found
