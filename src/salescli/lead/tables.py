"""Lead tables: the lead itself and its stage log. Contacts and owner changes stand in customer/tables_contact.py by lead number."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, text

from salescli.core.schema import LONG, Amount, Book, Day, choice, key, line, of, refers
from salescli.core.tables import ImportBatch, Staff  # noqa: F401 - foreign key targets
from salescli.customer.tables import Customer  # noqa: F401 - foreign key target
from salescli.lead.states import SORTED_OUT, Intent, LeadState, Stage

OPEN = text("closed IS NULL")
ENDED = text("closed IS NOT NULL")
SORTED = text(f"state {SORTED_OUT}")
POOLED = text("staff_id IS NULL AND closed IS NULL")


class Lead(Book, table=True):
    """Somebody who may buy, with the project file of F-14; `staff_id` NULL = in the pool, `closed` NULL = still open.

    `normal_name` and `normal_phone` are what the duplicate check compares (LED-10).
    """

    __tablename__ = "lead"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount_positive"),
        Index("ix_lead_staff", "staff_id", "state"),
        Index("ix_lead_phone", "normal_phone"),
        Index("ix_lead_tax_no", "tax_no"),
        Index("ix_lead_created", "created", "source"),
        Index("ix_lead_name", "normal_name"),
        Index("ix_lead_customer", "customer_id"),
        Index("ix_lead_pinyin", "pinyin"),
        Index("ix_lead_person", "name"),
        Index("ix_lead_open", "stage", "staff_id", "amount", sqlite_where=OPEN),
        Index("ix_lead_pool", text("owner_since DESC"), "number", sqlite_where=POOLED),
        Index("ix_lead_due", "staff_id", "next_on", sqlite_where=OPEN),
        Index("ix_lead_next", "next_on", sqlite_where=OPEN),
        Index("ix_lead_stall", "stage_since", "staff_id", sqlite_where=OPEN),
        Index("ix_lead_sorted_out", "created", sqlite_where=SORTED),
        Index("ix_lead_closed", "closed", "stage", sqlite_where=ENDED),  # half of all leads are open: counted in, the engine expects few
    )
    id: int | None = key()
    number: str = line(40, unique=True)
    name: str = line()
    normal_name: str | None = line(default=None)
    pinyin: str | None = line(default=None)
    company: str | None = line(default=None)
    phone: str | None = line(60, default=None)
    normal_phone: str | None = line(60, default=None)
    tax_no: str | None = line(40, default=None)
    source: str | None = line(40, default=None)
    region: str | None = line(80, default=None)
    staff_id: int | None = refers("staff.id", default=None)
    filed_by: int | None = refers("staff.id", default=None)
    assigned_by: int | None = refers("staff.id", default=None)
    created: dt.date = of(Day)
    state: str = choice(LeadState, default=LeadState.NEW.value)
    stage: str = choice(Stage, default=Stage.DEVELOP.value)
    stage_since: dt.date = of(Day)
    intent: str | None = choice(Intent, default=None)
    need: str | None = line(LONG, default=None)
    spec: str | None = line(LONG, default=None)
    quantity: str | None = line(default=None)
    use: str | None = line(default=None)
    pain: str | None = line(LONG, default=None)
    equipment: str | None = line(LONG, default=None)
    solution: str | None = line(LONG, default=None)
    amount: int | None = of(Amount, default=None)
    expected: dt.date | None = of(Day, default=None)
    next_on: dt.date | None = of(Day, default=None)
    customer_id: int | None = refers("customer.id", default=None)
    lost_reason: str | None = line(default=None)
    alternative: str | None = line(default=None)
    duplicate_of: str | None = line(40, default=None)
    closed: dt.date | None = of(Day, default=None)
    owner_since: dt.date | None = of(Day, default=None)
    locked_on: dt.date | None = of(Day, default=None)
    locked_until: dt.date | None = of(Day, default=None)
    note: str | None = line(LONG, default=None)
    import_id: int | None = refers("import_batch.id", default=None)


class StageChange(Book, table=True):
    """One move in the funnel: from, to, who, when, and the reason to skip or go back (LED-12). `former` None = the lead was filed."""

    __tablename__ = "stage_change"
    __table_args__ = (
        Index("ix_stage_change_lead", "lead_id", "day", "stage", "former"),
        Index("ix_stage_change_day", "day", "stage", "lead_id", "former"),
    )
    id: int | None = key()
    lead_id: int = refers("lead.id")
    day: dt.date = of(Day)
    former: str | None = choice(Stage, default=None)
    stage: str = choice(Stage)
    staff_id: int | None = refers("staff.id", default=None)
    reason: str | None = line(LONG, default=None)
