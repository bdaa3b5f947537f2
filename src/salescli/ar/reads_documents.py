"""Receivables and receipts one by one: found by number, shown with what pays them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from salescli.ar.rules_posting import Document
from salescli.core.access import condition
from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_
from salescli.core.lookup import escaped
from salescli.core.record import NamedTuple
from salescli.core.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from salescli.core.reader import Reader

MOST = 10
"""Candidates named when a part of a number fits several documents."""

_DOCUMENTS = """
SELECT r.id, r.number, 0 AS receipt, r.customer_id, r.date, r.amount, r.kept_open, r.held,
       CASE WHEN r.reverses_id IS NOT NULL OR EXISTS (SELECT 1 FROM receivable v WHERE v.reverses_id = r.id) THEN 1 ELSE 0 END,
       r.delivery_number
FROM receivable r WHERE {receivable} AND {mine}
UNION ALL
SELECT p.id, p.number, 1 AS receipt, p.customer_id, p.date, p.amount, p.kept_open, p.held,
       CASE WHEN p.reverses_id IS NOT NULL OR EXISTS (SELECT 1 FROM receipt v WHERE v.reverses_id = p.id) THEN 1 ELSE 0 END,
       NULL
FROM receipt p JOIN customer c ON c.id = p.customer_id WHERE {receipt} AND {his}
ORDER BY 3 DESC, 2 LIMIT {most}"""


def find_document(r: Reader, number: str) -> Document:
    """The receivable, credit note or receipt with this number, or with this part of one when it fits a single document.

    What the reader may not see is not found. Raises SalesError (2 no number, 3 not found or ambiguous).
    """
    typed = clean(number, C_("number"), 80)
    found = _matching(r, "{0}.number IN (:typed, :upper)", typed=typed, upper=typed.upper())
    found = found[:1] or _matching(r, "lower({0}.number) LIKE :part ESCAPE '\\'", part=f"%{escaped(typed.lower())}%")
    if len(found) != 1:
        _refuse(typed, found)
    return found[0]


def _refuse(typed: str, found: list[Document]) -> NoReturn:
    if found:
        text = N_("{typed} fits several documents: {candidates}")
        fail(
            "document_ambiguous", text, kind=Kind.NOT_FOUND, hint=N_("type more of the number"),
            typed=typed, candidates=[document.number for document in found[:MOST]],
        )  # fmt: skip
    text = N_("there is no receivable and no receipt {typed}")
    fail("document_not_found", text, kind=Kind.NOT_FOUND, hint=N_("salescli ar list; salescli ar receipts"), typed=typed)


def _matching(r: Reader, test: str, **params: str) -> list[Document]:
    sql = _DOCUMENTS.format(
        receivable=test.format("r"),
        receipt=test.format("p"),
        mine=condition(r.actor, "receivables", "r.staff_id"),
        his=condition(r.actor, "receivables", "c.staff_id"),
        most=MOST + 1,
    )
    return r.rows(Document, sql, **params)


class Owner(NamedTuple):
    """What a posting needs to know of a customer."""

    id: int
    code: str
    name: str
    staff_id: int | None
    credit_days: int | None


def owner_of(r: Reader, customer_id: int) -> Owner:
    """The customer of a posting."""
    found = r.first(Owner, "SELECT id, code, name, staff_id, credit_days FROM customer WHERE id = :id", id=customer_id)
    if found is None:
        raise LookupError(customer_id)
    return found


def numbered(r: Reader, number: str) -> bool:
    """Whether a receivable or a receipt bears this number."""
    sql = "SELECT 1 FROM receivable WHERE number = :n UNION ALL SELECT 1 FROM receipt WHERE number = :n"
    return r.value(sql, n=number) is not None


def first_day(r: Reader, customer_id: int) -> str | None:
    """The day of a customer's first order, receivable or receipt; None when there is none."""
    sql = """SELECT min(day) FROM (
                 SELECT min(date) AS day FROM receivable WHERE customer_id = :id
                 UNION ALL SELECT min(date) FROM receipt WHERE customer_id = :id
                 UNION ALL SELECT min(date) FROM sales_order WHERE customer_id = :id) AS days"""
    found: str | None = r.value(sql, id=customer_id)
    return found


def twin(r: Reader, customer_id: int, amount: int, day: date) -> str | None:
    """A standing receipt of the same customer, day and amount."""
    sql = """SELECT p.number FROM receipt p
             WHERE p.customer_id = :id AND p.date = :day AND p.amount = :amount
               AND NOT EXISTS (SELECT 1 FROM receipt v WHERE v.reverses_id = p.id) ORDER BY p.number"""
    found: str | None = r.value(sql, id=customer_id, day=day, amount=amount)
    return found


def order_claims(r: Reader, number: str) -> list[Document]:
    """What an order, or a delivery, left owed: its open receivables, oldest due first."""
    sql = """SELECT id, number, 0, customer_id, date, amount, kept_open, held, 0, delivery_number FROM receivable
             WHERE kept_open <> 0 AND kept_open > 0 AND (order_number = :number OR delivery_number = :number) ORDER BY due_date, number"""
    return r.rows(Document, sql, number=number)


class Balance(NamedTuple):
    """A receivable's number and what is open on it."""

    number: str
    open: int


def balances(r: Reader, ids: Iterable[int]) -> dict[int, Balance]:
    """Numbers and open amounts of receivables, oldest due first."""
    named = ", ".join(map(str, ids)) or "0"
    rows = r.tuples(f"SELECT id, number, kept_open FROM receivable WHERE id IN ({named}) ORDER BY due_date, number")
    return {row_id: Balance(number, open_) for row_id, number, open_ in rows}
