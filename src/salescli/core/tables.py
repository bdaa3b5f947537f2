"""Tables that belong to no room: the book itself, staff, policy values, history, number series, imports."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from salescli.core.access import ROLES
from salescli.core.schema import LONG, Book, Day, Flag, Whole, choice, key, line, of, refers


class Meta(Book, table=True):
    """Facts about the book: company, currency, whether prices are net, when it was made."""

    __tablename__ = "meta"
    id: int | None = key()
    key: str = line(60, unique=True)
    value: str = line(LONG)


class Staff(Book, table=True):
    """A person of the office (ORG-01); exactly one superior, or none at the top (ORG-02)."""

    __tablename__ = "staff"
    __table_args__ = (CheckConstraint("superior_id <> id", name="superior_other"),)
    id: int | None = key()
    code: str = line(40, unique=True)
    name: str = line()
    superior_id: int | None = refers("staff.id", default=None, index=True)
    region: str | None = line(80, default=None)
    unit: str | None = line(80, default=None)
    post: str | None = line(80, default=None)
    grade: str | None = line(40, default=None)
    strengths: str | None = line(400, default=None)
    phone: str | None = line(60, default=None)
    email: str | None = line(default=None)
    hired: dt.date | None = of(Day, default=None)
    left_on: dt.date | None = of(Day, default=None)
    os_account: str | None = line(80, default=None, unique=True)
    pinyin: str | None = line(default=None)


class StaffRole(Book, table=True):
    """A role somebody holds; one person may hold several (X-24)."""

    __tablename__ = "staff_role"
    __table_args__ = (UniqueConstraint("staff_id", "role"),)
    id: int | None = key()
    staff_id: int = refers("staff.id")
    role: str = choice(ROLES)


class CommandGrant(Book, table=True):
    """A write command an administrator allows the cron identity, by name ("backup", "pool run")."""

    __tablename__ = "command_grant"
    __table_args__ = (UniqueConstraint("staff_id", "command"),)
    id: int | None = key()
    staff_id: int = refers("staff.id")
    command: str = line(80)


class PolicyValue(Book, table=True):
    """One value of a parameter from a day on; nothing is overwritten, the last row for a day wins."""

    __tablename__ = "policy_value"
    __table_args__ = (Index("ix_policy_value_lookup", "key", "valid_from", "id"),)
    id: int | None = key()
    key: str = line(80)
    value: str | None = line(LONG, default=None)
    type: str = line(20)
    valid_from: dt.date = of(Day)
    set_by: int | None = refers("staff.id", default=None)
    set_at: str | None = line(40, default=None)
    reason: str | None = line(LONG, default=None)


class NumberSeries(Book, table=True):
    """The last number taken of a series and period ("SO", "202611")."""

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("series", "period"), CheckConstraint("last > 0", name="last_positive"))
    id: int | None = key()
    series: str = line(20)
    period: str = line(20)
    last: int = of(Whole)


class ImportBatch(Book, table=True):
    """One imported file: what it held and where it came from."""

    __tablename__ = "import_batch"
    id: int | None = key()
    kind: str = line(40)
    file_name: str = line()
    sha256: str = line(64)
    day: dt.date = of(Day)
    staff_id: int | None = refers("staff.id", default=None)
    rows: int = of(Whole)
    added: int = of(Whole)
    changed: int = of(Whole, default=0)
    skipped: int = of(Whole, default=0)


class History(Book, table=True):
    """Append-only log: one row per changed row, export or note; each carries the hash of the one before."""

    __tablename__ = "history"
    __table_args__ = (Index("ix_history_document", "document"), Index("ix_history_row", "tbl", "row_id"))
    id: int | None = key()
    command: int = of(Whole)
    at: str = line(40)
    day: dt.date = of(Day)
    os_account: str = line(80)
    staff: str | None = line(40, default=None)
    verb: str = line(80)
    document: str | None = line(default=None)
    tbl: str | None = line(60, default=None)
    row_id: int | None = of(Whole, default=None)
    last_id: int | None = of(Whole, default=None)
    before: str | None = line(1_000_000, default=None)
    after: str | None = line(1_000_000, default=None)
    prev: str = line(64)
    hash: str = line(64)


class Holiday(Book, table=True):
    """A day that differs from the weekly pattern: a holiday, or a Saturday or Sunday that is worked."""

    __tablename__ = "holiday"
    id: int | None = key()
    day: dt.date = of(Day, unique=True)
    works: bool = of(Flag)
    name: str | None = line(80, default=None)
