"""The demo office: the same for the same day, sound throughout, and a believable morning for everybody (DAT-07)."""

from __future__ import annotations

import sqlite3

import pytest

REPS = ("LIU", "YANG", "ZHANG", "SCHMIDT", "LIN", "HE", "WANG", "MILLER", "HUANG", "LI")
COUNTED = ("lead", "interaction", "owner_change", "promise", "survey", "ticket", "ticket_step", "task", "stage_change", "follow_up")


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
def test_demo_office_is_the_same_for_the_same_day(demo, tmp_path) -> None:
    second = tmp_path / "second.db"
    demo.ok(["demo", str(second)], day="2026-11-03")

    with sqlite3.connect(second) as other:
        for table in COUNTED:
            sql = f"SELECT * FROM {table} ORDER BY id"
            assert demo.sql(sql) == other.execute(sql).fetchall(), table
