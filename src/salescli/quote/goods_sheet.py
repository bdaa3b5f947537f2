"""The goods of a paper for the customer: one table for quote, contract, order and delivery note (QUO-03, CTR-03, ORD-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.i18n import N_, _, msg
from salescli.core.money import amount_text, grouped, line_amount, price_text, quantity_text
from salescli.core.printing import Sheet, capitals
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Goods(NamedTuple):
    """A line as the customer sees it; quantity 1/1,000, unit price 1/10,000, amounts 1/100, without tax in a book of net prices.

    `reduced`: something was taken off quantity times unit price; `gift`: it costs nothing.
    """

    line_no: int
    sku: str
    name: str
    spec: str | None
    unit: str | None
    quantity: int
    unit_price: int
    amount: int
    reduced: bool = False
    gift: bool = False

    @property
    def off(self) -> int:
        """What was taken off, in 1/100."""
        return line_amount(self.quantity, self.unit_price) - self.amount if self.reduced else 0


def money(amount: int) -> str:
    """An amount as it stands on a paper."""
    return grouped(amount_text(amount))


class _Column(NamedTuple):
    """A column: its head, what stands on each line, below all of them; figures stand right."""

    head: str
    cells: Sequence[str]
    total: str = ""
    tax: str = ""
    figures: bool = False


def goods_sheet(lines: Sequence[Goods], total: int, tax: int = 0, *, priced: bool = True) -> Sheet:
    """The table with its total in figures and in capitals; the tax of net prices has a line of its own.

    What was taken off has a column where anything was. Quantities are added up only where all are of one unit.
    """
    columns = [*_goods(lines), *(_prices(lines, total, tax) if priced else [])]
    rows = [*zip(*(column.cells for column in columns), strict=True), *([[column.tax for column in columns]] if priced and tax else [])]
    closing = msg(N_("Total in capitals: {capitals}"), capitals=capitals(total)).render() if priced else ""
    sums = [column.total for column in columns]
    heads, figures = [column.head for column in columns], [column.figures for column in columns]
    return Sheet(heads, rows, figures, sums if any(sums[3:]) else (), closing=closing)


def _goods(lines: Sequence[Goods]) -> list[_Column]:
    """What is sold; specification and unit only where some line has one."""
    pieces = quantity_text(sum(x.quantity for x in lines)) if len({x.unit for x in lines}) == 1 else ""
    columns = [
        _Column(_(N_("No.")), [str(no) for no, _line in enumerate(lines, 1)]),
        _Column(_(N_("SKU")), [x.sku for x in lines]),
        _Column(_(N_("Product")), [_name(x) for x in lines], _(N_("Total")), _(N_("Tax"))),
        _Column(_(N_("Specification")), [x.spec or "" for x in lines]),
        _Column(_(N_("Quantity")), [quantity_text(x.quantity) for x in lines], pieces, figures=True),
        _Column(_(N_("Unit")), [x.unit or "" for x in lines]),
    ]
    return [column for column in columns if any(column.cells)]


def _name(line: Goods) -> str:
    return msg(N_("{name} (gift)"), name=line.name).render() if line.gift else line.name


def _prices(lines: Sequence[Goods], total: int, tax: int) -> list[_Column]:
    off = [money(x.off) if x.off else "" for x in lines]
    columns = [
        _Column(_(N_("Unit price")), [grouped(price_text(x.unit_price)) for x in lines], figures=True),
        _Column(_(N_("Discount")), off, money(sum(x.off for x in lines)), figures=True),
        _Column(_(N_("Amount")), [money(x.amount) for x in lines], money(total), money(tax), figures=True),
    ]
    return columns if any(off) else [columns[0], columns[2]]
