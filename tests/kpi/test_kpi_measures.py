"""Measures of what was earned, sent back and given away, on the book worked out by hand; and the documents behind every figure."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from salescli.core.dates import parse_period
from salescli.core.reader import reader
from salescli.kpi.reads import BY, rank
from salescli.kpi.reads_explain import explain
from salescli.kpi.reads_measures import METRICS
from tests.conftest import made_once, surroundings
from tests.hand_trade import fill

TODAY = date(2026, 11, 3)
OCTOBER = "--period 2026-10"


@pytest.fixture
@made_once
def trade(book):
    """Toner costs 60 and lists at 100, paper 12 and 20, nobody knows what a chair costs; one delivery holds 13.00 of tax."""
    fill(book)
    with closing(sqlite3.connect(book.path)) as connection, connection:
        connection.execute("UPDATE order_line SET unit_cost = 600000, list_price = 1000000 WHERE product_id = 1")
        connection.execute("UPDATE order_line SET unit_cost = 120000, list_price = 200000 WHERE product_id = 2")
        connection.execute("UPDATE delivery_line SET tax = 1300 WHERE delivery_id = 4")
        connection.execute("INSERT INTO delivery (id, number, order_id, date, kind) VALUES (10, 'D-10', 4, '2026-10-22', 'delivery')")
        connection.execute("INSERT INTO delivery_line (delivery_id, order_line_id, quantity, amount, tax) VALUES (10, 41, 1000, 50000, 0)")


def ranking(book, options: str, **more) -> list[tuple]:
    return [(row["rank"], row["key"], row["value"]) for row in book.rows(f"kpi rank {options}", **more)]


def behind(book, options: str, **more) -> list[tuple]:
    return [(row["date"], row["document"], row["customer"], row["value"]) for row in book.rows(f"kpi rank {options}", **more)]


@pytest.mark.rule("KPI-06", "STK-08")
@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("staff", [(1, "S1", "228.00"), (2, "S2", "160.00"), (3, None, "27.00")]),
        ("customer", [(1, "C1", "228.00"), (2, "C2", "160.00"), (3, "C3", "27.00")]),
        ("product", [(1, "P1", "407.00"), (2, "P2", "8.00")]),
        ("category", [(1, "supplies", "407.00"), (2, "paper", "8.00")]),
        ("region", [(1, "East", "228.00"), (2, "West", "160.00"), (3, None, "27.00")]),
        ("month", [(1, "2026-10", "415.00")]),
    ],
)
def test_gross_profit_is_what_delivered_goods_bring_net_of_tax_over_their_cost(trade, by: str, expected: list) -> None:
    """By the day of delivery, returns taken back on theirs; the chair of unknown cost is left out and said."""
    told = trade.ok(f"kpi rank {OCTOBER} --metric gross_profit --by {by} -f json").json()
    assert [(row["rank"], row["key"], row["value"]) for row in told["rows"]] == expected
    assert told["totals"]["value"] == "415.00"
    assert "goods of 500.00 went out without a known cost and are left out" in told["notes"][0]


def test_in_a_book_of_net_prices_no_tax_is_taken_off(trade) -> None:
    trade.sql("INSERT INTO meta (key, value) VALUES ('prices', 'net') ON CONFLICT (key) DO UPDATE SET value = 'net'")
    assert trade.ok(f"kpi rank {OCTOBER} --metric gross_profit -f json").json()["totals"]["value"] == "428.00"


@pytest.mark.rule("KPI-06", "ORD-15")
def test_returns_and_their_share_of_what_went_out(trade) -> None:
    assert ranking(trade, f"{OCTOBER} --metric returns") == [(1, "S1", "200.00")]
    assert ranking(trade, f"{OCTOBER} --metric returns --by product") == [(1, "P1", "200.00")]
    assert ranking(trade, "--period 2026-09 --metric returns") == []
    told = trade.ok(f"kpi rank {OCTOBER} --metric return_rate -f json").json()
    assert [(row["rank"], row["key"], row["value"]) for row in told["rows"]] == [(1, "S2", "0.00"), (1, None, "0.00"), (3, "S1", "14.08")]
    assert told["totals"]["value"] == "10.42"  # 200 of 1,920 that went out
    assert told["notes"] == ["the lowest comes first"]


@pytest.mark.rule("KPI-06", "PRC-06")
def test_price_deviation_is_what_was_given_away_of_the_list_price_lowest_first(trade) -> None:
    assert ranking(trade, f"{OCTOBER} --metric price_deviation") == [(1, "S2", "0.00"), (1, None, "0.00"), (3, "S1", "9.80")]
    assert ranking(trade, f"{OCTOBER} --metric price_deviation --by product") == [(1, "P2", "0.00"), (2, "P1", "3.23")]
    check = {row["key"]: row["deviation_pct"] for row in trade.rows(f"price check {OCTOBER} --net")}
    assert check == {"S1": "9.80", "S2": "0.00", "-": "0.00"}
    compared = trade.rows(f"kpi rank {OCTOBER} --metric price_deviation --compare last")
    assert [(row["key"], row["previous"]) for row in compared] == [("S2", None), (None, None), ("S1", "0.00")]


def test_a_discount_counts_as_given_away_and_a_promotion_does_not(trade) -> None:
    trade.sql("UPDATE order_line SET discount = 1000, amount = 90000 WHERE order_id = 8")
    trade.sql("UPDATE order_line SET promo_discount = 10000, amount = 90000 WHERE order_id = 10")
    assert ranking(trade, f"{OCTOBER} --metric price_deviation") == [(1, None, "0.00"), (2, "S2", "3.33"), (3, "S1", "9.80")]


def test_the_day_asked_for_holds(trade) -> None:
    assert ranking(trade, f"{OCTOBER} --metric gross_profit --as-of 2026-10-19") == [
        (1, "S1", "308.00"), (2, "S2", "160.00"), (3, None, "27.00"),
    ]  # fmt: skip
    assert ranking(trade, f"{OCTOBER} --metric return_rate --as-of 2026-10-19 --by month") == [(1, "2026-10", "0.00")]


@pytest.mark.rule("KPI-06")
def test_a_key_is_explained_by_its_documents(trade) -> None:
    line = f"{OCTOBER} --metric gross_profit --explain"
    documents = [
        ("2026-10-09", "D-2", "C1", "120.00"), ("2026-10-13", "D-8", "C1", "8.00"), ("2026-10-15", "D-3", "C1", "180.00"),
        ("2026-10-20", "D-9", "C1", "-80.00"), ("2026-10-22", "D-10", "C2", None),
    ]  # fmt: skip
    assert behind(trade, f"{line} s1") == documents  # what the chair of D-10 earned is not known
    assert behind(trade, f"{line} 李伟") == documents
    assert behind(trade, f"{line} -") == [("2026-10-08", "D-4", "C3", "27.00")]
    assert behind(trade, f"{OCTOBER} --by month --metric returns --explain 2026-10") == [("2026-10-20", "D-9", "C1", "200.00")]
    told = trade.ok(f"kpi rank {OCTOBER} --metric price_deviation --explain S1 -f json").json()
    assert [(row["document"], row["value"], row["whole"]) for row in told["rows"]] == [
        ("O-2", "100.00", "1000.00"), ("O-11", "0.00", "20.00"),
    ]  # fmt: skip
    assert (told["totals"], told["notes"]) == ({"value": "100.00", "whole": "1020.00"}, ["that is 9.80 per cent"])


@pytest.mark.parametrize("key", ["S9", "--by month --explain 2026-09", "--by category --explain chairs"])
def test_a_key_that_is_not_ranked_is_not_explained(trade, key: str) -> None:
    refused = trade.run(f"kpi rank {OCTOBER} -f json " + (key if "--" in key else f"--explain {key}"))
    assert (refused.exit, refused.json()["error"]["code"]) == (3, "key_not_ranked")


@pytest.mark.rule("KPI-06")
def test_documents_add_up_to_the_figure_whatever_is_ranked_by_whatever(trade) -> None:
    """Every metric, every key it may be told by: the ranking and its documents never disagree."""
    with surroundings({}, trade.folder, TODAY), reader(Path(trade.path)) as r:
        span = parse_period("2026-09..2026-10", TODAY)
        for name, metric in METRICS.items():
            for by in BY:
                if by in ("product", "category") and not metric.of_goods:
                    continue
                for row in rank(r, span, name, by, as_of=TODAY).rows:
                    papers = explain(r, span, name, by, row[1] or "-", TODAY)
                    value = sum(paper[4] or 0 for paper in papers.rows)
                    if metric.rate:
                        assert metric.kind == "percent"
                        whole = sum(paper[5] or 0 for paper in papers.rows)
                        value = (value * 20000 + whole) // (2 * whole)
                    assert value == row[3], (name, by, row)


@pytest.mark.rule("ORG-07")
@pytest.mark.parametrize("metric", ["gross_profit", "returns", "return_rate", "price_deviation"])
def test_only_who_may_see_prices_sees_profit_and_deviation_and_a_rep_his_own(trade, metric: str) -> None:
    for line in (f"kpi rank {OCTOBER} --metric {metric}", f"kpi rank {OCTOBER} --metric {metric} --explain S1"):
        refused = trade.run(f"{line} -f json", user="W1")
        assert (refused.exit, refused.json()["error"]["code"]) == (7, "prices_hidden")
    assert {row[1] for row in ranking(trade, f"{OCTOBER} --metric {metric}", user="S1")} == {"S1"}
    assert trade.run(f"kpi rank {OCTOBER} --metric {metric} --explain S2", user="S1").exit == 3


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens_of_profit_and_of_what_is_behind_it(trade, golden, lang: str) -> None:
    for name, options in (("profit", ""), ("explain", "--explain S1"), ("deviation", "--metric price_deviation --explain S1")):
        told = trade.ok(f"kpi rank {OCTOBER} --metric gross_profit {options}", lang=lang)
        golden(f"kpi/{name}.{lang}.txt", told.out + told.err)
