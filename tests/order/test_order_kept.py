"""The kept day of complete delivery and the invariants of orders."""

from __future__ import annotations

from datetime import date

import pytest

from salescli.core import context
from salescli.core.writer import writer
from salescli.order.actions import keep_delivered
from salescli.order.rules import delivered_share, late_days
from tests.hand_trade import ORDERS, fill

KEPT = {order[0]: order[8] for order in ORDERS}


@pytest.fixture
def trade(book):
    return fill(book)


def days(book) -> dict:
    return dict(book.sql("SELECT number, kept_delivered_on FROM sales_order"))


def keep(book, *orders: int) -> None:
    with context.use(context.Context(db=book.path, today=date(2026, 11, 3))), writer("test", right="backdate") as w:
        for order_id in orders:
            keep_delivered(w, order_id)


@pytest.mark.rule("ORD-18")
def test_the_day_everything_was_delivered_follows_from_the_deliveries(trade) -> None:
    trade.sql("UPDATE sales_order SET kept_delivered_on = NULL")
    keep(trade, *(order_id for (order_id,) in trade.sql("SELECT id FROM sales_order")))
    assert days(trade) == KEPT


def test_one_order_is_kept_for_itself(trade) -> None:
    trade.sql("UPDATE sales_order SET kept_delivered_on = '2026-01-01'")
    keep(trade, 2, 8)
    assert {number: days(trade)[number] for number in ("O-1", "O-2", "O-8")} == {"O-1": "2026-01-01", "O-2": "2026-10-15", "O-8": None}


@pytest.mark.rule("ORD-17")
def test_a_sound_book_passes_its_checks(trade) -> None:
    told = trade.run("check order_amounts order_deliveries order_delivered_on order_receivables order_owner")
    assert told.exit == 0


@pytest.mark.rule("ORD-17")
@pytest.mark.parametrize(
    ("name", "damage", "said"),
    [
        ("order_amounts", "UPDATE order_line SET amount = amount + 1 WHERE order_id = 2", "O-2 line 1: 900.01 instead of 900.00"),
        ("order_deliveries", "UPDATE delivery_line SET quantity = 13000 WHERE delivery_id = 1 AND order_line_id = 11", "O-1 line 1"),
        (
            "order_deliveries",
            "UPDATE delivery_line SET quantity = 12000 WHERE delivery_id = 9",
            "O-1 line 1: 10 ordered, 10 delivered, 12 returned",
        ),
        ("order_delivered_on", "UPDATE sales_order SET kept_delivered_on = '2026-10-16' WHERE id = 2", "O-2"),
        ("order_delivered_on", "UPDATE sales_order SET kept_delivered_on = NULL WHERE id = 1", "O-1"),
        ("customer_orders", "UPDATE customer SET kept_last_order = '2026-10-30' WHERE id = 1", "C1"),
        ("customer_orders", "UPDATE customer SET kept_first_order = '2026-10-30' WHERE id = 3", "C3"),
        ("customer_orders", "UPDATE customer SET kept_order_days = NULL WHERE id = 1", "C1"),
    ],
)
def test_damage_is_found_and_named(trade, name: str, damage: str, said: str) -> None:
    trade.sql(damage)
    told = trade.run(f"check {name}")
    assert told.exit != 0
    assert said in told.out + told.err


@pytest.mark.parametrize(
    ("name", "said"), [("order_owner", "O-5"), ("order_receivables", "O-1: 900.00 delivered, 1,100.00 in receivables")]
)
def test_what_is_worth_knowing_is_a_remark(trade, name: str, said: str) -> None:
    """The return of O-1 has no credit note yet, O-5 nobody who took it: told, but nothing is wrong with the book."""
    told = trade.run(f"check {name}")
    assert told.exit == 0
    assert said in told.out + told.err


def test_an_amount_as_the_file_gave_it_is_left_alone(trade) -> None:
    trade.sql("UPDATE order_line SET amount = 12345, amount_given = 1 WHERE order_id = 2")
    assert trade.run("check order_amounts").exit == 0


@pytest.mark.rule("ORD-18")
@pytest.mark.parametrize(
    ("state", "promised", "delivered", "expected"),
    [
        ("confirmed", 10, 10, 0),
        ("confirmed", 10, 11, 1),
        ("confirmed", 10, None, 10),
        ("confirmed", 20, None, 0),
        ("confirmed", 25, None, 0),
        ("confirmed", None, None, None),
        ("closed", 10, None, 0),
        ("closed", 10, 12, 2),
        ("draft", 10, None, None),
        ("cancelled", 10, None, None),
    ],
)
def test_late_is_after_the_promise_or_past_it_undelivered(state: str, promised: int | None, delivered: int | None, expected) -> None:
    october = [date(2026, 10, day) if day else None for day in (promised, delivered)]
    assert late_days(state, *october, date(2026, 10, 20)) == expected


@pytest.mark.parametrize(("ordered", "delivered", "share"), [(10, 4, 4000), (3, 1, 3333), (0, 0, 10_000), (10, 12, 12_000)])
def test_the_delivered_share(ordered: int, delivered: int, share: int) -> None:
    assert delivered_share(ordered, delivered) == share


def bought(book) -> dict[str, tuple]:
    """Customer -> first order, last order, days with orders."""
    return {code: tuple(rest) for code, *rest in book.sql("SELECT code, kept_first_order, kept_last_order, kept_order_days FROM customer")}


@pytest.mark.rule("CUS-04", "CUS-13")
def test_what_a_customer_bought_first_and_last_follows_every_order(book) -> None:
    """Drafts count for nothing; confirming, calling off, importing and merging are seen at once."""
    nothing = (None, None, None)
    book.ok("customer add 华信科技 --code C1")
    book.ok("customer add 华信 --code C2")
    book.ok("product add DRUM 硒鼓 --list-price 300 --cost 200")
    book.ok("stock receive DRUM=9@200 --reason opening", day="2026-10-01")
    book.ok("order new C1 DRUM=1", day="2026-10-05")
    assert bought(book) == {"C1": nothing, "C2": nothing}
    book.ok("order confirm SO-202610-0001", day="2026-10-06")
    assert bought(book)["C1"] == ("2026-10-05", "2026-10-05", 1)
    book.file("o.csv", "order,date,customer,sku,quantity,unit_price\nX-1,2026-10-01,C2,DRUM,1,300\nX-2,2026-10-05,C2,DRUM,2,300\n")
    book.ok("import orders o.csv")
    assert bought(book)["C2"] == ("2026-10-01", "2026-10-05", 2)
    book.ok("customer merge C1 C2 --reason 'entered twice'")
    assert bought(book) == {"C1": ("2026-10-01", "2026-10-05", 2)}
    book.ok("order cancel X-1 --reason 'not wanted'")
    assert bought(book)["C1"] == ("2026-10-05", "2026-10-05", 1)
    book.ok("order cancel X-2 --reason 'not wanted'")
    book.ok("order cancel SO-202610-0001 --reason 'not wanted'")
    assert bought(book)["C1"] == nothing
    assert book.ok("check customer_orders").exit == 0
