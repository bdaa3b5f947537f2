"""Commands of the groups `customer plan` and `customer festival` (CUS-07, CUS-10)."""

from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import Group
from salescli.core.i18n import N_
from salescli.customer.states import Channel

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("customer plan")
Class = Annotated[str, typer.Argument(metavar=N_("CLASS"), help=N_("Class of customers, as in key, A or B."))]


@app.report(
    "show",
    help=N_("How often customers of each class are contacted, and who was not in time."),
    example="salescli customer plan show",
    rules=("CUS-10", "VIS-07"),
)
def show(r: "Reader") -> "Report":
    from salescli.customer.reads_plan import overview

    return overview(r)


@app.write(
    "set",
    help=N_("Agree how often customers of a class are contacted."),
    example="salescli customer plan set A 30 --channel visit",
    rules=("CUS-10",),
)
def set_(
    w: "Writer",
    customer_class: Class,
    days: Annotated[int, typer.Argument(metavar=N_("DAYS"), min=1, max=3650, help=N_("Days between contacts."))],
    channel: Annotated[Channel | None, typer.Option("--channel", help=N_("How they are contacted."))] = None,
) -> "Done":
    from salescli.customer.actions_care import plan

    return plan(w, customer_class, days, channel.value if channel else None)


@app.write(
    "clear", help=N_("Let a class follow the office's general interval again."), example="salescli customer plan clear A", rules=("CUS-10",)
)
def clear(w: "Writer", customer_class: Class) -> "Done":
    from salescli.customer.actions_care import plan

    return plan(w, customer_class, None)
