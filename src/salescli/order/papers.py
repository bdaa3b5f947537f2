"""Papers of an order: the order sheet a customer confirms, the delivery note he signs (ORD-10, ORD-13, ORD-17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from salescli.core.i18n import N_, _
from salescli.core.printing import Paper, capitals
from salescli.core.record import NamedTuple
from salescli.core.tax import prices_are_net
from salescli.order.reads import visible
from salescli.order.reads_batches import batches_of
from salescli.order.reads_life import Parcel, find_parcel
from salescli.order.reads_show import find_order
from salescli.price.foreign import kept
from salescli.quote.goods_sheet import Goods, goods_sheet, money
from salescli.quote.reads_paper import company

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.reader import Reader


Fields: TypeAlias = tuple[tuple[str, str | None], ...]


class _Line(NamedTuple):
    line_no: int
    sku: str
    name: str
    spec: str | None
    unit: str | None
    quantity: int
    unit_price: int
    amount: int
    reduced: bool
    gift: bool
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
_ORDERED = """SELECT l.line_no, p.sku, p.name, p.spec, p.unit, l.quantity, l.unit_price, l.amount,
  l.discount <> 0 OR l.promo_discount <> 0, l.gift, l.tax
FROM order_line l JOIN product p ON p.id = l.product_id WHERE l.order_id = :id ORDER BY l.line_no"""
_SENT = """SELECT l.line_no, p.sku, p.name, p.spec, p.unit, x.quantity, l.unit_price, x.amount,
  l.discount <> 0 OR l.promo_discount <> 0, l.gift, x.tax
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
    own = kept(r, "sales_order", order.id) if priced else None
    total = own.said(order.amount or 0).render() if own else None
    fields = (
        *_buyer(r, order.id), (N_("Order date"), order.ordered_on), (N_("Promised"), order.promised), (N_("In your currency"), total),
    )  # fmt: skip
    signatures = (_(N_("Supplier (seal)")), _(N_("Customer (seal)")))
    draft = _(N_("DRAFT - not confirmed")) if order.state == "draft" else False
    return _paper(r, "order", _(N_("Order")), order.number, fields, lines, signatures, priced=priced, draft=draft)


def delivery_note(r: Reader, parcel: Parcel, *, priced: bool) -> Paper:
    """What was handed over (or taken back) on one day and of which batches, for the customer to sign. ORD-13, ORD-17, PRD-05."""
    batches = batches_of(r, parcel.number)
    sent = r.rows(_Line, _SENT, id=parcel.id)
    lines = [x._replace(spec="; ".join(filter(None, (x.spec, batches.get(x.line_no)))) or None) for x in sent]
    fields = (
        *_buyer(r, parcel.order_id), (N_("Order"), parcel.order), (N_("Date"), parcel.date), (N_("Carrier"), parcel.carrier),
        (N_("Waybill"), parcel.waybill),
    )  # fmt: skip
    title = _(N_("Delivery note")) if parcel.kind == "delivery" else _(N_("Return note"))
    signatures = (_(N_("Handed over by")), _(N_("Received by")))
    return _paper(r, "delivery_note", title, parcel.number, fields, lines, signatures, priced=priced)


def _paper(
    r: Reader, name: str, title: str, number: str, fields: Fields, lines: Sequence[_Line], signatures: Sequence[str], *, priced: bool,
    draft: bool | str = False,
) -> Paper:  # fmt: skip
    tax = sum(line.tax for line in lines) if prices_are_net(r) else 0
    total = sum(line.amount for line in lines) + tax
    goods = goods_sheet([Goods(*line[:-1]) for line in lines], total, tax, priced=priced)
    extra = {"total": money(total), "capitals": capitals(total)} if priced else {"total": "", "capitals": ""}
    return Paper(name, title, number, company(r), fields, [goods], signatures=signatures, draft=draft, extra=extra)


def _buyer(r: Reader, order_id: int) -> Fields:
    who = r.rows(_Customer, _CUSTOMER, id=order_id)[0]
    contact = " ".join(filter(None, (who.contact, who.phone)))
    return (
        (N_("Customer"), f"{who.name} ({who.code})"), (N_("Address"), who.address), (N_("Contact"), contact),
        (N_("Your order number"), who.reference),
    )  # fmt: skip
