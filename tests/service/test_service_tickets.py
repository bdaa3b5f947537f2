"""Complaints as stories: taken, answered, escalated by themselves, solved, told the same day (SVC-01..07)."""

from __future__ import annotations

import pytest

TICKET = "SV-202611-0001"


def take(desk, **more) -> None:
    desk.ok('service open HX "three cartridges leak" --product TN2325', user="LI", day="2026-11-03", **more)


def state(desk, day: str) -> tuple[str, str | None, str | None, int]:
    (row,) = desk.rows("service list", day=day)
    return row["state"], row["next_step"], row["due"], row["late_days"]


def today(desk, user: str, day: str) -> list[dict[str, object]]:
    """What service put on somebody's day list."""
    return [row for row in desk.rows("today", user=user, day=day) if row["rule"].startswith("SVC")]


@pytest.mark.rule("SVC-01", "SVC-04")
def test_a_complaint_goes_to_the_owner_unless_an_agent_is_named(desk) -> None:
    take(desk)
    desk.ok("service agent HX ZHOU")
    desk.ok('service open HX "and the drum squeaks"')
    assert [row["agent"] for row in desk.rows("service list")] == ["ZHOU", "LI"]


@pytest.mark.rule("SVC-02")
def test_an_unsolved_complaint_is_escalated_by_itself_after_two_days(desk) -> None:
    take(desk)
    assert state(desk, "2026-11-03") == ("received", "solved", "2026-11-05", 0)
    assert state(desk, "2026-11-05") == ("received", "solved", "2026-11-05", 0)
    assert state(desk, "2026-11-06") == ("escalated", "solved", "2026-11-05", 1)
    assert [row["ref"] for row in today(desk, "WANG", "2026-11-05")] == []
    (line,) = today(desk, "WANG", "2026-11-06")  # the superior hears of it
    assert (line["ref"], line["rule"], line["late_days"]) == (TICKET, "SVC-02", 1)


@pytest.mark.rule("SVC-02")
def test_the_days_are_the_offices_to_change(desk) -> None:
    take(desk)
    desk.ok("policy set complaint.escalate_days 5 --from 2026-11-03", day="2026-11-03")
    assert state(desk, "2026-11-06") == ("received", "solved", "2026-11-08", 0)


@pytest.mark.rule("SVC-02", "X-25")
def test_an_office_may_count_working_days_only(desk) -> None:
    desk.ok("policy set deadline.working_days yes --from 2026-11-09")
    assert "due by 2026-11-08" in desk.ok("service open HX 漏墨", user="LI", day="2026-11-06").out  # Friday
    assert state(desk, "2026-11-08") == ("received", "solved", "2026-11-08", 0)
    assert "due by 2026-11-17" in desk.ok("service open HX 漏墨", user="LI", day="2026-11-13").out
    assert [row["late_days"] for row in desk.rows("service list", day="2026-11-18")] == [1, 10]  # what was due by the 8th stays so
    desk.ok("service solve SV-202611-0002 换货", user="LI", day="2026-11-14")  # Saturday
    assert desk.rows("service list", day="2026-11-16")[0]["due"] == "2026-11-16"  # told on the first working day
    assert "late" not in desk.ok("service tell SV-202611-0002", user="LI", day="2026-11-16").out


@pytest.mark.rule("SVC-06")
def test_whoever_takes_one_complaint_too_many_about_somebody_is_warned(desk) -> None:
    for number, warned in ((1, ""), (2, ""), (3, "LI has 3 complaints this month")):
        assert warned in desk.ok("service open HX 态度差 --about LI", user="ZHOU").err, number
        desk.ok("service open HX 修一下 --kind repair --about LI", user="ZHOU")  # a wish is no complaint
    assert "SVC-06" not in desk.ok("service open HX 态度差 --about LI", user="ZHOU", day="2026-12-01").err
    (row,) = desk.rows("service report --by staff --period 2026-11")
    assert (row["complaints"], row["warning"]) == (3, "correct")


@pytest.mark.rule("SVC-01")
def test_a_told_ticket_waits_to_be_closed_and_says_so(desk) -> None:
    take(desk)
    desk.ok(f"service solve {TICKET} replaced", user="LI")
    desk.ok(f"service tell {TICKET}", user="LI")
    assert [(row["state"], row["next_step"], row["due"]) for row in desk.rows("service list --open")] == [("told", "closed", None)]
    desk.ok(f"service close {TICKET} --score 4", user="LI")
    refused = desk.run(f"service reopen {TICKET}", user="LI")
    assert (refused.exit, "say why SV-202611-0001 is taken up again" in refused.err) == (2, True)
    assert desk.rows("service list")[0]["next_step"] is None


@pytest.mark.rule("SVC-02")
def test_the_customer_is_told_the_day_the_solution_is_there(desk) -> None:
    take(desk)
    desk.ok(f'service solve {TICKET} "replaced" --cause leak', user="LI", day="2026-11-04")
    assert state(desk, "2026-11-04") == ("solved", "told", "2026-11-04", 0)
    assert state(desk, "2026-11-06") == ("solved", "told", "2026-11-04", 2)
    told = desk.ok(f"service tell {TICKET}", user="LI", day="2026-11-06")
    assert "2 days late" in told.out
    assert today(desk, "LI", "2026-11-06") == []


@pytest.mark.rule("SVC-01", "CUS-11")
def test_a_ticket_runs_its_course_and_keeps_every_step(desk) -> None:
    take(desk)
    for line in (
        f'answer {TICKET} "we look"',
        f'study {TICKET} "sent to the maker"',
        f'solve {TICKET} "replaced"',
        f"tell {TICKET}",
        f"close {TICKET} --score 4",
    ):
        desk.ok(f"service {line}", user="LI", day="2026-11-04")
    steps = [(row["step"], row["score"]) for row in desk.rows(f"service show {TICKET}", day="2026-11-04")]
    assert steps == [("received", None), ("answered", None), ("studied", None), ("solved", None), ("told", None), ("closed", 4)]
    desk.ok(f'service reopen {TICKET} "it leaks again"', user="LI", day="2026-11-10")
    assert desk.run("check ticket_steps").exit == 0


@pytest.mark.rule("SVC-02", "SVC-05")
def test_a_ticket_taken_up_again_gets_its_days_anew_and_keeps_its_story(desk) -> None:
    take(desk)
    for line in (f"solve {TICKET} replaced", f"tell {TICKET}", f"close {TICKET} --score 4"):
        desk.ok(f"service {line}", user="LI", day="2026-11-04")
    again = desk.ok(f'service reopen {TICKET} "it leaks again"', user="LI", day="2026-11-10")
    assert "a solution is due by 2026-11-12" in again.out
    assert state(desk, "2026-11-12") == ("received", "solved", "2026-11-12", 0)
    assert today(desk, "WANG", "2026-11-12") == []
    assert state(desk, "2026-11-13") == ("escalated", "solved", "2026-11-12", 1)
    desk.ok(f"service solve {TICKET} 换新", user="LI", day="2026-11-14")
    assert [(row["date"], row["step"]) for row in desk.rows(f"service show {TICKET}", day="2026-11-14")] == [
        ("2026-11-03", "received"), ("2026-11-04", "solved"), ("2026-11-04", "told"), ("2026-11-04", "closed"),
        ("2026-11-10", "reopened"), ("2026-11-14", "solved"),
    ]  # fmt: skip
    (row,) = desk.rows("service report --by kind --period 2026-11", day="2026-11-14")
    assert row["solve_days"] == 11  # the customer has waited since the first day
    desk.sql("update ticket set kept_reopened = NULL")
    assert TICKET in desk.run("check ticket_steps").err


@pytest.mark.rule("SVC-02", "SVC-05")
def test_no_step_is_dated_before_the_one_before_it(desk) -> None:
    take(desk)
    refused = desk.run(f"service solve {TICKET} x -f json", day="2026-11-02").json()["error"]
    assert (refused["code"], refused["rule"], refused["facts"]["last"]) == ("step_before", "SVC-05", "2026-11-03")
    desk.ok(f"service solve {TICKET} x", day="2026-11-05")
    assert desk.run(f"service tell {TICKET}", day="2026-11-04").exit == 4
    desk.ok(f"service tell {TICKET}", day="2026-11-05")


@pytest.mark.rule("SVC-02")
def test_a_deadline_once_given_stays_whatever_the_office_decides_later(desk) -> None:
    take(desk)
    desk.ok("policy set complaint.escalate_days 5 --from 2026-11-05", day="2026-11-05")
    assert state(desk, "2026-11-06") == ("escalated", "solved", "2026-11-05", 1)
    assert "due by 2026-11-10" in desk.ok("service open HX 漏墨", user="LI", day="2026-11-05").out
    desk.ok(f"service solve {TICKET} replaced", user="LI", day="2026-11-06")
    desk.ok("policy set complaint.tell_days 3 --from 2026-11-07", day="2026-11-07")
    assert desk.rows("service list", day="2026-11-08")[1]["late_days"] == 2


@pytest.mark.rule("SVC-02")
@pytest.mark.parametrize("line", [f"tell {TICKET}", f"close {TICKET}", f'reopen {TICKET} "x"'])
def test_a_step_out_of_turn_is_refused(desk, line: str) -> None:
    take(desk)
    refused = desk.run(f"service {line}", user="LI", day="2026-11-03")
    assert refused.exit == 6
    assert TICKET in refused.err
    assert "SVC-02" in refused.err
    assert len(desk.rows(f"service show {TICKET}")) == 1


def test_a_solution_says_what_it_is(desk) -> None:
    take(desk)
    assert desk.run(f'service solve {TICKET} " "', user="LI", day="2026-11-03").exit == 2
    assert desk.run("service answer SV-1 x", user="LI").exit == 3


@pytest.mark.rule("SVC-04")
def test_nobody_to_handle_it_is_a_refusal_and_a_list(desk) -> None:
    desk.ok("customer add Lonely --code LO", user="ZHOU")
    refused = desk.run("service open LO help", user="BOSS")
    assert refused.exit == 4
    assert "service agent LO" in refused.err


@pytest.mark.rule("SVC-06", "SVC-07")
def test_repeated_complaints_about_a_rep_call_for_correction(desk) -> None:
    for number in range(3):
        desk.ok('service open HX "impolite" --about LI --cause manners', day="2026-11-05")
        assert [row["warning"] for row in desk.rows("service report --by staff", day="2026-11-05")] == ["correct" if number == 2 else None]
    desk.ok('service solve SV-202611-0001 "talked to him"', day="2026-11-07")
    (row,) = desk.rows("service report --by cause", day="2026-11-08")
    assert (row["key"], row["tickets"], row["complaints"], row["solved"], row["solve_days"]) == ("manners", 3, 3, 1, 2)


@pytest.mark.rule("SVC-03", "SVC-05")
def test_goods_under_care_have_a_warranty_and_a_next_service(desk) -> None:
    desk.ok(
        'service asset add HX "Brother HL-2260" --serial E7301 --bought 2026-05-31 --warranty-months 6 --service-months 6', day="2026-11-03"
    )
    (row,) = desk.rows("service asset list HX", day="2026-11-30")
    assert (row["warranty_until"], row["warranty"], row["next_service"]) == ("2026-11-30", True, "2026-11-30")
    (row,) = desk.rows("service asset list --due", day="2026-12-01")
    assert row["warranty"] is False
    assert [line["kind"] for line in today(desk, "LI", "2026-11-27")] == ["service_due"]
    assert desk.run("service asset done AS-202611-0001 --on 2026-12-02", day="2026-12-01").exit == 4
    desk.ok("service asset done AS-202611-0001", day="2026-12-01")
    (row,) = desk.rows("service asset list", day="2026-12-01")
    assert row["next_service"] == "2027-06-01"


@pytest.mark.rule("ORG-07")
def test_tickets_of_others_are_neither_seen_nor_counted(desk) -> None:
    take(desk)
    desk.ok("staff add HAN 韩梅 --role rep --superior WANG")
    assert desk.rows("service list", user="HAN") == []
    assert desk.rows("service report", user="HAN") == []
    assert desk.run(f"service show {TICKET}", user="HAN").exit == 3
    assert len(desk.rows("service list", user="WANG")) == 1


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_screens(desk, golden, lang: str) -> None:
    take(desk)
    out = desk.ok("service list", day="2026-11-07", lang=lang).out + desk.ok(f"service show {TICKET}", day="2026-11-07", lang=lang).out
    golden(f"service/tickets.{lang}.txt", out)


@pytest.mark.rule("SVC-06", "ORG-03")
def test_a_complaint_about_a_rep_goes_past_him_and_his_people_to_his_superior(desk) -> None:
    taken = desk.ok('service open HX "impolite" --about LI', user="LI")  # LI owns the customer and took the call
    assert "WANG handles it" in taken.out
    desk.ok('service open HX "rude to our boss" --about WANG', user="LI")
    desk.ok("service agent HX ZHOU")
    desk.ok('service open HX "again" --about LI --kind question')  # the agent is free of it
    assert [row["agent"] for row in desk.rows("service list")] == ["ZHOU", "BOSS", "WANG"]
    for line, user in (
        ('service open HX x --about LI --staff LI', "BOSS"),
        ('service open HX x --about WANG --staff LI', "BOSS"),
        (f"service assign {TICKET} LI", "BOSS"),
        (f'service solve {TICKET} "he meant no harm"', "LI"),
    ):  # fmt: skip
        refused = desk.run(line, user=user)
        assert (refused.exit, "ORG-03" in refused.err, "a superior of" in refused.err) == (7, True, True), line
    desk.ok(f'service solve {TICKET} "WANG rang and apologised"', user="WANG")
    nobody = desk.run("service open HX x --about BOSS")
    assert (nobody.exit, "--staff CODE" in nobody.err) == (4, True)
    desk.ok("staff leave ZHOU --on 2026-11-02")
    assert "LI handles it" in desk.ok("service open HX later", user="BOSS").out  # the agent has left, the owner is here
    assert "left on 2026-11-02" in desk.run(f"service assign {TICKET} ZHOU").err


@pytest.mark.rule("SVC-06", "ORG-06")
def test_a_handover_gives_nobody_the_complaint_about_himself(desk) -> None:
    desk.ok("staff add HAN 韩梅 --role rep --superior WANG")
    desk.ok('service open HX "promised what we do not have" --about HAN', user="LI")
    assert [row["agent"] for row in desk.rows("service list")] == ["LI"]
    desk.ok("staff handover LI --to HAN", day="2026-11-04")
    assert [row["agent"] for row in desk.rows("service list", day="2026-11-04")] == ["WANG"]
    desk.sql("UPDATE ticket SET agent_id = about_id")
    assert TICKET in desk.run("check ticket_handler", day="2026-11-05").err


@pytest.mark.rule("VIS-06", "SVC-01")
def test_a_ticket_settles_the_task_which_the_complaint_of_a_visit_opened(desk) -> None:
    seen = desk.ok('visit call HX --opinion "too slow" --complaint "the second drum came broken"', user="LI").out
    assert "service open HX TEXT --document VS-202611-0001" in seen
    assert [row["document"] for row in desk.rows("task list", user="LI")] == ["VS-202611-0001"]
    desk.ok("customer add 东方电子 --code DF --staff LI")
    other = desk.run("service open DF broken --document VS-202611-0001", user="LI")
    assert (other.exit, "DF has no order, delivery or contact" in other.err) == (3, True)
    assert desk.run("service open HX broken --document vs-202611-9999", user="LI").exit == 3
    taken = desk.ok("service open HX 'the drum' --document vs-202611-0001 --at 14:30", user="LI")
    assert "the task of VS-202611-0001 is settled" in taken.out
    assert desk.rows("task list", user="LI") == []
    (task,) = desk.rows("task list --state done", user="LI")
    assert (task["state"], task["result"]) == ("done", TICKET)
    assert desk.rows(f"service show {TICKET}")[0]["time"] == "14:30"
    desk.ok("service open HX 'an old paper' --document INV/2019/7", user="LI")  # other systems' numbers are text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_choice_is_taken_by_its_chinese_name_too(desk, lang: str) -> None:
    take(desk)
    assert [len(desk.rows(["service", "list", "--kind", kind], lang=lang)) for kind in ("投诉", "complaint", "维修")] == [1, 1, 0]
    refused = desk.run(["service", "list", "--kind", "抱怨"], lang=lang)
    assert (refused.exit, "complaint" in refused.err) == (2, True)


@pytest.mark.rule("SVC-06")
def test_complaints_of_a_rep_are_counted_by_the_month(desk) -> None:
    for day in ("2026-09-05", "2026-10-05", "2026-11-05"):
        desk.ok('service open HX "impolite" --about LI', day=day)
    (row,) = desk.rows("service report --by staff --period 2026", day="2026-11-05")
    assert (row["complaints"], row["warning"]) == (3, None)
    desk.ok('service open HX "impolite" --about LI', day="2026-11-06")
    desk.ok('service open HX "impolite" --about LI', day="2026-11-06")
    (row,) = desk.rows("service report --by staff --period 2026", day="2026-11-06")
    assert (row["complaints"], row["warning"]) == (5, "correct")


@pytest.mark.rule("SVC-02", "SVC-05", "SVC-07")
def test_a_past_day_shows_tickets_as_they_stood_and_the_last_score_counts(desk) -> None:
    take(desk)
    for step, day in (("solve {} replaced", 4), ("tell {}", 4), ("close {} --score 5", 5), ("reopen {} leaks", 7), ("solve {} new", 8)):
        desk.ok(f"service {step.format(TICKET)}", day=f"2026-11-0{day}", user="LI")
    desk.ok(f"service tell {TICKET}", day="2026-11-09", user="LI")
    desk.ok(f"service close {TICKET} --score 1", day="2026-11-09", user="LI")
    stood = [desk.rows(f"service list --as-of 2026-11-0{day}", day="2026-11-09") for day in (3, 4, 5, 7, 8, 9)]
    assert [row["state"] for (row,) in stood] == ["received", "told", "closed", "received", "solved", "closed"]
    still_open = [len(desk.rows(f"service list --open --as-of 2026-11-0{day}", day="2026-11-09")) for day in (3, 4, 5, 7, 8, 9)]
    assert still_open == [1, 1, 0, 1, 1, 0]
    assert desk.rows("service report --period 2026-11", day="2026-11-09")[0]["satisfaction"] == "20.00"
    assert desk.run("check ticket_steps", day="2026-11-09").exit == 0


@pytest.mark.rule("ORG-07", "SVC-04", "SVC-05")
def test_goods_are_served_by_whoever_looks_after_the_customer(desk) -> None:
    desk.ok("staff add HAN 韩梅 --role rep --superior WANG")
    desk.ok("service asset add HX 打印机 --service-months 6", day="2026-11-03")
    assert desk.rows("service asset list", user="HAN") == []
    assert desk.run("service asset done AS-202611-0001", user="HAN").exit == 3
    desk.ok("service agent HX HAN")
    assert len(desk.rows("service asset list", user="HAN")) == 1
    assert [line["kind"] for line in today(desk, "HAN", "2027-05-03")] == ["service_due"]
    desk.ok("service asset done AS-202611-0001", user="HAN", day="2027-05-03")
