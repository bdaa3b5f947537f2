"""Commands of the group `promo`: promotions from plan to evaluation."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from salescli.core.commands import AnyPeriod, AsOf, Group, PeriodOption, Reason, StaffOption, option
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.dates import Period
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("promo")

THIS_YEAR = cast("Period", "this-year")  # read like a typed one

Kinds = Literal["discount", "spend_and_save", "buy_and_get", "gift", "bundle"]
States = Literal[
    "draft", "at_manager", "at_management", "approved", "notified", "in_force", "stopped", "ended", "evaluated", "refused", "cancelled"
]
PlanArgument = Annotated[str, typer.Argument(metavar=N_("PLAN"), help=N_("Number of the plan, or a part of its name."))]
Words = Annotated[list[str] | None, typer.Argument(metavar="SKU=QTY…", help=N_("Lines, as in TN2325=10; none: SUBJECT is an order."))]
Audience = Annotated[str | None, typer.Option("--audience", metavar=N_("TEXT"), help=N_("For whom it is (F-17)."))]
Form = Annotated[str | None, typer.Option("--form", metavar=N_("TEXT"), help=N_("In which form it is held (F-17)."))]
Media = Annotated[str | None, typer.Option("--media", metavar=N_("TEXT"), help=N_("By which media it is told (F-17)."))]
Goal = Annotated[str | None, typer.Option("--goal", metavar=N_("TEXT"), help=N_("The effect expected (F-17)."))]
Owner = Annotated[str | None, typer.Option("--owner", metavar=N_("STAFF"), help=N_("Whose plan it is (default: yours)."))]
FirstDay = Annotated[date, option("day", "--from", help=N_("First day."))]
LastDay = Annotated[date, option("day", "--to", help=N_("Last day; it counts."))]
NewFirst = Annotated[date | None, option("day", "--from", help=N_("First day."))]
NewLast = Annotated[date | None, option("day", "--to", help=N_("Last day; it counts."))]
Percent = Annotated[int | None, option("rate", "--percent", help=N_("discount: per cent off."))]
Off = Annotated[int | None, option("amount", "--off", help=N_("discount: amount off each unit."))]
OnOrder = Annotated[bool, typer.Option("--whole-order", help=N_("discount: once off the whole order."))]
Steps = Annotated[
    list[str] | None, typer.Option("--step", metavar="AMOUNT=OFF", help=N_("spend_and_save: from AMOUNT on, OFF is taken off."))
]
Buy = Annotated[int | None, option("quantity", "--buy", help=N_("buy_and_get: how many are bought."))]
Get = Annotated[int | None, option("quantity", "--get", help=N_("buy_and_get: how many of the same are added, or with --cheapest free."))]
Cheapest = Annotated[bool, typer.Option("--cheapest", help=N_("buy_and_get: of those bought the cheapest are free."))]
Gifts = Annotated[list[str] | None, typer.Option("--gift", metavar="SKU=QTY", help=N_("What is given away."))]
Parts = Annotated[list[str] | None, typer.Option("--part", metavar="SKU=QTY", help=N_("bundle: one of its goods."))]
BundlePrice = Annotated[int | None, option("amount", "--price", help=N_("bundle: the price of all parts together."))]
MinAmount = Annotated[int | None, option("amount", "--min-amount", help=N_("Its goods must come to so much."))]
MinQty = Annotated[int | None, option("quantity", "--min-qty", help=N_("So many of its goods must be bought (base units)."))]
Each = Annotated[bool, typer.Option("--each", help=N_("Again for each time it is reached."))]
Skus = Annotated[list[str] | None, typer.Option("--sku", metavar=N_("SKU"), help=N_("For this product."))]
Categories = Annotated[
    list[str] | None, typer.Option("--category", metavar=N_("CATEGORY"), help=N_("For this category and everything below it."))
]
AllGoods = Annotated[bool, typer.Option("--all-goods", help=N_("For all goods."))]
Classes = Annotated[list[str] | None, typer.Option("--class", metavar=N_("CLASS"), help=N_("For customers of this class."))]
Channels = Annotated[list[str] | None, typer.Option("--channel", metavar=N_("CHANNEL"), help=N_("On this channel."))]
Regions = Annotated[list[str] | None, typer.Option("--region", metavar=N_("REGION"), help=N_("In this region."))]
MaxOrders = Annotated[int | None, typer.Option("--max-orders", min=1, help=N_("In so many orders at most."))]
PerCustomer = Annotated[int | None, typer.Option("--per-customer", min=1, help=N_("In so many orders of one customer at most."))]
Priority = Annotated[int | None, typer.Option("--priority", help=N_("The higher one wins where nothing else decides (default: 0)."))]
Stack = Annotated[bool | None, typer.Option("--stack/--no-stack", help=N_("May be combined with others that say so too."))]
Theme = Annotated[bool, typer.Option("--theme", help=N_("The company's theme activity of the month."))]
Prepare = Annotated[
    list[str] | None,
    typer.Option("--prepare", metavar="WHAT=STAFF", help=N_("Who prepares material, training or departments (default: the owner).")),
]
Channel = Annotated[str | None, typer.Option("--channel", metavar=N_("CHANNEL"), help=N_("The document's channel."))]
Region = Annotated[str | None, typer.Option("--region", metavar=N_("REGION"), help=N_("The document's region (default: the customer's)."))]


@app.write(
    "plan",
    help=N_(
        "Plan a promotion as a draft; it has no effect before it is approved and started.\n\n"
        "Both end days count. A threshold is reached by its exact figure. Without --stack it excludes every other plan on the same line; "
        "the one that gives most wins, or with the policy promo.choice=priority the higher priority. "
        "No promotion takes a line below its lowest price, and goods that bear no discount keep theirs."
    ),
    example=(
        'salescli promo plan "Toner week" --kind discount --percent 5 --sku TN2325 --from 2026-11-09 --to 2026-11-15',
        'salescli promo plan "Full cart" --kind spend_and_save --step 1000=80 --step 2000=200 --all-goods --from fri --to eom',
        'salescli promo plan "Ten plus one" --kind buy_and_get --buy 10 --get 1 --each --category 粉盒 --from fri --to eom',
        'salescli promo plan "Three for two" --kind buy_and_get --buy 3 --get 1 --cheapest --each --category 粉盒 --from fri --to eom',
        'salescli promo plan "Cup" --kind gift --gift CUP=1 --min-amount 500 --all-goods --class A --from fri --to eom',
        'salescli promo plan "Set" --kind bundle --part TN2325=2 --part DRUM-23=1 --price 399 --from fri --to eom',
    ),
    rules=("PRO-01", "PRO-03", "PRO-06", "PRO-08"),
    right="promo.plan",
)
def plan(
    w: "Writer", name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("What it is called."))],
    kind: Annotated[Kinds, typer.Option("--kind", help=N_("Kind of promotion."))], first: FirstDay, last: LastDay,
    rate: Percent = None, amount_off: Off = None, on_order: OnOrder = False, steps: Steps = None,
    buy_qty: Buy = None, get_qty: Get = None, cheapest: Cheapest = False, gifts: Gifts = None, parts: Parts = None,
    bundle_price: BundlePrice = None, min_amount: MinAmount = None, min_qty: MinQty = None, repeats: Each = False,
    products: Skus = None, categories: Categories = None, all_goods: AllGoods = False,
    classes: Classes = None, channels: Channels = None, regions: Regions = None,
    max_orders: MaxOrders = None, max_customer_orders: PerCustomer = None, priority: Priority = None, stackable: Stack = None,
    theme: Theme = False, audience: Audience = None, form: Form = None, media: Media = None, goal: Goal = None,
    owner: Owner = None, prepare: Prepare = None,
) -> "Done":  # fmt: skip
    from salescli.promo import actions

    typed = actions.Typed(
        kind, first, last, owner, audience, form, media, goal, products or (), categories or (), all_goods, classes or (), channels or (),
        regions or (), rate, amount_off, on_order, min_amount, min_qty, repeats, steps or (), buy_qty, get_qty, cheapest, gifts or (),
        parts or (), bundle_price, max_orders, max_customer_orders, priority or 0, bool(stackable), theme, prepare or (),
    )  # fmt: skip
    return actions.plan(w, name, typed)


@app.write(
    "edit",
    help=N_("Change a draft, or a plan that was refused."),
    example='salescli promo edit PP-202611-0001 --audience "offices in the south" --media "customer letter"',
    rules=("PRO-01",),
    right="promo.plan",
)
def edit(
    w: "Writer",
    plan: PlanArgument,
    name: Annotated[str | None, typer.Option("--name", metavar=N_("TEXT"), help=N_("What it is called."))] = None,
    first: NewFirst = None,
    last: NewLast = None,
    priority: Priority = None,
    stackable: Stack = None,
    audience: Audience = None,
    form: Form = None,
    media: Media = None,
    goal: Goal = None,
    owner: Owner = None,
) -> "Done":
    from salescli.promo import actions

    return actions.edit(w, plan, actions.Edit(name, first, last, owner, audience, form, media, goal, priority, stackable))


@app.write(
    "submit",
    help=N_("Ask for the approval of a plan: the sales manager, then the management (AP-04)."),
    example='salescli promo submit PP-202611-0001 --reason "as agreed in the month meeting"',
    rules=("PRO-01", "PRO-02", "PRO-05", "PRO-07"),
    right="promo.plan",
)
def submit(
    w: "Writer",
    plan: PlanArgument,
    reason: Annotated[str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why (default: the effect expected)."))] = None,
) -> "Done":
    from salescli.promo import actions

    return actions.submit(w, plan, reason)


@app.report(
    "list",
    help=N_("Promotion plans with their state and in how many orders they gave something."),
    example=("salescli promo list", "salescli promo list --state in_force", "salescli promo list --period 2026-Q4 --theme"),
    rules=("PRO-01", "PRO-02", "PRO-06"),
)
def list_(
    r: "Reader",
    kind: Annotated[Kinds | None, typer.Option("--kind", help=N_("Only this kind."))] = None,
    state: Annotated[States | None, typer.Option("--state", help=N_("Only plans in this state."))] = None,
    period: AnyPeriod = None,
    theme: Annotated[bool, typer.Option("--theme", help=N_("Only theme activities."))] = False,
    staff: StaffOption = None,
    as_of: AsOf = None,
) -> "Report":
    from salescli.core.lookup import find_optional
    from salescli.promo.reads import Wanted, listing

    owner = find_optional(r, "staff", staff)
    return listing(r, Wanted(kind, state, period, theme, owner.id if owner else None), as_of)


@app.report(
    "show",
    help=N_("One plan with its preparations, gifts, sales so far and evaluation."),
    example="salescli promo show PP-202611-0001",
    rules=("PRO-01", "PRO-03", "PRO-04", "PRO-08"),
)
def show(r: "Reader", plan: PlanArgument, as_of: AsOf = None) -> "Report":
    from salescli.promo.reads import detail

    return detail(r, plan, as_of)


@app.write(
    "start",
    help=N_("Let an approved plan run within its days, or one that was stopped run again."),
    example="salescli promo start PP-202611-0001",
    rules=("PRO-02", "PRO-03", "PRO-05"),
    right="promo.run",
)
def start(w: "Writer", plan: PlanArgument) -> "Done":
    from salescli.promo import actions_life

    return actions_life.start(w, plan)


@app.write(
    "stop",
    help=N_("Stop a running plan until it is started again; what it gave stays."),
    example='salescli promo stop PP-202611-0001 --reason "gifts have run out"',
    rules=("PRO-02",),
    right="promo.run",
)
def stop(w: "Writer", plan: PlanArgument, reason: Reason) -> "Done":
    from salescli.promo import actions_life

    return actions_life.stop(w, plan, reason)


@app.write(
    "end",
    help=N_("End a plan for good; with --until move its last day later, which has to be approved too."),
    example=("salescli promo end PP-202611-0001", 'salescli promo end PP-202611-0001 --until +7d --request "sells well"'),
    rules=("PRO-02", "PRO-05"),
    right="promo.run",
    request=True,
)
def end(
    w: "Writer",
    plan: PlanArgument,
    until: Annotated[date | None, option("day", "--until", help=N_("A later last day."))] = None,
) -> "Done":
    from salescli.promo import actions_life

    return actions_life.extend(w, plan, until) if until else actions_life.end(w, plan)


@app.write(
    "cancel",
    help=N_("Drop a plan that gave nothing yet; one that ran stays and can only be stopped."),
    example='salescli promo cancel PP-202611-0001 --reason "the supplier withdrew"',
    rules=("PRO-02",),
    right="promo.plan",
)
def cancel(w: "Writer", plan: PlanArgument, reason: Reason) -> "Done":
    from salescli.promo import actions_life

    return actions_life.cancel(w, plan, reason)


@app.write(
    "evaluate",
    help=N_("Keep what came of a plan, beside as many days before it, and the lesson learned."),
    example='salescli promo evaluate PP-202611-0001 --lesson "gifts draw new customers, the discount does not" --satisfaction 4.2',
    rules=("PRO-04",),
    right="promo.plan",
)
def evaluate(
    w: "Writer",
    plan: PlanArgument,
    lesson: Annotated[str, typer.Option("--lesson", metavar=N_("TEXT"), help=N_("What is learned from it."))],
    satisfaction: Annotated[
        int | None, option("amount", "--satisfaction", metavar="1-5", help=N_("How satisfied its buyers are (default: their surveys)."))
    ] = None,
) -> "Done":
    from salescli.promo import actions_life

    return actions_life.evaluate(w, plan, lesson, satisfaction)


@app.report(
    "preview",
    help=N_("What promotions make of an order, or of lines for a customer: which plan gives what, and why the others do not."),
    example=(
        "salescli promo preview 华信 TN2325=10 DRUM-23=2",
        "salescli promo preview SO-202611-0042",
        "salescli promo preview 华信 TN2325=10 --plan PP-202611-0001",
    ),
    rules=("PRO-01", "PRO-02", "PRO-08"),
)
def preview(
    r: "Reader",
    subject: Annotated[str, typer.Argument(metavar=N_("SUBJECT"), help=N_("An order's number, or a customer."))],
    lines: Words = None,
    trial: Annotated[str | None, typer.Option("--plan", metavar=N_("PLAN"), help=N_("Look at this plan as if it ran."))] = None,
    channel: Channel = None,
    region: Region = None,
    day: Annotated[date | None, option("day", "--on", help=N_("The document's day (default: today)."))] = None,
) -> "Report":
    from salescli.promo.reads_preview import Place, preview

    return preview(r, subject, lines or (), Place(day or r.today, channel, region, trial))


@app.report(
    "result",
    help=N_("What a plan sold by region, product, class or channel, beside as many days before it."),
    example="salescli promo result PP-202611-0001 --by region",
    rules=("PRO-04", "PRO-06"),
)
def result(
    r: "Reader",
    plan: PlanArgument,
    by: Annotated[Literal["region", "product", "class", "channel"], typer.Option("--by", help=N_("What it is compared by."))] = "region",
    as_of: AsOf = None,
) -> "Report":
    from salescli.promo.reads_result import result

    return result(r, plan, by, as_of)


@app.report(
    "calendar",
    help=N_("Each month's company-wide theme activities, and what is missing."),
    example="salescli promo calendar --period 2026",
    rules=("PRO-06",),
)
def calendar(r: "Reader", period: PeriodOption = THIS_YEAR) -> "Report":
    from salescli.promo.reads import calendar

    return calendar(r, period)
