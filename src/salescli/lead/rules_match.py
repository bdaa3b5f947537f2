"""Who is the same as somebody already known (LED-10), and whose he is then (LED-04, X-05)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, Literal

from salescli.core.alike import may_be_person
from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import N_
from salescli.core.phonetic import MOST_OF_A_PERSON
from salescli.core.record import NamedTuple
from salescli.lead.states import Ground

By = Literal["phone", "tax_no", "name"]


class Match(NamedTuple):
    """Somebody known already who looks the same: a lead or a customer, who holds him, since when, and his log's last day."""

    kind: Literal["lead", "customer"]
    number: str
    name: str
    owner_id: int | None
    owner: str | None
    owner_name: str | None
    filed: str | None
    last_contact: str | None
    open: bool
    by: By
    customer_id: int | None = None
    here: bool = True
    firm: bool = False

    @property
    def weak(self) -> bool:
        """Only a short personal name agrees: two people may bear it. A `firm` was named as one on both sides, however short its name."""
        return self.by == "name" and not self.firm and may_be_person(self.name, MOST_OF_A_PERSON)


class Holder(NamedTuple):
    """Whose somebody is, and on what ground (X-05)."""

    staff_id: int
    ground: Ground
    match: Match


def is_live(match: Match, today: date, idle_days: int) -> bool:
    """Whether the log still speaks for its owner: a contact within the days after which the pool would take it (X-05)."""
    return match.last_contact is not None and match.last_contact >= (today - timedelta(idle_days)).isoformat()


def rightful(matches: Sequence[Match], today: date, idle_days: int) -> Holder | None:
    """Whose he is by X-05: the rep with a live log (the latest contact), else the first who filed; None when nobody holds him.

    Somebody who has left the office holds nothing. LED-04, LED-10.
    """
    held = [m for m in matches if m.owner_id is not None and m.here and not m.weak]
    live = [m for m in held if is_live(m, today, idle_days)]
    if live:
        best = max(live, key=lambda m: (m.last_contact or "", m.open))
        return Holder(_owner(best), Ground.LIVE_LOG, best)
    standing = [m for m in held if m.open]
    if standing:
        first = min(standing, key=lambda m: (m.filed or "", m.number))
        return Holder(_owner(first), Ground.FIRST_FILER, first)
    return None


def _owner(match: Match) -> int:
    assert match.owner_id is not None
    return match.owner_id


def check_filing(matches: Sequence[Match], *, by_leader: bool) -> list[Problem]:
    """A second claim is blocked, the holder and his log named; a leader's override (with its reason) lets it pass. LED-04, LED-10."""
    found = [m for m in matches if m.open and not m.weak]
    return [] if by_leader else [_second_claim(m) for m in found]


def check_override(matches: Sequence[Match], led: Collection[int] | None) -> list[Problem]:
    """Who lets a second claim stand leads whoever holds the first one (`led`: whom he leads; None: everybody). LED-04, X-05."""
    text = N_("{number} {name} is held by {owner}, whom you do not lead; a superior of both decides")
    hint = N_("ask the manager, or see: salescli staff tree")
    return [
        problem("not_your_holder", text, kind=Kind.FORBIDDEN, rule="LED-04", hint=hint, number=m.number, name=m.name, owner=m.owner)
        for m in matches
        if led is not None and m.open and not m.weak and m.owner_id is not None and m.owner_id not in led
    ]


def _second_claim(m: Match) -> Problem:
    facts: dict[str, Any] = {
        "number": m.number, "name": m.name, "owner": m.owner, "owner_name": m.owner_name, "filed": m.filed,
        "last": m.last_contact, "by": m.by,
    }  # fmt: skip
    if m.owner_id is None:
        text = N_("{name} is known as {number} (same {by:code}) and has no owner")
        hint = N_("claim it: salescli lead claim {number}") if m.kind == "lead" else N_("salescli customer show {number}")
        return problem("known_without_owner", text, rule="LED-10", hint=hint, **facts)
    text = N_("{name} is known as {number} (same {by:code}), held by {owner} {owner_name}, filed {filed}, last contact {last}")
    hint = N_('the log decides; a leader may decide otherwise: salescli lead add … --override "REASON"')
    return problem("second_claim", text, rule="LED-04", hint=hint, **facts)


def earlier_ones(matches: Sequence[Match]) -> list[Problem]:
    """Warnings: matches that do not block, so that nobody works blindly. LED-10."""
    closed = N_("{name} was known before as {number} (same {by:code}), closed; last held by {owner}, last contact {last}")
    namesake = N_("{name} bears the same name as {number}, held by {owner}; make sure it is somebody else")
    return [
        problem(
            "namesake" if m.weak else "known_before", namesake if m.weak else closed, rule="LED-10",
            number=m.number, name=m.name, by=m.by, owner=m.owner, last=m.last_contact,
        )
        for m in matches
        if m.weak or not m.open
    ]  # fmt: skip
