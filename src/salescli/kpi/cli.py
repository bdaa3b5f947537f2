"""Commands of the group `kpi`."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import THIS_MONTH, AsOf, Group, PeriodOption
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Report

app = Group("kpi")

MetricName = Literal[
    "sales_amount", "quantity", "orders", "collected", "on_time_rate", "visits", "visit_points", "contracts_signed", "satisfaction"
]
By = Literal["staff", "customer", "product", "category", "region", "month", "source"]


@app.report(
    "rank",
    help=N_("Rank people, customers, products and more by what they sold, collected or delivered in time."),
    example=(
        "salescli kpi rank --period 2026-10",
        "salescli kpi rank --period 2026 --metric collected --by customer --compare year",
        "salescli kpi rank --period 2026-Q3 --metric on_time_rate --by region -o rank.xlsx",
    ),
    rules=("KPI-06", "ORD-18"),
)
def rank(
    r: "Reader",
    period: PeriodOption = THIS_MONTH,
    metric: Annotated[MetricName, typer.Option("--metric", help=N_("What is measured."))] = "sales_amount",
    by: Annotated[By, typer.Option("--by", help=N_("What is ranked."))] = "staff",
    compare: Annotated[
        Literal["last", "year"] | None,
        typer.Option("--compare", help=N_("With the period before (last) or the same one a year earlier (year).")),
    ] = None,
    as_of: AsOf = None,
) -> "Report":
    from salescli.kpi import reads

    return reads.rank(r, period, metric, by, compare, as_of)
