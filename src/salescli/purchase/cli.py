"""Commands of the group `purchase`."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import AmountArgument, AnyPeriod, AsOf, Day, Group, Note, Reason, option
from salescli.core.i18n import N_
from salescli.stock.typed import UNLABELLED, OnLabel, label

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("purchase")

SupplierArgument = Annotated[str, typer.Argument(metavar=N_("SUPPLIER"), help=N_("Supplier: code, name or part of it."))]
SupplierOption = Annotated[str | None, typer.Option("--supplier", metavar=N_("SUPPLIER"), help=N_("Only this supplier."))]
PurchaseArgument = Annotated[str, typer.Argument(metavar=N_("PURCHASE"), help=N_("Number of the purchase."))]
Lines = Annotated[
    list[str], typer.Argument(metavar="SKU=QTY@PRICE…", help=N_("Goods; without a price at the supplier's, else at their cost."))
]
Some = Annotated[list[str] | None, typer.Argument(metavar="SKU=QTY…", help=N_("Goods (default: all that are still to come)."))]
Back = Annotated[list[str], typer.Argument(metavar="SKU=QTY…", help=N_("Goods that go back."))]
Place = Annotated[str, typer.Option("--warehouse", metavar=N_("WAREHOUSE"), help=N_("Where the goods go: code or name."))]
Method = Annotated[str | None, typer.Option("--method", metavar=N_("METHOD"), help=N_("How it is paid, as in bank or cash."))]
BatchOption = Annotated[
    str | None,
    typer.Option("--batch", metavar=N_("BATCH"), help=N_("Of this batch (default: those it brought); or SKU=QTY#BATCH.")),
]
Account = Annotated[str | None, typer.Option("--account", metavar=N_("ACCOUNT"), help=N_("From which account."))]


@app.write(
    "new",
    help=N_(
        "Order goods from a supplier; with --cash they are received and paid in the same step.\n\nThe supplier's price list "
        "proposes the price for the quantity; another one is said, and so is a larger quantity that would cost no more."
    ),
    example=(
        "salescli purchase new S0001 TN2325=50",
        "salescli purchase new S0001 TN2325=50@82.00 DRUM-23=10@140 --expected +7d",
        "salescli purchase new S0001 TN2325=2@90 --cash",
        "salescli purchase new S0001 MILK=12@6 --cash --batch L2610 --expires +180d",
    ),
    rules=("STK-05", "STK-06", "PRD-04"),
    right="purchase.edit",
)
def new(
    w: "Writer",
    supplier: SupplierArgument,
    lines: Lines,
    expected: Annotated[date | None, option("day", "--expected", help=N_("The day the goods are to come."))] = None,
    warehouse: Place = "MAIN",
    cash: Annotated[bool, typer.Option("--cash", help=N_("Bought over the counter: received and paid now."))] = False,
    method: Method = None,
    account: Account = None,
    said: OnLabel = UNLABELLED,
    note: Note = None,
) -> "Done":
    from salescli.core.lines import parse_lines
    from salescli.product.units import in_base
    from salescli.purchase import actions

    terms = actions.Terms(warehouse, expected, cash, method, account, note, label(*said))
    return actions.new(w, supplier, in_base(w.reader, parse_lines(lines, batches=cash)), terms)


@app.report(
    "list",
    help=N_("Purchases, newest first, with what came and what is late."),
    example=("salescli purchase list --open", "salescli purchase list --late", "salescli purchase list --supplier S0001 --period 2026"),
    rules=("STK-06",),
)
def list_(
    r: "Reader",
    supplier: SupplierOption = None,
    sku: Annotated[str | None, typer.Option("--sku", metavar=N_("SKU"), help=N_("Only with this product."))] = None,
    period: AnyPeriod = None,
    unfinished: Annotated[bool, typer.Option("--open", help=N_("Only those of which goods are still to come."))] = False,
    late: Annotated[bool, typer.Option("--late", help=N_("Only those whose day has passed."))] = False,
) -> "Report":
    from salescli.purchase.reads import Wanted, listing

    return listing(r, Wanted(supplier, sku, period, unfinished, late))


@app.report(
    "show",
    help=N_("A purchase: its lines, what came and went back, plan and payments."),
    example="salescli purchase show PO-202611-0001",
    rules=("STK-06", "AR-16"),
)
def show(r: "Reader", purchase: PurchaseArgument) -> "Report":
    from salescli.purchase.reads import detail

    return detail(r, purchase)


@app.write(
    "receive",
    help=N_("Take in goods of a purchase, whole or in parts; never more than is still to come."),
    example=(
        "salescli purchase receive PO-202611-0001",
        "salescli purchase receive PO-202611-0001 TN2325=30 --on yesterday",
        "salescli purchase receive PO-202611-0001 MILK=30 --batch L2610 --expires +180d",
    ),
    rules=("STK-05", "STK-06", "AR-16", "PRD-05"),
    right="purchase.receive",
)
def receive(
    w: "Writer",
    purchase: PurchaseArgument,
    lines: Some = None,
    said: OnLabel = UNLABELLED,
    on: Day = None,
) -> "Done":
    from salescli.core.lines import parse_lines
    from salescli.product.units import in_base
    from salescli.purchase import actions

    return actions.receive(w, purchase, in_base(w.reader, parse_lines(lines, batches=True)) if lines else [], on, label(*said))


@app.write(
    "return",
    help=N_("Send goods of a purchase back; they have to be there and promised to nobody."),
    example="salescli purchase return PO-202611-0001 TN2325=3 --reason 'leak'",
    rules=("STK-06",),
    right="purchase.receive",
)
def return_(w: "Writer", purchase: PurchaseArgument, lines: Back, reason: Reason, batch: BatchOption = None, on: Day = None) -> "Done":
    from salescli.core.lines import parse_lines
    from salescli.product.units import in_base
    from salescli.purchase import actions

    return actions.send_back(w, purchase, in_base(w.reader, parse_lines(lines, batches=True)), reason, on, batch)


@app.write(
    "cancel",
    help=N_("Give up a purchase of which nothing came."),
    example="salescli purchase cancel PO-202611-0001 --reason 'too dear'",
    rules=("STK-06",),
    right="purchase.edit",
)
def cancel(w: "Writer", purchase: PurchaseArgument, reason: Reason) -> "Done":
    from salescli.purchase import actions
    from salescli.purchase.states import PurchaseState

    return actions.end(w, purchase, PurchaseState.CANCELLED, reason)


@app.write(
    "close",
    help=N_("End a purchase whose rest will not come."),
    example="salescli purchase close PO-202611-0001 --reason 'no longer made'",
    rules=("STK-06",),
    right="purchase.edit",
)
def close(w: "Writer", purchase: PurchaseArgument, reason: Reason) -> "Done":
    from salescli.purchase import actions
    from salescli.purchase.states import PurchaseState

    return actions.end(w, purchase, PurchaseState.CLOSED, reason)


@app.write(
    "pay",
    help=N_("Note a payment to a supplier: for what is due first, or for one purchase, in advance too."),
    example=("salescli purchase pay S0001 4100 --method bank", "salescli purchase pay S0001 1000 --for PO-202611-0001"),
    rules=("AR-16",),
    right="purchase.pay",
)
def pay(
    w: "Writer",
    supplier: SupplierArgument,
    amount: AmountArgument,
    purchase: Annotated[str | None, typer.Option("--for", metavar=N_("PURCHASE"), help=N_("The purchase it pays."))] = None,
    on: Day = None,
    method: Method = None,
    account: Account = None,
    note: Note = None,
) -> "Done":
    from salescli.purchase import actions_pay

    return actions_pay.pay(w, supplier, amount, purchase=purchase, on=on, method=method, account_=account, note=note)


@app.write(
    "plan",
    help=N_("Note in which parts a purchase is paid; the parts add up to its price."),
    example="salescli purchase plan PO-202611-0001 2026-11-10=1000 2026-12-10=4500",
    rules=("AR-16",),
    right="purchase.edit",
)
def plan(
    w: "Writer",
    purchase: PurchaseArgument,
    parts: Annotated[list[str], typer.Argument(metavar=N_("DAY=AMOUNT…"), help=N_("Days and amounts."))],
) -> "Done":
    from salescli.purchase import actions_pay
    from salescli.purchase.typed import plan_parts

    return actions_pay.plan(w, purchase, plan_parts(parts, w.today))


@app.report(
    "payables",
    help=N_("What is owed to suppliers by days late; with --each every payable by itself."),
    example=("salescli purchase payables --as-of 2026-10-31", "salescli purchase payables --each"),
    rules=("AR-16",),
    right="payable.read",
)
def payables(
    r: "Reader",
    as_of: AsOf = None,
    supplier: SupplierOption = None,
    each: Annotated[bool, typer.Option("--each", help=N_("Every open payable, the first due first."))] = False,
) -> "Report":
    from salescli.purchase import reads_money

    return (reads_money.open_payables if each else reads_money.payables)(r, as_of, supplier)
