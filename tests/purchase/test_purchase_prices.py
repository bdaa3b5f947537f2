"""Suppliers' price lists: breaks and days, proposed to purchases, compared with what was paid (PRD-04)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.price.rules_table import Rule
from salescli.purchase.reads_prices import asked_for, better_break
from tests.conftest import made_once

DAY = "2026-11-03"
BUYER = {"user": "CAI"}


@pytest.fixture
@made_once
def offered(buying) -> None:
    """One piece for 82, from 50 on 78.50; from 100 on 75 between 10 and 20 November."""
    buying.ok("purchase supplier offer BRO TN2325=1@82 TN2325=50@78.50 --from 2026-11-01", **BUYER)
    buying.ok("purchase supplier offer BRO TN2325=100@75 --from 2026-11-10 --to 2026-11-20", **BUYER)


def line(book, day: str = DAY) -> dict:
    """The line of the newest purchase."""
    number = book.rows("purchase list", day=day)[0]["purchase"]
    return book.rows(f"purchase show {number}", day=day)[0]


@pytest.mark.rule("PRD-04")
@pytest.mark.parametrize(
    ("quantity", "day", "price"),
    [
        ("49", DAY, "82.00"), ("49.999", DAY, "82.00"), ("50", DAY, "78.50"), ("500", DAY, "78.50"),
        ("100", "2026-11-09", "78.50"), ("100", "2026-11-10", "75.00"), ("100", "2026-11-20", "75.00"), ("100", "2026-11-21", "78.50"),
    ],
)  # fmt: skip
def test_a_purchase_takes_the_price_of_its_quantity_and_day(offered, quantity: str, day: str, price: str) -> None:
    """Breaks are inclusive, both end days count, a price with an end beats the standing one."""
    offered.ok(f"purchase new BRO TN2325={quantity}", day=day, **BUYER)
    assert (line(offered, day)["unit_price"], line(offered, day)["list_price"], line(offered, day)["deviation_pct"]) == (
        price,
        price,
        "0.00",
    )


@pytest.mark.rule("PRD-04")
def test_another_price_is_said_and_stays_visible(offered) -> None:
    told = offered.ok("purchase new BRO TN2325=50@80.07 -f json", **BUYER).json()
    assert [w["code"] for w in told["warnings"]] == ["off_supplier_list"]
    assert told["warnings"][0]["facts"] == {"sku": "TN2325", "price": "80.07", "off": "2.00", "listed": "78.50"}
    assert (line(offered)["list_price"], line(offered)["deviation_pct"]) == ("78.50", "2.00")
    told = offered.ok("purchase new BRO TN2325=50@70 -f json", **BUYER).json()
    assert "below" in told["warnings"][0]["message"]
    assert line(offered)["deviation_pct"] == "-10.83"
    assert offered.rows(f"purchase show {told['document']}", user="KU")[0]["list_price"] is None  # prices are not for the warehouse


@pytest.mark.rule("PRD-04")
def test_a_larger_quantity_that_costs_no_more_is_said(offered) -> None:
    assert "from 50 on it costs 78.50; 50 cost no more than 48" in offered.ok("purchase new BRO TN2325=48", **BUYER).err
    assert "on it costs" not in offered.ok("purchase new BRO TN2325=47", **BUYER).err


@pytest.mark.rule("PRD-04")
def test_without_an_offer_the_cost_is_the_price(offered) -> None:
    told = offered.ok("purchase new BRO DRUM-23=2 -f json", **BUYER).json()
    assert told["warnings"] == []
    assert (line(offered)["unit_price"], line(offered)["list_price"], line(offered)["deviation_pct"]) == ("140.00", None, None)
    assert offered.run("purchase new BRO PAPER=2 -f json", **BUYER).json()["error"]["code"] == "no_price"


@pytest.mark.rule("PRD-04")
def test_prices_are_corrected_taken_over_and_ended(offered) -> None:
    offered.ok("purchase supplier offer BRO TN2325=1@81 --from 2026-11-01", **BUYER)  # the same day: corrected
    offered.ok("purchase supplier offer BRO TN2325=1@84 --from 2026-11-15", **BUYER)  # a later one takes over
    rows = [(row["min_qty"], row["unit_price"]) for row in offered.rows("purchase supplier prices BRO")]
    assert rows == [("1", "81.00"), ("50", "78.50")]
    later = offered.rows("purchase supplier prices --sku TN2325 --as-of 2026-11-16")
    assert [(row["min_qty"], row["unit_price"], row["saves_pct"]) for row in later] == [
        ("1", "84.00", None), ("50", "78.50", "6.55"), ("100", "75.00", "10.71"),
    ]  # fmt: skip
    offered.ok("purchase supplier offer BRO TN2325 --end --from 2026-11-12", **BUYER)
    assert offered.rows("purchase supplier prices BRO --as-of 2026-11-12") == []
    assert len(offered.rows("purchase supplier prices BRO --as-of 2026-11-11")) == 3
    assert len(offered.rows("purchase supplier prices BRO --all")) == 3
    refused = offered.run("purchase supplier offer BRO TN2325 --end --from 2026-11-12 -f json", **BUYER)
    assert (refused.exit, refused.json()["error"]["code"]) == (4, "no_offer")
    assert offered.ok("check")


@pytest.mark.rule("PRD-04")
@pytest.mark.parametrize(
    ("typed", "code", "status"),
    [
        ("TN2325=100@74 --from 2026-11-20 --to 2026-11-30", "offer_tie", 4), ("TN2325=1", "offer_incomplete", 2),
        ("TN2325=1@80 TN2325=1@81", "offer_twice", 2), ("TN2325=1@80 --from 2026-11-05 --to 2026-11-04", "offer_days", 2),
        ("NOTHING=1@80", "product_not_found", 3),
    ],
)  # fmt: skip
def test_what_cannot_be_offered(offered, typed: str, code: str, status: int) -> None:
    refused = offered.run(f"purchase supplier offer BRO {typed} -f json", **BUYER)
    assert (refused.exit, refused.json()["error"]["code"]) == (status, code)


@pytest.mark.rule("PRD-04", "ORG-07")
def test_price_lists_are_for_buyers_and_those_who_see_prices(offered) -> None:
    assert offered.run("purchase supplier prices", user="KU").exit == 7
    assert offered.run("purchase supplier offer BRO TN2325=1@1", user="LI").exit == 7


@pytest.mark.rule("PRD-04", "DAT-02")
def test_price_lists_and_suppliers_go_out_and_come_in(offered) -> None:
    offered.ok("purchase supplier edit BRO --note 月结", **BUYER)
    for kind in ("suppliers", "supplier-prices"):
        for lang in ("en", "zh"):
            offered.ok(f"export {kind} -o {kind}.csv", lang=lang)
            again = offered.ok(f"import {kind} {kind}.csv -f json").json()["facts"]
            assert (again["added"], again["changed"]) == (0, 0)
    offered.file("p.csv", "供应商,商品编码,起订量,进价,生效日期,失效日期\nBRO,TN2325,50,77,2026-11-01,\n兄弟中国,DRUM-23,,138,,\n")
    assert offered.run("import supplier-prices p.csv").exit == 9  # 50 pieces stand at 78.50
    offered.ok("import supplier-prices p.csv --update")
    assert [(row["sku"], row["min_qty"], row["unit_price"], row["valid_from"]) for row in offered.rows("purchase supplier prices")] == [
        ("DRUM-23", "0", "138.00", DAY), ("TN2325", "1", "82.00", "2026-11-01"), ("TN2325", "50", "77.00", "2026-11-01"),
    ]  # fmt: skip
    offered.file(
        "bad.csv",
        "supplier,sku,min_qty,unit_price,valid_from,valid_to\nBRO,TN2325,100,70,2026-11-15,2026-11-25\nNO,TN2325,1,1,,\n"
        "BRO,NO,1,1,,\nBRO,PAPER,1,1,2026-11-05,2026-11-01\n",
    )
    refused = offered.run("import supplier-prices bad.csv -f json").json()
    codes = ["offer_tie", "unknown_supplier", "unknown_product", "offer_days", "nothing_imported"]
    assert [p["code"] for p in refused["problems"]] == codes


@pytest.mark.rule("PRD-04")
def test_check_finds_prices_that_tie(offered) -> None:
    offered.sql(
        "INSERT INTO supplier_price (supplier_id, product_id, min_qty, unit_price, valid_from, valid_to) "
        "SELECT supplier_id, product_id, min_qty, unit_price, '2026-11-20', '2026-11-30' FROM supplier_price WHERE valid_to IS NOT NULL"
    )
    told = offered.run("check supplier_prices")
    assert told.exit != 0
    assert "BRO TN2325 from 100 on: the prices from 2026-11-10 and from 2026-11-20 overlap" in told.err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens(offered, golden, lang: str) -> None:
    said = offered.ok("purchase new BRO TN2325=48@83 --expected +7d", lang=lang, **BUYER)
    shown = offered.ok("purchase supplier prices BRO --all", lang=lang)
    golden(f"purchase/prices.{lang}.txt", said.out + said.err + shown.out + shown.err)


QUANTITIES = st.integers(1, 200_000)
RULES = st.lists(
    st.builds(
        Rule, id=st.integers(1, 50), customer_id=st.none(), customer_class=st.none(), channel=st.none(), min_qty=st.integers(0, 150_000),
        currency=st.none(), unit_price=st.integers(1, 10**6), valid_from=st.just("2026-11-01"), valid_to=st.none(),
    ),
    max_size=6, unique_by=(lambda rule: rule.min_qty, lambda rule: rule.id),
)  # fmt: skip


@given(RULES, QUANTITIES)
def test_the_price_never_depends_on_the_order_of_rows_and_a_better_break_costs_no_more(rules: list[Rule], quantity: int) -> None:
    day = date.fromisoformat(DAY)
    found = asked_for(rules, quantity, day)
    assert asked_for(rules[::-1], quantity, day) == found
    reached = [rule for rule in rules if rule.min_qty <= quantity]
    assert found == max(reached, key=lambda rule: rule.min_qty, default=None)
    if found is not None:
        better = better_break(rules, quantity, found.unit_price or 0, day)
        assert better is None or (better.quantity > quantity and better.quantity * better.unit_price <= quantity * (found.unit_price or 0))
