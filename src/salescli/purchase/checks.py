"""Invariants of purchasing: quantities stay within what was ordered, money follows the goods (STK-06, AR-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.checks import Check
from salescli.core.i18n import N_, msg
from salescli.core.money import line_amount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.i18n import Message
    from salescli.core.reader import Reader

_LINES = """
SELECT p.number, g.sku, l.quantity, coalesce(sum(CASE r.kind WHEN 'receipt' THEN x.quantity ELSE -x.quantity END), 0) AS net
FROM purchase_line l
JOIN purchase p ON p.id = l.purchase_id
JOIN product g ON g.id = l.product_id
JOIN purchase_receipt_line x ON x.line_id = l.id
JOIN purchase_receipt r ON r.id = x.receipt_id
GROUP BY p.number, g.sku, l.quantity"""


def quantities(r: Reader) -> Iterator[Message]:
    """Lines of which more came, or more went back, than can be."""
    for number, sku, ordered, net in r.tuples(f"SELECT * FROM ({_LINES}) x WHERE net NOT BETWEEN 0 AND quantity ORDER BY number, sku"):
        text = N_("{number} {sku}: {net:qty} came and stayed of {ordered:qty} ordered")
        yield msg(text, number=number, sku=sku, net=net, ordered=ordered)


_PAPERS = """
SELECT r.number, r.kind, x.quantity, l.unit_price, coalesce(y.amount, 0)
FROM purchase_receipt r
JOIN purchase_receipt_line x ON x.receipt_id = r.id
JOIN purchase_line l ON l.id = x.line_id
LEFT JOIN payable y ON y.number = r.number
ORDER BY r.id"""


def payables(r: Reader) -> Iterator[Message]:
    """Receipts and returns whose payable is not what their lines are worth."""
    worth: dict[str, int] = {}
    owed: dict[str, int] = {}
    for number, kind, quantity, price, amount in r.tuples(_PAPERS):
        sign = 1 if kind == "receipt" else -1
        worth[number] = worth.get(number, 0) + sign * line_amount(quantity, price)
        owed[number] = amount
    for number, amount in worth.items():
        if amount != owed[number]:
            yield msg(N_("{number}: worth {worth:amount}, owed {owed:amount}"), number=number, worth=amount, owed=owed[number])


def settled(r: Reader) -> Iterator[Message]:
    """Suppliers whose open payables are not receipts less returns less payments."""
    from salescli.purchase.reads_money import accounts

    sums = {
        row_id: (code, int(amount))
        for row_id, code, amount in r.tuples(
            """SELECT s.id, s.code, coalesce((SELECT sum(amount) FROM payable y WHERE y.supplier_id = s.id AND y.date <= :day), 0)
                      - coalesce((SELECT sum(amount) FROM supplier_payment m WHERE m.supplier_id = s.id AND m.date <= :day), 0)
               FROM supplier s ORDER BY s.code""",
            day=r.today,
        )
    }
    found = accounts(r, r.today)
    for supplier, (code, amount) in sums.items():
        owed = found[supplier].settled.owed if supplier in found else 0
        if owed != amount:
            yield msg(N_("{code}: {owed:amount} open, {amount:amount} by receipts and payments"), code=code, owed=owed, amount=amount)


_STOCK = """
SELECT number FROM (
    SELECT r.number, x.id, CASE r.kind WHEN 'receipt' THEN x.quantity ELSE -x.quantity END AS quantity, l.product_id
    FROM purchase_receipt r JOIN purchase_receipt_line x ON x.receipt_id = r.id JOIN purchase_line l ON l.id = x.line_id) b
WHERE NOT EXISTS (SELECT 1 FROM stock_move m WHERE m.document = b.number AND m.product_id = b.product_id AND m.quantity = b.quantity)
GROUP BY number ORDER BY number"""


def stock(r: Reader) -> Iterator[str]:
    """Receipts and returns without their movement of stock."""
    yield from r.column(_STOCK)


_OFFERS = """
SELECT s.code, p.sku, a.min_qty, a.valid_from, b.valid_from
FROM supplier_price a
JOIN supplier_price b ON b.supplier_id = a.supplier_id AND b.product_id = a.product_id AND b.min_qty = a.min_qty AND b.id > a.id
     AND a.valid_from <= b.valid_to AND b.valid_from <= a.valid_to
JOIN supplier s ON s.id = a.supplier_id JOIN product p ON p.id = a.product_id ORDER BY 1, 2, 3"""


def offers(r: Reader) -> Iterator[Message]:
    """Prices of a supplier that end, for one product and break, with days in common: which of them holds nobody could say. PRD-04."""
    for supplier, sku, quantity, first, second in r.tuples(_OFFERS):
        text = N_("{supplier} {sku} from {quantity:qty} on: the prices from {first} and from {second} overlap")
        yield msg(text, supplier=supplier, sku=sku, quantity=quantity, first=first, second=second)


CHECKS = (
    Check("purchase_quantities", N_("no more of a purchase came and stayed than was ordered"), quantities),
    Check("purchase_payables", N_("a receipt owes what its goods cost"), payables),
    Check("purchase_settled", N_("what is owed to suppliers is receipts less returns less payments"), settled),
    Check("supplier_prices", N_("of a supplier's prices that end only one holds on a day"), offers),
    Check("purchase_stock", N_("goods received and sent back moved stock"), stock),
)
