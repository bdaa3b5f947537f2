"""Writes the demo office's orders, deliveries and stock movements, as far as a day, so that people can act in between (DAT-07)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from salescli.core import money
from salescli.core.money import net_of_tax
from salescli.core.record import NamedTuple
from salescli.desk.demo_plan_goods import MAIN, SHOP
from salescli.order.reads_kept import KEEP_ORDERS
from salescli.order.states import OrderKind
from salescli.order.tables import Delivery, DeliveryLine, OrderLine, SalesOrder
from salescli.order.tables_life import OrderTerms
from salescli.stock.actions import keep
from salescli.stock.rules import Balance, Posting, average_cost, post
from salescli.stock.states import MoveKind
from salescli.stock.tables import StockMove

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from salescli.core.writer import Writer
    from salescli.desk.demo_crm import Ids
    from salescli.desk.demo_plan import OrderPlan
    from salescli.desk.demo_plan_trade import Line


class Move(NamedTuple):
    """A movement to come: goods come in before others go out on the same day."""

    day: date
    out: bool
    kind: MoveKind
    product: int
    warehouse: str
    quantity: int
    unit_cost: int | None = None
    document: str | None = None
    line_no: int | None = None
    staff: int | None = None


@dataclass
class Trade:
    """What of the plan is written so far. `promos` and `frames`: the numbers that plans and contracts got."""

    w: Writer
    ids: Ids
    plans: list[OrderPlan]
    goods: list[dict[str, Any]]
    taxed: bool = True
    promos: dict[str, str] = field(default_factory=dict)
    frames: dict[int, str] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    order_ids: list[int] = field(default_factory=list)
    order_numbers: list[str] = field(default_factory=list)
    line_ids: list[int] = field(default_factory=list)
    numbers: dict[tuple[int, date], str] = field(default_factory=dict)
    sent: dict[tuple[str | None, int], int | None] = field(default_factory=dict)
    reached: date = date.min

    def __post_init__(self) -> None:
        self.places: dict[str, int] = {code: row_id for row_id, code in self.w.reader.tuples("SELECT id, code FROM warehouse")}

    def until(self, day: date) -> int:
        """Write everything before that day that is not written yet; how many orders that were."""
        if day <= self.reached:
            return 0
        costs = {item[0]: average_cost(balance) for item, balance in self._balances().items() if item[1] == self.places[MAIN]}
        done = len(self.order_ids)
        fresh = [(o, plan) for o, plan in enumerate(self.plans[done:], done) if plan.day < day]
        self._orders(fresh, costs)
        self._deliveries(day)
        self._stock(day)
        self.reached = day
        return len(fresh)

    # --- orders -----------------------------------------------------------------------------------------------------

    def _orders(self, fresh: Sequence[tuple[int, OrderPlan]], costs: dict[int, int | None]) -> None:
        numbers = [self.w.number("SO", plan.day) for _o, plan in fresh]
        first = self.w.insert_records(
            SalesOrder,
            [
                {"number": number, "date": plan.day.isoformat(), "customer_id": self.ids.customer + plan.customer,
                 "staff_id": self.ids.staff[plan.staff], "state": plan.state, "promised": plan.promised.isoformat(),
                 "reason": CANCELLED if plan.state == "cancelled" else None, "kept_delivered_on": delivered_on(plan)}
                for number, (_o, plan) in zip(numbers, fresh, strict=True)
            ],
        )  # fmt: skip
        keep = f"{KEEP_ORDERS} WHERE id IN (SELECT o.customer_id FROM sales_order o WHERE o.id >= ?)"
        self.w.reader.connection.execute(keep, (first,))
        self.order_ids += range(first, first + len(fresh))
        self.order_numbers += numbers
        lines = [(first + n, no, line) for n, (_o, plan) in enumerate(fresh) for no, line in enumerate(plan.lines, 1)]
        at = self.w.insert_records(OrderLine, [self._line(order, no, line, costs) for order, no, line in lines])
        for _o, plan in fresh:
            self.line_ids.append(at)
            at += len(plan.lines)
        if self.taxed:
            self.w.insert_records(OrderTerms, [self._terms(first + n, plan) for n, (_o, plan) in enumerate(fresh)])

    def _line(self, order: int, number: int, line: Line, costs: dict[int, int | None]) -> dict[str, Any]:
        product, goods = self.ids.product + line.product, self.goods[line.product]
        return {
            "order_id": order, "line_no": number, "product_id": product, "quantity": line.quantity, "unit_price": line.price,
            "discount": line.discount, "amount": line.amount, "tax": self._tax(line.product, line.amount), "amount_given": 0,
            "unit_cost": costs.get(product) or goods["cost"], "list_price": line.list_price, "price_source": line.source,
            "promo_discount": line.promo_discount, "gift": int(line.gift), "promo_number": self._promo(line.promo),
        }  # fmt: skip

    def _promo(self, places: str | None) -> str | None:
        return ",".join(self.promos[place] for place in places.split(",")) if places else None

    def _tax(self, product: int, amount: int) -> int:
        """The tax inside a gross amount."""
        return amount - net_of_tax(amount, self.goods[product]["tax_rate"]) if self.taxed else 0

    def _terms(self, order: int, plan: OrderPlan) -> dict[str, Any]:
        kind = OrderKind.CASH if plan.counter else OrderKind.SALE
        return {
            "order_id": order, "kind": kind.value, "cash": int(plan.counter), "warehouse_id": self.places[SHOP if plan.counter else MAIN],
            "origin": None if plan.frame is None else self.frames.get(plan.frame), "confirmed_on": plan.day, "accepted_on": plan.day,
            "accepted_by": self.ids.staff[plan.staff],
        }  # fmt: skip

    # --- deliveries -------------------------------------------------------------------------------------------------

    def _deliveries(self, before: date) -> None:
        """Deliveries numbered by their day; the last part of a line carries the rest of its amount."""
        found = [
            (day, o, part)
            for o, plan in enumerate(self.plans[: len(self.order_ids)])
            for day, part in plan.deliveries
            if self.reached <= day < before
        ]
        found.sort(key=lambda d: (d[0], d[1]))
        for day, o, _part in found:
            self.numbers[o, day] = self.w.number("DN", day)
        first = self.w.insert_records(Delivery, [self._note(day, o) for day, o, _part in found])
        lines = [(first + d, o, day, i, quantity) for d, (day, o, part) in enumerate(found) for i, quantity in part.items()]
        self.w.insert_records(DeliveryLine, [self._part(note, o, day, i, quantity) for note, o, day, i, quantity in lines])
        if self.taxed:
            self.moves += [self._going(o, day, i, quantity) for _note, o, day, i, quantity in lines]

    def _note(self, day: date, o: int) -> dict[str, Any]:
        plan = self.plans[o]
        carrier = None if plan.counter or not self.taxed else CARRIERS[(plan.customer + o) % len(CARRIERS)]
        parcel = carrier not in (None, "OWN")
        return {
            "number": self.numbers[o, day], "order_id": self.order_ids[o], "date": day.isoformat(), "kind": "delivery",
            "warehouse_id": self.places[self._place(plan)], "carrier": carrier,
            "waybill": f"{carrier}{day:%m%d}{o:06}" if parcel else None,
        }  # fmt: skip

    def _place(self, plan: OrderPlan) -> str:
        return SHOP if plan.counter else MAIN

    def _part(self, note: int, o: int, day: date, place: int, quantity: int) -> dict[str, Any]:
        amount = part_amount(self.plans[o], day, place, quantity)
        line = self.plans[o].lines[place]
        return {
            "delivery_id": note, "order_line_id": self.line_ids[o] + place, "quantity": quantity, "amount": amount,
            "tax": self._tax(line.product, amount),
        }  # fmt: skip

    def _going(self, o: int, day: date, place: int, quantity: int) -> Move:
        plan, product = self.plans[o], self.ids.product + self.plans[o].lines[place].product
        warehouse = self._place(plan)
        return Move(day, True, MoveKind.DELIVERY, product, warehouse, -quantity, None, self.numbers[o, day], place + 1)

    # --- stock ------------------------------------------------------------------------------------------------------

    def _balances(self) -> dict[tuple[int, int], Balance]:
        sql = "SELECT product_id, warehouse_id, kept_quantity, kept_value FROM stock_item"
        return {(product, place): Balance(quantity, value) for product, place, quantity, value in self.w.reader.tuples(sql)}

    def _stock(self, before: date) -> None:
        """The movements before a day in their order, each valued at the balance it finds."""
        due = sorted((move for move in self.moves if move.day < before), key=lambda move: (move.day, _turn(move)))
        self.moves = [move for move in self.moves if move.day >= before]
        balances = self._balances()
        last: dict[tuple[int, int], Posting] = {}
        rows: list[dict[str, Any]] = []
        for move in due:
            item = (move.product, self.places[move.warehouse])
            cost = self.sent.get((move.document, move.product)) if move.kind is MoveKind.TRANSFER and not move.out else move.unit_cost
            posting = post(balances.get(item, Balance()), move.quantity, cost)
            if move.kind is MoveKind.TRANSFER and move.out:
                self.sent[move.document, move.product] = posting.unit_cost
            balances[item], last[item] = posting.after, posting
            rows.append(
                {"date": move.day.isoformat(), "kind": move.kind.value, "product_id": item[0], "warehouse_id": item[1],
                 "quantity": move.quantity, "unit_cost": posting.unit_cost, "value": posting.value, "document": move.document,
                 "line_no": move.line_no, "staff_id": move.staff}
            )  # fmt: skip
        self.w.insert_records(StockMove, rows)
        if last:
            keep(self.w, last)


def _turn(move: Move) -> int:
    """Goods come before others go out, those of a transfer after they left."""
    if move.kind is MoveKind.TRANSFER:
        return 1 if move.out else 2
    return 3 if move.out else 0


CANCELLED = "客户取消"
CARRIERS = ("OWN", "SF", "OWN", "DEPPON", "OWN")
"""Who carries what, in turn."""


def delivered_on(plan: OrderPlan) -> str | None:
    """The day the last goods went out, when all did."""
    ordered = sum(line.quantity for line in plan.lines)
    delivered = sum(sum(part.values()) for _day, part in plan.deliveries)
    return max(day for day, _part in plan.deliveries).isoformat() if delivered >= ordered else None


def part_amount(plan: OrderPlan, day: date, place: int, quantity: int) -> int:
    """A part's amount: its share of the line, the last part taking what is left, so the parts add up to the cent."""
    line = plan.lines[place]
    if quantity == line.quantity:
        return line.amount
    earlier = sum(part.get(place, 0) for d, part in plan.deliveries if d < day)
    before = money.divide(line.amount * earlier, line.quantity)
    return money.divide(line.amount * (earlier + quantity), line.quantity) - before


def delivery_amount(plan: OrderPlan, day: date, part: dict[int, int]) -> int:
    """What a delivery is worth."""
    return sum(part_amount(plan, day, place, quantity) for place, quantity in part.items())


def tomorrow(day: date) -> date:
    """The day after."""
    return day + timedelta(1)


def in_order(events: Iterable[tuple[date, Any]]) -> list[tuple[date, Any]]:
    """Events by their day, those of one day as they were given."""
    return sorted(events, key=lambda event: event[0])
