"""Orders made of a contract in parts add up to what was signed (CTR-06, QUO-06, PRO-02)."""

from __future__ import annotations

import pytest

from tests.contract.conftest import FULL, C

PLAN = '--audience "offices" --form "in the shop" --media "letter" --goal "more" --from 2026-11-03 --to 2026-11-10'


def running(book, words: str, request: str) -> None:
    number = book.ok(f"promo plan Autumn {words} {PLAN} -f json", user="LI").json()["document"]
    book.ok(f"promo submit {number}", user="LI")
    book.ok(f"approve {request}", user="BOSS")
    book.ok(f"approve {request}", user="CHEN")
    book.ok(f"promo start {number}", user="BOSS")


def sign(book, request: str, *people: str) -> None:
    book.ok(f"contract submit {C}", user="LI")
    for who in people or ("BOSS",):
        book.ok(f"approve {request}", user=who)
    book.ok(f"contract confirm {C} --all", user="LI")
    book.ok(f"contract sign {C} --by 何静", user="LI")


def amounts(book) -> list[str]:
    return [row["amount"] for row in reversed(book.rows("order list --period 2026", user="LI", day="2026-11-30"))]


@pytest.mark.rule("CTR-06", "QUO-06", "PRO-02")
def test_parts_share_what_a_plan_took_off_and_add_up_to_the_cent(team) -> None:
    """Ten at 100.00 less 80.00 once off: three, three and four of them are 276.00, 276.00 and 368.00, also after the plan is over."""
    running(team, "--kind spend_and_save --step 1000=80 --all-goods", "AP-202611-0001")
    team.ok(f"contract new HX TN2325=10 {FULL}", user="LI")
    sign(team, "AP-202611-0002")
    assert team.ok(f"contract show {C} -f json", user="LI").json()["totals"]["amount"] == "920.00"
    for day, part in (("2026-11-04", "TN2325=3"), ("2026-11-05", "TN2325=1 TN2325=2"), ("2026-11-20", "")):
        team.ok(f"contract order {C} {part}", user="LI", day=day)
    assert amounts(team) == ["276.00", "276.00", "368.00"]
    assert team.run("check order_amounts promo_lines", day="2026-11-30").exit == 0


@pytest.mark.rule("CTR-06", "PRO-02")
def test_no_promotion_of_the_day_touches_an_agreed_price(team) -> None:
    team.ok(f"contract new HX TN2325=20 {FULL}", user="LI")
    sign(team, "AP-202611-0001")
    running(team, "--kind spend_and_save --step 500=80 --all-goods", "AP-202611-0002")
    team.ok(f"contract order {C} TN2325=10", user="LI")
    assert amounts(team) == ["1000.00"]


@pytest.mark.rule("CTR-06")
def test_goods_on_two_lines_are_ordered_line_by_line_and_never_beyond_both(team) -> None:
    team.ok(f"contract new HX TN2325=5@100 TN2325=5@99 {FULL}", user="LI")
    sign(team, "AP-202611-0001", "WANG", "BOSS")
    for part, wanted in (("TN2325=11", "11"), ("TN2325=6 TN2325=6", "12")):
        refused = team.run(f"contract order {C} {part}", user="LI")
        assert refused.exit == 4
        assert f"TN2325: {wanted} wanted, 10 of {C} are left to order [CTR-06]" in refused.err
    team.ok(f"contract order {C} TN2325=7", user="LI")
    team.ok(f"contract order {C}", user="LI")
    assert amounts(team) == ["698.00", "297.00"]


@pytest.mark.rule("CTR-06", "QUO-06", "PRC-05")
def test_a_changed_order_keeps_the_agreed_price_and_stays_within_the_contract(team) -> None:
    """Ten agreed at 95.00: a draft of four changed to three still costs 95.00; eleven of them are no longer the contract's."""
    team.ok("customer edit HX --credit-limit 1000000 --credit-days 30", user="BOSS")
    team.ok("stock receive TN2325=200@60 --reason opening", user="CANG")
    team.ok(f"contract new HX TN2325=10@95 {FULL} --until 2026-11-30", user="LI")
    sign(team, "AP-202611-0001", "WANG", "BOSS")
    team.ok(f"contract order {C} TN2325=4", user="LI")
    team.ok("order edit SO-202611-0001 TN2325=3", user="LI")
    assert amounts(team) == ["285.00"]
    team.ok("order edit SO-202611-0001 TN2325=11", user="LI")
    refused = team.run("order confirm SO-202611-0001", user="LI")
    assert refused.exit == 4
    assert f"TN2325: 11 ordered under {C}, 10 agreed [CTR-06]" in refused.err
    team.ok("order edit SO-202611-0001 TN2325=10", user="LI")
    late = team.run("order confirm SO-202611-0001", user="LI", day="2026-12-01")
    assert late.exit == 6
    assert "does not hold today: from" in late.err
    team.ok("order confirm SO-202611-0001", user="LI", day="2026-11-30")


@pytest.mark.rule("QUO-06", "PRO-08")
def test_a_changed_order_of_a_quote_keeps_its_part_of_the_promotion_and_its_gift_until_it_shrinks(team) -> None:
    team.ok("product add CUP 马克杯 --gift --cost 5")
    running(team, "--kind gift --gift CUP=1 --min-amount 500 --all-goods --stack", "AP-202611-0001")
    running(team, "--kind spend_and_save --step 1000=80 --all-goods --stack", "AP-202611-0002")
    quote = "QU-202611-0001"
    team.ok('quote new HX TN2325=10 --pay rest@delivery --configuration "s" --after-sales "y"', user="LI")
    team.ok(f"quote submit {quote}", user="LI")
    for who in ("WANG", "BOSS"):
        team.ok("approve AP-202611-0003", user=who)
    team.ok(f"quote send {quote} --way mail", user="LI")
    team.ok(f"quote accept {quote} --by 何静", user="LI")
    team.ok(f"quote convert {quote} --to order", user="LI", day="2026-11-20")
    team.ok("order edit SO-202611-0001 TN2325=10", user="LI", day="2026-11-20")
    rows = team.rows("order show SO-202611-0001", user="LI", day="2026-11-20")
    assert [(row["sku"], row["quantity"], row["amount"]) for row in rows] == [("TN2325", "10", "920.00"), ("CUP", "1", "0.00")]
    team.ok("order edit SO-202611-0001 TN2325=5", user="LI", day="2026-11-20")
    rows = team.rows("order show SO-202611-0001", user="LI", day="2026-11-20")
    assert [(row["sku"], row["quantity"], row["amount"]) for row in rows] == [("TN2325", "5", "460.00")]


def posts_of(team, number: str) -> list[str]:
    return team.ok(f"contract submit {number} -f json", user="LI").json()["facts"]["approval"]


@pytest.mark.rule("PRC-05", "QUO-06")
def test_a_contract_asks_for_prices_above_the_table_and_for_more_than_its_quote_offers(team) -> None:
    team.ok(f"contract new HX TN2325=1 {FULL}", user="LI")
    team.ok(f"contract new HX TN2325=1@103 {FULL}", user="LI")
    assert (posts_of(team, "CT-202611-0001"), posts_of(team, "CT-202611-0002")) == (["MGR"], ["SUP", "MGR"])
    team.ok('quote new HX TN2325=10@92 --pay rest@delivery --configuration "s" --after-sales "y"', user="LI")
    team.ok("quote submit QU-202611-0001", user="LI")
    for who in ("WANG", "BOSS"):
        team.ok("approve AP-202611-0003", user=who)
    for step in ("send", "accept"):
        team.ok(f"quote {step} QU-202611-0001", user="LI")
    team.ok("quote convert QU-202611-0001 --to contract", user="LI")
    team.ok(f"contract edit CT-202611-0003 TN2325=11@92 {FULL}", user="LI")
    assert posts_of(team, "CT-202611-0003") == ["SUP", "MGR"]
    team.ok("withdraw AP-202611-0004", user="LI")
    team.ok(f"contract edit CT-202611-0003 TN2325=10@92 {FULL}", user="LI")
    assert posts_of(team, "CT-202611-0003") == ["MGR"]


@pytest.mark.rule("CTR-06", "ORD-10")
def test_an_order_opened_again_takes_no_more_than_the_contract_leaves(signed) -> None:
    signed.ok("stock receive TN2325=200@60 --reason opening")
    signed.ok("policy set credit.mode off")
    signed.ok(f"contract order {C} TN2325=60", user="LI")
    signed.ok("order confirm SO-202611-0001", user="LI")
    signed.ok("order close SO-202611-0001 --reason late", user="LI")
    signed.ok(f"contract order {C} TN2325=41", user="LI")
    refused = signed.run("order reopen SO-202611-0001 --reason back", user="LI")
    assert refused.exit == 4
    assert "TN2325: 101 ordered" in refused.err
    assert "[CTR-06]" in refused.err
    signed.ok("order edit SO-202611-0002 TN2325=40", user="LI")
    signed.ok("order reopen SO-202611-0001 --reason back", user="LI")
