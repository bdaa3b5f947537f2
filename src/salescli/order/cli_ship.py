"""Commands of the group `order` for the warehouse and for whoever the customer asks: plans, papers, carriers, issues; and `flow`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import THIS_MONTH, Day, Group, OrderArgument, PeriodOption, ProductArgument, option
from salescli.core.commands_options import LIMIT, SORT
from salescli.core.i18n import N_, msg

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("order")

Warehouse = Annotated[str | None, typer.Option("--warehouse", metavar=N_("WAREHOUSE"), help=N_("Only this warehouse."))]
Until = Annotated[date | None, option("day", "--until", help=N_("Only what is promised up to this day."))]
Text = Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What is to be said."))]
Parcel = Annotated[str, typer.Argument(metavar=N_("DELIVERY|ORDER"), help=N_("Number of a delivery, or of an order: its last delivery."))]


@app.report(
    "dispatch",
    help=N_("What has to go out, the earliest promise first, and what is missing for it."),
    example=("salescli order dispatch --until fri", "salescli order dispatch --warehouse MAIN -o plan.xlsx"),
    rules=("ORD-12", "ORD-13"),
)
def dispatch(r: "Reader", until: Until = None, warehouse: Warehouse = None) -> "Report":
    from salescli.order import reads_dispatch

    return reads_dispatch.dispatch(r, until, warehouse)


@app.report(
    "pick",
    help=N_("The pick list: the same goods by the place they lie in."),
    example=("salescli order pick --until today", "salescli order pick SO-202611-0042"),
    rules=("ORD-13",),
)
def pick(
    r: "Reader",
    order: Annotated[str | None, typer.Argument(metavar=N_("ORDER"), help=N_("Only this order."))] = None,
    until: Until = None,
    warehouse: Warehouse = None,
) -> "Report":
    from salescli.order import reads_dispatch

    return reads_dispatch.dispatch(r, until, warehouse, picking=True, order=order)


@app.write(
    "allocate",
    help=N_("Promise goods that came meanwhile to the orders that wait for them, the earliest promise first."),
    example="salescli order allocate",
    rules=("ORD-12",),
    right="order.deliver",
)
def allocate(w: "Writer") -> "Done":
    from salescli.order import actions_confirm as actions

    return actions.allocate_all(w)


@app.report(
    "freight",
    help=N_("The freight plan: quantity, volume, weight, carrier and waybill of what went out, or with --planned of what has to."),
    example=("salescli order freight --period this-month", "salescli order freight --planned --period 2026-W47"),
    rules=("ORD-14",),
)
def freight(
    r: "Reader",
    period: PeriodOption = THIS_MONTH,
    planned: Annotated[bool, typer.Option("--planned", help=N_("What is promised for the period and not delivered yet."))] = False,
    sort: SORT = None,
    limit: LIMIT = None,
) -> "Report":
    from salescli.order import reads_dispatch

    return reads_dispatch.freight(r, period, planned=planned, limit=None if sort else limit)


@app.report(
    "open",
    help=N_("What is ordered and not delivered yet, by product, customer or region."),
    example=("salescli order open --by product", "salescli order open --by region"),
    rules=("ORD-11",),
)
def open_(
    r: "Reader", by: Annotated[Literal["product", "customer", "region"], typer.Option("--by", help=N_("Added up by this."))] = "product"
) -> "Report":
    from salescli.order import reads_dispatch

    return reads_dispatch.undelivered(r, by)


@app.report(
    "available",
    help=N_("What of a product can be promised for a day, by warehouse."),
    example="salescli order available TN2325 --on +7d",
    rules=("ORD-12",),
)
def available(r: "Reader", sku: ProductArgument, on: Day = None) -> "Report":
    from salescli.order import reads_dispatch

    return reads_dispatch.to_promise(r, sku, on)


@app.report(
    "calendar",
    help=N_("Day by day: what is promised, delivered, returned, due."),
    example="salescli order calendar --period 2026-11",
    rules=("ORD-11", "ORD-16"),
)
def calendar(r: "Reader", period: PeriodOption = THIS_MONTH) -> "Report":
    from salescli.order import reads_dispatch

    return reads_dispatch.calendar(r, period)


@app.report(
    "track",
    help=N_("What a customer may be told of his order: sent, where it is, invoiced, paid."),
    example=("salescli order track SO-202611-0042", "salescli order track SO-202611-0042 -o state.html"),
    rules=("ORD-16",),
)
def track(r: "Reader", order: OrderArgument) -> "Report":
    from salescli.order import reads_track

    return reads_track.track(r, order)


@app.report(
    "report",
    help=N_("The acceptance report of an order, with what the book knows of the customer's debts and record."),
    example="salescli order report SO-202611-0042",
    rules=("ORD-02", "ORD-04"),
)
def report(r: "Reader", order: OrderArgument) -> "Report":
    from salescli.order import reads_track

    return reads_track.report(r, order)


@app.plain(
    "print",
    help=N_("Print an order sheet or a delivery note as HTML, PDF or Word; your own template beside the book takes our place."),
    example=("salescli order print DN-202611-0007 -o note.pdf", "salescli order print SO-202611-0042 -o order.docx --no-prices"),
    rules=("ORD-10", "ORD-13"),
)
def print_(
    number: Annotated[str, typer.Argument(metavar=N_("ORDER|DELIVERY"), help=N_("Number of an order, a delivery or a return."))],
    output: Annotated[Path, typer.Option("--output", "-o", metavar=N_("FILE"), help=N_("Where to; .html, .pdf or .docx."))],
    prices: Annotated[bool, typer.Option("--prices/--no-prices", help=N_("With or without prices."))] = True,
) -> None:
    from salescli.core import ui
    from salescli.core.printing import print_paper
    from salescli.core.reader import book_path, reader
    from salescli.core.report import Done
    from salescli.order.papers import paper_of

    with reader() as r:
        paper = paper_of(r, number, prices=prices)
    print_paper(paper, output, book_path())
    ui.done(Done(msg(N_("{number} is printed to {file}"), number=paper.number, file=str(output)), paper.number), None)


@app.write(
    "ship",
    help=N_("Note where the goods of a delivery are; carrier and waybill where they are known only now."),
    example=(
        "salescli order ship DN-202611-0007 shipped --carrier SF --waybill SF1234567890",
        "salescli order ship SO-202611-0042 signed_for --place 上海",
    ),
    rules=("ORD-14", "ORD-16"),
    right="order.ship",
)
def ship(
    w: "Writer",
    number: Parcel,
    state: Annotated[
        Literal["shipped", "in_transit", "arrived", "signed_for", "transport_problem"],
        typer.Argument(metavar=N_("STATE"), help=N_("Where the goods are.")),
    ],
    place: Annotated[str | None, typer.Option("--place", metavar=N_("TEXT"), help=N_("Where."))] = None,
    note: Annotated[str | None, typer.Option("--note", metavar=N_("TEXT"), help=N_("What else is known."))] = None,
    carrier: Annotated[str | None, typer.Option("--carrier", metavar=N_("CARRIER"), help=N_("Who carries the goods."))] = None,
    waybill: Annotated[str | None, typer.Option("--waybill", metavar=N_("NUMBER"), help=N_("Number of the waybill."))] = None,
    on: Day = None,
) -> "Done":
    from salescli.order import actions_follow as actions
    from salescli.order.states import TrackState

    return actions.track(w, number, TrackState(state), place=place, note=note, carrier=carrier, waybill=waybill, day=on)


@app.write(
    "carrier",
    help=N_("Enter a carrier, or change the one with that code."),
    example="salescli order carrier SF 顺丰速运 --phone 95338 --site https://www.sf-express.com",
    rules=("ORD-14",),
    right="order.deliver",
)
def carrier(
    w: "Writer",
    code: Annotated[str, typer.Argument(metavar=N_("CODE"), help=N_("Short code."))],
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("Name."))],
    phone: Annotated[str | None, typer.Option("--phone", metavar=N_("PHONE"), help=N_("Telephone number."))] = None,
    site: Annotated[str | None, typer.Option("--site", metavar=N_("TEXT"), help=N_("Web site."))] = None,
    active: Annotated[bool | None, typer.Option("--active/--inactive", help=N_("Whether he still carries for us."))] = None,
) -> "Done":
    from salescli.order import actions_follow as actions

    return actions.add_carrier(w, code, name, phone=phone, site=site, active=active)


@app.report("carriers", help=N_("The carriers, and how much each carried."), example="salescli order carriers", rules=("ORD-14",))
def carriers(r: "Reader") -> "Report":
    from salescli.order import reads_track

    return reads_track.carriers(r)


@app.write(
    "capacity",
    help=N_("Say whether an order can be done and by when; with --change what has to change, which is its taker's task of today."),
    example=(
        "salescli order capacity SO-202611-0042 --on +10d",
        'salescli order capacity SO-202611-0042 --change --on +30d --note "only 5 of 10 before December"',
    ),
    rules=("ORD-01", "ORD-07"),
    right="order.capacity",
)
def capacity(
    w: "Writer",
    order: OrderArgument,
    change: Annotated[bool, typer.Option("--change", help=N_("It cannot be done as ordered."))] = False,
    on: Annotated[date | None, option("day", "--on", help=N_("When the goods are ready."))] = None,
    note: Annotated[str | None, typer.Option("--note", metavar=N_("TEXT"), help=N_("What has to change, or what it rests on."))] = None,
) -> "Done":
    from salescli.order import actions_follow as actions

    return actions.answer_capacity(w, order, change=change, ready_on=on, note=note)


@app.write(
    "settle",
    help=N_("Note what was agreed with the customer about a change that was asked."),
    example='salescli order settle SO-202611-0042 "5 now, 5 in December" --promised 2026-12-05',
    rules=("ORD-07", "ORD-03"),
    right="order.edit",
    request=True,
)
def settle(
    w: "Writer",
    order: OrderArgument,
    text: Text,
    promised: Annotated[date | None, option("day", "--promised", help=N_("The new promise."))] = None,
) -> "Done":
    from salescli.order import actions_follow as actions

    return actions.settle_change(w, order, text, promised)


@app.write(
    "issue",
    help=N_("Note something that goes wrong with an order; its taker hears of it."),
    example='salescli order issue SO-202611-0042 "truck broke down" --kind logistics',
    rules=("ORD-04", "ORD-08"),
    right="order.ship",
)
def issue(
    w: "Writer",
    order: OrderArgument,
    text: Text,
    kind: Annotated[
        Literal["shortage", "logistics", "quality", "payment_trouble", "other_issue"], typer.Option("--kind", help=N_("Kind of problem."))
    ] = "other_issue",
) -> "Done":
    from salescli.order import actions_follow as actions
    from salescli.order.states import IssueKind

    return actions.open_issue(w, order, IssueKind(kind), text)


@app.write(
    "solve",
    help=N_("Note how an issue was solved."),
    example='salescli order solve OI-202611-0001 "sent again with another carrier"',
    rules=("ORD-08",),
    right="order.ship",
)
def solve(w: "Writer", issue: Annotated[str, typer.Argument(metavar=N_("ISSUE"), help=N_("Number of the issue."))], text: Text) -> "Done":
    from salescli.order import actions_follow as actions

    return actions.solve_issue(w, issue, text)


@app.report(
    "issues",
    help=N_("What went wrong with orders, newest first, and how it was solved."),
    example=("salescli order issues --open", "salescli order issues SO-202611-0042"),
    rules=("ORD-04", "ORD-08"),
)
def issues(
    r: "Reader",
    order: Annotated[str | None, typer.Argument(metavar=N_("ORDER"), help=N_("Only this order."))] = None,
    unsolved: Annotated[bool, typer.Option("--open", help=N_("Only those that are not solved."))] = False,
) -> "Report":
    from salescli.order import reads_track

    return reads_track.issues(r, order, unsolved=unsolved)


@app.report("flow", help=N_("The office's work from the first word to the money, each step with its command."), example="salescli flow",
            rules=("ORD-19",))  # fmt: skip
def flow(r: "Reader") -> "Report":
    from salescli.cli import entries
    from salescli.order import reads_flow

    return reads_flow.flow(frozenset(entries()))
