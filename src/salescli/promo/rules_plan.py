"""The values promotions work on: a plan as it applies to a customer on a day, a priced line, a gift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from salescli.core.i18n import Message

CUTTING = frozenset({"discount", "spend_and_save", "bundle"})
"""Kinds that lower prices: goods that bear no discount take no part in them (PRO-07)."""


def lowers_prices(kind: str, *, cheapest: bool) -> bool:
    """Whether a plan of a kind takes something off prices: goods that bear no discount take no part. PRO-07."""
    return kind in CUTTING or cheapest


class PricedLine(NamedTuple):
    """A document's line as priced: quantity 1/1,000 of the base unit, prices 1/10,000, amounts 1/100, discount and tax rate 1/10,000.

    `amount` = line_amount(quantity, unit_price, discount) - promo_discount. `fixed`: its price was typed and differs from the price
    table, so promotions leave it alone. `gift`: given away by `promo_number`. `cost`: the stock's average, else the product's.
    """

    product_id: int
    sku: str
    category: str | None
    quantity: int
    unit_price: int
    list_price: int | None
    floor_price: int | None
    no_discount: bool
    discount: int
    amount: int
    promo_discount: int = 0
    promo_number: str | None = None
    gift: bool = False
    fixed: bool = False
    price_source: str | None = None
    cost: int | None = None
    tax_rate: int | None = None


class Gift(NamedTuple):
    """Goods a plan gives away: so many base units each time."""

    product_id: int
    sku: str
    quantity: int
    category: str | None = None
    list_price: int | None = None
    cost: int | None = None
    tax_rate: int | None = None


class Part(NamedTuple):
    """One of the goods of a bundle, in base units."""

    product_id: int
    sku: str
    quantity: int


class Plan(NamedTuple):
    """A plan as it applies to a customer on a day; units as in `promo.tables.PromoPlan`, categories with everything below them.

    No products and no categories: all goods. `hindrance` says why it does not apply to this customer, channel, region, or any more.
    """

    number: str
    name: str
    kind: str
    products: frozenset[int] = frozenset()
    categories: frozenset[str] = frozenset()
    rate: int | None = None
    amount_off: int | None = None
    on_order: bool = False
    min_amount: int | None = None
    min_qty: int | None = None
    repeats: bool = False
    steps: tuple[tuple[int, int], ...] = ()
    buy_qty: int | None = None
    get_qty: int | None = None
    cheapest: bool = False
    gifts: tuple[Gift, ...] = ()
    parts: tuple[Part, ...] = ()
    bundle_price: int | None = None
    priority: int = 0
    stackable: bool = False
    hindrance: Message | None = None

    @property
    def cuts_prices(self) -> bool:
        """Whether it lowers prices."""
        return lowers_prices(self.kind, cheapest=self.cheapest)

    def wants(self, line: PricedLine) -> bool:
        """Whether a line's goods are in its scope."""
        if self.kind == "bundle":
            return any(part.product_id == line.product_id for part in self.parts)
        if not self.products and not self.categories:
            return True
        return line.product_id in self.products or line.category in self.categories
