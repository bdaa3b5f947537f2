"""Meetings with agenda and minutes, the problem log, praise, one-to-one talks (VIS-10..12)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.customer import rules_meeting as rules

HUAXIN = "C0001"
FULL = "--need a --feedback b --step c --next +7d"


@pytest.mark.rule("VIS-10")
def test_the_morning_agenda_is_drawn_from_the_records(office) -> None:
    office.ok(f"customer visit {HUAXIN} {FULL} --on -1d", user="LI")
    office.ok("meeting problem 样品没到 --staff LI", user="LI")
    office.ok(f"visit appoint {HUAXIN} --on today --at 14:00 --purpose 看样品", user="LI")
    office.ok(f"customer promise add {HUAXIN} 报价 --due -0d", user="LI")
    rows = office.rows("meeting agenda morning", user="WANG")
    told = [(r["part"], r["staff"], r["count"]) for r in rows]
    assert ("records", "LI", 1) in told
    assert ("records", "HAN", 0) in told  # nothing handed in
    assert [r["ref"] for r in rows if r["part"] in ("problems", "plan", "promises")] == [
        "PB-202611-0001", "VP-202611-0001", "PM-202611-0001",
    ]  # fmt: skip


@pytest.mark.rule("VIS-10")
def test_mondays_ask_for_fridays_records(office) -> None:
    texts = [r["text"] for r in office.rows("meeting agenda morning", user="WANG", day="2026-11-09") if r["part"] == "records"]
    assert texts == ["no record of 2026-11-06"] * 2


@pytest.mark.rule("VIS-10", "VIS-12")
def test_saturday_sums_up_and_names_whom_to_praise(office) -> None:
    office.ok(f"customer visit {HUAXIN} {FULL}", user="LI")
    office.ok("visit accept --all-of LI", user="WANG")
    office.ok("meeting praise HAN 拿下新客户 --reward 书券", user="WANG")
    rows = office.rows("meeting agenda wrapup", user="WANG", day="2026-11-07")
    assert [(r["staff"], r["count"]) for r in rows if r["part"] == "results"] == [("HAN", 0), ("LI", 1)]
    assert [(r["staff"], r["text"]) for r in rows if r["part"] == "praise"] == [
        ("LI", "most accepted visits of the week"), ("HAN", "praised: 拿下新客户"),
    ]  # fmt: skip
    points = [(r["staff"], r["count"]) for r in office.rows("meeting agenda sales", user="WANG") if r["part"] == "visit_points"]
    assert points == [("HAN", 0), ("LI", 1)]


@pytest.mark.rule("VIS-12", "VIS-13")
def test_minutes_attendance_and_actions_that_become_tasks(office) -> None:
    done = office.ok(
        "meeting record wrapup --minutes 两家 --absent LI=病假 --action 'HAN:fri:寄样品' --action 'LI:+7d:补报告' --story 谈判",
        user="WANG",
    )
    assert "MT-202611-0001: wrapup meeting of 2026-11-03, 1 present, 1 absent, 2 tasks" in done.out
    rows = office.rows("meeting show MT-202611-0001", user="HAN")
    assert [(r["part"], r["staff"]) for r in rows] == [("present", "HAN"), ("absent", "LI"), ("task", "HAN"), ("task", "LI")]
    assert office.sql("select s.code, t.due, t.document, t.rule from task t join staff s on s.id = t.staff_id order by t.id") == [
        ("HAN", "2026-11-06", "MT-202611-0001", "VIS-12"), ("LI", "2026-11-10", "MT-202611-0001", "VIS-12"),
    ]  # fmt: skip
    assert office.rows("meeting list")[0]["tasks"] == 2
    assert [r["ref"] for r in office.rows("meeting agenda wrapup", user="WANG") if r["part"] == "tasks"] == [
        "TK-202611-0001",
        "TK-202611-0002",
    ]


@pytest.mark.rule("VIS-10")
@pytest.mark.parametrize(
    ("line", "user", "status"),
    [
        ("meeting record morning", "LI", 7),
        ("meeting record morning --on tomorrow", "WANG", 4),
        ("meeting record morning --action nonsense", "WANG", 2),
        ("meeting record morning --action LI:someday:x", "WANG", 2),
        ("meeting record morning --absent NOBODY", "WANG", 3),
        ("meeting record team_week", "WANG", 6),  # recorded already
        ("meeting show MT-202611-0009", "WANG", 3),
        ("meeting praise WANG 我", "WANG", 7),
        ("meeting solve PB-202611-0009 x", "LI", 3),
        ("meeting record picnic", "WANG", 2),
    ],
)
def test_refused(office, line: str, user: str, status: int) -> None:
    office.ok("meeting record team_week", user="WANG")
    assert office.run(line, user=user).exit == status


@pytest.mark.rule("VIS-10")
def test_the_problem_log_keeps_solution_and_days(office) -> None:
    number = office.ok("meeting problem 样品没到 -f json", user="LI", day="2026-10-30").json()["document"]
    assert len(office.rows("meeting problems --open", user="WANG")) == 1
    office.ok(f"meeting solve {number} 改快递", user="WANG")
    assert office.run(f"meeting solve {number} again", user="WANG").exit == 6
    (row,) = office.rows("meeting problems", user="LI")
    assert (row["text"], row["solution"], row["days"]) == ("样品没到", "改快递", 4)
    assert office.rows("meeting problems --open", user="WANG") == []


@pytest.mark.rule("VIS-10")
def test_praise_is_kept(office) -> None:
    office.ok("meeting praise HAN 拿下新客户 --reward 书券", user="WANG")
    assert [(r["staff"], r["reward"], r["by"]) for r in office.rows("meeting praised", user="LI")] == [("HAN", "书券", "WANG")]
    assert office.run("meeting praise HAN x", user="LI").exit == 7


@pytest.mark.rule("VIS-10", "VIS-12", "VIS-09")
@pytest.mark.parametrize(
    ("day", "kinds"),
    [
        ("2026-11-03", ["morning"]),
        ("2026-11-07", ["morning", "wrapup"]),  # a Saturday
        ("2026-11-15", ["sales"]),  # a Sunday in mid-month
        ("2026-11-30", ["morning", "sales"]),
    ],
)
def test_a_leader_is_reminded_of_the_days_meetings(office, day: str, kinds: list[str]) -> None:
    lines = [r["text"] for r in office.rows("today", user="WANG", day=day) if r["kind"] == "meeting"]
    assert [next(k for k in kinds if f"{k} meeting" in text) for text in lines] == kinds
    assert not [r for r in office.rows("today", user="LI", day=day) if r["kind"] == "meeting"]
    office.ok(f"meeting record {kinds[0]}", user="WANG", day=day)
    assert len([r for r in office.rows("today", user="WANG", day=day) if r["kind"] == "meeting"]) == len(kinds) - 1


def test_a_weekly_meeting_that_was_not_held_is_missing(office) -> None:
    lines = [r for r in office.rows("week --team", user="WANG", day="2026-11-08") if r["kind"] == "meeting"]
    assert [(r["section"], r["day"]) for r in lines] == [("missing", "2026-11-07")]


# --- talks --------------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("VIS-11", "X-14")
def test_two_talks_a_month_at_least_and_the_month_start_check_counts(office) -> None:
    first = office.ok("meeting talk LI 三个最大的机会 --agreed '两次拜访' --month-start", user="WANG")
    assert "talk with LI on 2026-11-03, 1 this month (at least 2, better 4)" in first.out
    rows = {r["staff"]: (r["talks"], r["missing"], r["agreed"]) for r in office.rows("meeting talks", user="WANG")}
    assert rows["LI"] == (1, 1, "两次拜访")
    assert rows["HAN"] == (0, 2, None)
    office.ok("meeting talk LI 再谈", user="WANG")
    assert "LI" not in {r["staff"] for r in office.rows("meeting talks --missing", user="WANG")}


@pytest.mark.rule("VIS-11", "VIS-09")
def test_a_leader_hears_when_the_month_is_ahead_of_his_talks(office) -> None:
    def behind(day: str) -> list[str]:
        return [r["ref"] for r in office.rows("today", user="WANG", day=day) if r["kind"] == "one_to_one"]

    assert behind("2026-11-14") == []
    assert behind("2026-11-15") == ["HAN", "LI"]
    office.ok("meeting talk LI x", user="WANG", day="2026-11-15")
    assert behind("2026-11-29") == ["HAN"]
    assert behind("2026-11-30") == ["HAN", "LI"]


@pytest.mark.rule("VIS-11")
@pytest.mark.parametrize(("staff", "user", "status"), [("ZENG", "WANG", 7), ("WANG", "WANG", 7), ("HAN", "LI", 7), ("LI", "WANG", 4)])
def test_talks_are_with_ones_own_people_and_were_held(office, staff: str, user: str, status: int) -> None:
    assert office.run(f"meeting talk {staff} x --on {'tomorrow' if status == 4 else 'today'}", user=user).exit == status


@given(day=st.dates(date(2020, 1, 1), date(2030, 1, 1)), least=st.integers(0, 10))
@pytest.mark.rule("VIS-11")
def test_what_is_expected_grows_to_the_least(day: date, least: int) -> None:
    expected = rules.talks_expected(day, least)
    assert 0 <= expected <= least
    assert rules.talks_expected(day.replace(day=1), 1) == 0


@given(day=st.dates(date(2020, 1, 1), date(2030, 1, 1)), works=st.booleans())
@pytest.mark.rule("VIS-10", "VIS-12")
def test_each_meeting_has_its_days(day: date, works: bool) -> None:
    found = rules.meetings_due(day, "daily", "saturday", (15, 31), works=works)
    assert ("wrapup" in found) == (day.weekday() == 5)
    assert ("morning" in found) == (day.weekday() != 6)
    assert ("sales" in found) == (day.day == 15 or (day + timedelta(1)).day == 1)
    late = "sales" in rules.meetings_due(day, "off", "off", (30,), works=works)
    assert late == (day.day == 30 or (day.month == 2 and (day + timedelta(1)).day == 1))
    assert rules.meetings_due(day, "off", "off", (), works=works) == []
    assert (rules.meetings_due(day, "workdays", "off", (), works=works) == ["morning"]) == works


SCREENS = {
    "agenda": "meeting agenda morning",
    "record": "meeting record team_week --minutes 周会 --absent LI=病假 --action 'HAN:fri:寄样品'",
    "show": "meeting show MT-202611-0001",
    "talks": "meeting talks",
    "problems": "meeting problems",
    "help": "meeting --help",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens(office, golden, lang: str) -> None:
    office.ok("meeting problem 样品没到", user="LI")
    for name, line in SCREENS.items():
        result = office.run(line, lang=lang, user="WANG")
        golden(f"meeting/{name}.{lang}.txt", f"$ salescli {line}\n{result.out}{result.err}[{result.exit}]\n")
