"""The command `export`: a kind of rows, or the whole book, into files."""

from enum import StrEnum
from typing import Annotated, Literal

import typer

from salescli.core.commands import Group
from salescli.core.i18n import N_, msg

app = Group("export")


class What(StrEnum):
    """What can be exported."""

    STAFF = "staff"
    CUSTOMERS = "customers"
    SUPPLIERS = "suppliers"
    SUPPLIER_PRICES = "supplier-prices"
    CONTACTS = "contacts"
    VISITS = "visits"
    PRODUCTS = "products"
    PRICES = "prices"
    STOCK = "stock"
    LEADS = "leads"
    ORDERS = "orders"
    RETURNS = "returns"
    RECEIVABLES = "receivables"
    RECEIPTS = "receipts"
    ALL = "all"


@app.plain(
    "export",
    help=N_("Write what you may see to a file, in the columns the import reads; all = every table as CSV into a folder."),
    example=("salescli export customers -o customers.xlsx", "salescli export orders -o orders.csv", "salescli export all -o folder"),
    rules=("DAT-02", "DAT-03"),
)
def export(
    what: Annotated[
        What,
        typer.Argument(
            metavar="KIND",
            help=N_(
                "staff, customers, suppliers, supplier-prices, contacts, visits, products, prices, stock, leads, orders, returns, "
                "receivables, receipts, all."
            ),
        ),
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar=N_("FILE"), help=N_("File to write, for all a folder; - = standard output."))
    ],
    output_format: Annotated[
        Literal["csv", "xlsx", "json"] | None, typer.Option("--format", "-f", help=N_("Default: by the file's suffix."))
    ] = None,
) -> None:
    from salescli.core import ui
    from salescli.transfer.actions_export import everything, rows

    if what is What.ALL:
        tables = everything(output)
        ui.note(msg(N_("{count} {count:table|tables} written to {folder}"), count=len(tables), folder=output))
    else:
        rows(what.value, output, output_format)
