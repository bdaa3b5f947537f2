"""Commands of the group `customer festival`: days on which customers are greeted (CUS-07)."""

from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import Group
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("customer festival")
Name = Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("Name of the festival."))]


@app.report("list", help=N_("The festivals of a year by day."), example="salescli customer festival list 2027", rules=("CUS-07",))
def list_(
    r: "Reader",
    year: Annotated[int | None, typer.Argument(metavar=N_("YEAR"), min=1901, max=2100, help=N_("Which year (default: this)."))] = None,
) -> "Report":
    from salescli.customer.reads_birthday import festival_list

    return festival_list(r, year)


@app.write(
    "add",
    help=N_("Add a festival of your own, by the lunar calendar if so marked."),
    example="salescli customer festival add 重阳节 9-9 --lunar",
    rules=("CUS-07",),
)
def add(
    w: "Writer",
    name: Name,
    day: Annotated[str, typer.Argument(metavar=N_("MONTH-DAY"), help=N_("Month and day, as in 9-9."))],
    lunar: Annotated[bool, typer.Option("--lunar", help=N_("By the lunar calendar."))] = False,
) -> "Done":
    from salescli.customer.actions_care import festival

    return festival(w, name, day, lunar=lunar)


@app.write("off", help=N_("Do not greet on a festival any more."), example="salescli customer festival off 劳动节", rules=("CUS-07",))
def off(w: "Writer", name: Name) -> "Done":
    from salescli.customer.actions_care import festival

    return festival(w, name, None)
