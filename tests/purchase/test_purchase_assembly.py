"""Goods put together and taken apart, suppliers from a file (PRD-08, STK-06)."""

from __future__ import annotations

import pytest

from tests.conftest import made_once


@pytest.fixture
@made_once
def shop(buying):
    buying.ok("product add SET-1 套装 --unit 套")
    buying.ok("product bill SET-1 TN2325=2 DRUM-23=1")
    buying.ok("stock receive TN2325=10@80 DRUM-23=3@140 --reason start", user="KU")


def held(book) -> dict[str, tuple[str, str]]:
    return {row["sku"]: (row["on_hand"], row["value"]) for row in book.rows("stock list")}


@pytest.mark.rule("PRD-08")
def test_the_whole_costs_what_its_parts_cost_and_back_again(shop) -> None:
    before = held(shop)
    shop.ok("stock assemble SET-1 3", user="KU")
    after = held(shop)
    assert after["SET-1"] == ("3", "900.00")
    assert after["TN2325"] == ("4", "320.00")
    shop.ok("stock split SET-1 3", user="KU")
    assert {sku: q for sku, (q, _v) in held(shop).items() if q != "0"} == {sku: q for sku, (q, _v) in before.items()}
    assert shop.run("check").exit == 0


@pytest.mark.rule("PRD-08")
def test_too_few_parts_or_no_bill_is_refused(shop) -> None:
    refused = shop.run("stock assemble SET-1 4", user="KU")  # four drums wanted, three there
    assert refused.exit == 4
    assert "DRUM-23" in refused.err
    assert held(shop)["TN2325"][0] == "10"
    nothing = shop.run("stock assemble TN2325 1", user="KU")
    assert nothing.exit == 4
    assert "PRD-08" in nothing.err
    assert shop.run("stock split SET-1 1", user="KU").exit == 4
    assert shop.run("stock assemble SET-1 0", user="KU").exit == 2


@pytest.mark.rule("STK-06", "AR-16")
def test_suppliers_from_a_file_with_what_is_owed(buying) -> None:
    buying.file("s.csv", "供应商名称,编码,联系人,电话,期初应付\n纸业公司,PAP,王五,02112345678,1200.50\n兄弟中国,,,,300\n无码公司,,,,\n")
    buying.ok("import suppliers s.csv")
    assert [row["code"] for row in buying.rows("purchase supplier list")] == ["BRO", "PAP", "S0001"]
    assert {row["supplier"]: row["total"] for row in buying.rows("purchase payables")} == {"PAP": "1200.50", "BRO": "300.00"}
    again = buying.ok("import suppliers s.csv")
    assert len(buying.rows("purchase supplier list")) == 3, again.out
    buying.file("t.csv", "name,code,contact,opening\n纸业公司,PAP,赵六,1300\n")
    refused = buying.run("import suppliers t.csv --update")
    assert refused.exit == 9
    assert "1,200.50" in refused.err
    buying.file("u.csv", "name,code,contact\n纸业公司,PAP,赵六\n")
    assert buying.run("import suppliers u.csv").exit == 9
    buying.ok("import suppliers u.csv --update")
    assert buying.sql("SELECT contact FROM supplier WHERE code = 'PAP'") == [("赵六",)]
    assert buying.run("check").exit == 0
