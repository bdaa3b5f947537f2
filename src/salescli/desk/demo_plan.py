"""What happens in the demo office in a year, as plain facts: deterministic for a given day and size, nothing written here.

The benchmark's large books come from the same plan with other sizes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from salescli.core.money import line_amount
from salescli.desk.demo_plan_trade import SIGNING, Frame, Line, Prices, Promo, framed, frames, promos, promoted
from salescli.desk.demo_words import SEED, office, products

SELLING = frozenset({"rep", "supervisor"})


@dataclass(frozen=True)
class Size:
    """How large the office is; the default is the demo office. `life`: with leads, visits, tickets and the pool, not only trade."""

    customers: int = 300
    orders: int = 1800
    days: int = 365
    leads: int = 150
    tickets: int = 40
    life: bool = True


@dataclass(frozen=True)
class Payer:
    """How somebody pays: days after the due day, spread, share of bills paid at all, share paid in two parts."""

    name: str
    late: int
    spread: int
    paid: float
    parts: float


GOOD = Payer("good", -5, 4, 1.0, 0.03)
SLOW = Payer("slow", 6, 18, 1.0, 0.15)
BAD = Payer("bad", 30, 30, 0.9, 0.2)
PATIENCE = 75
"""Days a bad payer waits for his next order."""
SETTLED = 130
"""Days after which even a bad payer has paid, nearly always."""
LARGEST = 28.0
"""No customer orders more often than so many small ones."""
LARGE = 2.2
"""Weight from which a customer is too large to be let pay badly."""
IDLE = ("LQ590",)
IDLE_DAYS = 130
"""Goods nobody asked for any more in the last days."""


@dataclass
class CustomerPlan:
    """One customer: its file, its main contact, who looks after it, how it pays."""

    record: dict[str, Any]
    contact: dict[str, Any]
    staff: int
    payer: Payer
    weight: float


@dataclass
class OrderPlan:
    """One order: its lines and its deliveries as (day, quantity by the line's place).

    `frame` is the contract it is made of, `counter` says it was sold over the counter of the shop.
    """

    day: date
    customer: int
    staff: int
    promised: date
    state: str
    lines: list[Line]
    deliveries: list[tuple[date, dict[int, int]]] = field(default_factory=list)
    frame: int | None = None
    counter: bool = False


def customers(today: date, size: Size) -> list[CustomerPlan]:
    """The customers, spread over the sellers of their region."""
    random = Random(SEED)
    sellers = [(i, s) for i, s in enumerate(office()["staff"]) if set(s["role"].split(",")) & SELLING]
    names: set[str] = set()
    return [_customer(random, number, sellers, names, today) for number in range(1, size.customers + 1)]


def _customer(random: Random, number: int, sellers: list[tuple[int, dict[str, Any]]], names: set[str], today: date) -> CustomerPlan:
    words = office()["words"]
    city = random.choice(words["city"])
    region = next(r for r, cities in office()["regions"].items() if city in cities)
    staff = random.choice([i for i, s in sellers if s["region"] == region for _ in range(1 if s["role"] == "supervisor" else 2)])
    payer = BAD if number % 30 == 7 else SLOW if number % 7 == 3 else GOOD
    person = random.choice(words["surname"]) + random.choice(words["given"])
    record = {
        "code": f"C{number:04d}",
        "name": _name(random, city, names),
        "region": region,
        "industry": random.choice(words["industry"]),
        "customer_class": random.choices(["A", "B", "C"], [0.15, 0.35, 0.5])[0],
        "source": random.choice(words["source"]),
        "address": f"{city}市{random.choice(['中山', '人民', '建设', '解放'])}路{random.randint(1, 900)}号",
        "credit_limit": random.choice([20_000, 50_000, 100_000, 200_000]) * 100,
        "credit_days": random.choice([30, 30, 45, 60]),
        "since": today - timedelta(days=random.randint(200, 2500)),
    }
    contact = {
        "main": 1,
        "name": person,
        "post": random.choice(["采购", "经理", "行政", None]),
        "phone": f"1{random.randint(3_000_000_000, 9_999_999_999)}",
    }
    weight = min(random.paretovariate(1.2), LARGEST)
    if payer is BAD:
        return CustomerPlan(record, contact, staff, BAD, min(weight, 1.0))  # who does not pay is not sold much
    return CustomerPlan(record, contact, staff, GOOD if weight > LARGE else payer, weight)


def _name(random: Random, city: str, names: set[str]) -> str:
    """A company name not used yet: four in five Chinese, the others Latin; a branch number when the words run out."""
    words = office()["words"]
    while True:
        if random.random() < 0.8:
            name = f"{city}{random.choice(words['first'])}{random.choice(words['second'])}{random.choice(words['trade'])}有限公司"
        else:
            name = f"{random.choice(words['latin'])} {random.choice(words['latin_trade'])}"
        if name in names and random.random() < 0.1:
            name = f"{name} {random.randint(2, 99_999)}"
        if name not in names:
            names.add(name)
            return name


def orders(today: date, size: Size, people: list[CustomerPlan]) -> list[OrderPlan]:
    """The orders of the last `size.days` days, oldest first."""
    random = Random(SEED + 1)
    weights = [p.weight for p in people]
    chosen = random.choices(range(len(people)), weights, k=size.orders)
    days = sorted(today - timedelta(days=int(size.days * random.random())) for _ in range(size.orders))
    maker = _Maker(random, today, people, life=size.life)
    last: dict[int, date] = {}
    found = []
    for day, customer in zip(days, chosen, strict=True):
        while people[customer].payer is BAD and (day - last.get(customer, date.min)).days < PATIENCE:
            customer = (customer + 1) % len(people)  # who has not paid gets nothing more for a while
        last[customer] = day
        found.append(maker.order(day, customer))
    return found


class _Maker:
    """What orders are made from; without life there are no price changes, promotions and contracts, and nothing is sold in the shop."""

    def __init__(self, random: Random, today: date, people: list[CustomerPlan], *, life: bool) -> None:
        self.random, self.today, self.people, self.life = random, today, people, life
        self.goods = products()
        self.prices = Prices(today if life else None)
        self.promos: list[Promo] = promos(today) if life else []
        self.frames: list[Frame] = frames(today, people) if life else []
        self.shop = [i for i, p in enumerate(self.goods) if p["sku"] in office()["shop"]["skus"]]
        self.idle = {i for i, p in enumerate(self.goods) if p["sku"] in IDLE}

    def order(self, day: date, customer: int) -> OrderPlan:
        """One order of a customer on a day."""
        random, who = self.random, self.people[customer]
        number, frame = next(((n, f) for n, f in enumerate(self.frames) if self._holds(f, customer, day)), (None, None))
        counter = self.life and frame is None and random.random() < COUNTER
        picked = self._over_the_counter() if counter else self._picked(frame, day)
        lines = framed(frame, self.prices, who.record["customer_class"], day, picked) if frame else self._lines(who, day, picked)
        promised = day + timedelta(days=random.randint(3, 15))
        state = "confirmed" if counter or random.random() > CANCELLED else "cancelled"
        plan = OrderPlan(day, customer, who.staff, promised, state, lines, frame=number, counter=counter)
        if plan.counter:
            plan.promised, plan.deliveries = day, [(day, {i: line.quantity for i, line in enumerate(lines)})]
        elif state == "confirmed":
            plan.deliveries = _deliveries(random, plan, self.today)
        return plan

    def _holds(self, frame: Frame, customer: int, day: date) -> bool:
        in_force = frame.customer == customer and frame.first + timedelta(SIGNING) <= day <= frame.last
        return in_force and frame.fate in EXECUTED and self.random.random() < 0.7

    def _picked(self, frame: Frame | None, day: date) -> list[tuple[int, int]]:
        random = self.random
        if frame:
            chosen = random.sample(frame.goods, random.randint(1, len(frame.goods)))
            return [(product, random.choice([10, 20, 20, 30, 50]) * 1000) for product in chosen]
        idle = self.idle if self.life and day > self.today - timedelta(IDLE_DAYS) else ()
        known = [i for i in range(len(self.goods)) if i not in idle]
        chosen = random.sample(known, random.choices([1, 2, 3, 4, 5, 6], [18, 24, 24, 16, 11, 7])[0])
        picked = [(product, random.choice([1, 2, 3, 5, 5, 10, 10, 20, 30, 50]) * 1000) for product in chosen]
        return picked + self._tempted(day, chosen)

    def _tempted(self, day: date, chosen: list[int]) -> list[tuple[int, int]]:
        """What somebody takes as well because a promotion runs."""
        wanted = {name for promo in self.promos if promo.first <= day <= promo.last for name in promo.plan.categories}
        goods = [i for i, p in enumerate(self.goods) if p["category"] in wanted and i not in chosen]
        if not goods or self.random.random() > TEMPTED:
            return []
        return [(self.random.choice(goods), self.random.choice([20, 20, 30]) * 1000)]

    def _over_the_counter(self) -> list[tuple[int, int]]:
        chosen = self.random.sample(self.shop, self.random.choice([1, 1, 2]))
        return [(product, self.random.choice([1, 1, 2, 3, 5]) * 1000) for product in chosen]

    def _lines(self, who: CustomerPlan, day: date, picked: list[tuple[int, int]]) -> list[Line]:
        """At the price of the day, a few with a discount of the rep's own; then what promotions make of it."""
        lines = []
        for product, quantity in picked:
            price, listed, source = self.prices.at(product, who.record["customer_class"], day)
            discount = self.random.choices([0, 200, 300], [0.97, 0.02, 0.01])[0]
            lines.append(Line(product, quantity, price, discount, line_amount(quantity, price, discount), listed, source))
        return promoted(lines, [promo.plan for promo in self.promos if promo.first <= day <= promo.last], self.goods)


TEMPTED = 0.25
"""Share of orders that take more because a promotion runs."""
COUNTER, CANCELLED = 0.15, 0.015
"""Shares of orders that are sold in the shop, and given up."""
EXECUTED = frozenset({"running", "amended", "expiring", "ended"})
"""Contracts orders are made of."""


def _deliveries(random: Random, plan: OrderPlan, today: date) -> list[tuple[date, dict[int, int]]]:
    """One delivery, or two parts; nearly all by the promise, none after today."""
    gap = random.choices([random.randint(-6, 0), random.randint(1, 6)], [0.93, 0.07])[0]
    first = max(plan.day, plan.promised + timedelta(days=gap))
    everything = {i: line.quantity for i, line in enumerate(plan.lines)}
    if random.random() < 0.85 or not any(q >= 2000 for q in everything.values()):
        return [(first, everything)] if first <= today else []
    half = {i: q // 2000 * 1000 for i, q in everything.items() if q >= 2000}
    rest = {i: q - half.get(i, 0) for i, q in everything.items()}
    second = first + timedelta(days=random.randint(2, 12))
    return [(day, part) for day, part in ((first, half), (second, rest)) if day <= today]


def receipts(random: Random, payer: Payer, due: date, amount: int, today: date) -> list[tuple[date, int]]:
    """When and how much of one bill was paid up to today."""
    old = (today - due).days > SETTLED
    if random.random() > (max(payer.paid, 0.98) if old else payer.paid):
        return []
    paid_on = due + timedelta(days=payer.late + random.randint(-payer.spread // 3, payer.spread))
    if random.random() < payer.parts:
        first = amount * 6 // 10
        parts = [(paid_on, first), (paid_on + timedelta(days=random.randint(10, 40)), amount - first)]
    else:
        parts = [(paid_on, amount)]
    return [(day, part) for day, part in parts if day <= today and part > 0]
