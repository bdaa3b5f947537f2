"""Lines as people type them: `TN2325=10@128.00 DRUM-23=2` (CLI.md §1), and the same from a CSV file or a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.errors import Kind, Problem, SalesError, fail, problem, raise_if
from salescli.core.i18n import N_, msg
from salescli.core.money import parse_price, parse_quantity
from salescli.core.record import NamedTuple
from salescli.core.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class TypedLine(NamedTuple):
    """A line as typed: SKU, signed quantity in 1/1,000, price in 1/10,000, batch and unit where one was given.

    With a unit, quantity and price are those of that unit: `product.units.in_base` turns them into the base unit's.
    """

    sku: str
    quantity: int
    price: int | None = None
    batch: str | None = None
    unit: str | None = None


def parse_line(text: str, *, batches: bool = False) -> TypedLine:
    """One `SKU=QTY[UNIT][@PRICE]`; with `batches` `#BATCH` may follow. Raises SalesError (usage, exit 2) saying what is wrong with it."""
    if batches and "#" in text.rpartition("=")[2]:
        goods, _hash, batch = text.rpartition("#")
        return parse_line(goods)._replace(batch=batch.strip() or None)
    sku, equals, rest = text.rpartition("=")
    if not equals or not sku.strip():
        why = N_('"{typed}" is no line: write SKU=QTY or SKU=QTY@PRICE')
        fail("bad_line", why, kind=Kind.USAGE, hint=N_("for example TN2325=10@128.00"), typed=text)
    typed, at, price = rest.partition("@")
    try:
        quantity, unit = _measured(typed)
        return TypedLine(sku.strip(), quantity, parse_price(price) if at else None, unit=unit)
    except Unreadable as error:
        fail("bad_line_figure", N_('"{typed}": {why}'), kind=Kind.USAGE, typed=text, why=error.message)


def _measured(text: str) -> tuple[int, str | None]:
    """A quantity and the unit written behind it: `2箱`, `10 box`."""
    figures = text.rstrip()
    while figures and not figures[-1].isdigit():
        figures = figures[:-1]
    unit = text[len(figures) :].strip()
    return (parse_quantity(figures), unit) if figures and unit[:1].isalpha() else (parse_quantity(text), None)


def parse_lines(texts: Sequence[str], file: Path | None = None, *, batches: bool = False) -> list[TypedLine]:
    """All lines, from the command line and from a file (columns sku, quantity, price, batch). Raises SalesError with every bad one."""
    found: list[TypedLine] = []
    problems: list[Problem] = []
    for text, row in [*((text, None) for text in texts), *(_from_file(file) if file else ())]:
        try:
            found.append(parse_line(text, batches=batches))
        except SalesError as error:
            problems += [_in_row(p, file, row) if file and row else p for p in error.problems]
    if more := problems[MOST_TOLD:]:
        problems[MOST_TOLD:] = [problem("more_lines", N_("and {more:,} more"), kind=Kind.USAGE, more=len(more))]
    raise_if(problems)
    if not found:
        raise SalesError([problem("no_lines", N_("no lines were given"), kind=Kind.USAGE, hint=N_("for example TN2325=10@128.00"))])
    return found


MOST_TOLD = 10
"""Bad lines named one by one: a file that holds something else altogether has a thousand."""


def _in_row(found: Problem, file: Path, row: int) -> Problem:
    """What is wrong with a line of a file, with its place; nobody typed it as it is quoted."""
    text = N_("{file}, row {row}: {why}; the columns are sku, quantity, price, batch")
    return found._replace(message=msg(text, file=file.name, row=row, why=found.message))


HEADERS = {
    "sku": ("sku", "货号", "编码", "商品编码", "产品编码"),
    "quantity": ("quantity", "qty", "数量"),
    "price": ("price", "unit_price", "单价", "价格"),
    "batch": ("batch", "批次", "批号"),
}
"""Columns of a file of lines, and the headers they go by."""


def _from_file(file: Path) -> list[tuple[str, int]]:
    """The rows of a CSV file or workbook as typed lines, and their numbers.

    Under a header its columns stand in any order and others are passed over; without one they are sku, quantity, price, batch.
    """
    from salescli.core.jobs_files import load, rows

    found = [([cell.strip() for cell in row], number) for number, row in enumerate(rows(load(str(file))), 1) if any(map(str.strip, row))]
    places = _places(found[0][0]) if found else {}
    if "sku" not in places:
        return [(_as_typed(row[:4]), number) for row, number in found]
    if "quantity" not in places:
        fail("no_quantities", N_("{file} has no column of quantities"), kind=Kind.USAGE,
             hint=N_("its header names sku, quantity and, where wanted, price and batch"), file=file.name)  # fmt: skip
    wanted = [places.get(key) for key in HEADERS]
    return [(_as_typed([row[i] if i is not None and i < len(row) else "" for i in wanted]), number) for row, number in found[1:]]


def _places(row: Sequence[str]) -> dict[str, int]:
    """Where the columns of a header stand."""
    names = {name: key for key, aliases in HEADERS.items() for name in aliases}
    known = [(names.get(cell.lstrip("\ufeff").strip("* ").lower()), i) for i, cell in enumerate(row)]
    return {key: i for key, i in reversed(known) if key}


def _as_typed(row: Sequence[str]) -> str:
    sku, quantity, price, batch = (*row[:4], *[""] * (4 - len(row[:4])))
    return f"{sku}={quantity}" + (f"@{price}" if price else "") + (f"#{batch}" if batch else "")
