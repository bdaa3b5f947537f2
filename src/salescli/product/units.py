"""A product's units: lines typed by the box are lines of its base unit (PRD-01)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_
from salescli.core.lookup import find
from salescli.core.money import divide, line_amount, quantity_text
from salescli.core.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salescli.core.lines import TypedLine
    from salescli.core.reader import Reader


def in_base(reader: Reader, lines: Iterable[TypedLine]) -> list[TypedLine]:
    """Lines as typed, each in the base unit of its product: two boxes of twelve at 1,500.00 are twenty-four at 125.00. PRD-01.

    Raises SalesError: 2 an unknown unit, a price that does not come out even; 3 an unknown product.
    """
    return [line if line.unit is None else _based(reader, line) for line in lines]


def _based(reader: Reader, line: TypedLine) -> TypedLine:
    product = find(reader, "product", line.sku)
    quantity, _base = in_base_unit(reader, product.id, line.quantity, line.unit)
    if line.price is None or quantity in (0, line.quantity):
        return line._replace(quantity=quantity, unit=None)
    price = divide(line.price * line.quantity, quantity)
    typed, made = line_amount(line.quantity, line.price), line_amount(quantity, price)
    if typed != made:
        text = N_("{sku}: {typed:amount} for {count:qty} {unit} gives no even price of one: {quantity:qty} x {price:price} = {made:amount}")
        hint = N_("type the price of one base unit: {sku}={of}@PRICE")
        fail("price_uneven", text, kind=Kind.USAGE, rule="PRD-01", hint=hint, sku=product.code, typed=typed, count=line.quantity,
             unit=line.unit, quantity=quantity, price=price, made=made, of=quantity_text(quantity))  # fmt: skip
    return line._replace(quantity=quantity, price=price, unit=None)


def in_base_unit(r: Reader, product_id: int, quantity: int, unit: str | None) -> tuple[int, str | None]:
    """A quantity in the product's base unit, and that unit's name; a typed unit is the base or the larger one. PRD-01.

    Raises SalesError (exit 2) for another unit.
    """
    sku, base, pack, ratio = r.tuples("SELECT sku, unit, pack_unit, pack_ratio FROM product WHERE id = :id", id=product_id)[0]
    if unit is not None and (base is None or folded(unit) != folded(base)):
        if pack is None or folded(unit) != folded(pack):
            units = [word for word in (base, pack) if word]
            text = N_("{sku} is sold by {units}, not by {unit}") if units else N_("{sku} has no unit {unit}: nobody has given it any")
            hint = N_("salescli product edit {sku} --pack {unit}=QTY enters a larger unit")
            fail("unknown_unit", text, kind=Kind.USAGE, rule="PRD-01", hint=hint, sku=sku, units=units, unit=unit)
        return divide(quantity * ratio, 1000), base
    return quantity, base
