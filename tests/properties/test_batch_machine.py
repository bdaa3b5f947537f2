"""Whatever is done to goods kept by batch: every piece is of a batch, none expired is sold, the first to expire goes first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salescli.core.errors import SalesError
from salescli.core.lines import TypedLine

START = date(2026, 11, 3)
MOVES = (
    "receive", "receive", "backdated", "sell", "sell", "deliver", "part", "part", "named", "named", "return", "exchange", "send", "arrive",
    "arrive", "correct", "count", "opening", "label", "block", "release", "assemble", "split", "supplier", "tomorrow", "later",
)  # fmt: skip
step = st.tuples(st.sampled_from(MOVES), st.integers(0, 3), st.integers(1, 6000))


class Machine:
    """A writer on a book, and the moves of its people."""

    def __init__(self, w) -> None:
        self.w = w
        self.made = 0

    def last(self, table: str, which: int, terms: str = "1 = 1") -> str:
        found = self.w.reader.column(f"SELECT number FROM {table} WHERE {terms} ORDER BY id DESC LIMIT 4")
        return found[which % len(found)] if found else "NONE"

    def batch(self, which: int) -> tuple[int | None, str]:
        """One of the newest batches of milk, or no batch."""
        found = self.w.reader.tuples("SELECT id, code FROM batch WHERE product_id = 1 ORDER BY id DESC LIMIT 3")
        return found[which] if which < len(found) else (None, "-")

    def pass_days(self, days: int) -> None:
        self.w.today = self.w.reader.today = self.w.today + timedelta(days=days)

    def do(self, move: str, which: int, quantity: int) -> None:
        """One move; refusals are part of the game."""
        from salescli.order import actions_confirm, actions_deliver, actions_new
        from salescli.order.actions_pricing import Line
        from salescli.purchase import actions_assembly
        from salescli.stock import actions, actions_batch_file, actions_count, actions_goods
        from salescli.stock.actions_label import Label
        from salescli.stock.rules_batch import Share
        from salescli.stock.states import MoveKind

        w, (batch, code) = self.w, self.batch(which)
        order = self.last("sales_order", which)
        line = TypedLine("MILK", quantity)
        self.made += 1
        expires = w.today + timedelta(days=which * 2) if which < 3 else None
        new = Label(f"L{self.made}", None, expires)
        goods = [actions_goods.Wanted("MILK", quantity, 60000 + quantity)]

        def sell() -> None:
            number = actions_new.new(w, "C1", [Line("MILK", quantity)], actions_new.Head()).document
            actions_confirm.confirm(w, number)

        def deliver(lines=(), name: str | None = None) -> None:
            actions_deliver.deliver(w, order, lines, actions_deliver.Shipping(batch=name))
            if name is None:
                self.first_expiring_went()

        def count() -> None:
            number = actions_count.start(w, "MAIN").document
            actions_count.enter(w, number, [TypedLine("MILK", quantity, None, code)], "x")
            actions_count.post_count(w, number, "keep")

        moves = {
            "receive": lambda: actions_goods.receive(w, goods, "MAIN", "x", None, new),
            "backdated": lambda: actions_goods.receive(
                w, goods, "MAIN", "x", w.today - timedelta(days=3), Label(f"L{self.made}", None, expires)
            ),
            "sell": sell,
            "deliver": deliver,
            "part": lambda: deliver([line._replace(quantity=1 + quantity % 1500)]),
            "named": lambda: deliver([line._replace(quantity=1 + quantity % 1500)], code),
            "return": lambda: actions_deliver.take_back(w, order, [line], "x"),
            "exchange": lambda: actions_deliver.take_back(w, order, [line], "x", exchange=True),
            "send": lambda: actions_goods.send(w, [line], "MAIN", "SHOP", code if which == 2 else None),
            "arrive": lambda: actions_goods.arrive(w, self.last("transfer", which, "received IS NULL")),
            "correct": lambda: actions.move(w, MoveKind.ADJUSTMENT, 1, 1, -quantity, shares=(Share(batch, -quantity),) if which else ()),
            "count": count,
            "opening": lambda: actions.set_openings(
                w, [actions.Opening(1, 1, quantity * 2, 50000, (Share(batch, quantity),) if batch and which else ())], day=START
            ),
            "label": lambda: actions_batch_file.label(
                w, "MILK", [TypedLine(f"L{self.made}", quantity)], "MAIN", Label(None, None, expires)
            ),
            "block": lambda: actions_batch_file.block(w, code, "MILK", "x"),
            "release": lambda: actions_batch_file.release(w, code, "MILK", "x"),
            "assemble": lambda: actions_assembly.assemble(w, "SET", 1000 * which),
            "split": lambda: actions_assembly.take_apart(w, "SET", 1000 * which),
            "supplier": lambda: actions.move(w, MoveKind.GOODS_RECEIPT, 1, 1, -quantity, shares=(Share(batch, -quantity),)),
            "tomorrow": lambda: self.pass_days(1),
            "later": lambda: self.pass_days(which * 3),
        }
        moves[move]()

    def first_expiring_went(self) -> None:
        """Nothing that may be sold and expires sooner than what just went out is left behind."""
        from salescli.stock.reads_lots import lots_of
        from salescli.stock.rules_batch import may_be_sold

        w = self.w
        sql = """SELECT max(coalesce(b.expires_on, '9999-12-31')) FROM delivery d JOIN stock_move m ON m.document = d.number
                 JOIN batch_move n ON n.move_id = m.id JOIN batch b ON b.id = n.batch_id
                 WHERE d.id = (SELECT max(id) FROM delivery) AND b.product_id = 1"""
        latest = w.reader.value(sql)
        day = w.today.isoformat()
        left = [lot for lot in lots_of(w.reader, (1, 1), w.today) if lot.quantity and may_be_sold(lot, day)]
        assert all((lot.expires_on or "9999-12-31") >= latest for lot in left)

    def hold(self) -> None:
        """What holds after every move."""
        from salescli.order.checks import delivered_quantities, reserved_orders
        from salescli.stock.checks import CHECKS
        from salescli.stock.reads_batch import stored

        r = self.w.reader
        for check in (*(each.function for each in CHECKS), delivered_quantities, reserved_orders):
            assert list(check(r)) == [], check.__name__
        whole = r.value(
            "SELECT coalesce(sum(kept_quantity), 0) FROM stock_item i JOIN product p ON p.id = i.product_id WHERE p.batch_tracked = 1"
        )
        assert sum(each.quantity for each in stored(r)) == whole
        assert all(each.quantity > 0 for each in stored(r))
        sold = """SELECT 1 FROM stock_move m JOIN batch_move n ON n.move_id = m.id JOIN batch b ON b.id = n.batch_id
                  WHERE m.kind = 'delivery' AND b.expires_on < m.date"""
        assert r.value(sold) is None
        bare = """SELECT 1 FROM stock_move m WHERE m.kind = 'delivery' AND m.product_id = 1
                  AND m.quantity <> (SELECT coalesce(sum(n.quantity), 0) FROM batch_move n WHERE n.move_id = m.id)"""
        assert r.value(bare) is None
        from_nowhere = """SELECT 1 FROM delivery d JOIN stock_move m ON m.document = d.number JOIN batch_move n ON n.move_id = m.id
                          GROUP BY d.order_id, n.batch_id HAVING sum(n.quantity) > 0"""
        assert r.value(from_nowhere) is None


@pytest.fixture
def office(book) -> Path:
    """A customer with credit, milk by batch, a set made of it, two warehouses."""
    for line in (
        "product add MILK 牛奶 --list-price 12 --cost 6 --batches",
        "product add SET 套装 --list-price 30 --batches",
        "product bill SET MILK=2",
        "customer add 华信 --code C1 --staff ADMIN --credit-limit 100000 --credit-days 30",
        "stock warehouse SHOP 门市",
        "stock receive MILK=9@6 --batch L0 --expires +5d --reason x",
    ):
        book.ok(line)
    return book.path


@contextmanager
def working(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    """A machine whose writer keeps nothing at the end; nothing needs approval here."""
    from salescli.core import context
    from salescli.core.writer import writer

    monkeypatch.setattr(context, "clock_day", lambda: START)
    monkeypatch.setattr("salescli.stock.actions_count.needed", lambda *_, **__: [])
    with context.use(context.Context(db=path, today=START)), writer("test", db=path, dry_run=True) as w:
        yield Machine(w)


@pytest.mark.rule("STK-05", "PRD-05", "STK-02")
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(step, min_size=6, max_size=22))
def test_any_sequence_of_moves_keeps_every_piece_in_a_batch(office: Path, monkeypatch: pytest.MonkeyPatch, steps) -> None:
    with working(office, monkeypatch) as machine:
        w = machine.w
        for move, which, quantity in [("sell", 0, 3000), ("deliver", 0, 1), *steps]:
            nested, today = w.session.begin_nested(), w.today
            try:
                machine.do(move, which, quantity)
                w.session.flush()
                nested.commit()
            except SalesError:
                nested.rollback()
                w.session.expire_all()
                w.today = w.reader.today = today
            machine.hold()
