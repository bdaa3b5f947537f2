"""Commands of the group `lead`: filing, following, moving and ending a lead."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import AnyPeriod, Group, Reason, StaffOption, option
from salescli.core.commands_options import LIMIT, SORT
from salescli.core.i18n import N_
from salescli.customer.states import Channel
from salescli.lead.states import Intent, LeadState, Stage, StallReason

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("lead")

Lead = Annotated[str, typer.Argument(metavar=N_("LEAD"), help=N_("Lead: number, name or part of it."))]
Company = Annotated[str | None, typer.Option("--company", metavar=N_("NAME"), help=N_("The company he belongs to."))]
Phone = Annotated[str | None, typer.Option("--phone", metavar=N_("PHONE"), help=N_("Telephone number."))]
TaxNo = Annotated[str | None, typer.Option("--tax-no", metavar=N_("NUMBER"), help=N_("Tax number."))]
Region = Annotated[str | None, typer.Option("--region", metavar=N_("REGION"), help=N_("Sales region."))]
Source = Annotated[
    str | None, typer.Option("--source", metavar=N_("SOURCE"), help=N_("How they heard of us: code or name; see lead sources."))
]
IntentOption = Annotated[Intent | None, typer.Option("--intent", help=N_("How keen they are."))]
Need = Annotated[str | None, typer.Option("--need", metavar=N_("TEXT"), help=N_("What kind of thing they need."))]
Spec = Annotated[str | None, typer.Option("--spec", metavar=N_("TEXT"), help=N_("Specification."))]
Quantity = Annotated[str | None, typer.Option("--quantity", metavar=N_("TEXT"), help=N_("How many."))]
Use = Annotated[str | None, typer.Option("--use", metavar=N_("TEXT"), help=N_("What for."))]
Pain = Annotated[str | None, typer.Option("--pain", metavar=N_("TEXT"), help=N_("What really troubles them."))]
Equipment = Annotated[str | None, typer.Option("--equipment", metavar=N_("TEXT"), help=N_("Machine size and equipment list."))]
Solution = Annotated[str | None, typer.Option("--solution", metavar=N_("TEXT"), help=N_("What we propose."))]
Amount = Annotated[int | None, option("amount", "--amount", help=N_("Amount expected, such as 12,000."))]
Expected = Annotated[date | None, option("day", "--expected", help=N_("Day the order is expected."))]
NoteText = Annotated[str | None, typer.Option("--note", metavar=N_("TEXT"), help=N_("A remark kept with it."))]
Override = Annotated[
    str | None, typer.Option("--override", metavar=N_("REASON"), help=N_("A leader's reason to let a second claim stand."))
]
OptionalReason = Annotated[str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why; kept in the history."))]
NextOn = Annotated[date | None, option("day", "--next", help=N_("Day of the next contact."))]


@app.write(
    "add",
    help=N_(
        "File a lead: the first who files it owns it.\n\nA name, telephone or tax number known already is refused, and its holder named."
    ),
    example=(
        "salescli lead add 王芳 --company 华信科技有限公司 --phone 13812345678 --source fair",
        'salescli lead add "Blue Star Ltd." --phone 021-55667788 --source 朋友介绍 --need "office printers" --amount 48000',
        "salescli lead add 续购项目 --customer C0001 --source customer_referral",
    ),
    rules=("LED-01", "LED-02", "LED-04", "LED-10"),
    right="lead.edit",
)
def add(
    w: "Writer",
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("Person, company or project."))],
    company: Company = None,
    phone: Phone = None,
    tax_no: TaxNo = None,
    source: Source = None,
    staff: Annotated[str | None, typer.Option("--staff", metavar=N_("STAFF"), help=N_("File it for somebody of your team."))] = None,
    customer: Annotated[
        str | None, typer.Option("--customer", metavar=N_("CUSTOMER"), help=N_("A new opportunity with this customer."))
    ] = None,
    region: Region = None,
    intent: IntentOption = None,
    need: Need = None,
    spec: Spec = None,
    quantity: Quantity = None,
    use: Use = None,
    pain: Pain = None,
    equipment: Equipment = None,
    amount: Amount = None,
    expected: Expected = None,
    note: NoteText = None,
    override: Override = None,
) -> "Done":
    from salescli.lead import actions

    file = {"company": company, "phone": phone, "tax_no": tax_no, "region": region, "intent": intent, "need": need, "spec": spec}
    more = {"quantity": quantity, "use": use, "pain": pain, "equipment": equipment, "amount": amount, "expected": expected, "note": note}
    return actions.add(w, name, {**file, **more}, source=source, staff=staff, customer=customer, override=override)


@app.report(
    "list",
    help=N_("Open leads by the day of the next contact; those without one come first."),
    example=(
        "salescli lead list --overdue",
        "salescli lead list --stage negotiate --sort -score",
        "salescli lead list --team",
        "salescli lead list 华信 --closed -o leads.xlsx",
    ),
    rules=("LED-02", "LED-14", "ORG-07", "ORG-08"),
)
def list_(
    r: "Reader",
    text: Annotated[str | None, typer.Argument(metavar=N_("TEXT"), help=N_("Only numbers and names that hold this."))] = None,
    staff: StaffOption = None,
    stage: Annotated[Stage | None, typer.Option("--stage", help=N_("Only this stage."))] = None,
    state: Annotated[LeadState | None, typer.Option("--state", help=N_("Only this state."))] = None,
    source: Source = None,
    intent: IntentOption = None,
    customer: Annotated[str | None, typer.Option("--customer", metavar=N_("CUSTOMER"), help=N_("Only of this customer."))] = None,
    period: AnyPeriod = None,
    overdue: Annotated[bool, typer.Option("--overdue", help=N_("Only those whose next contact is late."))] = False,
    closed: Annotated[bool, typer.Option("--closed", help=N_("The finished ones as well."))] = False,
    team: Annotated[bool, typer.Option("--team", help=N_("Your colleagues' as well, their numbers masked."))] = False,
    sort: SORT = None,
    limit: LIMIT = None,
) -> "Report":
    from salescli.lead.reads import Listed, listing

    wanted = Listed(text, staff, stage, state, source, intent, period, customer, overdue, closed, team)
    return listing(r, wanted, None if sort else limit)


@app.report(
    "show",
    help=N_("A lead's file and its latest contacts."),
    example=("salescli lead show LD-202611-0001", "salescli lead show 华信 -f json"),
    rules=("LED-02", "LED-12", "ORG-08"),
)
def show(r: "Reader", lead: Lead) -> "Report":
    from salescli.lead.reads_show import detail

    return detail(r, lead)


@app.report(
    "log",
    help=N_("Everything said and done about a lead: contacts, comments, stages, owners, objections."),
    example="salescli lead log LD-202611-0001",
    rules=("LED-10", "LED-12", "LED-13"),
)
def log(r: "Reader", lead: Lead) -> "Report":
    from salescli.lead import reads_show

    return reads_show.log(r, lead)


@app.write(
    "edit",
    help=N_("Change a lead's file: what they need, how much, when."),
    example=(
        'salescli lead edit LD-202611-0001 --need "laser printer" --spec "A3 colour" --quantity 12 --use office --pain "toner leaks"',
        "salescli lead edit 华信 --amount 48000 --expected eom --clear note",
    ),
    rules=("LED-02", "LED-05", "LED-12"),
    right="lead.edit",
)
def edit(
    w: "Writer",
    lead: Lead,
    name: Annotated[str | None, typer.Option("--name", metavar=N_("NAME"), help=N_("Person, company or project."))] = None,
    company: Company = None,
    phone: Phone = None,
    tax_no: TaxNo = None,
    source: Source = None,
    region: Region = None,
    intent: IntentOption = None,
    need: Need = None,
    spec: Spec = None,
    quantity: Quantity = None,
    use: Use = None,
    pain: Pain = None,
    equipment: Equipment = None,
    solution: Solution = None,
    amount: Amount = None,
    expected: Expected = None,
    note: NoteText = None,
    override: Override = None,
    clear: Annotated[list[str] | None, typer.Option("--clear", metavar=N_("FIELD"), help=N_("Empty this field; may be repeated."))] = None,
) -> "Done":
    from salescli.lead import actions

    file = {"name": name, "company": company, "phone": phone, "tax_no": tax_no, "region": region, "intent": intent, "need": need}
    more = {"spec": spec, "quantity": quantity, "use": use, "pain": pain, "equipment": equipment, "solution": solution}
    last = {"amount": amount, "expected": expected, "note": note}
    return actions.edit(w, lead, {**file, **more, **last}, source=source, clear=clear or (), override=override)


Sorted = Literal["screened", "target", "invalid", "duplicate"]


@app.write(
    "screen",
    help=N_("Sort a lead: screened, a target customer, invalid, or a duplicate of another."),
    example=(
        "salescli lead screen LD-202611-0001 target",
        'salescli lead screen LD-202611-0002 invalid --reason "number does not exist"',
        "salescli lead screen LD-202611-0003 duplicate --of LD-202611-0001",
    ),
    rules=("LED-03", "LED-10"),
    right="lead.edit",
)
def screen(
    w: "Writer",
    lead: Lead,
    state: Annotated[Sorted, typer.Argument(help=N_("What it is."))],
    reason: OptionalReason = None,
    of: Annotated[str | None, typer.Option("--of", metavar=N_("LEAD"), help=N_("The lead it is a duplicate of."))] = None,
) -> "Done":
    from salescli.lead import actions

    return actions.screen(w, lead, LeadState(state), reason=reason, of=of)


@app.write(
    "nurture",
    help=N_("Open a task that brings a lead on: material to send, a question to settle."),
    example='salescli lead nurture LD-202611-0001 "send the brochure" --due +7d',
    rules=("LED-03",),
    right="lead.edit",
)
def nurture(
    w: "Writer",
    lead: Lead,
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What to do."))],
    due: Annotated[date, option("day", "--due", help=N_("By which day."))],
) -> "Done":
    from salescli.lead import actions

    return actions.nurture(w, lead, text, due)


# --- following and moving ---------------------------------------------------------------------------------------------------


@app.write(
    "follow",
    help=N_(
        "Record a contact: what was said, how keen they are, when the next one is.\n\nA lead that stands still needs --stall, the reason."
    ),
    example=(
        'salescli lead follow LD-202611-0001 "sent the quote, they compare" --intent middle --next +5d',
        'salescli lead follow 华信 "老板出差" --channel visit --next 下周三 --intent middle --stall torn',
        'salescli lead follow 华信 "wants a sample" --next +3d --promise "sample delivered" --promise-due fri',
    ),
    rules=("LED-12", "LED-13", "VIS-08", "CUS-09"),
    right="lead.edit",
)
def follow(
    w: "Writer",
    lead: Lead,
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What was said."))],
    channel: Annotated[Channel, typer.Option("--channel", help=N_("How they were reached."))] = Channel.CALL,
    on: Annotated[date | None, option("day", "--on", help=N_("The day it happened (default: today)."))] = None,
    next_on: NextOn = None,
    intent: IntentOption = None,
    stall: Annotated[StallReason | None, typer.Option("--stall", help=N_("Why it stands still; must fit the intent."))] = None,
    person: Annotated[str | None, typer.Option("--person", metavar=N_("NAME"), help=N_("Whom you talked to."))] = None,
    need: Need = None,
    next_step: Annotated[str | None, typer.Option("--step", metavar=N_("TEXT"), help=N_("What to do next."))] = None,
    minutes: Annotated[int | None, typer.Option("--minutes", min=0, max=1440, help=N_("How long it took."))] = None,
    promise: Annotated[str | None, typer.Option("--promise", metavar=N_("TEXT"), help=N_("What you promised."))] = None,
    promise_due: Annotated[date | None, option("day", "--promise-due", help=N_("By which day."))] = None,
) -> "Done":
    from salescli.lead.actions_follow import Contact
    from salescli.lead.actions_follow import follow as record

    contact = Contact(text, channel, on, person, need, next_step, next_on, minutes, intent, stall, promise, promise_due)
    return record(w, lead, contact)


@app.write(
    "stage",
    help=N_(
        "Move a lead to a stage.\n\nOne step forward needs what the stage must establish; skipping, going back and pausing need a reason."
    ),
    example=(
        "salescli lead stage LD-202611-0001 need",
        'salescli lead stage LD-202611-0001 negotiate --reason "ordered by telephone"',
        "salescli lead stage LD-202611-0001 won",
        'salescli lead stage LD-202611-0001 paused --reason "budget next year"',
    ),
    rules=("LED-12",),
    right="lead.edit",
)
def stage(
    w: "Writer",
    lead: Lead,
    to: Annotated[Stage, typer.Argument(metavar=N_("STAGE"), help=N_("develop, need, value, negotiate, deliver, won, lost or paused."))],
    reason: OptionalReason = None,
    next_on: NextOn = None,
) -> "Done":
    from salescli.lead import actions_stage

    return actions_stage.stage(w, lead, to, reason=reason, next_on=next_on)


@app.write(
    "lose",
    help=N_("End a lead without an order: why, and what else was offered."),
    example='salescli lead lose LD-202611-0001 --reason "price" --alternative "refurbished model"',
    rules=("LED-15",),
    right="lead.edit",
)
def lose(
    w: "Writer",
    lead: Lead,
    reason: OptionalReason = None,
    alternative: Annotated[
        str | None, typer.Option("--alternative", metavar=N_("TEXT"), help=N_("The other product that was offered."))
    ] = None,
) -> "Done":
    from salescli.lead import actions_stage

    return actions_stage.lose(w, lead, reason, alternative)


@app.write(
    "convert",
    help=N_("Make a lead's customer, once, with everything said and promised so far."),
    example=("salescli lead convert LD-202611-0001", "salescli lead convert LD-202611-0001 --customer C0007"),
    rules=("LED-10", "LED-11", "CUS-09"),
    right="lead.edit",
)
def convert(
    w: "Writer",
    lead: Lead,
    customer: Annotated[str | None, typer.Option("--customer", metavar=N_("CUSTOMER"), help=N_("He is this customer already."))] = None,
    code: Annotated[
        str | None, typer.Option("--code", metavar=N_("CODE"), help=N_("Code of the new customer (default: the next)."))
    ] = None,
) -> "Done":
    from salescli.lead import actions_convert

    return actions_convert.convert(w, lead, customer, code)


@app.write(
    "assign",
    help=N_("Let somebody work on a lead: the leader decides, after the needs list."),
    example=(
        'salescli lead assign LD-202611-0001 LI --reason "knows the trade"',
        'salescli lead assign LD-202611-0001 LI --reason "my neighbour" --request "they asked for me"',
    ),
    rules=("LED-05",),
    right="lead.edit",
    request=True,
)
def assign(
    w: "Writer",
    lead: Lead,
    staff: Annotated[str, typer.Argument(metavar=N_("STAFF"), help=N_("Who shall work on it."))],
    reason: Reason,
) -> "Done":
    from salescli.lead import actions_owner

    return actions_owner.assign(w, lead, staff, reason)
