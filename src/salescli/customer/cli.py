"""Commands of the group `customer`: the files of those the office sells to."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import CustomerArgument, Group, StaffOption, option
from salescli.core.commands_options import LIMIT, SORT
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("customer")

ShortName = Annotated[str | None, typer.Option("--short-name", metavar=N_("NAME"), help=N_("What people call him."))]
Kind = Annotated[str | None, typer.Option("--kind", metavar=N_("KIND"), help=N_("Kind of customer, as in dealer or end user."))]
Region = Annotated[str | None, typer.Option("--region", metavar=N_("REGION"), help=N_("Sales region."))]
Industry = Annotated[str | None, typer.Option("--industry", metavar=N_("INDUSTRY"), help=N_("Industry."))]
Class = Annotated[str | None, typer.Option("--class", metavar=N_("CLASS"), help=N_("Class, as in key, A or B."))]
Source = Annotated[
    str | None,
    typer.Option("--source", metavar=N_("SOURCE"), help=N_("How he came to us: a channel of lead sources, or other words.")),
]
Owner = Annotated[str | None, typer.Option("--staff", metavar=N_("STAFF"), help=N_("Owner: the salesperson in charge."))]
NoOwner = Annotated[str | None, typer.Option("--staff", hidden=True)]
Address = Annotated[str | None, typer.Option("--address", metavar=N_("ADDRESS"), help=N_("Postal address."))]
TaxNo = Annotated[str | None, typer.Option("--tax-no", metavar=N_("NUMBER"), help=N_("Tax number."))]
CreditLimit = Annotated[int | None, option("amount", "--credit-limit", help=N_("Credit limit; 0 means no credit."))]
CreditDays = Annotated[int | None, typer.Option("--credit-days", min=0, max=3650, help=N_("Days from delivery to payment."))]
Since = Annotated[date | None, option("day", "--since", help=N_("Customer since this day."))]
Note = Annotated[str | None, typer.Option("--note", metavar=N_("TEXT"), help=N_("A remark kept with it."))]
Clear = Annotated[list[str] | None, typer.Option("--clear", metavar=N_("FIELD"), help=N_("Empty this field; may be repeated."))]


@app.write(
    "add",
    help=N_("Enter a customer.\n\nA name, tax number or telephone number that another customer has is refused, and whose he is is said."),
    example=(
        "salescli customer add 华信科技 --contact 王芳 --phone 13812345678 --region East",
        'salescli customer add "Blue Star Ltd." --code BLUE --staff LI --credit-limit 50000 --credit-days 30',
    ),
    rules=("CUS-01", "LED-10"),
    right="customer.edit",
)
def add(
    w: "Writer",
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("Full name, as on the invoice."))],
    code: Annotated[str | None, typer.Option("--code", metavar=N_("CODE"), help=N_("Code of your own (default: the next number)."))] = None,
    short_name: ShortName = None,
    kind: Kind = None,
    region: Region = None,
    industry: Industry = None,
    customer_class: Class = None,
    source: Source = None,
    staff: Owner = None,
    contact: Annotated[str | None, typer.Option("--contact", metavar=N_("NAME"), help=N_("Main contact."))] = None,
    phone: Annotated[str | None, typer.Option("--phone", metavar=N_("PHONE"), help=N_("The contact's telephone number."))] = None,
    email: Annotated[str | None, typer.Option("--email", metavar=N_("EMAIL"), help=N_("The contact's e-mail address."))] = None,
    address: Address = None,
    tax_no: TaxNo = None,
    credit_limit: CreditLimit = None,
    credit_days: CreditDays = None,
    since: Since = None,
    note: Note = None,
) -> "Done":
    from salescli.customer import actions

    file = {"short_name": short_name, "kind": kind, "region": region, "industry": industry, "customer_class": customer_class}
    more = {"source": source, "address": address, "tax_no": tax_no, "note": note}
    terms = {"credit_limit": credit_limit, "credit_days": credit_days, "since": since}
    person = {"name": contact, "phone": phone, "email": email}
    return actions.add(w, name, code, {**file, **more, **terms}, person, staff)


@app.report(
    "list",
    help=N_("Your customers."),
    example=("salescli customer list", "salescli customer list hx --region East", "salescli customer list --staff LI -o customers.xlsx"),
    rules=("CUS-01", "ORG-07", "ORG-08"),
)
def list_(
    r: "Reader",
    text: Annotated[str | None, typer.Argument(metavar=N_("TEXT"), help=N_("Only codes and names that hold this, or sound so."))] = None,
    staff: StaffOption = None,
    region: Annotated[str | None, typer.Option("--region", metavar=N_("REGION"), help=N_("Only this region."))] = None,
    customer_class: Annotated[str | None, typer.Option("--class", metavar=N_("CLASS"), help=N_("Only this class."))] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar=N_("KIND"), help=N_("Only this kind."))] = None,
    unowned: Annotated[bool, typer.Option("--unowned", help=N_("Only customers without owner."))] = False,
    tag: Annotated[str | None, typer.Option("--tag", metavar=N_("TAG"), help=N_("Only those with this tag."))] = None,
    archived: Annotated[bool, typer.Option("--archived", help=N_("The archived ones instead."))] = False,
    sort: SORT = None,
    limit: LIMIT = None,
) -> "Report":
    from salescli.customer.reads import Wanted, listing

    return listing(r, Wanted(text, staff, region, customer_class, kind, unowned, archived, tag), None if sort else limit)


@app.report(
    "show",
    help=N_("A customer's file, his contacts, what he ordered and owes."),
    example=("salescli customer show 华信", "salescli customer show C0001 -f json"),
    rules=("CUS-01", "ORG-07", "ORG-08"),
)
def show(r: "Reader", customer: CustomerArgument) -> "Report":
    from salescli.customer.reads import detail

    return detail(r, customer)


@app.write(
    "edit",
    help=N_("Change a customer's file. Another owner is given by customer transfer, or assign out of the pool."),
    example=(
        "salescli customer edit 华信 --class A --address '上海市南京路 1 号'",
        "salescli customer edit C0001 --credit-limit 50000 --credit-days 30",
        "salescli customer edit C0001 --clear short_name",
    ),
    rules=("CUS-01", "LED-10", "ORG-07"),
)
def edit(
    w: "Writer",
    customer: CustomerArgument,
    name: Annotated[str | None, typer.Option("--name", metavar=N_("NAME"), help=N_("Full name, as on the invoice."))] = None,
    short_name: ShortName = None,
    kind: Kind = None,
    region: Region = None,
    industry: Industry = None,
    customer_class: Class = None,
    source: Source = None,
    staff: NoOwner = None,
    address: Address = None,
    tax_no: TaxNo = None,
    credit_limit: CreditLimit = None,
    credit_days: CreditDays = None,
    since: Since = None,
    note: Note = None,
    clear: Clear = None,
) -> "Done":
    from salescli.customer import actions

    file = {"name": name, "short_name": short_name, "kind": kind, "region": region, "industry": industry, "customer_class": customer_class}
    more = {"source": source, "address": address, "tax_no": tax_no, "note": note}
    terms = {"credit_limit": credit_limit, "credit_days": credit_days, "since": since}
    return actions.edit(w, customer, {**file, **more, **terms}, staff=staff, clear=clear or ())
