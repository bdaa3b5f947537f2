"""The funnel (CLI.md §3, LED-13, K-24): empty stages, conversion of what entered, median days, past days, scope; sources and arrivals."""

from __future__ import annotations

import pytest

from salescli.core.money import rate_of
from salescli.lead.reads_funnel import Stay, median_days
from tests.conftest import made_once

KEYS = ["stage", "open_count", "open_amount", "entered", "left_forward", "conversion_pct", "median_days"]
FILE = "--need a --spec b --quantity 1 --use c --pain d --solution e --amount 1000 --expected eom --phone 1390000{n:04}"


def add(book, n: int, day: str, user: str = "LI", amount: str = "1000") -> str:
    done = book.ok(f"lead add 项目{n}号公司 --source fair --amount {amount} -f json", user=user, day=day).json()
    return done["document"]


def advance(book, lead: str, to: str, day: str, user: str = "LI") -> None:
    book.ok(f"lead stage {lead} {to} --reason 按计划", user=user, day=day)


def prepare(book, lead: str, n: int, day: str, user: str = "LI") -> None:
    book.ok(f"lead edit {lead} {FILE.format(n=n)}", user=user, day=day)
    book.ok(f"lead follow {lead} hi --intent high --next +9d", user=user, day=day)


def stages(book, line: str, **more) -> dict[str, dict]:
    return {row["stage"]: row for row in book.rows(line, **more)}


@pytest.fixture
@made_once
def funnel(office):
    """Four leads of October and September: one went on at once, one in November, one lost, one still where it was."""
    for n, day in ((1, "2026-10-05"), (2, "2026-10-06"), (3, "2026-10-07"), (4, "2026-09-20")):
        lead = add(office, n, day, user="LI" if n != 3 else "WANG")
        prepare(office, lead, n, day, user="LI" if n != 3 else "WANG")
    advance(office, "LD-202610-0001", "need", "2026-10-15")
    advance(office, "LD-202610-0002", "need", "2026-11-02")
    office.ok("lead lose LD-202610-0003 --reason x --alternative y", user="WANG", day="2026-10-20")


def test_every_stage_stands_there_even_when_empty(office) -> None:
    report = office.run("lead funnel -f json").json()
    assert report["schema"] == "salescli.lead-funnel/1"
    assert [list(row) for row in report["rows"]] == [KEYS] * 5
    assert [row["stage"] for row in report["rows"]] == ["develop", "need", "value", "negotiate", "deliver"]
    assert all(row["open_count"] == 0 and row["conversion_pct"] is None and row["median_days"] is None for row in report["rows"])


@pytest.mark.rule("LED-13", "K-24")
def test_conversion_is_of_what_entered_not_of_the_same_bucket(funnel) -> None:
    develop = stages(funnel, "lead funnel --period 2026-10")["develop"]
    assert (develop["entered"], develop["left_forward"], develop["conversion_pct"]) == (3, 2, "66.67")
    assert develop["median_days"] == 13  # 10, 27 and 13 days
    need = stages(funnel, "lead funnel --period 2026-10")["need"]
    assert (need["entered"], need["left_forward"], need["conversion_pct"], need["median_days"]) == (1, 0, "0.00", None)
    september = stages(funnel, "lead funnel --period 2026-09")["develop"]
    assert (september["entered"], september["left_forward"]) == (1, 0)


@pytest.mark.rule("LED-13")
def test_what_was_open_on_a_past_day_is_rewound(funnel) -> None:
    now = stages(funnel, "lead funnel")
    assert (now["develop"]["open_count"], now["need"]["open_count"], now["need"]["open_amount"]) == (1, 2, "2000.00")
    then = stages(funnel, "lead funnel --period 2026-10")
    assert (then["develop"]["open_count"], then["need"]["open_count"]) == (2, 1)
    early = stages(funnel, "lead funnel --period 2026-10-10")
    assert (early["develop"]["open_count"], early["develop"]["open_amount"]) == (4, "4000.00")


@pytest.mark.rule("LED-13")
def test_coming_back_to_a_stage_counts_once(funnel) -> None:
    advance(funnel, "LD-202610-0001", "develop", "2026-10-20")
    advance(funnel, "LD-202610-0001", "need", "2026-10-25")
    october = stages(funnel, "lead funnel --period 2026-10")
    assert (october["develop"]["entered"], october["need"]["entered"]) == (3, 1)
    assert funnel.run("check lead_stage_log lead_stage").exit == 0


@pytest.mark.rule("LED-13", "ORG-07")
def test_the_funnel_keeps_to_the_readers_scope(funnel) -> None:
    assert stages(funnel, "lead funnel --period 2026-10", user="WANG")["develop"]["entered"] == 1
    assert stages(funnel, "lead funnel --period 2026-10 --staff LI", user="SU")["develop"]["entered"] == 2
    assert stages(funnel, "lead funnel --period 2026-10", user="HAN")["develop"]["entered"] == 0
    assert "1 lost" in funnel.ok("lead funnel --period 2026-10", user="SU").out


@pytest.mark.rule("LED-03", "LED-10", "LED-13", "LED-17")
def test_funnel_and_sources_count_the_same_leads_and_say_what_they_leave_out(funnel) -> None:
    funnel.ok("lead screen LD-202610-0001 invalid --reason 空号", user="LI")
    funnel.ok("lead screen LD-202610-0002 duplicate --of LD-202610-0003", user="SU")
    report = funnel.run("lead funnel --period 2026-10 -f json").json()
    assert [row["entered"] for row in report["rows"]] == [1, 0, 0, 0, 0]
    sources = funnel.run("lead sources --period 2026-10 -f json").json()
    assert sources["totals"]["leads"] == 1
    said = "left out: 2 leads sorted out as invalid or a duplicate"
    assert (report["notes"][-1], sources["notes"]) == (said, [said])
    early = stages(funnel, "lead funnel --period 2026-10-10")
    assert early["develop"]["open_count"] == 2  # the third was lost later, the one of September is open
    assert funnel.run("lead funnel --period 2026-09 -f json").json()["notes"][-1:] != [said]


def test_paused_and_sorted_out_leads_stand_in_no_stage(funnel) -> None:
    advance(funnel, "LD-202610-0001", "paused", "2026-11-03")
    funnel.ok("lead screen LD-202610-0002 invalid --reason x", user="LI")
    assert stages(funnel, "lead funnel")["need"]["open_count"] == 0


@pytest.mark.parametrize(("days", "expected"), [([], None), ([4], 4), ([1, 2], 2), ([1, 1, 9], 1), ([0, 3], 2), ([2, 2, 4, 9], 3)])
def test_the_median_is_half_up_over_stays_that_ended(days: list[int], expected: int | None) -> None:
    stays = [Stay("need", "2026-10-01", f"2026-10-{1 + d:02}", 1, 1) for d in days] + [Stay("need", "2026-10-01", None, 0, 5)]
    assert median_days(stays) == expected


@pytest.mark.parametrize(("part", "whole", "expected"), [(0, 0, None), (2, 3, 6667), (1, 8, 1250), (3, 3, 10000)])
def test_shares_are_half_up(part: int, whole: int, expected: int | None) -> None:
    assert rate_of(part, whole) == expected


# --- sources ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("LED-01", "LED-17", "K-53")
def test_sources_show_what_they_yield_and_cost(funnel) -> None:
    funnel.ok("lead add 网来的公司 --source web_message --amount 500 --phone 13877776666", user="HAN")
    funnel.ok("lead convert LD-202611-0001", user="HAN")
    funnel.ok("lead spend fair 600 --on 2026-10-18", user="MA")
    rows = {row["source"]: row for row in funnel.rows("lead sources", user="MA")}
    assert (rows["fair"]["leads"], rows["fair"]["cost"], rows["fair"]["cost_per_lead"]) == (4, "600.00", "150.00")
    assert (rows["web_message"]["leads"], rows["web_message"]["converted"], rows["web_message"]["wins"]) == (1, 1, 0)
    assert rows["event"]["leads"] == 0
    october = {row["source"]: row for row in funnel.rows("lead sources --period 2026-09", user="MA")}
    assert (october["fair"]["leads"], october["fair"]["cost"]) == (1, None)


@pytest.mark.rule("LED-17")
def test_the_best_channel_comes_first_by_amount_won(office) -> None:
    for n, source in ((1, "fair"), (2, "partner")):
        office.ok(f"lead add 赢单{n}号公司 --source {source} --amount {n}000 --phone 1370000000{n}", user="LI")
        lead = f"LD-202611-000{n}"
        office.ok(f"lead follow {lead} hi --intent high --next +3d", user="LI")
        office.ok(f"lead convert {lead}", user="LI")
        office.ok(f"lead stage {lead} won --reason 现场成交", user="LI")
    office.ok("lead spend partner 400", user="MA")
    best, second = office.rows("lead sources", user="MA")[:2]
    assert (best["source"], best["wins"], best["amount"], best["win_pct"], best["yield_pct"]) == (
        "partner",
        1,
        "2000.00",
        "100.00",
        "500.00",
    )
    assert second["source"] == "fair"
    assert office.rows("lead sources", user="LI")[0]["cost"] is None
    assert office.run("lead spend partner 400", user="LI").exit == 7


# --- invitations ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("LED-16")
def test_of_several_invitations_the_one_for_the_nearest_day_was_followed(filed) -> None:
    for day in ("+2d", "+5d", "+9d"):
        filed.ok(f"lead invite LD-202611-0001 --on {day}", user="LI")
    filed.ok("lead arrive LD-202611-0001 --on 2026-11-07", user="LI", day="2026-11-07")
    assert filed.sql("SELECT wanted, arrived_on FROM invitation ORDER BY id") == [
        ("2026-11-05", None), ("2026-11-08", "2026-11-07"), ("2026-11-12", None),
    ]  # fmt: skip


@pytest.mark.rule("LED-16", "K-25")
def test_invitations_arrivals_and_their_rate(filed) -> None:
    lead = "LD-202611-0001"
    filed.ok("lead add 乙公司项目 --source fair", user="LI")
    assert filed.run(f"lead invite {lead} --on yesterday", user="LI").exit == 4
    filed.ok(f"lead invite {lead} --on +2d", user="LI")
    filed.ok("lead invite LD-202611-0002 --on +1d", user="LI")
    assert filed.rows("lead show " + lead)[0]["state"] == "appointed"
    assert filed.run("lead arrive 乙公司 --on tomorrow", user="LI").exit == 4
    filed.ok(f"lead arrive {lead}", user="FD", day="2026-11-05")
    (row,) = filed.rows("lead arrivals", user="SU", day="2026-11-05")
    assert (row["key"], row["invited"], row["arrived"], row["missed"], row["waiting"], row["arrival_pct"]) == ("LI", 2, 1, 1, 0, "50.00")
    assert [row["key"] for row in filed.rows("lead arrivals --by source", user="MA")] == ["fair"]
    assert filed.run(f"lead arrive {lead}", user="FD", day="2026-11-05").exit == 4
    lines = [row["text"] for row in filed.rows("today", user="LI", day="2026-11-05") if row["kind"] == "lead_invited"]
    assert lines == ["乙公司项目: invited for 2026-11-04; did they come?; salescli lead arrive LD-202611-0002"]
