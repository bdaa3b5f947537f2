"""Commands `stock assemble` and `stock split`."""

from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import Group, ProductArgument, QuantityArgument
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.report import Done
    from salescli.core.writer import Writer

app = Group("stock")
Place = Annotated[str, typer.Option("--warehouse", metavar=N_("WAREHOUSE"), help=N_("The warehouse: code or name."))]


@app.write(
    "assemble",
    help=N_("Put a product together from the parts of its bill of materials."),
    example="salescli stock assemble SET-1 5",
    rules=("PRD-08",),
    right="stock.move",
)
def assemble(
    w: "Writer",
    sku: ProductArgument,
    quantity: QuantityArgument,
    warehouse: Place = "MAIN",
    batch: Annotated[
        str | None, typer.Option("--batch", metavar=N_("BATCH"), help=N_("Batch of what is put together (default: the paper's number)."))
    ] = None,
) -> "Done":
    from salescli.purchase import actions_assembly

    return actions_assembly.assemble(w, sku, quantity, warehouse, batch)


@app.write(
    "split",
    help=N_("Take a product apart into the parts of its bill of materials."),
    example="salescli stock split SET-1 1",
    rules=("PRD-08",),
    right="stock.move",
)
def split(w: "Writer", sku: ProductArgument, quantity: QuantityArgument, warehouse: Place = "MAIN") -> "Done":
    from salescli.purchase import actions_assembly

    return actions_assembly.take_apart(w, sku, quantity, warehouse)
