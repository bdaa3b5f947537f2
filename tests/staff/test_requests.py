"""Requests inside the office, and questions between two companies' supervisors (ORG-02, ORG-12, ORG-13)."""

from __future__ import annotations

import pytest


def code(result) -> tuple[int, str]:
    return result.exit, result.json()["error"]["code"]


def lines(book, user: str, day: str) -> list[tuple]:
    return [
        (row["ref"], row["due"], row["rule"], row["late_days"])
        for row in book.rows("today", user=user, day=day)
        if row["kind"] == "internal_request"
    ]


@pytest.mark.rule("ORG-12")
def test_a_rep_calls_in_presales_and_is_answered(office) -> None:
    done = office.ok("staff request add ZENG '去明达公司做方案' --kind presales --due 2026-11-05 --document LD-1", user="LI")
    assert "RQ-202611-0001: asked of ZENG 曾伟, to be answered by 2026-11-05" in done.out
    (row,) = office.rows("staff request list", user="ZENG")
    assert (row["asker"], row["to"], row["kind"], row["state"], row["document"]) == ("LI", "ZENG", "presales", "open", "LD-1")
    assert office.rows("staff request list", user="LI") == []
    assert [row["number"] for row in office.rows("staff request list --given", user="LI")] == ["RQ-202611-0001"]
    assert lines(office, "ZENG", "2026-11-03") == [("RQ-202611-0001", "2026-11-05", "ORG-12", 0)]
    assert code(office.run("staff request answer RQ-202611-0001 ja -f json", user="LI")) == (7, "not_asked")
    assert "in time" in office.ok("staff request answer RQ-202611-0001 '周四上午到'", user="ZENG").out
    assert lines(office, "ZENG", "2026-11-06") == []
    assert code(office.run("staff request answer RQ-202611-0001 again -f json", user="ZENG")) == (6, "request_not_open")
    (row,) = office.rows("staff request list --given --state answered", user="LI")
    assert (row["answer"], row["late_days"]) == ("周四上午到", 0)


@pytest.mark.rule("ORG-12")
def test_a_late_answer_stays_late(office) -> None:
    office.ok("staff request add ZENG figures", user="LI")
    assert [row["number"] for row in office.rows("staff request list --all --overdue", day="2026-11-05")] == ["RQ-202611-0001"]
    assert "2 days late" in office.ok("staff request answer RQ-202611-0001 here", user="ZENG", day="2026-11-05").out
    assert office.rows("staff request list --given --state all", user="LI", day="2026-12-05")[0]["late_days"] == 2


@pytest.mark.rule("ORG-12")
def test_superior_and_deputy_answer_as_well(office) -> None:
    for _ in range(2):
        office.ok("staff request add LI figures", user="ZENG")
    office.ok("staff request answer RQ-202611-0001 here", user="WANG")
    assert office.run("staff request answer RQ-202611-0002 here", user="HAN").exit == 3  # not even visible
    assert office.run("staff request answer RQ-202611-0002 here", user="FIN").exit == 7
    office.ok("staff deputise LI HAN --until 2026-11-10")
    assert [row["number"] for row in office.rows("staff request list", user="HAN")] == ["RQ-202611-0002"]
    office.ok("staff request answer RQ-202611-0002 here", user="HAN")


@pytest.mark.rule("ORG-12")
def test_a_request_is_taken_back_by_who_asked(office) -> None:
    office.ok("staff request add ZENG figures", user="LI")
    assert code(office.run("staff request withdraw RQ-202611-0001 -f json", user="ZENG")) == (7, "not_your_question")
    office.ok("staff request withdraw RQ-202611-0001", user="LI")
    assert office.rows("staff request list", user="ZENG") == []
    assert code(office.run("staff request withdraw RQ-202611-0001 -f json", user="LI")) == (6, "request_not_open")


@pytest.mark.rule("ORG-02")
def test_a_request_past_the_own_superior_skips_a_level(office) -> None:
    assert "LI reports to WANG: the request to MA skips a level" in office.ok("staff request add MA rise", user="LI").err
    assert "skips" not in office.ok("staff request add WANG rise", user="LI").err
    assert "skips" not in office.ok("staff request add ZHOU rise", user="LI").err


@pytest.mark.rule("ORG-13")
def test_between_companies_supervisors_answer_the_same_day(office) -> None:
    ask = "staff request add {} '200 toners, what price?' --company 明达公司 --contact 李经理 --kind price_question"
    assert code(office.run(f"{ask.format('LI')} -f json", user="LI")) == (4, "no_supervisor")
    refused = office.run(f"{ask.format('WANG')} --due 2026-11-04 -f json", user="LI")
    assert code(refused) == (4, "answer_late")
    office.ok(ask.format("WANG"), user="LI")
    (row,) = office.rows("staff request list", user="WANG")
    assert (row["asker"], row["company"], row["due"]) == ("明达公司 (李经理)", "明达公司", "2026-11-03")
    assert lines(office, "WANG", "2026-11-03") == [("RQ-202611-0001", "2026-11-03", "ORG-13", 0)]
    assert lines(office, "WANG", "2026-11-04") == [("RQ-202611-0001", "2026-11-03", "ORG-13", 1)]
    office.ok("staff request answer RQ-202611-0001 '98.00 each'", user="WANG")


@pytest.mark.rule("ORG-13")
def test_our_supervisor_asks_theirs(office) -> None:
    office.ok("staff request add WANG 'drawing?' --company 明达公司 --ours --kind technical_question", user="WANG")
    (row,) = office.rows("staff request list --given", user="WANG")
    assert (row["asker"], row["to"], row["company"]) == ("WANG", "WANG", "明达公司")
    assert office.run("staff request add WANG x --company 明达公司 --kind presales", user="WANG").exit == 2


@pytest.mark.rule("ORG-13")
def test_the_days_for_an_answer_are_the_offices_own(office) -> None:
    office.ok("policy set inquiry.answer_days 1")
    office.ok("staff request add WANG x --company 明达公司", user="LI")
    assert office.rows("staff request list", user="WANG")[0]["due"] == "2026-11-04"


def test_what_cannot_be_asked(office) -> None:
    office.ok("staff leave ZENG --on 2026-11-01")
    assert code(office.run("staff request add ZENG x -f json")) == (4, "asked_left")
    assert code(office.run("staff request add LI x --due 2026-11-01 -f json")) == (2, "request_due_passed")
    assert office.run(["staff", "request", "add", "LI", " "]).exit == 2
    assert office.run("staff request answer RQ-9 x").exit == 3


@pytest.mark.rule("ORG-12", "ORG-13")
def test_the_week_tells_what_was_answered_late_open_and_missed(office) -> None:
    for due in ("2026-11-02", "2026-11-03", "2026-11-05", "2026-11-06"):
        office.ok(f"staff request add ZENG due{due[-1]} --due {due}", user="LI", day="2026-11-02")
    office.ok("staff request answer RQ-202611-0001 here", user="ZENG", day="2026-11-02")
    office.ok("staff request answer RQ-202611-0002 here", user="ZENG", day="2026-11-04")
    rows = office.rows("week ZENG --period 2026-W45", day="2026-11-06")
    assert {row["ref"][-1]: row["section"] for row in rows if row["kind"] == "internal_request"} == {
        "1": "done", "2": "late", "3": "missing", "4": "open",
    }  # fmt: skip
