"""Commands of the group `customer` about who has whom: the pool, claims, locks, owners (LED-11, ORG-06)."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import CustomerArgument, Group, Reason, StaffOption, option
from salescli.core.commands_options import LIMIT, SORT
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("customer")

Mine = Annotated[bool, typer.Option("--mine", help=N_("Your own, with the days left."))]
Soon = Annotated[bool, typer.Option("--soon", help=N_("Only what falls to the pool within the warning time."))]
Everything = Annotated[bool, typer.Option("--all", help=N_("The pool, and all that may fall into it."))]
Until = Annotated[date | None, option("day", "--until", help=N_("Last day of the lock (default: the longest there may be)."))]
To = Annotated[str, typer.Option("--to", metavar=N_("STAFF"), help=N_("Who gets them."))]
Customers = Annotated[list[str], typer.Argument(metavar=N_("CUSTOMER..."), help=N_("Customers: code, name or part of it."))]


def pool_report(group: Group, kind: Literal["customer", "lead"], help: str, example: tuple[str, ...]) -> None:
    """Declare the report `pool` of a group: one for customers, one for leads."""

    @group.report("pool", help=help, example=example, rules=("LED-11", "ORG-08"))
    def pool(
        r: "Reader",
        mine: Mine = False,
        soon: Soon = False,
        everything: Everything = False,
        staff: StaffOption = None,
        sort: SORT = None,
        limit: LIMIT = None,
    ) -> "Report":
        from salescli.customer import reads_pool

        wanted = reads_pool.which(mine=mine, soon=soon, everything=everything, staff=staff)
        return reads_pool.pool(r, kind, wanted, staff, None if sort else limit)


pool_report(
    app,
    "customer",
    N_(
        "The pool of customers nobody follows; with --mine your own and the days left.\n\n"
        "Days count from the last contact, the start of ownership or the import, whichever is latest. "
        "Customers who have ordered never fall, locked ones not before their lock ends."
    ),
    ("salescli customer pool", "salescli customer pool --mine", "salescli customer pool --soon --staff LI"),
)


@app.write(
    "claim",
    help=N_("Take a customer out of the pool for yourself."),
    example="salescli customer claim C0001",
    rules=("LED-11",),
    right="customer.claim",
)
def claim(w: "Writer", customer: CustomerArgument) -> "Done":
    from salescli.customer import actions_owner

    return actions_owner.claim(w, customer)


@app.write(
    "assign",
    help=N_("Give customers from the pool to somebody able: the leader's decision."),
    example='salescli customer assign C0001 C0002 --to LI --reason "knows the trade"',
    rules=("LED-11", "ORG-07"),
    right="customer.assign",
)
def assign(w: "Writer", customers: Customers, to: To, reason: Reason) -> "Done":
    from salescli.customer import actions_owner

    return actions_owner.assign(w, customers, to, reason)


@app.write(
    "release",
    help=N_("Give a customer back to the pool; a rep asks the manager with --request."),
    example=(
        'salescli customer release C0001 --reason "moved abroad"',
        'salescli customer release C0001 --reason "moved abroad" --request "no longer in my region"',
    ),
    rules=("LED-11",),
    request=True,
)
def release(w: "Writer", customer: CustomerArgument, reason: Reason) -> "Done":
    from salescli.customer import actions_owner

    return actions_owner.release(w, customer, reason)


@app.write(
    "lock",
    help=N_("Keep a customer from the pool for a while."),
    example='salescli customer lock C0001 --until +30d --reason "tender in October"',
    rules=("LED-11",),
    right="customer.edit",
)
def lock(w: "Writer", customer: CustomerArgument, reason: Reason, until: Until = None) -> "Done":
    from salescli.customer import actions_owner

    return actions_owner.lock(w, customer, until, reason)


@app.write(
    "unlock",
    help=N_("Let the days to the pool count again."),
    example="salescli customer unlock C0001",
    rules=("LED-11",),
    right="customer.edit",
)
def unlock(w: "Writer", customer: CustomerArgument) -> "Done":
    from salescli.customer import actions_owner

    return actions_owner.unlock(w, customer)


@app.report(
    "owners",
    help=N_("Who held a customer when, who gave him to whom, and why."),
    example="salescli customer owners C0001",
    rules=("LED-11", "ORG-06", "ORG-09"),
)
def owners(r: "Reader", customer: CustomerArgument) -> "Report":
    from salescli.customer import reads_owner

    return reads_owner.owners(r, customer)
