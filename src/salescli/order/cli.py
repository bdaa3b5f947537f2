"""Commands of the group `order`."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import THIS_MONTH, AnyPeriod, AsOf, CustomerOption, Group, OrderArgument, PeriodOption, StaffOption
from salescli.core.commands_options import LIMIT, SORT
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Report

app = Group("order")

State = Literal["draft", "confirmed", "part_delivered", "delivered", "closed", "cancelled"]


@app.report(
    "list",
    help=N_(
        "Orders, newest first: those of the month, or whatever the options ask for.\n\nWithout --period the other options look at all time."
    ),
    example=(
        "salescli order list --period 2026-10",
        "salescli order list --customer hx --open",
        "salescli order list --late --staff S02 --as-of 2026-10-31",
    ),
    rules=("ORD-11", "ORD-18"),
)
def list_(
    r: "Reader",
    period: AnyPeriod = None,
    customer: CustomerOption = None,
    staff: StaffOption = None,
    state: Annotated[State | None, typer.Option("--state", help=N_("Only orders in this state."))] = None,
    late: Annotated[bool, typer.Option("--late", help=N_("Only those delivered late or undelivered past their promise."))] = False,
    open: Annotated[bool, typer.Option("--open", help=N_("Only confirmed orders with something left to deliver."))] = False,
    as_of: AsOf = None,
    sort: SORT = None,
    limit: LIMIT = None,
) -> "Report":
    from salescli.order.reads import Wanted, listing

    return listing(r, Wanted(period, customer, staff, state, late, open), as_of, None if sort else limit)


@app.report(
    "late",
    help=N_("Orders delivered late or undelivered past their promise, the longest first."),
    example="salescli order late --as-of 2026-10-31 --exit-code",
    rules=("ORD-11", "ORD-18"),
    exit_code_rows=True,
)
def late(
    r: "Reader", customer: CustomerOption = None, staff: StaffOption = None, as_of: AsOf = None, sort: SORT = None, limit: LIMIT = None
) -> "Report":
    from salescli.order import reads

    return reads.late(r, reads.Wanted(customer=customer, staff=staff), as_of, None if sort else limit)


@app.report(
    "show",
    help=N_("One order: its lines, deliveries and receivables."),
    example="salescli order show SO-202611-0042",
    rules=("ORD-17",),
)
def show(r: "Reader", order: OrderArgument, as_of: AsOf = None) -> "Report":
    from salescli.order.reads_show import detail

    return detail(r, order, as_of)


@app.report(
    "losses",
    help=N_("Goods given free: why, who answers for them, and what they cost."),
    example="salescli order losses --period 2026",
    rules=("ORD-09",),
)
def losses(r: "Reader", period: PeriodOption = THIS_MONTH) -> "Report":
    from salescli.order.reads_terms import losses

    return losses(r, period)
