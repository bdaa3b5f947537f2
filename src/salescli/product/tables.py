"""Product tables."""

from sqlalchemy import CheckConstraint

from salescli.core.schema import LONG, Book, Flag, Price, Rate, key, line, of


class Product(Book, table=True):
    """A thing the office sells (PRD-01). Prices include tax unless the book is kept net."""

    __tablename__ = "product"
    __table_args__ = (
        CheckConstraint("list_price >= 0", name="list_price_positive"),
        CheckConstraint("cost >= 0", name="cost_positive"),
        CheckConstraint("floor_price >= 0", name="floor_price_positive"),
        CheckConstraint("tax_rate BETWEEN 0 AND 10000", name="tax_rate_share"),
    )
    id: int | None = key()
    sku: str = line(60, unique=True)
    name: str = line(index=True)
    category: str | None = line(80, default=None)
    spec: str | None = line(default=None)
    unit: str | None = line(20, default=None)
    barcode: str | None = line(60, default=None)
    list_price: int | None = of(Price, default=None)
    cost: int | None = of(Price, default=None)
    floor_price: int | None = of(Price, default=None)
    tax_rate: int | None = of(Rate, default=None)
    note: str | None = line(LONG, default=None)
    active: bool = of(Flag, default=True)
    pinyin: str | None = line(default=None)
