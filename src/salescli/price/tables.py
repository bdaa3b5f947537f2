"""The price table, and the forms that alone may write it (PRC-03, PRC-08, F-15)."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from salescli.core.schema import LONG, Book, Day, Price, Quantity, Whole, choice, key, line, of, refers
from salescli.core.tables import ImportBatch, Staff  # noqa: F401 - foreign key targets
from salescli.customer.tables import Customer  # noqa: F401 - foreign key target
from salescli.price.states import ChangeState
from salescli.product.tables import Product  # noqa: F401 - foreign key target

ONE_BUYER = "customer_id IS NULL OR customer_class IS NULL"


class PriceChange(Book, table=True):
    """A price change form (F-15): what is asked for stands in its lines; its prices are written once it is approved and told (X-03).

    `written_on` is the day they were; `notice_days` is the lead time that held when the form was filed.
    """

    __tablename__ = "price_change"
    __table_args__ = (Index("ix_price_change_state", "state", "written_on"),)
    id: int | None = key()
    number: str = line(40, unique=True)
    day: dt.date = of(Day)
    staff_id: int = refers("staff.id")
    state: str = choice(ChangeState, default=ChangeState.WAITING.value)
    reason: str = line(LONG)
    basis: str | None = line(LONG, default=None)
    request: str | None = line(40, default=None)
    notice_days: int = of(Whole)
    decided_on: dt.date | None = of(Day, default=None)
    written_on: dt.date | None = of(Day, default=None)
    import_id: int | None = refers("import_batch.id", default=None)


class PriceChangeLine(Book, table=True):
    """One price asked for, beside the one in force; `new_price` NULL ends the scope's own price. PRC-01: what it is based on.

    `cost`, `sold` (base units of the last 90 days) and `rival_price` are what was known on the day of the form.
    """

    __tablename__ = "price_change_line"
    __table_args__ = (
        UniqueConstraint("change_id", "line_no"),
        CheckConstraint("new_price >= 0", name="new_price_positive"),
        CheckConstraint("min_qty >= 0", name="min_qty_positive"),
        CheckConstraint("valid_to >= valid_from", name="dates_in_order"),
        CheckConstraint(ONE_BUYER, name="one_buyer"),
        Index("ix_price_change_line_product", "product_id", "change_id"),
    )
    id: int | None = key()
    change_id: int = refers("price_change.id")
    line_no: int = of(Whole)
    product_id: int = refers("product.id")
    customer_id: int | None = refers("customer.id", default=None)
    customer_class: str | None = line(40, default=None)
    channel: str | None = line(40, default=None)
    min_qty: int = of(Quantity, default=0)
    currency: str | None = line(3, default=None)
    valid_from: dt.date = of(Day)
    valid_to: dt.date | None = of(Day, default=None)
    old_price: int | None = of(Price, default=None)
    new_price: int | None = of(Price, default=None)
    cost: int | None = of(Price, default=None)
    sold: int | None = of(Quantity, default=None)
    rival_price: int | None = of(Price, default=None)


class PriceRule(Book, table=True):
    """A price in the price table: never changed, never deleted, a later row takes its place. Both end days count (PRC-08).

    Without customer, class, channel and quantity it is the list price. `unit_price` NULL: from that day the scope has no price of its
    own any more. `currency` NULL is the book's. `change_id` NULL only for the first price of a product (PRC-03).
    """

    __tablename__ = "price_rule"
    __table_args__ = (
        CheckConstraint("unit_price >= 0", name="unit_price_positive"),
        CheckConstraint("min_qty >= 0", name="min_qty_positive"),
        CheckConstraint("valid_to >= valid_from", name="dates_in_order"),
        CheckConstraint(ONE_BUYER, name="one_buyer"),
        Index("ix_price_rule_product", "product_id", "valid_from"),
        Index("ix_price_rule_customer", "customer_id", "product_id"),
        Index("ix_price_rule_change", "change_id"),
    )
    id: int | None = key()
    product_id: int = refers("product.id")
    customer_id: int | None = refers("customer.id", default=None)
    customer_class: str | None = line(40, default=None)
    channel: str | None = line(40, default=None)
    min_qty: int = of(Quantity, default=0)
    currency: str | None = line(3, default=None)
    unit_price: int | None = of(Price, default=None)
    valid_from: dt.date = of(Day)
    valid_to: dt.date | None = of(Day, default=None)
    change_id: int | None = refers("price_change.id", default=None)
    import_id: int | None = refers("import_batch.id", default=None)


class PriceNotice(Book, table=True):
    """A recent buyer who must be told of a price change before it holds (PRC-04)."""

    __tablename__ = "price_notice"
    __table_args__ = (UniqueConstraint("change_id", "customer_id"), Index("ix_price_notice_customer", "customer_id", "notified_on"))
    id: int | None = key()
    change_id: int = refers("price_change.id")
    customer_id: int = refers("customer.id")
    last_bought: dt.date = of(Day)
    notified_on: dt.date | None = of(Day, default=None)
    staff_id: int | None = refers("staff.id", default=None)
    way: str | None = line(80, default=None)
