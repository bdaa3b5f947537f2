"""Commands of the group `stock`."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import THIS_MONTH, AnyPeriod, AsOf, Group, PeriodOption, ProductArgument, option
from salescli.core.commands_options import LIMIT, SORT
from salescli.core.i18n import N_
from salescli.stock.typed import UNLABELLED, BatchIn, BatchOut, OnLabel, label

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer
    from salescli.stock.actions_goods import Wanted

app = Group("stock")

Warehouse = Annotated[str | None, typer.Option("--warehouse", metavar=N_("WAREHOUSE"), help=N_("Only this warehouse: code or name."))]
Sku = Annotated[str | None, typer.Option("--sku", metavar=N_("SKU"), help=N_("Only this product: SKU or part of its name."))]


@app.report(
    "list",
    help=N_("Goods on hand, reserved and available, with moving-average cost and value."),
    example=("salescli stock list", "salescli stock list --warehouse MAIN --as-of 2026-10-31", "salescli stock list --batches"),
    rules=("STK-02", "STK-05", "STK-08"),
)
def list_(
    r: "Reader",
    warehouse: Warehouse = None,
    sku: Sku = None,
    by_batch: Annotated[bool, typer.Option("--batches", help=N_("Batch by batch, the first to expire first."))] = False,
    as_of: AsOf = None,
) -> "Report":
    if by_batch:
        from salescli.stock import reads_batch

        return reads_batch.batches(r, sku, warehouse, as_of=as_of)
    from salescli.stock import reads

    return reads.listing(r, warehouse=warehouse, sku=sku, as_of=as_of)


@app.report(
    "ledger",
    help=N_("Every movement of a product with the balance after it, oldest first."),
    example="salescli stock ledger TN2325 --period 2026-10",
    rules=("STK-02",),
)
def ledger(
    r: "Reader",
    sku: ProductArgument,
    warehouse: Warehouse = None,
    period: AnyPeriod = None,
    as_of: AsOf = None,
    sort: SORT = None,
    limit: LIMIT = None,
) -> "Report":
    from salescli.stock import reads

    return reads.ledger(r, sku, warehouse=warehouse, period=period, as_of=as_of, limit=None if sort else limit)


Lines = Annotated[
    list[str],
    typer.Argument(metavar="SKU=QTY…", help=N_("Goods: SKU=QTY, SKU=QTY@COST where they come in, SKU=QTY#BATCH.")),
]
Place = Annotated[str, typer.Option("--warehouse", metavar=N_("WAREHOUSE"), help=N_("The warehouse: code or name."))]
Why = Annotated[str, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why."))]
On = Annotated[date | None, option("day", "--on", help=N_("Day of the movement (default: today)."))]


def _typed(w: "Writer", lines: list[str]) -> "list[Wanted]":
    from salescli.core.lines import parse_lines
    from salescli.product.units import in_base
    from salescli.stock.actions_goods import Wanted

    return [Wanted(x.sku, x.quantity, x.price, x.batch) for x in in_base(w.reader, parse_lines(lines, batches=True))]


@app.write(
    "receive",
    help=N_("Book goods in that come without a purchase."),
    example=(
        "salescli stock receive TN2325=10@112.00 --reason 'samples from the maker'",
        "salescli stock receive MILK=24@6.20 --batch L2610 --made 2026-10-20 --expires 2027-04-20 --reason gift",
    ),
    rules=("STK-05", "PRD-05"),
    right="stock.move",
)
def receive(
    w: "Writer",
    lines: Lines,
    reason: Why,
    warehouse: Place = "MAIN",
    said: OnLabel = UNLABELLED,
    on: On = None,
) -> "Done":
    from salescli.stock import actions_goods

    return actions_goods.receive(w, _typed(w, lines), warehouse, reason, on, label(*said))


@app.write(
    "issue",
    help=N_("Book goods out without an order: samples, own use, damage. Needs approval."),
    example="salescli stock issue TN2325=1 --reason 'leaked' --request 'found at the shelf check'",
    rules=("STK-05", "STK-03"),
    right="stock.move",
    request=True,
)
def issue(w: "Writer", lines: Lines, reason: Why, warehouse: Place = "MAIN", batch: BatchIn = None, on: On = None) -> "Done":
    from salescli.stock import actions_goods

    return actions_goods.issue(w, _typed(w, lines), warehouse, reason, on, label(batch, None, None, None))


@app.write(
    "adjust",
    help=N_("Correct quantities by a difference, +3 or -3. Needs approval, each time anew."),
    example=(
        "salescli stock adjust TN2325=-3 --reason 'three leaked' --request 'found at the shelf check'",
        "salescli stock adjust MILK=-6 --batch L2604 --reason expired --request 'past its last day'",
    ),
    rules=("STK-03", "PRD-05"),
    right="stock.move",
    request=True,
)
def adjust(
    w: "Writer",
    lines: Lines,
    reason: Why,
    warehouse: Place = "MAIN",
    said: OnLabel = UNLABELLED,
    on: On = None,
) -> "Done":
    from salescli.stock import actions_goods

    return actions_goods.adjust(w, _typed(w, lines), warehouse, reason, on, label(*said))


@app.write(
    "transfer",
    help=N_("Send goods from one warehouse to another; they arrive with transfer-in."),
    example="salescli stock transfer TN2325=5 --from MAIN --to SHOP",
    rules=("STK-05",),
    right="stock.move",
)
def transfer(
    w: "Writer",
    lines: Lines,
    target: Annotated[str, typer.Option("--to", metavar=N_("WAREHOUSE"), help=N_("Where they go."))],
    source: Annotated[str, typer.Option("--from", metavar=N_("WAREHOUSE"), help=N_("Where they leave."))] = "MAIN",
    batch: BatchOut = None,
) -> "Done":
    from salescli.stock import actions_goods

    return actions_goods.send(w, _typed(w, lines), source, target, batch)


@app.write(
    "transfer-in",
    help=N_("Note that a transfer has arrived."),
    example="salescli stock transfer-in ST-202611-0001",
    rules=("STK-05",),
    right="stock.move",
)
def transfer_in(
    w: "Writer", transfer: Annotated[str, typer.Argument(metavar=N_("TRANSFER"), help=N_("Number of the transfer."))]
) -> "Done":
    from salescli.stock import actions_goods

    return actions_goods.arrive(w, transfer)


@app.report(
    "transfers",
    help=N_("Goods on their way from one warehouse to another."),
    example=("salescli stock transfers", "salescli stock transfers --all --warehouse SHOP"),
    rules=("STK-05",),
)
def transfers(
    r: "Reader",
    warehouse: Warehouse = None,
    arrived: Annotated[bool, typer.Option("--all", help=N_("Those that have arrived too."))] = False,
) -> "Report":
    from salescli.stock.reads_places import transfers

    return transfers(r, warehouse=warehouse, arrived=arrived)


@app.report(
    "warehouses",
    help=N_("The warehouses, and how much lies in each."),
    example="salescli stock warehouses",
    rules=("STK-05",),
)
def warehouses(r: "Reader") -> "Report":
    from salescli.stock.reads_places import warehouses

    return warehouses(r)


@app.write(
    "level",
    help=N_("How much there should be of a product, how long it takes to come, and where it lies."),
    example="salescli stock level TN2325 --min 20 --max 200 --safety 10 --lead-days 5 --location A-03",
    rules=("STK-01", "STK-07"),
    right="stock.move",
)
def level(
    w: "Writer",
    sku: ProductArgument,
    warehouse: Place = "MAIN",
    least: Annotated[int | None, option("quantity", "--min", help=N_("Alert below this."))] = None,
    most: Annotated[int | None, option("quantity", "--max", help=N_("Alert above this."))] = None,
    safety: Annotated[int | None, option("quantity", "--safety", help=N_("Kept for surprises."))] = None,
    lead_days: Annotated[int | None, typer.Option("--lead-days", min=0, max=365, help=N_("Days from order to arrival."))] = None,
    location: Annotated[
        str | None, typer.Option("--location", metavar=N_("PLACE"), help=N_("Shelf or bin; pick lists run in its order."))
    ] = None,
) -> "Done":
    from salescli.stock import actions_goods

    return actions_goods.set_level(w, sku, warehouse, least=least, most=most, safety=safety, lead_days=lead_days, location=location)


@app.report(
    "levels",
    help=N_("How much there should be of each product, how long it takes to come, and where it lies."),
    example=("salescli stock levels", "salescli stock levels --sku TN2325"),
    rules=("STK-01", "STK-05", "STK-07"),
)
def levels(r: "Reader", sku: Sku = None, warehouse: Warehouse = None) -> "Report":
    from salescli.stock.reads_places import levels

    return levels(r, sku=sku, warehouse=warehouse)


@app.write(
    "warehouse",
    help=N_("Add a warehouse."),
    example="salescli stock warehouse SHOP 门市",
    rules=("STK-05",),
    right="stock.move",
)
def warehouse(
    w: "Writer",
    code: Annotated[str, typer.Argument(metavar=N_("CODE"), help=N_("Code of the warehouse."))],
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("Its name."))],
) -> "Done":
    from salescli.stock import actions_goods

    return actions_goods.add_warehouse(w, code, name)


@app.report(
    "alerts",
    help=N_("Products that are short, too many, promised beyond what is there, idle or expiring, and for whom that is."),
    example="salescli stock alerts",
    rules=("STK-01", "STK-02", "PRD-05"),
)
def alerts(r: "Reader", warehouse: Warehouse = None) -> "Report":
    from salescli.stock.reads_plan import alerts

    return alerts(r, warehouse)


@app.report(
    "reorder",
    help=N_("What to buy: daily sales x lead time + safety - on hand - coming."),
    example="salescli stock reorder",
    rules=("STK-01", "STK-07"),
)
def reorder(r: "Reader", warehouse: Warehouse = None) -> "Report":
    from salescli.stock.reads_plan import reorder

    return reorder(r, warehouse)


@app.report(
    "turnover",
    help=N_("How fast goods turn over and how many days the stock lasts."),
    example="salescli stock turnover --period 2026",
    rules=("STK-04",),
)
def turnover(r: "Reader", period: PeriodOption = THIS_MONTH) -> "Report":
    from salescli.stock.reads_worth import turnover

    return turnover(r, period)


@app.report(
    "value",
    help=N_("What the stock was worth on a day, by category, warehouse or product."),
    example="salescli stock value --as-of 2026-10-31 --by category",
    rules=("STK-08",),
)
def value(
    r: "Reader",
    as_of: AsOf = None,
    by: Annotated[Literal["category", "warehouse", "product"], typer.Option("--by", help=N_("What it is summed by."))] = "category",
) -> "Report":
    from salescli.stock.reads_worth import value

    return value(r, as_of, by)


@app.report(
    "batches",
    help=N_("What lies there batch by batch, in the order it leaves in: the first to expire first."),
    example=("salescli stock batches", "salescli stock batches MILK", "salescli stock batches MILK --all"),
    rules=("STK-05", "PRD-05"),
)
def batches(
    r: "Reader",
    sku: Annotated[str | None, typer.Argument(metavar=N_("SKU"), help=N_("Only this product."))] = None,
    warehouse: Warehouse = None,
    used_up: Annotated[bool, typer.Option("--all", help=N_("Batches that are used up too."))] = False,
    as_of: AsOf = None,
) -> "Report":
    from salescli.stock import reads_batch

    return reads_batch.batches(r, sku, warehouse, as_of=as_of, empty=used_up)


@app.report(
    "expiring",
    help=N_("Batches that have expired or soon will, what they are worth and for whom that is."),
    example=("salescli stock expiring", "salescli stock expiring --within 60"),
    rules=("PRD-05", "STK-02"),
)
def expiring(
    r: "Reader",
    within: Annotated[
        int | None, typer.Option("--within", min=0, max=3650, metavar=N_("DAYS"), help=N_("Days ahead (default: policy expiry.warn_days)."))
    ] = None,
    warehouse: Warehouse = None,
) -> "Report":
    from salescli.stock import reads_batch

    return reads_batch.expiring(r, within, warehouse)
