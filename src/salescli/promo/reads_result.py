"""What came of a plan beside as many days before it, as a whole and by area, product, class (PRO-04, PRO-06)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.i18n import N_, msg
from salescli.core.money import divide, rate_of
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.customer.rules_care import mean_score
from salescli.price.reads import need_prices
from salescli.promo.reads_around import goods_of
from salescli.promo.reads_load import plan
from salescli.promo.states import ScopeKind

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.promo.reads_load import Loaded


class Figures(NamedTuple):
    """Sales of a plan's goods to its audience: 1/100, base units, margin 1/100 (None: cost unknown), customers, satisfaction 1/100."""

    amount: int
    quantity: int
    margin: int | None
    customers: int
    satisfaction: int | None = None


class Span(NamedTuple):
    """Days from first to last."""

    first: date
    last: date


_SOLD = """
SELECT {key}, coalesce(sum(l.amount), 0), coalesce(sum(CASE WHEN l.gift = 0 THEN l.quantity ELSE 0 END), 0),
       sum(l.unit_cost * l.quantity), sum(CASE WHEN l.unit_cost IS NULL THEN 1 ELSE 0 END), count(DISTINCT o.customer_id)
FROM order_line l JOIN sales_order o ON o.id = l.order_id JOIN customer c ON c.id = o.customer_id JOIN product p ON p.id = l.product_id
WHERE {terms}{group}"""
_SCORE = """SELECT coalesce(sum(x.score), 0), count(*) FROM survey x WHERE x.day BETWEEN :first AND :last AND x.customer_id IN (
  SELECT o.customer_id FROM order_line l JOIN sales_order o ON o.id = l.order_id JOIN customer c ON c.id = o.customer_id WHERE {terms})"""


def spans(found: Loaded, day: date) -> tuple[Span, Span]:
    """The days of a plan so far, and as many just before its first. PRO-04."""
    row = found.row
    first, last = date.fromisoformat(row.date_from), date.fromisoformat(row.date_to)
    if row.ended_on is not None:
        last = max(first, min(last, date.fromisoformat(row.ended_on) - timedelta(days=1)))
    last = max(first, min(last, day))
    length = (last - first).days + 1
    return Span(first, last), Span(first - timedelta(days=length), first - timedelta(days=1))


def _terms(r: Reader, found: Loaded, span: Span) -> tuple[str, dict[str, Any]]:
    """Which lines count: accepted orders of these days, the plan's goods and gifts, its audience."""
    terms = ["o.state IN ('confirmed', 'closed')", "o.date BETWEEN :first AND :last"]
    params: dict[str, Any] = {"first": span.first, "last": span.last}
    goods = goods_of(r, found)
    if goods is not None:
        gift = f"(l.gift = 1 AND ',' || l.promo_number || ',' LIKE '%,{found.row.number},%')"
        terms.append(f"(l.product_id IN ({', '.join(map(str, sorted(goods))) or 'NULL'}) OR {gift})")
    columns = {ScopeKind.CLASS: "c.customer_class", ScopeKind.CHANNEL: "o.channel", ScopeKind.REGION: "coalesce(o.region, c.region)"}
    for kind, column in columns.items():
        names = {f"{kind.name.lower()}{place}": value.lower() for place, value in enumerate(found.scope(kind))}
        if names:
            terms.append(f"lower({column}) IN ({', '.join(f':{name}' for name in names)})")
            params |= names
    return " AND ".join(terms), params


def figures(r: Reader, found: Loaded, span: Span) -> Figures:
    """Sales of a plan's goods to its audience on these days, whoever sold them. PRO-04."""
    terms, params = _terms(r, found, span)
    _key, *sums = r.tuples(_SOLD.format(key="NULL", terms=terms, group=""), **params)[0]
    score = mean_score(*r.tuples(_SCORE.format(terms=terms), **params)[0])
    return _figures(sums)._replace(satisfaction=score)


def _figures(sums: list[Any]) -> Figures:
    amount, quantity, cost, unknown, customers = sums
    margin = amount - divide(cost or 0, 100_000) if not unknown else None
    return Figures(amount, quantity, margin, customers)


def compare(r: Reader, found: Loaded, day: date) -> tuple[Figures, Figures]:
    """A plan's figures so far, and those of as many days before. PRO-04."""
    now, before = spans(found, day)
    return figures(r, found, now), figures(r, found, before)


RESULT = (
    Column("key", N_("By")),
    Column("amount", N_("Amount"), "amount", total=True),
    Column("before", N_("Before"), "amount", total=True),
    Column("growth_pct", N_("Growth %"), "percent"),
    Column("quantity", N_("Quantity"), "quantity"),
    Column("before_quantity", N_("Quantity before"), "quantity"),
    Column("margin", N_("Gross profit"), "amount"),
    Column("customers", N_("Customers"), "int"),
    Column("before_customers", N_("Customers before"), "int"),
)

KEYS = {"region": "coalesce(o.region, c.region)", "product": "p.sku", "class": "c.customer_class", "channel": "o.channel"}


def result(r: Reader, number: str, by: str, as_of: date | None = None) -> Report:
    """A plan's sales by area, product, class or channel beside as many days before, the largest first. PRO-04, PRO-06."""
    need_prices(r)
    day = as_of or r.today
    found = plan(r, number)
    now, before = spans(found, day)
    current, past = _grouped(r, found, now, KEYS[by]), _grouped(r, found, before, KEYS[by])
    keys = sorted({*current, *past}, key=lambda key: (-current.get(key, NOTHING).amount, key is None, key or ""))
    return Report(
        name="promo-result",
        title=msg(N_("Result of {number} {name}"), number=found.row.number, name=found.row.name),
        columns=RESULT,
        rows=[_row(key, current.get(key, NOTHING), past.get(key, NOTHING)) for key in keys],
        notes=(
            msg(N_("{first} to {last} beside {before_first} to {before_last}"), first=now.first.isoformat(), last=now.last.isoformat(),
                before_first=before.first.isoformat(), before_last=before.last.isoformat()),
        ),
        as_of=day.isoformat(),
        empty=msg(N_("None of its goods were sold on these days.")),
        beyond_own=r.actor.visible("orders") is None,
    )  # fmt: skip


NOTHING = Figures(0, 0, 0, 0)


def _grouped(r: Reader, found: Loaded, span: Span, key: str) -> dict[str | None, Figures]:
    terms, params = _terms(r, found, span)
    seen = f"{terms} AND {condition(r.actor, 'orders', 'o.staff_id')}"
    return {name: _figures(sums) for name, *sums in r.tuples(_SOLD.format(key=key, terms=seen, group=f" GROUP BY {key}"), **params)}


def _row(key: str | None, now: Figures, before: Figures) -> tuple[Any, ...]:
    growth = rate_of(now.amount - before.amount, before.amount)
    return (key, now.amount, before.amount, growth, now.quantity, before.quantity, now.margin, now.customers, before.customers)
