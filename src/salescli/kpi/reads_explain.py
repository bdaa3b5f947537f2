"""What stands behind one key of a ranking: the documents its figure is made of (KPI-06)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, msg
from salescli.core.money import rate_of
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.kpi.reads import MONTH, check_allowed, months
from salescli.kpi.reads_cut import ALL, figures, papers
from salescli.kpi.reads_measures import METRICS, Metric

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.dates import Period
    from salescli.core.i18n import Message
    from salescli.core.reader import Reader

NAMELESS = "-"
"""How the key without a code is typed."""


class _Wanted(NamedTuple):
    """Whose documents are told: the dimension, its key as a ranking shows it, and from which days."""

    by: str
    code: str | None
    start: date
    end: date


def explain(r: Reader, span: Period, metric: str, by: str, key: str, as_of: date | None = None) -> Report:
    """The documents behind one key of `kpi rank`, by day; their sum is its figure. Days after `as_of` do not count. KPI-06.

    Raises SalesError: 2 and 7 as `kpi rank` does, 3 for a key that is not in the ranking.
    """
    check_allowed(r, metric, by)
    measure, day = METRICS[metric], as_of or r.today
    wanted = _month(span, key, day) if by == MONTH else _wanted(r, measure, by, key, span, day)
    rows = papers(r, measure.query, *wanted)
    return Report(
        name="kpi-rank-explain",
        title=msg(N_("{metric:code} of {key} in {period}, document by document"), metric=metric, key=key, period=span.name),
        columns=_columns(measure),
        rows=rows if measure.rate else [row[:-1] for row in rows],
        notes=_notes(measure, sum(row.value or 0 for row in rows), sum(row.whole or 0 for row in rows)),
        as_of=wanted.end.isoformat(),
        empty=msg(N_("Nothing stands behind it in {period}."), period=span.name),
        beyond_own=r.actor.visible("orders") is None,
    )


def _month(span: Period, key: str, day: date) -> _Wanted:
    """A month of the period."""
    found = next((month for month in months(span) if month.start.isoformat()[:7] == key), None)
    if found is None:
        _not_there(key, span.name)
    return _Wanted(ALL, None, found.start, min(found.end, day))


def _wanted(r: Reader, measure: Metric, by: str, key: str, span: Period, day: date) -> _Wanted:
    """The key as the ranking shows it: its code or its name, whatever the case."""
    typed, start, end = key.strip().casefold(), span.start, min(span.end, day)
    names = ((row.code, {NAMELESS} if row.code is None else {row.code.casefold(), (row.name or "").casefold()})
             for row in figures(r, measure.query, by, start, end))  # fmt: skip
    found = [code for code, called in names if typed in called]
    if not found:
        _not_there(key, span.name)
    return _Wanted(by, found[0], start, end)


def _not_there(key: str, period: str) -> NoReturn:
    text, hint = N_("{key} is not in the ranking of {period}"), N_("give a key as salescli kpi rank shows it; - for the one without")
    fail("key_not_ranked", text, kind=Kind.NOT_FOUND, rule="KPI-06", hint=hint, key=key, period=period)


def _columns(measure: Metric) -> tuple[Column, ...]:
    whole = (Column("whole", N_("Of"), measure.unit, total=True),) if measure.rate else ()
    return (
        Column("date", N_("Date"), "date"),
        Column("document", N_("Document")),
        Column("customer", N_("Customer")),
        Column("customer_name", N_("Customer name")),
        Column("value", N_("Value"), measure.unit, total=True),
        *whole,
    )


def _notes(measure: Metric, value: int, whole: int) -> tuple[Message, ...]:
    rate = rate_of(value, whole) if measure.rate else None
    return () if rate is None else (msg(N_("that is {rate:pct} per cent"), rate=rate),)
