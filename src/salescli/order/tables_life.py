"""What an order typed in here goes through: its terms, the acceptance report, capacity answers, issues, freight and track events."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index

from salescli.core.schema import LONG, Amount, Book, Day, Flag, Whole, choice, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target
from salescli.order.states import Answer, IssueKind, Means, OrderKind, TrackState
from salescli.order.tables import Delivery, SalesOrder  # noqa: F401 - foreign key targets
from salescli.stock.tables import Warehouse  # noqa: F401 - foreign key target


class OrderTerms(Book, table=True):
    """What was agreed beside the lines of an order; orders of an imported file have none.

    `confirmed_on`: the customer confirmed it (ORD-10); `accepted_on`: we did (ORD-01). `cash`: paid at delivery (ORD-05); `credit_days`
    replaces the customer's own. `origin` is the quote or contract it was made from; `loss_id` answers for goods given free (ORD-09).
    """

    __tablename__ = "order_terms"
    __table_args__ = (CheckConstraint("credit_days BETWEEN 0 AND 3650", name="credit_days_range"), Index("ix_order_terms_origin", "origin"))
    id: int | None = key()
    order_id: int = refers("sales_order.id", unique=True)
    kind: str = choice(OrderKind, default=OrderKind.SALE.value)
    warehouse_id: int | None = refers("warehouse.id", default=None)
    origin: str | None = line(80, default=None)
    cash: bool = of(Flag, default=False)
    credit_days: int | None = of(Whole, default=None)
    confirmed_on: dt.date | None = of(Day, default=None)
    accepted_on: dt.date | None = of(Day, default=None)
    accepted_by: int | None = refers("staff.id", default=None)
    closed_on: dt.date | None = of(Day, default=None)
    norm_reason: str | None = line(LONG, default=None)
    explanation: str | None = line(LONG, default=None)
    loss_id: int | None = refers("staff.id", default=None)


class OrderReport(Book, table=True):
    """The order acceptance report (F-10, ORD-02): what the superior decides on when orders are taken in full."""

    __tablename__ = "order_report"
    id: int | None = key()
    order_id: int = refers("sales_order.id", unique=True)
    day: dt.date = of(Day)
    staff_id: int = refers("staff.id")
    payment_day: dt.date | None = of(Day, default=None)
    payment_place: str | None = line(default=None)
    means: str | None = choice(Means, default=None)
    cheque_day: dt.date | None = of(Day, default=None)
    way: str | None = line(default=None)
    delivery_place: str | None = line(400, default=None)
    transport: str | None = line(default=None)
    station: str | None = line(default=None)
    fee_install: int | None = of(Amount, default=None)
    fee_run: int | None = of(Amount, default=None)
    fee_repair: int | None = of(Amount, default=None)
    incidents: str | None = line(LONG, default=None)
    site_check: bool = of(Flag, default=False)
    scope_check: bool = of(Flag, default=False)
    spec_check: bool = of(Flag, default=False)
    design_check: bool = of(Flag, default=False)
    purchase_order: str | None = line(80, default=None)
    contract: str | None = line(80, default=None)


class CapacityAnswer(Book, table=True):
    """What the warehouse, purchasing or production says about an order: it can be done, or what has to change (ORD-07)."""

    __tablename__ = "capacity_answer"
    __table_args__ = (Index("ix_capacity_answer_order", "order_id", "id"),)
    id: int | None = key()
    order_id: int = refers("sales_order.id")
    day: dt.date = of(Day)
    staff_id: int = refers("staff.id")
    answer: str = choice(Answer)
    ready_on: dt.date | None = of(Day, default=None)
    note: str | None = line(LONG, default=None)
    outcome: str | None = line(LONG, default=None)
    settled_on: dt.date | None = of(Day, default=None)
    lapsed_on: dt.date | None = of(Day, default=None)


class OrderIssue(Book, table=True):
    """Something that went wrong with an order, and what was done about it (ORD-04, ORD-08)."""

    __tablename__ = "order_issue"
    __table_args__ = (Index("ix_order_issue_order", "order_id"), Index("ix_order_issue_open", "solved_on", "day"))
    id: int | None = key()
    number: str = line(40, unique=True)
    order_id: int = refers("sales_order.id")
    day: dt.date = of(Day)
    staff_id: int = refers("staff.id")
    kind: str = choice(IssueKind)
    text: str = line(LONG)
    solution: str | None = line(LONG, default=None)
    solved_on: dt.date | None = of(Day, default=None)


class Carrier(Book, table=True):
    """Who carries goods for the office (ORD-14)."""

    __tablename__ = "carrier"
    id: int | None = key()
    code: str = line(40, unique=True)
    name: str = line(80)
    phone: str | None = line(60, default=None)
    site: str | None = line(default=None)
    active: bool = of(Flag, default=True)


class TrackEvent(Book, table=True):
    """Where the goods of a delivery are, as somebody learned it (ORD-14, ORD-16)."""

    __tablename__ = "track_event"
    __table_args__ = (Index("ix_track_event_delivery", "delivery_id", "day"),)
    id: int | None = key()
    delivery_id: int = refers("delivery.id")
    day: dt.date = of(Day)
    time: str | None = line(5, default=None)
    state: str = choice(TrackState)
    place: str | None = line(default=None)
    note: str | None = line(LONG, default=None)
    staff_id: int | None = refers("staff.id", default=None)
