"""Goods in and out, transfers, corrections and counts as stories (STK-01..08, AP-14)."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salescli.stock.rules import Balance, post
from tests.conftest import made_once


@pytest.fixture
@made_once
def shop(book):
    book.ok("staff add BOSS 老板 --role manager --superior ADMIN")
    book.ok("staff add FIN 财务 --role finance --superior BOSS")
    book.ok("staff add SUN 孙仓 --role warehouse,purchasing --superior BOSS")
    book.ok("product add TN 粉盒 --unit 支 --list-price 168 --cost 100")
    book.ok("product add LQ 色带 --unit 条 --list-price 18.5")
    book.ok("stock receive TN=10@100 LQ=5@8 --reason opening", user="SUN", day="2026-11-02")
    book.ok("stock warehouse SHOP 门市")


def held(book, sku: str, warehouse: str = "MAIN") -> tuple[str, str | None]:
    rows = book.rows(f"stock list --sku {sku} --warehouse {warehouse}")
    return (rows[0]["on_hand"], rows[0]["unit_cost"]) if rows else ("0", None)


def approve_all(book, number: str) -> None:
    for who in ("BOSS", "FIN"):
        book.ok(f"approve {number}", user=who)


@pytest.mark.rule("STK-05", "STK-08")
def test_goods_come_in_at_their_cost_and_the_average_moves(shop) -> None:
    shop.ok("stock receive TN=10@120 --reason more", user="SUN")
    assert held(shop, "TN") == ("20", "110.00")
    assert [row["kind"] for row in shop.rows("stock ledger TN")] == ["goods_receipt", "goods_receipt"]


@pytest.mark.rule("STK-08")
def test_goods_received_in_the_past_change_the_cost_of_what_went_out_since(shop) -> None:
    shop.ok("stock transfer TN=10 --from MAIN --to SHOP", user="SUN", day="2026-11-03")
    shop.ok("stock receive TN=10@200 --reason found --on 2026-11-02", day="2026-11-03")
    costs = [(row["quantity"], row["unit_cost"]) for row in shop.rows("stock ledger TN --warehouse MAIN")]
    assert costs == [("10", "100.00"), ("10", "200.00"), ("-10", "150.00")]
    assert shop.run("check stock_quantities stock_values stock_not_negative history_rows").exit == 0


@pytest.mark.rule("STK-02")
def test_two_lines_of_a_document_cannot_share_the_same_goods(shop) -> None:
    refused = shop.run("stock transfer TN=6 TN=6 --from MAIN --to SHOP", user="SUN")
    assert refused.exit == 4
    assert "10 on hand, 12 wanted" in refused.err
    assert held(shop, "TN") == ("10", "100.00")


@pytest.mark.rule("STK-02")
def test_what_is_not_there_cannot_be_sent(shop) -> None:
    shop.ok("stock transfer TN=10 --from MAIN --to SHOP", user="SUN", day="2026-11-03")
    refused = shop.run("stock transfer TN=1 --from MAIN --to SHOP", user="SUN", day="2026-11-03")
    assert refused.exit == 4


@pytest.mark.rule("STK-05")
def test_a_transfer_is_sent_and_then_arrives_at_the_same_cost(shop) -> None:
    shop.ok("stock transfer TN=4 --from MAIN --to SHOP", user="SUN")
    assert (held(shop, "TN"), held(shop, "TN", "SHOP")) == (("6", "100.00"), ("0", None))
    shop.ok("stock transfer-in ST-202611-0001", user="SUN")
    assert held(shop, "TN", "SHOP") == ("4", "100.00")
    assert shop.run("stock transfer-in ST-202611-0001", user="SUN").exit == 6
    assert shop.run("stock transfer TN=1 --from MAIN --to MAIN", user="SUN").exit == 2
    assert shop.run("stock transfer TN=-1 --from MAIN --to SHOP", user="SUN").exit == 2


@pytest.mark.rule("STK-03")
def test_a_correction_is_approved_each_time_anew(shop) -> None:
    line = "stock adjust TN=-3 --reason leaked"
    refused = shop.run(line, user="SUN")
    assert refused.exit == 5
    assert "STK-03" in refused.err
    assert shop.run([*line.split(), "--request", "found broken"], user="SUN").exit == 5
    approve_all(shop, "AP-202611-0001")
    shop.ok(line, user="SUN")
    assert held(shop, "TN")[0] == "7"
    assert shop.run(line, user="SUN").exit == 5  # the approval was for that one correction
    assert shop.run("stock issue TN=1 --reason sample", user="SUN").exit == 5


@pytest.mark.rule("STK-03")
def test_a_count_respects_what_moved_since_and_is_posted_once(shop) -> None:
    shop.ok("stock count start", user="SUN")
    shop.ok("stock transfer TN=4 --from MAIN --to SHOP", user="SUN")  # leaves while the counters walk
    shop.ok("stock count enter SC-202611-0001 TN=9 --cause breakage", user="SUN")
    blank = shop.run("stock count post SC-202611-0001", user="SUN")
    assert (blank.exit, "blank is not zero" in blank.err) == (2, True)
    shop.run(["stock", "count", "post", "SC-202611-0001", "--missing", "keep", "--request", "monthly"], user="SUN")
    approve_all(shop, "AP-202611-0001")
    shop.ok("stock count post SC-202611-0001 --missing keep", user="SUN")
    assert (held(shop, "TN")[0], held(shop, "LQ")[0]) == ("5", "5")  # one short of the book, four gone since
    assert shop.run("stock count post SC-202611-0001", user="SUN").exit == 6
    (row,) = shop.rows("stock count list")
    assert (row["state"], row["differing"]) == ("posted", 1)


@pytest.mark.rule("STK-03")
def test_a_count_dated_back_knows_nothing_of_later_movements_and_they_stand(shop) -> None:
    shop.ok("stock transfer TN=4 --from MAIN --to SHOP", user="SUN")
    shop.ok("stock count start --date 2026-11-02")  # written up a day late: ten were there on the evening of the 2nd
    (line,) = [row for row in shop.rows("stock count show SC-202611-0001") if row["sku"] == "TN"]
    assert line["expected"] == "10"
    shop.ok("stock count enter SC-202611-0001 TN=9 LQ=5 --cause breakage", user="SUN")
    shop.run(["stock", "count", "post", "SC-202611-0001", "--request", "monthly"], user="SUN")
    approve_all(shop, "AP-202611-0001")
    shop.ok("stock count post SC-202611-0001", user="SUN")
    assert held(shop, "TN")[0] == "5"
    assert shop.run("check").exit == 0


@pytest.mark.rule("STK-03")
def test_uncounted_goods_are_gone_only_when_somebody_says_so(shop) -> None:
    shop.ok("stock count start", user="SUN")
    shop.ok("stock count enter SC-202611-0001 TN=10", user="SUN")
    refused = shop.run("stock count post SC-202611-0001 --missing zero", user="SUN")
    assert refused.exit == 4
    assert "LQ" in refused.err  # a difference without a cause
    shop.ok("stock count cancel SC-202611-0001", user="SUN")
    assert held(shop, "LQ")[0] == "5"


@pytest.mark.rule("STK-03")
def test_a_count_without_differences_needs_nobody(shop) -> None:
    shop.ok("stock count start", user="SUN")
    assert shop.run("stock count start", user="SUN").exit == 6
    shop.ok("stock count enter SC-202611-0001 TN=10 LQ=5", user="SUN")
    shop.ok("stock count post SC-202611-0001", user="SUN")
    assert shop.run("stock count enter SC-202611-0001 TN=-1", user="SUN").exit in (2, 6)


@pytest.mark.rule("STK-01", "STK-02")
def test_alerts_say_what_is_short_or_idle_and_for_whom(shop) -> None:
    shop.ok("stock level TN --min 20 --max 50 --lead-days 5 --location A-03", user="SUN")
    shop.ok("stock level LQ --max 4", user="SUN")
    found = {(row["sku"], row["alert"], row["for_role"]) for row in shop.rows("stock alerts", day="2026-11-03")}
    assert found == {("TN", "below_min", "purchasing"), ("LQ", "above_max", "sales_team")}
    later = {(row["sku"], row["alert"]) for row in shop.rows("stock alerts", day="2027-01-31")}
    assert ("LQ", "no_movement") in later
    assert shop.run("stock level TN --min 60", user="SUN").exit == 2


@pytest.mark.rule("STK-07")
def test_the_reorder_proposal_is_what_its_formula_says(shop) -> None:
    shop.ok("stock level TN --min 20 --lead-days 5", user="SUN")
    (row,) = shop.rows("stock reorder")
    assert (row["sku"], row["safety"], row["on_hand"], row["order"]) == ("TN", "20", "10", "10")


@pytest.mark.rule("STK-07")
def test_what_is_sold_from_one_warehouse_is_ordered_for_that_one(shop) -> None:
    shop.ok("customer add 华信 --code HX --staff BOSS")
    shop.ok("order new HX TN=9 --promised +7d")
    shop.ok("order confirm SO-202611-0001")
    shop.ok("stock transfer TN=1 --from MAIN --to SHOP", user="SUN")
    shop.ok("stock transfer-in ST-202611-0001", user="SUN")
    assert {(row["warehouse"], row["daily_sales"]) for row in shop.rows("stock reorder")} <= {("MAIN", "0.1")}
    shop.ok("stock level TN --warehouse SHOP --min 5", user="SUN")
    found = {row["warehouse"]: (row["daily_sales"], row["order"]) for row in shop.rows("stock reorder")}
    assert found["SHOP"] == ("0", "4")


@pytest.mark.rule("STK-02", "ORD-12")
def test_nobody_is_asked_to_approve_what_cannot_be(shop) -> None:
    refused = shop.run("stock adjust TN=-6 TN=-6 --reason torn --request shelf", user="SUN")
    assert (refused.exit, shop.rows("inbox --all")) == (4, [])


@pytest.mark.rule("STK-04", "STK-08")
def test_value_and_turnover_come_from_the_ledger(shop) -> None:
    assert [(row["key"], row["value"]) for row in shop.rows("stock value --by product")] == [("LQ", "40.00"), ("TN", "1000.00")]
    assert shop.rows("stock value --as-of 2026-11-01") == []
    rows = {row["sku"]: row["value"] for row in shop.rows("stock turnover --period 2026-11")}
    assert rows == {"TN": "1000.00", "LQ": "40.00"}


@pytest.mark.rule("ORG-07")
def test_a_rep_moves_no_stock(shop) -> None:
    shop.ok("staff add LI 李明 --role rep --superior BOSS")
    assert shop.run("stock receive TN=1 --reason x", user="LI").exit == 7


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(st.integers(-50, 50).filter(bool), st.integers(0, 500)), max_size=30))
def test_value_never_drifts_from_the_movements(moves: list[tuple[int, int]]) -> None:
    balance, total = Balance(), 0
    for quantity, cost in moves:
        if balance.quantity + quantity * 1000 < 0:
            continue
        posting = post(balance, quantity * 1000, cost * 10000 if quantity > 0 else None)
        total += posting.value or 0
        balance = posting.after
        assert balance.value == total
        assert balance.quantity or balance.value == 0


@pytest.mark.rule("STK-05", "STK-08")
def test_goods_on_their_way_are_listed_reminded_of_and_named_beside_the_value(shop) -> None:
    shop.ok("stock transfer TN=4 --from MAIN --to SHOP", user="SUN", day="2026-11-02")
    (row,) = shop.rows("stock transfers")
    assert (row["transfer"], row["source"], row["target"], row["quantity"], row["value"]) == (
        "ST-202611-0001",
        "MAIN",
        "SHOP",
        "4",
        "400.00",
    )
    assert (row["days"], row["received"]) == (1, None)
    assert "stock transfer-in ST-202611-0001" in shop.ok("today SUN", user="SUN").out
    told = shop.run("stock value -f json").json()
    assert told["totals"]["value"] == "640.00"
    assert any("4 worth 400.00" in note for note in told["notes"])
    assert {row["warehouse"]: (row["on_hand"], row["on_the_way"]) for row in shop.rows("stock warehouses")} == {
        "MAIN": ("11", "0"),
        "SHOP": ("0", "4"),
    }
    shop.ok("stock transfer-in ST-202611-0001", user="SUN")
    assert shop.rows("stock transfers") == []
    assert [row["received"] for row in shop.rows("stock transfers --all")] == ["2026-11-03"]
    assert any("4 worth 400.00" in note for note in shop.run("stock value --as-of 2026-11-02 -f json").json()["notes"])
    assert shop.run("stock value -f json").json()["notes"] == []


@pytest.mark.rule("STK-01", "STK-07")
def test_a_product_with_a_minimum_that_never_was_in_stock_is_short(shop) -> None:
    shop.ok("product add NEW 新品 --list-price 5")
    shop.ok("stock level NEW --min 10 --max 50", user="SUN")
    assert [(row["sku"], row["alert"], row["on_hand"]) for row in shop.rows("stock alerts")] == [("NEW", "below_min", "0")]
    assert [(row["sku"], row["order"]) for row in shop.rows("stock reorder")] == [("NEW", "10")]


@pytest.mark.rule("ORG-07")
def test_who_sees_no_prices_sees_no_costs_of_what_turned_over_and_no_sum_of_hidden_values(shop) -> None:
    shop.ok("staff add WH 仓管 --role warehouse --superior BOSS")
    assert {row["cost"] for row in shop.rows("stock turnover")} == {"0.00"}
    hidden = shop.run("stock turnover -f json", user="WH").json()
    assert {(row["cost"], row["value"]) for row in hidden["rows"]} == {(None, None)}
    assert hidden["totals"]["value"] is None
    assert shop.run("stock value -f json", user="WH").json()["totals"]["value"] is None


@pytest.mark.rule("STK-03")
def test_one_correction_carried_out_leaves_the_approval_of_another_product_standing(shop) -> None:
    for line in ("stock adjust TN=-3 --reason leaked", "stock adjust LQ=-1 --reason torn"):
        shop.run(f"{line} --request 'shelf check'", user="SUN")
    for number in ("AP-202611-0001", "AP-202611-0002"):
        approve_all(shop, number)
    shop.ok("stock adjust TN=-3 --reason leaked", user="SUN")
    shop.ok("stock adjust LQ=-1 --reason torn", user="SUN")
    assert shop.run("stock adjust LQ=-1 --reason torn", user="SUN").exit == 5
    waiting = shop.run("stock adjust TN=-1 --reason leaked --request again", user="SUN")
    assert waiting.exit == 5
    assert "it waits as AP-202611-0003" in shop.run("stock adjust TN=-1 --reason leaked", user="SUN").err


@pytest.mark.rule("STK-03")
def test_a_count_that_waits_says_so_and_one_that_is_not_there_is_not_found(shop) -> None:
    shop.ok("stock count start", user="SUN")
    shop.ok("stock count enter SC-202611-0001 TN=9 LQ=5 --cause lost", user="SUN")
    assert shop.run("stock count post SC-202611-0001 --request 'month'", user="SUN").exit == 5
    worth = {row["sku"]: row["value"] for row in shop.rows("stock count show SC-202611-0001", user="BOSS")}
    assert worth == {"TN": "-100.00", "LQ": None}
    shop.ok("approve AP-202611-0001", user="BOSS")
    assert "it waits as AP-202611-0001" in shop.run("stock count post SC-202611-0001", user="SUN").err
    assert shop.run("stock count show SC-202611-0009").exit == 3


@pytest.mark.rule("STK-03", "STK-05")
def test_an_approval_holds_for_the_cost_and_the_day_it_was_asked_for(shop) -> None:
    assert shop.run("stock issue TN=-1 --reason sample", user="SUN").exit == 2
    shop.run("stock adjust TN=+2@90 --reason found --request shelf", user="SUN")
    assert "TN +2 @90.00" in shop.ok("inbox", user="BOSS").out
    approve_all(shop, "AP-202611-0001")
    assert shop.run("stock adjust TN=+2@900 --reason found", user="SUN").exit == 5
    assert shop.run("stock adjust TN=+2@90 --reason found --on 2026-11-02", user="SUN").exit == 7
    assert shop.run("stock adjust TN=+2@90 --reason found --on 2026-11-02").exit == 5
    shop.ok("stock adjust TN=+2@90 --reason found", user="SUN", day="2026-11-04")


@pytest.mark.rule("STK-01", "STK-05")
def test_levels_are_seen_as_they_were_set(shop) -> None:
    shop.ok("stock level TN --min 5 --max 50 --safety 2 --lead-days 3 --location A-03", user="SUN")
    (row,) = shop.rows("stock levels --sku TN")
    assert [row[key] for key in ("warehouse", "location", "least", "most", "safety", "lead_days", "on_hand")] == [
        "MAIN", "A-03", "5", "50", "2", 3, "10",
    ]  # fmt: skip
    crossed = shop.run("stock level TN --max 4", user="SUN")
    assert crossed.exit == 2
    assert "at most 4 is less than at least 5" in crossed.err
    assert shop.rows("stock levels --warehouse SHOP") == []


@pytest.mark.rule("STK-05")
def test_a_transfer_does_not_arrive_before_it_left(shop) -> None:
    shop.ok("stock warehouse ANNEX 分库")
    shop.ok("stock transfer TN=1 --from MAIN --to ANNEX", user="SUN", day="2026-11-05")
    told = shop.run("stock transfer-in ST-202611-0001 --date 2026-11-04", day="2026-11-06")
    assert (told.exit, "ST-202611-0001 left on 2026-11-05; it did not arrive on 2026-11-04 [STK-05]" in told.err) == (4, True)
    shop.ok("stock transfer-in ST-202611-0001 --date 2026-11-05", day="2026-11-06")
