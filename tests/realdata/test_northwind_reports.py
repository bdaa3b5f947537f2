"""Northwind, imported with five commands, gives the answers plain SQL gives on the original database."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

DAY = "1998-05-06"
KINDS = ("staff", "customers", "products", "stock", "orders")

BY_STAFF = {
    "E4": "232890.89", "E3": "202812.88", "E1": "192107.67", "E2": "166537.76", "E8": "126862.30", "E7": "124568.24", "E9": "77308.09",
    "E6": "73913.15", "E5": "68792.31",
}  # fmt: skip


_made: dict[str, Path] = {}


@pytest.fixture
def northwind(book, realdata, tmp_path_factory):
    """The five files in a book, imported once and copied for each test."""
    if "file" not in _made:
        for kind in KINDS:
            book.ok(["import", kind, str(realdata / "northwind" / f"{kind}.csv")])
        _made["file"] = Path(shutil.copyfile(book.path, tmp_path_factory.mktemp("northwind") / "sales.db"))
    shutil.copyfile(_made["file"], book.path)
    return book


def total(book, line: str, **more) -> dict:
    return book.ok(f"{line} -f json", **more).json()["totals"]


@pytest.mark.rule("KPI-06")
def test_sales_by_staff_to_the_cent(northwind) -> None:
    rows = northwind.rows("kpi rank --period 1996..1998")
    assert {row["key"]: row["value"] for row in rows} == BY_STAFF
    assert [row["rank"] for row in rows] == list(range(1, 10))
    assert total(northwind, "kpi rank --period 1996..1998")["value"] == "1265793.29"


@pytest.mark.parametrize(("month", "amount"), [("1998-04", "123798.70"), ("1997-12", "71398.45")])
def test_sales_of_a_month(northwind, month: str, amount: str) -> None:
    assert total(northwind, f"kpi rank --period {month}")["value"] == amount
    by_month = {row["key"]: row["value"] for row in northwind.rows("kpi rank --period 1996..1998 --by month")}
    assert by_month[month] == amount
    assert len(by_month) == 23


def test_the_best_customers(northwind) -> None:
    rows = northwind.rows("kpi rank --period 1996..1998 --by customer --limit 3")
    assert [(row["key"], row["value"]) for row in rows] == [("QUICK", "110277.32"), ("ERNSH", "104875.00"), ("SAVEA", "104361.96")]


@pytest.mark.parametrize("by", ["staff", "customer", "product", "category", "region", "month", "source"])
def test_every_key_adds_up_to_the_same(northwind, by: str) -> None:
    assert total(northwind, f"kpi rank --period 1996..1998 --by {by}")["value"] == "1265793.29"


@pytest.mark.rule("ORD-11", "ORD-18")
def test_late_and_undelivered_orders(northwind) -> None:
    assert len(northwind.rows(f"order late --as-of {DAY}")) == 37
    assert len(northwind.rows(f"order list --open --as-of {DAY}")) == 21
    assert len(northwind.rows(f"order list --late --as-of {DAY}")) == 37
    assert len(northwind.rows("order late")) > 37  # open orders past their promise are late as well
    assert total(northwind, "order list --period 1996..1998") == {"amount": "1265793.29"}
    assert len(northwind.rows("order list --period 1996..1998")) == 830


@pytest.mark.rule("STK-02")
def test_stock_on_hand(northwind) -> None:
    answer = northwind.ok("stock list -f json").json()
    assert answer["totals"]["on_hand"] == "3119"
    assert sum(row["on_hand"] == "0" for row in answer["rows"]) == 5
    assert {row["unit_cost"] for row in answer["rows"]} == {None}
    at_list = "SELECT sum(i.kept_quantity * p.list_price) / 100000 FROM stock_item i JOIN product p ON p.id = i.product_id"
    assert northwind.sql(at_list) == [(7405085,)]


def test_the_book_holds_together(northwind) -> None:
    assert northwind.run("check").exit == 0


@pytest.mark.rule("PRC-06")
def test_the_price_check_finds_every_line_below_list(northwind) -> None:
    line = "price check --period 1996..1998"
    totals = total(northwind, line)
    assert (totals["lines"], totals["below"], totals["largest_gap"]) == (2155, 658, "52.70")
    for by in ("staff", "product", "month", "customer"):
        assert {key: total(northwind, f"{line} --by {by}")[key] for key in ("lines", "below", "largest_gap")} == {
            "lines": 2155, "below": 658, "largest_gap": "52.70",
        }  # fmt: skip
    gaps = [row["gap"] for row in northwind.rows(f"{line} --by line")]
    assert (gaps[0], sum(not gap.startswith("-") for gap in gaps)) == ("52.70", 658)


@pytest.mark.rule("DAT-02", "KPI-06")
def test_imported_history_and_orders_typed_by_hand_live_in_one_report(northwind) -> None:
    """A customer of 1998 orders again today: every report tells both, nothing of the history is asked for anew."""
    northwind.ok("customer assign QUICK --to E3 --reason region")
    sku, price = northwind.sql(
        "SELECT sku, list_price / 10000.0 FROM product WHERE id = (SELECT product_id FROM stock_item ORDER BY kept_quantity DESC)"
    )[0]
    northwind.ok("ar receipt QUICK 110277.32")  # what 1998 left open
    owed = total(northwind, "ar aging")["total"]
    northwind.ok(f"order new QUICK {sku}=10 --promised +7d --staff E3")
    number = northwind.rows("order list --customer QUICK --limit 1")[0]["order"]
    northwind.ok(f"order confirm {number}")
    northwind.ok(f"order deliver {number} --carrier own --waybill 1")
    orders = northwind.rows("order list --customer QUICK --period 1996..2026")
    assert (orders[0]["order"], len(orders)) == (number, 29)
    assert total(northwind, "kpi rank --period 1996..2026")["value"] == f"{1265793.29 + 10 * price:.2f}"
    row = northwind.rows("kpi rank --period 1996..2026 --by customer --limit 1")[0]
    assert (row["key"], row["value"]) == ("QUICK", f"{110277.32 + 10 * price:.2f}")
    check = total(northwind, "price check --period 1996..2026")
    assert (check["lines"], check["below"]) == (2156, 658)
    assert float(total(northwind, "ar aging")["total"]) == pytest.approx(float(owed) + 10 * price)
    assert northwind.run("check").exit == 0
