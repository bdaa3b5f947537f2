"""The measures that can be ranked: what each sums, from which documents, and how it is written (KPI-01, §20 of the rulebook)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.access import condition
from salescli.core.record import NamedTuple
from salescli.core.tax import prices_are_net
from salescli.kpi.reads_cut import ALL, GOODS, Cut, Origin, Query, part
from salescli.price.reads_check import list_price_of_line

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import CellKind


class Metric(NamedTuple):
    """How a metric is measured and written.

    `of_goods`: products and categories have it; `rate`: it is a share, `unit` of what; `lowest_first`: less is better;
    `money`: it tells prices or amounts, which not everybody may see; `counts_orders`: an order of several goods counts for each.
    """

    query: Query
    kind: CellKind
    of_goods: bool = True
    rate: bool = False
    unit: CellKind = "int"
    lowest_first: bool = False
    money: bool = False
    counts_orders: bool = False


# `+ 0` keeps SQLite from walking an index by person when a period is asked for: half the time over a million lines.
_KEYS = {
    "staff": "o.staff_id + 0",
    "customer": "o.customer_id + 0",
    "product": "l.product_id + 0",
    "category": "p.category",
    "region": "coalesce(o.region, c.region)",
    "source": "coalesce(o.source, c.source)",
    ALL: "'all'",
}
_CUSTOMER = "JOIN customer c ON c.id = o.customer_id"
_PRODUCT = "JOIN product p ON p.id = l.product_id"
_JOINS = {"region": _CUSTOMER, "source": _CUSTOMER, "category": _PRODUCT}
_LINES = "JOIN order_line l ON l.order_id = o.id"
_HANDED = "delivery d JOIN delivery_line x ON x.delivery_id = d.id JOIN sales_order o ON o.id = d.order_id"
_OF_LINE = "JOIN order_line l ON l.id = x.order_line_id"

_ORDER = Origin("o.number", "o.date", "o.customer_id", "o.id")
_DELIVERY = Origin("d.number", "d.date", "o.customer_id", "d.id, o.customer_id")
_RECEIPT = Origin("t.number", "t.date", "t.customer_id", "t.id")
_SOLD = "o.state IN ('confirmed', 'closed')"


def _scope(r: Reader) -> str:
    return f"{_SOLD} AND {condition(r.actor, 'orders', 'o.staff_id')}"


# --- what was ordered -------------------------------------------------------------------------------------------------


def _sales(column: str) -> Query:
    """Confirmed order lines by order date, less what came back and plus what went out in exchange for it, each on its own day."""

    def query(r: Reader, cut: Cut) -> str:
        key, joins = _KEYS[cut.by], _JOINS.get(cut.by, "")
        sold = f"FROM sales_order o {_LINES} {joins} WHERE o.date BETWEEN :start AND :end AND {_scope(r)}"
        back = f"FROM {_HANDED} {_OF_LINE} {joins} WHERE d.kind = 'return' AND d.date BETWEEN :start AND :end AND {_scope(r)}"
        anew = f"FROM {_HANDED} {_OF_LINE} {joins} WHERE d.replaces_id IS NOT NULL AND d.date BETWEEN :start AND :end AND {_scope(r)}"
        return " UNION ALL ".join(
            (
                part(cut, key, f"sum(l.{column})", _ORDER, sold),
                part(cut, key, f"-sum(x.{column})", _DELIVERY, back),
                part(cut, key, f"sum(x.{column})", _DELIVERY, anew),
            )
        )

    return query


def _with_goods(by: str) -> str:
    """What an order is joined to: its lines only where goods are asked for."""
    return f"{_LINES} {_JOINS.get(by, '')}" if by in GOODS else _JOINS.get(by, "")


def _orders(r: Reader, cut: Cut) -> str:
    """Confirmed orders by order date; an order counts once for each product or category in it."""
    count = "count(DISTINCT o.id)" if cut.by in GOODS else "count(*)"
    rest = f"FROM sales_order o {_with_goods(cut.by)} WHERE o.date BETWEEN :start AND :end AND {_scope(r)}"
    return part(cut, _KEYS[cut.by], count, _ORDER, rest)


def _on_time(r: Reader, cut: Cut) -> str:
    """Orders delivered in full in the period, by their promise or late, and those undelivered past their promise at its end."""
    key, orders = _KEYS[cut.by], f"FROM sales_order o {_with_goods(cut.by)}"
    scope = condition(r.actor, "orders", "o.staff_id")
    late = f"o.state = 'confirmed' AND o.promised < :end AND o.date <= :end AND {scope}"
    in_time = "count(DISTINCT CASE WHEN o.kept_delivered_on <= o.promised THEN o.id END)"
    done = f"o.kept_delivered_on BETWEEN :start AND :end AND o.promised IS NOT NULL AND {_scope(r)}"
    all_of = "count(DISTINCT o.id)"
    return " UNION ALL ".join(
        (
            part(cut, key, in_time, _ORDER, f"{orders} WHERE {done}", all_of),
            part(cut, key, "0", _ORDER, f"{orders} WHERE o.kept_delivered_on IS NULL AND {late}", all_of),
            part(cut, key, "0", _ORDER, f"{orders} WHERE o.kept_delivered_on > :end AND {late}", all_of),
        )
    )


def _deviation(r: Reader, cut: Cut) -> str:
    """What the lines of a period cost less than at the list price of their day, promotions apart, of what that comes to. K-48, PRC-06."""
    joins = {"region": _CUSTOMER, "source": _CUSTOMER}.get(cut.by, "")
    listed = f"(({list_price_of_line(r)}) * l.quantity + 50000) / 100000"
    rest = f"""FROM sales_order o {_LINES} {_PRODUCT} {joins}
               WHERE o.date BETWEEN :start AND :end AND l.gift = 0 AND {_scope(r)}"""
    return part(cut, _KEYS[cut.by], f"sum({listed} - l.amount - l.promo_discount)", _ORDER, rest, f"sum({listed})")


# --- what went out and came back --------------------------------------------------------------------------------------


def _handed(r: Reader, cut: Cut, value: str, whole: str = "0", kinds: str = "'delivery', 'return'") -> str:
    """Sums over deliveries and returns by their own day; order lines are looked at only where a product or a cost is asked for."""
    lines = _OF_LINE if cut.by in GOODS or "l." in value else ""
    rest = f"""FROM {_HANDED} {lines} {_JOINS.get(cut.by, "")}
               WHERE d.kind IN ({kinds}) AND d.date BETWEEN :start AND :end AND {_scope(r)}"""
    return part(cut, _KEYS[cut.by], value, _DELIVERY, rest, whole)


def _profit(r: Reader, cut: Cut) -> str:
    """Net of tax, what goods that went out bring over their cost, less the same for those that came back; the whole is what went out
    without a known cost and is left out. K-03.
    """
    sign = "CASE d.kind WHEN 'return' THEN -1 ELSE 1 END"
    net = "x.amount" if prices_are_net(r) else "(x.amount - x.tax)"
    cost = "(x.quantity * l.unit_cost + 50000) / 100000"
    return _handed(r, cut, f"sum({sign} * ({net} - {cost}))", f"sum(CASE WHEN l.unit_cost IS NULL THEN {sign} * {net} ELSE 0 END)")


def _returns(r: Reader, cut: Cut) -> str:
    """What came back, by the day it did. ORD-15, K-57."""
    return _handed(r, cut, "sum(x.amount)", kinds="'return'")


def _return_rate(r: Reader, cut: Cut) -> str:
    """What came back in the period, of what went out in it. K-57."""
    value = "sum(CASE d.kind WHEN 'return' THEN x.amount ELSE 0 END)"
    return _handed(r, cut, value, "sum(CASE d.kind WHEN 'return' THEN 0 ELSE x.amount END)")


# --- what was paid ----------------------------------------------------------------------------------------------------


def _collected(r: Reader, cut: Cut) -> str:
    """Money by receipt date: what is allocated belongs to the receivable's owner and order, the rest to the customer's owner."""
    allocated = {**_KEYS, "staff": "v.staff_id + 0", "customer": "v.customer_id + 0"}[cut.by]
    rest = {"staff": "c.staff_id + 0", "customer": "c.id + 0", "region": "c.region", "source": "c.source", ALL: "'all'"}[cut.by]
    order = "LEFT JOIN sales_order o ON o.number = v.order_number" if cut.by in ("region", "source") else ""
    paid = f"""FROM receipt t JOIN allocation a ON a.receipt_id = t.id JOIN receivable v ON v.id = a.receivable_id
               JOIN customer c ON c.id = v.customer_id {order}
               WHERE t.date BETWEEN :start AND :end AND {condition(r.actor, "receivables", "v.staff_id")}"""
    left = f"""FROM receipt t JOIN customer c ON c.id = t.customer_id
               WHERE t.date BETWEEN :start AND :end AND t.kept_open <> 0 AND {condition(r.actor, "receivables", "c.staff_id")}"""
    return f"{part(cut, allocated, 'sum(a.amount)', _RECEIPT, paid)} UNION ALL {part(cut, rest, 'sum(t.kept_open)', _RECEIPT, left)}"


# --- visits, what customers think, contracts ----------------------------------------------------------------------------


def _of_customer(cut: Cut, staff: str, customer: str) -> str:
    """The key of something that is about a customer and of a person."""
    return {"staff": staff, "customer": customer, "region": "c.region", "source": "c.source", ALL: "'all'"}[cut.by]


def _visited(r: Reader, cut: Cut, value: str, one: str) -> str:
    """Accepted visits by their day, of leads as well; `value` counts them, `one` is what counts once."""
    key = _of_customer(cut, "i.staff_id + 0", "i.customer_id + 0")
    join = "LEFT JOIN customer c ON c.id = i.customer_id" if cut.by in ("region", "source") else ""
    rest = f"""FROM interaction i {join} WHERE i.day BETWEEN :start AND :end AND i.channel = 'visit' AND i.review = 'accepted'
               AND {condition(r.actor, "customers", "i.staff_id")}"""
    return part(cut, key, value, Origin("min(i.number)", "i.day", "i.customer_id", one), rest)


def _visits(r: Reader, cut: Cut) -> str:
    """Accepted visits."""
    return _visited(r, cut, "count(*)", "i.id")


def _points(r: Reader, cut: Cut) -> str:
    """One per visited customer, person and day, times what the office gave for it at the period's end. VIS-02."""
    who = "i.day || '/' || i.staff_id || '/' || coalesce(CAST(i.customer_id AS TEXT), i.lead_number)"
    return _visited(r, cut, f"{_EACH} * count(DISTINCT {who})", who)


_EACH = """(SELECT CAST(v.value AS INTEGER) FROM policy_value v WHERE v.key = 'visit.points_each' AND v.valid_from <= :end
            ORDER BY v.valid_from DESC, v.id DESC LIMIT 1)"""


def _satisfaction(r: Reader, cut: Cut) -> str:
    """Scores of surveys as a share of the best, 5; a person's are those about him. CUS-11, K-12."""
    key = _of_customer(cut, "coalesce(v.about_id, c.staff_id)", "v.customer_id")
    rest = f"""FROM survey v JOIN customer c ON c.id = v.customer_id
               WHERE v.day BETWEEN :start AND :end AND {condition(r.actor, "customers", "c.staff_id")}"""
    return part(cut, key, "sum(v.score)", Origin("v.number", "v.day", "v.customer_id", "v.id"), rest, "5 * count(*)")


def _contracts(r: Reader, cut: Cut) -> str:
    """Contracts by the day they were first signed, for whoever drafted them; one that ended since counts. CTR-01."""
    key = _of_customer(cut, "k.staff_id + 0", "k.customer_id + 0")
    rest = f"""FROM contract k JOIN customer c ON c.id = k.customer_id
               WHERE k.signed_on BETWEEN :start AND :end AND {condition(r.actor, "orders", "k.staff_id")}"""
    return part(cut, key, "count(*)", Origin("k.number", "k.signed_on", "k.customer_id", "k.id"), rest)


METRICS: dict[str, Metric] = {
    "sales_amount": Metric(_sales("amount"), "amount", unit="amount", money=True),
    "quantity": Metric(_sales("quantity"), "quantity", unit="quantity"),
    "orders": Metric(_orders, "int", counts_orders=True),
    "gross_profit": Metric(_profit, "amount", unit="amount", money=True),
    "collected": Metric(_collected, "amount", of_goods=False, unit="amount", money=True),
    "on_time_rate": Metric(_on_time, "percent", rate=True, counts_orders=True),
    "returns": Metric(_returns, "amount", unit="amount", money=True),
    "return_rate": Metric(_return_rate, "percent", rate=True, unit="amount", lowest_first=True, money=True),
    "price_deviation": Metric(_deviation, "percent", rate=True, unit="amount", lowest_first=True, money=True),
    "visits": Metric(_visits, "int", of_goods=False),
    "visit_points": Metric(_points, "int", of_goods=False),
    "contracts_signed": Metric(_contracts, "int", of_goods=False),
    "satisfaction": Metric(_satisfaction, "percent", of_goods=False, rate=True),
}
"""Every metric that can be ranked, in the order of the manual."""
