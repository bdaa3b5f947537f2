"""Trips: prepared, reported daily before 21:00, ended (VIS-03, X-13)."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core import context
from salescli.customer import rules_trip as rules

PLAN = "--from 2026-11-04 --to 2026-11-06 --purpose '拜访三家经销商'"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch):
    def at(hour: str) -> None:
        monkeypatch.setattr(context, "clock_time", lambda: hour)

    at("18:00")
    return at


@pytest.fixture
def trip(office, clock) -> str:
    return office.ok(f"trip add 苏州 {PLAN} --phoned -f json", user="LI").json()["document"]


@pytest.mark.rule("VIS-03")
def test_a_trip_is_prepared_and_phoned_ahead(office, clock) -> None:
    done = office.ok(f"trip add 苏州 {PLAN} --preparation 样品", user="LI")
    assert "trip TR-202611-0001 to 苏州, 2026-11-04 to 2026-11-06" in done.out
    assert "nobody was telephoned ahead" in done.err
    office.ok("trip phoned TR-202611-0001", user="LI")
    (row,) = office.rows("trip list", user="WANG")
    assert (row["phoned"], row["missing"], row["ended"]) == ("2026-11-03", 0, None)


@pytest.mark.rule("VIS-03")
@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("trip add X --from 2026-12-06 --to 2026-12-05 --purpose x", 2),
        ("trip add X --from 2026-11-06 --to 2026-11-09 --purpose x", 4),  # one of its days is another trip's
        ("trip report x --on 2026-11-09 --trip TR-202611-0001", 2),
        ("trip report x --on 2026-11-06 --trip TR-202611-0001", 4),  # not come yet
        ("trip report x", 3),  # on no trip today
        ("trip end TR-202611-0001", 2),  # not begun
        ("trip show TR-202611-0009", 3),
    ],
)
def test_what_cannot_be(office, trip: str, line: str, status: int) -> None:
    assert office.run(line, user="LI").exit == status


@pytest.mark.rule("VIS-03", "X-13")
def test_a_report_is_stamped_and_late_from_21_on(office, trip: str, clock) -> None:
    clock("20:59")
    assert "handed in at 20:59" in office.ok("trip report '三家都谈了'", user="LI", day="2026-11-04").out
    clock("21:00")
    late = office.ok("trip report '第二天' -f json", user="LI", day="2026-11-05")
    assert late.json()["facts"]["late"] is True
    assert [(r["date"], r["state"], r["filed_at"]) for r in office.rows(f"trip show {trip}", user="WANG", day="2026-11-06")] == [
        ("2026-11-04", "in_time", "20:59"), ("2026-11-05", "late", "21:00"), ("2026-11-06", "due", None),
    ]  # fmt: skip
    assert office.run("trip report again --on 2026-11-05", user="LI", day="2026-11-05").exit == 6


@pytest.mark.rule("VIS-03", "VIS-09")
def test_a_missing_report_is_asked_for_and_counted(office, trip: str) -> None:
    lines = [r for r in office.rows("today", user="LI", day="2026-11-05") if r["kind"] == "trip_report"]
    assert [(r["due"], r["late_days"]) for r in lines] == [("2026-11-04", 1), ("2026-11-05", 0)]
    assert office.rows("trip list", user="LI", day="2026-11-05")[0]["missing"] == 1
    weekly = [r for r in office.rows("week", user="LI", day="2026-11-06") if r["kind"] == "trip_report"]
    assert [r["section"] for r in weekly] == ["missing", "missing"]


@pytest.mark.rule("VIS-03")
def test_back_earlier_asks_for_no_more_reports(office, trip: str) -> None:
    office.ok("trip report 第一天", user="LI", day="2026-11-04")
    ended = office.ok(f"trip end {trip} --result 两张订单 -f json", user="LI", day="2026-11-05").json()
    assert ended["facts"]["missing"] == ["2026-11-05"]
    assert [r["date"] for r in office.rows(f"trip show {trip}", user="LI", day="2026-11-09")] == ["2026-11-04", "2026-11-05"]
    assert office.run(f"trip end {trip}", user="LI", day="2026-11-05").exit == 6


@pytest.mark.rule("VIS-03", "X-13")
def test_visits_on_the_road_belong_to_the_trip(office, trip: str) -> None:
    office.ok("customer visit C0001 --need a --feedback b --step c --next +7d", user="LI", day="2026-11-04")
    office.ok("customer visit C0001 --need a --feedback b --step c --next +7d --on -1d", user="LI", day="2026-11-05")
    assert office.sql("select trip from interaction") == [(trip,), (trip,)]
    assert [r["late_days"] for r in office.rows("visit list", user="LI", day="2026-11-05")] == [1, 0]  # on the road: the same day
    assert office.rows("trip list", user="LI")[0]["visits"] == 2


@pytest.mark.rule("ORG-07")
def test_a_trip_is_its_owners(office, trip: str) -> None:
    assert office.run(f"trip report x --trip {trip}", user="WANG", day="2026-11-04").exit == 7
    assert office.run(f"trip show {trip}", user="HAN").exit == 3
    assert office.ok("trip list --staff LI --period 2026-11", user="WANG").exit == 0


def test_a_trip_entered_late_is_warned_of(office, clock) -> None:
    late = office.ok("trip add X --from 2026-11-02 --to 2026-11-04 --purpose x --phoned", user="LI")
    assert "the trip began on 2026-11-02" in late.err


@given(day=st.dates(date(2020, 1, 1), date(2030, 1, 1)), after=st.integers(0, 5), hour=st.times(), limit=st.times())
@pytest.mark.rule("VIS-03")
def test_late_is_the_limit_or_any_later_day(day: date, after: int, hour: time, limit: time) -> None:
    late = rules.is_late(day, day + timedelta(after), hour.strftime("%H:%M"), limit)
    assert late == (after > 0 or (hour.hour, hour.minute) >= (limit.hour, limit.minute))


@given(
    start=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    length=st.integers(0, 20),
    today=st.integers(-5, 30),
    told=st.sets(st.integers(0, 20)),
)
def test_days_to_report_are_those_on_the_road_that_have_come(start: date, length: int, today: int, told: set[int]) -> None:
    span = rules.Span(start, start + timedelta(length))
    reported = {start + timedelta(n) for n in told}
    days = rules.days_to_report(span, reported, start + timedelta(today))
    assert days == [start + timedelta(n) for n in range(min(length, today) + 1) if n not in told]


SCREENS = {
    "add": f"trip add 无锡 {PLAN.replace('2026-11', '2026-12')}",
    "list": "trip list",
    "show": "trip show TR-202611-0001",
    "help": "trip --help",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens(office, trip: str, golden, lang: str) -> None:
    office.ok("trip report 三家都谈了", user="LI", day="2026-11-04")
    for name, line in SCREENS.items():
        result = office.run(line, lang=lang, user="LI", day="2026-11-05")
        golden(f"trip/{name}.{lang}.txt", f"$ salescli {line}\n{result.out}{result.err}[{result.exit}]\n")
