"""One receivable, credit note or receipt: what was applied to it or from it, and what that left (AR-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.ar.reads_documents import find_document
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report

if TYPE_CHECKING:
    from salescli.ar.rules_posting import Document
    from salescli.core.reader import Reader

COLUMNS = (
    Column("date", N_("Date"), "date"),
    Column("document", N_("Document")),
    Column("kind", N_("Kind"), "code"),
    Column("amount", N_("Amount"), "amount"),
    Column("open", N_("Open"), "amount"),
)

PAYMENT, REVERSAL = C_("payment"), C_("reversal")

# What touched the document, oldest first; taking back stands after what it takes back.
_PAYMENTS = f"""
SELECT a.date, coalesce(p.number, c.number), CASE WHEN a.receipt_id IS NULL THEN 'credit_note' ELSE '{PAYMENT}' END, -a.amount
FROM allocation a LEFT JOIN receipt p ON p.id = a.receipt_id LEFT JOIN receivable c ON c.id = a.credit_id
WHERE a.receivable_id = :id ORDER BY a.date, a.id"""

_USES = """
SELECT a.date, r.number, r.kind, {sign}a.amount FROM allocation a JOIN receivable r ON r.id = a.receivable_id
WHERE a.{column} = :id ORDER BY a.date, a.id"""

_REVERSALS = f"""
SELECT v.date, v.number, '{REVERSAL}', v.amount FROM receipt v WHERE v.reverses_id = :id
UNION ALL SELECT o.date, o.number, 'reversed', o.amount FROM receipt v JOIN receipt o ON o.id = v.reverses_id WHERE v.id = :id"""


class _Head(NamedTuple):
    """What the heading of a document says beyond its figures."""

    customer: str
    customer_name: str
    staff: str | None
    staff_id: int | None
    kind: str
    due: str | None
    order: str | None
    invoice: str | None
    method: str | None
    note: str | None


_RECEIVABLE = """
SELECT c.code, c.name, s.code, r.staff_id, r.kind, r.due_date, r.order_number, r.invoice_no, NULL, r.note
FROM receivable r JOIN customer c ON c.id = r.customer_id LEFT JOIN staff s ON s.id = r.staff_id WHERE r.id = :id"""

_RECEIPT = f"""
SELECT c.code, c.name, s.code, c.staff_id, '{PAYMENT}', NULL, NULL, NULL, p.method, p.note
FROM receipt p JOIN customer c ON c.id = p.customer_id LEFT JOIN staff s ON s.id = c.staff_id WHERE p.id = :id"""


def show(r: Reader, number: str) -> Report:
    """A document and, line by line, what became of its amount; `open` is what was left after each. AR-12.

    Raises SalesError (3) when no document the reader may see has this number.
    """
    document = find_document(r, number)
    head = r.first(_Head, _RECEIPT if document.receipt else _RECEIVABLE, id=document.id)
    if head is None:
        raise LookupError(document.number)
    rows, left = [(document.date, document.number, head.kind, document.amount, document.amount)], document.amount
    for day, other, kind, amount in _lines(r, document):
        left += amount
        rows.append((day, other, kind, amount, left))
    return Report(
        name="ar-show",
        title=msg(N_("{document}, {customer} {name}"), document=document.number, customer=head.customer, name=head.customer_name),
        columns=COLUMNS,
        rows=rows,
        notes=tuple(_notes(document, head)),
        beyond_own=head.staff_id not in r.actor.own_or_team(),
    )


def _lines(r: Reader, document: Document) -> list[tuple[str, str, str, int]]:
    if document.receipt:
        return r.tuples(_USES.format(sign="-", column="receipt_id"), id=document.id) + r.tuples(_REVERSALS, id=document.id)
    if document.source:
        return r.tuples(_USES.format(sign="", column="credit_id"), id=document.id)
    return r.tuples(_PAYMENTS, id=document.id)


def _notes(document: Document, head: _Head) -> list[Message]:
    said = (
        (N_("due {value}"), head.due),
        (N_("owner {value}"), head.staff),
        (N_("order {value}"), head.order),
        (N_("invoice {value}"), head.invoice),
        (N_("by {value}"), head.method),
        (N_("remark: {value}"), head.note),
    )
    held = [msg(N_("held: it is not applied by itself"))] if document.held and not document.reversal else []
    return [msg(text, value=value) for text, value in said if value is not None] + held
