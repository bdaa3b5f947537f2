"""Edges other systems' test suites know: every pair of states, drafts that deliver nothing, goods gone while an order was closed."""

from __future__ import annotations

from itertools import product

import pytest

from salescli.order.rules_life import check_move
from salescli.order.states import MOVES, OrderState
from salescli.purchase import rules as purchase_rules
from salescli.purchase.states import MOVES as PURCHASE_MOVES
from salescli.purchase.states import PurchaseState
from tests.order.conftest import N, on_hand, problems


@pytest.mark.rule("ORD-10")
def test_every_pair_of_states_is_allowed_or_refused_by_the_table() -> None:
    for state, target in product(OrderState, OrderState):
        assert bool(check_move("O", state.value, target)) == ((state, target) not in MOVES)
    ended = [state for state in OrderState if not any(start == state for start, _target in MOVES)]
    assert ended == [OrderState.CANCELLED]


@pytest.mark.rule("STK-06")
def test_every_pair_of_states_of_a_purchase_too() -> None:
    for state, target in product(PurchaseState, PurchaseState):
        assert bool(purchase_rules.check_move("P", state, target)) == ((state, target) not in PURCHASE_MOVES)


@pytest.mark.rule("ORD-10", "ORD-13", "ORD-15")
def test_a_draft_delivers_nothing_returns_nothing_and_promises_nothing(trade) -> None:
    """Only what is posted counts: neither stock, nor receivable, nor what can be promised knows the draft."""
    trade.ok("order new C1 TN2325=15", user="LI")
    assert problems(trade.run(f"order deliver {N} -f json", user="WH")) == ["not_confirmed"]
    assert problems(trade.run(f"order return {N} TN2325=1 --reason x -f json", user="WH")) == ["over_return"]
    assert on_hand(trade)["TN2325"] == ("20", "0")
    assert trade.rows("order available TN2325")[0]["available"] == "20"
    assert trade.sql("SELECT count(*) FROM receivable") == [(0,)]
    trade.ok(f"order cancel {N} --reason no", user="LI")
    assert problems(trade.run(f"order deliver {N} -f json", user="WH")) == ["not_confirmed"]
    assert problems(trade.run(f"order confirm {N} -f json", user="LI")) == ["wrong_state"]


@pytest.mark.rule("ORD-10", "ORD-12")
def test_what_was_free_while_an_order_was_closed_may_be_gone_when_it_opens(ordered) -> None:
    ordered.ok(f"order deliver {N} TN2325=4", user="WH")
    ordered.ok(f"order close {N} --reason enough", user="LI")
    assert problems(ordered.run(f"order deliver {N} -f json", user="WH")) == ["not_confirmed"]
    ordered.ok("order new C1 TN2325=12", user="LI")
    ordered.ok("order confirm SO-202611-0002", user="LI")
    assert on_hand(ordered)["TN2325"] == ("16", "12")
    refused = ordered.run(f"order reopen {N} --reason more -f json", user="LI")
    assert (refused.exit, problems(refused)) == (4, ["not_available"])  # six are missing, four are free
    ordered.ok("order cancel SO-202611-0002 --reason no", user="LI")
    ordered.ok(f"order reopen {N} --reason more", user="LI")
    assert on_hand(ordered)["TN2325"] == ("16", "6")
    ordered.ok(f"order return {N} TN2325=4 --reason torn", user="WH")
    ordered.ok(f"order deliver {N} TN2325=6", user="WH")
    assert problems(ordered.run(f"order return {N} TN2325=7 --reason x -f json", user="WH")) == ["over_return"]
    assert ordered.run("check").exit == 0


@pytest.mark.rule("AR-02", "ORD-15")
def test_what_is_owed_for_an_order_nobody_took_is_the_customers_owners(trade) -> None:
    """An imported order without a taker: its delivery typed in later, and its return, have the same owner as the imported part."""
    trade.file("old.csv", "order,date,customer,sku,quantity,unit_price\nA-1,2026-11-01,C1,TN2325,5,128\n")
    trade.ok("import orders old.csv")
    trade.ok("order deliver A-1 TN2325=4")
    trade.ok("order return A-1 TN2325=1 --reason torn")
    assert trade.sql("SELECT DISTINCT s.code FROM receivable v LEFT JOIN staff s ON s.id = v.staff_id") == [("LI",)]
    assert trade.run("check receivable_owner").exit == 0
