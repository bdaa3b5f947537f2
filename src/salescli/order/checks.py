"""Invariants of orders: amounts by the rounding rule, deliveries inside what was ordered, the kept day of delivery (ORD-17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.checks import Check
from salescli.core.i18n import N_, Message, msg
from salescli.core.money import line_amount, multiply_rate
from salescli.core.record import NamedTuple
from salescli.core.tax import document_amount
from salescli.order.reads_kept import COMPLETED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.reader import Reader


class _Line(NamedTuple):
    order: str
    line_no: int
    quantity: int
    unit_price: int
    discount: int
    promo_discount: int
    amount: int


# The database sifts in floating point, generously; the rule itself decides in integers.
_SUSPECT = """
SELECT o.number, l.line_no, l.quantity, l.unit_price, l.discount, l.promo_discount, l.amount
FROM order_line l JOIN sales_order o ON o.id = l.order_id
WHERE l.amount_given = 0
  AND abs(l.amount + l.promo_discount - 1.0 * l.quantity * l.unit_price * (10000 - l.discount) / 1000000000.0) > 0.49"""


def line_amounts(r: Reader) -> Iterator[Message]:
    """Lines whose amount is not quantity x unit price x (1 - discount), rounded once, less what a promotion took off."""
    for line in r.rows(_Line, _SUSPECT):
        expected = line_amount(line.quantity, line.unit_price, line.discount) - line.promo_discount
        if line.amount != expected:
            yield msg(
                N_("{order} line {line}: {amount:amount} instead of {expected:amount}"),
                order=line.order, line=line.line_no, amount=line.amount, expected=expected,
            )  # fmt: skip


class _Moved(NamedTuple):
    order: str
    line_no: int
    ordered: int
    delivered: int
    returned: int


_MOVED = """
SELECT o.number, l.line_no, l.quantity,
       sum(CASE WHEN d.kind = 'delivery' THEN p.quantity ELSE 0 END),
       sum(CASE WHEN d.kind = 'return' THEN p.quantity ELSE 0 END)
FROM delivery_line p
JOIN delivery d ON d.id = p.delivery_id
JOIN order_line l ON l.id = p.order_line_id
JOIN sales_order o ON o.id = l.order_id
GROUP BY l.id, o.number, l.line_no, l.quantity
HAVING sum(CASE WHEN d.kind = 'delivery' THEN p.quantity ELSE -p.quantity END) NOT BETWEEN 0 AND l.quantity"""


def delivered_quantities(r: Reader) -> Iterator[Message]:
    """Lines of which more came back than went out, or more stayed out than was ordered and the office allows (ORD-13)."""
    allowed = 10_000 + r.policy("order.over_delivery_pct")
    for line in r.rows(_Moved, _MOVED):
        if 0 <= line.delivered - line.returned <= multiply_rate(line.ordered, allowed):
            continue
        yield msg(
            N_("{order} line {line}: {ordered:qty} ordered, {delivered:qty} delivered, {returned:qty} returned"),
            order=line.order, line=line.line_no, ordered=line.ordered, delivered=line.delivered, returned=line.returned,
        )  # fmt: skip


def kept_delivered(r: Reader) -> list[str]:
    """Orders whose kept day of complete delivery is not the one their deliveries tell."""
    same = f"coalesce(kept_delivered_on, '') = coalesce(({COMPLETED}), '')"
    return r.column(f"SELECT number FROM sales_order WHERE NOT ({same}) ORDER BY number")


class _Owed(NamedTuple):
    order: str
    delivered: int
    owed: int


_OWED = """
SELECT o.number, x.amount, v.amount
FROM (SELECT d.order_id, sum(CASE WHEN d.kind = 'delivery' THEN {amount} ELSE -({amount}) END) AS amount
      FROM delivery d JOIN delivery_line p ON p.delivery_id = d.id GROUP BY d.order_id) x
JOIN sales_order o ON o.id = x.order_id
JOIN (SELECT order_number, sum(amount) AS amount FROM receivable WHERE order_number IS NOT NULL GROUP BY order_number) v
    ON v.order_number = o.number
WHERE x.amount <> v.amount ORDER BY o.number"""


def receivables_of_deliveries(r: Reader) -> Iterator[Message]:
    """Orders whose receivables add up to something else than what was delivered: freight, a typed slip, a file of another system."""
    for row in r.rows(_Owed, _OWED.format(amount=document_amount(r, "p"))):
        text = N_("{order}: {delivered:amount} delivered, {owed:amount} in receivables")
        yield msg(text, order=row.order, delivered=row.delivered, owed=row.owed)


def without_owner(r: Reader) -> list[str]:
    """Orders nobody has taken: they count for nobody and stand on nobody's day list."""
    return r.column("SELECT number FROM sales_order WHERE staff_id IS NULL ORDER BY number")


_RESERVED = """
SELECT v.document, v.line_no, sum(v.quantity), coalesce(max(l.quantity), 0),
       coalesce((SELECT sum(p.quantity) FROM delivery_line p JOIN delivery d ON d.id = p.delivery_id
                 WHERE p.order_line_id = max(l.id) AND d.kind = 'delivery' AND d.replaces_id IS NULL), 0),
       max(CASE WHEN o.state = 'confirmed' THEN 1 ELSE 0 END)
FROM reservation v
JOIN sales_order o ON o.number = v.document
LEFT JOIN order_line l ON l.order_id = o.id AND l.line_no = v.line_no
GROUP BY v.document, v.line_no"""


def reserved_orders(r: Reader) -> Iterator[Message]:
    """Reservations of orders that are not open, or of more than is left to deliver (ORD-12)."""
    for order, line_no, reserved, ordered, sent, is_open in r.tuples(_RESERVED):
        if not is_open or reserved > max(0, ordered - sent):
            text = N_("{order} line {line}: {reserved:qty} reserved, {rest:qty} to deliver")
            yield msg(text, order=order, line=line_no, reserved=reserved, rest=max(0, ordered - sent) if is_open else 0)


_KEPT_ORDERS = """
SELECT c.code FROM customer c LEFT JOIN (
    SELECT customer_id, min(date) AS first, max(date) AS last, count(DISTINCT date) AS days FROM sales_order
    WHERE state IN ('confirmed', 'closed') GROUP BY customer_id) o ON o.customer_id = c.id
WHERE coalesce(c.kept_first_order, '') <> coalesce(o.first, '') OR coalesce(c.kept_last_order, '') <> coalesce(o.last, '')
   OR coalesce(c.kept_order_days, 0) <> coalesce(o.days, 0) ORDER BY c.code"""


def kept_orders(r: Reader) -> list[str]:
    """Customers whose first order, last order or days with orders are not what their orders tell. CUS-04, CUS-13."""
    return r.column(_KEPT_ORDERS)


CHECKS = (
    Check("order_reserved", N_("goods are reserved only for what is still to be delivered"), reserved_orders),
    Check("order_amounts", N_("every order line is quantity x price less discount, rounded once"), line_amounts),
    Check(
        "order_deliveries",
        N_("nothing is delivered beyond what was ordered, nothing returned beyond what was delivered"),
        delivered_quantities,
    ),
    Check("order_delivered_on", N_("the kept day of complete delivery follows from the deliveries"), kept_delivered),
    Check("customer_orders", N_("first order, last order and days with orders of a customer follow from the orders"), kept_orders),
    Check("order_receivables", N_("the receivables of an order are what was delivered"), receivables_of_deliveries, advice=True),
    Check("order_owner", N_("every order has somebody who took it"), without_owner, advice=True),
)
