"""Movements of whole documents, and goods promised to them (STK-02, STK-05, ORD-12)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlmodel import select

from salescli.core.errors import raise_if
from salescli.stock.actions import book, check_quantities
from salescli.stock.actions_batch import plan
from salescli.stock.actions_promised import BY_CHOICE, check_fit_promised, check_promised
from salescli.stock.actions_recost import recost_later
from salescli.stock.reads_count import warn_counted
from salescli.stock.rules_batch import Going
from salescli.stock.states import MoveKind
from salescli.stock.tables import Reservation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salescli.core.writer import Writer
    from salescli.stock.reads_balance import Item
    from salescli.stock.rules import Posting
    from salescli.stock.rules_batch import Share

__all__ = ["Going", "move_many", "release", "reserve"]


def move_many(
    w: Writer, kind: MoveKind, lines: Sequence[Going], *, day: date | None = None, document: str | None = None, reason: str | None = None
) -> list[Posting]:
    """Book the lines of one document. Lines are added up per product and warehouse first, so two lines cannot share the same goods.

    Raises SalesError (exit 4) naming every product of which some day would have less than nothing, and every batch that is missing,
    too low or not for sale. STK-02, STK-05, PRD-05.
    """
    when = day or w.today
    sums: dict[Item, int] = defaultdict(int)
    for line in lines:
        sums[line.product_id, line.warehouse_id] += line.quantity
    check_quantities(w, sums, when)
    if kind in BY_CHOICE:
        raise_if(check_promised(w, sums))
    shares = plan(w, kind, lines, when)
    if kind in BY_CHOICE or kind.value == "goods_receipt":  # sent back to the supplier
        gone: dict[Item, list[Share]] = defaultdict(list)
        for line, part in zip(lines, shares, strict=True):
            gone[line.product_id, line.warehouse_id] += part if line.quantity < 0 else ()
        raise_if(check_fit_promised(w, gone, when))
    postings = [book(w, kind, line, when, part, document=document, reason=reason) for line, part in zip(lines, shares, strict=True)]
    recost_later(w, sums, when)
    if when < w.today and kind is not MoveKind.COUNT:
        w.warnings += warn_counted(w.reader, [line.product_id for line in lines], {line.warehouse_id for line in lines}, when)
    return postings


def reserve(w: Writer, document: str, line_no: int, product_id: int, warehouse_id: int, quantity: int) -> None:
    """Promise goods on hand to a line of a document; the caller has asked `available`. ORD-12."""
    if quantity > 0:
        w.add(
            Reservation(
                document=document, line_no=line_no, product_id=product_id, warehouse_id=warehouse_id, quantity=quantity, day=w.today
            )
        )


def release(w: Writer, document: str, line_no: int | None = None, quantity: int | None = None) -> int:
    """Take back what a document (one line of it, a part of that line) was promised; the quantity freed. ORD-12."""
    rows = w.session.exec(select(Reservation).where(Reservation.document == document).order_by(Reservation.id)).all()  # type: ignore[arg-type]
    freed = 0
    for row in rows:
        if line_no is not None and row.line_no != line_no:
            continue
        part = row.quantity if quantity is None else min(row.quantity, quantity - freed)
        if part == row.quantity:
            w.session.delete(row)
        elif part > 0:
            row.quantity -= part
        freed += max(part, 0)
    w.session.flush()
    return freed
