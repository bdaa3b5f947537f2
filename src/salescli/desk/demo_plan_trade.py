"""What the demo office's prices, promotions and frame contracts make of its orders. Plain facts, nothing written here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from salescli.core.money import line_amount, parse_amount, parse_price, parse_quantity, parse_rate
from salescli.core.record import NamedTuple
from salescli.desk.demo_words import office, products, workday
from salescli.price.states import PriceSource
from salescli.promo.rules import Plan, PricedLine, apply
from salescli.promo.rules_plan import Gift

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.desk.demo_plan import CustomerPlan

NOTICE = 14
"""Days from a price change form to the day its prices hold."""


class Line(NamedTuple):
    """One line of an order: product by index, 1/1,000, 1/10,000, 1/10,000, 1/100; where the price comes from, which plan gave what."""

    product: int
    quantity: int
    price: int
    discount: int
    amount: int
    list_price: int
    source: str = PriceSource.LIST.value
    promo_discount: int = 0
    promo: str | None = None
    gift: bool = False


@dataclass(frozen=True)
class Form:
    """A price change form: asked for on a day, in force from another; `kind` is empty once its prices were written."""

    asked: date
    by: str
    prices: dict[str, int]
    reason: str
    basis: str
    customer_class: str | None
    kind: str
    answer: str | None

    @property
    def holds(self) -> date:
        """The first day of its prices."""
        return self.asked + timedelta(NOTICE)


def forms(today: date) -> list[Form]:
    """The price change forms of the year, oldest first."""
    return [
        Form(
            workday(today - timedelta(f["ago"])), f["by"], {sku: parse_price(p) for sku, p in f["prices"].items()}, f["reason"], f["basis"],
            f.get("class"), f.get("kind", ""), f.get("answer"),
        )
        for f in office()["price"]
    ]  # fmt: skip


class Prices:
    """What a product costs a class of customers on a day; without a day to count from nothing ever changed."""

    def __init__(self, today: date | None) -> None:
        self.goods = products()
        self.steps: dict[int, list[tuple[date, str | None, int]]] = {}
        places = {p["sku"]: i for i, p in enumerate(self.goods)}
        for form in forms(today) if today else ():
            if form.kind:
                continue
            for sku, price in form.prices.items():
                self.steps.setdefault(places[sku], []).append((form.holds, form.customer_class, price))

    def at(self, product: int, customer_class: str | None, day: date) -> tuple[int, int, str]:
        """Price, list price and source."""
        listed, own = self.goods[product]["list_price"], None
        for first, wanted, price in self.steps.get(product, ()):
            if first <= day:
                listed, own = (price, own) if wanted is None else (listed, price if wanted == customer_class else own)
        return (listed, listed, PriceSource.LIST.value) if own is None else (own, listed, PriceSource.CLASS.value)


# --- promotions ---------------------------------------------------------------------------------------------------------


class Promo(NamedTuple):
    """A promotion of the year: what demo.toml says, its days, and the plan as the rules take it (its number is its place)."""

    words: dict[str, Any]
    first: date
    last: date
    plan: Plan

    @property
    def planned(self) -> date:
        """The day it was planned and asked for."""
        return workday(self.first - timedelta(12))


def promos(today: date) -> list[Promo]:
    """The promotions of the year, oldest first."""
    return [
        Promo(words, today - timedelta(words["first"]), today - timedelta(words["last"]), _plan(str(place), words))
        for place, words in enumerate(office()["promo"])
    ]


def _plan(number: str, words: dict[str, Any]) -> Plan:
    steps = tuple(tuple(map(parse_amount, step.split("="))) for step in words.get("steps", ()))
    return Plan(
        number, words["name"], words["kind"], categories=frozenset(words["categories"]),
        rate=parse_rate(words["percent"]) if "percent" in words else None, steps=steps,  # type: ignore[arg-type]
        min_qty=parse_quantity(words["min_qty"]) if "min_qty" in words else None,
        buy_qty=parse_quantity(words["buy"]) if "buy" in words else None, get_qty=parse_quantity(words["get"]) if "get" in words else None,
        gifts=tuple(_gift(*gift.split("=")) for gift in words.get("gifts", ())),
    )  # fmt: skip


def _gift(sku: str, quantity: str) -> Gift:
    place, goods = next((i, p) for i, p in enumerate(products()) if p["sku"] == sku)
    return Gift(place, sku, parse_quantity(quantity), goods["category"], goods["list_price"], goods["cost"], goods["tax_rate"])


def promoted(lines: Sequence[Line], plans: Sequence[Plan], goods: Sequence[dict[str, Any]]) -> list[Line]:
    """Lines with what running promotions made of them, gifts last; the floor holds and typed prices stay."""
    if not plans:
        return list(lines)
    done = apply([_priced(line, goods[line.product]) for line in lines], plans)
    kept = [
        line._replace(amount=new.amount, promo_discount=new.promo_discount, promo=new.promo_number)
        for line, new in zip(lines, done.lines, strict=True)
    ]
    return kept + [
        Line(g.product_id, g.quantity, g.unit_price, g.discount, g.amount, g.list_price or 0, g.price_source or PriceSource.LIST.value,
             g.promo_discount, g.promo_number, gift=True)
        for g in done.gifts
    ]  # fmt: skip


def _priced(line: Line, goods: dict[str, Any]) -> PricedLine:
    return PricedLine(
        line.product, goods["sku"], goods["category"], line.quantity, line.price, line.list_price, goods["floor_price"], False,
        line.discount, line.amount, fixed=bool(line.discount), price_source=line.source,
    )  # fmt: skip


# --- frame contracts ----------------------------------------------------------------------------------------------------


class Frame(NamedTuple):
    """A frame contract: customer and goods by index, the discount agreed, its days, and what became of it."""

    customer: int
    staff: int
    goods: tuple[int, ...]
    discount: int
    first: date
    last: date
    fate: str


def frames(today: date, people: Sequence[CustomerPlan]) -> list[Frame]:
    """The frame contracts of the largest customers who pay well."""
    places = {p["sku"]: i for i, p in enumerate(products())}
    large = sorted((i for i, p in enumerate(people) if p.payer.name == "good"), key=lambda i: -people[i].weight)
    return [
        Frame(
            customer, people[customer].staff, tuple(places[sku] for sku in words["skus"]), parse_rate(words["discount"]),
            first := workday(today - timedelta(words["ago"])), first + timedelta(words["length"]), words["fate"],
        )
        for customer, words in zip(large, office()["frame"], strict=False)
    ]  # fmt: skip


SIGNING = 6
"""Days from drafting a contract to the paper in the file; orders of it come later."""


def framed(frame: Frame, prices: Prices, customer_class: str, day: date, picked: Sequence[tuple[int, int]]) -> list[Line]:
    """Lines of an order under a contract: its goods at the price of its first day less the discount agreed."""
    found = []
    for product, quantity in picked:
        price = prices.at(product, customer_class, frame.first)[0]
        amount = line_amount(quantity, price, frame.discount)
        listed, source = prices.at(product, customer_class, day)[1:]
        found.append(Line(product, quantity, price, frame.discount, amount, listed, source))
    return found
