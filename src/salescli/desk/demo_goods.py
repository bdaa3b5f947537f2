"""Writes where the demo office's goods came from and went: suppliers, purchases, transfers, counts, returns (DAT-07)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

from salescli.core.lines import TypedLine
from salescli.core.money import divide, line_amount, multiply_rate
from salescli.core.phonetic import pinyin
from salescli.desk.demo_plan import IDLE
from salescli.desk.demo_plan_goods import DEARER, MAIN, PAPER, SHOP, UNIT, GoodsYear, PurchasePlan, suppliers
from salescli.desk.demo_trade import Move
from salescli.desk.demo_words import SEED, office, workday
from salescli.order import actions_confirm, actions_deliver
from salescli.purchase import actions as purchasing
from salescli.purchase.states import PurchaseState
from salescli.purchase.tables import (
    Payable,
    Purchase,
    PurchaseLine,
    PurchaseReceipt,
    PurchaseReceiptLine,
    Supplier,
    SupplierPayment,
    SupplierPrice,
)
from salescli.stock import actions_count, actions_goods
from salescli.stock.actions_goods import Wanted
from salescli.stock.states import MoveKind
from salescli.stock.tables_plan import StockLevel, Transfer, TransferLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.desk.demo_acting import Acting
    from salescli.desk.demo_market import Event
    from salescli.desk.demo_trade import Trade

BUYER, PAYER = "SUN", "ZHAO"
BREAK = 200 * UNIT
"""From so many pieces on a supplier asks less."""
RETURNS, EXCHANGES = 22, 5
COUNTS = ((96, "纸张"), (65, "硒鼓"), (34, "墨盒"), (6, None))
"""Days ago, and the category counted; none: the whole warehouse."""


@dataclass
class Goods:
    """One run: who acts, what of the trade is written, the plan of the goods."""

    acting: Acting
    trade: Trade
    year: GoodsYear
    days: int
    purchases: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.w = self.acting.w
        self.today = self.acting.today
        self.words: dict[str, list[str]] = office()["goods"]
        self.random = Random(SEED + 40)
        self.sun, self.zhao = self.acting.people[BUYER][0], self.acting.people[PAYER][0]
        self.skus = [p["sku"] for p in self.trade.goods]

    # --- before the year --------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """The shop, the suppliers and all their papers; what lay in the warehouse a year ago."""
        start = self.today - timedelta(self.days + 2)
        with self.acting.person(BUYER, start) as w:
            actions_goods.add_warehouse(w, SHOP, "门市部")
        self.trade.places[SHOP] = self.w.reader.value("SELECT id FROM warehouse WHERE code = :code", code=SHOP)
        self.trade.moves += [
            Move(start, False, MoveKind.OPENING, self._id(product), MAIN, quantity, self.trade.goods[product]["cost"], staff=self.sun)
            for product, quantity in self.year.openings.items()
        ]
        self._purchases(self._suppliers())
        self._transfers()

    def _id(self, product: int) -> int:
        return self.trade.ids.product + product

    def _suppliers(self) -> dict[str, int]:
        known = suppliers()
        first = self.w.insert_records(
            Supplier,
            [
                {"code": code, "name": name, "contact": contact, "phone": phone, "pay_days": days, "pinyin": pinyin(name), "active": 1}
                for code, (name, contact, phone, days, _lead, _categories) in known.items()
            ],
        )  # fmt: skip
        self.w.reader.connection.execute("INSERT INTO number_series (series, period, last) VALUES ('S', 'all', ?)", (len(known),))
        ids = {code: first + n for n, code in enumerate(known)}
        self.w.insert_records(SupplierPrice, list(self._asked(ids)))
        return ids

    def _asked(self, ids: dict[str, int]) -> Iterator[dict[str, Any]]:
        """What suppliers ask: the cost, a little less from a break on; paper became dearer in between."""
        start, change = self.today - timedelta(self.days + 2), self.today - timedelta(DEARER)
        supplier = {category: ids[code] for code, words in suppliers().items() for category in words[5]}
        for product, goods in enumerate(self.trade.goods):
            rises = goods["category"] == PAPER
            for least in (0, BREAK):
                row = {"supplier_id": supplier[goods["category"]], "product_id": self._id(product), "min_qty": least}
                price = self._listed(product, least, start)
                yield {**row, "unit_price": price, "valid_from": start, "valid_to": change - timedelta(1) if rises else None}
                if rises:
                    yield {**row, "unit_price": self._listed(product, least, change), "valid_from": change}

    def _listed(self, product: int, quantity: int, day: date) -> int:
        """What the supplier's list asks for a quantity on a day, in whole cents."""
        goods = self.trade.goods[product]
        price = multiply_rate(goods["cost"], 9_850 if quantity >= BREAK else 10_000) // 100 * 100
        dearer = goods["category"] == PAPER and day >= self.today - timedelta(DEARER)
        return multiply_rate(price, 10_250) // 100 * 100 if dearer else price

    def _purchases(self, ids: dict[str, int]) -> None:
        plans = self.year.purchases
        self.purchases = [self.w.number("PO", plan.day) for plan in plans]
        main = self.trade.places[MAIN]
        first = self.w.insert_records(
            Purchase,
            [
                {"number": number, "supplier_id": ids[plan.supplier], "warehouse_id": main, "staff_id": self.sun, "date": plan.day,
                 "expected": plan.expected, "cash": 0, "state": "ordered"}
                for number, plan in zip(self.purchases, plans, strict=True)
            ],
        )  # fmt: skip
        lines = [(first + n, no, line) for n, plan in enumerate(plans) for no, line in enumerate(plan.lines, 1)]
        at = self.w.insert_records(
            PurchaseLine,
            [
                {"purchase_id": purchase, "line_no": no, "product_id": self._id(product), "quantity": quantity, "unit_price": price,
                 "list_price": self._listed(product, quantity, plans[purchase - first].day)}
                for purchase, no, (product, quantity, price) in lines
            ],
        )  # fmt: skip
        line_ids = {(purchase - first, line[0]): at + n for n, (purchase, _no, line) in enumerate(lines)}
        self._receipts(first, line_ids, ids)
        self._payments(ids)

    def _receipts(self, first: int, line_ids: dict[tuple[int, int], int], ids: dict[str, int]) -> None:
        found = sorted(
            ((day, n, plan, part) for n, plan in enumerate(self.year.purchases) for day, part in plan.receipts), key=lambda r: (r[0], r[1])
        )
        numbers = [self.w.number("PI", day) for day, *_rest in found]
        receipt = self.w.insert_records(
            PurchaseReceipt,
            [
                {"number": number, "kind": "receipt", "purchase_id": first + n, "date": day, "staff_id": self.sun}
                for number, (day, n, _plan, _part) in zip(numbers, found, strict=True)
            ],
        )  # fmt: skip
        self.w.insert_records(
            PurchaseReceiptLine,
            [
                {"receipt_id": receipt + r, "line_id": line_ids[n, product], "quantity": quantity}
                for r, (_day, n, _plan, part) in enumerate(found)
                for product, quantity in part.items()
            ],
        )  # fmt: skip
        self.w.insert_records(
            Payable,
            [self._payable(number, first + n, day, plan, part, ids) for number, (day, n, plan, part) in zip(numbers, found, strict=True)],
        )
        for number, (day, _n, plan, part) in zip(numbers, found, strict=True):
            self._coming_in(number, day, plan, part)

    def _coming_in(self, number: str, day: date, plan: PurchasePlan, part: dict[int, int]) -> None:
        prices = {product: (no, price) for no, (product, _quantity, price) in enumerate(plan.lines, 1)}
        self.trade.moves += [
            Move(day, False, MoveKind.GOODS_RECEIPT, self._id(p), MAIN, quantity, prices[p][1], number, prices[p][0], self.sun)
            for p, quantity in part.items()
        ]

    def _payable(
        self, number: str, purchase: int, day: date, plan: PurchasePlan, part: dict[int, int], ids: dict[str, int]
    ) -> dict[str, Any]:
        prices = {product: price for product, _quantity, price in plan.lines}
        return {
            "number": number, "kind": "receipt", "supplier_id": ids[plan.supplier], "purchase_id": purchase, "date": day,
            "due_date": day + timedelta(suppliers()[plan.supplier][3]),
            "amount": sum(line_amount(quantity, prices[p]) for p, quantity in part.items()),
        }  # fmt: skip

    def _payments(self, ids: dict[str, int]) -> None:
        self.w.insert_records(
            SupplierPayment,
            [
                {"number": self.w.number("PY", paid.day), "supplier_id": ids[paid.supplier], "date": paid.day, "amount": paid.amount,
                 "method": "银行转账", "staff_id": self.zhao}
                for paid in self.year.payments
            ],
        )  # fmt: skip

    def _transfers(self) -> None:
        """Movements of the goods sent to the shop; the papers follow once their cost is known."""
        self.transfers = [self.w.number("ST", plan.sent) for plan in self.year.transfers]
        for number, plan in zip(self.transfers, self.year.transfers, strict=True):
            for no, (product, quantity) in enumerate(plan.lines.items(), 1):
                row = (MoveKind.TRANSFER, self._id(product))
                self.trade.moves.append(Move(plan.sent, True, *row, MAIN, -quantity, None, number, no, self.sun))
                if plan.received:
                    self.trade.moves.append(Move(plan.received, False, *row, SHOP, quantity, None, number, no, self.sun))

    # --- during the year --------------------------------------------------------------------------------------------

    def events(self) -> Iterator[Event]:
        """Counts, a correction, goods that came back, goods sent back to suppliers."""
        for ago, category in COUNTS:
            day = workday(self.today - timedelta(ago))
            yield day, partial(self._count, day, category)
        yield workday(self.today - timedelta(20)), self._spoilt
        yield workday(self.today - timedelta(3)), self._sample
        yield from self._returns()
        for number, plan in zip(self.purchases, self.year.purchases, strict=True):
            if plan.returned:
                yield plan.returned[0], partial(self._sent_back, number, *plan.returned)
        yield workday(self.today - timedelta(1)), self._counting

    def _count(self, day: date, category: str | None) -> None:
        """A count with a few differences, explained, approved and booked."""
        with self.acting.person(BUYER, day) as w:
            number = actions_count.start(w, MAIN, category).document
            assert number is not None
            sheet = self._sheet(number)
            off = self.random.sample([line.sku for line in sheet if line.sku not in IDLE and line.batch is None], 2)
            right = [line for line in sheet if line.sku not in off]
            actions_count.enter(w, number, right)
            for sku in off:
                wrong = next(line.quantity for line in sheet if line.sku == sku) + self.random.choice([-3, -2, -1, 1]) * UNIT
                actions_count.enter(
                    w, number, [TypedLine(sku, wrong)], *(self.random.choice(self.words[x]) for x in ("difference", "measure"))
                )
        self.acting.asked(BUYER, day, "月末盘点", lambda w: actions_count.post_count(w, number))

    def _sheet(self, number: str) -> list[TypedLine]:
        """The lines of a count sheet as the book expects them, a batch at a time."""
        sql = """SELECT p.sku, l.expected, b.code FROM stock_count_line l JOIN stock_count c ON c.id = l.count_id
                 JOIN product p ON p.id = l.product_id LEFT JOIN batch b ON b.id = l.batch_id
                 WHERE c.number = :number ORDER BY p.sku, l.id"""
        return [TypedLine(sku, expected, batch=batch) for sku, expected, batch in self.w.reader.tuples(sql, number=number)]

    def _counting(self) -> None:
        """The shop is being counted: half of it since yesterday."""
        with self.acting.person(BUYER, workday(self.today - timedelta(1))) as w:
            number = actions_count.start(w, SHOP).document
            assert number is not None
            sheet = self._sheet(number)
            actions_count.enter(w, number, sheet[: len(sheet) // 2])

    def _spoilt(self) -> None:
        lines = [Wanted("PA4-70", -2 * UNIT), Wanted("CN811", -UNIT)]
        day = workday(self.today - timedelta(20))
        act = partial(actions_goods.adjust, lines=lines, warehouse=MAIN, reason="雨水浸湿，无法出售")
        self.acting.asked(BUYER, day, "仓库漏雨，附照片", lambda w: act(w))

    def _sample(self) -> None:
        """A correction the manager has agreed to and finance has not looked at yet."""
        day = workday(self.today - timedelta(3))
        act = partial(actions_goods.adjust, lines=[Wanted("MOUSE1", -2 * UNIT)], warehouse=MAIN, reason="展会样品未收回")
        self.acting.asked(BUYER, day, "展会后清点，少两只", lambda w: act(w), decided=False)
        self.acting.approve(f"ADJUST {MAIN} MOUSE1", day, levels=1)

    def _returns(self) -> Iterator[Event]:
        """Goods that came back some days after they were delivered; now and then others went out for them."""
        plans = [(o, p) for o, p in enumerate(self.trade.plans) if p.deliveries and p.deliveries[-1][0] < self.today - timedelta(9)]
        for n, (o, plan) in enumerate(sorted(self.random.sample(plans, min(RETURNS, len(plans))))):
            first = max(day for day, _part in plan.deliveries)
            day = workday(min(first + timedelta(self.random.randint(5, 14)), self.today - timedelta(2)))
            yield day, partial(self._came_back, o, day, exchange=n % (RETURNS // EXCHANGES) == 1)

    def _came_back(self, o: int, day: date, *, exchange: bool) -> None:
        plan = self.trade.plans[o]
        line = next(line for line in plan.lines if not line.gift)
        quantity = min(line.quantity, self.random.choice([1, 1, 2, 3]) * UNIT)
        with self.acting.person(BUYER, day) as w:
            lines = [TypedLine(self.skus[line.product], quantity)]
            why = self.random.choice(self.words["returned"])
            actions_deliver.take_back(w, self.trade.order_numbers[o], lines, why, day=day, exchange=exchange)

    def _sent_back(self, number: str, day: date, product: int, quantity: int) -> None:
        with self.acting.person(BUYER, day) as w:
            purchasing.send_back(w, number, [TypedLine(self.skus[product], quantity)], "来货破损")
            purchasing.end(w, number, PurchaseState.CLOSED, "退货，不补发")

    # --- after the year ---------------------------------------------------------------------------------------------

    def end(self) -> None:
        """Papers of the transfers, goods promised to open orders, what there should be of everything."""
        self._transfer_papers()
        with self.acting.person(BUYER, self.today) as w:
            actions_confirm.allocate_all(w)
        self._levels()

    def _transfer_papers(self) -> None:
        main, shop = self.trade.places[MAIN], self.trade.places[SHOP]
        first = self.w.insert_records(
            Transfer,
            [
                {"number": number, "source_id": main, "target_id": shop, "sent": plan.sent, "received": plan.received, "staff_id": self.sun}
                for number, plan in zip(self.transfers, self.year.transfers, strict=True)
            ],
        )
        self.w.insert_records(
            TransferLine,
            [
                {"transfer_id": first + n, "line_no": no, "product_id": self._id(product), "quantity": quantity,
                 "unit_cost": self.trade.sent.get((self.transfers[n], self._id(product)))}
                for n, plan in enumerate(self.year.transfers)
                for no, (product, quantity) in enumerate(plan.lines.items(), 1)
            ],
        )  # fmt: skip

    def _levels(self) -> None:
        """Least and most of every product; two are short of it, one lies there in plenty."""
        sql = """SELECT i.product_id, i.warehouse_id, i.kept_quantity - coalesce((SELECT sum(v.quantity) FROM reservation v
                   WHERE v.product_id = i.product_id AND v.warehouse_id = i.warehouse_id), 0), i.kept_quantity
                 FROM stock_item i ORDER BY 1, 2"""
        planned = range(self.trade.ids.product, self.trade.ids.product + len(self.trade.goods))
        rows = [row for row in self.w.reader.tuples(sql) if row[0] in planned]
        daily = {self._id(p): divide(quantity, 45) for p, quantity in self.year.openings.items()}
        lead = {c: words[4] for words in suppliers().values() for c in words[5]}
        main = [row for row in rows if row[1] == self.trade.places[MAIN]]
        short = {row[0] for row in sorted(main, key=lambda row: (row[2] / daily[row[0]], row[0]))[:2]}
        made = []
        for product, place, free, there in rows:
            days = lead[self.trade.goods[product - self.trade.ids.product]["category"]]
            usual = 10 * UNIT + daily[product] * days // 10_000 * 10_000 if place == self.trade.places[MAIN] else 3 * UNIT
            least = max(usual, free + 5 * UNIT) if product in short and place == self.trade.places[MAIN] else max(0, min(usual, free))
            most = max(usual * 12, there) if place == self.trade.places[MAIN] else max(30 * UNIT, there)
            made.append({
                "product_id": product, "warehouse_id": place, "least": max(least, 0), "most": max(most, least), "lead_days": days,
                "safety": least, "location": _shelf(product, place),
            })  # fmt: skip
        self.w.insert_records(StockLevel, made)


def _shelf(product: int, place: int) -> str:
    """Where it lies: aisle, rack, board."""
    return f"{'AB'[place % 2]}{product % 6 + 1}-{product // 6 + 1:02}"
