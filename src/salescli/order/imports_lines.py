"""What the lines of an orders file are worth: price and discount, or the amount as given, and the tax."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.history_write import MOST
from salescli.core.i18n import N_
from salescli.core.money import line_amount, line_amounts, unit_price
from salescli.core.record import NamedTuple
from salescli.core.tax import prices_are_net, tax_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.jobs import Job
    from salescli.core.reader import Reader

NO_PRICE = N_("unit_price and amount are both empty")
TOO_MUCH = N_("quantity x price comes to more than the book holds")


class Lines(NamedTuple):
    """The order lines of the file, column by column, in file order."""

    product: list[int]
    quantity: list[int]
    price: list[int]
    discount: list[int]
    amount: list[int]
    tax: list[int]
    given: list[int]
    delivered: list[str | None]
    due: list[str | None]

    def values(self, place: int) -> tuple[int, ...]:
        """Product, quantity, price, discount, amount of one line."""
        return self.product[place], self.quantity[place], self.price[place], self.discount[place], self.amount[place]


def price_lines(job: Job, products: list[int]) -> Lines:
    """The lines priced; a line with neither price nor amount is a fault."""
    table = job.table
    quantities, discounts = table.column("quantity"), [d or 0 for d in table.column("discount_pct")]
    prices, amounts, given = _priced(job, quantities, discounts)
    if max(amounts, default=0) > MOST:
        for place in (place for place, amount in enumerate(amounts) if amount > MOST):
            job.fault(place, "quantity", "figure_too_large", TOO_MUCH)
    taxes = _taxes(job.w.reader, products, amounts)
    return Lines(products, quantities, prices, discounts, amounts, taxes, given, table.column("delivered"), table.column("due"))


def _priced(job: Job, quantities: Sequence[int], discounts: Sequence[int]) -> tuple[list[int], list[int], list[int]]:
    """Unit price, amount, and whether the amount came from the file."""
    prices = job.table.column("unit_price")
    if not job.table.has("amount") and None not in prices and None not in quantities:
        return prices, line_amounts(quantities, prices, discounts), [0] * len(prices)
    bad = {fault.row for fault in job.faults if fault.key in ("quantity", "unit_price", "amount", "discount_pct")}
    result = []
    for place, key in enumerate(zip(quantities, prices, discounts, job.table.column("amount"), strict=True)):
        found = _worth(*key)
        if found[0] < 0 and job.table.rows[place] not in bad:
            job.fault(place, "unit_price" if job.table.has("unit_price") else "amount", "missing_value", NO_PRICE)
        result.append(found)
    priced, amounts, given = zip(*result, strict=True) if result else ((), (), ())
    return list(priced), list(amounts), list(given)


def _worth(quantity: int | None, price: int | None, discount: int, amount: int | None) -> tuple[int, int, int]:
    """Price, amount, given; a price of -1 says that nothing can be known."""
    if quantity is None or (price is None and amount is None):
        return (-1, 0, 0)
    if amount is None:
        return (price or 0, line_amount(quantity, price or 0, discount), 0)
    if price is None:
        return (unit_price(amount, quantity), amount, 1)
    return (price, amount, int(line_amount(quantity, price, discount) != amount))


def _taxes(r: Reader, products: Sequence[int], amounts: Sequence[int]) -> list[int]:
    """The tax inside each amount, or on top of it in a book of net prices."""
    rates = dict(r.tuples("SELECT id, tax_rate FROM product WHERE tax_rate > 0"))
    if not rates:
        return [0] * len(amounts)
    net = prices_are_net(r)
    return [tax_of(amount, rates[product], net=net) if product in rates else 0 for product, amount in zip(products, amounts, strict=True)]
