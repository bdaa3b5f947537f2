"""Rankings on a book worked out by hand: every metric, every key, both comparisons (K-01, K-02, K-05, K-06, K-23)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.kpi.rules import growth, places
from tests.hand_trade import fill

KEYS = ["rank", "key", "name", "value", "target", "completion_pct", "previous", "growth_pct"]


@pytest.fixture
def trade(book):
    return fill(book)


def ranking(book, options: str, **more) -> list[tuple]:
    return [(row["rank"], row["key"], row["value"]) for row in book.rows(f"kpi rank {options}", **more)]


def total(book, options: str, **more) -> dict:
    return book.ok(f"kpi rank {options} -f json", **more).json()["totals"]


@pytest.mark.rule("KPI-06")
@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("staff", [(1, "S2", "3000.00"), (2, "S1", "1220.00"), (3, None, "100.00")]),
        ("customer", [(1, "C2", "3500.00"), (2, "C1", "720.00"), (3, "C3", "100.00")]),
        ("product", [(1, "P1", "2800.00"), (2, "P2", "1020.00"), (3, "P3", "500.00")]),
        ("category", [(1, "supplies", "2800.00"), (2, "paper", "1020.00"), (3, None, "500.00")]),
        ("region", [(1, "West", "3000.00"), (2, "East", "720.00"), (3, "North", "500.00"), (4, None, "100.00")]),
        ("source", [(1, "fair", "3000.00"), (2, "web", "720.00"), (3, "phone", "500.00"), (4, None, "100.00")]),
        ("month", [(1, "2026-10", "4320.00")]),
    ],
)
def test_sales_are_confirmed_lines_by_order_date_less_returns_on_their_own_date(trade, by: str, expected: list) -> None:
    """Drafts and cancelled orders do not count, a closed order counts as confirmed; the taker's and the order's own region win."""
    assert ranking(trade, f"--period 2026-10 --by {by}") == expected
    assert total(trade, f"--period 2026-10 --by {by}")["value"] == "4320.00"


def test_rows_have_the_keys_scripts_read(trade) -> None:
    rows = trade.rows("kpi rank --period 2026-10 --compare last")
    assert all(list(row) == KEYS for row in rows)
    assert rows[1] == {
        "rank": 2, "key": "S1", "name": "李伟", "value": "1220.00", "target": None, "completion_pct": None, "previous": "1100.00",
        "growth_pct": "10.91",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("staff", [(1, "S2", "70"), (2, "S1", "10"), (3, None, "1")]),
        ("product", [(1, "P2", "51"), (2, "P1", "29"), (3, "P3", "1")]),
        ("month", [(1, "2026-10", "81")]),
    ],
)
def test_quantity_is_measured_like_sales(trade, by: str, expected: list) -> None:
    assert ranking(trade, f"--period 2026-10 --metric quantity --by {by}") == expected


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("staff", [(1, "S1", 3), (1, "S2", 3), (3, None, 1)]),
        ("customer", [(1, "C2", 4), (2, "C1", 2), (3, "C3", 1)]),
        ("product", [(1, "P1", 4), (2, "P2", 2), (3, "P3", 1)]),
        ("category", [(1, "supplies", 4), (2, "paper", 2), (3, None, 1)]),
        ("region", [(1, "West", 3), (2, "East", 2), (3, "North", 1), (3, None, 1)]),
        ("month", [(1, "2026-10", 7)]),
    ],
)
def test_orders_are_counted_once_and_ties_share_a_place(trade, by: str, expected: list) -> None:
    assert ranking(trade, f"--period 2026-10 --metric orders --by {by}") == expected
    assert total(trade, f"--period 2026-10 --metric orders --by {by}")["value"] == 7


def test_an_order_of_several_products_counts_once_in_the_total(trade) -> None:
    assert ranking(trade, "--period 2026-09 --metric orders --by product") == [(1, "P1", 1), (1, "P2", 1)]
    assert total(trade, "--period 2026-09 --metric orders --by product")["value"] == 1


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("staff", [(1, "S1", "1800.00"), (2, "S2", "200.00")]),
        ("customer", [(1, "C1", "1500.00"), (2, "C2", "500.00")]),
        ("region", [(1, "East", "1500.00"), (2, "West", "500.00")]),
        ("source", [(1, "web", "1500.00"), (2, "fair", "500.00")]),
        ("month", [(1, "2026-10", "2000.00")]),
    ],
)
def test_collected_goes_to_the_receivables_owner_and_its_rest_to_the_customers(trade, by: str, expected: list) -> None:
    assert ranking(trade, f"--period 2026-10 --metric collected --by {by}") == expected
    assert total(trade, f"--period 2026-10 --metric collected --by {by}")["value"] == "2000.00"


@pytest.mark.parametrize("by", ["product", "category"])
def test_money_is_not_collected_for_goods(trade, by: str) -> None:
    refused = trade.run(f"kpi rank --metric collected --by {by} -f json")
    assert (refused.exit, refused.json()["error"]["code"]) == (2, "metric_not_by")


@pytest.mark.rule("ORD-18")
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("--period 2026-10 --by staff", [(1, "S1", "50.00"), (2, "S2", "0.00")]),
        ("--period 2026-09 --by staff", [(1, "S1", "100.00")]),
        ("--period 2026-10 --by customer", [(1, "C1", "50.00"), (2, "C2", "0.00")]),
        ("--period 2026-10 --by product", [(1, "P2", "50.00"), (2, "P1", "0.00")]),
        ("--period 2026-10-01..2026-10-12 --by staff", [(1, "S1", "0.00")]),
        ("--period 2026-10 --by staff --as-of 2026-10-12", [(1, "S1", "0.00")]),
        ("--period 2026-09..2026-10 --by month", [(1, "2026-09", "100.00"), (2, "2026-10", "33.33")]),
    ],
)
def test_on_time_rate_is_what_came_by_its_promise_of_all_that_came_or_should_have(trade, options: str, expected: list) -> None:
    assert ranking(trade, f"{options} --metric on_time_rate") == expected


def test_the_rate_of_everything_is_measured_not_added(trade) -> None:
    assert total(trade, "--period 2026-10 --metric on_time_rate")["value"] == "33.33"
    assert total(trade, "--period 2026-09..2026-10 --metric on_time_rate --by month")["value"] == "50.00"


@pytest.mark.rule("KPI-06")
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("--period 2026-10 --compare last", [("S2", "0.00", None), ("S1", "1100.00", "10.91"), (None, "0.00", None)]),
        ("--period 2026-10 --compare year", [("S2", "0.00", None), ("S1", "500.00", "144.00"), (None, "0.00", None)]),
        ("--period 2025-11 --compare last", [("S1", "500.00", "-100.00")]),
        ("--period 2026-09..2026-10 --by month --compare last", [("2026-10", "1100.00", "292.73"), ("2026-09", "0.00", None)]),
        ("--period 2026-09..2026-10 --by month --compare year", [("2026-10", "500.00", "764.00"), ("2026-09", "0.00", None)]),
        ("--period 2026-10 --metric on_time_rate --compare last", [("S1", "100.00", "-50.00"), ("S2", None, None)]),
    ],
)
def test_growth_over_the_period_before_or_a_year_ago(trade, options: str, expected: list) -> None:
    assert [(row["key"], row["previous"], row["growth_pct"]) for row in trade.rows(f"kpi rank {options}")] == expected


def test_totals_compare_too(trade) -> None:
    assert total(trade, "--period 2026-10 --compare year") == {
        "value": "4320.00", "target": None, "completion_pct": None, "previous": "500.00", "growth_pct": "764.00",
    }  # fmt: skip


def test_days_after_today_do_not_count(trade) -> None:
    assert total(trade, "--period 2026-10 --by staff", day="2026-10-08")["value"] == "2500.00"
    assert total(trade, "--period 2026-10 --as-of 2026-10-08")["value"] == "2500.00"
    answer = trade.ok("kpi rank --period 2026-12 -f json").json()
    assert answer["rows"] == []


@pytest.mark.rule("ORG-07")
def test_a_rep_is_ranked_by_what_he_may_see(trade) -> None:
    assert ranking(trade, "--period 2026-10", user="S1") == [(1, "S1", "1220.00")]
    assert total(trade, "--period 2026-10 --by product --metric orders", user="S1")["value"] == 3
    assert ranking(trade, "--period 2026-10 --metric collected", user="S2") == [(1, "S2", "200.00")]


@pytest.mark.rule("ORG-07")
def test_who_sees_no_prices_ranks_no_money(trade) -> None:
    refused = trade.run("kpi rank --period 2026-10 -f json", user="W1")
    assert (refused.exit, refused.json()["error"]["code"]) == (7, "prices_hidden")
    assert ranking(trade, "--period 2026-10 --metric orders", user="W1")[0] == (1, "S1", 3)


@given(st.lists(st.integers(-50, 50)))
def test_a_place_is_one_more_than_the_number_of_better_ones(values: list[int]) -> None:
    ordered = sorted(values, reverse=True)
    assert places(ordered) == [1 + sum(other > value for other in values) for value in ordered]


@pytest.mark.parametrize(
    ("value", "previous", "expected"), [(150, 100, 5000), (0, 100, -10_000), (5, 0, None), (5, None, None), (5, -10, None), (2, 3, -3333)]
)
def test_growth_needs_something_to_grow_from(value: int, previous: int | None, expected: int | None) -> None:
    assert growth(value, previous) == expected


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("rank", "kpi rank --period 2026-10 --compare last"),
        ("month", "kpi rank --period 2026-09..2026-10 --metric on_time_rate --by month"),
        ("empty", "kpi rank --period 2020"),
    ],
)
def test_screens(trade, golden, lang: str, name: str, line: str) -> None:
    told = trade.ok(line, lang=lang)
    golden(f"kpi/{name}.{lang}.txt", told.out + told.err)
