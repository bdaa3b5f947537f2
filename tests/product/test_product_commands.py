"""Products as stories told at the command line (PRD-01, PRC-03)."""

from __future__ import annotations

import pytest

from tests.conftest import made_once

LINES = (
    'staff add DOCK "Dock Hand" --role warehouse --superior ADMIN',
    "staff add LI 李雷 --role rep --superior ADMIN",
    "staff add PU 采购员 --role purchasing --superior ADMIN",
    'product add TN2325 "Toner TN-2325" --category Toner --spec black --unit piece --list-price 128 --cost 90.5 --tax-rate 13 '
    "--floor-price 115 --barcode 6901234567892",
    "product add PAPER-A4 复印纸 --category 纸张 --unit 箱",
)


@pytest.fixture
@made_once
def shop(book):
    for line in LINES:
        book.ok(line)


def skus(book, line: str = "product list", **more) -> list[str]:
    return [row["sku"] for row in book.rows(line, **more)]


@pytest.mark.rule("PRD-01")
def test_a_product_is_entered_with_its_first_price(shop) -> None:
    (row,) = shop.rows("product show TN2325")
    assert row == {
        "sku": "TN2325", "name": "Toner TN-2325", "category": "Toner", "spec": "black", "unit": "piece", "list_price": "128.00",
        "floor_price": "115.00", "cost": "90.50", "tax_rate": "13.00", "barcode": "6901234567892", "active": True, "note": None,
        "pack_unit": None, "pack_ratio": None, "volume": None, "weight": None, "life_state": None, "channels": None, "is_new": False,
        "no_discount": False, "is_gift": False, "batch_tracked": False, "shelf_days": None, "owner": None, "function": None,
        "features": None, "strengths": None,
    }  # fmt: skip


@pytest.mark.rule("PRD-01")
@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("product add tn2325 Other", "the sku tn2325 is that of TN2325 Toner TN-2325"),
        ("product add X Other --barcode 6901234567892", "the barcode 6901234567892 is that of TN2325"),
        ("product edit PAPER-A4 --barcode 6901234567892", "the barcode 6901234567892 is that of TN2325"),
        ("product add X Other --list-price 10 --floor-price 10.0001", "the floor price 10.0001 lies above the list price 10.00"),
        ("product edit TN2325 --floor-price 128.01", "the floor price 128.01 lies above the list price 128.00"),
    ],
)
def test_doubles_and_floors_above_the_list_are_refused(shop, line: str, sentence: str) -> None:
    refused = shop.run(line)
    assert refused.exit == 4
    assert sentence in refused.err
    assert "[PRD-01]" in refused.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["", "Name"], "the sku is empty"),
        (["A B", "Name"], 'the sku "A B" holds a blank'),
        (["A", "　"], "the name is empty"),
        (["A", "x" * 5000], "the name has 5,000 characters, 200 fit"),
        (["A", "a\nb"], "line end"),
        (["A", "Name", "--unit", "x" * 21], "the unit of measure has 21 characters, 20 fit"),
        (["A", "Name", "--list-price", "-1"], '--list-price: "-1" is below zero'),
        (["A", "Name", "--cost", "-0.0001", "--floor-price", "-1"], '--cost: "-0.0001" is below zero'),
        (["A", "Name", "--list-price", "1.23456"], "at most 4 decimals"),
        (["A", "Name", "--list-price", "9" * 16], "invalid value"),
        (["A", "Name", "--tax-rate", "-1"], '--tax-rate: "-1" is below zero'),
        (["A", "Name", "--tax-rate", "101"], "a tax rate of 101.00 per cent is more than the price"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(book, words: list[str], sentence: str) -> None:
    before = book.path.read_bytes()
    refused = book.run(["product", "add", *words])
    assert refused.exit == 2
    assert sentence in refused.err
    assert book.path.read_bytes() == before


@pytest.mark.rule("PRC-03")
def test_only_the_first_list_price_is_typed_in(shop) -> None:
    refused = shop.run("product edit TN2325 --list-price 130 --unit box")
    assert refused.exit == 4
    assert "the list price of TN2325 is 128.00 already; only the first one may be typed in" in refused.err
    assert "[PRC-03]" in refused.err
    assert shop.rows("product show TN2325")[0]["unit"] == "piece"
    assert shop.run("product edit TN2325 --clear list-price").exit == 2
    shop.ok("product edit TN2325 --list-price 128.00 --unit box")  # the price it has already changes nothing
    assert "list price: 95.00" in shop.ok("product edit PAPER-A4 --list-price ¥95").out
    assert shop.run("product edit PAPER-A4 --list-price 96").exit == 4


def test_a_product_dearer_than_its_price_is_warned_about(shop) -> None:
    assert "TN2325 costs 129.00, more than its list price 128.00" in shop.ok("product edit TN2325 --cost 129").err
    assert shop.ok("product edit TN2325 --unit box").err == ""


def test_edit_says_what_changed(shop) -> None:
    done = shop.ok("product edit TN2325 --cost 91.25 --unit box --clear spec,tax-rate --off -f json").json()
    assert done["changes"] == [
        {"field": "unit_of_measure", "before": "piece", "after": "box"},
        {"field": "cost", "before": "90.50", "after": "91.25"},
        {"field": "active", "before": "yes", "after": "no"},
        {"field": "spec", "before": "black", "after": None},
        {"field": "tax_rate", "before": "13.00", "after": None},
    ]
    assert skus(shop) == ["PAPER-A4"]
    assert skus(shop, "product list --inactive") == ["PAPER-A4", "TN2325"]
    assert "active: no → yes" in shop.ok("product edit TN2325 --on").out
    assert "nothing to change" in shop.ok("product edit TN2325 --on").out


def test_lists_narrow(shop) -> None:
    assert skus(shop, "product list --category Toner") == ["TN2325"]
    for text in ("tn-23", "BLACK", "690123", "toner"):
        assert skus(shop, f"product list {text}") == ["TN2325"]
    assert skus(shop, "product list fyz") == skus(shop, "product list 印") == ["PAPER-A4"]
    assert skus(shop, "product list --limit 1") == ["PAPER-A4"]
    assert "salescli product add" in shop.run("product list nothing").err


@pytest.mark.rule("ORG-07")
def test_prices_are_hidden_from_roles_without_them(shop) -> None:
    for line in ("product list toner", "product show TN2325"):
        (row,) = shop.rows(line, user="DOCK")
        assert (row["list_price"], row["floor_price"], row["cost"]) == (None, None, None)
        for kind in ("plain", "csv", "md", "html"):
            assert "90.5" not in shop.ok(f"{line} -f {kind}", user="DOCK").out
    assert shop.rows("product show TN2325", user="LI")[0]["cost"] == "90.50"


@pytest.mark.rule("ORG-07")
def test_products_are_entered_by_those_in_charge(shop) -> None:
    for user in ("LI", "DOCK"):
        for line in ("product add X Other", "product edit TN2325 --unit box"):
            assert shop.run(line, user=user).exit == 7
    shop.ok("product add X Other", user="PU")


def test_check_finds_what_was_damaged_by_hand(shop) -> None:
    names = "product_blanks product_barcode product_floor"
    assert shop.run(f"check {names}").exit == 0
    shop.sql("update product set name = ' 复印纸', barcode = '6901234567892' where sku = 'PAPER-A4'")
    shop.sql("update product set floor_price = 2000000 where sku = 'TN2325'")
    blanks = shop.run("check product_blanks")
    assert blanks.exit != 0
    assert "PAPER-A4" in blanks.err
    for name, place in (("product_barcode", "6901234567892"), ("product_floor", "TN2325")):
        told = shop.run(f"check {name}")
        assert place in told.out + told.err


SCREENS = {
    "list": "product list",
    "list_no_prices": "product list --user DOCK",
    "show": "product show TN2325",
    "add": "product add DRUM-23 硒鼓 --unit 个 --list-price 320 --cost 330",
    "price_refused": "product edit TN2325 --list-price 130",
    "edit": "product edit TN2325 --floor-price 118 --unit box",
    "help_edit": "product edit -h",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens(shop, golden, lang: str) -> None:
    for name, line in SCREENS.items():
        result = shop.run(line, lang=lang)
        golden(f"product/{name}.{lang}.txt", f"$ salescli {line}\n{result.out}{result.err}[{result.exit}]\n")
