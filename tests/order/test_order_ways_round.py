"""What was decided holds for exactly that: no more goods, no other day, no other name for the same thing."""

from __future__ import annotations

import pytest

from tests.conftest import made_once

from .conftest import N, problems

QUOTED = "--pay 100%@sign --configuration standard --after-sales none"
F17 = "--audience all --form discount --media shop --goal more --owner MA"


def granted(book, *people: str) -> None:
    number = book.sql("SELECT max(number) FROM approval")[0][0]
    for person in people:
        book.ok(f"approve {number}", user=person)


@pytest.fixture
@made_once
def converted(trade):
    """An order of a quote that offers 2 TN2325 at 110.00, below the list price of 128.00."""
    trade.ok(f"quote new C1 TN2325=2@110 {QUOTED}", user="LI")
    trade.ok("quote submit QU-202611-0001", user="LI")
    granted(trade, "SU", "MA", "GM")
    for step in ("send QU-202611-0001", "accept QU-202611-0001", "convert QU-202611-0001 --to order"):
        trade.ok(f"quote {step}", user="LI")


@pytest.mark.rule("PRC-05")
def test_an_approved_price_holds_for_the_quantity_it_was_approved_for(trade) -> None:
    trade.ok("order new C1 TN2325=1@120", user="LI")
    trade.run(f'order confirm {N} --request "sample"', user="LI")
    granted(trade, "SU", "MA")
    trade.ok(f"order edit {N} TN2325=15@120", user="LI")
    refused = trade.run(f"order confirm {N} -f json", user="LI")
    assert (refused.exit, problems(refused)) == (5, ["off_list_price"])
    trade.ok(f"order edit {N} TN2325=1@120", user="LI")
    trade.ok(f"order confirm {N}", user="LI")


@pytest.mark.rule("QUO-06", "PRC-05")
def test_a_quoted_price_holds_for_what_was_quoted(converted) -> None:
    told = converted.ok(f"order edit {N} TN2325=3", user="LI")
    assert "14.06 per cent below" in told.err
    assert converted.run(f"order confirm {N}", user="LI").exit == 5
    converted.ok(f"order edit {N} TN2325=1 TN2325=2@110", user="LI")
    assert converted.run(f"order confirm {N}", user="LI").exit == 5
    converted.ok(f"order edit {N} TN2325=2@110 TN2325=1@128", user="LI")
    converted.ok(f"order confirm {N}", user="LI")


@pytest.mark.rule("ORD-09", "X-29")
@pytest.mark.parametrize(
    "line",
    [
        "order new C1 TN2325=1@0",
        "order new C1 TN2325=1 --discount 100",
        "order cash C1 TN2325=1@0",
        "quote new C1 TN2325=1@0",
        "contract new C1 TN2325=1@0",
    ],
)
def test_nothing_is_sold_for_nothing(trade, line: str) -> None:
    refused = trade.run(f"{line} -f json", user="LI")
    assert (refused.exit, problems(refused)) == (4, ["price_zero"])
    assert "--free" in refused.json()["problems"][0]["hint"]


@pytest.mark.rule("ORD-07", "ORD-03")
def test_a_change_settled_with_the_customer_keeps_the_usual_months_or_is_approved(trade) -> None:
    trade.ok("order new C1 TN2325=1 --promised +7d", user="LI")
    trade.ok(f"order confirm {N}", user="LI")
    trade.ok(f"order capacity {N} --change --on 2027-06-30 --note late", user="WH")
    trade.ok(f"order settle {N} agreed --promised 2027-02-03 --dry-run", user="LI")
    late = trade.run(f'order settle {N} agreed --promised 2027-02-04 --request "he waits"', user="LI")
    assert late.exit == 5
    assert "2027-02-03" in late.err
    granted(trade, "SU")
    done = trade.ok(f"order settle {N} agreed --promised 2027-02-04", user="LI")
    assert f"salescli order show {N}" in done.out


@pytest.mark.rule("ORD-15")
def test_goods_come_back_on_a_day_on_which_the_customer_had_them(ordered) -> None:
    ordered.ok(f"order deliver {N} TN2325=4", user="WH", day="2026-11-05")
    ordered.ok(f"order deliver {N} TN2325=6", user="WH", day="2026-11-10")
    back = f"order return {N} TN2325=5 --reason leaks"
    early = ordered.run(f"{back} --on 2026-11-09 -f json", day="2026-11-12")
    assert (early.exit, problems(early)) == (4, ["back_before_out"])
    assert "the customer had 4 on 2026-11-09; 5 cannot" in early.json()["problems"][0]["message"]
    ordered.ok(f"{back} --on 2026-11-10", day="2026-11-12")


@pytest.mark.rule("PRC-05", "ORD-17")
def test_an_off_list_price_over_the_counter_is_asked_for_as_an_order(trade) -> None:
    refused = trade.run("order cash C1 TN2325=1@120 -f json", user="LI")
    assert (refused.exit, problems(refused)) == (5, ["off_list_price"])
    assert "order new C1 SKU=QTY@PRICE --cash" in refused.json()["problems"][0]["hint"]
    assert trade.sql("SELECT count(*) FROM approval") == [(0,)]


@pytest.mark.rule("CTR-10")
def test_a_draft_for_cash_says_too_that_a_contract_is_missing(trade) -> None:
    trade.ok("customer edit C2 --kind 批发")
    assert "CTR-10" in trade.ok("order new C2 TN2325=1 --cash", user="LI").err
    assert trade.run(f"order confirm {N}", user="LI").exit == 4


@pytest.mark.rule("PRO-02")
def test_what_is_added_to_a_draft_after_a_promotion_is_not_promoted(trade) -> None:
    trade.ok(f'promo plan "Week" --kind discount --percent 5 --sku TN2325 --from 2026-11-04 --to 2026-11-06 {F17}', user="MA")
    trade.ok("promo submit PP-202611-0001", user="MA")
    granted(trade, "GM")
    trade.ok("promo start PP-202611-0001", user="MA")
    trade.ok("order new C1 TN2325=4", user="LI", day="2026-11-06")

    def taken_off() -> list[tuple[int, int]]:
        return trade.sql("SELECT quantity, promo_discount FROM order_line")

    trade.ok(f"order edit {N} TN2325=2", user="LI", day="2026-11-07")
    assert taken_off() == [(2000, 1280)]
    trade.ok(f"order edit {N} TN2325=3", user="LI", day="2026-11-07")
    assert taken_off() == [(3000, 0)]


REPORT = (
    f"order submit {N} --payment-day +30d --payment-place 上海 --means bank_transfer --place 浦东 --transport truck "
    "--site --scope --spec --design --purchase-order PO-7 --contract HT-1"
)


@pytest.mark.rule("ORD-02", "CTR-04", "AP-06", "F-10")
def test_an_accepted_report_that_changes_is_decided_anew(trade) -> None:
    trade.ok("policy set order.intake full")
    trade.ok("order new C1 TN2325=1 --promised +7d", user="LI")
    trade.ok(REPORT, user="LI")
    assert trade.run(f"order submit {N} --station 虹桥", user="LI").exit == 6
    granted(trade, "SU")
    assert "accepted already" in trade.ok(REPORT, user="LI").out
    trade.ok(f"order submit {N} --means cheque --cheque-day 2027-05-01 --way post", user="LI")
    refused = trade.run(f"order confirm {N} --confirmed today -f json", user="LI")
    assert "acceptance_not_approved" in problems(refused)
    trade.ok("withdraw AP-202611-0002", user="LI")
    told = trade.ok(f"order edit {N} TN2325=2", user="LI").err  # the scope was ticked for one
    assert f"{N}: what the report ticked has changed and is ticked anew: scope check [ORD-02]" in told
    told = trade.ok(f"order edit {N} DRUM=2", user="LI", lang="zh").err
    assert f"下一步：salescli order submit {N} --spec --design" in told
    assert trade.run(f"order submit {N}", user="LI").exit == 4
    trade.ok(f"order submit {N} --scope --spec --design", user="LI")


@pytest.mark.rule("ORD-03")
def test_a_day_that_is_over_is_promised_to_nobody(trade) -> None:
    trade.ok("order new C1 TN2325=1 --promised 2026-11-08", user="LI")
    told = trade.run(f"order edit {N} --promised 2026-11-10", user="LI", day="2026-11-20")
    assert (told.exit, "2026-11-10 is over; nobody can promise it any more [ORD-03]" in told.err) == (4, True)
    assert "was promised for 2026-11-08, which is over [ORD-03]" in trade.ok(f"order edit {N} --note x", user="LI", day="2026-11-20").err
    zh = trade.ok(f"order confirm {N}", user="LI", day="2026-11-20", lang="zh").err
    assert f"{N} 承诺的交期 2026-11-08 已过 [ORD-03]" in zh


@pytest.mark.rule("ORD-10", "ORD-17", "AR-01")
def test_nobody_confirms_or_invoices_on_a_day_to_come(ordered) -> None:
    for line in ("order new C1 DRUM=1 --confirmed tomorrow", f"order reopen {N} --reason x", f"order edit {N} --confirmed tomorrow"):
        done = ordered.run(line, user="LI")
        assert (done.exit == 0) == ("reopen" in line)
    assert "still to come, today is 2026-11-03" in ordered.run(f"order confirm {N} --confirmed tomorrow", user="LI").err
    ordered.ok(f"order confirm {N} --confirmed today", user="LI")
    ordered.ok(f"order deliver {N}", user="WH")
    assert ordered.run(f"order invoice {N} --no I1 --on tomorrow", user="FIN").exit == 4
    ordered.ok(f"order invoice {N} --no I1 --on today", user="FIN")


@pytest.mark.rule("PRD-01", "PRD-03")
def test_what_is_not_sold_any_more_or_not_there_is_not_taken_on(trade) -> None:
    trade.ok("product edit DRUM --channels online")
    trade.ok("order new C1 DRUM=1 --channel online", user="LI")
    trade.ok(f"order edit {N} --channel shop", user="LI")
    assert "sold only on online, not on shop" in trade.run(f"order confirm {N}", user="LI").err
    trade.ok(f"order edit {N} --channel online", user="LI")
    trade.ok("product edit DRUM --off")
    refused = trade.run(f"order confirm {N} -f json", user="LI")
    assert (refused.exit, problems(refused)) == (4, ["product_ended"])


@pytest.mark.rule("CHN-02")
def test_a_cash_sale_of_a_dealer_outside_his_area_is_said(trade) -> None:
    term = "--kind dealer --territory 华东 --from 2026-11-03 --until 2026-12-31 --duties d --after-sales a"
    trade.ok(f"contract new C1 {term}", user="LI")
    trade.ok("contract submit CT-202611-0001", user="LI")
    granted(trade, "MA")
    trade.ok("contract confirm CT-202611-0001 --all", user="LI")
    trade.ok("contract sign CT-202611-0001 --by x", user="LI")
    trade.ok("customer edit C1 --region 华南", user="LI")
    assert "CHN-02" in trade.ok("order cash C1 TN2325=1", user="LI").err


@pytest.mark.rule("ORD-01", "ORD-07", "X-33")
def test_a_capacity_answer_holds_for_what_it_was_asked_of_and_for_its_day(trade) -> None:
    trade.ok("order new C1 DRUM=9 --promised +7d", user="LI")
    trade.ok(f"order capacity {N} --on 2026-11-20", user="WH")
    early = trade.run(f"order confirm {N} -f json", user="LI")
    assert (early.exit, problems(early)) == (4, ["ready_too_late"])
    trade.ok(f"order edit {N} --promised 2026-11-20", user="LI")
    trade.ok(f"order confirm {N} --dry-run", user="LI")
    trade.ok(f"order edit {N} DRUM=8", user="LI")
    trade.ok(f"order confirm {N} --dry-run", user="LI")
    trade.ok(f"order edit {N} DRUM=10", user="LI")
    assert problems(trade.run(f"order confirm {N} -f json", user="LI")) == ["not_available"]
    trade.ok(f"order capacity {N} --on 2026-11-20", user="WH")
    trade.ok(f"order confirm {N}", user="LI")


@pytest.mark.rule("ORG-07", "STK-02", "STK-06", "AR-12", "ORD-13")
def test_whatever_moves_goods_or_money_asks_alike_for_an_earlier_day(ordered) -> None:
    """One function decides for every room: the warehouse books today, finance and the administrator any day gone by."""
    lines = (
        ("WH", "stock receive TN2325=1@80 --reason found"),
        ("WH", "stock adjust TN2325=+1@80 --reason found"),
        ("WH", "stock issue TN2325=1 --reason sample"),
        ("WH", "purchase receive PO-202611-0001"),
        ("WH", "purchase return PO-202611-0001 DRUM=1 --reason broken"),
        ("WH", f"order deliver {N}"),
        ("WH", f"order return {N} TN2325=1 --reason broken"),
    )
    ordered.ok("purchase supplier add 兄弟 --code BRO", day="2026-11-01")
    ordered.ok("purchase new BRO DRUM=2@190", day="2026-11-01")
    for who, line in lines:
        told = ordered.run(f"{line} --on 2026-11-02 -f json", user=who)
        assert (told.exit, problems(told)) == (7, ["not_today"]), line
        assert ordered.run(f"{line} --on 2026-11-04 -f json", user="FIN").exit in (4, 7), line
    assert "right backdate [ORG-07]" in ordered.run(f"{lines[0][1]} --on 2026-11-02", user="WH").err
    assert "需要权限 backdate" in ordered.run(f"{lines[0][1]} --on 2026-11-02", user="WH", lang="zh").err
    for line in (lines[0][1], lines[3][1], "purchase pay BRO 100", "ar receipt C1 100"):
        ordered.ok(f"{line} --on 2026-11-02", user="FIN" if " pay" in line or "ar " in line else None)
    assert str(ordered.sql("SELECT date FROM supplier_payment")[0][0]) == "2026-11-02"
