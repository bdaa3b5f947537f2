"""Movements of whole documents, and what a movement dated in the past does to the costs after it (STK-02, STK-05, STK-08)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import select

from salescli.stock.actions import check_quantities, keep
from salescli.stock.reads_balance import Item, held
from salescli.stock.rules import Balance, Posting, post
from salescli.stock.tables import Reservation, StockMove

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salescli.core.writer import Writer
    from salescli.stock.states import MoveKind


class Going(NamedTuple):
    """One line of goods going in (+) or out (-): quantity in 1/1,000, unit cost in 1/10,000 (None: at the average)."""

    product_id: int
    warehouse_id: int
    quantity: int
    unit_cost: int | None = None
    line_no: int | None = None


def move_many(
    w: Writer, kind: MoveKind, lines: Sequence[Going], *, day: date | None = None, document: str | None = None, reason: str | None = None
) -> list[Posting]:
    """Book the lines of one document. Lines are added up per product and warehouse first, so two lines cannot share the same goods.

    Raises SalesError (exit 4) naming every product of which some day would have less than nothing. STK-02, STK-05.
    """
    when = day or w.today
    sums: dict[Item, int] = defaultdict(int)
    for line in lines:
        sums[line.product_id, line.warehouse_id] += line.quantity
    check_quantities(w, sums, when)
    return [_book(w, kind, line, when, document, reason) for line in lines]


def _book(w: Writer, kind: MoveKind, line: Going, day: date, document: str | None, reason: str | None) -> Posting:
    item = (line.product_id, line.warehouse_id)
    late = w.reader.value(
        "SELECT count(*) FROM stock_move WHERE product_id = :p AND warehouse_id = :w AND date > :day", p=item[0], w=item[1], day=day
    )
    posting = post(held(w.reader, item), line.quantity, line.unit_cost)
    w.add(
        StockMove(
            date=day, kind=kind.value, product_id=item[0], warehouse_id=item[1], quantity=line.quantity, unit_cost=posting.unit_cost,
            value=posting.value, document=document, line_no=line.line_no, reason=reason, staff_id=w.actor.id or None,
        )
    )  # fmt: skip
    keep(w, {item: posting})
    if late:
        recost(w, item)
    return posting


def recost(w: Writer, item: Item) -> None:
    """Value the movements of an item again in the order of their days: goods that came in keep their cost, what went out takes the average
    of its own moment. STK-08.
    """
    balance, last = Balance(), None
    moves = w.session.exec(
        select(StockMove).where(StockMove.product_id == item[0], StockMove.warehouse_id == item[1]).order_by(StockMove.date, StockMove.id)  # type: ignore[arg-type]
    )
    for row in moves:
        last = post(balance, row.quantity, row.unit_cost if row.quantity > 0 else None)
        row.unit_cost, row.value = last.unit_cost, last.value
        balance = last.after
    if last is not None:
        keep(w, {item: last})


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
