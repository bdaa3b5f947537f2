"""A draft that grows after a price change: each part bears the price of the day it was ordered on."""

from __future__ import annotations

from datetime import date

import pytest

from salescli.order.actions_grown import Part, take
from tests.conftest import made_once

from .conftest import N, problems

OLD, RISE, NOW = "2026-11-03", "2026-11-20", "2026-11-21"
F17 = "--audience all --form discount --media shop --goal more --owner MA"


@pytest.fixture
@made_once
def risen(trade):
    """A draft of 10 TN2325 at 128.00; from 20 November on the toner costs 140.00."""
    trade.ok("order new C1 TN2325=10 DRUM=1", user="LI")
    trade.ok(f"price request TN2325 140 --from {RISE} --reason dearer", user="MA")
    for who in ("MA", "GM"):
        trade.run("approve AP-202611-0001", user=who)
    trade.run("price notify PC-202611-0001 --by letter", user="LI")


def lines(book) -> list[tuple[str, str, str]]:
    return [(x["sku"], x["quantity"], x["unit_price"]) for x in book.rows(f"order show {N}", day=NOW)]


@pytest.mark.rule("PRC-08", "PRC-03")
def test_what_is_added_after_a_price_change_bears_the_new_price(risen) -> None:
    told = risen.ok(f"order edit {N} TN2325=12 DRUM=1", user="LI", day=NOW)
    assert "TN2325: ordered on 2026-11-03 at that day's price 128.00; the price table says 140.00 today [PRC-08]" in told.err
    assert "Next: salescli price history TN2325" in told.err
    assert lines(risen) == [("TN2325", "10", "128.00"), ("TN2325", "2", "140.00"), ("DRUM", "1", "300.00")]
    risen.ok(f"order edit {N} TN2325=11 DRUM=1", user="LI", day="2026-11-22")  # less again: the last wish goes first
    assert lines(risen)[:2] == [("TN2325", "10", "128.00"), ("TN2325", "1", "140.00")]
    zh = risen.ok(f"order confirm {N}", user="LI", day="2026-11-22", lang="zh")
    assert "TN2325：2026-11-03 下单，按当日价 128.00；价格表今日为 140.00 [PRC-08]" in zh.err
    assert risen.sql("SELECT grown_on FROM order_line ORDER BY line_no") == [(None,), (NOW,), (None,)]


@pytest.mark.rule("PRC-05", "PRC-08")
def test_the_old_price_of_what_was_added_needs_approval(risen) -> None:
    risen.ok(f"order edit {N} TN2325=12@128", user="LI", day=NOW)
    told = risen.run(f"order confirm {N} -f json", user="LI", day=NOW)
    assert (told.exit, problems(told)) == (5, ["off_list_price"])
    assert "TN2325 at 128.00 is 8.57 per cent below its price 140.00" in told.err + told.out
    risen.ok(f"order edit {N} TN2325=10", user="LI", day=NOW)
    risen.ok(f"order confirm {N}", user="LI", day=NOW)


@pytest.mark.rule("PRC-08")
def test_a_draft_that_grew_while_the_price_stood_stays_one_line(trade) -> None:
    trade.ok("order new C1 TN2325=10", user="LI")
    trade.ok(f"order edit {N} TN2325=12", user="LI", day="2026-11-05")
    assert lines(trade) == [("TN2325", "12", "128.00")]
    assert trade.sql("SELECT grown_on FROM order_line") == [("2026-11-05",)]
    assert "PRC-08" not in trade.ok(f"order confirm {N}", user="LI", day=NOW).err


@pytest.mark.rule("PRO-02")
def test_a_promotion_that_is_over_does_not_come_back_by_editing_twice(trade) -> None:
    trade.ok(f"promo plan Week --kind discount --percent 5 --sku TN2325 --from {OLD} --to 2026-11-05 {F17}", user="MA")
    trade.ok("promo submit PP-202611-0001", user="MA")
    trade.ok("approve AP-202611-0001", user="GM")
    trade.ok("promo start PP-202611-0001", user="MA")
    trade.ok("order new C1 TN2325=2", user="LI")
    assert trade.sql("SELECT promo_number FROM order_line") == [("PP-202611-0001",)]
    for _ in range(2):
        trade.ok(f"order edit {N} TN2325=15", user="LI", day=NOW)
        assert trade.sql("SELECT promo_number FROM order_line") == [(None,)]


def test_the_oldest_quantities_go_first() -> None:
    first, later, today = date(2026, 11, 3), date(2026, 11, 10), date(2026, 11, 21)
    known = [Part(first, 5), Part(later, 3)]
    assert take(known, 6, today) == [Part(first, 5), Part(later, 1)]
    assert take(known, 6, today) == [Part(later, 2), Part(today, 4)]
    assert take(known, 1, today) == [Part(today, 1)]
