"""Commands of the group `import`: one per kind of file."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import Group
from salescli.core.i18n import N_, _, msg
from salescli.transfer.kinds import KINDS, kind

if TYPE_CHECKING:
    from salescli.core.report import Done
    from salescli.core.writer import Writer

app = Group("import")

File = Annotated[str, typer.Argument(metavar=N_("FILE"), help=N_("CSV (UTF-8, UTF-16, GB18030), XLSX or XLS; - reads standard input."))]
Map = Annotated[
    str | None, typer.Option("--map", metavar="A=B,…", help=N_('Names columns: "客户名称=name,备注="; nothing after = leaves one out.'))
]
Sheet = Annotated[
    str | None, typer.Option("--sheet", metavar=N_("SHEET"), help=N_("Sheet of a workbook, by name or number (default: the first)."))
]
Update = Annotated[bool, typer.Option("--update", help=N_("Rows known with other values: take the file's."))]
Errors = Annotated[
    str | None, typer.Option("--errors", metavar=N_("FILE"), help=N_("Write faulty rows here, each with its reasons (CSV or XLSX)."))
]
Create = Annotated[bool, typer.Option("--create", help=N_("Make missing customers, products or warehouses from the row."))]
Split = Annotated[bool, typer.Option("--split", help=N_("Each order number, customer and date is an order of its own: NUMBER, NUMBER/2."))]


def columns_of(name: str) -> list[tuple[str, Sequence[tuple[str, str]]]]:
    """The columns of a kind for its help page, required ones first."""
    layout = kind(name).layout
    either = {key for group in layout.either for key in group}
    ordered = sorted(layout.columns, key=lambda c: (not c.required, c.key not in either))
    rows = []
    for column in ordered:
        also = msg(N_("Also: {aliases}."), aliases=list(column.aliases)).render() if column.aliases else ""
        rows.append((f"{column.key} *" if column.required else column.key, f"{_(column.help)} {also}".strip()))
    return [(_(N_("Columns (* required):")), rows)]


def _declare(name: str) -> None:
    place = KINDS[name]

    def run(w: "Writer", file: File, mapping: Map = None, sheet: Sheet = None, update: Update = False, errors: Errors = None) -> "Done":
        from salescli.core.jobs import Options
        from salescli.transfer.actions import import_file

        return import_file(w, name, file, Options(update=update), mapping=mapping, sheet=sheet, errors=errors)

    example = f"salescli import {name} {name}.csv"
    app.write(name, help=place.line, example=(example, f"{example} --errors faults.csv"), rules=("DAT-02",), right=place.right,
              sections=lambda: columns_of(name))(run)  # fmt: skip


SIMPLE = ("staff", "customers", "suppliers", "supplier-prices", "contacts", "visits", "products", "prices", "receivables", "receipts")
for _name in SIMPLE:
    _declare(_name)


@app.write(
    "stock",
    help=KINDS["stock"].line,
    example=("salescli import stock stock.csv", "salescli import stock stock.xlsx --create --update"),
    rules=("DAT-02", "STK-02"),
    right=KINDS["stock"].right,
    sections=lambda: columns_of("stock"),
)
def stock(
    w: "Writer", file: File, mapping: Map = None, sheet: Sheet = None, update: Update = False, create: Create = False, errors: Errors = None
) -> "Done":
    from salescli.core.jobs import Options
    from salescli.transfer.actions import import_file

    return import_file(w, "stock", file, Options(update=update, create=create), mapping=mapping, sheet=sheet, errors=errors)


@app.write(
    "leads",
    help=KINDS["leads"].line,
    example=("salescli import leads leads.csv", "salescli import leads leads.xlsx --create --update"),
    rules=("DAT-02", "LED-01"),
    right=KINDS["leads"].right,
    sections=lambda: columns_of("leads"),
)
def leads(
    w: "Writer",
    file: File,
    mapping: Map = None,
    sheet: Sheet = None,
    update: Update = False,
    create: Annotated[bool, typer.Option("--create", help=N_("Add unknown sources to the office's own."))] = False,
    errors: Errors = None,
) -> "Done":
    from salescli.core.jobs import Options
    from salescli.transfer.actions import import_file

    return import_file(w, "leads", file, Options(update=update, create=create), mapping=mapping, sheet=sheet, errors=errors)


@app.write(
    "orders",
    help=KINDS["orders"].line,
    example=("salescli import orders orders.csv", "salescli import orders shop.xls --create --split --errors faults.xlsx"),
    rules=("DAT-02",),
    right=KINDS["orders"].right,
    sections=lambda: columns_of("orders"),
)
def orders(
    w: "Writer",
    file: File,
    mapping: Map = None,
    sheet: Sheet = None,
    update: Update = False,
    create: Create = False,
    split: Split = False,
    errors: Errors = None,
) -> "Done":
    from salescli.core.jobs import Options
    from salescli.transfer.actions import import_file

    return import_file(w, "orders", file, Options(update, create, split), mapping=mapping, sheet=sheet, errors=errors)


@app.write(
    "returns",
    help=KINDS["returns"].line,
    example=("salescli import returns returns.csv", "salescli import returns shop.xls --sheet 退货 --partial --errors faults.csv"),
    rules=("DAT-02", "ORD-15"),
    right=KINDS["returns"].right,
    sections=lambda: columns_of("returns"),
)
def returns(
    w: "Writer",
    file: File,
    mapping: Map = None,
    sheet: Sheet = None,
    partial: Annotated[
        bool, typer.Option("--partial", help=N_("Take in the rows that are clear; name the others and leave them out."))
    ] = False,
    errors: Errors = None,
) -> "Done":
    from salescli.core.jobs import Options
    from salescli.transfer.actions import import_file

    return import_file(w, "returns", file, Options(partial=partial), mapping=mapping, sheet=sheet, errors=errors)
