"""Commands of the group `lead` for the front desk: visitors, callers, who was here before, the count of the day."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import THIS_MONTH, Group, PeriodOption, option
from salescli.core.commands_options import LIMIT, SORT
from salescli.core.i18n import N_
from salescli.lead.cli import NoteText, OptionalReason, Source
from salescli.lead.states import Entrance

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("lead")

Name = Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("Name of the person or company."))]
Phone = Annotated[str | None, typer.Option("--phone", metavar=N_("PHONE"), help=N_("Telephone number."))]
Named = Annotated[str | None, typer.Option("--rep", metavar=N_("STAFF"), help=N_("The rep they ask for."))]
Need = Annotated[str | None, typer.Option("--need", metavar=N_("TEXT"), help=N_("What they want."))]
Staff = Annotated[str | None, typer.Option("--staff", metavar=N_("STAFF"), help=N_("Who gets them, when you choose."))]
Time = Annotated[str | None, typer.Option("--time", metavar="HH:MM", help=N_("Time of day."))]
Minutes = Annotated[int | None, typer.Option("--minutes", min=0, max=1440, help=N_("How long it took."))]
Invited = Annotated[bool, typer.Option("--invited", help=N_("They were invited to come."))]
Number = Annotated[str, typer.Argument(metavar=N_("NUMBER"), help=N_("Number in the register, such as RE-202611-0001."))]


@app.write(
    "reception",
    help=N_("Enter a visitor: the earlier rep gets him, else the rep he names, else the day's duty group."),
    example=(
        "salescli lead reception 王芳 --phone 13812345678 --need 打印机",
        "salescli lead reception 李雷 --rep LI --time 10:20",
        'salescli lead reception 韩梅 --staff WANG --reason "speaks the dialect"',
    ),
    rules=("LED-06", "LED-09"),
)
def reception(
    w: "Writer",
    name: Name,
    phone: Phone = None,
    rep: Named = None,
    need: Need = None,
    source: Source = None,
    staff: Staff = None,
    reason: OptionalReason = None,
    time: Time = None,
    minutes: Minutes = None,
) -> "Done":
    from salescli.lead.actions_desk import Arrival, receive

    return receive(w, Entrance.VISIT, Arrival(name, phone, rep, need, source, staff, reason, time, minutes))


@app.write(
    "call",
    help=N_("Enter a caller: a known one goes to his rep, a new one stays with the front desk."),
    example=(
        "salescli lead call 赵强 --phone 13987654321 --need 复印纸 --minutes 3 --invited",
        "salescli lead call 王芳 --phone 13812345678 --source web_search",
    ),
    rules=("LED-08",),
)
def call(
    w: "Writer",
    name: Name,
    phone: Phone = None,
    rep: Named = None,
    need: Need = None,
    source: Source = None,
    staff: Staff = None,
    reason: OptionalReason = None,
    time: Time = None,
    minutes: Minutes = None,
    invited: Invited = False,
) -> "Done":
    from salescli.lead.actions_desk import Arrival, receive

    return receive(w, Entrance.CALL, Arrival(name, phone, rep, need, source, staff, reason, time, minutes, invited))


@app.report(
    "lookup",
    help=N_("Who had contact with somebody before, over leads and customers, and whose he is."),
    example=("salescli lead lookup 华信科技 --phone 13812345678", "salescli lead lookup 王芳"),
    rules=("LED-04", "LED-06", "LED-10"),
)
def lookup(
    r: "Reader",
    name: Name,
    phone: Phone = None,
    tax_no: Annotated[str | None, typer.Option("--tax-no", metavar=N_("NUMBER"), help=N_("Tax number."))] = None,
) -> "Report":
    from salescli.lead import reads_desk

    return reads_desk.lookup(r, name, phone, tax_no)


@app.write(
    "confirm",
    help=N_("Fill a visitor's confirmation sheet: how he heard of us."),
    example="salescli lead confirm RE-202611-0001 --source friend_referral",
    rules=("LED-01", "LED-06"),
    right="lead.edit",
)
def confirm(w: "Writer", number: Number, source: Source = None) -> "Done":
    from salescli.lead import actions_sheet

    return actions_sheet.confirm(w, number, source)


@app.write(
    "research",
    help=N_("Report that a visitor was a market researcher; once granted his rep gets the next new visitor."),
    example='salescli lead research RE-202611-0001 --joint --proof "questionnaire signed by both" --request "market research"',
    rules=("LED-07",),
    right="lead.edit",
    request=True,
)
def research(
    w: "Writer",
    number: Number,
    proof: Annotated[str | None, typer.Option("--proof", metavar=N_("TEXT"), help=N_("What proves it."))] = None,
    joint: Annotated[bool, typer.Option("--joint", help=N_("Rep and visitor prove it together."))] = False,
) -> "Done":
    from salescli.lead import actions_sheet

    return actions_sheet.research(w, number, proof, joint=joint)


@app.report(
    "register",
    help=N_("Visitors and callers of a period, newest first."),
    example=("salescli lead register", "salescli lead register --kind caller --period 2026-10", "salescli lead register --deviations"),
    rules=("LED-06", "LED-08", "LED-09"),
)
def register(
    r: "Reader",
    period: PeriodOption = THIS_MONTH,
    kind: Annotated[Entrance | None, typer.Option("--kind", help=N_("Only visitors or only callers."))] = None,
    deviations: Annotated[bool, typer.Option("--deviations", help=N_("Only those who went elsewhere than the rules say."))] = False,
    open_sheets: Annotated[bool, typer.Option("--open-sheets", help=N_("Only visitors without a confirmation sheet."))] = False,
    sort: SORT = None,
    limit: LIMIT = None,
) -> "Report":
    from salescli.lead import reads_desk

    return reads_desk.register(r, period, entrance=kind, deviations=deviations, open_sheets=open_sheets, limit=None if sort else limit)


@app.report(
    "desk-report",
    help=N_("What the front desk tells the assistant: visitors, of which new, calls, day by day."),
    example=("salescli lead desk-report", "salescli lead desk-report --period today"),
    rules=("LED-09",),
)
def desk_report(r: "Reader", period: PeriodOption = THIS_MONTH) -> "Report":
    from salescli.lead import reads_desk

    return reads_desk.desk_report(r, period)


@app.write(
    "desk-tell",
    help=N_("Tell the assistant the count of a day."),
    example=("salescli lead desk-tell", "salescli lead desk-tell --on yesterday"),
    rules=("LED-09",),
)
def desk_tell(
    w: "Writer",
    on: Annotated[date | None, option("day", "--on", help=N_("The day it happened (default: today)."))] = None,
    note: NoteText = None,
) -> "Done":
    from salescli.lead import actions_sheet

    return actions_sheet.tell(w, on, note)
