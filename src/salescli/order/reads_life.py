"""Facts the moves of an order are decided on: its lines and what became of them, goods in reach (ORD-01, ORD-12, ORD-13)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_
from salescli.core.lookup import find
from salescli.core.record import NamedTuple
from salescli.order.rules_life import Need, Progress
from salescli.stock.reads_available import available, main_warehouse
from salescli.stock.reads_plan import coming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.reader import Reader

_LINES = """
SELECT l.id, l.line_no, l.product_id, p.sku, p.name, l.quantity, l.amount, l.tax,
       coalesce(sum(CASE WHEN d.kind = 'delivery' AND d.replaces_id IS NULL THEN x.quantity END), 0),
       coalesce(sum(CASE WHEN d.kind = 'return' THEN x.quantity END), 0),
       coalesce(sum(CASE WHEN d.kind = 'delivery' THEN x.amount ELSE -x.amount END), 0),
       coalesce(sum(CASE WHEN d.kind = 'delivery' THEN x.tax ELSE -x.tax END), 0), l.unit_cost,
       coalesce(sum(CASE WHEN d.replaces_id IS NOT NULL THEN x.quantity END), 0)
FROM order_line l
JOIN product p ON p.id = l.product_id
LEFT JOIN delivery_line x ON x.order_line_id = l.id
LEFT JOIN delivery d ON d.id = x.delivery_id
WHERE l.order_id = :id
GROUP BY l.id, l.line_no, l.product_id, p.sku, p.name, l.quantity, l.amount, l.tax, l.unit_cost ORDER BY l.line_no"""


def progress_of(r: Reader, order_id: int) -> list[Progress]:
    """The lines of an order with all that went out and came back."""
    return r.rows(Progress, _LINES, id=order_id)


_HAD = """SELECT coalesce(sum(CASE WHEN d.kind = 'return' THEN -x.quantity ELSE x.quantity END), 0)
FROM delivery_line x JOIN delivery d ON d.id = x.delivery_id WHERE x.order_line_id = :line AND d.date <= :day"""


def had_on(r: Reader, line: Progress, day: date) -> int:
    """What the customer had of a line at the end of a day, in 1/1,000. ORD-15."""
    return int(r.value(_HAD, line=line.line_id, day=day))


class Place(NamedTuple):
    """A warehouse."""

    id: int
    code: str


def place_of(r: Reader, warehouse_id: int | None) -> Place:
    """The warehouse an order leaves from: its own, else MAIN."""
    found = warehouse_id or main_warehouse(r)
    return Place(found, r.value("SELECT code FROM warehouse WHERE id = :id", id=found))


def needs(r: Reader, lines: Sequence[Progress], place: Place, promised: date | None = None) -> list[Need]:
    """What the undelivered part of the lines needs, added up per product, and what is in reach by the promise: goods on hand and on
    their way, less what other orders promised by then wait for; open orders of an imported history stop nobody. ORD-12.
    """
    from salescli.order.reads_dispatch import waiting_for

    wanted: dict[int, int] = {}
    for line in lines:
        wanted[line.product_id] = wanted.get(line.product_id, 0) + line.rest
    names = {line.product_id: (line.sku, line.name) for line in lines}
    arriving = coming(r, promised)
    waiting = waiting_for(r, wanted, place.id, promised or date.max, imported=False)
    found = []
    for each, quantity in wanted.items():
        if quantity:
            there, more = available(r, each, place.id, max(promised or r.today, r.today)), arriving.get((each, place.code), 0)
            taken = waiting.get(each, 0)
            found.append(Need(*names[each], quantity, there.available - max(0, taken - more), max(0, more - taken), there.unfit))
    return found


def begun(lines: Sequence[Progress]) -> bool:
    """Whether anything of an order ever went out."""
    return any(line.sent for line in lines)


class Capacity(NamedTuple):
    """What the newest capacity answer makes of an order: whether its goods are in reach, and the day they are ready."""

    answered: bool = False
    ready_on: date | None = None


def capacity_of(r: Reader, order_id: int) -> Capacity:
    """The newest capacity answer, if it says that it can be done or its change was settled with the customer, and the order has not asked
    for more since. ORD-07, X-33.
    """
    sql = "SELECT answer, settled_on, lapsed_on, ready_on FROM capacity_answer WHERE order_id = :id ORDER BY id DESC LIMIT 1"
    for answer, settled, lapsed, ready in r.tuples(sql, id=order_id):
        if lapsed is None and (answer == "capacity_confirmed" or settled is not None):
            return Capacity(True, date.fromisoformat(ready) if ready and answer == "capacity_confirmed" else None)
    return Capacity()


class Parcel(NamedTuple):
    """A delivery or return and the order it belongs to."""

    id: int
    number: str
    order_id: int
    order: str
    kind: str
    date: str
    carrier: str | None
    waybill: str | None


_PARCEL = """SELECT d.id, d.number, d.order_id, o.number, d.kind, d.date, d.carrier, d.waybill
             FROM delivery d JOIN sales_order o ON o.id = d.order_id"""


def find_parcel(r: Reader, number: str) -> Parcel:
    """The delivery with this number, or the last one of the order with it. Raises SalesError (3)."""
    from salescli.order.reads import visible

    typed = number.strip()
    names = {"n": typed, "up": typed.upper(), "low": typed.lower()}
    by_order = f"o.number IN (:n, :up, :low) AND d.kind = 'delivery' AND {visible(r)} ORDER BY d.date DESC, d.id DESC"
    found = r.rows(Parcel, f"{_PARCEL} WHERE d.number IN (:n, :up, :low) AND {visible(r)}", **names)
    found = found or r.rows(Parcel, f"{_PARCEL} WHERE {by_order}", **names)
    if not found:
        text, hint = N_("there is no delivery {number}"), N_("salescli order show ORDER")
        fail("delivery_not_found", text, kind=Kind.NOT_FOUND, hint=hint, number=number)
    return found[0]


def matching(r: Reader, lines: Sequence[Progress], sku: str) -> list[Progress]:
    """The lines of an order that hold a product, as people type it; none when the order does not hold it."""
    exact = [line for line in lines if line.sku.casefold() == sku.strip().casefold()]
    if exact:
        return exact
    meant = find(r, "product", sku).id
    return [line for line in lines if line.product_id == meant]
