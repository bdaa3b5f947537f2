"""What can be promised for a day: goods on hand and purchases on their way by then, less what others were promised (ORD-12)."""

from __future__ import annotations

import pytest

from tests.conftest import made_once
from tests.order.conftest import N, problems


@pytest.fixture
@made_once
def expecting(trade) -> None:
    """Three DRUM lie there; five come on the 10th, five on the 20th, five on a day nobody knows."""
    trade.ok("purchase supplier add 兄弟中国 --code BRO", user="MA")
    for expected in ("--expected 2026-11-10", "--expected 2026-11-20", ""):
        trade.ok(f"purchase new BRO DRUM=5@200 {expected}", user="MA")


def promised(book, on: str, **more) -> str:
    """How many DRUM can be promised for a day."""
    return book.rows(f"order available DRUM --on {on}", **more)[0]["available"]


def take(book, quantity: int, day: str) -> tuple[int, list[str]]:
    """Order and confirm DRUM for a day: exit status, and what stood against it."""
    number = book.ok(f"order new C1 DRUM={quantity} --promised {day} -f json", user="LI").json()["document"]
    told = book.run(f"order confirm {number} -f json", user="LI")
    if told.exit:
        book.ok(f"order cancel {number} --reason no", user="LI")
        return told.exit, problems(told)
    return 0, []


@pytest.mark.rule("ORD-12", "STK-07")
def test_purchases_count_from_the_day_they_are_expected(expecting) -> None:
    assert [promised(expecting, day) for day in ("today", "2026-11-09", "2026-11-10", "2026-11-19", "2026-11-20")] == [
        "3", "3", "8", "8", "13",
    ]  # fmt: skip
    assert promised(expecting, "2026-11-15", day="2026-11-15") == "8"  # late, still expected
    expecting.ok("purchase receive PO-202611-0001 DRUM=2", user="WH")
    assert [promised(expecting, day) for day in ("today", "2026-11-10")] == ["5", "8"]
    expecting.ok("purchase close PO-202611-0001 --reason no-more", user="MA")
    expecting.ok("purchase cancel PO-202611-0002 --reason no", user="MA")
    assert promised(expecting, "2026-12-31") == "5"
    assert expecting.rows("stock reorder")[0:] == [] or expecting.rows("stock reorder")[0]["coming"] == "5"


@pytest.mark.rule("ORD-01", "ORD-12")
def test_the_same_goods_on_their_way_are_promised_once(expecting) -> None:
    assert take(expecting, 6, "2026-11-09") == (4, ["not_available"])
    assert take(expecting, 6, "2026-11-10") == (0, [])  # three reserved, three of the five that come
    assert promised(expecting, "2026-11-10") == "2"
    assert take(expecting, 3, "2026-11-10") == (4, ["not_available"])
    assert take(expecting, 2, "2026-11-10") == (0, [])
    assert take(expecting, 1, "2026-11-09") == (4, ["not_available"])
    assert take(expecting, 5, "2026-11-20") == (0, [])
    assert take(expecting, 1, "2026-11-20") == (4, ["not_available"])
    expecting.ok("purchase receive PO-202611-0001", user="WH")
    expecting.ok("order allocate", user="WH")
    assert expecting.sql("SELECT document, sum(quantity) / 1000 FROM reservation GROUP BY document ORDER BY document") == [
        ("SO-202611-0002", 6), ("SO-202611-0004", 2),
    ]  # fmt: skip
    assert promised(expecting, "2026-11-20") == "0"


@pytest.mark.rule("ORD-12")
def test_goods_between_two_warehouses_are_on_their_way(expecting) -> None:
    expecting.ok("stock warehouse SHOP 门店", user="MA")
    expecting.ok("stock transfer DRUM=2 --from MAIN --to SHOP", user="WH")
    rows = {row["warehouse"]: (row["on_hand"], row["coming"], row["available"]) for row in expecting.rows("order available DRUM --on +1d")}
    assert rows == {"MAIN": ("1", "0", "1"), "SHOP": ("0", "2", "2")}


@pytest.mark.rule("ORD-12", "DAT-02")
def test_open_orders_of_an_imported_history_stop_nobody(expecting) -> None:
    """They show as waiting, but goods nobody reserved for them may be promised."""
    expecting.file("o.csv", "order,date,customer,sku,quantity,unit_price\nX-1,2026-10-01,C2,DRUM,100,300\n")
    expecting.ok("import orders o.csv")
    assert promised(expecting, "2026-11-20") == "-87"
    assert take(expecting, 3, "2026-11-09") == (0, [])


@pytest.mark.rule("ORD-08", "STK-02", "STK-07")
def test_what_customers_wait_for_is_bought(trade) -> None:
    """Three of DRUM are there, eight ordered with the warehouse's answer: five are short, and purchasing hears of them."""
    trade.ok("staff add CAI 采购 --role purchasing --superior MA")
    trade.ok("order new C1 DRUM=8 --promised +20d", user="LI")
    trade.ok(f"order capacity {N} --on 2026-11-20", user="WH")
    trade.ok("customer edit C1 --credit-limit 100000")
    trade.ok(f"order confirm {N}", user="LI")
    (row,) = trade.rows("stock reorder")
    assert (row["sku"], row["waiting"]) == ("DRUM", "5")
    assert int(row["order"]) >= 5
    (alert,) = trade.rows("stock alerts")
    assert (alert["alert"], alert["limit"], alert["for_role"]) == ("oversold", "8", "purchasing")
    assert "customers wait for 5" in trade.ok("today CAI", user="CAI").out
    trade.ok("purchase supplier add 天章 --code TZ")
    trade.ok("purchase new TZ DRUM=10@200 --expected +5d", user="CAI")
    assert trade.rows("stock reorder") == []
    trade.ok("product add NONE 无货 --list-price 5")
    assert "none is expected by 2026-11-04" in trade.ok("order available NONE --on +1d").err
