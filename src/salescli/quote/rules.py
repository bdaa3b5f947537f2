"""Decisions about quotes: what is missing, who must approve, what may follow (QUO-01..06, X-01)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import C_, N_
from salescli.core.money import line_amount, rate_of
from salescli.core.record import NamedTuple
from salescli.price.rules import EXTRA, PathPolicy, approval_posts, deviation, kept, net_price, reached
from salescli.quote.states import MOVES, QuoteState

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

SECTIONS = (C_("need"), C_("configuration"), C_("time_cost"), C_("after_sales"))
"""Sections of F-13 that are text; product list, prices, payment plan, margin and validity come by themselves."""


class LineFacts(NamedTuple):
    """A line as approval sees it: what the table says, what is asked, in 1/1,000, 1/10,000 and 1/100."""

    sku: str
    quantity: int
    unit_price: int
    discount: int
    amount: int
    list_price: int | None
    floor_price: int | None
    unit_cost: int | None


class Figures(NamedTuple):
    """A version in figures: total, cost where every cost is known, margin, how far it lies below list and above it (1/10,000).

    Deciding takes `reached` (below, above) and `kept`: the same, rounded towards asking; None: as shown.
    """

    total: int
    cost: int | None
    margin: int | None
    deviation: int
    above: int = 0
    reached: tuple[int, int] | None = None
    kept: int | None = None

    @property
    def off(self) -> tuple[int, int]:
        """How far below and above list, for whoever decides."""
        return self.reached or (max(self.deviation, 0), self.above)

    @property
    def earned(self) -> int | None:
        """The margin for whoever decides."""
        return self.margin if self.kept is None else self.kept


def figures(lines: Sequence[LineFacts], *, tax: int = 0) -> Figures:
    """Total, cost, margin and deviation of a version. QUO-01, QUO-05. `tax` is what a book of net prices puts on top."""
    goods = sum(line.amount for line in lines)
    costs = [line_amount(line.quantity, line.unit_cost) for line in lines if line.unit_cost is not None]
    cost = sum(costs) if len(costs) == len(lines) else None
    nets = [(line.list_price, net_price(line.unit_price, line.discount)) for line in lines]
    off, far = [deviation(*each) for each in nets], [0, *(reached(*each) for each in nets)]
    earned = rate_of(goods - cost, goods) if cost is not None else None
    return Figures(
        goods + tax, cost, earned, max(off, default=0), -min(off, default=0), reached=(max(far), -min(far)), kept=kept(goods, cost)
    )


def quote_posts(found: Figures, policy: PathPolicy, *, skip_manager: bool) -> tuple[str, ...]:
    """Who must approve a quote, in order: superior and manager; at list price only the superior where the office says so (X-01);
    one post more for what lies beyond every step or below the margin floor. QUO-02, QUO-05, AP-01.
    """
    asked = approval_posts(found.off[0], found.earned, policy)
    below = found.earned is not None and found.earned < policy.margin_floor
    at_list = max(found.off) <= policy.steps[0] and not below
    usual = policy.path[:1] if skip_manager and at_list else policy.path
    if below and len(asked) <= len(usual):
        return (*usual, EXTRA)
    return max(usual, asked, key=len)


def check_line_floor(line: LineFacts) -> list[Problem]:
    """A line below the lowest price of its product stops. PRC-09, QUO-04."""
    price = net_price(line.unit_price, line.discount)
    if line.floor_price is None or price >= line.floor_price:
        return []
    text = N_("{sku} at {price:price} lies below its lowest price {floor:price}; no approval lifts that")
    hint = N_("salescli price quote-for CUSTOMER {sku} 1 shows how far one may go")
    return [problem("below_floor", text, rule="PRC-09", hint=hint, sku=line.sku, price=price, floor=line.floor_price)]


def warn_bottom(number: str, bottom: int, lines: Sequence[LineFacts], earned: int | None, floor: int) -> list[Problem]:
    """Warning: what the customer would pay at most lies below our lowest prices, or earns less than the margin floor. QUO-04."""
    lowest = sum(line_amount(line.quantity, line.floor_price) for line in lines if line.floor_price is not None)
    found = []
    if bottom < lowest:
        text = N_("{number}: {bottom:amount} lies below the lowest prices of its goods, {lowest:amount}")
        found.append(problem("bottom_below_floor", text, rule="QUO-04", number=number, bottom=bottom, lowest=lowest))
    if earned is not None and earned < floor:
        text = N_("{number}: {bottom:amount} would earn {margin:pct} per cent, the floor is {floor:pct}")
        found.append(problem("bottom_below_margin", text, rule="QUO-04", number=number, bottom=bottom, margin=earned, floor=floor))
    return found


def check_sections(number: str, sections: Mapping[str, str | None], required: Collection[str]) -> list[Problem]:
    """Every section the office wants of a solution is written. QUO-03, F-13."""
    missing = [name for name in SECTIONS if name in required and not sections.get(name)]
    if not missing:
        return []
    text, hint = N_("{number} lacks: {missing:code}"), N_("salescli quote edit {number} --help names the option of each")
    return [problem("sections_missing", text, rule="QUO-03", hint=hint, number=number, missing=",".join(missing))]


def warn_margin(number: str, found: Figures, floor: int) -> list[Problem]:
    """Warning: the offer earns less than the margin floor. QUO-04, QUO-05."""
    if found.earned is None or found.earned >= floor:
        return []
    text = N_("{number} earns {margin:pct} per cent, the floor is {floor:pct}; approval climbs one post")
    return [problem("below_margin_floor", text, rule="QUO-04", number=number, margin=found.margin, floor=floor)]


HINTS = {
    QuoteState.IN_REVIEW: N_("salescli quote submit {number}"),
    QuoteState.SENT: N_("salescli quote submit {number}; it goes out once it is approved"),
    QuoteState.CONFIRMED: N_("salescli quote send {number}; then note what the customer says"),
    QuoteState.CONVERTED: N_("salescli quote accept {number}, once the customer has confirmed it"),
}


IN_REVIEW = N_("who decides: salescli inbox --mine; to change it first: salescli withdraw REQUEST")


def check_move(number: str, state: QuoteState, to: QuoteState, valid_until: str) -> list[Problem]:
    """Whether a quote may go from the state shown to another; what expired only goes on as a new version. ST-05, QUO-02, QUO-06."""
    if state is QuoteState.EXPIRED:
        return _expired(number, to, valid_until)
    if (state, to) in MOVES:
        return []
    text = N_("{number} is {state:code} already") if to is state else N_("{number} is {state:code}; it cannot become {to:code}")
    if to is QuoteState.SENT and state in (QuoteState.DRAFT, QuoteState.IN_REVIEW, QuoteState.RETURNED):
        text = N_("{number} is {state:code}: a quote goes out only after it was approved")
    hint = IN_REVIEW if state is QuoteState.IN_REVIEW else N_("salescli quote show {number}") if to is state else HINTS.get(to)
    return [problem("quote_move", text, kind=Kind.STATE, rule="QUO-02", hint=hint, number=number, state=state.value, to=to.value)]


def check_validity(number: str, last: date, day: date) -> list[Problem]:
    """What cannot be sent any more is not reviewed: the last day of an offer, which still counts, is not over. QUO-06."""
    if day <= last:
        return []
    text = N_("{number} was valid until {day}; nobody reviews what cannot be sent any more")
    hint = N_("salescli quote edit {number} --valid-until +30d")
    return [problem("quote_expired", text, kind=Kind.STATE, rule="QUO-06", hint=hint, number=number, day=last.isoformat())]


def _expired(number: str, to: QuoteState, valid_until: str) -> list[Problem]:
    if to in (QuoteState.DRAFT, QuoteState.LOST):
        return []
    text = N_("{number} was valid until {day}; it cannot become {to:code}")
    hint = N_("salescli quote edit {number} makes a new version with new prices")
    return [problem("quote_expired", text, kind=Kind.STATE, rule="QUO-06", hint=hint, number=number, day=valid_until, to=to.value)]
