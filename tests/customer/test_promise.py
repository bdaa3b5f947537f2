"""Promises: made, kept, broken, found a year later (CUS-09)."""

from __future__ import annotations

import pytest

HUAXIN, EAST = "C0001", "C0002"


def made(office, more: str = "--due fri", **how) -> str:
    return office.ok(f"customer promise add {HUAXIN} 两箱样品 {more} -f json", **{"user": "LI", **how}).json()["document"]


@pytest.mark.rule("CUS-09")
def test_a_promise_a_year_old_is_found(office) -> None:
    old = made(office, "--due +5d", day="2025-10-20")
    office.ok(f"customer promise keep {old} --result delivered", user="LI", day="2025-10-24")
    assert office.rows("customer promise list", user="LI") == []
    (row,) = office.rows(f"customer promise list --state all --customer {HUAXIN} --text 样品", user="LI")
    assert (row["number"], row["made"], row["state"], row["late_days"], row["result"]) == (old, "2025-10-20", "kept", 0, "delivered")
    assert any(r["ref"] == old for r in office.rows(f"customer history {HUAXIN}", user="LI"))


@pytest.mark.rule("CUS-09", "VIS-09")
def test_an_open_promise_is_reminded_of_and_counts_its_days(office) -> None:
    number = made(office)
    assert [r["ref"] for r in office.rows("today", user="LI") if r["kind"] == "promise"] == [number]  # due within three days
    (line,) = [r for r in office.rows("today", user="LI", day="2026-11-10") if r["kind"] == "promise"]
    assert (line["due"], line["late_days"], line["rule"]) == ("2026-11-06", 4, "CUS-09")
    assert "4 days late" in office.ok(f"customer promise keep {number}", user="LI", day="2026-11-10").out
    assert office.rows("customer promise list --state kept", user="LI", day="2027-01-01")[0]["late_days"] == 4


@pytest.mark.rule("CUS-09")
def test_a_broken_promise_says_why_and_stays(office) -> None:
    number = made(office)
    assert office.run(f"customer promise break {number}", user="LI").exit == 2
    office.ok(f"customer promise break {number} --reason 停产", user="LI")
    assert office.rows("customer promise list --state broken", user="LI")[0]["result"] == "停产"
    assert office.run(f"customer promise keep {number}", user="LI").exit == 6
    assert office.sql("select count(*) from promise") == [(1,)]


@pytest.mark.rule("CUS-09", "ORG-07")
@pytest.mark.parametrize(
    ("line", "user", "status"),
    [
        (f"customer promise add {HUAXIN} x --due 2026-11-01", "LI", 2),
        (f"customer promise add {HUAXIN} x --due +9d --on tomorrow", "LI", 4),
        (f"customer promise add {EAST} x --due +9d", "LI", 3),
        (f"customer promise add {HUAXIN} ' ' --due +9d", "LI", 2),
        ("customer promise keep PM-202611-0001", "ZENG", 3),
        ("customer promise keep PM-202611-0009", "LI", 3),
        (f"customer promise add {HUAXIN} x --due +9d", "DOCK", 7),
    ],
)
def test_refused(office, line: str, user: str, status: int) -> None:
    made(office)
    assert office.run(line, user=user).exit == status


def test_somebody_else_may_keep_it(office) -> None:
    office.ok(f"customer promise add {HUAXIN} 上门培训 --due +9d --staff SVC", user="LI")
    assert office.rows("customer promise list --staff SVC", user="LI")[0]["staff"] == "SVC"
    assert [r for r in office.rows("today", user="SVC", day="2026-11-12") if r["kind"] == "promise"]


def test_a_visit_makes_one(office) -> None:
    done = office.ok(f"visit add {HUAXIN} --short --promise 样品 --promise-due fri", user="LI")
    assert "promise PM-202611-0001" in done.out


SCREENS = {
    "add": f"customer promise add {HUAXIN} 两箱样品 --due fri",
    "list": "customer promise list",
    "broken": "customer promise break PM-202611-0001 --reason 停产",
    "missing": "customer promise keep PM-202611-0099",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens(office, golden, lang: str) -> None:
    for name, line in SCREENS.items():
        result = office.run(line, lang=lang, user="LI")
        golden(f"promise/{name}.{lang}.txt", f"$ salescli {line}\n{result.out}{result.err}[{result.exit}]\n")
