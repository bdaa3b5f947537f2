"""What the lines of a quote or contract cost: the table's price unless another was typed, with tax (QUO-01, PRC-08)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from salescli.core.errors import Kind, Problem, problem, raise_if
from salescli.core.i18n import N_
from salescli.core.lookup import find
from salescli.core.money import line_amount, multiply_rate, net_of_tax
from salescli.price.reads_resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salescli.core.reader import Reader
    from salescli.price.rules import Resolved


class Wanted(NamedTuple):
    """A line as somebody wants it: quantity 1/1,000, price 1/10,000 where typed, discount 1/10,000."""

    sku: str
    quantity: int
    price: int | None = None
    discount: int = 0


class PricedLine(NamedTuple):
    """A line ready to be written; amounts in 1/100, prices in 1/10,000."""

    resolved: Resolved
    quantity: int
    unit_price: int
    discount: int
    amount: int
    tax: int
    promo_discount: int = 0
    promo_number: str | None = None
    gift: bool = False

    def columns(self) -> dict[str, Any]:
        """The line as the columns of a document's line."""
        return {
            "product_id": self.resolved.product_id, "quantity": self.quantity, "unit_price": self.unit_price, "discount": self.discount,
            "amount": self.amount, "tax": self.tax, "unit_cost": self.resolved.cost, "list_price": self.resolved.list_price,
            "price_source": self.resolved.source.value, "promo_discount": self.promo_discount, "promo_number": self.promo_number,
            "gift": self.gift,
        }  # fmt: skip


class _Goods(NamedTuple):
    id: int
    sku: str
    name: str
    active: int
    tax_rate: int | None


def is_net(r: Reader) -> bool:
    """Whether the book's prices come without tax."""
    return bool(r.value("SELECT value FROM meta WHERE key = 'prices'") == "net")


def price_lines(r: Reader, customer_id: int, day: date, channel: str | None, wanted: Sequence[Wanted]) -> list[PricedLine]:
    """Every line with price, amount and tax. Raises SalesError with all that is wrong: goods unknown, ended or without a price."""
    sql = "SELECT id, sku, name, active, tax_rate FROM product WHERE id = :id"
    goods = [r.rows(_Goods, sql, id=find(r, "product", line.sku).id)[0] for line in wanted]
    raise_if(p for line, found in zip(wanted, goods, strict=True) for p in _check(line, found))
    net = is_net(r)
    priced: list[PricedLine] = []
    problems: list[Problem] = []
    for line, found in zip(wanted, goods, strict=True):
        resolved = resolve(r, found.id, line.quantity, customer_id=customer_id, day=day, channel=channel)
        price = resolved.unit_price if line.price is None else line.price
        if price is None or price < 0:
            problems.append(_no_price(found, day, typed=line.price is not None))
            continue
        amount = line_amount(line.quantity, price, line.discount)
        rate = found.tax_rate or 0
        tax = multiply_rate(amount, rate) if net else amount - net_of_tax(amount, rate)
        priced.append(PricedLine(resolved, line.quantity, price, line.discount, amount, tax))
    raise_if(problems)
    return priced


def _check(line: Wanted, goods: _Goods) -> list[Problem]:
    found = []
    if line.quantity <= 0:
        text = N_("{sku}: the quantity {quantity:qty} is not above zero")
        found.append(problem("quantity_not_positive", text, kind=Kind.USAGE, sku=goods.sku, quantity=line.quantity))
    if not goods.active:
        text = N_("{sku} {name} is not sold any more")
        found.append(problem("product_ended", text, rule="PRD-01", hint=N_("salescli product show {sku}"), sku=goods.sku, name=goods.name))
    return found


def _no_price(goods: _Goods, day: date, *, typed: bool) -> Problem:
    if typed:
        return problem("price_negative", N_("{sku}: a price is not below zero"), kind=Kind.USAGE, sku=goods.sku)
    text, hint = N_("{sku} has no price on {day}"), N_("name one, as in {sku}=10@128.00")
    return problem("no_price", text, rule="PRC-08", hint=hint, sku=goods.sku, day=day.isoformat())
