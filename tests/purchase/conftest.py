"""A buyer, a warehouse clerk, a bookkeeper; a supplier paid after 30 days; three products of which none is there."""

from __future__ import annotations

import pytest

from tests.conftest import made_once


@pytest.fixture
@made_once
def buying(book):
    book.ok("staff add BOSS 老板 --role manager")
    book.ok("staff add CAI 蔡敏 --role purchasing --superior BOSS")
    book.ok("staff add KU 库房 --role warehouse --superior BOSS")
    book.ok("staff add FIN 冯静 --role finance --superior BOSS")
    book.ok("staff add LI 李明 --role rep --superior BOSS")
    book.ok("product add TN2325 粉盒 --unit 支 --cost 82")
    book.ok("product add DRUM-23 硒鼓 --unit 支 --cost 140")
    book.ok("product add PAPER 复印纸 --unit 包")
    book.ok("purchase supplier add 兄弟中国 --code BRO --contact 赵蕾 --phone 02158889999 --pay-days 30", user="CAI")
