"""What a price change form rests on: prices in force, cost, demand, rivals, who bought lately, what is decided or asked for already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from salescli.core.money import unit_price
from salescli.core.record import NamedTuple
from salescli.price.rules_table import Asked, Rule, met, pick

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.price.rules_request import Wanted

SOLD_DAYS = 90
"""Days of sales a form shows as demand."""

IN_ONE_QUERY = 500


class Basis(NamedTuple):
    """What a price was based on the day it was asked for: prices 1/10,000, `sold` base units (1/1,000) of the last 90 days. PRC-01."""

    list_price: int | None
    cost: int | None
    floor_price: int | None
    sold: int
    rival_price: int | None


class Buyer(NamedTuple):
    """A customer who bought a product lately."""

    customer_id: int
    customer_class: str | None
    last_bought: str


def _pieces(ids: Iterable[int]) -> Iterator[str]:
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), IN_ONE_QUERY):
        yield ", ".join(map(str, wanted[start : start + IN_ONE_QUERY]))


def basis_of(r: Reader, product_ids: Iterable[int], day: date) -> dict[int, Basis]:
    """Cost, demand and the rivals' latest price of each product on a day. PRC-01."""
    found: dict[int, Basis] = {}
    for ids in _pieces(product_ids):
        since = day - timedelta(days=SOLD_DAYS)
        sold = dict(r.tuples(_SOLD.format(ids=ids), since=since, day=day))
        rival = dict(r.tuples(_RIVAL.format(ids=ids), day=day))
        stock = {product: unit_price(value, quantity) for product, quantity, value in r.tuples(_STOCK.format(ids=ids)) if quantity}
        for product, price, cost, floor in r.tuples(f"SELECT id, list_price, cost, floor_price FROM product WHERE id IN ({ids})"):
            found[product] = Basis(price, stock.get(product, cost), floor, sold.get(product, 0), rival.get(product))
    return found


_SOLD = """SELECT l.product_id, sum(l.quantity) FROM order_line l JOIN sales_order o ON o.id = l.order_id
WHERE l.product_id IN ({ids}) AND o.state IN ('confirmed', 'closed') AND o.date > :since AND o.date <= :day GROUP BY l.product_id"""
_STOCK = """SELECT product_id, sum(kept_quantity), sum(kept_value) FROM stock_item
WHERE product_id IN ({ids}) AND kept_value IS NOT NULL GROUP BY product_id"""
_RIVAL = """SELECT x.product_id, min(x.unit_price) FROM rival_price x
WHERE x.product_id IN ({ids}) AND x.day <= :day
  AND x.day = (SELECT max(y.day) FROM rival_price y WHERE y.product_id = x.product_id AND y.day <= :day)
GROUP BY x.product_id"""


def rules_of(r: Reader, product_ids: Iterable[int]) -> dict[int, list[Rule]]:
    """Every row of the price table of these products."""
    found: dict[int, list[Rule]] = defaultdict(list)
    columns = "product_id, id, customer_id, customer_class, channel, min_qty, currency, unit_price, valid_from, valid_to"
    for ids in _pieces(product_ids):
        for product, *rest in r.tuples(f"SELECT {columns} FROM price_rule WHERE product_id IN ({ids})"):
            found[product].append(Rule(*rest))
    return found


class Pending(NamedTuple):
    """A line of a form that is waiting, or approved and not yet written."""

    number: str
    rule: Rule


def pending_of(r: Reader, product_ids: Iterable[int]) -> dict[int, list[Pending]]:
    """What is asked for these products and not yet in the price table."""
    found: dict[int, list[Pending]] = defaultdict(list)
    columns = "l.id, l.customer_id, l.customer_class, l.channel, l.min_qty, l.currency, l.new_price, l.valid_from, l.valid_to"
    for ids in _pieces(product_ids):
        sql = f"""SELECT l.product_id, c.number, {columns} FROM price_change_line l JOIN price_change c ON c.id = l.change_id
                  WHERE l.product_id IN ({ids}) AND c.state IN ('waiting', 'approved') AND c.written_on IS NULL"""
        for product, number, *rest in r.tuples(sql):
            found[product].append(Pending(number, Rule(*rest)))
    return found


def price_before(rules: Sequence[Rule], wanted: Wanted, customer_class: str | None, first_price: int | None) -> int | None:
    """What the scope of a wanted price pays on its first day as things stand."""
    asked = Asked(
        wanted.customer_id, wanted.customer_class or customer_class, wanted.channel, wanted.min_qty, wanted.valid_from.isoformat(),
        wanted.currency,
    )  # fmt: skip
    found = pick(rules, asked)
    if found is not None:
        return found.unit_price
    return first_price if wanted.currency is None else None


def classes_of(r: Reader, customer_ids: Iterable[int]) -> dict[int, str | None]:
    """The class of each customer."""
    found: dict[int, str | None] = {}
    for ids in _pieces(customer_ids):
        found |= dict(r.tuples(f"SELECT id, customer_class FROM customer WHERE id IN ({ids})"))
    return found


_BUYERS = """SELECT l.product_id, o.customer_id, c.customer_class, max(o.date)
FROM order_line l JOIN sales_order o ON o.id = l.order_id JOIN customer c ON c.id = o.customer_id
WHERE l.product_id IN ({ids}) AND o.state IN ('confirmed', 'closed') AND o.date > :since AND o.date <= :day AND c.archived_on IS NULL
GROUP BY l.product_id, o.customer_id, c.customer_class"""


def buyers_of(r: Reader, product_ids: Iterable[int], day: date, days: int) -> dict[int, list[Buyer]]:
    """Who bought each product in the last `days` days: whom a change of its price is told. PRC-04."""
    found: dict[int, list[Buyer]] = defaultdict(list)
    for ids in _pieces(product_ids):
        for product, *rest in r.tuples(_BUYERS.format(ids=ids), since=day - timedelta(days=days), day=day):
            found[product].append(Buyer(*rest))
    return found


def to_tell(wanted: Iterable[Wanted], buyers: dict[int, list[Buyer]]) -> dict[int, str]:
    """Customers whom these changes concern, with the day they last bought: all buyers, or those in the scope. PRC-04."""
    found: dict[int, str] = {}
    for want in wanted:
        for buyer in buyers.get(want.product_id, ()):
            if want.customer_id not in (None, buyer.customer_id) or not met(want.customer_class, buyer.customer_class):
                continue
            found[buyer.customer_id] = max(found.get(buyer.customer_id, ""), buyer.last_bought)
    return found


def changes_in(r: Reader, product_ids: Iterable[int], first: date, last: date) -> dict[int, int]:
    """How many days of these bring a new price of each product, decided or asked for. PRC-02."""
    found: dict[int, int] = {}
    sql = """SELECT product_id, count(DISTINCT valid_from) FROM (
               SELECT product_id, valid_from FROM price_rule WHERE change_id IS NOT NULL AND product_id IN ({ids})
               UNION ALL SELECT l.product_id, l.valid_from FROM price_change_line l JOIN price_change c ON c.id = l.change_id
               WHERE c.state IN ('waiting', 'approved') AND c.written_on IS NULL AND l.product_id IN ({ids})) x
             WHERE valid_from BETWEEN :first AND :last GROUP BY product_id"""
    for ids in _pieces(product_ids):
        found |= dict(r.tuples(sql.format(ids=ids), first=first, last=last))
    return found
