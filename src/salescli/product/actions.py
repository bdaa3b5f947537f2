"""Writes of a product's file (PRD-01); its list price is typed in once, later ones are approved (PRC-03)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core import changes
from salescli.core.errors import Problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find
from salescli.core.phonetic import pinyin
from salescli.core.report import Change, Done
from salescli.core.text import NOTE, clean, clean_code, clean_or_none
from salescli.product import reads, rules
from salescli.product.tables import Product

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from salescli.core.writer import Writer

FIELDS: dict[str, changes.Read] = {
    "name": lambda text: clean(text, C_("name")),
    "category": changes.line(C_("category"), 80),
    "spec": changes.line(C_("spec")),
    "unit": changes.line(C_("unit_of_measure"), 20),
    "barcode": lambda text: clean_code(text, C_("barcode"), 60) if text.strip() else None,
    "note": lambda text: clean_or_none(text, C_("note"), NOTE, lines=True),
}
UNITS = {**dict.fromkeys(rules.PRICES, "price"), C_("tax_rate"): "percent"}
CLEARABLE = (*[name for name in FIELDS if name != "name"], "cost", "floor_price", "tax_rate")


def add(w: Writer, sku: str, name: str, file: Mapping[str, Any]) -> Done:
    """Enter a product with its first price. PRD-01.

    Raises SalesError: 2 no good text or a negative price, 4 a SKU or barcode another product has, a floor above the list price.
    """
    wanted = clean_code(sku, C_("sku"), 60)
    values = changes.read_fields({"name": name, **file}, FIELDS)
    problems = [*_check(w, values, None), *rules.check_taken("sku", wanted, reads.holder(w.reader, "sku", wanted, None))]
    raise_if(problems)
    row = w.add(Product(sku=wanted, pinyin=pinyin(values["name"]), **values))
    w.document = wanted
    return Done(
        msg(N_("product {sku} {name} is entered"), sku=wanted, name=row.name),
        document=wanted,
        next=(f"salescli product show {wanted}",),
        warnings=tuple(rules.warn_cost(wanted, row.list_price, row.cost)),
    )


def edit(w: Writer, reference: str, file: Mapping[str, Any], *, clear: Sequence[str] = ()) -> Done:
    """Change a product's file; a list price only where there is none yet. PRD-01, PRC-03.

    Raises SalesError: 2 no good text or a negative price, 3 no such product, 4 against PRC-03 or as `add` does.
    """
    row = w.get(Product, find(w.reader, "product", reference).id)
    values = changes.read_fields(file, FIELDS) | changes.cleared(clear, CLEARABLE)
    problems = rules.check_list_price(row.sku, row.list_price, values.get("list_price", row.list_price))
    raise_if([*problems, *_check(w, values, row)])
    if "name" in values:
        values["pinyin"] = pinyin(values["name"])
    found = [change for change in changes.apply(row, values, UNITS) if change.field != "pinyin"]
    w.session.flush()
    w.document = row.sku
    text = N_("product {sku} {name} is changed") if found else N_("product {sku} {name}: nothing to change")
    return Done(
        msg(text, sku=row.sku, name=row.name),
        document=row.sku,
        changes=tuple(_named(change) for change in found),
        next=(f"salescli product show {row.sku}",),
        warnings=tuple(rules.warn_cost(row.sku, row.list_price, row.cost)) if {"list_price", "cost"} & {c.field for c in found} else (),
    )


def _check(w: Writer, values: Mapping[str, Any], row: Product | None) -> list[Problem]:
    after = {name: values.get(name, getattr(row, name) if row else None) for name in ("list_price", "floor_price")}
    problems = [*changes.negative(values, UNITS), *rules.check_tax(values.get("tax_rate"))]
    problems += rules.check_floor(after["list_price"], after["floor_price"])
    barcode = values.get("barcode")
    if barcode and (row is None or barcode != row.barcode):
        problems += rules.check_taken("barcode", barcode, reads.holder(w.reader, "barcode", barcode, row.id if row else None))
    return problems


def _named(change: Change) -> Change:
    """A product's unit is one of measure; people's unit is a department."""
    return change._replace(field="unit_of_measure") if change.field == "unit" else change
