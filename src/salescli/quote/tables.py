"""Quotes, their versions with lines and payment plan, and the negotiation about them."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text

from salescli.core.schema import LONG, Amount, Book, Day, Flag, Price, Quantity, Rate, Whole, choice, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target
from salescli.customer.tables import Customer  # noqa: F401 - foreign key target
from salescli.lead.tables import Lead  # noqa: F401 - foreign key target
from salescli.product.tables import Product  # noqa: F401 - foreign key target
from salescli.quote.states import Anchor, Basis, QuoteState, Topic

STORED = tuple(state.value for state in QuoteState if state is not QuoteState.EXPIRED)
NO = {"server_default": text("0")}


def line_checks() -> tuple[CheckConstraint, ...]:
    """What holds for every line of a document; a table needs constraints of its own."""
    return (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("discount BETWEEN 0 AND 10000", name="discount_share"),
        CheckConstraint("unit_price >= 0", name="unit_price_positive"),
        CheckConstraint("tax >= 0", name="tax_positive"),
        CheckConstraint("promo_discount >= 0", name="promo_discount_positive"),
    )


class DocumentLine(Book):
    """What the lines of quotes and contracts have in common with an order's: quantity, price, what the table gave, which plan cut it.

    amount = round half up of quantity x unit price x (1 - discount), less `promo_discount`.
    """

    line_no: int = of(Whole)
    product_id: int = refers("product.id")
    quantity: int = of(Quantity)
    unit_price: int = of(Price)
    discount: int = of(Rate, default=0)
    amount: int = of(Amount)
    tax: int = of(Amount, default=0)
    unit_cost: int | None = of(Price, default=None)
    list_price: int | None = of(Price, default=None)
    price_source: str | None = line(40, default=None)
    promo_discount: int = of(Amount, default=0, sa_column_kwargs=NO)
    promo_number: str | None = line(80, default=None)
    gift: bool = of(Flag, default=False, sa_column_kwargs=NO)
    note: str | None = line(default=None)


class PaymentTerm(Book):
    """One payment of a plan: a share, an amount or the rest, so many days after signing or delivery, or on a day."""

    term_no: int = of(Whole)
    basis: str = choice(Basis)
    share: int | None = of(Rate, default=None)
    amount: int = of(Amount)
    anchor: str = choice(Anchor)
    days: int = of(Whole, default=0)
    due: dt.date | None = of(Day, default=None)


class Quote(Book, table=True):
    """A quote; what it offers stands in its versions, of which `version` is the last (QUO-02). `became`: the contract or order made of it.

    `state` is what people decided about the last version; expiry is computed.
    """

    __tablename__ = "quote"
    __table_args__ = (
        Index("ix_quote_customer", "customer_id", "day"),
        Index("ix_quote_staff", "staff_id", "state"),
        Index("ix_quote_day", "day"),
    )
    id: int | None = key()
    number: str = line(40, unique=True)
    day: dt.date = of(Day)
    customer_id: int = refers("customer.id")
    lead_id: int | None = refers("lead.id", default=None, index=True)
    staff_id: int = refers("staff.id")
    channel: str | None = line(40, default=None)
    state: str = choice(STORED, default=QuoteState.DRAFT.value)
    version: int = of(Whole, default=1)
    sent_on: dt.date | None = of(Day, default=None)
    sent_way: str | None = line(80, default=None)
    confirmed_on: dt.date | None = of(Day, default=None)
    confirmed_by: str | None = line(80, default=None)
    lost_on: dt.date | None = of(Day, default=None)
    lost_reason: str | None = line(LONG, default=None)
    rival: str | None = line(80, default=None)
    became: str | None = line(40, default=None, index=True)


class QuoteVersion(Book, table=True):
    """One version of a quote: what is offered (F-13). Once approved nothing of it changes any more; an edit makes the next one.

    `currency` and `exchange_rate` (of 100 units, 1/10,000) are what its total is printed in beside the book's (PRC-08).
    """

    __tablename__ = "quote_version"
    __table_args__ = (UniqueConstraint("quote_id", "version_no"),)
    id: int | None = key()
    quote_id: int = refers("quote.id")
    version_no: int = of(Whole)
    day: dt.date = of(Day)
    made_by: int = refers("staff.id")
    reason: str | None = line(LONG, default=None)
    valid_until: dt.date = of(Day)
    currency: str | None = line(3, default=None)
    exchange_rate: int | None = of(Price, default=None)
    need: str | None = line(LONG, default=None)
    configuration: str | None = line(LONG, default=None)
    time_cost: str | None = line(LONG, default=None)
    after_sales: str | None = line(LONG, default=None)
    note: str | None = line(LONG, default=None)


class QuoteLine(DocumentLine, table=True):
    """A line of a version; `rival_price` is what the competitor asks for the like (QUO-01)."""

    __tablename__ = "quote_line"
    __table_args__ = (UniqueConstraint("version_id", "line_no"), Index("ix_quote_line_product", "product_id"), *line_checks())
    id: int | None = key()
    version_id: int = refers("quote_version.id")
    rival_price: int | None = of(Price, default=None)


class QuotePayment(PaymentTerm, table=True):
    """A payment of a version's plan (QUO-03)."""

    __tablename__ = "quote_payment"
    __table_args__ = (UniqueConstraint("version_id", "term_no"),)
    id: int | None = key()
    version_id: int = refers("quote_version.id")


class QuoteTalk(Book, table=True):
    """One round of a negotiation: what was said, where the customer's bottom line lies, what was conceded (QUO-04)."""

    __tablename__ = "quote_talk"
    __table_args__ = (Index("ix_quote_talk_quote", "quote_id"),)
    id: int | None = key()
    quote_id: int = refers("quote.id")
    day: dt.date = of(Day)
    staff_id: int = refers("staff.id")
    topic: str = choice(Topic)
    text: str = line(LONG)
    bottom_line: int | None = of(Amount, default=None)
    concession: str | None = line(default=None)
