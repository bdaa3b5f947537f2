"""Satisfaction: scores, averages, a task on a low one; order cycles and what comes next (CUS-08, CUS-11, CUS-13)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.customer import rules_care as rules

HUAXIN, EAST = "C0001", "C0002"


def ordered(office, *days: str, customer: int = 1, staff: str = "LI") -> None:
    for day in days:
        office.sql(
            f"insert into sales_order (number, date, customer_id, staff_id, state) values "
            f"('O-{customer}-{day}', '{day}', {customer}, (select id from staff where code = '{staff}'), 'confirmed')"
        )


TASKS = "select t.number, s.code from task t join staff s on s.id = t.staff_id where t.rule = 'CUS-11' order by t.id"


@pytest.mark.rule("CUS-11", "ORG-03")
def test_a_low_score_becomes_a_task_of_who_stands_above_whom_it_is_about(office) -> None:
    """C0001 is LI's; LI and HAN stand below WANG, WANG and ZHOU below MA, MA below ADMIN."""
    done = office.ok(f"customer survey add {HUAXIN} --score 2 --comment 送货太慢 --contact 王芳", user="SVC")
    assert "SU-202611-0001: C0001 华信科技有限公司 gives 2 of 5; WANG sees to it: TK-202611-0001" in done.out
    assert "task done" not in done.out  # not hers to settle
    assert office.sql("select s.code, t.due, t.rule, t.document from task t join staff s on s.id = t.staff_id") == [
        ("WANG", "2026-11-05", "CUS-11", "SU-202611-0001")
    ]
    assert "sees to it" not in office.ok(f"customer survey add {HUAXIN} --score 3", user="SVC").out
    office.ok("policy set survey.low_score 3")
    assert "由 WANG 跟进" in office.ok(f"customer survey add {HUAXIN} --score 3", user="SVC", lang="zh").out
    for about in ("ZENG", "MA"):
        office.ok(f"customer survey add {HUAXIN} --score 1 --about {about}", user="SVC")
    office.ok("customer survey add 无主商行 --score 1", user="SVC")  # nobody's: who asked
    assert [code for _number, code in office.sql(TASKS)] == ["WANG", "WANG", "ZHOU", "ADMIN", "SVC"]


@pytest.mark.rule("CUS-11", "ORG-03", "ORG-06")
def test_a_low_score_is_never_settled_by_whom_it_is_about(office) -> None:
    own = office.ok(f"customer survey add {HUAXIN} --score 1", user="LI")
    assert "task done" not in own.out
    assert office.run("task done TK-202611-0001 --result ok", user="LI").exit == 7
    office.ok("staff add CHOU 周楚 --role rep --superior MA")
    office.ok("staff handover WANG --to LI")  # the heir is whom it is about: his superior sees to it
    assert office.sql(TASKS) == [("TK-202611-0001", "MA")]
    office.ok("customer survey add BLUE --score 1", user="ADMIN")
    office.sql("update staff set superior_id = null where code = 'MA'")
    office.ok("customer survey add BLUE --score 1 --about MA", user="ADMIN")  # at the top: who asked
    assert [code for _number, code in office.sql(TASKS)][1:] == ["MA", "ADMIN"]
    office.ok("task done TK-202611-0001 --result 主管致歉", user="MA")


@pytest.mark.rule("CUS-11", "K-12")
def test_averages_and_what_was_changed(office) -> None:
    for score, customer, day in ((5, HUAXIN, "2026-11-02"), (2, HUAXIN, "2026-11-02"), (4, EAST, "2026-11-02"), (1, HUAXIN, "2026-10-20")):
        office.ok(f"customer survey add {customer} --score {score}", day=day)
    rows = {r["key"]: (r["count"], r["mean"], r["low"], r["previous"]) for r in office.rows("customer survey averages")}
    assert rows == {"LI": (2, "3.50", 1, "1.00"), "ZENG": (1, "4.00", 0, None)}
    assert office.ok("customer survey list -f json").json()["totals"] == {"mean": "3.00"}
    assert len(office.rows("customer survey list --low")) == 2
    office.ok("customer survey improve SU-202611-0002 专车送货", user="LI")
    assert {r["measure"] for r in office.rows("customer survey list --customer 华信", user="LI")} == {None, "专车送货"}
    assert office.run("customer survey improve SU-202611-0003 x", user="LI").exit == 3  # not his customer
    assert [(r["key"], r["value"]) for r in office.rows("kpi rank --metric satisfaction")] == [("ZENG", "80.00"), ("LI", "70.00")]


@pytest.mark.rule("CUS-11")
@pytest.mark.parametrize(("line", "status"), [("--score 0", 2), ("--score 6", 2), ("--score 3 --on tomorrow", 4), ("", 2)])
def test_a_score_is_one_to_five_and_was_given(office, line: str, status: int) -> None:
    assert office.run(f"customer survey add {HUAXIN} {line}").exit == status


@pytest.mark.rule("CUS-11", "VIS-09")
def test_buyers_are_asked_every_90_days(office) -> None:
    ordered(office, "2026-06-01")
    (row,) = office.rows("visit due --kind survey")
    assert (row["since"], row["due"]) == ("2026-06-01", "2026-08-30")
    office.ok(f"customer survey add {HUAXIN} --score 5")
    assert office.rows("visit due --kind survey") == []
    assert len(office.rows("visit due --kind survey", day="2027-02-01")) == 1
    assert [r["rule"] for r in office.rows("today", user="LI", day="2027-02-01") if r["kind"] == "survey"] == ["CUS-11"]


@given(scores=st.lists(st.integers(1, 5), min_size=1, max_size=50))
@pytest.mark.rule("K-12")
def test_the_mean_lies_between_the_scores(scores: list[int]) -> None:
    mean = rules.mean_score(sum(scores), len(scores))
    assert mean is not None
    assert 100 * min(scores) <= mean <= 100 * max(scores)
    assert rules.mean_score(0, 0) is None


# --- what comes next ------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("CUS-08")
def test_the_next_need_and_service_are_noted_and_reminded_of(office) -> None:
    office.ok(f"customer need {HUAXIN} '年底换硒鼓 50 支' --service 2026-11-20", user="LI")
    shown = office.ok(f"customer show {HUAXIN}", user="LI").out
    assert "next need: 年底换硒鼓 50 支" in shown
    assert "next service on 2026-11-20" in shown
    assert not [r for r in office.rows("today", user="LI", day="2026-11-16") if r["kind"] == "next_service"]
    assert [r["due"] for r in office.rows("today", user="LI", day="2026-11-17") if r["kind"] == "next_service"] == ["2026-11-20"]
    office.ok(f"customer need {HUAXIN} --clear", user="LI")
    assert office.rows("visit due --kind next_service --ahead 30", user="LI") == []
    assert office.run(f"customer need {HUAXIN}", user="LI").exit == 2


@pytest.mark.rule("CUS-13")
def test_the_order_cycle_and_its_reminder(office) -> None:
    ordered(office, "2026-06-01", "2026-07-01", "2026-07-31", "2026-07-31".replace("31", "30"))
    (row,) = office.rows("customer cycle")
    assert (row["orders"], row["cycle_days"], row["expected"], row["remind"]) == (4, 20, "2026-08-20", "2026-08-24")
    assert row["late_days"] == 71
    (due,) = office.rows("visit due --kind reorder", user="LI")
    assert (due["since"], due["earliest"], due["due"]) == ("2026-07-31", "2026-08-20", "2026-08-24")
    assert office.rows("visit due --kind reorder", user="LI", day="2026-08-23") == []
    assert [r["rule"] for r in office.rows("today", user="LI", day="2026-08-24") if r["kind"] == "reorder"] == ["CUS-13"]


@pytest.mark.rule("CUS-13", "K-13", "K-16")
def test_repeat_and_referral_rates_of_a_year(office) -> None:
    ordered(office, "2025-05-01", "2026-06-01")
    ordered(office, "2026-06-01", customer=2)
    ordered(office, "2026-07-01", customer=3)
    office.sql("update customer set source = 'customer_referral' where id = 2")
    totals = office.ok("customer cycle -f json").json()["totals"]
    assert (totals["buyers"], totals["repeat_pct"], totals["new_customers"], totals["referral_pct"]) == (3, "33.33", 2, "50.00")
    assert office.rows("customer cycle --late") == []  # 396 days between two orders: the next is not late yet


@given(
    first=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    span=st.integers(1, 2000),
    days=st.integers(2, 100),
    share=st.integers(10_000, 30_000),
)
@pytest.mark.rule("CUS-13")
def test_the_reminder_comes_after_the_expected_order(first: date, span: int, days: int, share: int) -> None:
    last = first + timedelta(max(span, days - 1))
    found = rules.order_cycle(first, last, days, share)
    assert found is not None
    assert found.interval >= 1
    assert last < found.remind
    assert (found.remind - last).days * 10_000 * (days - 1) >= (last - first).days * share
    assert rules.order_cycle(first, last, 1, share) is None


SCREENS = {
    "low": f"customer survey add {HUAXIN} --score 1 --comment 送货太慢",
    "list": "customer survey list",
    "averages": "customer survey averages --by customer",
    "cycle": "customer cycle",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens(office, golden, lang: str) -> None:
    ordered(office, "2026-06-01", "2026-07-01", "2026-07-31")
    for name, line in SCREENS.items():
        result = office.run(line, lang=lang)
        golden(f"survey/{name}.{lang}.txt", f"$ salescli {line}\n{result.out}{result.err}[{result.exit}]\n")
