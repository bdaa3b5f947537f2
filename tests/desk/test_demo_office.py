"""The demo office: the same for the same day, sound throughout, and a believable morning for everybody (DAT-07)."""

from __future__ import annotations

import sqlite3

import pytest

from salescli.core.i18n import msg
from salescli.core.report import Done
from salescli.desk import demo as office

REPS = ("LIU", "YANG", "ZHANG", "SCHMIDT", "LIN", "HE", "WANG", "MILLER", "HUANG", "LI")
COUNTED = (
    "sales_order",
    "order_line",
    "stock_move",
    "batch_move",
    "purchase",
    "approval",
    "quote_line",
    "contract_line",
    "price_rule",
    "lead",
    "interaction",
    "owner_change",
    "promise",
    "survey",
    "ticket",
    "ticket_step",
    "task",
    "stage_change",
    "follow_up",
)


@pytest.mark.rule("DAT-07", "VIS-09")
def test_demo_office_is_sound_and_its_mornings_are_believable(demo) -> None:
    checked = demo.ok("check", day="2026-11-03").out
    assert "all hold" in checked
    assert "warning" not in checked
    for rep in REPS:
        lines = demo.rows("today", user=rep, day="2026-11-03")
        assert 5 <= len(lines) <= 20, (rep, len(lines))
    kinds = set(demo.sql("SELECT DISTINCT move FROM owner_change"))
    assert {("created",), ("pooled",), ("claimed",), ("returned",)} <= kinds
    assert {row["state"] for row in demo.rows("customer promise list", day="2026-11-03")} >= {"open"}
    assert {row["kind"][:5] for row in demo.rows("inbox", user="LI", day="2026-11-03")} >= {"AP-02", "AP-03", "AP-19"}
    assert demo.rows("service list --open", user="ZHOU", day="2026-11-03")
    stages = {stage for (stage,) in demo.sql("SELECT DISTINCT stage FROM lead")}
    assert stages == {"develop", "need", "value", "negotiate", "deliver", "won", "lost", "paused"}


@pytest.mark.rule("DAT-07")
def test_demo_office_has_lived_a_year_of_trade(demo) -> None:
    def states(line: str, key: str = "state", user: str = "LI") -> set[str]:
        return {row[key] for row in demo.rows(line, user=user)}

    assert states("promo list") >= {"evaluated", "ended", "in_force", "at_management"}
    assert states("price changes") >= {"in_force", "refused", "at_manager"}
    assert states("quote list --period 2026") >= {"lost", "expired", "converted", "confirmed", "sent", "in_review", "draft"}
    assert states("contract list") >= {"executing", "ended", "in_review", "draft"}
    assert states("purchase list", user="SUN") >= {"ordered", "received", "closed"}
    assert states("stock count list", user="SUN") == {"posted", "counting"}
    assert states("stock alerts", "alert", "SUN") >= {"below_min", "no_movement"}
    assert states("order issues", "solution") >= {None}
    assert demo.rows("contract expiring", user="LI")


@pytest.mark.rule("ORD-17", "DAT-07")
def test_a_number_says_what_kind_of_document_it_is(demo) -> None:
    """Only what is owed bears the number of another paper: of the delivery, receipt or return it is owed for."""
    tables = [
        name
        for (name,) in demo.sql(
            "SELECT t.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.name = 'number'"
        )
    ]
    series: dict[str, set[str]] = {}
    for table in tables:
        for (prefix,) in demo.sql(f"SELECT DISTINCT substr(number, 1, 2) FROM {table} WHERE number GLOB '[A-Z][A-Z]-20????-*'"):
            series.setdefault(prefix, set()).add(table)
    assert len(series) > 20
    assert {prefix: found for prefix, found in series.items() if len(found - {"receivable", "payable"}) > 1} == {}


@pytest.mark.rule("DAT-07", "STK-02", "PRO-02", "ORD-15")
def test_goods_of_the_demo_office_come_from_suppliers_and_promotions_from_plans(demo) -> None:
    kinds = dict(demo.sql("SELECT kind, count(*) FROM stock_move GROUP BY kind"))
    assert min(kinds[kind] for kind in ("opening", "goods_receipt", "delivery", "return", "transfer", "count", "adjustment")) > 0
    ((opened,),) = demo.sql("SELECT count(DISTINCT date) FROM stock_move WHERE kind = 'opening'")
    assert opened == 1
    plans = demo.sql("SELECT DISTINCT promo_number FROM order_line WHERE promo_number IS NOT NULL")
    assert len(plans) >= 4
    ((given,),) = demo.sql("SELECT count(*) FROM order_line WHERE gift = 1 AND amount = 0")
    assert given > 5
    margins = demo.rows("kpi rank --metric gross_profit --by month --period 2026", user="LI")
    assert all(float(margin["value"]) > 0 for margin in margins)
    agreed = demo.sql("SELECT o.number FROM order_terms t JOIN sales_order o ON o.id = t.order_id WHERE t.origin IS NOT NULL")
    faults = {row["order"] for row in demo.rows("price check --by line --faults --period 2026", user="LI")}
    assert not faults & {number for (number,) in agreed}


@pytest.mark.rule("DAT-07", "STK-05", "PRD-05")
def test_goods_that_expire_are_kept_by_batch(demo) -> None:
    day, user = "2026-11-03", "SUN"
    held = {row["batch"]: (row["state"], row["on_hand"]) for row in demo.rows("stock batches", user=user, day=day)}
    assert {state for state, _quantity in held.values()} == {"good", "expiring", "expired", "blocked"}
    assert (held["W1041"], held["F213"][0]) == (("expired", "4"), "blocked")
    assert [row["batch"] for row in demo.rows("stock expiring", user=user, day=day)] == ["W1041", "W1052"]
    kinds = {row["kind"] for row in demo.rows("today", user=user, day=day)}
    assert kinds >= {"goods_expired", "goods_expiring", "goods_blocked"}
    trace = demo.rows("stock batch trace W1041", user=user, day=day)
    assert [row["kind"] for row in trace] == ["goods_receipt", *["delivery"] * 3, "return"]
    (recalled,) = demo.rows("stock batch recall F213", user=user, day=day)
    assert recalled["with_customer"] == "10"
    split = "SELECT count(*) FROM batch_move GROUP BY move_id HAVING count(*) > 1"
    assert demo.sql(split), "no delivery took from two batches"


@pytest.mark.rule("DAT-07")
def test_the_demo_office_goes_where_the_line_says(nobook, monkeypatch) -> None:
    made: list[str] = []

    def make(path, **more):
        made.append(path.name)
        return Done(msg("made"))

    monkeypatch.setattr(office, "make", make)
    for line, env in (("demo one.db", {}), ("demo --db two.db", {}), ("demo", {"SALESCLI_DB": "mine.db"})):
        nobook.ok(line, env=env)
    assert made == ["one.db", "two.db", "demo.db"]


@pytest.mark.rule("DAT-07")
def test_demo_office_is_the_same_for_the_same_day(demo, tmp_path) -> None:
    second = tmp_path / "second.db"
    demo.ok(["demo", str(second)], day="2026-11-03")

    with sqlite3.connect(second) as other:
        for table in COUNTED:
            sql = f"SELECT * FROM {table} ORDER BY id"
            assert demo.sql(sql) == other.execute(sql).fetchall(), table
