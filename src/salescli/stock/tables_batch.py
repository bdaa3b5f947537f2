"""Batches of products kept by batch: what a label says, what lies where, which movement took or brought which batch (STK-05, PRD-05)."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from salescli.core.schema import Book, Day, Quantity, key, line, of, refers
from salescli.product.tables import Product  # noqa: F401 - foreign key target
from salescli.stock.tables import StockMove, Warehouse  # noqa: F401 - foreign key targets


class Batch(Book, table=True):
    """One batch (lot) of a product as its label names it. `expires_on` is the last day it may be sold; nothing there: it does not expire.

    `mark` is the supplier's own number for it; `blocked` says why it may not be sold though it has not expired, as in a recall.
    """

    __tablename__ = "batch"
    __table_args__ = (
        UniqueConstraint("product_id", "code"),
        CheckConstraint("expires_on >= made_on", name="made_before_expiry"),
        Index("ix_batch_code", "code"),
        Index("ix_batch_expires", "expires_on", "product_id"),
    )
    id: int | None = key()
    product_id: int = refers("product.id")
    code: str = line(60)
    made_on: dt.date | None = of(Day, default=None)
    expires_on: dt.date | None = of(Day, default=None)
    mark: str | None = line(80, default=None)
    blocked: str | None = line(default=None)


class BatchItem(Book, table=True):
    """The kept balance of one batch in one warehouse; `salescli check` proves it from the movements."""

    __tablename__ = "batch_item"
    __table_args__ = (
        UniqueConstraint("batch_id", "warehouse_id"),
        CheckConstraint("kept_quantity >= 0", name="quantity_not_negative"),
    )
    id: int | None = key()
    batch_id: int = refers("batch.id")
    warehouse_id: int = refers("warehouse.id")
    kept_quantity: int = of(Quantity, default=0)


class BatchMove(Book, table=True):
    """The part of a movement that was of one batch, signed as the movement is; never edited, never deleted."""

    __tablename__ = "batch_move"
    __table_args__ = (
        CheckConstraint("quantity <> 0", name="moves_something"),
        Index("ix_batch_move_move", "move_id", "batch_id", "quantity"),
        Index("ix_batch_move_batch", "batch_id", "move_id", "quantity"),
    )
    id: int | None = key()
    move_id: int = refers("stock_move.id")
    batch_id: int = refers("batch.id")
    quantity: int = of(Quantity)
