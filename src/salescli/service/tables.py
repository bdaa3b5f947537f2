"""Tickets, what was done about them, and the goods a customer has from us that need care."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, text

from salescli.core.schema import LONG, Book, Day, Whole, choice, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target
from salescli.customer.tables import Customer  # noqa: F401 - foreign key target
from salescli.product.tables import Product  # noqa: F401 - foreign key target
from salescli.service.states import Step, TicketKind


class Ticket(Book, table=True):
    """A complaint or a wish after the sale (SVC-01, F-28). `about_id` is the rep complained about, `agent_id` who handles it.

    `kept_last` is its last step, `kept_solved` the day of the solution that stands, `kept_reopened` the day it was last taken up again:
    all three follow from the steps.
    """

    __tablename__ = "ticket"
    __table_args__ = (
        Index("ix_ticket_customer", "customer_id", "day"),
        Index("ix_ticket_agent", "agent_id", "day"),
        Index("ix_ticket_about", "about_id", "day"),
        Index("ix_ticket_day", "day"),
        Index("ix_ticket_last", "kept_last", "agent_id"),
    )
    id: int | None = key()
    number: str = line(40, unique=True)
    kind: str = choice(TicketKind)
    customer_id: int = refers("customer.id")
    contact: str | None = line(80, default=None)
    day: dt.date = of(Day)
    time: str | None = line(5, default=None)
    content: str = line(LONG)
    cause: str | None = line(80, default=None)
    product_id: int | None = refers("product.id", default=None)
    asset_id: int | None = refers("asset.id", default=None)
    document: str | None = line(80, default=None)
    about_id: int | None = refers("staff.id", default=None)
    agent_id: int = refers("staff.id")
    taken_by: int = refers("staff.id")
    kept_last: str | None = choice(Step, default=None)
    kept_solved: dt.date | None = of(Day, default=None)
    kept_reopened: dt.date | None = of(Day, default=None)


class TicketStep(Book, table=True):
    """One thing done about a ticket: what, when, by whom; the satisfaction (1-5) comes with `closed`."""

    __tablename__ = "ticket_step"
    __table_args__ = (CheckConstraint("score BETWEEN 1 AND 5", name="score_range"), Index("ix_ticket_step_ticket", "ticket_id", "id"))
    id: int | None = key()
    ticket_id: int = refers("ticket.id")
    day: dt.date = of(Day)
    time: str | None = line(5, default=None)
    step: str = choice(Step)
    staff_id: int = refers("staff.id")
    text: str | None = line(LONG, default=None)
    score: int | None = of(Whole, default=None)


class Asset(Book, table=True):
    """A thing of the customer's that we look after: warranty, maintenance rhythm (F-01, SVC-05)."""

    __tablename__ = "asset"
    __table_args__ = (
        CheckConstraint("service_months > 0", name="service_months_positive"),
        Index("ix_asset_customer", "customer_id"),
        Index("ix_asset_next", "next_service", sqlite_where=text("next_service IS NOT NULL")),
    )
    id: int | None = key()
    number: str = line(40, unique=True)
    customer_id: int = refers("customer.id")
    product_id: int | None = refers("product.id", default=None)
    name: str = line()
    serial: str | None = line(80, default=None, index=True)
    bought: dt.date | None = of(Day, default=None)
    warranty_until: dt.date | None = of(Day, default=None)
    service_months: int | None = of(Whole, default=None)
    next_service: dt.date | None = of(Day, default=None)
    note: str | None = line(LONG, default=None)


class Agent(Book, table=True):
    """The named follow-up agent of a customer (SVC-04)."""

    __tablename__ = "agent"
    id: int | None = key()
    customer_id: int = refers("customer.id", unique=True)
    staff_id: int = refers("staff.id", index=True)
    since: dt.date = of(Day)
