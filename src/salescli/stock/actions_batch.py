"""Which batches a movement takes and brings, and their balances (STK-05, PRD-05). `keep_shares` is the only writer of a batch's balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.errors import raise_if
from salescli.stock import rules_batch as rules
from salescli.stock.reads_balance import sku_and_warehouse
from salescli.stock.reads_lots import lots_of
from salescli.stock.rules_batch import Place, Share
from salescli.stock.states import MoveKind
from salescli.stock.tables_batch import BatchItem, BatchMove

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from salescli.core.errors import Problem
    from salescli.core.writer import Writer
    from salescli.stock.reads_balance import Item
    from salescli.stock.rules import Posting
    from salescli.stock.rules_batch import Going, Lot

BY_EXPIRY = frozenset({MoveKind.DELIVERY, MoveKind.TRANSFER, MoveKind.ASSEMBLY})
"""Movements that find their batches by themselves: the first to expire first, of those that may be sold."""
WITHOUT = frozenset({MoveKind.OPENING, MoveKind.RETURN, MoveKind.TRANSFER, MoveKind.ASSEMBLY})
"""Movements that may bring goods without a batch; they are labelled before they are sold."""


def plan(w: Writer, kind: MoveKind, lines: Sequence[Going], day: date) -> list[tuple[Share, ...]]:
    """The batches of every line of a document, none for products not kept by batch; lines share what is there. STK-05, PRD-05.

    Raises SalesError (exit 4) naming every batch that is unfit, too low or missing.
    """
    tracked = _tracked(w, {line.product_id for line in lines})
    there: dict[Item, list[Lot]] = {}
    found: list[tuple[Share, ...]] = []
    problems: list[Problem] = []
    for line in lines:
        if line.product_id not in tracked:
            found.append(())
            continue
        item = (line.product_id, line.warehouse_id)
        lots = there.get(item) or lots_of(w.reader, item, day, [s.batch_id for s in _named(lines, item) if s.batch_id is not None])
        place = Place(*sku_and_warehouse(w.reader, item))
        shares, wrong = (_incoming if line.quantity > 0 else _outgoing)(kind, line, lots, place, day.isoformat())
        there[item] = rules.less(lots, shares)
        problems += wrong
        found.append(tuple(share for share in shares if share.batch_id is not None and share.quantity))
    raise_if(problems)
    return found


def _named(lines: Sequence[Going], item: Item) -> list[Share]:
    return [share for line in lines if (line.product_id, line.warehouse_id) == item for share in line.shares]


def _tracked(w: Writer, products: Iterable[int]) -> set[int]:
    """Those of the products that are kept by batch."""
    ids = ", ".join(str(each) for each in products)
    return set(w.reader.column(f"SELECT id FROM product WHERE batch_tracked = 1 AND id IN ({ids or 'NULL'})"))


def _incoming(kind: MoveKind, line: Going, lots: Sequence[Lot], place: Place, day: str) -> tuple[list[Share], list[Problem]]:
    rest = line.quantity - sum(share.quantity for share in line.shares)
    if rest and kind not in WITHOUT:
        return [], rules.check_named(place, [lot for lot in lots if lot.quantity])
    return [*line.shares, Share(None, rest)], []


def _outgoing(kind: MoveKind, line: Going, lots: Sequence[Lot], place: Place, day: str) -> tuple[list[Share], list[Problem]]:
    problems: list[Problem] = []
    known = {lot.batch_id: lot for lot in lots}
    for share in line.shares:
        lot = known[share.batch_id]
        unfit = rules.check_sale(place, lot, day) if kind is MoveKind.DELIVERY else []
        problems += unfit or rules.check_enough(place, lot, -share.quantity)
    left = rules.less(lots, line.shares)
    rest = -line.quantity + sum(share.quantity for share in line.shares)
    if not rest or problems:
        return list(line.shares), problems
    if kind in BY_EXPIRY:
        more, missing = rules.take(rules.first_expiring(lot for lot in left if rules.may_be_sold(lot, day)), rest)
        return [*line.shares, *more], rules.check_rest(place, left, missing, day)
    held = [lot for lot in left if lot.quantity > 0]
    if len(held) != 1:
        return list(line.shares), rules.check_named(place, held)
    return [*line.shares, Share(held[0].batch_id, -rest)], rules.check_enough(place, held[0], rest)


_ADD = "UPDATE batch_item SET kept_quantity = kept_quantity + ? WHERE batch_id = ? AND warehouse_id = ?"


def keep_shares(w: Writer, move_id: int, warehouse_id: int, shares: Sequence[Share]) -> None:
    """Note the batches of a movement and keep their balances: the only place that does. `salescli check` proves them."""
    if not shares:
        return
    w.insert_records(BatchMove, [{"move_id": move_id, "batch_id": s.batch_id, "quantity": s.quantity} for s in shares])
    for share in shares:
        if not w.reader.connection.execute(_ADD, (share.quantity, share.batch_id, warehouse_id)).rowcount:
            w.insert_records(BatchItem, [{"batch_id": share.batch_id, "warehouse_id": warehouse_id, "kept_quantity": share.quantity}])


_OPENED = """
SELECT n.batch_id, sum(n.quantity) FROM stock_move m JOIN batch_move n ON n.move_id = m.id
WHERE m.product_id = :p AND m.warehouse_id = :w AND (m.date < :day OR m.date = :day AND m.kind = 'opening') GROUP BY n.batch_id"""


def opening_shares(w: Writer, wanted: Mapping[Item, tuple[tuple[Share, ...], Posting | None]], day: date) -> dict[Item, list[Share]]:
    """What of each batch has to come or go so that a day opens with the batches wanted, beside the posting of the whole. STK-05, PRD-05.

    Raises SalesError (exit 4) for a batch of which some day would have less than nothing.
    """
    tracked = _tracked(w, {product for product, _warehouse in wanted})
    problems: list[Problem] = []
    found: dict[Item, list[Share]] = {}
    for item, (batches, posting) in wanted.items():
        if item[0] not in tracked or (not batches and (posting is None or posting.quantity >= 0)):
            continue
        shares, wrong = _opening(w, item, batches, posting.quantity if posting else 0, day)
        problems += wrong
        if shares:
            found[item] = shares
    raise_if(problems)
    return found


def _opening(w: Writer, item: Item, batches: Sequence[Share], quantity: int, day: date) -> tuple[list[Share], list[Problem]]:
    """What changes of each batch, goods without a batch taking the rest; nothing said of batches changes only those."""
    opened = dict(w.reader.tuples(_OPENED, p=item[0], w=item[1], day=day)) if batches else {}
    target = {share.batch_id: share.quantity for share in batches}
    deltas = {each: target.get(each, 0) - opened.get(each, 0) for each in {**opened, **target} if each is not None}
    shares = [Share(each, delta) for each, delta in deltas.items() if delta]
    rest = Share(None, quantity - sum(deltas.values()))
    lots = {lot.batch_id: lot for lot in lots_of(w.reader, item, day, [each for each in deltas if each is not None])}
    place = Place(*sku_and_warehouse(w.reader, item))
    return shares, [p for s in (*shares, rest) if s.quantity < 0 for p in rules.check_enough(place, lots[s.batch_id], -s.quantity)]
