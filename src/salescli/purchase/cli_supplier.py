"""Commands of the group `purchase supplier`."""

from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import THIS_MONTH, Group, Note, PeriodOption
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
