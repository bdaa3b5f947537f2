"""Writes of promises: made, kept, broken; never deleted (CUS-09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.access import require
from salescli.core.errors import Kind, fail, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find, find_here
from salescli.core.report import Done
from salescli.core.text import NOTE, clean, clean_or_none
from salescli.customer import reads_promise
from salescli.customer.rules_care import check_promise
from salescli.customer.rules_standing import check_active
from salescli.customer.states import PromiseState
from salescli.customer.tables import Customer
from salescli.customer.tables_contact import Promise

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.writer import Writer


def make(w: Writer, customer_id: int, staff_id: int, text: str | None, due: date | None, made: date) -> str:
    """Keep a promise; its number. CUS-09. Raises SalesError: 2 no text, no due day, or one before it was made; 4 made in the future."""
    said = clean(text or "", C_("promise"), NOTE, lines=True)
    if due is None:
        text = N_("a promise has a day by which it is kept: --promise TEXT --promise-due DATE")
        fail("promise_due", text, kind=Kind.USAGE, rule="CUS-09")
    raise_if(check_promise(made, due, w.today))
    return w.add(Promise(number=w.number("PM"), customer_id=customer_id, staff_id=staff_id, made_on=made, text=said, due=due)).number


def add(w: Writer, reference: str, text: str, due: date, made: date | None = None, staff: str | None = None) -> Done:
    """Note what was promised to a customer and until when; who promised it keeps it, else `staff`. CUS-09.

    Raises SalesError: 2 no text or a due day before the promise, 3 no such customer or person, 4 he has left, 6 archived, 7 not yours to
    write.
    """
    require(w.actor, "customer.edit", w.verb)
    customer = w.get(Customer, find(w.reader, "customer", reference).id)
    assert customer.id is not None
    raise_if(check_active(customer.code, customer.name, customer.archived_on, customer.archived_reason))
    keeper = find_here(w.reader, staff) if staff else None
    number = make(w, customer.id, keeper.id if keeper else w.actor.id, text, due, made or w.today)
    w.document = number
    sentence = N_("{number}: promised to {customer} {name}, due {due}")
    return Done(
        msg(sentence, number=number, customer=customer.code, name=customer.name, due=due.isoformat()),
        number,
        next=(f"salescli customer promise keep {number}",),
    )


def settle(w: Writer, number: str, state: PromiseState, result: str | None) -> Done:
    """Say that a promise was kept, or broken and why. CUS-09.

    Raises SalesError: 2 broken without a reason, 3 no such promise, 6 settled already, 7 not yours.
    """
    require(w.actor, "customer.edit", w.verb)
    row = w.get(Promise, reads_promise.id_of(w.reader, number))
    if row.state != PromiseState.OPEN:
        text = N_("{number} is {state:code} already")
        hint = N_("what is still open: salescli customer promise list")
        fail("promise_settled", text, kind=Kind.STATE, rule="CUS-09", hint=hint, number=row.number, state=row.state)
    read = clean_or_none if state is PromiseState.KEPT else clean
    said = read(result or "", C_("reason"), NOTE, lines=True)
    late = max((w.today - row.due).days, 0)
    row.state, row.closed_on, row.result = state.value, w.today, said
    w.session.flush()
    w.document = row.number
    sentence = N_("{number} is {state:code}, {late} {late:day|days} late: {text}") if late else N_("{number} is {state:code}: {text}")
    return Done(msg(sentence, number=row.number, state=state.value, text=row.text, late=late), row.number)
