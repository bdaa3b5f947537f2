"""A trading office: manager MA, supervisor SU, rep LI, warehouse WH, finance FIN, general manager GM; two products, two customers."""

from __future__ import annotations

import pytest

from tests.conftest import made_once

LINES = (
    "staff add GM 高总 --role management --superior ADMIN",
    "staff add MA 马经理 --role manager --superior GM",
    "staff add SU 苏主管 --role supervisor --superior MA",
    "staff add LI 李雷 --role rep --superior SU",
    "staff add WH 万库管 --role warehouse --superior MA",
    "staff add FIN 付会计 --role finance --superior MA",
    "customer add 华信科技 --code C1 --staff LI --credit-limit 5000 --credit-days 30",
    "customer add 北方商贸 --code C2 --staff LI",
    "product add TN2325 粉盒 --list-price 128 --cost 80 --unit 支",
    "product add DRUM 硒鼓 --list-price 300 --cost 200 --unit 个",
    "stock receive TN2325=20@80 DRUM=3@200 --reason opening",
)
N = "SO-202611-0001"


@pytest.fixture
@made_once
def trade(book):
    for line in LINES:
        book.ok(line)


@pytest.fixture
@made_once
def ordered(trade):
    """A confirmed order of LI's for C1: 10 TN2325 and 2 DRUM, 1,880.00."""
    trade.ok("order new C1 TN2325=10 DRUM=2 --promised +7d", user="LI")
    trade.ok(f"order confirm {N}", user="LI")


def on_hand(book) -> dict[str, tuple[str, str]]:
    """SKU -> on hand, reserved."""
    return {row["sku"]: (row["on_hand"], row["reserved"]) for row in book.rows("stock list")}


def problems(result) -> list[str]:
    """The codes a refused command told with -f json."""
    return [p["code"] for p in result.json()["problems"]]
