"""Care for customers: contact plan, surveys, investigations, reviews of key accounts, festivals (CUS-03, CUS-07, CUS-10..12)."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index

from salescli.core.schema import LONG, Book, Day, Flag, Whole, choice, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target
from salescli.customer.states import Channel
from salescli.customer.tables import Customer  # noqa: F401 - foreign key target


class ContactPlan(Book, table=True):
    """How often customers of a class are contacted, and how (CUS-10); classes without a row follow revisit.key_days or normal_days."""

    __tablename__ = "contact_plan"
    __table_args__ = (CheckConstraint("days BETWEEN 1 AND 3650", name="days_range"),)
    id: int | None = key()
    customer_class: str = line(40, unique=True)
    days: int = of(Whole)
    channel: str | None = choice(Channel, default=None)


class Survey(Book, table=True):
    """What a customer thinks of us: 1 very dissatisfied to 5 very satisfied (CUS-11); `task`: what a low score opened."""

    __tablename__ = "survey"
    __table_args__ = (CheckConstraint("score BETWEEN 1 AND 5", name="score_range"), Index("ix_survey_customer", "customer_id", "day"),
                      Index("ix_survey_day", "day", "score"))  # fmt: skip
    id: int | None = key()
    number: str = line(40, unique=True)
    day: dt.date = of(Day)
    customer_id: int = refers("customer.id")
    staff_id: int = refers("staff.id")
    about_id: int | None = refers("staff.id", default=None)
    contact: str | None = line(80, default=None)
    score: int = of(Whole)
    comment: str | None = line(LONG, default=None)
    measure: str | None = line(LONG, default=None)
    task: str | None = line(40, default=None)


class Investigation(Book, table=True):
    """The four-theme investigation of a customer before he orders (CUS-03, F-09); the newest one counts."""

    __tablename__ = "investigation"
    __table_args__ = (CheckConstraint("staff_count >= 0", name="staff_count_positive"),
                      Index("ix_investigation_customer", "customer_id", "day"))  # fmt: skip
    id: int | None = key()
    number: str = line(40, unique=True)
    day: dt.date = of(Day)
    customer_id: int = refers("customer.id")
    staff_id: int = refers("staff.id")
    reported_to: int | None = refers("staff.id", default=None)
    profile: str | None = line(LONG, default=None)
    rivals: str | None = line(LONG, default=None)
    relation: str | None = line(LONG, default=None)
    history: str | None = line(LONG, default=None)
    head: str | None = line(default=None)
    character: str | None = line(LONG, default=None)
    capital: str | None = line(default=None)
    banks: str | None = line(default=None)
    staff_count: int | None = of(Whole, default=None)
    output: str | None = line(default=None)
    ability: str | None = line(LONG, default=None)
    rival_deals: str | None = line(LONG, default=None)
    business: str | None = line(LONG, default=None)


class AccountReview(Book, table=True):
    """The review of a key account from its records (CUS-12)."""

    __tablename__ = "account_review"
    __table_args__ = (Index("ix_account_review_customer", "customer_id", "day"),)
    id: int | None = key()
    number: str = line(40, unique=True)
    day: dt.date = of(Day)
    customer_id: int = refers("customer.id")
    staff_id: int = refers("staff.id")
    participants: str | None = line(400, default=None)
    problems: str | None = line(LONG, default=None)
    solution: str | None = line(LONG, default=None)
    plan: str = line(LONG)
    next_on: dt.date | None = of(Day, default=None)


class Festival(Book, table=True):
    """A festival of the office's own, or one of the usual ones switched off (CUS-07); month and day, by the lunar calendar if so marked."""

    __tablename__ = "festival"
    __table_args__ = (CheckConstraint("month BETWEEN 1 AND 12 AND day BETWEEN 1 AND 31", name="day_range"),)
    id: int | None = key()
    name: str = line(60, unique=True)
    month: int = of(Whole)
    day: int = of(Whole)
    lunar: bool = of(Flag, default=False)
    active: bool = of(Flag, default=True)
