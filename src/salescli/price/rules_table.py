"""Which row of the price table holds: pure, and the same whatever order the rows come in (PRC-08).

The most specific scope wins: customer on a channel, customer, class on a channel, class, channel, everybody. Inside a scope the
largest quantity break that is reached (a break of 10 is reached by 10), a price with an end before a standing one, then the later one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.record import NamedTuple
from salescli.core.text import folded
from salescli.price.states import PriceSource

if TYPE_CHECKING:
    from collections.abc import Iterable


class Rule(NamedTuple):
    """A row of the price table; days ISO text, prices 1/10,000, quantity 1/1,000 of the base unit."""

    id: int
    customer_id: int | None
    customer_class: str | None
    channel: str | None
    min_qty: int
    currency: str | None
    unit_price: int | None
    valid_from: str
    valid_to: str | None


class Asked(NamedTuple):
    """For whom, on which channel, how many base units, on which day and in which currency (None: the book's) a price is wanted."""

    customer_id: int | None
    customer_class: str | None
    channel: str | None
    quantity: int
    day: str
    currency: str | None = None

    @property
    def at_home(self) -> Asked:
        """The same in the book's currency."""
        return self._replace(currency=None)


def level(rule: Rule) -> int:
    """How specific a row's scope is: 5 customer on a channel … 0 everybody."""
    return (4 if rule.customer_id is not None else 2 if rule.customer_class is not None else 0) + (rule.channel is not None)


SOURCES = {
    5: PriceSource.CUSTOMER_CHANNEL, 4: PriceSource.CUSTOMER, 3: PriceSource.CLASS_CHANNEL, 2: PriceSource.CLASS, 1: PriceSource.CHANNEL,
}  # fmt: skip


def source(rule: Rule) -> PriceSource:
    """Which level of the price table a row belongs to."""
    return SOURCES.get(level(rule), PriceSource.BREAK if rule.min_qty else PriceSource.LIST)


def applies(rule: Rule, asked: Asked) -> bool:
    """Whether a row fits customer, class, channel, currency, quantity and day; both end days count, a break is reached by its figure.

    A return is asked with a negative quantity and takes the price of as many. PRC-08.
    """
    return (
        rule.valid_from <= asked.day <= (rule.valid_to or "9999-12-31")
        and rule.min_qty <= abs(asked.quantity)
        and rule.currency == asked.currency
        and rule.customer_id in (None, asked.customer_id)
        and met(rule.customer_class, asked.customer_class)
        and met(rule.channel, asked.channel)
    )


def met(wanted: str | None, given: str | None) -> bool:
    """Whether a scope that names a class or channel is met; case does not count."""
    return wanted is None or (given is not None and folded(wanted) == folded(given))


def candidates(rules: Iterable[Rule], asked: Asked) -> list[Rule]:
    """The rows that fit, the one that holds first; of each scope and break only its own winner. PRC-08."""
    fitting = sorted((rule for rule in rules if applies(rule, asked)), key=_rank)
    winners: dict[tuple[int, int], Rule] = {}
    for rule in fitting:
        winners.setdefault((level(rule), rule.min_qty), rule)
    return list(winners.values())


def _rank(rule: Rule) -> tuple[int, int, bool, tuple[int, ...], int]:
    later_first = tuple(-ord(sign) for sign in rule.valid_from)
    return (-level(rule), -rule.min_qty, rule.valid_to is None, later_first, -rule.id)


def pick(rules: Iterable[Rule], asked: Asked) -> Rule | None:
    """The row whose price holds; a row without a price hands on to the next. None: the product's first price. PRC-08."""
    return next((rule for rule in candidates(rules, asked) if rule.unit_price is not None), None)


def clash(one: Rule, other: Rule) -> bool:
    """Whether two rows could tie: the same scope, break and currency, both with an end and days in common, or both standing from one day.

    Such a row is refused when it is asked for. PRC-08.
    """
    if _key(one) != _key(other):
        return False
    if one.valid_to is None and other.valid_to is None:
        return one.valid_from == other.valid_from
    if one.valid_to is None or other.valid_to is None:
        return False
    return one.valid_from <= other.valid_to and other.valid_from <= one.valid_to


def _key(rule: Rule) -> tuple[object, ...]:
    scope = (folded(rule.customer_class or ""), folded(rule.channel or ""))
    return (rule.customer_id, *scope, rule.min_qty, rule.currency)
