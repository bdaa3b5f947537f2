"""Writes of orders: the kept day of complete delivery (ORD-18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.order.reads_kept import COMPLETED

if TYPE_CHECKING:
    from salescli.core.writer import Writer

_KEEP = f"UPDATE sales_order SET kept_delivered_on = ({COMPLETED})"


def keep_delivered(w: Writer, *, order_id: int | None = None, import_id: int | None = None) -> None:
    """Keep the day on which an order, or every order of an import, was delivered in full: the only place that writes it. ORD-18."""
    w.session.flush()
    if import_id is not None:
        w.reader.execute(f"{_KEEP} WHERE import_id = :import_id", {"import_id": import_id})
    else:
        w.reader.execute(f"{_KEEP} WHERE id = :order_id", {"order_id": order_id})
