"""Goods under care and follow-up agents (SVC-03, SVC-04, SVC-05)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from salescli.core.dates import add_months
from salescli.core.errors import Kind, fail, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import Row, find, find_here, find_optional
from salescli.core.report import Change, Done
from salescli.core.text import clean, clean_or_none
from salescli.customer.reads_archive import check_in_use
from salescli.service.reads import cared
from salescli.service.tables import Agent, Asset

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.writer import Writer


def add_asset(
    w: Writer,
    customer: str,
    name: str,
    *,
    product: str | None = None,
    serial: str | None = None,
    bought: date | None = None,
    warranty_months: int | None = None,
    service_months: int | None = None,
) -> Done:
    """Note a thing of the customer's that we look after; the next service follows from its rhythm. SVC-03, SVC-05.

    Raises SalesError: 2 no name or a purchase in the future, 3 no such customer or product, 6 archived.
    """
    owner = _active(w, customer)
    goods = find_optional(w.reader, "product", product)
    since = bought or w.today
    if since > w.today:
        fail("bought_later", N_("bought on {day}, which is still to come"), kind=Kind.USAGE, rule="SVC-05", day=since.isoformat())
    row = w.add(
        Asset(
            number=w.number("AS"),
            customer_id=owner.id,
            product_id=goods.id if goods else None,
            name=clean(name, C_("asset_name")),
            serial=clean_or_none(serial, C_("serial"), 80),
            bought=since,
            warranty_until=add_months(since, warranty_months) if warranty_months else None,
            service_months=service_months,
            next_service=add_months(since, service_months) if service_months else None,
        )
    )
    w.document = row.number
    return Done(
        msg(N_("{number} {name} of {customer} is under care"), number=row.number, name=row.name, customer=owner.code),
        document=row.number,
        next=(f"salescli service asset list {owner.code}",),
    )


def serviced(w: Writer, number: str, on: date | None = None) -> Done:
    """A service was done; the next one is due a rhythm later. SVC-05.

    Raises SalesError: 3 no such asset or not the reader's to look after, 4 a day ahead, 6 one without a rhythm.
    """
    row = _asset(w, number)
    if row.service_months is None:
        hint = N_("what has one, and when it is due: salescli service asset list --due")
        fail("no_rhythm", N_("{number} has no service rhythm"), kind=Kind.STATE, rule="SVC-05", hint=hint, number=row.number)
    day = on or w.today
    if day > w.today:
        fail("future_service", N_("{day} lies in the future; a service is noted when it was done"), rule="SVC-05",
             hint=N_("leave out --on, or say it again on {day}"), day=day.isoformat())  # fmt: skip
    before, row.next_service = row.next_service, add_months(day, row.service_months)
    w.document = row.number
    return Done(
        msg(N_("service of {number} noted, the next is due on {day}"), number=row.number, day=row.next_service.isoformat()),
        document=row.number,
        changes=(Change(C_("next_service"), before.isoformat() if before else None, row.next_service.isoformat()),),
    )


def _asset(w: Writer, number: str) -> Asset:
    """The thing of this number, if its customer is the acting person's to look after. Raises SalesError (exit 3). ORG-07."""
    sql = f"SELECT x.id FROM asset x JOIN customer c ON c.id = x.customer_id WHERE x.number = :number AND {cared(w.reader)}"
    found = w.reader.value(sql, number=number.strip().upper())
    if found is None:
        hint = N_("what is under care: salescli service asset list")
        fail("asset_not_found", N_("there is nothing under care as {number}"), hint=hint, kind=Kind.NOT_FOUND, number=number)
    return w.get(Asset, found)


def _active(w: Writer, customer: str) -> Row:
    """The customer meant. Raises SalesError: 3 no such customer, 6 his file is put away."""
    row = find(w.reader, "customer", customer)
    raise_if(check_in_use(w.reader, row.id))
    return row


def name_agent(w: Writer, customer: str, staff: str) -> Done:
    """Make somebody the named follow-up agent of a customer. SVC-04. Raises SalesError: 3 unknown, 4 he has left, 6 archived."""
    owner, person = _active(w, customer), find_here(w.reader, staff)
    row = w.session.exec(select(Agent).where(Agent.customer_id == owner.id)).first()
    if row is None:
        w.add(Agent(customer_id=owner.id, staff_id=person.id, since=w.today))
    else:
        row.staff_id, row.since = person.id, w.today
    w.document = owner.code
    return Done(
        msg(N_("{staff} is the follow-up agent of {customer} {name}"), staff=person.code, customer=owner.code, name=owner.name),
        document=owner.code,
    )
