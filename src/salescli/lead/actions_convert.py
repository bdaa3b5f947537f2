"""A lead becomes a customer, once: doubles and caps checked again, contacts and promises carried over (LED-10, LED-11, LED-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from salescli.core.errors import Kind, Problem, problem, raise_if
from salescli.core.i18n import N_, msg
from salescli.core.lookup import find
from salescli.core.report import Done
from salescli.core.tables_office import Task
from salescli.customer import reads_owner
from salescli.customer.states import OwnerMove
from salescli.customer.tables import Customer
from salescli.customer.tables_contact import Interaction, OwnerChange, Promise
from salescli.lead.actions import load_in_hand
from salescli.lead.reads_match import Wanted, matches
from salescli.lead.rules_match import Match, check_filing
from salescli.lead.states import LeadState
from salescli.lead.tables_follow import FollowUp

if TYPE_CHECKING:
    from salescli.core.writer import Writer
    from salescli.lead.tables import Lead


def convert(w: Writer, reference: str, customer: str | None = None, code: str | None = None) -> Done:
    """Make a lead's customer (or join it to one its owner has), once, with everything said and promised so far. LED-10, LED-11.

    Raises SalesError: 3 no such customer, 4 known already or cap reached or not the owner's customer, 6 converted before, 7 not yours.
    """
    lead = load_in_hand(w, reference)
    raise_if(_check_once(w, lead))
    if customer is None:
        raise_if(check_filing(_doubles(w, lead), by_leader=False))
        lead.state = LeadState.CONVERTED.value
        row = _new_customer(w, lead, code)
    else:
        row = w.get(Customer, find(w.reader, "customer", customer).id)
        raise_if(_check_joined(w, lead, row))
        lead.state = LeadState.CONVERTED.value
    lead.customer_id = row.id
    w.session.flush()
    contacts, promises = _carry_contacts(w, lead), _carry_promises(w, lead)
    w.document = lead.number
    text = N_("{number} {name} is customer {customer}; carried over: contacts {contacts}, promises {promises}")
    return Done(
        msg(text, number=lead.number, name=lead.name, customer=row.code, contacts=contacts, promises=promises),
        document=row.code,
        next=(f"salescli customer show {row.code}", f"salescli lead stage {lead.number} STAGE"),
        facts={"lead": lead.number, "customer": row.code},
    )


def _check_once(w: Writer, lead: Lead) -> list[Problem]:
    """A lead becomes a customer once; one without owner is claimed before."""
    if lead.customer_id is not None:
        text = N_("{number} is customer {customer} already; a lead is converted once")
        hint = N_("a new opportunity with him: salescli lead add NAME --customer {customer} --source …")
        customer = w.get(Customer, lead.customer_id).code
        return [problem("converted_before", text, kind=Kind.STATE, rule="ST-01", hint=hint, number=lead.number, customer=customer)]
    if lead.staff_id is None:
        text = N_("{number} has no owner; claim or assign it before it becomes a customer")
        return [problem("lead_in_pool", text, rule="LED-11", hint=N_("salescli lead claim {number}"), number=lead.number)]
    return []


def _doubles(w: Writer, lead: Lead) -> list[Match]:
    return matches(w.reader, Wanted(lead.name, lead.company, lead.phone, lead.tax_no), but=lead.number)


def _check_joined(w: Writer, lead: Lead, row: Customer) -> list[Problem]:
    """A lead joins only a customer of the same owner: nobody's customer changes hands by the back door. LED-10."""
    if row.staff_id == lead.staff_id and row.archived_on is None:
        return []
    facts: dict[str, Any] = {
        "number": lead.number,
        "customer": row.code,
        "name": row.name,
        "holder": reads_owner.code_of(w.reader, row.staff_id),
    }
    text = N_("{customer} {name} is the customer of {holder}, not of the lead's owner")
    hint = N_("let a leader bring them together: salescli lead assign {number} {holder} --reason …")
    if row.archived_on is not None:
        text, hint = N_("{customer} {name} is archived"), N_("salescli customer show {customer}")
    elif row.staff_id is None:
        text, hint = N_("{customer} {name} has no owner; he must be claimed first"), N_("salescli customer claim {customer}")
    return [problem("not_your_customer", text, rule="LED-10", hint=hint, **facts)]


def _new_customer(w: Writer, lead: Lead, code: str | None) -> Customer:
    """The customer made from the lead's file; its first owner change says where it comes from."""
    from salescli.customer import actions

    file = {"region": lead.region, "source": lead.source, "tax_no": lead.tax_no, "note": lead.note}
    person = {"name": lead.name if lead.company else None, "phone": lead.phone}
    made = actions.add(w, lead.company or lead.name, code, file, person, reads_owner.code_of(w.reader, lead.staff_id))
    row = w.session.exec(select(Customer).where(Customer.code == made.document)).one()
    change = w.session.exec(select(OwnerChange).where(OwnerChange.customer_id == row.id)).one()
    change.move, change.reason = OwnerMove.CONVERTED.value, lead.number
    return row


def _carry_contacts(w: Writer, lead: Lead) -> int:
    """Every contact with the lead is one with the customer as well; how many that are."""
    rows = w.session.exec(select(Interaction).where(Interaction.lead_number == lead.number)).all()
    for row in rows:
        row.customer_id = lead.customer_id
    w.session.flush()
    return len(rows)


def _carry_promises(w: Writer, lead: Lead) -> int:
    """Promises still open become promises to the customer; their tasks end with a word about where they went. CUS-09."""
    kept = col(FollowUp.promise_number).is_(None) & col(FollowUp.promise).is_not(None)
    rows = w.session.exec(
        select(FollowUp, Task).join(Task, col(Task.number) == col(FollowUp.task)).where(FollowUp.lead_id == lead.id, kept)
    )
    opened = [(follow, task) for follow, task in rows.all() if task.state == "open"]
    for follow, task in opened:
        _carry_promise(w, lead, follow, task)
    w.session.flush()
    return len(opened)


def _carry_promise(w: Writer, lead: Lead, follow: FollowUp, task: Task) -> None:
    made_on = w.get(Interaction, follow.interaction_id).day
    assert lead.customer_id is not None
    assert follow.promise is not None
    assert follow.promise_due is not None
    number = w.number("PM")
    w.add(Promise(number=number, customer_id=lead.customer_id, staff_id=task.staff_id, made_on=made_on, text=follow.promise,
                  due=follow.promise_due))  # fmt: skip
    follow.promise_number = number
    task.state, task.closed_on, task.result = "dropped", w.today, number
