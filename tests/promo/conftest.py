"""An office that plans promotions: LI sells, MAN the manager and GM the management approve; goods with floors, a gift in stock."""

from __future__ import annotations

import pytest

from tests.conftest import made_once


@pytest.fixture
@made_once
def shop(book):
    book.ok("staff add GM 总经理 --role management")
    book.ok("staff add MAN 经理 --role manager --superior GM")
    book.ok("staff add LI 李明 --role rep --superior MAN")
    book.ok("staff add WU 吴静 --role warehouse --superior MAN")
    book.ok("customer add 华信科技 --code HX --staff LI --class A --region 华东")
    book.ok("customer add 远山贸易 --code YS --staff LI --class B --region 华南")
    book.ok("product add TN2325 粉盒 --unit 支 --category 粉盒 --list-price 128 --cost 70 --floor-price 110")
    book.ok("product add DRUM-23 硒鼓 --unit 支 --category 硒鼓 --list-price 260 --cost 150 --floor-price 200")
    book.ok("product add CUP 马克杯 --unit 只 --category 礼品 --list-price 30 --cost 12")
    book.ok("stock receive CUP=50@12 --reason opening", user="WU")


FULL = '--audience "offices" --form "in the shop" --media "letter" --goal "20 per cent more"'


def planned(shop, name: str, words: str, *, first: str = "2026-11-03", last: str = "2026-11-30", full: str = FULL, user: str = "LI") -> str:
    """A complete draft; its number."""
    return shop.ok(f'promo plan "{name}" {words} --from {first} --to {last} {full} -f json', user=user).json()["document"]


def approved(shop, number: str, *, day: str = "2026-11-03") -> None:
    """A plan through both levels of its approval."""
    request = shop.ok(f"promo submit {number} -f json", user="LI", day=day).json()["facts"]["request"]
    shop.ok(f"approve {request}", user="MAN", day=day)
    shop.ok(f"approve {request}", user="GM", day=day)


def running(shop, name: str, words: str, *, day: str = "2026-11-03", **more: str) -> str:
    """A plan that runs."""
    number = planned(shop, name, words, **more)
    approved(shop, number, day=day)
    shop.ok(f"promo start {number}", user="MAN", day=day)
    return number
