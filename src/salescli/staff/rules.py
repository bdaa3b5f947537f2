"""Decisions about people: who may be whose superior, who gives which roles, who must stay (ORG-02, ORG-07)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches

from salescli.core.access import ROLES
from salescli.core.errors import Kind, Problem, fail, problem
from salescli.core.i18n import N_, code_label
from salescli.core.record import NamedTuple
from salescli.core.text import folded

TEAM_ROLES = frozenset({"rep", "support", "front_desk", "supervisor"})
"""Roles a manager or director gives; every other one takes an administrator."""


class Superior(NamedTuple):
    """The superior asked for, and the codes from him up to the top."""

    code: str
    left: str | None
    chain: Sequence[str]


def parse_roles(text: str) -> tuple[str, ...]:
    """Roles typed as "rep,supervisor" or 业务员、主管, in the order of `ROLES`. Raises SalesError (usage, exit 2)."""
    names = {folded(name): role for role in ROLES for name in (role, code_label(role))}
    words = [folded(word.strip()) for word in text.replace("，", ",").replace("、", ",").split(",") if word.strip()]
    for word in words:
        if word not in names:
            _unknown_role(word, names)
    if not words:
        fail("role_missing", N_("no role is named; one of {known:choice}"), kind=Kind.USAGE, known=list(ROLES))
    chosen = {names[word] for word in words}
    return tuple(role for role in ROLES if role in chosen)


def _unknown_role(word: str, names: dict[str, str]) -> None:
    near = get_close_matches(word, names, n=1)
    text = N_('there is no role "{typed}"; did you mean {near:choice}?') if near else N_('there is no role "{typed}": {known:choice}')
    fail(
        "unknown_role",
        text,
        kind=Kind.USAGE,
        hint=N_("salescli staff rights"),
        typed=word,
        near=names[near[0]] if near else None,
        known=list(ROLES),
    )


def check_superior(code: str, superior: Superior, today: str) -> list[Problem]:
    """Nobody reports to himself, to somebody below him, or to somebody who left. ORG-02."""
    found = []
    if code in superior.chain:
        circle = [code, *superior.chain[: superior.chain.index(code) + 1]]
        text = N_("{staff} cannot report to {superior}: the chain would be a circle ({chain})")
        hint = N_("look at the tree: salescli staff tree")
        found.append(
            problem("superior_circle", text, rule="ORG-02", hint=hint, staff=code, superior=superior.code, chain=" > ".join(circle))
        )
    if gone(superior.left, today):
        text = N_("{superior} left on {left} and cannot be anybody's superior")
        hint = N_("choose somebody who is here: salescli staff tree")
        found.append(problem("superior_left", text, rule="ORG-02", hint=hint, superior=superior.code, left=superior.left))
    return found


def gone(left: str | None, today: str) -> bool:
    """Whether somebody with this last day (ISO) is gone; the last day itself is still worked."""
    return left is not None and left < today


class Place(NamedTuple):
    """Who changes somebody's superior or last day: himself, somebody above him, an administrator; `roles` are those of that somebody."""

    code: str
    roles: tuple[str, ...]
    own: bool
    below: bool
    administrator: bool


def check_place(place: Place) -> list[Problem]:
    """Nobody moves himself in the tree or ends himself; a head's place is for those above him and administrators. ORG-02, ORG-03."""
    if place.administrator or (place.below and not place.own):
        return []
    if place.own:
        text = N_("{staff} does not set his own superior or last day")
    elif set(place.roles) - TEAM_ROLES:
        text = N_("{staff} ({roles:code}) does not work below you; his superior and last day are set by somebody above him")
    else:
        return []
    hint = N_("ask a superior of {staff}, or an administrator: salescli staff show {staff}")
    rule = "ORG-03" if place.own else "ORG-02"
    roles = ",".join(place.roles)
    return [problem("place_not_yours", text, kind=Kind.FORBIDDEN, rule=rule, hint=hint, staff=place.code, roles=roles)]


def check_roles_given(mine: Collection[str], before: Collection[str], after: Collection[str], *, administrator: bool) -> list[Problem]:
    """An administrator gives and takes every role, other heads those of the sales team only. ORG-07."""
    foreign = sorted((set(before) ^ set(after)) - TEAM_ROLES)
    if administrator or not foreign:
        return []
    text = N_("{mine:code} may not give or take {roles:code}: only an administrator may")
    hint = N_("ask an administrator: salescli staff list --role admin")
    return [
        problem("role_not_yours", text, kind=Kind.FORBIDDEN, rule="ORG-07", hint=hint, mine=",".join(sorted(mine)), roles=",".join(foreign))
    ]


def check_last_administrator(code: str, *, is_one: bool, stays_one: bool, others: Sequence[str]) -> list[Problem]:
    """Somebody must be able to sign in as administrator. ORG-07."""
    if not is_one or stays_one or others:
        return []
    text = N_("{staff} is the last administrator with an OS account; without one nobody could change rights again")
    hint = N_("make another one first: salescli staff edit CODE --role admin --os-account ACCOUNT")
    return [problem("last_administrator", text, rule="ORG-07", hint=hint, staff=code)]


def check_account(account: str | None, holder: str | None, code: str) -> list[Problem]:
    """An OS account proves one person. ORG-07."""
    if account is None or holder is None or holder == code:
        return []
    text = N_("the OS account {account} belongs to {holder} already")
    hint = N_("free it first: salescli staff edit {holder} --clear os_account")
    return [problem("account_taken", text, rule="ORG-07", hint=hint, account=account, holder=holder)]


def check_grants(code: str, roles: Collection[str], granted: Collection[str]) -> list[Problem]:
    """Single commands are granted to the cron identity only: people get roles. ORG-07."""
    if not granted or "cron" in roles:
        return []
    text = N_("{staff} is not the cron identity; people get roles, not single commands")
    return [problem("grant_needs_cron", text, rule="ORG-07", hint=N_("salescli staff rights"), staff=code)]


def no_superior(code: str, top: str | None) -> list[Problem]:
    """Warning: a second person without superior leaves a gap in the chain. ORG-02."""
    if top is None:
        return []
    text = N_("{staff} has no superior; at the top stands {top} already")
    hint = N_("salescli staff edit {staff} --superior CODE")
    return [problem("superior_missing", text, rule="ORG-02", hint=hint, staff=code, top=top)]


class Held(NamedTuple):
    """How much somebody holds that must not go with him: customers, open leads, open tasks, promises, requests asked of him."""

    customers: int
    leads: int
    work: int


def left_behind(code: str, reports: Sequence[str], held: Held) -> list[Problem]:
    """Warnings about what somebody who leaves still holds; one command passes it on. ORG-02, ORG-06."""
    found = []
    if reports:
        text = N_("{staff} is still the superior of {reports}")
        hint = N_("salescli staff edit CODE --superior CODE")
        found.append(problem("reports_left", text, rule="ORG-02", hint=hint, staff=code, reports=list(reports)))
    if any(held):
        text = N_(
            "{staff} still holds {customers:,} {customers:customer|customers}, {leads:,} {leads:lead|leads} and "
            "{work:,} open tasks, promises and requests"
        )
        hint = N_("hand them over: salescli staff handover {staff} --to CODE --dry-run")
        found.append(problem("held_still", text, rule="ORG-06", hint=hint, staff=code, **held._asdict()))
    return found
