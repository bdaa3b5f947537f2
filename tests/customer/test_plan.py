"""The contact plan per class, and files built in time (CUS-01, CUS-02, CUS-10, X-25)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.workdays import Calendar
from salescli.customer import rules_care as rules

HUAXIN = "C0001"


# --- the plan -----------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("CUS-10", "VIS-07")
def test_key_accounts_monthly_the_others_quarterly_unless_agreed(office) -> None:
    rows = {r["class"]: (r["days"], r["key"], r["customers"]) for r in office.rows("customer plan show")}
    assert rows == {"A": (30, True, 1), None: (90, False, 2)}
    office.ok("customer plan set A 14 --channel visit")
    office.ok("customer plan set C 180")
    rows = {r["class"]: (r["days"], r["channel"]) for r in office.rows("customer plan show")}
    assert rows == {"A": (14, "visit"), "C": (180, None), None: (90, None)}
    office.ok("customer plan clear A")
    assert {r["class"]: r["days"] for r in office.rows("customer plan show")}["A"] == 30
    assert office.run("customer plan clear A").exit == 3


@pytest.mark.rule("CUS-10", "ORG-07")
def test_the_plan_is_the_heads(office) -> None:
    assert office.run("customer plan set A 14", user="LI").exit == 7
    assert office.run("customer plan set A 0").exit == 2


@pytest.mark.rule("CUS-10")
def test_the_agreed_interval_decides_who_is_overdue(office) -> None:
    office.sql("update customer set owner_since = '2026-10-10' where code = 'C0001'")
    assert office.rows("visit due --kind revisit") == []
    office.ok("customer plan set a 14 --channel visit")  # case does not count
    shown = [(row["class"], row["days"], row["channel"]) for row in office.rows("customer plan show") if row["class"]]
    assert shown == [("A", 14, "visit")]
    (row,) = office.rows("visit due --kind revisit")
    assert (row["since"], row["due"], row["late_days"]) == ("2026-10-10", "2026-10-24", 10)
    assert office.rows("customer plan show")[0]["overdue"] == 1


# --- files --------------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("CUS-02", "VIS-09")
@pytest.mark.parametrize(("day", "late"), [("2026-11-03", 0), ("2026-11-05", 0), ("2026-11-06", 1)])
def test_a_file_is_built_within_two_days(office, day: str, late: int) -> None:
    (line,) = [r for r in office.rows("today", user="LI", day=day) if r["kind"] == "customer_file"]
    assert (line["customer"], line["due"], line["late_days"], line["rule"]) == (HUAXIN, "2026-11-05", late, "CUS-02")
    assert "missing: address, source" in line["text"]
    assert [r["late_days"] for r in office.rows("customer files --late", user="LI", day=day)] == ([late] if late else [])


@pytest.mark.rule("CUS-02", "VIS-09")
def test_the_day_list_names_the_commands_that_build_the_file(office) -> None:
    def commands(fields: str) -> str:
        office.ok(f"policy set customer.file_fields {fields}")
        (line,) = [r for r in office.rows("today", user="ZENG") if r["kind"] == "customer_file" and r["customer"] == "NEW"]
        return line["text"].rsplit(": ", 1)[1]

    office.ok("customer add 新客户 --code NEW --phone 13700000001", user="ZENG")
    assert commands("contact,phone,address") == "salescli customer contact edit NEW …, salescli customer edit NEW …"
    assert commands("contact,phone") == "salescli customer contact edit NEW …"
    assert commands("address") == "salescli customer edit NEW …"
    office.ok("customer contact remove NEW 13700000001", user="ZENG")
    assert commands("contact,phone") == "salescli customer contact add NEW …"


@pytest.mark.rule("CUS-01", "CUS-02")
def test_a_file_is_verified_when_it_is_built(office) -> None:
    refused = office.run(f"customer verify {HUAXIN} -f json", user="LI")
    assert (refused.exit, refused.json()["error"]["facts"]["fields"]) == (4, ["address", "source"])
    office.ok(f"customer edit {HUAXIN} --address 南京路1号 --source fair", user="LI")
    assert office.rows("customer files", user="LI") == []
    assert [r["customer"] for r in office.rows("customer files --stale", user="LI")] == [HUAXIN]
    office.ok(f"customer verify {HUAXIN}", user="LI")
    (row,) = office.rows("customer files --all", user="LI")
    assert (row["state"], row["completeness_pct"], row["verified"], row["stale"]) == ("built", "100.00", "2026-11-03", False)
    assert "file last verified on 2026-11-03" in office.ok(f"customer show {HUAXIN}", user="LI").out
    assert [r["customer"] for r in office.rows("customer files --stale", user="LI", day="2027-02-02")] == [HUAXIN]


@pytest.mark.rule("CUS-01", "K-27")
def test_completeness_by_the_offices_own_fields(office) -> None:
    assert {r["customer"]: r["completeness_pct"] for r in office.rows("customer files")} == {
        HUAXIN: "60.00", "BLUE": "60.00", "C0002": "60.00", "C0003": "0.00",
    }  # fmt: skip
    office.ok("policy set customer.file_fields contact,phone")
    assert [r["customer"] for r in office.rows("customer files", day="2026-11-04")] == ["C0003"]


def test_imported_customers_are_not_late(office) -> None:
    office.file("c.csv", "name,code\n老客户,OLD\n")
    office.ok("import customers c.csv")
    row = next(r for r in office.rows("customer files", day="2027-01-01") if r["customer"] == "OLD")
    assert (row["due"], row["state"], row["late_days"]) == (None, "open", 0)


@pytest.mark.rule("CUS-02", "X-25")
def test_two_days_may_mean_working_days(office) -> None:
    office.ok("policy set deadline.working_days yes")
    office.ok("customer add 周五客户 --staff LI", day="2026-11-06")  # a Friday
    row = next(r for r in office.rows("customer files", user="LI", day="2026-11-09") if r["name"] == "周五客户")
    assert (row["due"], row["state"]) == ("2026-11-10", "open")
    office.ok("policy holiday add 2026-11-09 --name 司庆")
    row = next(r for r in office.rows("customer files", user="LI", day="2026-11-09") if r["name"] == "周五客户")
    assert row["due"] == "2026-11-11"


@pytest.mark.rule("X-25")
def test_a_year_nobody_has_data_for_is_warned_about(office) -> None:
    office.ok("policy set deadline.working_days yes")
    office.ok("customer add 明年客户 --staff LI", day="2027-02-05")
    shown = office.ok("customer files -f json", user="LI", day="2027-02-05").json()
    assert any("no holidays are known for 2027" in note for note in shown["notes"])
    assert office.run("policy holiday seed 2027").exit == 3


@pytest.mark.rule("X-25")
def test_the_year_of_the_library_is_copied_once(office) -> None:
    told = office.ok("policy holiday seed 2026").out
    count = office.sql("select count(*) from holiday")
    assert count[0][0] > 25
    assert told.startswith(f"{count[0][0]} days")
    assert office.ok("policy holiday seed 2026").out.startswith("0 days")
    assert office.sql("select count(*) from holiday") == count
    assert {r["source"] for r in office.rows("policy holiday list 2026")} == {"own"}
    office.ok("policy holiday add 2026-11-07 --works")
    assert any(r["date"] == "2026-11-07" and r["works"] for r in office.rows("policy holiday list 2026"))
    assert office.run("policy holiday add 2026-11-07", user="LI").exit == 7


FEW = st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=12)


@given(start=st.dates(date(2026, 1, 1), date(2026, 6, 30)), days=st.integers(0, 40), free=FEW)
@pytest.mark.rule("X-25")
def test_a_deadline_lies_on_a_working_day_and_has_that_many_before_it(start: date, days: int, free: set[date]) -> None:
    calendar = Calendar(lambda _year: dict.fromkeys(free, False), lambda _year: {})
    due = calendar.add(start, days)
    assert calendar.works(due)
    assert len(calendar.between(start + timedelta(1), due)) == max(days, int(due > start))
    assert due == calendar.add(start, days)


@pytest.mark.rule("X-25")
def test_a_seeded_year_needs_no_library() -> None:
    asked: list[int] = []
    calendar = Calendar(lambda year: {date(year, 1, 1): False}, lambda year: asked.append(year))  # type: ignore[func-returns-value]
    assert not calendar.works(date(2030, 1, 1))
    assert calendar.works(date(2030, 1, 2))
    assert (asked, calendar.unknown) == ([], set())


@given(missing=st.sets(st.sampled_from("abcdefgh")), required=st.sets(st.sampled_from("abcdefgh")))
def test_completeness_runs_from_nothing_to_all(missing: set[str], required: set[str]) -> None:
    share = rules.completeness(missing & required, required)
    assert 0 <= share <= 10_000
    assert (share == 10_000) == (not missing & required)


SCREENS = {
    "plan": "customer plan show",
    "files": "customer files",
    "verify": f"customer verify {HUAXIN}",
    "holidays": "policy holiday list 2027",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens(office, golden, lang: str) -> None:
    office.ok("policy holiday add 2027-02-08 --name 春节")
    for name, line in SCREENS.items():
        result = office.run(line, lang=lang)
        golden(f"plan/{name}.{lang}.txt", f"$ salescli {line}\n{result.out}{result.err}[{result.exit}]\n")
