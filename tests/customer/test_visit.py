"""Visits as stories told at the command line: recorded, judged, counted; calls after deliveries; appointments (VIS-01..08)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core import context
from salescli.customer import rules_visit as rules
from salescli.customer.actions_visit import clean_time

HUAXIN, EAST = "C0001", "C0002"  # 华信科技有限公司 of LI, 东方电子 of ZENG
FULL = "--need '50 toners' --feedback 'price high' --step 'send a quote' --next +7d"
DAY = "2026-11-03"


def visit(office, customer: str = HUAXIN, more: str = FULL, **how) -> str:
    return office.ok(f"customer visit {customer} {more} -f json", **{"user": "LI", **how}).json()["document"]


# --- the record ---------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("VIS-01")
def test_a_visit_is_recorded_with_all_its_fields(office) -> None:
    done = office.ok(
        f"customer visit 华信 {FULL} --at 9:30 --contact 王芳 --purpose 'yearly needs' --preparation samples --talk 'spoke of toner' "
        "--problem 'late twice' --minutes 40 --with WANG",
        user="LI",
    )
    assert "VS-202611-0001: visit at C0001 华信科技有限公司 on 2026-11-03, next contact on 2026-11-10" in done.out
    (row,) = office.rows("visit show VS-202611-0001", user="LI")
    assert (row["time"], row["contact"], row["joint"], row["minutes"], row["in_depth"]) == ("09:30", "王芳", "WANG", 40, True)
    assert (row["need"], row["feedback"], row["next_step"], row["next"]) == ("50 toners", "price high", "send a quote", "2026-11-10")
    assert (row["review"], row["entered"], row["late_days"]) == ("recorded", DAY, 0)


@pytest.mark.rule("VIS-01", "VIS-08")
@pytest.mark.parametrize(
    ("more", "code", "status"),
    [
        ("--feedback a --step b --next +7d", "visit_incomplete", 4),
        ("--need a --feedback b --next +7d", "visit_incomplete", 4),
        ("--need a --feedback b --step c", "visit_incomplete", 4),
        (f"{FULL} --on tomorrow", "future_visit", 4),
        (f"{FULL} --on -4d", "visit_late", 4),
        ("--need a --feedback b --step c --next today", "next_too_early", 4),
        (f"{FULL} --with LI", "joint_self", 2),
        (f"{FULL} --at 25:00", "bad_time", 2),
        (f"{FULL} --promise samples", "promise_due", 2),
    ],
)
def test_a_record_that_is_not_true_or_not_whole_is_refused(office, more: str, code: str, status: int) -> None:
    refused = office.run(f"customer visit {HUAXIN} {more} -f json", user="LI")
    assert (refused.exit, refused.json()["error"]["code"]) == (status, code)
    assert refused.json()["error"]["hint"] or status == 2 or code == "next_too_early"
    assert office.sql("select count(*) from interaction") == [(0,)]


@pytest.mark.rule("VIS-01")
def test_every_gap_of_a_record_is_told_at_once(office) -> None:
    refused = office.run(f"customer visit {HUAXIN} -f json", user="LI").json()
    assert [p["facts"]["option"] for p in refused["problems"]] == ["--need", "--feedback", "--step", "--next"]


def test_a_short_visit_and_a_call_need_less_and_get_their_next_day_by_the_plan(office) -> None:
    office.ok(f"visit add {HUAXIN} --short --talk 'brought the catalogue'", user="LI")
    assert office.run(f"visit add {HUAXIN} --short", user="LI").exit == 4  # an empty one would hold the pool and bring a point
    office.ok(f"visit add {HUAXIN} --channel call --talk 'asked for samples'", user="LI")
    assert office.sql("select in_depth, next_on from interaction order by id") == [
        (0, "2026-11-17"),
        (0, "2026-11-17"),
    ]  # prospects: 14 days


@pytest.mark.rule("VIS-08", "X-20")
def test_a_next_contact_too_soon_or_too_late_is_warned_of(office) -> None:
    soon = office.ok(f"customer visit {HUAXIN} --need a --feedback b --step c --next +30d", user="LI")
    assert "30 days away, later than 14 days" in soon.err
    office.ok("policy set followup.min_gap_days 3")
    assert "sooner than 3 days" in office.ok(f"visit add {HUAXIN} --channel call --talk x --next +1d", user="LI").err


@pytest.mark.rule("ORG-07")
def test_visits_are_written_for_oneself_or_ones_team(office) -> None:
    assert office.run(f"customer visit {EAST} {FULL}", user="LI").exit == 3  # not his customer
    assert visit(office, HUAXIN, f"{FULL} --staff LI", user="WANG") == "VS-202611-0001"
    assert office.run(f"customer visit {HUAXIN} {FULL} --staff HAN", user="LI").exit == 7


@pytest.mark.rule("VIS-06", "SVC-01")
def test_a_complaint_becomes_the_owners_task_and_points_to_the_ticket(office) -> None:
    done = office.ok(f"customer visit {HUAXIN} {FULL} --complaint 'second drum broken'", user="LI")
    assert f"salescli service open {HUAXIN} TEXT --document VS-202611-0001" in done.out
    assert office.sql("select document, rule, due, state from task") == [("VS-202611-0001", "VIS-06", DAY, "open")]


def test_an_archived_customer_is_not_visited(office) -> None:
    office.sql("update customer set archived_on = '2026-11-01', archived_reason = 'gone' where code = 'C0001'")
    assert office.run(f"customer visit {HUAXIN} {FULL}").exit == 6


# --- the superior's word ------------------------------------------------------------------------------------------------------


@pytest.mark.rule("VIS-01", "ORG-03")
def test_only_a_superior_accepts_and_nobody_himself(office) -> None:
    number = visit(office)
    own = office.run(f"visit accept {number} -f json", user="LI")
    assert own.exit == 7
    assert office.run(f"visit accept {number}", user="ZHOU").exit in (3, 7)  # another team
    assert office.ok(f"visit accept {number}", user="WANG").out.startswith(f"{number} is accepted")
    assert office.run(f"visit accept {number}", user="WANG").exit == 6
    mine = visit(office, HUAXIN, FULL, user="WANG")
    refused = office.run(f"visit accept {mine} -f json", user="WANG")
    assert (refused.exit, refused.json()["error"]["rule"]) == (7, "ORG-03")


@pytest.mark.rule("VIS-01", "ORG-03")
def test_who_wrote_a_record_down_for_somebody_does_not_accept_it(office) -> None:
    number = visit(office, HUAXIN, f"{FULL} --staff LI", user="WANG")
    own = visit(office, HUAXIN, f"{FULL} --on yesterday")
    for line in (f"visit accept {number}", f"visit reject {number} --reason x"):
        refused = office.run(f"{line} -f json", user="WANG")
        assert (refused.exit, refused.json()["error"]["code"], refused.json()["error"]["rule"]) == (7, "own_record", "ORG-03")
    assert office.ok("visit accept --all-of LI", user="WANG").out.startswith(f"{own} is accepted")  # the other one is not hers to accept
    assert [row["kind"] for row in office.rows("today", user="WANG") if row["kind"] == "visit_waiting"] == []
    (line,) = (row for row in office.rows("today", user="MA") if row["kind"] == "visit_waiting")
    assert (line["ref"], line["rule"]) == (number, "VIS-01")
    assert "(MA)" in next(row["text"] for row in office.rows("today --all", user="MA") if row["kind"] == "visit_waiting")
    assert office.rows(f"visit show {number}", user="LI")[0]["entered_by"] == "WANG"
    assert office.ok(f"visit accept {number}", user="MA").out.startswith(f"{number} is accepted")
    assert office.run("check visit_judged").exit == 0
    office.sql("update interaction set reviewed_by = entered_by where number = ?", number)
    assert number in office.run("check visit_judged").err


@pytest.mark.parametrize("typed", ["9:30", "09:30", "９:３０", "9：30", " 9:30 "])
def test_a_time_of_day_may_be_typed_in_full_width(typed: str) -> None:
    assert clean_time(typed) == "09:30"


@pytest.mark.rule("VIS-01", "VIS-06", "LED-11")
def test_a_contact_of_which_nothing_is_said_is_none(office) -> None:
    for line, rule in ((f"visit add {HUAXIN} --channel call --next +3d", "VIS-01"), (f"visit call {HUAXIN} --solved", "VIS-06")):
        refused = office.run(f"{line} -f json", user="LI")
        assert (refused.exit, refused.json()["error"]["code"], refused.json()["error"]["rule"]) == (4, "nothing_said", rule)
    assert "add it: --talk TEXT" in office.run(f"visit add {HUAXIN} --channel message --contact 王芳", user="LI").err
    assert office.run(f"visit add {HUAXIN} --channel message --talk .", user="LI").exit == 4  # a dot is no word
    assert office.run(f"customer visit {HUAXIN} --need . --feedback 。 --step - --next +7d", user="LI").exit == 4
    office.ok("lead add 新来的 --source fair", user="LI")
    assert office.run("lead follow LD-202611-0001 ... --next +3d", user="LI").exit == 4
    assert office.sql("SELECT count(*) FROM interaction") == [(0,)]  # the pool's clock runs on
    office.ok(f"visit add {HUAXIN} --channel message --promise 样品 --promise-due +2d", user="LI")
    office.ok(f"visit call {HUAXIN} --opinion good", user="LI")


@pytest.mark.rule("VIS-01")
def test_a_rejected_record_is_mended_and_waits_again(office) -> None:
    number = visit(office)
    assert office.run(f"visit reject {number}", user="WANG").exit == 2
    office.ok(f"visit reject {number} --reason 'nobody was there'", user="WANG")
    assert any(row["kind"] == "visit_rejected" for row in office.rows("today", user="LI"))
    assert office.run(f"visit edit {number} --need x", user="HAN").exit in (3, 7)
    changed = office.ok(f"visit edit {number} --need '60 toners' -f json", user="LI").json()
    assert [(change["field"], change["after"]) for change in changed["changes"]] == [("need", "60 toners"), ("review", "recorded")]
    assert office.sql(f"SELECT reviewed_by, reviewed_on FROM interaction WHERE number = '{number}'") == [(None, None)]
    assert office.rows("visit list --review recorded", user="LI")[0]["number"] == number
    office.ok(f"visit accept {number}", user="WANG")
    assert office.run(f"visit edit {number} --need x", user="LI").exit == 6


def test_all_of_one_person_are_accepted_at_once(office) -> None:
    visit(office)
    visit(office)
    assert "2 records are accepted" in office.ok("visit accept --all-of LI", user="WANG").out
    assert "no record of LI waits" in office.ok("visit accept --all-of LI", user="WANG").out
    assert office.run("visit accept", user="WANG").exit == 2


@pytest.mark.rule("VIS-09")
def test_the_superior_hears_of_records_that_wait(office) -> None:
    visit(office)
    line = next(row for row in office.rows("today", user="WANG") if row["kind"] == "visit_waiting")
    assert "1 visit of LI waits for your word" in line["text"]


# --- lists --------------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("X-13")
def test_an_office_visit_is_due_the_next_morning(office) -> None:
    visit(office, HUAXIN, f"{FULL} --on -1d")
    visit(office, HUAXIN, f"{FULL} --on -3d")
    assert [(row["date"], row["late_days"]) for row in office.rows("visit list", user="LI")] == [("2026-11-02", 0), ("2026-10-31", 2)]


@pytest.mark.rule("ORG-07", "CUS-01")
def test_history_goes_with_the_customer(office) -> None:
    number = visit(office)
    assert office.rows("visit list", user="HAN") == []
    office.ok(f"customer transfer {HUAXIN} --to HAN --reason 换人", user="WANG")
    assert [row["number"] for row in office.rows(f"visit list --customer {HUAXIN}", user="HAN")] == [number]
    assert office.rows(f"visit show {number}", user="HAN")[0]["staff"] == "LI"
    assert [row["kind"] for row in office.rows(f"customer history {HUAXIN}", user="HAN")].count("visit") == 1
    assert office.run(f"visit show {number}", user="ZENG").exit == 3


def test_the_list_is_narrowed_and_cut(office) -> None:
    for day in ("-2d", "-1d", "today"):
        visit(office, HUAXIN, f"{FULL} --on {day}")
    visit(office, HUAXIN, f"{FULL} --with WANG")
    assert len(office.rows("visit list --limit 2", user="LI")) == 2
    assert len(office.rows("visit list --joint", user="LI")) == 1
    assert len(office.rows("visit list --period 2026-11-02", user="LI")) == 1
    assert office.rows("visit list --channel call", user="LI") == []


# --- points -------------------------------------------------------------------------------------------------------------------


def accepted(office, days: int, customer: str = HUAXIN) -> None:
    for n in range(days):
        office.ok(f"customer visit {customer} {FULL}", user="LI", day=f"2026-10-{n + 1:02}")
    office.ok("visit accept --all-of LI", user="WANG", day="2026-10-30")


@pytest.mark.rule("VIS-02", "X-06")
def test_a_point_per_customer_and_day_from_accepted_visits_only(office) -> None:
    visit(office)
    visit(office)  # the same customer, the same day
    rejected = visit(office, HUAXIN, f"{FULL} --on -1d")
    office.ok(f"visit add {HUAXIN} --channel call --talk x", user="LI")
    office.ok(f"visit reject {rejected} --reason untrue", user="WANG")
    assert next(r for r in office.rows("visit points", user="WANG") if r["staff"] == "LI")["points"] == 0
    office.ok("visit accept --all-of LI", user="WANG")
    row = next(r for r in office.rows("visit points", user="WANG") if r["staff"] == "LI")
    assert (row["points"], row["in_depth"], row["rejected"], row["waiting"]) == (1, 2, 1, 0)
    assert (row["required"], row["short"], row["penalty"]) == (30, 29, False)  # the month is not over


@pytest.mark.rule("X-06", "X-22")
def test_who_is_without_a_first_day_counts_from_the_books_first_day_on(office) -> None:
    office.sql("UPDATE staff SET hired = NULL")
    office.sql("UPDATE history SET day = '2026-10-19' WHERE id = 1")  # ten of eighteen working days of October are left
    for period, required, penalty in (("2026-09", 0, False), ("2026-10", 17, True), ("2026-11", 30, False)):
        (row,) = office.rows(f"visit points --period {period} --staff LI", user="WANG")
        assert (row["required"], row["penalty"]) == (required, penalty), period


@pytest.mark.rule("VIS-05", "VIS-08", "CUS-02", "CUS-12", "X-20")
def test_days_once_given_stay_when_the_office_changes_its_numbers(office) -> None:
    """First call, file, answer, review: counted by the numbers of the day they began; what begins later takes the new ones."""
    delivered(office, "O-1", "2026-10-20")
    office.ok("lead add 网上来的 --source web_message", user="LI")
    office.ok(f"customer edit {HUAXIN} --class key", user="MA")
    numbers = "followup.first_max_days 30,followup.first_min_days 9,inquiry.answer_days 5,customer.file_days 9,customer.review_months 1"
    for number in numbers.split(","):
        office.ok(f"policy set {number} --from 2026-11-04", day="2026-11-04")

    def due(kind: str) -> set[str]:
        return {row["due"] for row in office.rows("today", user="LI", day="2026-11-05") if row["kind"] == kind}

    assert (due("first_call"), due("inquiry"), due("customer_file")) == ({"2026-10-27"}, {"2026-11-03"}, {"2026-11-05"})
    assert [row["due"] for row in office.rows("customer review list", user="MA", day="2026-11-05")] == ["2027-02-03"]
    office.ok("lead add 又一个 --source web_message", user="LI", day="2026-11-05")
    office.ok("customer add 新来的", user="LI", day="2026-11-05")
    assert (due("inquiry"), due("customer_file")) == ({"2026-11-03", "2026-11-10"}, {"2026-11-05", "2026-11-14"})
    asked = office.rows("visit answers --period 2026-11", user="LI", day="2026-11-06")
    assert [(row["name"], row["in_time"]) for row in asked] == [("网上来的", False), ("又一个", None)]


@pytest.mark.rule("VIS-02", "X-06")
def test_three_points_missing_at_the_months_end_mean_one_cleaning(office) -> None:
    accepted(office, 5)
    for target, penalty in (("8", True), ("7", False)):
        office.ok(f"policy set visit.month_points {target}", day="2026-11-01")
        office.sql("update policy_value set valid_from = '2026-01-01' where key = 'visit.month_points' and valid_from = '2026-11-01'")
        row = next(r for r in office.rows("visit points --period 2026-10", user="WANG") if r["staff"] == "LI")
        assert (row["points"], row["short"], row["penalty"]) == (5, int(target) - 5, penalty)
    assert {r["staff"] for r in office.rows("visit points --period 2026-10 --short", user="WANG")} == {"HAN"}


@pytest.mark.rule("X-06")
def test_newcomers_and_leave_are_counted_by_the_days_they_were_there(office) -> None:
    office.ok("staff edit LI --hired 2026-10-19")
    office.ok("staff deputise HAN LI --until 2026-10-31", day="2026-10-26")
    office.ok("staff deputise LI HAN --until 2026-10-31", day="2026-10-26", user="LI")  # nobody gives himself leave
    rows = {r["staff"]: r["required"] for r in office.rows("visit points --period 2026-10", user="WANG")}
    days = {r["staff"]: r["working_days"] for r in office.rows("visit points --period 2026-10", user="WANG")}
    total = days["LI"] + len([d for d in range(1, 19) if date(2026, 10, d).weekday() < 5 and d > 7]) + 1  # 10 October was worked
    assert rows["LI"] == round(30 * days["LI"] / total)
    assert rows["HAN"] < 30
    office.ok("policy set visit.pro_rata no")
    office.sql("update policy_value set valid_from = '2026-01-01' where key = 'visit.pro_rata' and value = 'no'")
    assert {r["required"] for r in office.rows("visit points --period 2026-10", user="WANG")} == {30}


@pytest.mark.rule("VIS-02")
def test_visits_a_working_day(office) -> None:
    accepted(office, 3)
    row = next(r for r in office.rows("visit points --period 2026-10", user="WANG") if r["staff"] == "LI")
    assert (row["in_depth"], row["enough"]) == (3, False)
    assert row["per_day"] == f"{round(300 / row['working_days']) / 100:.2f}"
    assert office.run("visit points --period 2026-W44").exit == 2


@pytest.mark.rule("VIS-02", "VIS-09")
def test_a_rep_hears_of_missing_points_at_the_months_end(office) -> None:
    assert not [r for r in office.rows("today", user="LI", day="2026-11-20") if r["kind"] == "visit_points"]
    assert [r["due"] for r in office.rows("today", user="LI", day="2026-11-21") if r["kind"] == "visit_points"] == ["2026-11-30"]


@given(target=st.integers(0, 1000), total=st.integers(0, 31), present=st.integers(-5, 40))
def test_required_points_lie_between_nothing_and_the_target(target: int, total: int, present: int) -> None:
    found = rules.required_points(target, present, total, pro_rata=True)
    assert 0 <= found <= target
    assert rules.required_points(target, present, total, pro_rata=False) == target
    if 0 <= present < total:
        assert found <= rules.required_points(target, present + 1, total, pro_rata=True)
    if total:
        assert rules.required_points(target, total, total, pro_rata=True) == target


@given(points=st.integers(0, 100), required=st.integers(0, 100), limit=st.integers(1, 50))
@pytest.mark.rule("X-06")
def test_the_penalty_falls_at_the_limit_and_only_when_the_month_is_over(points: int, required: int, limit: int) -> None:
    short = rules.shortfall(points, required)
    assert short == max(0, required - points)
    assert rules.is_penalised(short, limit, over=True) == (required - points >= limit)
    assert not rules.is_penalised(short, limit, over=False)


# --- after deliveries -----------------------------------------------------------------------------------------------------------


def delivered(office, number: str, day: str, customer: int = 1, staff: str = "LI", state: str = "confirmed") -> None:
    office.sql(
        f"insert into sales_order (number, date, customer_id, staff_id, state, kept_delivered_on) values "
        f"('{number}', '{day}', {customer}, (select id from staff where code = '{staff}'), '{state}', '{day}')"
    )


@pytest.mark.rule("VIS-05")
@pytest.mark.parametrize(
    ("day", "late"), [("2026-10-22", None), ("2026-10-23", 0), ("2026-10-27", 0), ("2026-10-28", 1), ("2026-11-19", 23)]
)
def test_the_first_call_is_due_from_day_3_to_day_7(office, day: str, late: int | None) -> None:
    delivered(office, "O-1", "2026-10-20")
    found = office.rows("visit due --kind first_call", user="LI", day=day)
    assert [row["late_days"] for row in found] == ([] if late is None else [late])
    if found:
        assert (found[0]["earliest"], found[0]["due"], found[0]["ref"]) == ("2026-10-23", "2026-10-27", "O-1")


@pytest.mark.rule("VIS-05", "X-20")
def test_a_call_in_time_settles_it_and_one_too_early_does_not(office) -> None:
    delivered(office, "O-1", "2026-10-20")
    early = office.ok(f"visit call {HUAXIN} --opinion good", user="LI", day="2026-10-22")
    assert "2 days after the delivery of 2026-10-20 is too early" in early.err
    assert len(office.rows("visit due --kind first_call", user="LI", day="2026-10-24")) == 1
    assert "too early" not in office.ok(f"visit call {HUAXIN} --opinion good", user="LI", day="2026-10-24").err
    assert office.rows("visit due --kind first_call", user="LI", day="2026-10-24") == []


@pytest.mark.rule("SVC-03", "VIS-05")
def test_what_was_delivered_puts_help_and_training_on_the_day_list(office) -> None:
    """The first call is the task: how the goods are used, what he was taught; more training becomes a ticket of that kind."""
    delivered(office, "O-1", "2026-10-20")
    (line,) = [row for row in office.rows("today", user="LI", day="2026-10-23") if row["kind"] == "first_call"]
    assert (line["ref"], line["due"]) == ("O-1", "2026-10-27")
    assert f"salescli visit call {HUAXIN}" in line["text"]
    office.ok(f"visit call {HUAXIN} --usage 'twice a day' --know-how 'changed a drum'", user="LI", day="2026-10-24")
    assert [row for row in office.rows("today", user="LI", day="2026-10-24") if row["kind"] == "first_call"] == []
    assert office.sql("select usage, know_how from after_sales_call") == [("twice a day", "changed a drum")]
    office.ok(f"service open {HUAXIN} 'show the new clerk' --kind training", user="LI", day="2026-10-24")
    assert [row["kind"] for row in office.rows("service list", user="LI", day="2026-10-24")] == ["training"]


@pytest.mark.rule("VIS-05")
def test_calls_of_drafts_of_long_ago_and_of_who_left(office) -> None:
    delivered(office, "O-1", "2026-10-20", state="draft")
    delivered(office, "O-2", "2026-09-01")
    assert office.rows("visit due --kind first_call", user="LI") == []
    delivered(office, "O-3", "2026-10-25", staff="HAN")
    assert office.rows("visit due --kind first_call", user="LI") == []  # HAN took the order
    office.ok("staff leave HAN --on 2026-10-31", day="2026-10-31")
    assert [row["staff"] for row in office.rows("visit due --kind first_call", user="LI")] == ["LI"]


@pytest.mark.rule("VIS-06")
def test_a_call_keeps_its_sheet_and_notes_wishes_apart(office) -> None:
    number = office.ok(
        f"visit call {HUAXIN} --usage '200 pages' --opinion good --need drums --know-how cleaning --services rental --events 'fair in May' "
        "--advice 'original toner' --wish 'a second tray' --hope 'a discount' --answer 'we shall see' --solved -f json",
        user="LI",
    ).json()["document"]
    (row,) = office.rows(f"visit show {number}", user="LI")
    assert (row["channel"], row["usage"], row["know_how"], row["solved"]) == ("after_sales", "200 pages", "cleaning", True)
    assert (row["request"], row["hope"], row["answer"], row["complaint"]) == ("a second tray", "a discount", "we shall see", None)


@given(day=st.dates(date(2020, 1, 1), date(2030, 1, 1)), least=st.integers(0, 30), more=st.integers(0, 60), gone=st.integers(0, 200))
@pytest.mark.rule("VIS-05")
def test_a_window_is_late_only_after_its_last_day(day: date, least: int, more: int, gone: int) -> None:
    window = rules.first_call_window(day, least, least + more)
    assert window.earliest <= window.latest
    assert window.late(day + timedelta(gone)) == max(0, gone - least - more)


# --- revisits and next contacts -------------------------------------------------------------------------------------------------


@pytest.mark.rule("VIS-07", "CUS-10")
def test_who_was_not_contacted_for_the_interval_of_his_class_is_due(office) -> None:
    office.sql("update customer set owner_since = '2026-08-10' where code in ('C0001', 'BLUE')")  # class A, none
    assert [(r["customer"], r["due"]) for r in office.rows("visit due --kind revisit")] == [(HUAXIN, "2026-09-09")]
    assert {r["customer"] for r in office.rows("visit due --kind revisit", day="2026-11-08")} == {HUAXIN, "BLUE"}
    visit(office)
    assert office.rows("visit due --kind revisit") == []
    assert [r["customer"] for r in office.rows("visit due --kind next_contact", day="2026-11-10")] == [HUAXIN]


@pytest.mark.rule("VIS-08", "VIS-09")
def test_the_next_contact_stands_on_the_day_list_until_there_is_one(office) -> None:
    visit(office)
    assert [r["ref"] for r in office.rows("today", user="LI", day="2026-11-09") if r["kind"] == "next_contact"] == []
    (line,) = [r for r in office.rows("today", user="LI", day="2026-11-12") if r["kind"] == "next_contact"]
    assert (line["customer"], line["due"], line["late_days"]) == (HUAXIN, "2026-11-10", 2)
    visit(office, day="2026-11-12")
    assert [r for r in office.rows("today", user="LI", day="2026-11-12") if r["kind"] == "next_contact"] == []


@pytest.mark.rule("VIS-08")
def test_a_rejected_record_was_no_contact(office) -> None:
    number = visit(office)
    office.ok(f"visit reject {number} --reason untrue", user="WANG")
    assert office.sql("select kept_contact_on, kept_next_on from customer where code = 'C0001'") == [(None, None)]
    assert office.ok("check customer_last_contact").exit == 0


@pytest.mark.rule("VIS-09")
def test_a_day_list_shows_ten_of_a_kind_and_counts_the_rest(office) -> None:
    for n in range(12):
        office.ok(f"customer add 客户{n} --staff LI", day="2026-01-05")
    rows = office.rows("today", user="LI")
    assert sum(r["kind"] == "revisit" for r in rows) == 10
    assert any(r["kind"] == "more" and "2 more of revisit: salescli visit due --kind revisit --staff LI" in r["text"] for r in rows)
    for n in range(3):
        office.ok(f"customer add 另一客户{n} --staff ZHOU", day="2026-01-05")
    everybody = [r for r in office.rows("today --all") if r["kind"] == "revisit"]
    assert (sum("(LI)" in r["text"] for r in everybody), sum("(ZHOU)" in r["text"] for r in everybody)) == (10, 3)


@pytest.mark.rule("VIS-08", "K-26")
def test_inquiries_and_their_first_answer(office) -> None:
    office.ok("lead add 求购硒鼓 --source web_message --phone 13700001111", user="LI", day="2026-11-02")
    office.ok("lead add 打印机 --source phone --phone 13700002222", user="LI", day="2026-11-03")
    lead = office.sql("select number from lead where name = '求购硒鼓'")[0][0]
    office.ok(f"lead follow {lead} '报价已发' --next +3d", user="LI", day="2026-11-03")
    rows = {r["name"]: (r["days"], r["in_time"]) for r in office.rows("visit answers", user="LI")}
    assert rows == {"求购硒鼓": (1, False), "打印机": (0, None)}


# --- joint visits and appointments ------------------------------------------------------------------------------------------------


@pytest.mark.rule("PLN-07", "K-21")
def test_a_superior_owes_each_rep_two_joint_visits_a_week(office) -> None:
    visit(office, HUAXIN, f"{FULL} --with WANG")
    office.ok(f"visit appoint {HUAXIN} --on fri --purpose review --staff LI --with WANG", user="WANG")
    rows = {r["staff"]: (r["joint"], r["planned"], r["missing"]) for r in office.rows("visit joint", user="WANG")}
    assert rows == {"LI": (1, 1, 1), "HAN": (0, 0, 2)}
    assert not [r for r in office.rows("today", user="WANG", day="2026-11-04") if r["kind"] == "joint_visit"]
    lines = [r["text"] for r in office.rows("today", user="WANG", day="2026-11-05") if r["kind"] == "joint_visit"]
    assert any("LI 李雷: 1 of 2 joint visits this week, 1 planned" in text for text in lines)
    assert len(lines) == 2


@pytest.mark.rule("VIS-04")
def test_an_appointment_is_prepared_and_kept_by_the_visit(office) -> None:
    done = office.ok(
        f"visit appoint {HUAXIN} --on fri --at 14:00 --purpose 'show the toner' --prepare 'two samples' -f json", user="LI"
    ).json()
    number = done["document"]
    items = office.rows(f"visit checklist {number}", user="LI")
    assert [(i["kind"], i["ready"]) for i in items] == [(k, False) for k in ("needs", "pains", "papers", "demo_tools", "other")]
    assert "papers ready, 1 of 5" in office.ok(f"visit prepare {number} 3 'price list'", user="LI").out
    assert office.run(f"visit prepare {number} 9", user="LI").exit == 3
    line = next(r for r in office.rows("today", user="LI", day="2026-11-05") if r["kind"] == "appointment")
    assert "prepared 1 of 5" in line["text"]
    visit(office, day="2026-11-06")
    (row,) = office.rows("visit appointments --state all", user="LI")
    assert (row["state"], row["visit"]) == ("visited", "VS-202611-0001")
    assert office.run(f"visit move {number} --reason x", user="LI").exit == 6


@pytest.mark.rule("VIS-04")
def test_an_appointment_is_moved_or_called_off_for_a_reason(office) -> None:
    number = office.ok(f"visit appoint {HUAXIN} --on fri --purpose x -f json", user="LI").json()["document"]
    office.ok(f"visit move {number} --to +10d --reason 'he is ill'", user="LI")
    assert office.rows("visit appointments", user="LI")[0]["date"] == "2026-11-13"
    office.ok(f"visit move {number} --reason 'not needed'", user="LI")
    assert office.rows("visit appointments", user="LI") == []
    assert office.run(f"visit appoint {HUAXIN} --on yesterday --purpose x", user="LI").exit == 2
    assert office.run(f"visit appoint {HUAXIN} --on fri --purpose x --staff ZENG", user="WANG").exit == 7


def test_an_appointment_nobody_spoke_of_again_is_asked_for(office) -> None:
    office.ok(f"visit appoint {HUAXIN} --on fri --purpose x", user="LI")
    line = next(r for r in office.rows("today", user="LI", day="2026-11-09") if r["kind"] == "appointment")
    assert (line["late_days"], "neither kept nor called off" in line["text"]) == (3, True)


# --- elsewhere ----------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("AR-04")
def test_the_overdue_list_knows_the_last_contact(office) -> None:
    office.sql(
        "insert into receivable (number, customer_id, staff_id, date, due_date, amount, kept_open, kind, held) "
        "values ('R-1', 1, 4, '2026-09-01', '2026-10-01', 10000, 10000, 'invoice', 0)"
    )
    visit(office, HUAXIN, f"{FULL} --on -1d")
    assert office.rows("ar overdue")[0]["last_contact"] == "2026-11-02"
    assert office.rows("ar overdue --as-of 2026-11-01")[0]["last_contact"] is None


@pytest.mark.rule("KPI-06", "K-21")
def test_visits_and_points_are_ranked(office) -> None:
    visit(office)
    visit(office)
    office.ok("visit accept --all-of LI", user="WANG")
    assert [(r["key"], r["value"]) for r in office.rows("kpi rank --metric visits")] == [("LI", 2)]
    assert [(r["key"], r["value"]) for r in office.rows("kpi rank --metric visit_points --by customer")] == [(HUAXIN, 1)]
    assert office.run("kpi rank --metric visits --by product").exit == 2


@pytest.mark.rule("VIS-13")
def test_the_week_tells_joint_visits_and_at_the_months_end_points(office) -> None:
    visit(office)
    assert not [r for r in office.rows("week", user="LI") if r["kind"] == "visit_points"]
    (line,) = [r for r in office.rows("week", user="LI", day="2026-11-30") if r["kind"] == "visit_points"]
    assert (line["section"], line["text"]) == ("missing", "0 of 30 points in the month, 1 record waits")
    assert any(r["kind"] == "joint_visit" for r in office.rows("week WANG", user="WANG"))


def test_import_keeps_author_and_time(office) -> None:
    office.file(
        "visits.csv",
        "客户,跟进时间,跟进人,跟进方式,跟进内容,下次跟进时间\n"
        "华信科技有限公司,2025-11-05 14:30,LI,拜访,谈年度需求,2025-11-20\n东方电子,2025/12/1,曾伟,电话,询价,\n",
    )
    office.ok("import visits visits.csv")
    assert office.sql("select number, day, time, channel, staff_id, review, entered from interaction order by id") == [
        ("VS-202511-0001", "2025-11-05", "14:30", "visit", 4, "accepted", DAY),
        ("VS-202512-0001", "2025-12-01", None, "call", 7, "accepted", DAY),
    ]
    assert office.sql("select kept_contact_on, kept_next_on from customer where code = 'C0001'") == [("2025-11-05", "2025-11-20")]
    again = office.ok("import visits visits.csv")
    assert office.sql("select count(*) from interaction") == [(2,)], again.out
    assert office.rows("visit points --period 2025-11")[0]["points"] in (0, 1)
    assert office.ok("check").exit == 0


@pytest.mark.rule("DAT-02", "X-22")
def test_a_time_in_a_column_of_its_own_is_kept_and_nothing_imported_is_late(office) -> None:
    office.file("apart.csv", "客户,日期,时间,业务员\nBLUE,2026-10-05,14:30,HAN\nBLUE,2026-10-06,9:05:33,HAN\nBLUE,2026-10-07,,HAN\n")
    office.ok("import visits apart.csv")
    assert office.sql("select day, time from interaction order by day") == [
        ("2026-10-05", "14:30"), ("2026-10-06", "09:05"), ("2026-10-07", None),
    ]  # fmt: skip
    assert office.ok("import visits apart.csv -f json").json()["facts"]["skipped"] == 3
    assert {row["late_days"] for row in office.rows("visit list", user="HAN")} == {0}
    assert office.ok("visit show VS-202610-0001 -f json", user="HAN").json()["rows"][0]["late_days"] == 0
    office.file("wrong.csv", "客户,日期,时间,业务员\nBLUE,2026-10-08,25:10,HAN\n")
    refused = office.run("import visits wrong.csv")
    assert (refused.exit, '时间: "25:10": this is no time of day; write it as 14:30' in refused.err) == (9, True)


def test_a_bad_row_of_an_import_is_named(office) -> None:
    office.file(
        "visits.csv",
        "customer,date,staff,channel\n华信科技有限公司,2027-01-01,LI,visit\nnobody,2025-01-01,LI,visit\nBLUE,2025-01-01,HAN,pigeon\n",
    )
    refused = office.run("import visits visits.csv -f json")
    assert refused.exit == 9
    assert [p["code"] for p in refused.json()["problems"]][:3] == ["in_future", "unknown_customer", "unknown_channel"]


def test_what_is_exported_comes_back_unchanged(office) -> None:
    visit(office, HUAXIN, f"{FULL} --at 9:30 --contact 王芳")
    office.ok("export visits -o visits.csv")
    office.ok("import visits visits.csv")
    assert office.sql("select count(*) from interaction") == [(1,)]


# --- screens ------------------------------------------------------------------------------------------------------------------

SCREENS = {
    "record": f"customer visit {HUAXIN} {FULL} --contact 王芳 --complaint 送货太慢 --promise 样品 --promise-due fri",
    "incomplete": f"customer visit {HUAXIN}",
    "future": f"customer visit {HUAXIN} {FULL} --on tomorrow",
    "list": "visit list",
    "show": "visit show VS-202611-0001",
    "points": "visit points",
    "due": "visit due --ahead 14",
    "checklist": "visit checklist VP-202611-0001",
    "joint": "visit joint",
    "own": "visit accept VS-202611-0001",
    "help": "visit --help",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens(office, golden, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "clock_time", lambda: "18:30")
    office.ok(f"visit appoint {HUAXIN} --on fri --at 14:00 --purpose 看样品 --with WANG", user="LI")
    office.ok(f"customer visit {HUAXIN} {FULL} --on -1d", user="LI")
    for name, line in SCREENS.items():
        result = office.run(line, lang=lang, user="LI")
        golden(f"visit/{name}.{lang}.txt", f"$ salescli {line}\n{result.out}{result.err}[{result.exit}]\n")


@pytest.mark.rule("VIS-01", "VIS-06")
def test_what_a_call_said_is_mended_and_not_taken_back(office) -> None:
    office.ok("customer visit 华信 --channel call --talk 'he wants ten'", user="LI")
    refused = office.run(["visit", "edit", "VS-202611-0001", "--talk", "", "-f", "json"], user="LI")
    assert (refused.exit, refused.json()["problems"][0]["code"]) == (4, "nothing_said")
    office.ok(["visit", "edit", "VS-202611-0001", "--talk", "", "--need", "ten boxes"], user="LI")
    office.ok("customer visit 华信 --channel call --promise 'a sample' --promise-due 2026-11-09", user="LI")
    office.ok("visit edit VS-202611-0002 --contact 王芳", user="LI")  # it said nothing but its promise before
