"""Stock tables. Movements name their document by number only: stock knows no orders and no purchases."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from salescli.core.schema import Amount, Book, Day, Flag, Price, Quantity, Whole, choice, key, line, of, refers
from salescli.core.tables import ImportBatch, Staff  # noqa: F401 - foreign key targets
from salescli.product.tables import Product  # noqa: F401 - foreign key target
from salescli.stock.states import MoveKind


class Warehouse(Book, table=True):
    """A place where goods lie; MAIN always exists."""

    __tablename__ = "warehouse"
    id: int | None = key()
    code: str = line(40, unique=True)
    name: str = line()
    active: bool = of(Flag, default=True)


class StockItem(Book, table=True):
    """The kept balance of one product in one warehouse; `salescli check` proves it from the movements."""

    __tablename__ = "stock_item"
    __table_args__ = (
        UniqueConstraint("product_id", "warehouse_id"),
        CheckConstraint("kept_quantity >= 0", name="quantity_not_negative"),
    )
    id: int | None = key()
    product_id: int = refers("product.id")
    warehouse_id: int = refers("warehouse.id")
    kept_quantity: int = of(Quantity, default=0)
    kept_value: int | None = of(Amount, default=None)


class StockMove(Book, table=True):
    """One signed movement; never edited, never deleted: it is reversed by another one (STK-02)."""

    __tablename__ = "stock_move"
    __table_args__ = (
        CheckConstraint("quantity <> 0 OR kind = 'opening'", name="moves_something"),
        Index("ix_stock_move_product", "product_id", "warehouse_id", "date", "id", "quantity", "value"),
        Index("ix_stock_move_document", "document"),
    )
    id: int | None = key()
    date: dt.date = of(Day)
    kind: str = choice(MoveKind)
    product_id: int = refers("product.id")
    warehouse_id: int = refers("warehouse.id")
    quantity: int = of(Quantity)
    unit_cost: int | None = of(Price, default=None)
    value: int | None = of(Amount, default=None)
    document: str | None = line(80, default=None)
    line_no: int | None = of(Whole, default=None)
    reason: str | None = line(default=None)
    staff_id: int | None = refers("staff.id", default=None)
    import_id: int | None = refers("import_batch.id", default=None)


class Reservation(Book, table=True):
    """Goods promised to a document and not yet handed out (ORD-12)."""

    __tablename__ = "reservation"
    __table_args__ = (
        UniqueConstraint("document", "line_no", "warehouse_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        Index("ix_reservation_product", "product_id", "warehouse_id"),
    )
    id: int | None = key()
    document: str = line(80)
    line_no: int = of(Whole)
    product_id: int = refers("product.id")
    warehouse_id: int = refers("warehouse.id")
    quantity: int = of(Quantity)
    day: dt.date = of(Day)
