"""What belongs to a product's file, as stories: units, flags, tree, parts, label, licences, displays, suggestions, movers (PRD-01..08)."""

from __future__ import annotations

import pytest

from tests.conftest import made_once

STAFF = ("staff add BOSS 老板 --role manager --superior ADMIN", "staff add LI 李明 --role rep --superior BOSS")


@pytest.fixture
@made_once
def shop(book):
    for line in STAFF:
        book.ok(line)
    book.ok("product add TN2325 粉盒 --unit 支 --list-price 128 --cost 90 --category 硒鼓")
    book.ok("product add DRUM 硒鼓 --unit 个 --list-price 300 --cost 200")


def lines(book, rule: str, **more) -> list[dict]:
    return [row for row in book.rows("today", **more) if row["rule"] == rule]


@pytest.mark.rule("PRD-01")
def test_a_file_holds_all_there_is_to_know(shop) -> None:
    shop.ok(
        'product edit TN2325 --pack 箱=12 --volume 1.5 --weight 0.8 --life mature --channels "网店，婚庆" --no-discount --owner LI '
        '--function "prints" --features "black" --strengths "cheap per page" --shelf-days 720 --batches'
    )
    (row,) = shop.rows("product show TN2325")
    known = {key: row[key] for key in ("pack_unit", "pack_ratio", "volume", "weight", "life_state", "channels", "owner", "no_discount")}
    assert known == {
        "pack_unit": "箱", "pack_ratio": "12", "volume": "1.5", "weight": "0.8", "life_state": "mature", "channels": "网店, 婚庆",
        "owner": "LI", "no_discount": True,
    }  # fmt: skip
    assert (row["batch_tracked"], row["shelf_days"], row["strengths"]) == (True, 720, "cheap per page")
    shop.ok("product edit TN2325 --clear pack_unit,owner --discount")
    (row,) = shop.rows("product show TN2325")
    assert (row["pack_unit"], row["pack_ratio"], row["owner"], row["no_discount"]) == (None, None, None, False)
    shop.ok('product ask TN2325 "fits the HL-2260?" "yes"', user="LI")
    assert [row["answer"] for row in shop.rows("product faq TN2325")] == ["yes"]


@pytest.mark.rule("PRD-01")
@pytest.mark.parametrize(
    ("pack", "code", "sentence"),
    [("箱", 2, "box=12"), ("箱=x", 2, "box=12"), ("箱=1", 4, "more than one base unit"), ("支=12", 4, "needs a base unit beside")],
)
def test_a_larger_unit_holds_more_than_one_base_unit(shop, pack: str, code: int, sentence: str) -> None:
    refused = shop.run(f"product edit TN2325 --pack {pack}")
    assert (refused.exit, sentence in refused.err) == (code, True)


@pytest.mark.rule("PRD-01")
def test_products_come_with_all_that_from_a_spreadsheet(shop) -> None:
    shop.file("p.csv", "sku,name,副单位,比例,重量,保质期(天),批号,优势\nTN2325,粉盒,箱,12,0.8,720,1,便宜\nNEW,新,箱,6,,,,\n")
    shop.ok("import products p.csv --update")
    assert shop.sql("SELECT sku, pack_unit, pack_ratio, weight, shelf_days, batch_tracked, strengths FROM product ORDER BY sku") == [
        ("DRUM", None, None, None, None, 0, None), ("NEW", "箱", 6000, None, None, 0, None), ("TN2325", "箱", 12000, 800, 720, 1, "便宜"),
    ]  # fmt: skip
    shop.ok("export products -o out.csv")
    assert "already there 3" in shop.ok("import products out.csv").out
    shop.file("p.csv", "sku,name,副单位,比例\nX,x,箱,\nY,y,箱,1\n")
    refused = shop.run("import products p.csv")
    assert (refused.exit, refused.err.count("larger unit")) == (9, 2)


@pytest.mark.rule("PRD-02")
def test_the_category_tree(shop) -> None:
    shop.ok("product category 耗材")
    shop.ok("product category 硒鼓 --below 耗材")
    assert [(row["path"], row["products"]) for row in shop.rows("product categories")] == [("耗材", 0), ("耗材 / 硒鼓", 1)]
    assert shop.run("product category 耗材 --below 硒鼓").exit == 4
    assert shop.run("product category 纸 --below 无").exit == 3
    shop.ok("product category 硒鼓 --top")
    assert [row["path"] for row in shop.rows("product categories")] == ["硒鼓", "耗材"]
    assert shop.run("check product_categories").exit == 0


@pytest.mark.rule("PRD-02")
def test_new_items_and_displays_that_grow_old(shop) -> None:
    shop.ok("product edit DRUM --new")
    assert [row["sku"] for row in shop.rows("product new")] == ["DRUM"]
    shop.ok('product display "shop window" --note "by price"', user="LI")
    assert lines(shop, "PRD-02", user="LI", day="2026-12-02") == []
    (line,) = lines(shop, "PRD-02", user="LI", day="2026-12-05")
    assert (line["ref"], line["due"], line["late_days"]) == ("shop window", "2026-12-03", 2)
    shop.ok('product display "shop window"', user="LI", day="2026-12-05")
    assert lines(shop, "PRD-02", user="LI", day="2026-12-05") == []
    assert [row["next"] for row in shop.rows("product displays", day="2026-12-05")] == ["2027-01-04"]


@pytest.mark.rule("PRD-03")
def test_goods_of_other_channels_are_warned_about(shop) -> None:
    shop.ok("product edit TN2325 --channels online")
    for channel, warned in (("", True), ("--channel shop", True), ("--channel Online", False)):
        notes = shop.ok(f"price quote-for - TN2325 1 {channel} -f json").json()["notes"]
        assert any("meant for" in note for note in notes) == warned


@pytest.mark.rule("PRD-04")
def test_suggestions_and_movers(shop) -> None:
    shop.ok('product suggest "a bigger box" --sku TN2325 --customer 华信', user="LI")
    assert shop.run("product answer PS-202611-0001 no", user="LI").exit == 7
    shop.ok('product answer PS-202611-0001 "from January on" --take-up', user="BOSS")
    assert shop.run("product answer PS-202611-0001 again", user="BOSS").exit == 6
    assert [row["state"] for row in shop.rows("product suggestions")] == ["taken_up"]
    shop.ok("customer add HX --code HX --staff LI")
    shop.file("o.csv", "order,date,customer,sku,quantity,unit_price\nO1,2026-10-05,HX,TN2325,10,128\nO2,2026-03-01,HX,DRUM,5,300\n")
    shop.ok("import orders o.csv")
    rows = shop.rows("product movers --period 2026-10")
    assert [(row["sku"], row["quantity"], row["last_sold"], row["pace"]) for row in rows] == [
        ("TN2325", "10", "2026-10-05", "fast"), ("DRUM", "0", "2026-03-01", "slow"),
    ]  # fmt: skip
    assert [row["sku"] for row in shop.rows("product movers --period 2026-10 --pace slow")] == ["DRUM"]


@pytest.mark.rule("PRD-05")
def test_no_label_with_an_empty_field_and_none_for_expired_goods(shop) -> None:
    refused = shop.run("product label TN2325 --made 2026-10-20")
    assert (refused.exit, refused.err.count("[PRD-05]")) == (4, 6)
    shop.ok("product edit TN2325 --shelf-days 14")
    shop.ok("product label-data TN2325 --ingredients 核桃 --storage 阴凉 --usage 即食 --maker 富食 --maker-contact 010-6688")
    printed = shop.ok("product label TN2325 --made 2026-10-20 --copies 2", lang="zh").out
    assert printed.count("保质期: 14 天，至 2026-11-03") == 2
    for line in ("product label TN2325", "product label TN2325 --made 2026-10-19"):
        assert shop.run(line).exit == 4
    assert shop.run("product label TN2325 --made 2026-11-04").exit == 2
    shop.ok("product label-data TN2325 --maker ''")
    assert "maker" in shop.run("product label TN2325 --made 2026-10-20").err
    shop.ok("product label-data TN2325 --maker 富食")
    shop.ok("product label TN2325 --made 2026-10-20 -o label.html", lang="zh")
    assert "核桃" in (shop.folder / "label.html").read_text(encoding="utf-8")
    noted = len(shop.rows("history TN2325"))
    (shop.folder / "templates").mkdir()
    (shop.folder / "templates" / "product-label.html.j2").write_text("{{ nonsense }}", encoding="utf-8")
    assert shop.run("product label TN2325 --made 2026-10-20 -o label.pdf").exit == 2
    assert len(shop.rows("history TN2325")) == noted  # what could not be printed is not noted either


@pytest.mark.rule("PRD-07")
def test_licences_are_renewed_in_time(shop) -> None:
    shop.ok('product licence "Food permit" --kind food_permit --number JY1 --holder 何静 --until 2026-12-31 --staff BOSS')
    assert lines(shop, "PRD-07", user="BOSS", day="2026-11-30") == []
    (line,) = lines(shop, "PRD-07", user="BOSS", day="2026-12-01")
    assert (line["ref"], line["due"], line["late_days"]) == ("LC-202611-0001", "2026-12-31", 0)
    assert shop.run("product licences --due --exit-code", day="2027-01-05").exit == 10
    assert shop.rows("product licences", day="2027-01-05")[0]["days_left"] == -5
    assert shop.run("product renew LC-202611-0001 --until 2026-12-31").exit == 2
    shop.ok("product renew lc-202611-0001 --until 2027-12-31")
    assert lines(shop, "PRD-07", user="BOSS", day="2026-12-01") == []
    shop.ok("product renew LC-202611-0001 --close")
    assert shop.run("product renew LC-202611-0001 --until 2028-12-31").exit == 6
    assert shop.run("product licence X --from 2026-12-01 --until 2026-11-30").exit == 2


@pytest.mark.rule("PRD-08")
def test_a_bill_of_materials_down_to_the_last_part(shop) -> None:
    shop.ok("product add KIT 套装 --unit 套")
    shop.ok("product add BOX 礼盒 --unit 盒 --cost 5")
    shop.ok("product bill KIT TN2325=2 DRUM=1")
    shop.ok("product bill DRUM BOX=0.5")
    answer = shop.ok("product parts KIT -f json").json()
    assert [(row["level"], row["sku"], row["quantity"], row["cost"]) for row in answer["rows"]] == [
        (1, "TN2325", "2", "180.00"), (1, "DRUM", "1", "200.00"), (2, "BOX", "0.5", "2.50"),
    ]  # fmt: skip
    assert answer["totals"]["cost"] == "182.50"  # the drum is made of the box: counted once
    for circle in ("product bill BOX KIT=1", "product bill KIT KIT=1"):
        assert shop.run(circle).exit == 4
    shop.ok("product bill KIT DRUM=0 TN2325=3")
    assert [(row["sku"], row["quantity"]) for row in shop.rows("product parts KIT")] == [("TN2325", "3")]
    assert shop.run("check product_bills").exit == 0


SCREENS = {
    "categories": "product categories",
    "parts": "product parts KIT",
    "licences": "product licences",
    "label_refused": "product label TN2325",
    "movers": "product movers --period 2026-10",
    "help": "product -h",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens(shop, golden, lang: str) -> None:
    shop.ok("product category 硒鼓")
    shop.ok("product add KIT 套装 --unit 套")
    shop.ok("product bill KIT TN2325=2 DRUM=1")
    shop.ok('product licence "Food permit" --kind food_permit --until 2026-12-31')
    for name, line in SCREENS.items():
        result = shop.run(line, lang=lang)
        golden(f"product/{name}.{lang}.txt", f"$ salescli {line}\n{result.out}{result.err}[{result.exit}]\n")
