"""Commands of the group `price`: what a thing costs whom, and who decided it."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import AsOf, Day, Group, PeriodOption, ProductArgument, StaffOption, argument, option
from salescli.core.commands_options import THIS_MONTH
from salescli.core.i18n import N_
from salescli.core.money import QUANTITY_ONE

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("price")

ForCustomer = Annotated[str | None, typer.Option("--customer", metavar=N_("CUSTOMER"), help=N_("Prices of this customer."))]
ForClass = Annotated[str | None, typer.Option("--class", metavar=N_("CLASS"), help=N_("Prices of customers of this class."))]
ForChannel = Annotated[str | None, typer.Option("--channel", metavar=N_("CHANNEL"), help=N_("Prices on this channel, as in online."))]
Currency = Annotated[str | None, typer.Option("--currency", metavar=N_("CODE"), help=N_("Currency, as in USD (default: the book's)."))]
ChangeArgument = Annotated[str, typer.Argument(metavar=N_("DOCUMENT"), help=N_("Number of the price change form."))]


@app.report(
    "list",
    help=N_(
        "Prices that hold on a day, the list price of each product first.\n\n"
        "The most specific one holds: customer on a channel, customer, class on a channel, class, channel, everybody; "
        "inside it the largest quantity that is reached."
    ),
    example=("salescli price list", "salescli price list --sku TN2325 --customer 华信", "salescli price list --special --as-of 2027-01-01"),
    rules=("PRC-08",),
)
def list_(
    r: "Reader",
    sku: Annotated[str | None, typer.Option("--sku", metavar=N_("SKU"), help=N_("Only this product."))] = None,
    customer: ForCustomer = None,
    customer_class: ForClass = None,
    channel: ForChannel = None,
    special: Annotated[bool, typer.Option("--special", help=N_("Without the list prices."))] = False,
    as_of: AsOf = None,
) -> "Report":
    from salescli.price.reads import Wanted, listing

    return listing(r, Wanted(sku, customer, customer_class, channel, special), as_of or r.today)


@app.report(
    "quote-for",
    help=N_("What a product costs a customer, and the way to that price.\n\nA dash for the customer asks for anybody's price."),
    example=(
        "salescli price quote-for 华信 TN2325",
        "salescli price quote-for - TN2325 3 --unit box --channel online",
        "salescli price quote-for C0007 TN2325 10 --currency USD",
    ),
    rules=("PRC-05", "PRC-08", "PRC-09"),
)
def quote_for(
    r: "Reader",
    customer: Annotated[str, typer.Argument(metavar=N_("CUSTOMER"), help=N_("Customer: code, name or part of it; - for anybody."))],
    product: ProductArgument,
    quantity: Annotated[int | None, argument("quantity", help=N_("Quantity (default: 1)."))] = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar=N_("UNIT"), help=N_("The product's base or larger unit."))] = None,
    channel: ForChannel = None,
    currency: Currency = None,
    day: Annotated[date | None, option("day", "--on", help=N_("The document's day (default: today)."))] = None,
) -> "Report":
    from salescli.price.reads_quote import Asked, quote_for
    from salescli.promo.reads_quote import promotions

    asked, on = Asked(QUANTITY_ONE if quantity is None else quantity, unit, channel, currency and currency.upper()), day or r.today
    return quote_for(r, customer, product, asked, on, promotions(r, on, channel) if currency is None else None)


@app.write(
    "request",
    help=N_(
        "Ask for new prices: the only way into the price table.\n\n"
        "The sales manager and the management decide (AP-03); then the recent buyers are told, and the prices hold "
        "from their day on, at the earliest so many days after the notice as the policy price.notice_days says."
    ),
    example=(
        'salescli price request TN2325=138 --reason "the maker asks 8 % more" --basis "cost 97, rival at 141"',
        'salescli price request TN2325=120 DRUM-23=300 --customer 华信 --min-qty 10 --to 2027-06-30 --reason "framework contract"',
        'salescli price request TN2325 --end --customer 华信 --reason "contract is over"',
    ),
    rules=("PRC-01", "PRC-02", "PRC-03", "PRC-04", "PRC-08"),
    right="price.request",
)
def request(
    w: "Writer",
    prices: Annotated[list[str], typer.Argument(metavar=N_("SKU=PRICE"), help=N_("New prices of the base unit."))],
    reason: Annotated[str, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why; the approvers read it."))],
    basis: Annotated[
        str | None, typer.Option("--basis", metavar=N_("TEXT"), help=N_("What it rests on: cost, demand, rivals' prices."))
    ] = None,
    first: Annotated[date | None, option("day", "--from", help=N_("First day (default: the first possible one)."))] = None,
    last: Annotated[date | None, option("day", "--to", help=N_("Last day; it counts (default: until another price)."))] = None,
    customer: ForCustomer = None,
    customer_class: ForClass = None,
    channel: ForChannel = None,
    min_qty: Annotated[int, option("quantity", "--min-qty", help=N_("From this quantity of the base unit on; it counts."))] = 0,
    currency: Currency = None,
    end: Annotated[bool, typer.Option("--end", help=N_("Name SKUs alone: their special price ends on that day."))] = False,
) -> "Done":
    from salescli.price import actions_request

    scope = actions_request.Scope(customer, customer_class, channel, min_qty, currency, first, last)
    return actions_request.request(w, prices, scope, reason, basis, end=end)


@app.report(
    "changes",
    help=N_("Price change forms, newest first, and how each stands."),
    example=("salescli price changes", "salescli price changes --state at_management"),
    rules=("PRC-03",),
)
def changes(
    r: "Reader",
    state: Annotated[
        Literal["at_manager", "at_management", "approved", "notified", "in_force", "ended", "refused", "withdrawn"] | None,
        typer.Option("--state", help=N_("Only forms that stand so.")),
    ] = None,
) -> "Report":
    from salescli.price.reads import changes

    return changes(r, state)


@app.report(
    "show",
    help=N_("A price change form, or the prices of one product."),
    example=("salescli price show PC-202611-0001", "salescli price show TN2325"),
    rules=("PRC-01", "PRC-03"),
)
def show(
    r: "Reader", what: Annotated[str, typer.Argument(metavar=N_("DOCUMENT|SKU"), help=N_("Number of a form, or a product."))]
) -> "Report":
    from salescli.price import reads

    return reads.show(r, what) if what.strip().upper().startswith("PC-") else reads.listing(r, reads.Wanted(product=what), r.today)


@app.report(
    "history",
    help=N_("Every price a product ever had, and the form that brought it."),
    example="salescli price history TN2325",
    rules=("PRC-02", "PRC-03"),
)
def history(r: "Reader", product: ProductArgument) -> "Report":
    from salescli.price.reads import history

    return history(r, product)


@app.report(
    "notices",
    help=N_("Whom a price change is to be told, and who was."),
    example="salescli price notices PC-202611-0001 -o notice.xlsx",
    rules=("PRC-04",),
)
def notices(r: "Reader", change: ChangeArgument) -> "Report":
    from salescli.price.reads import notices

    return notices(r, change)


@app.write(
    "notify",
    help=N_("Note that the recent buyers were told of an approved price change.\n\nOnce the last one is told its prices are written."),
    example=(
        "salescli price notify PC-202611-0001 --by letter",
        "salescli price notify PC-202611-0001 --customer 华信 --customer C0007 --by phone",
    ),
    rules=("PRC-04",),
    right="price.notify",
)
def notify(
    w: "Writer",
    change: ChangeArgument,
    customer: Annotated[
        list[str] | None, typer.Option("--customer", metavar=N_("CUSTOMER"), help=N_("Only this one; may be repeated (default: all)."))
    ] = None,
    way: Annotated[str | None, typer.Option("--by", metavar=N_("WAY"), help=N_("How, as in letter or phone."))] = None,
) -> "Done":
    from salescli.price import actions_settle

    return actions_settle.notify(w, change, customer or (), way)


@app.report(
    "check",
    help=N_(
        "How far order lines lie from the list price of their day.\n\n"
        "Explained are lines whose price came from the price table, a promotion or an approval; what is left is open until it is corrected."
    ),
    example=(
        "salescli price check --period 2026-Q3",
        "salescli price check --by product --period 2026",
        "salescli price check --by line --faults --period last-month",
    ),
    rules=("PRC-06",),
)
def check(
    r: "Reader",
    period: PeriodOption = THIS_MONTH,
    by: Annotated[
        Literal["staff", "product", "month", "customer", "line"], typer.Option("--by", help=N_("What they are counted by."))
    ] = "staff",
    staff: StaffOption = None,
    sku: Annotated[str | None, typer.Option("--sku", metavar=N_("SKU"), help=N_("Only this product."))] = None,
    net: Annotated[bool, typer.Option("--net", help=N_("Count the discount of a line as well."))] = False,
    faults: Annotated[bool, typer.Option("--faults", help=N_("Only what nothing explains and nobody corrected."))] = False,
) -> "Report":
    from salescli.price.reads_check import Wanted, check

    return check(r, Wanted(period, by, staff, sku, net, faults))


@app.write(
    "correct",
    help=N_("Note why an order line left the price table and what was done about it."),
    example='salescli price correct SO-202611-0042 1 --cause "typed the old price" --measure "rep instructed, next order at list"',
    rules=("PRC-06",),
    right="price.correct",
)
def correct(
    w: "Writer",
    order: Annotated[str, typer.Argument(metavar=N_("ORDER"), help=N_("Order number."))],
    line: Annotated[int, typer.Argument(metavar=N_("LINE"), help=N_("Number of the line."))],
    cause: Annotated[str, typer.Option("--cause", metavar=N_("TEXT"), help=N_("How it came about."))],
    measure: Annotated[str, typer.Option("--measure", metavar=N_("TEXT"), help=N_("What was done about it."))],
) -> "Done":
    from salescli.price import actions_watch

    return actions_watch.correct(w, order, line, cause, measure)


@app.write(
    "rival",
    help=N_("Note what a rival asks for the like of a product."),
    example='salescli price rival TN2325 "Lenovo shop" 141 --region East --source "their catalogue"',
    rules=("PRC-01", "PRC-06"),
    right="price.rival",
)
def rival(
    w: "Writer",
    product: ProductArgument,
    rival: Annotated[str, typer.Argument(metavar=N_("RIVAL"), help=N_("The rival's name."))],
    price: Annotated[int, argument("price", help=N_("What he asks for one base unit."))],
    region: Annotated[str | None, typer.Option("--region", metavar=N_("REGION"), help=N_("Where."))] = None,
    cost: Annotated[int | None, option("price", "--cost", help=N_("What it costs him, as far as known."))] = None,
    day: Day = None,
    source: Annotated[str | None, typer.Option("--source", metavar=N_("TEXT"), help=N_("Where this is known from."))] = None,
    note: Annotated[str | None, typer.Option("--note", metavar=N_("TEXT"), help=N_("A remark kept with it."))] = None,
) -> "Done":
    from salescli.price import actions_watch

    return actions_watch.add_rival(w, product, rival, actions_watch.Seen(price, region, cost, day, source, note))


@app.report(
    "rivals",
    help=N_("The latest price of each rival beside ours."),
    example=("salescli price rivals", "salescli price rivals TN2325 --region East"),
    rules=("PRC-01", "PRC-06"),
)
def rivals(
    r: "Reader",
    product: Annotated[str | None, typer.Argument(metavar=N_("SKU"), help=N_("Only this product."))] = None,
    region: Annotated[str | None, typer.Option("--region", metavar=N_("REGION"), help=N_("Only seen here."))] = None,
    as_of: AsOf = None,
) -> "Report":
    from salescli.price.reads_watch import rivals

    return rivals(r, product, as_of or r.today, region)


@app.write(
    "rate",
    help=N_("Note what 100 units of a foreign currency cost."),
    example="salescli price rate USD 712.34 --source BOC",
    rules=("PRC-08",),
    right="price.rate",
)
def rate(
    w: "Writer",
    currency: Annotated[str, typer.Argument(metavar=N_("CODE"), help=N_("Currency, as in USD."))],
    price: Annotated[int, argument("price", help=N_("What 100 of it cost in the book's currency."), metavar=N_("RATE"))],
    day: Day = None,
    source: Annotated[str | None, typer.Option("--source", metavar=N_("TEXT"), help=N_("Where this is known from."))] = None,
) -> "Done":
    from salescli.price import actions_watch

    return actions_watch.set_rate(w, currency, price, day, source)


@app.report("rates", help=N_("Exchange rates, the latest first."), example="salescli price rates USD", rules=("PRC-08",))
def rates(
    r: "Reader", currency: Annotated[str | None, typer.Argument(metavar=N_("CODE"), help=N_("Only this currency."))] = None
) -> "Report":
    from salescli.price.reads_watch import rates

    return rates(r, currency)
