"""Commands on the book as a file: init, check, backup, restore, upgrade, history."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import Group, StaffOption, option
from salescli.core.commands_options import LIMIT, WRITE_FORMAT
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Report

app = Group("book")


@app.plain(
    "init",
    help=N_("Make a new book; the account at the keyboard becomes its administrator."),
    example=(
        'salescli init --company "Northwind Traders" --admin "Ada Admin"',
        "salescli --db /srv/sales/sales.db init --company 华信办公 --admin 王敏 --admin-code WANG --prices-net",
    ),
    rules=("DAT-03", "ORG-07"),
)
def init(
    company: Annotated[str, typer.Option("--company", metavar=N_("NAME"), help=N_("The company, as it stands on documents."))],
    admin: Annotated[str, typer.Option("--admin", metavar=N_("NAME"), help=N_("Full name of the first administrator: you."))],
    admin_code: Annotated[str, typer.Option("--admin-code", metavar=N_("CODE"), help=N_("The administrator's staff code."))] = "ADMIN",
    currency: Annotated[str, typer.Option("--currency", metavar=N_("CURRENCY"), help=N_("The one currency of the book."))] = "CNY",
    prices_net: Annotated[
        bool, typer.Option("--prices-net", help=N_("Prices and amounts are kept without tax (else tax included)."))
    ] = False,
    shared: Annotated[
        bool, typer.Option("--shared", help=N_("Open folder and book to your group; refused on a network file system."))
    ] = False,
    output_format: WRITE_FORMAT = None,
) -> None:
    from salescli.book.founding import Founder, found
    from salescli.core import ui
    from salescli.core.reader import book_path

    done = found(book_path(), company, Founder(admin_code, admin), currency=currency, net=prices_net, shared=shared)
    ui.done(done, output_format, name="init")


@app.report(
    "check",
    help=N_("Prove the book: named checks of every room; each failing place is named (exit status 4)."),
    example=("salescli check", "salescli check integrity history_chain", "salescli check -f json"),
    rules=("DAT-03",),
    right="check",
)
def check(
    r: "Reader",
    names: Annotated[list[str] | None, typer.Argument(metavar=N_("NAME"), help=N_("Only these checks (default: all)."))] = None,
) -> "Report":
    from salescli.book.checking import check as run_checks

    return run_checks(r, names or ())


@app.plain(
    "backup",
    help=N_("Copy the book while others work: proved, with a checksum file beside it, readable by you alone."),
    example=("salescli backup /srv/sales/backup/ --keep 30", "salescli backup before-import.db"),
    rules=("DAT-03",),
)
def backup(
    target: Annotated[str, typer.Argument(metavar=N_("FILE|FOLDER"), help=N_("A file, or a folder that gets a dated copy."))],
    keep: Annotated[
        int | None, typer.Option("--keep", min=1, metavar="N", help=N_("Leave the N newest copies of this book in the folder."))
    ] = None,
    output_format: WRITE_FORMAT = None,
) -> None:
    from salescli.book.backup import backup as make_copy
    from salescli.core import ui

    ui.done(make_copy(target, keep), output_format, name="backup")


@app.plain(
    "restore",
    help=N_("Put a copy in the book's place, once it is proved; what stood there is kept under a dated name."),
    example=(
        "salescli restore /srv/sales/backup/sales-20261103-235500.db",
        "salescli --db look.db restore /srv/sales/backup/sales-20261103-235500.db",
    ),
    rules=("DAT-03",),
)
def restore(
    file: Annotated[Path, typer.Argument(metavar=N_("FILE"), help=N_("A copy made by salescli backup."))],
    yes: Annotated[bool, typer.Option("--yes", "-y", help=N_("Do not ask."))] = False,
    output_format: WRITE_FORMAT = None,
) -> None:
    from salescli.book.restore import restore as put_back
    from salescli.core import ui

    ui.done(put_back(file, yes=yes), output_format, name="restore")


@app.plain(
    "upgrade",
    help=N_("Bring a book of an older version to this program's; a copy is made first."),
    example="salescli upgrade",
    rules=("DAT-03",),
)
def upgrade(output_format: WRITE_FORMAT = None) -> None:
    from salescli.book.upgrade import upgrade as bring_up
    from salescli.core import ui

    ui.done(bring_up(), output_format, name="upgrade")


@app.report(
    "history",
    help=N_(
        "Who changed what and when, newest first.\n\nWith --verify: prove that nothing was edited, deleted, inserted or changed behind the "
        "tool's back (exit status 4 if something was)."
    ),
    example=(
        "salescli history SO-202611-0042",
        "salescli history --staff LI --since 2026-11-01 --verb order",
        "salescli history --verify --against /srv/sales/backup/sales-20261103-235500.db",
    ),
    rules=("ORG-09", "DAT-03"),
    right="history",
)
def history(
    r: "Reader",
    document: Annotated[
        str | None, typer.Argument(metavar=N_("DOCUMENT"), help=N_("Only this document, customer, product or person: number, code or SKU."))
    ] = None,
    staff: StaffOption = None,
    since: Annotated[date | None, option("day", "--since", help=N_("Only from this business day on."))] = None,
    verb: Annotated[
        str | None, typer.Option("--verb", metavar=N_("COMMAND"), help=N_("Only this command, such as order or order confirm."))
    ] = None,
    verify: Annotated[bool, typer.Option("--verify", help=N_("Prove the history instead of listing it."))] = False,
    against: Annotated[
        str | None,
        typer.Option("--against", metavar=N_("BACKUP|HASH"), help=N_("With --verify: also against a backup, or a hash noted earlier.")),
    ] = None,
    limit: LIMIT = 50,
) -> "Report":
    if verify or against:
        from salescli.book.verifying import verified

        return verified(r, against)
    from salescli.book.reads import Wanted, listing

    return listing(r, Wanted(document, staff, since, verb), limit)
