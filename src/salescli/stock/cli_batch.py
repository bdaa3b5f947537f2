"""Commands of the group `stock batch`."""

from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import Group, ProductArgument, Reason
from salescli.core.i18n import N_
from salescli.stock.typed import Expires, Made, Mark, label

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("batch")

BatchArgument = Annotated[str, typer.Argument(metavar=N_("BATCH"), help=N_("Number of the batch."))]
OfProduct = Annotated[
    str | None, typer.Option("--sku", metavar=N_("SKU"), help=N_("Of this product, where several have a batch of that number."))
]


@app.write(
    "add",
    help=N_("Enter a batch before its goods come, as the supplier announces it."),
    example="salescli stock batch add MILK L2610 --made 2026-10-20 --expires 2027-04-20 --mark MQ-77",
    rules=("STK-05", "PRD-05"),
    right="stock.move",
)
def add(w: "Writer", sku: ProductArgument, batch: BatchArgument, made: Made = None, expires: Expires = None, mark: Mark = None) -> "Done":
    from salescli.stock import actions_batch_file

    return actions_batch_file.add(w, sku, label(batch, made, expires, mark))


@app.write(
    "edit",
    help=N_("Put right what a batch's label was read as."),
    example="salescli stock batch edit L2610 --expires 2027-03-20",
    rules=("STK-05", "PRD-05"),
    right="stock.move",
    request=True,
)
def edit(
    w: "Writer",
    batch: BatchArgument,
    sku: OfProduct = None,
    number: Annotated[str | None, typer.Option("--number", metavar=N_("BATCH"), help=N_("Its right number."))] = None,
    made: Made = None,
    expires: Expires = None,
    mark: Mark = None,
    clear: Annotated[list[str] | None, typer.Option("--clear", metavar=N_("FIELD"), help=N_("Empty this field; may be repeated."))] = None,
) -> "Done":
    from salescli.stock import actions_batch_file

    values = {"code": number, "made_on": made, "expires_on": expires, "mark": mark}
    return actions_batch_file.edit(w, batch, sku, values, clear or ())


@app.write(
    "label",
    help=N_("Lay batches on goods that have none: those from before the product was kept by batch."),
    example="salescli stock batch label MILK L2609=12 --expires 2027-03-20",
    rules=("STK-05", "PRD-05"),
    right="stock.move",
)
def label_(
    w: "Writer",
    sku: ProductArgument,
    lines: Annotated[list[str], typer.Argument(metavar="BATCH=QTY…", help=N_("Batches and how much is of each."))],
    warehouse: Annotated[str, typer.Option("--warehouse", metavar=N_("WAREHOUSE"), help=N_("The warehouse: code or name."))] = "MAIN",
    made: Made = None,
    expires: Expires = None,
    mark: Mark = None,
) -> "Done":
    from salescli.core.lines import parse_lines
    from salescli.stock import actions_batch_file

    return actions_batch_file.label(w, sku, parse_lines(lines), warehouse, label(None, made, expires, mark))


@app.write(
    "block",
    help=N_("Stop the sale of a batch: recalled, damp, damaged. It is not available from now on."),
    example="salescli stock batch block L2610 --reason 'recalled by the maker'",
    rules=("PRD-05",),
    right="stock.move",
)
def block(w: "Writer", batch: BatchArgument, reason: Reason, sku: OfProduct = None) -> "Done":
    from salescli.stock import actions_batch_file

    return actions_batch_file.block(w, batch, sku, reason)


@app.write(
    "release",
    help=N_("Let a blocked batch be sold again."),
    example="salescli stock batch release L2610 --reason 'tested, nothing found'",
    rules=("PRD-05",),
    right="stock.move",
)
def release(w: "Writer", batch: BatchArgument, reason: Reason, sku: OfProduct = None) -> "Done":
    from salescli.stock import actions_batch_file

    return actions_batch_file.release(w, batch, sku, reason)


@app.report(
    "show",
    help=N_("A batch: what its label says, where it came from, what went out, what is left."),
    example="salescli stock batch show L2610",
    rules=("STK-05", "PRD-05"),
)
def show(r: "Reader", batch: BatchArgument, sku: OfProduct = None) -> "Report":
    from salescli.stock import reads_trace

    return reads_trace.show(r, batch, sku)


@app.report(
    "trace",
    help=N_("Every movement of a batch, with the supplier it came from and the customers it went to."),
    example="salescli stock batch trace L2610",
    rules=("STK-05", "PRD-05"),
)
def trace(r: "Reader", batch: BatchArgument, sku: OfProduct = None) -> "Report":
    from salescli.stock import reads_trace

    return reads_trace.trace(r, batch, sku)


@app.report(
    "recall",
    help=N_("The customers a batch went to, how to reach them and what they still have of it."),
    example=("salescli stock batch recall L2610", "salescli stock batch recall L2610 -o recall.xlsx"),
    rules=("PRD-05",),
)
def recall(r: "Reader", batch: BatchArgument, sku: OfProduct = None) -> "Report":
    from salescli.stock import reads_trace

    return reads_trace.recall(r, batch, sku)
