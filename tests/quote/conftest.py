"""A sales team and goods with list, lowest price and cost: LI sells, WANG leads him, BOSS heads both, CHEN is management."""

from __future__ import annotations

import pytest

from tests.conftest import made_once

TERMS = '--pay 30%@sign,60%@delivery,10%@delivery+30 --configuration "standard set" --after-sales "one year"'


@pytest.fixture
@made_once
def team(book):
    book.ok("staff add CHEN 陈总 --role management")
    book.ok("staff add BOSS 老板 --role manager --superior CHEN")
    book.ok("staff add WANG 王芳 --role supervisor --superior BOSS")
    book.ok("staff add LI 李明 --role rep --superior WANG")
    book.ok("staff add ZHAO 赵强 --role rep --superior WANG")
    book.ok("staff add FAN 范会计 --role finance --superior CHEN")
    book.ok("staff add CANG 仓管 --role warehouse --superior CHEN")
    book.ok("staff add CAI 采购 --role purchasing --superior CHEN")
    book.ok("customer add 华信科技 --code HX --staff LI --contact 何静 --phone 13812345678")
    book.ok("product add TN2325 粉盒 --unit 支 --list-price 100 --cost 60 --floor-price 80")
    book.ok("product add DRUM 硒鼓 --unit 个 --list-price 200 --cost 150")


@pytest.fixture
@made_once
def quoted(team):
    """QU-202611-0001: ten cartridges at 100.00 for 华信."""
    team.ok(f"quote new HX TN2325=10 {TERMS}", user="LI")
