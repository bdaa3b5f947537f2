"""The last piece wanted by two clerks in the same second, and screens of one story in both languages."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from .conftest import N, on_hand

STORY = (
    ("2026-11-03", "LI", "order new C1 TN2325=10 DRUM=2 --promised +7d --customer-ref PO-778"),
    ("2026-11-03", "WH", "order carrier SF 顺丰速运 --phone 95338"),
    ("2026-11-03", "LI", f"order confirm {N}"),
    ("2026-11-04", "WH", f"order deliver {N} TN2325=4 --carrier SF --waybill SF1234567890"),
    ("2026-11-05", "WH", f"order ship {N} signed_for --place 上海"),
    ("2026-11-06", "WH", f"order issue {N} 外箱破损 --kind logistics"),
)
SCREENS = (
    ("new_off_list", "LI", "order new C1 TN2325=2@120 DRUM=9 --promised 2027-03-01 --dry-run"),
    ("confirm_refused", "LI", "order confirm SO-202611-0002"),
    ("deliver", "WH", f"order deliver {N} --dry-run"),
    ("over_delivery", "WH", f"order deliver {N} TN2325=7 DRUM=3"),
    ("return", "MA", f"order return {N} TN2325=1 --reason leaks --dry-run"),
    ("over_return", "MA", f"order return {N} TN2325=5 --reason leaks"),
    ("cancel", "LI", f"order cancel {N} --reason x"),
    ("dispatch", "WH", "order dispatch"),
    ("freight", "WH", "order freight"),
    ("track", "LI", f"order track {N}"),
    ("open", "LI", "order open --by customer"),
    ("calendar", "LI", "order calendar"),
    ("available", "LI", "order available DRUM --on +7d"),
    ("report", "LI", f"order report {N}"),
    ("issues", "LI", "order issues"),
    ("flow", "LI", "flow"),
    ("life_show", "LI", f"order show {N}"),
    ("help_group", "LI", "order --help"),
    ("help_deliver", "LI", "order deliver --help"),
)


@pytest.mark.rule("ORD-10", "ORD-11", "ORD-12", "ORD-13", "ORD-14", "ORD-15", "ORD-16", "ORD-17")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens(trade, golden, lang: str) -> None:
    for day, user, line in STORY:
        trade.ok(line, user=user, day=day)
    trade.ok("order new C1 DRUM=9@280 --promised 2027-03-01", user="LI", day="2026-11-06")
    for name, user, line in SCREENS:
        done = trade.run(line, user=user, day="2026-11-06", lang=lang)
        golden(f"order/{name}.{lang}.txt", done.out + done.err)


@pytest.mark.rule("ORD-12")
def test_the_last_piece_is_sold_once(trade) -> None:
    for _ in range(2):
        trade.ok("order new C1 DRUM=3", user="LI")
    numbers = (N, "SO-202611-0002")
    with ThreadPoolExecutor(2) as both:
        done = list(both.map(lambda number: trade.process(f"order confirm {number}"), numbers))
    assert sorted(d.exit for d in done) == [0, 4]
    refused = next(d for d in done if d.exit)
    assert "3 wanted, 0 available" in refused.err
    assert on_hand(trade)["DRUM"] == ("3", "3")


@pytest.mark.rule("ORD-13")
def test_the_last_piece_goes_out_once(ordered) -> None:
    with ThreadPoolExecutor(2) as both:
        done = list(both.map(lambda _i: ordered.process(f"order deliver {N}"), range(2)))
    assert sorted(d.exit for d in done) == [0, 4]
    assert on_hand(ordered) == {"DRUM": ("1", "0"), "TN2325": ("10", "0")}
