"""Decisions about suppliers' price lists: what may be entered, and what is said about a purchase's prices (PRD-04)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import N_
from salescli.price.rules_table import clash

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from salescli.price.rules_table import Rule
    from salescli.purchase.reads_prices import Proposed


def check_offer(lines: Sequence[tuple[str, int, int | None]], first: date, last: date | None) -> list[Problem]:
    """SKU, smallest quantity and price of the rows, and their days. PRD-04."""
    problems = []
    if last is not None and last < first:
        text = N_("the prices would end on {last}, before they begin on {first}")
        days: dict[str, Any] = {"first": first.isoformat(), "last": last.isoformat()}
        problems.append(problem("offer_days", text, kind=Kind.USAGE, rule="PRD-04", **days))
    for sku, quantity, price in lines:
        if price is None or price < 0 or quantity < 0:
            text, hint = N_("{sku}: a smallest quantity and a price are needed"), N_("write {sku}=QTY@PRICE, as in {sku}=50@78.50")
            problems.append(problem("offer_incomplete", text, kind=Kind.USAGE, rule="PRD-04", hint=hint, sku=sku))
    skus = [(sku, quantity) for sku, quantity, _price in lines]
    for sku, quantity in dict.fromkeys(each for each in skus if skus.count(each) > 1):
        text = N_("{sku} from {quantity:qty} on is given twice")
        problems.append(problem("offer_twice", text, kind=Kind.USAGE, rule="PRD-04", sku=sku, quantity=quantity))
    return problems


def check_tie(supplier: str, sku: str, fresh: Rule, known: Iterable[Rule]) -> list[Problem]:
    """Two prices that end, for the same break with days in common, would tie. PRD-04."""
    problems = []
    for other in known:
        if clash(fresh, other):
            text = N_("{sku} from {quantity:qty} on: {supplier} asks {price:price} from {first} to {last} already")
            hint = N_("choose other days, or end it first: salescli purchase supplier offer {supplier} {sku} --end")
            facts: dict[str, Any] = {
                "quantity": other.min_qty,
                "price": other.unit_price,
                "first": other.valid_from,
                "last": other.valid_to,
            }
            problems.append(problem("offer_tie", text, rule="PRD-04", hint=hint, supplier=supplier, sku=sku, **facts))
    return problems


def warn_price(sku: str, quantity: int, price: int, beside: Proposed) -> list[Problem]:
    """Warnings: the price lies off the supplier's list; a larger quantity would cost no more. PRD-04."""
    said = []
    if beside.deviation:
        text = N_("{sku}: {price:price} lies {off:pct} per cent above the {listed:price} the supplier's list asks")
        if beside.deviation < 0:
            text = N_("{sku}: {price:price} lies {off:pct} per cent below the {listed:price} the supplier's list asks")
        facts: dict[str, Any] = {"price": price, "off": abs(beside.deviation), "listed": beside.list_price}
        said.append(problem("off_supplier_list", text, rule="PRD-04", sku=sku, **facts))
    if beside.better is not None:
        text = N_("{sku}: from {start:qty} on it costs {price:price}; {start:qty} cost no more than {quantity:qty}")
        facts = {"start": beside.better.quantity, "price": beside.better.unit_price, "quantity": quantity}
        said.append(problem("better_break", text, rule="PRD-04", sku=sku, **facts))
    return said
