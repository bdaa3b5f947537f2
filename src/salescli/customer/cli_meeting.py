"""Commands of the group `meeting`: agenda, minutes, problems, praise, one-to-one talks (VIS-10..12)."""

from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import THIS_MONTH, AnyPeriod, AsOf, Day, Group, PeriodOption, StaffArgument
from salescli.core.i18n import N_
from salescli.customer.states_work import MeetingKind

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("meeting")

Kind = Annotated[
    MeetingKind, typer.Argument(metavar=N_("KIND"), help=N_("morning, wrapup (Saturday), team_week, sales, managers, site or strategy."))
]
Number = Annotated[str, typer.Argument(metavar=N_("MEETING"), help=N_("Number of the meeting, such as MT-202611-0001."))]
MeetingOption = Annotated[str | None, typer.Option("--meeting", metavar=N_("MEETING"), help=N_("The meeting it came up in."))]


@app.report(
    "agenda",
    help=N_("What a meeting goes through, drawn from the records."),
    example=(
        "salescli meeting agenda morning",
        "salescli meeting agenda wrapup -o saturday.html",
        "salescli meeting agenda sales --as-of eom",
    ),
    rules=("VIS-10", "VIS-12"),
)
def agenda(r: "Reader", kind: Kind = MeetingKind.MORNING, as_of: AsOf = None) -> "Report":
    from salescli.customer.reads_agenda import agenda

    return agenda(r, kind, as_of or r.today)


@app.write(
    "record",
    help=N_("Keep a meeting that was held: minutes, who was not there, tasks. Your whole team counts as present but those you name."),
    example=(
        "salescli meeting record morning --absent LI=ill",
        "salescli meeting record wrapup --minutes 'two new dealers' --action 'HAN:fri:send the samples' --story 'how HAN won Bolt'",
    ),
    rules=("VIS-10", "VIS-12"),
)
def record(
    w: "Writer",
    kind: Kind,
    minutes: Annotated[str | None, typer.Option("--minutes", metavar=N_("TEXT"), help=N_("What was said and decided."))] = None,
    on: Day = None,
    absent: Annotated[
        list[str] | None, typer.Option("--absent", metavar="STAFF[=WHY]", help=N_("Who was not there; may be repeated."))
    ] = None,
    present: Annotated[
        list[str] | None, typer.Option("--present", metavar=N_("STAFF"), help=N_("Only these were asked; may be repeated."))
    ] = None,
    action: Annotated[
        list[str] | None, typer.Option("--action", metavar="STAFF:DAY:TEXT", help=N_("What somebody took on: it becomes his task."))
    ] = None,
    story: Annotated[str | None, typer.Option("--story", metavar=N_("TEXT"), help=N_("The success story told."))] = None,
) -> "Done":
    from salescli.customer.actions_meeting import record

    return record(w, kind, minutes, day=on, story=story, absent=absent or (), present=present or (), actions=action or ())


@app.report(
    "list", help=N_("Meetings held, newest first."), example="salescli meeting list --period this-month", rules=("VIS-10", "VIS-12")
)
def list_(
    r: "Reader", period: AnyPeriod = None, kind: Annotated[MeetingKind | None, typer.Option("--kind", help=N_("Only these."))] = None
) -> "Report":
    from salescli.customer.reads_meeting import listing

    return listing(r, period, kind)


@app.report(
    "show",
    help=N_("One meeting: who came, problems, praise, tasks, minutes."),
    example="salescli meeting show MT-202611-0001",
    rules=("VIS-12",),
)
def show(r: "Reader", meeting: Number) -> "Report":
    from salescli.customer.reads_meeting import detail

    return detail(r, meeting)


@app.write(
    "problem",
    help=N_("Note a problem of the day; the meetings go through it until it is solved."),
    example="salescli meeting problem 'the samples have not come' --staff LI",
    rules=("VIS-10",),
)
def problem(
    w: "Writer",
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("The problem."))],
    staff: Annotated[str | None, typer.Option("--staff", metavar=N_("STAFF"), help=N_("Whose problem it is (default: yours)."))] = None,
    meeting: MeetingOption = None,
) -> "Done":
    from salescli.customer.actions_meeting import problem_noted

    return problem_noted(w, text, staff, meeting)


@app.write(
    "solve", help=N_("Note what solved a problem."), example="salescli meeting solve PB-202611-0001 'sent by courier'", rules=("VIS-10",)
)
def solve(
    w: "Writer",
    problem: Annotated[str, typer.Argument(metavar=N_("PROBLEM"), help=N_("Number, such as PB-202611-0001."))],
    solution: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What solved it."))],
) -> "Done":
    from salescli.customer.actions_meeting import solve

    return solve(w, problem, solution)


@app.report("problems", help=N_("The problem log, the open ones first."), example="salescli meeting problems --open", rules=("VIS-10",))
def problems(
    r: "Reader", period: AnyPeriod = None, open_: Annotated[bool, typer.Option("--open", help=N_("Only the open ones."))] = False
) -> "Report":
    from salescli.customer.reads_meeting import problems

    return problems(r, period, open_only=open_)


@app.write(
    "praise",
    help=N_("Praise somebody before the others."),
    example="salescli meeting praise HAN 'won the largest dealer of the region' --reward 'book voucher'",
    rules=("VIS-10",),
)
def praise(
    w: "Writer",
    staff: StaffArgument,
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What for."))],
    reward: Annotated[str | None, typer.Option("--reward", metavar=N_("TEXT"), help=N_("What he gets."))] = None,
    meeting: MeetingOption = None,
) -> "Done":
    from salescli.customer.actions_meeting import praise

    return praise(w, staff, text, reward, meeting)


@app.report("praised", help=N_("Who was praised for what."), example="salescli meeting praised --period 2026", rules=("VIS-10",))
def praised(r: "Reader", period: AnyPeriod = None) -> "Report":
    from salescli.customer.reads_meeting import praise

    return praise(r, period)


@app.write(
    "talk",
    help=N_("Keep a one-to-one talk with one of your people."),
    example="salescli meeting talk LI 'his three largest chances' --agreed 'two visits to 华信' --month-start",
    rules=("VIS-11",),
)
def talk(
    w: "Writer",
    staff: StaffArgument,
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What it was about."))],
    agreed: Annotated[str | None, typer.Option("--agreed", metavar=N_("TEXT"), help=N_("What you agreed on."))] = None,
    on: Day = None,
    month_start: Annotated[bool, typer.Option("--month-start", help=N_("The check of his report at the month's start."))] = False,
) -> "Done":
    from salescli.customer.actions_meeting import talk

    return talk(w, staff, text, agreed, on, month_start=month_start)


@app.report(
    "talks",
    help=N_("One-to-one talks of a month against the least and the goal."),
    example="salescli meeting talks --missing",
    rules=("VIS-11",),
)
def talks(
    r: "Reader",
    period: PeriodOption = THIS_MONTH,
    missing: Annotated[bool, typer.Option("--missing", help=N_("Only who is short of them."))] = False,
) -> "Report":
    from salescli.customer.reads_meeting import talks

    return talks(r, period, missing=missing)
