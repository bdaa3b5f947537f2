"""An order from the first word to the last return, and what stands in its way."""

from __future__ import annotations

import pytest

from .conftest import N, on_hand, problems


def owed(book) -> list[tuple]:
    return book.sql("SELECT number, amount, due_date, order_number, invoice_no FROM receivable ORDER BY id")


@pytest.mark.rule("ORD-12", "ORD-13", "ORD-17", "AR-01", "AR-02", "AR-03")
def test_delivered_in_parts(ordered) -> None:
    assert on_hand(ordered) == {"DRUM": ("3", "2"), "TN2325": ("20", "10")}
    ordered.ok(f"order deliver {N} TN2325=4 --carrier SF --waybill 12", user="WH")
    assert on_hand(ordered) == {"DRUM": ("3", "2"), "TN2325": ("16", "6")}
    ordered.ok(f"order deliver {N}", user="WH")
    assert on_hand(ordered) == {"DRUM": ("1", "0"), "TN2325": ("10", "0")}
    assert [row[:4] for row in owed(ordered)] == [
        ("DN-202611-0001", 51200, "2026-12-03", N), ("DN-202611-0002", 136800, "2026-12-03", N),
    ]  # fmt: skip
    assert ordered.sql("SELECT code FROM receivable r JOIN staff s ON s.id = r.staff_id GROUP BY code") == [("LI",)]
    assert ordered.rows("order list")[0]["state"] == "delivered"


@pytest.mark.rule("ORD-13")
def test_not_more_than_ordered(ordered) -> None:
    refused = ordered.run(f"order deliver {N} TN2325=10.001 -f json", user="WH")
    assert (refused.exit, problems(refused)) == (4, ["over_delivery"])
    ordered.ok("policy set order.over_delivery_pct 10")
    ordered.ok(f"order deliver {N} TN2325=11", user="WH")
    assert ordered.run(f"order deliver {N} TN2325=0.001", user="WH").exit == 4


@pytest.mark.rule("ORD-13")
def test_parts_add_up_to_the_cent(trade) -> None:
    trade.ok("policy set credit.mode off")
    trade.ok("order new C1 TN2325=3 --discount 0.79", user="LI")
    trade.sql("UPDATE order_line SET amount = 10000, amount_given = 1")
    trade.sql("UPDATE sales_order SET state = 'confirmed'")
    for _ in range(3):
        trade.ok(f"order deliver {N} TN2325=1", user="WH")
    assert [row[1] for row in owed(trade)] == [3333, 3334, 3333]


@pytest.mark.rule("ORD-15")
def test_returns_never_exceed_what_went_out(ordered) -> None:
    assert problems(ordered.run(f"order return {N} TN2325=1 --reason x -f json", user="WH")) == ["over_return"]
    ordered.ok(f"order deliver {N}", user="WH")
    ordered.ok(f"order return {N} TN2325=4 --reason leaks", user="WH")
    assert problems(ordered.run(f"order return {N} TN2325=7 --reason leaks -f json", user="WH")) == ["over_return"]
    assert owed(ordered)[-1][:2] == ("RT-202611-0001", -51200)
    assert on_hand(ordered)["TN2325"] == ("14", "0")
    assert ordered.run(["order", "return", N, "TN2325=1", "--reason", " "], user="WH").exit == 4


@pytest.mark.rule("ORD-15")
def test_exchange(ordered) -> None:
    ordered.ok(f"order deliver {N}", user="WH")
    ordered.ok(f"order return {N} TN2325=1 --reason leaks --exchange", user="WH")
    assert [row[1] for row in owed(ordered)] == [188000, -12800, 12800]
    assert on_hand(ordered)["TN2325"] == ("10", "0")
    assert {row["document"] for row in ordered.rows(f"order track {N}")} == {N, "DN-202611-0001", "RT-202611-0001", "DN-202611-0002"}


@pytest.mark.rule("ORD-10", "ORD-12")
def test_cancelled_frees_the_goods(ordered) -> None:
    ordered.ok(f"order cancel {N} --reason changed", user="LI")
    assert on_hand(ordered)["TN2325"] == ("20", "0")
    assert ordered.run(f"order deliver {N}", user="WH").exit == 6
    assert ordered.run(f"order reopen {N} --reason x", user="LI").exit == 6


@pytest.mark.rule("ORD-10")
def test_only_drafts_are_changed(ordered) -> None:
    assert ordered.run(f"order edit {N} TN2325=5", user="LI").exit == 6
    ordered.ok(f"order reopen {N} --reason typo", user="LI")
    assert on_hand(ordered)["TN2325"] == ("20", "0")
    ordered.ok(f"order edit {N} TN2325=5 --note 改小", user="LI")
    assert ordered.rows("order list")[0]["amount"] == "640.00"


@pytest.mark.rule("ORD-10", "ORD-06")
def test_closed_and_opened_again_checks_anew(ordered) -> None:
    ordered.ok(f"order deliver {N} TN2325=4", user="WH")
    assert ordered.run(f"order cancel {N} --reason x", user="LI").exit == 6
    assert ordered.run(f"order close {N}", user="LI").exit == 4
    ordered.ok(f"order close {N} --reason enough", user="LI")
    assert on_hand(ordered)["TN2325"] == ("16", "0")
    ordered.ok("customer edit C1 --credit-limit 600", user="FIN")
    refused = ordered.run(f"order reopen {N} --reason more -f json", user="LI")
    assert (refused.exit, problems(refused)) == (5, ["credit_limit"])
    ordered.ok("customer edit C1 --credit-limit 1880", user="FIN")
    ordered.ok(f"order reopen {N} --reason more", user="LI")
    assert on_hand(ordered)["TN2325"] == ("16", "6")


@pytest.mark.rule("STK-08", "KPI-06")
def test_the_cost_of_a_line_follows_the_stock_that_left_even_when_the_past_changes(ordered) -> None:
    """Two deliveries at 80 and 90, then a receipt dated before both: line and gross profit tell what the ledger tells."""
    earned = "kpi rank --period 2026-11 --metric gross_profit --by product"
    ordered.ok(f"order deliver {N} TN2325=4", user="WH", day="2026-11-05")
    ordered.ok("stock receive TN2325=16@100 --reason more", user="WH", day="2026-11-06")
    ordered.ok(f"order deliver {N}", user="WH", day="2026-11-07")
    cost = "SELECT unit_cost FROM order_line ORDER BY line_no"
    assert ordered.sql(cost) == [(860_000,), (2_000_000,)]  # 4 at 80, 6 at 90
    assert [(r["key"], r["value"]) for r in ordered.rows(earned, day="2026-11-07")] == [("TN2325", "420.00"), ("DRUM", "200.00")]
    ordered.ok("stock receive TN2325=20@60 --reason found --date 2026-11-04", day="2026-11-08")
    assert ordered.sql(cost)[0] == (755_380,)  # 4 at 70, 6 at 79.23
    left = ordered.sql("SELECT -sum(value) / 100.0 FROM stock_move WHERE kind = 'delivery' GROUP BY product_id ORDER BY product_id")
    (toner, _drum) = ordered.rows(earned, day="2026-11-08")
    assert float(toner["value"]) == pytest.approx(1280 - left[0][0], abs=0.01)
    assert ordered.run("check", day="2026-11-08").exit == 0


@pytest.mark.rule("ORD-10")
def test_finished_orders_close_themselves(ordered) -> None:
    ordered.ok(f"order deliver {N} --paid", user="MA")
    ordered.ok("order close --finished", user="MA")
    assert ordered.rows("order list")[0]["state"] == "closed"


@pytest.mark.rule("ORD-17", "AR-12")
def test_cash_sale_in_one_step(trade) -> None:
    trade.ok("order cash C2 TN2325=2 --method wechat", user="LI")
    assert trade.sql("SELECT amount, kept_open FROM receivable") == [(25600, 0)]
    assert trade.sql("SELECT amount, method FROM receipt") == [(25600, "wechat")]
    assert trade.rows("order list")[0]["state"] == "delivered"


@pytest.mark.rule("ORD-17", "AR-01")
def test_invoice_number_on_what_is_owed(ordered) -> None:
    assert ordered.run(f"order invoice {N} --no 0441", user="FIN").exit == 3
    ordered.ok(f"order deliver {N} TN2325=1", user="WH")
    ordered.ok(f"order invoice {N} --no 0441", user="FIN")
    assert owed(ordered)[0][4] == "0441"
    assert ordered.run(f"order invoice {N} --no 0442", user="FIN").exit == 6


@pytest.mark.rule("ORD-12", "ORD-13", "ORD-14")
def test_lists_for_the_warehouse(ordered) -> None:
    plan = ordered.rows("order dispatch", user="WH")
    assert [(row["sku"], row["quantity"], row["reserved"], row["missing"]) for row in plan] == [
        ("TN2325", "10", "10", "0"), ("DRUM", "2", "2", "0"),
    ]  # fmt: skip
    assert [row["sku"] for row in ordered.rows("order pick", user="WH")] == ["DRUM", "TN2325"]
    assert ordered.rows("order available TN2325")[0]["available"] == "10"
    ordered.ok("order carrier SF 顺丰速运", user="WH")
    ordered.sql("UPDATE product SET weight = 1500, volume = 2000 WHERE sku = 'TN2325'")
    ordered.ok(f"order deliver {N} TN2325=4 --carrier SF", user="WH")
    ordered.ok(f"order ship {N} signed_for --waybill 99 --place 上海", user="WH")
    freight = ordered.rows("order freight")[0]
    assert (freight["weight"], freight["volume"], freight["carrier"], freight["waybill"]) == ("6", "8", "SF", "99")
    assert ordered.rows("order carriers")[0]["deliveries"] == 1
    assert ordered.run(f"order ship {N} arrived --on 2026-11-01", user="WH").exit == 4


@pytest.mark.rule("ORD-14")
def test_one_carrier_is_one_line_of_the_figures_however_he_is_typed(ordered) -> None:
    ordered.ok("order carrier SF 顺丰速运", user="WH")

    def sent(carrier: str, lang: str = "en") -> tuple[str, str]:
        told = ordered.ok(["order", "deliver", N, "TN2325=1", "--carrier", carrier], user="WH", lang=lang).err
        return ordered.sql("SELECT carrier FROM delivery ORDER BY id DESC LIMIT 1")[0][0], told

    assert sent("顺丰速运") == ("SF", "")
    kept, told = sent("S.F.")
    assert (kept, "carrier S.F. is kept as SF" in told) == ("SF", True)
    kept, told = sent("顺丰", lang="zh")  # never stops the goods: kept as typed, and asked about
    assert (kept, "是否就是 SF" in told, "order ship DN-202611-0003 shipped --carrier SF" in told) == ("顺丰", True, True)
    ordered.ok("order ship DN-202611-0003 shipped --carrier SF", user="WH")
    assert ordered.rows("order carriers")[0]["deliveries"] == 3
    assert sent("DB Schenker") == ("DB Schenker", "")
    assert sent("DB-Schenker Ltd.")[0] == "DB Schenker"  # not on the list: as he was written before
    assert sent("db schenker")[1] == ""


@pytest.mark.rule("ORD-11", "ORD-16")
def test_what_is_open_and_when(ordered) -> None:
    assert [(r["key"], r["undelivered"], r["amount"]) for r in ordered.rows("order open --by customer")] == [("C1", "12", "1880.00")]
    assert [r["key"] for r in ordered.rows("order open --by product")] == ["TN2325", "DRUM"]
    assert ordered.rows("order open --by region")[0]["orders"] == 1
    assert ordered.rows("order calendar")[0]["promised_orders"] == N
    assert ordered.rows("order open --by product", user="WH")[0]["amount"] is None


@pytest.mark.rule("ORD-04", "ORD-08")
def test_issues(ordered) -> None:
    ordered.ok(f"order issue {N} 缺货 --kind shortage", user="WH")
    assert ordered.rows("task list", user="LI")[0]["document"] == "OI-202611-0001"
    ordered.ok("order solve OI-202611-0001 已补货", user="WH")
    assert ordered.run("order solve OI-202611-0001 again", user="WH").exit == 6
    assert ordered.rows("order issues")[0]["solution"] == "已补货"
    assert ordered.rows("order issues --open") == []


@pytest.mark.rule("ORD-19")
def test_flow_names_commands_that_exist(trade) -> None:
    from salescli.cli import entries

    rows = trade.rows("flow")
    assert len(rows) > 10
    assert all(row["command"].split()[1] in entries() for row in rows)


@pytest.mark.rule("ORD-13", "ORD-10")
@pytest.mark.parametrize("suffix", ["html", "pdf", "docx"])
def test_papers(ordered, suffix: str) -> None:
    ordered.ok(f"order deliver {N} TN2325=4", user="WH")
    for number in (N, "DN-202611-0001"):
        ordered.ok(f"order print {number} -o {number}.{suffix}", user="LI", lang="zh")
        assert (ordered.folder / f"{number}.{suffix}").stat().st_size > 500
    if suffix == "html":
        page = (ordered.folder / "DN-202611-0001.html").read_text(encoding="utf-8")
        assert "伍佰壹拾贰元" in page
        assert "华信科技" in page
        ordered.ok(f"order print {N} -o bare.html --no-prices", user="LI")
        assert "128.00" not in (ordered.folder / "bare.html").read_text(encoding="utf-8")


@pytest.mark.rule("ORD-12")
def test_goods_that_came_are_promised_to_whoever_waits(trade) -> None:
    trade.ok("policy set credit.mode off")
    for promised in ("+9d", "+5d"):
        trade.ok(f"order new C1 DRUM=4 --promised {promised}", user="LI")
    for number in (N, "SO-202611-0002"):
        trade.ok(f"order capacity {number} --on +4d", user="WH")
        trade.ok(f"order confirm {number}", user="LI")
    assert on_hand(trade)["DRUM"] == ("3", "3")
    trade.ok("stock receive DRUM=3@200 --reason arrived")
    trade.ok("order allocate", user="WH")
    held = dict(trade.sql("SELECT document, sum(quantity) FROM reservation GROUP BY document"))
    assert held == {N: 3000, "SO-202611-0002": 3000}
    assert trade.rows("order available DRUM --on +20d")[0]["available"] == "-2"
