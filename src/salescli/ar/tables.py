"""Receivables tables. A receivable names its order and delivery by number only: this room knows no orders."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, text

from salescli.ar.states import ReceivableKind
from salescli.core.schema import LONG, Amount, Book, Day, Flag, choice, key, line, of, refers
from salescli.core.tables import ImportBatch, Staff  # noqa: F401 - foreign key targets
from salescli.customer.tables import Customer  # noqa: F401 - foreign key target


class Receivable(Book, table=True):
    """What a customer owes from `date`, to be paid by `due_date`; negative = credit note (AR-01, AR-02).

    `kept_open` is what allocations leave of it; `held` keeps a credit note from being applied by itself;
    `reverses_id` names the receivable a credit note takes back.
    """

    __tablename__ = "receivable"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount_something"),
        CheckConstraint("due_date >= date", name="due_after_date"),
        CheckConstraint(
            "(amount > 0 AND kept_open BETWEEN 0 AND amount) OR (amount < 0 AND kept_open BETWEEN amount AND 0)", name="open_between"
        ),
        Index("ix_receivable_customer", "customer_id", "date"),
        Index("ix_receivable_order", "order_number"),
        Index(
            "ix_receivable_open", "customer_id", "due_date", "staff_id", "date", "kept_open",
            sqlite_where=text("kept_open <> 0"),
        ),
        Index("ix_receivable_date", "date", "customer_id", "amount"),
    )  # fmt: skip
    id: int | None = key()
    number: str = line(80, unique=True)
    kind: str = choice(ReceivableKind, default=ReceivableKind.INVOICE.value)
    customer_id: int = refers("customer.id")
    staff_id: int | None = refers("staff.id", default=None)
    date: dt.date = of(Day)
    due_date: dt.date = of(Day)
    amount: int = of(Amount)
    order_number: str | None = line(80, default=None)
    delivery_number: str | None = line(80, default=None)
    invoice_no: str | None = line(80, default=None)
    invoice_date: dt.date | None = of(Day, default=None)
    held: bool = of(Flag, default=False)
    reverses_id: int | None = refers("receivable.id", default=None, unique=True)
    note: str | None = line(LONG, default=None)
    import_id: int | None = refers("import_batch.id", default=None)
    kept_open: int = of(Amount)


class Receipt(Book, table=True):
    """Money received; `kept_open` is what is not allocated yet, `held` keeps it from being applied by itself (AR-12).

    A negative receipt takes another one back (`reverses_id`); both stay unallocated and cancel out from its date on.
    """

    __tablename__ = "receipt"
    __table_args__ = (
        CheckConstraint("(amount > 0 AND reverses_id IS NULL) OR (amount < 0 AND reverses_id IS NOT NULL)", name="amount_something"),
        CheckConstraint("(amount > 0 AND kept_open BETWEEN 0 AND amount) OR (amount < 0 AND kept_open = amount)", name="open_between"),
        Index("ix_receipt_customer", "customer_id", "date"),
        Index("ix_receipt_date", "date", "customer_id", "amount"),
        Index(
            "ix_receipt_open", "customer_id", "date", "kept_open",
            sqlite_where=text("kept_open <> 0"),
        ),
    )  # fmt: skip
    id: int | None = key()
    number: str = line(80, unique=True)
    customer_id: int = refers("customer.id")
    date: dt.date = of(Day)
    amount: int = of(Amount)
    method: str | None = line(40, default=None)
    account: str | None = line(80, default=None)
    held: bool = of(Flag, default=False)
    reverses_id: int | None = refers("receipt.id", default=None, unique=True)
    note: str | None = line(LONG, default=None)
    import_id: int | None = refers("import_batch.id", default=None)
    kept_open: int = of(Amount)


class Allocation(Book, table=True):
    """Part of a receipt (or of a credit note) applied to a receivable; counts from `date`, whenever it was typed.

    Taking it back is a row of its own with a negative amount, so a past day can always be told again.
    """

    __tablename__ = "allocation"
    __table_args__ = (
        CheckConstraint("(receipt_id IS NULL) <> (credit_id IS NULL)", name="one_source"),
        CheckConstraint("amount <> 0", name="amount_something"),
        Index("ix_allocation_receivable", "receivable_id", "date", "amount"),
        Index("ix_allocation_receipt", "receipt_id", "date", "amount"),
        Index(
            "ix_allocation_credit", "credit_id", "date", "amount",
            sqlite_where=text("credit_id IS NOT NULL"),
        ),
        Index("ix_allocation_date", "date", "receivable_id", "receipt_id", "credit_id", "amount"),
        Index("ix_allocation_taken_back", "receivable_id", sqlite_where=text("amount < 0")),
    )  # fmt: skip
    id: int | None = key()
    receivable_id: int = refers("receivable.id")
    receipt_id: int | None = refers("receipt.id", default=None)
    credit_id: int | None = refers("receivable.id", default=None)
    date: dt.date = of(Day)
    amount: int = of(Amount)
