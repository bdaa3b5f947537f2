"""Batches of what goes out and comes back with an order: named by people, or those it left with (STK-05, PRD-05)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.errors import Problem, problem, raise_if
from salescli.core.i18n import N_
from salescli.core.lookup import find
from salescli.stock import rules_batch
from salescli.stock.actions_label import Named, Wish, going
from salescli.stock.reads_lots import lots_of
from salescli.stock.rules_batch import check_sale

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salescli.core.lines import TypedLine
    from salescli.core.reader import Reader
    from salescli.core.writer import Writer
    from salescli.order.reads_life import Place


ANY = 10**15
"""As much as the document takes, in 1/1,000."""


def named_batches(w: Writer, products: Sequence[int], lines: Sequence[TypedLine], batch: str | None = None) -> list[Wish | None]:
    """The batches named with the lines, or one for all goods kept by batch. STK-05. Raises SalesError: 3 no such batch, 4 not by batch."""
    if batch is None and all(line.batch is None for line in lines):
        return []
    if lines:
        return going(w, [Named(find(w.reader, "product", line.sku), line.quantity, line.batch) for line in lines], batch)
    skus = w.reader.column(f"SELECT sku FROM product WHERE id IN ({', '.join(map(str, products))}) ORDER BY id")
    return going(w, [Named(find(w.reader, "product", sku), ANY) for sku in skus], batch)


def check_named(w: Writer, wishes: Sequence[Wish | None], warehouse: Place, day: date) -> list[Problem]:
    """A batch named for a delivery has to be fit for sale on its day. PRD-05."""
    problems = []
    for wish in filter(None, wishes):
        lots = lots_of(w.reader, (wish.product_id, warehouse.id), day, [wish.batch_id] if wish.batch_id is not None else [])
        lot = next(lot for lot in lots if lot.batch_id == wish.batch_id)
        sku = str(w.reader.value("SELECT sku FROM product WHERE id = :id", id=wish.product_id))
        problems += check_sale(rules_batch.Place(sku, warehouse.code), lot, day.isoformat())
    return problems


_LEFT = """
SELECT m.product_id, n.batch_id, -sum(n.quantity) FROM delivery d
JOIN stock_move m ON m.document = d.number JOIN batch_move n ON n.move_id = m.id
WHERE d.order_id = :id GROUP BY m.product_id, n.batch_id HAVING sum(n.quantity) < 0 ORDER BY max(n.id) DESC"""


def left_with(r: Reader, order_id: int) -> list[Wish]:
    """What the customer has of each batch from an order, the batch that left last first. STK-05."""
    return r.rows(Wish, _LEFT, id=order_id)


def coming_back(w: Writer, order: str, order_id: int, lines: Sequence[TypedLine]) -> list[Wish | None]:
    """The batches goods of an order go back to: those named, else those they left with. ORD-15, STK-05.

    Raises SalesError (exit 4) for more of a named batch than went out.
    """
    out = left_with(w.reader, order_id)
    named = [wish for wish in named_batches(w, (), lines) if wish]
    there = {(wish.product_id, wish.batch_id): wish.quantity for wish in out}
    raise_if(p for wish in named if wish.batch_id is not None for p in _not_out(w, order, wish, there))
    used = {(wish.product_id, wish.batch_id): wish.quantity for wish in named}
    return [*named, *(wish._replace(quantity=wish.quantity - used.get((wish.product_id, wish.batch_id), 0)) for wish in out)]


def _not_out(w: Writer, order: str, wish: Wish, there: dict[tuple[int, int | None], int]) -> list[Problem]:
    out = there.get((wish.product_id, wish.batch_id), 0)
    if wish.quantity <= out:
        return []
    sql = "SELECT p.sku, b.code FROM batch b JOIN product p ON p.id = b.product_id WHERE b.id = :id"
    ((sku, batch),) = w.reader.tuples(sql, id=wish.batch_id)
    text = N_("{sku}: {wanted:qty} of batch {batch} cannot come back from {order}, {out:qty} of it went out")
    hint = N_("without a batch it goes back to the one it left: salescli stock batch trace {batch} --sku {sku}")
    return [problem("batch_not_out", text, rule="ORD-15", hint=hint, sku=sku, wanted=wish.quantity, batch=batch, order=order, out=out)]
