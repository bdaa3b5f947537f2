"""An office with two teams and a few customers."""

from __future__ import annotations

import pytest

from tests.conftest import made_once

LINES = (
    'staff add MA "Ma Lin" --role manager --superior ADMIN',
    'staff add WANG "Wang Fang" --role supervisor --superior MA',
    "staff add LI 李雷 --role rep --superior WANG",
    "staff add HAN 韩梅梅 --role rep --superior WANG",
    'staff add ZHOU "Zhou Wei" --role supervisor --superior MA',
    "staff add ZENG 曾伟 --role rep --superior ZHOU",
    'staff add FIN "Fu Jin" --role finance --superior ADMIN',
    'staff add SVC "Sun Vic" --role service --superior ADMIN',
    'staff add DOCK "Dock Hand" --role warehouse --superior ADMIN',
    "customer add 华信科技有限公司 --staff LI --short-name 华信 --contact 王芳 --phone 13812345678 --region East --class A --kind dealer",
    'customer add "Blue Star Ltd." --code BLUE --staff HAN --contact "Ann Blue" --phone +44-20-7946-0000 --region East',
    "customer add 东方电子 --staff ZENG --contact 赵强 --phone 02188886666 --region West --tax-no 91310000MA1FL0XX9P",
    "customer add 无主商行",
)


@pytest.fixture
@made_once
def office(book):
    for line in LINES:
        book.ok(line)
