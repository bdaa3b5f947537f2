"""Commands of the group `lead` that question the funnel: standstill, score, funnel, sources, comments, objections, invitations."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import THIS_MONTH, AnyPeriod, Group, PeriodOption, StaffOption, argument, option
from salescli.core.commands_options import LIMIT, SORT
from salescli.core.i18n import N_
from salescli.lead.cli import Lead, NoteText

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("lead")

SourceCode = Annotated[str, typer.Argument(metavar=N_("SOURCE"), help=N_("Source: code or name."))]


@app.report(
    "funnel",
    help=N_(
        "The five stages: what is open, what entered in the period, how much of that went on, days it took.\n\n"
        "Conversion = what has gone on until today ÷ what entered the stage in the period.\n\n"
        "Leads sorted out as invalid or a duplicate count nowhere, as in lead sources."
    ),
    example=("salescli lead funnel --period 2026-Q3", "salescli lead funnel --period last-month --staff LI"),
    rules=("LED-13",),
)
def funnel(r: "Reader", period: PeriodOption = THIS_MONTH, staff: StaffOption = None) -> "Report":
    from salescli.lead import reads_funnel

    return reads_funnel.funnel(r, period, staff)


@app.report(
    "stall",
    help=N_("Leads that stand still in their stage, how long, and why."),
    example=("salescli lead stall", "salescli lead stall --unexplained --staff LI", "salescli lead stall --days 30 --exit-code"),
    rules=("LED-13",),
    exit_code_rows=True,
)
def stall(
    r: "Reader",
    staff: StaffOption = None,
    days: Annotated[int | None, typer.Option("--days", min=0, max=3650, help=N_("More than these days (default: the office's)."))] = None,
    unexplained: Annotated[bool, typer.Option("--unexplained", help=N_("Only those nobody gave a reason for."))] = False,
) -> "Report":
    from salescli.lead import reads_stall

    return reads_stall.stall_list(r, staff, days=days, unexplained=unexplained)


@app.report(
    "score",
    help=N_("How a lead's win score comes about, part by part."),
    example="salescli lead score LD-202611-0001",
    rules=("LED-14",),
)
def score(r: "Reader", lead: Lead) -> "Report":
    from salescli.lead import reads

    return reads.explain_score(r, lead)


@app.report(
    "sources",
    help=N_("Channels and what they yield: leads, wins, amount, cost; the best first."),
    example=("salescli lead sources --period 2026", "salescli lead sources --staff LI"),
    rules=("LED-01", "LED-17"),
)
def sources(r: "Reader", period: AnyPeriod = None, staff: StaffOption = None) -> "Report":
    from salescli.lead import reads_source

    return reads_source.sources(r, period, staff)


@app.write(
    "source",
    help=N_("Add a source of your own, rename or close it."),
    example=('salescli lead source tiktok --name "抖音"', "salescli lead source tiktok --close"),
    rules=("LED-01",),
    right="lead.source",
)
def source(
    w: "Writer",
    code: Annotated[str, typer.Argument(metavar=N_("CODE"), help=N_("Its code, one word."))],
    name: Annotated[str | None, typer.Option("--name", metavar=N_("NAME"), help=N_("How people call it."))] = None,
    closed: Annotated[bool | None, typer.Option("--close/--reopen", help=N_("Whether it can still be chosen."))] = None,
) -> "Done":
    from salescli.lead import actions_source

    return actions_source.keep_source(w, code, name, closed=closed)


@app.write(
    "spend",
    help=N_("Note what was spent on a source, so that its yield can be weighed."),
    example='salescli lead spend fair 6000 --on 2026-10-18 --note "autumn fair, 6 days"',
    rules=("LED-17",),
    right="lead.source",
)
def spend(
    w: "Writer",
    source: SourceCode,
    amount: Annotated[int, argument("amount", help=N_("What it cost."))],
    on: Annotated[date | None, option("day", "--on", help=N_("The day it happened (default: today)."))] = None,
    note: NoteText = None,
) -> "Done":
    from salescli.lead import actions_source

    return actions_source.spend(w, source, amount, on, note)


# --- what is said about it ------------------------------------------------------------------------------------------------------


@app.write(
    "comment",
    help=N_("Say something about a lead or one of its follow-ups; the owner answers the same way."),
    example=(
        'salescli lead comment LD-202611-0001 "ask for the budget holder"',
        'salescli lead comment LD-202611-0001 "well done" --on VS-202611-0012',
    ),
    rules=("LED-13",),
    right="lead.edit",
)
def comment(
    w: "Writer",
    lead: Lead,
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What you say."))],
    on: Annotated[str | None, typer.Option("--on", metavar=N_("NUMBER"), help=N_("The follow-up it is about."))] = None,
) -> "Done":
    from salescli.lead import actions_follow

    return actions_follow.comment(w, lead, text, on)


@app.write(
    "objection",
    help=N_("Note what the other side has against it."),
    example='salescli lead objection LD-202611-0001 "too expensive" --answer "cheaper per page"',
    rules=("LED-12",),
    right="lead.edit",
)
def objection(
    w: "Writer",
    lead: Lead,
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What they say."))],
    answer: Annotated[str | None, typer.Option("--answer", metavar=N_("TEXT"), help=N_("What you answered."))] = None,
) -> "Done":
    from salescli.lead import actions_follow

    return actions_follow.objection(w, lead, text, answer)


@app.write(
    "answer",
    help=N_("Answer an objection."),
    example='salescli lead answer LD-202611-0001 1 "cheaper per page over three years"',
    rules=("LED-12",),
    right="lead.edit",
)
def answer(
    w: "Writer",
    lead: Lead,
    position: Annotated[int, typer.Argument(metavar=N_("NO"), help=N_("Number of the objection; lead log shows it."))],
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What you answered."))],
) -> "Done":
    from salescli.lead import actions_follow

    return actions_follow.answer(w, lead, position, text)


@app.report(
    "objections",
    help=N_("Objections heard and what was answered, to learn from."),
    example=("salescli lead objections 价格", "salescli lead objections --unanswered"),
    rules=("LED-12",),
)
def objections(
    r: "Reader",
    text: Annotated[str | None, typer.Argument(metavar=N_("TEXT"), help=N_("Only those that hold this."))] = None,
    unanswered: Annotated[bool, typer.Option("--unanswered", help=N_("Only those without an answer."))] = False,
    sort: SORT = None,
    limit: LIMIT = None,
) -> "Report":
    from salescli.lead import reads_stall

    return reads_stall.objections(r, text, unanswered=unanswered, limit=None if sort else limit)


# --- telesales --------------------------------------------------------------------------------------------------------------------


@app.write(
    "invite",
    help=N_("Ask somebody to come on a day."),
    example="salescli lead invite LD-202611-0001 --on 下周三",
    rules=("LED-16",),
    right="lead.edit",
)
def invite(
    w: "Writer", lead: Lead, on: Annotated[date, option("day", "--on", help=N_("The day they come."))], note: NoteText = None
) -> "Done":
    from salescli.lead import actions_invite

    return actions_invite.invite(w, lead, on, note)


@app.write(
    "arrive",
    help=N_("Note that an invited person came."),
    example=("salescli lead arrive LD-202611-0001", "salescli lead arrive 王芳 --on yesterday"),
    rules=("LED-16",),
    right="lead.edit",
)
def arrive(
    w: "Writer",
    lead: Lead,
    on: Annotated[date | None, option("day", "--on", help=N_("The day it happened (default: today)."))] = None,
) -> "Done":
    from salescli.lead import actions_invite

    return actions_invite.arrive(w, lead, on)


@app.report(
    "arrivals",
    help=N_("Invitations for days of the period, who came, and the arrival rate."),
    example=("salescli lead arrivals --period 2026-10", "salescli lead arrivals --by source"),
    rules=("LED-16",),
)
def arrivals(
    r: "Reader",
    period: PeriodOption = THIS_MONTH,
    by: Annotated[Literal["staff", "source"], typer.Option("--by", help=N_("One row for each of these."))] = "staff",
    staff: StaffOption = None,
) -> "Report":
    from salescli.lead import reads_invite

    return reads_invite.arrivals(r, period, by, staff)
