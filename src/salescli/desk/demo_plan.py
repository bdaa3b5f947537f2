"""What happens in the demo office in a year, as plain facts: deterministic for a given day and size, nothing written here.

The benchmark's large books come from the same plan with other sizes.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from salescli.core.money import line_amount, parse_price

SEED = 20260101
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


GOOD = Payer("good", -4, 6, 0.995, 0.03)
SLOW = Payer("slow", 18, 25, 0.96, 0.25)
BAD = Payer("bad", 70, 60, 0.55, 0.45)


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
    """One order: its lines as (product index, quantity, unit price, discount, amount) and its deliveries as (day, line shares)."""

    day: date
    customer: int
    staff: int
    promised: date
    state: str
    lines: list[tuple[int, int, int, int, int]]
    deliveries: list[tuple[date, dict[int, int]]] = field(default_factory=list)


@cache
def office() -> dict[str, Any]:
    """The words and goods of defaults/demo.toml."""
    return tomllib.loads((Path(__file__).parent.parent / "defaults" / "demo.toml").read_text(encoding="utf-8"))


def products() -> list[dict[str, Any]]:
    """The goods, with prices in 1/10,000."""
    return [
        {
            "sku": sku,
            "name": name,
            "category": category,
            "unit": unit,
            "list_price": parse_price(price),
            "cost": parse_price(cost),
            "tax_rate": 1300,
        }
        for sku, (name, category, unit, price, cost) in office()["products"].items()
    ]


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
    staff = random.choice([i for i, s in sellers if s["region"] == region])
    payer = random.choices([GOOD, SLOW, BAD], [0.72, 0.21, 0.07])[0]
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
    return CustomerPlan(record, contact, staff, payer, random.paretovariate(1.2))


def _name(random: Random, city: str, names: set[str]) -> str:
    """A company name not used yet: four in five Chinese, the others Latin; a branch number when the words run out."""
    words = office()["words"]
    while True:
        if random.random() < 0.8:
            name = f"{city}{random.choice(words['first'])}{random.choice(words['second'])}{random.choice(words['trade'])}有限公司"
        else:
            name = f"{random.choice(words['latin'])} {random.choice(words['latin_trade'])}"
        if name in names:
            name = f"{name} {random.randint(2, 99_999)}"
        if name not in names:
            names.add(name)
            return name


def orders(today: date, size: Size, people: list[CustomerPlan]) -> list[OrderPlan]:
    """The orders of the last `size.days` days, oldest first."""
    random = Random(SEED + 1)
    goods = products()
    weights = [p.weight for p in people]
    chosen = random.choices(range(len(people)), weights, k=size.orders)
    days = sorted(today - timedelta(days=int(size.days * random.random())) for _ in range(size.orders))
    return [_order(random, day, customer, people[customer], goods, today) for day, customer in zip(days, chosen, strict=True)]


def _order(random: Random, day: date, customer: int, who: CustomerPlan, goods: list[dict[str, Any]], today: date) -> OrderPlan:
    picked = random.sample(range(len(goods)), random.choices([1, 2, 3, 4, 5, 6], [18, 24, 24, 16, 11, 7])[0])
    lines = []
    for product in picked:
        quantity = random.choice([1, 2, 3, 5, 5, 10, 10, 20, 30, 50]) * 1000
        price, discount = goods[product]["list_price"], random.choices([0, 300, 500], [0.8, 0.12, 0.08])[0]
        lines.append((product, quantity, price, discount, line_amount(quantity, price, discount)))
    promised = day + timedelta(days=random.randint(3, 15))
    state = random.choices(["confirmed", "cancelled"], [0.985, 0.015])[0]
    plan = OrderPlan(day, customer, who.staff, promised, state, lines)
    if state == "confirmed":
        plan.deliveries = _deliveries(random, plan, today)
    return plan


def _deliveries(random: Random, plan: OrderPlan, today: date) -> list[tuple[date, dict[int, int]]]:
    """One delivery, or two parts; nearly all by the promise, none after today."""
    gap = random.choices([random.randint(-6, 0), random.randint(1, 9)], [0.9, 0.1])[0]
    first = max(plan.day, plan.promised + timedelta(days=gap))
    everything = {i: line[1] for i, line in enumerate(plan.lines)}
    if random.random() < 0.85 or not any(q >= 2000 for q in everything.values()):
        return [(first, everything)] if first <= today else []
    half = {i: q // 2000 * 1000 for i, q in everything.items() if q >= 2000}
    rest = {i: q - half.get(i, 0) for i, q in everything.items()}
    second = first + timedelta(days=random.randint(2, 12))
    return [(day, part) for day, part in ((first, half), (second, rest)) if day <= today]


def receipts(random: Random, payer: Payer, due: date, amount: int, today: date) -> list[tuple[date, int]]:
    """When and how much of one bill was paid up to today."""
    if random.random() > payer.paid:
        return []
    paid_on = due + timedelta(days=payer.late + random.randint(-payer.spread // 3, payer.spread))
    if random.random() < payer.parts:
        first = amount * 6 // 10
        parts = [(paid_on, first), (paid_on + timedelta(days=random.randint(10, 40)), amount - first)]
    else:
        parts = [(paid_on, amount)]
    return [(day, part) for day, part in parts if day <= today and part > 0]
