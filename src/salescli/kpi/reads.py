"""Rankings of a period by person, customer, product and other keys, compared with an earlier period (KPI-06)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salescli.core.dates import Period, end_of_month, month_of, period
from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.money import rate_of
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.kpi.reads_cut import ALL, GOODS, Figure, figures
from salescli.kpi.reads_measures import METRICS, Metric
from salescli.kpi.rules import growth, places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.reader import Reader
    from salescli.core.report import CellKind

MONTH = C_("month")
BY = (C_("staff"), C_("customer"), C_("product"), C_("category"), C_("region"), MONTH, C_("source"))
METRIC_NAMES = (C_("sales_amount"), C_("quantity"), C_("orders"), C_("gross_profit"), C_("collected"), C_("on_time_rate"), C_("returns"),
                C_("return_rate"), C_("price_deviation"), C_("visits"), C_("visit_points"), C_("contracts_signed"),
                C_("satisfaction"))  # fmt: skip
EARLIER = {"last": Period.previous, "year": Period.year_before}
"""What `--compare` compares with: the period of the same length just before, the same period a year earlier."""


class Asked(NamedTuple):
    """What a ranking is asked for; days after `day` do not count."""

    metric: Metric
    by: str
    span: Period
    compare: str | None
    day: date

    def earlier(self) -> Period | None:
        """The period compared with."""
        return EARLIER[self.compare](self.span) if self.compare else None


class Ranked(NamedTuple):
    """A key with the figure of the period and of the earlier one; `previous` None where nothing is compared or known."""

    key: str | None
    name: str | None
    value: int
    previous: int | None


class Ranking(NamedTuple):
    """Keys, the best first, the figure over everything now and earlier, and what a sum had to leave out (1/100)."""

    rows: list[Ranked]
    value: int | None
    previous: int | None
    left_out: int


def rank(
    r: Reader, span: Period, metric: str = "sales_amount", by: str = "staff", compare: str | None = None, as_of: date | None = None
) -> Report:
    """The best first, with growth over an earlier period. Days after `as_of` (default: the reader's day) do not count. KPI-06.

    Raises SalesError: 2 for a metric that products do not have, 7 for amounts the reader may not see.
    """
    check_allowed(r, metric, by)
    asked = Asked(METRICS[metric], by, span, compare, as_of or r.today)
    ranking = _ranking(r, asked)
    return Report(
        name="kpi-rank",
        title=msg(N_("{metric:code} of {period} by {by:code}"), metric=metric, period=span.name, by=by),
        columns=_columns(asked.metric.kind),
        rows=_rows(ranking.rows),
        totals=_totals(ranking),
        notes=_notes(asked, ranking),
        as_of=min(span.end, asked.day).isoformat(),
        empty=msg(N_("Nothing to rank in {period}. Another period: salescli kpi rank --period 2026"), period=span.name),
        beyond_own=r.actor.visible("orders") is None,
    )


def check_allowed(r: Reader, metric: str, by: str) -> None:
    """Refuse what goods do not have (exit 2), and money to who may not see it (exit 7). ORG-07."""
    measure = METRICS[metric]
    if by in GOODS and not measure.of_goods:
        text = N_("{metric:code} cannot be told by {by:code}: money is received for orders, not for goods")
        if not measure.money:
            text = N_("{metric:code} cannot be told by {by:code}: it is about people and customers, not about goods")
        fail("metric_not_by", text, kind=Kind.USAGE, hint=N_("use --by staff, customer, region, month or source"), metric=metric, by=by)
    if measure.money and not r.actor.sees_prices:
        text = N_("{staff} may not see prices and amounts")
        hint = N_("rank by --metric quantity, orders or on_time_rate")
        fail("prices_hidden", text, kind=Kind.FORBIDDEN, rule="ORG-07", hint=hint, staff=r.actor.code)


# --- figures ----------------------------------------------------------------------------------------------------------


def _figures(r: Reader, asked: Asked, span: Period, by: str | None = None) -> list[Figure]:
    """The figures of a period by key (default: the one asked for), as far as the day."""
    return figures(r, asked.metric.query, by or asked.by, span.start, min(span.end, asked.day))


def _value(metric: Metric, row: Figure) -> int | None:
    """The figure as it is ranked."""
    return rate_of(row.value or 0, row.whole or 0) if metric.rate else row.value


def _overall(r: Reader, asked: Asked, span: Period) -> Figure:
    """The figure over everything."""
    return next(iter(_figures(r, asked, span, ALL)), Figure(None, None, None, None))


def _together(r: Reader, asked: Asked, span: Period, found: list[Figure]) -> int | None:
    """What the figures of a period come to; measured once more where keys overlap: an order told by its goods, or by months."""
    if asked.by == MONTH or (asked.by in GOODS and asked.metric.counts_orders):
        whole = _overall(r, asked, span)
    else:
        whole = Figure(None, None, sum(row.value or 0 for row in found), sum(row.whole or 0 for row in found))
    return _value(asked.metric, whole)


def months(span: Period) -> Iterator[Period]:
    """The months of a period, the first and the last as far as they belong to it."""
    start = span.start
    while start <= span.end:
        end = min(end_of_month(start), span.end)
        yield period(start, end)
        start = end + timedelta(1)


def _ranking(r: Reader, asked: Asked) -> Ranking:
    """The keys of either period, best first; equal ones by key."""
    found = _by_month(r, asked) if asked.by == MONTH else _by_key(r, asked)
    sign = 1 if asked.metric.lowest_first else -1
    return found._replace(rows=sorted(found.rows, key=lambda row: (sign * row.value, row.key is None, row.key or "")))


def _by_month(r: Reader, asked: Asked) -> Ranking:
    """Each month measured for itself and compared with the month before it or a year before it."""
    metric, ranked, left_out = asked.metric, [], 0
    for month in months(asked.span):
        if month.start > asked.day:
            break
        found = _overall(r, asked, month)
        value = _value(metric, found)
        left_out += 0 if metric.rate else found.whole or 0
        if value or (value is not None and metric.rate):
            name = month_of(month.start).name
            previous = _value(metric, _overall(r, asked, EARLIER[asked.compare](month))) if asked.compare else None
            ranked.append(Ranked(name, name, value, previous if metric.rate or not asked.compare else previous or 0))
    if metric.rate:
        earlier = asked.earlier()
        return Ranking(ranked, _together(r, asked, asked.span, []), _together(r, asked, earlier, []) if earlier else None, 0)
    previous = sum(row.previous or 0 for row in ranked) if asked.compare else None
    return Ranking(ranked, sum(row.value for row in ranked), previous, left_out)


def _by_key(r: Reader, asked: Asked) -> Ranking:
    """Keys with a figure in either period; a sum that is missing in one of them is 0 there, a rate is unknown."""
    metric, earlier = asked.metric, asked.earlier()
    now = _figures(r, asked, asked.span)
    before = _figures(r, asked, earlier) if earlier else []
    was = {row.code: _value(metric, row) for row in before}
    missing = None if metric.rate or earlier is None else 0
    ranked = [Ranked(row.code, row.name, value, was.get(row.code, missing)) for row in now if (value := _value(metric, row)) is not None]
    if not metric.rate:
        there = {row.code for row in now}
        ranked += [Ranked(row.code, row.name, 0, row.value) for row in before if row.code not in there and row.value is not None]
    return Ranking(
        ranked,
        _together(r, asked, asked.span, now),
        _together(r, asked, earlier, before) if earlier else None,
        0 if metric.rate else sum(row.whole or 0 for row in now),
    )


# --- the report -------------------------------------------------------------------------------------------------------


def _columns(kind: CellKind) -> tuple[Column, ...]:
    return (
        Column("rank", N_("Rank"), "rank"),
        Column("key", N_("Key")),
        Column("name", N_("Name")),
        Column("value", N_("Value"), kind),
        Column("target", N_("Target"), kind),
        Column("completion_pct", N_("Completion"), "percent"),
        Column("previous", N_("Previous"), kind),
        Column("growth_pct", N_("Growth"), "percent"),
    )


def _rows(ranked: list[Ranked]) -> list[tuple[int | str | None, ...]]:
    """Rows with their places; nobody has set a target, so there is none to complete."""
    ranks = places([row.value for row in ranked])
    return [
        (place, row.key, row.name, row.value, None, None, row.previous, growth(row.value, row.previous))
        for place, row in zip(ranks, ranked, strict=True)
    ]


def _totals(ranking: Ranking) -> dict[str, int | str | None]:
    grown = growth(ranking.value, ranking.previous) if ranking.value is not None else None
    return {"value": ranking.value, "target": None, "completion_pct": None, "previous": ranking.previous, "growth_pct": grown}


def _notes(asked: Asked, ranking: Ranking) -> tuple[Message, ...]:
    notes = []
    if (earlier := asked.earlier()) and asked.by != MONTH:
        notes.append(msg(N_("previous: {period}"), period=earlier.name))
    if asked.metric.lowest_first and ranking.rows:
        notes.append(msg(N_("the lowest comes first")))
    if ranking.left_out:
        text = N_("goods of {amount:amount} went out without a known cost and are left out")
        notes.append(msg(text, amount=ranking.left_out))
    return tuple(notes)
