"""An office with a service desk: ZHOU handles, LI sells and owns 华信, WANG leads LI."""

from __future__ import annotations

import pytest

from tests.conftest import made_once


@pytest.fixture
@made_once
def desk(book):
    book.ok("staff add BOSS 老板 --role manager")
    book.ok("staff add WANG 王芳 --role supervisor --superior BOSS")
    book.ok("staff add LI 李明 --role rep --superior WANG")
    book.ok("staff add ZHOU 周婷 --role service --superior BOSS")
    book.ok("customer add 华信科技 --code HX --staff LI --contact 何静 --phone 13812345678")
    book.ok("product add TN2325 粉盒 --unit 支")
