"""The demo office's quotes and contracts, from the first draft to the filed paper (DAT-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from salescli.contract import actions as contracts
from salescli.contract import actions_life, actions_review
from salescli.contract.actions import Terms
from salescli.contract.states import ContractKind, IssueKind
from salescli.core.money import parse_amount, parse_rate
from salescli.core.tasks_write import close_tasks_of
from salescli.customer.tables import Customer
from salescli.desk import actions_convert
from salescli.desk.demo_plan_trade import SIGNING, Frame
from salescli.desk.demo_words import HANDED_OVER, office, products, quoted, workday
from salescli.order import actions_confirm, actions_deliver
from salescli.order.actions_deliver import Shipping
from salescli.order.actions_follow import answer_capacity
from salescli.quote import actions as quotes
from salescli.quote import actions_review as quote_review
from salescli.quote.actions import Offer
from salescli.quote.reads_pricing import Wanted
from salescli.quote.states import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salescli.desk.demo_acting import Acting
    from salescli.desk.demo_market import Event
    from salescli.desk.demo_plan import CustomerPlan, OrderPlan
    from salescli.desk.demo_trade import Trade

PAYMENT = ("30%@sign", "rest@delivery+30")
EVERYTHING = {"site": True, "scope": True, "spec": True, "design": True}


@dataclass
class Papers:
    """One run: who acts, what is written, whose customers they are; `frames`: the contracts of the plan."""

    acting: Acting
    trade: Trade
    people: list[CustomerPlan]
    plans: list[OrderPlan]
    frames: Sequence[Frame]

    def __post_init__(self) -> None:
        self.words: dict[str, str] = office()["paper"]
        self.staff = [who["code"] for who in office()["staff"]]
        self.skus = [p["sku"] for p in products()]
        self.files = 0

    def events(self) -> Iterator[Event]:
        """What happens on which day."""
        for number, frame in enumerate(self.frames):
            yield frame.first, partial(self._frame, number, frame)
            yield from self._later(number, frame)
        for (day, words), customer in zip(quoted(self.acting.today), self._askers(), strict=False):
            yield from self._quote(words, customer, day)
        yield workday(self.acting.today - timedelta(100)), self._dealer
        yield workday(self.acting.today - timedelta(2)), partial(self._new, self._askers()[-1], "review")
        yield workday(self.acting.today - timedelta(1)), partial(self._new, self._askers()[-2], "draft")

    def _askers(self) -> list[int]:
        """Customers who order now and then, one of each seller in turn."""
        taken = {frame.customer for frame in self.frames}
        orders: dict[int, int] = {}
        for plan in self.plans:
            orders[plan.customer] = orders.get(plan.customer, 0) + 1
        by_seller: dict[int, list[int]] = {}
        for customer in sorted(orders, key=lambda c: (-orders[c], c)):
            if customer not in taken and self.people[customer].payer.name == "good":
                by_seller.setdefault(self.people[customer].staff, []).append(customer)
        return [found[turn] for turn in range(3) for _staff, found in sorted(by_seller.items()) if turn < len(found)]

    def _code(self, customer: int) -> str:
        return str(self.people[customer].record["code"])

    def _seller(self, customer: int) -> str:
        return str(self.staff[self.people[customer].staff])

    # --- quotes -----------------------------------------------------------------------------------------------------

    def _quote(self, words: dict[str, Any], customer: int, day: date) -> Iterator[Event]:
        """A quote with its review; then what the customer made of it."""
        box: dict[str, str] = {}
        yield day, partial(self._offer, words, customer, day, box)
        fate, later = words["fate"], self.acting.later
        if fate not in ("draft", "review"):
            yield later(day, 3), partial(self._sent, customer, later(day, 3), box)
        if fate == "lost":
            yield later(day, 10), partial(self._lost, words, customer, later(day, 10), box)
        if fate in ("confirmed", "order", "contract"):
            yield later(day, 7), partial(self._accepted, customer, later(day, 7), box)
        if fate == "order":
            yield later(day, 8), partial(self._ordered, customer, later(day, 8), box)
            yield later(day, HANDED_OVER[fate]), partial(self._handed_over, later(day, HANDED_OVER[fate]), box)
        if fate == "contract":
            yield later(day, 9), partial(self._contracted, customer, later(day, 9), box)
            yield later(day, HANDED_OVER[fate]), partial(self._handed_over, later(day, HANDED_OVER[fate]), box)
            yield later(day, 52), partial(self._settled, customer, later(day, 52), box)

    def _offer(self, words: dict[str, Any], customer: int, day: date, box: dict[str, str]) -> None:
        discount = parse_rate(words["discount"])
        lines = [Wanted(sku, quantity * 1000, None, discount) for sku, quantity in words["lines"].items()]
        said: dict[str, Any] = {name: self.words[name] for name in ("need", "configuration", "time_cost", "after_sales")}
        with self.acting.person(self._seller(customer), day) as w:
            number = quotes.new(w, self._code(customer), lines, Offer(pay=PAYMENT, **said)).document
            assert number is not None
            if words["fate"] != "draft":
                quote_review.submit(w, number, words.get("reason") if words["fate"] == "review" else None)
        box["quote"] = number
        if words["fate"] not in ("draft", "review"):
            self.acting.approve(number, self.acting.later(day, 1))

    def _sent(self, customer: int, day: date, box: dict[str, str]) -> None:
        with self.acting.person(self._seller(customer), day) as w:
            quote_review.send(w, box["quote"], "微信")
            quotes.talk(w, box["quote"], self.words["talk"], Topic.PAYMENT, concession=self.words["concession"])

    def _lost(self, words: dict[str, Any], customer: int, day: date, box: dict[str, str]) -> None:
        with self.acting.person(self._seller(customer), day) as w:
            quote_review.lose(w, box["quote"], words["reason"], words.get("rival"))

    def _accepted(self, customer: int, day: date, box: dict[str, str]) -> None:
        with self.acting.person(self._seller(customer), day) as w:
            quote_review.accept(w, box["quote"], self.people[customer].contact["name"])

    def _ordered(self, customer: int, day: date, box: dict[str, str]) -> None:
        """The quote becomes an order, which is taken on."""
        seller = self._seller(customer)
        with self.acting.person(seller, day) as w:
            order = actions_convert.quote_to_order(w, box["quote"], day + timedelta(6)).document
        assert order is not None
        box["order"] = order
        self._taken_on(order, seller, day, "老客户，付款一向准时")

    def _taken_on(self, order: str, seller: str, day: date, why: str) -> None:
        """The warehouse says that it can be done; the order is confirmed, with whatever approval that takes."""
        with self.acting.person("SUN", day) as w:
            answer_capacity(w, order, change=False, ready_on=day + timedelta(4), note=None)
        self.acting.asked(seller, day, why, lambda w: actions_confirm.confirm(w, order))

    def _handed_over(self, day: date, box: dict[str, str]) -> None:
        """Goods go out in full at the end of the day, unless that is today."""
        if day < self.acting.today:
            self.trade.until(day + timedelta(1))
            with self.acting.person("SUN", day) as w:
                actions_deliver.deliver(w, box["order"], (), Shipping(day=day, carrier="OWN"))

    # --- contracts --------------------------------------------------------------------------------------------------

    def _terms(self, **more: Any) -> Terms:
        said = {name: self.words[name] for name in ("specification", "place", "transport", "duties", "after_sales")}
        return Terms(pay_way=self.words["way"], credit_limit=parse_amount("100000"), credit_days=30, technical_fee=0, **{**said, **more})

    def _frame(self, place: int, frame: Frame) -> None:
        """A frame contract: drafted, confirmed with the customer, reviewed, signed, filed."""
        wanted = self._goods(place, frame, 13)
        seller, day = self._seller(frame.customer), frame.first
        terms = self._terms(pay=("100%@delivery+30",), starts_on=day, ends_on=frame.last, delivery_on=frame.last)
        with self.acting.person(seller, day) as w:
            number = contracts.new(w, self._code(frame.customer), wanted, terms).document
            assert number is not None
        self.trade.frames[place] = number
        self._conclude(number, seller, day, frame.customer)

    def _goods(self, place: int, frame: Frame, tenths: int) -> list[Wanted]:
        """What the contract agrees: so many tenths of all that will be ordered under it, in whole tens."""
        sums = dict.fromkeys(frame.goods, 100_000)
        for plan in self.plans:
            for line in plan.lines if plan.frame == place and plan.state == "confirmed" else ():
                sums[line.product] += line.quantity
        return [Wanted(self.skus[p], -(-q * tenths // 100_000) * 10_000, None, frame.discount) for p, q in sums.items()]

    def _conclude(self, number: str, seller: str, day: date, customer: int) -> None:
        """Confirm, submit, review, sign, tell the departments, file."""
        later = self.acting.later
        with self.acting.person(seller, day) as w:
            actions_review.confirm(w, number, **EVERYTHING)
            actions_review.submit(w, number)
        self.acting.approve(number, later(day, 1))
        with self.acting.person(seller, later(day, 4)) as w:
            actions_review.sign(w, number, self.people[customer].contact["name"])
        self.files += 1
        with self.acting.person("ZHOU", later(day, SIGNING)) as w:
            close_tasks_of(w, number, "CTR-05", "已知悉")
            actions_review.file(w, number, f"HT-{day:%Y}-{self.files:03}", "档案柜 2 层")

    def _later(self, place: int, frame: Frame) -> Iterator[Event]:
        """Amendments, disputes, the end."""
        today = self.acting.today
        if frame.fate == "amended":
            yield workday(today - timedelta(96)), partial(self._amend, place, frame, workday(today - timedelta(96)))
        if frame.fate == "running":
            yield workday(today - timedelta(40)), partial(self._dispute, place, frame, workday(today - timedelta(40)), solved=True)
        if frame.fate == "expiring":
            yield workday(today - timedelta(4)), partial(self._dispute, place, frame, workday(today - timedelta(4)), solved=False)
        if frame.fate == "ended":
            yield workday(frame.last), partial(self._end, place, frame)

    def _amend(self, place: int, frame: Frame, day: date) -> None:
        number, seller = self.trade.frames[place], self._seller(frame.customer)
        with self.acting.person(seller, day) as w:
            contracts.edit(w, number, self._goods(place, frame, 17), Terms(pay=("100%@delivery+30",), reason=self.words["change"]))
        self._conclude(number, seller, day, frame.customer)

    def _dispute(self, place: int, frame: Frame, day: date, *, solved: bool) -> None:
        number, seller = self.trade.frames[place], self._seller(frame.customer)
        with self.acting.person(seller, day) as w:
            text = "两次送货晚于约定" if solved else "客户反映续签价格偏高，可能不续"
            done = actions_life.report_issue(w, number, text, IssueKind.PROBLEM if solved else IssueKind.RISK)
        if solved:
            with self.acting.person(seller, self.acting.later(day, 5)) as w:
                actions_life.solve(w, str(done.facts["issue"]), "改由固定车次每周四送")

    def _end(self, place: int, frame: Frame) -> None:
        with self.acting.person(self._seller(frame.customer), workday(frame.last)) as w:
            actions_life.terminate(w, self.trade.frames[place], "到期，客户改为按单采购")

    def _contracted(self, customer: int, day: date, box: dict[str, str]) -> None:
        """A quote that became a contract, with a deposit whose balance came."""
        seller = self._seller(customer)
        with self.acting.person(seller, day) as w:
            number = actions_convert.quote_to_contract(w, box["quote"]).document
            assert number is not None
            done = contracts.edit(w, number, (), self._terms(delivery_on=day + timedelta(60)))
        self._conclude(number, seller, day, customer)
        total = parse_amount(str(done.facts["amount"]))
        with self.acting.person(seller, self.acting.later(day, SIGNING)) as w:
            actions_life.deposit(w, number, total * 3 // 10, total, day + timedelta(45), self.words["way"])
        with self.acting.person(seller, self.acting.later(day, SIGNING + 1)) as w:
            order = actions_convert.contract_to_order(w, number, (), day + timedelta(20)).document
        assert order is not None
        self._taken_on(order, seller, self.acting.later(day, SIGNING + 1), "合同已签")
        box |= {"order": order, "contract": number}

    def _settled(self, customer: int, day: date, box: dict[str, str]) -> None:
        with self.acting.person(self._seller(customer), day) as w:
            actions_life.settle_deposit(w, box["contract"])

    def _dealer(self) -> None:
        """A dealer for an area: a contract without goods."""
        day = workday(self.acting.today - timedelta(100))
        customer = next(i for i, p in enumerate(self.people) if p.record["code"] == self._code(self._askers()[4]))
        seller, region = self._seller(customer), self.people[customer].record["region"]
        terms = Terms(territory=region, starts_on=day, ends_on=day + timedelta(365), after_sales=self.words["after_sales"],
                      duties="只在本区销售，按公司价目表进货")  # fmt: skip
        with self.acting.person(seller, day) as w:
            number = contracts.new(w, self._code(customer), (), terms, kind=ContractKind.DEALER).document
            w.get(Customer, self.trade.ids.customer + customer).kind = "经销商"
        assert number is not None
        self._conclude(number, seller, day, customer)

    def _new(self, customer: int, fate: str) -> None:
        """A contract that waits for its review, and one that is not finished."""
        day = workday(self.acting.today - timedelta(2 if fate == "review" else 1))
        terms = self._terms(pay=PAYMENT, delivery_on=self.acting.today + timedelta(40)) if fate == "review" else Terms(pay=PAYMENT)
        with self.acting.person(self._seller(customer), day) as w:
            lines = [Wanted("CRG337", 40_000), Wanted("DRUM-23", 20_000)]
            number = contracts.new(w, self._code(customer), lines, terms).document
            assert number is not None
            if fate == "review":
                actions_review.confirm(w, number, **EVERYTHING)
                actions_review.submit(w, number)
