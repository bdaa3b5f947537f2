"""Commands of the group `staff vacancy`: whom the office seeks."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import Group, option
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("vacancy")


@app.write(
    "add",
    help=N_("Seek people for a post."),
    example='salescli staff vacancy add 销售代表 --wanted 2 --needed-by 2026-12-31 --channels "fair, website" --reason "new region"',
    rules=("ORG-11",),
    right="staff.edit",
)
def add(
    w: "Writer",
    post: Annotated[str, typer.Argument(metavar=N_("POST"), help=N_("Name of the post, or a part of it."))],
    wanted: Annotated[int, typer.Option("--wanted", min=1, max=10000, help=N_("How many people."))] = 1,
    needed_by: Annotated[date | None, option("day", "--needed-by", help=N_("By which day they are needed."))] = None,
    channels: Annotated[str | None, typer.Option("--channels", metavar=N_("TEXT"), help=N_("Where they are sought."))] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why they are needed."))] = None,
    staff: Annotated[str | None, typer.Option("--staff", metavar=N_("STAFF"), help=N_("Who sees to it (default: you)."))] = None,
) -> "Done":
    from salescli.staff import actions_recruitment

    return actions_recruitment.open_vacancy(
        w, post, wanted, needed_by=needed_by, channels=channels, reason=reason, staff=staff
    )  # fmt: skip


@app.report("list", help=N_("Vacancies and how far they are filled."), example="salescli staff vacancy list", rules=("ORG-11",))
def list_(r: "Reader", closed: Annotated[bool, typer.Option("--closed", help=N_("Also those closed."))] = False) -> "Report":
    from salescli.staff.reads_recruitment import vacancies

    return vacancies(r, closed=closed)


@app.write(
    "close",
    help=N_("Seek no longer."),
    example="salescli staff vacancy close VA-202611-0001",
    rules=("ORG-11",),
    right="staff.edit",
)
def close(
    w: "Writer", vacancy: Annotated[str, typer.Argument(metavar=N_("VACANCY"), help=N_("Number of the vacancy, such as VA-202611-0001."))]
) -> "Done":
    from salescli.staff import actions_recruitment

    return actions_recruitment.close_vacancy(w, vacancy)
