"""Purchases as stories: ordered, received in parts, sent back, ended (STK-06, STK-09)."""

from __future__ import annotations

import pytest

PO = "PO-202611-0001"


def order(buying, lines: str = "TN2325=50@82.00 DRUM-23=10@140", more: str = "--expected 2026-11-10", **where) -> None:
    buying.ok(f"purchase new BRO {lines} {more}", user="CAI", **where)


def on_hand(buying, sku: str) -> str:
    found = {row["sku"]: row["on_hand"] for row in buying.rows("stock list")}
    return found.get(sku, "0")


def state(buying) -> tuple[str, str]:
    (row,) = buying.rows("purchase list")
    return row["state"], row["received"]


def clean(buying) -> None:
    assert buying.run("check", day="2026-12-31").exit == 0, buying.run("check", day="2026-12-31").out


@pytest.mark.rule("STK-06")
def test_goods_come_in_parts_at_the_purchase_price(buying) -> None:
    order(buying)
    assert state(buying) == ("ordered", "0")
    buying.ok(f"purchase receive {PO} TN2325=30", user="KU", day="2026-11-08")
    assert state(buying) == ("partly_received", "30")
    (row,) = buying.rows("stock list")
    assert (row["on_hand"], row["value"]) == ("30", "2460.00")
    buying.ok(f"purchase receive {PO}", user="KU", day="2026-11-09")  # the rest
    assert state(buying) == ("received", "60")
    late = buying.run(f"purchase receive {PO}", user="KU", day="2026-11-09")
    assert late.exit == 6
    clean(buying)


@pytest.mark.rule("STK-06")
def test_more_than_ordered_is_refused_line_by_line(buying) -> None:
    order(buying)
    refused = buying.run(f"purchase receive {PO} TN2325=51 DRUM-23=11 PAPER=1", user="KU")
    assert refused.exit == 4
    for word in ("51", "50", "11", "PAPER", "STK-06", "purchase new"):
        assert word in refused.err
    assert on_hand(buying, "TN2325") == "0"
    assert buying.run(f"purchase receive {PO} TN2325=30 TN2325=21", user="KU").exit == 4  # two lines of one product are one
    assert buying.run(f"purchase receive {PO} TN2325=0", user="KU").exit == 2


@pytest.mark.rule("STK-06")
def test_goods_go_back_but_never_more_than_came_and_is_free(buying) -> None:
    order(buying)
    buying.ok(f"purchase receive {PO} TN2325=5", user="KU")
    refused = buying.run(f"purchase return {PO} TN2325=6 --reason leak", user="KU")
    assert refused.exit == 4
    assert "STK-06" in refused.err
    buying.ok(f"purchase return {PO} TN2325=2 --reason leak", user="KU")
    assert on_hand(buying, "TN2325") == "3"
    assert buying.run(f"purchase return {PO} TN2325=4 --reason leak", user="KU").exit == 4
    buying.ok(f"purchase receive {PO} TN2325=47", user="KU")  # replaced: 45 that never came and 2 that went back
    assert buying.run(f"purchase receive {PO} TN2325=1", user="KU").exit == 4
    clean(buying)


@pytest.mark.rule("STK-06")
def test_goods_promised_to_an_order_do_not_go_back(buying) -> None:
    order(buying)
    buying.ok(f"purchase receive {PO} TN2325=5", user="KU")
    buying.sql(
        """INSERT INTO reservation (document, line_no, product_id, warehouse_id, quantity, day)
           SELECT 'SO-1', 1, p.id, w.id, 4000, '2026-11-03' FROM product p, warehouse w WHERE p.sku = 'TN2325' AND w.code = 'MAIN'"""
    )
    refused = buying.run(f"purchase return {PO} TN2325=2 --reason leak", user="KU")
    assert refused.exit == 4
    assert "promised" in refused.err


@pytest.mark.rule("STK-06")
def test_cash_purchase_is_received_and_paid_at_once(buying) -> None:
    order(buying, "TN2325=2@90.50", "--cash")
    assert state(buying) == ("received", "2")
    assert on_hand(buying, "TN2325") == "2"
    assert buying.rows("purchase payables") == []
    assert buying.sql("SELECT amount, method FROM supplier_payment") == [(18100, "cash")]
    clean(buying)


@pytest.mark.rule("STK-06")
def test_cancel_before_close_after_something_came(buying) -> None:
    order(buying)
    assert buying.run(f"purchase close {PO} --reason x", user="CAI").exit == 6
    buying.ok(f"purchase receive {PO} TN2325=5", user="KU")
    assert buying.run(f"purchase cancel {PO} --reason x", user="CAI").exit == 6
    buying.ok(f"purchase close {PO} --reason 'no longer made'", user="CAI")
    assert state(buying) == ("closed", "5")
    assert buying.run(f"purchase receive {PO} TN2325=1", user="KU").exit == 6
    order(buying, "PAPER=1@20", "")
    buying.ok("purchase cancel PO-202611-0002 --reason twice", user="CAI")
    assert [row["state"] for row in buying.rows("purchase list")] == ["cancelled", "closed"]
    assert buying.rows("purchase list --open") == []
    clean(buying)


@pytest.mark.rule("STK-06")
def test_a_purchase_says_what_at_which_price_and_when(buying) -> None:
    assert buying.run("purchase new BRO PAPER=1", user="CAI").exit == 2  # neither price nor cost
    assert buying.run("purchase new BRO TN2325=1 TN2325=2", user="CAI").exit == 2
    assert buying.run("purchase new BRO TN2325=-1", user="CAI").exit == 2
    assert buying.run("purchase new BRO TN2325=1 --expected 2026-11-02", user="CAI").exit == 2
    assert buying.run("purchase new NOBODY TN2325=1", user="CAI").exit == 3
    assert buying.run("purchase new BRO TN2325=1", user="LI").exit == 7
    order(buying, "TN2325=1", "")
    (line,) = buying.rows(f"purchase show {PO}")
    assert line["unit_price"] == "82.00"
    assert buying.run(f"purchase receive {PO} --on 2026-11-02", user="KU").exit == 2
    assert buying.run(f"purchase receive {PO} --on 2026-11-04", user="KU").exit == 4
    assert buying.run("purchase show PO-9", user="KU").exit == 3


@pytest.mark.rule("STK-06")
def test_a_supplier_is_entered_once_and_changed(buying) -> None:
    refused = buying.run("purchase supplier add 兄弟中国", user="CAI")
    assert refused.exit == 4
    assert "BRO" in refused.err
    buying.ok("purchase supplier edit BRO --pay-days 45 --clear phone", user="CAI")
    (row,) = buying.rows("purchase supplier list")
    assert (row["pay_days"], row["phone"]) == (45, None)
    order(buying)
    rows = buying.rows("purchase supplier show BRO")
    assert [(row["sku"], row["last_price"]) for row in rows] == [("DRUM-23", "140.00"), ("TN2325", "82.00")]
    buying.ok("purchase supplier edit BRO --off", user="CAI")
    assert buying.rows("purchase supplier list") == []


@pytest.mark.rule("STK-09")
def test_the_figures_of_a_supplier(buying) -> None:
    order(buying)
    buying.ok(f"purchase receive {PO} TN2325=40", user="KU", day="2026-11-10")
    buying.ok(f"purchase receive {PO} DRUM-23=10", user="KU", day="2026-11-12")
    buying.ok(f"purchase return {PO} TN2325=5 --reason leak", user="KU", day="2026-11-12")
    (row,) = buying.rows("purchase supplier report --period 2026-11", day="2026-11-12", user="CAI")
    assert (row["purchases"], row["receipts"], row["received"], row["returned"]) == (1, 2, "50", "5")
    assert (row["on_time"], row["returned_share"], row["amount"], row["coming"]) == ("50.00", "10.00", "4270.00", "15")
    assert buying.run("purchase supplier report", user="LI").exit == 7


@pytest.mark.rule("STK-06", "VIS-09")
def test_goods_expected_stand_on_the_buyers_day_list(buying) -> None:
    order(buying)
    assert buying.rows("today", user="CAI", day="2026-11-09") == []
    (line,) = buying.rows("today", user="CAI", day="2026-11-10")
    assert (line["kind"], line["ref"], line["late_days"]) == ("goods_expected", PO, 0)
    (line,) = buying.rows("today", user="CAI", day="2026-11-13")
    assert line["late_days"] == 3
    assert len(buying.rows("purchase list --late", day="2026-11-13")) == 1
    buying.ok(f"purchase receive {PO}", user="KU", day="2026-11-13")
    assert [x for x in buying.rows("today", user="CAI", day="2026-11-13") if x["kind"] == "goods_expected"] == []


@pytest.mark.rule("STK-06", "STK-07")
def test_ordered_goods_count_as_coming(buying) -> None:
    buying.ok("stock receive TN2325=1@82 --reason found", user="KU")
    buying.ok("stock level TN2325 --min 80", user="KU")
    order(buying)
    (row,) = buying.rows("stock reorder")
    assert (row["coming"], row["order"]) == ("50", "29")


def test_the_warehouse_sees_goods_but_no_prices(buying) -> None:
    order(buying)
    (row,) = buying.rows("purchase list", user="KU")
    assert row["amount"] is None
    assert all(x["unit_price"] is None and x["amount"] is None for x in buying.rows(f"purchase show {PO}", user="KU"))
    assert buying.run("purchase payables", user="KU").exit == 7


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_screens(buying, golden, lang: str) -> None:
    order(buying)
    said = [buying.ok(f"purchase receive {PO} TN2325=30", user="KU", day="2026-11-08", lang=lang).out]
    said.append(buying.run(f"purchase receive {PO} TN2325=30", user="KU", day="2026-11-08", lang=lang).err)
    said.append(buying.ok(f"purchase return {PO} TN2325=2 --reason leak", user="KU", day="2026-11-09", lang=lang).out)
    said.append(buying.ok("purchase pay BRO 1000 --method bank", user="FIN", day="2026-11-20", lang=lang).out)
    for screen in ("list", f"show {PO}", "supplier list", "supplier show BRO", "supplier report", "payables", "payables --each"):
        said.append(buying.ok(f"purchase {screen}", user="FIN", day="2026-12-20" if "pay" in screen else "2026-11-20", lang=lang).out)
    golden(f"purchase/story.{lang}.txt", "\n".join(said))
