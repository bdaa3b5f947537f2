"""The price for one customer, product and quantity, with the way to it (PRC-05, PRC-08, PRC-09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.i18n import N_, Message, msg
from salescli.core.lookup import find, find_optional
from salescli.core.money import divide, line_amount
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.price.reads import need_prices
from salescli.price.reads_resolve import resolve
from salescli.price.rules import Resolved, margin
from salescli.product.rules_file import warn_channel
from salescli.product.units import in_base_unit

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from salescli.core.reader import Reader

QUOTE = (
    Column("customer", N_("Customer")),
    Column("sku", N_("SKU")),
    Column("quantity", N_("Quantity"), "quantity"),
    Column("unit", N_("Unit")),
    Column("currency", N_("Currency")),
    Column("list_price", N_("List price"), "price"),
    Column("unit_price", N_("Price"), "price"),
    Column("source", N_("Price from"), "code"),
    Column("promotion", N_("Promotion")),
    Column("promo_discount", N_("Promotion takes off"), "amount"),
    Column("amount", N_("Amount"), "amount"),
    Column("last_price", N_("Last price"), "price"),
    Column("last_date", N_("Last bought"), "date"),
    Column("floor_price", N_("Lowest price"), "price"),
    Column("cost", N_("Cost price"), "price"),
    Column("margin_pct", N_("Margin %"), "percent"),
)


class Promoted(NamedTuple):
    """What promotions make of a line: the plans, what they take off (1/100), and the reasons."""

    plans: str | None
    discount: int
    reasons: tuple[Message, ...]


class Asked(NamedTuple):
    """A question about a price: quantity in 1/1,000 of `unit` (None: the base unit)."""

    quantity: int
    unit: str | None = None
    channel: str | None = None
    currency: str | None = None


NOTHING = Promoted(None, 0, ())


def quote_for(
    r: Reader, customer: str, product: str, asked: Asked, day: date, promote: Callable[[Resolved, int, int | None], Promoted] | None = None
) -> Report:
    """What a product costs a customer, and why. PRC-05, PRC-08, PRC-09.

    `promote(resolved, quantity, customer_id)` says what promotions add. Raises SalesError: 2 an unknown unit, 3 no customer, no product.
    """
    need_prices(r)
    buyer, goods = find_optional(r, "customer", None if customer == "-" else customer), find(r, "product", product)
    base, unit = in_base_unit(r, goods.id, asked.quantity, asked.unit)
    buyer_id = buyer.id if buyer else None
    found = resolve(r, goods.id, base, customer_id=buyer_id, day=day, channel=asked.channel, currency=asked.currency)
    promoted = promote(found, base, buyer_id) if promote and found.unit_price is not None else NOTHING
    amount = line_amount(abs(base), found.unit_price) - promoted.discount if found.unit_price is not None else None
    signed = -amount if amount and base < 0 else amount  # a return
    net = divide(amount * 100_000, abs(base)) if amount is not None and base else found.unit_price
    row = (
        buyer.code if buyer else None, goods.code, base, unit, asked.currency, found.list_price, found.unit_price, found.source.value,
        promoted.plans, promoted.discount or None, signed, found.last_price, found.last_date.isoformat() if found.last_date else None,
        found.floor_price, found.cost, margin(net, found.cost),
    )  # fmt: skip
    return Report(
        name="price-quote-for",
        title=msg(N_("Price of {sku} {name}"), sku=goods.code, name=goods.name),
        columns=QUOTE,
        rows=[row],
        notes=(*found.steps, *promoted.reasons, *_remarks(found, net), *_channel(r, goods.id, goods.code, asked.channel)),
        as_of=day.isoformat(),
        record=True,
    )


def _channel(r: Reader, product_id: int, sku: str, channel: str | None) -> list[Message]:
    """The warning that goods belong to other channels. PRD-03."""
    channels = r.value("SELECT channels FROM product WHERE id = :id", id=product_id)
    return [warning.message for warning in warn_channel(sku, channels, channel)]


def _remarks(found: Resolved, net: int | None) -> list[Message]:
    """What a salesperson should know before he names the price."""
    remarks = []
    if found.last_price is not None and net is not None and net > found.last_price and found.last_date:
        text = N_("the customer paid less the last time: {last:price} on {day}")
        remarks.append(msg(text, last=found.last_price, day=found.last_date.isoformat()))
    if found.floor_price is not None and net is not None and net < found.floor_price:
        remarks.append(msg(N_("that lies below the lowest price {floor:price}"), floor=found.floor_price))
    return remarks
