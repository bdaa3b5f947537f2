"""Commands of the group `purchase supplier`."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import THIS_MONTH, AsOf, Group, Note, PeriodOption, option
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("supplier")

SupplierArgument = Annotated[str, typer.Argument(metavar=N_("SUPPLIER"), help=N_("Supplier: code, name or part of it."))]
Contact = Annotated[str | None, typer.Option("--contact", metavar=N_("NAME"), help=N_("Whom to talk to."))]
Phone = Annotated[str | None, typer.Option("--phone", metavar=N_("PHONE"), help=N_("Telephone number."))]
TaxNo = Annotated[str | None, typer.Option("--tax-no", metavar=N_("NUMBER"), help=N_("Tax number."))]
PayDays = Annotated[int | None, typer.Option("--pay-days", min=0, max=3650, help=N_("Days from receipt to payment."))]


@app.write(
    "add",
    help=N_("Enter a supplier."),
    example="salescli purchase supplier add 兄弟中国 --contact 赵蕾 --phone 02158889999 --pay-days 30",
    rules=("STK-06",),
    right="purchase.edit",
)
def add(
    w: "Writer",
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("Full name, as on the invoice."))],
    code: Annotated[str | None, typer.Option("--code", metavar=N_("CODE"), help=N_("Code of your own (default: the next number)."))] = None,
    contact: Contact = None,
    phone: Phone = None,
    tax_no: TaxNo = None,
    pay_days: PayDays = None,
    note: Note = None,
) -> "Done":
    from salescli.purchase import actions

    return actions.add_supplier(w, name, code, {"contact": contact, "phone": phone, "tax_no": tax_no, "pay_days": pay_days, "note": note})


@app.report("list", help=N_("Suppliers."), example="salescli purchase supplier list", rules=("STK-06",))
def list_(
    r: "Reader", inactive: Annotated[bool, typer.Option("--all", help=N_("Those no longer bought from as well."))] = False
) -> "Report":
    from salescli.purchase.reads import suppliers

    return suppliers(r, inactive=inactive)


@app.report(
    "show",
    help=N_("A supplier and what was bought there, with the last price."),
    example="salescli purchase supplier show S0001",
    rules=("STK-06",),
)
def show(r: "Reader", supplier: SupplierArgument) -> "Report":
    from salescli.purchase import reads

    return reads.supplier(r, supplier)


@app.write(
    "edit",
    help=N_("Change a supplier's file."),
    example="salescli purchase supplier edit S0001 --pay-days 45",
    rules=("STK-06",),
    right="purchase.edit",
)
def edit(
    w: "Writer",
    supplier: SupplierArgument,
    name: Annotated[str | None, typer.Option("--name", metavar=N_("NAME"), help=N_("Full name."))] = None,
    contact: Contact = None,
    phone: Phone = None,
    tax_no: TaxNo = None,
    pay_days: PayDays = None,
    note: Note = None,
    active: Annotated[bool | None, typer.Option("--on/--off", help=N_("Bought from, or no longer."))] = None,
    clear: Annotated[list[str] | None, typer.Option("--clear", metavar=N_("FIELD"), help=N_("Empty this field; may be repeated."))] = None,
) -> "Done":
    from salescli.purchase import actions

    file = {"name": name, "contact": contact, "phone": phone, "tax_no": tax_no, "pay_days": pay_days, "note": note, "active": active}
    return actions.edit_supplier(w, supplier, file, clear or ())


@app.report(
    "report",
    help=N_("Suppliers in a period: punctuality, returns, money, what is still to come; a file to share with them."),
    example=("salescli purchase supplier report --period 2026", "salescli purchase supplier report --supplier S0001 -o s0001.xlsx"),
    rules=("STK-09",),
    right="payable.read",
)
def report(
    r: "Reader",
    period: PeriodOption = THIS_MONTH,
    supplier: Annotated[str | None, typer.Option("--supplier", metavar=N_("SUPPLIER"), help=N_("Only this supplier."))] = None,
) -> "Report":
    from salescli.purchase.reads import figures

    return figures(r, period, supplier)


OfferLines = Annotated[
    list[str], typer.Argument(metavar="SKU=QTY@PRICE…", help=N_("The price from that quantity on; with --end SKUs alone."))
]


@app.write(
    "offer",
    help=N_("Enter what a supplier asks for goods, larger quantities for less; a new day's price takes over from the standing one."),
    example=(
        "salescli purchase supplier offer S0001 TN2325=1@82 TN2325=50@78.50",
        "salescli purchase supplier offer S0001 TN2325=50@75 --from 2026-11-10 --to 2026-11-20",
        "salescli purchase supplier offer S0001 TN2325 --end",
    ),
    rules=("PRD-04",),
    right="purchase.edit",
)
def offer(
    w: "Writer",
    supplier: SupplierArgument,
    lines: OfferLines,
    first: Annotated[date | None, option("day", "--from", help=N_("First day (default: today); with --end the first day without."))] = None,
    last: Annotated[date | None, option("day", "--to", help=N_("Last day; it counts (default: until another price)."))] = None,
    end: Annotated[bool, typer.Option("--end", help=N_("These goods are no longer offered."))] = False,
) -> "Done":
    from salescli.core.lines import parse_lines
    from salescli.product.units import in_base
    from salescli.purchase import actions_prices

    if end:
        return actions_prices.end(w, supplier, lines, first)
    return actions_prices.offer(w, supplier, in_base(w.reader, parse_lines(lines)), first, last)


@app.report(
    "prices",
    help=N_("What suppliers ask, break by break, as of a day."),
    example=(
        "salescli purchase supplier prices S0001",
        "salescli purchase supplier prices --sku TN2325",
        "salescli purchase supplier prices --all",
    ),
    rules=("PRD-04",),
)
def prices(
    r: "Reader",
    supplier: Annotated[
        str | None, typer.Argument(metavar=N_("SUPPLIER"), help=N_("Supplier: code, name or part of it (default: all)."))
    ] = None,
    sku: Annotated[str | None, typer.Option("--sku", metavar=N_("SKU"), help=N_("Only this product: who asks least?"))] = None,
    as_of: AsOf = None,
    past: Annotated[bool, typer.Option("--all", help=N_("Prices that are over or still to come as well."))] = False,
) -> "Report":
    from salescli.purchase.reads_prices import prices

    return prices(r, supplier, sku, as_of, past=past)
