"""Commands of the group `product`: what the office sells."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import Group, ProductArgument, option
from salescli.core.commands_options import LIMIT, SORT
from salescli.core.i18n import N_
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("product")

Category = Annotated[str | None, typer.Option("--category", metavar=N_("CATEGORY"), help=N_("Category."))]
Spec = Annotated[str | None, typer.Option("--spec", metavar=N_("TEXT"), help=N_("Specification, as in A4 80 g."))]
Unit = Annotated[str | None, typer.Option("--unit", metavar=N_("UNIT"), help=N_("Unit of measure, as in piece or box."))]
Barcode = Annotated[str | None, typer.Option("--barcode", metavar=N_("NUMBER"), help=N_("Barcode."))]
Cost = Annotated[int | None, option("price", "--cost", help=N_("What one unit costs the office."))]
TaxRate = Annotated[int | None, option("rate", "--tax-rate", help=N_("Tax rate in per cent, as in 13."))]
Floor = Annotated[int | None, option("price", "--floor-price", help=N_("Lowest unit price allowed."))]
Pack = Annotated[
    str | None, typer.Option("--pack", metavar=N_("UNIT=QTY"), help=N_("One larger unit and how many base units it holds: box=12."))
]
Volume = Annotated[int | None, option("quantity", "--volume", help=N_("Litres of one base unit."))]
Weight = Annotated[int | None, option("quantity", "--weight", help=N_("Kilograms of one base unit."))]
Life = Annotated[
    Literal["introduced", "growing", "mature", "declining", "ended"] | None, typer.Option("--life", help=N_("Where it stands in its life."))
]
Channels = Annotated[
    str | None, typer.Option("--channels", metavar=N_("A,B"), help=N_("The only channels it is sold on, as in online,wedding."))
]
New = Annotated[bool | None, typer.Option("--new/--not-new", help=N_("A new item: stressed in the shop."))]
NoDiscount = Annotated[bool | None, typer.Option("--no-discount/--discount", help=N_("Promotions never cut its price."))]
Gift = Annotated[bool | None, typer.Option("--gift/--no-gift", help=N_("It may be given away by a promotion."))]
Batches = Annotated[bool | None, typer.Option("--batches/--no-batches", help=N_("Its stock is kept by batch and expiry."))]
ShelfDays = Annotated[int | None, typer.Option("--shelf-days", min=1, metavar=N_("DAYS"), help=N_("Days from made to expired."))]
Owner = Annotated[str | None, typer.Option("--owner", metavar=N_("STAFF"), help=N_("Who plans what it gets instead of price cuts."))]
Function = Annotated[str | None, typer.Option("--function", metavar=N_("TEXT"), help=N_("What it does."))]
Features = Annotated[str | None, typer.Option("--features", metavar=N_("TEXT"), help=N_("Its features."))]
Strengths = Annotated[str | None, typer.Option("--strengths", metavar=N_("TEXT"), help=N_("Why it is better than others."))]
Note = Annotated[str | None, typer.Option("--note", metavar=N_("TEXT"), help=N_("A remark kept with it."))]
Clear = Annotated[list[str] | None, typer.Option("--clear", metavar=N_("FIELD"), help=N_("Empty this field; may be repeated."))]


class Said(NamedTuple):
    """What a product's file says, as typed; named like the columns."""

    category: Category = None
    spec: Spec = None
    unit: Unit = None
    barcode: Barcode = None
    cost: Cost = None
    tax_rate: TaxRate = None
    floor_price: Floor = None
    pack: Pack = None
    volume: Volume = None
    weight: Weight = None
    life_state: Life = None
    channels: Channels = None
    is_new: New = None
    no_discount: NoDiscount = None
    is_gift: Gift = None
    batch_tracked: Batches = None
    shelf_days: ShelfDays = None
    owner: Owner = None
    function: Function = None
    features: Features = None
    strengths: Strengths = None
    note: Note = None


NOTHING = Said()


@app.write(
    "add",
    help=N_("Enter a product with its first price."),
    example='salescli product add TN2325 "Toner TN-2325" --category Toner --unit piece --list-price 128 --cost 90 --tax-rate 13',
    rules=("PRD-01",),
    right="product.edit",
)
def add(
    w: "Writer",
    sku: Annotated[str, typer.Argument(metavar=N_("SKU"), help=N_("Article number, used in every command."))],
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("Name, as on the invoice."))],
    list_price: Annotated[int | None, option("price", "--list-price", help=N_("Unit price of the price list."))] = None,
    said: Said = NOTHING,
) -> "Done":
    from salescli.product import actions

    return actions.add(w, sku, name, {**said._asdict(), "list_price": list_price})


@app.report(
    "list",
    help=N_("Products with their prices."),
    example=("salescli product list", "salescli product list toner --category Toner"),
    rules=("PRD-01",),
)
def list_(
    r: "Reader",
    text: Annotated[
        str | None, typer.Argument(metavar=N_("TEXT"), help=N_("Only SKUs, names, specifications, barcodes that hold this."))
    ] = None,
    category: Annotated[str | None, typer.Option("--category", metavar=N_("CATEGORY"), help=N_("Only this category."))] = None,
    inactive: Annotated[bool, typer.Option("--inactive", help=N_("Also those no longer sold."))] = False,
    sort: SORT = None,
    limit: LIMIT = None,
) -> "Report":
    from salescli.product.reads import Wanted, listing

    return listing(r, Wanted(text, category, inactive), None if sort else limit)


@app.report("show", help=N_("One product's file."), example="salescli product show TN2325", rules=("PRD-01",))
def show(r: "Reader", product: ProductArgument) -> "Report":
    from salescli.product.reads import detail

    return detail(r, product)


@app.write(
    "edit",
    help=N_(
        "Change a product's file.\n\n"
        "The first list price may be typed in where there is none; later ones are requested and approved (rule PRC-03)."
    ),
    example=("salescli product edit TN2325 --unit box --floor-price 115", "salescli product edit TN2325 --off"),
    rules=("PRD-01", "PRC-03"),
    right="product.edit",
)
def edit(
    w: "Writer",
    product: ProductArgument,
    name: Annotated[str | None, typer.Option("--name", metavar=N_("NAME"), help=N_("Name, as on the invoice."))] = None,
    list_price: Annotated[int | None, option("price", "--list-price", help=N_("First unit price, where there is none yet."))] = None,
    said: Said = NOTHING,
    active: Annotated[bool | None, typer.Option("--on/--off", help=N_("Sold from now on, or no longer."))] = None,
    clear: Clear = None,
) -> "Done":
    from salescli.product import actions

    file = {**said._asdict(), "name": name, "list_price": list_price, "active": active}
    return actions.edit(w, product, file, clear=clear or ())
