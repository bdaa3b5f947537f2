"""Rivals' prices beside ours, exchange rates, papers lent (PRC-01, PRC-06, PRC-07, PRC-08)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.dates import days_between
from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find_optional
from salescli.core.money import rate_of
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.price.reads import need_prices
from salescli.product.reads_price import list_price_on

if TYPE_CHECKING:
    from salescli.core.reader import Reader


def order_line(r: Reader, order: str, line_no: int) -> str:
    """The number of an order the reader sees that has such a line. Raises SalesError (exit 3)."""
    sql = f"""SELECT o.number FROM sales_order o JOIN order_line l ON l.order_id = o.id
              WHERE upper(o.number) = :number AND l.line_no = :line AND {condition(r.actor, "orders", "o.staff_id")}"""
    found: str | None = r.value(sql, number=order.strip().upper(), line=line_no)
    if found is None:
        hint = N_("salescli price check --by line")
        fail(
            "line_not_found", N_("there is no order {order} with a line {line}"), kind=Kind.NOT_FOUND, hint=hint, order=order, line=line_no
        )
    return found


# --- rivals -------------------------------------------------------------------------------------------------------------

RIVALS = (
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("rival", N_("Rival")),
    Column("region", N_("Region")),
    Column("day", N_("Seen on"), "date"),
    Column("rival_price", N_("Rival's price"), "price"),
    Column("list_price", N_("List price"), "price"),
    Column("gap", N_("Ours is higher by"), "price"),
    Column("gap_pct", N_("Gap %"), "percent"),
    Column("rival_cost", N_("Rival's cost"), "price"),
    Column("cost", N_("Cost price"), "price"),
    Column("cost_gap_pct", N_("Cost gap %"), "percent"),
    Column("warning", N_("Warning"), "code"),
)
_RIVALS = """
SELECT p.sku, p.name, x.rival, x.region, x.day, x.unit_price, {ours}, x.cost, p.cost
FROM rival_price x JOIN product p ON p.id = x.product_id
WHERE {terms} AND x.id = (SELECT y.id FROM rival_price y WHERE y.product_id = x.product_id AND y.rival = x.rival
    AND coalesce(y.region, '') = coalesce(x.region, '') AND y.day <= :day ORDER BY y.day DESC, y.id DESC LIMIT 1)
ORDER BY p.sku, x.unit_price, x.rival"""


def rivals(r: Reader, product: str | None, day: date, region: str | None = None) -> Report:
    """The latest price of each rival beside ours, retail and cost; a gap beyond the office's limit is marked. PRC-01, PRC-06."""
    need_prices(r)
    goods = find_optional(r, "product", product)
    terms = ["x.product_id = :product"] if goods else ["1 = 1"]
    terms += ["x.region = :region"] if region else []
    params: dict[str, Any] = {"day": day} | ({"product": goods.id} if goods else {}) | ({"region": region} if region else {})
    limit = r.policy("price.rival_gap_pct", day)
    rows = r.tuples(_RIVALS.format(ours=list_price_on(), terms=" AND ".join(terms)), **params)
    return Report(
        name="price-rivals",
        title=msg(N_("Rivals' prices beside ours")),
        columns=RIVALS,
        rows=[_rival(row, limit) for row in rows],
        as_of=day.isoformat(),
        empty=msg(N_("No rival's price is known. Note one: salescli price rival SKU RIVAL PRICE")),
    )


def _rival(row: tuple[Any, ...], limit: int) -> tuple[Any, ...]:
    *head, theirs, ours, their_cost, cost = row
    gap = ours - theirs if ours is not None else None
    share = rate_of(gap, theirs) if gap is not None else None
    cost_share = rate_of(cost - their_cost, their_cost) if cost is not None and their_cost else None
    far = any(part is not None and part >= limit for part in (share, cost_share))
    return (*head, theirs, ours, gap, share, their_cost, cost, cost_share, C_("too_far_above") if far else None)


RATES = (
    Column("currency", N_("Currency")),
    Column("day", N_("From"), "date"),
    Column("rate", N_("Of 100"), "price"),
    Column("source", N_("Source")),
)


def rates(r: Reader, currency: str | None = None) -> Report:
    """Exchange rates, the latest first. PRC-08."""
    terms = "currency = :currency" if currency else "1 = 1"
    sql = f"SELECT currency, day, rate, source FROM exchange_rate WHERE {terms} ORDER BY currency, day DESC"
    return Report(
        name="price-rates",
        title=msg(N_("Exchange rates of 100 units")),
        columns=RATES,
        rows=r.tuples(sql, **({"currency": currency.upper()} if currency else {})),
        empty=msg(N_("No exchange rate is known. Note one: salescli price rate USD 712.34")),
    )


# --- papers lent ----------------------------------------------------------------------------------------------------------

LOANS = (
    Column("number", N_("Document")),
    Column("kind", N_("Kind"), "code"),
    Column("title", N_("Paper")),
    Column("recipient", N_("Recipient")),
    Column("customer", N_("Customer")),
    Column("staff", N_("Staff")),
    Column("lent_on", N_("Given on"), "date"),
    Column("due", N_("Due"), "date"),
    Column("returned_on", N_("Back on"), "date"),
    Column("late_days", N_("Days late"), "int"),
)
_LOANS = """
SELECT n.number, n.kind, n.title, n.recipient, c.code, s.code, n.lent_on, n.due, n.returned_on
FROM price_loan n JOIN staff s ON s.id = n.staff_id LEFT JOIN customer c ON c.id = n.customer_id
WHERE {terms} ORDER BY n.lent_on DESC, n.id DESC"""


def loans(r: Reader, *, unreturned: bool = False) -> Report:
    """Papers that left the house, the latest first; drawings not back in time are late. PRC-07."""
    terms = [condition(r.actor, "customers", "n.staff_id")]
    terms += ["n.due IS NOT NULL AND n.returned_on IS NULL"] if unreturned else []
    rows = [(*row, _late(row[7], row[8] or r.today.isoformat())) for row in r.tuples(_LOANS.format(terms=" AND ".join(terms)))]
    return Report(
        name="price-loan-list",
        title=msg(N_("Papers lent and given")),
        columns=LOANS,
        rows=rows,
        as_of=r.today.isoformat(),
        empty=msg(N_("No paper left the house.")),
    )


def _late(due: str | None, until: str) -> int | None:
    return None if due is None else max(0, days_between(date.fromisoformat(due), date.fromisoformat(until)))


class Loan(NamedTuple):
    """A paper that left the house."""

    id: int
    number: str
    title: str
    due: str | None
    returned_on: str | None


def loan(r: Reader, number: str) -> Loan:
    """The loan of that number. Raises SalesError (exit 3)."""
    sql = "SELECT id, number, title, due, returned_on FROM price_loan WHERE upper(number) = :number"
    found = r.first(Loan, sql, number=number.strip().upper())
    if found is None:
        fail("loan_not_found", N_("there is no loan {number}"), kind=Kind.NOT_FOUND, hint=N_("salescli price loan list"), number=number)
    return found
