"""Counts while goods move: what belongs to a sheet, what has moved since, whenever it was typed (STK-03)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.conftest import Book, made_once
from tests.stock.test_stock_batches import approved, lots
from tests.stock.test_stock_goods import held

COUNT = "SC-202611-0001"
SUN, MON, TUE, WED = "2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04"


@pytest.fixture
@made_once
def shop(book: Book) -> None:
    """Ten of TN and five of LQ since Sunday, milk in one batch; a shop beside."""
    for line in (
        "staff add BOSS 老板 --role manager --superior ADMIN",
        "staff add FIN 财务 --role finance --superior BOSS",
        "staff add SUN 孙仓 --role warehouse,purchasing --superior BOSS",
        "product add TN 粉盒 --unit 支 --list-price 168 --cost 100",
        "product add LQ 色带 --unit 条 --list-price 18.5",
        "product add MILK 鲜牛奶 --unit 盒 --list-price 12 --cost 6 --batches",
        "stock warehouse SHOP 门市",
    ):
        book.ok(line)
    book.ok("stock receive TN=10@100 LQ=5@8 --reason opening", user="SUN", day=SUN)
    book.ok("stock receive MILK=20@6#L1 --reason opening --expires 2027-01-01", user="SUN", day=SUN)


def sheet(book: Book, sku: str = "TN") -> tuple[str, str | None]:
    """What the book says of a product of the sheet, and the difference."""
    (row,) = [row for row in book.rows(f"stock count show {COUNT}") if row["sku"] == sku]
    return row["expected"], row["difference"]


@pytest.mark.rule("STK-03")
def test_a_receipt_of_the_day_before_typed_after_the_sheet_belongs_to_it(shop: Book) -> None:
    """Five came on Monday, nobody typed them; on Tuesday the sheet says ten, fifteen lie there: nothing is missing, nothing too much."""
    shop.ok("stock count start", user="SUN", day=TUE)
    assert sheet(shop) == ("10", None)
    shop.ok(f"stock count enter {COUNT} TN=15 LQ=5 MILK=20 --cause 入库单漏录", user="SUN", day=TUE)
    assert sheet(shop) == ("10", "5")
    assert shop.run(["stock", "count", "post", COUNT, "--request", "monthly"], user="SUN", day=TUE).exit == 5
    for who in ("BOSS", "FIN"):
        shop.ok("approve AP-202611-0001", user=who, day=TUE)
    shop.ok(f"stock receive TN=5@100 --reason late --on {MON}", day=TUE)
    assert sheet(shop) == ("15", "0")
    assert [row["differing"] for row in shop.rows("stock count list")] == [0]
    shop.ok(f"stock count post {COUNT}", user="SUN", day=TUE)  # no difference, and none is booked by the approval of another one
    assert held(shop, "TN")[0] == "15"
    assert sheet(shop) == ("15", "0")
    assert shop.run("check", day=TUE).exit == 0


@pytest.mark.rule("STK-03")
def test_what_leaves_after_the_sheet_stands_and_the_counter_says_when_he_counted(shop: Book) -> None:
    shop.ok("stock count start", user="SUN", day=TUE)
    shop.ok("stock transfer TN=4 --to SHOP", user="SUN", day=TUE)
    told = shop.ok(f"stock count enter {COUNT} TN=6 LQ=5", user="SUN", day=TUE).err
    assert "TN: -4 moved since the sheet was made; 6 is taken as counted before that [STK-03]" in told
    assert f"stock count enter {COUNT} TN=QTY --now" in told
    assert "LQ" not in told
    assert sheet(shop) == ("10", "-4")
    assert "moved" not in shop.ok(f"stock count enter {COUNT} TN=6 --now", user="SUN", day=TUE).err
    assert sheet(shop) == ("6", "0")
    shop.ok("stock transfer TN=1 --from MAIN --to SHOP", user="SUN", day=WED)  # after the counting: stands
    assert sheet(shop) == ("6", "0")
    assert "TN: -5 moved" in shop.ok(f"stock count enter {COUNT} TN=9 --cause 破损", user="SUN", day=WED).err  # said again: as of the sheet
    assert sheet(shop) == ("10", "-1")
    approved(shop, f"stock count post {COUNT} --missing keep", "monthly", day=WED)
    assert held(shop, "TN")[0] == "4"
    assert sheet(shop) == ("10", "-1")


@pytest.mark.rule("STK-03")
def test_a_sheet_of_yesterday_evening_holds_all_of_yesterday_whenever_typed(shop: Book) -> None:
    shop.ok("stock transfer TN=4 --from MAIN --to SHOP", user="SUN", day=TUE)
    shop.ok(f"stock count start --date {MON}", day=TUE)
    assert sheet(shop) == ("10", None)
    shop.ok(f"stock receive TN=2@100 --reason late --on {MON}", day=TUE)
    assert sheet(shop) == ("12", None)
    shop.ok("stock receive TN=3@100 --reason new", user="SUN", day=TUE)
    assert sheet(shop) == ("12", None)


@pytest.mark.rule("STK-03", "STK-05")
def test_each_batch_and_what_has_none_follow_their_own_movements(shop: Book) -> None:
    shop.ok("stock count start", user="SUN", day=TUE)
    shop.ok(f"stock receive MILK=5@6#L1 --reason late --on {MON}", day=TUE)
    shop.ok(f"stock receive MILK=8@6#L2 --reason late --on {MON} --expires 2027-02-01", day=TUE)
    shop.ok("stock transfer MILK=3#L1 --from MAIN --to SHOP", user="SUN", day=TUE)
    assert sheet(shop, "MILK") == ("25", None)  # L1; the new batch is not on the sheet until it is counted
    shop.ok(f"stock count enter {COUNT} MILK=22#L1 MILK=8#L2 --now", user="SUN", day=TUE)
    shown = {row["batch"]: (row["expected"], row["difference"]) for row in shop.rows(f"stock count show {COUNT}") if row["sku"] == "MILK"}
    assert shown == {"L1": ("22", "0"), "L2": ("8", "0")}
    shop.ok(f"stock count post {COUNT} --missing keep", user="SUN", day=TUE)
    assert lots(shop) == {("L1", "MAIN"): "22", ("L2", "MAIN"): "8"}
    assert shop.run("check", day=TUE).exit == 0


STEPS = st.lists(st.tuples(st.integers(-5, 9).filter(bool), st.sampled_from([SUN, MON, TUE])), max_size=5)


class _Undone(Exception):
    """Takes one example back."""


@given(before=STEPS, late=STEPS, after=STEPS, missing=st.integers(-3, 3))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@pytest.mark.rule("STK-03")
def test_a_true_count_leaves_book_and_shelf_alike(shop: Book, monkeypatch: pytest.MonkeyPatch, before, late, after, missing: int) -> None:
    """Typed before the sheet, after it of days before, after it of its own day: what was counted wrong is all that differs."""
    from salescli.core import context
    from salescli.core.errors import SalesError
    from salescli.core.lines import TypedLine
    from salescli.core.writer import writer
    from salescli.stock import actions_count
    from salescli.stock.actions_moves import Going, move_many
    from salescli.stock.states import MoveKind

    monkeypatch.setattr(context, "clock_day", lambda: date(2026, 11, 3))
    monkeypatch.setattr(actions_count, "_problems", lambda *_: [])
    with suppress(_Undone), context.use(context.Context(db=shop.path, today=date(2026, 11, 3))), writer("test", right="backdate") as w:
        product = w.reader.value("SELECT id FROM product WHERE sku = 'TN'")

        def typed(steps: list[tuple[int, str]]) -> int:
            """What these movements brought; those for which there is not enough are refused and not made."""
            moved = 0
            for pieces, day in steps:
                with suppress(SalesError):
                    move_many(w, MoveKind.ADJUSTMENT, [Going(product, 1, pieces * 1000, None, 1)], day=date.fromisoformat(day))
                    moved += pieces * 1000
            return moved

        there = 10_000 + typed(before)
        number = actions_count.start(w, "MAIN").document
        assert number is not None
        there += typed([(pieces, MON if day == TUE else day) for pieces, day in late])
        counted = max(there + missing * 1000, 0)
        since = typed([(pieces, TUE) for pieces, _day in after])
        assume(counted + since >= 0)
        actions_count.enter(w, number, [TypedLine("TN", counted)])
        actions_count.post_count(w, number, "keep")
        assert (
            w.reader.value("SELECT kept_quantity FROM stock_item WHERE product_id = :p AND warehouse_id = 1", p=product) == counted + since
        )
        raise _Undone


@pytest.mark.rule("STK-03")
def test_goods_dated_before_a_posted_count_are_pointed_out(shop: Book) -> None:
    """The five of Monday lay there when the count was posted as a surplus: typed afterwards they would stand in the book twice."""
    shop.ok("stock count start", user="SUN", day=TUE)
    shop.ok(f"stock count enter {COUNT} TN=15 LQ=5 MILK=20 --cause 入库单漏录", user="SUN", day=TUE)
    shop.run(["stock", "count", "post", COUNT, "--request", "monthly"], user="SUN", day=TUE)
    for who in ("BOSS", "FIN"):
        shop.ok("approve AP-202611-0001", user=who, day=TUE)
    shop.ok(f"stock count post {COUNT}", user="SUN", day=TUE)
    told = shop.ok(f"stock receive TN=5@100 --reason late --on {MON}", day=WED)
    assert f"TN 粉盒 was counted in MAIN on {TUE} ({COUNT}): goods moved on {MON} may stand in that count already [STK-03]" in told.err
    assert f"salescli stock count show {COUNT}" in told.err
    for line in (
        f"stock receive TN=1@100 --reason late --on {TUE}",
        "stock receive TN=1@100 --reason new",
        "stock receive MILK=1@6#L1 --reason new",
    ):
        assert "was counted" not in shop.ok(line, day=WED).err
    assert "盘点（" in shop.ok(f"stock receive LQ=1@8 --reason late --on {SUN}", day=WED, lang="zh").err


@pytest.mark.rule("STK-03", "VIS-09")
def test_every_warehouse_with_goods_is_counted_for_itself(shop: Book) -> None:
    def due(day: str) -> list[tuple[str, str]]:
        return [(row["due"], row["text"]) for row in shop.rows("today", user="SUN", day=day) if row["rule"] == "STK-03"]

    assert due("2026-12-01") == [("2026-12-01", "stock has to be counted: salescli stock count start")]
    shop.ok("stock receive TN=4@100 --warehouse SHOP --reason more", user="SUN", day="2026-11-20")
    shop.ok("stock count start --warehouse SHOP", user="SUN", day="2026-12-01")
    shop.ok("stock count enter SC-202612-0001 TN=4", user="SUN", day="2026-12-01")
    shop.ok("stock count post SC-202612-0001", user="SUN", day="2026-12-01")
    said = "{} has to be counted: salescli stock count start --warehouse {}"
    assert due("2026-12-02") == [("2026-12-01", said.format("MAIN", "MAIN"))]
    assert due("2027-01-01")[1:] == [("2027-01-01", said.format("SHOP", "SHOP"))]
