"""What the lines of a quote or contract cost: the table's price unless another was typed, promotions, tax (QUO-01, PRC-08, PRO-01)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.errors import Kind, Problem, SalesError, problem, raise_if
from salescli.core.i18n import N_
from salescli.core.lookup import find
from salescli.core.record import NamedTuple
from salescli.core.tax import prices_are_net, tax_of
from salescli.product.rules_file import check_channel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salescli.core.reader import Reader
    from salescli.promo.rules_plan import PricedLine


class Wanted(NamedTuple):
    """A line as somebody wants it: quantity 1/1,000, price 1/10,000 where typed, discount 1/10,000."""

    sku: str
    quantity: int
    price: int | None = None
    discount: int = 0


def price_lines(r: Reader, customer_id: int, day: date, channel: str | None, wanted: Sequence[Wanted]) -> list[dict[str, Any]]:
    """Every line as the columns of a document's line, gifts of promotions last. QUO-01, PRC-08, PRO-01.

    Raises SalesError with all that is wrong: goods unknown, ended or without a price.
    """
    from salescli.promo.actions_pricing import promoted  # pricing is loaded by who prices, not by every list of quotes

    lines: list[PricedLine] = []
    problems: list[Problem] = []
    for want in wanted:
        try:
            lines.append(_line(r, customer_id, day, channel, want))
        except SalesError as error:
            problems += error.problems
    raise_if(problems)
    region = r.value("SELECT region FROM customer WHERE id = :id", id=customer_id)
    done = promoted(r, lines, customer_id, day, channel, region)
    net = prices_are_net(r)
    return [_columns(line, net=net) for line in (*done.lines, *done.gifts)]


def _line(r: Reader, customer_id: int, day: date, channel: str | None, want: Wanted) -> PricedLine:
    from salescli.price.reads_resolve import resolve
    from salescli.price.rules import check_nothing, net_price
    from salescli.promo.actions_pricing import line_of, no_price

    product = find(r, "product", want.sku)
    raise_if(_check(r, product.id, want, channel))
    found = resolve(r, product.id, want.quantity, customer_id=customer_id, day=day, channel=channel)
    price = found.unit_price if want.price is None else want.price
    if price is None:
        raise SalesError([no_price(product.code, day)])
    raise_if(check_nothing(product.code, net_price(price, want.discount)))
    return line_of(r, found, want.quantity, price, want.discount)


_SOLD = "SELECT sku, name, active = 1 AND coalesce(life_state, '') <> 'ended', channels FROM product WHERE id = :id"


def _check(r: Reader, product_id: int, want: Wanted, channel: str | None) -> list[Problem]:
    """The quantity is above zero, the price not below, and the goods are still sold, on this channel. PRD-01, PRD-03."""
    sku, name, sold, channels = r.tuples(_SOLD, id=product_id)[0]
    found = []
    if want.quantity <= 0:
        text = N_("{sku}: the quantity {quantity:qty} is not above zero")
        found.append(problem("quantity_not_positive", text, kind=Kind.USAGE, sku=sku, quantity=want.quantity))
    if want.price is not None and want.price < 0:
        found.append(problem("price_negative", N_("{sku}: a price is not below zero"), kind=Kind.USAGE, sku=sku))
    if not sold:
        text = N_("{sku} {name} is not sold any more")
        found.append(problem("product_ended", text, rule="PRD-01", hint=N_("salescli product show {sku}"), sku=sku, name=name))
    return [*found, *check_channel(sku, name, channels, channel)]


def _columns(line: PricedLine, *, net: bool) -> dict[str, Any]:
    return {
        "product_id": line.product_id, "quantity": line.quantity, "unit_price": line.unit_price, "discount": line.discount,
        "amount": line.amount, "tax": tax_of(line.amount, line.tax_rate or 0, net=net),
        "unit_cost": line.cost, "list_price": line.list_price, "price_source": line.price_source, "promo_discount": line.promo_discount,
        "promo_number": line.promo_number, "gift": line.gift,
    }  # fmt: skip
