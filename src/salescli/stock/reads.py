"""Goods on hand and their movements, as a day sees them (STK-02, STK-08)."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.dates import Period
from salescli.core.i18n import N_, Message, msg
from salescli.core.lookup import find, find_optional
from salescli.core.money import quantity_text
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.stock.reads_lots import UNFIT
from salescli.stock.rules import Balance, average_cost

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salescli.core.reader import Reader

COLUMNS = (
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("warehouse", N_("Warehouse")),
    Column("on_hand", N_("On hand"), "quantity", total=True),
    Column("reserved", N_("Reserved"), "quantity"),
    Column("available", N_("Available"), "quantity"),
    Column("unit_cost", N_("Unit cost"), "price"),
    Column("value", N_("Stock value"), "amount"),
)


class Held(NamedTuple):
    """Goods of one product in one warehouse: quantities in 1/1,000, value in 1/100; `reserved` None: not known of a past day."""

    sku: str
    name: str
    warehouse: str
    quantity: int
    value: int | None
    reserved: int | None
    unfit: int = 0

    @property
    def available(self) -> int | None:
        """What may be sold and nobody has been promised yet. PRD-05."""
        return None if self.reserved is None else self.quantity - self.reserved - self.unfit

    @property
    def unit_cost(self) -> int | None:
        """The moving average, in 1/10,000."""
        return average_cost(Balance(self.quantity, self.value))


_NOW = f"""
SELECT p.sku, p.name, w.code, i.kept_quantity, i.kept_value, coalesce(v.quantity, 0), coalesce(u.quantity, 0)
FROM stock_item i
JOIN product p ON p.id = i.product_id
JOIN warehouse w ON w.id = i.warehouse_id
LEFT JOIN (SELECT product_id, warehouse_id, sum(quantity) AS quantity FROM reservation GROUP BY product_id, warehouse_id) v
    ON v.product_id = i.product_id AND v.warehouse_id = i.warehouse_id
LEFT JOIN ({UNFIT}) u ON u.product_id = i.product_id AND u.warehouse_id = i.warehouse_id
WHERE {{terms}} ORDER BY p.sku, w.code"""

# Goods of unknown cost make movements without value until they are used up, so the last movement tells whether the value is known.
_THEN = """
SELECT p.sku, p.name, w.code, m.quantity,
       CASE WHEN m.quantity = 0 OR last.value IS NOT NULL THEN m.value END, NULL, 0
FROM (SELECT product_id, warehouse_id, sum(quantity) AS quantity, coalesce(sum(value), 0) AS value
      FROM stock_move WHERE date <= :as_of GROUP BY product_id, warehouse_id) m
JOIN product p ON p.id = m.product_id
JOIN warehouse w ON w.id = m.warehouse_id
JOIN stock_move last ON last.id = (
    SELECT x.id FROM stock_move x
    WHERE x.product_id = m.product_id AND x.warehouse_id = m.warehouse_id AND x.date <= :as_of
    ORDER BY x.date DESC, x.id DESC LIMIT 1)
WHERE {terms} ORDER BY p.sku, w.code"""


def goods(r: Reader, *, warehouse: str | None = None, sku: str | None = None, as_of: date | None = None) -> list[Held]:
    """What lies where, by SKU; of today from the kept balances, of a past day from the movements up to it.

    Raises SalesError (exit 3) for an unknown product or warehouse. STK-02.
    """
    terms, params = [condition(r.actor, "stock", "NULL")], {}
    for kind, column, text in (("warehouse", "w.id", warehouse), ("product", "p.id", sku)):
        found = find_optional(r, kind, text)  # type: ignore[arg-type]
        if found:
            terms.append(f"{column} = :{kind}")
            params[kind] = found.id
    sql = (_NOW if as_of is None or as_of >= r.today else _THEN).format(terms=" AND ".join(terms))
    return r.rows(Held, sql, as_of=as_of or r.today, day=r.today, **params)


def listing(r: Reader, *, warehouse: str | None = None, sku: str | None = None, as_of: date | None = None) -> Report:
    """Quantity, reservations, moving-average cost and value of all goods. Raises as `goods` does. STK-02, STK-08."""
    day, priced = as_of or r.today, r.actor.sees_prices
    found = goods(r, warehouse=warehouse, sku=sku, as_of=as_of)
    return Report(
        name="stock-list",
        title=msg(N_("Stock on {day}"), day=day.isoformat()),
        columns=COLUMNS,
        rows=[_row(item, priced) for item in found],
        totals=_totals(found, priced),
        notes=(*(value_note(found) if priced else ()), *_unfit_note(found)),
        as_of=day.isoformat(),
        empty=msg(N_("No goods are kept here. Begin with the quantities on hand: salescli import stock FILE")),
    )


def _row(item: Held, priced: bool) -> tuple[Any, ...]:
    cost, value = (item.unit_cost, item.value if item.quantity or item.value else None) if priced else (None, None)
    return (item.sku, item.name, item.warehouse, item.quantity, item.reserved, item.available, cost, value)


def _totals(found: Sequence[Held], priced: bool) -> dict[str, int | str | None]:
    """Sums over what is known; unknown where nothing is."""
    values = [item.value for item in found if item.value is not None and item.quantity]
    reserved = [item.reserved for item in found if item.reserved is not None]
    on_hand = sum(item.quantity for item in found)
    return {
        "on_hand": on_hand,
        "reserved": sum(reserved) if len(reserved) == len(found) else None,
        "available": on_hand - sum(reserved) - sum(item.unfit for item in found) if len(reserved) == len(found) else None,
        "value": sum(values) if priced and (values or not found) else None,
    }


def value_note(found: Sequence[Held]) -> tuple[Message, ...]:
    """How many items have no cost and are in no sum. STK-08."""
    unknown = sum(item.value is None for item in found)
    text = N_("left out of the value, for want of a cost: {count} (give one: salescli import stock FILE --update, column unit_cost)")
    return (msg(text, count=unknown),) if unknown else ()


def _unfit_note(found: Sequence[Held]) -> tuple[Message, ...]:
    unfit = sum(item.unfit for item in found)
    text = N_("not available because expired, blocked or without a batch: {unfit:qty} (salescli stock list --batches)")
    return (msg(text, unfit=unfit),) if unfit else ()


LEDGER = (
    Column("date", N_("Date"), "date"),
    Column("kind", N_("Movement"), "code"),
    Column("document", N_("Document")),
    Column("quantity", N_("Quantity"), "quantity"),
    Column("balance", N_("Balance"), "quantity"),
    Column("unit_cost", N_("Unit cost"), "price"),
)

_MOVED = "FROM stock_move m WHERE m.product_id = :product AND {place} AND {date} <= :end AND {scope}"
_LEDGER = """
SELECT m.date, m.kind, m.document, m.quantity, m.unit_cost, m.id FROM stock_move m
WHERE m.id IN (SELECT m.id {moved} AND {date} >= :start{limit}) ORDER BY m.date, m.id"""
_FIRST = " ORDER BY m.date, m.id LIMIT :limit"
_SUMS = "SELECT sum(CASE WHEN m.date < :start THEN m.quantity ELSE 0 END), sum(m.quantity) {moved}"


def ledger(
    r: Reader, sku: str, *, warehouse: str | None = None, period: Period | None = None, as_of: date | None = None, limit: int | None = None
) -> Report:
    """Every movement of a product, oldest first, with the balance after it; without a period from the first one on.

    Only `limit` movements are read whole, the sums cover all. Raises SalesError (exit 3) for an unknown product or warehouse. STK-02.
    """
    product, place = find(r, "product", sku), find_optional(r, "warehouse", warehouse)
    day = as_of or r.today
    end = min(day, period.end) if period else day
    # The index of a product has its days place by place: without a place coalesce() keeps the engine from taking them for a way into it.
    where, on = ("m.warehouse_id = :warehouse", "m.date") if place else ("1 = 1", "coalesce(m.date, '')")
    moved, first = _MOVED.format(place=where, date=on, scope=condition(r.actor, "stock", "NULL")), _FIRST if limit else ""
    which: dict[str, Any] = {"product": product.id, "warehouse": place.id if place else None, "end": end}
    which["start"] = period.start if period else ""
    before, after = (total or 0 for total in r.tuples(_SUMS.format(moved=moved), **which)[0])
    moves = r.tuples(_LEDGER.format(moved=moved, date=on, limit=first), **which, **({"limit": limit} if limit else {}))
    balances = accumulate((move[3] for move in moves), initial=before)
    next(balances)  # what was there before
    batches = _batches_of(r, product.id)
    return Report(
        name="stock-ledger",
        title=msg(N_("Movements of {sku} {name}"), sku=product.code, name=product.name),
        columns=(*LEDGER, Column("batch", N_("Batch"))) if batches else LEDGER,
        rows=[
            (*move[:4], balance, move[4] if r.actor.sees_prices else None, *([batches.get(move[5])] if batches else []))
            for move, balance in zip(moves, balances, strict=True)
        ],
        totals={"quantity": after - before, "balance": after},
        as_of=end.isoformat(),
        empty=msg(N_("{sku} has not moved in this time."), sku=product.code),
    )


_BATCHES = """
SELECT n.move_id, b.code, sum(n.quantity) FROM batch b JOIN batch_move n ON n.batch_id = b.id
WHERE b.product_id = :product GROUP BY n.move_id, b.id, b.code HAVING sum(n.quantity) <> 0 ORDER BY b.expires_on, b.id"""


def _batches_of(r: Reader, product_id: int) -> dict[int, str]:
    """The batches of each movement of a product, with their quantities where there are several. STK-05."""
    found: dict[int, list[tuple[str, int]]] = {}
    for move, code, quantity in r.tuples(_BATCHES, product=product_id):
        found.setdefault(move, []).append((code, quantity))
    return {
        move: parts[0][0] if len(parts) == 1 else ", ".join(f"{code} {quantity_text(quantity)}" for code, quantity in parts)
        for move, parts in found.items()
    }
