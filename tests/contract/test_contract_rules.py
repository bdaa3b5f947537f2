"""States, amendments, payments and areas of contracts, decided without a book (CTR-01..10, CHN-02)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.contract import rules
from salescli.contract.reads_progress import next_payment
from salescli.contract.states import MOVES, ContractKind, ContractState, Facts, VersionState, state_of
from salescli.quote.rules_payment import amounts, parse_plan


@pytest.mark.rule("CTR-02", "ST-06")
@pytest.mark.parametrize("state", list(VersionState))
@pytest.mark.parametrize("to", list(VersionState))
def test_every_pair_is_allowed_or_refused_by_the_table(state: VersionState, to: VersionState) -> None:
    assert bool(rules.check_move("C", state, to)) == ((state, to) not in MOVES)


@pytest.mark.rule("CTR-02")
@given(st.lists(st.sampled_from(VersionState), max_size=12))
def test_no_way_leads_to_a_signature_but_through_the_review(wanted: list[VersionState]) -> None:
    path = [VersionState.DRAFT]
    for to in wanted:
        if not rules.check_move("C", path[-1], to):
            path.append(to)
    if VersionState.SIGNED in path:
        assert path[-3:] == [VersionState.IN_REVIEW, VersionState.APPROVED, VersionState.SIGNED]


@pytest.mark.rule("ST-06", "CTR-06")
@given(st.builds(Facts, st.sampled_from(VersionState), *[st.booleans()] * 7))
def test_what_ended_is_ended_and_what_is_not_signed_is_what_people_said(facts: Facts) -> None:
    state = state_of(facts)
    assert (state is ContractState.ENDED) == facts.ended
    if not facts.ended and not facts.in_force:
        assert state.value == facts.last
    if facts.in_force and not facts.ended and facts.disputed:
        assert state is ContractState.DISPUTED


@pytest.mark.rule("CTR-06")
@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_exactly_what_was_delivered_may_be_agreed(agreed: int, delivered: int) -> None:
    assert bool(rules.check_amendment("C", [rules.Given("X", agreed, delivered)])) == (agreed < delivered)


@pytest.mark.rule("CTR-06")
@given(st.integers(0, 20_000))
def test_money_counts_for_the_earliest_payment_first(paid: int) -> None:
    plan = amounts(parse_plan(["30%@sign,60%@delivery,10%@delivery+30"]), 10_000)
    due = next_payment(plan, paid, date(2026, 11, 3), None, date(2026, 11, 5))
    if paid >= 10_000:
        assert due is None
    else:
        assert due is not None
        assert paid + due.open == sum(term.amount for term in plan[: due.no])
        assert (due.day, due.late_days) == ((date(2026, 11, 3), 2) if due.no == 1 else (None, 0))


@pytest.mark.rule("CTR-08")
@given(st.integers(1, 10**9), st.integers(1, 10**9), st.integers(-5, 10**9))
def test_a_deposit_is_a_part_of_the_right_total(total: int, typed: int, amount: int) -> None:
    assert bool(rules.check_deposit("C", total, typed, amount)) == (typed != total or not 0 < amount <= total)


@pytest.mark.rule("CHN-02")
@pytest.mark.parametrize(
    ("region", "territory", "outside"),
    [
        ("华东", "华东，华中", False),
        ("华东上海", "华东", False),
        ("华南", "华东、华中", True),
        (None, "华东", False),
        ("华南", None, False),
    ],
)
def test_goods_outside_the_area(region: str | None, territory: str | None, outside: bool) -> None:
    assert rules.outside_territory(region, territory) is outside


@pytest.mark.rule("CTR-10")
@pytest.mark.parametrize(("kind", "needed"), [("dealer", True), ("经销商", True), (" Wholesale ", True), ("零售", False), (None, False)])
def test_who_needs_a_contract(kind: str | None, needed: bool) -> None:
    assert rules.requires_contract(kind, "wholesale,dealer，经销商") is needed


@pytest.mark.rule("CTR-03")
def test_a_dealer_agrees_on_an_area_instead_of_goods() -> None:
    known = {"territory": "华东", "starts_on": "x", "ends_on": "y", "after_sales": "a", "duties": "d"}
    assert rules.missing_terms(ContractKind.DEALER, known, 0, 0) == []
    assert rules.missing_terms(ContractKind.PARTNER, {}, 0, 0) == ["territory", "starts_on", "ends_on", "after_sales", "duties"]
    assert "credit" in rules.missing_terms(ContractKind.SALE, {"credit_limit": 0}, 1, 1)  # a limit without days


@pytest.mark.rule("CTR-06")
def test_what_is_due_first_is_paid_first_however_the_plan_was_typed() -> None:
    plan = amounts(parse_plan(["50%@2026-12-31,20%@delivery,30%@sign"]), 10_000)
    signed, today = date(2026, 11, 3), date(2026, 11, 5)
    steps = [next_payment(plan, paid, signed, None, today) for paid in (0, 3_000, 8_000, 10_000)]
    assert [step and (step.no, step.day, step.open) for step in steps] == [
        (3, signed, 3_000), (1, date(2026, 12, 31), 5_000), (2, None, 2_000), None,
    ]  # fmt: skip
