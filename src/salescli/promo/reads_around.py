"""What stands around a plan: other plans on the same goods, high-end goods, floors and gift stock; its state and benefit in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salescli.core.errors import Problem, problem
from salescli.core.i18n import N_, Message, msg
from salescli.core.money import divide
from salescli.product.reads_file import descendants
from salescli.promo.reads_load import Loaded, PlanRow, load
from salescli.promo.rules_check import HighEnd, Range
from salescli.promo.states import COMMITTED, Life, PromoKind, ScopeKind, ShownState, shown
from salescli.stock.reads_available import available

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.reader import Reader


def state_of(row: PlanRow, day: date) -> ShownState:
    """How a plan stands on a day. ST-11."""
    return shown(Life(row.state, date.fromisoformat(row.date_from), date.fromisoformat(row.date_to), row.post), day)


def goods_of(r: Reader, found: Loaded) -> frozenset[int] | None:
    """The products a plan holds for; None: all."""
    ids = {product for product, _sku in found.products} | {part.product_id for part in found.parts}
    categories = [name for top in found.scope(ScopeKind.CATEGORY) for name in descendants(r, top)]
    if not ids and not categories:
        return None
    for name in categories:
        ids |= set(r.column("SELECT id FROM product WHERE category = :name", name=name))
    return frozenset(ids)


def range_of(r: Reader, found: Loaded) -> Range:
    """Where a plan holds, for comparing it with others; one that ended early holds until the day before."""
    row = found.row
    gives = (
        row.rate, row.amount_off, row.on_order, row.min_amount, row.min_qty, row.repeats, row.buy_qty, row.get_qty, row.cheapest,
        row.bundle_price, found.steps, tuple((item.product_id, item.quantity, item.gift) for item in found.items),
    )  # fmt: skip
    return Range(
        row.number, row.kind, goods_of(r, found),
        found.scope(ScopeKind.CLASS), found.scope(ScopeKind.CHANNEL), found.scope(ScopeKind.REGION),
        date.fromisoformat(row.date_from), date.fromisoformat(row.last_day), row.priority, bool(row.stackable), bool(row.on_order), gives,
    )  # fmt: skip


def others(r: Reader, found: Loaded) -> list[Range]:
    """Every other plan that was submitted, runs or ran."""
    states = ", ".join(f"'{state}'" for state in COMMITTED)
    return [range_of(r, other) for other in load(r, f"p.state IN ({states}) AND p.id <> :id", id=found.row.id)]


def high_end(r: Reader, found: Loaded) -> list[HighEnd]:
    """The goods a plan names that bear no discount. PRO-07."""
    named = [product for product, _sku in found.products] + [part.product_id for part in found.parts]
    ids = ", ".join(map(str, named)) or "NULL"
    sql = f"""SELECT p.sku, s.code FROM product p LEFT JOIN staff s ON s.id = p.owner_id
              WHERE p.id IN ({ids}) AND p.no_discount = 1 ORDER BY p.sku"""
    return r.rows(HighEnd, sql)


def warnings(r: Reader, found: Loaded, day: date) -> Iterator[Problem]:
    """What is worth knowing before a plan is approved: goods that would stop at their floor, gifts the stock does not hold."""
    yield from _floors(r, found)
    for gift in found.gifts:
        free = available(r, gift.product_id).available
        if free <= 0:
            text = N_("no {sku} is in stock to give away")
            yield problem("no_gift_stock", text, rule="PRO-08", hint=N_("salescli stock receive {sku}=QTY"), sku=gift.sku)


def _floors(r: Reader, found: Loaded) -> Iterator[Problem]:
    row = found.row
    if row.kind != PromoKind.DISCOUNT or row.on_order:
        return
    goods = goods_of(r, found)
    place = "" if goods is None else f" AND id IN ({', '.join(map(str, goods)) or 'NULL'})"
    sql = f"SELECT sku, list_price, floor_price FROM product WHERE list_price > 0 AND floor_price IS NOT NULL AND no_discount = 0{place}"
    low = [sku for sku, price, floor in r.tuples(sql) if _after(price, row) < floor]
    if low:
        text = N_("{skus} would fall below the lowest price; they stop there")
        yield problem("stops_at_floor", text, rule="PRC-09", skus=low)


def _after(price: int, row: PlanRow) -> int:
    return divide(price * (10_000 - row.rate), 10_000) if row.rate else price - (row.amount_off or 0) * 100


# --- in words -----------------------------------------------------------------------------------------------------------


def benefit(found: Loaded) -> Message:
    """What a plan gives, in words."""
    return _BENEFITS[found.row.kind](found)


def _discount(found: Loaded) -> Message:
    row = found.row
    if row.rate and row.on_order:
        return msg(N_("{rate:pct} % off the whole order"), rate=row.rate)
    if row.rate:
        return msg(N_("{rate:pct} % off"), rate=row.rate)
    if row.on_order:
        return msg(N_("{off:amount} off the whole order"), off=row.amount_off)
    return msg(N_("{off:amount} off each"), off=row.amount_off)


def _spend(found: Loaded) -> Message:
    text = N_("{off:amount} off for each {threshold:amount}") if found.row.repeats else N_("{off:amount} off from {threshold:amount} on")
    return msg("{steps}", steps=[msg(text, off=off, threshold=threshold) for threshold, off in found.steps])


def _gifts(found: Loaded) -> list[Message]:
    return [msg(N_("{quantity:qty} {sku}"), quantity=gift.quantity, sku=gift.sku) for gift in found.gifts]


def _gift(found: Loaded) -> Message:
    row = found.row
    if row.min_amount:
        text = N_("{gifts} for each {amount:amount}") if row.repeats else N_("{gifts} from {amount:amount} on")
        return msg(text, gifts=_gifts(found), amount=row.min_amount)
    text = N_("{gifts} for each {quantity:qty} bought") if row.repeats else N_("{gifts} from {quantity:qty} bought on")
    return msg(text, gifts=_gifts(found), quantity=row.min_qty)


def _buy_get(found: Loaded) -> Message:
    row = found.row
    if found.gifts:
        return msg(N_("buy {buy:qty}, get {gifts}"), buy=row.buy_qty, gifts=_gifts(found))
    if row.cheapest:
        return msg(N_("buy {buy:qty}, the cheapest {get:qty} are free"), buy=row.buy_qty, get=row.get_qty)
    return msg(N_("buy {buy:qty}, get {get:qty} more"), buy=row.buy_qty, get=row.get_qty)


def _bundle(found: Loaded) -> Message:
    parts = [msg(N_("{quantity:qty} {sku}"), quantity=part.quantity, sku=part.sku) for part in found.parts]
    return msg(N_("{parts} together for {price:amount}"), parts=parts, price=found.row.bundle_price)


_BENEFITS = {
    PromoKind.DISCOUNT.value: _discount, PromoKind.SPEND.value: _spend, PromoKind.GIFT.value: _gift, PromoKind.BUY_GET.value: _buy_get,
    PromoKind.BUNDLE.value: _bundle,
}  # fmt: skip
