"""Goods promised to orders: nobody gives them away by choice; what is found missing takes the last promises back (ORD-12, STK-02)."""

from __future__ import annotations

import pytest

from tests.conftest import made_once

FIRST, SECOND = "SO-202611-0001", "SO-202611-0002"


@pytest.fixture
@made_once
def promised(book):
    """Ten pieces, six promised to the first order and three to the second; a set made of two of them."""
    for line in (
        "staff add BOSS 老板 --role manager --superior ADMIN",
        "staff add FIN 财务 --role finance --superior BOSS",
        "staff add SUN 孙仓 --role warehouse,purchasing --superior BOSS",
        "policy set credit.mode off",
        "customer add 华信 --code C1 --staff ADMIN",
        "product add TN 粉盒 --list-price 168 --cost 100",
        "product add SET 套装 --list-price 300",
        "product bill SET TN=2",
        "stock warehouse SHOP 门市",
        "stock receive TN=10@100 --reason opening",
        "order new C1 TN=6",
        "order new C1 TN=3",
        f"order confirm {FIRST}",
        f"order confirm {SECOND}",
    ):
        book.ok(line)


def held(book) -> dict[str, int]:
    """Order -> pieces promised to it."""
    return {number: quantity // 1000 for number, quantity in book.sql("SELECT document, quantity FROM reservation ORDER BY id")}


@pytest.mark.rule("ORD-12", "STK-02", "STK-05", "PRD-08")
@pytest.mark.parametrize(
    "line", ["stock transfer TN=2 --from MAIN --to SHOP", "stock assemble SET 1", "stock issue TN=1 TN=1 --reason sample"]
)
def test_nothing_promised_is_given_away_by_choice(promised, line: str) -> None:
    refused = promised.run(line, user="SUN")
    assert refused.exit == 4
    assert "TN in MAIN: 10 on hand, 9 of it promised to orders, 2 wanted [ORD-12]" in refused.err
    assert "at most 1" in refused.err
    promised.ok("stock transfer TN=1 --from MAIN --to SHOP", user="SUN")


@pytest.mark.rule("STK-01", "STK-02")
def test_an_alert_shows_what_is_there_and_what_is_left_of_it(promised) -> None:
    """One of ten is free: short of five, though ten lie there; eight at most, and ten lie there though one is free."""
    promised.ok("stock level TN --min 5 --max 8", user="SUN")
    rows = [(row["alert"], row["on_hand"], row["available"], row["limit"]) for row in promised.rows("stock alerts")]
    assert rows == [("below_min", "10", "1", "5"), ("above_max", "10", "1", "8")]


def approved(book, line: str):
    """A correction through both levels of its approval."""
    assert book.run([*line.split(), "--request", "found"], user="SUN").exit == 5
    (number,) = book.sql("SELECT number FROM approval ORDER BY id DESC LIMIT 1")[0]
    for who in ("BOSS", "FIN"):
        book.ok(f"approve {number}", user=who)
    return book.ok(line, user="SUN")


@pytest.mark.rule("ORD-12", "STK-02", "STK-03")
def test_what_is_gone_takes_the_last_promises_back_and_says_whose(promised) -> None:
    told = approved(promised, "stock adjust TN=-3 --reason leaked").err
    assert f"{SECOND} was promised 2 TN that are not there" in told
    assert held(promised) == {FIRST: 6, SECOND: 1}
    promised.ok("stock count start", user="SUN")
    promised.ok("stock count enter SC-202611-0001 TN=4 --cause loss", user="SUN")
    told = approved(promised, "stock count post SC-202611-0001 --missing keep").err
    assert [f"{SECOND} was promised 1 TN" in told, f"{FIRST} was promised 2 TN" in told] == [True, True]
    assert held(promised) == {FIRST: 4}
    promised.ok("check")
    promised.ok("stock receive TN=5@100 --reason found", user="SUN")
    promised.ok("order allocate", user="SUN")
    assert held(promised) == {FIRST: 6, SECOND: 3}


@pytest.mark.rule("ORD-12", "STK-02")
def test_an_opening_that_is_put_right_does_so_too(promised) -> None:
    promised.ok("product add INK 墨水 --list-price 9 --cost 5")
    promised.file("s.csv", "sku,quantity,date\nINK,8,2026-11-01\n")
    promised.ok("import stock s.csv")
    promised.ok("order new C1 INK=7")
    promised.ok("order confirm SO-202611-0003")
    promised.file("s.csv", "sku,quantity,date\nINK,5,2026-11-01\n")
    told = promised.ok("import stock s.csv --update")
    assert "SO-202611-0003 was promised 2 INK that are not there" in told.err
    promised.ok("check")
