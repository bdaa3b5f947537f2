"""What a product costs a customer on a day, and the way to it (PRC-05, PRC-08, PRC-09)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salescli.core.i18n import N_, Message, msg
from salescli.core.money import divide, unit_price
from salescli.core.record import NamedTuple
from salescli.price.rules import Resolved, net_price
from salescli.price.rules_table import Asked, Rule, candidates, pick, source
from salescli.price.states import PriceSource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salescli.core.reader import Reader

UNITS_OF_RATE = 100
"""An exchange rate is that of so many units of the foreign currency."""


class Goods(NamedTuple):
    """What the product's file says: prices in 1/10,000, cost the stock's average where there is one; a price of 0 is none (ORD-09)."""

    id: int
    sku: str
    first_price: int | None
    floor_price: int | None
    cost: int | None
    no_discount: bool


class _Last(NamedTuple):
    unit_price: int
    discount: int
    day: str


_GOODS = "SELECT id, sku, nullif(list_price, 0), floor_price, cost, no_discount FROM product WHERE id = :product"
_STOCK = "SELECT sum(kept_quantity), sum(kept_value) FROM stock_item WHERE product_id = :product AND kept_value IS NOT NULL"
_RULE = "SELECT id, customer_id, customer_class, channel, min_qty, currency, unit_price, valid_from, valid_to FROM price_rule"
_OPEN = "product_id = :product AND valid_from <= :day AND (valid_to IS NULL OR valid_to >= :day)"
_RULES = f"{_RULE} WHERE customer_id IS NULL AND {_OPEN} UNION ALL {_RULE} WHERE customer_id = :customer AND {_OPEN}"
# A file that gives amounts has taken its discounts off already: the discount beside them is information.
_LAST = """
SELECT l.unit_price, CASE WHEN l.amount_given = 1 THEN 0 ELSE l.discount END, o.date FROM sales_order o CROSS JOIN order_line l
WHERE o.customer_id = :customer AND l.order_id = o.id AND l.product_id = :product AND o.date <= :day
  AND o.state IN ('confirmed', 'closed') AND l.gift = 0
ORDER BY o.date DESC, o.id DESC, l.line_no DESC LIMIT 1"""
_RATE = "SELECT rate FROM exchange_rate WHERE currency = :currency AND day <= :day ORDER BY day DESC LIMIT 1"


def resolve(
    reader: Reader,
    product_id: int,
    quantity: int,
    *,
    customer_id: int | None = None,
    day: date,
    channel: str | None = None,
    currency: str | None = None,
) -> Resolved:
    """The price of `quantity` (1/1,000 of the base unit) for a customer on a channel and the document's day. PRC-08.

    In a foreign currency the table's own price in it holds, else the book's price by the day's rate (none known: no price).
    """
    goods = _goods(reader, product_id)
    asked = Asked(customer_id, _class_of(reader, customer_id), channel, quantity, day.isoformat(), currency)
    rules = reader.rows(Rule, _RULES, product=product_id, customer=customer_id, day=day)
    convert = _Converter(currency, exchange_rate(reader, currency, day))
    found, price = _holding(rules, asked, goods, convert)
    last = _last(reader, product_id, customer_id, day)
    return Resolved(
        unit_price=price,
        list_price=convert(_list_price(rules, asked.day, goods)),
        source=_source(found, price),
        rule_id=found.id if found else None,
        floor_price=convert(goods.floor_price),
        cost=convert(goods.cost),
        last_price=convert(net_price(last.unit_price, last.discount)) if last else None,
        last_date=date.fromisoformat(last.day) if last else None,
        steps=tuple(_steps(rules, asked, goods, convert)),
        product_id=product_id,
        sku=goods.sku,
        currency=currency,
        no_discount=bool(goods.no_discount),
    )


def _holding(rules: Sequence[Rule], asked: Asked, goods: Goods, convert: _Converter) -> tuple[Rule | None, int | None]:
    """The row that holds and its price: in the currency asked for, else the book's own converted; no row, the product's first price."""
    found = pick(rules, asked)
    if found is not None or asked.currency is None:
        return found, found.unit_price if found else goods.first_price
    found = pick(rules, asked.at_home)
    return found, convert(found.unit_price if found else goods.first_price)


class _Converter:
    """A price of the book's currency in the one wanted."""

    def __init__(self, currency: str | None, rate: int | None) -> None:
        self.currency = currency
        self.rate = rate

    def __call__(self, price: int | None) -> int | None:
        if price is None or self.currency is None:
            return price
        return None if self.rate is None else divide(price * UNITS_OF_RATE * 10_000, self.rate)


def exchange_rate(reader: Reader, currency: str | None, day: date) -> int | None:
    """What 100 units of a currency cost on a day (1/10,000 of the book's); None for the book's own or where none is known. PRC-08."""
    return None if currency is None else reader.value(_RATE, currency=currency, day=day)


def _goods(reader: Reader, product_id: int) -> Goods:
    goods = reader.rows(Goods, _GOODS, product=product_id)[0]
    quantity, value = reader.tuples(_STOCK, product=product_id)[0]
    return goods._replace(cost=unit_price(value, quantity)) if quantity and value is not None else goods


def _class_of(reader: Reader, customer_id: int | None) -> str | None:
    if customer_id is None:
        return None
    found: str | None = reader.value("SELECT customer_class FROM customer WHERE id = :id", id=customer_id)
    return found


def _list_price(rules: Sequence[Rule], day: str, goods: Goods) -> int | None:
    """What everybody pays for one unit on the day: no scope, no break."""
    found = pick(rules, Asked(None, None, None, 0, day))
    return found.unit_price if found else goods.first_price


def _last(reader: Reader, product_id: int, customer_id: int | None, day: date) -> _Last | None:
    if customer_id is None:
        return None
    return reader.first(_Last, _LAST, customer=customer_id, product=product_id, day=day)


def _source(found: Rule | None, price: int | None) -> PriceSource:
    if price is None:
        return PriceSource.NONE
    return source(found) if found else PriceSource.LIST


# --- the way, in words --------------------------------------------------------------------------------------------------


def _steps(rules: Sequence[Rule], asked: Asked, goods: Goods, convert: _Converter) -> Iterator[Message]:
    """What was looked at: the list price, then every price that fits, the least specific first; the last one holds."""
    found = candidates(rules, asked) or candidates(rules, asked.at_home)
    if not any(source(rule) is PriceSource.LIST and rule.unit_price is not None for rule in found) and goods.first_price is not None:
        yield msg(N_("list price {price:price} (the first one, from the product's file)"), price=goods.first_price)
    for rule in reversed(found):
        yield _step(rule)
    if asked.currency is not None and pick(rules, asked) is None:
        yield _conversion(asked.currency, convert.rate)


def _step(rule: Rule) -> Message:
    facts = {
        "source": source(rule).value, "price": rule.unit_price, "quantity": rule.min_qty, "since": rule.valid_from, "until": rule.valid_to,
        "scope": rule.customer_class or "", "channel": rule.channel or "",
    }  # fmt: skip
    if rule.unit_price is None:
        return Message(N_("{source:code}: ended on {since}"), facts)
    if rule.min_qty and rule.valid_to:
        return Message(N_("{source:code} {price:price} from {quantity:qty} on, {since} to {until}"), facts)
    if rule.min_qty:
        return Message(N_("{source:code} {price:price} from {quantity:qty} on, since {since}"), facts)
    if rule.valid_to:
        return Message(N_("{source:code} {price:price}, {since} to {until}"), facts)
    return Message(N_("{source:code} {price:price} since {since}"), facts)


def _conversion(currency: str, rate: int | None) -> Message:
    if rate is None:
        return msg(N_("no exchange rate of {currency} is known: salescli price rate {currency} RATE"), currency=currency)
    return msg(N_("in {currency} at {rate:price} for 100"), currency=currency, rate=rate)
