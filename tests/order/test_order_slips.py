"""Slips of a busy day at the order desk: what is refused says the figures and the next step as the clerk sees them."""

from __future__ import annotations

import pytest

from .conftest import N, on_hand, problems


@pytest.fixture
def twice(trade):
    """One product on two lines, ten and two, confirmed."""
    trade.ok("policy set credit.mode off")
    trade.ok("order new C1 TN2325=10 TN2325=2", user="LI")
    trade.ok(f"order confirm {N}", user="LI")
    return trade


@pytest.mark.rule("ORD-13", "ORD-15")
def test_a_product_on_two_lines_is_told_as_one(twice) -> None:
    refused = twice.run(f"order deliver {N} TN2325=13", user="WH")
    assert "12 ordered, 0 with the customer, 13 more is beyond 12" in refused.err
    assert "at most 12" in refused.err
    twice.ok(f"order deliver {N} TN2325=11", user="WH")
    refused = twice.run(f"order deliver {N} TN2325=2", user="WH")
    assert "12 ordered, 11 with the customer, 2 more is beyond 12" in refused.err
    refused = twice.run(f"order return {N} TN2325=12 --reason x", user="MA")
    assert "11 delivered, 0 came back already, 12 cannot come back" in refused.err
    twice.ok(f"order return {N} TN2325=11 --reason x", user="MA")
    twice.ok("check")


@pytest.mark.rule("ORD-10")
def test_what_went_out_is_no_draft_again(twice) -> None:
    twice.ok(f"order deliver {N} TN2325=1", user="WH")
    refused = twice.run(f"order reopen {N} --reason x", user="LI")
    assert (refused.exit, "it cannot be a draft again" in refused.err) == (6, True)


@pytest.mark.rule("PRC-05", "ORD-06")
def test_a_draft_says_when_approval_is_asked_for(trade) -> None:
    told = trade.ok("order new C1 TN2325=1@125", user="LI").err
    assert f'salescli order confirm {N} --request "reason"' in told
    assert "PRC-05" in trade.ok(f"order edit {N} TN2325=1@124", user="LI").err  # a changed one says it again
    assert trade.ok(f"order edit {N} TN2325=1", user="LI").err == ""


@pytest.mark.rule("ORD-01", "ORD-17")
def test_over_the_counter_there_is_no_later(trade) -> None:
    refused = trade.run("order cash C1 DRUM=4", user="LI")
    assert (refused.exit, "capacity" in refused.err) == (4, False)
    assert "salescli stock list --sku DRUM" in refused.err
    assert trade.rows("order list") == []


@pytest.mark.rule("ORG-07", "ORD-13", "ORD-15")
def test_who_sees_no_prices_sees_none_while_he_delivers(trade) -> None:
    trade.ok("order new C2 DRUM=2", user="LI")  # never evaluated for credit: the taker is warned
    trade.ok("policy set credit.mode warn")
    trade.ok(f"order confirm {N}", user="LI")
    for line in (f"order deliver {N}", f"order return {N} DRUM=1 --reason x"):
        told = trade.ok(f"{line} -f json", user="WH")
        assert "00.00" not in told.out + told.err
        assert told.json()["facts"]["amount"] is None


@pytest.mark.rule("ORD-15", "ORD-18")
def test_an_exchange_after_the_promise_makes_no_order_late(trade) -> None:
    trade.ok("order new C1 DRUM=2 --promised +2d", user="LI")
    trade.ok(f"order confirm {N}", user="LI")
    trade.ok(f"order deliver {N}", user="WH")
    trade.ok(f"order return {N} DRUM=1 --reason x --exchange", user="MA", day="2026-11-20")
    (row,) = trade.rows("order list", day="2026-11-20")
    assert (row["state"], row["late_days"]) == ("delivered", 0)
    assert [row["document"] for row in trade.rows(f"order track {N}", day="2026-11-20")][-2:] == ["RT-202611-0001", "DN-202611-0002"]
    trade.ok("check", day="2026-11-20")


@pytest.mark.rule("ORD-13", "ORD-15")
def test_a_product_named_twice_by_two_names_is_one_wish(ordered) -> None:
    ordered.ok(f"order deliver {N} TN2325=3 粉盒=2", user="WH")
    assert on_hand(ordered)["TN2325"] == ("15", "5")
    told = ordered.run(f"order deliver {N} TN2325=3 粉盒=3", user="WH")
    assert "6 more is beyond 10" in told.err
    ordered.ok(f"order return {N} TN2325=3 粉盒=2 --reason torn", user="WH")
    assert on_hand(ordered)["TN2325"][0] == "20"


@pytest.mark.rule("ORD-06", "ORD-15")
def test_goods_sent_anew_after_a_return_ask_for_credit_anew(trade) -> None:
    """What came back made room for another order: sending it out again would be beyond the limit."""
    trade.ok("customer edit C1 --credit-limit 1280")
    trade.ok("policy set credit.mode block")
    trade.ok("order new C1 TN2325=10", user="LI")
    trade.ok(f"order confirm {N}", user="LI")
    trade.ok(f"order deliver {N}", user="WH")
    trade.ok(f"order return {N} TN2325=5 --reason torn", user="WH")
    trade.ok("order new C1 TN2325=5", user="LI")
    trade.ok("order confirm SO-202611-0002", user="LI")
    refused = trade.run(f"order deliver {N} TN2325=5 -f json", user="WH")
    assert (refused.exit, problems(refused)) == (4, ["credit_limit"])
    trade.ok("order deliver SO-202611-0002", user="WH")  # what was promised adds nothing
    assert trade.rows("customer show C1")[0]["open"] == "1280.00"


@pytest.mark.rule("ORD-14")
def test_a_carrier_typed_again_keeps_what_is_not_said_anew(trade) -> None:
    trade.ok("order carrier SF 顺丰速运 --phone 95338 --site https://www.sf-express.com --inactive")
    trade.ok("order carrier SF 顺丰")
    (row,) = trade.rows("order carriers")
    assert (row["name"], row["phone"], row["site"], row["active"]) == ("顺丰", "95338", "https://www.sf-express.com", False)
    trade.ok(["order", "carrier", "SF", "顺丰", "--phone", "", "--active"])
    (row,) = trade.rows("order carriers")
    assert (row["phone"], row["active"]) == (None, True)


@pytest.mark.parametrize(("option", "longest"), [("channel", 40), ("source", 80), ("region", 80), ("customer-ref", 80), ("note", 4000)])
def test_a_text_too_long_for_an_order_is_told_at_a_change_as_well(trade, option: str, longest: int) -> None:
    trade.ok("order new C1 TN2325=1", user="LI")
    refused = trade.run(["order", "edit", N, f"--{option}", "x" * (longest + 1)], user="LI")
    assert (refused.exit, f"{longest:,} fit" in refused.err) == (2, True)
