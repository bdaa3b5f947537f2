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
    "sales_amount", "quantity", "orders", "gross_profit", "collected", "on_time_rate", "returns", "return_rate", "price_deviation",
    "visits", "visit_points", "contracts_signed", "satisfaction",
]  # fmt: skip
By = Literal["staff", "customer", "product", "category", "region", "month", "source"]


@app.report(
    "rank",
    help=N_("Rank people, customers, products and more by what they sold, earned, collected, delivered in time or gave away."),
    example=(
        "salescli kpi rank --period 2026-10",
        "salescli kpi rank --period 2026 --metric collected --by customer --compare year",
        "salescli kpi rank --period 2026-Q3 --metric on_time_rate --by region -o rank.xlsx",
        "salescli kpi rank --period 2026-Q3 --metric gross_profit --explain LI",
    ),
    rules=("KPI-06", "ORD-18", "PRC-06"),
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
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar=N_("KEY"), help=N_("The documents behind one key of the ranking; - for the one without.")),
    ] = None,
    as_of: AsOf = None,
) -> "Report":
    from salescli.kpi import reads, reads_explain

    if explain is not None:
        return reads_explain.explain(r, period, metric, by, explain, as_of)
    return reads.rank(r, period, metric, by, compare, as_of)
