"""What suppliers ask for their goods: price lists with quantity breaks and days (PRD-04)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.i18n import N_, msg
from salescli.core.lookup import find_optional
from salescli.core.money import divide, rate_of
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.price.reads import need_prices
from salescli.price.rules_table import Asked, Rule, pick

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from salescli.core.reader import Reader

_RULES = """SELECT id, NULL, NULL, NULL, min_qty, NULL, unit_price, valid_from, valid_to, product_id
            FROM supplier_price WHERE supplier_id = :supplier AND product_id IN ({ids})"""


def price_list(r: Reader, supplier_id: int, products: Iterable[int]) -> dict[int, list[Rule]]:
    """The rows of a supplier's price list by product, as the price table's rules read them."""
    ids = ", ".join(str(int(product)) for product in products)
    found: dict[int, list[Rule]] = {}
    for *rule, product in r.tuples(_RULES.format(ids=ids or "NULL"), supplier=supplier_id):
        found.setdefault(product, []).append(Rule(*rule))
    return found


def asked_for(rules: Iterable[Rule], quantity: int, day: date) -> Rule | None:
    """The row that holds for a quantity on a day: the largest break reached, a price with an end before a standing one, then the later one.

    Breaks are inclusive, both end days count. PRD-04.
    """
    return pick(rules, Asked(None, None, None, quantity, day.isoformat()))


class Break(NamedTuple):
    """A larger quantity and its price, for which the whole would cost no more."""

    quantity: int
    unit_price: int


def better_break(rules: Iterable[Rule], quantity: int, unit_price: int, day: date) -> Break | None:
    """The next break from which on more goods cost no more money than `quantity` at `unit_price`. PRD-04."""
    found = list(rules)
    for start in sorted({rule.min_qty for rule in found if rule.min_qty > quantity}):
        rule = asked_for(found, start, day)
        if rule is not None and rule.min_qty == start and rule.unit_price is not None and start * rule.unit_price <= quantity * unit_price:
            return Break(start, rule.unit_price)
    return None


COLUMNS = (
    Column("supplier", N_("Supplier")),
    Column("supplier_name", N_("Supplier name")),
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("min_qty", N_("From quantity"), "quantity"),
    Column("unit_price", N_("Price"), "price"),
    Column("saves_pct", N_("Below the smallest quantity"), "percent"),
    Column("valid_from", N_("Valid from"), "date"),
    Column("valid_to", N_("Valid to"), "date"),
)
_LIST = """
SELECT s.code, s.name, p.sku, p.name, x.min_qty, x.unit_price, x.valid_from, x.valid_to, x.id, x.supplier_id, x.product_id
FROM supplier_price x JOIN supplier s ON s.id = x.supplier_id JOIN product p ON p.id = x.product_id
WHERE {terms} ORDER BY p.sku, s.code, x.min_qty, x.valid_from, x.id"""


def prices(r: Reader, supplier: str | None = None, product: str | None = None, as_of: date | None = None, *, past: bool = False) -> Report:
    """What suppliers ask on a day (default: today), break by break; `past`: every row there is. PRD-04."""
    need_prices(r)
    day, terms = as_of or r.today, ["1 = 1"]
    if whom := find_optional(r, "supplier", supplier):
        terms.append(f"x.supplier_id = {whom.id:d}")
    if goods := find_optional(r, "product", product):
        terms.append(f"x.product_id = {goods.id:d}")
    found = r.tuples(_LIST.format(terms=" AND ".join(terms)))
    holding = None if past else _holding(found, day)
    shown = [row for row in found if holding is None or row[8] in holding]
    smallest = _smallest(shown)
    rows = [(*row[:6], _saved(smallest[row[9], row[10]], row[5]), *row[6:8]) for row in shown]
    return Report(
        name="purchase-supplier-prices",
        title=msg(N_("Suppliers' prices")) if past else msg(N_("Suppliers' prices on {day}"), day=day.isoformat()),
        columns=COLUMNS,
        rows=rows,
        as_of=day.isoformat(),
        empty=msg(N_("No supplier's prices are entered: salescli purchase supplier offer SUPPLIER SKU=QTY@PRICE")),
    )


def _holding(found: Iterable[tuple[object, ...]], day: date) -> set[object]:
    """Ids of the rows that hold on a day, one for each supplier, product and break."""
    groups: dict[tuple[object, ...], list[Rule]] = {}
    for row in found:
        rule = Rule(row[8], None, None, None, row[4], None, row[5], row[6], row[7])  # type: ignore[arg-type]
        groups.setdefault((row[9], row[10], row[4]), []).append(rule)
    picked = (asked_for(rules, rules[0].min_qty, day) for rules in groups.values())
    return {rule.id for rule in picked if rule is not None}


def _smallest(shown: Iterable[tuple[int, ...]]) -> dict[tuple[int, int], int]:
    """The price of the smallest quantity by supplier and product."""
    first: dict[tuple[int, int], int] = {}
    for row in shown:
        first.setdefault((row[9], row[10]), row[5])
    return first


def _saved(first: int, price: int) -> int | None:
    return rate_of(first - price, first) if first and price != first else None


class Proposed(NamedTuple):
    """What a supplier's list asks for a line, how far the line's price lies from it (1/10,000), and a break that would pay."""

    list_price: int | None
    deviation: int | None
    better: Break | None


def proposed(rules: Iterable[Rule], quantity: int, unit_price: int, day: date) -> Proposed:
    """A purchase line beside the supplier's price list. PRD-04."""
    found = list(rules)
    rule = asked_for(found, quantity, day)
    listed = rule.unit_price if rule else None
    off = None if not listed else divide((unit_price - listed) * 10_000, listed)
    return Proposed(listed, off, better_break(found, quantity, unit_price, day))
