"""Where a batch came from and where it went: its movements, and the customers who have it (STK-05, PRD-05)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.access import condition, mask
from salescli.core.i18n import N_, Message, msg
from salescli.core.report import Column, Report
from salescli.stock.reads_batch import find_batch, stored

if TYPE_CHECKING:
    from salescli.core.reader import Reader

SHOW = (
    Column("batch", N_("Batch")),
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("made_on", N_("Made on"), "date"),
    Column("expires_on", N_("Expires on"), "date"),
    Column("days_left", N_("Days left"), "int"),
    Column("state", N_("State"), "code"),
    Column("mark", N_("Supplier's mark")),
    Column("blocked", N_("Blocked because")),
    Column("source", N_("Came with")),
    Column("received", N_("Taken in"), "quantity"),
    Column("delivered", N_("With customers"), "quantity"),
    Column("on_hand", N_("On hand"), "quantity"),
    Column("where", N_("Lies in")),
)

_FLOW = """
SELECT coalesce(sum(CASE WHEN m.kind IN ('opening', 'goods_receipt', 'assembly') AND n.quantity > 0 THEN n.quantity END), 0),
       coalesce(-sum(CASE WHEN m.kind IN ('delivery', 'return') THEN n.quantity END), 0)
FROM batch_move n JOIN stock_move m ON m.id = n.move_id WHERE n.batch_id = :id AND {scope}"""
_SOURCES = """
SELECT coalesce(m.document, m.date), s.name FROM batch_move n JOIN stock_move m ON m.id = n.move_id
LEFT JOIN purchase_receipt q ON q.number = m.document LEFT JOIN purchase u ON u.id = q.purchase_id
LEFT JOIN supplier s ON s.id = u.supplier_id
WHERE n.batch_id = :id AND n.quantity > 0 AND m.kind IN ('opening', 'goods_receipt', 'assembly') AND {scope}
GROUP BY 1, 2 ORDER BY min(m.date), min(m.id)"""


def show(r: Reader, code: str, sku: str | None = None) -> Report:
    """A batch: what its label says, where it came from, how much went out and what is left. Raises SalesError (exit 3). STK-05."""
    from datetime import timedelta

    found, scope = find_batch(r, code, sku), condition(r.actor, "stock", "NULL")
    here = [x for x in stored(r, found.sku, empty=True) if x.batch_id == found.id]
    ((came, out),) = r.tuples(_FLOW.format(scope=scope), id=found.id)
    sources = [f"{document} {name}" if name else document for document, name in r.tuples(_SOURCES.format(scope=scope), id=found.id)]
    sql = "SELECT made_on, expires_on, mark, blocked FROM batch WHERE id = :id"
    ((made, expires, mark, blocked),) = r.tuples(sql, id=found.id)
    until = (r.today + timedelta(days=r.policy("expiry.warn_days"))).isoformat()
    state = here[0].state(r.today.isoformat(), until) if here else None
    left = here[0].days_left(r.today) if here else None
    places = ", ".join(f"{x.warehouse} {_quantity(x.quantity)}" for x in here if x.quantity)
    row = (found.code, found.sku, found.name, made, expires, left, state, mark, blocked, ", ".join(sources) or None, came, out,
           sum(x.quantity for x in here), places or None)  # fmt: skip
    return Report(
        name="stock-batch-show",
        title=msg(N_("Batch {batch} of {sku} {name}"), batch=found.code, sku=found.sku, name=found.name),
        columns=SHOW,
        rows=[row],
        as_of=r.today.isoformat(),
        record=True,
    )


def _quantity(quantity: int) -> str:
    from salescli.core.money import quantity_text

    return quantity_text(quantity)


# A batch that went into an assembly lives on in the batches that came out of it.
_REACHED = """
WITH RECURSIVE reached(id) AS (
    SELECT id FROM batch WHERE id = :id UNION
    SELECT y.batch_id FROM reached x JOIN batch_move n ON n.batch_id = x.id AND n.quantity < 0
    JOIN stock_move m ON m.id = n.move_id AND m.kind = 'assembly'
    JOIN stock_move o ON o.document = m.document AND o.quantity > 0
    JOIN batch_move y ON y.move_id = o.id)"""

TRACE = (
    Column("date", N_("Date"), "date"),
    Column("kind", N_("Movement"), "code"),
    Column("document", N_("Document")),
    Column("sku", N_("SKU")),
    Column("batch", N_("Batch")),
    Column("warehouse", N_("Warehouse")),
    Column("quantity", N_("Quantity"), "quantity"),
    Column("partner", N_("Supplier or customer")),
    Column("partner_name", N_("Name")),
    Column("reason", N_("Reason")),
)
_TRACE = f"""{_REACHED}
SELECT m.date, m.kind, m.document, p.sku, b.code, w.code, n.quantity, coalesce(c.code, s.code), coalesce(c.name, s.name), m.reason, c.id,
       c.staff_id
FROM reached x JOIN batch b ON b.id = x.id JOIN product p ON p.id = b.product_id
JOIN batch_move n ON n.batch_id = b.id JOIN stock_move m ON m.id = n.move_id JOIN warehouse w ON w.id = m.warehouse_id
LEFT JOIN delivery d ON d.number = m.document LEFT JOIN sales_order o ON o.id = d.order_id LEFT JOIN customer c ON c.id = o.customer_id
LEFT JOIN purchase_receipt q ON q.number = m.document LEFT JOIN purchase u ON u.id = q.purchase_id
LEFT JOIN supplier s ON s.id = u.supplier_id
WHERE {{scope}} AND (c.id IS NULL OR {{customers}}) ORDER BY m.date, m.id, n.id"""


def trace(r: Reader, code: str, sku: str | None = None) -> Report:
    """Every movement of a batch, and of the batches it went into: from whom it came and to whom it went. STK-05, PRD-05.

    Raises SalesError (exit 3).
    """
    found = find_batch(r, code, sku)
    sql = _TRACE.format(scope=condition(r.actor, "stock", "NULL"), customers=condition(r.actor, "customers", "c.staff_id"))
    return Report(
        name="stock-batch-trace",
        title=msg(N_("Batch {batch} of {sku} {name}: where it came from and went"), batch=found.code, sku=found.sku, name=found.name),
        columns=TRACE,
        rows=[row[:10] for row in r.tuples(sql, id=found.id)],
        notes=_untold(r, found.id),
        as_of=r.today.isoformat(),
        empty=msg(N_("Nothing of batch {batch} has moved."), batch=found.code),
        beyond_own=r.actor.visible("customers") != (r.actor.id,),
    )


_UNTOLD = f"""{_REACHED}
SELECT DISTINCT m.document, p.sku FROM reached x JOIN batch_move n ON n.batch_id = x.id AND n.quantity < 0
JOIN stock_move m ON m.id = n.move_id AND m.kind = 'assembly'
JOIN stock_move o ON o.document = m.document AND o.quantity > 0 JOIN product p ON p.id = o.product_id
WHERE NOT EXISTS (SELECT 1 FROM batch_move y WHERE y.move_id = o.id) ORDER BY m.document"""


def _untold(r: Reader, batch: int) -> tuple[Message, ...]:
    """Where the trail ends: goods put together that are not kept by batch."""
    text = N_("{document}: went into {sku}, whose batch is not known; who has it: salescli stock ledger {sku}")
    return tuple(msg(text, document=document, sku=sku) for document, sku in r.tuples(_UNTOLD, id=batch))


RECALL = (
    Column("customer", N_("Customer")),
    Column("customer_name", N_("Customer name")),
    Column("contact", N_("Contact")),
    Column("phone", N_("Phone")),
    Column("owner", N_("Owner")),
    Column("sku", N_("SKU")),
    Column("batch", N_("Batch")),
    Column("delivered", N_("Delivered"), "quantity", total=True),
    Column("returned", N_("Returned"), "quantity", total=True),
    Column("with_customer", N_("With the customer"), "quantity", total=True),
    Column("last_delivery", N_("Last delivery"), "date"),
)
_RECALL = f"""{_REACHED}
SELECT c.code, c.name, k.name, k.phone, s.code, p.sku, b.code, coalesce(-sum(CASE WHEN n.quantity < 0 THEN n.quantity END), 0),
       coalesce(sum(CASE WHEN n.quantity > 0 THEN n.quantity END), 0), -sum(n.quantity),
       max(CASE WHEN n.quantity < 0 THEN m.date END), c.staff_id
FROM reached x JOIN batch b ON b.id = x.id JOIN product p ON p.id = b.product_id
JOIN batch_move n ON n.batch_id = b.id JOIN stock_move m ON m.id = n.move_id
JOIN delivery d ON d.number = m.document JOIN sales_order o ON o.id = d.order_id JOIN customer c ON c.id = o.customer_id
LEFT JOIN contact k ON k.customer_id = c.id AND k.main = 1 LEFT JOIN staff s ON s.id = c.staff_id
WHERE {{customers}} GROUP BY c.id, c.code, c.name, k.name, k.phone, s.code, p.sku, b.code, c.staff_id ORDER BY c.code, p.sku, b.code"""


def recall(r: Reader, code: str, sku: str | None = None) -> Report:
    """The customers a batch went to, how to reach them and what they still have of it. PRD-05. Raises SalesError (exit 3)."""
    found = find_batch(r, code, sku)
    rows = r.tuples(_RECALL.format(customers=condition(r.actor, "customers", "c.staff_id")), id=found.id)
    return Report(
        name="stock-batch-recall",
        title=msg(N_("Who has batch {batch} of {sku} {name}"), batch=found.code, sku=found.sku, name=found.name),
        columns=RECALL,
        rows=[_customer(r, row) for row in rows],
        notes=_untold(r, found.id),
        as_of=r.today.isoformat(),
        empty=msg(N_("No customer got anything of batch {batch}."), batch=found.code),
        beyond_own=r.actor.visible("customers") != (r.actor.id,),
    )


def _customer(r: Reader, row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Phones are masked for who may not see them in full. ORG-08."""
    *shown, owner = row
    return (*shown[:3], shown[3] if r.actor.sees_phones_of(owner) else mask(shown[3]), *shown[4:])
