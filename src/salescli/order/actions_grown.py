"""A draft that grows after its own day: what was taken down then keeps that day's price, what is added has today's (PRC-03, PRC-08)."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from sqlmodel import col, select

from salescli.core.errors import Problem, problem
from salescli.core.i18n import N_
from salescli.core.lookup import find
from salescli.core.record import NamedTuple
from salescli.order.actions_pricing import Line
from salescli.order.tables import OrderLine
from salescli.price.reads_resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from salescli.core.writer import Writer
    from salescli.order.tables import SalesOrder
    from salescli.price.rules import Resolved


class Part(NamedTuple):
    """So much (1/1,000) of a product was ordered on that day."""

    day: date
    quantity: int


def by_day(w: Writer, order: SalesOrder, lines: Sequence[Line]) -> list[Line]:
    """The lines typed for a draft, each with the day it was ordered on: the oldest quantities first, what is more is of today.

    Days on which the line's price was the same stay one line. What is agreed, given or free has a price of its own. PRC-08.
    """
    known = _ordered(w, order)
    found: list[Line] = []
    for line in lines:
        if line.agreed or line.gift or line.free or line.quantity <= 0:
            found.append(line)
            continue
        product = find(w.reader, "product", line.sku).id
        parts = take(known.setdefault(product, []), line.quantity, max(w.today, order.date))
        found += _apart(w, order, line, product, parts)
    return found


def _ordered(w: Writer, order: SalesOrder) -> dict[int, list[Part]]:
    rows = select(OrderLine).where(OrderLine.order_id == order.id, col(OrderLine.gift).is_(False)).order_by(col(OrderLine.line_no))
    known: dict[int, list[Part]] = {}
    for row in w.session.exec(rows).all():
        known.setdefault(row.product_id, []).append(Part(row.grown_on or order.date, row.quantity))
    return {product: sorted(parts, key=lambda part: part.day) for product, parts in known.items()}


def take(known: list[Part], quantity: int, today: date) -> list[Part]:
    """Take a quantity out of what was ordered, the oldest first; the rest is ordered today."""
    taken: list[Part] = []
    while quantity and known:
        first = known.pop(0)
        part = min(quantity, first.quantity)
        if part < first.quantity:
            known.insert(0, first._replace(quantity=first.quantity - part))
        taken.append(first._replace(quantity=part))
        quantity -= part
    return [*taken, Part(today, quantity)] if quantity else taken


def _apart(w: Writer, order: SalesOrder, line: Line, product: int, parts: Sequence[Part]) -> list[Line]:
    """A line for each price the days gave it; a line of one price is of the last of its days."""
    if len({part.day for part in parts}) == 1:
        return [line._replace(day=parts[0].day)]

    def price(part: Part) -> int | None:
        return resolve(w.reader, product, line.quantity, customer_id=order.customer_id, day=part.day, channel=order.channel).unit_price

    same = [list(group) for _price, group in groupby(parts, key=price)]
    return [line._replace(quantity=sum(p.quantity for p in group), day=max(p.day for p in group)) for group in same]


def last_day(lines: Iterable[Line]) -> date | None:
    """The day a draft last grew: promotions are of that day."""
    return max((line.day for line in lines if line.day is not None), default=None)


def changed_since(w: Writer, order: SalesOrder, lines: Iterable[tuple[Resolved, int, date]]) -> list[Problem]:
    """Prices that are others today than on the day their goods were ordered, which decides. `lines`: price, quantity, day. PRC-08."""
    text = N_("{sku}: ordered on {day} at that day's price {then:price}; the price table says {now:price} today")
    hint = N_("salescli price history {sku}")
    found = []
    for then, quantity, day in lines:
        if day >= w.today:
            continue
        now = resolve(w.reader, then.product_id, quantity, customer_id=order.customer_id, day=w.today, channel=order.channel)
        if None not in (then.unit_price, now.unit_price) and then.unit_price != now.unit_price:
            found.append(
                problem("price_changed_since", text, rule="PRC-08", hint=hint, sku=then.sku, day=day.isoformat(), then=then.unit_price,
                        now=now.unit_price)
            )  # fmt: skip
    return found
