"""Goods kept by batch: the first to expire goes out first, expired ones stay, every one can be found again (STK-05, PRD-05)."""

from __future__ import annotations

import json
from shlex import split

import pytest

from tests.conftest import Book, made_once

APRIL = "2027-04-18"


@pytest.fixture
@made_once
def dairy(book: Book) -> None:
    """Milk by batch, cups not; two batches bought, the one that expires sooner came last."""
    for line in (
        "staff add BOSS 老板 --role manager --superior ADMIN",
        "staff add FIN 财务 --role finance --superior BOSS",
        "staff add SUN 孙仓 --role warehouse,purchasing --superior BOSS",
        "staff add LI 李明 --role rep --superior BOSS",
        "product add MILK 鲜牛奶 --unit 盒 --list-price 12 --cost 6 --batches --shelf-days 180",
        "product add CUP 杯子 --unit 个 --list-price 5 --cost 2",
        "customer add 华信超市 --code C1 --staff LI --credit-limit 100000 --credit-days 30",
        "customer contact add C1 王店长 --phone 13812345678 --main",
        "customer add 新民小店 --code C2 --staff LI --credit-limit 100000 --credit-days 30",
        "stock warehouse SHOP 门市",
        "purchase supplier add 牧场乳业 --code S1",
        "purchase new S1 MILK=30@6 CUP=20@2",
    ):
        book.ok(line)
    book.ok("purchase receive PO-202611-0001 MILK=20 CUP=20 --batch L2610 --made 2026-10-20 --mark MQ-77", user="SUN")
    book.ok("purchase receive PO-202611-0001 MILK=10#L2606 --expires 2026-12-07", user="SUN")


def lots(book: Book, line: str = "stock batches", **more: str) -> dict[tuple[str, str], str]:
    return {(row["batch"], row["warehouse"]): row["on_hand"] for row in book.rows(line, **more)}


def sold(book: Book, sku: str, quantity: str, customer: str = "C1", **more: str) -> str:
    number = book.ok(f"order new {customer} {sku}={quantity} -f json", **more).json()["document"]
    book.ok(f"order confirm {number}", **more)
    return number


def document(book: Book, line: str) -> str:
    """The number of what the warehouse did."""
    return book.ok(f"{line} -f json", user="SUN").json()["document"]


def told(book: Book, line: str, **more: str) -> list[str | None]:
    return [change["after"] for change in book.ok(f"{line} -f json", **more).json()["changes"] if change["field"].startswith("batch")]


def approved(book: Book, line: str, why: str, user: str = "SUN", **more: str) -> None:
    """The command after its approval."""
    assert book.run([*split(line), "--request", why], user=user, **more).exit == 5
    number = book.sql("SELECT number FROM approval ORDER BY id DESC LIMIT 1")[0][0]
    for who in ("BOSS", "FIN"):
        book.ok(f"approve {number}", user=who, **more)
    book.ok(split(line), user=user, **more)


@pytest.mark.rule("STK-05", "PRD-05")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_batch_from_the_supplier_to_the_customers_and_back(dairy: Book, golden, lang: str) -> None:
    """Bought, sold by expiry, returned, recalled, expired, written off: as people see it."""
    screens: list[str] = []

    def see(line: str, day: str = "2026-11-03", exit_: int = 0, user: str = "SUN") -> None:
        result = dairy.run(line, day=day, lang=lang, user=user)
        assert result.exit == exit_, (line, result.err)
        screens.append(f"$ salescli {line}\n{result.out}{result.err}")

    see("stock list --batches")
    first = sold(dairy, "MILK", "15", user="LI")
    see(f"order pick {first}")
    see(f"order deliver {first} --paid --method bank")
    see(f"order return {first} MILK=3 --reason 多送")
    second = sold(dairy, "MILK", "8", "C2", user="LI")
    see(f"order deliver {second} --batch L2606", exit_=4)
    see(f"order deliver {second} --paid --method bank")
    see("stock batch block L2610 --reason 厂家召回")
    see("stock list --sku MILK")
    see("stock batch show L2610")
    see("stock batch trace L2610")
    see("stock batch recall L2610")
    see("stock batch release L2610 --reason 检验合格")
    see("stock ledger MILK")
    see("stock expiring --within 200", day="2026-12-08")
    see("stock expiring", day="2027-04-20")
    see("stock alerts", day="2027-04-20")
    see("today", day="2027-04-20")
    third = dairy.ok("order new C1 MILK=2 -f json", user="LI", day="2027-04-18").json()["document"]
    dairy.ok(f"order confirm {third}", user="LI", day="2027-04-18")
    see(f"order deliver {third} --batch L2610", day="2027-04-19", exit_=4)
    see(f"order deliver {third}", day="2027-04-19", exit_=4)
    golden(f"stock/batches_story.{lang}.txt", "\n".join(screens))


@pytest.mark.rule("STK-05", "PRD-05")
def test_the_first_to_expire_goes_out_first_and_comes_back_where_it_left(dairy: Book) -> None:
    order = sold(dairy, "MILK", "15")
    assert told(dairy, f"order deliver {order} MILK=4") == ["4 · L2606 · 2026-12-07"]
    assert told(dairy, f"order deliver {order}") == ["6 · L2606 · 2026-12-07", f"5 · L2610 · {APRIL}"]
    assert lots(dairy) == {("L2610", "MAIN"): "15"}
    assert told(dairy, f"order return {order} MILK=6 --reason x") == ["1 · L2606 · 2026-12-07", f"5 · L2610 · {APRIL}"]  # last out first
    refused = dairy.run(f"order return {order} MILK=1#L2610 --reason x")
    assert (refused.exit, "0 of it went out" in refused.err) == (4, True)
    dairy.ok(f"order return {order} MILK=2#L2606 --reason x --exchange")
    assert lots(dairy) == {("L2606", "MAIN"): "1", ("L2610", "MAIN"): "20"}
    dairy.ok("order print DN-202611-0002 -o note.html")
    note = (dairy.folder / "note.html").read_text(encoding="utf-8")
    assert f"batch L2606 until 2026-12-07, 6; batch L2610 until {APRIL}, 5" in note
    assert [(row["kind"], row["ref"]) for row in dairy.rows("search mq-77")] == [("batch", "L2610")]
    (row,) = dairy.rows("stock batch recall L2606")
    assert (row["delivered"], row["returned"], row["with_customer"], row["phone"]) == ("12", "3", "9", "13812345678")
    assert dairy.run("check").exit == 0


@pytest.mark.rule("PRD-05")
def test_expired_goods_are_neither_available_nor_sold_until_the_last_day_is_over(dairy: Book) -> None:
    last, after = "2026-12-07", "2026-12-08"
    assert dairy.rows("stock list --sku MILK", day=last)[0]["available"] == "30"
    assert dairy.rows("stock list --sku MILK", day=after)[0]["available"] == "20"
    order = dairy.ok("order new C1 MILK=25 -f json", day=after).json()["document"]
    refused = dairy.run(f"order confirm {order}", day=after)
    assert (refused.exit, "20 available" in refused.err, "10 there have expired by then" in refused.err) == (4, True, True)
    dairy.ok("stock level MILK --min 25", user="SUN")
    assert [row["alert"] for row in dairy.rows("stock alerts", day=last) if row["sku"] == "MILK"] == ["expiring"]
    assert [row["alert"] for row in dairy.rows("stock alerts", day=after) if row["sku"] == "MILK"] == ["below_min", "expired"]
    assert dairy.rows("order available MILK --on 2026-12-08", day=last)[0]["available"] == "20"
    good = sold(dairy, "MILK", "25", "C2", day=last)
    refused = dairy.run(f"order deliver {good}", day=after)  # it was promised while it was good
    assert (refused.exit, "10 of it not for sale" in refused.err, "PRD-05" in refused.err) == (4, True, True)
    refused = dairy.run(f"order deliver {good} MILK=1 --batch L2606", day=after)
    assert "expired on 2026-12-07" in refused.err
    assert 'adjust "MILK=-10#L2606"' in refused.err  # the next step
    dairy.ok(f"order deliver {good} MILK=10 --on {last}", day=after)  # what was handed over yesterday was good yesterday
    assert lots(dairy, day=after) == {("L2610", "MAIN"): "20"}
    assert lots(dairy, f"stock list --batches --as-of {last}", day="2026-12-09") == {("L2610", "MAIN"): "20"}
    assert lots(dairy, "stock list --batches --as-of 2026-12-06", day="2026-12-09") == {("L2606", "MAIN"): "10", ("L2610", "MAIN"): "20"}
    late = dairy.run("stock receive MILK=1@6 --batch OLD --expires 2026-12-01 --reason found", user="SUN", day=after)
    assert (late.exit, "it is not taken in" in late.err) == (4, True)


@pytest.mark.rule("PRD-05", "STK-03")
def test_what_has_expired_is_written_off_by_batch_after_approval(dairy: Book) -> None:
    which = dairy.run("stock adjust MILK=-1 --reason expired", user="SUN")
    assert which.exit == 5  # approval first, as for any correction
    approved(dairy, "stock adjust MILK=-10#L2606 --reason expired", "past its day", day="2026-12-09")
    assert lots(dairy) == {("L2610", "MAIN"): "20"}
    approved(dairy, "stock issue MILK=1 --reason sample", "for a fair", day="2026-12-09")  # the only batch there is
    assert lots(dairy) == {("L2610", "MAIN"): "19"}
    assert ("L2606", "MAIN") in lots(dairy, "stock batches MILK --all")
    assert dairy.run("check").exit == 0


@pytest.mark.rule("STK-05")
def test_a_transfer_keeps_its_batches_and_the_sum_stays(dairy: Book) -> None:
    sent = document(dairy, "stock transfer MILK=12 --from MAIN --to SHOP")
    assert lots(dairy) == {("L2610", "MAIN"): "18"}  # the rest is on its way
    dairy.ok(f"stock transfer-in {sent}", user="SUN")
    assert lots(dairy) == {("L2606", "SHOP"): "10", ("L2610", "SHOP"): "2", ("L2610", "MAIN"): "18"}
    too_many = dairy.run("stock transfer MILK=3 --from SHOP --to MAIN --batch L2610", user="SUN")
    assert (too_many.exit, "2 on hand, 3 wanted" in too_many.err) == (4, True)
    assert dairy.run("stock transfer MILK=1 --from SHOP --to MAIN --batch NONE", user="SUN").exit == 3
    assert dairy.run("check").exit == 0


@pytest.mark.rule("ORD-12", "PRD-05")
def test_fresh_goods_promised_to_an_order_stay_though_expired_ones_lie_beside_them(dairy: Book) -> None:
    after = "2026-12-08"
    sold(dairy, "MILK", "18", day=after)
    refused = dairy.run("stock transfer MILK=3 --from MAIN --to SHOP", user="SUN", day=after)
    assert (refused.exit, "20 may be sold, 18 of it promised to orders, 3 wanted" in refused.err) == (4, True)
    back = dairy.run("purchase return PO-202611-0001 MILK=3#L2610 --reason sour", user="SUN", day=after)
    assert (back.exit, "18 of it promised" in back.err) == (4, True)
    dairy.ok("stock transfer MILK=10 --from MAIN --to SHOP --batch L2606", user="SUN", day=after)  # off the shelf
    dairy.ok("stock transfer MILK=2 --from MAIN --to SHOP", user="SUN", day=after)


@pytest.mark.rule("STK-03", "STK-05")
def test_a_count_goes_batch_by_batch(dairy: Book) -> None:
    count = document(dairy, "stock count start")
    sheet = dairy.rows(f"stock count show {count}")
    assert [(row["sku"], row["batch"], row["expected"]) for row in sheet] == [
        ("CUP", None, "20"),
        ("MILK", "L2606", "10"),
        ("MILK", "L2610", "20"),
    ]
    which = dairy.run(f"stock count enter {count} MILK=30", user="SUN")
    assert (which.exit, "L2610, L2606" in which.err) == (4, True)
    dairy.ok("stock transfer MILK=1#L2606 --from MAIN --to SHOP", user="SUN")  # leaves while the counters walk
    dairy.ok(f"stock count enter {count} CUP=20 MILK=8#L2606 MILK=21#L2610 --cause 混放", user="SUN")
    approved(dairy, f"stock count post {count}", "monthly")
    assert lots(dairy) == {("L2606", "MAIN"): "7", ("L2610", "MAIN"): "21"}
    assert dairy.run("check").exit == 0


@pytest.mark.rule("STK-06", "STK-05")
def test_what_goes_back_to_the_supplier_is_of_the_batches_he_brought(dairy: Book) -> None:
    dairy.ok("stock receive MILK=5@6 --batch GIFT --expires 2026-11-20 --reason gift", user="SUN")
    assert told(dairy, "purchase return PO-202611-0001 MILK=12 --reason sour", user="SUN") == [
        "10 · L2606 · 2026-12-07",
        f"2 · L2610 · {APRIL}",
    ]
    assert lots(dairy) == {("GIFT", "MAIN"): "5", ("L2610", "MAIN"): "18"}
    assert dairy.run("check").exit == 0


@pytest.mark.rule("PRD-05")
def test_goods_come_in_with_a_label_or_not_at_all(dairy: Book) -> None:
    dairy.ok("purchase new S1 MILK=9@6")
    missing = dairy.run("purchase receive PO-202611-0002", user="SUN")
    assert (missing.exit, "There: L2610, L2606" in missing.err, "[STK-05]" in missing.err) == (4, True, True)
    for line, said in (
        ("--batch NEW", "it keeps for 180 days"),
        ("--batch L2610 --made 2026-10-21", "is 2026-10-20 already, not 2026-10-21"),
        ("--batch NEW --made 2026-11-01 --expires 2026-10-01", "made only on"),
        ("--batch NEW --made 2026-11-09", "still to come"),
        ("--expires 2027-01-01", "of which batch"),
    ):
        refused = dairy.run(f"purchase receive PO-202611-0002 {line}", user="SUN")
        assert refused.exit in (2, 4)
        assert said in refused.err, line
    assert dairy.run("stock receive CUP=1#X --reason x", user="SUN").exit == 4  # not kept by batch
    assert dairy.run("purchase new S1 MILK=1@6 --batch BAR", user="SUN").exit == 2
    dairy.ok("purchase new S1 MILK=1@6 CUP=1@2 --cash --batch BAR --expires 2027-02-01", user="SUN")
    assert lots(dairy)["BAR", "MAIN"] == "1"
    dairy.ok("stock batch add MILK NEW --made 2026-11-01 --mark Q", user="SUN")
    dairy.ok("purchase receive PO-202611-0002 MILK=4#NEW MILK=5#L2610", user="SUN")
    assert lots(dairy) == {("NEW", "MAIN"): "4", ("L2606", "MAIN"): "10", ("L2610", "MAIN"): "25", ("BAR", "MAIN"): "1"}
    dairy.ok("stock batch edit NEW --number NEU --expires 2027-01-01 --clear mark", user="SUN")
    row = dairy.rows("stock batch show NEU")[0]
    assert (row["expires_on"], row["mark"], row["source"]) == ("2027-01-01", None, "PI-202611-0004 牧场乳业")
    assert dairy.run("stock batch edit NEU --number L2610", user="SUN").exit == 4
    assert dairy.run("stock batch show NEW").exit == 3


@pytest.mark.rule("PRD-05")
def test_goods_from_before_are_labelled_before_they_are_sold(dairy: Book) -> None:
    turned = dairy.ok("product edit CUP --batches")
    assert "20 of CUP lie there without a batch" in turned.err + turned.out
    assert dairy.rows("stock list --sku CUP")[0]["available"] == "0"
    order = dairy.ok("order new C1 CUP=5 -f json").json()["document"]
    assert dairy.run(f"order confirm {order}").exit == 4
    assert [row["kind"] for row in dairy.rows("today", user="SUN") if row["ref"] == "CUP"] == ["goods_without_batch"]
    assert dairy.run("stock batch label CUP A=21", user="SUN").exit == 4
    dairy.ok("stock batch label CUP A=12 B=3", user="SUN")
    assert lots(dairy, "stock batches CUP") == {("A", "MAIN"): "12", ("B", "MAIN"): "3", ("-", "MAIN"): "5"}
    dairy.ok(f"order confirm {order}")
    dairy.ok(f"order deliver {order}")
    approved(dairy, "stock adjust CUP=-5 --batch - --reason lost", "count")
    assert lots(dairy, "stock batches CUP") == {("A", "MAIN"): "7", ("B", "MAIN"): "3"}
    held = dairy.run("product edit CUP --no-batches")
    assert (held.exit, "10 of CUP lie in batches" in held.err) == (4, True)
    dairy.file("p.csv", "sku,name,batch_tracked\nCUP,杯子,0\n")
    assert dairy.run("import products p.csv --update").exit == 9
    assert dairy.run("check").exit == 0


@pytest.mark.rule("PRD-05", "PRD-08")
def test_what_is_put_together_is_traced_to_its_parts(dairy: Book) -> None:
    dairy.ok("product add SET 早餐 --unit 套 --list-price 30 --batches")
    dairy.ok("product bill SET MILK=2 CUP=1")
    dairy.ok("stock assemble SET 6", user="SUN")
    row = dairy.rows("stock batches SET")[0]
    assert (row["batch"], row["expires_on"], row["on_hand"]) == ("AB-202611-0001", "2026-12-07", "6")  # with the first of its parts
    dairy.ok(f"order deliver {sold(dairy, 'SET', '4')}")
    rows = dairy.rows("stock batch recall L2606")
    assert [(r["customer"], r["sku"], r["with_customer"]) for r in rows] == [("C1", "SET", "4")]
    dairy.ok("stock split SET 1", user="SUN")
    assert lots(dairy, "stock batches MILK")["-", "MAIN"] == "2"  # parts are labelled anew
    dairy.ok("stock batch label MILK L2606=2", user="SUN")
    assert dairy.run("check").exit == 0
    dairy.ok("product add BOX 礼盒 --unit 盒 --list-price 30")
    dairy.ok("product bill BOX MILK=1")
    dairy.ok("stock assemble BOX 1", user="SUN")
    notes = dairy.ok("stock batch trace L2606 -f json").json()["notes"]
    assert any("BOX" in note for note in notes)


@pytest.mark.rule("STK-05")
def test_openings_come_from_a_file_batch_by_batch_and_go_out_so(dairy: Book) -> None:
    head = "商品编码,数量,仓库,成本,批次,生产日期,有效期\n"
    dairy.file("s.csv", head + "MILK,5,SHOP,6,F1,2026-10-01,\nMILK,7,SHOP,6,F2,,2027-03-01\nCUP,3,SHOP,2,,,\n")
    dairy.ok("import stock s.csv --date 2026-10-05")
    assert lots(dairy, "stock batches --warehouse SHOP") == {("F1", "SHOP"): "5", ("F2", "SHOP"): "7"}
    assert "already there 3" in dairy.ok("import stock s.csv").out
    dairy.file("s.csv", head + "MILK,6,SHOP,6,F1,2026-10-01,\nMILK,6,SHOP,6,F2,,2027-03-01\n")
    assert dairy.run("import stock s.csv").exit == 9
    dairy.ok("import stock s.csv --update")  # the same in all, split otherwise
    assert lots(dairy, "stock batches --warehouse SHOP") == {("F1", "SHOP"): "6", ("F2", "SHOP"): "6"}
    assert dairy.run("check").exit == 0
    dairy.file("bad.csv", head + "CUP,3,MAIN,2,X,,\nMILK,1,SHOP,6,F9,,\n")
    codes = {p["code"] for p in dairy.run("import stock bad.csv -f json").json()["problems"]}
    assert {"not_by_batch", "expiry_missing"} <= codes
    dairy.ok("export stock -o out.json")
    rows = json.loads((dairy.folder / "out.json").read_text(encoding="utf-8"))["rows"]
    assert {(r["sku"], r["quantity"], r["batch"], r["expires_on"]) for r in rows if r["warehouse"] == "SHOP"} == {
        ("MILK", "6", "F1", "2027-03-30"), ("MILK", "6", "F2", "2027-03-01"), ("CUP", "3", None, None)
    }  # fmt: skip


@pytest.mark.rule("PRD-05", "ORG-08")
def test_who_may_not_see_a_customer_does_not_see_him_in_a_recall(dairy: Book) -> None:
    dairy.ok("staff add ZHAO 赵 --role rep --superior BOSS")
    dairy.ok(f"order deliver {sold(dairy, 'MILK', '2')}")
    assert dairy.rows("stock batch recall L2606", user="ZHAO") == []
    assert [row["partner"] for row in dairy.rows("stock batch trace L2606", user="ZHAO")] == ["S1"]
    assert dairy.run("stock batch block L2606 --reason x", user="ZHAO").exit == 7
    assert [row["value"] for row in dairy.rows("stock expiring --within 90", user="BOSS")] == ["48.00"]
    assert [row["value"] for row in dairy.rows("stock expiring --within 90", user="LI")] == ["48.00"]


@pytest.mark.rule("STK-08")
def test_a_cost_from_the_past_follows_the_goods_into_what_was_made_and_moved(dairy: Book) -> None:
    dairy.ok("product add SET 早餐 --unit 套 --list-price 30")
    dairy.ok("product bill SET CUP=2")
    dairy.ok("stock assemble SET 5", user="SUN")
    dairy.ok(f"stock transfer-in {document(dairy, 'stock transfer SET=2 --from MAIN --to SHOP')}", user="SUN")
    dairy.ok("stock split SET 1", user="SUN")
    before = dairy.rows("stock value --by product", user="ADMIN")
    dairy.ok("stock receive CUP=20@4 --reason found --on 2026-11-02")  # the cups were dearer all along: 3 each
    after = {row["key"]: row["value"] for row in dairy.rows("stock value --by product", user="ADMIN")}
    assert {row["key"]: row["value"] for row in before}["SET"] == "16.00"
    assert after == {"CUP": "96.00", "MILK": "180.00", "SET": "24.00"}  # 40 cups at 3.00 lie in all of them
    assert {row["unit_cost"] for row in dairy.rows("stock list --sku SET", user="ADMIN")} == {"6.00"}
    assert dairy.run("check").exit == 0


@pytest.mark.rule("PRD-05", "AP-14")
def test_another_last_day_sells_expired_goods_only_with_approval(dairy: Book) -> None:
    """L2606 is good until 2026-12-07: up to then its day is put right freely."""
    edit, late = "stock batch edit L2606 --expires 2027-06-30", "2026-12-08"
    dairy.ok(f"{edit} --dry-run", user="SUN", day="2026-12-07")
    for line in (edit, "stock batch edit L2606 --clear expires"):
        refused = dairy.run(f"{line} -f json", user="SUN", day=late)
        assert (refused.exit, refused.json()["problems"][0]["code"]) == (5, "expired_sold_again")
    dairy.ok("stock batch edit L2606 --mark Q", user="SUN", day=late)
    approved(dairy, edit, "misread", day=late)
    assert dairy.rows("stock batch show L2606", day=late)[0]["expires_on"] == "2027-06-30"
