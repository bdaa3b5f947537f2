"""Leads as stories told at the command line: filing, doubles, following, stages, converting, losing, assigning."""

from __future__ import annotations

import pytest

LEAD = "LD-202611-0001"
NEEDS = '--need 打印机 --spec "A3 彩色" --quantity 12 --use 办公 --pain 漏粉 --solution "TN 系列"'


def code(result) -> str:
    return result.json()["error"]["code"]


def refused(book, line: str, **more) -> tuple[int, str]:
    result = book.run(f"{line} -f json", **more)
    return result.exit, code(result)


def one(book, line: str = f"lead show {LEAD}", **more) -> dict:
    (row,) = book.rows(line, **more)
    return row


def to_value(book, lead: str = LEAD, user: str = "LI") -> None:
    """Bring a lead to stage value by the rules."""
    book.ok(f'lead follow {lead} "first talk" --intent middle --next +3d', user=user)
    book.ok(f"lead edit {lead} {NEEDS}", user=user)
    book.ok(f"lead stage {lead} need", user=user)
    book.ok(f"lead stage {lead} value", user=user)


# --- filing ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("LED-01")
def test_the_source_is_always_asked(office) -> None:
    assert refused(office, "lead add 王芳", user="LI") == (2, "source_missing")
    assert refused(office, "lead add 王芳 --source 梦里", user="LI") == (3, "source_not_found")
    office.ok("lead add 王芳 --source 朋友介绍", user="LI", lang="zh")
    assert one(office)["source"] == "friend_referral"


@pytest.mark.rule("LED-01")
def test_an_office_adds_its_own_source_and_closes_it(office) -> None:
    assert office.run("lead source douyin --name 抖音", user="LI").exit == 7
    office.ok("lead source douyin --name 抖音", user="MA")
    office.ok("lead add 王芳 --source 抖音", user="LI")
    office.ok("lead source douyin --close", user="MA")
    assert refused(office, "lead add 李明 --source douyin", user="LI") == (3, "source_not_found")
    assert one(office)["source"] == "douyin"
    assert refused(office, "lead source fair --name 会", user="MA") == (6, "usual_source")
    assert refused(office, "lead source x --name fair", user="MA") == (4, "source_taken")


@pytest.mark.rule("LED-04", "LED-10")
def test_a_firm_with_a_short_name_is_known_as_well(office) -> None:
    office.ok("customer add 华信科技 --staff HAN", user="MA")
    office.ok("lead add 王芳 --company 欧阳天地 --source fair", user="HAN")
    office.ok("lead add 戊己公司 --source fair", user="HAN")
    for typed in ("李明 --company 华信科技", "李明 --company 欧阳天地", "华信科技", "戊己公司"):
        assert refused(office, f"lead add {typed} --source fair", user="LI") == (4, "second_claim")
    assert refused(office, "customer add 戊己公司", user="LI") == (4, "name_taken")
    assert "same name" in office.ok("lead add 欧阳天地 --source fair", user="LI").err  # perhaps a person, so it is only warned of


@pytest.mark.rule("LED-02", "LED-04")
def test_who_files_first_owns_it_and_the_filing_is_logged(filed) -> None:
    row = one(filed)
    assert (row["staff"], row["filed_by"], row["created"], row["state"], row["stage"]) == ("LI", "LI", "2026-11-03", "new", "develop")
    assert filed.sql("select move, owner_id is not null from owner_change") == [("created", 1)]
    assert filed.sql("select former, stage from stage_change") == [(None, "develop")]


@pytest.mark.rule("LED-04", "LED-10")
@pytest.mark.parametrize(
    "second",
    ["华信科技 --source phone", "陌生人 --phone '+86 138-1234-5678' --source phone", "'华信科技 有限责任公司' --source phone"],
)
def test_a_second_claim_is_refused_and_the_holder_named(filed, second: str) -> None:
    result = filed.run(f"lead add {second}", user="WANG")
    assert result.exit == 4
    assert "held by LI 李雷" in result.err
    assert "LED-04" in result.err
    assert filed.sql("select count(*) from lead")[0][0] == 1


@pytest.mark.rule("LED-10")
def test_customers_are_looked_at_as_well(office) -> None:
    office.ok("customer add 东方电子有限公司 --staff HAN --contact 赵强 --phone 021-88886666", user="MA")
    for line in ("lead add 东方电子 --source phone", "lead add 新人 --phone 02188886666 --source phone"):
        result = office.run(line, user="LI")
        assert result.exit == 4
        assert "held by HAN 韩梅" in result.err


@pytest.mark.rule("X-05")
def test_a_leader_lets_a_second_claim_stand_with_a_reason(filed) -> None:
    line = "lead add 华信科技 --source phone --override 两个部门分别采购"
    assert filed.run(line, user="WANG").exit == 7
    result = filed.ok(f"{line} --staff WANG", user="SU")
    assert "held by LI" in result.err
    assert "--override" not in result.err  # it has been decided
    assert filed.sql("select reason from owner_change order by id desc limit 1") == [("两个部门分别采购",)]
    (act,) = filed.rows("staff violations")
    assert (act["act"], act["staff"], act["detail"], act["reason"]) == ("deviating_allocation", "SU", "- > WANG", "两个部门分别采购")
    assert refused(filed, line, user="ZS") == (7, "not_your_holder")  # he leads neither LI nor WANG
    assert refused(filed, f"lead edit {LEAD} --phone 13900000001 --override x", user="LI") == (7, "not_your_right")


@pytest.mark.rule("LED-10")
def test_the_same_personal_name_only_warns(office) -> None:
    office.ok("lead add 王芳 --phone 13900000001 --source fair", user="LI")
    result = office.ok("lead add 王芳 --phone 13900000002 --source fair", user="WANG")
    assert "make sure it is somebody else" in result.err


@pytest.mark.rule("LED-05", "ORG-07")
def test_nobody_files_for_strangers_but_leaders_and_the_front_desk_file_for_their_people(office) -> None:
    assert refused(office, "lead add A公司项目 --source fair --staff WANG", user="LI") == (7, "not_your_team")
    assert refused(office, "lead add A公司项目 --source fair --staff HAN", user="SU") == (7, "not_your_team")
    office.ok("lead add A公司项目 --source fair --staff WANG", user="SU")
    office.ok("lead add B公司项目 --source fair --staff HAN", user="FD")
    for source in ("walk_in", "phone"):
        assert refused(office, f"lead add C公司项目 --source {source} --staff HAN", user="FD") == (4, "by_register")
        office.ok(f"lead add {source}公司项目 --source {source} --staff HAN", user="MA")


@pytest.mark.rule("LED-10", "X-05")
def test_an_opportunity_with_a_customer_is_his_owners(office) -> None:
    office.ok("customer add 东方电子 --code EAST --staff HAN", user="MA")
    assert office.run("lead add 续购 --customer EAST --source customer_referral", user="LI").exit == 3  # not in his sight
    assert refused(office, "lead add 续购 --customer EAST --source customer_referral --staff LI", user="MA") == (4, "not_your_customer")
    office.ok("lead add 续购 --customer EAST --source customer_referral", user="HAN")
    row = one(office)
    assert (row["customer"], row["state"], row["stage"]) == ("EAST", "converted", "develop")


@pytest.mark.rule("LED-11")
def test_the_holding_cap_counts_at_filing(office) -> None:
    office.ok("policy set pool.hold_cap 1")
    office.ok("lead add 甲公司项目 --source fair", user="LI")
    assert refused(office, "lead add 乙公司项目 --source fair", user="LI") == (4, "hold_cap")


@pytest.mark.rule("LED-10")
def test_changing_a_number_looks_for_doubles_again(filed) -> None:
    filed.ok("lead add 乙公司项目 --phone 13900000009 --source fair", user="WANG")
    assert refused(filed, f"lead edit {LEAD} --phone 139-0000-0009", user="LI") == (4, "second_claim")
    filed.ok(f"lead edit {LEAD} --phone 13911112222 --region 华东 --clear tax_no", user="LI")
    assert one(filed)["phone"] == "13911112222"
    assert filed.run("check lead_compared").exit == 0


# --- who sees and works what ----------------------------------------------------------------------------------------------------


@pytest.mark.rule("ORG-07", "ORG-08", "LED-02")
def test_leads_are_seen_by_owner_team_and_heads(filed) -> None:
    seen = {user: len(filed.rows("lead list", user=user)) for user in ("LI", "WANG", "SU", "ZS", "HAN", "MA")}
    assert seen == {"LI": 1, "WANG": 0, "SU": 1, "ZS": 0, "HAN": 0, "MA": 1}
    assert filed.run(f"lead show {LEAD}", user="HAN").exit == 3
    assert one(filed, user="FIN")["phone"] == "138****5678"
    filed.ok("staff add SVC 客服 --role service --superior MA")
    (change,) = filed.ok(f"lead edit {LEAD} --phone 13900000009 --dry-run -f json", user="SVC").json()["changes"]
    assert change["before"] == "138****5678"  # what is changed is no way to read it
    assert one(filed, user="SU")["phone"] == "13812345678"


@pytest.mark.rule("LED-02")
def test_a_team_reads_who_works_on_what_with_masked_numbers(filed) -> None:
    (row,) = filed.rows("lead list --team", user="WANG")
    assert (row["lead"], row["staff"], row["phone"]) == (LEAD, "LI", "138****5678")
    assert filed.rows("lead list --team", user="HAN") == []


@pytest.mark.rule("LED-04")
def test_another_reps_lead_is_not_worked(filed) -> None:
    assert filed.run(f"lead follow {LEAD} hi --next +3d", user="WANG").exit == 3
    filed.ok(f"lead follow {LEAD} hi --next +3d", user="SU")
    assert refused(filed, f"lead edit {LEAD} --region x", user="FIN") == (7, "not_your_right")


@pytest.mark.rule("ORG-08")
def test_leads_without_owner_are_seen_by_all_with_masked_numbers(filed) -> None:
    filed.ok(f"lead release {LEAD} --reason 太忙", user="LI")
    assert one(filed, user="HAN")["phone"] == "138****5678"
    assert refused(filed, f"lead follow {LEAD} hi --next +3d", user="HAN") == (4, "lead_in_pool")


# --- following --------------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("VIS-08", "LED-12")
def test_a_follow_up_needs_the_next_day_and_makes_the_lead_contacted(filed) -> None:
    assert refused(filed, f"lead follow {LEAD} hi", user="LI") == (4, "next_missing")
    assert refused(filed, f"lead follow {LEAD} hi --next today", user="LI") == (4, "next_too_early")
    result = filed.ok(f"lead follow {LEAD} 寄样品 --next +20d --intent high", user="LI")
    assert "later than 14 days" in result.err
    row = one(filed)
    assert (row["state"], row["intent"], row["next_on"], row["last_contact"]) == ("contacted", "high", "2026-11-23", "2026-11-03")


@pytest.mark.rule("VIS-01")
@pytest.mark.parametrize(("day", "problem"), [("tomorrow", "future_contact"), ("2026-11-02", "contact_before_lead")])
def test_a_contact_has_happened_since_the_lead_was_filed(filed, day: str, problem: str) -> None:
    assert refused(filed, f"lead follow {LEAD} hi --on {day} --next +5d", user="LI") == (4, problem)


@pytest.mark.rule("VIS-01")
def test_a_contact_is_recorded_within_days(filed) -> None:
    assert refused(filed, f"lead follow {LEAD} hi --on 2026-11-05 --next +5d", user="LI", day="2026-11-10") == (4, "contact_late")
    filed.ok(f"lead follow {LEAD} hi --on 2026-11-07 --next +5d", user="LI", day="2026-11-10")


@pytest.mark.rule("LED-13", "ST-03")
def test_a_lead_standing_still_is_questioned(filed) -> None:
    day = "2026-11-20"
    assert refused(filed, f"lead follow {LEAD} hi --next +3d", user="LI", day=day) == (4, "intent_missing")
    assert refused(filed, f"lead follow {LEAD} hi --next +3d --intent low", user="LI", day=day) == (4, "stall_reason")
    assert refused(filed, f"lead follow {LEAD} hi --next +3d --intent low --stall torn", user="LI", day=day) == (4, "stall_reason_unfit")
    assert [row["reason"] for row in filed.rows("lead stall", user="SU", day=day)] == [None]
    filed.ok(f"lead follow {LEAD} hi --next +3d --intent low --stall not_decided", user="LI", day=day)
    (row,) = filed.rows("lead stall", user="SU", day=day)
    assert (row["days_in_stage"], row["over_days"], row["intent"], row["reason"], row["said_on"]) == (17, 3, "low", "not_decided", day)
    assert filed.rows("lead stall --unexplained", user="SU", day=day) == []
    assert filed.run("lead stall --exit-code", user="SU", day=day).exit == 10
    filed.ok(f"lead release {LEAD} --reason x", user="LI", day=day)
    assert filed.rows("lead stall", user="SU", day=day) == []  # nobody has it, nobody is asked


@pytest.mark.rule("LED-13")
def test_superiors_comment_every_follow_up_and_the_owner_sees_it(filed) -> None:
    filed.ok(f"lead follow {LEAD} hi --next +9d", user="LI")
    filed.ok(f"lead comment {LEAD} 找拍板人 --on VS-202611-0001", user="SU")
    assert refused(filed, f"lead comment {LEAD} x --on VS-202611-0009", user="SU") == (3, "follow_up_not_found")
    assert filed.run(f"lead comment {LEAD} x", user="HAN").exit == 3
    (line,) = [row for row in filed.rows("lead log " + LEAD, user="LI") if row["kind"] == "comment"]
    assert (line["ref"], line["staff"], line["text"]) == ("VS-202611-0001", "SU", "找拍板人")
    assert [row["kind"] for row in filed.rows("today", user="LI")] == ["lead_comment"]
    filed.ok(f"lead comment {LEAD} 好的", user="LI")
    assert filed.rows("today", user="LI") == []


@pytest.mark.rule("CUS-09")
def test_a_promise_opens_a_task_and_is_kept_for_ever(filed) -> None:
    assert refused(filed, f"lead follow {LEAD} hi --next +3d --promise 样品", user="LI") == (2, "promise_due")
    filed.ok(f"lead follow {LEAD} hi --next +3d --promise 样品 --promise-due fri", user="LI")
    assert filed.sql("select text, due, document, rule, state from task") == [("样品", "2026-11-06", LEAD, "CUS-09", "open")]
    (line,) = [row for row in filed.rows(f"lead log {LEAD}") if row["kind"] == "follow_up"]
    assert line["promise"] == "样品"


@pytest.mark.rule("LED-03")
def test_leads_are_screened_and_nurtured(filed) -> None:
    filed.ok(f"lead screen {LEAD} target", user="LI")
    filed.ok(f"lead nurture {LEAD} 寄资料 --due +7d", user="LI")
    assert filed.sql("select text, rule, document from task") == [("寄资料", "LED-03", LEAD)]
    assert refused(filed, f"lead nurture {LEAD} 寄资料 --due yesterday", user="LI") == (2, "due_past")
    assert refused(filed, f"lead screen {LEAD} invalid", user="LI") == (2, "no_reason")
    filed.ok(f"lead screen {LEAD} invalid --reason 空号", user="LI")
    assert refused(filed, f"lead follow {LEAD} hi --next +3d", user="LI") == (6, "lead_closed")
    assert one(filed)["closed"] == "2026-11-03"


@pytest.mark.rule("LED-10")
def test_a_duplicate_names_the_lead_it_repeats(filed) -> None:
    filed.ok("lead add 乙公司项目 --source fair", user="WANG")
    assert refused(filed, "lead screen LD-202611-0002 duplicate", user="WANG") == (2, "duplicate_of")
    filed.ok(f"lead screen LD-202611-0002 duplicate --of {LEAD}", user="WANG")
    assert one(filed, "lead show LD-202611-0002")["duplicate_of"] == LEAD
    assert refused(filed, f"lead screen {LEAD} duplicate --of LD-202611-0002", user="LI") == (4, "duplicate_of_none")
    assert one(filed)["closed"] is None  # two of each other would leave none


# --- stages -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("LED-12", "ST-02")
def test_five_stages_each_with_what_it_must_establish(filed) -> None:
    result = filed.run(f"lead stage {LEAD} need -f json", user="LI")
    assert result.json()["error"]["facts"]["missing"] == ["intent", "contacted"]
    to_value(filed)
    filed.ok(f"lead objection {LEAD} 太贵", user="LI")
    filed.ok(f"lead edit {LEAD} --amount 48000 --expected eom", user="LI")
    assert refused(filed, f"lead stage {LEAD} negotiate", user="LI") == (4, "stage_exit")
    filed.ok(f"lead answer {LEAD} 1 单页成本更低", user="LI")
    filed.ok(f"lead stage {LEAD} negotiate", user="LI")
    assert "lead convert" in filed.run(f"lead stage {LEAD} deliver", user="LI").err
    filed.ok(f"lead convert {LEAD}", user="LI")
    filed.ok(f"lead stage {LEAD} deliver", user="LI")
    filed.ok(f"lead stage {LEAD} won", user="LI")
    moves = filed.sql("select former, stage from stage_change order by id")
    assert [stage for _former, stage in moves] == ["develop", "need", "value", "negotiate", "deliver", "won"]
    assert refused(filed, f"lead stage {LEAD} need --reason x", user="LI") == (6, "lead_closed")


@pytest.mark.rule("LED-12")
def test_skipping_going_back_and_pausing_take_a_reason(filed) -> None:
    filed.ok(f"lead follow {LEAD} hi --intent high --next +3d", user="LI")
    for to in ("value", "paused"):
        assert refused(filed, f"lead stage {LEAD} {to}", user="LI") == (4, "stage_reason")
    filed.ok(f"lead stage {LEAD} value --reason 电话已定型号", user="LI")
    assert refused(filed, f"lead stage {LEAD} develop", user="LI") == (4, "stage_reason")
    filed.ok(f"lead stage {LEAD} develop --reason 换了负责人", user="LI")
    filed.ok(f"lead stage {LEAD} paused --reason 明年预算", user="LI")
    assert one(filed)["next_on"] is None
    assert refused(filed, f"lead stage {LEAD} paused --reason x", user="LI") == (6, "same_stage")
    assert refused(filed, f"lead stage {LEAD} won --reason x", user="LI") == (6, "stage_move")
    log = [row["text"] for row in filed.rows(f"lead log {LEAD}") if row["kind"] == "stage"]
    assert log == [None, "电话已定型号", "换了负责人", "明年预算"]


@pytest.mark.rule("LED-12", "VIS-08")
def test_a_pause_is_no_way_round_what_a_stage_must_establish(filed) -> None:
    filed.ok(f"lead stage {LEAD} paused --reason 明年预算", user="LI")
    assert refused(filed, f"lead stage {LEAD} deliver --reason 又谈", user="LI") == (4, "stage_exit")
    filed.ok(f"lead stage {LEAD} develop --reason 又谈", user="LI", day="2026-11-05")
    assert one(filed)["next_on"] == "2026-11-05"  # somebody speaks to them again
    filed.ok(f"lead stage {LEAD} paused --reason 又停", user="LI", day="2026-11-05")
    filed.ok(f"lead stage {LEAD} develop --reason 又谈 --next 2026-11-12", user="LI", day="2026-11-06")
    assert one(filed)["next_on"] == "2026-11-12"


@pytest.mark.rule("LED-15")
def test_losing_takes_a_reason_and_another_offer(filed) -> None:
    assert refused(filed, f"lead lose {LEAD}", user="LI") == (2, "lost_reason")
    assert refused(filed, f"lead lose {LEAD} --reason 价格", user="LI") == (2, "alternative")
    assert refused(filed, f"lead stage {LEAD} lost --reason 价格", user="LI") == (2, "alternative")
    filed.ok(f"lead lose {LEAD} --reason 价格 --alternative 翻新机", user="LI")
    row = one(filed)
    assert (row["state"], row["stage"], row["lost_reason"], row["alternative"], row["score"]) == ("lost", "lost", "价格", "翻新机", 0)
    assert filed.rows("lead list", user="LI") == []
    assert len(filed.rows("lead list --closed", user="LI")) == 1


@pytest.mark.rule("LED-12")
def test_objections_and_answers_are_a_list_to_learn_from(filed) -> None:
    filed.ok(f"lead objection {LEAD} 太贵 --answer 单页成本低", user="LI")
    filed.ok(f"lead objection {LEAD} 服务远", user="LI")
    assert [row["objection"] for row in filed.rows("lead objections --unanswered", user="SU")] == ["服务远"]
    assert [row["answer"] for row in filed.rows("lead objections 成本", user="LI")] == ["单页成本低"]
    assert filed.rows("lead objections", user="HAN") == []
    assert refused(filed, f"lead answer {LEAD} 3 x", user="LI") == (3, "objection_not_found")


@pytest.mark.rule("LED-12")
def test_a_quantity_is_words_or_a_figure_above_nought(filed) -> None:
    for typed, kept in (("１２", "12"), ("1,200", "1200"), ("每月 50 支", "每月 50 支"), ("2.5", "2.5")):
        filed.ok(["lead", "edit", LEAD, "--quantity", typed], user="LI")
        assert filed.sql("SELECT quantity FROM lead") == [(kept,)]
    for typed in ("0", "-5", "－１", "0.0"):
        assert refused(filed, f"lead edit {LEAD} --quantity={typed}", user="LI") == (2, "no_quantity")


@pytest.mark.rule("CUS-09")
def test_a_promise_to_a_lead_is_a_task_and_the_answer_names_it(filed) -> None:
    told = filed.ok(f"lead follow {LEAD} hi --next +3d --promise 样品 --promise-due +2d", user="LI")
    assert "; the promise is task TK-202611-0001" in told.out
    (line,) = [row for row in filed.rows("today", user="LI", day="2026-11-05") if row["kind"] == "task"]
    assert (line["ref"], line["rule"], line["due"]) == (LEAD, "CUS-09", "2026-11-05")


@pytest.mark.rule("LED-14")
def test_the_score_explains_itself_and_sorts_the_list(filed) -> None:
    filed.ok("lead add 乙公司项目 --source fair", user="LI")
    filed.ok(f"lead follow {LEAD} hi --intent high --next +3d", user="LI")
    parts = filed.rows(f"lead score {LEAD}", user="LI")
    assert [(p["part"], p["points"]) for p in parts] == [("stage", 10), ("intent", 15), ("recency", 15)]
    assert filed.run(f"lead score {LEAD} -f json", user="LI").json()["totals"]["points"] == 40
    assert [row["score"] for row in filed.rows("lead list --sort -score", user="LI")] == [40, 10]


# --- converting -------------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("LED-10", "LED-11", "CUS-09")
def test_a_lead_becomes_a_customer_once_with_its_history(filed) -> None:
    filed.ok(f"lead follow {LEAD} 谈价 --next +3d --promise 样品 --promise-due fri", user="LI")
    done = filed.ok(f"lead convert {LEAD}", user="LI")
    assert "contacts 1, promises 1" in done.out
    assert refused(filed, f"lead convert {LEAD}", user="LI") == (6, "converted_before")
    assert filed.sql("select name, source, staff_id = (select id from staff where code = 'LI') from customer") == [
        ("华信科技有限公司", "fair", 1)
    ]
    assert filed.sql("select name, phone from contact") == [("王芳", "13812345678")]
    assert filed.sql("select customer_id, lead_number from interaction") == [(1, LEAD)]
    assert filed.sql("select text, due, state from promise") == [("样品", "2026-11-06", "open")]
    assert filed.sql("select state, result from task") == [("dropped", "PM-202611-0001")]
    assert filed.sql("select move, reason from owner_change where customer_id is not null") == [("converted", LEAD)]
    assert filed.run("check").exit == 0


@pytest.mark.rule("LED-10")
def test_converting_checks_doubles_again(office) -> None:
    office.ok("customer add 华信科技股份有限公司 --staff HAN", user="MA")
    office.ok("lead add 华信科技 --source fair --staff LI --override 两个部门", user="MA")
    assert refused(office, f"lead convert {LEAD}", user="LI") == (4, "second_claim")
    assert refused(office, f"lead convert {LEAD} --customer C0001", user="MA") == (4, "not_your_customer")
    assert one(office)["state"] == "new"


@pytest.mark.rule("LED-10")
def test_a_lead_joins_a_customer_of_its_owner(filed) -> None:
    filed.ok("customer add 华信集团 --code HX --staff LI", user="MA")
    filed.ok(f"lead convert {LEAD} --customer HX", user="LI")
    assert one(filed)["customer"] == "HX"
    assert filed.sql("select count(*) from customer")[0][0] == 1


@pytest.mark.rule("LED-11")
def test_converting_at_the_cap_changes_nothing_held(filed) -> None:
    filed.ok("policy set pool.hold_cap 1")
    filed.ok(f"lead convert {LEAD}", user="LI")
    assert refused(filed, "lead add 乙公司项目 --source fair", user="LI") == (4, "hold_cap")


@pytest.mark.rule("VIS-01", "VIS-02")
def test_a_visit_to_a_lead_is_in_depth_when_need_and_next_step_are_said(filed) -> None:
    filed.ok(f"lead follow {LEAD} 看过机房 --channel visit --next +3d", user="LI")
    filed.ok(f"lead follow {LEAD} 谈了预算 --channel visit --need 打印机 --step 报价 --next +3d", user="LI")
    assert filed.sql("select in_depth from interaction order by id") == [(0,), (1,)]


# --- assigning --------------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("LED-05", "AP-10")
def test_the_leader_decides_after_the_needs_list(filed) -> None:
    assert refused(filed, f"lead assign {LEAD} WANG --reason 熟悉", user="SU") == (4, "needs_list")
    filed.ok(f'lead edit {LEAD} --need 打印机 --equipment "12 台 A3"', user="LI")
    filed.ok(f"lead assign {LEAD} WANG --reason 熟悉", user="SU")
    row = one(filed)
    assert (row["staff"], row["assigned_by"]) == ("WANG", "SU")
    assert refused(filed, f"lead assign {LEAD} WANG --reason x", user="SU") == (6, "same_owner")
    assert filed.run(f"lead assign {LEAD} HAN --reason x", user="SU").exit == 5


@pytest.mark.rule("LED-05", "AP-10")
def test_a_rep_asks_and_the_leader_grants(filed) -> None:
    filed.ok(f'lead edit {LEAD} --need 打印机 --equipment "12 台 A3"', user="LI")
    line = f"lead assign {LEAD} WANG --reason 熟悉"
    assert refused(filed, line, user="LI") == (5, "leader_decides")
    assert filed.run(f'{line} --request "他熟悉这家"', user="LI").exit == 5
    filed.ok("approve AP-202611-0001", user="SU")
    filed.ok(line, user="LI")
    assert one(filed)["staff"] == "WANG"
    filed.ok(f"lead assign {LEAD} LI --reason 回来", user="SU")
    assert refused(filed, line, user="LI") == (5, "leader_decides")  # what was granted is used up


@pytest.mark.rule("LED-11", "ORG-06", "CUS-09")
def test_changing_hands_keeps_the_log_and_passes_the_tasks_on(filed) -> None:
    filed.ok(f"lead follow {LEAD} hi --next +3d --promise 样品 --promise-due fri", user="LI")
    filed.ok(f"lead edit {LEAD} --need a --equipment b", user="LI")
    filed.ok(f"lead assign {LEAD} WANG --reason 熟悉", user="SU")
    people = dict(filed.sql("select code, id from staff"))
    change = filed.sql("select former_id, owner_id, operator_id, move, reason from owner_change order by id desc limit 1")
    assert change == [(people["LI"], people["WANG"], people["SU"], "assigned", "熟悉")]
    assert filed.sql("select staff_id from task") == [(people["WANG"],)]
    assert [row["text"] for row in filed.rows(f"lead log {LEAD}", user="WANG") if row["kind"] == "follow_up"] == ["hi"]


@pytest.mark.rule("ORG-06", "LED-11")
def test_who_left_or_is_full_gets_no_lead(filed) -> None:
    filed.ok(f"lead edit {LEAD} --need a --equipment b", user="LI")
    filed.ok("lead add 乙公司项目 --source fair", user="WANG")
    filed.ok("policy set pool.hold_cap 1")
    assert refused(filed, f"lead assign {LEAD} WANG --reason x", user="SU") == (4, "hold_cap")
    filed.ok("staff leave WANG --on 2026-11-01", user="MA")
    assert refused(filed, f"lead assign {LEAD} WANG --reason x", user="SU") == (4, "owner_left")


@pytest.mark.rule("LED-11")
def test_a_leads_owner_after_conversion_is_its_customers(filed) -> None:
    filed.ok(f"lead convert {LEAD}", user="LI")
    assert refused(filed, f"lead assign {LEAD} WANG --reason x", user="SU")[0] == 6
