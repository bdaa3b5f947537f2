"""Papers of a person's file: labour contract with the agreed task, joint guarantor (ORG-05, F-20)."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index

from salescli.core.schema import LONG, Amount, Book, Day, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target


class Employment(Book, table=True):
    """The labour contract in force and the sales task written into it: the floor shown beside targets (X-35)."""

    __tablename__ = "employment"
    __table_args__ = (
        CheckConstraint("task_amount >= 0", name="task_positive"),
        CheckConstraint("until >= since", name="until_after"),
    )
    id: int | None = key()
    staff_id: int = refers("staff.id", unique=True)
    contract_no: str = line(80)
    since: dt.date = of(Day)
    until: dt.date | None = of(Day, default=None)
    task_amount: int | None = of(Amount, default=None)
    task_text: str | None = line(LONG, default=None)


class Guarantor(Book, table=True):
    """Who answers jointly for a person (连带保证) and until when; `ended_on`: taken back or followed by another one."""

    __tablename__ = "guarantor"
    __table_args__ = (CheckConstraint("until >= since", name="until_after"), Index("ix_guarantor_staff", "staff_id", "ended_on", "until"))
    id: int | None = key()
    staff_id: int = refers("staff.id")
    name: str = line(80)
    phone: str | None = line(60, default=None)
    relation: str | None = line(80, default=None)
    since: dt.date = of(Day)
    until: dt.date = of(Day)
    ended_on: dt.date | None = of(Day, default=None)
