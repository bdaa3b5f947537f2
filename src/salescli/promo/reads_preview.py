"""Promotions on an order's lines, or on lines as typed: which plan gives what, and why the others do not (PRO-01, PRO-02)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.errors import Kind, fail, raise_if
from salescli.core.i18n import N_, msg
from salescli.core.lines import parse_lines
from salescli.core.lookup import find
from salescli.core.money import divide
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.price.reads import need_prices
from salescli.product.units import in_base
from salescli.promo.actions_pricing import PricedDocument, Wanted, line_of, price_document, promoted
from salescli.promo.reads_load import plan
from salescli.promo.rules import PricedLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.reader import Reader

COLUMNS = (
    Column("sku", N_("SKU")),
    Column("quantity", N_("Quantity"), "quantity"),
    Column("unit_price", N_("Unit price"), "price"),
    Column("promo_discount", N_("Promotion takes off"), "amount", total=True),
    Column("amount", N_("Amount"), "amount", total=True),
    Column("net_price", N_("Net price"), "price"),
    Column("promotion", N_("Promotion")),
    Column("gift", N_("Gift"), "bool"),
)


class Place(NamedTuple):
    """Where and when a document is made, and a plan to look at as if it ran."""

    day: date
    channel: str | None = None
    region: str | None = None
    trial: str | None = None


def preview(r: Reader, subject: str, words: Sequence[str], place: Place) -> Report:
    """What promotions make of an order's lines (`words` empty) or of lines for a customer. PRO-01, PRO-02, PRO-08.

    Raises SalesError: 2 unreadable lines, 3 no such order, customer, product or plan, 4 goods without a price.
    """
    need_prices(r)
    place = place._replace(trial=plan(r, place.trial).row.number if place.trial else None)
    if words:
        buyer = find(r, "customer", subject)
        wanted = [Wanted(line.sku, line.quantity, line.price) for line in in_base(r, parse_lines(list(words)))]
        done = price_document(r, buyer.id, place.day, place.channel, place.region, wanted, trial=place.trial)
        raise_if(p for p in done.problems if p.code not in TOLD)
        return _report(buyer.code, done, place)
    return _of_order(r, subject, place)


TOLD = frozenset({"off_list_price", "below_floor"})
"""Problems of a price: the line stands, the preview says so."""


class _Order(NamedTuple):
    id: int
    number: str
    customer_id: int
    date: str
    channel: str | None
    region: str | None


def _of_order(r: Reader, number: str, place: Place) -> Report:
    """The lines an order has, gifts aside, priced again as on its day."""
    from salescli.price.reads_resolve import resolve

    seen = condition(r.actor, "orders", "o.staff_id")
    sql = f"SELECT o.id, o.number, o.customer_id, o.date, o.channel, o.region FROM sales_order o WHERE lower(o.number) = :n AND {seen}"
    order = r.first(_Order, sql, n=number.strip().lower())
    if order is None:
        hint = N_("for lines of your own: salescli promo preview CUSTOMER SKU=QTY")
        fail("order_not_found", N_("there is no order {number}"), kind=Kind.NOT_FOUND, hint=hint, number=number)
    day = date.fromisoformat(order.date)
    lines = [
        line_of(r, resolve(r, product, quantity, customer_id=order.customer_id, day=day, channel=order.channel), quantity, price, discount)
        for product, quantity, price, discount in r.tuples(_LINES, id=order.id)
    ]
    applied = promoted(r, lines, order.customer_id, day, order.channel, order.region, document=order.number, trial=place.trial)
    return _report(order.number, PricedDocument([*applied.lines, *applied.gifts], [], applied.reasons), place._replace(day=day))


_LINES = "SELECT product_id, quantity, unit_price, discount FROM order_line WHERE order_id = :id AND gift = 0 ORDER BY line_no"


def _report(subject: str, done: PricedDocument, place: Place) -> Report:
    problems = [problem.message for problem in done.problems if problem.code in TOLD]
    reasons = done.reasons or [msg(N_("no promotion runs on {day}"), day=place.day.isoformat())]
    return Report(
        name="promo-preview",
        title=msg(N_("Promotions on {subject}, {day}"), subject=subject, day=place.day.isoformat()),
        columns=COLUMNS,
        rows=[_row(line) for line in done.lines],
        notes=(*reasons, *problems),
        as_of=place.day.isoformat(),
    )


def _row(line: PricedLine) -> tuple[Any, ...]:
    net = divide(line.amount * 100_000, line.quantity) if line.quantity else None
    return (line.sku, line.quantity, line.unit_price, line.promo_discount, line.amount, net, line.promo_number, line.gift)
