"""Commands of the group `customer` that cross rooms: merge and transfer (LED-10, LED-11, ORG-06)."""

from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import Group, Reason
from salescli.core.i18n import N_
from salescli.customer.cli_pool import Customers, To

if TYPE_CHECKING:
    from salescli.core.report import Done
    from salescli.core.writer import Writer

app = Group("customer")


@app.write(
    "merge",
    help=N_(
        "Make two files of one customer one.\n\nContacts, orders, receivables, receipts, contacts made, promises, leads, owner history and "
        "everything else of the second go to the first; its code goes on working. --dry-run shows what would move."
    ),
    example=(
        'salescli customer merge C0001 C0002 --reason "entered twice" --dry-run',
        'salescli customer merge C0001 C0002 --reason "entered twice"',
    ),
    rules=("LED-10", "ORG-09"),
    right="customer.merge",
)
def merge(
    w: "Writer",
    keep: Annotated[str, typer.Argument(metavar=N_("KEEP"), help=N_("The customer that stays: code, name or part of it."))],
    drop: Annotated[str, typer.Argument(metavar=N_("DROP"), help=N_("The one that goes into it."))],
    reason: Reason,
) -> "Done":
    from salescli.desk import actions_merge

    return actions_merge.merge(w, keep, drop, reason)


@app.write(
    "transfer",
    help=N_(
        "Give customers of one person to another: the leader's decision.\n\n"
        "Open leads, promises and tasks go along; orders and receivables stay with who took them. The days to the pool start anew."
    ),
    example='salescli customer transfer C0001 C0002 --to HAN --reason "new region"',
    rules=("LED-11", "ORG-06", "ORG-09"),
    right="customer.assign",
)
def transfer(w: "Writer", customers: Customers, to: To, reason: Reason) -> "Done":
    from salescli.desk import actions_transfer

    return actions_transfer.transfer(w, customers, to, reason)
