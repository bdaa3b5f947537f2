"""A customer abroad reads the total in his currency as well, at the rate the document keeps; all figures stay in the book's (PRC-08)."""

from __future__ import annotations

import pytest

from tests.conftest import made_once

from .conftest import N

Q, C = "QU-202611-0001", "CT-202611-0001"
QUOTED = "--pay 100%@sign --configuration standard --after-sales none"
TERMS = (
    "--delivery 2026-12-01 --place Hamburg --transport sea --way transfer --credit-limit 0 --credit-days 30 --duties d --technical-fee 0"
)


@pytest.fixture
@made_once
def abroad(trade):
    """100 USD cost 712.34 from 1 November on."""
    trade.ok("price rate USD 712.34 --on 2026-11-01", user="MA")


@pytest.mark.rule("PRC-08")
def test_a_total_is_said_in_the_currency_of_the_day(abroad) -> None:
    assert abroad.run("order new C1 TN2325=10 --currency EUR", user="LI").exit == 3
    told = abroad.run("order new C1 TN2325=10 --currency EUR", user="LI", lang="zh").err
    assert ("尚无 EUR 的汇率" in told, "salescli price rate EUR 汇率 --on 2026-11-03" in told) == (True, True)
    assert abroad.run("order new C1 TN2325=10 --currency dollars", user="LI").exit == 2
    abroad.ok("order new C1 TN2325=10 --currency usd", user="LI")
    assert "USD 179.69 (100 USD = 712.34)" in abroad.ok(f"order show {N}").out  # 1,280.00 / 7.1234
    abroad.ok("price rate USD 720 --on 2026-11-04", user="MA")
    assert "USD 179.69 (100 USD = 712.34)" in abroad.ok(f"order show {N}", day="2026-11-05").out  # the rate is kept
    assert "USD" not in abroad.ok(f"order show {N}", user="WH").out  # who sees no prices
    told = abroad.ok(f"order edit {N} --currency cny", user="LI").out
    assert "USD" in told
    assert "USD" not in abroad.ok(f"order show {N}").out
    assert abroad.sql("SELECT currency, exchange_rate FROM sales_order") == [(None, None)]


@pytest.mark.rule("PRC-08", "QUO-06")
def test_currency_and_rate_go_from_quote_to_contract_to_order(abroad) -> None:
    abroad.ok(f"quote new C1 TN2325=10 {QUOTED} --currency USD", user="LI")
    assert "USD 179.69" in abroad.ok(f"quote show {Q}", user="LI").out
    abroad.ok(f"quote print {Q} -o q.html", user="LI")
    page = (abroad.folder / "q.html").read_text(encoding="utf-8")
    assert ("In your currency" in page, "USD 179.69 (100 USD = 712.34)" in page) == (True, True)
    abroad.ok("price rate USD 700 --on 2026-11-03", user="MA")
    abroad.ok(f"quote submit {Q}", user="LI")
    for who in ("SU", "MA"):
        abroad.run("approve AP-202611-0001", user=who)
    for step in (f"send {Q}", f"accept {Q}", f"convert {Q} --to contract"):
        abroad.ok(f"quote {step}", user="LI")
    abroad.ok(f"contract edit {C} {TERMS}", user="LI")
    assert "USD 179.69" in abroad.ok(f"contract show {C}", user="LI").out
    abroad.ok(f"contract submit {C}", user="LI")
    abroad.ok(f"approve {abroad.sql('SELECT max(number) FROM approval')[0][0]}", user="MA")
    abroad.ok(f"contract confirm {C} --all", user="LI")
    abroad.ok(f"contract sign {C} --by Meyer", user="LI")
    abroad.ok(f"contract print {C} -o c.html", user="LI", lang="zh")
    assert "USD 179.69（100 USD = 712.34）" in (abroad.folder / "c.html").read_text(encoding="utf-8")
    abroad.ok(f"contract order {C} TN2325=5", user="LI")
    assert "USD 89.84 (100 USD = 712.34)" in abroad.ok(f"order show {N}").out  # 640.00 at the agreed rate
    abroad.ok(f"order print {N} -o o.html", user="LI")
    assert "USD 89.84" in (abroad.folder / "o.html").read_text(encoding="utf-8")
