"""Commands of the group `customer` about caring: files, needs, birthdays, investigation, cycle, recipients, history (CUS-01..14)."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import AnyPeriod, CustomerArgument, Group, StaffOption, option
from salescli.core.dates import Period
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("customer")


def _text(name: str, about: str) -> typer.models.OptionInfo:
    return typer.Option(name, metavar=N_("TEXT"), help=about)  # type: ignore[no-any-return]


@app.report(
    "files",
    help=N_("Files with gaps, how late they are, what is missing, who was verified when."),
    example=("salescli customer files", "salescli customer files --late", "salescli customer files --stale --staff LI"),
    rules=("CUS-01", "CUS-02"),
    exit_code_rows=True,
)
def files(
    r: "Reader",
    staff: StaffOption = None,
    late: Annotated[bool, typer.Option("--late", help=N_("Only those past their day."))] = False,
    stale: Annotated[bool, typer.Option("--stale", help=N_("Only those nobody has verified for long."))] = False,
    everything: Annotated[bool, typer.Option("--all", help=N_("The complete ones as well."))] = False,
) -> "Report":
    from salescli.customer.reads_file import listing

    return listing(r, staff, late=late, stale=stale, everything=everything)


@app.write(
    "verify",
    help=N_("Say that you have looked through a file and it is right."),
    example="salescli customer verify 华信",
    rules=("CUS-01", "CUS-02"),
)
def verify(w: "Writer", customer: CustomerArgument) -> "Done":
    from salescli.customer.actions_care import verify

    return verify(w, customer)


@app.write(
    "need",
    help=N_("Note what a customer will need next, and when his next service is."),
    example=("salescli customer need 华信 '年底换硒鼓 50 支' --service 2026-12-15", "salescli customer need 华信 --clear"),
    rules=("CUS-08",),
)
def need(
    w: "Writer",
    customer: CustomerArgument,
    text: Annotated[str | None, typer.Argument(metavar=N_("TEXT"), help=N_("What he will need."))] = None,
    service: Annotated[date | None, option("day", "--service", help=N_("Day of the next service."))] = None,
    clear: Annotated[bool, typer.Option("--clear", help=N_("Nothing is to come any more."))] = False,
) -> "Done":
    from salescli.customer.actions_care import need

    return need(w, customer, text, service, clear=clear)


@app.report(
    "birthdays",
    help=N_("Birthdays of a period, by the calendar each person goes by."),
    example=("salescli customer birthdays", "salescli customer birthdays --period next-month"),
    rules=("CUS-07",),
)
def birthdays(r: "Reader", period: AnyPeriod = None) -> "Report":
    from salescli.core.dates import month_of
    from salescli.customer.reads_birthday import listing

    return listing(r, period or month_of(r.today))


@app.report(
    "history",
    help=N_("Everything that passed with a customer: contacts, promises, surveys, reviews, owners."),
    example="salescli customer history 华信 --period 2026",
    rules=("CUS-01", "CUS-09"),
)
def history(r: "Reader", customer: CustomerArgument, period: AnyPeriod = None) -> "Report":
    from salescli.customer.reads_history import listing

    return listing(r, customer, period)


@app.report(
    "cycle",
    help=N_("How often customers order, when the next order is expected, who is late; repeat and referral rate of a year."),
    example=("salescli customer cycle --late", "salescli customer cycle 华信"),
    rules=("CUS-13",),
)
def cycle(
    r: "Reader",
    customer: Annotated[str | None, typer.Argument(metavar=N_("CUSTOMER"), help=N_("Only this customer."))] = None,
    late: Annotated[bool, typer.Option("--late", help=N_("Only who is late by his own rhythm."))] = False,
) -> "Report":
    from salescli.customer.reads_cycle import cycle

    return cycle(r, customer, late=late)


@app.report(
    "care",
    help=N_(
        "Recipients of greetings or an invitation, with the message, for a file; only people who agreed.\n\nNothing is sent from here."
    ),
    example=(
        "salescli customer care --birthdays next-week -o birthdays.xlsx",
        "salescli customer care --festival 中秋节 --class A -o festival.csv",
        "salescli customer care --event '新品发布会，11月20日' --text '{contact}您好，诚邀参加{occasion}。{company}' -o event.csv",
    ),
    rules=("CUS-07", "CUS-14"),
)
def care(
    r: "Reader",
    birthdays: Annotated[Period | None, option("period", "--birthdays", help=N_("Who has his birthday in this period."))] = None,
    festival: Annotated[str | None, typer.Option("--festival", metavar=N_("NAME"), help=N_("A festival of the list."))] = None,
    event: Annotated[str | None, typer.Option("--event", metavar=N_("TEXT"), help=N_("What they are invited to."))] = None,
    customer_class: Annotated[str | None, typer.Option("--class", metavar=N_("CLASS"), help=N_("Only this class."))] = None,
    region: Annotated[str | None, typer.Option("--region", metavar=N_("REGION"), help=N_("Only this region."))] = None,
    tag: Annotated[str | None, typer.Option("--tag", metavar=N_("TAG"), help=N_("Only who bears this tag."))] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar=N_("TEXT"), help=N_("Your own message with {contact}, {occasion}, {company}."))
    ] = None,
) -> "Report":
    from salescli.customer.reads_care import recipients

    return recipients(
        r, birthdays=birthdays, festival=festival, event=event, customer_class=customer_class, region=region, tag=tag, text=text
    )


# --- the investigation -----------------------------------------------------------------------------------------------------------


@app.write(
    "investigate",
    help=N_(
        "Keep what is known of a customer before he orders, in four themes: profile, rivals, relation to us, first deal.\n\n"
        "What is not said again is taken over from the last time; the superior gets it to read."
    ),
    example="salescli customer investigate 华信 --profile '政府采购中心' --rivals 'Epson 代理两家' --relation '三年老客户，付款准时'",
    rules=("CUS-03",),
)
def investigate(
    w: "Writer",
    customer: CustomerArgument,
    profile: Annotated[str | None, _text("--profile", N_("1. What kind of body is about to order."))] = None,
    rivals: Annotated[str | None, _text("--rivals", N_("2. Rivals, design offices, builders that deal with him."))] = None,
    relation: Annotated[str | None, _text("--relation", N_("3. His relation to us: past orders, payments."))] = None,
    history: Annotated[str | None, _text("--history", N_("4. First deal: his history."))] = None,
    head: Annotated[str | None, _text("--head", N_("Who heads it."))] = None,
    character: Annotated[str | None, _text("--character", N_("The head's character."))] = None,
    capital: Annotated[str | None, _text("--capital", N_("Capital."))] = None,
    banks: Annotated[str | None, _text("--banks", N_("Banks."))] = None,
    employees: Annotated[int | None, typer.Option("--employees", min=0, help=N_("How many people work there."))] = None,
    output: Annotated[str | None, _text("--monthly-output", N_("Monthly output."))] = None,
    ability: Annotated[str | None, _text("--ability", N_("What he can trade."))] = None,
    rival_deals: Annotated[str | None, _text("--rival-deals", N_("His deals with our rivals."))] = None,
    business: Annotated[str | None, _text("--business", N_("What his business is."))] = None,
) -> "Done":
    from salescli.customer.actions_care import investigate

    themes = {"profile": profile, "rivals": rivals, "relation": relation, "history": history, "head": head, "character": character}
    more = {"capital": capital, "banks": banks, "staff_count": employees, "output": output, "ability": ability}
    return investigate(w, customer, {**themes, **more, "rival_deals": rival_deals, "business": business})


@app.report(
    "investigation",
    help=N_("The investigation of a customer; without a customer, those that are missing, old or have gaps."),
    example=("salescli customer investigation 华信", "salescli customer investigation"),
    rules=("CUS-03",),
)
def investigation(
    r: "Reader",
    customer: Annotated[str | None, typer.Argument(metavar=N_("CUSTOMER"), help=N_("Customer: code, name or part of it."))] = None,
) -> "Report":
    from salescli.customer import reads_investigation

    return reads_investigation.detail(r, customer) if customer else reads_investigation.listing(r)
