"""Lets the demo office trade goods that expire: batches bought, delivered first-expiring first, one returned, one blocked (DAT-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from salescli.core.lines import TypedLine
from salescli.core.money import line_amount, parse_price
from salescli.desk.demo_goods import BUYER, PAYER
from salescli.desk.demo_plan_goods import UNIT
from salescli.desk.demo_words import office, products, workday
from salescli.order import actions_confirm, actions_deliver, actions_new
from salescli.order.actions_deliver import Shipping
from salescli.order.actions_new import Head
from salescli.order.actions_pricing import Line
from salescli.product import actions as product_actions
from salescli.purchase import actions as purchasing
from salescli.purchase import actions_pay
from salescli.purchase.actions import Terms
from salescli.stock import actions_batch_file
from salescli.stock.actions_label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.desk.demo_acting import Acting
    from salescli.desk.demo_market import Event
    from salescli.desk.demo_plan import CustomerPlan
    from salescli.desk.demo_trade import Trade

    Part = dict[str, tuple[str, int, int]]

SINCE = 345
"""Days ago the office began with these goods."""
RANK = 40
"""Their first buyer among those who pay well, by how often they order; the largest have frame contracts and quotes."""


@dataclass
class Batches:
    """One run: who acts, the trade whose customers buy this as well, and who they are."""

    acting: Acting
    trade: Trade
    people: list[CustomerPlan]

    def __post_init__(self) -> None:
        self.words: dict[str, Any] = office()["batches"]
        self.supplier: str = self.words["supplier"][0]
        self.today = self.acting.today

    def ago(self, days: int) -> date:
        """A working day so many days back."""
        return workday(self.today - timedelta(days))

    def events(self) -> Iterator[Event]:
        """What happens on which day."""
        yield self.ago(SINCE), self._begin
        for words in self.words["purchase"]:
            yield from self._purchase(words)
        for words, (customer, seller) in zip(self.words["order"], self._buyers(), strict=False):
            yield from self._order(words, customer, seller)
        batch, reason, days = self.words["blocked"]
        yield self.ago(days), partial(self._block, batch, reason, self.ago(days))

    # --- in -----------------------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """The goods and who makes them."""
        code, name, contact, phone, days = self.words["supplier"]
        with self.acting.person(BUYER, self.ago(SINCE)) as w:
            purchasing.add_supplier(w, name, code, {"contact": contact, "phone": phone, "pay_days": days})
        for place, (sku, words) in enumerate(self.words["goods"].items(), len(products()) + 1):
            with self.acting.person("LI", self.ago(SINCE)) as w:
                product_actions.add(w, sku, words[0], _file(words, place))

    def _purchase(self, words: dict[str, Any]) -> Iterator[Event]:
        """Goods ordered, their batches announced, received in one or two parts, each paid in time."""
        box: list[str] = []
        yield self.ago(words["ago"]), partial(self._buy, words, box)
        pay_days = self.words["supplier"][4]
        for ago, part in words["came"]:
            yield self.ago(ago), partial(self._receive, part, self.ago(ago), box)
            paid = workday(self.ago(ago) + timedelta(pay_days - 1))
            if paid < self.today:
                yield paid, partial(self._pay, part, paid)

    def _buy(self, words: dict[str, Any], box: list[str]) -> None:
        wanted: dict[str, int] = {}
        for _ago, part in words["came"]:
            for sku, (_batch, quantity, _left) in part.items():
                wanted[sku] = wanted.get(sku, 0) + quantity * UNIT
        with self.acting.person(BUYER, self.ago(words["ago"])) as w:
            lines = [TypedLine(sku, quantity) for sku, quantity in wanted.items()]
            number = purchasing.new(w, self.supplier, lines, Terms(expected=self.ago(words["came"][0][0]))).document
        assert number is not None
        box.append(number)

    def _receive(self, part: Part, day: date, box: list[str]) -> None:
        with self.acting.person(BUYER, day) as w:
            for sku, (batch, _quantity, left) in part.items():
                expires = self.today + timedelta(left)
                made = expires - timedelta(self.words["goods"][sku][5])
                actions_batch_file.add(w, sku, Label(batch, made, expires, f"JK{made:%y%m%d}"))
        with self.acting.person(BUYER, day) as w:
            purchasing.receive(w, box[0], [TypedLine(sku, quantity * UNIT, None, batch) for sku, (batch, quantity, _left) in part.items()])

    def _pay(self, part: Part, day: date) -> None:
        costs = {sku: parse_price(words[4]) for sku, words in self.words["goods"].items()}
        amount = sum(line_amount(quantity * UNIT, costs[sku]) for sku, (_batch, quantity, _left) in part.items())
        with self.acting.person(PAYER, day) as w:
            actions_pay.pay(w, self.supplier, amount, method="银行转账")

    def _block(self, batch: str, reason: str, day: date) -> None:
        """A batch is taken off the shelf."""
        with self.acting.person(BUYER, day) as w:
            actions_batch_file.block(w, batch, None, reason)

    # --- out ----------------------------------------------------------------------------------------------------------------

    def _buyers(self) -> list[tuple[str, str]]:
        """Customers who order now and then and pay well, with who looks after them."""
        sql = "SELECT c.code, s.code FROM customer c JOIN staff s ON s.id = c.staff_id"
        sellers = dict(self.acting.w.reader.tuples(sql))
        orders: dict[int, int] = {}
        for plan in self.trade.plans:
            orders[plan.customer] = orders.get(plan.customer, 0) + 1
        ranked = sorted(orders, key=lambda c: (-orders[c], c))
        good = [self.people[c].record["code"] for c in ranked if self.people[c].payer.name == "good"]
        return [(code, sellers[code]) for code in good if code in sellers][RANK:]

    def _order(self, words: dict[str, Any], customer: str, seller: str) -> Iterator[Event]:
        box: list[str] = []
        yield self.ago(words["ago"]), partial(self._taken, words, customer, seller, box)
        if "out" in words:
            yield self.ago(words["out"]), partial(self._deliver, words, box)
        if "back" in words:
            yield self.ago(words["back"]), partial(self._back, words, box)

    def _taken(self, words: dict[str, Any], customer: str, seller: str, box: list[str]) -> None:
        day = self.ago(words["ago"])
        with self.acting.person(seller, day) as w:
            lines = [Line(sku, quantity * UNIT) for sku, quantity in words["lines"].items()]
            number = actions_new.new(w, customer, lines, Head(promised=day + timedelta(5))).document
        assert number is not None
        box.append(number)
        self.acting.asked(seller, day, "老客户，付款一向准时", lambda w: actions_confirm.confirm(w, number))

    def _deliver(self, words: dict[str, Any], box: list[str]) -> None:
        """What expires first goes first."""
        day, paid = self.ago(words["out"]), words.get("paid", False)
        with self.acting.person(BUYER, day) as w:
            actions_deliver.deliver(w, box[0], (), Shipping(day=day, carrier="OWN", paid=paid, method="现金" if paid else None))

    def _back(self, words: dict[str, Any], box: list[str]) -> None:
        lines = [TypedLine(sku, quantity * UNIT) for sku, quantity in words["returned"].items()]
        with self.acting.person(BUYER, self.ago(words["back"])) as w:
            actions_deliver.take_back(w, box[0], lines, self.words["returned"], day=self.ago(words["back"]))


def _file(words: list[Any], place: int) -> dict[str, Any]:
    """The product file of goods kept by batch."""
    _name, category, unit, price, cost, shelf_days, volume, weight = words
    return {
        "category": category, "unit": unit, "barcode": f"69012345{place:05}", "list_price": parse_price(price), "cost": parse_price(cost),
        "floor_price": parse_price(cost) * office()["floor"]["percent"] // 10_000 * 100, "tax_rate": 1300, "volume": round(volume * 1000),
        "weight": round(weight * 1000), "batch_tracked": True, "shelf_days": shelf_days,
    }  # fmt: skip
