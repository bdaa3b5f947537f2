"""What is watched about prices: corrections of faulty lines, rivals' prices, exchange rates, papers that are lent."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from salescli.core.schema import LONG, Book, Day, Price, Whole, choice, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target
from salescli.customer.tables import Customer  # noqa: F401 - foreign key target
from salescli.price.states import LoanKind
from salescli.product.tables import Product  # noqa: F401 - foreign key target


class PriceCorrection(Book, table=True):
    """What was found out and done about an order line that left the price table (PRC-06). The order is named by its number."""

    __tablename__ = "price_correction"
    __table_args__ = (Index("ix_price_correction_order", "order_number", "line_no"),)
    id: int | None = key()
    order_number: str = line(80)
    line_no: int = of(Whole)
    day: dt.date = of(Day)
    cause: str = line(LONG)
    measure: str = line(LONG)
    staff_id: int = refers("staff.id")


class RivalPrice(Book, table=True):
    """What a rival asks for the like of a product, somewhere, on a day (PRC-01, PRC-06); `cost` is what he pays, as far as known."""

    __tablename__ = "rival_price"
    __table_args__ = (
        CheckConstraint("unit_price > 0", name="unit_price_positive"),
        CheckConstraint("cost >= 0", name="cost_positive"),
        Index("ix_rival_price_product", "product_id", "day"),
    )
    id: int | None = key()
    product_id: int = refers("product.id")
    rival: str = line(80)
    region: str | None = line(80, default=None)
    day: dt.date = of(Day)
    unit_price: int = of(Price)
    cost: int | None = of(Price, default=None)
    source: str | None = line(default=None)
    note: str | None = line(LONG, default=None)
    staff_id: int = refers("staff.id")


class ExchangeRate(Book, table=True):
    """What 100 units of a foreign currency cost in the book's from a day on (PRC-08)."""

    __tablename__ = "exchange_rate"
    __table_args__ = (UniqueConstraint("currency", "day"), CheckConstraint("rate > 0", name="rate_positive"))
    id: int | None = key()
    currency: str = line(3)
    day: dt.date = of(Day)
    rate: int = of(Price)
    source: str | None = line(default=None)


class PriceLoan(Book, table=True):
    """A paper that left the house: a drawing is due back, a catalogue was given to a chosen recipient (PRC-07)."""

    __tablename__ = "price_loan"
    __table_args__ = (
        CheckConstraint("due IS NOT NULL OR kind <> 'drawing'", name="drawing_due"),
        Index("ix_price_loan_due", "returned_on", "due", "staff_id"),
    )
    id: int | None = key()
    number: str = line(40, unique=True)
    kind: str = choice(LoanKind)
    title: str = line()
    recipient: str = line()
    customer_id: int | None = refers("customer.id", default=None)
    staff_id: int = refers("staff.id")
    lent_on: dt.date = of(Day)
    due: dt.date | None = of(Day, default=None)
    returned_on: dt.date | None = of(Day, default=None)
    note: str | None = line(LONG, default=None)
