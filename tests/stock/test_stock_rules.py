"""Moving average, openings, and the refusal to go below zero."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.stock.rules import Balance, average_cost, check_not_negative, post, post_opening

TEN = 10_000  # ten pieces, in 1/1,000


@pytest.mark.rule("STK-08")
def test_goods_come_in_at_their_cost_and_go_out_at_the_average() -> None:
    first = post(Balance(), TEN, 20_000)
    assert (first.value, first.after) == (2000, Balance(TEN, 2000))
    second = post(first.after, TEN, 40_000)
    assert (second.after, average_cost(second.after)) == (Balance(2 * TEN, 6000), 30_000)
    out = post(second.after, -5000)
    assert (out.unit_cost, out.value, out.after) == (30_000, -1500, Balance(15_000, 4500))


@pytest.mark.rule("STK-08")
def test_the_last_piece_takes_the_odd_cent_with_it() -> None:
    balance = post(Balance(), 3000, 33_333).after
    for _piece in range(3):
        balance = post(balance, -1000).after
    assert balance == Balance(0, 0)


@pytest.mark.rule("STK-08")
def test_goods_of_unknown_cost_stay_unknown_until_they_are_used_up() -> None:
    unknown = post(Balance(), TEN)
    assert (unknown.value, unknown.after, average_cost(unknown.after)) == (None, Balance(TEN, None), None)
    mixed = post(unknown.after, TEN, 20_000)
    assert (mixed.unit_cost, mixed.value, mixed.after) == (20_000, None, Balance(2 * TEN, None))
    assert post(mixed.after, -2 * TEN).after == Balance(0, 0)


def test_goods_without_a_cost_of_their_own_come_in_at_the_average() -> None:
    back = post(Balance(TEN, 2000), 1000)
    assert (back.unit_cost, back.value) == (20_000, 200)


@pytest.mark.rule("STK-08")
@given(st.lists(st.tuples(st.integers(-50_000, 50_000), st.one_of(st.none(), st.integers(0, 99_999_999))), max_size=30))
def test_the_value_is_always_the_sum_of_what_moved(moves: list[tuple[int, int | None]]) -> None:
    balance, total = Balance(), 0
    for quantity, cost in moves:
        if quantity == 0 or balance.quantity + quantity < 0:
            continue
        posting = post(balance, quantity, cost)
        total += posting.value or 0
        balance = posting.after
        assert balance.quantity >= 0
        assert (balance.value or 0) == total
        assert balance.value is None or balance.value >= 0
        assert balance.quantity or balance.value == 0


@pytest.mark.parametrize(
    ("balance", "opened", "quantity", "cost", "alone", "expected"),
    [
        (Balance(), 0, TEN, 20_000, True, (TEN, 2000, Balance(TEN, 2000))),
        (Balance(TEN, 2000), TEN, TEN, 20_000, True, None),
        (Balance(TEN, 2000), TEN, TEN, 30_000, True, (0, 1000, Balance(TEN, 3000))),
        (Balance(TEN, None), TEN, 12_000, 10_000, True, (2000, 1200, Balance(12_000, 1200))),
        (Balance(TEN, 2000), TEN, 0, 20_000, True, (-TEN, -2000, Balance(0, 0))),
        (Balance(6000, 1200), TEN, 12_000, 20_000, False, (2000, 400, Balance(8000, 1600))),
        (Balance(6000, 1200), TEN, TEN, None, False, None),
    ],
)
def test_an_opening_is_corrected_by_the_difference(balance, opened, quantity, cost, alone, expected) -> None:
    posting = post_opening(balance, opened, quantity, cost, alone=alone)
    assert (posting and (posting.quantity, posting.value, posting.after)) == expected


@pytest.mark.rule("STK-02")
def test_nothing_goes_out_that_is_not_there() -> None:
    assert check_not_negative("A", "MAIN", 5000, -5000) == []
    refused = check_not_negative("A", "MAIN", 5000, -5001)[0]
    assert (refused.code, refused.rule, refused.message.render()) == ("stock_too_low", "STK-02", "A in MAIN: 5 on hand, 5.001 wanted")
