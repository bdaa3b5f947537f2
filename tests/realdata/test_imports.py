"""Other people's files as they are: Northwind, the templates of jshERP, a superstore's workbook with Chinese headers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

KINDS = ("staff", "customers", "products", "stock", "orders")


@pytest.fixture
def northwind(book: Any, realdata: Path) -> Any:
    for kind in KINDS:
        book.ok(["import", kind, str(realdata / "northwind" / f"{kind}.csv")])
    return book


@pytest.mark.rule("DAT-02")
def test_northwind_is_complete_to_the_cent(northwind: Any) -> None:
    book = northwind
    counts = [book.sql(f"SELECT count(*) FROM {table}")[0][0] for table in ("customer", "product", "sales_order", "order_line")]
    assert counts == [93, 77, 830, 2155]
    assert book.sql("SELECT sum(amount) FROM order_line") == [(126579329,)]
    by_staff = "SELECT s.code, sum(l.amount) FROM order_line l JOIN sales_order o ON o.id = l.order_id JOIN staff s ON s.id = o.staff_id"
    assert dict(book.sql(f"{by_staff} GROUP BY s.code")) == {
        "E4": 23289089, "E3": 20281288, "E1": 19210767, "E2": 16653776, "E8": 12686230, "E7": 12456824, "E9": 7730809, "E6": 7391315,
        "E5": 6879231,
    }  # fmt: skip
    month = "SELECT substr(o.date, 1, 7), sum(l.amount) FROM order_line l JOIN sales_order o ON o.id = l.order_id GROUP BY 1"
    months = dict(book.sql(month))
    assert (months["1998-04"], months["1997-12"]) == (12379870, 7139845)
    assert book.sql("SELECT count(*) FROM sales_order WHERE kept_delivered_on IS NULL") == [(21,)]
    assert book.sql("SELECT sum(kept_quantity), sum(kept_quantity = 0) FROM stock_item") == [(3119000, 5)]
    assert book.sql("SELECT sum(i.kept_quantity * p.list_price) / 100000 FROM stock_item i JOIN product p ON p.id = i.product_id") == [
        (7405085,)
    ]
    assert book.sql("SELECT s.code, u.code FROM staff s JOIN staff u ON u.id = s.superior_id WHERE s.code = 'E1'") == [("E1", "E2")]
    assert book.run("check").exit == 0
    assert book.ok("history --verify").exit == 0


def test_northwind_twice_changes_nothing(northwind: Any, realdata: Path) -> None:
    before = northwind.sql("SELECT count(*), max(id) FROM history")
    for kind in KINDS:
        result = northwind.ok(["import", kind, str(realdata / "northwind" / f"{kind}.csv"), "-f", "json"]).json()
        assert (result["facts"]["added"], result["facts"]["changed"]) == (0, 0)
    assert northwind.sql("SELECT count(*), max(id) FROM history") == before


@pytest.mark.rule("DAT-02")
def test_the_customer_template_of_jsherp(book: Any, realdata: Path) -> None:
    file = str(realdata / "jsherp_templates" / "customer_template.xls")
    for _time in range(2):
        book.ok(["import", "customers", file, "--date", "2026-10-31"])
        assert book.sql("SELECT c.code, c.name, p.name, p.phone, c.note FROM customer c JOIN contact p ON p.customer_id = c.id") == [
            ("C0001", "客户a", "小梁", "13000000000", "税率(%): 7"),
            ("C0002", "客户b", "小魏", "15000000000", "税率(%): 3"),
        ]
        owed = book.sql("SELECT number, kind, amount, kept_open, date, due_date FROM receivable")
        assert owed == [("OPEN-C0001", "opening", 10000, 10000, "2026-10-31", "2026-10-31")]


def test_the_goods_and_stock_templates_of_jsherp(book: Any, realdata: Path) -> None:
    folder = realdata / "jsherp_templates"
    book.ok(["import", "products", str(folder / "goods_template.xls")])
    assert book.sql("SELECT sku, name, category, spec, unit, cost, list_price, floor_price, active FROM product ORDER BY sku") == [
        ("2001", "可乐test", "饮料", "250ml", "瓶", 50000, 100000, 90000, 1),
        ("2011", "啤酒test", "饮料", "500ml", "瓶", 30000, 50000, 40000, 1),
    ]
    book.ok(["import", "stock", str(folder / "in_out_item_template.xls"), "--create"])
    assert book.sql("SELECT w.code, i.kept_quantity, i.kept_value FROM stock_item i JOIN warehouse w ON w.id = i.warehouse_id") == [
        ("仓库1", 1000, 500),
        ("仓库1", 1000, 300),
    ]


@pytest.mark.rule("DAT-02", "ORD-15")
def test_the_superstore(book: Any, realdata: Path) -> None:
    [file] = (realdata / "superstore_zh").glob("*.xls")
    line = ["import", "orders", str(file), "--sheet", "订单", "--map", "折扣=discount_pct", "--create"]
    assert book.run(line).exit == 9  # numbers shared by several customers
    book.ok([*line, "--split"])
    assert book.sql("SELECT count(*) FROM sales_order") == [(4985,)]
    assert book.sql("SELECT count(*), sum(amount), sum(quantity) FROM order_line") == [(10000, 1611754840, 37675000)]
    by_region = "SELECT o.region, sum(l.amount) FROM order_line l JOIN sales_order o ON o.id = l.order_id GROUP BY 1"
    assert dict(book.sql(by_region)) == {
        "华东": 469246508, "中南": 414788401, "东北": 271122343, "华北": 244730108, "西南": 130312451, "西北": 81555029,
    }  # fmt: skip
    assert "already there 4,985" in book.ok([*line, "--split"]).out
    _returns_of_the_superstore(book, file)


def _returns_of_the_superstore(book: Any, file: Path) -> None:
    """296 numbers came back: 143 mean one order and come in, 153 mean several and are refused by name."""
    line = ["import", "returns", str(file), "--sheet", "退货"]
    refused = book.run([*line, "-f", "json"])
    assert (refused.exit, refused.json()["error"]["code"]) == (9, "several_orders")
    assert refused.json()["problems"][-1]["facts"]["rows"] == 153
    assert book.sql("SELECT count(*) FROM delivery WHERE kind = 'return'") == [(0,)]
    told = book.ok([*line, "--partial", "--errors", "left.csv", "-f", "json"]).json()
    assert (told["facts"]["added"], len((book.folder / "left.csv").read_text("utf-8-sig").splitlines())) == (143, 154)
    alone = """SELECT sum(l.amount) FROM order_line l JOIN sales_order o ON o.id = l.order_id
               WHERE o.number IN (SELECT substr(d.number, 1, length(d.number) - 3) FROM delivery d WHERE d.kind = 'return')"""
    back = book.sql("SELECT -sum(amount) FROM receivable WHERE amount < 0")
    assert back == book.sql(alone) == [(46145114,)]
    assert book.sql(
        "SELECT count(*) FROM sales_order o JOIN delivery d ON d.order_id = o.id WHERE d.kind = 'return' AND o.number LIKE '%/%'"
    ) == [(0,)]
    totals = book.ok("kpi rank --period 2014..2017 --by region -f json").json()["totals"]
    assert totals["value"] == "16117548.40"  # a return without a day counts on the day it was entered
    assert book.ok("kpi rank --period 2026-11 --metric returns --by region -f json").json()["totals"]["value"] == "461451.14"
    left = (book.folder / "left.csv").read_text("utf-8-sig").splitlines()[1].split(",")[0]
    customer = book.sql("SELECT c.code FROM sales_order o JOIN customer c ON c.id = o.customer_id WHERE o.number = ?", left)[0][0]
    book.file("mended.csv", f"订单 ID,客户 ID\n{left},{customer}\n")
    book.ok("import returns mended.csv")
    assert book.run("check").exit == 0
