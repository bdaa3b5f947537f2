"""What customers think of us: scores, averages, trends (CUS-11, K-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find
from salescli.core.report import Column, Report
from salescli.customer.rules_care import mean_score

if TYPE_CHECKING:
    from salescli.core.dates import Period
    from salescli.core.reader import Reader

LIST = (
    Column("number", N_("Survey")),
    Column("date", N_("Date"), "date"),
    Column("customer", N_("Customer")),
    Column("name", N_("Name")),
    Column("contact", N_("Contact")),
    Column("about", N_("About")),
    Column("score", N_("Score"), "int"),
    Column("comment", N_("Comment")),
    Column("measure", N_("What was changed")),
    Column("task", N_("Task")),
    Column("staff", N_("Asked by")),
)
MEAN = Column("mean", N_("Mean score"), "amount")

_LIST = """
SELECT v.number, v.day, c.code, c.name, v.contact, b.code, v.score, v.comment, v.measure, v.task, s.code, c.staff_id
FROM survey v JOIN customer c ON c.id = v.customer_id JOIN staff s ON s.id = v.staff_id LEFT JOIN staff b ON b.id = v.about_id
WHERE {terms} ORDER BY v.day DESC, v.id DESC"""


def listing(r: Reader, span: Period | None = None, customer: str | None = None, *, low: bool = False) -> Report:
    """Surveys, the newest first, with their mean. CUS-11."""
    params: dict[str, Any] = {"limit": r.policy("survey.low_score")}
    terms = [condition(r.actor, "customers", "c.staff_id")]
    if span is not None:
        terms.append("v.day BETWEEN :start AND :end")
        params |= {"start": span.start, "end": span.end}
    if customer is not None:
        terms.append(f"v.customer_id = {find(r, 'customer', customer).id:d}")
    if low:
        terms.append("v.score <= :limit")
    rows = r.tuples(_LIST.format(terms=" AND ".join(terms)), **params)
    return Report(
        name="customer-survey-list",
        title=msg(N_("Satisfaction surveys")),
        columns=LIST,
        rows=[row[:11] for row in rows],
        totals={"mean": mean_score(sum(row[6] for row in rows), len(rows))},
        figures=(MEAN,),
        as_of=r.today.isoformat(),
        empty=msg(N_("Nobody was asked. Note an answer: salescli customer survey add CUSTOMER --score 1..5")),
        beyond_own=any(row[11] not in r.actor.team for row in rows),
    )


BY = {
    C_("staff"): ("coalesce(b.code, o.code)", "coalesce(b.name, o.name)"),
    C_("customer"): ("c.code", "c.name"),
    C_("region"): ("c.region", "c.region"),
    C_("customer_class"): ("c.customer_class", "c.customer_class"),
}
"""What averages may be told by, and where it stands."""

AVERAGES = (
    Column("key", N_("Key")),
    Column("name", N_("Name")),
    Column("count", N_("Answers"), "int", total=True),
    Column("mean", N_("Mean score"), "amount"),
    Column("low", N_("Low scores"), "int", total=True),
    Column("previous", N_("Previous"), "amount"),
)

_MEANS = """
SELECT {key}, {name}, count(*), sum(v.score), sum(CASE WHEN v.score <= :limit THEN 1 ELSE 0 END)
FROM survey v JOIN customer c ON c.id = v.customer_id
LEFT JOIN staff o ON o.id = c.staff_id LEFT JOIN staff b ON b.id = v.about_id
WHERE v.day BETWEEN :start AND :end AND {scope} GROUP BY {key}, {name}"""


def averages(r: Reader, span: Period, by: str = "staff") -> Report:
    """Mean scores of a period and the one before, the lowest first. CUS-11, K-12."""
    now, before = _means(r, span, by), {row[0]: row for row in _means(r, span.previous(), by)}
    rows = [
        (row[0], row[1], row[2], mean_score(row[3], row[2]), row[4], mean_score(*before[row[0]][3:1:-1]) if row[0] in before else None)
        for row in now
    ]
    total = mean_score(sum(row[3] for row in now), sum(row[2] for row in now))
    return Report(
        name="customer-survey-averages",
        title=msg(N_("Satisfaction in {period} by {by:code}"), period=span.name, by=by),
        columns=AVERAGES,
        rows=sorted(rows, key=lambda row: (row[3] or 0, row[0] or "")),
        totals={"mean": total},
        as_of=min(span.end, r.today).isoformat(),
        empty=msg(N_("Nobody was asked in {period}."), period=span.name),
        beyond_own=r.actor.visible("customers") is None,
    )


def _means(r: Reader, span: Period, by: str) -> list[tuple[Any, ...]]:
    key, name = BY[by]
    sql = _MEANS.format(key=key, name=name, scope=condition(r.actor, "customers", "c.staff_id"))
    return r.tuples(sql, start=span.start, end=span.end, limit=r.policy("survey.low_score", span.end))


def answers_for(r: Reader, about: int, asker: int) -> int:
    """Who sees to a low score about somebody's work: his superior, at the top of the office a manager or director. CUS-11, ORG-03.

    With neither: who asked. It falls to himself only where he asked and is all there is.
    """
    from salescli.core.approval import holders, level

    above = level(r, "SUP", about)
    if above is not None:
        return above.people[0]
    return asker if asker != about else next(iter(holders(r, "manager", about)), about)
