"""The allocation rule and the ageing bands by themselves (AR-04, AR-12)."""

from __future__ import annotations

from datetime import date

import pytest

from salescli.ar.rules import Applied, Claim, Source, apply, bands, counts_from, dunning_stage, edges, next_step, taken_back, voided
from salescli.ar.rules_posting import check_opening, check_receipt, check_receivable
from salescli.ar.states import Payment, Stage, money_state, owed_state

pytestmark = pytest.mark.rule("AR-12")

FEB, MAR, APR, MAY = "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01"


def test_oldest_due_first_then_by_number_the_oldest_money_first() -> None:
    claims = [Claim(1, "B", FEB, MAY, 100), Claim(2, "C", MAR, APR, 100), Claim(3, "A", FEB, MAY, 100)]
    money = [Source(8, "R2", MAY, 120), Source(9, "R1", FEB, 130, credit=True)]
    assert apply(claims, money) == [
        Applied(2, None, 9, MAR, 100),  # counts from the later of both dates
        Applied(3, None, 9, FEB, 30),
        Applied(3, 8, None, MAY, 70),
        Applied(1, 8, None, MAY, 50),
    ]


@pytest.mark.parametrize(("claims", "money"), [([], [Source(1, "R", FEB, 5)]), ([Claim(1, "A", FEB, FEB, 5)], []), ([], [])])
def test_nothing_to_apply(claims, money) -> None:
    assert apply(claims, money) == []


def test_a_receivable_that_bounced_money_had_paid_is_paid_again_only_from_then_on() -> None:
    steps = ((FEB, 100), (APR, -100))
    assert counts_from(MAR, steps, 0) == APR
    assert counts_from(MAY, steps, 0) == MAY
    assert counts_from(FEB, steps, 100) == FEB  # there was room beside it
    assert counts_from(FEB, ((FEB, 60), (MAR, -60), (APR, 60), (MAY, -60)), 50) == MAY
    assert counts_from(FEB, ((FEB, 60), (FEB, -60)), 0) == FEB  # taken back from its own day on
    claim = Claim(1, "A", FEB, FEB, 100, steps)
    assert apply([claim], [Source(2, "R", MAR, 70)]) == [Applied(1, 2, None, APR, 70)]


def test_freeing_goes_backwards_and_counts_from_the_day_it_had_counted() -> None:
    lines = [Applied(1, 9, None, FEB, 50), Applied(2, 9, None, APR, 30)]
    assert taken_back(lines, 40) == [Applied(2, 9, None, APR, -30), Applied(1, 9, None, FEB, -10)]
    assert taken_back(lines, 30) == [Applied(2, 9, None, APR, -30)]


def test_a_reversal_frees_from_its_day_on_but_never_before_it_paid() -> None:
    lines = [Applied(1, 9, None, FEB, 50), Applied(2, 9, None, MAY, 30)]
    assert voided(lines, APR) == [Applied(1, 9, None, APR, -50), Applied(2, 9, None, MAY, -30)]


@pytest.mark.rule("AR-04")
def test_bands_and_their_edges() -> None:
    found = bands((30, 60, 90, 180))
    assert [band.key for band in found] == ["not_due", "d1_30", "d31_60", "d61_90", "d91_180", "d181_plus"]
    assert edges(found, date(2026, 10, 31)) == ["2026-10-31", "2026-10-01", "2026-09-01", "2026-08-02", "2026-05-04"]
    assert [band.key for band in bands((7,))] == ["not_due", "d1_7", "d8_plus"]


@pytest.mark.rule("AR-03", "AR-05")
@pytest.mark.parametrize(
    ("days", "stage", "step"), [(-1, Stage.PAYMENT_REQUEST, "payment_request"), (0, Stage.DUE, "phone"), (400, Stage.DUE, "phone")]
)
def test_stages_while_nothing_was_done(days: int, stage: Stage, step: str) -> None:
    assert dunning_stage(days) is stage
    assert next_step(stage, ("phone", "letter", "visit", "legal")) == step


@pytest.mark.rule("AR-05")
def test_the_ladder_is_climbed_rung_by_rung() -> None:
    steps = ("phone", "letter", "visit")
    assert [next_step(stage, steps) for stage in (Stage.PHONE, Stage.LETTER, Stage.VISIT, Stage.PAID)] == ["letter", "visit", None, None]
    assert next_step(Stage.DUE, ()) is None


@pytest.mark.rule("AR-01", "AR-12", "AR-15")
def test_every_problem_is_named_at_once() -> None:
    today = date(2026, 11, 3)
    assert [p.code for p in check_receipt(0, date(2026, 11, 4), today)] == ["day_in_future", "amount_not_positive"]
    assert [p.code for p in check_receivable(0, date(1979, 12, 31), date(1979, 1, 1), today)] == [
        "day_too_early",
        "amount_zero",
        "due_before_date",
    ]
    assert check_receivable(-1, today, today, today) == []
    assert check_opening(today, "2026-11-03") == check_opening(today, None) == []
    assert [p.code for p in check_opening(today, "2026-11-02")] == ["opening_after_business"]


def test_states_follow_from_the_figures() -> None:
    assert [owed_state(10, left, overdue=late) for left, late in ((10, False), (4, False), (4, True), (0, True))] == [
        Payment.OPEN, Payment.PART_PAID, Payment.OVERDUE, Payment.PAID,
    ]  # fmt: skip
    assert [money_state(10, left, held=held, reversed_=False) for left, held in ((10, False), (4, False), (4, True), (0, True))] == [
        Payment.UNALLOCATED, Payment.PART_ALLOCATED, Payment.HELD, Payment.ALLOCATED,
    ]  # fmt: skip
    assert money_state(10, 10, held=True, reversed_=True) is Payment.REVERSED
