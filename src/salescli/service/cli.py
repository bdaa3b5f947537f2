"""Commands of the group `service`: complaints and care after the sale."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import AnyPeriod, AsOf, CustomerArgument, Group, PeriodOption, StaffArgument, StaffOption
from salescli.core.commands_options import THIS_MONTH
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("service")

Kinds = Literal["complaint", "repair", "exchange", "return_goods", "training", "question", "maintenance"]
TicketArgument = Annotated[str, typer.Argument(metavar=N_("TICKET"), help=N_("Number of the ticket."))]
Text = Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What was said or done."))]
Said = Annotated[str | None, typer.Argument(metavar=N_("TEXT"), help=N_("What was said or done."))]


@app.write(
    "open",
    help=N_(
        "Take a complaint or a wish.\n\nThe customer's agent or owner handles it; a complaint about somebody goes to his superior. "
        "Who handles it must find a solution within the days of the policy; then it goes to his superior by itself. "
        "With the number of a visit it settles the task which the visit's complaint opened."
    ),
    example=(
        'salescli service open 华信 "three of ten cartridges leak" --product TN2325 --document SO-202611-0042',
        'salescli service open C0001 "impolite on the telephone" --about LI',
        'salescli service open C0001 "the second drum came broken" --document VS-202611-0007',
        'salescli service open C0001 "show the new clerk how to order" --kind training',
    ),
    rules=("SVC-01", "SVC-02", "SVC-03", "SVC-04", "VIS-06", "ORG-03"),
    right="service.edit",
)
def open_(
    w: "Writer",
    customer: CustomerArgument,
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What the customer says."))],
    kind: Annotated[Kinds, typer.Option("--kind", help=N_("What he wants."))] = "complaint",
    contact: Annotated[str | None, typer.Option("--contact", metavar=N_("NAME"), help=N_("Who said it."))] = None,
    product: Annotated[str | None, typer.Option("--product", metavar=N_("PRODUCT"), help=N_("The product it is about."))] = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar=N_("NUMBER"), help=N_("The order, delivery or visit it is about."))
    ] = None,
    about: Annotated[str | None, typer.Option("--about", metavar=N_("STAFF"), help=N_("The person complained about."))] = None,
    cause: Annotated[str | None, typer.Option("--cause", metavar=N_("CAUSE"), help=N_("The cause, as in leak or late."))] = None,
    at: Annotated[str | None, typer.Option("--at", metavar=N_("TIME"), help=N_("When he said it, as in 14:30."))] = None,
    staff: Annotated[str | None, typer.Option("--staff", metavar=N_("STAFF"), help=N_("Who handles it."))] = None,
) -> "Done":
    from salescli.service import actions

    return actions.open_ticket(w, customer, actions.Call(text, kind, contact, product, document, about, cause, staff, at))


@app.report(
    "list",
    help=N_("Tickets, newest first, with what is due and how late."),
    example=("salescli service list --open", "salescli service list --customer 华信 --period 2026"),
    rules=("SVC-01", "SVC-02", "SVC-05"),
)
def list_(
    r: "Reader",
    customer: Annotated[str | None, typer.Option("--customer", metavar=N_("CUSTOMER"), help=N_("Only this customer."))] = None,
    staff: StaffOption = None,
    kind: Annotated[Kinds | None, typer.Option("--kind", help=N_("Only this kind."))] = None,
    period: AnyPeriod = None,
    unfinished: Annotated[bool, typer.Option("--open", help=N_("Only tickets that are not closed."))] = False,
    as_of: AsOf = None,
) -> "Report":
    from salescli.service.reads import Wanted, listing

    return listing(r, Wanted(customer, staff, kind, period, unfinished), as_of)


@app.report(
    "show",
    help=N_("A ticket and everything done about it."),
    example="salescli service show SV-202611-0001",
    rules=("SVC-05",),
)
def show(r: "Reader", ticket: TicketArgument) -> "Report":
    from salescli.service.reads import detail

    return detail(r, ticket)


def _step(name: str, help: str, example: str) -> None:
    """Declare one step that says something."""

    @app.write(name, help=help, example=example, rules=("SVC-01", "SVC-02"), right="service.edit")
    def step(w: "Writer", ticket: TicketArgument, text: Said = None) -> "Done":
        from salescli.service import actions
        from salescli.service.states import Step

        return actions.take_step(w, ticket, Step(STEPS[name]), text)


STEPS = {"answer": "answered", "study": "studied", "escalate": "escalated", "tell": "told", "reopen": "reopened"}
_step("answer", N_("Note what the customer was answered at once."), 'salescli service answer SV-202611-0001 "we replace them tomorrow"')
_step("study", N_("Note that the matter is being looked into."), 'salescli service study SV-202611-0001 "sent to the maker"')
_step("escalate", N_("Give the matter to the superior before its days are over."), "salescli service escalate SV-202611-0001")
_step("tell", N_("Note that the customer was told the solution."), "salescli service tell SV-202611-0001")
_step("reopen", N_("Take a ticket up again."), 'salescli service reopen SV-202611-0001 "it leaks again"')


@app.write(
    "solve",
    help=N_("Note the solution; the customer has to be told the same day."),
    example='salescli service solve SV-202611-0001 "three cartridges replaced" --cause leak',
    rules=("SVC-02", "SVC-07"),
    right="service.edit",
)
def solve(
    w: "Writer",
    ticket: TicketArgument,
    text: Text,
    cause: Annotated[str | None, typer.Option("--cause", metavar=N_("CAUSE"), help=N_("The cause, as in leak or late."))] = None,
) -> "Done":
    from salescli.service import actions
    from salescli.service.states import Step

    return actions.take_step(w, ticket, Step.SOLVED, text, cause=cause)


@app.write(
    "close",
    help=N_("Close a ticket the customer was told the solution of."),
    example="salescli service close SV-202611-0001 --score 5",
    rules=("SVC-01", "CUS-11"),
    right="service.edit",
)
def close(
    w: "Writer",
    ticket: TicketArgument,
    score: Annotated[int | None, typer.Option("--score", min=1, max=5, help=N_("The customer's satisfaction, 1 to 5."))] = None,
) -> "Done":
    from salescli.service import actions
    from salescli.service.states import Step

    return actions.take_step(w, ticket, Step.CLOSED, score=score)


@app.write(
    "assign",
    help=N_("Give a ticket to somebody else."),
    example="salescli service assign SV-202611-0001 ZHOU",
    rules=("SVC-04",),
    right="service.edit",
)
def assign(w: "Writer", ticket: TicketArgument, staff: StaffArgument) -> "Done":
    from salescli.service import actions

    return actions.hand_to(w, ticket, staff)


@app.write(
    "agent",
    help=N_("Name the follow-up agent of a customer."),
    example="salescli service agent 华信 ZHOU",
    rules=("SVC-04",),
    right="service.edit",
)
def agent(w: "Writer", customer: CustomerArgument, staff: StaffArgument) -> "Done":
    from salescli.service import actions_asset

    return actions_asset.name_agent(w, customer, staff)


@app.report(
    "unattended",
    help=N_("Customers who bought and have no follow-up agent."),
    example="salescli service unattended",
    rules=("SVC-04",),
)
def unattended(r: "Reader") -> "Report":
    from salescli.service.reads_figures import unattended

    return unattended(r)


@app.report(
    "report",
    help=N_("Tickets of a period counted by cause, product, person: number, speed, satisfaction."),
    example=("salescli service report --by cause --period 2026-Q4", "salescli service report --by staff"),
    rules=("SVC-06", "SVC-07"),
)
def report(
    r: "Reader",
    period: PeriodOption = THIS_MONTH,
    by: Annotated[
        Literal["cause", "product", "staff", "agent", "kind", "customer"], typer.Option("--by", help=N_("What they are counted by."))
    ] = "cause",
) -> "Report":
    from salescli.service.reads_figures import figures

    return figures(r, period, by)
