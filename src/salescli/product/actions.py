"""Writes of a product's file (PRD-01); its list price is typed in once, later ones are approved (PRC-03)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core import changes
from salescli.core.errors import Kind, Problem, fail, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find
from salescli.core.money import parse_quantity
from salescli.core.phonetic import pinyin
from salescli.core.report import Change, Done
from salescli.core.text import NOTE, clean, clean_code, clean_or_none
from salescli.core.unreadable import Unreadable
from salescli.product import reads, rules, rules_file
from salescli.product.reads_price import list_price_on
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
    "pack_unit": changes.line(C_("pack_unit"), 20),
    "channels": lambda text: ", ".join(rules_file.channel_list(clean_or_none(text, C_("channels")))) or None,
    "function": lambda text: clean_or_none(text, C_("function"), NOTE, lines=True),
    "features": lambda text: clean_or_none(text, C_("features"), NOTE, lines=True),
    "strengths": lambda text: clean_or_none(text, C_("strengths"), NOTE, lines=True),
}
UNITS = {
    **dict.fromkeys(rules.PRICES, "price"), C_("tax_rate"): "percent", C_("pack_ratio"): "quantity", C_("volume"): "quantity",
    C_("weight"): "quantity",
}  # fmt: skip
CLEARABLE = (
    *[name for name in FIELDS if name != "name"], "cost", "floor_price", "tax_rate", "pack_ratio", "volume", "weight", "life_state",
    "shelf_days", "owner",
)  # fmt: skip


def add(w: Writer, sku: str, name: str, file: Mapping[str, Any]) -> Done:
    """Enter a product with its first price. PRD-01.

    Raises SalesError: 2 no good text or a negative price, 4 a SKU or barcode another product has, a floor above the list price.
    """
    wanted = clean_code(sku, C_("sku"), 60)
    values = _owned(w, changes.read_fields({"name": name, **_packed(file)}, FIELDS))
    problems = [*_check(w, {"sku": wanted, **values}, None), *rules.check_taken("sku", wanted, reads.holder(w.reader, "sku", wanted, None))]
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
    product = find(w.reader, "product", reference)
    row = w.get(Product, product.id)
    emptied = changes.cleared(clear, CLEARABLE)
    if "pack_unit" in emptied or "pack_ratio" in emptied:
        emptied |= {"pack_unit": None, "pack_ratio": None}
    values = _owned(w, changes.read_fields(_packed(file), FIELDS) | emptied)
    today = w.reader.value(f"SELECT {list_price_on()} FROM product p WHERE p.id = :id", id=product.id, day=w.today)
    problems = rules.check_list_price(row.sku, row.list_price, values.get("list_price", row.list_price), today)
    flag = values.get("batch_tracked")
    if flag is False and row.batch_tracked:
        problems = [*problems, *rules_file.check_batches(row.sku, reads.in_batches(w.reader, product.id))]
    bare = reads.on_hand(w.reader, product.id) if flag and not row.batch_tracked else 0
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
        changes=tuple(_named(w, change) for change in found),
        next=(f"salescli product show {row.sku}",),
        warnings=(
            *(rules.warn_cost(row.sku, row.list_price, row.cost) if {"list_price", "cost"} & {c.field for c in found} else ()),
            *rules_file.warn_bare(row.sku, bare),
            *(_below(w, row) if "floor_price" in {c.field for c in found} else ()),
        ),
    )


_BELOW = """SELECT count(*) FROM price_rule WHERE product_id = :id AND currency IS NULL AND unit_price < :floor
            AND (valid_to IS NULL OR valid_to >= :day)"""


def _below(w: Writer, row: Product) -> list[Problem]:
    """Prices of customers, classes, channels and quantities that a new lowest price overtakes. PRC-09."""
    count = w.reader.value(_BELOW, id=row.id, floor=row.floor_price, day=w.today) if row.floor_price else 0
    return rules.warn_below(row.sku, int(count))


def _check(w: Writer, values: Mapping[str, Any], row: Product | None) -> list[Problem]:
    after = {name: values.get(name, getattr(row, name) if row else None) for name in ("list_price", "floor_price")}
    problems = [*changes.negative(values, UNITS), *rules.check_tax(values.get("tax_rate"))]
    problems += rules.check_floor(_list_price(w, row, after["list_price"]), after["floor_price"])
    pack = [values.get(name, getattr(row, name) if row else None) for name in ("unit", "pack_unit", "pack_ratio")]
    problems += rules_file.check_pack(row.sku if row else values["sku"], *pack)
    barcode = values.get("barcode")
    if barcode and (row is None or barcode != row.barcode):
        problems += rules.check_taken("barcode", barcode, reads.holder(w.reader, "barcode", barcode, row.id if row else None))
    return problems


def _list_price(w: Writer, row: Product | None, typed: int | None) -> int | None:
    """The list price in force today; before there is one, the one being typed."""
    if row is None:
        return typed
    sql = f"SELECT {list_price_on()} FROM product p WHERE p.id = :id"
    known: int | None = w.reader.value(sql, id=row.id, day=w.today)
    return typed if known is None else known


def _packed(file: Mapping[str, Any]) -> dict[str, Any]:
    """The file with a larger unit typed as box=12 taken apart. Raises SalesError (usage)."""
    values = dict(file)
    typed = values.pop("pack", None)
    if typed is not None:
        name, equals, ratio = typed.rpartition("=")
        try:
            values |= {"pack_unit": name, "pack_ratio": parse_quantity(ratio)}
        except Unreadable:
            equals = ""
        if not equals:
            text = N_('write a larger unit as box=12, not "{typed}"')
            fail("bad_pack", text, kind=Kind.USAGE, rule="PRD-01", typed=typed)
    return values


def _owned(w: Writer, values: dict[str, Any]) -> dict[str, Any]:
    """The values with the owner typed as a person's reference. PRO-07. Raises SalesError (exit 3)."""
    if "owner" in values:
        owner = values.pop("owner")
        values["owner_id"] = find(w.reader, "staff", owner).id if owner else None
    return values


def _named(w: Writer, change: Change) -> Change:
    """A product's unit is one of measure; people's unit is a department. Its owner is named by his code."""
    if change.field == "unit":
        return change._replace(field="unit_of_measure")
    if change.field != "owner_id":
        return change
    codes = {str(i): code for i, code in w.reader.tuples("SELECT id, code FROM staff")}
    return Change("owner", codes.get(change.before or ""), codes.get(change.after or ""))
