"""Orders with their deliveries and receivables."""

from __future__ import annotations

from typing import Any

import pytest

HEADER = "order,date,customer,sku,quantity,unit_price"


def receivables(book: Any) -> list[tuple[Any, ...]]:
    return book.sql("SELECT number, date, due_date, amount, order_number FROM receivable ORDER BY number")


@pytest.mark.rule("DAT-02")
def test_deliveries_and_receivables_by_day(office: Any) -> None:
    office.file(
        "o.csv",
        f"{HEADER},staff,discount_pct,promised,delivered,due\n"
        "N1,2026-01-05,HX,TN2325,10,128,W2,5,2026-01-20,2026-01-19,\n"
        "N1,2026-01-05,HX,A4-70,3,19.99,,,,2026-01-12,2026-03-01\n"
        "N1,2026-01-05,HX,PEN-BL,1.5,12.5,,,,2026-01-19,\n"
        "N2,2026-01-06,MD,PEN-BL,2,10,,,,,\n",
    )
    office.ok("import orders o.csv")
    assert receivables(office) == [  # 30 days of credit where no due day is given; open lines owe nothing
        ("N1/1", "2026-01-12", "2026-03-01", 5997, "N1"),
        ("N1/2", "2026-01-19", "2026-02-18", 121600 + 1875, "N1"),
    ]
    assert office.sql("SELECT number, state, kept_delivered_on, promised, import_id IS NOT NULL FROM sales_order ORDER BY number") == [
        ("N1", "confirmed", "2026-01-19", "2026-01-20", 1),
        ("N2", "confirmed", None, None, 1),
    ]
    assert office.sql("SELECT s.code FROM receivable r JOIN staff s ON s.id = r.staff_id") == [("W2",), ("W2",)]
    assert office.sql("SELECT count(*) FROM stock_move") == [(0,)]
    assert office.sql("SELECT count(*) FROM approval") == [(0,)]


def test_owner_is_the_rows_staff_else_the_customers_else_nobody(office: Any) -> None:
    office.file("c.csv", "name,code\nNobody's,NN\n")
    office.ok("import customers c.csv")
    office.file("o.csv", f"{HEADER},staff,delivered\nA,2026-01-05,HX,TN2325,1,1,W2,2026-01-05\nB,2026-01-05,HX,TN2325,1,1,,2026-01-05\n"
                         "C,2026-01-05,NN,TN2325,1,1,,2026-01-05\n")  # fmt: skip
    office.ok("import orders o.csv")
    assert office.sql("SELECT r.number, s.code FROM receivable r LEFT JOIN staff s ON s.id = r.staff_id ORDER BY 1") == [
        ("A/1", "W2"), ("B/1", "W1"), ("C/1", None),
    ]  # fmt: skip


def test_amounts_as_given(office: Any) -> None:
    office.file(
        "o.csv",
        "order,date,customer,sku,quantity,amount,discount_pct\nA,2026-01-05,HX,TN2325,3,129.696,40\nB,2026-01-05,HX,A4-70,2,0.005,\n",
    )
    office.ok("import orders o.csv")
    assert office.sql("SELECT unit_price, discount, amount, amount_given FROM order_line ORDER BY id") == [
        (432333, 4000, 12970, 1), (50, 0, 1, 1),
    ]  # fmt: skip
    assert "already there 2" in office.ok("import orders o.csv").out


def test_tax_in_gross_and_net_books(office: Any) -> None:
    office.file("o.csv", f"{HEADER},delivered\nA,2026-01-05,HX,TN2325,1,113,2026-01-06\n")
    office.ok("import orders o.csv")
    assert office.sql("SELECT amount, tax FROM order_line") == [(11300, 1300)]
    office.sql("UPDATE meta SET value = 'net' WHERE key = 'prices'")
    office.file("o.csv", f"{HEADER},delivered\nB,2026-01-05,HX,TN2325,1,100,2026-01-06\n")
    office.ok("import orders o.csv")
    assert office.sql("SELECT amount FROM receivable WHERE number = 'B/1'") == [(11300,)]


def test_a_number_shared_by_customers(office: Any) -> None:
    text = (
        f"{HEADER},delivered\nN,2026-01-05,HX,TN2325,1,10,2026-01-05\nN,2026-01-05,YH,TN2325,1,20,\n"
        "N,2026-01-05,HX,A4-70,1,30,2026-01-05\nN,2026-01-06,YH,TN2325,1,40,\n"
    )
    office.file("o.csv", text)
    result = office.run("import orders o.csv -f json")
    assert [(p["facts"]["row"], p["facts"]["key"]) for p in result.json()["problems"][:-1]] == [(3, "customer"), (5, "customer")]
    office.ok("import orders o.csv --split")
    assert office.sql("SELECT o.number, c.code, o.date FROM sales_order o JOIN customer c ON c.id = o.customer_id ORDER BY o.id") == [
        ("N", "HX", "2026-01-05"), ("N/2", "YH", "2026-01-05"), ("N/3", "YH", "2026-01-06"),
    ]  # fmt: skip
    assert receivables(office)[0][0] == "N/1"
    assert "already there 3" in office.ok("import orders o.csv --split").out
    office.file("o.csv", f"{HEADER}\nN,2026-01-06,YH,TN2325,1,40\nN,2026-01-07,YH,TN2325,1,50\n")
    office.ok("import orders o.csv --split")  # a later file with fewer rows finds its orders again
    assert [n for (n,) in office.sql("SELECT number FROM sales_order ORDER BY id")] == ["N", "N/2", "N/3", "N/4"]


def test_create_makes_customers_and_products(office: Any) -> None:
    office.file(
        "o.csv",
        f"{HEADER},customer_name,product_name,category,region,staff\nA,2026-01-05,X1,S1,1,10,新客户,新商品,杂项,西南,W2\nA,2026-01-05,x1,S1,2,10,别名,,,,\n",
    )
    refused = office.run("import orders o.csv")
    assert "--create" in refused.err
    office.ok("import orders o.csv --create")
    assert office.sql("SELECT c.code, c.name, c.region, s.code FROM customer c JOIN staff s ON s.id = c.staff_id WHERE c.code = 'X1'") == [
        ("X1", "新客户", "西南", "W2")
    ]
    assert office.sql("SELECT name, category FROM product WHERE sku = 'S1'") == [("新商品", "杂项")]
    assert "already there 1" in office.ok("import orders o.csv").out


def test_rows_that_disagree(office: Any) -> None:
    office.file("o.csv", f"{HEADER},staff,promised\nN,2026-01-05,HX,TN2325,1,10,W1,2026-02-01\nN,2026-01-05,HX,A4-70,1,10,W2,\n")
    result = office.run("import orders o.csv -f json")
    assert [p["facts"]["key"] for p in result.json()["problems"][:-1]] == ["staff"]


def test_due_days_that_cannot_be(office: Any) -> None:
    office.file(
        "o.csv",
        f"{HEADER},delivered,due\nA,2026-01-05,HX,TN2325,1,10,2026-01-08,2026-01-07\nB,2026-01-05,HX,TN2325,1,10,2026-01-08,2026-02-01\n"
        "B,2026-01-05,HX,A4-70,1,10,2026-01-08,2026-02-02\n",
    )
    told = office.run("import orders o.csv -f json").json()["problems"]
    assert [p["code"] for p in told[:-1]] == ["due_before_delivery", "due_disagrees"]


# --- a second time ------------------------------------------------------------------------------------------------------

FIRST = f"{HEADER},staff,promised,delivered\nN,2026-01-05,HX,TN2325,2,10,W1,2026-02-01,\nN,2026-01-05,HX,A4-70,1,5,,,2026-01-20\n"


def test_the_same_file_changes_nothing(office: Any) -> None:
    office.file("o.csv", FIRST)
    office.ok("import orders o.csv")
    before = office.sql("SELECT count(*), max(hash) FROM history")
    assert "already there 1" in office.ok("import orders o.csv").out
    assert office.sql("SELECT count(*), max(hash) FROM history") == before


def test_other_values_need_update(office: Any) -> None:
    office.file("o.csv", FIRST)
    office.ok("import orders o.csv")
    office.file("o.csv", FIRST.replace("2,10,W1,2026-02-01,", "3,11,W2,2026-02-05,2026-02-03"))
    refused = office.run("import orders o.csv")
    assert refused.exit == 9
    assert "staff, promised, quantity, unit_price, amount, delivered" in refused.err
    office.ok("import orders o.csv --update")
    assert office.sql("SELECT s.code, promised, kept_delivered_on FROM sales_order o JOIN staff s ON s.id = o.staff_id") == [
        ("W2", "2026-02-05", "2026-02-03")
    ]
    assert receivables(office) == [("N/1", "2026-01-20", "2026-02-19", 500, "N"), ("N/2", "2026-02-03", "2026-03-05", 3300, "N")]
    assert "already there 1" in office.ok("import orders o.csv").out
    assert office.ok("history --verify").exit == 0
    assert office.run("check").exit == 0


def test_delivered_goods_stay(office: Any) -> None:
    office.file("o.csv", FIRST)
    office.ok("import orders o.csv")
    office.file("o.csv", FIRST.replace("A4-70,1,5", "A4-70,2,5"))
    result = office.run("import orders o.csv --update")
    assert result.exit == 9
    assert "delivered goods" in result.err
    office.file("o.csv", FIRST.rpartition("N,")[0])
    assert "takes no line away" in office.run("import orders o.csv --update").err


def test_lines_may_be_added(office: Any) -> None:
    office.file("o.csv", FIRST)
    office.ok("import orders o.csv")
    office.file("o.csv", FIRST + "N,2026-01-05,HX,PEN-BL,1,4,,,2026-02-02\n")
    office.ok("import orders o.csv --update")
    assert office.sql("SELECT line_no, amount FROM order_line ORDER BY line_no") == [(1, 2000), (2, 500), (3, 400)]
    assert [row[0] for row in receivables(office)] == ["N/1", "N/2"]


# --- orders and receivables meet ----------------------------------------------------------------------------------------

OWED = "number,customer,date,due_date,amount,order\nINV-7,HX,2026-01-20,2026-02-19,5,N\n"


@pytest.mark.rule("AR-01")
def test_a_receivable_of_a_delivery_is_that_one(office: Any) -> None:
    office.file("o.csv", FIRST)
    office.file("r.csv", OWED)
    office.ok("import orders o.csv")
    office.ok("import receivables r.csv")
    assert office.sql("SELECT number, invoice_no FROM receivable") == [("N/1", "INV-7")]
    assert "already there 1" in office.ok("import receivables r.csv").out
    office.file("p.csv", "number,date,customer,amount,receivable\nRC1,2026-02-01,HX,2,INV-7\n")
    office.ok("import receipts p.csv")
    assert office.sql("SELECT kept_open FROM receivable") == [(300,)]


def test_and_the_other_way_round(office: Any) -> None:
    office.file("o.csv", FIRST)
    office.file("r.csv", OWED)
    office.ok("import receivables r.csv")
    office.ok("import orders o.csv")
    assert office.sql("SELECT number FROM receivable") == [("INV-7",)]


def test_a_number_that_another_receivable_bears(office: Any) -> None:
    office.file("r.csv", "number,customer,date,due_date,amount\nN/1,HX,2026-01-01,2026-01-01,77\n")
    office.ok("import receivables r.csv")
    office.file("o.csv", FIRST)
    result = office.run("import orders o.csv")
    assert result.exit == 9
    assert "N/1 is in the book" in result.err
