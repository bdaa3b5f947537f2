"""Leads in and out of the pool, leads that go along with their customer, and the run that moves what is due (LED-11)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from salescli.core.access import Scope
from salescli.core.errors import Kind, Problem, SalesError, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find
from salescli.core.report import Change, Done
from salescli.core.text import NOTE, clean
from salescli.customer import actions_owner, reads_owner, reads_pool
from salescli.customer.rules_pool import Claim, Due, Lock, check_claim, check_lock, check_share, free_again, lock_end
from salescli.customer.states import OwnerMove
from salescli.customer.tables import Customer
from salescli.lead.actions import anybodys, load_in_hand
from salescli.lead.actions_owner import change_owner
from salescli.lead.tables import Lead

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from salescli.core.writer import Writer
    from salescli.customer.reads_pool import Idle
    from salescli.customer.tables_contact import OwnerChange


def follow(w: Writer, customer: Customer, change: OwnerChange) -> None:
    """Open leads of a customer go where he goes; that is no claim of its own. LED-11, X-05."""
    opened = select(Lead).where(Lead.customer_id == customer.id, col(Lead.closed).is_(None))
    for lead in w.session.exec(opened).all():
        if lead.staff_id != change.owner_id:
            change_owner(w, lead, change.owner_id, OwnerMove.FOLLOWED, customer.code)


# --- one lead -----------------------------------------------------------------------------------------------------------------


def claim(w: Writer, reference: str) -> Done:
    """Take a lead out of the pool for oneself. LED-11.

    Raises SalesError: 3 no such lead, 4 cooling down or a cap reached, 6 not in the pool, 7 not your region.
    """
    lead = anybodys(w, reference)
    w.document = lead.number
    raise_if([*_check_no_customer(w, lead), *check_claim(_claim_facts(w, lead))])
    change_owner(w, lead, w.actor.id, OwnerMove.CLAIMED)
    count, limit = reads_owner.claimed_on(w.reader, w.actor.id, w.today), w.policy("pool.daily_claims")
    text, left = N_("{number} {name} is yours; claimed today: {count} of {limit}"), _days_left(w, lead)
    return Done(
        actions_owner.anew(msg(text, number=lead.number, name=lead.name, count=count, limit=limit), left),
        document=lead.number,
        changes=(Change(C_("owner"), None, w.actor.code),),
        next=(f"salescli lead follow {lead.number} TEXT --next +3d",),
        facts={"staff": w.actor.code, "claimed": count, "daily": limit, "days_left": left},
    )


def _check_no_customer(w: Writer, lead: Lead) -> list[Problem]:
    """A lead that is a customer goes with him."""
    if lead.customer_id is None or lead.staff_id is not None:
        return []
    customer = w.get(Customer, lead.customer_id)
    text = N_("{number} belongs to customer {customer}, who lies in the pool; it comes with him")
    hint = N_("salescli customer claim {customer}")
    return [problem("lead_of_customer", text, kind=Kind.STATE, rule="LED-11", hint=hint, number=lead.number, customer=customer.code)]


def _claim_facts(w: Writer, lead: Lead) -> Claim:
    r, me = w.reader, w.actor.id
    held, cap = reads_owner.held(r, me), w.policy("pool.hold_cap")
    by_region = w.policy("pool.by_region") and w.actor.scope("customers") is not Scope.ALL
    return Claim(
        noun="lead", code=lead.number, name=lead.company or lead.name, holder=reads_owner.code_of(r, lead.staff_id),
        over=lead.closed is not None, staff=w.actor.code, today=w.today, lost_on=reads_owner.lost_on(r, me, lead=lead.number),
        cooldown_days=w.policy("pool.cooldown_days"), claimed_today=reads_owner.claimed_on(r, me, w.today),
        daily_cap=w.policy("pool.daily_claims"), held=held, hold_cap=cap,
        frees_on=reads_pool.frees_on(r, me) if held >= cap else None,
        region=lead.region if by_region else None, own_region=actions_owner.own_region(w) if by_region else None,
    )  # fmt: skip


def _days_left(w: Writer, lead: Lead) -> int | None:
    assert lead.id is not None
    return reads_pool.left(w.reader, reads_pool.facts_of(w.reader, "lead", lead.id), w.today)


def release(w: Writer, reference: str, reason: str) -> Done:
    """Give a lead back to the pool for a reason. LED-11. Raises SalesError: 3 no such lead, 4 in the pool, 6 closed or a customer's, 7."""
    lead = load_in_hand(w, reference)
    why = clean(reason, C_("reason"), NOTE, lines=True)
    raise_if([*_check_free(lead), *_check_held(lead)])
    former = reads_owner.code_of(w.reader, lead.staff_id)
    change_owner(w, lead, None, OwnerMove.RETURNED, why)
    free = free_again(w.today, w.policy("pool.cooldown_days")).isoformat()
    text = N_("{number} {name} is in the pool; {former} may claim it again from {free}")
    return Done(
        msg(text, number=lead.number, name=lead.name, former=former, free=free),
        document=lead.number,
        changes=(Change(C_("owner"), former, None),),
        next=("salescli lead pool",),
        facts={"former": former},
    )


def _check_held(lead: Lead) -> list[Problem]:
    if lead.staff_id is not None:
        return []
    hint = N_("take it out: salescli lead claim {number}")
    return [problem("in_pool", N_("{number} is in the pool already"), kind=Kind.STATE, rule="LED-11", hint=hint, number=lead.number)]


def _check_free(lead: Lead) -> list[Problem]:
    if lead.customer_id is None:
        return []
    text = N_("{number} belongs to a customer and goes where he goes")
    hint = N_("salescli customer release CODE --reason …")
    return [problem("lead_of_customer", text, kind=Kind.STATE, rule="LED-11", hint=hint, number=lead.number)]


def lock(w: Writer, reference: str, until: date | None, reason: str) -> Done:
    """Keep a lead from the pool until a day, `pool.lock_days` at most. LED-11. Raises SalesError: 3, 4 too many or too long, 6, 7."""
    lead = load_in_hand(w, reference)
    why = clean(reason, C_("reason"), NOTE, lines=True)
    wanted = _lock_facts(w, lead, until)
    raise_if([*_check_free(lead), *check_lock(wanted)])
    before = lead.locked_until.isoformat() if lead.locked_until else None
    lead.locked_on = w.today if lead.locked_on is None or wanted.again else lead.locked_on
    lead.locked_until = wanted.until
    w.session.flush()
    w.note(lead.number, why)
    return Done(
        msg(N_("{number} {name} is kept from the pool until {until}"), number=lead.number, name=lead.name, until=wanted.until.isoformat()),
        document=lead.number,
        changes=(Change(C_("locked_until"), before, wanted.until.isoformat()),),
        next=("salescli lead pool --mine",),
    )


def _lock_facts(w: Writer, lead: Lead, until: date | None) -> Lock:
    now = bool(lead.locked_until and lead.locked_until >= w.today)
    wanted = Lock(
        code=lead.number, name=lead.name, owner=reads_owner.code_of(w.reader, lead.staff_id), dealt=False, over=lead.closed is not None,
        until=until or w.today, today=w.today, began=lead.locked_on, longest=w.policy("pool.lock_days"),
        locked=reads_owner.locked(w.reader, lead.staff_id) - now if lead.staff_id else 0, cap=w.policy("pool.lock_cap"),
        again=w.actor.may("lead.assign") and lead.staff_id != w.actor.id,
    )  # fmt: skip
    return wanted if until else wanted._replace(until=lock_end(wanted))


def unlock(w: Writer, reference: str) -> Done:
    """Let the pool's clock count again for a lead. LED-11. Raises SalesError: 3 no such lead, 6 not locked, 7 not yours."""
    lead = load_in_hand(w, reference)
    if lead.locked_until is None or lead.locked_until < w.today:
        hint = N_("what is yours, and what is locked: salescli lead pool --mine")
        raise_if([problem("not_locked", N_("{number} is not locked"), kind=Kind.STATE, rule="LED-11", hint=hint, number=lead.number)])
    before, lead.locked_until = lead.locked_until, None
    w.session.flush()
    days = _days_left(w, lead)
    return Done(
        msg(N_("{number} {name} is unlocked; days left: {days}"), number=lead.number, name=lead.name, days=days),
        document=lead.number,
        changes=(Change(C_("locked_until"), str(before), None),),
        facts={"days_left": days},
    )


# --- the run ------------------------------------------------------------------------------------------------------------------


def run(w: Writer, anyway: Sequence[str] = ()) -> Done:
    """Move every customer and lead that is due into the pool; a second run, or one after missed days, does what is left. LED-11.

    A list that would lose more than `pool.max_share` is left alone unless its owner is named in `anyway`; all others are moved and kept,
    then the refusal (exit 4) names each of those lists with its figures.
    """
    pressed = {find(w.reader, "staff", staff).id for staff in anyway}
    due = {noun: reads_pool.due(w.reader, noun) for noun in ("customer", "lead")}
    stopped = _stopped(w, [row for rows in due.values() for row in rows], pressed)
    left_alone = {owner for owner, _problems in stopped}
    moved = [_fall(w, noun, row) for noun, rows in due.items() for row in rows if row.staff_id not in left_alone]
    problems = [p for _owner, found in stopped for p in found]
    facts: dict[str, Any] = {
        "customers": sum(c.field.startswith("customer ") for c in moved), "leads": sum(c.field.startswith("lead ") for c in moved),
        "left_alone": sum(row.staff_id in left_alone for rows in due.values() for row in rows),
    }  # fmt: skip
    told = msg(N_("moved to the pool: {customers:,} {customers:customer|customers}, {leads:,} {leads:lead|leads}"), **facts)
    if problems:
        w.refusal = SalesError([_with_figures(problems[0], facts), *problems[1:]])
    return Done(told, changes=tuple(moved), next=("salescli customer pool", "salescli lead pool"), facts=facts, warnings=tuple(problems))


def _stopped(w: Writer, rows: Iterable[Idle], pressed: set[int]) -> list[tuple[int, list[Problem]]]:
    """Owners whose list would lose more than a run may take unasked."""
    share, counts = w.policy("pool.max_share"), Counter(row.staff_id for row in rows)
    found = []
    for owner, count in sorted((o, n) for o, n in counts.items() if o is not None and o not in pressed):
        code = reads_owner.person(w.reader, owner).code
        problems = check_share(Due(code, count, reads_owner.listed(w.reader, owner)), share)
        if problems:
            found.append((owner, problems))
    return found


def _with_figures(first: Problem, facts: dict[str, Any]) -> Problem:
    """The first refusal also says what the run did move: that stays moved."""
    text = N_("{why} (moved from others: {customers:,} {customers:customer|customers}, {leads:,} {leads:lead|leads})")
    told = {**first.message.facts, **facts, "why": first.message}
    return first._replace(message=msg(text, **told))


def _fall(w: Writer, noun: str, row: Idle) -> Change:
    """One move; its reason says how long nobody spoke, its former owner is who really held it."""
    days = w.policy("pool.idle_days")
    last = max(filter(None, (row.last_contact, row.owned_since, row.entered)), default="")
    reason = msg(N_("nothing heard since {since}; the limit is {days} {days:day|days}"), since=last, days=days).render()
    if noun == "customer":
        actions_owner.change_owner(w, w.get(Customer, row.id), None, OwnerMove.POOLED, reason)
    else:
        change_owner(w, w.get(Lead, row.id), None, OwnerMove.POOLED, reason)
    return Change(f"{noun} {row.code}", row.staff, None)
