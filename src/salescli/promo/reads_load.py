"""Plans as they stand in the book, with scope, steps and goods, whatever their state."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NoReturn

from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_
from salescli.core.record import NamedTuple
from salescli.product.reads_file import descendants
from salescli.promo.rules_plan import Gift, Part, Plan
from salescli.promo.states import ScopeKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from salescli.core.reader import Reader

IN_ONE_QUERY = 500

# Names of columns and tables: the history shows them.
WORDS = (
    C_("all_goods"),
    C_("amount_off"),
    C_("before_amount"),
    C_("before_customers"),
    C_("before_margin"),
    C_("before_quantity"),
    C_("before_satisfaction"),
    C_("bundle_price"),
    C_("buy_qty"),
    C_("first_last_day"),
    C_("get_qty"),
    C_("margin"),
    C_("max_customer_orders"),
    C_("max_orders"),
    C_("min_amount"),
    C_("on_order"),
    C_("priority"),
    C_("promo_check"),
    C_("promo_item"),
    C_("promo_plan"),
    C_("promo_result"),
    C_("promo_scope"),
    C_("promo_step"),
    C_("repeats"),
    C_("stackable"),
    C_("started_on"),
    C_("theme"),
    C_("threshold"),
)


class PlanRow(NamedTuple):
    """A row of the table of plans, days ISO text, with the code of its owner and the post its request waits at."""

    id: int
    number: str
    name: str
    kind: str
    state: str
    staff_id: int
    staff: str
    created: str
    date_from: str
    date_to: str
    first_last_day: str | None
    audience: str | None
    form: str | None
    media: str | None
    goal: str | None
    all_goods: int
    theme: int
    priority: int
    stackable: int
    rate: int | None
    amount_off: int | None
    on_order: int
    min_amount: int | None
    min_qty: int | None
    repeats: int
    buy_qty: int | None
    get_qty: int | None
    cheapest: int
    bundle_price: int | None
    max_orders: int | None
    max_customer_orders: int | None
    request: str | None
    started_on: str | None
    ended_on: str | None
    reason: str | None
    post: str | None

    @property
    def last_day(self) -> str:
        """Its last day with effect: the day before it was ended early, else the last day planned."""
        return self.date_to if self.ended_on is None else min(self.date_to, self.ended_on)


class Item(NamedTuple):
    """Goods of a plan: a part of a bundle or a gift, with what a line needs to know of the product."""

    product_id: int
    sku: str
    name: str
    quantity: int
    gift: int
    category: str | None
    list_price: int | None
    cost: int | None
    tax_rate: int | None


class Loaded(NamedTuple):
    """A plan with everything that belongs to it; products of the scope as (id, SKU), other scopes as values."""

    row: PlanRow
    products: tuple[tuple[int, str], ...]
    scopes: Mapping[str, tuple[str, ...]]
    steps: tuple[tuple[int, int], ...]
    items: tuple[Item, ...]

    def scope(self, kind: ScopeKind) -> tuple[str, ...]:
        """The values of one kind of scope; none: not narrowed."""
        return self.scopes.get(kind.value, ())

    @property
    def gifts(self) -> tuple[Item, ...]:
        """What it gives away."""
        return tuple(item for item in self.items if item.gift)

    @property
    def parts(self) -> tuple[Item, ...]:
        """The parts of its bundle."""
        return tuple(item for item in self.items if not item.gift)


_PLAN = """
SELECT p.id, p.number, p.name, p.kind, p.state, p.staff_id, s.code, p.created, p.date_from, p.date_to, p.first_last_day, p.audience, p.form,
       p.media, p.goal, p.all_goods, p.theme, p.priority, p.stackable, p.rate, p.amount_off, p.on_order, p.min_amount, p.min_qty, p.repeats,
       p.buy_qty, p.get_qty, p.cheapest, p.bundle_price, p.max_orders, p.max_customer_orders, p.request, p.started_on, p.ended_on, p.reason,
       (SELECT t.post FROM approval a JOIN approval_step t ON t.approval_id = a.id AND t.decision IS NULL
        WHERE a.number = p.request AND a.state = 'waiting' ORDER BY t.position LIMIT 1)
FROM promo_plan p JOIN staff s ON s.id = p.staff_id
WHERE {terms} ORDER BY p.date_from, p.id"""
_SCOPE = """SELECT x.plan_id, x.kind, x.product_id, p.sku, x.value FROM promo_scope x LEFT JOIN product p ON p.id = x.product_id
WHERE x.plan_id IN ({ids}) ORDER BY x.id"""
_STEP = "SELECT plan_id, threshold, amount_off FROM promo_step WHERE plan_id IN ({ids}) ORDER BY threshold"
_ITEM = """SELECT i.plan_id, p.id, p.sku, p.name, i.quantity, i.gift, p.category, p.list_price, p.cost, p.tax_rate
FROM promo_item i JOIN product p ON p.id = i.product_id WHERE i.plan_id IN ({ids}) ORDER BY i.id"""


def plan_rows(r: Reader, terms: str = "1 = 1", **params: Any) -> list[PlanRow]:
    """Rows of plans by a condition on `p`."""
    return r.rows(PlanRow, _PLAN.format(terms=terms), **params)


def load(r: Reader, terms: str = "1 = 1", **params: Any) -> list[Loaded]:
    """Whole plans by a condition on `p`, in the order of their first days."""
    rows = plan_rows(r, terms, **params)
    products: dict[int, list[tuple[int, str]]] = defaultdict(list)
    scopes: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    steps: dict[int, list[tuple[int, int]]] = defaultdict(list)
    items: dict[int, list[Item]] = defaultdict(list)
    for ids in _pieces(row.id for row in rows):
        for plan, kind, product, sku, value in r.tuples(_SCOPE.format(ids=ids)):
            if product is not None:
                products[plan].append((product, sku))
            else:
                scopes[plan][kind] = (*scopes[plan].get(kind, ()), value)
        for plan, threshold, off in r.tuples(_STEP.format(ids=ids)):
            steps[plan].append((threshold, off))
        for plan, *item in r.tuples(_ITEM.format(ids=ids)):
            items[plan].append(Item(*item))
    return [Loaded(row, tuple(products[row.id]), scopes[row.id], tuple(steps[row.id]), tuple(items[row.id])) for row in rows]


def _pieces(ids: Iterable[int]) -> list[str]:
    wanted = list(ids)
    return [", ".join(map(str, wanted[start : start + IN_ONE_QUERY])) for start in range(0, len(wanted), IN_ONE_QUERY)]


def plan(r: Reader, number: str) -> Loaded:
    """One plan by its number, or by a part of its name that only one has. Raises SalesError (exit 3) when none or several fit."""
    typed = number.strip().lower()
    found = load(r, "lower(p.number) = :typed", typed=typed) or load(r, "lower(p.name) = :typed", typed=typed)
    found = found or [one for one in load(r) if typed and typed in one.row.name.lower()]
    if len(found) != 1:
        _not_one(number, found)
    return found[0]


def _not_one(typed: str, found: list[Loaded]) -> NoReturn:
    hint = N_("salescli promo list")
    if found:
        names = [f"{one.row.number} {one.row.name}" for one in found]
        fail("plan_ambiguous", N_('"{typed}" fits several plans: {names}'), kind=Kind.NOT_FOUND, hint=hint, typed=typed, names=names)
    fail("plan_not_found", N_("there is no promotion plan {number}"), kind=Kind.NOT_FOUND, hint=hint, number=typed)


def as_plan(r: Reader, found: Loaded) -> Plan:
    """A plan as the rules take it, its categories with everything below them."""
    row = found.row
    gifts = tuple(Gift(g.product_id, g.sku, g.quantity, g.category, g.list_price, g.cost, g.tax_rate) for g in found.gifts)
    return Plan(
        row.number, row.name, row.kind,
        products=frozenset(product for product, _sku in found.products),
        categories=frozenset(name for top in found.scope(ScopeKind.CATEGORY) for name in descendants(r, top)),
        rate=row.rate, amount_off=row.amount_off, on_order=bool(row.on_order), min_amount=row.min_amount, min_qty=row.min_qty,
        repeats=bool(row.repeats), steps=found.steps, buy_qty=row.buy_qty, get_qty=row.get_qty, cheapest=bool(row.cheapest), gifts=gifts,
        parts=tuple(Part(part.product_id, part.sku, part.quantity) for part in found.parts),
        bundle_price=row.bundle_price, priority=row.priority, stackable=bool(row.stackable),
    )  # fmt: skip
