"""A sales office: director DIR and manager MA above supervisor SU, reps LI and WANG under SU, rep HAN elsewhere, front desk FD."""

from __future__ import annotations

import pytest

from tests.conftest import made_once

LINES = (
    "staff add DIR 赵总监 --role director --superior ADMIN",
    "staff add MA 马经理 --role manager --superior DIR",
    "staff add SU 苏主管 --role supervisor --superior MA",
    "staff add LI 李雷 --role rep --superior SU",
    "staff add WANG 王强 --role rep --superior SU",
    "staff add ZS 周主管 --role supervisor --superior MA",
    "staff add HAN 韩梅 --role rep --superior ZS",
    "staff add FD 陈前台 --role front_desk --superior MA",
    "staff add FIN 付会计 --role finance --superior DIR",
)


@pytest.fixture
@made_once
def office(book):
    for line in LINES:
        book.ok(line)


@pytest.fixture
@made_once
def filed(office):
    """One lead of LI's, LD-202611-0001, filed on the day of the tests."""
    office.ok("lead add 王芳 --company 华信科技有限公司 --phone 13812345678 --source fair", user="LI")
