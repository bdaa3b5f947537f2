"""Commands about who one is: login, logout, whoami, passwords, deputies, the rescue of an office without administrator."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import Group, StaffArgument, option
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("session")

Stdin = Annotated[bool, typer.Option("--stdin", help=N_("Read the password from standard input, a line each."))]
WriteFormat = Annotated[Literal["plain", "json"] | None, typer.Option("--format", "-f", help=N_("json: answer for scripts."))]


@app.plain(
    "login",
    help=N_("Sign in with your password; it lasts for some hours."),
    example="salescli login LI",
    rules=("ORG-07",),
)
def login(
    code: Annotated[str, typer.Argument(metavar=N_("CODE"), help=N_("Your staff code."))],
    stdin: Stdin = False,
    output_format: WriteFormat = None,
) -> None:
    from salescli.core import ui
    from salescli.desk.signing import login

    ui.done(login(code, stdin=stdin), output_format, name="login")


@app.plain("logout", help=N_("End your sign-in on this book."), example="salescli logout", rules=("ORG-07",))
def logout(output_format: WriteFormat = None) -> None:
    from salescli.core import ui
    from salescli.desk.signing import logout

    ui.done(logout(), output_format, name="logout")


@app.report("whoami", help=N_("Who you are to this book, and what proves it."), example="salescli whoami", rules=("ORG-07",))
def whoami(r: "Reader") -> "Report":
    from salescli.desk.reads_session import whoami

    return whoami(r)


@app.write(
    "password",
    help=N_("Set your password, or as administrator somebody's."),
    example=("salescli staff password", "salescli staff password LI"),
    rules=("ORG-07",),
)
def password(
    w: "Writer",
    staff: Annotated[str | None, typer.Argument(metavar=N_("STAFF"), help=N_("Whose (default: your own)."))] = None,
    stdin: Stdin = False,
) -> "Done":
    import sys

    from salescli.desk import actions_session

    return actions_session.set_password(w, staff, sys.stdin.read().splitlines() if stdin else None)


@app.write(
    "deputise",
    help=N_("Let somebody decide requests for another while he is away."),
    example=("salescli staff deputise WANG CHEN --until 2026-11-20", "salescli staff deputise WANG CHEN --end"),
    rules=("ORG-02", "DAT-01"),
    right="desk.work",
)
def deputise(
    w: "Writer",
    staff: StaffArgument,
    deputy: Annotated[str, typer.Argument(metavar=N_("DEPUTY"), help=N_("Who stands in: code or name."))],
    until: Annotated[date | None, option("day", "--until", help=N_("The last day (required)."))] = None,
    since: Annotated[date | None, option("day", "--from", help=N_("The first day (default: today)."))] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why; kept in the history."))] = None,
    end: Annotated[bool, typer.Option("--end", help=N_("End it now."))] = False,
) -> "Done":
    from salescli.core.errors import Kind, fail
    from salescli.desk import actions_session

    if end:
        return actions_session.end_deputy(w, staff, deputy)
    if until is None:
        fail("missing_parameter", N_("missing option {parameter}"), kind=Kind.USAGE, parameter="--until")
    return actions_session.deputise(w, staff, deputy, since, until, reason)


@app.report("deputies", help=N_("Who decides for whom."), example="salescli staff deputies", rules=("DAT-01",))
def deputies(r: "Reader") -> "Report":
    from salescli.desk.reads_session import deputies

    return deputies(r)


@app.plain(
    "rescue-admin",
    help=N_("Make yourself administrator: only for the owner of the book's file."),
    example="salescli staff rescue-admin ADMIN",
    rules=("ORG-07", "ORG-09"),
)
def rescue_admin(
    staff: Annotated[str | None, typer.Argument(metavar=N_("CODE"), help=N_("Your staff code; a new one makes a new person."))] = None,
    name: Annotated[str | None, typer.Option("--name", metavar=N_("NAME"), help=N_("Full name of a new person."))] = None,
    output_format: WriteFormat = None,
) -> None:
    from salescli.core import ui
    from salescli.desk.signing import rescue_admin

    ui.done(rescue_admin(staff, name), output_format, name="staff-rescue-admin")
