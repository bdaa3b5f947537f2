"""What promotions make of lines: exact thresholds, shares to the cent, floors, the best of several (PRO-01, PRO-07, PRC-09)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.i18n import msg
from salescli.core.money import line_amount
from salescli.promo.rules import apply
from salescli.promo.rules_effect import share
from salescli.promo.rules_plan import Gift, Part, Plan, PricedLine

UNIT = 1000
YUAN = 100


def line(
    product: int = 1, quantity: int = 10, price: int = 100, *, floor: int | None = None, category: str = "toner", **more
) -> PricedLine:
    """Ten units at 100.00."""
    amount = line_amount(quantity * UNIT, price * 10_000)
    floor_price = None if floor is None else floor * 10_000
    base = PricedLine(product, f"P{product}", category, quantity * UNIT, price * 10_000, price * 10_000, floor_price, False, 0, amount)
    return base._replace(**more)


def plan(kind: str, number: str = "PP-1", **more) -> Plan:
    return Plan(number, f"plan {number}", kind, **more)


def cuts(lines, *plans, choice: str = "best") -> list[int]:
    return [one.promo_discount for one in apply(lines, plans, choice).lines]


# --- kinds --------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("PRO-01")
@pytest.mark.parametrize(
    ("benefit", "expected"),
    [
        ({"rate": 500}, [5000, 1000]),
        ({"amount_off": 3 * YUAN}, [3000, 600]),
        ({"rate": 1000, "on_order": True}, [10000, 2000]),
        ({"amount_off": 50 * YUAN, "on_order": True}, [4167, 833]),
        ({"rate": 500, "products": frozenset({2})}, [0, 1000]),
        ({"rate": 500, "categories": frozenset({"toner"})}, [5000, 0]),
    ],
)
def test_a_discount_is_per_cent_or_amount_on_lines_or_the_order(benefit, expected) -> None:
    assert cuts([line(1), line(2, 2, category="drum")], plan("discount", **benefit)) == expected


@pytest.mark.rule("PRO-01")
@pytest.mark.parametrize(("quantity", "off"), [(9, 0), (10, 8000), (19, 8000), (20, 20000), (50, 20000)])
def test_spend_and_save_takes_the_highest_step_reached_exactly(quantity: int, off: int) -> None:
    assert sum(cuts([line(1, quantity)], plan("spend_and_save", steps=((100_000, 8000), (200_000, 20000))))) == off


@pytest.mark.rule("PRO-01")
def test_one_cent_short_of_the_threshold_is_short() -> None:
    short = line(1)._replace(amount=99_999)
    done = apply([short], [plan("spend_and_save", steps=((100_000, 8000),))])
    assert done.lines[0].promo_discount == 0
    assert done.reasons[0].render() == "PP-1 plan PP-1 does not apply: its goods must reach 1,000.00, they come to 999.99"


@pytest.mark.rule("PRO-01")
def test_for_each_time_it_is_reached() -> None:
    assert cuts([line(1, 35)], plan("spend_and_save", steps=((100_000, 5000),), repeats=True)) == [15000]


@pytest.mark.rule("PRO-01")
def test_what_is_saved_is_shared_over_the_lines_to_the_cent() -> None:
    done = apply([line(1, 1, 333), line(2, 1, 333), line(3, 1, 334)], [plan("spend_and_save", steps=((100_000, 10000),))])
    assert [one.promo_discount for one in done.lines] == [3330, 3330, 3340]
    assert sum(one.amount for one in done.lines) == 90_000


GIFT = Gift(9, "CUP", UNIT, "gifts", 300_000, 120_000)


@pytest.mark.rule("PRO-08", "PRO-01")
@pytest.mark.parametrize(("amount", "given_away"), [(49_999, 0), (50_000, 1), (120_000, 1)])
def test_a_gift_comes_at_the_exact_threshold_and_goes_when_the_order_shrinks(amount: int, given_away: int) -> None:
    done = apply([line(1)._replace(amount=amount)], [plan("gift", gifts=(GIFT,), min_amount=50_000)])
    assert len(done.gifts) == given_away
    if given_away:
        (gift,) = done.gifts
        assert (gift.sku, gift.quantity, gift.unit_price, gift.amount, gift.gift, gift.promo_number) == ("CUP", UNIT, 0, 0, True, "PP-1")
        assert done.lines[0].promo_number == "PP-1"


@pytest.mark.rule("PRO-01")
@pytest.mark.parametrize(("bought", "each", "free"), [(9, True, 0), (10, True, 1), (25, True, 2), (25, False, 1)])
def test_buy_n_get_m_of_the_same(bought: int, each: bool, free: int) -> None:
    done = apply([line(1, bought)], [plan("buy_and_get", buy_qty=10 * UNIT, get_qty=UNIT, repeats=each)])
    assert sum(gift.quantity for gift in done.gifts) == free * UNIT
    assert all(gift.sku == "P1" for gift in done.gifts)


@pytest.mark.rule("PRO-01")
def test_buy_n_get_another_counts_all_goods_together() -> None:
    done = apply([line(1, 6), line(2, 4)], [plan("buy_and_get", buy_qty=10 * UNIT, gifts=(GIFT,), repeats=True)])
    assert [(gift.sku, gift.quantity) for gift in done.gifts] == [("CUP", UNIT)]


@pytest.mark.rule("PRO-01", "PRC-09")
@pytest.mark.parametrize(
    ("quantities", "each", "off"),
    [((1, 1, 0), True, 0), ((1, 1, 1), True, 3000), ((2, 1, 0), True, 5000), ((3, 2, 1), True, 8000), ((3, 2, 1), False, 3000),
     ((0, 0, 7), True, 6000)],
)  # fmt: skip
def test_of_every_three_bought_the_cheapest_is_free(quantities, each: bool, off: int) -> None:
    """100, 50 and 30 a piece: what the cheapest would cost is shared over all of them to the cent."""
    lines = [line(n, quantity, price) for n, (quantity, price) in enumerate(zip(quantities, (100, 50, 30), strict=True), 1) if quantity]
    offer = plan("buy_and_get", buy_qty=3 * UNIT, get_qty=UNIT, cheapest=True, repeats=each)
    done = apply(lines, [offer])
    assert (sum(one.promo_discount for one in done.lines), done.gifts) == (off, [])
    assert apply(lines[::-1], [offer]).lines[::-1] == done.lines


@pytest.mark.rule("PRC-09", "PRO-07")
def test_the_cheapest_is_free_only_as_far_as_floors_and_flags_allow() -> None:
    offer = plan("buy_and_get", buy_qty=2 * UNIT, get_qty=UNIT, cheapest=True)
    assert cuts([line(1, 1, 100, floor=95), line(2, 1, 50)], offer) == [500, 4500]  # the other bears what the floor leaves
    assert cuts([line(1, 1, 100, floor=95), line(2, 1, 50, floor=48)], offer) == [500, 200]
    flagged = apply([line(1, 1), line(2, 1, 50)._replace(no_discount=True)], [offer])
    assert "2 of its goods must be bought, there are 1" in flagged.reasons[0].render()


@pytest.mark.rule("PRO-01")
def test_a_bundle_has_one_price_and_what_is_over_keeps_its_own() -> None:
    parts = (Part(1, "P1", 2 * UNIT), Part(2, "P2", UNIT))
    lines = [line(1, 5), line(2, 2, 50)]
    assert sum(cuts(lines, plan("bundle", parts=parts, bundle_price=22_000))) == 3000  # 250.00 becomes 220.00, once
    assert sum(cuts(lines, plan("bundle", parts=parts, bundle_price=22_000, repeats=True))) == 6000
    lacking = apply([line(1, 5)], [plan("bundle", parts=parts, bundle_price=22_000)])
    assert "the bundle lacks P2" in lacking.reasons[0].render()


# --- floors, flags, typed prices ----------------------------------------------------------------------------------------


@pytest.mark.rule("PRC-09", "PRO-01")
def test_a_line_stops_at_its_floor_and_the_others_bear_the_rest() -> None:
    done = apply([line(1, floor=98), line(2)], [plan("discount", amount_off=100 * YUAN, on_order=True)])
    assert [one.promo_discount for one in done.lines] == [2000, 8000]
    assert done.reasons[1].render() == "PP-1 plan PP-1: P1 stop at their lowest price"


@pytest.mark.rule("PRO-07")
def test_goods_without_discount_keep_their_price_but_may_bring_a_gift() -> None:
    high = line(1, no_discount=True)
    done = apply([high], [plan("discount", rate=500)])
    assert (done.lines[0].promo_discount, "P1 bear no discount" in done.reasons[0].render()) == (0, True)
    assert apply([high], [plan("gift", gifts=(GIFT,), min_amount=1)]).gifts
    assert not apply([high], [plan("buy_and_get", buy_qty=UNIT, get_qty=UNIT)]).gifts


@pytest.mark.rule("PRC-09")
def test_free_units_of_the_same_do_not_go_below_the_floor_either() -> None:
    ten_plus_one = plan("buy_and_get", buy_qty=10 * UNIT, get_qty=UNIT)
    assert not apply([line(1, floor=91)], [ten_plus_one]).gifts  # 1,000.00 for eleven is 90.91 each
    assert apply([line(1, floor=90)], [ten_plus_one]).gifts


@pytest.mark.rule("PRO-01", "PRC-05")
def test_a_typed_price_is_left_alone() -> None:
    done = apply([line(1, fixed=True)], [plan("discount", rate=500)])
    assert (done.lines[0].promo_discount, "was typed" in done.reasons[0].render()) == (0, True)


# --- several ------------------------------------------------------------------------------------------------------------

FIVE = plan("discount", "PP-1", rate=500)
EIGHTY = plan("spend_and_save", "PP-2", steps=((100_000, 8000),))


@pytest.mark.rule("PRO-01")
def test_the_best_of_several_applies_and_says_why() -> None:
    done = apply([line(1)], [FIVE, EIGHTY])
    assert (done.lines[0].promo_discount, done.lines[0].promo_number) == (8000, "PP-2")
    assert [reason.render() for reason in done.reasons] == [
        "PP-2 plan PP-2: takes 80.00 off",
        "PP-1 plan PP-1 does not apply: it would give 50.00; PP-2 gives 80.00 and excludes it",
    ]


@pytest.mark.rule("PRO-01")
def test_by_priority_the_higher_one_applies() -> None:
    assert cuts([line(1)], FIVE._replace(priority=1), EIGHTY, choice="priority") == [5000]


@pytest.mark.rule("PRO-01")
@pytest.mark.parametrize(("first", "second", "off"), [(True, True, 13000), (True, False, 8000), (False, True, 8000)])
def test_both_apply_only_where_both_allow_it(first: bool, second: bool, off: int) -> None:
    assert cuts([line(1, 11)], FIVE._replace(stackable=first), EIGHTY._replace(stackable=second))[0] in (off, off + 100, off + 500)
    both = apply([line(1, 11)], [FIVE._replace(stackable=first), EIGHTY._replace(stackable=second)])
    assert (both.lines[0].promo_number == "PP-1,PP-2") is (first and second)


@pytest.mark.rule("PRO-01")
def test_plans_on_different_goods_do_not_exclude_each_other() -> None:
    one, other = FIVE._replace(products=frozenset({1})), FIVE._replace(number="PP-3", products=frozenset({2}))
    assert cuts([line(1), line(2)], one, other) == [5000, 5000]


@pytest.mark.rule("PRO-01")
def test_two_small_plans_may_beat_a_large_one() -> None:
    """Best for the whole document, not for the first plan that looks largest."""
    small = [FIVE._replace(number=f"PP-{n}", rate=600, products=frozenset({n})) for n in (1, 2)]
    large = plan("discount", "PP-9", amount_off=100 * YUAN, on_order=True)
    assert sum(cuts([line(1), line(2)], large, *small)) == 12000


@pytest.mark.rule("PRO-02")
def test_a_hindered_plan_gives_nothing_and_says_so() -> None:
    done = apply([line(1)], [FIVE._replace(hindrance=msg("only for customers of class {values}", values=["A"]))])
    assert done.lines == [line(1)]
    assert done.reasons[0].render() == "PP-1 plan PP-1 does not apply: only for customers of class A"


# --- for any lines and plans --------------------------------------------------------------------------------------------

LINES = st.builds(
    lambda product, quantity, price, floor, flag: line(
        product, 1, 1, no_discount=flag
    )._replace(quantity=quantity, unit_price=price, list_price=price, floor_price=price * floor // 100 if floor else None,
               amount=line_amount(quantity, price)),
    st.integers(1, 4), st.integers(1, 50_000), st.integers(0, 3_000_000), st.one_of(st.none(), st.integers(0, 120)), st.booleans(),
)  # fmt: skip
PLANS = st.one_of(
    st.builds(lambda r, o: plan("discount", rate=r, on_order=o), st.integers(1, 10_000), st.booleans()),
    st.builds(lambda a, o: plan("discount", amount_off=a, on_order=o), st.integers(1, 100_000), st.booleans()),
    st.builds(lambda t, o, e: plan("spend_and_save", steps=((t, min(o, t)),), repeats=e), st.integers(1, 200_000), st.integers(1, 100_000),
              st.booleans()),
    st.builds(lambda b, g, e, c: plan("buy_and_get", buy_qty=b + (g if c else 0), get_qty=g, repeats=e, cheapest=c), st.integers(1, 9000),
              st.integers(1, 9000), st.booleans(), st.booleans()),
    st.builds(lambda q, p, e: plan("bundle", parts=(Part(1, "P1", q), Part(2, "P2", q)), bundle_price=p, repeats=e), st.integers(1, 5000),
              st.integers(0, 90_000), st.booleans()),
    st.builds(lambda m, e: plan("gift", gifts=(GIFT,), min_amount=m, repeats=e), st.integers(1, 90_000), st.booleans()),
)  # fmt: skip
SEVERAL = st.lists(st.tuples(PLANS, st.booleans(), st.integers(0, 2)), max_size=4).map(
    lambda found: [one._replace(number=f"PP-{n}", stackable=stack, priority=p) for n, (one, stack, p) in enumerate(found)]
)


@pytest.mark.rule("PRC-09", "PRO-07", "PRO-01")
@given(st.lists(LINES, max_size=5), SEVERAL, st.sampled_from(["best", "priority"]))
def test_no_promotion_pushes_a_line_under_its_floor(lines, plans, choice) -> None:
    done = apply(lines, plans, choice)
    for before, after in zip(lines, done.lines, strict=True):
        assert after.amount == before.amount - after.promo_discount
        assert after.promo_discount >= 0
        assert after.amount >= 0
        floor = after.floor_price or 0
        assert after.promo_discount == 0 or after.amount * 100_000 >= floor * after.quantity
        assert not (after.no_discount and after.promo_discount)
    assert all(gift.amount == 0 and gift.promo_number for gift in done.gifts)
    assert len(done.reasons) >= len(plans)


@pytest.mark.rule("PRO-01")
@given(st.lists(LINES, max_size=4), SEVERAL)
def test_the_order_of_the_plans_changes_nothing(lines, plans) -> None:
    assert apply(lines, plans) == apply(lines, plans[::-1])


@given(st.integers(0, 10**9), st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=8))
def test_shares_add_up_as_far_as_there_is_room(total, pairs) -> None:
    weights, rooms = [w for w, _r in pairs], [r for _w, r in pairs]
    given_ = share(total, weights, rooms)
    assert all(0 <= part <= room for part, room in zip(given_, rooms, strict=True))
    assert sum(given_) == min(total, sum(room for weight, room in pairs if weight > 0))
