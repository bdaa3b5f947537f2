"""Goods promised to orders: what is given away by choice leaves them alone; what is found missing takes the last promises back (ORD-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from salescli.core.errors import Problem, problem
from salescli.core.i18n import N_
from salescli.core.money import quantity_text
from salescli.stock.reads_available import available
from salescli.stock.reads_balance import sku_and_warehouse
from salescli.stock.reads_lots import lots_of
from salescli.stock.rules_batch import may_be_sold
from salescli.stock.states import MoveKind
from salescli.stock.tables import Reservation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from salescli.core.writer import Writer
    from salescli.stock.reads_balance import Item
    from salescli.stock.rules_batch import Share

BY_CHOICE = frozenset({MoveKind.TRANSFER, MoveKind.ASSEMBLY})
"""Movements nobody has to make: they take nothing that orders were promised. Sales and goods sent back to suppliers look for themselves."""


def check_promised(w: Writer, sums: Mapping[Item, int]) -> Iterator[Problem]:
    """What would leave less than orders were promised. ORD-12, STK-02."""
    for item, quantity in sums.items():
        there = available(w.reader, *item)
        if quantity >= 0 or there.unpromised + quantity >= 0:
            continue
        text = N_("{sku} in {warehouse}: {on_hand:qty} on hand, {reserved:qty} of it promised to orders, {wanted:qty} wanted")
        hint = N_("at most {free}; whose they are: salescli order pick; an order lets go of them: salescli order reopen ORDER --help")
        name = sku_and_warehouse(w.reader, item)
        yield problem(
            "promised_to_orders", text, rule="ORD-12", hint=hint, sku=name.sku, warehouse=name.warehouse, on_hand=there.on_hand,
            reserved=there.reserved, wanted=-quantity, free=quantity_text(max(0, there.unpromised)),
        )  # fmt: skip


def check_fit_promised(w: Writer, items: Mapping[Item, Sequence[Share]], day: date) -> Iterator[Problem]:
    """Batches that may be sold and that orders were promised stay, though expired ones lie beside them. ORD-12, PRD-05."""
    for item, shares in items.items():
        lots = {lot.batch_id: lot for lot in lots_of(w.reader, item, day)} if shares else {}
        wanted = -sum(s.quantity for s in shares if s.batch_id in lots and may_be_sold(lots[s.batch_id], day.isoformat()))
        there = available(w.reader, *item, day) if wanted > 0 else None
        if there is None or wanted <= there.available:
            continue
        name = sku_and_warehouse(w.reader, item)
        text = N_("{sku} in {warehouse}: {fit:qty} may be sold, {reserved:qty} of it promised to orders, {wanted:qty} wanted")
        yield problem(
            "promised_to_orders", text, rule="ORD-12", hint=N_("salescli stock batches {sku}"), sku=name.sku, warehouse=name.warehouse,
            fit=there.on_hand - there.unfit, reserved=there.reserved, wanted=wanted,
        )  # fmt: skip


_OVER = """SELECT v.product_id, v.warehouse_id, sum(v.quantity) - coalesce(max(i.kept_quantity), 0) FROM reservation v
LEFT JOIN stock_item i ON i.product_id = v.product_id AND i.warehouse_id = v.warehouse_id
GROUP BY v.product_id, v.warehouse_id HAVING sum(v.quantity) > coalesce(max(i.kept_quantity), 0)"""


def give_up(w: Writer) -> list[Problem]:
    """Take back promises of goods that are not there, the last one made first; a warning for each order that loses some. ORD-12, STK-02."""
    over = w.reader.tuples(_OVER)
    return [lost for product, warehouse, missing in over for lost in _taken_back(w, (product, warehouse), missing)]


def _taken_back(w: Writer, item: Item, missing: int) -> Iterator[Problem]:
    name = sku_and_warehouse(w.reader, item)
    found = select(Reservation).where(Reservation.product_id == item[0], Reservation.warehouse_id == item[1])
    for row in w.session.exec(found.order_by(Reservation.id.desc())).all():  # type: ignore[union-attr]
        part = min(row.quantity, missing)
        if not part:
            return
        missing -= part
        if part == row.quantity:
            w.session.delete(row)
        else:
            row.quantity -= part
        text = N_("{document} was promised {quantity:qty} {sku} that are not there")
        hint = N_("tell the customer: salescli order show {document}; when they are there again: salescli order allocate")
        yield problem("promise_lost", text, rule="ORD-12", hint=hint, document=row.document, quantity=part, sku=name.sku)
    w.session.flush()
