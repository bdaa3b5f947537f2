"""Any quantities, any payments: what the rules promise holds (STK-06, AR-16)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.purchase.rules import Credit, Debt, Held, band_of, bands, check_receipt, check_return, settle, unpaid_parts
from salescli.purchase.states import PurchaseState, state_of

QUANTITY = st.integers(-5, 30)


@pytest.mark.rule("STK-06")
@given(st.integers(1, 20), st.lists(st.tuples(st.booleans(), QUANTITY), max_size=20))
def test_what_came_and_stayed_is_between_nothing_and_ordered(ordered: int, steps: list[tuple[bool, int]]) -> None:
    line = Held("A", ordered, 0, 0)
    for into, quantity in steps:
        check = check_receipt if into else check_return
        if check("PO-1", {"A": line}, {"A": quantity}):
            continue
        line = line._replace(received=line.received + quantity) if into else line._replace(returned=line.returned + quantity)
        assert 0 <= line.net <= line.ordered
        assert (state_of("ordered", line.ordered, line.net) is PurchaseState.RECEIVED) == (line.left == 0)


DEBTS = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 1000), st.sampled_from([None, 1, 2])), max_size=8)
CREDITS = st.lists(st.tuples(st.integers(1, 1500), st.sampled_from([None, 1, 2]), st.booleans()), max_size=8)


@pytest.mark.rule("AR-16")
@given(DEBTS, CREDITS, st.randoms())
def test_what_is_owed_is_debts_less_credits_in_any_order(debts, credits, chance) -> None:
    owed = [Debt(i, f"2026-11-0{day}", amount, purchase) for i, (day, amount, purchase) in enumerate(debts, 1)]
    paid = [Credit(*credit) for credit in credits]
    found = settle(owed, paid)
    assert found.owed == sum(d.amount for d in owed) - sum(c.amount for c in paid)
    assert all(0 < found.open[d.id] <= d.amount for d in owed if d.id in found.open)
    assert not (found.over and found.open)
    chance.shuffle(owed)
    chance.shuffle(paid)
    assert settle(owed, paid) == found


@pytest.mark.rule("AR-16")
@given(st.lists(st.integers(1, 100), min_size=1, max_size=5), st.integers(0, 600))
def test_parts_of_a_plan_are_covered_from_the_first(parts: list[int], paid: int) -> None:
    plan = [(f"2026-11-0{i}", amount) for i, amount in enumerate(parts, 1)]
    left = unpaid_parts(plan, paid)
    assert sum(amount for _day, amount in left) == max(0, sum(parts) - paid)


@pytest.mark.rule("AR-16")
def test_bands_begin_the_day_after() -> None:
    found = bands([30, 60])
    assert [found[band_of(found, late)].key for late in (0, 1, 30, 31, 60, 61)] == [
        "not_due",
        "d1_30",
        "d1_30",
        "d31_60",
        "d31_60",
        "d61_plus",
    ]
