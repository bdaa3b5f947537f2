"""How the demo office bought and moved its goods: purchases, receipts, payments, transfers to the shop. Plain facts, nothing written here.

The year is lived day by day beside the deliveries, so that stock comes from suppliers and never runs below nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from salescli.core.money import divide, line_amount, multiply_rate
from salescli.core.record import NamedTuple
from salescli.desk.demo_words import HANDED_OVER, SEED, later, office, products, quoted, workday

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.desk.demo_plan import OrderPlan

MAIN, SHOP = "MAIN", "SHOP"
UNIT = 1000
SPARE = 12 * UNIT
"""Kept back in the main warehouse: counts and spoilt goods take from it."""
SHELF = 15 * UNIT
"""What the shop holds of a product after it was filled up."""
MONDAY, THURSDAY, FRIDAY = 0, 3, 4
PAPER, DEARER = "纸张", 140
"""What became dearer, and how many days ago."""


@dataclass
class PurchasePlan:
    """An order to a supplier: goods with quantity and price, and what came when, or went back when and why."""

    supplier: str
    day: date
    expected: date
    lines: list[tuple[int, int, int]]
    receipts: list[tuple[date, dict[int, int]]] = field(default_factory=list)
    returned: tuple[date, int, int] | None = None


class PaymentPlan(NamedTuple):
    """Money that went to a supplier."""

    supplier: str
    day: date
    amount: int


class TransferPlan(NamedTuple):
    """Goods sent from the main warehouse to the shop; not there yet without a day of arrival."""

    sent: date
    received: date | None
    lines: dict[int, int]


@dataclass
class GoodsYear:
    """What a year of goods left behind; what lay there at the beginning by product."""

    openings: dict[int, int]
    purchases: list[PurchasePlan]
    transfers: list[TransferPlan]
    payments: list[PaymentPlan]


def suppliers() -> dict[str, tuple[str, str, str, int, int, tuple[str, ...]]]:
    """Code -> name, contact, phone, days to pay, days to deliver, categories."""
    return {code: (*words[:5], tuple(words[5])) for code, words in office()["suppliers"].items()}


def year(today: date, days: int, plans: list[OrderPlan]) -> GoodsYear:
    """The year of the goods those orders took."""
    return _Store(today, days, plans).live()


class _Store:
    def __init__(self, today: date, days: int, plans: list[OrderPlan]) -> None:
        self.random = Random(SEED + 3)
        self.today, self.start = today, today - timedelta(days + 1)
        self.goods = products()
        self.plans = plans
        self.out: dict[date, list[tuple[OrderPlan, dict[int, int]]]] = defaultdict(list)
        for plan in plans:
            for day, part in plan.deliveries:
                self.out[day].append((plan, part))
        self.quoted = self._quoted()
        self.daily = self._daily(days)
        self.openings = {p: _round(max(45 * rate, 90 * UNIT)) for p, rate in self.daily.items()}
        self.main = dict(self.openings)
        self.shop: dict[int, int] = defaultdict(int)
        self.arrivals: dict[date, list[tuple[PurchasePlan, dict[int, int]]]] = defaultdict(list)
        self.under_way: dict[date, dict[int, int]] = {}
        self.coming: dict[int, int] = defaultdict(int)
        self.found = GoodsYear(self.openings, [], [], [])

    def _daily(self, days: int) -> dict[int, int]:
        sums: dict[int, int] = dict.fromkeys(range(len(self.goods)), 0)
        for plan in self.plans:
            for line in plan.lines:
                sums[line.product] += line.quantity
        return {product: divide(total, days) for product, total in sums.items()}

    def _quoted(self) -> dict[date, dict[int, int]]:
        """Goods that go out for quotes that became orders, by their day."""
        places = {goods["sku"]: product for product, goods in enumerate(self.goods)}
        return {
            later(day, HANDED_OVER[words["fate"]], self.today): {places[sku]: quantity * UNIT for sku, quantity in words["lines"].items()}
            for day, words in quoted(self.today)
            if words["fate"] in HANDED_OVER
        }

    def live(self) -> GoodsYear:
        """Day by day until today: goods come, are ordered, go to the shop, go out."""
        self._fill_shop(self.start, self.start)
        day = self.start
        while day <= self.today:
            self._arrive(day)
            for product, quantity in self.under_way.pop(day, {}).items():
                self.shop[product] += quantity
            self._order(day)
            if day.weekday() == MONDAY and day.isocalendar().week % 2 == 0 and day < self.today - timedelta(3):
                self._fill_shop(day, day + timedelta(1))
            self._hand_over(day, self.quoted.get(day, {}))
            for plan, part in self.out.get(day, ()):
                self._deliver(day, plan, part)
            day += timedelta(1)
        self._fill_shop(workday(self.today - timedelta(1)), None)
        self.found.purchases.sort(key=lambda p: p.day)
        self._send_back()
        self.found.payments = list(_payments(self.found.purchases, self.today))
        return self.found

    # --- in ---------------------------------------------------------------------------------------------------------

    def _arrive(self, day: date) -> None:
        """What comes before today; what was to come today or comes later is still on its way."""
        if day >= self.today:
            return
        for purchase, part in self.arrivals.pop(day, ()):
            purchase.receipts.append((day, part))
            for product, quantity in part.items():
                self.main[product] += quantity
                self.coming[product] -= quantity

    def _order(self, day: date) -> None:
        """A supplier gets one order for all that would not last long; the last days' orders are still open."""
        for code, (_name, _contact, _phone, _pay, lead, categories) in suppliers().items():
            own = [product for product, goods in enumerate(self.goods) if goods["category"] in categories]
            now = code in OPEN and day == workday(self.today - timedelta(OPEN[code]))
            usual = day.weekday() in (MONDAY, THURSDAY) and day < self.today - timedelta(lead + 3)
            if now or (usual and any(self._there(product) < self.daily[product] * (lead + 14) + 3 * SPARE for product in own)):
                low = [product for product in own if now or self._there(product) < self.daily[product] * (lead + 24) + 3 * SPARE]
                wanted = {product: _round(self.daily[product] * (lead + 34) + 3 * SPARE - self._there(product)) for product in low}
                self._buy(code, day, day + timedelta(lead), {product: quantity for product, quantity in wanted.items() if quantity})

    def _there(self, product: int) -> int:
        return self.main[product] + self.coming[product]

    def _buy(self, supplier: str, day: date, expected: date, wanted: dict[int, int]) -> PurchasePlan:
        lines = [(product, quantity, self._price(product, day)) for product, quantity in wanted.items()]
        purchase = PurchasePlan(supplier, day, workday(expected), lines)
        if supplier == TODAY and timedelta(0) <= self.today - purchase.expected <= timedelta(3):
            purchase.expected = self.today
        self.found.purchases.append(purchase)
        for product, quantity, _price in lines:
            self.coming[product] += quantity
        for on, part in self._parts(purchase):
            self.arrivals[on].append((purchase, part))
        return purchase

    def _parts(self, purchase: PurchasePlan) -> Iterator[tuple[date, dict[int, int]]]:
        """When what comes: nearly all in time and at once; what was due two or three days ago is late now."""
        whole = {product: quantity for product, quantity, _price in purchase.lines}
        on = purchase.expected + timedelta(self.random.choices([0, 2, 5], [0.86, 0.09, 0.05])[0])
        if timedelta(1) <= self.today - purchase.expected <= timedelta(3) and purchase.supplier in LATE:
            on = self.today + timedelta(2)
        if len(whole) > 1 and self.random.random() < 0.1:
            first, *rest = whole
            yield on, {product: whole[product] for product in rest}
            on += timedelta(3)
            whole = {first: whole[first]}
        yield on, whole

    def _price(self, product: int, day: date) -> int:
        """The product's cost, give or take; paper became dearer some months ago."""
        dearer = self.goods[product]["category"] == PAPER and (self.today - day).days <= DEARER
        rate = (10_250 if dearer else 10_000) + self.random.choice([-150, -100, 0, 0, 0, 100])
        return multiply_rate(self.goods[product]["cost"], rate) // 100 * 100

    def _send_back(self) -> None:
        """Now and then a few spoilt pieces go back, days after they came."""
        old = [p for p in self.found.purchases if p.receipts and p.receipts[0][0] < self.today - timedelta(12)]
        for purchase in old[20::45]:
            day, part = purchase.receipts[0]
            product = next(iter(part))
            purchase.returned = (workday(day + timedelta(5)), product, 2 * UNIT)

    # --- out --------------------------------------------------------------------------------------------------------

    def _fill_shop(self, sent: date, received: date | None) -> None:
        """Every product the shop is short of, as far as the main warehouse can spare it."""
        lines = {
            product: SHELF - self.shop[product]
            for product, goods in enumerate(self.goods)
            if goods["sku"] in office()["shop"]["skus"] and self.shop[product] < SHELF * 2 // 3 and self.main[product] > 3 * SPARE
        }
        if not lines:
            return
        self.found.transfers.append(TransferPlan(sent, received, lines))
        for product, quantity in lines.items():
            self.main[product] -= quantity
        if received:
            self.under_way[received] = lines

    def _deliver(self, day: date, plan: OrderPlan, part: dict[int, int]) -> None:
        """Goods go out, from the shop where it has them; the main warehouse fetches what it lacks by an urgent purchase."""
        wanted: dict[int, int] = defaultdict(int)
        for place, quantity in part.items():
            wanted[plan.lines[place].product] += quantity
        plan.counter = plan.counter and all(self.shop[product] >= quantity for product, quantity in wanted.items())
        if plan.counter:
            for product, quantity in wanted.items():
                self.shop[product] -= quantity
        else:
            self._hand_over(day, wanted)

    def _hand_over(self, day: date, wanted: dict[int, int]) -> None:
        for product, quantity in wanted.items():
            if self.main[product] - quantity < SPARE:
                self._fetch(day, product, quantity)
            self.main[product] -= quantity

    def _fetch(self, day: date, product: int, quantity: int) -> None:
        code = next(c for c, s in suppliers().items() if self.goods[product]["category"] in s[5])
        more = _round(quantity + 2 * SPARE)
        purchase = PurchasePlan(code, day - timedelta(1), day, [(product, more, self._price(product, day))], [(day, {product: more})])
        self.found.purchases.append(purchase)
        self.main[product] += more


OPEN = {"S001": 8, "S002": 7, "S003": 2, "S005": 3}
"""Suppliers whose last order is still open, and the days since it was placed."""
LATE, TODAY = frozenset({"S001"}), "S002"
"""Suppliers who are late now, and whose goods come today."""
UNPAID = "S005"
"""The supplier whose last bill was left lying for some days."""


def _round(quantity: int) -> int:
    """Whole tens, upwards."""
    return -(-max(0, quantity) // (10 * UNIT)) * 10 * UNIT


def _payments(purchases: list[PurchasePlan], today: date) -> Iterator[PaymentPlan]:
    """Every Friday what falls due before the next one, supplier by supplier."""
    due: dict[tuple[date, str], int] = defaultdict(int)
    for purchase in purchases:
        days = suppliers()[purchase.supplier][3]
        prices = {product: price for product, _quantity, price in purchase.lines}
        for day, part in purchase.receipts:
            falls = day + timedelta(days)
            friday = falls - timedelta((falls.weekday() - FRIDAY) % 7)
            due[friday, purchase.supplier] += sum(line_amount(quantity, prices[product]) for product, quantity in part.items())
            if purchase.returned and day == purchase.receipts[0][0]:
                _on, product, back = purchase.returned
                due[friday, purchase.supplier] -= line_amount(back, prices[product])
    for (friday, supplier), amount in sorted(due.items()):
        left = supplier == UNPAID and friday >= today - timedelta(10)
        if friday < today and not left:
            yield PaymentPlan(supplier, friday, amount)
