"""The one function through which a customer changes hands, and the commands that do it (LED-11, ORG-06, ORG-09, AP-19)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sqlmodel import col, or_, select

from salescli.core.access import Scope, require
from salescli.core.approval import Ask, needed
from salescli.core.errors import Kind, Problem, problem, raise_if
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.lookup import Row, find
from salescli.core.report import Change, Done
from salescli.core.tables_office import Task
from salescli.core.text import NOTE, clean
from salescli.customer import reads_owner, reads_pool
from salescli.customer.rules_pool import Claim, Lock, check_claim, check_lock, lock_end
from salescli.customer.rules_standing import check_active
from salescli.customer.states import OwnerMove, PromiseState
from salescli.customer.states_work import AppointmentState
from salescli.customer.tables import Customer
from salescli.customer.tables_contact import Interaction, OwnerChange, Promise
from salescli.customer.tables_visit import Appointment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from salescli.core.writer import Writer

FOLLOWERS: tuple[str, ...] = ("salescli.lead.actions_pool:follow", "salescli.service.actions_follow:follow")
"""Rooms to the right whose things go along with a customer: "module:function(w, customer, change)". They name themselves here, as the
rooms do for the day list; this room imports none of them.
"""


def change_owner(w: Writer, customer: Customer, new_owner: int | None, move: OwnerMove, reason: str | None = None) -> OwnerChange:
    """Give a customer to somebody (None: to the pool); write former owner, new owner, operator and reason each in its place.

    Nobody else sets `customer.staff_id`. His open leads go along; promises and tasks still open go to the new owner. LED-11, ORG-06.
    Raises SalesError (exit 4): the new owner has left, or holds as many as he may; (exit 6) the customer is archived.
    """
    raise_if(check_active(customer.code, customer.name, customer.archived_on, customer.archived_reason))
    if new_owner is not None:
        raise_if(check_new_owner(w, new_owner, customer))
    return move_to(w, customer, new_owner, move, reason)


def move_to(w: Writer, customer: Customer, new_owner: int | None, move: OwnerMove, reason: str | None = None) -> OwnerChange:
    """`change_owner` without its checks, for who has checked himself (import, merge)."""
    former, customer.staff_id = customer.staff_id, new_owner
    customer.owner_since = w.today
    customer.locked_on = customer.locked_until = None
    change = log_owner(w, customer, former, move, reason)
    bring_along(w, customer, change)
    return change


def bring_along(w: Writer, customer: Customer, change: OwnerChange) -> None:
    """Promises, tasks, appointments, tickets and open leads of a customer go where he went."""
    if change.owner_id is not None:
        _pass_on(w, customer, last_holder(w, change), change.owner_id)
    for place in FOLLOWERS:
        _follower(place)(w, customer, change)


def last_holder(w: Writer, change: OwnerChange) -> int | None:
    """Who had the customer before this change: the former owner, for one out of the pool whoever held him before he fell into it."""
    if change.former_id is not None:
        return change.former_id
    found: int | None = w.reader.value(
        "SELECT former_id FROM owner_change WHERE customer_id = :id AND former_id IS NOT NULL ORDER BY day DESC, id DESC LIMIT 1",
        id=change.customer_id,
    )
    return found


def log_owner(w: Writer, customer: Customer, former: int | None, move: OwnerMove, reason: str | None = None) -> OwnerChange:
    """Keep who had the customer, who has him now, and who did it: three different persons, whoever is at the keyboard. LED-11."""
    change = OwnerChange(
        day=w.today, customer_id=customer.id, former_id=former, owner_id=customer.staff_id, operator_id=w.actor.id or None,
        move=move.value, reason=reason or None,
    )  # fmt: skip
    return w.add(change)


def _follower(place: str) -> Callable[[Writer, Customer, OwnerChange], None]:
    module, _colon, name = place.partition(":")
    found: Callable[[Writer, Customer, OwnerChange], None] = getattr(import_module(module), name)
    return found


def _pass_on(w: Writer, customer: Customer, former: int | None, new_owner: int) -> None:
    """Promises, tasks, appointments open for this customer become the new owner's; in the pool they stay with who made them. ORG-06."""
    kept = select(Promise).where(Promise.customer_id == customer.id, Promise.state == PromiseState.OPEN.value)
    for promise in w.session.exec(kept).all():
        promise.staff_id = new_owner
    said = select(Interaction.number).where(Interaction.customer_id == customer.id)
    about = or_(col(Task.document) == customer.code, col(Task.document).in_(said))
    for task in w.session.exec(select(Task).where(about, Task.state == "open", Task.staff_id == former)).all():
        task.staff_id = new_owner
    planned = select(Appointment).where(Appointment.customer_id == customer.id, Appointment.state == AppointmentState.PLANNED.value)
    for meeting in w.session.exec(planned.where(Appointment.staff_id == former)).all():
        meeting.staff_id = new_owner
        meeting.joint_id = None if meeting.joint_id == new_owner else meeting.joint_id


def check_new_owner(w: Writer, staff_id: int, customer: Customer | None = None) -> list[Problem]:
    """Whoever gets a customer is still here and holds fewer undealt than the cap; one who has ordered takes no room. LED-11.

    Without `customer` a new one is meant. Asked on every path: create, convert, claim, assign, transfer, merge, unarchive, handover.
    """
    who = reads_owner.person(w.reader, staff_id)
    if who.left is not None and who.left < w.today.isoformat():
        text = N_("{staff} left on {left} and takes nothing over")
        hint = N_("choose somebody who is here: salescli staff list")
        return [problem("owner_left", text, rule="ORG-06", hint=hint, staff=who.code, left=who.left)]
    if customer is not None and customer.id is not None and reads_owner.dealt(w.reader, customer.id):
        return []
    return reads_pool.check_room(w.reader, who)


# --- the pool's doors ---------------------------------------------------------------------------------------------------------


def anybodys(w: Writer, reference: str) -> Customer:
    """The customer with this code whoever holds him, else what the reference means in one's own scope or the pool."""
    row = w.get(Customer, reads_owner.anybodys(w.reader, reference))
    w.document = row.code
    return row


def claim(w: Writer, reference: str) -> Done:
    """Take a customer out of the pool for oneself. LED-11.

    Raises SalesError: 3 no such customer, 4 cooling down or a cap reached, 6 not in the pool, 7 not your region.
    """
    row = anybodys(w, reference)
    raise_if(check_claim(_claim_facts(w, row)))
    former = w.reader.value("SELECT former_id FROM owner_change WHERE customer_id = :id ORDER BY day DESC, id DESC LIMIT 1", id=row.id)
    change_owner(w, row, w.actor.id, OwnerMove.CLAIMED)
    claimed, daily = reads_owner.claimed_on(w.reader, w.actor.id, w.today), w.policy("pool.daily_claims")
    clock = _clock(w, row)
    said = msg(N_("{code} {name} is yours; claimed today: {count} of {limit}"), code=row.code, name=row.name, count=claimed, limit=daily)
    return Done(
        anew(said, clock["days_left"]),
        document=row.code,
        changes=(Change(C_("owner"), None, w.actor.code),),
        next=(f"salescli customer show {row.code}",),
        facts={
            "staff": w.actor.code,
            "former": reads_owner.code_of(w.reader, former),
            "claimed": claimed,
            "daily": daily,
            **clock,
        },
    )


def anew(said: Message, left: int | None) -> Message:
    """What was done, and that the days to the pool count anew, which is never silent; None: they count no more. LED-11."""
    return said if left is None else msg(N_("{said}; the days to the pool start anew: {days} left"), said=said, days=left)


def _claim_facts(w: Writer, row: Customer) -> Claim:
    r, me = w.reader, w.actor.id
    assert row.id is not None
    counts = not reads_owner.dealt(r, row.id)
    held, cap = reads_owner.held(r, me), w.policy("pool.hold_cap")
    by_region = w.policy("pool.by_region") and w.actor.scope("customers") is not Scope.ALL
    return Claim(
        noun="customer", code=row.code, name=row.name, holder=reads_owner.code_of(r, row.staff_id), over=row.archived_on is not None,
        staff=w.actor.code, today=w.today, lost_on=reads_owner.lost_on(r, me, customer_id=row.id),
        cooldown_days=w.policy("pool.cooldown_days"), claimed_today=reads_owner.claimed_on(r, me, w.today),
        daily_cap=w.policy("pool.daily_claims"), held=held, hold_cap=cap, counts=counts,
        frees_on=reads_pool.frees_on(r, me) if counts and held >= cap else None,
        region=row.region if by_region else None, own_region=own_region(w) if by_region else None,
    )  # fmt: skip


def own_region(w: Writer) -> str | None:
    """The region the acting person works in."""
    region: str | None = w.reader.value("SELECT region FROM staff WHERE id = :id", id=w.actor.id)
    return region


def release(w: Writer, reference: str, reason: str) -> Done:
    """Give a customer back to the pool for a reason: a leader at once, a rep once the manager agrees (AP-19). LED-11.

    Raises SalesError: 3 no such customer, 5 to be approved, 6 in the pool already.
    """
    row = w.get(Customer, find(w.reader, "customer", reference).id)
    w.document = row.code
    why = clean(reason, C_("reason"), NOTE, lines=True)
    former = reads_owner.code_of(w.reader, row.staff_id)
    raise_if([*check_owned(row), *_check_pool_move(w, row)])
    change_owner(w, row, None, OwnerMove.RETURNED, why)
    return Done(
        msg(N_("{code} {name} is in the pool; {former} may claim it again from {free}"), code=row.code, name=row.name, former=former,
            free=_free_again(w)),
        document=row.code,
        changes=(Change(C_("owner"), former, None),),
        next=("salescli customer pool",),
        facts={"former": former},
    )  # fmt: skip


def _free_again(w: Writer) -> str:
    from salescli.customer.rules_pool import free_again

    return free_again(w.today, w.policy("pool.cooldown_days")).isoformat()


def check_owned(row: Customer) -> list[Problem]:
    """Only what somebody holds can be given away."""
    if row.staff_id is not None:
        return []
    text = N_("{ref} {name} is in the pool already")
    hint = N_("take it out: salescli customer claim {ref}")
    return [problem("in_pool", text, kind=Kind.STATE, rule="LED-11", hint=hint, ref=row.code, name=row.name)]


def _check_pool_move(w: Writer, row: Customer) -> list[Problem]:
    """A pool move is the manager's decision when a rep wants it. AP-19."""
    if leads(w, row.staff_id):
        return []
    require(w.actor, "customer.edit", w.verb)
    ask = Ask("AP-19", row.code, {"do": "release", "owner": row.staff_id, "moves": reads_owner.moves(w.reader, customer_id=row.id)})
    text = N_("giving {ref} {name} back to the pool is the manager's decision")
    return needed(w.reader, ask, "pool_move", text, rule="LED-11", ref=row.code, name=row.name)


def leads(w: Writer, *people: int | None) -> bool:
    """Whether the acting person decides about customers of all these people (None: the pool): a head, or the superior of each."""
    if not w.actor.may("customer.assign"):
        return False
    return w.actor.scope("customers") is Scope.ALL or all(person is None or person in w.actor.team for person in people)


def assign(w: Writer, references: Sequence[str], staff: str, reason: str) -> Done:
    """Give customers from the pool to somebody who is able: the leader decides, cool-down or not; the caps hold. LED-11.

    Raises SalesError: 3 unknown, 4 cap reached, 6 somebody holds one already, 7 not the leader.
    """
    rows = [anybodys(w, reference) for reference in references]
    owned = [row for row in rows if row.staff_id is not None]
    text = N_("{ref} {name} is held by {holder}")
    hint = N_("he changes hands by: salescli customer transfer {ref} --to STAFF --reason …")
    raise_if(
        problem(
            "owned",
            text,
            kind=Kind.STATE,
            rule="LED-11",
            hint=hint,
            ref=row.code,
            name=row.name,
            holder=reads_owner.code_of(w.reader, row.staff_id),
        )
        for row in owned
    )
    return give(w, rows, find(w.reader, "staff", staff), reason, OwnerMove.ASSIGNED)


def give(w: Writer, rows: Sequence[Customer], to: Row, reason: str, move: OwnerMove) -> Done:
    """Give customers to one person and say what became of their clock: it starts anew, and that is never silent. LED-11.

    Raises SalesError: 2 no reason, 4 he has left or has no room, 6 they are his already, 7 not of your team.
    """
    why = clean(reason, C_("reason"), NOTE, lines=True)
    require(w.actor, "customer.assign", w.verb)
    raise_if([problem_ for row in rows for problem_ in _check_gift(w, row, to)])
    before = {row.code: reads_owner.code_of(w.reader, row.staff_id) for row in rows}
    for row in rows:
        change_owner(w, row, to.id, move, why)
    one = rows[0]
    w.document = one.code if len(rows) == 1 else None
    text = (
        N_("{code} {name} goes to {staff} {staff_name}")
        if len(rows) == 1
        else N_("{count} {count:customer|customers} {count:goes|go} to {staff} {staff_name}")
    )
    left = min((days for row in rows if (days := _clock(w, row)["days_left"]) is not None), default=None)
    said = msg(text, code=one.code, name=one.name, count=len(rows), staff=to.code, staff_name=to.name)
    facts: dict[str, Any] = {"staff": to.code, "customers": [row.code for row in rows], "former": list(before.values()), "days_left": left}
    return Done(
        anew(said, left),
        document=w.document,
        changes=tuple(Change(code, former, to.code) for code, former in before.items()),
        next=(f"salescli customer owners {one.code}",),
        facts=facts,
    )  # fmt: skip


def _check_gift(w: Writer, row: Customer, to: Row) -> list[Problem]:
    facts: dict[str, Any] = {"ref": row.code, "name": row.name, "staff": to.code}
    if row.staff_id == to.id:
        hint = N_("who had it when: salescli customer owners {ref}")
        return [problem("same_owner", N_("{ref} {name} is held by {staff} already"), kind=Kind.STATE, rule="LED-11", hint=hint, **facts)]
    if not leads(w, row.staff_id, to.id):
        text = N_("{ref} {name}: you give customers only from and to people of your own team")
        hint = N_("ask the manager, or a superior of both: salescli staff tree")
        return [problem("owner_not_yours", text, kind=Kind.FORBIDDEN, rule="ORG-07", hint=hint, **facts)]
    return []


def _clock(w: Writer, row: Customer) -> dict[str, int | None]:
    """How many days the customer has now before the pool takes him."""
    assert row.id is not None
    return {"days_left": reads_pool.left(w.reader, reads_pool.facts_of(w.reader, "customer", row.id), w.today)}


# --- locks --------------------------------------------------------------------------------------------------------------------


def lock(w: Writer, reference: str, until: date | None, reason: str) -> Done:
    """Keep a customer from the pool until a day, `pool.lock_days` at most; a leader may let the days begin again. LED-11.

    Raises SalesError: 3 no such customer, 4 too many or too long, 6 nothing to lock.
    """
    row = w.get(Customer, find(w.reader, "customer", reference).id)
    w.document = row.code
    why = clean(reason, C_("reason"), NOTE, lines=True)
    wanted = lock_facts(w, row, until)
    raise_if(check_lock(wanted))
    before = row.locked_until.isoformat() if row.locked_until else None
    row.locked_on = w.today if row.locked_on is None or wanted.again else row.locked_on
    row.locked_until = wanted.until
    w.session.flush()
    w.note(row.code, why)
    return Done(
        msg(N_("{code} {name} is kept from the pool until {until}"), code=row.code, name=row.name, until=wanted.until.isoformat()),
        document=row.code,
        changes=(Change(C_("locked_until"), before, wanted.until.isoformat()),),
        next=("salescli customer pool --mine",),
    )


def lock_facts(w: Writer, row: Customer, until: date | None) -> Lock:
    """What the rule must know; without `until` the longest lock there may be."""
    r = w.reader
    assert row.id is not None
    now = bool(row.locked_until and row.locked_until >= w.today)
    wanted = Lock(
        code=row.code, name=row.name, owner=reads_owner.code_of(r, row.staff_id), dealt=reads_owner.dealt(r, row.id),
        over=row.archived_on is not None, until=until or w.today, today=w.today, began=row.locked_on, longest=w.policy("pool.lock_days"),
        locked=reads_owner.locked(r, row.staff_id) - now if row.staff_id else 0, cap=w.policy("pool.lock_cap"),
        again=w.actor.may("customer.assign") and row.staff_id != w.actor.id,
    )  # fmt: skip
    return wanted if until else _longest(wanted)


def _longest(wanted: Lock) -> Lock:
    return wanted._replace(until=lock_end(wanted))


def unlock(w: Writer, reference: str) -> Done:
    """Let the pool's clock count again for a customer. LED-11. Raises SalesError: 3 no such customer, 6 not locked."""
    row = w.get(Customer, find(w.reader, "customer", reference).id)
    w.document = row.code
    if row.locked_until is None or row.locked_until < w.today:
        text = N_("{ref} {name} is not locked")
        hint = N_("what is yours, and what is locked: salescli customer pool --mine")
        raise_if([problem("not_locked", text, kind=Kind.STATE, rule="LED-11", hint=hint, ref=row.code, name=row.name)])
    before, row.locked_until = row.locked_until, None
    w.session.flush()
    days = _clock(w, row)
    return Done(
        msg(N_("{code} {name} is unlocked; days left: {days}"), code=row.code, name=row.name, days=days["days_left"]),
        document=row.code,
        changes=(Change(C_("locked_until"), str(before), None),),
        facts=days,
    )
