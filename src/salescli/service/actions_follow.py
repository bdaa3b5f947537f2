"""Open tickets of a customer go where he goes, unless somebody is named to look after him (SVC-04, ORG-06)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, or_, select

from salescli.customer.actions_owner import last_holder
from salescli.service import reads_handler
from salescli.service.states import Step
from salescli.service.tables import Ticket

if TYPE_CHECKING:
    from salescli.core.writer import Writer
    from salescli.customer.tables import Customer
    from salescli.customer.tables_contact import OwnerChange


def follow(w: Writer, customer: Customer, change: OwnerChange) -> None:
    """Tickets the former owner handles go to whoever looks after the customer now; in the pool they stay with who began them. SVC-04.

    A complaint about the new owner passes by him and his people. SVC-06, ORG-03.
    """
    if change.owner_id is None or customer.id is None:
        return
    still_open = or_(col(Ticket.kept_last).is_(None), Ticket.kept_last != Step.CLOSED.value)
    mine = select(Ticket).where(Ticket.customer_id == customer.id, Ticket.agent_id == last_holder(w, change), still_open)
    for ticket in w.session.exec(mine).all():
        ticket.agent_id = reads_handler.handler(w.reader, customer.id, ticket.about_id) or ticket.agent_id
