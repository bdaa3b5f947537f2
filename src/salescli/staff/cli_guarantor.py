"""Commands of the group `staff guarantor`: labour contract, agreed task, joint guarantor."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import Group, StaffArgument, option
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("guarantor")


@app.write(
    "set",
    help=N_("Record who answers jointly for somebody, and until when; off unless the office switched it on."),
    example='salescli staff guarantor set LI "Li Gang" --until 2027-12-31 --phone 13900001111 --relation brother',
    rules=("ORG-05",),
    right="staff.edit",
)
def set_(
    w: "Writer",
    staff: StaffArgument,
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("The guarantor's name."))],
    until: Annotated[date, option("day", "--until", help=N_("The last day he answers."))],
    since: Annotated[date | None, option("day", "--from", help=N_("The first day (default: today)."))] = None,
    phone: Annotated[str | None, typer.Option("--phone", metavar=N_("PHONE"), help=N_("Telephone number."))] = None,
    relation: Annotated[str | None, typer.Option("--relation", metavar=N_("TEXT"), help=N_("What he is to the person."))] = None,
) -> "Done":
    from salescli.staff import actions_guarantor

    return actions_guarantor.set_guarantor(w, staff, name, since, until, phone=phone, relation=relation)


@app.write(
    "end",
    help=N_("Note that the guarantor no longer answers."),
    example="salescli staff guarantor end LI",
    rules=("ORG-05",),
    right="staff.edit",
)
def end(w: "Writer", staff: StaffArgument) -> "Done":
    from salescli.staff import actions_guarantor

    return actions_guarantor.end_guarantor(w, staff)


@app.write(
    "contract",
    help=N_("Record the labour contract and the sales task written into it."),
    example='salescli staff guarantor contract LI --number LD-2026-017 --until 2028-12-31 --task 1,200,000 --words "30 new customers"',
    rules=("ORG-05",),
    right="staff.edit",
)
def contract(
    w: "Writer",
    staff: StaffArgument,
    number: Annotated[str | None, typer.Option("--number", metavar=N_("NUMBER"), help=N_("Number of the contract."))] = None,
    since: Annotated[date | None, option("day", "--from", help=N_("The first day (default: today)."))] = None,
    until: Annotated[date | None, option("day", "--until", help=N_("The last day; without one it is open-ended."))] = None,
    task: Annotated[int | None, option("amount", "--task", help=N_("Sales agreed for a year."))] = None,
    words: Annotated[str | None, typer.Option("--words", metavar=N_("TEXT"), help=N_("The task in words."))] = None,
) -> "Done":
    from salescli.staff import actions_guarantor

    file = {"contract_no": number, "since": since, "until": until, "task_amount": task, "task_text": words}
    return actions_guarantor.set_contract(w, staff, file)


@app.report(
    "list",
    help=N_("Papers of the sales staff and what is missing."),
    example=("salescli staff guarantor list", "salescli staff guarantor list --missing"),
    rules=("ORG-05",),
    right="staff.edit",
    exit_code_rows=True,
)
def list_(
    r: "Reader", missing: Annotated[bool, typer.Option("--missing", help=N_("Only files that lack something."))] = False
) -> "Report":  # fmt: skip
    from salescli.staff.reads_guarantor import listing

    return listing(r, only_missing=missing)
