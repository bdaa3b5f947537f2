"""The duty roster: groups in rotation, members in turn, absences, make-up customers (LED-06, LED-07)."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.staff.rules_duty import Turn, in_turn, rota
from tests.conftest import made_once


@pytest.fixture
@made_once
def roster(office):
    """Two groups; A has Tuesday the 3rd. FD is the front desk."""
    office.ok("staff add FD 前台 --role front_desk --superior MA")
    office.ok("staff duty set A --members LI,HAN --on 2026-11-03", user="FD")
    office.ok("staff duty set B --members ZENG")


def receive(book, name: str, day: str = "2026-11-03", more: str = "") -> str:
    phone = f"139{abs(hash(name)) % 10**8:08d}"
    return book.ok(f"lead reception {name} --phone {phone} {more} -f json", user="FD", day=day).json()["facts"]["staff"]


@pytest.mark.rule("LED-06")
def test_visitors_are_handed_out_in_turn(roster) -> None:
    assert [receive(roster, f"客{n}") for n in range(5)] == ["LI", "HAN", "LI", "HAN", "LI"]
    rows = roster.rows("staff duty today")
    assert [(row["turn"], row["staff"], row["group"], row["visitors"]) for row in rows] == [(1, "HAN", "A", 2), (2, "LI", "A", 3)]


@pytest.mark.rule("LED-06")
def test_a_group_is_never_left_without_anybody_and_a_rotation_with_nothing_to_deal_says_so(roster) -> None:
    refused = roster.run(["staff", "duty", "set", "A", "--members", ""])
    assert (refused.exit, "the group A would have nobody [LED-06]" in refused.err) == (2, True)
    assert roster.ok("staff duty set A --members LI,HAN -f json").json()["changes"] == []  # as they were
    roster.ok("staff duty rotate --period 2026-11")
    assert "still to come has its group already" in roster.ok("staff duty rotate --period 2026-11").out


@pytest.mark.rule("LED-06")
def test_the_turn_goes_on_over_days(roster) -> None:
    receive(roster, "客1")
    roster.ok("staff duty set A --on 2026-11-05")
    assert receive(roster, "客2", "2026-11-05") == "HAN"


@pytest.mark.rule("LED-06")
def test_a_visitor_given_by_choice_counts_as_a_turn(roster) -> None:
    assert receive(roster, "客1", more="--staff HAN --reason 'asks for English'") == "HAN"
    assert [receive(roster, f"新{n}") for n in range(3)] == ["LI", "HAN", "LI"]


@pytest.mark.rule("LED-07")
def test_a_make_up_customer_is_no_turn(roster) -> None:
    assert receive(roster, "探子") == "LI"
    roster.sql("UPDATE reception SET make_up_on = '2026-11-03', research = 1")
    assert "make-up customer: LI" in roster.ok("staff duty today").out
    assert receive(roster, "补客") == "LI"
    assert "make-up" not in roster.ok("staff duty today").out
    assert receive(roster, "下一位") == "HAN"


@pytest.mark.rule("LED-06")
def test_who_is_away_or_left_is_passed_over(roster) -> None:
    roster.ok("staff deputise LI WANG --until 2026-11-04")
    assert receive(roster, "客1") == "HAN"
    assert [row["staff"] for row in roster.rows("staff duty today")] == ["HAN"]
    roster.ok("staff leave HAN --on 2026-11-02")
    assert roster.rows("staff duty today") == []


@pytest.mark.rule("LED-06")
def test_the_rotation_gives_working_days_to_groups_in_turn(roster) -> None:
    done = roster.ok("staff duty rotate --period 2026-11-03..2026-11-11")
    assert "6 days" in done.out
    rows = [(row["date"], row["group"]) for row in roster.rows("staff duty list --period 2026-11-03..2026-11-11")]
    assert rows == [
        ("2026-11-03", "A"), ("2026-11-04", "A"), ("2026-11-05", "B"), ("2026-11-06", "A"), ("2026-11-09", "B"), ("2026-11-10", "A"),
        ("2026-11-11", "B"),
    ]  # fmt: skip
    roster.ok("staff duty rotate --period 2026-11-10..2026-11-15 --replace --first B --every-day")
    rows = [row["group"] for row in roster.rows("staff duty list --period 2026-11-10..2026-11-15")]
    assert rows == ["B", "A", "B", "A", "B", "A"]


@pytest.mark.rule("LED-06")
def test_the_next_rotation_goes_on_where_the_last_one_ended(roster) -> None:
    roster.ok("staff duty rotate --period 2026-11-04..2026-11-04")
    roster.ok("staff duty rotate --period 2026-11-05..2026-11-06")
    assert [row["group"] for row in roster.rows("staff duty list")] == ["A", "B", "A", "B"]


@pytest.mark.rule("LED-06")
def test_the_day_list_says_who_is_on_duty_and_when_nobody_is(roster) -> None:
    lines = [row for row in roster.rows("today", user="LI") if row["kind"] == "front_desk_duty"]
    assert [(row["due"], row["ref"], row["rule"]) for row in lines] == [("2026-11-03", "A", "LED-06")]
    assert not [row for row in roster.rows("today", user="ZENG") if row["kind"] == "front_desk_duty"]
    told = [row["text"] for row in roster.rows("today", user="FD", day="2026-11-04") if row["kind"] == "front_desk_duty"]
    assert told == ["no duty group has 2026-11-04; salescli staff duty rotate"]


def test_members_are_people_here_each_once(roster) -> None:
    roster.ok("staff leave ZHOU --on 2026-11-01")
    for line, status, code in (
        ("staff duty set C --members LI,LI", 4, "duty_twice"),
        ("staff duty set C --members ZHOU", 4, "duty_left"),
        ("staff duty set C --members NOBODY", 3, "staff_not_found"),
        ("staff duty set C", 3, "duty_group_unknown"),
        ("staff duty rotate --first C", 3, "duty_group_unknown"),
    ):
        refused = roster.run(f"{line} -f json")
        assert (refused.exit, refused.json()["error"]["code"]) == (status, code)
    assert roster.run("staff duty set A --members LI", user="LI").exit == 7
    done = roster.ok("staff duty set A --members HAN,LI -f json").json()
    assert done["changes"] == [{"field": "members", "before": "LI, HAN", "after": "HAN, LI"}]


def test_without_groups_there_is_no_rotation(office) -> None:
    assert office.run("staff duty rotate").exit == 4
    assert "salescli staff duty set GROUP" in office.run("staff duty today").err
    assert office.run("check duty_groups").exit == 0


def test_a_group_that_has_days_but_nobody_is_told(roster) -> None:
    roster.ok("staff duty set B --on 2026-11-10")
    roster.ok("staff leave ZENG --on 2026-11-03")
    told = roster.run("check duty_groups", day="2026-11-04")
    assert "B" in told.out + told.err


# --- the rotation is fair ---------------------------------------------------------------------------------------------


@pytest.mark.rule("LED-06")
@given(st.integers(1, 8), st.integers(0, 100))
def test_nobody_is_ever_more_than_one_visitor_behind(members: int, visitors: int) -> None:
    last: dict[int, int | None] = dict.fromkeys(range(members))
    got: Counter[int] = Counter()
    for number in range(1, visitors + 1):
        turn = in_turn(Turn(m, m, last[m]) for m in last)[0]
        got[turn.staff_id] += 1
        last[turn.staff_id] = number
        counts = [got[m] for m in last]
        assert max(counts) - min(counts) <= 1


@pytest.mark.rule("LED-06")
@given(st.integers(1, 6), st.integers(0, 60), st.data())
def test_every_group_has_as_many_days_as_the_others(groups: int, days: int, data) -> None:
    from datetime import date, timedelta

    names = [f"G{n}" for n in range(groups)]
    span = [date(2026, 11, 1) + timedelta(n) for n in range(days)]
    plan = rota(span, names, data.draw(st.sampled_from(names)))
    counts = Counter(name for _day, name in plan)
    assert [day for day, _name in plan] == span
    assert max(counts.values(), default=0) - min((counts[name] for name in names), default=0) <= 1
