"""The price check: order lines beside the list price of their day, by rep, product, month, and what was done about them (PRC-06)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from salescli.core.access import condition
from salescli.core.i18n import N_, msg
from salescli.core.lookup import find_optional
from salescli.core.money import rate_of
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.price.reads import need_prices
from salescli.product.reads_price import GENERAL, list_price_on

if TYPE_CHECKING:
    from salescli.core.dates import Period
    from salescli.core.reader import Reader

By = Literal["staff", "product", "month", "customer", "line"]


class Wanted(NamedTuple):
    """Which lines are checked: None narrows nothing. `net`: a discount counts as well; `faults`: only lines nothing explains."""

    period: Period
    by: By = "staff"
    staff: str | None = None
    product: str | None = None
    net: bool = False
    faults: bool = False


KEYS = {"staff": "x.staff_id + 0", "product": "x.product_id + 0", "month": "substr(x.date, 1, 7)", "customer": "x.customer_id + 0"}
NAMES = {
    "staff": ("coalesce(n.code, '-')", "n.name", "LEFT JOIN staff n ON n.id = g.key"),
    "product": ("n.sku", "n.name", "JOIN product n ON n.id = g.key"),
    "month": ("g.key", "NULL", ""),
    "customer": ("n.code", "n.name", "JOIN customer n ON n.id = g.key"),
}
"""Keys are summed as ids; a million lines are not sorted by text, and names come last."""
COLUMNS = (
    Column("key", N_("Key")),
    Column("name", N_("Name")),
    Column("lines", N_("Lines"), "int", total=True),
    Column("below", N_("Below list"), "int", total=True),
    Column("above", N_("Above list"), "int", total=True),
    Column("largest_gap", N_("Largest gap"), "price"),
    Column("gap_amount", N_("Given away"), "amount", total=True),
    Column("deviation_pct", N_("Deviation %"), "percent"),
    Column("explained", N_("Explained"), "int", total=True),
    Column("corrected", N_("Corrected"), "int", total=True),
    Column("open", N_("Unexplained"), "int", total=True),
)

# One walk over the lines. The list price is what the line was written with, else that of its day: only products whose list price
# ever changed need the price table, all others the figure of their file. A promotion, an own price, an approval, and the quote or
# contract an order was made of explain a line.
_LINES = """
SELECT o.id AS order_id, o.number, l.line_no, o.date, o.staff_id, o.customer_id, l.product_id, l.quantity, {price} AS price, l.discount,
       {listed} AS listed,
       CASE WHEN l.promo_number IS NOT NULL THEN 1
            WHEN l.price_source IS NULL OR l.price_source IN ('list_price', 'no_price', 'typed_price') THEN 0 ELSE 1 END AS own
FROM sales_order o JOIN order_line l ON l.order_id = o.id JOIN product p ON p.id = l.product_id
WHERE o.state IN ('confirmed', 'closed') AND o.date BETWEEN :first AND :last AND l.gift = 0 AND {terms}"""
NET_PRICE = "CASE WHEN l.amount_given = 1 THEN l.unit_price ELSE (l.unit_price * (10000 - l.discount) + 5000) / 10000 END"
"""A file that gives amounts has taken its discounts off already: the discount beside them is information."""
_GRANTED = "SELECT a.document FROM approval a WHERE a.kind = 'AP-01' AND a.state = 'approved'"
_AGREED = "SELECT t.order_id FROM order_terms t WHERE t.origin IS NOT NULL"
_CORRECTED = "SELECT k.order_number, k.line_no FROM price_correction k"
_OFF = "x.listed IS NOT NULL AND x.price <> x.listed"


class _Status(NamedTuple):
    """SQL that is true for a line whose price is explained, and for one that is not but was corrected."""

    explained: str
    mended: str


def _status(r: Reader) -> _Status:
    """What explains or mends a line off the list price; tables nobody has used yet are not asked a million times."""
    granted = f" OR x.number IN ({_GRANTED})" if r.value(f"{_GRANTED} LIMIT 1") is not None else ""
    agreed = f" OR x.order_id IN ({_AGREED})" if r.value(f"{_AGREED} LIMIT 1") is not None else ""
    explained = f"({_OFF} AND (x.own = 1{granted}{agreed}))"
    if r.value(f"{_CORRECTED} LIMIT 1") is None:
        return _Status(explained, "1 = 0")
    return _Status(explained, f"({_OFF} AND NOT {explained} AND (x.number, x.line_no) IN ({_CORRECTED}))")


_GROUPED = """
SELECT {code}, {name}, g.lines, g.below, g.above, g.largest, g.listed - g.taken, g.listed, g.explained, g.mended
FROM (SELECT {key} AS key, count(*) AS lines, sum(CASE WHEN x.price < x.listed THEN 1 ELSE 0 END) AS below,
        sum(CASE WHEN x.price > x.listed THEN 1 ELSE 0 END) AS above, max(x.listed - x.price) AS largest,
        sum((x.listed * x.quantity + 50000) / 100000) AS listed,
        sum(CASE WHEN x.listed IS NOT NULL THEN (x.price * x.quantity + 50000) / 100000 ELSE 0 END) AS taken,
        sum(CASE WHEN {explained} THEN 1 ELSE 0 END) AS explained, sum(CASE WHEN {mended} THEN 1 ELSE 0 END) AS mended
      FROM ({lines}) x GROUP BY {key}) g {joins}
ORDER BY 1"""


def check(r: Reader, wanted: Wanted) -> Report:
    """How far the lines of a period lie from the list price (K-48), and what of it is still open. PRC-06."""
    need_prices(r)
    if wanted.by == "line":
        return _lines(r, wanted)
    code, name, joins = NAMES[wanted.by]
    sql = _GROUPED.format(key=KEYS[wanted.by], code=code, name=name, joins=joins, lines=_source(r, wanted), **_status(r)._asdict())
    found = r.rows(_Group, sql, **_params(r, wanted))
    rows = [
        (g.key, g.name, g.lines, g.below, g.above, _gap(g.largest), g.gap, rate_of(g.gap or 0, g.listed or 0), g.explained,
         g.corrected, g.open)
        for g in found
    ]  # fmt: skip
    listed, gap = sum(g.listed or 0 for g in found), sum(g.gap or 0 for g in found)
    gaps = [g.largest for g in found if g.largest is not None and g.largest > 0]
    return Report(
        name="price-check",
        title=msg(N_("Price check {period} by {by:code}"), period=wanted.period.name, by=wanted.by),
        columns=COLUMNS,
        rows=[row for row in rows if not wanted.faults or row[-1]],
        totals={"largest_gap": max(gaps, default=None), "deviation_pct": rate_of(gap, listed)},
        as_of=r.today.isoformat(),
        empty=msg(N_("No order lines in {period}."), period=wanted.period.name),
        beyond_own=r.actor.visible("orders") != (r.actor.id,),
    )


class _Group(NamedTuple):
    key: str
    name: str | None
    lines: int
    below: int
    above: int
    largest: int | None
    gap: int | None
    listed: int | None
    explained: int
    corrected: int

    @property
    def open(self) -> int:
        """Lines off the list price that nothing explains and nobody corrected."""
        return self.below + self.above - self.explained - self.corrected


def _gap(largest: int | None) -> int | None:
    return largest if largest is not None and largest > 0 else None


def _source(r: Reader, wanted: Wanted) -> str:
    terms = [condition(r.actor, "orders", "o.staff_id")]
    terms += ["o.staff_id = :staff"] if wanted.staff else []
    terms += ["l.product_id = :product"] if wanted.product else []
    price = NET_PRICE if wanted.net else "l.unit_price"
    return _LINES.format(price=price, listed=list_price_of_line(r), terms=" AND ".join(terms))


def list_price_of_line(r: Reader) -> str:
    """SQL of the list price of order line `l` of order `o` for product `p`: as the line was written, else that of the order's day.

    While no list price ever changed that is the figure of the product's file.
    """
    changed = f"SELECT g.product_id FROM price_rule g WHERE {GENERAL.format(g='g')}"
    if r.value(f"{changed} LIMIT 1") is None:
        return "coalesce(l.list_price, p.list_price)"
    return f"coalesce(l.list_price, CASE WHEN p.id IN ({changed}) THEN {list_price_on('p', 'o.date')} ELSE p.list_price END)"


def _params(r: Reader, wanted: Wanted) -> dict[str, Any]:
    params: dict[str, Any] = {"first": wanted.period.start, "last": wanted.period.end}
    if wanted.staff:
        params["staff"] = getattr(find_optional(r, "staff", wanted.staff), "id", None)
    if wanted.product:
        params["product"] = getattr(find_optional(r, "product", wanted.product), "id", None)
    return params


LINES = (
    Column("order", N_("Order")),
    Column("line", N_("Line"), "int"),
    Column("date", N_("Date"), "date"),
    Column("customer", N_("Customer")),
    Column("staff", N_("Staff")),
    Column("sku", N_("SKU")),
    Column("quantity", N_("Quantity"), "quantity"),
    Column("list_price", N_("List price"), "price"),
    Column("unit_price", N_("Price"), "price"),
    Column("discount_pct", N_("Discount %"), "percent"),
    Column("gap", N_("Gap"), "price"),
    Column("deviation_pct", N_("Deviation %"), "percent"),
    Column("explained", N_("Explained"), "bool"),
    Column("corrected", N_("Corrected"), "bool"),
)
_OFF_LINES = """
SELECT x.number, x.line_no, x.date, c.code, s.code, p.sku, x.quantity, x.listed, x.price, x.discount,
       CASE WHEN {explained} THEN 1 ELSE 0 END, CASE WHEN {mended} THEN 1 ELSE 0 END
FROM ({lines}) x JOIN customer c ON c.id = x.customer_id JOIN product p ON p.id = x.product_id LEFT JOIN staff s ON s.id = x.staff_id
WHERE {off} ORDER BY x.listed - x.price DESC, x.date, x.number, x.line_no"""


def _lines(r: Reader, wanted: Wanted) -> Report:
    """Every line off the list price, the largest gap first. PRC-06."""
    sql = _OFF_LINES.format(lines=_source(r, wanted), off=_OFF, **_status(r)._asdict())
    rows = [
        (*row[:10], row[7] - row[8], rate_of(row[7] - row[8], row[7]), row[10], row[11])
        for row in r.tuples(sql, **_params(r, wanted))
        if not wanted.faults or not (row[10] or row[11])
    ]
    return Report(
        name="price-check-lines",
        title=msg(N_("Lines off the list price, {period}"), period=wanted.period.name),
        columns=LINES,
        rows=rows,
        as_of=r.today.isoformat(),
        empty=msg(N_("Every line of {period} stands at its list price."), period=wanted.period.name),
        beyond_own=r.actor.visible("orders") != (r.actor.id,),
    )
