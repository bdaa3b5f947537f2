"""Returns from a file: which order is meant, what of it comes back, and what the customer gets back for it (ORD-15)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import made_once

DAY = "2026-11-03"
ORDERS = """order,date,customer,sku,quantity,unit_price,delivered
A-1,2026-09-01,C1,P1,10,100,2026-09-05
A-1,2026-09-01,C1,P2,5,20,2026-09-05
A-2,2026-09-02,C1,P1,3,100,2026-09-06
A-2,2026-09-02,C2,P1,4,100,2026-09-06
A-3,2026-09-03,C2,P1,1,100,
A-4,2026-09-04,C1,P1,2,100,2026-09-08
A-4,2026-09-10,C1,P1,3,100,2026-09-12
"""


@pytest.fixture
@made_once
def sold(book: Any) -> None:
    """Four numbers: A-1 of one customer, A-2 of two, A-3 open, A-4 of one customer on two days."""
    book.file("orders.csv", ORDERS)
    book.ok("import orders orders.csv --create --split")


def bring(book: Any, text: str, options: str = "") -> Any:
    """The answer to importing a file of returns."""
    book.file("returns.csv", text)
    return book.run(f"import returns returns.csv {options} -f json")


def came_back(book: Any) -> list[tuple[Any, ...]]:
    sql = """SELECT d.number, d.date, l.line_no, x.quantity / 1000, x.amount / 100
             FROM delivery d JOIN delivery_line x ON x.delivery_id = d.id
             JOIN order_line l ON l.id = x.order_line_id WHERE d.kind = 'return' ORDER BY d.number, l.line_no"""
    return book.sql(sql)


@pytest.mark.rule("ORD-15", "DAT-02")
def test_a_number_alone_brings_back_all_that_was_delivered(sold) -> None:
    assert bring(sold, "订单号,退回\nA-1,是\nA-3,否\n").exit == 0
    assert came_back(sold) == [("A-1/R1", DAY, 1, 10, 1000), ("A-1/R1", DAY, 2, 5, 100)]
    assert sold.sql("SELECT number, amount, order_number FROM receivable WHERE amount < 0") == [("A-1/R1", -110000, "A-1")]
    assert sold.sql("SELECT sum(kept_open) FROM receivable WHERE order_number = 'A-1'") == [(0,)]
    assert sold.sql("SELECT count(*) FROM stock_move") == [(0,)]  # history moves no stock
    again = bring(sold, "订单号,退回\nA-1,是\n").json()
    assert (again["facts"]["added"], again["facts"]["skipped"]) == (0, 1)
    assert sold.run("check").exit == 0


@pytest.mark.rule("ORD-15", "DAT-02")
def test_parts_with_their_day_and_reason_and_never_more_than_went_out(sold) -> None:
    text = "order,sku,quantity,date,reason\nA-1,P1,2,2026-09-20,torn\nA-1,P2,1,2026-09-20,torn\nA-1,P1,3,2026-09-25,\n"
    assert bring(sold, text).exit == 0
    assert came_back(sold) == [("A-1/R1", "2026-09-20", 1, 2, 200), ("A-1/R1", "2026-09-20", 2, 1, 20), ("A-1/R2", "2026-09-25", 1, 3, 300)]
    assert sold.sql("SELECT number, reason FROM delivery WHERE kind = 'return'") == [("A-1/R1", "torn"), ("A-1/R2", None)]
    again = bring(sold, text).json()["facts"]
    assert (again["added"], again["skipped"]) == (0, 3)
    refused = bring(sold, "order,sku,quantity\nA-1,P1,6\n").json()
    assert refused["error"]["code"] == "over_return"
    assert bring(sold, "order,sku,quantity\nA-1,P1,5\n").exit == 0
    ranked = sold.rows("kpi rank --period 2026-09 --metric returns --by product")
    assert [(row["key"], row["value"]) for row in ranked] == [("P1", "500.00"), ("P2", "20.00")]


@pytest.mark.rule("ORD-15", "DAT-02")
@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("A-2,,,,", "several_orders"), ("A-4,C1,,,", "several_orders"), ("A-9,,,,", "unknown_order"), ("A-1,C2,,,", "unknown_order"),
        ("A-1,C9,,,", "unknown_customer"), ("A-3,,,,", "nothing_delivered"), ("A-1,,P3,,", "unknown_sku"), ("A-1,,,2,", "quantity_alone"),
        ("A-1,,P1,1,2026-09-04", "return_too_early"), ("A-1,,P1,1,2026-12-01", "return_to_come"), ("A-2,C1,P2,1,", "not_ordered"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_refused_by_name(sold, row: str, code: str) -> None:
    refused = bring(sold, f"order,customer,sku,quantity,date\n{row}\n")
    assert (refused.exit, refused.json()["error"]["code"]) == (9, code)
    assert came_back(sold) == []


@pytest.mark.rule("ORD-15", "DAT-02")
def test_customer_and_day_choose_between_orders_of_one_number(sold) -> None:
    assert bring(sold, "order,customer,ordered\nA-2,C2,\nA-4,C1,2026-09-10\n").exit == 0
    assert [row[0] for row in came_back(sold)] == ["A-2/2/R1", "A-4/2/R1"]


@pytest.mark.rule("ORD-15", "DAT-02")
def test_partial_takes_what_is_clear_and_names_the_rest(sold) -> None:
    text = "order,sku,quantity,date\nA-1,P1,2,2026-09-20\nA-2,,,\nA-1,P1,9,\nA-1,P2,1,some day\nA-4/2,,,\n"
    assert bring(sold, text).exit == 9
    told = bring(sold, text, "--partial --errors left.csv")
    assert told.exit == 0
    assert [w["code"] for w in told.json()["warnings"]] == ["several_orders", "over_return", "bad_value", "rows_left_out"]
    assert [row[0] for row in came_back(sold)] == ["A-1/R1", "A-4/2/R1"]
    assert [line.split(",")[0] for line in (sold.folder / "left.csv").read_text("utf-8-sig").splitlines()] == ["order", "A-2", "A-1", "A-1"]


@pytest.mark.rule("DAT-02")
def test_returns_go_out_and_come_in(sold) -> None:
    bring(sold, "order,sku,quantity,date,reason\nA-1,P1,2,2026-09-20,torn\nA-1,P1,2,2026-09-21,\n")
    for lang in ("en", "zh"):
        sold.ok("export returns -o out.csv", lang=lang)
        facts = sold.ok("import returns out.csv -f json").json()["facts"]
        assert (facts["rows"], facts["added"], facts["skipped"]) == (2, 0, 2)
