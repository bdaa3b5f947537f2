"""What a movement dated in the past does to the costs of whatever came after it, in other warehouses and other products too (STK-08)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from sqlmodel import select

from salescli.core.money import split, unit_price
from salescli.stock.actions import keep
from salescli.stock.rules import Balance, Posting, post
from salescli.stock.states import MoveKind
from salescli.stock.tables import StockMove
from salescli.stock.tables_plan import Transfer, TransferLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from salescli.core.writer import Writer
    from salescli.stock.reads_balance import Item

_LATER = "SELECT count(*) FROM stock_move WHERE product_id = :p AND warehouse_id = :w AND date > :day"


def recost_later(w: Writer, items: Iterable[Item], day: date) -> None:
    """Value again whatever of the items moved after `day`; nothing did, nothing changes."""
    waiting = [item for item in items if w.reader.value(_LATER, p=item[0], w=item[1], day=day)]
    while waiting:
        waiting += [item for item in recost(w, waiting.pop(0)) if item not in waiting]


def recost(w: Writer, item: Item) -> list[Item]:
    """Value the movements of an item again in the order of their days: goods that came in keep their cost, what went out takes the average
    of its own moment. STK-08.

    Returns the items that took in what went out of this one, by a transfer or an assembly, and now cost something else: a later moment
    each time, so that following them comes to an end.
    """
    balance, last = Balance(), None
    touched: list[StockMove] = []
    moves = w.session.exec(
        select(StockMove).where(StockMove.product_id == item[0], StockMove.warehouse_id == item[1]).order_by(StockMove.date, StockMove.id)  # type: ignore[arg-type]
    )
    for row in moves:
        last = _valued(balance, row)
        if row.quantity < 0 and row.value != last.value and row.kind in _FOLLOW:
            touched.append(row)
        row.unit_cost, row.value = last.unit_cost, last.value
        balance = last.after
    if last is not None:
        keep(w, {item: last})
    w.session.flush()
    return [target for row in touched for target in _FOLLOW[row.kind](w, row)]


def _valued(balance: Balance, row: StockMove) -> Posting:
    """A movement of nothing that only corrected a value keeps its correction."""
    if row.quantity == 0 and row.value:
        return Posting(0, row.unit_cost, row.value, Balance(balance.quantity, (balance.value or 0) + row.value))
    return post(balance, row.quantity, row.unit_cost if row.quantity > 0 else None)


def _arrived(w: Writer, row: StockMove) -> list[Item]:
    """A transfer arrives at the cost it left with, whether it has arrived already or not."""
    for line in w.session.exec(
        select(TransferLine).join(Transfer).where(Transfer.number == row.document, TransferLine.line_no == row.line_no)
    ):
        line.unit_cost = row.unit_cost
    there = w.session.exec(
        select(StockMove).where(StockMove.document == row.document, StockMove.line_no == row.line_no, StockMove.quantity > 0)
    ).all()
    return _at(there, [row.unit_cost] * len(there))


def _assembled(w: Writer, row: StockMove) -> list[Item]:
    """What came out of an assembly costs what went into it, shared as it was shared before."""
    moves = w.session.exec(select(StockMove).where(StockMove.document == row.document).order_by(StockMove.id)).all()  # type: ignore[arg-type]
    into, made = [m.value for m in moves if m.quantity < 0], [m for m in moves if m.quantity > 0]
    known = [-value for value in into if value is not None]
    if len(known) < len(into):
        return _at(made, [None] * len(made))
    weights = [m.value or 0 for m in made]
    shares = split(sum(known), weights if any(weights) else [m.quantity for m in made])
    return _at(made, [unit_price(share, m.quantity) for share, m in zip(shares, made, strict=True)])


def _at(rows: Sequence[StockMove], costs: Sequence[int | None]) -> list[Item]:
    """Give movements their new cost; the items whose cost that changed."""
    changed = []
    for row, cost in zip(rows, costs, strict=True):
        if row.unit_cost != cost:
            row.unit_cost = cost
            changed.append((row.product_id, row.warehouse_id))
    return changed


DELIVERED = "salescli.order.actions_cost:keep_costs"
"""Whom to tell that goods of a delivery cost something else now: "module:function" of the room of orders, which lies to the right."""


def _delivered(w: Writer, row: StockMove) -> list[Item]:
    """The order's lines bear what their goods cost; nothing else took them in."""
    module, _colon, name = DELIVERED.partition(":")
    getattr(import_module(module), name)(w, row.document)
    return []


_FOLLOW = {MoveKind.TRANSFER.value: _arrived, MoveKind.ASSEMBLY.value: _assembled, MoveKind.DELIVERY.value: _delivered}
