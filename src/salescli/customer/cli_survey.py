"""Commands of the group `customer survey`: what customers think of us (CUS-11)."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import THIS_MONTH, AnyPeriod, CustomerArgument, CustomerOption, Day, Group, PeriodOption
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("customer survey")


@app.write(
    "add",
    help=N_("Keep how satisfied a customer is, from 1 (very dissatisfied) to 5; a low score opens a task."),
    example=(
        "salescli customer survey add 华信 --score 5 --contact 王芳",
        "salescli customer survey add BLUE --score 2 --comment 'delivered late twice'",
    ),
    rules=("CUS-11",),
)
def add(
    w: "Writer",
    customer: CustomerArgument,
    score: Annotated[
        int, typer.Option("--score", min=1, max=5, metavar="1..5", help=N_("From 1 (very dissatisfied) to 5 (very satisfied)."))
    ],
    comment: Annotated[str | None, typer.Option("--comment", metavar=N_("TEXT"), help=N_("What he said."))] = None,
    contact: Annotated[str | None, typer.Option("--contact", metavar=N_("NAME"), help=N_("Whom you asked."))] = None,
    about: Annotated[
        str | None, typer.Option("--about", metavar=N_("STAFF"), help=N_("Whose work it is about (default: the owner's)."))
    ] = None,
    on: Day = None,
) -> "Done":
    from salescli.customer.actions_care import survey

    return survey(w, customer, score, comment, contact=contact, about=about, day=on)


@app.report(
    "list",
    help=N_("Answers, newest first, with their mean."),
    example="salescli customer survey list --period 2026 --low",
    rules=("CUS-11",),
)
def list_(
    r: "Reader",
    period: AnyPeriod = None,
    customer: CustomerOption = None,
    low: Annotated[bool, typer.Option("--low", help=N_("Only low scores."))] = False,
) -> "Report":
    from salescli.customer.reads_survey import listing

    return listing(r, period, customer, low=low)


@app.report(
    "averages",
    help=N_("Mean scores of a period and the one before, the lowest first."),
    example="salescli customer survey averages --period 2026-Q3 --by region",
    rules=("CUS-11",),
)
def averages(
    r: "Reader",
    period: PeriodOption = THIS_MONTH,
    by: Annotated[Literal["staff", "customer", "region", "customer_class"], typer.Option("--by", help=N_("By what."))] = "staff",
) -> "Report":
    from salescli.customer.reads_survey import averages

    return averages(r, period, by)


@app.write(
    "improve",
    help=N_("Note what was changed because of an answer."),
    example="salescli customer survey improve SU-202611-0001 '改由专车送货'",
    rules=("CUS-11",),
)
def improve(
    w: "Writer",
    survey: Annotated[str, typer.Argument(metavar=N_("SURVEY"), help=N_("Number of the survey, such as SU-202611-0001."))],
    measure: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What was changed."))],
) -> "Done":
    from salescli.customer.actions_care import improve

    return improve(w, survey, measure)
