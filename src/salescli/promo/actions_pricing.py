"""One function prices a document: the price table, what was typed, the floor, promotions (PRC-05, PRC-09, PRO-01, PRO-02)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.errors import Problem, SalesError, problem
from salescli.core.i18n import N_
from salescli.core.lookup import find
from salescli.core.money import divide, line_amount
from salescli.core.record import NamedTuple
from salescli.price.reads_offlist import Priced, check_document
from salescli.price.reads_resolve import resolve
from salescli.product.units import in_base_unit
from salescli.promo.reads_plans import plans_for
from salescli.promo.rules import Applied, PricedLine, apply

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salescli.core.i18n import Message
    from salescli.core.reader import Reader
    from salescli.core.writer import Writer
    from salescli.price.rules import Resolved


class Wanted(NamedTuple):
    """A line as asked for: quantity (1/1,000) of `unit` (None: the base unit), price (1/10,000) and discount (1/10,000) where typed."""

    sku: str
    quantity: int
    price: int | None = None
    discount: int | None = None
    unit: str | None = None


class PricedDocument(NamedTuple):
    """Lines in the order asked for, then gifts; what keeps the document from bearing its prices; which plan gave what, and why not."""

    lines: list[PricedLine]
    problems: list[Problem]
    reasons: list[Message]


def price_lines(
    reader: Reader | Writer,
    customer_id: int | None,
    day: date,
    channel: str | None,
    region: str | None,
    wanted: Sequence[Wanted],
    *,
    document: str = "",
) -> tuple[list[PricedLine], list[Problem]]:
    """The lines of a document with prices and promotions, gifts as lines of their own, and every problem: nothing is raised.

    Problems of kind APPROVAL are off-list prices that were not approved for `document`; all others stop it. PRC-05, PRC-09, PRO-02.
    """
    priced = price_document(reader, customer_id, day, channel, region, wanted, document=document)
    return priced.lines, priced.problems


def price_document(
    reader: Reader | Writer,
    customer_id: int | None,
    day: date,
    channel: str | None,
    region: str | None,
    wanted: Sequence[Wanted],
    *,
    document: str = "",
    trial: str | None = None,
) -> PricedDocument:
    """Like `price_lines`, with the reasons; `trial` looks at a plan as if it ran. PRC-05, PRC-09, PRO-01, PRO-02."""
    r = reader.reader if hasattr(reader, "reader") else reader
    lines: list[PricedLine] = []
    checked: list[Priced] = []
    problems: list[Problem] = []
    for place, want in enumerate(wanted, 1):
        try:
            line, found = _line(r, customer_id, day, channel, want)
        except SalesError as error:
            problems += error.problems
            continue
        lines.append(line)
        checked.append(Priced(place, found, line.unit_price, line.discount, line.quantity))
    problems += check_document(r, document, checked)
    done = promoted(r, lines, customer_id, day, channel, region, document=document, trial=trial)
    return PricedDocument([*done.lines, *done.gifts], problems, done.reasons)


def promoted(
    r: Reader,
    lines: Sequence[PricedLine],
    customer_id: int | None,
    day: date,
    channel: str | None,
    region: str | None,
    *,
    document: str = "",
    trial: str | None = None,
) -> Applied:
    """Priced lines with the promotions that run. PRO-01, PRO-02."""
    plans = plans_for(r, customer_id, day, channel, region, document=document, trial=trial)
    return apply(lines, plans, r.policy("promo.choice", day))


def _line(r: Reader, customer_id: int | None, day: date, channel: str | None, want: Wanted) -> tuple[PricedLine, Resolved]:
    """One line: the typed price and discount, else the price table's. Raises SalesError: 2 unit, 3 product, 4 no price."""
    product = find(r, "product", want.sku)
    quantity, typed = _in_base(r, product.id, want)
    found = resolve(r, product.id, quantity, customer_id=customer_id, day=day, channel=channel)
    price = typed if typed is not None else found.unit_price
    if price is None:
        raise SalesError([no_price(product.code, day)])
    return line_of(r, found, quantity, price, want.discount or 0), found


def line_of(r: Reader, resolved: Resolved, quantity: int, unit_price: int, discount: int = 0) -> PricedLine:
    """A line as promotions take it, from what the price table says and what it bears; another price than the table's fixes it."""
    category, tax_rate = r.tuples("SELECT category, tax_rate FROM product WHERE id = :id", id=resolved.product_id)[0]
    return PricedLine(
        resolved.product_id, resolved.sku, category, quantity, unit_price, resolved.list_price, resolved.floor_price, resolved.no_discount,
        discount, line_amount(quantity, unit_price, discount), fixed=bool(discount) or unit_price != resolved.unit_price,
        price_source=resolved.source.value, cost=resolved.cost, tax_rate=tax_rate,
    )  # fmt: skip


def _in_base(r: Reader, product_id: int, want: Wanted) -> tuple[int, int | None]:
    """Quantity and typed price of a line in the base unit: ten boxes of 24 at 48.00 are 240 at 2.00. PRD-01."""
    quantity, _unit = in_base_unit(r, product_id, want.quantity, want.unit)
    if want.price is None or quantity == want.quantity:
        return quantity, want.price
    return quantity, divide(want.price * want.quantity, quantity)


def no_price(sku: str, day: date) -> Problem:
    """A product nobody gave a price. PRC-08."""
    hint = N_("type one: {sku}=QTY@PRICE, or file a price: salescli price request {sku}=PRICE")
    return problem("no_price", N_("{sku} has no price on {day}"), rule="PRC-08", hint=hint, sku=sku, day=day.isoformat())
