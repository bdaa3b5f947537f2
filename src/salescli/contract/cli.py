"""Commands of the group `contract`: terms, review, signature, filing, execution."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import AnyPeriod, AsOf, CustomerArgument, CustomerOption, Group, Reason, StaffOption, argument, option
from salescli.core.commands_options import Currency
from salescli.core.i18n import N_
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("contract")

State = Literal["draft", "in_review", "approved", "signed", "filed", "executing", "completed", "changed", "disputed", "ended"]
Kinds = Literal["sale", "wholesale", "dealer", "partner", "supply"]
ContractArgument = Annotated[str, typer.Argument(metavar=N_("CONTRACT"), help=N_("Number of the contract."))]
Lines = Annotated[
    list[str] | None, typer.Argument(metavar="SKU=QTY[@PRICE]…", help=N_("Products, quantities and, where it is not the table's, prices."))
]
LinesFile = Annotated[
    Path | None, typer.Option("--lines", metavar=N_("FILE"), help=N_("More lines from a CSV or XLSX file: sku, quantity, price."))
]
Pay = Annotated[
    list[str] | None, typer.Option("--pay", metavar=N_("PLAN"), help=N_("Payments, as in 30%@sign,70%@delivery+30 or rest@DATE."))
]
Territory = Annotated[str | None, typer.Option("--territory", metavar=N_("REGIONS"), help=N_("A dealer's area: regions with commas."))]
From = Annotated[date | None, option("day", "--from", help=N_("First day it holds."))]
Until = Annotated[date | None, option("day", "--until", help=N_("Last day it holds."))]
Delivery = Annotated[date | None, option("day", "--delivery", help=N_("Day by which the goods are delivered."))]
Place = Annotated[str | None, typer.Option("--place", metavar=N_("TEXT"), help=N_("Where the goods are delivered."))]
Transport = Annotated[str | None, typer.Option("--transport", metavar=N_("TEXT"), help=N_("How they get there, and who pays it."))]
Specification = Annotated[str | None, typer.Option("--specification", metavar=N_("TEXT"), help=N_("What the goods have to be like."))]
Way = Annotated[str | None, typer.Option("--way", metavar=N_("TEXT"), help=N_("How it is paid, as in bank transfer."))]
CreditLimit = Annotated[int | None, option("amount", "--credit-limit", help=N_("Credit agreed; 0 for none."))]
CreditDays = Annotated[int | None, typer.Option("--credit-days", min=0, max=3650, metavar=N_("DAYS"), help=N_("Days to pay, or 0."))]
AfterSales = Annotated[str | None, typer.Option("--after-sales", metavar=N_("TEXT"), help=N_("Warranty and service after the sale."))]
Duties = Annotated[str | None, typer.Option("--duties", metavar=N_("TEXT"), help=N_("Rights and duties of both sides."))]
TechnicalFee = Annotated[int | None, option("amount", "--technical-fee", help=N_("Technical service fee; 0 for none."))]
ContractNote = Annotated[str | None, typer.Option("--note", metavar=N_("TEXT"), help=N_("Further terms."))]


class Said(NamedTuple):
    """The terms of a contract, as typed and in the order `actions.Terms` takes them."""

    pay: Pay = None
    territory: Territory = None
    first: From = None
    until: Until = None
    delivery: Delivery = None
    place: Place = None
    transport: Transport = None
    specification: Specification = None
    way: Way = None
    credit_limit: CreditLimit = None
    credit_days: CreditDays = None
    after_sales: AfterSales = None
    duties: Duties = None
    technical_fee: TechnicalFee = None
    note: ContractNote = None
    currency: Currency = None


NOTHING = Said()


@app.write(
    "new",
    help=N_("Draft a contract.\n\nWhat is missing before it is signed, the customer's purchases and his credit are said at once."),
    example=(
        "salescli contract new 华信 TN2325=100@95 --pay 30%@sign,70%@delivery+30 --delivery 2026-12-15 --place 上海",
        'salescli contract new C0007 --kind dealer --territory 华东,华中 --from 2027-01-01 --until 2027-12-31 --duties "500 a quarter"',
    ),
    rules=("CTR-01", "CTR-03", "CTR-07", "CTR-10", "CHN-02"),
    right="contract.edit",
)
def new(
    w: "Writer",
    customer: CustomerArgument,
    lines: Lines = None,
    file: LinesFile = None,
    kind: Annotated[Kinds, typer.Option("--kind", help=N_("What is agreed."))] = "sale",
    said: Said = NOTHING,
    channel: Annotated[str | None, typer.Option("--channel", metavar=N_("CHANNEL"), help=N_("Sales channel, for its prices."))] = None,
    new_customer: Annotated[bool, typer.Option("--new-customer", help=N_("CUSTOMER is the name of a new one: enter him first."))] = False,
) -> "Done":
    from salescli.contract import actions
    from salescli.contract.states import ContractKind
    from salescli.quote.typed import wanted

    terms = actions.Terms(said.pay or (), *said[1:])
    goods = wanted(w.reader, lines, file) if lines or file else []
    who = actions.enter_customer(w, customer) if new_customer else customer
    return actions.new(w, who, goods, terms, kind=ContractKind(kind), channel=channel)


@app.write(
    "edit",
    help=N_(
        "Change a contract; of a signed one make an amendment, which is reviewed and signed again.\n\n"
        "Goods given take the place of all goods, and cannot go below what was delivered."
    ),
    example=(
        'salescli contract edit CT-202611-0001 --place 上海 --transport "by us" --duties "as in the annex"',
        'salescli contract edit CT-202611-0001 TN2325=120@95 --reason "he needs more"',
    ),
    rules=("CTR-03", "CTR-06"),
    right="contract.edit",
)
def edit(
    w: "Writer",
    contract: ContractArgument,
    lines: Lines = None,
    file: LinesFile = None,
    said: Said = NOTHING,
    reason: Annotated[str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why; kept with the version."))] = None,
) -> "Done":
    from salescli.contract import actions
    from salescli.quote.typed import wanted

    terms = actions.Terms(said.pay or (), *said[1:], reason)
    return actions.edit(w, contract, wanted(w.reader, lines, file) if lines or file else [], terms)


@app.report(
    "list",
    help=N_("Contracts, newest first; with --unfiled those whose signed paper is missing."),
    example=("salescli contract list", "salescli contract list --unfiled", "salescli contract list --kind dealer --state filed"),
    rules=("CTR-01",),
)
def list_(
    r: "Reader",
    customer: CustomerOption = None,
    staff: StaffOption = None,
    period: AnyPeriod = None,
    state: Annotated[State | None, typer.Option("--state", help=N_("Only contracts in this state."))] = None,
    kind: Annotated[Kinds | None, typer.Option("--kind", help=N_("Only contracts of this kind."))] = None,
    unfiled: Annotated[bool, typer.Option("--unfiled", help=N_("Only signed ones whose paper is not filed."))] = False,
    as_of: AsOf = None,
) -> "Report":
    from salescli.contract.reads import Wanted, listing

    return listing(r, Wanted(customer, staff, period, state, kind, unfiled), as_of)


@app.report(
    "show",
    help=N_("A contract: goods, terms, what is missing, signature, file, the customer's record, versions."),
    example=("salescli contract show CT-202611-0001", "salescli contract show CT-202611-0001 --revision 1"),
    rules=("CTR-01", "CTR-03", "CTR-04", "CTR-07"),
)
def show(
    r: "Reader",
    contract: ContractArgument,
    revision: Annotated[int | None, typer.Option("--revision", min=1, help=N_("An earlier version."))] = None,
) -> "Report":
    from salescli.contract.reads import detail

    return detail(r, contract, revision)


@app.write(
    "submit",
    help=N_("Put a contract, or its amendment, to review; nothing unreviewed is signed."),
    example="salescli contract submit CT-202611-0001",
    rules=("CTR-02", "CTR-03"),
    right="contract.edit",
)
def submit(
    w: "Writer",
    contract: ContractArgument,
    reason: Annotated[str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("What the approvers should know."))] = None,
) -> "Done":
    from salescli.contract import actions_review

    return actions_review.submit(w, contract, reason)


@app.write(
    "confirm",
    help=N_("Note what was confirmed with the customer: all four before anything is signed."),
    example=("salescli contract confirm CT-202611-0001 --site --scope", "salescli contract confirm CT-202611-0001 --all"),
    rules=("CTR-04",),
    right="contract.edit",
)
def confirm(
    w: "Writer",
    contract: ContractArgument,
    site: Annotated[bool, typer.Option("--site", help=N_("The site was looked at."))] = False,
    scope: Annotated[bool, typer.Option("--scope", help=N_("The scope of work is agreed."))] = False,
    spec: Annotated[bool, typer.Option("--spec", help=N_("The specification is agreed."))] = False,
    design: Annotated[bool, typer.Option("--design", help=N_("The design is agreed."))] = False,
    everything: Annotated[bool, typer.Option("--all", help=N_("All four."))] = False,
) -> "Done":
    from salescli.contract import actions_review

    return actions_review.confirm(
        w, contract, site=site or everything, scope=scope or everything, spec=spec or everything, design=design or everything
    )


@app.write(
    "sign",
    help=N_("Note that an approved contract was signed; the executing departments get their tasks at once."),
    example="salescli contract sign CT-202611-0001 --by 何静",
    rules=("CTR-01", "CTR-02", "CTR-03", "CTR-04", "CTR-05"),
    right="contract.edit",
)
def sign(
    w: "Writer",
    contract: ContractArgument,
    by: Annotated[str | None, typer.Option("--by", metavar=N_("NAME"), help=N_("Who signed for the customer."))] = None,
    staff: Annotated[str | None, typer.Option("--staff", metavar=N_("STAFF"), help=N_("Who signed for us (default: you)."))] = None,
) -> "Done":
    from salescli.contract import actions_review

    return actions_review.sign(w, contract, by, staff)


@app.write(
    "file",
    help=N_("Note under which number, and where, the signed paper lies."),
    example="salescli contract file CT-202611-0001 2026-117 --place 档案柜3",
    rules=("CTR-01",),
    right="contract.file",
)
def file_(
    w: "Writer",
    contract: ContractArgument,
    file_no: Annotated[str, typer.Argument(metavar=N_("FILE-NO"), help=N_("Number of the file."))],
    place: Annotated[str | None, typer.Option("--place", metavar=N_("TEXT"), help=N_("Where the paper lies."))] = None,
) -> "Done":
    from salescli.contract import actions_review

    return actions_review.file(w, contract, file_no, place)


@app.report(
    "execute",
    help=N_("How far contracts are executed: ordered, shipped, invoiced, paid, what is late."),
    example=("salescli contract execute", "salescli contract execute --late --exit-code", "salescli contract execute CT-202611-0001"),
    rules=("CTR-06",),
    exit_code_rows=True,
)
def execute(
    r: "Reader",
    contract: Annotated[str | None, typer.Argument(metavar=N_("CONTRACT"), help=N_("Only this one, with its payments and issues."))] = None,
    late: Annotated[bool, typer.Option("--late", help=N_("Only those whose goods or payments are late."))] = False,
    as_of: AsOf = None,
) -> "Report":
    from salescli.contract.reads_execution import execution

    return execution(r, contract, late=late, as_of=as_of)


@app.write(
    "deposit",
    help=N_("Write the deposit sheet of a contract, its total checked; later note that the balance came."),
    example=(
        "salescli contract deposit CT-202611-0001 3000 --total 9500 --balance 2026-12-15 --way transfer",
        "salescli contract deposit CT-202611-0001 --settled",
    ),
    rules=("CTR-08",),
    right="contract.edit",
)
def deposit(
    w: "Writer",
    contract: ContractArgument,
    amount: Annotated[int | None, argument("amount", help=N_("What was paid down."))] = None,
    total: Annotated[int | None, option("amount", "--total", help=N_("The total on the sheet."))] = None,
    balance: Annotated[date | None, option("day", "--balance", help=N_("Day the balance is due."))] = None,
    way: Annotated[str | None, typer.Option("--way", metavar=N_("TEXT"), help=N_("How it was paid."))] = None,
    settled: Annotated[bool, typer.Option("--settled", help=N_("The balance came."))] = False,
) -> "Done":
    from salescli.contract import actions_life

    return actions_life.deposit_or_settle(w, contract, amount, total, balance, way, settled=settled)


@app.write(
    "issue",
    help=N_("Note a problem, a risk or a dispute of a contract."),
    example='salescli contract issue CT-202611-0001 "he says the colour is wrong" --kind dispute',
    rules=("CTR-06",),
    right="contract.edit",
)
def issue(
    w: "Writer",
    contract: ContractArgument,
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What is the matter."))],
    kind: Annotated[Literal["problem", "risk", "dispute"], typer.Option("--kind", help=N_("What it is."))] = "problem",
) -> "Done":
    from salescli.contract import actions_life
    from salescli.contract.states import IssueKind

    return actions_life.report_issue(w, contract, text, IssueKind(kind))


@app.write(
    "solve",
    help=N_("Note how a problem or dispute was solved."),
    example='salescli contract solve CI-202611-0001 "goods exchanged, both signed"',
    rules=("CTR-06",),
    right="contract.edit",
)
def solve(
    w: "Writer",
    issue: Annotated[str, typer.Argument(metavar=N_("ISSUE"), help=N_("Number of the issue."))],
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("How it was solved."))],
) -> "Done":
    from salescli.contract import actions_life

    return actions_life.solve(w, issue, text)


@app.write(
    "terminate",
    help=N_("End a contract before its time, or drop a draft; what is open under it is said."),
    example='salescli contract terminate CT-202611-0001 --reason "both sides agreed"',
    rules=("CTR-01",),
    right="contract.edit",
)
def terminate(w: "Writer", contract: ContractArgument, reason: Reason) -> "Done":
    from salescli.contract import actions_life

    return actions_life.terminate(w, contract, reason)


@app.report(
    "expiring",
    help=N_("Contracts that end soon, or ended and nobody closed them."),
    example=("salescli contract expiring", "salescli contract expiring --days 90 --exit-code"),
    rules=("CTR-06",),
    exit_code_rows=True,
)
def expiring(
    r: "Reader",
    days: Annotated[int | None, typer.Option("--days", min=0, help=N_("Within so many days (default: contract.expiry_days)."))] = None,
    as_of: AsOf = None,
) -> "Report":
    from salescli.contract.reads import expiring

    return expiring(r, days, as_of)


@app.write(
    "print",
    help=N_(
        "Print a contract as HTML, PDF or Word: what was signed, before that the draft, marked as one.\n\n"
        "A template contract-KIND.html.j2 or contract-KIND.docx in the folder templates beside the book is used for that kind of customer."
    ),
    example=(
        "salescli contract print CT-202611-0001 -o contract.docx",
        "salescli contract print CT-202611-0001 --revision 2 -o amendment.pdf",
        'salescli contract print CT-202611-0001 -o contract.pdf --seal --request "to be sent today"',
        "salescli contract print CT-202611-0001 -o deposit.pdf --deposit",
    ),
    rules=("CTR-09", "CTR-08"),
    right="contract.edit",
    request=True,
)
def print_(
    w: "Writer",
    contract: ContractArgument,
    output: Annotated[str, typer.Option("--output", "-o", metavar=N_("FILE"), help=N_("A file ending with .html, .pdf or .docx."))],
    seal: Annotated[bool, typer.Option("--seal", help=N_("With the seal, once that was approved."))] = False,
    deposit: Annotated[bool, typer.Option("--deposit", help=N_("The deposit sheet instead of the contract."))] = False,
    revision: Annotated[int | None, typer.Option("--revision", min=1, help=N_("Another version than the one in force."))] = None,
) -> "Done":
    from salescli.contract import actions_print
    from salescli.core.errors import Kind, fail
    from salescli.core.reader import book_path

    if deposit and (seal or revision):
        fail("deposit_alone", N_("--deposit goes without --seal and --revision: the sheet follows what holds"), kind=Kind.USAGE)
    if deposit:
        return actions_print.print_deposit(w, contract, output, book_path())
    return actions_print.print_contract(w, contract, output, book_path(), version=revision, seal=seal)
