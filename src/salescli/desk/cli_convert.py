"""`quote convert` and `contract order`: the next document without retyping."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import Group, option
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.report import Done
    from salescli.core.writer import Writer

app = Group("convert")

Promised = Annotated[date | None, option("day", "--promised", help=N_("Day the goods are promised for."))]


@app.write(
    "convert",
    help=N_("Make a contract or an order of a confirmed quote, without typing it again."),
    example=("salescli quote convert QU-202611-0001", "salescli quote convert QU-202611-0001 --to order --promised 2026-11-20"),
    rules=("QUO-06", "CTR-10"),
    right="quote.edit",
)
def convert(
    w: "Writer",
    quote: Annotated[str, typer.Argument(metavar=N_("QUOTE"), help=N_("Number of the quote."))],
    to: Annotated[Literal["contract", "order"], typer.Option("--to", help=N_("What to make of it."))] = "contract",
    kind: Annotated[
        Literal["sale", "wholesale", "dealer", "partner", "supply"], typer.Option("--kind", help=N_("What is agreed."))
    ] = "sale",
    promised: Promised = None,
) -> "Done":
    from salescli.contract.states import ContractKind
    from salescli.desk import actions_convert

    if to == "order":
        return actions_convert.quote_to_order(w, quote, promised)
    return actions_convert.quote_to_contract(w, quote, ContractKind(kind))


@app.write(
    "order",
    help=N_("Make an order of what a signed contract still has to give, or of a part of it."),
    example=("salescli contract order CT-202611-0001", "salescli contract order CT-202611-0001 TN2325=40 --promised 2026-12-01"),
    rules=("QUO-06", "CTR-06"),
    right="contract.edit",
)
def order(
    w: "Writer",
    contract: Annotated[str, typer.Argument(metavar=N_("CONTRACT"), help=N_("Number of the contract."))],
    lines: Annotated[
        list[str] | None, typer.Argument(metavar="SKU=QTY…", help=N_("A part of the goods (default: all that is left)."))
    ] = None,
    promised: Promised = None,
) -> "Done":
    from salescli.desk import actions_convert
    from salescli.quote.typed import wanted

    return actions_convert.contract_to_order(w, contract, wanted(w.reader, lines, None) if lines else [], promised)
