"""What leads put on the day list, each line with its rule and its days late (VIS-08, VIS-09, LED-13)."""

from __future__ import annotations

import pytest

LEAD = "LD-202611-0001"


def lines(book, user: str, day: str) -> list[tuple[str, str, int, str]]:
    return [(row["kind"], row["due"], row["late_days"], row["rule"]) for row in book.rows("today", user=user, day=day)]


@pytest.mark.rule("VIS-08", "VIS-09")
def test_the_next_contact_falls_due(filed) -> None:
    filed.ok(f"lead follow {LEAD} hi --next +3d", user="LI")
    assert lines(filed, "LI", "2026-11-05") == []
    assert lines(filed, "LI", "2026-11-06") == [("lead_contact", "2026-11-06", 0, "VIS-08")]
    assert lines(filed, "LI", "2026-11-08") == [("lead_contact", "2026-11-06", 2, "VIS-08")]
    assert lines(filed, "WANG", "2026-11-08") == []
    assert [row["lead"] for row in filed.rows("lead list --overdue", user="LI", day="2026-11-08")] == [LEAD]


@pytest.mark.rule("VIS-08")
def test_an_inquiry_is_answered_the_same_day(office) -> None:
    office.ok("lead add 网来的公司 --source web_message", user="LI")
    assert lines(office, "LI", "2026-11-03") == [("inquiry", "2026-11-03", 0, "VIS-08")]
    office.ok("policy set inquiry.answer_days 2")
    assert lines(office, "LI", "2026-11-06") == [("inquiry", "2026-11-05", 1, "VIS-08")]
    office.ok(f"lead follow {LEAD} hi --next +9d", user="LI")
    assert lines(office, "LI", "2026-11-06") == []


@pytest.mark.rule("LED-13")
def test_a_lead_given_to_somebody_waits_for_his_first_contact(filed) -> None:
    filed.ok(f"lead edit {LEAD} --need a --equipment b", user="LI")
    filed.ok(f"lead assign {LEAD} WANG --reason 熟悉", user="SU")
    assert lines(filed, "WANG", "2026-11-03") == [("lead_untouched", "2026-11-04", 0, "LED-13")]
    filed.ok(f"lead follow {LEAD} hi --next +9d", user="WANG")
    assert lines(filed, "WANG", "2026-11-06") == []


@pytest.mark.rule("VIS-08", "LED-03")
def test_a_lead_of_ones_own_nobody_spoke_to_is_asked_about_until_it_stands_still(office) -> None:
    office.ok("lead add 展会来的公司 --source fair", user="LI")
    assert lines(office, "LI", "2026-11-03") == [("lead_untouched", "2026-11-04", 0, "VIS-08")]
    assert lines(office, "LI", "2026-11-17") == [("lead_untouched", "2026-11-04", 13, "VIS-08")]
    assert lines(office, "LI", "2026-11-18") == [("lead_stalled", "2026-11-17", 1, "LED-13")]
    for n in range(11):
        office.ok(f"lead add 展会第{n}公司 --source fair", user="LI", day="2026-11-05")
    found = office.rows("today", user="LI", day="2026-11-05")
    assert sorted(row["kind"] for row in found) == ["lead_untouched"] * 10 + ["more"]
    assert "2 more of lead untouched: salescli lead list --staff LI" in [row["text"] for row in found]
    office.ok("policy set lead.first_contact_days 9 --from 2026-11-05", day="2026-11-05")
    assert lines(office, "LI", "2026-11-05")[0][1] == "2026-11-04"  # by the number of its day
    office.ok(f"lead follow {LEAD} hi --next +9d", user="LI", day="2026-11-05")
    assert LEAD not in [row["ref"] for row in office.rows("today", user="LI", day="2026-11-05")]


@pytest.mark.rule("LED-13")
def test_standing_still_is_asked_until_a_reason_is_given(filed) -> None:
    filed.ok(f"lead follow {LEAD} hi --intent low --next +30d", user="LI")
    assert lines(filed, "LI", "2026-11-17") == []
    assert lines(filed, "LI", "2026-11-18") == [("lead_stalled", "2026-11-17", 1, "LED-13")]
    filed.ok(f"lead follow {LEAD} hi --stall not_decided --next +30d", user="LI", day="2026-11-18")
    assert lines(filed, "LI", "2026-11-18") == []
    filed.ok("policy set stage.stall_days 30")
    assert filed.rows("lead stall", user="LI", day="2026-11-18") == []


@pytest.mark.rule("LED-13", "VIS-09")
def test_a_superior_is_told_whom_to_ask_until_he_has_asked(filed) -> None:
    filed.ok(f"lead follow {LEAD} hi --intent low --next +30d", user="LI")
    filed.ok("lead add 后来的公司 --source fair", user="LI", day="2026-11-05")
    filed.ok("lead follow LD-202611-0002 hi --next +30d", user="LI", day="2026-11-05")

    def asked(user: str, day: str) -> list[dict]:
        return [row for row in filed.rows("today", user=user, day=day) if row["kind"] == "stall_question"]

    assert asked("SU", "2026-11-17") == []
    assert [(row["due"], row["late_days"], row["rule"]) for row in asked("SU", "2026-11-18")] == [("2026-11-17", 1, "LED-13")]
    assert asked("ZS", "2026-11-21") == asked("WANG", "2026-11-21") == []  # neither his superior nor his colleague
    everybody = filed.rows("today --all", user="SU", day="2026-11-21")
    assert [row["text"][-4:] for row in everybody if row["kind"] == "stall_question"] == ["(SU)"]
    (row,) = asked("SU", "2026-11-21")
    assert (row["ref"], row["text"]) == (
        LEAD, "2 leads of LI stand still without a reason, the longest 华信科技有限公司, 18 days in develop; "
        f"ask: salescli lead comment {LEAD} TEXT",
    )  # fmt: skip
    filed.ok(f"lead comment {LEAD} 为何不动？", user="SU", day="2026-11-21")
    assert [row["text"] for row in asked("SU", "2026-11-21")] == [
        "后来的公司 of LI: 16 days in develop, no reason given; ask: salescli lead comment LD-202611-0002 TEXT"
    ]
    assert "lead_comment" in [kind for kind, *_rest in lines(filed, "LI", "2026-11-21")]
    filed.ok("lead follow LD-202611-0002 hi --intent low --stall not_decided --next +30d", user="LI", day="2026-11-21")
    assert asked("SU", "2026-11-21") == []


@pytest.mark.rule("VIS-09")
def test_everybodys_lines_name_the_person(filed) -> None:
    filed.ok(f"lead follow {LEAD} hi --next +3d", user="LI")
    (row,) = filed.rows("today --all", user="SU", day="2026-11-06")
    assert row["text"] == "华信科技有限公司: next contact (develop) (LI); salescli lead follow LD-202611-0001 TEXT"
    assert filed.rows("today --all", user="ZS", day="2026-11-06") == []


def test_finished_leads_are_on_no_list(filed) -> None:
    filed.ok(f"lead follow {LEAD} hi --next +3d", user="LI")
    filed.ok(f"lead lose {LEAD} --reason x --alternative y", user="LI")
    assert lines(filed, "LI", "2026-12-01") == []
