"""Customer tables."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, event, inspect, text

from salescli.core.alike import normal_name, normal_phone
from salescli.core.phonetic import pinyin
from salescli.core.schema import LONG, Amount, Book, Day, Flag, Whole, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target

POOLED = text("staff_id IS NULL AND archived_on IS NULL")


class Customer(Book, table=True):
    """A customer's file (CUS-01, F-01). `credit_limit` NULL = never evaluated, 0 = no credit.

    `staff_id` NULL = in the pool, since `owner_since`; `locked_until` keeps it from there, counted from `locked_on` (LED-11).
    `bad_on`: on record as bad since then (CUS-04). `normal_name` is what the duplicate check compares (LED-10).
    `verified_on`: somebody looked whether the file is right (CUS-01). `next_need`, `next_service_on`: what he will need, and when (CUS-08).
    `kept_contact_on` and `kept_next_on` follow from the latest contact that was not rejected (VIS-07, VIS-08); `kept_first_order`,
    `kept_last_order` and `kept_order_days` (days with orders) from the orders that hold, NULL without any (CUS-04, CUS-13).
    """

    __tablename__ = "customer"
    __table_args__ = (
        CheckConstraint("credit_limit >= 0", name="credit_limit_positive"),
        CheckConstraint("credit_days BETWEEN 0 AND 3650", name="credit_days_range"),
        Index(
            # The day list asks it of every customer of a person: who was not spoken to, whom the pool takes, whom to call.
            "ix_customer_staff",
            "staff_id",
            "archived_on",
            "kept_contact_on",
            "kept_next_on",
            "customer_class",
            "owner_since",
            "created",
            "locked_until",
            "kept_first_order",
            "kept_last_order",
            "kept_order_days",
        ),
        Index("ix_customer_tax_no", "tax_no"),
        Index("ix_customer_normal_name", "normal_name"),
        Index("ix_customer_pinyin", "pinyin"),
        Index(
            "ix_customer_short_name",
            "short_name",
            sqlite_where=text("short_name IS NOT NULL"),
        ),
        Index("ix_customer_pool", text("owner_since DESC"), "code", sqlite_where=POOLED),
        Index("ix_customer_service", "next_service_on", "staff_id"),
    )
    id: int | None = key()
    code: str = line(60, unique=True)
    name: str = line(index=True)
    short_name: str | None = line(80, default=None)
    kind: str | None = line(40, default=None)
    region: str | None = line(80, default=None)
    industry: str | None = line(80, default=None)
    customer_class: str | None = line(40, default=None)
    source: str | None = line(80, default=None)
    staff_id: int | None = refers("staff.id", default=None)
    owner_since: dt.date | None = of(Day, default=None)
    locked_on: dt.date | None = of(Day, default=None)
    locked_until: dt.date | None = of(Day, default=None)
    bad_on: dt.date | None = of(Day, default=None)
    bad_reason: str | None = line(LONG, default=None)
    address: str | None = line(400, default=None)
    tax_no: str | None = line(40, default=None)
    credit_limit: int | None = of(Amount, default=None)
    credit_days: int | None = of(Whole, default=None)
    since: dt.date | None = of(Day, default=None)
    archived_on: dt.date | None = of(Day, default=None)
    archived_reason: str | None = line(LONG, default=None)
    note: str | None = line(LONG, default=None)
    import_id: int | None = refers("import_batch.id", default=None)
    created: dt.date | None = of(Day, default=None)
    pinyin: str | None = line(default=None)
    normal_name: str | None = line(default=None)
    verified_on: dt.date | None = of(Day, default=None)
    verified_by: int | None = refers("staff.id", default=None)
    next_need: str | None = line(LONG, default=None)
    next_service_on: dt.date | None = of(Day, default=None)
    kept_contact_on: dt.date | None = of(Day, default=None)
    kept_next_on: dt.date | None = of(Day, default=None)
    kept_first_order: dt.date | None = of(Day, default=None)
    kept_last_order: dt.date | None = of(Day, default=None)
    kept_order_days: int | None = of(Whole, default=None)


class Contact(Book, table=True):
    """A person to talk to at a customer; at most one of them is the main contact.

    `birthday`: 1990-05-06, or 05-06 where nobody knows the year; `lunar_birthday`: month and day, as in 08-15.
    """

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint("coalesce(name, phone, email) IS NOT NULL", name="reachable"),
        CheckConstraint("birthday LIKE '____-__-__' OR birthday LIKE '__-__'", name="birthday_shape"),
        Index("uq_contact_main", "customer_id", unique=True, sqlite_where=text("main = 1")),
        Index("ix_contact_customer", "customer_id"),
        Index("ix_contact_phone", "phone"),
        Index("ix_contact_normal_phone", "normal_phone"),
        Index("ix_contact_name", "name"),
        Index("ix_contact_pinyin", "pinyin"),
        Index(
            "ix_contact_birthday",
            text("substr(birthday, length(birthday) - 4, 5)"),
            sqlite_where=text("birthday IS NOT NULL"),
        ),
        Index(
            "ix_contact_lunar_birthday",
            "lunar_birthday",
            sqlite_where=text("lunar_birthday IS NOT NULL"),
        ),
    )
    id: int | None = key()
    customer_id: int = refers("customer.id")
    main: bool = of(Flag, default=False)
    name: str | None = line(80, default=None)
    pinyin: str | None = line(default=None)
    post: str | None = line(80, default=None)
    phone: str | None = line(60, default=None)
    normal_phone: str | None = line(60, default=None)
    email: str | None = line(default=None)
    birthday: str | None = line(10, default=None)
    lunar_birthday: str | None = line(5, default=None)
    consent_on: dt.date | None = of(Day, default=None)
    note: str | None = line(LONG, default=None)


@event.listens_for(Customer, "before_insert")
@event.listens_for(Customer, "before_update")
def _compare_name(_mapper: object, _connection: object, row: Customer) -> None:
    """Whoever writes a name writes what it is compared by."""
    row.normal_name = normal_name(row.name)


@event.listens_for(Contact, "before_insert")
@event.listens_for(Contact, "before_update")
def _compare_person(_mapper: object, _connection: object, row: Contact) -> None:
    """The telephone as it is compared, the name as it sounds; a sound costs a dictionary, so only a new name asks for it."""
    row.normal_phone = normal_phone(row.phone)
    if inspect(row).attrs.name.history.has_changes():
        row.pinyin = pinyin(row.name)
