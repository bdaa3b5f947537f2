"""Import and export of prices: one form for the whole file, the first price free (PRC-03, PRC-08, DAT-02)."""

from __future__ import annotations

import pytest

from tests.price.price_office import granted, price

HEAD = "sku,unit_price,valid_from,customer,customer_class,channel,min_qty,valid_to\n"


@pytest.mark.rule("PRC-03", "PRC-08")
def test_a_file_of_prices_is_one_form(office) -> None:
    office.ok("product add PEN 笔 --unit 支")
    office.file("p.csv", f"{HEAD}TN2325,120,2026-12-01,HX,,,10,\nTN2325,118,2026-12-01,,A,online,,2026-12-31\nPEN,3.5,2026-01-01,,,,,\n")
    told = office.ok("import prices p.csv")
    assert "2 prices wait as PC-202611-0001 (AP-202611-0001)" in told.err + told.out
    assert [row["unit_price"] for row in office.rows("price list --sku PEN")] == ["3.50"]  # a first price is free
    assert office.sql("SELECT count(*) FROM price_rule") == [(1,)]
    assert "already there 3" in office.ok("import prices p.csv").out
    assert office.sql("SELECT count(*) FROM price_change") == [(1,)]
    granted(office, "PC-202611-0001")
    assert price(office, "HX", "10", "2026-12-01")["unit_price"] == "120.00"
    assert "already there 3" in office.ok("import prices p.csv").out
    office.ok("export prices -o out.csv")
    assert "already there 3" in office.ok("import prices out.csv").out
    assert office.run("check price_approved price_ties").exit == 0


@pytest.mark.rule("PRC-03", "PRC-04", "PRC-08", "PRC-09")
def test_faults_are_named_row_by_row_and_nothing_is_filed(office) -> None:
    rows = (
        "NONE,1,2026-12-01,,,,,",
        "TN2325,1,2026-12-01,NOBODY,,,,",
        "TN2325,120,2026-12-01,HX,A,,,",
        "TN2325,120,2026-11-05,,,,,",
        "TN2325,99,2026-12-01,,A,,,",
        "TN2325,130,2026-12-01,,,shop,,2026-12-31",
        "TN2325,131,2026-12-15,,,shop,,2027-01-31",
        "DRUM,300,2026-12-01,,,,,",
    )
    office.file("p.csv", HEAD + "\n".join(rows) + "\n")
    refused = office.run("import prices p.csv -f json")
    assert refused.exit == 9
    found = [(p["facts"].get("row"), p["code"]) for p in refused.json()["problems"]][:-1]
    assert found == [
        (2, "unknown_product"), (3, "unknown_customer"), (4, "one_buyer"), (5, "valid_from_early"), (6, "below_floor"), (8, "price_tie"),
        (9, "no_change"),
    ]  # fmt: skip
    assert office.sql("SELECT count(*) FROM price_change") == [(0,)]


@pytest.mark.rule("PRC-03")
def test_a_decided_price_is_not_changed_by_a_file(office) -> None:
    office.file("p.csv", f"{HEAD}DRUM,310,2026-12-01,,,,,\n")
    office.ok("import prices p.csv")
    office.file("p.csv", f"{HEAD}DRUM,320,2026-12-01,,,,,\n")
    assert office.run("import prices p.csv").exit == 9
    assert "decided already" in office.run("import prices p.csv --update").err


@pytest.mark.rule("PRC-03")
def test_a_products_file_that_changes_list_prices_files_one_form(office) -> None:
    office.file("p.csv", "sku,name,list_price,cost\nTN2325,粉盒,140,95\nDRUM,硒鼓,330,200\nPEN,笔,3,1\n")
    told = office.ok("import products p.csv --update")
    assert "2 prices wait as PC-202611-0001" in told.err + told.out
    assert office.sql("SELECT sku, list_price, cost FROM product ORDER BY sku") == [
        ("DRUM", 3000000, 2000000), ("PEN", 30000, 10000), ("TN2325", 1280000, 950000),
    ]  # fmt: skip
    assert [row["valid_from"] for row in office.rows("price show PC-202611-0001")] == ["2026-11-10", "2026-11-03"]
    office.ok("import products p.csv --update")
    assert office.sql("SELECT count(*) FROM price_change") == [(1,)]  # asked for once
    granted(office, "PC-202611-0001")
    assert "already there 3" in office.ok("import products p.csv", day="2026-11-20").out
    office.file("p.csv", "sku,name,list_price\nTN2325,粉盒,150\n")
    assert office.run("import products p.csv", day="2026-11-20").exit == 9  # other values without --update
