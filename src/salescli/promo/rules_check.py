"""Whether a plan is sound, complete, alone on its goods and far enough from the last one (PRO-01, PRO-05, PRO-07, F-17)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import C_, N_
from salescli.core.money import RATE_ONE
from salescli.core.record import NamedTuple
from salescli.core.text import folded
from salescli.promo.states import MOVES, PlanState, PromoKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

C_("date_from"), C_("date_to"), C_("audience"), C_("form"), C_("media"), C_("goal"), C_("goods")


class Benefit(NamedTuple):
    """What a plan gives, as typed: the fields of `promo.tables.PromoPlan`, its steps, how many gifts and parts it names."""

    kind: str
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
    gifts: int = 0
    parts: int = 0
    bundle_price: int | None = None


FIELDS: Mapping[str, frozenset[str]] = {
    PromoKind.DISCOUNT: frozenset({"rate", "amount_off", "on_order", "min_amount", "min_qty"}),
    PromoKind.SPEND: frozenset({"steps", "repeats"}),
    PromoKind.BUY_GET: frozenset({"buy_qty", "get_qty", "cheapest", "gifts", "repeats"}),
    PromoKind.GIFT: frozenset({"gifts", "min_amount", "min_qty", "repeats"}),
    PromoKind.BUNDLE: frozenset({"parts", "bundle_price", "repeats"}),
}
"""What each kind is made of."""

OPTIONS = {
    "rate": "--percent", "amount_off": "--off", "on_order": "--whole-order", "min_amount": "--min-amount", "min_qty": "--min-qty",
    "repeats": "--each", "steps": "--step", "buy_qty": "--buy", "get_qty": "--get", "cheapest": "--cheapest", "gifts": "--gift",
    "parts": "--part", "bundle_price": "--price",
}  # fmt: skip


def check_benefit(benefit: Benefit) -> list[Problem]:
    """Whether the figures make a plan of its kind. PRO-01. All problems are of usage (exit 2)."""
    foreign = [OPTIONS[name] for name in OPTIONS if getattr(benefit, name) and name not in FIELDS[benefit.kind]]
    found = []
    if foreign:
        text = N_("{options} does not belong to a promotion of the kind {promotion:code}")
        found.append(problem("foreign_option", text, kind=Kind.USAGE, rule="PRO-01", options=foreign, promotion=benefit.kind))
    return [*found, *_nothing(benefit), *_LACKS[benefit.kind](benefit)]


def _nothing(benefit: Benefit) -> Iterator[Problem]:
    """Figures of nothing, and more than a hundred per cent."""
    for name in ("rate", "amount_off", "buy_qty", "get_qty"):
        if getattr(benefit, name) == 0:
            yield usage("benefit_nothing", N_("{option} is above zero"), option=OPTIONS[name])
    if (benefit.rate or 0) > RATE_ONE:
        yield usage("rate_above_whole", N_("--percent takes off 100 at most"))


def usage(code: str, text: str, **facts: Any) -> Problem:
    """A mistake in what was typed (exit 2)."""
    return problem(code, text, kind=Kind.USAGE, rule="PRO-01", **facts)


def _discount(benefit: Benefit) -> Iterator[Problem]:
    if (benefit.rate is None) == (benefit.amount_off is None):
        yield usage("discount_figure", N_("a discount takes off a per cent (--percent 5) or an amount (--off 10), one of them"))


def _spend(benefit: Benefit) -> Iterator[Problem]:
    if not benefit.steps:
        yield usage("no_steps", N_("spend and save needs its steps, as in --step 1000=80 --step 2000=200"))
    ordered = sorted(benefit.steps)
    for lower, higher in pairwise(ordered):
        if lower[0] == higher[0] or lower[1] >= higher[1]:
            text = N_("the step from {higher:amount} must take more off than the one from {lower:amount}")
            yield usage("steps_not_rising", text, higher=higher[0], lower=lower[0])
    for threshold, off in ordered:
        if off > threshold or off <= 0 or threshold <= 0:
            text = N_("a step cannot take {off:amount} off {threshold:amount}")
            yield usage("step_too_large", text, off=off, threshold=threshold)
    if benefit.repeats and len(ordered) > 1:
        yield usage("one_step_repeats", N_("--each goes with a single step"))


def _buy_get(benefit: Benefit) -> Iterator[Problem]:
    if benefit.buy_qty is None or (benefit.get_qty is None) == (not benefit.gifts):
        yield usage("buy_get_figures", N_("say how many are bought and what is added: --buy 10 --get 1, or --buy 10 --gift CUP=1"))
    elif benefit.cheapest and (benefit.get_qty is None or benefit.get_qty >= benefit.buy_qty):
        yield usage("cheapest_figures", N_("of those bought the cheapest are free, fewer than are bought: --buy 3 --get 1 --cheapest"))


def _gift(benefit: Benefit) -> Iterator[Problem]:
    if not benefit.gifts or not (benefit.min_amount or benefit.min_qty):
        yield usage("gift_figures", N_("a gift needs what is given and from when: --gift CUP=1 --min-amount 500, or --min-qty 10"))


def _bundle(benefit: Benefit) -> Iterator[Problem]:
    if benefit.parts < 2 or benefit.bundle_price is None:
        yield usage("bundle_figures", N_("a bundle needs two goods and their price together: --part A=1 --part B=2 --price 99"))


_LACKS = {
    PromoKind.DISCOUNT.value: _discount, PromoKind.SPEND.value: _spend, PromoKind.BUY_GET.value: _buy_get, PromoKind.GIFT.value: _gift,
    PromoKind.BUNDLE.value: _bundle,
}  # fmt: skip


# --- submission ---------------------------------------------------------------------------------------------------------


SPOKEN = {"form": C_("form_of_promotion")}
"""What is called otherwise than its field: a form is also a paper."""


def check_complete(number: str, fields: Mapping[str, object]) -> list[Problem]:
    """A plan that is submitted says for whom, in which form, by which media, on which goods, with which effect. PRO-01, F-17."""
    missing = [name for name, value in fields.items() if not value]
    if not missing:
        return []
    text = N_("{number} does not yet say: {names:code}")
    hint = N_("salescli promo edit {number} {options}")
    names = ",".join(SPOKEN.get(name, name) for name in missing)
    options = " ".join(f"--{'sku' if name == 'goods' else name} …" for name in missing)
    return [problem("plan_incomplete", text, rule="PRO-01", hint=hint, number=number, fields=missing, names=names, options=options)]


def check_days(number: str, last: date, day: date) -> list[Problem]:
    """A plan whose last day is over cannot be asked for or started. PRO-02."""
    if last >= day:
        return []
    text = N_("the last day of {number}, {last}, is over")
    return [
        problem(
            "plan_over",
            text,
            kind=Kind.STATE,
            rule="PRO-02",
            hint=N_("salescli promo plan --help: a plan of its own"),
            number=number,
            last=last.isoformat(),
        )
    ]


class HighEnd(NamedTuple):
    """Goods that bear no discount, named in a plan, and the code of who owns their plans."""

    sku: str
    owner: str | None


def check_high_end(goods: Iterable[HighEnd], staff: str, classes: Sequence[str], *, cuts: bool) -> list[Problem]:
    """High-end goods: no price cut; added value only by customer class and only from the person who owns them. PRO-07, X-17."""
    found = []
    for item in goods:
        facts: dict[str, Any] = {"sku": item.sku, "owner": item.owner, "staff": staff}
        if cuts:
            text = N_("{sku} bears no discount; only goods may be added to it")
            found.append(problem("no_discount", text, rule="PRO-07", hint=N_("plan a gift: --kind gift"), **facts))
            continue
        if item.owner is not None and item.owner != staff:
            text = N_("{sku} is planned by {owner}, not by {staff}")
            found.append(problem("not_plan_owner", text, rule="PRO-07", hint=N_("--owner {owner}"), **facts))
        if not classes:
            text = N_("{sku} is high-end: say for which customer classes the added value is")
            found.append(problem("no_class", text, rule="PRO-07", hint=N_("--class CLASS"), **facts))
    return found


# --- other plans --------------------------------------------------------------------------------------------------------


class Range(NamedTuple):
    """Where a plan holds: goods (None: all), who (empty: everybody), days, what it gives, and how it gets along with others."""

    number: str
    kind: str
    goods: frozenset[int] | None
    classes: tuple[str, ...]
    channels: tuple[str, ...]
    regions: tuple[str, ...]
    first: date
    last: date
    priority: int = 0
    stackable: bool = False
    on_order: bool = False
    benefit: tuple[object, ...] = ()

    @property
    def special(self) -> bool:
        """Whether it is a special price on items (PRO-05)."""
        return self.kind == PromoKind.DISCOUNT and not self.on_order


def _meet(one: Sequence[str], other: Sequence[str]) -> bool:
    return not one or not other or not {folded(x) for x in one}.isdisjoint(folded(x) for x in other)


def common_goods(one: Range, other: Range) -> bool:
    """Whether two plans concern the same goods for the same customers."""
    goods = one.goods is None or other.goods is None or not one.goods.isdisjoint(other.goods)
    return goods and _meet(one.classes, other.classes) and _meet(one.channels, other.channels) and _meet(one.regions, other.regions)


def check_gap(new: Range, others: Iterable[Range], gap: int) -> list[Problem]:
    """No special price on the same item one after another: at least `gap` days lie between the end of one and the next. PRO-05."""
    found = []
    for other in others:
        if not (new.special and other.special and common_goods(new, other)):
            continue
        free = timedelta(days=gap)
        if new.first > other.last + free or other.first > new.last + free:
            continue
        text = N_("{number} gives the same goods a special price {first} to {last}; {gap} {gap:day|days} without one must lie between")
        hint = N_("choose other days, other goods, or another form: a gift, buy N get M")
        found.append(
            problem("special_again", text, rule="PRO-05", hint=hint, number=other.number, first=other.first.isoformat(),
                    last=other.last.isoformat(), gap=gap)
        )  # fmt: skip
    return found


def check_tie(new: Range, others: Iterable[Range], *, by_priority: bool) -> list[Problem]:
    """Two plans between which nothing decides are refused when the second is submitted. PRO-01.

    By priority: those that exclude each other on the same goods and days with the same priority.
    By the best: those of them that also give the same.
    """
    found = []
    for other in others:
        if not _exclude(new, other) or new.priority != other.priority:
            continue
        if not by_priority and (new.kind, new.benefit) != (other.kind, other.benefit):
            continue
        text = (
            N_("{number} holds for the same goods, customers and days with the same priority {priority}: nothing would decide between them")
            if by_priority
            else N_("{number} gives the same on the same goods, customers and days: nothing would decide between them")
        )
        hint = N_("give another priority: --priority N, or let both be combined: --stack")
        found.append(problem("plans_tie", text, rule="PRO-01", hint=hint, number=other.number, priority=other.priority))
    return found


def _exclude(one: Range, other: Range) -> bool:
    days = one.first <= other.last and other.first <= one.last
    return days and common_goods(one, other) and not (one.stackable and other.stackable)


# --- moves --------------------------------------------------------------------------------------------------------------


def check_move(number: str, state: str, target: PlanState, shown: str) -> list[Problem]:
    """Whether a plan may go where it is asked to. ST-11."""
    if (PlanState(state), target) in MOVES:
        return []
    text = N_("{number} is {state:code}; it cannot become {target:code}")
    return [problem("plan_state", text, kind=Kind.STATE, rule="PRO-02", hint=N_("salescli promo show {number}"), number=number,
                    state=shown, target=target.value)]  # fmt: skip


def check_extension(number: str, last: date, new: date) -> list[Problem]:
    """The end date only moves later: what customers were promised stays; who wants less stops the plan. PRO-02."""
    if new > last:
        return []
    text = N_("the last day of {number} is {last}; it can only become a later one than that, not {day}")
    hint = N_("salescli promo stop {number}")
    return [problem("only_later", text, rule="PRO-02", hint=hint, number=number, last=last.isoformat(), day=new.isoformat())]
