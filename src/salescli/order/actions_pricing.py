"""What the lines of an order cost: the price table's price unless another was typed, promotions, tax (PRC-05, PRC-08, PRO-01, PRO-02)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.errors import Kind, Problem, problem, raise_if
from salescli.core.i18n import N_
from salescli.core.lookup import find
from salescli.core.money import line_amount
from salescli.core.record import NamedTuple
from salescli.core.tax import prices_are_net, tax_of
from salescli.price.reads_offlist import Priced
from salescli.price.reads_resolve import resolve
from salescli.price.rules import check_nothing, net_price
from salescli.product.rules_file import check_channel
from salescli.promo.actions_pricing import line_of, promoted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salescli.core.reader import Reader
    from salescli.price.rules import Resolved
    from salescli.promo.rules import PricedLine


class Line(NamedTuple):
    """A line as somebody wants it: product, quantity (1/1,000), price (1/10,000) and discount (1/10,000) where given.

    `promo_discount` (1/100), `promo_number` and `gift` come from a promotion plan; `free`: given without pay; `agreed`: a quote or a
    contract settled the price, so no promotion of the day touches it. `day`: when it was ordered, where that is not the document's day.
    """

    sku: str
    quantity: int
    price: int | None = None
    discount: int = 0
    promo_discount: int = 0
    promo_number: str | None = None
    gift: bool = False
    free: bool = False
    agreed: bool = False
    note: str | None = None
    day: date | None = None


class Buyer(NamedTuple):
    """For whom and when prices are looked up; promotions of another day where `promo_day` says so."""

    customer_id: int
    day: date
    channel: str | None = None
    region: str | None = None
    document: str = ""
    promo_day: date | None = None


class Costed(NamedTuple):
    """A line ready to be written: amounts in 1/100, prices in 1/10,000."""

    wanted: Line
    resolved: Resolved
    unit_price: int
    amount: int
    tax: int


class _Goods(NamedTuple):
    id: int
    sku: str
    name: str
    active: int
    tax_rate: int | None
    channels: str | None
    life_state: str | None


_GOODS = "SELECT id, sku, name, active, tax_rate, channels, life_state FROM product WHERE id = :id"


def price_lines(r: Reader, buyer: Buyer, lines: Sequence[Line]) -> list[Costed]:
    """Every line with its price, amount and tax. Raises SalesError with all that is wrong: unknown, withdrawn or priceless goods."""
    net = prices_are_net(r)
    found = [r.rows(_Goods, _GOODS, id=find(r, "product", line.sku).id)[0] for line in lines]
    raise_if(p for goods, line in zip(found, lines, strict=True) for p in _check_goods(goods, line, buyer))
    costed = [_cost(r, buyer, line, goods, net=net) for goods, line in zip(found, lines, strict=True)]
    raise_if(p for line in costed for p in _check_price(line, buyer))
    return _promote(r, buyer, costed, net=net)


def _promote(r: Reader, buyer: Buyer, lines: Sequence[Costed], *, net: bool) -> list[Costed]:
    """What the plans that run take off and add; lines that bring theirs along, and free goods, stay as they are. PRO-01, PRO-02, X-29."""
    if any(line.wanted.free or line.wanted.gift or line.wanted.agreed or line.wanted.promo_number for line in lines):
        return list(lines)
    plain = [line_of(r, line.resolved, line.wanted.quantity, line.unit_price, line.wanted.discount) for line in lines]
    done = promoted(r, plain, buyer.customer_id, buyer.promo_day or buyer.day, buyer.channel, buyer.region, document=buyer.document)
    cut = [_with_plan(before, after, net=net) for before, after in zip(lines, done.lines, strict=True)]
    return [*cut, *(_gift(r, buyer, gift) for gift in done.gifts)]


def _with_plan(line: Costed, after: PricedLine, *, net: bool) -> Costed:
    if not after.promo_number:
        return line
    wanted = line.wanted._replace(promo_discount=after.promo_discount, promo_number=after.promo_number)
    return Costed(wanted, line.resolved, line.unit_price, after.amount, tax_of(after.amount, after.tax_rate or 0, net=net))


def _gift(r: Reader, buyer: Buyer, gift: PricedLine) -> Costed:
    """A gift of a plan: a line of its own that costs nothing. PRO-04."""
    resolved = resolve(r, gift.product_id, gift.quantity, customer_id=buyer.customer_id, day=buyer.day, channel=buyer.channel)
    return Costed(Line(gift.sku, gift.quantity, 0, promo_number=gift.promo_number, gift=True), resolved, 0, 0, 0)


def _cost(r: Reader, buyer: Buyer, line: Line, goods: _Goods, *, net: bool) -> Costed:
    resolved = resolve(r, goods.id, line.quantity, customer_id=buyer.customer_id, day=line.day or buyer.day, channel=buyer.channel)
    price = 0 if line.free or line.gift else line.price if line.price is not None else resolved.unit_price
    amount = line_amount(line.quantity, price or 0, line.discount) - line.promo_discount
    return Costed(line, resolved, -1 if price is None else price, amount, tax_of(amount, goods.tax_rate or 0, net=net))


def _check_goods(goods: _Goods, line: Line, buyer: Buyer) -> list[Problem]:
    """Quantity above zero, goods still sold, and on this channel. PRD-01, PRD-03."""
    facts: dict[str, Any] = {"sku": goods.sku, "name": goods.name}
    found = []
    if line.quantity <= 0:
        text = N_("{sku}: {quantity:qty} ordered; a quantity is above zero")
        found.append(problem("bad_quantity", text, kind=Kind.USAGE, quantity=line.quantity, **facts))
    return [*found, *_check_sold(goods, buyer.channel)]


def _check_sold(goods: _Goods, channel: str | None) -> list[Problem]:
    """Goods are still sold, and on this channel. PRD-01, PRD-03."""
    found = []
    if not goods.active or goods.life_state == "ended":
        text = N_("{sku} {name} is not sold any more")
        found.append(problem("product_ended", text, rule="PRD-01", hint=N_("salescli product show {sku}"), sku=goods.sku, name=goods.name))
    return [*found, *check_channel(goods.sku, goods.name, goods.channels, channel)]


def still_sold(r: Reader, order_id: int, channel: str | None) -> list[Problem]:
    """Whether what a draft sells is still sold, and on its channel, on the day it is taken on. PRD-01, PRD-03."""
    lines = "SELECT product_id FROM order_line WHERE order_id = :order AND gift = 0"
    goods = r.rows(_Goods, _GOODS.replace("id = :id", f"id IN ({lines}) ORDER BY sku"), order=order_id)
    return [p for each in goods for p in _check_sold(each, channel)]


def _check_price(line: Costed, buyer: Buyer) -> list[Problem]:
    """A price that is there, and not nothing but for gifts of a plan and free goods. PRC-08, ORD-09."""
    sku = line.resolved.sku
    if line.unit_price >= 0 and line.amount >= 0:
        given = line.wanted.gift or line.wanted.free
        return [] if given else check_nothing(sku, net_price(line.unit_price, line.wanted.discount))
    if line.unit_price < 0 and line.wanted.price is None:
        text = N_("{sku} has no price on {day}")
        hint = N_("say one: {sku}=QTY@PRICE; or ask for a list price: salescli price request --help")
        return [problem("no_price", text, rule="PRC-08", hint=hint, sku=sku, day=buyer.day.isoformat())]
    text = N_("{sku}: a price is not below zero")
    return [problem("price_negative", text, kind=Kind.USAGE, sku=sku)]


def priced(lines: Sequence[Costed]) -> list[Priced]:
    """The lines whose prices the price table judges; gifts of a plan and free goods have approvals of their own (X-29)."""
    return [
        Priced(no, line.resolved, line.unit_price, line.wanted.discount, line.wanted.quantity)
        for no, line in enumerate(lines, 1)
        if not (line.wanted.gift or line.wanted.free)
    ]
