"""Commands of the group `product` for what belongs to a product's file: categories, parts, label, licences, movers."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import AsOf, Group, Note, PeriodOption, ProductArgument, option
from salescli.core.commands_options import THIS_MONTH
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("product")

StaffWho = Annotated[str | None, typer.Option("--staff", metavar=N_("STAFF"), help=N_("Who answers for it (default: you)."))]
Sku = Annotated[str | None, typer.Option("--sku", metavar=N_("SKU"), help=N_("The product it is about."))]


@app.write(
    "category",
    help=N_("Make a category, or put it below another one."),
    example=("salescli product category 耗材", "salescli product category 硒鼓 --below 耗材"),
    rules=("PRD-02",),
    right="product.edit",
)
def category(
    w: "Writer",
    name: Annotated[str, typer.Argument(metavar=N_("CATEGORY"), help=N_("Its name, as product files have it."))],
    below: Annotated[str | None, typer.Option("--below", metavar=N_("CATEGORY"), help=N_("The category above it."))] = None,
    top: Annotated[bool, typer.Option("--top", help=N_("Take it to the top."))] = False,
    note: Note = None,
) -> "Done":
    from salescli.product import actions_file

    return actions_file.set_category(w, name, below, note, top=top)


@app.report("categories", help=N_("The category tree."), example="salescli product categories", rules=("PRD-02",))
def categories(r: "Reader") -> "Report":
    from salescli.product.reads_file import categories

    return categories(r)


@app.write(
    "ask",
    help=N_("Note a question customers ask about a product, and the answer."),
    example='salescli product ask TN2325 "fits the HL-2260?" "yes, and the HL-2560"',
    rules=("PRD-01",),
    right="product.file",
)
def ask(
    w: "Writer",
    product: ProductArgument,
    question: Annotated[str, typer.Argument(metavar=N_("QUESTION"), help=N_("What they ask."))],
    answer: Annotated[str, typer.Argument(metavar=N_("ANSWER"), help=N_("What to say."))],
) -> "Done":
    from salescli.product import actions_file

    return actions_file.ask(w, product, question, answer)


@app.report("faq", help=N_("Questions customers ask, and the answers."), example="salescli product faq TN2325", rules=("PRD-01",))
def faq(r: "Reader", product: Annotated[str | None, typer.Argument(metavar=N_("SKU"), help=N_("Only this product."))] = None) -> "Report":
    from salescli.product.reads_file import faq

    return faq(r, product)


@app.write(
    "bill",
    help=N_("Say what one unit of a product is made of.\n\nA quantity of 0 takes a part out; stock assemble uses the list."),
    example="salescli product bill SET-1 TN2325=2 DRUM-23=1",
    rules=("PRD-08",),
    right="product.edit",
)
def bill(
    w: "Writer",
    product: ProductArgument,
    parts: Annotated[list[str], typer.Argument(metavar=N_("PART=QTY"), help=N_("Parts of one base unit."))],
) -> "Done":
    from salescli.product import actions_file

    return actions_file.set_parts(w, product, parts)


@app.report(
    "parts", help=N_("What a product is made of, down to the last part."), example="salescli product parts SET-1", rules=("PRD-08",)
)
def parts(r: "Reader", product: ProductArgument) -> "Report":
    from salescli.product.reads_file import parts

    return parts(r, product)


@app.write(
    "label-data",
    help=N_("Note what the label of bulk goods says; the shelf life stands in the product's file."),
    example=(
        'salescli product label-data NUTS --ingredients "walnuts, salt" --storage dry --usage "ready to eat"',
        'salescli product label-data NUTS --maker "Fu Foods" --maker-contact 010-66881234',
    ),
    rules=("PRD-05",),
    right="product.edit",
)
def label_data(
    w: "Writer",
    product: ProductArgument,
    ingredients: Annotated[str | None, typer.Option("--ingredients", metavar=N_("TEXT"), help=N_("What is in it."))] = None,
    storage: Annotated[str | None, typer.Option("--storage", metavar=N_("TEXT"), help=N_("How to keep it."))] = None,
    usage: Annotated[str | None, typer.Option("--usage", metavar=N_("TEXT"), help=N_("How to eat or use it."))] = None,
    maker: Annotated[str | None, typer.Option("--maker", metavar=N_("NAME"), help=N_("Who makes it."))] = None,
    maker_contact: Annotated[str | None, typer.Option("--maker-contact", metavar=N_("TEXT"), help=N_("Where he is reached."))] = None,
) -> "Done":
    from salescli.product import actions_file

    fields = {"ingredients": ingredients, "storage": storage, "usage": usage, "maker": maker, "maker_contact": maker_contact}
    return actions_file.set_label(w, product, fields)


@app.plain(
    "label",
    help=N_(
        "Print the label of bulk goods, one for each piece.\n\n"
        "Nothing is printed while a field is empty or the goods are past their shelf life."
    ),
    example=("salescli product label NUTS --made 2026-10-20 --copies 12", "salescli product label NUTS --made 2026-10-20 -o label.pdf"),
    rules=("PRD-05",),
)
def label(
    product: ProductArgument,
    made: Annotated[date | None, option("day", "--made", help=N_("The day the goods were made."))] = None,
    copies: Annotated[int, typer.Option("--copies", min=1, max=1000, help=N_("How many labels."))] = 1,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar=N_("FILE"), help=N_("Write one to a file: .html, .pdf or .docx."))
    ] = None,
) -> None:
    from salescli.product.labels import print_labels

    print_labels(product, made, copies, output)


@app.write(
    "licence",
    help=N_("Enter a licence, permit or training; you are reminded before it expires."),
    example='salescli product licence "Food permit" --kind food_permit --number JY1110 --holder 何静 --until 2027-03-31',
    rules=("PRD-07",),
    right="product.edit",
)
def licence(
    w: "Writer",
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("What it is called."))],
    until: Annotated[date, option("day", "--until", help=N_("The last day it is valid."))],
    kind: Annotated[
        Literal["business_licence", "food_permit", "safety_training", "entry_permit", "other_licence"],
        typer.Option("--kind", help=N_("What kind of paper.")),
    ] = "other_licence",
    paper_no: Annotated[str | None, typer.Option("--number", metavar=N_("NUMBER"), help=N_("The number on the paper."))] = None,
    holder: Annotated[str | None, typer.Option("--holder", metavar=N_("NAME"), help=N_("Who holds it: person, shop, supplier."))] = None,
    authority: Annotated[str | None, typer.Option("--authority", metavar=N_("NAME"), help=N_("Who gave it."))] = None,
    since: Annotated[date | None, option("day", "--from", help=N_("The first day it is valid."))] = None,
    sku: Sku = None,
    staff: StaffWho = None,
    note: Note = None,
) -> "Done":
    from salescli.product import actions_file

    paper = actions_file.Paper(name, until, kind, paper_no, holder, authority, sku, staff, since, note)
    return actions_file.add_licence(w, paper)


@app.write(
    "renew",
    help=N_("Note that a licence was renewed, or is needed no more."),
    example=("salescli product renew LC-202611-0001 --until 2028-03-31", "salescli product renew LC-202611-0001 --close"),
    rules=("PRD-07",),
    right="product.edit",
)
def renew(
    w: "Writer",
    number: Annotated[str, typer.Argument(metavar=N_("DOCUMENT"), help=N_("Number of the licence."))],
    until: Annotated[date | None, option("day", "--until", help=N_("The last day it is valid."))] = None,
    paper_no: Annotated[str | None, typer.Option("--number", metavar=N_("NUMBER"), help=N_("The number on the paper."))] = None,
    close: Annotated[bool, typer.Option("--close", help=N_("It is needed no more."))] = False,
) -> "Done":
    from salescli.product import actions_file

    return actions_file.renew(w, number, until, paper_no, close=close)


@app.report(
    "licences",
    help=N_("Licences in force, the first to expire first."),
    example=("salescli product licences", "salescli product licences --due --exit-code"),
    rules=("PRD-07",),
    exit_code_rows=True,
)
def licences(
    r: "Reader",
    due: Annotated[bool, typer.Option("--due", help=N_("Only those that expire soon, or have."))] = False,
    as_of: AsOf = None,
) -> "Report":
    from salescli.product.reads_file import licences

    return licences(r, as_of or r.today, due=due)


@app.write(
    "display",
    help=N_("Note that a display was set up or refreshed today."),
    example='salescli product display "shop window" --note "toners by price, new items in front"',
    rules=("PRD-02",),
    right="product.file",
)
def display(
    w: "Writer",
    place: Annotated[str, typer.Argument(metavar=N_("PLACE"), help=N_("Which display."))],
    note: Note = None,
    staff: StaffWho = None,
) -> "Done":
    from salescli.product import actions_file

    return actions_file.display(w, place, note, staff)


@app.report("displays", help=N_("Displays, and when each is due again."), example="salescli product displays", rules=("PRD-02",))
def displays(r: "Reader") -> "Report":
    from salescli.product.reads_file import displays

    return displays(r)


@app.report("new", help=N_("New items to stress in the shop."), example="salescli product new", rules=("PRD-02",))
def new(r: "Reader") -> "Report":
    from salescli.product.reads_file import new_items

    return new_items(r)


@app.write(
    "suggest",
    help=N_("Note what somebody suggests for the range."),
    example='salescli product suggest "customers ask for a bigger box" --sku TN2325 --customer 华信科技',
    rules=("PRD-04",),
    right="product.file",
)
def suggest(
    w: "Writer",
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What is suggested."))],
    sku: Sku = None,
    customer: Annotated[str | None, typer.Option("--customer", metavar=N_("NAME"), help=N_("Who said it."))] = None,
) -> "Done":
    from salescli.product import actions_file

    return actions_file.suggest(w, text, sku, customer)


@app.write(
    "answer",
    help=N_("Say what becomes of a suggestion."),
    example=(
        'salescli product answer PS-202611-0001 "from January on" --take-up',
        'salescli product answer PS-202611-0002 "too few ask" --decline',
    ),
    rules=("PRD-04",),
    right="product.edit",
)
def answer(
    w: "Writer",
    number: Annotated[str, typer.Argument(metavar=N_("DOCUMENT"), help=N_("Number of the suggestion."))],
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What becomes of it."))],
    taken_up: Annotated[bool, typer.Option("--take-up/--decline", help=N_("Taken up, or declined."))] = False,
) -> "Done":
    from salescli.product import actions_file

    return actions_file.answer(w, number, text, taken_up=taken_up)


@app.report(
    "suggestions",
    help=N_("What people suggest for the range, newest first."),
    example="salescli product suggestions --open",
    rules=("PRD-04",),
)
def suggestions(
    r: "Reader", unanswered: Annotated[bool, typer.Option("--open", help=N_("Only those nobody answered."))] = False
) -> "Report":
    from salescli.product.reads_file import suggestions

    return suggestions(r, unanswered=unanswered)


@app.report(
    "movers",
    help=N_("Products by what was sold: fast, steady, slow."),
    example=("salescli product movers --period 2026-Q3", "salescli product movers --pace slow --period 2026"),
    rules=("PRD-04",),
)
def movers(
    r: "Reader",
    period: PeriodOption = THIS_MONTH,
    pace: Annotated[Literal["fast", "steady", "slow"] | None, typer.Option("--pace", help=N_("Only these."))] = None,
) -> "Report":
    from salescli.product.reads_file import movers

    return movers(r, period, pace)
