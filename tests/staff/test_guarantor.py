"""Labour contract, agreed task, joint guarantor: off unless the office wants it (ORG-05, X-22, X-35)."""

from __future__ import annotations

import pytest

from tests.conftest import made_once

LI = "staff guarantor set LI 李刚 --until 2026-11-30 --phone 13900001111 --relation brother"


def missing(book) -> dict[str, str | None]:
    return {row["staff"]: row["missing"] for row in book.rows("staff guarantor list")}


@pytest.fixture
@made_once
def kept(office):
    """The office keeps the record since the year began."""
    office.ok("policy set staff.guarantor yes")


@pytest.mark.rule("ORG-05", "X-22")
def test_the_record_is_off_unless_the_office_switches_it_on(office) -> None:
    refused = office.run(f"{LI} -f json").json()["error"]
    assert (refused["code"], refused["rule"]) == ("guarantor_off", "X-22")
    assert "policy set staff.guarantor" in refused["hint"]
    assert office.sql("select count(*) from guarantor") == [(0,)]
    assert all("guarantor" not in (lacks or "") for lacks in missing(office).values())
    assert "guarantor record is off" in office.ok("staff guarantor list").out


@pytest.mark.rule("ORG-05")
def test_what_is_missing_is_listed(kept) -> None:
    assert missing(kept) == dict.fromkeys(("HAN", "LI", "WANG", "ZENG", "ZHOU"), "labour_contract,agreed_task,guarantor")
    done = kept.ok(LI)
    assert "李刚 answers jointly for LI 李雷 until 2026-11-30" in done.out
    assert "labour law" in done.err
    assert missing(kept)["LI"] == "labour_contract,agreed_task"
    kept.ok("staff guarantor contract LI --number LD-1 --until 2028-12-31 --task 1,200,000")
    assert missing(kept)["LI"] is None
    assert "LI" not in [row["staff"] for row in kept.rows("staff guarantor list --missing")]
    (row,) = [row for row in kept.rows("staff guarantor list") if row["staff"] == "LI"]
    assert (row["contract"], row["task"], row["guarantor"], row["until"]) == ("LD-1", "1200000.00", "李刚", "2026-11-30")


@pytest.mark.rule("ORG-05")
def test_a_guarantor_or_contract_that_ended_is_missing_again_and_reminded_of_before(kept) -> None:
    kept.ok(LI)
    kept.ok("staff guarantor contract LI --number LD-1 --from 2026-01-01 --until 2026-12-31 --words '30 new customers'")
    assert kept.rows("staff guarantor list", day="2027-01-01")[1]["missing"] == "labour_contract,guarantor"
    told = kept.run("check staff_papers", day="2027-01-01")
    assert "LI: missing" in told.out + told.err
    assert [row["ref"] for row in kept.rows("today MA", day="2026-10-30") if row["kind"] == "paper_ends"] == []
    lines = [row for row in kept.rows("today MA", day="2026-12-02") if row["kind"] == "paper_ends"]
    assert [(row["ref"], row["due"], row["rule"], row["late_days"]) for row in lines] == [
        ("LI", "2026-11-30", "ORG-05", 2),
        ("LI", "2026-12-31", "ORG-05", 0),
    ]


@pytest.mark.rule("ORG-05")
def test_a_new_guarantor_follows_the_old_one(kept) -> None:
    kept.ok(LI)
    kept.ok("staff guarantor set LI 王强 --until 2027-11-30")
    assert kept.sql("select name, ended_on from guarantor order by id") == [("李刚", "2026-11-03"), ("王强", None)]
    kept.ok("staff guarantor end LI")
    assert "guarantor" in (missing(kept)["LI"] or "")
    assert kept.run("staff guarantor end LI").exit == 6


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("staff guarantor set LI X --until 2026-11-02", 4),
        ("staff guarantor set LI X --until 2027-01-01 --from 2027-02-01", 4),
        ("staff guarantor set NOBODY X --until 2027-01-01", 3),
        ("staff guarantor contract LI --task 1", 2),
        ("staff guarantor contract LI --number N --task -1", 2),
        ("staff guarantor contract LI --number N --from 2026-12-01 --until 2026-11-01", 4),
    ],
)
def test_what_makes_no_sense_is_refused(kept, line: str, status: int) -> None:
    assert kept.run(line).exit == status


@pytest.mark.rule("ORG-05", "X-35")
def test_a_contract_is_changed_and_its_task_is_kept_beside(kept) -> None:
    kept.ok("staff guarantor contract LI --number LD-1 --task 1000000")
    done = kept.ok("staff guarantor contract LI --task 1,100,000 -f json").json()
    assert done["changes"] == [{"field": "task_amount", "before": "1000000.00", "after": "1100000.00"}]


@pytest.mark.rule("ORG-07")
def test_papers_are_shown_to_who_keeps_them(kept) -> None:
    assert kept.run("staff guarantor list", user="LI").exit == 7
    assert kept.run("staff guarantor list", user="MA").exit == 0
