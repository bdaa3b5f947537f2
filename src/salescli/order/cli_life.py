"""Commands of the group `order` that take an order from the first word to the last delivery."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import CustomerArgument, Day, Group, Note, OrderArgument, Reason, option
from salescli.core.commands_options import Currency
from salescli.core.i18n import N_
from salescli.core.record import NamedTuple
from salescli.stock.typed import BatchOut

if TYPE_CHECKING:
    from salescli.core.report import Done
    from salescli.core.writer import Writer
    from salescli.order.actions_pricing import Line

app = Group("order")

LINES_HELP = N_("SKU=QTY or SKU=QTY@PRICE, one word per line of the order; a larger unit may follow: SKU=2box.")
Lines = Annotated[list[str] | None, typer.Argument(metavar="SKU=QTY[@PRICE]...", help=LINES_HELP)]
LineFile = Annotated[
    Path | None,
    typer.Option("--lines", metavar=N_("FILE"), help=N_("Lines from a CSV or XLSX file with the columns sku, quantity, price.")),
]
Discount = Annotated[int | None, option("share", "--discount", help=N_("Discount in per cent on every line given here."))]
Promised = Annotated[date | None, option("day", "--promised", help=N_("The day we promise the goods for."))]
Channel = Annotated[
    str | None, typer.Option("--channel", metavar=N_("CHANNEL"), help=N_("The channel it came through; prices may depend on it."))
]
Source = Annotated[str | None, typer.Option("--source", metavar=N_("SOURCE"), help=N_("How the order came about."))]
Region = Annotated[str | None, typer.Option("--region", metavar=N_("REGION"), help=N_("Region it counts for, unless the customer's."))]
Reference = Annotated[str | None, typer.Option("--customer-ref", metavar=N_("NUMBER"), help=N_("The customer's own order number."))]
Taker = Annotated[str | None, typer.Option("--staff", metavar=N_("STAFF"), help=N_("Who took it (default: you, or the customer's owner)."))]
Warehouse = Annotated[
    str | None, typer.Option("--warehouse", metavar=N_("WAREHOUSE"), help=N_("Where the goods leave from (default: MAIN)."))
]
Cash = Annotated[bool | None, typer.Option("--cash/--credit", help=N_("Paid at delivery, or on credit."))]
Days = Annotated[int | None, typer.Option("--days", min=0, max=3650, help=N_("Days to pay after delivery (default: the customer's)."))]
Confirmed = Annotated[date | None, option("day", "--confirmed", help=N_("The day the customer confirmed it."))]
WhyLate = Annotated[str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why it takes longer than usual."))]
Loss = Annotated[str | None, typer.Option("--loss", metavar=N_("STAFF"), help=N_("Who answers for goods given free."))]
Explanation = Annotated[str | None, typer.Option("--explanation", metavar=N_("TEXT"), help=N_("Why goods are given free."))]
Free = Annotated[bool, typer.Option("--free", help=N_("Goods given without pay: decided beforehand."))]
Carrier = Annotated[str | None, typer.Option("--carrier", metavar=N_("CARRIER"), help=N_("Who carries the goods."))]
Waybill = Annotated[str | None, typer.Option("--waybill", metavar=N_("NUMBER"), help=N_("Number of the waybill."))]
Paid = Annotated[bool, typer.Option("--paid", help=N_("The money came with the goods: post the receipt too."))]
Method = Annotated[str | None, typer.Option("--method", metavar=N_("METHOD"), help=N_("How it was paid, as in cash or bank."))]


def typed(w: "Writer", lines: list[str] | None, file: Path | None, discount: int | None = None) -> "list[Line]":
    """The lines of a command as an order takes them; none when none were given."""
    from salescli.core.lines import parse_lines
    from salescli.order.actions_pricing import Line
    from salescli.product.units import in_base

    if lines is None and file is None:
        return []
    return [Line(line.sku, line.quantity, line.price, discount or 0) for line in in_base(w.reader, parse_lines(lines or (), file))]


class Said(NamedTuple):
    """What an order says beside its lines, as typed; named like the fields of `actions_new.Head`."""

    promised: Promised = None
    channel: Channel = None
    source: Source = None
    region: Region = None
    customer_ref: Reference = None
    staff: Taker = None
    warehouse: Warehouse = None
    cash: Cash = None
    days: Days = None
    confirmed_on: Confirmed = None
    explanation: Explanation = None
    loss: Loss = None
    currency: Currency = None
    note: Note = None


NOTHING = Said()


@app.write(
    "new",
    help=N_(
        "Take an order down as a draft, at the prices of the table.\n\nAnother price or a discount needs approval; what stands against the "
        "order is said at once, and stops it when it is confirmed."
    ),
    example=(
        "salescli order new 华信 TN2325=10 DRUM-23=2 --promised +7d",
        "salescli order new C0001 TN2325=10@125.00 --customer-ref PO-778 --channel online",
        'salescli order new C0001 MUG=5 --free --explanation "goodwill after the late delivery" --loss LI',
        "salescli order new hx --lines order.csv",
    ),
    rules=("ORD-02", "ORD-04", "ORD-09", "PRC-05"),
    right="order.edit",
)
def new(
    w: "Writer",
    customer: CustomerArgument,
    lines: Lines = None,
    file: LineFile = None,
    discount: Discount = None,
    said: Said = NOTHING,
    free: Free = False,
    on: Day = None,
) -> "Done":
    from salescli.order import actions_new as actions
    from salescli.order.states import OrderKind

    head = actions.Head(**said._asdict(), day=on, kind=OrderKind.FREE if free else OrderKind.SALE)
    return actions.new(w, customer, typed(w, lines or [], file, discount), head)


@app.write(
    "edit",
    help=N_("Change a draft; lines given take the place of all its lines."),
    example=("salescli order edit SO-202611-0042 --promised +10d", "salescli order edit SO-202611-0042 TN2325=12 DRUM-23=2"),
    rules=("ORD-10",),
    right="order.edit",
)
def edit(
    w: "Writer",
    order: OrderArgument,
    lines: Lines = None,
    file: LineFile = None,
    discount: Discount = None,
    said: Said = NOTHING,
    reason: WhyLate = None,
) -> "Done":
    from salescli.order import actions_new as actions

    head = actions.Head(**said._asdict(), reason=reason)
    return actions.edit(w, order, typed(w, lines, file, discount), head)


@app.write(
    "confirm",
    help=N_(
        "Take an order on: checks of price, credit, goods and date, then the goods are reserved.\n\nIn simple intake this says that the "
        "customer confirmed; in full intake the acceptance report comes first: salescli order submit."
    ),
    example=(
        "salescli order confirm SO-202611-0042",
        'salescli order confirm SO-202611-0042 --request "key account, pays next week"',
        'salescli order confirm SO-202611-0042 --reason "made to measure"',
    ),
    rules=("ORD-01", "ORD-03", "ORD-05", "ORD-06", "ORD-10", "ORD-12"),
    right="order.edit",
    request=True,
)
def confirm(w: "Writer", order: OrderArgument, confirmed: Confirmed = None, reason: WhyLate = None) -> "Done":
    from salescli.order import actions_confirm as actions

    return actions.confirm(w, order, confirmed_on=confirmed, reason=reason)


@app.write(
    "deliver",
    help=N_("Hand goods over: all that is left of an order, or what is named. Stock goes down, the amount is owed from that day."),
    example=(
        "salescli order deliver SO-202611-0042",
        "salescli order deliver SO-202611-0042 TN2325=4 --carrier SF --waybill SF1234567890",
        "salescli order deliver SO-202611-0042 --paid --method bank",
        "salescli order deliver SO-202611-0042 MILK=4 --batch L2610",
    ),
    rules=("ORD-06", "ORD-13", "ORD-17", "AR-01", "PRD-05"),
    right="order.deliver",
    request=True,
)
def deliver(
    w: "Writer",
    order: OrderArgument,
    lines: Annotated[
        list[str] | None, typer.Argument(metavar="SKU=QTY...", help=N_("Only these goods (default: all that is left)."))
    ] = None,
    carrier: Carrier = None,
    waybill: Waybill = None,
    paid: Paid = False,
    method: Method = None,
    batch: BatchOut = None,
    on: Day = None,
) -> "Done":
    from salescli.core.lines import parse_lines
    from salescli.order import actions_deliver as actions
    from salescli.product.units import in_base

    typed = in_base(w.reader, parse_lines(lines, batches=True)) if lines else ()
    return actions.deliver(w, order, typed, actions.Shipping(on, carrier, waybill, paid, method, batch))


@app.write(
    "return",
    help=N_("Take goods back: stock goes up, a credit note gives their amount back; with --exchange the same goes out anew."),
    example=(
        'salescli order return SO-202611-0042 TN2325=1 --reason "leaks"',
        'salescli order return SO-202611-0042 TN2325=1 --reason "leaks" --exchange',
    ),
    rules=("ORD-15",),
    right="order.deliver",
)
def return_(
    w: "Writer",
    order: OrderArgument,
    lines: Annotated[list[str], typer.Argument(metavar="SKU=QTY...", help=N_("What comes back."))],
    reason: Reason,
    exchange: Annotated[bool, typer.Option("--exchange", help=N_("Send the same again."))] = False,
    on: Day = None,
) -> "Done":
    from salescli.core.lines import parse_lines
    from salescli.order import actions_deliver as actions
    from salescli.product.units import in_base

    return actions.take_back(w, order, in_base(w.reader, parse_lines(lines, batches=True)), reason, day=on, exchange=exchange)


@app.write(
    "cancel",
    help=N_("Give up an order of which nothing went out; its goods are free again."),
    example='salescli order cancel SO-202611-0042 --reason "customer changed his mind"',
    rules=("ORD-10", "ORD-12"),
    right="order.edit",
)
def cancel(w: "Writer", order: OrderArgument, reason: Reason) -> "Done":
    from salescli.order import actions_move as actions

    return actions.cancel(w, order, reason)


@app.write(
    "close",
    help=N_("End an order; what was not delivered is given up for a reason. With --finished: all that are delivered and paid."),
    example=('salescli order close SO-202611-0042 --reason "the rest is not made any more"', "salescli order close --finished"),
    rules=("ORD-10", "ORD-12"),
    right="order.edit",
)
def close(
    w: "Writer",
    order: Annotated[str | None, typer.Argument(metavar=N_("ORDER"), help=N_("Order number."))] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why; kept in the history."))] = None,
    finished: Annotated[bool, typer.Option("--finished", help=N_("Every order that is delivered and paid in full."))] = False,
) -> "Done":
    from salescli.order import actions_move as actions

    return actions.close(w, order, reason) if order and not finished else actions.close_finished(w)


@app.write(
    "reopen",
    help=N_("Take back the last decision: a closed order is open again after all its checks, a confirmed one is a draft again."),
    example='salescli order reopen SO-202611-0042 --reason "the rest arrived after all"',
    rules=("ORD-01", "ORD-06", "ORD-10"),
    right="order.edit",
    request=True,
)
def reopen(w: "Writer", order: OrderArgument, reason: Reason) -> "Done":
    from salescli.order import actions_move as actions

    return actions.reopen(w, order, reason)


@app.write(
    "cash",
    help=N_("Sell over the counter: order, delivery, receivable and receipt in one step."),
    example="salescli order cash 散客 TN2325=1 MUG=2@15.00 --method wechat",
    rules=("ORD-17", "AR-12"),
    right="order.cash",
)
def cash(
    w: "Writer",
    customer: CustomerArgument,
    lines: Annotated[list[str], typer.Argument(metavar="SKU=QTY[@PRICE]...", help=LINES_HELP)],
    method: Method = None,
    warehouse: Warehouse = None,
    note: Note = None,
    on: Day = None,
) -> "Done":
    from salescli.order import actions_move as actions
    from salescli.order.actions_new import Head
    from salescli.order.states import OrderKind

    head = Head(warehouse=warehouse, note=note, day=on, kind=OrderKind.CASH)
    return actions.cash_sale(w, customer, typed(w, lines, None), method=method or "cash", head=head)


@app.write(
    "invoice",
    help=N_("Write the invoice's number and day on what an order, or one delivery of it, left owed."),
    example=("salescli order invoice SO-202611-0042 --no 04412345", "salescli order invoice DN-202611-0007 --no 04412346 --on 2026-11-08"),
    rules=("ORD-17", "AR-01"),
    right="order.invoice",
)
def invoice(
    w: "Writer",
    order: Annotated[str, typer.Argument(metavar=N_("ORDER|DELIVERY"), help=N_("Number of an order, a delivery or a return."))],
    number: Annotated[str, typer.Option("--no", metavar=N_("NUMBER"), help=N_("Number of the invoice."))],
    on: Annotated[date | None, option("day", "--on", help=N_("Day of the invoice (default: today)."))] = None,
) -> "Done":
    from salescli.order import actions_move as actions

    return actions.invoice(w, order, number, on)


Means = Literal["cash", "cheque", "bank_transfer", "proxy_collection"]


@app.write(
    "submit",
    help=N_(
        "Hand an order in with its acceptance report; the superior decides.\n\nWhat is filled in stays when the command is said again. "
        "Needed: payment day, place and means, place of delivery, transport, the four ticks, purchase order and contract."
    ),
    example="salescli order submit SO-202611-0042 --payment-day +30d --payment-place 上海 --means bank_transfer --place 浦东 "
    "--transport truck --site --scope --spec --design --purchase-order PO-778 --contract HT-12",
    rules=("ORD-02",),
    right="order.edit",
)
def submit(
    w: "Writer",
    order: OrderArgument,
    payment_day: Annotated[date | None, option("day", "--payment-day", help=N_("When it will be paid."))] = None,
    payment_place: Annotated[str | None, typer.Option("--payment-place", metavar=N_("TEXT"), help=N_("Where it will be paid."))] = None,
    means: Annotated[Means | None, typer.Option("--means", help=N_("How it will be paid."))] = None,
    cheque_day: Annotated[date | None, option("day", "--cheque-day", help=N_("Date of the cheque."))] = None,
    way: Annotated[str | None, typer.Option("--way", metavar=N_("TEXT"), help=N_("How the cheque comes."))] = None,
    place: Annotated[str | None, typer.Option("--place", metavar=N_("TEXT"), help=N_("Where the goods go."))] = None,
    transport: Annotated[str | None, typer.Option("--transport", metavar=N_("TEXT"), help=N_("How they go."))] = None,
    station: Annotated[str | None, typer.Option("--station", metavar=N_("TEXT"), help=N_("The nearest station."))] = None,
    fee_install: Annotated[int | None, option("amount", "--fee-install", help=N_("Fee for installing."))] = None,
    fee_run: Annotated[int | None, option("amount", "--fee-run", help=N_("Fee for running in."))] = None,
    fee_repair: Annotated[int | None, option("amount", "--fee-repair", help=N_("Fee for repair."))] = None,
    incidents: Annotated[
        str | None, typer.Option("--incidents", metavar=N_("TEXT"), help=N_("What went wrong before or meanwhile."))
    ] = None,
    site: Annotated[bool, typer.Option("--site", help=N_("The site was looked at."))] = False,
    scope: Annotated[bool, typer.Option("--scope", help=N_("The scope is clear."))] = False,
    spec: Annotated[bool, typer.Option("--spec", help=N_("The specification is clear."))] = False,
    design: Annotated[bool, typer.Option("--design", help=N_("The design is clear."))] = False,
    purchase_order: Annotated[
        str | None, typer.Option("--purchase-order", metavar=N_("NUMBER"), help=N_("The customer's order paper."))
    ] = None,
    contract: Annotated[str | None, typer.Option("--contract", metavar=N_("NUMBER"), help=N_("The contract."))] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("A word to the superior."))] = None,
) -> "Done":
    from salescli.order import actions_move as actions

    fields = {
        "payment_day": payment_day, "payment_place": payment_place, "means": means, "cheque_day": cheque_day, "way": way,
        "delivery_place": place,
        "transport": transport, "station": station, "fee_install": fee_install, "fee_run": fee_run, "fee_repair": fee_repair,
        "incidents": incidents, "site_check": site, "scope_check": scope, "spec_check": spec, "design_check": design,
        "purchase_order": purchase_order,
        "contract": contract,
    }  # fmt: skip
    return actions.submit(w, order, fields, reason)
