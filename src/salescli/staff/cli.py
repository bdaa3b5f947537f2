"""Commands of the group `staff`: people, their place in the tree, their roles."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import Day, Group, StaffArgument, option
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("staff")

Role = Annotated[str | None, typer.Option("--role", metavar=N_("ROLES"), help=N_("Roles, as in rep or supervisor,finance: staff rights."))]
Superior = Annotated[str | None, typer.Option("--superior", metavar=N_("STAFF"), help=N_("The one superior: code or name."))]
Region = Annotated[str | None, typer.Option("--region", metavar=N_("REGION"), help=N_("Sales region."))]
Unit = Annotated[str | None, typer.Option("--unit", metavar=N_("DEPARTMENT"), help=N_("Department, group or shop."))]
Post = Annotated[str | None, typer.Option("--post", metavar=N_("POST"), help=N_("Post, as in key-account manager."))]
Grade = Annotated[str | None, typer.Option("--grade", metavar=N_("GRADE"), help=N_("Grade, as in junior or A2."))]
Strengths = Annotated[
    str | None, typer.Option("--strengths", metavar=N_("TEXT"), help=N_("What he is good at, for the assignment of work."))
]
Phone = Annotated[str | None, typer.Option("--phone", metavar=N_("PHONE"), help=N_("Telephone number."))]
Email = Annotated[str | None, typer.Option("--email", metavar=N_("EMAIL"), help=N_("E-mail address."))]
Hired = Annotated[date | None, option("day", "--hired", help=N_("First day at work."))]
Left = Annotated[date | None, option("day", "--left", help=N_("Last day; from the day after no sign-in."))]
Account = Annotated[
    str | None, typer.Option("--os-account", metavar=N_("ACCOUNT"), help=N_("Account of the operating system that proves this person."))
]
Clear = Annotated[list[str] | None, typer.Option("--clear", metavar=N_("FIELD"), help=N_("Empty this field; may be repeated."))]
AnyStaff = Annotated[str | None, typer.Argument(metavar=N_("STAFF"), help=N_("Only this staff member: code or name."))]


@app.write(
    "add",
    help=N_("Take somebody on."),
    example=(
        'salescli staff add LI "Li Lei" --role rep --superior WANG --region East',
        "salescli staff add NIGHT Nightly --role cron --os-account cron",
    ),
    rules=("ORG-01", "ORG-02", "ORG-07"),
    right="staff.edit",
)
def add(
    w: "Writer",
    code: Annotated[str, typer.Argument(metavar=N_("CODE"), help=N_("Short code, used in every command."))],
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("Full name."))],
    role: Role = "rep",
    superior: Superior = None,
    region: Region = None,
    unit: Unit = None,
    post: Post = None,
    grade: Grade = None,
    strengths: Strengths = None,
    phone: Phone = None,
    email: Email = None,
    hired: Hired = None,
    os_account: Account = None,
) -> "Done":
    from salescli.staff import actions
    from salescli.staff.rules import parse_roles

    file = {"region": region, "unit": unit, "post": post, "phone": phone, "email": email, "hired": hired, "os_account": os_account}
    file |= {"grade": grade, "strengths": strengths}
    return actions.add(w, code, name, parse_roles(role or ""), superior, file)


@app.report(
    "list",
    help=N_("People of the office."),
    example=("salescli staff list", "salescli staff list --role supervisor --region East"),
    rules=("ORG-01",),
)
def list_(
    r: "Reader",
    text: Annotated[str | None, typer.Argument(metavar=N_("TEXT"), help=N_("Only codes and names that hold this."))] = None,
    role: Annotated[str | None, typer.Option("--role", metavar=N_("ROLE"), help=N_("Only holders of this role."))] = None,
    region: Annotated[str | None, typer.Option("--region", metavar=N_("REGION"), help=N_("Only this region."))] = None,
    superior: Annotated[str | None, typer.Option("--superior", metavar=N_("STAFF"), help=N_("Only who reports to this person."))] = None,
    left: Annotated[bool, typer.Option("--left", help=N_("Also those who left."))] = False,
) -> "Report":
    from salescli.staff.reads import listing

    return listing(r, text, role=role, region=region, superior=superior, left=left)


@app.report("show", help=N_("One person: file, superior, reports, roles."), example="salescli staff show LI", rules=("ORG-01", "ORG-02"))
def show(r: "Reader", staff: StaffArgument) -> "Report":
    from salescli.staff.reads import detail

    return detail(r, staff)


@app.write(
    "edit",
    help=N_("Change somebody's file, superior, roles, or what the cron identity may run."),
    example=(
        "salescli staff edit LI --superior CHEN --post 'key-account manager'",
        "salescli staff edit LI --role rep,supervisor",
        'salescli staff edit NIGHT --grant backup --grant "policy set"',
    ),
    rules=("ORG-01", "ORG-02", "ORG-07"),
    right="staff.edit",
)
def edit(
    w: "Writer",
    staff: StaffArgument,
    name: Annotated[str | None, typer.Option("--name", metavar=N_("NAME"), help=N_("Full name."))] = None,
    role: Role = None,
    superior: Superior = None,
    no_superior: Annotated[bool, typer.Option("--no-superior", help=N_("Put this person at the top."))] = False,
    region: Region = None,
    unit: Unit = None,
    post: Post = None,
    grade: Grade = None,
    strengths: Strengths = None,
    phone: Phone = None,
    email: Email = None,
    hired: Hired = None,
    left: Left = None,
    os_account: Account = None,
    grant: Annotated[
        list[str] | None, typer.Option("--grant", metavar=N_("COMMAND"), help=N_("Let the cron identity run this command."))
    ] = None,
    revoke: Annotated[list[str] | None, typer.Option("--revoke", metavar=N_("COMMAND"), help=N_("Take a granted command back."))] = None,
    clear: Clear = None,
) -> "Done":
    from salescli.staff import actions
    from salescli.staff.actions_rights import Rights
    from salescli.staff.rules import parse_roles

    file = {"name": name, "region": region, "unit": unit, "post": post, "phone": phone, "email": email, "os_account": os_account}
    more = {"hired": hired, "left_on": left, "grade": grade, "strengths": strengths}
    rights = Rights(parse_roles(role) if role is not None else None, _commands(grant), _commands(revoke))
    return actions.edit(w, staff, file | more, superior=superior, top=no_superior, rights=rights, clear=clear or ())


def _commands(typed: list[str] | None) -> list[str]:
    from salescli.cli import write_command

    return [write_command(line) for line in typed or ()]


@app.report(
    "tree",
    help=N_("Who reports to whom."),
    example=("salescli staff tree", "salescli staff tree WANG"),
    rules=("ORG-02",),
)
def tree(r: "Reader", staff: AnyStaff = None) -> "Report":
    from salescli.staff.reads import tree

    return tree(r, staff)


@app.report(
    "rights",
    help=N_("What each role sees and may do."),
    example=("salescli staff rights", "salescli staff rights LI"),
    rules=("ORG-07", "ORG-08"),
)
def rights(r: "Reader", staff: AnyStaff = None) -> "Report":
    from salescli.staff.reads import rights

    return rights(r, staff)


@app.write(
    "leave", help=N_("Note somebody's last day."), example="salescli staff leave LI --on 2026-11-30", rules=("ORG-06",), right="staff.edit"
)
def leave(w: "Writer", staff: StaffArgument, on: Day = None) -> "Done":
    from salescli.staff import actions

    return actions.leave(w, staff, on)
