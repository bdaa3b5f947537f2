"""Staff, customers, products, stock: new, the same, changed; what refers forward; what other systems hand out."""

from __future__ import annotations

from typing import Any

import pytest


def counts(book: Any) -> list[tuple[Any, ...]]:
    """How many rows every table has."""
    with book.watched() as look:
        tables = look("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        return [(name, *look(f"SELECT count(*) FROM {name}")[0]) for (name,) in tables]


# --- staff --------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("ORG-02")
def test_superiors_may_come_later(book: Any) -> None:
    book.file("s.csv", "工号,姓名,角色,上级\nA,Ann,业务员,B\nB,Bob,supervisor; finance,C\nC,Cem,经理,\n")
    book.ok("import staff s.csv")
    assert book.sql("SELECT s.code, u.code FROM staff s JOIN staff u ON u.id = s.superior_id ORDER BY 1") == [("A", "B"), ("B", "C")]
    roles = book.sql("SELECT s.code, role FROM staff_role r JOIN staff s ON s.id = r.staff_id WHERE s.code <> 'ADMIN' ORDER BY 1, 2")
    assert roles == [("A", "rep"), ("B", "finance"), ("B", "supervisor"), ("C", "manager")]


@pytest.mark.rule("ORG-02")
def test_superiors_in_a_circle(book: Any) -> None:
    book.file("s.csv", "code,name,role,superior\nA,Ann,rep,B\nB,Bob,rep,C\nC,Cem,rep,A\nD,Dan,rep,A\n")
    result = book.run("import staff s.csv -f json")
    assert result.exit == 9
    assert [p["facts"].get("row") for p in result.json()["problems"]][:3] == [2, 3, 4]


def test_a_circle_through_the_book(book: Any) -> None:
    book.file("s.csv", "code,name,role,superior\nA,Ann,rep,B\nB,Bob,rep,\n")
    book.ok("import staff s.csv")
    book.file("s.csv", "code,name,role,superior\nB,Bob,rep,A\n")
    assert "circle" in book.run("import staff s.csv --update").err


def test_unknown_roles_superiors_and_shared_accounts(book: Any) -> None:
    book.file("s.csv", "code,name,role,superior,os_account\nA,Ann,king,Z,ann\nB,Bob,rep,,ann\n")
    told = book.run("import staff s.csv -f json").json()["problems"]
    assert [p["code"] for p in told[:3]] == ["unknown_superior", "unknown_role", "account_taken"]


def test_updating_staff(book: Any) -> None:
    book.file("s.csv", "code,name,role,region\nA,Ann,rep,East\nB,Bob,rep,East\n")
    book.ok("import staff s.csv")
    book.file("s.csv", "code,name,role,region,superior\na,Ann Lee,supervisor,,C\nB,Bob,rep,East,\nC,Cem,manager,,\n")
    refused = book.run("import staff s.csv")
    assert refused.exit == 9
    assert "name, role" in refused.err
    assert "added 1, changed 1, already there 1" in book.ok("import staff s.csv --update").out
    assert book.sql("SELECT s.name, s.region, u.code FROM staff s JOIN staff u ON u.id = s.superior_id") == [("Ann Lee", "East", "C")]
    assert book.sql("SELECT role FROM staff_role r JOIN staff s ON s.id = r.staff_id WHERE s.code = 'A'") == [("supervisor",)]
    assert book.ok("history --verify").exit == 0


# --- customers ----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("CUS-01")
def test_the_four_keys_of_a_customer(book: Any) -> None:
    book.file("c.csv", "name,code,tax_no,phone\nAlpha,A1,,\nBeta,,T22,\nGamma,,,555\nDelta,,,\n")
    book.ok("import customers c.csv")
    before = counts(book)
    assert "already there 4" in book.ok("import customers c.csv").out
    assert counts(book) == before
    book.file("c.csv", "name,code,tax_no,phone,region\nAlpha,a1,,,N\nBeta,,T22,,N\nGamma,,,555,N\nDelta,,,,N\n")
    assert book.run("import customers c.csv").exit == 9
    assert "changed 4" in book.ok("import customers c.csv --update").out
    assert book.sql("SELECT count(*) FROM customer WHERE region = 'N'") == [(4,)]


def test_two_customers_of_one_name_need_more_than_the_name(book: Any) -> None:
    book.file("c.csv", "name,code\n任婵娟,A1\n任婵娟,A2\n")
    book.ok("import customers c.csv")
    book.file("c.csv", "name,region\n任婵娟,N\n")
    result = book.run("import customers c.csv --update")
    assert result.exit == 9
    assert "2 customers bear this name" in result.err


def test_codes_are_given_to_those_without(book: Any) -> None:
    book.file("c.csv", "name,code\nAlpha,\nBeta,C0001\nGamma,\n")
    book.ok("import customers c.csv")
    assert book.sql("SELECT name, code FROM customer ORDER BY id") == [("Alpha", "C0002"), ("Beta", "C0001"), ("Gamma", "C0003")]


def test_credit_of_nothing_differs_from_no_credit(book: Any) -> None:
    book.file("c.csv", "name,code,credit_limit\nAlpha,A,\nBeta,B,0\n")
    book.ok("import customers c.csv")
    assert book.sql("SELECT code, credit_limit FROM customer ORDER BY code") == [("A", None), ("B", 0)]


def test_an_empty_cell_does_not_erase(book: Any) -> None:
    book.file("c.csv", "name,code,region\nAlpha,A,North\n")
    book.ok("import customers c.csv")
    book.file("c.csv", "name,code,region\nAlpha,A,\n")
    assert "already there 1" in book.ok("import customers c.csv").out


def test_the_main_contact_is_updated(book: Any) -> None:
    book.file("c.csv", "name,code,contact,phone\nAlpha,A,Ann,111\nBeta,B,,\n")
    book.ok("import customers c.csv")
    book.file("c.csv", "name,code,contact,phone\nAlpha,A,Ann,222\nBeta,B,Bob,333\n")
    book.ok("import customers c.csv --update")
    assert book.sql("SELECT name, phone, main FROM contact ORDER BY name") == [("Ann", "222", 1), ("Bob", "333", 1)]


def test_opening_receivables(book: Any) -> None:
    book.file("c.csv", "名称*,客户编号,期初应收\nAlpha,A,100.50\nBeta,B,0\n")
    book.ok("import customers c.csv --date 2026-01-31")
    assert book.sql("SELECT number, kind, amount, date, due_date FROM receivable") == [
        ("OPEN-A", "opening", 10050, "2026-01-31", "2026-01-31")
    ]
    assert "already there 2" in book.ok("import customers c.csv").out
    book.file("c.csv", "名称*,客户编号,期初应收\nAlpha,A,99\n")
    assert "100.50" in book.run("import customers c.csv --update").err


def test_an_unknown_owner(book: Any) -> None:
    book.file("c.csv", "name,staff\nAlpha,NOBODY\n")
    assert "no staff member" in book.run("import customers c.csv").err


def test_what_has_no_place_goes_into_the_note(book: Any) -> None:
    book.file("c.csv", "名称*,手机号码,联系电话,传真,开户行,备注,状态*\nAlpha,13800000000,010-5,010-6,ICBC,老客户,0\n")
    book.ok("import customers c.csv")
    assert book.sql("SELECT note, archived_on FROM customer") == [("老客户; 传真: 010-6; 开户行: ICBC; 联系电话: 010-5", "2026-11-03")]


# --- products -----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("PRD-01")
def test_products_twice_and_updated(book: Any) -> None:
    book.file("p.csv", "sku,name,list_price,tax_rate,cost\nA1,墨粉盒,¥1 ,13%,0.5\n".replace("¥1 ", "¥1"))
    book.ok("import products p.csv")
    assert book.sql("SELECT list_price, tax_rate, cost, pinyin FROM product")[0][:3] == (10000, 1300, 5000)
    assert "already there 1" in book.ok("import products p.csv").out
    book.file("p.csv", "sku,name,cost\na1,墨粉盒,0.6\n")
    book.ok("import products p.csv --update")
    assert book.sql("SELECT sku, list_price, cost FROM product") == [("A1", 10000, 6000)]


# --- stock --------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("STK-02")
def test_opening_stock(office: Any) -> None:
    office.file("s.csv", "sku,quantity,unit_cost\nTN2325,10,80\nA4-70,0,\n")
    office.ok("import stock s.csv --date 2026-10-01")
    assert office.sql("SELECT p.sku, kept_quantity, kept_value FROM stock_item i JOIN product p ON p.id = i.product_id ORDER BY 1") == [
        ("A4-70", 0, 0),
        ("TN2325", 10000, 80000),
    ]
    before = counts(office)
    assert "already there 2" in office.ok("import stock s.csv").out  # a later day without a date column: the same opening
    assert counts(office) == before
    office.file("s.csv", "sku,quantity\nTN2325,12\n")
    assert office.run("import stock s.csv").exit == 9
    office.ok("import stock s.csv --update")
    assert office.sql("SELECT kept_quantity FROM stock_item WHERE kept_quantity > 0") == [(12000,)]
    assert office.sql("SELECT DISTINCT kind FROM stock_move") == [("opening",)]


def test_stock_faults(office: Any) -> None:
    office.file(
        "s.csv", "sku,quantity,warehouse,date\nTN2325,-1,,\nNO,1,,\nA4-70,1,ELSEWHERE,\nPEN-BL,1,,2027-01-01\nBIND-10,1,,\nBIND-10,1,,\n"
    )
    told = office.run("import stock s.csv -f json").json()["problems"]
    assert [(p["facts"]["row"], p["facts"]["key"]) for p in told[:-1]] == [
        (2, "quantity"), (3, "sku"), (4, "warehouse"), (5, "date"), (7, "sku"),
    ]  # fmt: skip
    office.file("s.csv", "条码*,数量*,仓库*\n6901234567892,1,东库\n")
    office.ok("import stock s.csv --create")
    assert office.sql(
        "SELECT w.code, p.sku FROM stock_item i JOIN warehouse w ON w.id = i.warehouse_id JOIN product p ON p.id = i.product_id"
    ) == [("东库", "TN2325")]
