"""Commands of the group `customer contact`: the people to talk to at a customer."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import CustomerArgument, Group, option
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("customer contact")

Contact = Annotated[str, typer.Argument(metavar=N_("CONTACT"), help=N_("The contact: number from the list, telephone or name."))]
Post = Annotated[str | None, typer.Option("--post", metavar=N_("POST"), help=N_("Post, as in purchasing or accounts."))]
Phone = Annotated[str | None, typer.Option("--phone", metavar=N_("PHONE"), help=N_("Telephone number."))]
Email = Annotated[str | None, typer.Option("--email", metavar=N_("EMAIL"), help=N_("E-mail address."))]
Birthday = Annotated[
    str | None, typer.Option("--birthday", metavar=N_("DAY"), help=N_("Birthday, with or without the year: 1990-05-06 or 5-6."))
]
Lunar = Annotated[
    str | None, typer.Option("--lunar-birthday", metavar=N_("DAY"), help=N_("Birthday by the lunar calendar: 8-15 or 1980-8-15."))
]
Consent = Annotated[date | None, option("day", "--consent", help=N_("The day he agreed that his data are kept."))]
Note = Annotated[str | None, typer.Option("--note", metavar=N_("TEXT"), help=N_("A remark kept with it."))]
Main = Annotated[bool, typer.Option("--main", help=N_("Make this the main contact."))]
Clear = Annotated[list[str] | None, typer.Option("--clear", metavar=N_("FIELD"), help=N_("Empty this field; may be repeated."))]


@app.report(
    "list",
    help=N_("The people to talk to at a customer."),
    example="salescli customer contact list 华信",
    rules=("CUS-01", "ORG-08"),
)
def list_(r: "Reader", customer: CustomerArgument) -> "Report":
    from salescli.customer.reads import contacts

    return contacts(r, customer)


@app.write(
    "add",
    help=N_("Enter somebody at a customer; the first one is the main contact."),
    example="salescli customer contact add 华信 王芳 --post 采购 --phone 13812345678 --main",
    rules=("CUS-01", "LED-10"),
)
def add(
    w: "Writer",
    customer: CustomerArgument,
    name: Annotated[str | None, typer.Argument(metavar=N_("NAME"), help=N_("His name."))] = None,
    post: Post = None,
    phone: Phone = None,
    email: Email = None,
    birthday: Birthday = None,
    lunar_birthday: Lunar = None,
    consent: Consent = None,
    note: Note = None,
    main: Main = False,
) -> "Done":
    from salescli.customer import actions_contact

    person = {"name": name, "post": post, "phone": phone, "email": email, "note": note}
    days = {"birthday": birthday, "lunar_birthday": lunar_birthday, "consent_on": consent}
    return actions_contact.add(w, customer, person | days, main=main)


@app.write(
    "edit",
    help=N_("Change a contact, or make him the main one."),
    example=("salescli customer contact edit 华信 王芳 --phone 13912345678", "salescli customer contact edit C0001 7 --main"),
    rules=("CUS-01", "LED-10"),
)
def edit(
    w: "Writer",
    customer: CustomerArgument,
    contact: Contact,
    name: Annotated[str | None, typer.Option("--name", metavar=N_("NAME"), help=N_("His name."))] = None,
    post: Post = None,
    phone: Phone = None,
    email: Email = None,
    birthday: Birthday = None,
    lunar_birthday: Lunar = None,
    consent: Consent = None,
    note: Note = None,
    main: Main = False,
    clear: Clear = None,
) -> "Done":
    from salescli.customer import actions_contact

    person = {"name": name, "post": post, "phone": phone, "email": email, "note": note}
    days = {"birthday": birthday, "lunar_birthday": lunar_birthday, "consent_on": consent}
    return actions_contact.edit(w, customer, contact, person | days, main=main, clear=clear or ())


@app.write(
    "remove",
    help=N_("Take a contact out of a customer's file; the history keeps him."),
    example="salescli customer contact remove 华信 王芳",
    rules=("CUS-01", "ORG-09"),
)
def remove(w: "Writer", customer: CustomerArgument, contact: Contact) -> "Done":
    from salescli.customer import actions_contact

    return actions_contact.remove(w, customer, contact)
