"""Products as lists and as a file; prices and cost only for roles that see prices (PRD-01, ORG-07)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find, holding, part_pattern
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.core.text import clean, folded
from salescli.product.reads_price import list_price_on

if TYPE_CHECKING:
    from salescli.core.reader import Reader

LIST = (
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("category", N_("Category")),
    Column("spec", N_("Specification")),
    Column("unit", N_("Unit")),
    Column("list_price", N_("List price"), "price"),
    Column("floor_price", N_("Floor price"), "price"),
    Column("cost", N_("Cost price"), "price"),
    Column("tax_rate", N_("Tax rate"), "percent"),
    Column("barcode", N_("Barcode")),
    Column("active", N_("Sold"), "bool"),
)
PRICES = f"{list_price_on()}, p.floor_price, p.cost"
HIDDEN = "NULL, NULL, NULL"

_SELECT = """
SELECT p.sku, p.name, p.category, p.spec, p.unit, {prices}, p.tax_rate, p.barcode, p.active{more}
FROM product p
WHERE {terms}
ORDER BY p.sku"""


class Wanted(NamedTuple):
    """Which products a list holds; None narrows nothing."""

    text: str | None = None
    category: str | None = None
    inactive: bool = False


def listing(r: Reader, wanted: Wanted, limit: int | None = None) -> Report:
    """Products by SKU; those no longer sold only when asked for. PRD-01."""
    terms, params = _where(wanted)
    sql = _select(r, " AND ".join(terms)) + (" LIMIT :limit" if limit is not None else "")
    return Report(
        name="product-list",
        title=msg(N_("Products")),
        columns=LIST,
        rows=r.tuples(sql, **_day(r), **params, **({"limit": max(limit, 0)} if limit is not None else {})),
        as_of=r.today.isoformat(),
        empty=msg(N_('No product fits. Enter one: salescli product add SKU "NAME" --unit piece --list-price 10')),
    )


def _day(r: Reader) -> dict[str, Any]:
    """The day whose list price is shown, where prices are."""
    return {"day": r.today} if r.actor.sees_prices else {}


def _select(r: Reader, terms: str, more: str = "") -> str:
    return _SELECT.format(prices=PRICES if r.actor.sees_prices else HIDDEN, terms=terms, more=more)


def _where(wanted: Wanted) -> tuple[list[str], dict[str, Any]]:
    terms, params = ["1 = 1" if wanted.inactive else "p.active = 1"], {}
    if wanted.category is not None:
        terms.append("p.category = :category")
        params["category"] = wanted.category
    if wanted.text is not None:
        text = clean(wanted.text, C_("text"))
        params["part"] = part_pattern(text)
        parts = [holding(f"p.{column}", text) for column in ("sku", "name", "spec", "barcode")]
        if text.isascii() and text.isalnum():
            params |= {"initials": f"{folded(text)}%", "syllables": f"% {folded(text)}%"}
            parts += ["p.pinyin LIKE :initials", "p.pinyin LIKE :syllables"]
        terms.append(f"({' OR '.join(parts)})")
    return terms, params


SHOW = (
    *LIST,
    Column("pack_unit", N_("Larger unit")),
    Column("pack_ratio", N_("Larger unit holds"), "quantity"),
    Column("volume", N_("Litres"), "quantity"),
    Column("weight", N_("Kilograms"), "quantity"),
    Column("life_state", N_("Life"), "code"),
    Column("channels", N_("Channels")),
    Column("is_new", N_("New"), "bool"),
    Column("no_discount", N_("No discount"), "bool"),
    Column("is_gift", N_("Gift"), "bool"),
    Column("batch_tracked", N_("By batch"), "bool"),
    Column("shelf_days", N_("Shelf life, days"), "int"),
    Column("owner", N_("Owner")),
    Column("function", N_("Function")),
    Column("features", N_("Features")),
    Column("strengths", N_("Strengths")),
    Column("note", N_("Note")),
)
MORE = """, p.pack_unit, p.pack_ratio, p.volume, p.weight, p.life_state, p.channels, p.is_new, p.no_discount, p.is_gift, p.batch_tracked,
       p.shelf_days, (SELECT s.code FROM staff s WHERE s.id = p.owner_id), p.function, p.features, p.strengths, p.note"""


def detail(r: Reader, reference: str) -> Report:
    """One product's file. PRD-01."""
    found = find(r, "product", reference)
    return Report(
        name="product-show",
        title=msg(N_("{code} {name}"), code=found.code, name=found.name),
        columns=SHOW,
        rows=r.tuples(_select(r, "p.id = :id", MORE), id=found.id, **_day(r)),
        as_of=r.today.isoformat(),
        record=True,
    )


def holder(r: Reader, match: str, value: str, but: int | None) -> tuple[str, str] | None:
    """SKU and name of another product (`but` one) with this sku, in any spelling, or barcode."""
    sql = f"SELECT sku, name FROM product WHERE {match} IN (:typed, :upper, :lower) AND id <> :but ORDER BY id LIMIT 1"
    found = r.tuples(sql, typed=value, upper=value.upper(), lower=value.lower(), but=but or 0)
    return found[0] if found else None


def in_batches(r: Reader, product_id: int) -> int:
    """How much of a product lies in batches, in 1/1,000. STK-05."""
    sql = "SELECT coalesce(sum(n.kept_quantity), 0) FROM batch b JOIN batch_item n ON n.batch_id = b.id WHERE b.product_id = :p"
    return int(r.value(sql, p=product_id))


def on_hand(r: Reader, product_id: int) -> int:
    """How much of a product lies in all warehouses, in 1/1,000."""
    return int(r.value("SELECT coalesce(sum(kept_quantity), 0) FROM stock_item WHERE product_id = :p", p=product_id))
