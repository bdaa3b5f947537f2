"""Goods bought, sold, sent, counted, corrected, assembled, dated back in whatever order: ledger, balance and value agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salescli.core.errors import SalesError
from salescli.core.lines import TypedLine
from tests.conftest import Book, made_once

TODAY = date(2026, 11, 10)
GOODS = ("TN2325", "DRUM", "MILK")  # the last one is kept by batch
MOVES = (
    "receive", "back", "issue", "adjust", "send", "arrive", "count", "enter", "post", "buy", "goods_in", "goods_back", "order", "deliver",
    "return", "assemble", "split",
)  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 2), st.integers(1, 9), st.integers(0, 9)), min_size=4, max_size=16)


@pytest.fixture
@made_once
def store(book: Book) -> None:
    """Two warehouses, goods with and without batches, a set made of the others, a supplier, a customer."""
    for line in (
        "customer add 华信 --code C1 --staff ADMIN",
        "purchase supplier add 兄弟 --code BRO --pay-days 30",
        "product add TN2325 粉盒 --list-price 128 --cost 80",
        "product add DRUM 硒鼓 --list-price 300 --cost 200",
        "product add MILK 牛奶 --list-price 6 --cost 3",
        "product add SET 套装 --list-price 450",
        "product edit MILK --batches",
        "product bill SET TN2325=2 DRUM=1",
        "stock warehouse SHOP 门市",
        "policy set credit.mode off",
        "policy set order.over_delivery_pct 10",
    ):
        book.ok(line)
    book.ok("stock receive TN2325=20@80 DRUM=6@200 --reason opening", day="2026-11-02")
    book.ok("stock receive MILK=9@3 --batch B0 --expires 2026-12-31 --reason opening", day="2026-11-02")
    for line in (
        "order new C1 TN2325=6 DRUM=2 MILK=3",
        "order confirm SO-202611-0001",
        "order deliver SO-202611-0001 TN2325=4 MILK=2",
        "purchase new BRO TN2325=10@81.1111 DRUM=3@190",
        "purchase receive PO-202611-0001 TN2325=4",
        "stock transfer TN2325=2 --from MAIN --to SHOP",
    ):
        book.ok(line, day="2026-11-05")


class Play:
    """One writer's moves on whatever documents there are; a refusal is part of the play."""

    def __init__(self, w: Any) -> None:
        self.w = w

    def last(self, table: str, pick: int) -> str:
        numbers = self.w.reader.column(f"SELECT number FROM {table} ORDER BY id DESC LIMIT 3")
        return str(numbers[pick % len(numbers)]) if numbers else "X-0"

    def move(self, name: str, item: int, quantity: int, pick: int) -> None:
        getattr(self, f"do_{name}")(GOODS[item], quantity * 1000 - pick, pick)

    def label(self, sku: str, pick: int) -> Any:
        from salescli.stock.actions_label import Label

        return Label(f"B{pick}", expires_on=TODAY + timedelta(30)) if sku == "MILK" else Label()

    def do_receive(self, sku: str, quantity: int, pick: int) -> None:
        from salescli.stock.actions_goods import Wanted, receive

        receive(self.w, [Wanted(sku, quantity, (pick + 1) * 123_456)], ("MAIN", "SHOP")[pick % 2], "x", label=self.label(sku, pick))

    def do_back(self, sku: str, quantity: int, pick: int) -> None:
        from salescli.stock.actions_goods import Wanted, receive

        day = TODAY - timedelta(pick % 8)
        receive(self.w, [Wanted(sku, quantity, (pick + 1) * 98_765)], "MAIN", "x", day, self.label(sku, pick))

    def do_issue(self, sku: str, quantity: int, pick: int) -> None:
        from salescli.stock.actions_goods import Wanted, issue

        issue(self.w, [Wanted(sku, quantity)], "MAIN", "x", TODAY - timedelta(pick % 8))

    def do_adjust(self, sku: str, quantity: int, pick: int) -> None:
        from salescli.stock.actions_goods import Wanted, adjust

        sign = 1 if pick % 2 else -1
        adjust(self.w, [Wanted(sku, sign * quantity)], "MAIN", "x", label=self.label(sku, pick) if sign > 0 else self.label("", 0))

    def do_send(self, sku: str, quantity: int, pick: int) -> None:
        from salescli.stock.actions_goods import Wanted, send

        here, there = ("MAIN", "SHOP") if pick % 3 else ("SHOP", "MAIN")
        send(self.w, [Wanted(sku, quantity), Wanted("DRUM", 1000)], here, there)

    def do_arrive(self, _sku: str, _quantity: int, pick: int) -> None:
        from salescli.stock.actions_goods import arrive

        arrive(self.w, self.last("transfer", pick))

    def do_count(self, _sku: str, _quantity: int, pick: int) -> None:
        from salescli.stock.actions_count import start

        start(self.w, ("MAIN", "SHOP")[pick % 2])

    def do_enter(self, sku: str, quantity: int, pick: int) -> None:
        from salescli.stock.actions_count import enter

        batch = self.w.reader.value("SELECT code FROM batch ORDER BY id DESC") if sku == "MILK" else None
        enter(self.w, self.last("stock_count", 0), [TypedLine(sku, quantity, None, batch)], "loss")

    def do_post(self, _sku: str, _quantity: int, pick: int) -> None:
        from salescli.stock.actions_count import post_count

        post_count(self.w, self.last("stock_count", 0), "zero" if pick == 9 else "keep")

    def do_buy(self, sku: str, quantity: int, pick: int) -> None:
        from salescli.purchase.actions import Terms, new

        new(self.w, "BRO", [TypedLine(sku, quantity, (pick + 1) * 111_111), TypedLine("DRUM", 2000, 1_900_000)], Terms())

    def do_goods_in(self, sku: str, quantity: int, pick: int) -> None:
        from salescli.purchase.actions import receive

        receive(self.w, self.last("purchase", pick), [TypedLine(sku, quantity)] if pick % 2 else (), label=self.label(sku, pick))

    def do_goods_back(self, sku: str, quantity: int, pick: int) -> None:
        from salescli.purchase.actions import send_back

        send_back(self.w, self.last("purchase", pick), [TypedLine(sku, quantity)], "x")

    def do_order(self, sku: str, quantity: int, pick: int) -> None:
        from salescli.order import actions_confirm, actions_new
        from salescli.order.actions_pricing import Line

        made = actions_new.new(self.w, "C1", [Line(sku, quantity), Line("SET", 1000)][: 1 + pick // 8], actions_new.Head())
        actions_confirm.confirm(self.w, made.document)

    def do_deliver(self, sku: str, quantity: int, pick: int) -> None:
        from salescli.order.actions_deliver import Shipping, deliver

        deliver(self.w, self.last("sales_order", pick), [TypedLine(sku, quantity)] if pick % 2 else (), Shipping())

    def do_return(self, sku: str, quantity: int, pick: int) -> None:
        from salescli.order.actions_deliver import take_back

        take_back(self.w, self.last("sales_order", pick), [TypedLine(sku, quantity)], "x", exchange=pick > 6)

    def do_assemble(self, _sku: str, quantity: int, _pick: int) -> None:
        from salescli.purchase.actions_assembly import assemble

        assemble(self.w, "SET", quantity // 1000 * 1000)

    def do_split(self, _sku: str, quantity: int, _pick: int) -> None:
        from salescli.purchase.actions_assembly import take_apart

        take_apart(self.w, "SET", quantity // 1000 * 1000)


_RESERVED = """SELECT p.sku FROM reservation v JOIN product p ON p.id = v.product_id
LEFT JOIN stock_item i ON i.product_id = v.product_id AND i.warehouse_id = v.warehouse_id
GROUP BY v.product_id, v.warehouse_id HAVING sum(v.quantity) > coalesce(max(i.kept_quantity), 0)"""
_VALUE = "SELECT coalesce(sum(kept_value), 0) FROM stock_item"


def hold(r: Any, step: str) -> None:
    """Nothing negative on any day; what is kept is what moved, in goods and in money; nothing promised that is not there."""
    from salescli.order.checks import delivered_quantities, kept_delivered, receivables_of_deliveries, reserved_orders
    from salescli.purchase import checks as purchases
    from salescli.stock import checks as stock

    checks: list[Callable[[Any], Any]] = [check.function for check in (*stock.CHECKS, *purchases.CHECKS)]
    for check in (*checks, delivered_quantities, kept_delivered, receivables_of_deliveries, reserved_orders):
        assert list(check(r)) == [], f"{check.__name__} after {step}"
    assert r.column(_RESERVED) == [], step


def ledger_is_value(r: Any) -> None:
    """What the reports tell of today and of every past day is the sum of the ledger."""
    from salescli.stock.reads_worth import value

    for day in (TODAY, TODAY - timedelta(4), TODAY - timedelta(9)):
        moved = r.value("SELECT coalesce(sum(value), 0) FROM stock_move WHERE date <= :d", d=day)
        told = value(r, day, "product")
        assert sum(row[2] or 0 for row in told.rows) == moved
    assert r.value(_VALUE) == r.value("SELECT coalesce(sum(value), 0) FROM stock_move")


@contextmanager
def working(path: Path) -> Iterator[Any]:
    """A writer that keeps nothing at the end."""
    from salescli.core import context
    from salescli.core.writer import writer

    kept, context.clock_day = context.clock_day, lambda: TODAY
    try:
        with context.use(context.Context(db=path, today=TODAY)), writer("test", db=path, dry_run=True) as w:
            yield w
    finally:
        context.clock_day = kept


def play_through(store: Book, monkeypatch: pytest.MonkeyPatch, games: int) -> None:
    """So many sequences of moves, each in a book that forgets it."""
    for room in ("actions_goods", "actions_count"):
        monkeypatch.setattr(f"salescli.stock.{room}.needed", lambda *_, **__: [])  # every correction is approved

    @settings(max_examples=games, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def play(steps: list[tuple[str, int, int, int]]) -> None:
        with working(store.path) as w:
            for step in steps:
                nested = w.session.begin_nested()
                try:
                    Play(w).move(*step)
                    w.session.flush()
                    nested.commit()
                except SalesError:
                    nested.rollback()
                    w.session.expire_all()
                else:
                    hold(w.reader, str(step))
            ledger_is_value(w.reader)

    play()


@pytest.mark.rule("STK-02", "STK-03", "STK-05", "STK-06", "STK-08", "ORD-12", "ORD-13", "ORD-15", "PRD-05", "PRD-08")
def test_goods_ledger_and_value_agree_after_any_moves(store: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    play_through(store, monkeypatch, 25)


@pytest.mark.proof
@pytest.mark.rule("STK-02", "STK-03", "STK-05", "STK-06", "STK-08", "ORD-12", "ORD-13", "ORD-15", "PRD-05", "PRD-08")
def test_goods_ledger_and_value_agree_after_many_moves(store: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    play_through(store, monkeypatch, 300)
