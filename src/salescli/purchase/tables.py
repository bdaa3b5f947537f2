"""Suppliers, purchases, goods received and sent back, what is owed and paid (STK-06, AR-16).

What is received, returned, owed or paid is never kept as a sum: it follows from these rows, for any past day alike.
"""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from salescli.core.schema import LONG, Amount, Book, Day, Flag, Price, Quantity, Whole, choice, key, line, of, refers
from salescli.core.tables import ImportBatch, Staff  # noqa: F401 - foreign key targets
from salescli.product.tables import Product  # noqa: F401 - foreign key target
from salescli.purchase.states import KEPT, PayableKind, ReceiptKind
from salescli.stock.tables import Warehouse  # noqa: F401 - foreign key target


class Supplier(Book, table=True):
    """Whom we buy from; `pay_days` after a receipt its amount is due (STK-06)."""

    __tablename__ = "supplier"
    __table_args__ = (CheckConstraint("pay_days BETWEEN 0 AND 3650", name="pay_days_range"), Index("ix_supplier_name", "name"))
    id: int | None = key()
    code: str = line(60, unique=True)
    name: str = line()
    contact: str | None = line(80, default=None)
    phone: str | None = line(60, default=None)
    tax_no: str | None = line(40, default=None)
    pay_days: int = of(Whole, default=0)
    active: bool = of(Flag, default=True)
    note: str | None = line(LONG, default=None)
    pinyin: str | None = line(default=None)


class SupplierPrice(Book, table=True):
    """What a supplier asks for a product from `min_qty` base units on; both end days count (PRD-04)."""

    __tablename__ = "supplier_price"
    __table_args__ = (
        UniqueConstraint("supplier_id", "product_id", "min_qty", "valid_from"),
        CheckConstraint("min_qty >= 0", name="min_qty_positive"),
        CheckConstraint("unit_price >= 0", name="unit_price_positive"),
        CheckConstraint("valid_to >= valid_from", name="dates_in_order"),
        Index("ix_supplier_price_product", "product_id"),
    )
    id: int | None = key()
    supplier_id: int = refers("supplier.id")
    product_id: int = refers("product.id")
    min_qty: int = of(Quantity, default=0)
    unit_price: int = of(Price)
    valid_from: dt.date = of(Day)
    valid_to: dt.date | None = of(Day, default=None)
    import_id: int | None = refers("import_batch.id", default=None)


class Purchase(Book, table=True):
    """An order to a supplier. `cash` was paid over the counter; `ended_on` is the day it was cancelled or closed (STK-06)."""

    __tablename__ = "purchase"
    __table_args__ = (
        CheckConstraint("(state = 'ordered') = (ended_on IS NULL)", name="ended_when_over"),
        Index("ix_purchase_supplier", "supplier_id", "date"),
        Index("ix_purchase_open", "state", "expected"),
    )
    id: int | None = key()
    number: str = line(40, unique=True)
    supplier_id: int = refers("supplier.id")
    warehouse_id: int = refers("warehouse.id")
    staff_id: int = refers("staff.id", index=True)
    date: dt.date = of(Day)
    expected: dt.date | None = of(Day, default=None)
    cash: bool = of(Flag, default=False)
    state: str = choice(KEPT, default="ordered")
    ended_on: dt.date | None = of(Day, default=None)
    reason: str | None = line(default=None)
    note: str | None = line(LONG, default=None)


class PurchaseLine(Book, table=True):
    """One product of a purchase at its price; `list_price` is what the supplier's list asked for that quantity on the day (PRD-04)."""

    __tablename__ = "purchase_line"
    __table_args__ = (
        UniqueConstraint("purchase_id", "product_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("unit_price >= 0", name="unit_price_positive"),
        Index("ix_purchase_line_product", "product_id"),
    )
    id: int | None = key()
    purchase_id: int = refers("purchase.id")
    line_no: int = of(Whole)
    product_id: int = refers("product.id")
    quantity: int = of(Quantity)
    unit_price: int = of(Price)
    list_price: int | None = of(Price, default=None)


class PurchaseReceipt(Book, table=True):
    """Goods of a purchase that came on a day, or went back (STK-06)."""

    __tablename__ = "purchase_receipt"
    __table_args__ = (Index("ix_purchase_receipt_purchase", "purchase_id", "date"),)
    id: int | None = key()
    number: str = line(40, unique=True)
    kind: str = choice(ReceiptKind)
    purchase_id: int = refers("purchase.id")
    date: dt.date = of(Day)
    staff_id: int = refers("staff.id")
    reason: str | None = line(default=None)


class PurchaseReceiptLine(Book, table=True):
    """One product of a receipt or return."""

    __tablename__ = "purchase_receipt_line"
    __table_args__ = (
        UniqueConstraint("receipt_id", "line_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        Index("ix_purchase_receipt_line_line", "line_id"),
    )
    id: int | None = key()
    receipt_id: int = refers("purchase_receipt.id")
    line_id: int = refers("purchase_line.id")
    quantity: int = of(Quantity)


class Payable(Book, table=True):
    """What is owed to a supplier from `date`, to be paid by `due_date`; negative where goods went back (AR-16)."""

    __tablename__ = "payable"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount_something"),
        CheckConstraint("due_date >= date", name="due_after_date"),
        CheckConstraint("(kind = 'opening') = (purchase_id IS NULL)", name="purchase_unless_opening"),
        Index("ix_payable_supplier", "supplier_id", "due_date"),
    )
    id: int | None = key()
    number: str = line(80, unique=True)
    kind: str = choice(PayableKind)
    supplier_id: int = refers("supplier.id")
    purchase_id: int | None = refers("purchase.id", default=None)
    date: dt.date = of(Day)
    due_date: dt.date = of(Day)
    amount: int = of(Amount)
    import_id: int | None = refers("import_batch.id", default=None)


class SupplierPayment(Book, table=True):
    """Money paid to a supplier: for one purchase, or for what is due first (AR-16)."""

    __tablename__ = "supplier_payment"
    __table_args__ = (CheckConstraint("amount > 0", name="amount_positive"), Index("ix_supplier_payment_supplier", "supplier_id", "date"))
    id: int | None = key()
    number: str = line(40, unique=True)
    supplier_id: int = refers("supplier.id")
    purchase_id: int | None = refers("purchase.id", default=None, index=True)
    date: dt.date = of(Day)
    amount: int = of(Amount)
    method: str | None = line(40, default=None)
    account: str | None = line(80, default=None)
    note: str | None = line(LONG, default=None)
    staff_id: int = refers("staff.id")


class PaymentPlan(Book, table=True):
    """One part of what was agreed to be paid for a purchase, and by when (AR-16)."""

    __tablename__ = "payment_plan"
    __table_args__ = (UniqueConstraint("purchase_id", "due_date"), CheckConstraint("amount > 0", name="amount_positive"))
    id: int | None = key()
    purchase_id: int = refers("purchase.id")
    due_date: dt.date = of(Day)
    amount: int = of(Amount)
