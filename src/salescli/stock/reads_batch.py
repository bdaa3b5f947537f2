"""Batches as lists: what lies where until when, what expires, what a label said (STK-05, PRD-05)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.agenda import Agenda, Task
from salescli.core.dates import days_between
from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find_optional
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.stock.rules import Balance, average_cost
from salescli.stock.rules_batch import is_expired

if TYPE_CHECKING:
    from salescli.core.reader import Reader

GOOD, EXPIRING, EXPIRED = C_("good"), C_("expiring"), C_("expired")
BLOCKED, WITHOUT = C_("blocked"), C_("without_batch")
ADDRESSEE = {EXPIRING: "sales_team", EXPIRED: "warehouse", BLOCKED: "warehouse", WITHOUT: "warehouse"}
"""What expires soon is for sales to move first, what has expired for the warehouse to take off the shelf. PRD-05, STK-02."""


class Stored(NamedTuple):
    """A batch in a warehouse: quantity in 1/1,000, the value of the whole item in 1/100 for its average, days as ISO text."""

    batch_id: int | None
    sku: str
    name: str
    code: str
    warehouse: str
    quantity: int
    made_on: str | None
    expires_on: str | None
    mark: str | None
    blocked: str | None
    item_quantity: int
    item_value: int | None

    def state(self, day: str, until: str) -> str:
        """How it stands on a day, `until` being the end of the warning time. PRD-05."""
        if self.batch_id is None:
            return WITHOUT
        if is_expired(self.expires_on, day):
            return EXPIRED
        if self.blocked is not None:
            return BLOCKED
        return EXPIRING if is_expired(self.expires_on, until) or self.expires_on == until else GOOD

    def days_left(self, day: date) -> int | None:
        """Days it may still be sold after this one; below nothing when it has expired."""
        return days_between(day, date.fromisoformat(self.expires_on)) if self.expires_on else None

    def value(self) -> int | None:
        """What it is worth at the moving average of its product there, in 1/100. STK-08."""
        from salescli.core.money import line_amount

        cost = average_cost(Balance(self.item_quantity, self.item_value))
        return None if cost is None else line_amount(self.quantity, cost)


_NOW = "SELECT n.batch_id, n.warehouse_id, n.kept_quantity AS quantity FROM batch_item n"
_THEN = """SELECT n.batch_id, m.warehouse_id, sum(n.quantity) AS quantity FROM batch_move n JOIN stock_move m ON m.id = n.move_id
           WHERE m.date <= :as_of GROUP BY n.batch_id, m.warehouse_id"""
_ITEMS_THEN = """SELECT product_id, warehouse_id, sum(quantity) AS kept_quantity, NULL AS kept_value FROM stock_move
                 WHERE date <= :as_of GROUP BY product_id, warehouse_id"""
_STORED = """
SELECT b.id, p.sku, p.name, b.code, w.code, x.quantity, b.made_on, b.expires_on, b.mark, b.blocked, i.kept_quantity, i.kept_value
FROM ({batches}) x JOIN batch b ON b.id = x.batch_id JOIN product p ON p.id = b.product_id JOIN warehouse w ON w.id = x.warehouse_id
JOIN ({items}) i ON i.product_id = b.product_id AND i.warehouse_id = x.warehouse_id
WHERE {terms} AND {held}"""
_BARE = """
SELECT NULL, p.sku, p.name, '-', w.code, i.kept_quantity - coalesce(x.quantity, 0), NULL, NULL, NULL, NULL, i.kept_quantity, i.kept_value
FROM ({items}) i JOIN product p ON p.id = i.product_id AND p.batch_tracked = 1 JOIN warehouse w ON w.id = i.warehouse_id
LEFT JOIN (SELECT b.product_id, y.warehouse_id, sum(y.quantity) AS quantity FROM ({batches}) y JOIN batch b ON b.id = y.batch_id
           GROUP BY b.product_id, y.warehouse_id) x ON x.product_id = i.product_id AND x.warehouse_id = i.warehouse_id
WHERE {terms} AND i.kept_quantity > coalesce(x.quantity, 0)"""


def stored(
    r: Reader, sku: str | None = None, warehouse: str | None = None, *, as_of: date | None = None, empty: bool = False
) -> list[Stored]:
    """Every batch that lies somewhere (with `empty` those that are used up too) and goods without one, in the order they leave in.

    Raises SalesError (exit 3) for an unknown product or warehouse. STK-05.
    """
    terms, params = [condition(r.actor, "stock", "NULL")], {}
    for kind, column, text in (("product", "p.id", sku), ("warehouse", "w.id", warehouse)):
        found = find_optional(r, kind, text)  # type: ignore[arg-type]
        if found:
            terms.append(f"{column} = :{kind}")
            params[kind] = found.id
    past = as_of is not None and as_of < r.today
    parts = {"batches": _THEN if past else _NOW, "items": _ITEMS_THEN if past else "SELECT * FROM stock_item", "terms": " AND ".join(terms)}
    held = "1 = 1" if empty else "x.quantity > 0"
    rows = r.rows(Stored, _STORED.format(held=held, **parts), as_of=as_of or r.today, **params)
    rows += r.rows(Stored, _BARE.format(**parts), as_of=as_of or r.today, **params)
    return sorted(rows, key=lambda x: (x.sku, x.warehouse, x.expires_on or "9999-12-31", x.made_on or "9999-12-31", x.batch_id or 10**12))


BATCHES = (
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("warehouse", N_("Warehouse")),
    Column("batch", N_("Batch")),
    Column("on_hand", N_("On hand"), "quantity", total=True),
    Column("made_on", N_("Made on"), "date"),
    Column("expires_on", N_("Expires on"), "date"),
    Column("days_left", N_("Days left"), "int"),
    Column("state", N_("State"), "code"),
    Column("mark", N_("Supplier's mark")),
    Column("blocked", N_("Blocked because")),
)


def batches(r: Reader, sku: str | None = None, warehouse: str | None = None, *, as_of: date | None = None, empty: bool = False) -> Report:
    """What lies there batch by batch, in the order it leaves in. STK-05, PRD-05. Raises as `stored` does."""
    day = as_of or r.today
    until = _until(r, day)
    rows = [
        (x.sku, x.name, x.warehouse, x.code, x.quantity, x.made_on, x.expires_on, x.days_left(day), x.state(day.isoformat(), until), x.mark,
         x.blocked)
        for x in stored(r, sku, warehouse, as_of=as_of, empty=empty)
    ]  # fmt: skip
    return Report(
        name="stock-batches",
        title=msg(N_("Batches on {day}"), day=day.isoformat()),
        columns=BATCHES,
        rows=rows,
        as_of=day.isoformat(),
        empty=msg(N_("Nothing is kept by batch here. A product is by: salescli product edit SKU --batches")),
    )


def _until(r: Reader, day: date, within: int | None = None) -> str:
    """The last day of the warning time."""
    return (day + timedelta(days=r.policy("expiry.warn_days", day) if within is None else within)).isoformat()


EXPIRES = (
    Column("expires_on", N_("Expires on"), "date"),
    Column("days_left", N_("Days left"), "int"),
    Column("state", N_("State"), "code"),
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("batch", N_("Batch")),
    Column("warehouse", N_("Warehouse")),
    Column("on_hand", N_("On hand"), "quantity", total=True),
    Column("value", N_("Stock value"), "amount", total=True),
    Column("for_role", N_("For"), "code"),
)


def expiring(r: Reader, within: int | None = None, warehouse: str | None = None) -> Report:
    """Batches that have expired or will within some days (default: the policy's warning time), the first to expire first. PRD-05."""
    day, until = r.today, _until(r, r.today, within)
    found = [x for x in stored(r, None, warehouse) if x.expires_on is not None and x.expires_on <= until]
    rows = [
        (x.expires_on, x.days_left(day), state, x.sku, x.name, x.code, x.warehouse, x.quantity,
         x.value() if r.actor.sees_prices else None, ADDRESSEE[state])
        for x in sorted(found, key=lambda x: (x.expires_on or "", x.sku, x.warehouse))
        for state in [EXPIRED if is_expired(x.expires_on, day.isoformat()) else EXPIRING]
    ]  # fmt: skip
    return Report(
        name="stock-expiring",
        title=msg(N_("Expired, or expiring until {day}"), day=until),
        columns=EXPIRES,
        rows=rows,
        as_of=day.isoformat(),
        empty=msg(N_("Nothing that lies here expires until {day}."), day=until),
    )


# --- alerts and the day list --------------------------------------------------------------------------------------------------


def alerts(r: Reader, warehouse: str | None = None) -> list[tuple[Any, ...]]:
    """Rows for the alerts of stock: what of a product has expired or soon will, is blocked or without a batch, and for whom. PRD-05."""
    day = r.today.isoformat()
    until = _until(r, r.today)
    sums: dict[tuple[str, str, str, str], int] = {}
    for x in stored(r, None, warehouse):
        state = x.state(day, until)
        if state != GOOD:
            key = (x.sku, x.name, x.warehouse, state)
            sums[key] = sums.get(key, 0) + x.quantity
    return [(*key, quantity, None, None, None, ADDRESSEE[key[3]]) for key, quantity in sums.items()]


def due(r: Reader, agenda: Agenda) -> list[Task]:
    """For the warehouse: batches that have expired or soon will, goods without a batch. PRD-05, VIS-09."""
    from salescli.stock.reads_today import roles_on

    if agenda.staff_id is not None and "warehouse" not in roles_on(r, agenda):
        return []
    day, until = agenda.day.isoformat(), _until(r, agenda.day)
    found = [(x, x.state(day, until)) for x in stored(r)]
    return [_task(x, state, agenda.day) for x, state in found if state in _TEXTS]


_TEXTS = {
    EXPIRED: N_("{sku} {name}: {quantity:qty} of batch {batch} in {warehouse} expired on {day}; off the shelf, then: "
                'salescli stock adjust "{sku}=-{quantity:qty}#{batch}" --warehouse {warehouse} --reason expired --request "…"'),
    EXPIRING: N_("{sku} {name}: {quantity:qty} of batch {batch} in {warehouse} may be sold until {day}; salescli stock expiring"),
    BLOCKED: N_("{sku} {name}: {quantity:qty} of batch {batch} in {warehouse} are blocked: {why}; "
                "salescli stock batch trace {batch} --sku {sku}"),
    WITHOUT: N_("{sku} {name}: {quantity:qty} in {warehouse} have no batch and are not sold: "
                "salescli stock batch label {sku} BATCH={quantity:qty} --expires DATE --warehouse {warehouse}"),
}  # fmt: skip
_KINDS = {EXPIRED: C_("goods_expired"), EXPIRING: C_("goods_expiring"), BLOCKED: C_("goods_blocked"), WITHOUT: C_("goods_without_batch")}


def _task(x: Stored, state: str, day: date) -> Task:
    text = msg(_TEXTS[state], sku=x.sku, name=x.name, quantity=x.quantity, batch=x.code, warehouse=x.warehouse, day=x.expires_on,
               why=x.blocked)  # fmt: skip
    late = max(0, -(x.days_left(day) or 0)) if state == EXPIRED else 0
    return Task(_KINDS[state], x.expires_on, x.sku, None, text, "PRD-05", late, None)


# --- one batch ----------------------------------------------------------------------------------------------------------------


class Found(NamedTuple):
    """A batch by name."""

    id: int
    code: str
    sku: str
    name: str
    product_id: int


def find_batch(r: Reader, code: str, sku: str | None = None) -> Found:
    """The batch with this number; where several products have one, `sku` says which. Raises SalesError (exit 3)."""
    product = find_optional(r, "product", sku)
    among = f" AND p.id = {product.id:d}" if product else ""
    sql = f"""SELECT b.id, b.code, p.sku, p.name, p.id FROM batch b JOIN product p ON p.id = b.product_id
              WHERE lower(b.code) = lower(:code){among} ORDER BY p.sku"""
    found = r.rows(Found, sql, code=code.strip())
    if not found:
        fail("batch_not_found", N_("there is no batch {batch}"), kind=Kind.NOT_FOUND, hint=N_("salescli stock batches --all"), batch=code)
    if len(found) > 1:
        text, hint = N_("{products} have a batch {batch}; which one?"), N_("add --sku SKU")
        fail("batch_ambiguous", text, kind=Kind.NOT_FOUND, hint=hint, products=", ".join(each.sku for each in found), batch=code)
    return found[0]
