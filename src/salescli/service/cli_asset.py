"""Commands of the group `service asset`: goods under care."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import CustomerArgument, Group, option
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("asset")


@app.write(
    "add",
    help=N_("Note a thing of the customer's that we look after."),
    example='salescli service asset add 华信 "Brother HL-2260" --serial E7301 --warranty-months 12 --service-months 6',
    rules=("SVC-03", "SVC-05"),
    right="service.edit",
)
def add_asset(
    w: "Writer",
    customer: CustomerArgument,
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("What it is called."))],
    product: Annotated[
        str | None, typer.Option("--product", metavar=N_("PRODUCT"), help=N_("The product, when it is one of ours."))
    ] = None,
    serial: Annotated[str | None, typer.Option("--serial", metavar=N_("NUMBER"), help=N_("Serial number."))] = None,
    bought: Annotated[date | None, option("day", "--bought", help=N_("Day of purchase (default: today)."))] = None,
    warranty_months: Annotated[int | None, typer.Option("--warranty-months", min=1, max=240, help=N_("Months of warranty."))] = None,
    service_months: Annotated[int | None, typer.Option("--service-months", min=1, max=120, help=N_("Months between services."))] = None,
) -> "Done":
    from salescli.service import actions_asset

    return actions_asset.add_asset(
        w, customer, name, product=product, serial=serial, bought=bought, warranty_months=warranty_months, service_months=service_months
    )


@app.report(
    "list",
    help=N_("Goods under care, the next service first."),
    example=("salescli service asset list", "salescli service asset list 华信", "salescli service asset list --due"),
    rules=("SVC-05",),
)
def list_assets(
    r: "Reader",
    customer: Annotated[str | None, typer.Argument(metavar=N_("CUSTOMER"), help=N_("Only this customer."))] = None,
    due: Annotated[bool, typer.Option("--due", help=N_("Only what is due for service."))] = False,
) -> "Report":
    from salescli.service.reads_figures import assets

    return assets(r, customer, due=due)


@app.write(
    "done",
    help=N_("Note that the service was done; the next is due a rhythm later."),
    example="salescli service asset done AS-202611-0001",
    rules=("SVC-05",),
    right="service.edit",
)
def done(
    w: "Writer",
    asset: Annotated[str, typer.Argument(metavar=N_("ASSET"), help=N_("Number of the thing under care."))],
    on: Annotated[date | None, option("day", "--on", help=N_("Day of the service (default: today)."))] = None,
) -> "Done":
    from salescli.service import actions_asset

    return actions_asset.serviced(w, asset, on)
