"""What one plan gives on lines: how much off which line, which gifts, or why nothing (PRO-01, PRO-07, PRO-08, PRC-09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.i18n import N_, Message, msg
from salescli.core.money import divide, multiply_rate, split
from salescli.core.record import NamedTuple
from salescli.promo.rules_plan import Gift, Plan, PricedLine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

AMOUNT_OF = 100_000
"""Price (1/10,000) x quantity (1/1,000) over this is an amount (1/100)."""


class Effect(NamedTuple):
    """What a plan gives: amount off by the line's place, gifts, the lines it used, goods held at their floor; else why nothing."""

    cuts: Mapping[int, int]
    gifts: tuple[PricedLine, ...] = ()
    touched: frozenset[int] = frozenset()
    held: tuple[str, ...] = ()
    why: Message | None = None


class _Open(NamedTuple):
    """A line a plan may use: its place, what it costs now, how far it may still fall."""

    place: int
    line: PricedLine
    amount: int
    room: int


def headroom(line: PricedLine, cut: int) -> int:
    """How much (1/100) a line may still fall before it lies below its floor; never below nothing. PRC-09."""
    floor = -(-(line.floor_price or 0) * line.quantity // AMOUNT_OF)
    return max(0, line.amount - cut - floor)


def effect(plan: Plan, lines: Sequence[PricedLine], cuts: Sequence[int], free: Sequence[bool]) -> Effect:
    """What `plan` gives on the lines that are `free` for it, after what other plans took off (`cuts`)."""
    if plan.on_order and any(plan.wants(line) and not line.gift and not free[place] for place, line in enumerate(lines)):
        return Effect({})  # off the whole order, or not at all
    usable = [
        _Open(place, line, line.amount - cuts[place], headroom(line, cuts[place]))
        for place, line in enumerate(lines)
        if free[place] and not line.gift and not line.fixed and line.quantity > 0 and plan.wants(line)
    ]
    allowed = [one for one in usable if not (plan.cuts_prices and one.line.no_discount)]
    if not allowed:
        return _nothing(_why_none(plan, lines, usable))
    return _GIVES[plan.kind](plan, allowed)


def _nothing(why: Message) -> Effect:
    return Effect({}, why=why)


def _why_none(plan: Plan, lines: Sequence[PricedLine], usable: Sequence[_Open]) -> Message:
    if usable:
        return msg(N_("{skus} bear no discount"), skus=sorted({one.line.sku for one in usable}))
    if any(line.fixed and plan.wants(line) for line in lines):
        return msg(N_("the price of its goods was typed"))
    return msg(N_("none of its goods are on the lines"))


# --- thresholds ---------------------------------------------------------------------------------------------------------


def _missing(plan: Plan, lines: Sequence[_Open]) -> Message | None:
    """What is missing to the threshold; exactly reached is reached."""
    amount, quantity = sum(one.amount for one in lines), sum(one.line.quantity for one in lines)
    if plan.min_amount is not None and amount < plan.min_amount:
        return msg(N_("its goods must reach {needed:amount}, they come to {amount:amount}"), needed=plan.min_amount, amount=amount)
    if plan.min_qty is not None and quantity < plan.min_qty:
        text = N_("{needed:qty} of its goods must be bought, there are {quantity:qty}")
        return msg(text, needed=plan.min_qty, quantity=quantity)
    return None


def _times(plan: Plan, lines: Sequence[_Open]) -> int:
    """How often the threshold is reached: once, or with `repeats` as often as it fits."""
    if not plan.repeats:
        return 1
    fits = []
    if plan.min_amount:
        fits.append(sum(one.amount for one in lines) // plan.min_amount)
    if plan.min_qty:
        fits.append(sum(one.line.quantity for one in lines) // plan.min_qty)
    return min(fits, default=1)


# --- sharing ------------------------------------------------------------------------------------------------------------


def share(total: int, weights: Sequence[int], rooms: Sequence[int]) -> list[int]:
    """An amount off shared by weight, no line beyond its room: what one cannot bear the others do, as far as they can. PRC-09."""
    given = [0] * len(weights)
    bearers = [i for i, weight in enumerate(weights) if weight > 0 and rooms[i] > 0]
    left = min(total, sum(rooms[i] for i in bearers))
    while left:
        for i, part in zip(bearers, split(left, [weights[i] for i in bearers]), strict=True):
            part = min(part, rooms[i] - given[i])
            given[i] += part
            left -= part
        bearers = [i for i in bearers if given[i] < rooms[i]]
    return given


def _shared(total: int, lines: Sequence[_Open], weights: Sequence[int]) -> Effect:
    if not any(weights):
        return _nothing(msg(N_("{skus} stand at their lowest price"), skus=sorted({one.line.sku for one in lines})))
    given = share(total, weights, [one.room for one in lines])
    return _cut(lines, given, weights, split(total, weights))


def _cut(lines: Sequence[_Open], given: Sequence[int], weights: Sequence[int], wanted: Sequence[int]) -> Effect:
    """An effect that lowers prices; lines with weight count as used, those that could bear less than wanted are held."""
    cuts = {one.place: part for one, part in zip(lines, given, strict=True) if part}
    held = tuple(sorted({one.line.sku for one, part, want in zip(lines, given, wanted, strict=True) if part < want}))
    if not cuts:
        return _nothing(msg(N_("{skus} stand at their lowest price"), skus=list(held) or sorted({one.line.sku for one in lines})))
    return Effect(cuts, touched=frozenset(one.place for one, weight in zip(lines, weights, strict=True) if weight), held=held)


# --- the kinds ----------------------------------------------------------------------------------------------------------


def _discount(plan: Plan, lines: Sequence[_Open]) -> Effect:
    """Per cent or an amount: off each line (the amount off each unit), or once off the whole order."""
    why = _missing(plan, lines)
    if why is not None:
        return _nothing(why)
    amounts = [one.amount for one in lines]
    if plan.on_order:
        total = multiply_rate(sum(amounts), plan.rate) if plan.rate else plan.amount_off or 0
        return _shared(total, lines, amounts)
    wanted = [
        multiply_rate(one.amount, plan.rate) if plan.rate else divide(one.line.quantity * (plan.amount_off or 0), 1000) for one in lines
    ]
    return _cut(lines, [min(want, one.room) for want, one in zip(wanted, lines, strict=True)], amounts, wanted)


def _spend(plan: Plan, lines: Sequence[_Open]) -> Effect:
    """Spend and save: the highest step reached, or with `repeats` its only step as often as it fits; shared over the lines."""
    amounts = [one.amount for one in lines]
    spent = sum(amounts)
    reached = [(threshold, off) for threshold, off in plan.steps if spent >= threshold]
    if not reached:
        needed = min(threshold for threshold, _off in plan.steps)
        return _nothing(msg(N_("its goods must reach {needed:amount}, they come to {amount:amount}"), needed=needed, amount=spent))
    threshold, off = max(reached)
    return _shared(off * (spent // threshold) if plan.repeats else off, lines, amounts)


def _gift(plan: Plan, lines: Sequence[_Open]) -> Effect:
    """Goods added once the threshold is reached, at no price."""
    why = _missing(plan, lines)
    if why is not None:
        return _nothing(why)
    times = _times(plan, lines)
    return Effect({}, tuple(given_away(plan, gift, times) for gift in plan.gifts), frozenset(one.place for one in lines))


def given_away(plan: Plan, gift: Gift, times: int) -> PricedLine:
    """The zero-price line of a gift. PRO-08, X-29."""
    return PricedLine(
        gift.product_id, gift.sku, gift.category, gift.quantity * times, 0, gift.list_price, None, True, 0, 0,
        promo_number=plan.number, gift=True, price_source="promotion", cost=gift.cost, tax_rate=gift.tax_rate,
    )  # fmt: skip


def _buy_get(plan: Plan, lines: Sequence[_Open]) -> Effect:
    """So many bought, so many more for nothing: named gifts for all goods together, else the same goods, or of them the cheapest."""
    if plan.cheapest:
        return _cheapest_free(plan, lines)
    if plan.gifts:
        bought = sum(one.line.quantity for one in lines)
        times = _rounds(plan, bought)
        if not times:
            return _too_few(plan, bought)
        return Effect({}, tuple(given_away(plan, gift, times) for gift in plan.gifts), frozenset(one.place for one in lines))
    return _same_again(plan, lines)


def _rounds(plan: Plan, bought: int) -> int:
    times = bought // (plan.buy_qty or 1)
    return times if plan.repeats else min(times, 1)


def _too_few(plan: Plan, bought: int) -> Effect:
    return _nothing(msg(N_("{needed:qty} of its goods must be bought, there are {quantity:qty}"), needed=plan.buy_qty, quantity=bought))


def _cheapest_free(plan: Plan, lines: Sequence[_Open]) -> Effect:
    """Of every `buy_qty` units the cheapest `get_qty` cost nothing; what they would cost is shared over all of them, so none falls below
    its floor, and what comes back takes its part along. PRC-09.
    """
    bought = sum(one.line.quantity for one in lines)
    free = _rounds(plan, bought) * (plan.get_qty or 0)
    if not free:
        return _too_few(plan, bought)
    total = 0
    for one in sorted(lines, key=lambda each: (each.amount * AMOUNT_OF // each.line.quantity, each.line.sku)):
        part = min(free, one.line.quantity)
        total += divide(one.amount * part, one.line.quantity)
        free -= part
    return _shared(total, lines, [one.amount for one in lines])


def _same_again(plan: Plan, lines: Sequence[_Open]) -> Effect:
    """The same goods added; not where price per unit, the free ones counted, would lie below the floor, nor where no discount is borne."""
    gifts: list[PricedLine] = []
    touched: set[int] = set()
    held: set[str] = set()
    for product in sorted({one.line.product_id for one in lines}):
        own = [one for one in lines if one.line.product_id == product]
        line, bought = own[0].line, sum(one.line.quantity for one in own)
        free = _rounds(plan, bought) * (plan.get_qty or 0)
        if not free:
            continue
        if line.no_discount or sum(one.amount for one in own) * AMOUNT_OF < (line.floor_price or 0) * (bought + free):
            held.add(line.sku)
            continue
        again = Gift(product, line.sku, free, line.category, line.list_price, line.cost, line.tax_rate)
        gifts.append(given_away(plan, again, 1))
        touched |= {one.place for one in own}
    if gifts:
        return Effect({}, tuple(gifts), frozenset(touched), tuple(sorted(held)))
    if held:
        return _nothing(msg(N_("{skus} would fall below their lowest price or bear no discount"), skus=sorted(held)))
    return _too_few(plan, max(sum(o.line.quantity for o in lines if o.line.product_id == one.line.product_id) for one in lines))


def _bundle(plan: Plan, lines: Sequence[_Open]) -> Effect:
    """Goods at one price together, as often as all parts are there; what is saved is shared over the parts."""
    bought = {part.product_id: sum(one.line.quantity for one in lines if one.line.product_id == part.product_id) for part in plan.parts}
    times = min(bought[part.product_id] // part.quantity for part in plan.parts)
    if not times:
        lacking = [part.sku for part in plan.parts if bought[part.product_id] < part.quantity]
        return _nothing(msg(N_("the bundle lacks {skus}"), skus=lacking))
    times = times if plan.repeats else 1
    left = {part.product_id: part.quantity * times for part in plan.parts}
    weights = []
    for one in lines:
        used = min(one.line.quantity, left[one.line.product_id])
        left[one.line.product_id] -= used
        weights.append(divide(one.amount * used, one.line.quantity))
    saved = sum(weights) - (plan.bundle_price or 0) * times
    if saved <= 0:
        return _nothing(msg(N_("its goods cost no more than the bundle")))
    return _shared(saved, lines, weights)


_GIVES = {"discount": _discount, "spend_and_save": _spend, "gift": _gift, "buy_and_get": _buy_get, "bundle": _bundle}
