"""Writes the demo office into a new book (DAT-07): the same rows for the same day, whoever makes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from salescli.ar.actions_many import NewReceipt, NewReceivable, post_many
from salescli.book.create import creating
from salescli.core import money
from salescli.core.access import actor_for, os_account
from salescli.core.alike import normal_name, normal_phone
from salescli.core.i18n import N_, msg
from salescli.core.phonetic import pinyin
from salescli.core.report import Done
from salescli.core.tables import PolicyValue, Staff, StaffRole
from salescli.customer.tables import Contact, Customer
from salescli.customer.tables_contact import OwnerChange
from salescli.desk import demo_plan, demo_plan_care, demo_plan_leads, demo_plan_visits
from salescli.desk.demo_crm import Ids, Life
from salescli.order.tables import Delivery, DeliveryLine, OrderLine, SalesOrder
from salescli.product.tables import Product
from salescli.stock.actions import Opening, set_openings

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from salescli.core.writer import Writer
    from salescli.desk.demo_plan import CustomerPlan, OrderPlan, Size
    from salescli.desk.demo_plan_visits import Year

COMPANY = "北辰办公用品有限公司"


def make(path: Path, size: Size | None = None, *, advance: Callable[[int], None] = lambda _n: None) -> Done:
    """Create the demo book at `path`; whoever is at the keyboard is its administrator ADMIN. Raises SalesError when the file exists."""
    size = size or demo_plan.Size()
    with creating(path, "demo", {"company": COMPANY, "currency": "CNY", "prices": "gross", "demo": "yes"}) as w:
        facts = _Office(w, size, advance).fill()
    return Done(
        msg(
            N_(
                "demo office {company} written to {book}: {staff} staff, {customers} customers, {orders} orders, "
                "receivables {open:amount} open"
            ),
            company=COMPANY,
            book=str(path),
            **facts,
        ),
        facts=facts,
        next=tuple(f"salescli --db {path} {line}" for line in ("today", "ar overdue", "ar aging", "kpi rank", "--user LIU today")),
    )


@dataclass
class _Office:
    """One run: the writer, the size, and the ids handed out so far."""

    w: Writer
    size: Size
    advance: Callable[[int], None]

    def fill(self) -> dict[str, Any]:
        """Everything, in the order the tables need; returns the figures the user is told."""
        today = self.w.today
        staff = self._staff()
        first_product = self.w.insert_records(Product, [{**p, "active": 1, "pinyin": pinyin(p["name"])} for p in demo_plan.products()])
        people = demo_plan.customers(today, self.size)
        plans = demo_plan.orders(today, self.size, people)
        lived = demo_plan_visits.year(today, self.size, people, plans) if self.size.life else None
        first_customer = self._customers(people, staff, lived)
        self._orders(plans, first_customer, first_product, staff)
        self._money(plans, people, first_customer, staff)
        self._stock(first_product)
        if lived:
            self._life(lived, people, plans, Ids(staff, first_customer, first_product))
        open_amount = self.w.reader.value("SELECT coalesce(sum(kept_open), 0) FROM receivable")
        return {"staff": len(staff), "customers": len(people), "orders": len(plans), "open": open_amount}

    def _staff(self) -> list[int]:
        """The people; the administrator first, so that the rest of the history carries a name."""
        account = os_account()
        admin = self.w.add(Staff(code="ADMIN", name="Administrator", os_account=account, hired=self.w.today - timedelta(days=1500)))
        assert admin.id is not None
        self.w.add(StaffRole(staff_id=admin.id, role="admin"))
        self.w.act_as(actor_for(self.w.reader, admin.id, admin.code, admin.name, account))
        ids: dict[str, int] = {}
        for number, who in enumerate(demo_plan.office()["staff"]):
            hired = self.w.today - timedelta(days=900 + 40 * number)
            row = Staff(code=who["code"], name=who["name"], region=who["region"], superior_id=ids.get(who.get("superior", "")), hired=hired)
            row.pinyin = pinyin(row.name)
            self.w.add(row)
            assert row.id is not None
            ids[row.code] = row.id
            self.w.session.add_all(StaffRole(staff_id=row.id, role=role) for role in who["role"].split(","))
        admin.superior_id = ids["CHEN"]
        # The director has nobody above him: what he asks for is decided by the manager.
        self.w.add(PolicyValue(key="approval.deputy", value="LI", type="staff", valid_from=self.w.today - timedelta(days=400)))
        return list(ids.values())

    def _life(self, lived: Year, people: list[CustomerPlan], plans: list[OrderPlan], ids: Ids) -> None:
        """Visits, leads, care and service around the trade."""
        buyers = sorted({plan.customer for plan in plans if plan.state == "confirmed"})
        leads = demo_plan_leads.leads(self.w.today, self.size, people, buyers)
        Life(self.w, ids, self.size, people, plans, lived, leads).write()

    def _customers(self, people: list[CustomerPlan], staff: list[int], lived: Year | None) -> int:
        records = [
            {**p.record, "staff_id": staff[p.staff], "since": p.record["since"].isoformat(), "created": p.record["since"].isoformat(),
             "owner_since": p.record["since"].isoformat(), "pinyin": pinyin(p.record["name"]), "normal_name": normal_name(p.record["name"])}
            for p in people
        ]  # fmt: skip
        contacts: list[dict[str, Any]] = [{**p.contact, "normal_phone": normal_phone(p.contact["phone"])} for p in people]
        if lived:
            for n, (file, contact) in enumerate(demo_plan_care.files(self.w.today, people)):
                records[n] |= {**file, "verified_by": staff[file["verified_by"]]}
                contacts[n] |= contact
            for n, (owner, since) in lived.owners.items():
                records[n] |= {"staff_id": None if owner is None else staff[owner], "owner_since": since.isoformat()}
        first = self.w.insert_records(Customer, records)
        series = "INSERT INTO number_series (series, period, last) VALUES ('C', 'all', ?)"
        self.w.reader.connection.execute(series, (len(records),))  # the next customer's code goes on from here
        self.w.insert_records(Contact, [{**contact, "customer_id": first + i} for i, contact in enumerate(contacts)])
        self.w.insert_records(OwnerChange, [
            {"day": p.record["since"], "customer_id": first + i, "owner_id": staff[p.staff], "move": "created"}
            for i, p in enumerate(people)
        ])  # fmt: skip
        return first

    def _orders(self, plans: list[OrderPlan], first_customer: int, first_product: int, staff: list[int]) -> None:
        """Orders, lines, deliveries; numbers taken in the order of the days, so they run like a real office's."""
        goods = demo_plan.products()
        numbers = [self.w.number("SO", plan.day) for plan in plans]
        first_order = self.w.insert_records(
            SalesOrder,
            [
                {"number": number, "date": plan.day.isoformat(), "customer_id": first_customer + plan.customer,
                 "staff_id": staff[plan.staff],
                 "state": plan.state, "promised": plan.promised.isoformat(), "kept_delivered_on": _delivered_on(plan)}
                for number, plan in zip(numbers, plans, strict=True)
            ],
        )  # fmt: skip
        self.advance(len(plans))
        lines = [
            {"order_id": first_order + o, "line_no": n, "product_id": first_product + product, "quantity": quantity, "unit_price": price,
             "discount": discount, "amount": amount, "unit_cost": goods[product]["cost"], "amount_given": 0}
            for o, plan in enumerate(plans)
            for n, (product, quantity, price, discount, amount) in enumerate(plan.lines, 1)
        ]  # fmt: skip
        first_line = self.w.insert_records(OrderLine, lines)
        self._deliveries(plans, first_order, first_line)

    def _deliveries(self, plans: list[OrderPlan], first_order: int, first_line: int) -> None:
        """Deliveries numbered by their day; the second part of a line carries the rest of its amount."""
        starts = _line_starts(plans, first_line)
        found = [(day, o, part) for o, plan in enumerate(plans) for day, part in plan.deliveries]
        found.sort(key=lambda d: (d[0], d[1]))
        self.numbers = {(o, day): self.w.number("DN", day) for day, o, _part in found}
        warehouse = self.w.reader.value("SELECT id FROM warehouse WHERE code = 'MAIN'")
        first = self.w.insert_records(
            Delivery,
            [
                {
                    "number": self.numbers[o, day],
                    "order_id": first_order + o,
                    "date": day.isoformat(),
                    "kind": "delivery",
                    "warehouse_id": warehouse,
                }
                for day, o, _part in found
            ],
        )
        self.w.insert_records(
            DeliveryLine,
            [
                {
                    "delivery_id": first + d,
                    "order_line_id": starts[o] + i,
                    "quantity": quantity,
                    "amount": _part_amount(plans[o], day, i, quantity),
                }
                for d, (day, o, part) in enumerate(found)
                for i, quantity in part.items()
            ],
        )

    def _money(self, plans: list[OrderPlan], people: list[CustomerPlan], first_customer: int, staff: list[int]) -> None:
        """A receivable per delivery, and what the customer's habits made of it."""
        random = Random(demo_plan.SEED + 2)
        today = self.w.today
        numbers = self.w.reader.column("SELECT number FROM sales_order ORDER BY id")
        bills: list[NewReceivable] = []
        paid: list[NewReceipt] = []
        for o, plan in enumerate(plans):
            for day, part in plan.deliveries:
                amount = sum(_part_amount(plan, day, i, quantity) for i, quantity in part.items())
                due = day + timedelta(days=people[plan.customer].record["credit_days"])
                customer, number = first_customer + plan.customer, self.numbers[o, day]
                bills.append(
                    NewReceivable(
                        customer,
                        day.isoformat(),
                        due.isoformat(),
                        amount,
                        staff_id=staff[plan.staff],
                        order_number=numbers[o],
                        delivery_number=number,
                    )
                )
                for paid_on, share in demo_plan.receipts(random, people[plan.customer].payer, due, amount, today):
                    method = random.choice(["bank", "bank", "cash", "wechat"])
                    paid.append(NewReceipt(customer, paid_on.isoformat(), share, method=method))
        bills.sort(key=lambda b: b.date)
        paid.sort(key=lambda p: p.date)
        post_many(self.w, bills, paid)
        self.advance(len(bills))

    def _stock(self, first_product: int) -> None:
        """What lies in the main warehouse today, counted this morning; a few goods have run out."""
        random = Random(demo_plan.SEED + 3)
        main = self.w.reader.value("SELECT id FROM warehouse WHERE code = :code", code="MAIN")
        counted = [
            Opening(first_product + i, main, 0 if random.random() < 0.08 else random.randint(5, 400) * 1000, p["cost"])
            for i, p in enumerate(demo_plan.products())
        ]
        set_openings(self.w, counted, day=self.w.today)


def _delivered_on(plan: OrderPlan) -> str | None:
    """The day the last goods went out, when all did."""
    ordered = sum(line[1] for line in plan.lines)
    delivered = sum(sum(part.values()) for _day, part in plan.deliveries)
    return max(day for day, _part in plan.deliveries).isoformat() if delivered >= ordered else None


def _line_starts(plans: list[OrderPlan], first_line: int) -> list[int]:
    starts, at = [], first_line
    for plan in plans:
        starts.append(at)
        at += len(plan.lines)
    return starts


def _part_amount(plan: OrderPlan, day: date, index: int, quantity: int) -> int:
    """A part's amount: its share of the line, the last part taking what is left, so the parts add up to the cent."""
    _product, ordered, _price, _discount, amount = plan.lines[index]
    if quantity == ordered:
        return amount
    earlier = sum(part.get(index, 0) for d, part in plan.deliveries if d < day)
    before = money.divide(amount * earlier, ordered)
    return money.divide(amount * (earlier + quantity), ordered) - before
