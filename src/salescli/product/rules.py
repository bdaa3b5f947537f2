"""Decisions about products: one file each, prices that make sense, the list price changed by approval only (PRD-01, PRC-03)."""

from __future__ import annotations

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import C_, N_

PRICES = (C_("list_price"), C_("cost"), C_("floor_price"))


def check_taken(match: str, value: str, holder: tuple[str, str] | None) -> list[Problem]:
    """A SKU or barcode names one product. `holder`: SKU and name of the one that has it. PRD-01."""
    if holder is None:
        return []
    text = N_("the {match:code} {value} is that of {sku} {name}")
    hint = N_("salescli product show {sku}")
    return [problem(f"{match}_taken", text, rule="PRD-01", hint=hint, match=match, value=value, sku=holder[0], name=holder[1])]


def check_list_price(sku: str, before: int | None, after: int | None, today: int | None = None) -> list[Problem]:
    """The first list price is free; another one goes through a request; `today`'s is told. Prices in 1/10,000. PRC-03."""
    if before is None or before == after:
        return []
    text = N_(
        "the list price of {sku} is {before:price} already; only the first one may be typed in, later ones are requested and approved"
    )
    hint = N_('salescli price request {sku}={after:price} --reason "…"')
    return [problem("list_price_set", text, rule="PRC-03", hint=hint, sku=sku, before=today or before, after=after)]


def check_floor(list_price: int | None, floor_price: int | None) -> list[Problem]:
    """The lowest price allowed cannot lie above the list price. Prices in 1/10,000. PRD-01."""
    if list_price is None or floor_price is None or floor_price <= list_price:
        return []
    text = N_("the floor price {floor:price} lies above the list price {list_price:price}")
    return [problem("floor_above_list", text, rule="PRD-01", hint=_LOWER, floor=floor_price, list_price=list_price)]


_LOWER = N_("a lower one, or first a higher list price: salescli price request SKU=PRICE --reason TEXT")


def warn_cost(sku: str, list_price: int | None, cost: int | None) -> list[Problem]:
    """Warning: a product that costs more than it is sold for."""
    if list_price is None or cost is None or cost <= list_price:
        return []
    text = N_("{sku} costs {cost:price}, more than its list price {list_price:price}")
    return [problem("cost_above_list", text, sku=sku, cost=cost, list_price=list_price)]


def warn_below(sku: str, count: int) -> list[Problem]:
    """Warning: prices of the price table lie below the lowest price now; nobody may sell at them. PRC-09."""
    if not count:
        return []
    text = N_("{count} {count:price|prices} of {sku} in the price table {count:lies|lie} below its new lowest price; nobody sells at that")
    hint = N_("salescli price list --sku {sku}; another one: salescli price request {sku}=PRICE --reason TEXT")
    return [problem("prices_below", text, rule="PRC-09", hint=hint, sku=sku, count=count)]


def check_tax(rate: int | None) -> list[Problem]:
    """A tax rate (in 1/10,000) is a share of the price."""
    if rate is None or rate <= 10_000:
        return []
    return [problem("tax_rate_high", N_("a tax rate of {rate:pct} per cent is more than the price"), kind=Kind.USAGE, rate=rate)]
