"""What belongs to a product's file: category tree, questions and answers, label, parts, licences, display, suggestions."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from salescli.core.schema import LONG, Book, Day, Quantity, choice, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target
from salescli.product.states import LicenceKind, SuggestionState
from salescli.product.tables import Product  # noqa: F401 - foreign key target


class Category(Book, table=True):
    """A node of the category tree; `product.category` holds its name (PRD-02). A category without a row stands at the top."""

    __tablename__ = "category"
    id: int | None = key()
    name: str = line(80, unique=True)
    parent_id: int | None = refers("category.id", default=None)
    note: str | None = line(LONG, default=None)


class ProductFaq(Book, table=True):
    """A question customers ask about a product, and the answer (PRD-01)."""

    __tablename__ = "product_faq"
    __table_args__ = (Index("ix_product_faq_product", "product_id", "id"),)
    id: int | None = key()
    product_id: int = refers("product.id")
    question: str = line(LONG)
    answer: str = line(LONG)
    staff_id: int = refers("staff.id")
    day: dt.date = of(Day)


class ProductLabel(Book, table=True):
    """What the label of bulk goods says besides name, day made and shelf life (PRD-05, F-22)."""

    __tablename__ = "product_label"
    id: int | None = key()
    product_id: int = refers("product.id", unique=True)
    ingredients: str | None = line(LONG, default=None)
    storage: str | None = line(default=None)
    usage: str | None = line(default=None)
    maker: str | None = line(default=None)
    maker_contact: str | None = line(default=None)


class BillLine(Book, table=True):
    """One part of a bill of materials: `quantity` of `component_id` goes into one unit of `product_id` (PRD-08)."""

    __tablename__ = "bill_line"
    __table_args__ = (
        UniqueConstraint("product_id", "component_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("product_id <> component_id", name="not_itself"),
        Index("ix_bill_line_component", "component_id"),
    )
    id: int | None = key()
    product_id: int = refers("product.id")
    component_id: int = refers("product.id")
    quantity: int = of(Quantity)


class Licence(Book, table=True):
    """A licence, permit or training the trade asks for; it is renewed before `valid_until` (PRD-07)."""

    __tablename__ = "licence"
    __table_args__ = (Index("ix_licence_until", "valid_until", "staff_id"),)
    id: int | None = key()
    number: str = line(40, unique=True)
    kind: str = choice(LicenceKind)
    name: str = line()
    paper_no: str | None = line(80, default=None)
    holder: str | None = line(default=None)
    authority: str | None = line(default=None)
    product_id: int | None = refers("product.id", default=None)
    staff_id: int = refers("staff.id")
    valid_from: dt.date | None = of(Day, default=None)
    valid_until: dt.date = of(Day)
    closed_on: dt.date | None = of(Day, default=None)
    note: str | None = line(LONG, default=None)


class ProductDisplay(Book, table=True):
    """A display that was set up or refreshed on a day: where, by what order, with which new items (PRD-02)."""

    __tablename__ = "product_display"
    __table_args__ = (Index("ix_product_display_place", "place", "day"),)
    id: int | None = key()
    place: str = line(80)
    day: dt.date = of(Day)
    staff_id: int = refers("staff.id")
    note: str | None = line(LONG, default=None)


class ProductSuggestion(Book, table=True):
    """What somebody heard or thinks about the range, and what was made of it (PRD-04)."""

    __tablename__ = "product_suggestion"
    __table_args__ = (Index("ix_product_suggestion_state", "state", "day"),)
    id: int | None = key()
    number: str = line(40, unique=True)
    product_id: int | None = refers("product.id", default=None)
    customer: str | None = line(default=None)
    text: str = line(LONG)
    staff_id: int = refers("staff.id")
    day: dt.date = of(Day)
    state: str = choice(SuggestionState, default=SuggestionState.OPEN.value)
    answer: str | None = line(LONG, default=None)
    answered_by: int | None = refers("staff.id", default=None)
    answered_on: dt.date | None = of(Day, default=None)
