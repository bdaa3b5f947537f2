"""The one function through which a lead changes hands, and who decides that it does (LED-05, LED-11, AP-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from salescli.core.access import Scope
from salescli.core.approval import Ask, granted
from salescli.core.errors import Kind, Problem, problem, raise_if
from salescli.core.i18n import N_, msg
from salescli.core.lookup import Row, find
from salescli.core.report import Change, Done
from salescli.core.tables_office import Task
from salescli.customer import reads_owner
from salescli.customer.reads_pool import check_room
from salescli.customer.states import OwnerMove
from salescli.customer.tables_contact import OwnerChange
from salescli.lead.actions import anybodys, standing
from salescli.lead.rules import check_needs_list, check_open

if TYPE_CHECKING:
    from salescli.core.writer import Writer
    from salescli.lead.tables import Lead


def change_owner(w: Writer, lead: Lead, new_owner: int | None, move: OwnerMove, reason: str | None = None) -> OwnerChange:
    """Give a lead to somebody (None: to the pool) and write down former owner, new owner, operator and reason. LED-11, ORG-06.

    Nobody else sets `lead.staff_id`. Raises SalesError (exit 4): the new owner has left, or holds as many as he may.
    """
    if new_owner is not None:
        raise_if(check_new_owner(w, new_owner, lead))
    return move_to(w, lead, new_owner, move, reason)


def move_to(w: Writer, lead: Lead, new_owner: int | None, move: OwnerMove, reason: str | None = None) -> OwnerChange:
    """`change_owner` without its checks, for who has checked many at once (handover)."""
    change = OwnerChange(
        day=w.today, lead_number=lead.number, former_id=lead.staff_id, owner_id=new_owner, operator_id=w.actor.id or None,
        move=move.value, reason=reason or None,
    )  # fmt: skip
    lead.staff_id, lead.owner_since, lead.locked_on, lead.locked_until = new_owner, w.today, None, None
    if new_owner is not None:
        _pass_on(w, lead.number, new_owner)
    return w.add(change)


def _pass_on(w: Writer, number: str, new_owner: int) -> None:
    """Tasks open for the lead, promises among them, become the new owner's. ORG-06, CUS-09."""
    for task in w.session.exec(select(Task).where(Task.document == number, Task.state == "open")).all():
        task.staff_id = new_owner


def check_new_owner(w: Writer, staff_id: int, lead: Lead | None = None) -> list[Problem]:
    """Whoever gets a lead is still here and holds less than the cap; a lead that is closed takes no room. LED-11."""
    person = reads_owner.person(w.reader, staff_id)
    if person.left is not None and person.left < w.today.isoformat():
        text = N_("{staff} left on {left} and takes nothing over")
        hint = N_("choose somebody who is here: salescli staff list")
        return [problem("owner_left", text, rule="ORG-06", hint=hint, staff=person.code, left=person.left)]
    if lead is not None and (lead.closed is not None or lead.customer_id is not None):
        return []
    return check_room(w.reader, person)


def assign(w: Writer, reference: str, staff: str, reason: str) -> Done:
    """Let somebody work on a lead: the leader decides; who is none asks for it (AP-10). LED-05, X-05.

    Raises SalesError: 4 needs list incomplete, cap reached, 5 not the leader, 6 closed or converted.
    """
    lead, to = anybodys(w, reference), find(w.reader, "staff", staff)
    before = reads_owner.code_of(w.reader, lead.staff_id)
    raise_if(_check_assign(w, lead, to))
    lead.assigned_by = w.actor.id
    change_owner(w, lead, to.id, OwnerMove.ASSIGNED, reason)
    w.document = lead.number
    return Done(
        msg(N_("{number} {name} goes to {staff} {staff_name}"), number=lead.number, name=lead.name, staff=to.code, staff_name=to.name),
        document=lead.number,
        changes=(Change("staff", before, to.code),),
        next=(f"salescli lead show {lead.number}",),
        facts={"staff": to.code, "former": before},
    )


def _check_assign(w: Writer, lead: Lead, to: Row) -> list[Problem]:
    facts = standing(w, lead)
    found = check_open(facts)
    if lead.customer_id is not None:
        text = N_("{number} belongs to a customer already; the customer changes hands, and its leads with it")
        hint = N_("salescli customer transfer CUSTOMER --to STAFF --reason …")
        found.append(problem("lead_converted", text, kind=Kind.STATE, rule="LED-11", hint=hint, number=lead.number))
    if lead.staff_id == to.id:
        text = N_("{number} is held by {staff} already")
        hint = N_("who had it when: salescli lead owners {number}")
        found.append(problem("same_owner", text, kind=Kind.STATE, rule="LED-05", hint=hint, number=lead.number, staff=to.code))
    return [*found, *check_needs_list(facts), *_check_leader(w, lead, to)]


def leads_both(w: Writer, lead: Lead, to_id: int) -> bool:
    """Whether the acting person decides for the lead's owner and for the one who shall get it: a head, or the superior of both."""
    if not w.actor.may("lead.assign"):
        return False
    if w.actor.scope("customers") is Scope.ALL:
        return True
    return to_id in w.actor.team and (lead.staff_id is None or lead.staff_id in w.actor.team)


def _check_leader(w: Writer, lead: Lead, to: Row) -> list[Problem]:
    """The leader decides who works on a project; anybody else files his wish. LED-05, AP-10."""
    content = {"staff": to.code, "former": lead.staff_id, "moves": reads_owner.moves(w.reader, lead=lead.number)}
    ask = Ask("AP-10", lead.number, content)
    if leads_both(w, lead, to.id) or granted(w.reader, ask):
        return []
    text = N_("who works on {number} {name} is the leader's decision; you propose {staff}")
    hint = N_('ask for it: --request "why {staff}"')
    return [problem("leader_decides", text, kind=Kind.APPROVAL, rule="LED-05", hint=hint, ask=ask, number=lead.number, name=lead.name,
                    staff=to.code)]  # fmt: skip
