"""Codes that live on after their customer was merged into another, and free tags (LED-10, CUS-06)."""

import datetime as dt

from sqlalchemy import Index, UniqueConstraint

from salescli.core.schema import Book, Day, key, line, of, refers
from salescli.customer.tables import Customer  # noqa: F401 - foreign key target


class CustomerAlias(Book, table=True):
    """A code (and name) that now means `customer_id`; nobody else gets it."""

    __tablename__ = "customer_alias"
    __table_args__ = (Index("ix_customer_alias_customer", "customer_id"), Index("ix_customer_alias_normal_name", "normal_name"))
    id: int | None = key()
    code: str = line(60, unique=True)
    name: str = line()
    normal_name: str | None = line(default=None)
    customer_id: int = refers("customer.id")
    merged_on: dt.date = of(Day)


class CustomerTag(Book, table=True):
    """A free word about a customer (CUS-06); as many as the office likes."""

    __tablename__ = "customer_tag"
    __table_args__ = (UniqueConstraint("customer_id", "tag"), Index("ix_customer_tag_tag", "tag", "customer_id"))
    id: int | None = key()
    customer_id: int = refers("customer.id")
    tag: str = line(40)
