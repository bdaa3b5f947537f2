"""Whether a line may bear a price: off the price table only with approval, below the floor never (PRC-05, PRC-09)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.approval import Ask
from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import N_
from salescli.core.money import RATE_ONE, divide, price_text, quantity_text, rate_of
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from salescli.core.i18n import Message
    from salescli.price.states import PriceSource

EXTRA = "MGT"
"""Who decides beyond the posts of approval.path.AP-01."""


class Resolved(NamedTuple):
    """The price of a product for somebody on a day, and the way to it. Prices in 1/10,000 of `currency` (None: the book's).

    `unit_price` and `list_price` are None where there is none; `cost` is the stock's average, else that of the product's file;
    `last_price` is what this customer last paid, on `last_date`, after discount; `steps` tell a person the way.
    """

    unit_price: int | None
    list_price: int | None
    source: PriceSource
    rule_id: int | None
    floor_price: int | None
    cost: int | None
    last_price: int | None
    last_date: date | None
    steps: tuple[Message, ...]
    product_id: int
    sku: str
    currency: str | None = None
    no_discount: bool = False


class PathPolicy(NamedTuple):
    """approval.path.AP-01, price.deviation_steps and price.margin_floor_pct (rates in 1/10,000)."""

    path: tuple[str, ...] = ("SUP", "MGR")
    steps: tuple[int, ...] = (0, 500, 1000)
    margin_floor: int = 1000


def net_price(unit_price: int, discount: int) -> int:
    """A unit price after a discount (1/10,000), half up."""
    return divide(unit_price * (RATE_ONE - discount), RATE_ONE)


def margin(price: int | None, cost: int | None) -> int | None:
    """The part of a price (1/10,000) that is not cost; None where either is unknown or nothing is paid."""
    return None if price is None or cost is None else rate_of(price - cost, price)


def deviation(table_price: int | None, price: int) -> int:
    """How far a price lies from the table's, in 1/10,000 of it: below it positive, above it negative, without one 0."""
    return (rate_of(table_price - price, table_price) or 0) if table_price else 0


def reached(table_price: int | None, price: int) -> int:
    """`deviation` as deciding takes it: not rounded down, so that a cent beyond a step is beyond it. QUO-05."""
    if not table_price:
        return 0
    size = -(-abs(table_price - price) * RATE_ONE // table_price)
    return size if price < table_price else -size


def kept(price: int | None, cost: int | None) -> int | None:
    """`margin` as deciding takes it: not rounded up, so that a cent below the margin floor is below it. QUO-05."""
    return None if not price or cost is None else (price - cost) * RATE_ONE // price


def approval_posts(off: int, earned: int | None, policy: PathPolicy) -> tuple[str, ...]:
    """Who must approve a price that lies `off` the table and earns the margin `earned`: a post more for each step passed, and one
    more below the margin floor; nobody while it stays inside the first step and above the floor. AP-01, QUO-05.
    """
    passed = sum(abs(off) > step for step in policy.steps) + (earned is not None and earned < policy.margin_floor)
    return (*policy.path, EXTRA)[:passed]


def check_line_price(
    resolved: Resolved,
    unit_price: int,
    discount: int = 0,
    *,
    document: str = "",
    line_no: int = 0,
    quantity: int = 0,
    policy: PathPolicy | None = None,
) -> list[Problem]:
    """Whether a line may bear this price and discount: below the floor it stops (PRC-09), off the table it needs AP-01 (PRC-05).

    The problem carries its `ask`, which holds for this quantity (1/1,000) only; whoever holds a reader asks `core.approval.granted`
    before refusing (`price.reads_offlist` does it for a whole document, with one request).
    """
    price = net_price(unit_price, discount)
    asked = {"line": line_no, "sku": resolved.sku, "price": price_text(price), "quantity": quantity_text(quantity)}
    return [*check_floor(resolved, price), *_check_table(resolved, price, document, asked, policy or PathPolicy())]


def check_nothing(sku: str, price: int | None) -> list[Problem]:
    """Nothing is sold at 0.00, by a price, a discount or the price table: gifts have a plan, free goods papers and a decision. ORD-09."""
    if price != 0:
        return []
    text = N_("{sku}: nothing is sold at 0.00; what costs nothing is given by a promotion or as free goods")
    hint = N_("salescli promo plan --kind gift --help; salescli order new CUSTOMER {sku}=QTY --free")
    return [problem("price_zero", text, rule="ORD-09", hint=hint, sku=sku)]


def check_floor(resolved: Resolved, price: int) -> list[Problem]:
    """Nobody sells below the lowest price, not even with approval; exactly at it is allowed. PRC-09."""
    if resolved.floor_price is None or price >= resolved.floor_price:
        return []
    text = N_("{sku} at {price:price} lies below its lowest price {floor:price}; no approval lifts that")
    hint = N_("salescli price quote-for CUSTOMER {sku} 1 shows how far one may go")
    return [problem("below_floor", text, rule="PRC-09", hint=hint, sku=resolved.sku, price=price, floor=resolved.floor_price)]


def _check_table(resolved: Resolved, price: int, document: str, asked: Mapping[str, Any], policy: PathPolicy) -> list[Problem]:
    if resolved.unit_price is None or price == resolved.unit_price:
        return []
    off = deviation(resolved.unit_price, price)
    posts = approval_posts(reached(resolved.unit_price, price), kept(price, resolved.cost), policy)
    if not posts:
        return []
    text = (
        N_("{sku} at {price:price} is {off:pct} per cent below its price {table:price} ({source:code})")
        if price < resolved.unit_price
        else N_("{sku} at {price:price} is {off:pct} per cent above its price {table:price} ({source:code})")
    )
    ask = Ask("AP-01", document, asked, posts)
    hint = N_('file it: say the command again with --request "reason"')
    return [
        problem(
            "off_list_price", text, kind=Kind.APPROVAL, rule="PRC-05", ask=ask, hint=hint,
            sku=resolved.sku, price=price, off=abs(off), table=resolved.unit_price, source=resolved.source.value,
        )
    ]  # fmt: skip


def worst(asks: Sequence[Ask]) -> tuple[str, ...]:
    """The longest of several paths: one request for a document goes as far as its worst line."""
    return max((ask.posts or () for ask in asks), key=len, default=())
