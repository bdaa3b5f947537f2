"""Lines typed by the box: every paper takes them, and keeps the base unit (PRD-01)."""

from __future__ import annotations

import pytest


def lines(book, number: str, user: str = "LI") -> list[tuple[str, str, str]]:
    return [
        (row["quantity"], row["unit_price"], row["amount"]) for row in book.rows(f"order show {number}", user=user) if row["part"] == "line"
    ]


@pytest.mark.rule("PRD-01")
def test_a_box_is_as_many_pieces_on_every_paper(trade) -> None:
    """12 to a box: ordered, bought, received, delivered and sent back by the box; prices by the box too."""
    trade.ok("product edit TN2325 --pack 箱=12")
    trade.ok("stock receive TN2325=2箱@960 --reason more", user="WH")
    assert trade.rows("stock list --sku TN2325")[0]["on_hand"] == "44"
    assert trade.sql("SELECT unit_cost FROM stock_move ORDER BY id DESC LIMIT 1") == [(800_000,)]
    first = trade.ok("order new C1 TN2325=2箱 -f json", user="LI").json()["document"]
    assert lines(trade, first) == [("24", "128.00", "3072.00")]
    second = trade.ok('order new C1 "TN2325=1 箱@1500" -f json', user="LI").json()["document"]
    assert lines(trade, second) == [("12", "125.00", "1500.00")]
    trade.ok(f"order confirm {first}", user="LI")
    trade.ok(f"order deliver {first} TN2325=1箱", user="WH")
    trade.ok(f"order return {first} TN2325=0.5箱 --reason torn", user="WH")
    moves = [(row["kind"], row["quantity"]) for row in trade.rows("stock ledger TN2325")]
    assert moves[-2:] == [("delivery", "-12"), ("return", "6")]
    trade.ok("quote new C1 TN2325=1箱 TN2325=3支", user="LI")
    assert trade.sql("SELECT quantity FROM quote_line ORDER BY line_no") == [(12_000,), (3000,)]
    assert trade.run("check order_amounts stock_quantities").exit == 0


@pytest.mark.rule("PRD-01")
def test_units_nobody_knows_and_prices_that_give_no_even_one_are_refused(trade) -> None:
    trade.ok("product edit TN2325 --pack 箱=24")
    unknown = trade.run("order new C1 TN2325=2盒", user="LI")
    assert unknown.exit == 2
    assert "TN2325 is sold by 支, 箱, not by 盒 [PRD-01]" in unknown.err
    assert trade.run("order new C1 TN2325=2箱@100 --dry-run", user="LI").exit == 0  # 48 x 4.1667 are 200.00 all the same
    uneven = trade.run("order new C1 TN2325=100箱@100", user="LI")
    assert uneven.exit == 2
    assert "TN2325: 10,000.00 for 100 箱 gives no even price of one: 2,400 x 4.1667 = 10,000.08" in uneven.err
    assert "TN2325=2400@PRICE" in uneven.err
    for typed in ("TN2325=1e5", "TN2325=箱", "TN2325=2-箱"):
        assert trade.run(f"order new C1 {typed}", user="LI").exit == 2


@pytest.mark.rule("ORD-02", "DAT-02")
def test_lines_of_a_spreadsheet_come_under_chinese_headers_in_any_order_and_encoding(trade) -> None:
    trade.ok("product edit TN2325 --pack 箱=12")
    table = "备注,数量,货号,单价\n急,1箱,TN2325,\n,2,DRUM,300\n"
    (trade.folder / "lines.csv").write_bytes(table.encode("gb18030"))
    number = trade.ok("order new C1 --lines lines.csv -f json", user="LI").json()["document"]
    assert lines(trade, number) == [("12", "128.00", "1536.00"), ("2", "300.00", "600.00")]
    trade.file("bare.csv", "TN2325,2\n")
    trade.ok("quote new C1 --lines bare.csv", user="LI")
    trade.file("none.csv", "货号,价格\nTN2325,5\n")
    refused = trade.run("order new C1 --lines none.csv", user="LI")
    assert refused.exit == 2
    assert "none.csv has no column of quantities" in refused.err
    assert trade.run("order new C1 --lines gone.csv", user="LI").exit == 3
