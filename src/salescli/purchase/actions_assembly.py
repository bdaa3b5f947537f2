"""Goods put together from their parts, and taken apart again (PRD-08)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, msg
from salescli.core.lookup import find
from salescli.core.money import divide, split, unit_price
from salescli.core.record import NamedTuple
from salescli.core.report import Done
from salescli.stock.actions_label import Label, entered, expiry
from salescli.stock.actions_moves import Going, move_many
from salescli.stock.rules_batch import Share
from salescli.stock.states import MoveKind

if TYPE_CHECKING:
    from salescli.core.lookup import Row
    from salescli.core.writer import Writer


class _Part(NamedTuple):
    id: int
    quantity: int
    cost: int


_PARTS = """SELECT b.component_id, b.quantity, coalesce(p.cost, 0) FROM bill_line b JOIN product p ON p.id = b.component_id
            WHERE b.product_id = :id ORDER BY b.id"""


def _bill(w: Writer, goods: Row, quantity: int) -> list[_Part]:
    """Parts of so many pieces. Raises SalesError: 2 nothing to make, 4 no bill of materials."""
    if quantity <= 0:
        fail("quantity_positive", N_("{sku}: a quantity above zero is needed"), kind=Kind.USAGE, rule="PRD-08", sku=goods.code)
    parts = [_Part(id_, divide(each * quantity, 1000), cost) for id_, each, cost in w.reader.tuples(_PARTS, id=goods.id)]
    if not parts:
        hint = N_("salescli product bill {sku} PART=QTY")
        fail("no_bill", N_("{sku} has no bill of materials"), rule="PRD-08", hint=hint, sku=goods.code)
    return [part for part in parts if part.quantity]


def assemble(w: Writer, product: str, quantity: int, warehouse: str = "MAIN", batch: str | None = None) -> Done:
    """Take the parts of a product out of stock and put the whole in, at what the parts cost. PRD-08.

    A whole kept by batch is one: `batch`, else named as the paper; it expires with the first of its parts. STK-05, PRD-05.
    Raises SalesError: 2, 3 no such product or warehouse, 4 no bill of materials or too few parts.
    """
    goods, place = find(w.reader, "product", product), find(w.reader, "warehouse", warehouse)
    parts, number = _bill(w, goods, quantity), w.number("AB")
    going = [Going(part.id, place.id, -part.quantity, None, i) for i, part in enumerate(parts, 1)]
    values = [posting.value for posting in move_many(w, MoveKind.ASSEMBLY, going, document=number)]
    known = [value for value in values if value is not None]
    cost = unit_price(-sum(known), quantity) if len(known) == len(values) else None
    whole = Going(goods.id, place.id, quantity, cost, 0, _batch(w, goods, quantity, number, batch))
    move_many(w, MoveKind.ASSEMBLY, [whole], document=number)
    text = N_("{number}: {quantity:qty} of {sku} put together from {count} {count:part|parts}")
    return _done(w, text, number, goods.code, quantity, len(parts))


_FIRST_EXPIRY = """SELECT min(b.expires_on) FROM stock_move m JOIN batch_move n ON n.move_id = m.id JOIN batch b ON b.id = n.batch_id
                   WHERE m.document = :number"""


def _batch(w: Writer, goods: Row, quantity: int, number: str, batch: str | None) -> tuple[Share, ...]:
    """The batch of what was put together; nothing for a product not kept by batch. STK-05, PRD-05."""
    if batch is None and not w.reader.value("SELECT batch_tracked FROM product WHERE id = :p", p=goods.id):
        return ()
    shelf = w.reader.value("SELECT shelf_days FROM product WHERE id = :p", p=goods.id)
    days = [w.reader.value(_FIRST_EXPIRY, number=number), expiry(w.today, shelf)]
    expires = min((date.fromisoformat(str(day)) for day in days if day is not None), default=None)
    return (Share(entered(w, goods, Label(batch or number, w.today, expires)), quantity),)


def take_apart(w: Writer, product: str, quantity: int, warehouse: str = "MAIN") -> Done:
    """Take a product out of stock and put its parts in; they share what it was worth by their own costs. PRD-08.

    Parts kept by batch have none after it: they are labelled before they are sold. PRD-05.
    Raises SalesError: 2, 3 no such product or warehouse, 4 no bill of materials or too few there.
    """
    goods, place = find(w.reader, "product", product), find(w.reader, "warehouse", warehouse)
    parts, number = _bill(w, goods, quantity), w.number("AB")
    (whole,) = move_many(w, MoveKind.ASSEMBLY, [Going(goods.id, place.id, -quantity, None, 0)], document=number)
    weights = [part.quantity * part.cost for part in parts]
    shares = split(-whole.value, weights if any(weights) else [1] * len(parts)) if whole.value is not None else [None] * len(parts)
    going = [
        Going(part.id, place.id, part.quantity, None if share is None else unit_price(share, part.quantity), i)
        for i, (part, share) in enumerate(zip(parts, shares, strict=True), 1)
    ]
    move_many(w, MoveKind.ASSEMBLY, going, document=number)
    text = N_("{number}: {quantity:qty} of {sku} taken apart into {count} {count:part|parts}")
    return _done(w, text, number, goods.code, quantity, len(parts))


def _done(w: Writer, text: str, number: str, sku: str, quantity: int, count: int) -> Done:
    w.document = number
    return Done(msg(text, number=number, quantity=quantity, sku=sku, count=count), number, next=(f"salescli stock ledger {sku}",))
