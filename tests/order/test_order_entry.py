"""What a draft says already of what will stop it when it is confirmed (ORD-01, ORD-03, ORD-09)."""

from __future__ import annotations

import pytest

from tests.order.conftest import N


@pytest.mark.rule("ORD-01", "ORD-03", "ORD-09")
def test_a_draft_says_at_once_what_will_stop_it(trade) -> None:
    said = trade.ok("order new C1 DRUM=9 --promised 2027-03-01 -f json", user="LI").json()["warnings"]
    assert {"late_promise", "not_available"} <= {w["code"] for w in said}
    assert next(w["facts"] for w in said if w["code"] == "not_available")["available"] == "3"
    free = trade.ok("order new C1 DRUM=1 --free -f json", user="LI").json()["warnings"]
    assert [w["code"] for w in free] == ["free_goods_papers"]
    assert trade.ok("order new C1 DRUM=3 --promised 2027-02-03 -f json", user="LI").json()["warnings"] == []
    later = trade.ok(f"order edit {N} --promised 2027-02-04 -f json", user="LI").json()["warnings"]
    assert {"late_promise", "not_available"} == {w["code"] for w in later}


@pytest.mark.rule("ORD-09", "PRC-05")
def test_a_discount_beyond_the_whole_price_is_no_discount(trade) -> None:
    refused = trade.run("order new C1 DRUM=1 --discount 101", user="LI")
    assert refused.exit == 2
    assert "--discount" in refused.err
    assert "100" in refused.err


@pytest.mark.rule("ORD-09", "PRC-08")
def test_a_price_of_nothing_is_no_price(trade) -> None:
    """A file that writes 0 for unknown prices gives nothing away: whoever orders it is asked for a price."""
    trade.ok("product add ZERO 零价 --list-price 0")
    refused = trade.run("order new C1 ZERO=1", user="LI")
    assert refused.exit == 4
    assert "ZERO has no price" in refused.err
    trade.ok("order new C1 ZERO=1@5", user="LI")
    trade.ok("order new C1 ZERO=1 --free --explanation goodwill --loss LI", user="LI")
    asked = trade.run("price request DRUM=0 --reason x", user="LI")
    assert asked.exit == 4
    assert "[ORD-09]" in asked.err


@pytest.mark.rule("PRD-03")
def test_goods_of_a_channel_are_warned_about_without_one_and_refused_on_another(trade) -> None:
    trade.ok('product edit DRUM --channels "Online,wedding"')
    assert trade.ok("order new C1 DRUM=1 --channel online -f json", user="LI").json()["warnings"] == []
    assert "meant for Online, wedding only, and no channel is named [PRD-03]" in trade.ok("order new C1 DRUM=1", user="LI").err
    for command in ("order new C1 DRUM=1 --channel shop", "quote new C1 DRUM=1 --channel shop"):
        refused = trade.run(command, user="LI")
        assert refused.exit == 4
        assert "is sold only on Online, wedding, not on shop [PRD-03]" in refused.err


@pytest.mark.rule("PRD-01", "QUO-01")
def test_goods_at_the_end_of_their_life_are_not_offered(trade) -> None:
    trade.ok("product edit DRUM --life ended")
    for command in ("order new C1 DRUM=1", "quote new C1 DRUM=1"):
        refused = trade.run(command, user="LI")
        assert refused.exit == 4
        assert "not sold any more" in refused.err


@pytest.mark.rule("ORD-09", "ORD-17")
def test_what_was_typed_beside_the_lines_is_seen_and_losses_are_listed(trade) -> None:
    trade.ok("stock warehouse SHOP 门市")
    more = '--channel online --source fair --customer-ref PO-7 --note "ring twice" --days 10 --warehouse SHOP'
    trade.ok(f"order new C1 DRUM=1 {more}", user="LI")
    said = trade.ok(f"order show {N} -f json", user="LI").json()["notes"]
    assert said == [
        "leaves from SHOP", "10 days to pay", "channel: online", "source: fair", "the customer's number: PO-7", "note: ring twice",
    ]  # fmt: skip
    trade.ok(f"order capacity {N} --change --note 'one less' --on 2026-11-20", user="WH")
    trade.ok(f"order settle {N} agreed --promised 2026-11-20", user="LI")
    assert trade.ok(f"order show {N} -f json", user="LI").json()["notes"][-3:] == [
        "2026-11-03 WH: change asked, ready on 2026-11-20", "note: one less", "settled with the customer: agreed",
    ]  # fmt: skip
    trade.ok("order new C1 DRUM=1 --free --explanation goodwill --loss LI", user="LI")
    assert trade.run("order confirm SO-202611-0002 --request goodwill", user="LI").exit == 5
    assert "gives DRUM 1 free, which is decided beforehand: goodwill; LI answers for it" in trade.ok("inbox", user="GM").out
    trade.ok("approve AP-202611-0001", user="GM")
    trade.ok("order confirm SO-202611-0002", user="LI")
    trade.ok("order deliver SO-202611-0002", user="WH")
    assert trade.ok("order show SO-202611-0002 -f json", user="LI").json()["notes"][-2:] == [
        "given free: goodwill; LI answers for it", "the goods given cost 200.00",
    ]  # fmt: skip
    (row,) = trade.rows("order losses", user="LI")
    assert (row["order"], row["answers"], row["explanation"], row["loss"]) == ("SO-202611-0002", "LI", "goodwill", "200.00")
    assert trade.rows("order losses", user="WH")[0]["loss"] is None
