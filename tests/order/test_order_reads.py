"""Order lists on a book worked out by hand."""

from __future__ import annotations

import pytest

from tests.hand_trade import fill

KEYS = ["order", "date", "customer", "customer_name", "staff", "state", "amount", "delivered_pct", "promised", "late_days"]


@pytest.fixture
def trade(book):
    return fill(book)


def numbers(rows) -> list[str]:
    return [row["order"] for row in rows]


def test_rows_have_the_keys_scripts_read(trade) -> None:
    rows = trade.rows("order list --period 2026-10")
    assert all(list(row) == KEYS for row in rows)
    assert rows[0] == {
        "order": "O-10", "date": "2026-10-25", "customer": "C2", "customer_name": "Bolt Ltd", "staff": "S2", "state": "part_delivered",
        "amount": "1000.00", "delivered_pct": "40.00", "promised": "2026-11-03", "late_days": 0,
    }  # fmt: skip


@pytest.mark.rule("ORD-11")
def test_a_period_lists_its_orders_newest_first(trade) -> None:
    assert numbers(trade.rows("order list --period 2026-10")) == ["O-10", "O-11", "O-8", "O-7", "O-6", "O-5", "O-4", "O-3", "O-2"]


@pytest.mark.rule("ORD-11")
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", []),
        ("--as-of 2026-09-30", ["O-1"]),
        ("--customer C1", ["O-11", "O-6", "O-2", "O-1", "O-9"]),
        ("--customer 华信 --period 2026-09", ["O-1"]),
        ("--staff S2", ["O-10", "O-8", "O-7", "O-3"]),
        ("--open", ["O-10", "O-4", "O-3"]),
        ("--late", ["O-3", "O-2"]),
        ("--late --period 2026-09", []),
        ("--late --customer C1", ["O-2"]),
        ("--open --as-of 2026-10-12", ["O-11", "O-4", "O-3", "O-2"]),
        ("--late --as-of 2026-10-12", ["O-2"]),
        ("--state draft", ["O-6"]),
        ("--state confirmed", ["O-4", "O-3"]),
        ("--state part_delivered", ["O-10"]),
        ("--state part_delivered --as-of 2026-10-12", ["O-2"]),
        ("--state delivered --customer C1", ["O-11", "O-2", "O-1", "O-9"]),
        ("--state closed", ["O-8"]),
        ("--state cancelled", ["O-7"]),
    ],
)
def test_options_narrow_and_without_a_period_look_at_all_time(trade, options: str, expected: list[str]) -> None:
    assert numbers(trade.rows(f"order list {options}")) == expected


@pytest.mark.rule("ORD-18")
@pytest.mark.parametrize(
    ("order", "as_of", "state", "delivered", "late"),
    [
        ("O-2", "2026-11-03", "delivered", "100.00", 5),
        ("O-2", "2026-10-14", "part_delivered", "40.00", 4),
        ("O-2", "2026-10-10", "part_delivered", "40.00", 0),
        ("O-2", "2026-10-08", "confirmed", "0.00", 0),
        ("O-3", "2026-11-03", "confirmed", "0.00", 14),
        ("O-3", "2026-10-20", "confirmed", "0.00", 0),
        ("O-5", "2026-11-03", "delivered", "100.00", None),
        ("O-6", "2026-11-03", "draft", "0.00", None),
        ("O-7", "2026-11-03", "cancelled", "0.00", None),
        ("O-8", "2026-11-03", "closed", "40.00", 0),
        ("O-1", "2026-11-03", "delivered", "100.00", 0),
    ],
)
def test_state_and_lateness_as_the_end_of_a_day_finds_them(trade, order: str, as_of: str, state: str, delivered: str, late: object) -> None:
    row = next(row for row in trade.rows(f"order list --period 2026 --as-of {as_of}") if row["order"] == order)
    assert (row["state"], row["delivered_pct"], row["late_days"]) == (state, delivered, late)


@pytest.mark.parametrize("limit", [1, 3, 9, 20])
def test_the_total_covers_all_rows_whatever_the_limit(trade, limit: int) -> None:
    answer = trade.ok(f"order list --period 2026-10 --limit {limit} -f json").json()
    assert len(answer["rows"]) == min(limit, 9)
    assert answer["totals"] == {"amount": "24520.00"}
    assert answer["as_of"] == "2026-11-03"


def test_sorting_looks_at_all_rows_before_the_limit(trade) -> None:
    assert numbers(trade.rows("order list --period 2026-10 --sort promised,order --limit 2")) == ["O-2", "O-6"]


@pytest.mark.rule("ORD-11", "ORD-18")
def test_late_orders_stand_longest_first_and_tell_cron(trade) -> None:
    found = trade.run("order late --exit-code -f json")
    assert (found.exit, [(row["order"], row["late_days"]) for row in found.rows]) == (10, [("O-3", 14), ("O-2", 5)])
    assert trade.run("order late --as-of 2026-09-30 --exit-code").exit == 0
    assert numbers(trade.rows("order late --staff S1")) == ["O-2"]
    for day in ("2026-09-30", "2026-10-09", "2026-10-14", "2026-11-03", "2026-12-31"):
        told = trade.ok(f"order late --as-of {day} -f json").json()
        for limit in (1, 2, 9):  # what is read for the first rows only is the head of the whole, under the whole's total
            some = trade.ok(f"order late --as-of {day} --limit {limit} -f json").json()
            assert (some["rows"], some["totals"]) == (told["rows"][:limit], told["totals"])


@pytest.mark.rule("ORD-17")
def test_one_order_with_deliveries_and_receivables(trade) -> None:
    answer = trade.ok("order show o-2 -f json").json()
    parts = [(row["part"], row["document"], row["date"], row["quantity"], row["amount"], row["due"], row["open"]) for row in answer["rows"]]
    assert parts == [
        ("line", "1", None, "10", "900.00", None, None),
        ("delivery", "D-2", "2026-10-09", "4", "360.00", None, None),
        ("delivery", "D-3", "2026-10-15", "6", "540.00", None, None),
        ("receivable", "R-3", "2026-10-15", None, "900.00", "2026-10-31", "900.00"),
    ]
    assert answer["totals"] == {
        "order": "O-2", "order_date": "2026-10-05", "customer": "C1", "customer_name": "华信科技", "staff": "S1", "state": "delivered",
        "promised": "2026-10-10", "delivered_on": "2026-10-15", "delivered_pct": "100.00", "late_days": 5, "order_amount": "900.00",
        "receivables_open": "900.00",
    }  # fmt: skip


def test_an_order_of_a_past_day_shows_what_was_known_then(trade) -> None:
    answer = trade.ok("order show O-8 --as-of 2026-10-15 -f json").json()
    assert [(row["document"], row["open"]) for row in answer["rows"] if row["part"] == "receivable"] == [("R-2", "400.00")]
    assert [row["part"] for row in trade.ok("order show O-1 --as-of 2026-10-01 -f json").json()["rows"]] == [
        "line", "line", "delivery", "delivery", "receivable",
    ]  # fmt: skip
    assert "return" in [row["part"] for row in trade.rows("order show O-1")]


def test_an_unknown_order_is_not_found(trade) -> None:
    refused = trade.run("order show O-99 -f json")
    assert (refused.exit, refused.json()["error"]["code"]) == (3, "order_not_found")


@pytest.mark.rule("ORG-07")
def test_a_rep_sees_his_own_orders_only(trade) -> None:
    assert numbers(trade.rows("order list --period 2026-10", user="S1")) == ["O-11", "O-6", "O-4", "O-2"]
    assert trade.ok("order list --period 2026-10 --limit 1 -f json", user="S1").json()["totals"] == {"amount": "11420.00"}
    assert trade.run("order show O-3", user="S1").exit == 3
    assert numbers(trade.rows("order late", user="S1")) == ["O-2"]


@pytest.mark.rule("ORG-07")
def test_the_warehouse_sees_orders_without_money(trade) -> None:
    answer = trade.ok("order list --period 2026-10 -f json", user="W1").json()
    assert {row["amount"] for row in answer["rows"]} == {None}
    assert answer["totals"] == {"amount": None}
    shown = trade.ok("order show O-2 -f json", user="W1").json()
    assert {(row["unit_price"], row["amount"]) for row in shown["rows"]} == {(None, None)}
    assert shown["totals"]["order_amount"] is None


ORDERED = {"customer show C1": "ordered", "customer review sheet C1": "ordered_year"}


def ordered_by_c1(trade, line: str) -> str:
    for row in trade.rows(line):
        if "item" not in row or row["item"] == ORDERED[line]:
            return row.get("value") or row[ORDERED[line]]
    raise AssertionError(line)


def test_in_a_net_book_the_document_carries_its_tax(trade) -> None:
    trade.sql("UPDATE order_line SET tax = 11700 WHERE order_id = 2")
    assert trade.rows("order list --customer C1 --period 2026-10")[2]["amount"] == "900.00"
    assert [ordered_by_c1(trade, line) for line in ORDERED] == ["2520.00", "2020.00"]  # the tax is part of it
    trade.sql("UPDATE meta SET value = 'net' WHERE key = 'prices'")
    trade.sql("INSERT INTO meta (key, value) SELECT 'prices', 'net' WHERE NOT EXISTS (SELECT 1 FROM meta WHERE key = 'prices')")
    assert trade.rows("order list --customer C1 --period 2026-10")[2]["amount"] == "1017.00"
    assert [ordered_by_c1(trade, line) for line in ORDERED] == ["2637.00", "2137.00"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("name", "line"), [("list", "order list --period 2026-10"), ("late", "order late"), ("show", "order show O-1")])
def test_screens(trade, golden, lang: str, name: str, line: str) -> None:
    golden(f"order/{name}.{lang}.txt", trade.ok(line, lang=lang).out)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_empty_list_says_what_to_do_next(trade, golden, lang: str) -> None:
    golden(f"order/empty.{lang}.txt", trade.ok("order list", lang=lang).err)
