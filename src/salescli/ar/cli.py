"""Commands of the group `ar`: receivables and the money that pays them."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import (
    AmountArgument,
    AmountOption,
    AnyPeriod,
    AsOf,
    CustomerArgument,
    CustomerOption,
    Day,
    Group,
    Note,
    StaffOption,
    argument,
    option,
)
from salescli.core.commands_options import LIMIT, SORT
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("ar")

Document = Annotated[str, typer.Argument(metavar=N_("NUMBER"), help=N_("Number of a receivable, credit note or receipt, or a part of it."))]
Money = Annotated[str, typer.Argument(metavar=N_("RECEIPT"), help=N_("Receipt, or credit note: its number or a part of it."))]
OptionalReceivable = Annotated[str | None, typer.Argument(metavar=N_("RECEIVABLE"), help=N_("Receivable: its number or a part of it."))]
OptionalAmount = Annotated[int | None, argument("amount", help=N_("Amount; left out: all that fits."))]
Method = Annotated[str | None, typer.Option("--method", metavar=N_("TEXT"), help=N_("How it was paid: bank, cash, note …"))]
Number = Annotated[str | None, typer.Option("--number", metavar=N_("NUMBER"), help=N_("A number of your own (default: the next one)."))]


@app.report(
    "aging",
    help=N_("What is owed by age, the oldest first.\n\ntotal = not due + bands - unallocated. Overdue starts the day after the due date."),
    example=("salescli ar aging", "salescli ar aging --as-of 2026-10-31 --by staff", "salescli ar aging --basis invoice -o aging.xlsx"),
    rules=("AR-04",),
    right="receivable.read",
)
def aging(
    r: "Reader",
    as_of: AsOf = None,
    by: Annotated[Literal["customer", "staff", "region", "receivable"], typer.Option("--by", help=N_("One row per …"))] = "customer",
    basis: Annotated[
        Literal["due", "invoice"], typer.Option("--basis", help=N_("Count days from the due date, or from the receivable's date."))
    ] = "due",
) -> "Report":
    from salescli.ar import reads_ageing

    return reads_ageing.aging(r, as_of, by, basis)


@app.report(
    "overdue",
    help=N_("Every receivable past its due date, the longest first, with whom to call."),
    example=("salescli ar overdue", "salescli ar overdue --min-days 30 --staff S02", "salescli ar overdue --exit-code -o overdue.xlsx"),
    rules=("AR-04", "AR-05", "ORG-08"),
    exit_code_rows=True,
    right="receivable.read",
)
def overdue(
    r: "Reader",
    as_of: AsOf = None,
    min_days: Annotated[int, typer.Option("--min-days", metavar="N", help=N_("At least so many days past the due date."))] = 1,
    staff: StaffOption = None,
    sort: SORT = None,
    limit: LIMIT = None,
) -> "Report":
    from salescli.ar import reads_overdue

    return reads_overdue.overdue(r, as_of, min_days, staff, None if sort else limit)


@app.report(
    "list",
    help=N_("Receivables and credit notes, newest first: this month's, or what the options ask for."),
    example=("salescli ar list --open", "salescli ar list --customer hx --as-of 2026-10-31", "salescli ar list --period 2026-Q3"),
    rules=("AR-01",),
    right="receivable.read",
)
def list_(
    r: "Reader",
    period: AnyPeriod = None,
    customer: CustomerOption = None,
    staff: StaffOption = None,
    open: Annotated[bool, typer.Option("--open", help=N_("Only what is not paid."))] = False,
    as_of: AsOf = None,
    sort: SORT = None,
    limit: LIMIT = None,
) -> "Report":
    from salescli.ar import reads_list

    return reads_list.receivables(r, reads_list.Wanted(period, customer, staff, open), as_of, None if sort else limit)


@app.report(
    "receipts",
    help=N_("Receipts, newest first: this month's, or what the options ask for."),
    example=("salescli ar receipts", "salescli ar receipts --open", "salescli ar receipts --customer hx --period 2026"),
    rules=("AR-12",),
    right="receivable.read",
)
def receipts(
    r: "Reader",
    period: AnyPeriod = None,
    customer: CustomerOption = None,
    staff: StaffOption = None,
    open: Annotated[bool, typer.Option("--open", help=N_("Only what is not applied in full."))] = False,
    as_of: AsOf = None,
    sort: SORT = None,
    limit: LIMIT = None,
) -> "Report":
    from salescli.ar import reads_list

    return reads_list.receipts(r, reads_list.Wanted(period, customer, staff, open), as_of, None if sort else limit)


@app.report(
    "show",
    help=N_("One document, and what became of its amount."),
    example=("salescli ar show RC-202611-0003", "salescli ar show SO-202610-0042/1"),
    rules=("AR-12",),
    right="receivable.read",
)
def show(r: "Reader", number: Document) -> "Report":
    from salescli.ar import reads_show

    return reads_show.show(r, number)


@app.write(
    "receipt",
    help=N_("Money received.\n\nIt pays what it names, else what is due longest; the rest waits for the next receivable unless held."),
    example=(
        "salescli ar receipt hx 12,000",
        "salescli ar receipt C004 5000 --method bank --receivable SO-202610-0042/1",
        "salescli ar receipt C004 800 --on yesterday --hold",
    ),
    rules=("AR-12",),
    right="receipt.post",
)
def receipt(
    w: "Writer",
    customer: CustomerArgument,
    amount: AmountArgument,
    on: Day = None,
    method: Method = None,
    account: Annotated[str | None, typer.Option("--account", metavar=N_("TEXT"), help=N_("The account it went to."))] = None,
    receivable: Annotated[str | None, typer.Option("--receivable", metavar=N_("NUMBER"), help=N_("The receivable it pays first."))] = None,
    order: Annotated[str | None, typer.Option("--order", metavar=N_("ORDER"), help=N_("The order (or delivery) it pays first."))] = None,
    hold: Annotated[bool, typer.Option("--hold", help=N_("Do not apply it by itself."))] = False,
    number: Number = None,
    note: Note = None,
) -> "Done":
    from salescli.ar import actions

    more = {"method": method, "account": account, "receivable": receivable, "order": order, "number": number, "note": note}
    return actions.receipt(w, customer, amount, day=on, held=hold, **more)


@app.write(
    "from-order",
    help=N_("A receipt from an order or a delivery in one step: what is open of it is paid."),
    example=("salescli ar from-order SO-202610-0042", "salescli ar from-order SO-202610-0042 --amount 500 --method cash"),
    rules=("AR-12",),
    right="receipt.post",
)
def from_order(
    w: "Writer",
    order: Annotated[str, typer.Argument(metavar=N_("ORDER"), help=N_("Number of the order or of the delivery."))],
    amount: AmountOption = None,
    on: Day = None,
    method: Method = None,
) -> "Done":
    from salescli.ar import actions

    return actions.from_order(w, order, amount, day=on, method=method)


@app.write(
    "receivable",
    help=N_(
        "A receivable typed by hand; a negative amount is a credit note.\n\n"
        "Deliveries make theirs by themselves. Due: --due, else --days, else the customer's credit days."
    ),
    example=(
        "salescli ar receivable hx 12,000 --days 30",
        "salescli ar receivable C004 5000 --due 2026-12-31 --invoice-no 20261103",
        'salescli ar receivable C004 -150 --note "price corrected"',
        "salescli ar receivable C004 8000 --opening --on 2026-01-01",
    ),
    rules=("AR-01", "AR-02", "AR-15"),
    right="receivable.post",
)
def receivable(
    w: "Writer",
    customer: CustomerArgument,
    amount: AmountArgument,
    due: Annotated[date | None, option("day", "--due", help=N_("Last day of payment."))] = None,
    days: Annotated[int | None, typer.Option("--days", metavar="N", min=0, max=3650, help=N_("Days until it is due."))] = None,
    on: Day = None,
    staff: Annotated[
        str | None, typer.Option("--staff", metavar=N_("STAFF"), help=N_("Who answers for it (default: the customer's owner)."))
    ] = None,
    order: Annotated[str | None, typer.Option("--order", metavar=N_("ORDER"), help=N_("The order it belongs to."))] = None,
    invoice_no: Annotated[str | None, typer.Option("--invoice-no", metavar=N_("NUMBER"), help=N_("Number of the invoice."))] = None,
    opening: Annotated[bool, typer.Option("--opening", help=N_("An opening balance, numbered OPEN-CODE."))] = False,
    number: Number = None,
    note: Note = None,
) -> "Done":
    from salescli.ar import actions

    more = {"staff": staff, "order": order, "invoice_no": invoice_no, "number": number, "note": note}
    return actions.receivable(w, customer, amount, day=on, due=due, days=days, opening=opening, **more)


@app.write(
    "allocate",
    help=N_(
        "Apply money to a receivable by hand; hold or release what is left of it.\n\n"
        "An allocation counts from the later of both dates, whenever it is typed."
    ),
    example=(
        "salescli ar allocate RC-202611-0003 SO-202610-0042/1",
        "salescli ar allocate RC-202611-0003 SO-202610-0042/1 500",
        "salescli ar allocate RC-202611-0003 --hold",
        "salescli ar allocate RC-202611-0003 --release",
    ),
    rules=("AR-12",),
    right="allocate",
)
def allocate(
    w: "Writer",
    receipt: Money,
    receivable: OptionalReceivable = None,
    amount: OptionalAmount = None,
    hold: Annotated[bool, typer.Option("--hold", help=N_("Keep what is left from being applied by itself."))] = False,
    release: Annotated[bool, typer.Option("--release", help=N_("Let it be applied again, oldest due first."))] = False,
) -> "Done":
    from salescli.ar import actions_allocate

    return actions_allocate.move(w, receipt, receivable, amount, hold=hold, release=release)


@app.write(
    "unallocate",
    help=N_("Free what a receipt paid and hold it.\n\nPast days are told as if it had never been applied there."),
    example=("salescli ar unallocate RC-202611-0003", "salescli ar unallocate RC-202611-0003 SO-202610-0042/1 500"),
    rules=("AR-12",),
    right="allocate",
)
def unallocate(w: "Writer", receipt: Money, receivable: OptionalReceivable = None, amount: OptionalAmount = None) -> "Done":
    from salescli.ar import actions_allocate

    return actions_allocate.unallocate(w, receipt, receivable, amount)


@app.write(
    "reverse",
    help=N_(
        "Take back a mistyped or bounced receipt, or a receivable typed by hand; nothing is erased.\n\n"
        "The reversal is a document of its own day: earlier days are told as they were. A slip of the fingers is taken back on the "
        "document's own day with --on."
    ),
    example=('salescli ar reverse RC-202611-0003 --reason "cheque bounced"', "salescli ar reverse RC-202611-0003 --on 2026-11-02"),
    rules=("AR-12",),
    right="receipt.post",
)
def reverse(
    w: "Writer",
    number: Document,
    on: Day = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why; kept with it."))] = None,
) -> "Done":
    from salescli.ar import actions_allocate

    return actions_allocate.reverse(w, number, day=on, reason=reason)
