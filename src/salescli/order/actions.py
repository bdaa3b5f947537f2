"""Writes of orders: the kept day of complete delivery (ORD-18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.order.reads_kept import COMPLETED

if TYPE_CHECKING:
    from salescli.core.writer import Writer

_KEEP = f"UPDATE sales_order SET kept_delivered_on = ({COMPLETED})"


def keep_delivered(w: Writer, order_id: int | None) -> None:
    """Keep the day on which an order was delivered in full; an import of new orders writes it with them. ORD-18."""
    w.session.flush()
    w.reader.execute(f"{_KEEP} WHERE id = :order_id", {"order_id": order_id})
