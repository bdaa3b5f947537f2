"""Writes of stock. `book` and `set_openings` both end in `keep`, the one function that writes a kept balance (STK-02)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.errors import raise_if
from salescli.core.record import NamedTuple
from salescli.stock.actions_batch import keep_shares, opening_shares, plan
from salescli.stock.reads_balance import Item, OpeningState, held, least_from, opening_state, sku_and_warehouse
from salescli.stock.rules import Posting, check_not_negative, post, post_opening
from salescli.stock.rules_batch import Going, Share
from salescli.stock.states import MoveKind
from salescli.stock.tables import StockItem, StockMove

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from salescli.core.writer import Writer

MOVE_COLUMNS = (
    "date", "kind", "product_id", "warehouse_id", "quantity", "unit_cost", "value",
    "document", "line_no", "reason", "staff_id", "import_id",
)  # fmt: skip
ITEM_COLUMNS = ("product_id", "warehouse_id", "kept_quantity", "kept_value")


class Opening(NamedTuple):
    """What shall lie in a warehouse at the beginning of a day: quantity in 1/1,000, unit cost in 1/10,000 (None: unknown).

    `batches` say how much of it is of which batch; without any the batches stay as they are.
    """

    product_id: int
    warehouse_id: int
    quantity: int
    unit_cost: int | None = None
    batches: tuple[Share, ...] = ()


def move(
    w: Writer,
    kind: MoveKind,
    product_id: int,
    warehouse_id: int,
    quantity: int,
    *,
    day: date | None = None,
    unit_cost: int | None = None,
    document: str | None = None,
    line_no: int | None = None,
    reason: str | None = None,
    shares: tuple[Share, ...] = (),
) -> Posting:
    """Book one movement of a signed quantity (1/1,000) and keep the balance; goods without `unit_cost` move at the average.

    Raises SalesError (exit 4) when on any day from `day` on less than nothing would be left, or as `plan` does of batches. STK-02, STK-05.
    """
    when = day or w.today
    line = Going(product_id, warehouse_id, quantity, unit_cost, line_no, shares)
    check_quantities(w, {(product_id, warehouse_id): quantity}, when)
    (part,) = plan(w, kind, [line], when)
    return book(w, kind, line, when, part, document=document, reason=reason)


def book(
    w: Writer, kind: MoveKind, line: Going, day: date, shares: Sequence[Share], *, document: str | None = None, reason: str | None = None
) -> Posting:
    """Write one checked movement with its batches and keep the balances. STK-02, STK-05."""
    item = (line.product_id, line.warehouse_id)
    posting = post(held(w.reader, item), line.quantity, line.unit_cost)
    row = w.add(
        StockMove(
            date=day, kind=kind.value, product_id=item[0], warehouse_id=item[1], quantity=line.quantity, unit_cost=posting.unit_cost,
            value=posting.value, document=document, line_no=line.line_no, reason=reason, staff_id=_acting(w),
        )
    )  # fmt: skip
    keep(w, {item: posting})
    keep_shares(w, row.id or 0, item[1], shares)
    return posting


def set_openings(w: Writer, openings: Iterable[Opening], *, day: date, import_id: int | None = None) -> int:
    """Make the opening quantities of a day what is given (each product and warehouse once); the number of movements that took.

    An opening that stands already is corrected by a movement of the difference. A unit cost not given is the one that stands,
    else the product's. Raises SalesError (exit 4) with every product of which some day would have less than nothing. STK-02.
    """
    state, wanted = opening_state(w.reader, day), {(o.product_id, o.warehouse_id): o for o in openings}
    check_quantities(w, {item: o.quantity - state.of(item).opened for item, o in wanted.items()}, day)
    found = {item: _opening(state, item, o) for item, o in wanted.items()}
    shares = opening_shares(w, {item: (o.batches, found[item]) for item, o in wanted.items()}, day)
    for item in shares:
        found[item] = found[item] or Posting(0, None, None if state.of(item).balance.value is None else 0, state.of(item).balance)
    postings = {item: posting for item, posting in found.items() if posting is not None}
    _insert_openings(w, postings, day, import_id, shares)
    keep(w, postings)
    return len(postings)


def _opening(state: OpeningState, item: Item, wanted: Opening) -> Posting | None:
    """The movement that makes the opening what is wanted; one of nothing when the day has none yet, None when it stands already."""
    now = state.of(item)
    cost = next((c for c in (wanted.unit_cost, now.unit_cost, state.costs.get(wanted.product_id)) if c is not None), None)
    posting = post_opening(now.balance, now.opened, wanted.quantity, cost, alone=now.alone)
    if posting is None and not now.recorded:
        return Posting(0, cost, None if now.balance.value is None else 0, now.balance)
    return posting


def _insert_openings(w: Writer, postings: dict[Item, Posting], day: date, import_id: int | None, shares: dict[Item, list[Share]]) -> None:
    first, kind, staff = w.next_id(StockMove), MoveKind.OPENING.value, _acting(w)
    rows = [
        (first + i, day.isoformat(), kind, *item, p.quantity, p.unit_cost, p.value, None, None, None, staff, import_id)
        for i, (item, p) in enumerate(postings.items())
    ]
    w.insert_many(StockMove, MOVE_COLUMNS, rows)
    for i, item in enumerate(postings):
        keep_shares(w, first + i, item[1], shares.get(item, ()))


def _acting(w: Writer) -> int | None:
    """The acting person's id; the founder of a new book is nobody in it yet."""
    return w.actor.id or None


def check_quantities(w: Writer, quantities: dict[Item, int], day: date) -> None:
    """Refuse whatever takes more than there is, all of it named at once.

    Raises SalesError: 4 with every item of which some day from `day` on would have less than nothing. STK-02.
    """
    raise_if(
        problem
        for item, quantity in quantities.items()
        if quantity < 0
        for problem in check_not_negative(*sku_and_warehouse(w.reader, item), least_from(w.reader, item, day), quantity)
    )


_UPDATE = "UPDATE stock_item SET kept_quantity = ?, kept_value = ? WHERE product_id = ? AND warehouse_id = ?"


def keep(w: Writer, postings: dict[Item, Posting]) -> None:
    """Write the balances after the postings: the only place that does. `salescli check` proves them from the movements."""
    known = set(w.reader.tuples("SELECT product_id, warehouse_id FROM stock_item")) if len(postings) > 1 else _known(w, postings)
    first = w.next_id(StockItem)
    fresh: Sequence[Item] = [item for item in postings if item not in known]
    w.insert_many(StockItem, ITEM_COLUMNS, [(first + i, *item, *postings[item].after) for i, item in enumerate(fresh)])
    changed = [(*p.after, *item) for item, p in postings.items() if item in known]
    w.reader.connection.executemany(_UPDATE, changed)


def _known(w: Writer, postings: dict[Item, Posting]) -> set[Item]:
    find = "SELECT product_id, warehouse_id FROM stock_item WHERE product_id = :product AND warehouse_id = :warehouse"
    return {found for item in postings for found in w.reader.tuples(find, product=item[0], warehouse=item[1])}
