"""Commands of the group `customer` about the file as such: doubles, archive, bad record, tags, classes (LED-10, ORG-08, CUS-04, CUS-06)."""

from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import CustomerArgument, Group, Reason
from salescli.core.i18n import N_
from salescli.customer.states import Grouping

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("customer")


@app.report(
    "duplicates",
    help=N_(
        "Who looks the same, and who holds him; without a name everything entered twice.\n\n"
        "Customers, the pool, the archive and open leads are compared by name (without legal form, width, case and signs), telephone "
        "and tax number; names nearly the same are listed too."
    ),
    example=(
        "salescli customer duplicates",
        "salescli customer duplicates 华信科技有限公司",
        "salescli customer duplicates --phone 13812345678",
    ),
    rules=("LED-10",),
)
def duplicates(
    r: "Reader",
    name: Annotated[str | None, typer.Argument(metavar=N_("NAME"), help=N_("Name to look for."))] = None,
    phone: Annotated[str | None, typer.Option("--phone", metavar=N_("PHONE"), help=N_("Telephone number to look for."))] = None,
    tax_no: Annotated[str | None, typer.Option("--tax-no", metavar=N_("NUMBER"), help=N_("Tax number to look for."))] = None,
) -> "Report":
    from salescli.customer import reads_duplicates

    return reads_duplicates.duplicates(r, name, phone, tax_no)


@app.write(
    "archive",
    help=N_("Put a customer's file away instead of deleting it; a rep asks the manager with --request."),
    example=(
        'salescli customer archive C0001 --reason "closed down"',
        'salescli customer archive C0001 --reason "closed down" --request "the shop is empty"',
    ),
    rules=("ORG-08",),
    request=True,
)
def archive(w: "Writer", customer: CustomerArgument, reason: Reason) -> "Done":
    from salescli.customer import actions_archive

    return actions_archive.archive(w, customer, reason)


@app.write(
    "unarchive",
    help=N_("Take a customer's file back from the archive."),
    example='salescli customer unarchive C0001 --reason "opened again"',
    rules=("ORG-08", "LED-11"),
    right="customer.archive",
)
def unarchive(w: "Writer", customer: CustomerArgument, reason: Reason) -> "Done":
    from salescli.customer import actions_archive

    return actions_archive.unarchive(w, customer, reason)


@app.write(
    "block",
    help=N_("Put a customer on record as bad; quotes and orders will say so."),
    example='salescli customer block C0001 --reason "two cheques bounced"',
    rules=("CUS-04",),
    right="customer.block",
)
def block(w: "Writer", customer: CustomerArgument, reason: Reason) -> "Done":
    from salescli.customer import actions_archive

    return actions_archive.block(w, customer, reason)


@app.write(
    "unblock",
    help=N_("Lift a customer's bad record."),
    example='salescli customer unblock C0001 --reason "paid everything"',
    rules=("CUS-04",),
    right="customer.block",
)
def unblock(w: "Writer", customer: CustomerArgument, reason: Reason) -> "Done":
    from salescli.customer import actions_archive

    return actions_archive.unblock(w, customer, reason)


@app.write(
    "tag",
    help=N_("Give a customer free tags (+word) or take them off (-word)."),
    example=("salescli customer tag C0001 +vip -old", "salescli customer tag 华信 +展会 +重点"),
    rules=("CUS-06",),
    right="customer.edit",
    minus_words=True,
)
def tag(
    w: "Writer",
    customer: CustomerArgument,
    tags: Annotated[list[str], typer.Argument(metavar=N_("TAG..."), help=N_("+word to add (the + may be left out), -word to take off."))],
) -> "Done":
    from salescli.customer import actions_archive

    return actions_archive.tag(w, customer, tags)


@app.report(
    "classes",
    help=N_("How many customers there are of each kind."),
    example=("salescli customer classes", "salescli customer classes --by tag", "salescli customer classes --by standing"),
    rules=("CUS-04", "CUS-06"),
)
def classes(r: "Reader", by: Annotated[Grouping, typer.Option("--by", help=N_("What to count by."))] = Grouping.CLASS) -> "Report":
    from salescli.customer import reads_standing

    return reads_standing.classes(r, by)
