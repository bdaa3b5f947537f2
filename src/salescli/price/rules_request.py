"""Decisions about a price change form (F-15): when it may hold, what it may not touch, how it stands (PRC-02, PRC-03, PRC-04, ST-11)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import N_
from salescli.core.record import NamedTuple
from salescli.price.rules import check_nothing
from salescli.price.rules_table import Rule, clash
from salescli.price.states import ChangeState, ShownState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from salescli.price.reads_facts import Pending


class Wanted(NamedTuple):
    """A price somebody asks for: whom it is for, from which quantity, which days; `price` None ends the scope's own price."""

    product_id: int
    sku: str
    price: int | None
    valid_from: date
    valid_to: date | None = None
    customer_id: int | None = None
    customer_class: str | None = None
    channel: str | None = None
    min_qty: int = 0
    currency: str | None = None

    @property
    def general(self) -> bool:
        """Whether it is the list price itself: for everybody, any quantity, in the book's currency."""
        return (self.customer_id, self.customer_class, self.channel, self.min_qty, self.currency) == (None, None, None, 0, None)

    def rule(self) -> Rule:
        """The row of the price table it would be."""
        until = self.valid_to.isoformat() if self.valid_to else None
        scope = (self.customer_id, self.customer_class, self.channel, self.min_qty, self.currency)
        return Rule(0, *scope, self.price, self.valid_from.isoformat(), until)


def earliest(day: date, notice_days: int, buyers: int) -> date:
    """The first day a new price may hold: the notice and its lead time later, today where nobody has to be told. PRC-04, X-03."""
    return day + timedelta(days=notice_days) if buyers else day


def check_dates(wanted: Wanted, first: date, notice_days: int, buyers: int) -> list[Problem]:
    """A price holds no sooner than its buyers were told in time, and ends no sooner than it begins. PRC-04."""
    problems = []
    if wanted.valid_from < first:
        text = (
            N_(
                "{sku}: {valid_from} is too early: {count} {count:buyer|buyers} {count:is|are} "
                "to be told {days} {days:day|days} ahead; {first} at the earliest"
            )
            if buyers
            else N_("{sku}: valid from {valid_from} lies in the past; {first} at the earliest")
        )
        hint = N_("leave --from out, or give a later day")
        problems.append(
            problem(
                "valid_from_early", text, rule="PRC-04", hint=hint, sku=wanted.sku, valid_from=wanted.valid_from.isoformat(),
                first=first.isoformat(), days=notice_days, count=buyers,
            )
        )  # fmt: skip
    if wanted.valid_to is not None and wanted.valid_to < wanted.valid_from:
        text = N_("{sku}: valid to {valid_to} lies before valid from {valid_from}")
        first_day, last_day = wanted.valid_from.isoformat(), wanted.valid_to.isoformat()
        problems.append(problem("dates_reversed", text, kind=Kind.USAGE, sku=wanted.sku, valid_from=first_day, valid_to=last_day))
    return problems


def check_price(wanted: Wanted, floor: int | None, before: int | None) -> list[Problem]:
    """A price is no less than the floor, something else than before, and the list price cannot be ended. PRC-03, PRC-09."""
    problems = []
    if wanted.price is None and wanted.general:
        text = N_("the list price of {sku} cannot end; ask for another one, or take it out of sale")
        hint = N_("salescli price request {sku}=PRICE --reason TEXT; out of sale: salescli product edit {sku} --off")
        problems.append(problem("list_price_ends", text, rule="PRC-03", hint=hint, sku=wanted.sku))
    problems += check_nothing(wanted.sku, wanted.price)
    if wanted.price and floor is not None and wanted.currency is None and wanted.price < floor:
        text = N_("{sku}: {price:price} lies below the lowest price {floor:price}")
        hint = N_("the lowest price is changed first: salescli product edit {sku} --floor-price PRICE")
        problems.append(problem("below_floor", text, rule="PRC-09", hint=hint, sku=wanted.sku, price=wanted.price, floor=floor))
    if wanted.price is not None and wanted.general and wanted.price == before:
        text = N_("{sku} costs {price:price} already")
        problems.append(
            problem("no_change", text, rule="PRC-03", hint=N_("salescli price history {sku}"), sku=wanted.sku, price=wanted.price)
        )
    return problems


def check_ties(wanted: Wanted, rules: Iterable[Rule], pending: Iterable[Pending]) -> list[Problem]:
    """A price that would tie with another for the same scope, break and days is refused, decided or still asked for. PRC-08."""
    row = wanted.rule()
    for known in rules:
        if clash(row, known):
            until = known.valid_to or ""
            text = (
                N_("{sku}: the same customers and quantity have a price from {valid_from} to {valid_to} already; which one would hold?")
                if until
                else N_("{sku}: the same customers and quantity have a price from {valid_from} on already; which one would hold?")
            )
            hint = N_("other days, or another quantity: salescli price history {sku}")
            return [problem("price_tie", text, rule="PRC-08", hint=hint, sku=wanted.sku, valid_from=known.valid_from, valid_to=until)]
    for other in pending:
        if clash(row, other.rule):
            text = N_("{sku}: the same is asked for already in {number}")
            hint = N_("salescli price show {number}")
            return [problem("price_asked", text, kind=Kind.STATE, rule="PRC-03", hint=hint, sku=wanted.sku, number=other.number)]
    return []


def check_each_other(wanted: Sequence[Wanted]) -> list[tuple[int, Problem]]:
    """Prices of one form that would tie: place of the later one, and why. PRC-08."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for place, want in enumerate(wanted):
        scope = (want.customer_id, (want.customer_class or "").lower(), (want.channel or "").lower())
        groups.setdefault((want.product_id, *scope, want.min_qty, want.currency), []).append(place)
    found = []
    for places in groups.values():
        if len(places) > 1:
            found += _ties(wanted, places)
    return sorted(found, key=lambda pair: pair[0])


def _ties(wanted: Sequence[Wanted], places: Sequence[int]) -> list[tuple[int, Problem]]:
    """Ties among prices of one scope: sorted by first day, only the one that ends last needs a look."""
    found: list[tuple[int, Problem]] = []
    last: dict[bool, Rule] = {}
    for place in sorted(places, key=lambda p: (wanted[p].valid_from, p)):
        row = wanted[place].rule()
        known = last.get(row.valid_to is None)
        if known is not None and clash(row, known):
            text = N_("{sku}: two prices for the same customers and quantity on {day}; which one would hold?")
            hint = N_("give one of them an end or another day: --from DATE --to DATE")
            found.append((place, problem("price_tie", text, rule="PRC-08", hint=hint, sku=wanted[place].sku, day=row.valid_from)))
        if known is None or (row.valid_to or row.valid_from) >= (known.valid_to or known.valid_from):
            last[row.valid_to is None] = row
    return found


def warn_changes(sku: str, count: int, most: int, day: date) -> list[Problem]:
    """Warning: prices are to be stable; this product's changes more often in a quarter than the office wants. PRC-02."""
    if count <= most:
        return []
    text = N_("{sku}: that makes {count} price {count:change|changes} in the quarter of {day}; the office wants at most {most}")
    hint = N_("salescli price history {sku}; the limit: salescli policy show price.max_changes_per_quarter")
    return [problem("changes_often", text, rule="PRC-02", hint=hint, sku=sku, count=count, most=most, day=day.isoformat())]


class ChangeFacts(NamedTuple):
    """What decides how a form stands: kept state, the post it waits at, whether its prices are written, their days."""

    state: str
    post: str | None
    written: bool
    first_day: str | None
    last_day: str | None


def shown_state(facts: ChangeFacts, day: date) -> ShownState:
    """How a form stands on a day; the days after approval are never stored, so none can be missed. ST-11."""
    if facts.state == ChangeState.WAITING:
        return ShownState.MANAGER if facts.post in ("MGR", "SUP") else ShownState.MANAGEMENT
    if facts.state != ChangeState.APPROVED:
        return ShownState(facts.state)
    if not facts.written or facts.first_day is None:
        return ShownState.APPROVED
    today = day.isoformat()
    if today < facts.first_day:
        return ShownState.NOTIFIED
    return ShownState.ENDED if facts.last_day is not None and facts.last_day < today else ShownState.IN_FORCE
