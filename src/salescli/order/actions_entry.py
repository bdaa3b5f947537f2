"""What will stand against an order when it is confirmed, told while it is a draft (ORD-01, ORD-03, ORD-09, CTR-10, CHN-02, PRD-03)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.contract.reads_dealer import check_contract
from salescli.contract.reads_dealer import warn as warn_territory
from salescli.order import rules_life
from salescli.order.reads_life import needs, place_of, progress_of
from salescli.order.rules_intake import check_free_papers
from salescli.order.states import OrderKind
from salescli.product.rules_file import warn_channel

if TYPE_CHECKING:
    from salescli.core.errors import Problem
    from salescli.core.writer import Writer
    from salescli.order.tables import SalesOrder
    from salescli.order.tables_life import OrderTerms


def ahead(w: Writer, order: SalesOrder, terms: OrderTerms) -> list[Problem]:
    """A contract it lacks, papers of free goods, a promise later than usual, goods out of reach: said now, refused at confirming."""
    if terms.kind == OrderKind.CASH.value:
        return []  # it is confirmed in the same step
    free = terms.kind == OrderKind.FREE.value
    months = w.policy("order.delivery_max_months")
    return [
        *([] if free else check_contract(w.reader, order.customer_id, w.today)),
        *(check_free_papers(order.number, terms.explanation, named=terms.loss_id is not None) if free else []),
        *rules_life.warn_promise(order.number, order.promised, w.today),
        *rules_life.check_norm(order.number, w.today, order.promised, months, terms.norm_reason),
        *_goods(w, order, terms),
        *_channels(w, order),
        *warn_territory(w.reader, order.customer_id, order.region or _region(w, order), order.date),
    ]


def _region(w: Writer, order: SalesOrder) -> str | None:
    """Where the customer is, whom the goods go to unless the order says otherwise."""
    region: str | None = w.reader.value("SELECT region FROM customer WHERE id = :id", id=order.customer_id)
    return region


def _channels(w: Writer, order: SalesOrder) -> list[Problem]:
    """Goods meant for some channels only, on an order that names none. PRD-03."""
    if order.channel:
        return []
    sql = """SELECT DISTINCT p.sku, p.channels FROM order_line l JOIN product p ON p.id = l.product_id
             WHERE l.order_id = :id AND p.channels IS NOT NULL ORDER BY p.sku"""
    return [found for sku, channels in w.reader.tuples(sql, id=order.id) for found in warn_channel(sku, channels, None)]


def _goods(w: Writer, order: SalesOrder, terms: OrderTerms) -> list[Problem]:
    """What is neither there nor comes by the promise. ORD-01, ORD-12."""
    place = place_of(w.reader, terms.warehouse_id)
    lines = progress_of(w.reader, order.id or 0)
    short = needs(w.reader, lines, place, order.promised)
    return rules_life.check_capacity(order.number, short, place.code, answered=False)
