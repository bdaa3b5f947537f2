"""The week: done, open, missing, late (VIS-13)."""

from __future__ import annotations

import pytest

from tests.conftest import made_once
from tests.desk.desk_office import office  # noqa: F401  a fixture


def contact(
    book, number: str, staff: str, day: str, *, entered: str | None = None, next_on: str | None = None, customer: str = "C1"
) -> None:
    """A visit entered behind the program's back."""
    book.sql(
        """INSERT INTO interaction (number, day, channel, staff_id, customer_id, in_depth, review, entered, next_on, next_step)
           SELECT ?, ?, 'visit', s.id, c.id, 1, 'accepted', ?, ?, 'send offer' FROM staff s, customer c WHERE s.code = ? AND c.code = ?""",
        number, day, entered or day, next_on, staff, customer,
    )  # fmt: skip


@pytest.fixture
@made_once
def worked(office):
    """A week of RA's: two visits (one entered late, one without the contact promised), three tasks."""
    office.ok("customer add 华信科技 --code C1", user="RA")
    office.ok("customer add Northwind --code C2", user="RA")
    contact(office, "VS-1", "RA", "2026-11-02", next_on="2026-11-03")
    contact(office, "VS-2", "RA", "2026-11-02", entered="2026-11-04", customer="C2")
    for text, due in (("in time", "2026-11-06"), ("too late", "2026-11-03"), ("forgotten", "2026-11-04"), ("to come", "2026-11-08")):
        office.ok(["task", "add", text, "--due", due], user="RA", day="2026-11-02")
    office.ok("task done TK-202611-0001 --result sent", user="RA", day="2026-11-05")
    office.ok("task done TK-202611-0002", user="RA", day="2026-11-05")


@pytest.mark.rule("VIS-13", "DAT-05")
def test_a_week_in_four_parts(worked) -> None:
    report = worked.ok("week -f json", user="RA", day="2026-11-06").json()
    told = [(r["section"], r["kind"], r["ref"]) for r in report["rows"]]
    assert told == [
        ("done", "task", "TK-202611-0001"),
        ("done", "visit", None),
        ("open", "task", "TK-202611-0004"),
        ("missing", "next_step", "VS-1"),
        ("missing", "task", "TK-202611-0003"),
        ("late", "record", "VS-2"),
        ("late", "task", "TK-202611-0002"),
    ]
    assert report["totals"] == {"done": 2, "open": 1, "missing": 2, "late": 2}


@pytest.mark.rule("VIS-08")
def test_a_contact_that_followed_is_not_missing(worked) -> None:
    contact(worked, "VS-3", "RA", "2026-11-05")
    assert not [r for r in worked.rows("week", user="RA", day="2026-11-06") if r["kind"] == "next_step"]


@pytest.mark.rule("VIS-13", "ORG-07")
def test_a_leader_sees_his_team_and_nobody_elses(worked) -> None:
    day = "2026-11-06"
    assert len(worked.rows("week RA", user="SU", day=day)) == 7
    assert {r["staff"] for r in worked.rows("week --team", user="MA", day=day)} == {"RA", "SU"}
    assert worked.rows("week --team", user="RB", day=day) == []
    assert worked.run("week RA", user="RB", day=day).exit == 7
    assert worked.run("week RA --team", user="SU", day=day).exit == 2


def test_another_week(worked) -> None:
    assert worked.rows("week --period 2026-W43", user="RA", day="2026-11-06") == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_week_on_the_screen(worked, lang, golden) -> None:
    golden(f"desk/week.{lang}.txt", worked.ok("week", user="RA", day="2026-11-06", lang=lang).out)
