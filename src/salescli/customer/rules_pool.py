"""The public pool (公海): when somebody falls into it, who may take him out, how much one person may hold, lock or lose (LED-11).

Customers and leads follow the same rules; the room of leads calls these functions with its own facts.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import N_
from salescli.core.record import NamedTuple

WHOLE = 10_000
"""100 % in the unit of rates."""


# --- days left ----------------------------------------------------------------------------------------------------------------


class Facts(NamedTuple):
    """What decides when somebody falls into the pool; days as ISO text, as the book keeps them.

    `last_contact` is the last contact that was not rejected, `entered` the day of entry or import; `over`: archived, closed or
    gone with his customer, so that nothing falls; `dealt` is computed from confirmed orders, never set by a person.
    """

    owner_id: int | None
    owned_since: str | None
    last_contact: str | None
    entered: str | None
    dealt: bool
    locked_until: str | None = None
    over: bool = False


def days_left(facts: Facts, idle_days: int, today: date) -> int | None:
    """Days until somebody falls into the pool: 0 or less = due now, None = never (in the pool already, dealt, over). LED-11.

    Idle days run from max(last contact, start of ownership, day of entry or import); a lock keeps from the pool through its last day.
    The list, the warning and the move all ask this function and no other.
    """
    if facts.owner_id is None or facts.dealt or facts.over:
        return None
    starts = max(facts.last_contact or "", facts.owned_since or "", facts.entered or "")
    falls = (date.fromisoformat(starts) if starts else today) + timedelta(idle_days)
    if facts.locked_until:
        falls = max(falls, date.fromisoformat(facts.locked_until) + timedelta(1))
    return (falls - today).days


def is_due(left: int | None) -> bool:
    """Whether the pool takes him now."""
    return left is not None and left <= 0


def share_limit(listed: int, share: int) -> int:
    """How many of a list of this length one run may move unasked: `pool.max_share` (1/10,000), but always one. LED-11."""
    return max(1, listed * share // WHOLE)


# --- holding ------------------------------------------------------------------------------------------------------------------


def check_hold(staff: str, held: int, more: int, cap: int, frees_on: date | None = None) -> list[Problem]:
    """Nobody is given more than `pool.hold_cap` without a deal, on whatever path it comes. LED-11.

    `more`: how many undealt ones come on top; exactly the cap passes. `frees_on`: the day the first of his falls by itself.
    """
    if more <= 0 or held + more <= cap:
        return []
    text = N_("{staff} holds {count:,} without a deal; the cap is {cap:,}")
    if more > 1:
        text = N_("{staff} holds {count:,} without a deal, {more:,} more would come; the cap is {cap:,}")
    hint = N_("give some back first: salescli customer release CODE --reason …, salescli lead release NUMBER --reason …")
    if frees_on:
        hint = N_("the first falls to the pool on {frees}; or give some back: salescli customer release CODE --reason …")
    facts: dict[str, Any] = {"staff": staff, "count": held, "more": more, "cap": cap, "frees": frees_on.isoformat() if frees_on else None}
    return [problem("hold_cap", text, rule="LED-11", hint=hint, **facts)]


# --- claiming -----------------------------------------------------------------------------------------------------------------


class Claim(NamedTuple):
    """What decides whether somebody may take one out of the pool. `noun`: customer or lead, as its commands are called.

    `lost_on`: the day he lost this very one; `counts`: whether it takes room under the holding cap; `region`, `own_region` only where
    `pool.by_region` is on.
    """

    noun: str
    code: str
    name: str
    holder: str | None
    over: bool
    staff: str
    today: date
    lost_on: date | None
    cooldown_days: int
    claimed_today: int
    daily_cap: int
    held: int
    hold_cap: int
    counts: bool = True
    frees_on: date | None = None
    region: str | None = None
    own_region: str | None = None


def check_claim(claim: Claim) -> list[Problem]:
    """In the pool, in my scope, not mine within the cool-down, daily cap, holding cap: the first that fails is told. LED-11.

    Nothing is counted before all have passed: a refused claim costs no quota.
    """
    order = (_in_pool, _in_scope, _cooled_down, _daily)
    found = next((problems for check in order if (problems := check(claim))), [])
    return found or check_hold(claim.staff, claim.held, int(claim.counts), claim.hold_cap, claim.frees_on)


def _in_pool(claim: Claim) -> list[Problem]:
    facts: dict[str, Any] = {"ref": claim.code, "name": claim.name, "holder": claim.holder}
    if claim.over:
        text = N_("{ref} {name} is closed or archived; nobody claims it")
        return [problem("not_in_pool", text, kind=Kind.STATE, rule="LED-11", hint=_list_hint(claim), **facts)]
    if claim.holder is None:
        return []
    if claim.holder == claim.staff:
        text = N_("{ref} {name} is yours already")
        return [problem("claimed_already", text, kind=Kind.STATE, rule="LED-11", hint=_list_hint(claim), **facts)]
    text = N_("{ref} {name} is not in the pool: {holder} holds it")
    return [problem("not_in_pool", text, kind=Kind.STATE, rule="LED-11", hint=_list_hint(claim), **facts)]


def _list_hint(claim: Claim) -> str:
    return N_("what is in the pool: salescli lead pool") if claim.noun == "lead" else N_("what is in the pool: salescli customer pool")


def _in_scope(claim: Claim) -> list[Problem]:
    if claim.region is None or claim.region == claim.own_region:
        return []
    text = N_("{ref} {name} lies in {region}, you work in {own}; the pool is claimed by region")
    facts: dict[str, Any] = {"ref": claim.code, "name": claim.name, "region": claim.region, "own": claim.own_region}
    hint = N_("let a leader assign it, or see: salescli policy show pool.by_region")
    return [problem("not_your_region", text, kind=Kind.FORBIDDEN, rule="LED-11", hint=hint, **facts)]


def free_again(lost_on: date, cooldown_days: int) -> date:
    """The first day on which a former owner may claim again, counted from the day he lost it."""
    return lost_on + timedelta(cooldown_days)


def _cooled_down(claim: Claim) -> list[Problem]:
    if claim.lost_on is None or claim.today >= free_again(claim.lost_on, claim.cooldown_days):
        return []
    text = N_("you lost {ref} {name} on {lost}; a former owner waits {days} {days:day|days}, until {free}")
    free = free_again(claim.lost_on, claim.cooldown_days).isoformat()
    facts: dict[str, Any] = {
        "ref": claim.code,
        "name": claim.name,
        "lost": claim.lost_on.isoformat(),
        "days": claim.cooldown_days,
        "free": free,
    }
    return [problem("cooling_down", text, rule="LED-11", hint=N_("come back on {free}, or let a leader assign it"), **facts)]


def _daily(claim: Claim) -> list[Problem]:
    if claim.claimed_today < claim.daily_cap:
        return []
    text = N_("you claimed {count} today; the limit is {limit} a day, free again on {free}")
    free = (claim.today + timedelta(1)).isoformat()
    hint = N_("your count: salescli pool quota; or let a leader assign it")
    return [problem("daily_claims", text, rule="LED-11", hint=hint, count=claim.claimed_today, limit=claim.daily_cap, free=free)]


# --- locking ------------------------------------------------------------------------------------------------------------------


class Lock(NamedTuple):
    """What decides whether somebody may be kept from the pool until a day; `began`: when this owner's lock began, if it ever did."""

    code: str
    name: str
    owner: str | None
    dealt: bool
    over: bool
    until: date
    today: date
    began: date | None
    longest: int
    locked: int
    cap: int
    again: bool


def lock_end(lock: Lock) -> date:
    """The last day a lock may reach: `pool.lock_days` from when it began; a leader may let it begin again. LED-11."""
    began = lock.today if lock.began is None or lock.again else lock.began
    return began + timedelta(lock.longest)


def check_lock(lock: Lock) -> list[Problem]:
    """Only owned, undealt ones are locked, at most `pool.lock_cap` of one person, at most `pool.lock_days` long. LED-11."""
    facts: dict[str, Any] = {"ref": lock.code, "name": lock.name, "owner": lock.owner}
    if lock.over or lock.owner is None:
        text = N_("{ref} {name} is in the pool or closed; it cannot be locked")
        hint = N_("what is yours: salescli customer pool --mine")
        return [problem("nothing_to_lock", text, kind=Kind.STATE, rule="LED-11", hint=hint, **facts)]
    if lock.dealt:
        text = N_("{ref} {name} has ordered; no customer who has falls to the pool, a lock is not needed")
        return [problem("dealt", text, kind=Kind.STATE, rule="LED-11", hint=N_("what may fall: salescli customer pool --soon"), **facts)]
    return [*_check_lock_days(lock, facts), *_check_lock_count(lock)]


def _check_lock_days(lock: Lock, facts: dict[str, Any]) -> list[Problem]:
    last = lock_end(lock)
    facts = {
        **facts,
        "until": lock.until.isoformat(),
        "last": last.isoformat(),
        "days": lock.longest,
        "began": str(lock.began or lock.today),
    }
    if lock.until < lock.today:
        return [problem("lock_past", N_("the day {until} is over"), kind=Kind.USAGE, rule="LED-11", **facts)]
    if lock.until <= last:
        return []
    text = N_("{ref} {name} may be locked until {last} at most: {days} {days:day|days} from {began}")
    return [problem("lock_days", text, rule="LED-11", hint=N_("a leader may let the lock begin again"), **facts)]


def _check_lock_count(lock: Lock) -> list[Problem]:
    if lock.locked < lock.cap:
        return []
    text = N_("{owner} has {count} locked; the cap is {cap}")
    hint = N_("unlock one first: salescli customer unlock CODE")
    return [problem("lock_cap", text, rule="LED-11", hint=hint, owner=lock.owner, count=lock.locked, cap=lock.cap)]


# --- the run ------------------------------------------------------------------------------------------------------------------


class Due(NamedTuple):
    """What one run would take from one person: how many of how many."""

    staff: str
    due: int
    listed: int


def check_share(found: Due, share: int) -> list[Problem]:
    """A run that would take more than `pool.max_share` of somebody's list leaves that list alone and asks. LED-11."""
    limit = share_limit(found.listed, share)
    if found.due <= limit:
        return []
    text = N_("{staff}: {due:,} of {listed:,} are due for the pool, more than {share:pct} % ({limit:,}); the list was left alone")
    hint = N_("look at it: salescli customer pool --soon --staff {staff}; go on: salescli pool run --anyway {staff}")
    facts: dict[str, Any] = {"staff": found.staff, "due": found.due, "listed": found.listed, "share": share, "limit": limit}
    return [problem("pool_share", text, rule="LED-11", hint=hint, **facts)]
