"""What the demo office promised, asked, reviewed and put right in a year. Plain facts, nothing written here."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from salescli.desk.demo_plan import CustomerPlan, OrderPlan, Size
from salescli.desk.demo_plan_leads import FRONT_DESK
from salescli.desk.demo_plan_visits import ContactPlan, superiors
from salescli.desk.demo_words import SEED, office, workday

Record = dict[str, Any]
"""One row by column; people, customers and products are indexes, under `staff`, `customer`, `product` …"""


def files(today: date, people: list[CustomerPlan]) -> list[tuple[Record, Record]]:
    """What is known beyond the bare file: verified when, next service; birthday and consent of the main contact."""
    random = Random(SEED + 30)
    found = []
    for person in people:
        stale = random.random() < 0.12
        file: Record = {"verified_on": today - timedelta(random.randint(95, 160) if stale else random.randint(1, 85)),
                        "verified_by": person.staff, "kind": random.choice(["直接用户", "连锁机构", "直接用户", "零售"])}  # fmt: skip
        if random.random() < 0.1:
            file["next_service_on"] = today + timedelta(random.randint(2, 90))
        contact: Record = {}
        if random.random() < 0.6:
            contact["birthday"] = date(random.randint(1968, 2000), random.randint(1, 12), random.randint(1, 28)).isoformat()
        elif random.random() < 0.3:
            contact["lunar_birthday"] = f"{random.randint(1, 12):02}-{random.randint(1, 29):02}"
        if random.random() < 0.8:
            contact["consent_on"] = max(person.record["since"], today - timedelta(random.randint(5, 700)))
        found.append((file, contact))
    return found


def surveys(today: date, plans: list[OrderPlan]) -> list[Record]:
    """Every buyer was asked about three months apart; the last time is nearly due for a few. Oldest first."""
    random = Random(SEED + 31)
    first = {plan.customer: plan for plan in reversed(plans) if plan.state == "confirmed"}
    found = []
    for customer, plan in sorted(first.items()):
        day = workday(today - timedelta(random.randint(1, 89)))
        while day > plan.day:
            score = random.choices([5, 4, 3, 2, 1], [36, 40, 18, 5, 1])[0]
            comment = random.choice(office()["talk"]["survey"])
            found.append({"day": day, "customer": customer, "staff": plan.staff, "score": score, "comment": comment})
            day = workday(day - timedelta(random.randint(80, 100)))
    return sorted(found, key=lambda row: row["day"])


def reviews(today: date, people: list[CustomerPlan]) -> list[Record]:
    """Key accounts looked at every three months; a few are due these days."""
    random = Random(SEED + 32)
    found = []
    for customer, person in enumerate(people):
        if person.record["customer_class"] != "A":
            continue
        day = workday(today - timedelta(random.randint(4, 88)))
        for _ in range(3):
            plan = random.choice(office()["talk"]["review"])
            found.append({"day": day, "customer": customer, "staff": person.staff, "plan": plan, "participants": "本人与主管"})
            day = workday(day - timedelta(random.randint(82, 95)))
    return sorted(found, key=lambda row: row["day"])


def promises(today: date, contacts: list[ContactPlan]) -> list[Record]:
    """What was promised on visits: most of it kept, some broken with a reason, what is due these days still open."""
    random = Random(SEED + 33)
    talk = office()["talk"]
    found = []
    for contact in contacts:
        if contact.channel != "visit" or contact.lead is not None or random.random() > 0.06:
            continue
        due = workday(contact.day + timedelta(random.randint(3, 12)))
        row: Record = {"made_on": contact.day, "due": due, "customer": contact.customer, "staff": contact.staff}
        row["text"] = random.choice(talk["promise"])
        if due < today and (random.random() < 0.9 or (today - due).days > 4):
            kept = random.random() < 0.9
            closed = max(contact.day, due - timedelta(random.randint(0, 2)))
            row |= {"state": "kept" if kept else "broken", "closed_on": closed}
            row["result"] = None if kept else random.choice(talk["broken"])
        found.append(row)
    return found


def tickets(today: date, size: Size, plans: list[OrderPlan]) -> list[tuple[Record, list[Record]]]:
    """Complaints and wishes after deliveries with their steps, oldest first; a few of the last days are open."""
    random = Random(SEED + 34)
    delivered = [(i, plan) for i, plan in enumerate(plans) if plan.deliveries and plan.deliveries[-1][0] < today - timedelta(4)]
    recent = [entry for entry in delivered if entry[1].deliveries[-1][0] > today - timedelta(15)]
    chosen = random.sample(delivered, min(size.tickets, len(delivered))) + random.sample(recent, min(5, len(recent)))
    made = [_ticket(random, today, i, plan, fresh=n >= size.tickets) for n, (i, plan) in enumerate(chosen)]
    return sorted(made, key=lambda entry: entry[0]["day"])


def _ticket(random: Random, today: date, order: int, plan: OrderPlan, *, fresh: bool) -> tuple[Record, list[Record]]:
    talk = office()["talk"]
    day = workday(today - timedelta(random.randint(0, 3)) if fresh else plan.deliveries[-1][0] + timedelta(random.randint(2, 4)))
    row: Record = {
        "day": day, "time": f"{random.randint(9, 16):02}:{random.choice([5, 20, 35, 50]):02}", "customer": plan.customer,
        "kind": random.choices(["complaint", "repair", "exchange", "question", "training"], [45, 15, 20, 12, 8])[0],
        "content": random.choice(talk["ticket"]), "cause": random.choice(talk["cause"]), "order": order,
        "product": random.choice(plan.lines).product, "about": plan.staff if random.random() < 0.3 else None, "agent": FRONT_DESK,
    }  # fmt: skip
    return row, _steps(random, day, today, fresh=fresh)


def _steps(random: Random, day: date, today: date, *, fresh: bool) -> list[Record]:
    """Answered the same day, solved within days, told, closed with a score."""
    talk = office()["talk"]
    steps: list[Record] = [{"day": day, "step": "answered", "text": "已致歉，了解情况，答应尽快处理"}]
    if fresh:
        return steps[: random.randint(0, 1)]
    solved = min(day + timedelta(random.choices([0, 1, 2, 4], [20, 40, 32, 8])[0]), today)
    if random.random() < 0.3:
        steps.append({"day": solved, "step": "studied", "text": "与供应商核对批次"})
    steps.append({"day": solved, "step": "solved", "text": random.choice(talk["solution"])})
    steps.append({"day": solved, "step": "told"})
    closed = solved + timedelta(random.randint(1, 4))
    if closed <= today:
        steps.append({"day": closed, "step": "closed", "score": random.choices([5, 4, 3], [50, 40, 10])[0]})
    return steps


def tasks(today: date) -> list[Record]:
    """What superiors asked of their people in the last weeks; the newest are open."""
    random = Random(SEED + 35)
    chief = superiors()
    found = []
    for staff in sorted(chief):
        for _ in range(random.randint(1, 3)):
            created = workday(today - timedelta(random.randint(1, 25)))
            due = workday(created + timedelta(random.randint(3, 9)))
            row: Record = {"created": created, "due": max(due, created), "staff": staff, "created_by": chief[staff]}
            row["text"] = random.choice(office()["talk"]["task"])
            if row["due"] < today:
                row |= {"state": "done", "closed_on": row["due"], "result": "已完成"}
            found.append(row)
    return sorted(found, key=lambda row: row["created"])


def appointments(today: date, contacts: list[ContactPlan]) -> list[Record]:
    """Visits agreed on for today and tomorrow, with customers seen lately."""
    random = Random(SEED + 36)
    seen: dict[int, ContactPlan] = {}
    for contact in contacts:
        if contact.channel == "visit" and contact.lead is None and contact.day > today - timedelta(21):
            seen.setdefault(contact.staff, contact)
    made = []
    for n, (staff, contact) in enumerate(sorted(seen.items())):
        purpose = random.choice(office()["talk"]["purpose"])
        when = {"day": today + timedelta(n % 2), "time": random.choice(["10:00", "14:30"])}
        made.append({"customer": contact.customer, "staff": staff, "purpose": purpose, "ready": n % 3, **when})
    return made
