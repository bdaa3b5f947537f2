"""A sales office with prices to decide: LI sells, BOSS is sales manager, GM the management; 华信 bought toner lately."""

from __future__ import annotations

import pytest

from tests.conftest import made_once

STAFF = (
    "staff add GM 王总 --role management",
    "staff edit ADMIN --superior GM",
    "staff add BOSS 老板 --role manager --superior GM",
    "staff add WANG 王芳 --role supervisor --superior BOSS",
    "staff add LI 李明 --role rep --superior WANG",
)
ORDERS = """order,date,customer,sku,quantity,unit_price,staff,delivered
O1,2026-10-05,HX,TN2325,10,120,LI,2026-10-06
O2,2026-10-15,HX,TN2325,5,128,LI,2026-10-16
O3,2025-12-01,BO,TN2325,5,128,WANG,2025-12-02
"""


@pytest.fixture
@made_once
def office(book):
    for line in STAFF:
        book.ok(line)
    book.ok("customer add 华信科技 --code HX --staff LI --class A --contact 何静 --phone 13812345678")
    book.ok("customer add Bolt --code BO --staff WANG --class B")
    book.ok("product add TN2325 粉盒 --unit 支 --pack 箱=12 --list-price 128 --cost 90 --floor-price 100")
    book.ok("product add DRUM 硒鼓 --unit 个 --list-price 300 --cost 200")
    book.file("o.csv", ORDERS)
    book.ok("import orders o.csv")
