"""Writes the demo office into a new book (DAT-07): the same rows for the same day, whoever makes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from salescli.ar.actions_many import NewReceipt, NewReceivable, post_many
from salescli.book.create import creating
from salescli.core.access import actor_for, os_account
from salescli.core.alike import normal_name, normal_phone
from salescli.core.i18n import N_, msg
from salescli.core.phonetic import pinyin
from salescli.core.report import Done
from salescli.core.tables import PolicyValue, Staff, StaffRole
from salescli.customer.tables import Contact, Customer
from salescli.customer.tables_contact import OwnerChange
from salescli.desk import (
    demo_market,
    demo_plan,
    demo_plan_care,
    demo_plan_goods,
    demo_plan_leads,
    demo_plan_trade,
    demo_plan_visits,
    demo_words,
)
from salescli.desk.demo_acting import Acting
from salescli.desk.demo_batches import Batches
from salescli.desk.demo_crm import Ids, Life
from salescli.desk.demo_desk import Desk
from salescli.desk.demo_goods import Goods
from salescli.desk.demo_papers import Papers
from salescli.desk.demo_trade import Trade, delivery_amount, in_order, tomorrow
from salescli.product.tables import Product
from salescli.stock.actions import Opening, set_openings

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from salescli.core.writer import Writer
    from salescli.desk.demo_plan import CustomerPlan, OrderPlan, Size
    from salescli.desk.demo_plan_goods import GoodsYear
    from salescli.desk.demo_plan_visits import Year

INVOICED = 4
"""Days after which goods that went out on credit are invoiced."""

COMPANY = "北辰办公用品有限公司"


def make(path: Path, size: Size | None = None, *, advance: Callable[[int], None] = lambda _n: None) -> Done:
    """Create the demo book at `path`; whoever is at the keyboard is its administrator ADMIN. Raises SalesError when the file exists."""
    size = size or demo_plan.Size()
    with creating(path, "demo", {"company": COMPANY, "currency": "CNY", "prices": "gross", "demo": "yes"}) as w:
        facts = _Office(w, size, advance).fill()
    return Done(
        msg(
            N_(
                "demo office {company} written to {book}: {staff} staff, {customers} {customers:customer|customers}, "
                "{orders} {orders:order|orders}, "
                "receivables {open:amount} open"
            ),
            company=COMPANY,
            book=str(path),
            **facts,
        ),
        facts=facts,
        next=tuple(
            f"salescli --db {path} {line}" for line in ("today --all --limit 15", "ar overdue", "ar aging", "kpi rank", "--user LIU today")
        ),
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
        goods = demo_words.products()
        first_product = self.w.insert_records(Product, [{**p, "active": 1, "pinyin": pinyin(p["name"])} for p in goods])
        people = demo_plan.customers(today, self.size)
        plans = demo_plan.orders(today, self.size, people)
        year = demo_plan_goods.year(today, self.size.days, plans) if self.size.life else None
        lived = demo_plan_visits.year(today, self.size, people, plans) if self.size.life else None
        ids = Ids(staff, self._customers(people, staff, lived), first_product)
        trade = Trade(self.w, ids, plans, goods, taxed=self.size.life)
        if year:
            self._trade(trade, people, year)
        self.advance(trade.until(tomorrow(today)))
        self._money(trade, people)
        if year and lived:
            self._life(lived, people, plans, ids)
        else:
            self._stock(ids.product)
        open_amount = self.w.reader.value("SELECT coalesce(sum(kept_open), 0) FROM receivable")
        return {"staff": len(staff), "customers": len(people), "orders": len(plans), "open": open_amount}

    def _trade(self, trade: Trade, people: list[CustomerPlan], year: GoodsYear) -> None:
        """The year of trade: what people did on a day finds the book as it was on that day."""
        acting = Acting(self.w)
        store = Goods(acting, trade, year, self.size.days)
        store.begin()
        papers = Papers(acting, trade, people, trade.plans, demo_plan_trade.frames(self.w.today, people))
        desk = Desk(acting, trade)
        batches = Batches(acting, trade, people)
        lived = [*demo_market.events(acting, trade), *papers.events(), *store.events(), *desk.events(), *batches.events()]
        for day, act in in_order(lived):
            self.advance(trade.until(day))
            act()
        self.advance(trade.until(tomorrow(self.w.today)))
        store.end()
        desk.end()

    def _staff(self) -> list[int]:
        """The people; the administrator first, so that the rest of the history carries a name."""
        account = os_account()
        admin = self.w.add(Staff(code="ADMIN", name="Administrator", os_account=account, hired=self.w.today - timedelta(days=1500)))
        assert admin.id is not None
        self.w.add(StaffRole(staff_id=admin.id, role="admin"))
        self.w.act_as(actor_for(self.w.reader, admin.id, admin.code, admin.name, account))
        ids: dict[str, int] = {}
        for number, who in enumerate(demo_words.office()["staff"]):
            hired = self.w.today - timedelta(days=900 + 40 * number)
            row = Staff(code=who["code"], name=who["name"], region=who["region"], superior_id=ids.get(who.get("superior", "")), hired=hired)
            row.pinyin = pinyin(row.name)
            row.post = next((post for post, words in demo_words.office()["posts"].items() if row.code in words[5]), None)
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
        contacts: list[dict[str, Any]] = [
            {**p.contact, "normal_phone": normal_phone(p.contact["phone"]), "pinyin": pinyin(p.contact["name"])} for p in people
        ]
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

    def _money(self, trade: Trade, people: list[CustomerPlan]) -> None:
        """A receivable per delivery, and what the customer's habits made of it."""
        random = Random(demo_words.SEED + 2)
        today = self.w.today
        bills: list[NewReceivable] = []
        paid: list[NewReceipt] = []
        for o, plan in enumerate(trade.plans):
            who, customer = people[plan.customer], trade.ids.customer + plan.customer
            for day, part in plan.deliveries:
                amount = delivery_amount(plan, day, part)
                due = day if plan.counter else day + timedelta(days=who.record["credit_days"])
                if amount:
                    bills.append(self._bill(trade, o, day, due, amount))
                for paid_on, share in [(day, amount)] if plan.counter else demo_plan.receipts(random, who.payer, due, amount, today):
                    method = "现金" if plan.counter else random.choice(["银行转账", "银行转账", "支票", "微信"])
                    paid.append(NewReceipt(customer, paid_on.isoformat(), share, method=method))
        bills.sort(key=lambda b: b.date)
        paid.sort(key=lambda p: p.date)
        post_many(self.w, bills, paid)
        self.advance(len(bills))

    def _bill(self, trade: Trade, o: int, day: date, due: date, amount: int) -> NewReceivable:
        plan, number = trade.plans[o], trade.numbers[o, day]
        billed = None if plan.counter or day > self.w.today - timedelta(INVOICED) else demo_words.workday(day + timedelta(2)).isoformat()
        return NewReceivable(
            trade.ids.customer + plan.customer, day.isoformat(), due.isoformat(), amount, number=number,
            staff_id=trade.ids.staff[plan.staff], order_number=trade.order_numbers[o], delivery_number=number,
            invoice_no=f"0441{o:04}{day.day:02}" if billed else None, invoice_date=billed,
        )  # fmt: skip

    def _stock(self, first_product: int) -> None:
        """What lies in the main warehouse today, counted this morning; a few goods have run out."""
        random = Random(demo_words.SEED + 3)
        main = self.w.reader.value("SELECT id FROM warehouse WHERE code = :code", code="MAIN")
        counted = [
            Opening(first_product + i, main, 0 if random.random() < 0.08 else random.randint(5, 400) * 1000, p["cost"])
            for i, p in enumerate(demo_words.products())
        ]
        set_openings(self.w, counted, day=self.w.today)
