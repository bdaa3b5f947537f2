"""Papers of an order: the order sheet a customer confirms, the delivery note he signs (ORD-10, ORD-13, ORD-17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from salescli.core.i18n import N_, _, language
from salescli.core.money import amount_text, grouped, price_text, quantity_text
from salescli.core.printing import Paper, Sheet, capitals
from salescli.order.reads import visible
from salescli.order.reads_life import Parcel, find_parcel
from salescli.order.reads_show import find_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.reader import Reader


class _Line(NamedTuple):
    sku: str
    name: str
    spec: str | None
    unit: str | None
    quantity: int
    unit_price: int
    discount: int
    amount: int
    tax: int


class _Customer(NamedTuple):
    code: str
    name: str
    address: str | None
    contact: str | None
    phone: str | None
    reference: str | None


_CUSTOMER = """SELECT c.code, c.name, c.address, k.name, k.phone, o.customer_ref FROM sales_order o JOIN customer c ON c.id = o.customer_id
LEFT JOIN contact k ON k.customer_id = c.id AND k.main = 1 WHERE o.id = :id"""
_ORDERED = """SELECT p.sku, p.name, p.spec, p.unit, l.quantity, l.unit_price, l.discount, l.amount, l.tax
FROM order_line l JOIN product p ON p.id = l.product_id WHERE l.order_id = :id ORDER BY l.line_no"""
_SENT = """SELECT p.sku, p.name, p.spec, p.unit, x.quantity, l.unit_price, l.discount, x.amount, x.tax
FROM delivery_line x JOIN order_line l ON l.id = x.order_line_id JOIN product p ON p.id = l.product_id
WHERE x.delivery_id = :id ORDER BY l.line_no"""


def paper_of(r: Reader, number: str, *, prices: bool = True) -> Paper:
    """The delivery note (or return note) of that number, else the order sheet; without prices for goods sent to somebody else's door.

    Raises SalesError (3) for a number nobody knows.
    """
    priced = prices and r.actor.sees_prices
    sql = f"SELECT o.id FROM sales_order o WHERE o.number IN (:n, :up) AND {visible(r)}"
    known = r.value(sql, n=number.strip(), up=number.strip().upper())
    return order_sheet(r, number, priced=priced) if known else delivery_note(r, find_parcel(r, number), priced=priced)


def order_sheet(r: Reader, number: str, *, priced: bool) -> Paper:
    """What was ordered, for the customer to confirm with his signature. ORD-10."""
    order = find_order(r, number, r.today)
    lines = r.rows(_Line, _ORDERED, id=order.id)
    fields = [*_buyer(r, order.id), (_(N_("Order date")), order.ordered_on), (_(N_("Promised")), order.promised or "-")]
    return Paper(
        name="order", title=_(N_("Order")), number=order.number, company=_company(r), fields=fields, tables=[_sheet(r, lines, priced)],
        clauses=_in_words(r, lines, priced), signatures=[_(N_("Supplier")), _(N_("Customer, confirmed on"))], draft=order.state == "draft",
    )  # fmt: skip


def delivery_note(r: Reader, parcel: Parcel, *, priced: bool) -> Paper:
    """What was handed over (or taken back) on one day, for the customer to sign. ORD-13, ORD-17."""
    lines = r.rows(_Line, _SENT, id=parcel.id)
    fields = [
        *_buyer(r, parcel.order_id), (_(N_("Order")), parcel.order), (_(N_("Date")), parcel.date),
        (_(N_("Carrier")), parcel.carrier or "-"), (_(N_("Waybill")), parcel.waybill or "-"),
    ]  # fmt: skip
    title = N_("Delivery note") if parcel.kind == "delivery" else N_("Return note")
    return Paper(
        name="delivery_note", title=_(title), number=parcel.number, company=_company(r), fields=fields, tables=[_sheet(r, lines, priced)],
        clauses=_in_words(r, lines, priced), signatures=[_(N_("Handed over by")), _(N_("Received by"))],
    )  # fmt: skip


def _company(r: Reader) -> str:
    return str(r.value("SELECT value FROM meta WHERE key = 'company'") or "")


def _buyer(r: Reader, order_id: int) -> list[tuple[str, str]]:
    who = r.rows(_Customer, _CUSTOMER, id=order_id)[0]
    return [
        (_(N_("Customer")), f"{who.name} ({who.code})"), (_(N_("Address")), who.address or "-"),
        (_(N_("Contact")), " ".join(filter(None, (who.contact, who.phone))) or "-"), (_(N_("Your order number")), who.reference or "-"),
    ]  # fmt: skip


def _sheet(r: Reader, lines: Sequence[_Line], priced: bool) -> Sheet:
    heads = [_(N_("No.")), _(N_("SKU")), _(N_("Name")), _(N_("Unit")), _(N_("Quantity"))]
    right = [True, False, False, False, True]
    rows = [
        [str(no), line.sku, " ".join(filter(None, (line.name, line.spec))), line.unit or "", quantity_text(line.quantity)]
        for no, line in enumerate(lines, 1)
    ]
    total = ["", _(N_("Total")), "", "", quantity_text(sum(line.quantity for line in lines))]
    if priced:
        heads += [_(N_("Unit price")), _(N_("Amount"))]
        right += [True, True]
        money = [[grouped(price_text(line.unit_price)), grouped(amount_text(_worth(r, line)))] for line in lines]
        rows = [row + figures for row, figures in zip(rows, money, strict=True)]
        total += ["", grouped(amount_text(sum(_worth(r, line) for line in lines)))]
    return Sheet(heads, rows, right, total)


def _worth(r: Reader, line: _Line) -> int:
    net = r.value("SELECT value FROM meta WHERE key = 'prices'") == "net"
    return line.amount + (line.tax if net else 0)


def _in_words(r: Reader, lines: Sequence[_Line], priced: bool) -> list[tuple[str, str]]:
    """The sum in capital figures, as Chinese papers carry it."""
    if not priced or language() != "zh":
        return []
    return [(_(N_("Amount in capitals")), capitals(sum(_worth(r, line) for line in lines)))]
