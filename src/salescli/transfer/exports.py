"""Export: the same columns as the import reads, so that what goes out can come back in; the reader's scope holds (DAT-02)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from salescli.core.access import Scope, condition, mask
from salescli.core.i18n import N_, language, msg
from salescli.core.report import Column, Report
from salescli.product.reads_price import list_price_on

if TYPE_CHECKING:
    from salescli.core.i18n import Message
    from salescli.core.jobs_columns import Column as ImportColumn
    from salescli.core.reader import Reader
    from salescli.core.report import CellKind

Rows = list[tuple[Any, ...]]

STAFF = """
SELECT s.id, s.code, s.name, u.code, s.region, s.hired, s.os_account FROM staff s LEFT JOIN staff u ON u.id = s.superior_id ORDER BY s.id"""
CUSTOMERS = """
SELECT c.staff_id, c.name, c.code, c.short_name, c.kind, c.region, c.industry, c.customer_class, c.source, s.code, p.name, p.phone, NULL,
       p.email, c.address, c.tax_no, c.credit_limit, c.credit_days, c.since, c.note,
       CASE WHEN c.archived_on IS NULL THEN 1 ELSE 0 END, NULL
FROM customer c LEFT JOIN staff s ON s.id = c.staff_id LEFT JOIN contact p ON p.customer_id = c.id AND p.main = 1
WHERE {scope} ORDER BY c.code"""
PRODUCTS = """
SELECT p.sku, p.name, p.category, p.unit, {list_price}, p.cost, p.tax_rate, p.floor_price, p.barcode, p.spec, p.note, p.active,
       p.pack_unit, p.pack_ratio, p.volume, p.weight, p.shelf_days, CASE WHEN p.batch_tracked = 1 THEN 1 END,
       CASE WHEN p.is_new = 1 THEN 1 END, CASE WHEN p.no_discount = 1 THEN 1 END, CASE WHEN p.is_gift = 1 THEN 1 END, p.channels,
       p.function, p.features, p.strengths
FROM product p ORDER BY p.sku"""
PRICES_IN_FORCE = """
SELECT p.sku, g.unit_price, g.valid_from, c.code, g.customer_class, g.channel,
       CASE WHEN g.min_qty > 0 THEN g.min_qty END, g.valid_to, g.currency
FROM price_rule g JOIN product p ON p.id = g.product_id LEFT JOIN customer c ON c.id = g.customer_id
WHERE g.unit_price IS NOT NULL AND (c.id IS NULL OR {scope}) ORDER BY p.sku, g.valid_from, g.id"""
STOCK = """
SELECT p.sku, i.kept_quantity, w.code, i.kept_value, max(CASE WHEN m.kind = 'opening' THEN m.date END),
       coalesce(sum(CASE WHEN m.kind <> 'opening' THEN 1 END), 0),
       max(CASE WHEN m.kind = 'opening' THEN m.id END), i.product_id, i.warehouse_id
FROM stock_item i JOIN product p ON p.id = i.product_id JOIN warehouse w ON w.id = i.warehouse_id
LEFT JOIN stock_move m ON m.product_id = i.product_id AND m.warehouse_id = i.warehouse_id
GROUP BY i.id, p.sku, i.kept_quantity, w.code, i.kept_value, i.product_id, i.warehouse_id ORDER BY p.sku, w.code"""
BATCHES = """
SELECT b.product_id, n.warehouse_id, n.kept_quantity, b.code, b.made_on, b.expires_on, b.mark
FROM batch_item n JOIN batch b ON b.id = n.batch_id WHERE n.kept_quantity > 0 ORDER BY b.expires_on, b.id"""
ORDERS = """
SELECT o.number, o.date, c.code, p.sku, l.quantity, l.unit_price, CASE WHEN l.amount_given = 1 THEN l.amount END, s.code, l.discount,
       o.promised, NULL, NULL, o.channel, o.region, c.name, p.name, p.category, l.id, l.amount
FROM sales_order o JOIN order_line l ON l.order_id = o.id JOIN customer c ON c.id = o.customer_id JOIN product p ON p.id = l.product_id
LEFT JOIN staff s ON s.id = o.staff_id
WHERE o.state IN ('confirmed', 'closed') AND {scope} ORDER BY o.id, l.line_no"""
PARTS = """
SELECT d.order_line_id, v.date, d.quantity, d.amount, r.due_date
FROM delivery_line d JOIN delivery v ON v.id = d.delivery_id JOIN sales_order o ON o.id = v.order_id
LEFT JOIN receivable r ON r.delivery_number = v.number AND r.order_number = o.number AND r.amount > 0
WHERE v.kind = 'delivery' AND o.state IN ('confirmed', 'closed') AND {scope} ORDER BY v.date, v.id"""
RETURNS = """
SELECT o.number, c.code, o.date, p.sku, x.quantity, d.date, d.reason, 1
FROM delivery d JOIN delivery_line x ON x.delivery_id = d.id JOIN order_line l ON l.id = x.order_line_id
JOIN sales_order o ON o.id = d.order_id JOIN customer c ON c.id = o.customer_id JOIN product p ON p.id = l.product_id
WHERE d.kind = 'return' AND {scope} ORDER BY d.date, d.id, l.line_no"""
RECEIVABLES = """
SELECT r.number, c.code, r.date, r.due_date, r.amount, s.code, r.order_number, r.invoice_no, r.invoice_date
FROM receivable r JOIN customer c ON c.id = r.customer_id LEFT JOIN staff s ON s.id = r.staff_id
WHERE {scope} ORDER BY r.date, r.number"""
RECEIPTS = """
SELECT r.number, r.date, c.code, r.amount, r.method, r.account,
       (SELECT min(v.number) FROM allocation a JOIN receivable v ON v.id = a.receivable_id WHERE a.receipt_id = r.id
        HAVING count(DISTINCT v.id) = 1 AND sum(a.amount) > 0), NULL
FROM receipt r JOIN customer c ON c.id = r.customer_id
WHERE r.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM receipt t WHERE t.reverses_id = r.id) AND {scope} ORDER BY r.date, r.number"""


LEADS = """
SELECT l.staff_id, l.name, l.company, l.phone, l.source, s.code, l.created,
       CASE WHEN l.stage IN ('won', 'lost')
            THEN (SELECT g.former FROM stage_change g WHERE g.lead_id = l.id ORDER BY g.id DESC LIMIT 1) ELSE l.stage END,
       l.amount, l.expected, l.closed,
       CASE WHEN l.stage IN ('won', 'lost') THEN l.stage WHEN l.state IN ('invalid', 'duplicate') THEN l.state END
FROM lead l LEFT JOIN staff s ON s.id = l.staff_id WHERE {scope} ORDER BY l.id"""


CONTACTS = """
SELECT c.staff_id, c.code, k.name, k.post, k.phone, k.email, k.birthday, k.lunar_birthday, k.consent_on,
       CASE WHEN k.main = 1 THEN 1 END, k.note
FROM contact k JOIN customer c ON c.id = k.customer_id WHERE {scope} ORDER BY c.code, k.main DESC, k.id"""
SUPPLIERS = """
SELECT s.name, s.code, s.contact, s.phone, s.tax_no,
       (SELECT sum(y.amount) FROM payable y WHERE y.supplier_id = s.id AND y.kind = 'opening'),
       s.pay_days, s.note, CASE WHEN s.active = 0 THEN 0 END
FROM supplier s ORDER BY s.code"""
SUPPLIER_PRICES = """
SELECT s.code, p.sku, x.unit_price, CASE WHEN x.min_qty > 0 THEN x.min_qty END, x.valid_from, x.valid_to
FROM supplier_price x JOIN supplier s ON s.id = x.supplier_id JOIN product p ON p.id = x.product_id
ORDER BY s.code, p.sku, x.min_qty, x.valid_from"""
VISITS = """
SELECT c.code, i.day, i.time, s.code, i.channel, i.contact, i.purpose,
       i.content, i.need, i.feedback, i.problem, i.next_step, i.next_on, i.minutes, j.code
FROM interaction i JOIN customer c ON c.id = i.customer_id JOIN staff s ON s.id = i.staff_id LEFT JOIN staff j ON j.id = i.joint_id
WHERE {scope} ORDER BY i.day, i.id"""


def _contacts(r: Reader) -> Rows:
    """Phones are masked for who may not see them in full. ORG-08."""
    found = r.tuples(CONTACTS.format(scope=condition(r.actor, "customers", "c.staff_id")))
    sees = r.actor.sees_phones_of
    return [(*row[:3], row[3] if sees(owner) else mask(row[3]), *row[4:]) for owner, *row in found]


def _suppliers(r: Reader) -> Rows:
    """What stood open at the start is for who may read payables. AR-16."""
    owed = r.actor.may("payable.read")
    return [row if owed else (*row[:5], None, *row[6:]) for row in r.tuples(SUPPLIERS)]


def _supplier_prices(r: Reader) -> Rows:
    return r.tuples(SUPPLIER_PRICES)


def _visits(r: Reader) -> Rows:
    return r.tuples(VISITS.format(scope=condition(r.actor, "customers", "c.staff_id")))


def _staff(r: Reader) -> Rows:
    roles: dict[int, list[str]] = {}
    for staff_id, role in r.tuples("SELECT staff_id, role FROM staff_role ORDER BY role"):
        roles.setdefault(staff_id, []).append(role)
    return [(code, name, "; ".join(roles.get(row_id, ())), *rest) for row_id, code, name, *rest in r.tuples(STAFF)]


def _customers(r: Reader) -> Rows:
    """Phones are masked for who may not see them in full. ORG-08."""
    found = r.tuples(CUSTOMERS.format(scope=condition(r.actor, "customers", "c.staff_id")))
    sees = r.actor.sees_phones_of
    return [(*row[:10], row[10] if sees(owner) else mask(row[10]), *row[11:]) for owner, *row in found]


def _products(r: Reader) -> Rows:
    return r.tuples(PRODUCTS.format(list_price=list_price_on()), day=r.today)


def _prices(r: Reader) -> Rows:
    """The price table, what is over and what is to come included; a product's first list price stands in its file."""
    return r.tuples(PRICES_IN_FORCE.format(scope=condition(r.actor, "customers", "c.staff_id")))


def _stock(r: Reader) -> Rows:
    """What lies there: dated by its opening while that is all that happened to it, else today."""
    if r.actor.scope("stock") is Scope.NONE:
        return []
    costs = dict(r.tuples("SELECT id, unit_cost FROM stock_move WHERE kind = 'opening'"))
    batches: dict[tuple[int, int], Rows] = {}
    for product, place, *batch in r.tuples(BATCHES):
        batches.setdefault((product, place), []).append(tuple(batch))
    rows: Rows = []
    for sku, quantity, warehouse, value, opened, others, opening, *item in r.tuples(STOCK):
        alone = opened is not None and not others
        cost = costs.get(opening) if alone else _average(quantity, value)
        day = opened if alone else r.today.isoformat()
        parts = batches.get((item[0], item[1]), [])
        rest = quantity - sum(part[0] for part in parts)
        rows += [(sku, part, warehouse, cost, day, *label) for part, *label in parts]
        if rest or not parts:
            rows.append((sku, rest, warehouse, cost, day, None, None, None, None))
    return rows


def _average(quantity: int, value: int | None) -> int | None:
    from salescli.core.money import unit_price

    return unit_price(value, quantity) if value is not None and quantity else None


def _leads(r: Reader) -> Rows:
    """Leads with the stage they stand in or stood in last; phones are masked for who may not see them in full. ORG-08."""
    found = r.tuples(LEADS.format(scope=condition(r.actor, "customers", "l.staff_id")))
    sees = r.actor.sees_phones_of
    return [(*row[:2], row[2] if sees(owner) else mask(row[2]), *row[3:]) for owner, *row in found]


def _orders(r: Reader) -> Rows:
    """A row per line; a line that went out in parts is as many rows, amounts as they were delivered. Returns are no part of it."""
    scope = condition(r.actor, "orders", "o.staff_id")
    parts: dict[int, list[tuple[Any, ...]]] = {}
    for line_id, *part in r.tuples(PARTS.format(scope=scope)):
        parts.setdefault(line_id, []).append(tuple(part))
    rows: Rows = []
    for *row, line_id, amount in r.tuples(ORDERS.format(scope=scope)):
        sent = parts.get(line_id, [])
        if len(sent) == 1 and sent[0][1] == row[4]:
            rows.append((*row[:10], sent[0][0], sent[0][3], *row[12:]))
        elif not sent:
            rows.append(tuple(row))
        else:
            rows += _in_parts(row, amount, sent)
    return rows


def _in_parts(row: list[Any], amount: int, sent: list[tuple[Any, ...]]) -> Rows:
    rest = row[4] - sum(part[1] for part in sent)
    found = [(*row[:4], quantity, row[5], part, *row[7:10], day, due, *row[12:]) for day, quantity, part, due in sent]
    if rest > 0:
        left = amount - sum(part[2] for part in sent)
        found.append((*row[:4], rest, row[5], left, *row[7:10], None, None, *row[12:]))
    return found


def _returns(r: Reader) -> Rows:
    return r.tuples(RETURNS.format(scope=condition(r.actor, "orders", "o.staff_id")))


def _receivables(r: Reader) -> Rows:
    return r.tuples(RECEIVABLES.format(scope=condition(r.actor, "receivables", "r.staff_id")))


def _receipts(r: Reader) -> Rows:
    """Receipts that were not taken back, with the receivable when it is a single one."""
    return r.tuples(RECEIPTS.format(scope=condition(r.actor, "receivables", "c.staff_id")))


SELECTS: dict[str, Callable[[Reader], Rows]] = {
    "staff": _staff, "customers": _customers, "contacts": _contacts, "visits": _visits,
    "suppliers": _suppliers, "supplier-prices": _supplier_prices,
    "products": _products, "prices": _prices, "stock": _stock, "leads": _leads, "orders": _orders,
    "returns": _returns, "receivables": _receivables, "receipts": _receipts,
}  # fmt: skip

PRICES = frozenset({"price", "amount", "rounded"})
CELLS: dict[str, CellKind] = {
    "text": "text", "code": "text", "phone": "text", "note": "text", "date": "date", "moment": "text", "amount": "amount",
    "rounded": "amount", "price": "price", "quantity": "quantity", "percent": "amount", "count": "int", "flag": "int",
}  # fmt: skip
"""How a column is written; per cent as a plain figure, because a spreadsheet's 5.00% comes back as 0.05."""

TITLE = N_("Export: {name}")


def export(r: Reader, name: str) -> Report:
    """Everything of a kind the reader may see, in the columns of its import; empty columns left out, prices for who sees them."""
    from salescli.transfer.kinds import kind

    columns = kind(name).layout.columns
    rows = SELECTS[name](r)
    hidden = set() if r.actor.sees_prices else {c.key for c in columns if c.kind in PRICES}
    optional = [i for i, c in enumerate(columns) if not c.required]
    keep = {i for i in optional if columns[i].key not in hidden and any(row[i] is not None for row in rows)}
    places = [i for i, c in enumerate(columns) if (c.required and c.key not in hidden) or i in keep or (not rows and i in optional)]
    shown = tuple(Column(columns[i].key, _title(columns[i]), CELLS[columns[i].kind]) for i in places)
    return Report(
        f"export-{name}", msg(TITLE, name=name), shown, [tuple(row[i] for i in places) for row in rows], notes=_notes(r, name),
        as_of=r.today.isoformat(),
    )  # fmt: skip


def _title(column: ImportColumn) -> str:
    """A header the import knows, in the reader's language."""
    return column.aliases[0] if language() == "zh" and column.aliases else column.key


def _notes(r: Reader, name: str) -> tuple[Message, ...]:
    """What an export of this kind leaves out."""
    if name != "orders":
        return ()
    returns = r.value("SELECT count(*) FROM delivery WHERE kind = 'return'")
    return (msg(N_("returns are not part of it: {count}; salescli export returns"), count=returns),) if returns else ()
