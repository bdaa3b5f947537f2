"""Commands of the group `customer review`: key accounts looked at from the records (CUS-12)."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import CustomerArgument, Group, option
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("customer review")


@app.report("list", help=N_("Key accounts and when they are reviewed."), example="salescli customer review list --due", rules=("CUS-12",))
def list_(r: "Reader", due: Annotated[bool, typer.Option("--due", help=N_("Only those due."))] = False) -> "Report":
    from salescli.customer.reads_review import listing

    return listing(r, due=due)


@app.report(
    "sheet",
    help=N_("What the records say of a key account, and whether its file is stale."),
    example="salescli customer review sheet 华信 -o review.html",
    rules=("CUS-12",),
)
def sheet(r: "Reader", customer: CustomerArgument) -> "Report":
    from salescli.customer.reads_review import sheet

    return sheet(r, customer)


@app.write(
    "record",
    help=N_("Keep a review: who took part, problems and solution, the new development plan."),
    example="salescli customer review record 华信 --with '产品经理、服务经理' --problem '交期长' --solution '备货' --plan '推第二条产品线'",
    rules=("CUS-12",),
)
def record(
    w: "Writer",
    customer: CustomerArgument,
    plan: Annotated[str, typer.Option("--plan", metavar=N_("TEXT"), help=N_("The new development plan."))],
    participants: Annotated[str | None, typer.Option("--with", metavar=N_("TEXT"), help=N_("Who took part."))] = None,
    problem: Annotated[str | None, typer.Option("--problem", metavar=N_("TEXT"), help=N_("What was wrong."))] = None,
    solution: Annotated[str | None, typer.Option("--solution", metavar=N_("TEXT"), help=N_("What is done about it."))] = None,
    next_on: Annotated[date | None, option("day", "--next", help=N_("Day of the next review (default: by the office's interval)."))] = None,
) -> "Done":
    from salescli.customer.actions_care import review

    return review(w, customer, {"participants": participants, "problems": problem, "solution": solution}, plan, next_on)
