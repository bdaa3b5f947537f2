"""Rankings of a period by person, customer, product and other keys, compared with an earlier period (KPI-06)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from salescli.core.dates import Period, end_of_month, month_of, period
from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, msg
from salescli.core.money import rate_of
from salescli.core.report import Column, Report
from salescli.kpi.reads_measures import ALL, GOODS, METRICS, Figure, Metric, figures
from salescli.kpi.rules import growth, places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.reader import Reader
    from salescli.core.report import CellKind

MONTH = C_("month")
BY = (C_("staff"), C_("customer"), C_("product"), C_("category"), C_("region"), MONTH, C_("source"))
METRIC_NAMES = (C_("sales_amount"), C_("quantity"), C_("orders"), C_("collected"), C_("on_time_rate"), C_("visits"), C_("visit_points"),
                C_("contracts_signed"), C_("satisfaction"))  # fmt: skip
EARLIER = {"last": Period.previous, "year": Period.year_before}
"""What `--compare` compares with: the period of the same length just before, the same period a year earlier."""


class Measured(NamedTuple):
    """A key with its figure, in the metric's unit (a rate in 1/10,000)."""

    key: str | None
    name: str | None
    value: int


class Ranked(NamedTuple):
    """A key with the figure of the period and of the earlier one; `previous` None where nothing is compared or known."""

    key: str | None
    name: str | None
    value: int
    previous: int | None


def rank(
    r: Reader, span: Period, metric: str = "sales_amount", by: str = "staff", compare: str | None = None, as_of: date | None = None
) -> Report:
    """The best first, with growth over an earlier period. Days after `as_of` (default: the reader's day) do not count. KPI-06.

    Raises SalesError: 2 for a metric that products do not have, 7 for amounts the reader may not see.
    """
    measure = METRICS[metric]
    _check(r, measure, metric, by)
    ranked = _ranked(r, measure, by, span, compare, as_of or r.today)
    end = min(span.end, as_of or r.today)
    return Report(
        name="kpi-rank",
        title=msg(N_("{metric:code} of {period} by {by:code}"), metric=metric, period=span.name, by=by),
        columns=_columns(measure.kind),
        rows=_rows(ranked),
        totals=_totals(r, measure, by, span, compare, as_of or r.today, ranked),
        notes=(msg(N_("previous: {period}"), period=EARLIER[compare](span).name),) if compare and by != MONTH else (),
        as_of=end.isoformat(),
        empty=msg(N_("Nothing to rank in {period}. Another period: salescli kpi rank --period 2026"), period=span.name),
        beyond_own=r.actor.visible("orders") is None,
    )


def _check(r: Reader, measure: Metric, metric: str, by: str) -> None:
    if by in GOODS and not measure.of_goods:
        text = N_("{metric:code} cannot be told by {by:code}: money is received for orders, not for goods")
        if measure.kind != "amount":
            text = N_("{metric:code} cannot be told by {by:code}: it is about people and customers, not about goods")
        fail("metric_not_by", text, kind=Kind.USAGE, hint=N_("use --by staff, customer, region, month or source"), metric=metric, by=by)
    if measure.kind == "amount" and not r.actor.sees_prices:
        text = N_("{staff} may not see prices and amounts")
        hint = N_("rank by --metric quantity, orders or on_time_rate")
        fail("prices_hidden", text, kind=Kind.FORBIDDEN, rule="ORG-07", hint=hint, staff=r.actor.code)


# --- figures ----------------------------------------------------------------------------------------------------------


def _measured(r: Reader, metric: Metric, by: str, span: Period, day: date) -> list[Measured]:
    """The figures of a period by key, as far as `day`."""
    found = figures(r, metric, by, span.start, min(span.end, day))
    return [Measured(row.code, row.name, value) for row in found if (value := _value(metric, row)) is not None]


def _value(metric: Metric, row: Figure) -> int | None:
    return rate_of(row.value, row.whole) if metric.rate else row.value


def _overall(r: Reader, metric: Metric, span: Period, day: date) -> int | None:
    """The figure over everything; None when there is none."""
    return next((row.value for row in _measured(r, metric, ALL, span, day)), None)


def _months(span: Period) -> Iterator[Period]:
    """The months of a period, the first and the last as far as they belong to it."""
    start = span.start
    while start <= span.end:
        end = min(end_of_month(start), span.end)
        yield period(start, end)
        start = end + timedelta(1)


def _ranked(r: Reader, metric: Metric, by: str, span: Period, compare: str | None, day: date) -> list[Ranked]:
    """The keys of either period, best first; equal ones by key."""
    found = _by_month(r, metric, span, compare, day) if by == MONTH else _by_key(r, metric, by, span, compare, day)
    return sorted(found, key=lambda row: (-row.value, row.key is None, row.key or ""))


def _by_month(r: Reader, metric: Metric, span: Period, compare: str | None, day: date) -> list[Ranked]:
    """Each month measured for itself and compared with the month before it or a year before it."""
    ranked = []
    for month in _months(span):
        value = _overall(r, metric, month, day) if month.start <= day else None
        previous = _overall(r, metric, EARLIER[compare](month), day) if compare and value is not None else None
        if value or (value is not None and metric.rate):
            name = month_of(month.start).name
            ranked.append(Ranked(name, name, value, previous if metric.rate or not compare else previous or 0))
    return ranked


def _by_key(r: Reader, metric: Metric, by: str, span: Period, compare: str | None, day: date) -> list[Ranked]:
    """Keys with a figure in either period; a sum that is missing in one of them is 0 there, a rate is unknown."""
    now = {row.key: row for row in _measured(r, metric, by, span, day)}
    if compare is None:
        return [Ranked(*row, None) for row in now.values()]
    before = {row.key: row for row in _measured(r, metric, by, EARLIER[compare](span), day)}
    if metric.rate:
        return [Ranked(*row, before[key].value if key in before else None) for key, row in now.items()]
    gone = [row._replace(value=0) for key, row in before.items() if key not in now]
    return [Ranked(*row, before[row.key].value if row.key in before else 0) for row in (*now.values(), *gone)]


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


def _totals(
    r: Reader, measure: Metric, by: str, span: Period, compare: str | None, day: date, ranked: list[Ranked]
) -> dict[str, int | str | None]:
    """The sum of the rows; where rows overlap (rates, orders told by their products) everything is measured once more."""
    value: int | None
    previous: int | None = None
    if measure.rate or (measure is METRICS["orders"] and by in GOODS):
        value = _overall(r, measure, span, day)
        previous = _overall(r, measure, EARLIER[compare](span), day) if compare else None
    else:
        value = sum(row.value for row in ranked)
        previous = sum(row.previous or 0 for row in ranked) if compare else None
    grown = growth(value, previous) if value is not None else None
    return {"value": value, "target": None, "completion_pct": None, "previous": previous, "growth_pct": grown}
