"""The price check and its corrections, rivals beside ours, papers lent (PRC-01, PRC-06, PRC-07)."""

from __future__ import annotations

import pytest

from tests.price.price_office import priced

CHECK = "price check --period 2026"


@pytest.mark.rule("PRC-06")
def test_the_price_check_by_rep_product_month_and_line(office) -> None:
    answer = office.ok(f"{CHECK} -f json").json()
    (row,) = answer["rows"]
    assert {key: row[key] for key in ("key", "lines", "below", "above", "largest_gap", "gap_amount", "deviation_pct", "open")} == {
        "key": "LI", "lines": 2, "below": 1, "above": 0, "largest_gap": "8.00", "gap_amount": "80.00", "deviation_pct": "4.17", "open": 1,
    }  # fmt: skip
    assert answer["totals"]["largest_gap"] == "8.00"
    assert [(row["key"], row["below"]) for row in office.rows(f"{CHECK} --by product")] == [("TN2325", 1)]
    assert [(row["key"], row["lines"]) for row in office.rows("price check --period 2025..2026 --by month")] == [
        ("2025-12", 1),
        ("2026-10", 2),
    ]
    (line,) = office.rows(f"{CHECK} --by line")
    assert (line["order"], line["line"], line["gap"], line["explained"], line["corrected"]) == ("O1", 1, "8.00", False, False)


@pytest.mark.rule("PRC-06")
def test_a_fault_is_open_until_somebody_corrects_it(office) -> None:
    assert office.run("price correct O1 9 --cause x --measure y").exit == 3
    assert office.run("price correct O1 1 --cause x --measure y", user="LI").exit == 7
    office.ok('price correct O1 1 --cause "old price typed" --measure "rep told"', user="WANG")
    assert office.rows(f"{CHECK} --by line --faults") == []
    (row,) = office.rows(CHECK)
    assert (row["below"], row["corrected"], row["open"]) == (1, 1, 0)


@pytest.mark.rule("PRC-06")
def test_the_list_price_of_the_day_counts_and_special_prices_explain(office) -> None:
    priced(office, "TN2325=138")
    office.file(
        "n.csv", "order,date,customer,sku,quantity,unit_price,staff\nN1,2026-11-09,HX,TN2325,1,128,LI\nN2,2026-11-10,HX,TN2325,1,128,LI\n"
    )
    office.ok("import orders n.csv", day="2026-11-12")
    found = office.rows("price check --period 2026-11 --by line", day="2026-11-12")
    assert [(row["order"], row["list_price"], row["gap"]) for row in found] == [("N2", "138.00", "10.00")]
    of_n2 = "WHERE order_id = (SELECT id FROM sales_order WHERE number = 'N2')"
    office.sql(f"UPDATE order_line SET price_source = 'customer_price', list_price = 1380000 {of_n2}")
    (row,) = office.rows("price check --period 2026-11", day="2026-11-12")
    assert (row["lines"], row["below"], row["explained"], row["open"]) == (2, 1, 1, 0)


@pytest.mark.rule("PRC-06")
def test_with_net_a_discount_counts(office) -> None:
    office.file("n.csv", "order,date,customer,sku,quantity,unit_price,discount_pct,staff\nN1,2026-11-01,HX,TN2325,10,128,10,LI\n")
    office.ok("import orders n.csv")
    assert office.rows("price check --period 2026-11")[0]["below"] == 0
    (row,) = office.rows("price check --period 2026-11 --net")
    assert (row["below"], row["largest_gap"], row["gap_amount"], row["deviation_pct"]) == (1, "12.80", "128.00", "10.00")


@pytest.mark.rule("PRC-06")
def test_everybody_sees_his_own_lines(office) -> None:
    assert [row["key"] for row in office.rows("price check --period 2025..2026", user="LI")] == ["LI"]
    assert [row["key"] for row in office.rows("price check --period 2025..2026", user="WANG")] == ["LI", "WANG"]


@pytest.mark.rule("PRC-01", "PRC-06")
def test_rivals_beside_ours(office) -> None:
    office.ok('price rival TN2325 "Lenovo shop" 121 --region East --on 2026-10-01', user="LI")
    office.ok('price rival TN2325 "Lenovo shop" 119 --region East --source catalogue', user="LI")
    office.ok('price rival TN2325 "Other" 125 --cost 80 --region West', user="LI")
    rows = office.rows("price rivals TN2325")
    assert [(row["rival"], row["rival_price"], row["gap"], row["gap_pct"], row["warning"]) for row in rows] == [
        ("Lenovo shop", "119.00", "9.00", "7.56", "too_far_above"),
        ("Other", "125.00", "3.00", "2.40", "too_far_above"),  # his cost is 12.5 % below ours
    ]
    assert [row["rival"] for row in office.rows("price rivals --region West")] == ["Other"]
    assert office.run("price rival TN2325 X 0").exit == 2
    assert office.run("price rival TN2325 X 5 --on 2026-12-01").exit == 2
    office.ok("price request TN2325=126 --reason x", user="LI")
    assert office.rows("price show PC-202611-0001")[0]["rival_price"] == "119.00"


@pytest.mark.rule("PRC-07")
def test_papers_lent_come_back(office) -> None:
    assert office.run('price loan out "Price list 2026" 何静 --kind price_list', user="LI").exit == 4
    office.ok('price loan out "Drawing 17-B" 何静 --customer HX', user="LI")
    office.ok('price loan out "Catalogue 2026" Bolt --kind catalogue', user="LI")
    assert [row["due"] for row in office.rows("price loan list --open")] == ["2026-11-17"]
    (line,) = [row for row in office.rows("today", user="LI", day="2026-11-20") if row["rule"] == "PRC-07"]
    assert (line["ref"], line["late_days"]) == ("LN-202611-0001", 3)
    assert "3 days late" in office.ok("price loan back LN-202611-0001", user="LI", day="2026-11-20").out
    assert office.run("price loan back LN-202611-0001", user="LI", day="2026-11-20").exit == 6
    assert office.run("price loan back LN-202611-0002", user="LI").exit == 6  # given for good
    assert office.run("price loan back LN-202611-0009").exit == 3
    assert office.run('price loan out "Drawing" X --due 2026-11-01', user="LI").exit == 2


@pytest.mark.rule("PRC-06", "PRC-09", "PRC-05", "DAT-02")
def test_imported_orders_are_checked_and_open_ones_below_the_floor_told_at_once(office) -> None:
    """History is taken as it was; what is still to be delivered at a price nobody may sell at is named by the import itself."""
    rows = ("O7,2026-10-20,HX,TN2325,3,100,0,LI,", "O8,2026-10-21,HX,TN2325,3,99,0,LI,", "O8,2026-10-21,HX,DRUM,1,300,0,LI,",
            "O9,2026-10-22,BO,TN2325,4,128,50,WANG,2026-10-23", "O10,2026-10-22,BO,TN2325,2,128,25,WANG,")  # fmt: skip
    head = "order,date,customer,sku,quantity,unit_price,discount_pct,staff,delivered\n"
    office.file("p.csv", head + "\n".join(rows) + "\n")
    told = office.ok("import orders p.csv", lang="zh").err
    assert "未发货订单有 2 行低于最低售价" in told
    assert "O8 第 1 行 TN2325 单价 99.00，最低售价 100.00" in told
    (_line, off) = office.rows("price check --by line --period 2026-10-20..2026-10-21")
    assert (off["order"], off["gap"], off["explained"]) == ("O7", "28.00", False)
    again = office.run("import orders p.csv")
    assert "lowest price" not in again.err  # nothing new
    office.file("q.csv", head + "O7,2026-10-20,HX,TN2325,3,98,0,LI,\n")
    told = office.ok("import orders q.csv --update").err
    assert "1 line of open orders lies below the lowest price, which nobody may sell at: O7 line 1 TN2325 at 98.00" in told
    assert "salescli price check --by line --net --faults --period 2026-10-20..2026-10-20" in told
    office.file("r.csv", head + "O11,2026-10-25,HX,TN2325,3,120,0,LI,\n")
    told = office.ok("import orders r.csv").err
    assert "1 line of open orders bears another price than the list's, without approval [PRC-05]" in told
    found = {row["order"] for row in office.rows("price check --by line --net --faults --period 2026-10-20..2026-10-31")}
    assert found == {"O7", "O8", "O9", "O10", "O11"}


@pytest.mark.rule("PRC-09")
def test_a_new_lowest_price_names_the_prices_it_overtakes(office) -> None:
    """A customer's own price is approved; a floor raised above it later makes it a price nobody may sell at, and says so."""
    priced(office, "TN2325=118 --customer HX")
    assert "price table" not in office.ok("product edit TN2325 --floor-price 118").err
    told = office.ok("product edit TN2325 --floor-price 118.01", lang="zh").err
    assert "价格表中 TN2325 有 1 个价格现已低于最低售价，任何人不得以此销售 [PRC-09]" in told
    assert office.run("check price_floor").exit in (0, 4)
