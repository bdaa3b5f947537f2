"""The front desk: earlier rep, named rep, duty, make-up customers, confirmation sheets, deviations, the day's count (LED-06..09)."""

from __future__ import annotations

import pytest

from tests.conftest import made_once


def refused(book, line: str, **more) -> tuple[int, str]:
    result = book.run(f"{line} -f json", **more)
    return result.exit, result.json()["error"]["code"]


def desk(book, line: str, **more) -> dict:
    """What the front desk entered: the facts of the answer."""
    return book.ok(f"{line} -f json", user="FD", **more).json()["facts"]


@pytest.mark.rule("LED-06")
def test_a_stranger_goes_to_whom_the_front_desk_chooses_when_nobody_is_on_duty(office) -> None:
    assert refused(office, "lead reception 李雷 --phone 13900000001", user="FD") == (4, "nobody_on_duty")
    facts = desk(office, "lead reception 李雷 --phone 13900000001 --need 纸 --staff WANG --time 9:05")
    assert (facts["staff"], facts["ground"], facts["known"], facts["lead"]) == ("WANG", "chosen", False, "LD-202611-0001")
    assert office.sql("select source, staff_id = (select id from staff where code = 'WANG') from lead") == [("walk_in", 1)]
    assert office.sql("select channel, contact, time, document from interaction") == [("reception", "李雷", "09:05", "RE-202611-0001")]
    assert refused(office, "lead reception X --staff WANG --time 25:00", user="FD") == (2, "bad_time")


@pytest.mark.rule("LED-06", "X-05")
def test_the_rep_with_the_live_log_gets_his_visitor(filed) -> None:
    filed.ok("lead follow LD-202611-0001 hi --next +9d", user="LI")
    facts = desk(filed, "lead reception 王芳 --phone 138-1234-5678 --rep WANG")
    assert (facts["staff"], facts["ground"], facts["known"]) == ("LI", "live_log", True)
    facts = desk(filed, "lead reception 王芳 --phone 138-1234-5678", day="2026-11-10")
    assert facts["staff"] == "LI"
    assert filed.sql("select count(*) from lead")[0][0] == 1


@pytest.mark.rule("LED-06")
def test_a_stranger_who_names_a_rep_gets_him(office) -> None:
    facts = desk(office, "lead reception 赵强 --phone 13900000002 --rep HAN")
    assert (facts["staff"], facts["ground"]) == ("HAN", "named")


@pytest.mark.rule("LED-09")
def test_another_rep_takes_a_reason_and_is_reported(filed) -> None:
    line = "lead reception 王芳 --phone 13812345678 --staff HAN"
    assert refused(filed, line, user="FD") == (4, "deviation")
    filed.ok(f"{line} --reason 会方言", user="FD")
    (row,) = filed.rows("lead register --deviations", user="MA")
    assert (row["due"], row["staff"], row["deviation"], row["ground"]) == ("LI", "HAN", "会方言", "chosen")
    assert filed.sql("select staff_id = (select id from staff where code = 'LI') from lead") == [(1,)]  # the lead itself stays whose it is
    assert "RE-202611-0001" in filed.run("check lead_deviation").err


@pytest.mark.rule("LED-08", "X-21")
def test_a_new_caller_stays_with_the_front_desk_and_leaves_a_number(office) -> None:
    assert refused(office, "lead call 赵强", user="FD") == (2, "caller_phone")
    result = office.ok("lead call 赵强 --phone 13987654321 --minutes 6 --invited", user="FD")
    assert "took 6 minutes, the limit is 4" in result.err
    assert office.sql("select source from lead") == [("phone",)]
    facts = desk(office, "lead call 赵强 --phone 13987654321 --minutes 2")
    assert (facts["staff"], facts["known"]) == ("FD", True)


@pytest.mark.rule("LED-08")
def test_a_known_caller_goes_to_his_rep_who_calls_back(filed) -> None:
    facts = desk(filed, "lead call 王芳 --phone 13812345678 --need 报价")
    assert (facts["staff"], facts["ground"]) == ("LI", "first_filer")
    (line,) = [row for row in filed.rows("today", user="LI") if row["kind"] == "lead_contact"]
    assert line["due"] == "2026-11-03"


@pytest.mark.rule("LED-08", "ORG-07")
def test_only_the_front_desk_and_those_above_enter_visitors(office) -> None:
    assert refused(office, "lead reception X --staff LI", user="LI") == (7, "not_your_right")
    office.ok("policy set rolemap.FD front_desk,rep")
    office.ok("lead reception X --staff LI", user="LI")


@pytest.mark.rule("LED-06", "LED-10")
def test_a_customer_who_comes_goes_to_his_owner(office) -> None:
    office.ok("customer add 东方电子 --staff HAN --contact 赵强 --phone 021-88886666", user="MA")
    facts = desk(office, "lead reception 赵强 --phone 02188886666")
    assert (facts["staff"], facts["lead"]) == ("HAN", None)
    assert office.sql("select customer_id is not null, lead_number from interaction") == [(1, None)]


@pytest.mark.rule("LED-06", "LED-11", "X-05")
def test_a_customer_out_of_the_pool_goes_to_who_gets_him_and_an_archived_one_comes_anew(office) -> None:
    office.ok("customer add 东方电子 --staff HAN --contact 赵强 --phone 021-88886666", user="MA")
    office.ok("customer release C0001 --reason 放回", user="MA")
    facts = desk(office, "lead reception 赵强 --phone 02188886666 --staff WANG")
    assert (facts["ground"], facts["known"], facts["lead"]) == ("chosen", True, None)
    assert [(row["move"], row["staff"]) for row in office.rows("customer owners C0001")][-1] == ("assigned", "WANG")
    assert desk(office, "lead reception 赵强 --phone 02188886666")["ground"] == "live_log"
    office.ok("customer archive C0001 --reason 关门", user="MA")
    office.sql("update interaction set day = '2026-01-01'")
    facts = desk(office, "lead reception 赵强 --phone 02188886666 --staff LI")
    assert (facts["known"], facts["lead"]) == (True, "LD-202611-0001")


@pytest.mark.rule("LED-01", "LED-06")
def test_the_rep_fills_the_confirmation_sheet(office) -> None:
    office.ok("lead reception 李雷 --phone 13900000001 --staff WANG", user="FD")
    assert [row["kind"] for row in office.rows("today", user="WANG")] == ["confirmation_sheet", "lead_contact"]
    assert refused(office, "lead confirm RE-202611-0001", user="WANG") == (2, "source_missing")
    assert refused(office, "lead confirm RE-202611-0001 --source fair", user="LI") == (7, "not_your_visitor")
    assert refused(office, "lead confirm RE-202611-0009 --source fair", user="LI") == (3, "reception_not_found")
    office.ok("lead confirm RE-202611-0001 --source friend_referral", user="WANG")
    assert office.sql("select source from lead") == [("friend_referral",)]
    assert [row["kind"] for row in office.rows("today", user="WANG")] == ["lead_contact"]
    assert office.rows("lead register --open-sheets", user="FD") == []


@pytest.mark.rule("LED-07", "AP-09")
def test_a_research_visit_is_made_up_for_by_the_next_stranger(office) -> None:
    office.ok("lead reception 调研员 --phone 13900000001 --staff WANG", user="FD")
    line = "lead research RE-202611-0001"
    assert refused(office, line, user="WANG") == (4, "joint_proof")
    proved = f"{line} --joint --proof 双方签字"
    assert refused(office, proved, user="WANG") == (5, "make_up_approval")
    office.run(f"{proved} --request 市场调研", user="WANG")
    office.ok("approve AP-202611-0001", user="FD")
    assert refused(office, proved, user="WANG")[0] == 5  # the director has not spoken yet
    office.ok("approve AP-202611-0001", user="DIR")
    office.ok(proved, user="WANG")
    assert office.sql("select state, closed from lead") == [("invalid", "2026-11-03")]
    facts = desk(office, "lead reception 新客 --phone 13900000002")
    assert (facts["staff"], facts["ground"]) == ("WANG", "make_up")
    assert refused(office, "lead reception 再来 --phone 13900000003", user="FD") == (4, "nobody_on_duty")
    assert refused(office, f"{proved}", user="WANG") == (6, "made_up")


@pytest.mark.rule("LED-09", "K-25")
def test_the_count_of_a_day_is_computed_told_once_and_reminded(filed) -> None:
    filed.ok("lead reception 王芳 --phone 13812345678", user="FD")
    filed.ok("lead reception 新客 --staff WANG", user="FD")
    filed.ok("lead call 赵强 --phone 13987654321 --minutes 9 --invited", user="FD")
    assert [row["ref"] for row in filed.rows("today", user="FD") if row["kind"] == "desk_count"] == ["2026-11-03"]
    (row,) = filed.rows("lead desk-report", user="FIN")
    figures = {
        "visitors": 2,
        "new_visitors": 1,
        "calls": 1,
        "new_callers": 1,
        "invited": 1,
        "long_calls": 1,
        "deviations": 0,
        "sheets_missing": 2,
    }
    assert {key: row[key] for key in figures} == figures
    assert (row["date"], row["told"]) == ("2026-11-03", None)
    filed.ok("lead desk-tell", user="FD")
    assert refused(filed, "lead desk-tell", user="FD") == (6, "told_already")
    assert refused(filed, "lead desk-tell --on tomorrow", user="FD") == (4, "day_ahead")
    assert filed.rows("lead desk-report", user="FD")[0]["told_by"] == "FD"
    assert [row for row in filed.rows("today", user="FD") if row["kind"] == "desk_count"] == []
    assert [row for row in filed.rows("today", user="LI") if row["kind"] == "desk_count"] == []
    late = filed.ok("lead call 晚来 --phone 13987654322 --minutes 1", user="FD")  # after the count was told
    assert "the count of 2026-11-03 was told already; tell it again" in late.err
    (line,) = [row for row in filed.rows("today", user="FD") if row["kind"] == "desk_count"]
    assert line["text"] == (
        "more came on 2026-11-03 after its count was told, 4 in the register by now: tell it again; salescli lead desk-tell --on 2026-11-03"
    )
    assert filed.ok("lead desk-report -f json", user="FD").json()["notes"] == [
        "more came on 2026-11-03 after it was told: salescli lead desk-tell --on 2026-11-03"
    ]
    assert "calls 2" in filed.ok("lead desk-tell", user="FD").out
    assert [row for row in filed.rows("today", user="FD") if row["kind"] == "desk_count"] == []
    assert filed.ok("lead desk-report -f json", user="FD").json()["notes"] == []
    assert refused(filed, "lead desk-tell", user="FD") == (6, "told_already")


@pytest.mark.rule("LED-09")
def test_the_rhythm_of_the_count_is_the_offices(office) -> None:
    office.ok("lead reception 新客 --staff WANG", user="FD")
    office.ok("policy set frontdesk.report weekly")
    assert [row["due"] for row in office.rows("today", user="FD")] == ["2026-11-08"]
    office.ok("policy set frontdesk.report off")
    assert office.rows("today", user="FD") == []


@pytest.mark.rule("LED-04", "LED-10", "X-05")
def test_lookup_tells_who_was_here_before_and_whose_he_is(filed) -> None:
    report = filed.run("lead lookup 新名字 --phone 13812345678 -f json", user="HAN").json()
    (row,) = report["rows"]
    assert (row["number"], row["staff"], row["same"], row["open"], row["live"], row["holds"]) == (
        "LD-202611-0001", "LI", "phone", True, False, True,
    )  # fmt: skip
    assert report["notes"] == ["By X-05 he belongs to LI (first filer)"]
    assert "phone" not in row
    assert filed.rows("lead lookup 谁也不是", user="HAN") == []
    assert [row["number"] for row in filed.rows(["lead", "lookup", "138 1234 5678"], user="HAN")] == ["LD-202611-0001"]


@pytest.mark.rule("ORG-08")
def test_a_rep_sees_his_own_visitors_only(office) -> None:
    office.ok("lead reception 甲 --phone 13900000001 --staff WANG", user="FD")
    office.ok("lead reception 乙 --phone 13900000002 --staff HAN", user="FD")
    assert [row["name"] for row in office.rows("lead register", user="HAN")] == ["乙"]
    assert len(office.rows("lead register --kind visitor", user="FD")) == 2
    assert office.rows("lead register --kind caller", user="FD") == []


@pytest.fixture
@made_once
def roster(office):
    """LI and WANG have the desk today, HAN tomorrow."""
    office.sql("INSERT INTO duty_group (id, name, position) VALUES (1, '一组', 1), (2, '二组', 2)")
    members = [(1, "LI", 1), (1, "WANG", 2), (2, "HAN", 1)]
    for group, code, place in members:
        office.sql("INSERT INTO duty_member (group_id, staff_id, position) SELECT ?, id, ? FROM staff WHERE code = ?", group, place, code)
    office.sql("INSERT INTO duty_day (day, group_id) VALUES ('2026-11-03', 1), ('2026-11-04', 2)")


@pytest.mark.rule("LED-06")
def test_strangers_go_round_the_days_group(roster) -> None:
    got = [desk(roster, f"lead reception 新客{n} --phone 1390000{n:04}") for n in range(3)]
    assert [facts["staff"] for facts in got] == ["LI", "WANG", "LI"]
    assert {facts["ground"] for facts in got} == {"duty"}
    assert desk(roster, "lead reception 明日客 --phone 13911110000", day="2026-11-04")["staff"] == "HAN"
    assert roster.rows("lead register", user="FD")[-1]["duty_group"] == "一组"
    assert refused(roster, "lead reception 后日客 --phone 13911110001", user="FD", day="2026-11-05") == (4, "nobody_on_duty")


@pytest.mark.rule("LED-06", "LED-11", "ORG-06")
def test_who_left_or_is_full_is_passed_over(roster) -> None:
    roster.ok("staff leave WANG --on 2026-11-01", user="MA")
    roster.ok("policy set pool.hold_cap 1")
    assert desk(roster, "lead reception 新客1 --phone 13900000001")["staff"] == "LI"
    assert refused(roster, "lead reception 新客2 --phone 13900000002", user="FD") == (4, "nobody_on_duty")


@pytest.mark.rule("LED-07")
def test_a_make_up_comes_before_the_duty_group_and_costs_no_turn(roster) -> None:
    desk(roster, "lead reception 调研员 --phone 13900000001")
    proved = "lead research RE-202611-0001 --joint --proof 双方签字"
    roster.run(f"{proved} --request 市场调研", user="LI")
    for user in ("FD", "DIR"):
        roster.ok("approve AP-202611-0001", user=user)
    roster.ok(proved, user="LI")
    assert [desk(roster, f"lead reception 客{n} --phone 1391111000{n}")["staff"] for n in range(3)] == ["LI", "WANG", "LI"]
