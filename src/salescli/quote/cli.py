"""Commands of the group `quote`: offers, their review, and what the customer says."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import AnyPeriod, AsOf, CustomerArgument, CustomerOption, Group, Reason, StaffOption, option
from salescli.core.commands_options import Currency
from salescli.core.i18n import N_
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("quote")

State = Literal["draft", "in_review", "approved", "returned", "sent", "confirmed", "expired", "lost", "converted"]
QuoteArgument = Annotated[str, typer.Argument(metavar=N_("QUOTE"), help=N_("Number of the quote."))]
Lines = Annotated[
    list[str] | None, typer.Argument(metavar="SKU=QTY[@PRICE]…", help=N_("Products, quantities and, where it is not the table's, prices."))
]
LinesFile = Annotated[
    Path | None, typer.Option("--lines", metavar=N_("FILE"), help=N_("More lines from a CSV or XLSX file: sku, quantity, price."))
]
Pay = Annotated[
    list[str] | None,
    typer.Option("--pay", metavar=N_("PLAN"), help=N_("Payments, as in 30%@sign,70%@delivery+30 or rest@DATE.")),
]
Discount = Annotated[int | None, option("share", "--discount", help=N_("Per cent off every line."))]
Rival = Annotated[list[str] | None, typer.Option("--rival", metavar="SKU=PRICE", help=N_("What a competitor asks for the like."))]
Until = Annotated[date | None, option("day", "--valid-until", help=N_("Last day of the offer (default: quote.valid_days from today)."))]
Need = Annotated[str | None, typer.Option("--need", metavar=N_("TEXT"), help=N_("What the customer needs."))]
Configuration = Annotated[str | None, typer.Option("--configuration", metavar=N_("TEXT"), help=N_("How the goods are configured for him."))]
TimeCost = Annotated[str | None, typer.Option("--time-cost", metavar=N_("TEXT"), help=N_("How long it takes and what else it costs."))]
AfterSales = Annotated[str | None, typer.Option("--after-sales", metavar=N_("TEXT"), help=N_("Warranty and service after the sale."))]
QuoteNote = Annotated[str | None, typer.Option("--note", metavar=N_("TEXT"), help=N_("A remark kept with it."))]


class Said(NamedTuple):
    """What an offer says beside its lines, as typed."""

    pay: Pay = None
    discount: Discount = None
    rival: Rival = None
    valid_until: Until = None
    need: Need = None
    configuration: Configuration = None
    time_cost: TimeCost = None
    after_sales: AfterSales = None
    note: QuoteNote = None
    currency: Currency = None


NOTHING = Said()


@app.write(
    "new",
    help=N_("Make a quote.\n\nPrices come from the price table; cost, margin, rival price and distance from list are shown."),
    example=(
        'salescli quote new 华信 TN2325=10 DRUM-23=2@95 --pay 30%@sign,70%@delivery+30 --configuration "standard" --after-sales "1 year"',
        "salescli quote new C0001 TN2325=10 --lead LD-202611-0001 --discount 5 --rival TN2325=118",
    ),
    rules=("QUO-01", "QUO-03"),
    right="quote.edit",
)
def new(
    w: "Writer",
    customer: CustomerArgument,
    lines: Lines = None,
    file: LinesFile = None,
    said: Said = NOTHING,
    lead: Annotated[str | None, typer.Option("--lead", metavar=N_("LEAD"), help=N_("The lead it answers."))] = None,
    channel: Annotated[str | None, typer.Option("--channel", metavar=N_("CHANNEL"), help=N_("Sales channel, for its prices."))] = None,
) -> "Done":
    from salescli.quote import actions
    from salescli.quote.typed import offer, wanted

    return actions.new(w, customer, wanted(w.reader, lines, file), offer(said), lead=lead, channel=channel)


@app.write(
    "edit",
    help=N_(
        "Change a draft; of an approved quote make the next version, which needs approval anew.\n\nLines given take the place of all lines."
    ),
    example=(
        "salescli quote edit QU-202611-0001 TN2325=12@120",
        'salescli quote edit QU-202611-0001 --pay 50%@sign,50%@delivery --reason "he wants to pay less at once"',
        "salescli quote edit QU-202611-0001 --reprice",
    ),
    rules=("QUO-02", "QUO-06"),
    right="quote.edit",
)
def edit(
    w: "Writer",
    quote: QuoteArgument,
    lines: Lines = None,
    file: LinesFile = None,
    said: Said = NOTHING,
    reprice: Annotated[bool, typer.Option("--reprice", help=N_("Take today's prices of the price table."))] = False,
    reason: Annotated[str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why; kept with the version."))] = None,
) -> "Done":
    from salescli.quote import actions
    from salescli.quote.typed import offer, wanted

    return actions.edit(w, quote, wanted(w.reader, lines, file) if lines or file else [], offer(said, reason), reprice=reprice)


@app.report(
    "list",
    help=N_("Quotes, newest first, with state, margin and last valid day."),
    example=("salescli quote list --open", "salescli quote list --customer 华信 --state expired"),
    rules=("QUO-06",),
)
def list_(
    r: "Reader",
    customer: CustomerOption = None,
    staff: StaffOption = None,
    period: AnyPeriod = None,
    state: Annotated[State | None, typer.Option("--state", help=N_("Only quotes in this state."))] = None,
    unfinished: Annotated[bool, typer.Option("--open", help=N_("Only quotes neither lost nor converted."))] = False,
    as_of: AsOf = None,
) -> "Report":
    from salescli.quote.reads import Wanted, listing

    return listing(r, Wanted(customer, staff, period, state, unfinished), as_of)


@app.report(
    "show",
    help=N_("A quote: lines with cost, margin and rival price, sections, payments, negotiation, versions."),
    example=("salescli quote show QU-202611-0001", "salescli quote show QU-202611-0001 --revision 1"),
    rules=("QUO-01", "QUO-03", "QUO-04", "QUO-05"),
)
def show(
    r: "Reader",
    quote: QuoteArgument,
    revision: Annotated[int | None, typer.Option("--revision", min=1, help=N_("An earlier version."))] = None,
) -> "Report":
    from salescli.quote.reads import detail

    return detail(r, quote, revision)


@app.write(
    "submit",
    help=N_("Put a quote to review; its margin and its distance from list choose who decides."),
    example='salescli quote submit QU-202611-0001 --reason "he compares with two others"',
    rules=("QUO-02", "QUO-03", "QUO-05"),
    right="quote.edit",
)
def submit(
    w: "Writer",
    quote: QuoteArgument,
    reason: Annotated[str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("What the approvers should know."))] = None,
) -> "Done":
    from salescli.quote import actions_review

    return actions_review.submit(w, quote, reason)


@app.write(
    "send",
    help=N_("Note that an approved quote went out to the customer."),
    example="salescli quote send QU-202611-0001 --way e-mail",
    rules=("QUO-02",),
    right="quote.edit",
)
def send(
    w: "Writer",
    quote: QuoteArgument,
    way: Annotated[str | None, typer.Option("--way", metavar=N_("TEXT"), help=N_("How it was sent, as in e-mail."))] = None,
) -> "Done":
    from salescli.quote import actions_review

    return actions_review.send(w, quote, way)


@app.write(
    "talk",
    help=N_("Note a round of negotiation: what was said, his bottom line, what we conceded."),
    example='salescli quote talk QU-202611-0001 "wants three per cent less" --topic price --bottom-line 1150 --concession "free delivery"',
    rules=("QUO-04",),
    right="quote.edit",
)
def talk(
    w: "Writer",
    quote: QuoteArgument,
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What was said."))],
    topic: Annotated[
        Literal["price", "delivery_date", "payment", "after_sales", "other"], typer.Option("--topic", help=N_("Topic."))
    ] = "price",
    bottom_line: Annotated[int | None, option("amount", "--bottom-line", help=N_("The most he would pay for all of it."))] = None,
    concession: Annotated[str | None, typer.Option("--concession", metavar=N_("TEXT"), help=N_("What we gave way in."))] = None,
) -> "Done":
    from salescli.quote import actions
    from salescli.quote.states import Topic

    return actions.talk(w, quote, text, Topic(topic), bottom_line=bottom_line, concession=concession)


@app.write(
    "accept",
    help=N_("Note that the customer confirmed a quote."),
    example="salescli quote accept QU-202611-0001 --by 何静",
    rules=("QUO-02", "QUO-06"),
    right="quote.edit",
)
def accept(
    w: "Writer",
    quote: QuoteArgument,
    by: Annotated[str | None, typer.Option("--by", metavar=N_("NAME"), help=N_("Who confirmed it."))] = None,
) -> "Done":
    from salescli.quote import actions_review

    return actions_review.accept(w, quote, by)


@app.write(
    "lose",
    help=N_("Note that a quote came to nothing, and why."),
    example='salescli quote lose QU-202611-0001 --reason "too dear" --to 科达',
    rules=("QUO-04",),
    right="quote.edit",
)
def lose(
    w: "Writer",
    quote: QuoteArgument,
    reason: Reason,
    rival: Annotated[str | None, typer.Option("--to", metavar=N_("NAME"), help=N_("The competitor who got it."))] = None,
) -> "Done":
    from salescli.quote import actions_review

    return actions_review.lose(w, quote, reason, rival)


@app.write(
    "print",
    help=N_("Print a quote as HTML, PDF or Word: its last version; what is not approved is marked a draft."),
    example=(
        "salescli quote print QU-202611-0001 -o quote.pdf",
        "salescli quote print QU-202611-0001 -o quote.docx --lang zh",
        "salescli quote print QU-202611-0001 --revision 1 -o before.pdf",
    ),
    rules=("QUO-03",),
    right="quote.edit",
)
def print_(
    w: "Writer",
    quote: QuoteArgument,
    output: Annotated[str, typer.Option("--output", "-o", metavar=N_("FILE"), help=N_("A file ending with .html, .pdf or .docx."))],
    revision: Annotated[int | None, typer.Option("--revision", min=1, help=N_("An earlier version."))] = None,
) -> "Done":
    from salescli.core.reader import book_path
    from salescli.quote.actions_print import print_quote

    return print_quote(w, quote, output, book_path(), revision)
