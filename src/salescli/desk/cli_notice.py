"""Commands of the group `notice`: what the company tells its people (VIS-14)."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import Group, option
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("notice")

Number = Annotated[str, typer.Argument(metavar=N_("NOTICE"), help=N_("Number of the notice, such as NT-202611-0001."))]


@app.write(
    "add",
    help=N_("Tell everybody, or some roles, something they must read."),
    example=(
        "salescli notice add 'Stock count on 30 November'",
        "salescli notice add 'New price list' --text 'Valid from 1 December' --for rep",
    ),
    rules=("VIS-14",),
    right="notice.edit",
)
def add(
    w: "Writer",
    title: Annotated[str, typer.Argument(metavar=N_("TITLE"), help=N_("What it is about."))],
    text: Annotated[str | None, typer.Option("--text", metavar=N_("TEXT"), help=N_("What it says."))] = None,
    roles: Annotated[str | None, typer.Option("--for", metavar=N_("ROLES"), help=N_("Only these roles, as in rep,support."))] = None,
    until: Annotated[date | None, option("day", "--until", help=N_("The last day it counts."))] = None,
) -> "Done":
    from salescli.desk import actions_notice

    return actions_notice.add_notice(w, title, text, roles, until)


@app.report(
    "list",
    help=N_("Notices you have not read yet."),
    example=("salescli notice list", "salescli notice list --all"),
    rules=("VIS-14",),
)
def list_(r: "Reader", everything: Annotated[bool, typer.Option("--all", help=N_("Also those read or past."))] = False) -> "Report":
    from salescli.desk.reads_notice import notices

    return notices(r, everything=everything)


@app.plain("read", help=N_("Read a notice; that you did is noted."), example="salescli notice read NT-202611-0001", rules=("VIS-14",))
def read(notice: Number) -> None:
    from salescli.core import ui
    from salescli.core.writer import writer
    from salescli.desk.actions_notice import read_notice

    with writer("notice read") as w:
        found = read_notice(w, notice)
    ui.text([f"{found.number}  {found.day}  {found.author}", found.title, *(["", *found.text.splitlines()] if found.text else [])])


@app.report(
    "readers",
    help=N_("Who has read a notice, and who has not."),
    example="salescli notice readers NT-202611-0001",
    rules=("VIS-14",),
    right="notice.edit",
)
def readers(r: "Reader", notice: Number) -> "Report":
    from salescli.desk.reads_notice import readers

    return readers(r, notice)
