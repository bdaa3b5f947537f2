"""Commands of the group `stock`."""

from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import AnyPeriod, AsOf, Group, ProductArgument
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Report

app = Group("stock")

Warehouse = Annotated[str | None, typer.Option("--warehouse", metavar=N_("WAREHOUSE"), help=N_("Only this warehouse: code or name."))]
Sku = Annotated[str | None, typer.Option("--sku", metavar=N_("SKU"), help=N_("Only this product: SKU or part of its name."))]


@app.report(
    "list",
    help=N_("Goods on hand, reserved and available, with moving-average cost and value."),
    example=("salescli stock list", "salescli stock list --warehouse MAIN --as-of 2026-10-31"),
    rules=("STK-02", "STK-08"),
)
def list_(r: "Reader", warehouse: Warehouse = None, sku: Sku = None, as_of: AsOf = None) -> "Report":
    from salescli.stock.reads import listing

    return listing(r, warehouse=warehouse, sku=sku, as_of=as_of)


@app.report(
    "ledger",
    help=N_("Every movement of a product with the balance after it, oldest first."),
    example="salescli stock ledger TN2325 --period 2026-10",
    rules=("STK-02",),
)
def ledger(r: "Reader", sku: ProductArgument, warehouse: Warehouse = None, period: AnyPeriod = None, as_of: AsOf = None) -> "Report":
    from salescli.stock import reads

    return reads.ledger(r, sku, warehouse=warehouse, period=period, as_of=as_of)
