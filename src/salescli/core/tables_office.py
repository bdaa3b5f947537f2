"""Tables of the office's own life: approvals, deputies, tasks, sign-in."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from salescli.core.i18n import C_
from salescli.core.schema import LONG, Book, Day, Whole, choice, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target

APPROVAL_STATES = (C_("waiting"), C_("approved"), C_("refused"), C_("withdrawn"))
DECISIONS = (C_("approved"), C_("refused"))
TASK_STATES = (C_("open"), C_("done"), C_("dropped"))


class Approval(Book, table=True):
    """A request that somebody else must decide (DAT-01). `content` is the digest of what is approved: changed content needs a new one."""

    __tablename__ = "approval"
    __table_args__ = (Index("ix_approval_document", "document", "kind"), Index("ix_approval_state", "state"))
    id: int | None = key()
    number: str = line(40, unique=True)
    kind: str = line(20)
    document: str = line(80)
    summary: str = line(LONG)
    facts: str | None = line(LONG, default=None)
    content: str = line(64)
    state: str = choice(APPROVAL_STATES)
    requested_by: int = refers("staff.id")
    requested_on: dt.date = of(Day)
    reason: str | None = line(LONG, default=None)
    closed_on: dt.date | None = of(Day, default=None)


class ApprovalStep(Book, table=True):
    """One level of a request's chain: the post that decides, who held it when it was filed, and who did decide."""

    __tablename__ = "approval_step"
    __table_args__ = (UniqueConstraint("approval_id", "position"), Index("ix_approval_step_open", "role", "decision"))
    id: int | None = key()
    approval_id: int = refers("approval.id")
    position: int = of(Whole)
    post: str = line(10)
    role: str = line(40)
    staff_id: int | None = refers("staff.id", default=None)
    decision: str | None = choice(DECISIONS, default=None)
    decided_by: int | None = refers("staff.id", default=None)
    decided_on: dt.date | None = of(Day, default=None)
    reason: str | None = line(LONG, default=None)


class Deputy(Book, table=True):
    """While somebody is away another decides for him (RULEBOOK §27); leave is what somebody else arranged (X-06)."""

    __tablename__ = "deputy"
    __table_args__ = (CheckConstraint("staff_id <> deputy_id", name="deputy_other"), CheckConstraint("until >= since", name="until_after"))
    id: int | None = key()
    staff_id: int = refers("staff.id")
    deputy_id: int = refers("staff.id")
    since: dt.date = of(Day)
    until: dt.date = of(Day)
    reason: str | None = line(default=None)
    arranged_by: int | None = refers("staff.id", default=None)


class Task(Book, table=True):
    """Something one person must do by a day (VIS-13); rooms open tasks, the owner settles them."""

    __tablename__ = "task"
    __table_args__ = (Index("ix_task_owner", "staff_id", "state", "due"), Index("ix_task_document", "document"))
    id: int | None = key()
    number: str = line(40, unique=True)
    staff_id: int = refers("staff.id")
    created_by: int | None = refers("staff.id", default=None)
    created: dt.date = of(Day)
    text: str = line(LONG)
    document: str | None = line(80, default=None)
    rule: str | None = line(20, default=None)
    due: dt.date = of(Day)
    state: str = choice(TASK_STATES, default="open")
    closed_on: dt.date | None = of(Day, default=None)
    result: str | None = line(LONG, default=None)


class Credential(Book, table=True):
    """A salted scrypt hash of somebody's password (ORG-07), and wrong tries in a row. Not in the history: a change leaves a note there."""

    __tablename__ = "credential"
    id: int | None = key()
    staff_id: int = refers("staff.id", unique=True)
    salt: str = line(64)
    hash: str = line(200)
    changed: dt.date = of(Day)
    failures: int = of(Whole, default=0)
    locked_until: str | None = line(40, default=None)


class Session(Book, table=True):
    """A live sign-in: the hash of the token kept in the person's session file, and when it ends."""

    __tablename__ = "session"
    id: int | None = key()
    staff_id: int = refers("staff.id")
    token: str = line(64, unique=True)
    created: str = line(40)
    expires: str = line(40)
