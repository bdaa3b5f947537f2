"""Commands of the group `stock count`."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import Group
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("count")

CountArgument = Annotated[str, typer.Argument(metavar=N_("COUNT"), help=N_("Number of the count."))]


@app.write(
    "start",
    help=N_("Make a count sheet: what the book says lies in a warehouse."),
    example=("salescli stock count start", "salescli stock count start --warehouse SHOP --category 纸张"),
    rules=("STK-03",),
    right="stock.move",
)
def start(
    w: "Writer",
    warehouse: Annotated[str, typer.Option("--warehouse", metavar=N_("WAREHOUSE"), help=N_("The warehouse: code or name."))] = "MAIN",
    category: Annotated[str | None, typer.Option("--category", metavar=N_("CATEGORY"), help=N_("Only this category."))] = None,
) -> "Done":
    from salescli.stock import actions_count

    return actions_count.start(w, warehouse, category)


@app.report("list", help=N_("The counts of stock, newest first."), example="salescli stock count list", rules=("STK-03",))
def list_(r: "Reader") -> "Report":
    from salescli.stock.reads_plan import counts

    return counts(r)


@app.report(
    "show",
    help=N_("A count sheet by shelf: to print, and later with the differences."),
    example=("salescli stock count show SC-202611-0001 --blind -o sheet.xlsx", "salescli stock count show SC-202611-0001"),
    rules=("STK-03",),
)
def show(
    r: "Reader",
    count: CountArgument,
    blind: Annotated[bool, typer.Option("--blind", help=N_("Without what the book says, for the counters."))] = False,
) -> "Report":
    from salescli.stock.reads_plan import sheet

    return sheet(r, count, blind=blind)


@app.write(
    "enter",
    help=N_(
        "Note what was counted; the same product (or batch) again replaces it.\n\nCounted is what lay there when the sheet was made, "
        "or with --now what lies there after the goods that have come and gone since; the answer names goods that have moved."
    ),
    example="salescli stock count enter SC-202611-0001 TN2325=41 LQ630=0 MILK=6#L2610 --cause breakage",
    rules=("STK-03",),
    right="stock.move",
)
def enter(
    w: "Writer",
    count: CountArgument,
    lines: Annotated[list[str], typer.Argument(metavar="SKU=QTY…", help=N_("Goods counted; kept by batch: SKU=QTY#BATCH."))],
    cause: Annotated[str | None, typer.Option("--cause", metavar=N_("TEXT"), help=N_("Why the quantity differs."))] = None,
    measure: Annotated[str | None, typer.Option("--measure", metavar=N_("TEXT"), help=N_("What is done about it."))] = None,
    now: Annotated[
        bool, typer.Option("--now", help=N_("Counted after all that has moved since the sheet was made (default: before that)."))
    ] = False,
) -> "Done":
    from salescli.core.lines import parse_lines
    from salescli.product.units import in_base
    from salescli.stock import actions_count

    return actions_count.enter(w, count, in_base(w.reader, parse_lines(lines, batches=True)), cause, measure, now=now)


@app.write(
    "post",
    help=N_("Book the differences, once. They need causes and approval; what moved since the sheet was made stands."),
    example=(
        "salescli stock count post SC-202611-0001 --request 'monthly count'",
        "salescli stock count post SC-202611-0001 --missing keep",
    ),
    rules=("STK-03",),
    right="stock.move",
    request=True,
)
def post(
    w: "Writer",
    count: CountArgument,
    missing: Annotated[
        Literal["keep", "zero"] | None, typer.Option("--missing", help=N_("What was not counted: leave it, or it is gone."))
    ] = None,
) -> "Done":
    from salescli.stock import actions_count

    return actions_count.post_count(w, count, missing)


@app.write(
    "cancel",
    help=N_("Throw a count sheet away; nothing is booked."),
    example="salescli stock count cancel SC-202611-0001",
    rules=("STK-03",),
    right="stock.move",
)
def cancel(w: "Writer", count: CountArgument) -> "Done":
    from salescli.stock import actions_count

    return actions_count.cancel_count(w, count)
