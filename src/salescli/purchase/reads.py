"""Suppliers and purchases as lists and one by one (STK-06, STK-09)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.agenda import Agenda, Task
from salescli.core.dates import days_between
from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find, find_optional
from salescli.core.money import divide, line_amount, rate_of
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.purchase.rules import Held
from salescli.purchase.states import PurchaseState, state_of

if TYPE_CHECKING:
    from salescli.core.dates import Period
    from salescli.core.reader import Reader


class PurchaseRow(NamedTuple):
    """A purchase with the names around it and its sums in 1/1,000 and 1/100; money is None for who may not see it."""

    id: int
    number: str
    date: str
    expected: str | None
    supplier_id: int
    supplier: str
    supplier_name: str
    pay_days: int
    warehouse_id: int
    warehouse: str
    buyer_id: int
    buyer: str
    cash: int
    kept: str
    reason: str | None
    ordered: int
    net: int

    @property
    def state(self) -> PurchaseState:
        """Where it stands."""
        return state_of(self.kept, self.ordered, self.net)


# Never more comes of a line than was ordered, so sums tell whether everything came.
_PURCHASE = """
SELECT p.id, p.number, p.date, p.expected, p.supplier_id, s.code, s.name, s.pay_days, p.warehouse_id, w.code, p.staff_id, b.code, p.cash,
       p.state, p.reason, (SELECT sum(l.quantity) FROM purchase_line l WHERE l.purchase_id = p.id),
       coalesce((SELECT sum(CASE r.kind WHEN 'receipt' THEN x.quantity ELSE -x.quantity END) FROM purchase_receipt r
                 JOIN purchase_receipt_line x ON x.receipt_id = r.id WHERE r.purchase_id = p.id), 0)
FROM purchase p
JOIN supplier s ON s.id = p.supplier_id
JOIN warehouse w ON w.id = p.warehouse_id
JOIN staff b ON b.id = p.staff_id
WHERE {terms} ORDER BY {order}"""
_NEWEST = "p.date DESC, p.id DESC"


class LineRow(NamedTuple):
    """A line of a purchase with what came and went back."""

    id: int
    line_no: int
    product_id: int
    sku: str
    name: str
    quantity: int
    unit_price: int
    received: int
    returned: int
    list_price: int | None

    @property
    def held(self) -> Held:
        """The quantities, as the rules want them."""
        return Held(self.sku, self.quantity, self.received, self.returned)


_LINES = """
SELECT l.id, l.line_no, l.product_id, g.sku, g.name, l.quantity, l.unit_price,
       coalesce(sum(CASE r.kind WHEN 'receipt' THEN x.quantity END), 0), coalesce(sum(CASE r.kind WHEN 'return' THEN x.quantity END), 0),
       l.list_price
FROM purchase_line l
JOIN product g ON g.id = l.product_id
LEFT JOIN purchase_receipt_line x ON x.line_id = l.id
LEFT JOIN purchase_receipt r ON r.id = x.receipt_id
WHERE l.purchase_id = :id
GROUP BY l.id, l.line_no, l.product_id, g.sku, g.name, l.quantity, l.unit_price, l.list_price ORDER BY l.line_no"""


def purchase(r: Reader, number: str) -> PurchaseRow:
    """One purchase by number. Raises SalesError (exit 3)."""
    terms = f"{condition(r.actor, 'stock', 'NULL')} AND p.number = :number"
    found = r.first(PurchaseRow, _PURCHASE.format(terms=terms, order=_NEWEST), number=number.strip().upper())
    if found is None:
        text = N_("there is no purchase {number}")
        fail("purchase_not_found", text, kind=Kind.NOT_FOUND, hint=N_("salescli purchase list"), number=number)
    return found


def lines_of(r: Reader, purchase_id: int) -> list[LineRow]:
    """The lines of a purchase."""
    return r.rows(LineRow, _LINES, id=purchase_id)


LIST = (
    Column("purchase", N_("Purchase")),
    Column("date", N_("Date"), "date"),
    Column("expected", N_("Expected on"), "date"),
    Column("supplier", N_("Supplier")),
    Column("name", N_("Name")),
    Column("warehouse", N_("Warehouse")),
    Column("buyer", N_("Buyer")),
    Column("ordered", N_("Ordered quantity"), "quantity"),
    Column("received", N_("Received"), "quantity"),
    Column("amount", N_("Amount"), "amount", total=True),
    Column("state", N_("State"), "code"),
    Column("late_days", N_("Days late"), "int"),
)


class Wanted(NamedTuple):
    """Which purchases a list holds; None narrows nothing."""

    supplier: str | None = None
    sku: str | None = None
    period: Period | None = None
    open: bool = False
    late: bool = False


def listing(r: Reader, wanted: Wanted) -> Report:
    """Purchases, newest first; `received` is what came and stayed. STK-06."""
    terms, params = [condition(r.actor, "stock", "NULL")], {}
    supplier, product = find_optional(r, "supplier", wanted.supplier), find_optional(r, "product", wanted.sku)
    if supplier:
        terms.append(f"p.supplier_id = {supplier.id:d}")
    if product:
        terms.append(f"p.id IN (SELECT purchase_id FROM purchase_line WHERE product_id = {product.id:d})")
    if wanted.period:
        terms.append("p.date BETWEEN :first AND :last")
        params = {"first": wanted.period.start, "last": wanted.period.end}
    if wanted.open or wanted.late:
        terms.append("p.state = 'ordered'")
    found = r.rows(PurchaseRow, _PURCHASE.format(terms=" AND ".join(terms), order=_NEWEST), **params)
    amounts = _amounts(r) if r.actor.sees_prices else {}
    rows = [_row(row, amounts, r.today) for row in found if _is_wanted(row, wanted, r.today)]
    return Report(
        name="purchase-list",
        title=msg(N_("Purchases")),
        columns=LIST,
        rows=rows,
        totals={} if r.actor.sees_prices else {"amount": None},
        as_of=r.today.isoformat(),
        empty=msg(N_("No purchases. Order something: salescli purchase new SUPPLIER SKU=QTY@PRICE --expected +7d")),
    )


def _amounts(r: Reader) -> dict[int, int]:
    """What each purchase costs, lines rounded one by one."""
    found: dict[int, int] = {}
    for purchase_id, quantity, price in r.tuples("SELECT purchase_id, quantity, unit_price FROM purchase_line"):
        found[purchase_id] = found.get(purchase_id, 0) + line_amount(quantity, price)
    return found


def _late(row: PurchaseRow, day: date) -> int:
    if row.expected is None or row.state not in (PurchaseState.ORDERED, PurchaseState.PARTLY_RECEIVED):
        return 0
    return max(0, days_between(date.fromisoformat(row.expected), day))


def _is_wanted(row: PurchaseRow, wanted: Wanted, day: date) -> bool:
    return (not wanted.open or row.state is not PurchaseState.RECEIVED) and (not wanted.late or _late(row, day) > 0)


def _row(row: PurchaseRow, amounts: dict[int, int], day: date) -> tuple[Any, ...]:
    return (
        row.number, row.date, row.expected, row.supplier, row.supplier_name, row.warehouse, row.buyer, row.ordered, row.net,
        amounts.get(row.id), row.state.value, _late(row, day),
    )  # fmt: skip


DETAIL = (
    Column("line", N_("Line"), "int"),
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("quantity", N_("Ordered quantity"), "quantity"),
    Column("received", N_("Received"), "quantity"),
    Column("returned", N_("Returned"), "quantity"),
    Column("left", N_("To come"), "quantity"),
    Column("unit_price", N_("Unit price"), "price"),
    Column("list_price", N_("Supplier's list"), "price"),
    Column("deviation_pct", N_("Deviation %"), "percent"),
    Column("amount", N_("Amount"), "amount", total=True),
)


def detail(r: Reader, number: str) -> Report:
    """One purchase: its lines, then its receipts, returns, plan and payments as notes. STK-06, AR-16."""
    row = purchase(r, number)
    money = r.actor.sees_prices
    over = row.kept != PurchaseState.ORDERED
    rows = [
        (x.line_no, x.sku, x.name, x.quantity, x.received, x.returned, 0 if over else x.held.left, *(_priced(x) if money else (None,) * 4))
        for x in lines_of(r, row.id)
    ]
    title = N_("{number}: {supplier} {name}, {state:code}")
    facts = {"number": row.number, "supplier": row.supplier, "name": row.supplier_name, "state": row.state.value}
    return Report(
        name="purchase-show",
        title=msg(title, **facts),
        columns=DETAIL,
        rows=rows,
        totals={} if money else {"amount": None},
        notes=tuple(_notes(r, row, money)),
        as_of=r.today.isoformat(),
    )


def _priced(line: LineRow) -> tuple[int | None, ...]:
    """Price, what the supplier's list asked, how far from it, and the amount. PRD-04."""
    listed = line.list_price
    off = rate_of(line.unit_price - listed, listed) if listed else None
    return line.unit_price, listed, off, line_amount(line.quantity, line.unit_price)


def _notes(r: Reader, row: PurchaseRow, money: bool) -> list[Any]:
    notes = [msg(N_("ordered on {day} by {buyer} for {warehouse}"), day=row.date, buyer=row.buyer, warehouse=row.warehouse)]
    if row.expected:
        notes.append(msg(N_("expected on {day}, {late} {late:day|days} late"), day=row.expected, late=_late(row, r.today)))
    if row.reason:
        notes.append(msg(N_("{state:code}: {reason}"), state=row.state.value, reason=row.reason))
    sql = "SELECT kind, number, date, reason FROM purchase_receipt WHERE purchase_id = :id ORDER BY date, id"
    for kind, number, day, reason in r.tuples(sql, id=row.id):
        text = N_("{day} {number}: goods received") if kind == "receipt" else N_("{day} {number}: goods sent back; {reason}")
        notes.append(msg(text, day=day, number=number, reason=reason))
    return notes + (_money_notes(r, row) if money else [])


def _money_notes(r: Reader, row: PurchaseRow) -> list[Any]:
    plan = r.tuples("SELECT due_date, amount FROM payment_plan WHERE purchase_id = :id ORDER BY due_date", id=row.id)
    paid = r.tuples("SELECT date, number, amount FROM supplier_payment WHERE purchase_id = :id ORDER BY date, id", id=row.id)
    return [msg(N_("planned: {amount:amount} by {day}"), day=day, amount=amount) for day, amount in plan] + [
        msg(N_("{day} {number}: {amount:amount} paid"), day=day, number=number, amount=amount) for day, number, amount in paid
    ]


# --- suppliers ----------------------------------------------------------------------------------------------------------

SUPPLIERS = (
    Column("code", N_("Code")),
    Column("name", N_("Name")),
    Column("contact", N_("Contact")),
    Column("phone", N_("Phone")),
    Column("tax_no", N_("Tax number")),
    Column("pay_days", N_("Days to pay"), "int"),
    Column("active", N_("Active"), "bool"),
)


def suppliers(r: Reader, *, inactive: bool = False) -> Report:
    """Whom we buy from. STK-06."""
    active = "1 = 1" if inactive else "active = 1"
    rows = r.tuples(f"SELECT code, name, contact, phone, tax_no, pay_days, active FROM supplier WHERE {active} ORDER BY code")
    return Report(
        name="purchase-supplier-list",
        title=msg(N_("Suppliers")),
        columns=SUPPLIERS,
        rows=[(*row[:6], bool(row[6])) for row in rows],
        empty=msg(N_("No suppliers. Enter one: salescli purchase supplier add NAME")),
    )


BOUGHT = (
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("purchases", N_("Purchases"), "int"),
    Column("received", N_("Received"), "quantity"),
    Column("returned", N_("Returned"), "quantity"),
    Column("last_date", N_("Last bought"), "date"),
    Column("last_price", N_("Last price"), "price"),
)
_BOUGHT = """
SELECT g.sku, g.name, count(DISTINCT p.id), coalesce(sum(CASE r.kind WHEN 'receipt' THEN x.quantity END), 0),
       coalesce(sum(CASE r.kind WHEN 'return' THEN x.quantity END), 0), max(p.date),
       (SELECT k.unit_price FROM purchase_line k JOIN purchase q ON q.id = k.purchase_id
        WHERE k.product_id = g.id AND q.supplier_id = :supplier ORDER BY q.date DESC, q.id DESC LIMIT 1)
FROM purchase p
JOIN purchase_line l ON l.purchase_id = p.id
JOIN product g ON g.id = l.product_id
LEFT JOIN purchase_receipt_line x ON x.line_id = l.id
LEFT JOIN purchase_receipt r ON r.id = x.receipt_id
WHERE p.supplier_id = :supplier GROUP BY g.id, g.sku, g.name ORDER BY g.sku"""


def supplier(r: Reader, reference: str) -> Report:
    """A supplier's file and what was bought there, with the last price. STK-06."""
    found = find(r, "supplier", reference)
    contact, phone, tax_no, days, note = r.tuples(
        "SELECT contact, phone, tax_no, pay_days, note FROM supplier WHERE id = :id", id=found.id
    )[0]
    known = {N_("contact {value}"): contact, N_("phone {value}"): phone, N_("tax number {value}"): tax_no, N_("note: {value}"): note}
    rows = r.tuples(_BOUGHT, supplier=found.id)
    return Report(
        name="purchase-supplier-show",
        title=msg(N_("Supplier {code} {name}"), code=found.code, name=found.name),
        columns=BOUGHT,
        rows=rows if r.actor.sees_prices else [(*row[:-1], None) for row in rows],
        notes=(
            msg(N_("to be paid {days} {days:day|days} after receipt"), days=days),
            *(msg(text, value=value) for text, value in known.items() if value),
        ),
        empty=msg(N_("Nothing was bought there yet: salescli purchase new {code} SKU=QTY@PRICE"), code=found.code),
    )


FIGURES = (
    Column("supplier", N_("Supplier")),
    Column("name", N_("Name")),
    Column("purchases", N_("Purchases"), "int", total=True),
    Column("receipts", N_("Goods receipts"), "int", total=True),
    Column("on_time", N_("On time"), "percent"),
    Column("received", N_("Received"), "quantity"),
    Column("returned", N_("Returned"), "quantity"),
    Column("returned_share", N_("Returned share"), "percent"),
    Column("amount", N_("Amount"), "amount", total=True),
    Column("coming", N_("To come"), "quantity"),
)
# A receipt is in time when it came by the day the supplier promised; without a promised day it is not judged.
_FIGURES = """
SELECT s.code, s.name, count(DISTINCT p.id), count(DISTINCT CASE r.kind WHEN 'receipt' THEN r.id END),
       count(DISTINCT CASE WHEN r.kind = 'receipt' AND p.expected IS NOT NULL THEN r.id END),
       count(DISTINCT CASE WHEN r.kind = 'receipt' AND r.date <= p.expected THEN r.id END),
       coalesce(sum(CASE r.kind WHEN 'receipt' THEN x.quantity END), 0), coalesce(sum(CASE r.kind WHEN 'return' THEN x.quantity END), 0)
FROM supplier s
JOIN purchase p ON p.supplier_id = s.id
LEFT JOIN purchase_receipt r ON r.purchase_id = p.id
LEFT JOIN purchase_receipt_line x ON x.receipt_id = r.id
WHERE p.date BETWEEN :first AND :last {one}
GROUP BY s.id, s.code, s.name ORDER BY s.code"""
_WORTH = """
SELECT s.code, sum(y.amount) FROM payable y JOIN purchase p ON p.id = y.purchase_id JOIN supplier s ON s.id = p.supplier_id
WHERE p.date BETWEEN :first AND :last GROUP BY s.code"""
_COMING = """
SELECT s.code, sum(l.quantity - coalesce((SELECT sum(CASE r.kind WHEN 'receipt' THEN x.quantity ELSE -x.quantity END)
       FROM purchase_receipt_line x JOIN purchase_receipt r ON r.id = x.receipt_id WHERE x.line_id = l.id), 0))
FROM purchase_line l JOIN purchase p ON p.id = l.purchase_id JOIN supplier s ON s.id = p.supplier_id
WHERE p.state = 'ordered' AND p.date BETWEEN :first AND :last GROUP BY s.code"""


def figures(r: Reader, period: Period, reference: str | None = None) -> Report:
    """Purchases of a period by supplier: punctuality, returns, money, what is still to come; to go through with him. STK-09."""
    one = find_optional(r, "supplier", reference)
    span = {"first": period.start, "last": period.end}
    worth, coming = dict(r.tuples(_WORTH, **span)), dict(r.tuples(_COMING, **span))
    found = r.tuples(_FIGURES.format(one=f"AND s.id = {one.id:d}" if one else ""), **span)
    rows = [
        (
            code, name, purchases, receipts, divide(10_000 * timely, judged) if judged else None, received, returned,
            divide(10_000 * returned, received) if received else None, worth.get(code, 0), coming.get(code, 0),
        )
        for code, name, purchases, receipts, judged, timely, received, returned in found
    ]  # fmt: skip
    return Report(
        name="purchase-supplier-report",
        title=msg(N_("Suppliers, purchases of {period}"), period=period.name),
        columns=FIGURES,
        rows=rows,
        empty=msg(N_("Nothing was bought in {period}."), period=period.name),
    )


# --- day list -----------------------------------------------------------------------------------------------------------


def due(r: Reader, agenda: Agenda) -> list[Task]:
    """Goods expected on the day or late, for who ordered them. STK-06, VIS-09."""
    person = "1 = 1" if agenda.staff_id is None else f"p.staff_id = {agenda.staff_id:d}"
    terms = f"{person} AND {condition(r.actor, 'stock', 'NULL')} AND p.state = 'ordered' AND p.expected <= :day"
    found = r.rows(PurchaseRow, _PURCHASE.format(terms=terms, order="p.expected, p.id"), day=agenda.day)
    return [_task(row, agenda.day) for row in found if row.state is not PurchaseState.RECEIVED]


def _task(row: PurchaseRow, day: date) -> Task:
    late = _late(row, day)
    left = row.ordered - row.net
    sentence = (
        N_("{supplier}: {left:qty} of {ordered:qty} were expected; ask for them") if late else N_("{supplier}: {left:qty} come today")
    )
    text = msg(sentence, supplier=row.supplier_name, left=left, ordered=row.ordered)
    return Task(C_("goods_expected"), row.expected, row.number, None, text, "STK-06", late, row.buyer)
