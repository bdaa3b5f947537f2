"""Commands of the group `visit`: contacts with customers, appointments, points, who is due (VIS-01..08)."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import (
    THIS_MONTH,
    AnyPeriod,
    CustomerArgument,
    CustomerOption,
    Day,
    Group,
    PeriodOption,
    Reason,
    StaffOption,
    option,
)
from salescli.core.commands_options import LIMIT, SORT
from salescli.core.i18n import N_
from salescli.customer.states import Channel, Review
from salescli.customer.states_work import DueKind

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("visit")

Number = Annotated[str, typer.Argument(metavar=N_("RECORD"), help=N_("Number of the record, such as VS-202611-0001."))]
AppointmentNumber = Annotated[str, typer.Argument(metavar=N_("APPOINTMENT"), help=N_("Number, such as VP-202611-0001."))]
Contact = Annotated[str | None, typer.Option("--contact", metavar=N_("NAME"), help=N_("Whom you met or spoke to."))]
Time = Annotated[str | None, typer.Option("--at", metavar=N_("TIME"), help=N_("Time of day, as in 09:30."))]
Purpose = Annotated[str | None, typer.Option("--purpose", metavar=N_("TEXT"), help=N_("What it was for."))]
Preparation = Annotated[str | None, typer.Option("--preparation", metavar=N_("TEXT"), help=N_("How you prepared."))]
Talk = Annotated[str | None, typer.Option("--talk", metavar=N_("TEXT"), help=N_("What was said."))]
Need = Annotated[str | None, typer.Option("--need", metavar=N_("TEXT"), help=N_("What he needs."))]
Feedback = Annotated[str | None, typer.Option("--feedback", metavar=N_("TEXT"), help=N_("What he thinks and asks."))]
Problem = Annotated[str | None, typer.Option("--problem", metavar=N_("TEXT"), help=N_("A problem that came up."))]
Complaint = Annotated[str | None, typer.Option("--complaint", metavar=N_("TEXT"), help=N_("A complaint: it becomes a task at once."))]
Step = Annotated[str | None, typer.Option("--step", metavar=N_("TEXT"), help=N_("The next step."))]
Next = Annotated[date | None, option("day", "--next", help=N_("Day of the next contact (default: by the contact plan)."))]
Minutes = Annotated[int | None, typer.Option("--minutes", min=0, max=1440, help=N_("How long it took."))]
Promise = Annotated[str | None, typer.Option("--promise", metavar=N_("TEXT"), help=N_("What you promised."))]
PromiseDue = Annotated[date | None, option("day", "--promise-due", help=N_("By which day."))]
Author = Annotated[str | None, typer.Option("--staff", metavar=N_("STAFF"), help=N_("Whose visit it was (default: yours)."))]


@app.write(
    "add",
    help=N_(
        "Record a visit, call or message: what he needs and thinks, the next step and its day.\n\n"
        "A visit counts once your superior has accepted it. On a trip it belongs to the trip; an appointment of that day is kept by it."
    ),
    example=(
        "salescli customer visit 华信 --contact 王芳 --need '50 toners' --feedback 'price too high' --step 'send a quote' --next fri",
        "salescli visit add BLUE --channel call --talk 'asked for samples' --next +7d",
        "salescli visit add C0001 --on yesterday --short --talk 'brought the catalogue' --promise 'samples' --promise-due fri",
    ),
    rules=("VIS-01", "VIS-03", "VIS-06", "VIS-08", "CUS-09"),
)
def add(
    w: "Writer",
    customer: CustomerArgument,
    channel: Annotated[Channel, typer.Option("--channel", help=N_("How he was reached."))] = Channel.VISIT,
    on: Day = None,
    at: Time = None,
    contact: Contact = None,
    purpose: Purpose = None,
    preparation: Preparation = None,
    talk: Talk = None,
    need: Need = None,
    feedback: Feedback = None,
    problem: Problem = None,
    complaint: Complaint = None,
    step: Step = None,
    next_on: Next = None,
    minutes: Minutes = None,
    with_: Annotated[str | None, typer.Option("--with", metavar=N_("STAFF"), help=N_("The superior who came along."))] = None,
    document: Annotated[str | None, typer.Option("--document", metavar=N_("NUMBER"), help=N_("Document it is about."))] = None,
    promise: Promise = None,
    promise_due: PromiseDue = None,
    short: Annotated[bool, typer.Option("--short", help=N_("A visit that went into nothing: need and feedback may be left out."))] = False,
    staff: Author = None,
) -> "Done":
    from salescli.customer.actions_visit import Visit, record

    texts = {"contact": contact, "purpose": purpose, "preparation": preparation, "content": talk, "need": need, "feedback": feedback}
    more = {"problem": problem, "complaint": complaint, "next_step": step, "document": document}
    visit = Visit({**texts, **more}, channel, on, at, next_on, minutes, with_, staff, short, promise, promise_due)
    return record(w, customer, visit)


@app.write(
    "call",
    help=N_(
        "Record an after-sales call: how the goods are used, what he thinks, what he wants.\n\n"
        "The first one is due from day 3 to day 7 after delivery (visit due --kind first_call). Wishes and complaints are noted apart."
    ),
    example=(
        "salescli visit call 华信 --document SO-202611-0042 --usage '200 pages a day' --opinion good --know-how 'drum cleaning'",
        "salescli visit call BLUE --opinion 'too slow' --complaint 'the second drum came broken' --answer 'exchanged today'",
    ),
    rules=("VIS-05", "VIS-06"),
)
def call(
    w: "Writer",
    customer: CustomerArgument,
    on: Day = None,
    at: Time = None,
    contact: Contact = None,
    document: Annotated[str | None, typer.Option("--document", metavar=N_("NUMBER"), help=N_("The order it is about."))] = None,
    usage: Annotated[str | None, typer.Option("--usage", metavar=N_("TEXT"), help=N_("How the goods are used."))] = None,
    opinion: Annotated[str | None, typer.Option("--opinion", metavar=N_("TEXT"), help=N_("What he thinks of them."))] = None,
    need: Annotated[str | None, typer.Option("--need", metavar=N_("TEXT"), help=N_("A new need."))] = None,
    know_how: Annotated[str | None, typer.Option("--know-how", metavar=N_("TEXT"), help=N_("What he was taught."))] = None,
    services: Annotated[str | None, typer.Option("--services", metavar=N_("TEXT"), help=N_("New services he was told of."))] = None,
    events: Annotated[
        str | None, typer.Option("--events", metavar=N_("TEXT"), help=N_("Events he was invited to: what, when, where."))
    ] = None,
    advice: Annotated[str | None, typer.Option("--advice", metavar=N_("TEXT"), help=N_("What he was advised."))] = None,
    request: Annotated[str | None, typer.Option("--wish", metavar=N_("TEXT"), help=N_("What he asks for."))] = None,
    hope: Annotated[str | None, typer.Option("--hope", metavar=N_("TEXT"), help=N_("What he hopes for."))] = None,
    complaint: Complaint = None,
    answer: Annotated[str | None, typer.Option("--answer", metavar=N_("TEXT"), help=N_("What was answered."))] = None,
    solved: Annotated[bool, typer.Option("--solved", help=N_("It is solved."))] = False,
    step: Step = None,
    next_on: Next = None,
    promise: Promise = None,
    promise_due: PromiseDue = None,
) -> "Done":
    from salescli.customer.actions_visit import Visit, record

    texts = {"contact": contact, "document": document, "need": need, "feedback": opinion, "complaint": complaint, "next_step": step}
    sheet = {"usage": usage, "opinion": opinion, "know_how": know_how, "services": services, "events": events, "advice": advice}
    more = {"request": request, "hope": hope, "answer": answer}
    visit = Visit(
        texts, Channel.AFTER_SALES, on, at, next_on, promise=promise, promise_due=promise_due, sheet={**sheet, **more}, solved=solved
    )
    return record(w, customer, visit)


@app.report(
    "list",
    help=N_("Contacts with customers and leads, newest first."),
    example=("salescli visit list", "salescli visit list --customer 华信", "salescli visit list --review recorded --staff LI"),
    rules=("VIS-01",),
)
def list_(
    r: "Reader",
    period: AnyPeriod = None,
    staff: StaffOption = None,
    customer: CustomerOption = None,
    channel: Annotated[Channel | None, typer.Option("--channel", help=N_("Only these."))] = None,
    review: Annotated[Review | None, typer.Option("--review", help=N_("Only what the superior has said this of."))] = None,
    joint: Annotated[bool, typer.Option("--joint", help=N_("Only joint visits."))] = False,
    sort: SORT = None,
    limit: LIMIT = None,
) -> "Report":
    from salescli.customer.reads_visit import Wanted, listing

    return listing(r, Wanted(period, staff, customer, channel, review, joint), None if sort else limit)


@app.report("show", help=N_("One record with all its fields."), example="salescli visit show VS-202611-0001", rules=("VIS-01", "VIS-06"))
def show(r: "Reader", record: Number) -> "Report":
    from salescli.customer.reads_visit import detail

    return detail(r, record)


@app.write(
    "edit",
    help=N_("Mend your own record as long as it is not accepted; a rejected one waits again."),
    example="salescli visit edit VS-202611-0001 --need '30 toners a month' --next +7d",
    rules=("VIS-01",),
)
def edit(
    w: "Writer",
    record: Number,
    contact: Contact = None,
    purpose: Purpose = None,
    talk: Talk = None,
    need: Need = None,
    feedback: Feedback = None,
    problem: Problem = None,
    step: Step = None,
    next_on: Next = None,
    minutes: Minutes = None,
) -> "Done":
    from salescli.customer.actions_visit import edit

    texts = {"contact": contact, "purpose": purpose, "content": talk, "need": need, "feedback": feedback, "problem": problem}
    return edit(w, record, {**texts, "next_step": step, "next_on": next_on, "minutes": minutes})


@app.write(
    "accept",
    help=N_("Accept records of your people: they count from now on."),
    example=("salescli visit accept VS-202611-0001 VS-202611-0002", "salescli visit accept --all-of LI"),
    rules=("VIS-01", "VIS-02", "ORG-03"),
)
def accept(
    w: "Writer",
    records: Annotated[list[str] | None, typer.Argument(metavar=N_("RECORD"), help=N_("Numbers of the records."))] = None,
    all_of: Annotated[str | None, typer.Option("--all-of", metavar=N_("STAFF"), help=N_("All of this person's that wait."))] = None,
) -> "Done":
    from salescli.customer.actions_visit import judge_all

    return judge_all(w, records or [], all_of)


@app.write(
    "reject",
    help=N_("Reject a record for a reason; it does not count until it is mended and accepted."),
    example="salescli visit reject VS-202611-0001 --reason 'nobody there on that day'",
    rules=("VIS-01", "ORG-03"),
)
def reject(w: "Writer", record: Number, reason: Reason) -> "Done":
    from salescli.customer.actions_visit import judge

    return judge(w, [record], Review.REJECTED, reason)


@app.report(
    "points",
    help=N_("Visit points by rep against the month's number, and visits a working day."),
    example=("salescli visit points", "salescli visit points --period last-month --short", "salescli visit points --staff LI"),
    rules=("VIS-02",),
)
def points(
    r: "Reader",
    period: PeriodOption = THIS_MONTH,
    staff: StaffOption = None,
    short: Annotated[bool, typer.Option("--short", help=N_("Only who has to clean the office."))] = False,
) -> "Report":
    from salescli.customer.reads_points import points

    return points(r, period, staff, short=short)


@app.report(
    "joint",
    help=N_("Joint visits by rep in a week, against what the superior owes each."),
    example=("salescli visit joint", "salescli visit joint --period 2026-W44 --missing"),
    rules=("PLN-07",),
)
def joint(
    r: "Reader",
    period: AnyPeriod = None,
    missing: Annotated[bool, typer.Option("--missing", help=N_("Only reps who are short of them."))] = False,
) -> "Report":
    from salescli.customer.reads_points import joint

    return joint(r, period, missing=missing)


@app.report(
    "answers",
    help=N_("Inquiries and how long the first answer took."),
    example="salescli visit answers --period 2026-Q3",
    rules=("VIS-08",),
)
def answers(r: "Reader", period: PeriodOption = THIS_MONTH) -> "Report":
    from salescli.customer.reads_points import answers

    return answers(r, period)


@app.report(
    "due",
    help=N_("Who is to be contacted: next contacts, first calls after delivery, revisits, services, surveys, reorders."),
    example=("salescli visit due", "salescli visit due --kind first_call", "salescli visit due --ahead 7 --staff LI"),
    rules=("VIS-05", "VIS-07", "VIS-08", "CUS-08", "CUS-10", "CUS-11", "CUS-13"),
    exit_code_rows=True,
)
def due(
    r: "Reader",
    kind: Annotated[DueKind | None, typer.Option("--kind", help=N_("Only these."))] = None,
    staff: StaffOption = None,
    ahead: Annotated[int, typer.Option("--ahead", min=0, max=365, help=N_("Also what falls due within this many days."))] = 0,
    sort: SORT = None,
    limit: LIMIT = None,
) -> "Report":
    from salescli.customer.reads_due import due

    return due(r, kind, staff, ahead, None if sort else limit)


# --- appointments -------------------------------------------------------------------------------------------------------------


@app.write(
    "appoint",
    help=N_("Agree on a visit, with the list of what to prepare: needs, pains, papers, tools to show."),
    example=(
        "salescli visit appoint 华信 --on fri --at 14:00 --contact 王芳 --purpose 'show the new toner' --prepare 'two samples'",
        "salescli visit appoint BLUE --on +3d --purpose 'yearly contract' --staff LI --with WANG",
    ),
    rules=("VIS-04", "PLN-07"),
)
def appoint(
    w: "Writer",
    customer: CustomerArgument,
    purpose: Annotated[str, typer.Option("--purpose", metavar=N_("TEXT"), help=N_("What it is for."))],
    on: Annotated[date, option("day", "--on", help=N_("The day."))],
    at: Time = None,
    place: Annotated[str | None, typer.Option("--place", metavar=N_("TEXT"), help=N_("Where."))] = None,
    contact: Annotated[str | None, typer.Option("--contact", metavar=N_("NAME"), help=N_("Whom you meet."))] = None,
    prepare: Annotated[
        list[str] | None, typer.Option("--prepare", metavar=N_("TEXT"), help=N_("One thing more to prepare; may be repeated."))
    ] = None,
    staff: Annotated[str | None, typer.Option("--staff", metavar=N_("STAFF"), help=N_("Who goes (default: you)."))] = None,
    with_: Annotated[str | None, typer.Option("--with", metavar=N_("STAFF"), help=N_("The superior who comes along."))] = None,
) -> "Done":
    from salescli.customer.actions_appointment import Agreed, appoint

    return appoint(w, customer, on, Agreed(purpose, at, place, contact, staff, with_, prepare or ()))


@app.report(
    "appointments",
    help=N_("Appointments by day."),
    example=("salescli visit appointments", "salescli visit appointments --period this-week --state all"),
    rules=("VIS-04", "PLN-07"),
)
def appointments(
    r: "Reader",
    period: AnyPeriod = None,
    staff: StaffOption = None,
    customer: CustomerOption = None,
    state: Annotated[Literal["planned", "visited", "called_off", "all"], typer.Option("--state", help=N_("Which state."))] = "planned",
) -> "Report":
    from salescli.customer.reads_appointment import listing

    return listing(r, period, staff, customer, None if state == "all" else state)


@app.report(
    "checklist", help=N_("What an appointment is prepared with."), example="salescli visit checklist VP-202611-0001", rules=("VIS-04",)
)
def checklist(r: "Reader", appointment: AppointmentNumber) -> "Report":
    from salescli.customer.reads_appointment import checklist

    return checklist(r, appointment)


@app.write(
    "prepare",
    help=N_("Note that one item of an appointment's list is ready."),
    example="salescli visit prepare VP-202611-0001 3 'price list of October'",
    rules=("VIS-04",),
)
def prepare(
    w: "Writer",
    appointment: AppointmentNumber,
    item: Annotated[int, typer.Argument(metavar=N_("NO"), help=N_("Number of the item in the list."))],
    text: Annotated[str | None, typer.Argument(metavar=N_("TEXT"), help=N_("What is ready."))] = None,
) -> "Done":
    from salescli.customer.actions_appointment import prepare

    return prepare(w, appointment, item, text)


@app.write(
    "move",
    help=N_("Move an appointment to another day for a reason, or without a day call it off."),
    example=(
        "salescli visit move VP-202611-0001 --to +7d --reason 'he is ill'",
        "salescli visit move VP-202611-0001 --reason 'not needed'",
    ),
    rules=("VIS-04",),
)
def move(
    w: "Writer",
    appointment: AppointmentNumber,
    reason: Reason,
    to: Annotated[date | None, option("day", "--to", help=N_("The new day (none: it is called off)."))] = None,
    at: Time = None,
) -> "Done":
    from salescli.customer.actions_appointment import call_off

    return call_off(w, appointment, reason, to, at)
