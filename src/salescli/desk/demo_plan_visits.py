"""How the demo office looked after its customers for a year: visits, after-sales calls, the pool. Plain facts, nothing written here.

The year is lived through day by day: every seller calls after deliveries and visits whoever is next on his list.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from salescli.customer.rules_care import order_cycle
from salescli.desk.demo_plan import SELLING, CustomerPlan, OrderPlan, Size
from salescli.desk.demo_words import SATURDAY, SEED, office, workday

IDLE = 30
REJECTED, FORGOTTEN = 0.05, 0.015
CORRECTED = 5
"""Days after which a record that was sent back is put right."""
REMINDER = 12_000
"""Share of his usual interval after which a customer who did not order is asked."""
MOST = 4
"""Visits a day when many are due."""
JOINT = 2
"""Visits of a week on which the superior comes along."""
"""Shares of visit records sent back, and of after-sales calls nobody made."""


@dataclass
class Move:
    """One change of hands of a customer or lead; people are indexes of the staff list, None is the pool (or nobody)."""

    day: date
    former: int | None
    owner: int | None
    operator: int | None
    move: str
    reason: str | None = None


@dataclass
class ContactPlan:
    """One contact: who spoke to whom, what was said (`fields` by column), and what the superior made of it."""

    day: date
    channel: str
    staff: int
    customer: int | None = None
    lead: int | None = None
    time: str | None = None
    next_on: date | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    follow: dict[str, Any] | None = None


@dataclass
class Fate:
    """What becomes of a customer who never ordered: nobody contacts him after `quiet`, then the pool, then perhaps another seller."""

    kind: str
    quiet: date
    pooled: date | None = None
    claimed: date | None = None
    claimer: int | None = None


@dataclass
class Year:
    """What a year left behind: contacts in their order, changes of hands per customer, who owns whom since when now."""

    contacts: list[ContactPlan]
    moves: dict[int, list[Move]]
    owners: dict[int, tuple[int | None, date]]


def superiors() -> dict[int, int]:
    """Whose superior is whose, by index."""
    index = {who["code"]: i for i, who in enumerate(office()["staff"])}
    return {i: index[who["superior"]] for i, who in enumerate(office()["staff"]) if "superior" in who}


def sellers() -> list[int]:
    """Indexes of the people who sell."""
    return [i for i, who in enumerate(office()["staff"]) if set(who["role"].split(",")) & SELLING]


def said(random: Random, *names: str) -> dict[str, Any]:
    """A sentence of each list of words."""
    return {name: random.choice(office()["talk"][name]) for name in names}


def year(today: date, size: Size, people: list[CustomerPlan], plans: list[OrderPlan]) -> Year:
    """The year of every customer."""
    return _Life(today, size, people, plans).live()


class _Life:
    def __init__(self, today: date, size: Size, people: list[CustomerPlan], plans: list[OrderPlan]) -> None:
        self.random = Random(SEED + 10)
        self.today, self.people = today, people
        self.start = today - timedelta(size.days)
        self.dealt = {plan.customer for plan in plans if plan.state == "confirmed"}
        self.chief = superiors()
        self.contacts: list[ContactPlan] = []
        self.calls = self._calls(plans)
        self.asked = self._asked(plans)
        self.fates = self._fates()
        self.rate = {i: self.random.uniform(1.3, 1.8) for i in sellers()}
        self.joint: dict[tuple[int, date], int] = defaultdict(int)
        self.round: dict[int, dict[int, date]] = defaultdict(dict)
        for i, person in enumerate(people):
            self.round[person.staff][i] = self.start + timedelta(self.random.randint(0, self._interval(i)))

    def live(self) -> Year:
        """Day by day until yesterday; the last days' visits still wait for the superior's word."""
        day = self.start
        while day < self.today:
            if day.weekday() < SATURDAY:
                self._day(day)
            day += timedelta(1)
        moves = {i: self._moves(i, fate) for i, fate in self.fates.items() if fate.pooled}
        return Year(self.contacts, moves, {i: (of[-1].owner, of[-1].day) for i, of in moves.items()})

    def _interval(self, customer: int) -> int:
        key = self.people[customer].record["customer_class"] == "A"
        low, high = (18, 26) if key else (42, 75)
        return self.random.randint(low, high) if customer in self.dealt else self.random.randint(12, 20)

    def _calls(self, plans: list[OrderPlan]) -> dict[date, list[tuple[int, int]]]:
        """After-sales calls by the day they were made: day 3 to 7 after the last goods went out, a few forgotten."""
        found: dict[date, list[tuple[int, int]]] = defaultdict(list)
        for plan in plans:
            if plan.deliveries and self.random.random() > FORGOTTEN:
                on = max(day for day, _part in plan.deliveries) + timedelta(3)
                on += timedelta(
                    max(0, 7 - on.weekday()) if on.weekday() >= SATURDAY else self.random.randint(0, SATURDAY - 1 - on.weekday()) // 2
                )
                found[on].append((plan.customer, plan.staff))
        return found

    def _asked(self, plans: list[OrderPlan]) -> dict[date, list[int]]:
        """Calls to customers whose next order is late by their own rhythm, soon after the reminder."""
        days: dict[int, set[date]] = defaultdict(set)
        for plan in plans:
            if plan.state == "confirmed":
                days[plan.customer].add(plan.day)
        found: dict[date, list[int]] = defaultdict(list)
        for customer, ordered in sorted(days.items()):
            rhythm = order_cycle(min(ordered), max(ordered), len(ordered), REMINDER)
            if rhythm and rhythm.remind < self.today - timedelta(3):
                found[workday(rhythm.remind + timedelta(3))].append(customer)
        return found

    def _fates(self) -> dict[int, Fate]:
        """Of those who never ordered: some fell to the pool, some were taken out again, some are about to fall."""
        undealt = [i for i in range(len(self.people)) if i not in self.dealt]
        self.random.shuffle(undealt)
        kinds = (["fallen"] * 4 + ["claimed"] * 3 + ["returned"] * 2 + ["soon"] * 4)[: len(undealt) * 2 // 3]
        return {i: self._fate(i, kind) for i, kind in zip(undealt, kinds, strict=False)}

    def _fate(self, customer: int, kind: str) -> Fate:
        ago = {"fallen": (34, 70), "claimed": (50, 75), "returned": (9, 40), "soon": (24, 28)}[kind]
        quiet = workday(self.today - timedelta(self.random.randint(*ago)))
        if kind == "soon":
            return Fate(kind, quiet)
        pooled = quiet + timedelta(self.random.randint(1, 6) if kind == "returned" else IDLE)
        if kind != "claimed":
            return Fate(kind, quiet, pooled)
        mine = self.people[customer]
        staff = office()["staff"]
        others = [i for i in sellers() if staff[i]["region"] == mine.record["region"] and i != mine.staff]
        return Fate(kind, quiet, pooled, workday(pooled + timedelta(self.random.randint(3, 12))), self.random.choice(others))

    def _moves(self, customer: int, fate: Fate) -> list[Move]:
        owner = self.people[customer].staff
        assert fate.pooled
        if fate.kind == "returned":
            return [Move(fate.pooled, owner, None, owner, "returned", "客户迁往外地，本区无法跟进")]
        fell = Move(fate.pooled, owner, None, None, "pooled", f"{IDLE} 天没有联系")
        if fate.claimed is None:
            return [fell]
        return [fell, Move(fate.claimed, None, fate.claimer, fate.claimer, "claimed")]

    def _day(self, day: date) -> None:
        for customer, fate in self.fates.items():
            if fate.quiet == day:
                self._contact(day, fate_channel(fate), self.people[customer].staff, customer)
                self.round[self.people[customer].staff].pop(customer, None)
            if fate.claimed == day and fate.claimer is not None:
                self._contact(day, "call", fate.claimer, customer)
                self.round[fate.claimer][customer] = day + timedelta(self.random.randint(4, 9))
        for customer, staff in self.calls.get(day, ()):
            self._called(day, customer, staff)
        for customer in self.asked.get(day, ()):
            self._contact(day, "call", self.people[customer].staff, customer)
        for seller in self.rate:
            for customer in self._chosen(seller, day):
                self._visit(day, seller, customer)

    def _chosen(self, seller: int, day: date) -> list[int]:
        """Whom he visits: those due the longest, and when nobody is due those who come next."""
        wanted = int(self.rate[seller] + self.random.random())
        waiting = sorted((on, customer) for customer, on in self.round[seller].items() if on <= day + timedelta(14))
        wanted = max(wanted, min(MOST, sum(on <= day for on, _customer in waiting)))
        return [customer for _on, customer in waiting[:wanted]]

    def _visit(self, day: date, seller: int, customer: int) -> None:
        accepted = self._contact(day, "visit" if self.random.random() < 0.9 else "call", seller, customer)
        if accepted is not None:
            self.round[seller][customer] = accepted

    def _called(self, day: date, customer: int, staff: int) -> None:
        """The call after a delivery does not put off the next visit."""
        next_on = self.round[staff].get(customer)
        if next_on is None or next_on <= day:
            next_on = self.round[staff][customer] = workday(day + timedelta(self.random.randint(8, 20)))
        fields = {"content": self.random.choice(office()["talk"]["call"]), "in_depth": 0}
        self.contacts.append(ContactPlan(day, "after_sales", staff, customer, time=self._time(), next_on=next_on, fields=fields))

    def _contact(self, day: date, channel: str, staff: int, customer: int) -> date | None:
        """Record a contact; the day of the next one, or None when the record was rejected."""
        next_on = max(workday(day + timedelta(self._interval(customer))), day + timedelta(1))
        fields = said(self.random, "purpose", "content", "need", "feedback", "next_step")
        fields |= {"in_depth": int(channel == "visit"), "minutes": self.random.choice([20, 30, 45, 60])}
        if channel == "visit" and self._together(staff, day):
            fields["joint_id"] = self.chief[staff]
        review = self._review(day, staff) if channel == "visit" else {}
        self.contacts.append(ContactPlan(day, channel, staff, customer, time=self._time(), next_on=next_on, fields={**fields, **review}))
        return None if review.get("review") == "rejected" else next_on

    def _together(self, staff: int, day: date) -> bool:
        """Whether the leader of a rep comes along: on his first visits of a week."""
        if self.chief[staff] not in self.rate:
            return False
        week = (staff, day - timedelta(day.weekday()))
        self.joint[week] += 1
        return self.joint[week] <= JOINT

    def _review(self, day: date, staff: int) -> dict[str, Any]:
        return review_of(self.random, day, self.today, self.chief[staff])

    def _time(self) -> str:
        return f"{self.random.choice([9, 10, 10, 11, 14, 15, 15, 16]):02}:{self.random.choice([0, 10, 15, 30, 40, 45]):02}"


def fate_channel(fate: Fate) -> str:
    """Whoever is about to fall was only telephoned last."""
    return "call" if fate.kind in ("soon", "fallen") else "message"


def review_of(random: Random, day: date, today: date, chief: int) -> dict[str, Any]:
    """The superior's word on a visit, the next morning; the last two days still wait."""
    if (today - day).days <= 2:
        return {}
    seen = {"reviewed_by": chief, "reviewed_on": min(day + timedelta(1), today)}
    if random.random() < REJECTED and (today - day).days <= CORRECTED:
        return {"review": "rejected", "review_note": random.choice(office()["talk"]["rejected"]), **seen}
    return {"review": "accepted", **seen}
