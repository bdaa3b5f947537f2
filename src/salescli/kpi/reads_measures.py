"""The figures behind a ranking: for each metric one query that sums it by key over a period (KPI-01).

Every measure answers the same: per key its code and name, a value, and for rates the whole the value is a part of.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from salescli.core.access import condition

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.reader import Reader
    from salescli.core.report import CellKind

ALL = "all"
"""The key under which a measure is taken over everything."""


class Figure(NamedTuple):
    """What a measure says of one key; `whole` is 0 for sums. Codes are None where the fact is not known."""

    code: str | None
    name: str | None
    value: int
    whole: int


Query = Callable[["Reader", str], str]
"""A measure's SQL with the columns key, value, whole, for the reader's scope and a dimension of `DIMENSIONS` or `ALL`."""


class Metric(NamedTuple):
    """How a metric is measured and written; `of_goods` tells whether products and categories have it, `rate` whether it is a share."""

    query: Query
    kind: CellKind
    of_goods: bool = True
    rate: bool = False


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

DIMENSIONS = tuple(key for key in _KEYS if key != ALL)
GOODS = ("product", "category")

_NAMES = {"staff": ("staff", "code"), "customer": ("customer", "code"), "product": ("product", "sku")}


def figures(r: Reader, metric: Metric, by: str, start: date, end: date) -> list[Figure]:
    """The metric by a dimension over the days from `start` to `end`, both included; only keys that have it."""
    grouped = f"SELECT key, sum(value) AS value, sum(whole) AS whole FROM ({metric.query(r, by)}) AS parts GROUP BY key"
    if by in _NAMES:
        table, code = _NAMES[by]
        sql = f"SELECT n.{code}, n.name, t.value, t.whole FROM ({grouped}) AS t LEFT JOIN {table} n ON n.id = t.key"
    else:
        sql = f"SELECT t.key, t.key, t.value, t.whole FROM ({grouped}) AS t"
    return [row for row in r.rows(Figure, sql, start=start, end=end) if row.value is not None]


def _grouped(by: str, key: str) -> str:
    return "" if by == ALL else f" GROUP BY {key}"


# --- what was ordered -------------------------------------------------------------------------------------------------

_SOLD = "o.state IN ('confirmed', 'closed')"


def _sales(column: str) -> Query:
    """Confirmed order lines by order date, less what came back on the day it did."""

    def query(r: Reader, by: str) -> str:
        key, joins = _KEYS[by], _JOINS.get(by, "")
        scope = f"{_SOLD} AND {condition(r.actor, 'orders', 'o.staff_id')}"
        return f"""
            SELECT {key} AS key, sum(l.{column}) AS value, 0 AS whole FROM sales_order o {_LINES} {joins}
            WHERE o.date BETWEEN :start AND :end AND {scope}{_grouped(by, key)}
            UNION ALL
            SELECT {key}, -sum(x.{column}), 0
            FROM delivery d
            JOIN delivery_line x ON x.delivery_id = d.id
            JOIN order_line l ON l.id = x.order_line_id
            JOIN sales_order o ON o.id = d.order_id {joins}
            WHERE d.kind = 'return' AND d.date BETWEEN :start AND :end AND {scope}{_grouped(by, key)}"""

    return query


def _orders(r: Reader, by: str) -> str:
    """Confirmed orders by order date; an order counts once for each product or category in it."""
    key, joins = _KEYS[by], f"{_LINES} {_JOINS.get(by, '')}" if by in GOODS else _JOINS.get(by, "")
    count = "count(DISTINCT o.id)" if by in GOODS else "count(*)"
    return f"""
        SELECT {key} AS key, {count} AS value, 0 AS whole FROM sales_order o {joins}
        WHERE o.date BETWEEN :start AND :end AND {_SOLD} AND {condition(r.actor, "orders", "o.staff_id")}{_grouped(by, key)}"""


def _on_time(r: Reader, by: str) -> str:
    """Orders delivered in full in the period, by their promise or late, and those undelivered past their promise at its end."""
    key, joins = _KEYS[by], f"{_LINES} {_JOINS.get(by, '')}" if by in GOODS else _JOINS.get(by, "")
    scope = condition(r.actor, "orders", "o.staff_id")
    waiting = f"o.state = 'confirmed' AND o.promised < :end AND o.date <= :end AND {scope}{_grouped(by, key)}"
    return f"""
        SELECT {key} AS key, count(DISTINCT CASE WHEN o.kept_delivered_on <= o.promised THEN o.id END) AS value,
               count(DISTINCT o.id) AS whole
        FROM sales_order o {joins}
        WHERE o.kept_delivered_on BETWEEN :start AND :end AND o.promised IS NOT NULL AND {_SOLD} AND {scope}{_grouped(by, key)}
        UNION ALL
        SELECT {key}, 0, count(DISTINCT o.id) FROM sales_order o {joins} WHERE o.kept_delivered_on IS NULL AND {waiting}
        UNION ALL
        SELECT {key}, 0, count(DISTINCT o.id) FROM sales_order o {joins} WHERE o.kept_delivered_on > :end AND {waiting}"""


# --- what was paid ----------------------------------------------------------------------------------------------------


def _collected(r: Reader, by: str) -> str:
    """Money by receipt date: what is allocated belongs to the receivable's owner and order, the rest to the customer's owner."""
    allocated = {**_KEYS, "staff": "v.staff_id + 0", "customer": "v.customer_id + 0"}[by]
    rest = {"staff": "c.staff_id + 0", "customer": "c.id + 0", "region": "c.region", "source": "c.source", ALL: "'all'"}[by]
    order = "LEFT JOIN sales_order o ON o.number = v.order_number" if by in ("region", "source") else ""
    return f"""
        SELECT {allocated} AS key, sum(a.amount) AS value, 0 AS whole
        FROM receipt t
        JOIN allocation a ON a.receipt_id = t.id
        JOIN receivable v ON v.id = a.receivable_id
        JOIN customer c ON c.id = v.customer_id {order}
        WHERE t.date BETWEEN :start AND :end AND {condition(r.actor, "receivables", "v.staff_id")}{_grouped(by, allocated)}
        UNION ALL
        SELECT {rest}, sum(t.kept_open), 0
        FROM receipt t JOIN customer c ON c.id = t.customer_id
        WHERE t.date BETWEEN :start AND :end AND t.kept_open <> 0
          AND {condition(r.actor, "receivables", "c.staff_id")}{_grouped(by, rest)}"""


# --- visits and what customers think ----------------------------------------------------------------------------------


def _visited(value: str) -> Query:
    """Accepted visits by their day, of leads as well; `value` counts them."""

    def query(r: Reader, by: str) -> str:
        key = {"staff": "i.staff_id + 0", "customer": "i.customer_id + 0", "region": "c.region", "source": "c.source", ALL: "'all'"}[by]
        join = "LEFT JOIN customer c ON c.id = i.customer_id" if by in ("region", "source") else ""
        return f"""
            SELECT {key} AS key, {value} AS value, 0 AS whole FROM interaction i {join}
            WHERE i.day BETWEEN :start AND :end AND i.channel = 'visit' AND i.review = 'accepted'
              AND {condition(r.actor, "customers", "i.staff_id")}{_grouped(by, key)}"""

    return query


def _points(r: Reader, by: str) -> str:
    """One per visited customer, person and day, times what the office gives for it. VIS-02."""
    each = r.policy("visit.points_each")
    who = "i.day || '/' || i.staff_id || '/' || coalesce(CAST(i.customer_id AS TEXT), i.lead_number)"
    return _visited(f"{each:d} * count(DISTINCT {who})")(r, by)


def _satisfaction(r: Reader, by: str) -> str:
    """Scores of surveys as a share of the best, 5; a person's are those about him. CUS-11, K-12."""
    staff = "coalesce(v.about_id, c.staff_id)"
    key = {"staff": staff, "customer": "v.customer_id", "region": "c.region", "source": "c.source", ALL: "'all'"}[by]
    return f"""
        SELECT {key} AS key, sum(v.score) AS value, 5 * count(*) AS whole FROM survey v JOIN customer c ON c.id = v.customer_id
        WHERE v.day BETWEEN :start AND :end AND {condition(r.actor, "customers", "c.staff_id")}{_grouped(by, key)}"""


# --- contracts ----------------------------------------------------------------------------------------------------------


def _contracts(r: Reader, by: str) -> str:
    """Contracts by the day they were first signed, for whoever drafted them; one that ended since counts. CTR-01."""
    key = {"staff": "k.staff_id + 0", "customer": "k.customer_id + 0", "region": "c.region", "source": "c.source", ALL: "'all'"}[by]
    return f"""
        SELECT {key} AS key, count(*) AS value, 0 AS whole FROM contract k JOIN customer c ON c.id = k.customer_id
        WHERE k.signed_on BETWEEN :start AND :end AND {condition(r.actor, "orders", "k.staff_id")}{_grouped(by, key)}"""


METRICS: dict[str, Metric] = {
    "sales_amount": Metric(_sales("amount"), "amount"),
    "quantity": Metric(_sales("quantity"), "quantity"),
    "orders": Metric(_orders, "int"),
    "collected": Metric(_collected, "amount", of_goods=False),
    "on_time_rate": Metric(_on_time, "percent", rate=True),
    "visits": Metric(_visited("count(*)"), "int", of_goods=False),
    "visit_points": Metric(_points, "int", of_goods=False),
    "contracts_signed": Metric(_contracts, "int", of_goods=False),
    "satisfaction": Metric(_satisfaction, "percent", of_goods=False, rate=True),
}
"""Every metric that can be ranked, in the order of the manual."""
