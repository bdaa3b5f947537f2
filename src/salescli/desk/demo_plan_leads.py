"""The demo office's leads of a year: who filed them, how far they came, what was said. Plain facts, nothing written here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from salescli.desk.demo_plan import CustomerPlan, Size, _name
from salescli.desk.demo_plan_visits import IDLE, ContactPlan, Move, review_of, said, sellers, superiors
from salescli.desk.demo_words import SEED, office, workday
from salescli.lead.states import STAGES, Source, Stage

FRONT_DESK = 4
"""Index of the person at the front desk in the staff list."""
RETURNING = (Source.CUSTOMER, Source.CUSTOMER, Source.PHONE, Source.EVENT, Source.FAIR, Source.WEB_SEARCH, Source.PARTNER)
"""Where a customer who comes back with a project says he heard of us."""
OPEN = tuple(STAGES[place] for place in (0, 1, 2, 4, 1, 3, 2, 0, 1, 2, 3, 4))
"""How far open leads come, in turn, where they had time to."""
FRESH = 45
"""A lead older than this has come to an end, or gone to the pool, in most cases."""
STALL = 14


@dataclass
class LeadPlan:
    """One lead with its logs; `staff` None = in the pool, `customer` the index of the customer it became or belongs to."""

    record: dict[str, Any]
    staff: int | None
    filed_by: int
    customer: int | None = None
    stages: list[tuple[date, str | None, str, str | None]] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    contacts: list[ContactPlan] = field(default_factory=list)
    comment: tuple[date, int, str] | None = None
    objection: tuple[date, str, str] | None = None
    invited: date | None = None


def leads(today: date, size: Size, people: list[CustomerPlan], buyers: list[int]) -> list[LeadPlan]:
    """The leads, oldest first; `buyers`: indexes of customers who order, some of whom come back with a project."""
    maker = _Maker(today, people, buyers)
    created = sorted(workday(today - timedelta(int((size.days - 10) * maker.random.random() ** 1.5))) for _ in range(size.leads))
    return [maker.lead(number, day) for number, day in enumerate(created)]


class _Maker:
    def __init__(self, today: date, people: list[CustomerPlan], buyers: list[int]) -> None:
        self.random = Random(SEED + 20)
        self.today, self.people, self.buyers = today, people, buyers
        self.names = {p.record["name"] for p in people}
        self.chief, self.sellers = superiors(), sellers()
        self.stalls = 0

    def lead(self, number: int, created: date) -> LeadPlan:
        """One lead and its story."""
        fate = self._fate((self.today - created).days)
        target = self._target(fate, number)
        returning = fate == "won" or target in (Stage.DELIVER, Stage.NEGOTIATE)
        lead = self._returning(created) if returning else self._stranger(created)
        assert lead.staff is not None
        operator = lead.filed_by
        lead.moves.append(Move(created, None, lead.staff, operator, "created"))
        days = self._days(created, fate)
        self._stages(lead, days, target, fate)
        self._contacts(lead, number, days, fate)
        self._establish(lead, fate)
        self._end(lead, days, fate)
        return lead

    def _fate(self, age: int) -> str:
        kinds = ["open", "won", "lost", "pool", "invalid", "paused"]
        shares = [0.78, 0.03, 0.1, 0.0, 0.07, 0.02] if age <= FRESH else [0.04, 0.3, 0.42, 0.1, 0.09, 0.05]
        return "open" if age < 12 else self.random.choices(kinds, shares)[0]

    def _target(self, fate: str, number: int) -> Stage:
        if fate == "won":
            return Stage.WON
        if fate == "open":
            return OPEN[number % len(OPEN)]
        shares = {"lost": [20, 30, 30, 20, 0]}.get(fate, [60, 40, 0, 0, 0])
        return self.random.choices(STAGES, shares)[0]

    def _stranger(self, created: date) -> LeadPlan:
        words = office()["words"]
        city = self.random.choice(words["city"])
        region = next(r for r, cities in office()["regions"].items() if city in cities)
        near = [i for i in self.sellers if office()["staff"][i]["region"] == region]
        staff = self.random.choice([i for i in near for _ in range(1 if office()["staff"][i]["role"] == "supervisor" else 2)])
        record = {
            "name": self.random.choice(words["surname"]) + self.random.choice(words["given"]),
            "company": _name(self.random, city, self.names),
            "phone": f"1{self.random.randint(3_000_000_000, 9_999_999_999)}",
            "source": self.random.choice([s.value for s in Source]),
            "region": region,
            "created": created,
        }
        return LeadPlan(record, staff, self._filer(record["source"], staff))

    def _returning(self, created: date) -> LeadPlan:
        """A customer who comes back with a project of his own."""
        customer = self.random.choice(self.buyers)
        person = self.people[customer]
        record = {
            "name": person.contact["name"], "company": person.record["name"], "phone": person.contact["phone"],
            "source": self.random.choice(RETURNING).value, "region": person.record["region"],
            "created": created,
        }  # fmt: skip
        return LeadPlan(record, person.staff, self._filer(record["source"], person.staff), customer)

    def _filer(self, source: str, staff: int) -> int:
        return FRONT_DESK if source in (Source.WALK_IN, Source.PHONE, Source.WEB_MESSAGE) else staff

    def _days(self, created: date, fate: str) -> list[date]:
        """The days of contact, the first soon after filing, the last where the story ends."""
        age = (self.today - created).days
        if fate == "open":
            last = created if age < 2 else workday(self.today - timedelta(self.random.randint(1, min(age, 7))))
        elif fate == "pool":
            last = created + timedelta(min(max(age - IDLE - self.random.randint(2, 20), 0), 40))
        else:
            last = created + timedelta(min(age - 1, self.random.randint(14, 50)))
        last = max(created, workday(last))
        count = 0 if age == 0 else max(2, min(9, (last - created).days // 5 + 1), 6 if fate == "won" else 0)
        span = (last - created).days
        return [max(created, workday(created + timedelta(span * n // max(1, count - 1)))) for n in range(count)]

    def _stages(self, lead: LeadPlan, days: list[date], target: Stage, fate: str) -> None:
        """One step at a time on days of contact; some stand still long after their last step."""
        lead.stages.append((lead.record["created"], None, Stage.DEVELOP.value, None))
        path = [*STAGES, Stage.WON]
        usable = [d for d in days[1:] if not self._stalls(fate, d)]
        steps = min(path.index(target), len(usable))
        if fate == "won":
            usable = days[1:]
        chosen = usable[-steps:] if steps else []
        for place, day in enumerate(chosen):
            lead.stages.append((day, path[place].value, path[place + 1].value, None))

    def _stalls(self, fate: str, day: date) -> bool:
        """One open lead in six has not moved in the last weeks."""
        if fate != "open" or (self.today - day).days > STALL + 1:
            return False
        return self.stalls % 6 == 0

    def _contacts(self, lead: LeadPlan, number: int, days: list[date], fate: str) -> None:
        self.stalls += fate == "open"
        assert lead.staff is not None
        intent = self.random.choice(["low", "middle", "high"])
        for n, day in enumerate(days):
            following = days[n + 1] if n + 1 < len(days) else self._next(day, fate)
            stage = [to for on, _former, to, _why in lead.stages if on < day][-1:] or [Stage.DEVELOP.value]
            next_on = following if following and following > day else None
            contact = ContactPlan(day, self._channel(lead, n), lead.staff, lead.customer, number, next_on=next_on)
            contact.fields = said(self.random, "content", "need", "next_step") | {"contact": lead.record["name"]}
            contact.fields["in_depth"] = int(contact.channel == "visit")
            if contact.channel == "visit":
                contact.fields |= review_of(self.random, day, self.today, self.chief[lead.staff])
            contact.follow = {"stage": stage[0], "intent": intent, "stall_reason": None}
            lead.contacts.append(contact)
        if days:
            lead.record["intent"] = intent
            self._explain(lead, intent)

    def _channel(self, lead: LeadPlan, n: int) -> str:
        if n == 0 and lead.record["source"] == Source.WALK_IN:
            return "reception"
        return self.random.choice(["call", "call", "message", "visit"])

    def _next(self, day: date, fate: str) -> date | None:
        """The next contact: mostly ahead, some today, a few late."""
        if fate != "open":
            return None
        ahead = self.random.choice([-1, 0, 1, 2, 3, 3, 4, 5, 6, 8])
        return max(self.today + timedelta(ahead), day + timedelta(1))

    def _explain(self, lead: LeadPlan, intent: str) -> None:
        """Half of those who stand still say why."""
        fits = {"low": "not_contacted", "middle": "torn", "high": "no_money_yet"}
        last = lead.contacts[-1]
        assert last.follow
        stalled = (last.day - lead.stages[-1][0]).days > STALL
        if stalled and lead.stages[-1][2] in STAGES and self.random.random() < 0.5:
            last.follow |= {"stall_reason": fits[intent], "stage": lead.stages[-1][2]}

    def _establish(self, lead: LeadPlan, fate: str) -> None:
        """What the stages behind it have established."""
        stage = lead.stages[-1][2]
        reached = STAGES.index(Stage(stage)) if stage in STAGES else len(STAGES)
        talk, random, record = office()["talk"], self.random, lead.record
        if reached >= 1:
            record |= {"need": random.choice(talk["need"]), "equipment": random.choice(talk["equipment"])}
        if reached >= 2:
            record |= {"spec": "A4 激光黑白", "quantity": random.choice(talk["quantity"]), "use": "办公",
                       "pain": random.choice(talk["pain"]), "solution": random.choice(talk["solution_offer"])}  # fmt: skip
            record["amount"] = random.choice([6_000, 9_800, 15_000, 24_000, 36_000, 58_000, 88_000]) * 100
            ended = fate == "won"
            record["expected"] = lead.stages[-1][0] if ended else self.today + timedelta(random.randint(7, 75))
        if reached >= 3:
            record_day = lead.stages[min(3, len(lead.stages) - 1)][0]
            lead.objection = (record_day, random.choice(talk["objection"]), random.choice(talk["answer"]))

    def _end(self, lead: LeadPlan, days: list[date], fate: str) -> None:
        record, talk, created = lead.record, office()["talk"], lead.record["created"]
        last = days[-1] if days else created
        early = "appointed" if len(days) > 3 else "contacted" if days else "new"
        record |= {"state": "converted" if lead.customer is not None else early, "owner_since": created}
        stage = lead.stages[-1][2]
        if fate == "won":
            record["closed"] = lead.stages[-1][0]
        elif fate == "lost":
            lead.stages.append((last, stage, Stage.LOST.value, self.random.choice(talk["lost"])))
            record |= {"closed": last, "lost_reason": lead.stages[-1][3], "alternative": self.random.choice(talk["alternative"])}
            record["state"] = record["state"] if lead.customer is not None else "lost"
        elif fate == "invalid":
            record |= {"closed": last, "state": "invalid", "note": self.random.choice(talk["invalid"])}
            lead.customer = None
        elif fate == "paused":
            lead.stages.append((last, stage, Stage.PAUSED.value, "客户预算推迟到下半年"))
            lead.moves.append(Move(last, lead.staff, None, lead.staff, "returned", "项目暂停"))
            record["owner_since"], lead.staff = last, None
        elif fate == "pool":
            self._fall(lead, last)
        else:
            self._going_on(lead)
        record |= {"stage": lead.stages[-1][2], "stage_since": lead.stages[-1][0]}

    def _fall(self, lead: LeadPlan, last: date) -> None:
        fell = min(last + timedelta(IDLE), self.today - timedelta(1))
        lead.moves.append(Move(fell, lead.staff, None, None, "pooled", f"{IDLE} 天没有联系"))
        lead.record["owner_since"], lead.staff = fell, None

    def _going_on(self, lead: LeadPlan) -> None:
        assert lead.staff is not None
        if lead.contacts:
            lead.record["next_on"] = lead.contacts[-1].next_on
        if lead.contacts and self.random.random() < 0.08:
            on = max(lead.contacts[-1].day, self.today - timedelta(1))
            lead.comment = (on, self.chief[lead.staff], self.random.choice(office()["talk"]["comment"]))
        if lead.record.get("next_on") == self.today and self.random.random() < 0.4:
            lead.invited = self.today
