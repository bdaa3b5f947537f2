"""Posts, staffing chart, span: the four documents of the organisation (ORG-01, ORG-04)."""

from __future__ import annotations

import pytest

from tests.conftest import made_once


def code(result) -> tuple[int, str]:
    return result.exit, result.json()["error"]["code"]


@pytest.fixture
@made_once
def posts(office):
    office.ok(
        'staff post add 销售代表 --unit Sales --duties "visit customers" --authority "discount to 5%" --skills printers --headcount 3'
    )
    office.ok("staff post add 销售主管 --unit Sales --duties lead --authority hire --skills teams --headcount 1")
    for person in ("LI", "HAN"):
        office.ok(f"staff edit {person} --post 销售代表")
    for person in ("WANG", "ZHOU"):
        office.ok(f"staff edit {person} --post 销售主管")


@pytest.mark.rule("ORG-01")
def test_a_person_has_strengths_and_the_duties_of_his_post(posts) -> None:
    posts.ok("staff edit LI --strengths 'large accounts, English' --grade A2")
    (row,) = posts.rows("staff show LI")
    assert (row["strengths"], row["grade"]) == ("large accounts, English", "A2")
    assert (row["duties"], row["authority"], row["skills"]) == ("visit customers", "discount to 5%", "printers")
    assert posts.rows("staff show FIN")[0]["duties"] is None


@pytest.mark.rule("ORG-01")
def test_a_post_without_written_duties_is_warned_about(office) -> None:
    done = office.ok("staff post add Porter --duties carry")
    assert "no written authority, skills" in done.err
    assert office.rows("staff post list")[0]["written"] is False
    assert "no written" not in office.ok("staff post edit Porter --authority none --skills strong").err


@pytest.mark.rule("ORG-04")
def test_the_staffing_chart_counts_places_people_and_vacancies(posts) -> None:
    posts.ok("staff edit FIN --post Bookkeeper")
    report = posts.ok("staff staffing -f json").json()
    rows = {row["post"]: row for row in report["rows"]}
    assert (rows["销售代表"]["headcount"], rows["销售代表"]["filled"], rows["销售代表"]["vacant"]) == (3, 2, 1)
    assert (rows["销售主管"]["vacant"], rows["销售主管"]["surplus"]) == (0, 1)
    assert rows["销售代表"]["people"] == "HAN 韩梅梅, LI 李雷"
    assert rows["Bookkeeper"]["headcount"] is None
    assert report["totals"] == {"headcount": 4, "filled": 5, "vacant": 1, "surplus": 1, "wanted": None}
    assert report["notes"] == ["Posts without a description: Bookkeeper", "Without a post: ADMIN, MA, ZENG"]


@pytest.mark.rule("ORG-04")
def test_a_job_description_is_shown_renamed_and_closed(posts) -> None:
    (row,) = posts.rows("staff post show 代表")
    assert (row["post"], row["duties"], row["holders"]) == ("销售代表", "visit customers", "HAN, LI")
    posts.ok("staff post edit 代表 --name 客户代表")
    assert posts.rows("staff show LI")[0]["post"] == "客户代表"
    assert code(posts.run("staff post close 客户代表 -f json")) == (6, "post_held")
    for person in ("LI", "HAN"):
        posts.ok(f"staff edit {person} --clear post")
    posts.ok("staff post close 客户代表")
    assert [row["post"] for row in posts.rows("staff post list")] == ["销售主管"]
    assert code(posts.run("staff post add 客户代表 -f json")) == (4, "post_taken")
    assert code(posts.run("staff post show nothing -f json")) == (3, "post_not_found")
    assert posts.run("staff post show 销售", day="2026-11-03").exit == 0


@pytest.mark.rule("ORG-04")
def test_duties_are_looked_at_again_after_a_year(posts) -> None:
    due = {row["post"]: row["review_due"] for row in posts.rows("staff post list")}
    assert due == {"销售主管": "2027-11-03", "销售代表": "2027-11-03"}
    lines = posts.rows("today MA", day="2027-10-31")
    assert [(row["kind"], row["due"], row["rule"]) for row in lines if row["kind"] == "duty_review"] == [
        ("duty_review", "2027-11-03", "ORG-04"),
        ("duty_review", "2027-11-03", "ORG-04"),
    ]
    assert not [row for row in posts.rows("today LI", day="2027-10-31") if row["kind"] == "duty_review"]
    posts.ok("staff post review 代表", day="2027-10-31")
    assert [row["post"] for row in posts.rows("staff post list --due", day="2027-11-03")] == ["销售主管"]


@pytest.mark.rule("ORG-04")
def test_nobody_leads_more_than_he_can(office) -> None:
    office.ok("policy set org.max_span 2")
    done = office.ok("staff add XU 许静 --role rep --superior WANG")
    assert "WANG leads 3 people; more than 2 are too many for one" in done.err
    assert "[ORG-04]" in done.err
    assert "WANG leads 3 people" in office.ok("staff tree").out
    assert "WANG leads 3 people" in office.run("check staff_span").err + office.run("check staff_span").out
    assert "leads" not in office.ok("staff edit XU --superior ZHOU").err
    assert office.run("check staff_span").exit == 0


@pytest.mark.rule("ORG-04")
def test_the_function_chart_shares_the_whole_task(office) -> None:
    office.ok("staff edit LI --post 销售代表")
    office.ok("customer add One --code C1")
    office.ok("product add P1 Toner")
    orders = "order,date,customer,sku,quantity,amount,staff\nO-1,2026-11-02,C1,P1,1,300.00,LI\nO-2,2026-11-02,C1,P1,1,100.00,HAN\n"
    office.ok(["import", "orders", str(office.file("orders.csv", orders))])
    rows = office.rows("staff functions")
    shares = [(row["staff"], row["value"], row["share"]) for row in rows]
    assert shares == [("LI", "300.00", "75.00"), ("HAN", "100.00", "25.00"), ("WANG", None, None)]


@pytest.mark.rule("ORG-07")
def test_who_keeps_no_files_describes_no_posts(posts) -> None:
    for line in ("staff post add X", "staff post edit 代表 --headcount 9", "staff post review 代表", "staff post close 代表"):
        assert posts.run(line, user="LI").exit == 7
    posts.ok("staff post list", user="LI")


@pytest.mark.rule("ORG-11")
def test_from_a_vacancy_to_a_colleague(posts) -> None:
    done = posts.ok("staff vacancy add 代表 --needed-by 2026-12-31 --channels fair --reason 'new region'")
    assert "VA-202611-0001: 1 sought as 销售代表" in done.out
    assert {row["post"]: row["wanted"] for row in posts.rows("staff staffing")}["销售代表"] == 1
    posts.ok("staff candidate add VA-202611-0001 许静 --phone 13600001111 --channel fair")
    posts.ok("staff candidate add VA-202611-0001 郑强")
    assert code(posts.run("staff candidate decide CA-202611-0001 hire -f json")) == (4, "trial_missing")
    posts.ok("staff candidate score CA-202611-0001 --papers 70 --interview 80")
    refused = posts.run("staff candidate decide CA-202611-0001 hire")
    assert "has not passed role play yet" in refused.err
    posts.ok("staff candidate score CA-202611-0001 --role-play 55")
    refused = posts.run("staff candidate decide CA-202611-0001 hire -f json").json()["error"]
    assert (refused["code"], refused["facts"]["score"], refused["facts"]["standard"]) == ("below_standard", 55, 60)
    posts.ok("staff post edit 代表 --standard 50")
    assert "staff add CODE" in posts.ok("staff candidate decide CA-202611-0001 hire").out
    posts.ok("staff candidate decide CA-202611-0002 refuse --reason 'no licence'")
    rows = posts.rows("staff candidate list VA-202611-0001")
    assert [(row["name"], row["average"], row["verdict"]) for row in rows] == [("许静", 68, "hired_candidate"), ("郑强", None, "refused")]
    assert code(posts.run("staff candidate score CA-202611-0001 --papers 1 -f json")) == (6, "candidate_decided")
    (row,) = posts.rows("staff vacancy list")
    assert (row["wanted"], row["hired"], row["candidates"]) == (1, 1, 2)
    posts.ok("staff vacancy close VA-202611-0001")
    assert posts.rows("staff vacancy list") == []
    assert code(posts.run("staff candidate add VA-202611-0001 Late -f json")) == (6, "vacancy_closed")


@pytest.mark.rule("ORG-11")
def test_a_leader_may_take_somebody_below_the_standard_for_a_reason(posts) -> None:
    posts.ok("staff vacancy add 代表")
    posts.ok("staff candidate add VA-202611-0001 许静")
    posts.ok("staff candidate score CA-202611-0001 --papers 90 --interview 90 --role-play 10")
    posts.ok("staff candidate decide CA-202611-0001 reserve")
    posts.ok("staff candidate decide CA-202611-0001 hire --reason 'speaks Uighur'")
    assert posts.rows("staff candidate list")[0]["reason"] == "speaks Uighur"
    for line in ("staff candidate list", "staff vacancy add 代表", "staff candidate decide CA-202611-0001 refuse"):
        assert posts.run(line, user="LI").exit == 7
    assert posts.run("staff candidate score CA-202611-0009 --papers 1").exit == 3
    assert posts.run("staff candidate add VA-9 X").exit == 3


@pytest.mark.rule("ORG-04", "ORG-11")
def test_seeking_more_than_there_is_room_for_is_warned_about(posts) -> None:
    assert "销售代表 has 3 places, 2 are filled: 2 more are beyond the plan" in posts.ok("staff vacancy add 代表 --wanted 2").err


# --- screens of the whole second half of the room -----------------------------------------------------------------------

SCREENS = {
    "post_list": "staff post list",
    "post_show": "staff post show 代表",
    "staffing": "staff staffing",
    "guarantor_off": "staff guarantor set LI 李刚 --until 2027-12-31",
    "guarantor_list": "staff guarantor list",
    "duty_set": "staff duty set A --members LI,HAN --on 2026-11-03",
    "duty_rotate": "staff duty rotate --period 2026-11-04..2026-11-06",
    "duty_today": "staff duty today",
    "duty_list": "staff duty list",
    "attendance_late": "staff attendance late HAN --minutes 12",
    "attendance_list": "staff attendance list",
    "attendance_pot": "staff attendance pot --period 2026-11",
    "attendance_refused": "staff attendance propose --period 2026-11",
    "request_add": "staff request add ZENG 'network drawing' --kind presales --due 2026-11-05",
    "request_between": "staff request add LI price? --company 明达公司",
    "request_list": "staff request list --all",
    "vacancy_add": "staff vacancy add 代表 --wanted 2 --channels fair",
    "candidate_add": "staff candidate add VA-202611-0001 许静",
    "candidate_score": "staff candidate score CA-202611-0001 --papers 70 --interview 80 --role-play 50",
    "candidate_refused": "staff candidate decide CA-202611-0001 hire",
    "candidate_list": "staff candidate list",
    "violations": "staff violations",
    "help_handover": "staff handover -h",
    "help_group": "staff -h",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens(posts, golden, lang: str) -> None:
    posts.ok("policy set penalty.mode propose")
    for name, line in SCREENS.items():
        result = posts.run(line, lang=lang)
        golden(f"staff/office_{name}.{lang}.txt", f"$ salescli {line}\n{result.out}{result.err}[{result.exit}]\n")


# --- the manual page ----------------------------------------------------------------------------------------------------


def test_the_second_part_of_the_manual_page_runs_on_the_demo_book(demo) -> None:
    import re
    from pathlib import Path

    page = (Path(__file__).parents[2] / "docs" / "staff.md").read_text(encoding="utf-8")
    lines = page.split("## The office around them")[1].split("```")[1].strip().splitlines()
    for line in lines:
        command = re.split(r"\s{3,}", line)[0]
        demo.ok(command)
        if re.search(r" (list|today|pot|staffing|functions|holds)\b", command):
            for row in demo.ok(f"{command} -f json").rows[:1]:
                assert [key for key in row if key not in page] == [], command
    assert demo.run("check").exit == 0
