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
