"""Whatever is done to orders in whatever order: quantities, money and stock stay in step."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salescli.core.errors import SalesError
from salescli.core.lines import TypedLine

MOVES = ("new", "confirm", "deliver", "return", "exchange", "cancel", "close", "reopen", "cash", "allocate", "receive", "part")
step = st.tuples(st.sampled_from(MOVES), st.integers(0, 3), st.integers(1, 4), st.integers(1, 7000))


def do(w, move: str, which: int, quantity: int) -> None:
    """One move on one of the last orders; refusals are part of the game."""
    from salescli.order import actions_confirm, actions_deliver, actions_move, actions_new
    from salescli.order.actions_pricing import Line
    from salescli.stock.actions import move as stock_move
    from salescli.stock.states import MoveKind

    sku = ("TN2325", "DRUM")[quantity % 2]
    numbers = w.reader.column("SELECT number FROM sales_order ORDER BY id DESC LIMIT 4")
    number = numbers[which] if which < len(numbers) else "SO-0"
    line = TypedLine(sku, quantity)
    moves = {
        "new": lambda: actions_new.new(w, "C1", [Line("TN2325", quantity), Line("DRUM", 1000)], actions_new.Head()),
        "confirm": lambda: actions_confirm.confirm(w, number),
        "deliver": lambda: actions_deliver.deliver(w, number, (), actions_deliver.Shipping()),
        "part": lambda: actions_deliver.deliver(w, number, [line], actions_deliver.Shipping()),
        "return": lambda: actions_deliver.take_back(w, number, [line], "x"),
        "exchange": lambda: actions_deliver.take_back(w, number, [line], "x", exchange=True),
        "cancel": lambda: actions_move.cancel(w, number, "x"),
        "close": lambda: actions_move.close(w, number, "x"),
        "reopen": lambda: actions_move.reopen(w, number, "x"),
        "cash": lambda: actions_move.cash_sale(w, "C1", [Line(sku, quantity)]),
        "allocate": lambda: actions_confirm.allocate_all(w),
        "receive": lambda: stock_move(w, MoveKind.GOODS_RECEIPT, 1, 1, quantity, unit_cost=812345),
    }
    moves[move]()


def hold(w) -> None:
    """What holds after every move."""
    from salescli.order.checks import delivered_quantities, kept_delivered, line_amounts, receivables_of_deliveries, reserved_orders
    from salescli.stock.checks import quantities, values

    for check in (delivered_quantities, kept_delivered, line_amounts, receivables_of_deliveries, reserved_orders, quantities, values):
        assert list(check(w.reader)) == [], check.__name__
    over = """SELECT 1 FROM stock_item i WHERE kept_quantity < (SELECT coalesce(sum(quantity), 0) FROM reservation v
              WHERE v.product_id = i.product_id AND v.warehouse_id = i.warehouse_id)"""
    assert w.reader.value(over) is None
    assert w.reader.value("SELECT 1 FROM stock_item WHERE kept_quantity < 0") is None
    net = """SELECT 1 FROM order_line l WHERE l.quantity < (SELECT coalesce(sum(CASE d.kind WHEN 'delivery' THEN x.quantity
             ELSE -x.quantity END), 0) FROM delivery_line x JOIN delivery d ON d.id = x.delivery_id WHERE x.order_line_id = l.id)"""
    assert w.reader.value(net) is None


@pytest.fixture
def office(book) -> Path:
    """A book with a customer, two products and some goods."""
    for line in (
        "customer add 华信 --code C1 --staff ADMIN --credit-limit 100000 --credit-days 30",
        "product add TN2325 粉盒 --list-price 128.3333 --cost 80",
        "product add DRUM 硒鼓 --list-price 300 --cost 200",
        "stock receive TN2325=9@80 DRUM=5@200 --reason opening",
    ):
        book.ok(line)
    return book.path


@contextmanager
def working(path: Path):
    """A writer that keeps nothing at the end."""
    from salescli.core import context
    from salescli.core.writer import writer

    kept, context.clock_day = context.clock_day, lambda: date(2026, 11, 3)
    try:
        with context.use(context.Context(db=path, today=date(2026, 11, 3))), writer("test", db=path, dry_run=True) as w:
            yield w
    finally:
        context.clock_day = kept


@pytest.mark.rule("ORD-12", "ORD-13", "ORD-15", "ORD-17")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(step, min_size=4, max_size=14))
def test_any_sequence_of_moves_keeps_the_books_in_step(office: Path, steps) -> None:
    with working(office) as w:
        do(w, "new", 0, 5000)
        for move, which, _times, quantity in steps:
            nested = w.session.begin_nested()
            try:
                do(w, move, which, quantity)
                w.session.flush()
                nested.commit()
            except SalesError:
                nested.rollback()
                w.session.expire_all()
            hold(w)
