"""Stock levels, transfers between warehouses, counts (STK-01, STK-03, STK-05)."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text

from salescli.core.i18n import C_
from salescli.core.schema import Book, Day, Price, Quantity, Whole, choice, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target
from salescli.product.tables import Product  # noqa: F401 - foreign key target
from salescli.stock.tables import Warehouse  # noqa: F401 - foreign key target
from salescli.stock.tables_batch import Batch  # noqa: F401 - foreign key target

COUNT_STATES = (C_("counting"), C_("posted"), C_("cancelled"))


class StockLevel(Book, table=True):
    """How much of a product there should be in a warehouse, and how long it takes to come (STK-01, STK-07)."""

    __tablename__ = "stock_level"
    __table_args__ = (
        UniqueConstraint("product_id", "warehouse_id"),
        CheckConstraint("least >= 0 AND most >= least", name="levels_in_order"),
        CheckConstraint("lead_days >= 0", name="lead_days_positive"),
    )
    id: int | None = key()
    product_id: int = refers("product.id")
    warehouse_id: int = refers("warehouse.id")
    least: int | None = of(Quantity, default=None)
    most: int | None = of(Quantity, default=None)
    safety: int | None = of(Quantity, default=None)
    lead_days: int | None = of(Whole, default=None)
    location: str | None = line(40, default=None)


class Transfer(Book, table=True):
    """Goods on their way between two warehouses: sent, then received (STK-05)."""

    __tablename__ = "transfer"
    __table_args__ = (CheckConstraint("source_id <> target_id", name="two_warehouses"), Index("ix_transfer_open", "received"))
    id: int | None = key()
    number: str = line(40, unique=True)
    source_id: int = refers("warehouse.id")
    target_id: int = refers("warehouse.id")
    sent: dt.date = of(Day)
    received: dt.date | None = of(Day, default=None)
    staff_id: int | None = refers("staff.id", default=None)


class TransferLine(Book, table=True):
    """One product of a transfer, at the cost it left with."""

    __tablename__ = "transfer_line"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity_positive"), Index("ix_transfer_line_transfer", "transfer_id"))
    id: int | None = key()
    transfer_id: int = refers("transfer.id")
    line_no: int = of(Whole)
    product_id: int = refers("product.id")
    quantity: int = of(Quantity)
    unit_cost: int | None = of(Price, default=None)


class StockCount(Book, table=True):
    """A count of a warehouse: the sheet notes what should be there, the counters what is (STK-03, F-23).

    `last_move`: the last movement typed when the sheet was made; NULL: the sheet, dated back, is of the end of its day.
    """

    __tablename__ = "stock_count"
    id: int | None = key()
    number: str = line(40, unique=True)
    warehouse_id: int = refers("warehouse.id")
    day: dt.date = of(Day)
    category: str | None = line(80, default=None)
    state: str = choice(COUNT_STATES, default="counting")
    posted: dt.date | None = of(Day, default=None)
    last_move: int | None = of(Whole, default=None)
    staff_id: int | None = refers("staff.id", default=None)


class StockCountLine(Book, table=True):
    """One product of a count, or one batch of it: book quantity at its moment, quantity counted (NULL: not counted), cause and measure.

    Its moment is the sheet's; `counted_on` and `last_move` when it was counted after goods had moved. `expected` is as first seen until
    the count is posted, then as it was posted.
    """

    __tablename__ = "stock_count_line"
    __table_args__ = (
        UniqueConstraint("count_id", "product_id", "batch_id"),
        CheckConstraint("counted >= 0", name="counted_positive"),
        Index(
            "uq_stock_count_line_product", "count_id", "product_id", unique=True,
            sqlite_where=text("batch_id IS NULL"), postgresql_where=text("batch_id IS NULL"),
        ),
    )  # fmt: skip
    id: int | None = key()
    count_id: int = refers("stock_count.id")
    product_id: int = refers("product.id")
    batch_id: int | None = refers("batch.id", default=None)
    expected: int = of(Quantity)
    counted: int | None = of(Quantity, default=None)
    counted_on: dt.date | None = of(Day, default=None)
    last_move: int | None = of(Whole, default=None)
    cause: str | None = line(default=None)
    measure: str | None = line(default=None)
