"""Birthdays by both calendars, festivals, recipients who agreed; people imported (CUS-07, CUS-14)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.lunar import FIRST, LAST, lunar_days, may_fall, solar_day

HUAXIN = "C0001"


@pytest.mark.rule("CUS-07", "VIS-09")
def test_birthdays_are_reminded_of_three_days_before(office) -> None:
    office.ok(f"customer contact edit {HUAXIN} 王芳 --birthday 1980-11-06")
    kinds = [
        [r["due"] for r in office.rows("today", user="LI", day=day) if r["kind"] == "birthday"] for day in ("2026-11-02", "2026-11-03")
    ]
    assert kinds == [[], ["2026-11-06"]]
    (row,) = office.rows("customer birthdays", user="LI")
    assert (row["date"], row["contact"], row["age"], row["lunar"], row["phone"]) == ("2026-11-06", "王芳", 46, False, "13812345678")
    assert office.rows("customer birthdays --period 2026-12", user="LI") == []


@pytest.mark.rule("CUS-07")
def test_a_lunar_birthday_moves_with_the_moon(office) -> None:
    office.ok(f"customer contact edit {HUAXIN} 王芳 --lunar-birthday 8-15 --birthday 1980-11-06")
    days = [office.rows(f"customer birthdays --period {year}", user="LI")[0]["date"] for year in (2025, 2026, 2027)]
    assert days == ["2025-10-06", "2026-09-25", "2027-09-15"]  # Mid-Autumn of each year; the other calendar is left aside
    assert office.rows("customer birthdays --period 2026-11", user="LI") == []
    assert office.rows("customer contact list 华信", user="LI")[0]["lunar_birthday"] == "08-15"
    for wrong in ("13-1", "8-31", "0-5", "x"):
        assert office.run(f"customer contact edit {HUAXIN} 王芳 --lunar-birthday {wrong}").exit == 2


@pytest.mark.rule("CUS-07")
def test_a_birthday_needs_no_year_and_a_lunar_one_may_have_one(office) -> None:
    def known(typed: str) -> tuple[object, ...]:
        office.ok(f"customer contact edit {HUAXIN} 王芳 {typed}", user="LI")
        (row,) = office.rows("customer birthdays --period 2026", user="LI")
        return (row["date"], row["age"], row["lunar"])

    for typed in ("11-6", "11/06", "11月6日", "１１－６"):
        assert known(f"--birthday {typed}") == ("2026-11-06", None, False)
    assert [row["due"] for row in office.rows("today", user="LI") if row["kind"] == "birthday"] == ["2026-11-06"]
    assert office.rows("customer contact list 华信", user="LI")[0]["birthday"] == "11-06"
    assert known("--birthday 2-29") == ("2026-02-28", None, False)
    for typed in ("1980年11月6日", "19801106", "1980/11/6"):
        assert known(f"--birthday {typed}") == ("2026-11-06", 46, False)
    office.ok("undo", user="LI")
    assert known("--lunar-birthday 1980年8月15日") == ("2026-09-25", 46, True)  # Mid-Autumn; the year tells the age
    assert office.rows("customer contact list 华信", user="LI")[0]["birthday"] == "1980-09-23"
    assert known("--lunar-birthday 8-16 --clear birthday") == ("2026-09-26", None, True)
    for wrong in ("2026-11-04", "13-1", "2-30", "1980-13-1", "x", "tomorrow"):
        assert office.run(f"customer contact edit {HUAXIN} 王芳 --birthday {wrong}").exit == 2


@pytest.mark.rule("CUS-07")
@pytest.mark.parametrize(("year", "day"), [("2026", "2026-02-28"), ("2028", "2028-02-29")])
def test_a_leap_day_is_kept_every_year(office, year: str, day: str) -> None:
    office.ok(f"customer contact edit {HUAXIN} 王芳 --birthday 1988-02-29")
    assert [r["date"] for r in office.rows(f"customer birthdays --period {year}", user="LI")] == [day]


@given(day=st.dates(FIRST, LAST - timedelta(1)))
@pytest.mark.rule("CUS-07")
def test_every_lunar_day_comes_back_to_its_day(day: date) -> None:
    for name in lunar_days(day):
        month, number = map(int, name.split("-"))
        assert day in {solar_day(day.year, month, number), solar_day(day.year - 1, month, number)}


@given(year=st.integers(1901, 2099), month=st.integers(1, 12), day=st.integers(1, 30), before=st.integers(0, 5), after=st.integers(0, 5))
def test_what_may_fall_never_misses_a_lunar_day(year: int, month: int, day: int, before: int, after: int) -> None:
    found = solar_day(year, month, day)
    assert found is not None
    assert may_fall(month, day, found - timedelta(before), found + timedelta(after))


def test_a_leap_month_repeats_no_birthday() -> None:
    days = [date(2025, 1, 29) + timedelta(n) for n in range(384)]  # a year with two sixth months
    kept = [name for day in days for name in lunar_days(day)]
    assert len(kept) == len(set(kept))
    assert "06-30" in kept


# --- festivals ----------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("CUS-07")
def test_festivals_of_a_year_by_both_calendars(office) -> None:
    days = {r["festival"]: r["date"] for r in office.rows("customer festival list 2026")}
    assert (days["Spring Festival"], days["Dragon Boat Festival"], days["Mid-Autumn Festival"]) == (
        "2026-02-17",
        "2026-06-19",
        "2026-09-25",
    )
    office.ok("customer festival add 重阳节 9-9 --lunar")
    office.ok("customer festival add 店庆 3-18")
    office.ok("customer festival off 劳动节")
    days = {r["festival"]: r["date"] for r in office.rows("customer festival list 2026", lang="zh")}
    assert (days["重阳节"], days["店庆"], days["中秋节"]) == ("2026-10-18", "2026-03-18", "2026-09-25")
    assert "劳动节" not in days
    office.ok("customer festival off 店庆")
    assert "店庆" not in {r["festival"] for r in office.rows("customer festival list 2026")}
    assert office.run("customer festival off 无此节").exit == 3
    assert office.run("customer festival add 坏 2-30").exit == 2
    assert office.run("customer festival add 店庆 3-18", user="LI").exit == 7


@pytest.mark.rule("CUS-07", "VIS-09")
def test_a_festival_is_reminded_of_to_who_has_customers(office) -> None:
    lines = {
        user: [r["due"] for r in office.rows("today", user=user, day="2026-09-23") if r["kind"] == "festival"] for user in ("LI", "DOCK")
    }
    assert lines == {"LI": ["2026-09-25"], "DOCK": []}
    (line,) = [r["text"] for r in office.rows("today", user="LI", day="2026-12-30") if r["kind"] == "festival"]
    office.ok(line.split(": ")[-1], user="LI", day="2026-12-30")  # a name of two words is quoted


# --- recipients ---------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("CUS-14")
def test_only_who_agreed_is_written_to(office) -> None:
    office.ok(f"customer contact add {HUAXIN} 李四 --phone 13900001111 --consent 2026-10-01")
    shown = office.ok("customer care --festival 中秋节 -f json", user="LI").json()
    assert [(r["contact"], r["date"]) for r in shown["rows"]] == [("李四", "2027-09-15")]
    assert "we wish you a happy Mid-Autumn Festival" in shown["rows"][0]["text"]
    assert "华信办公" in shown["rows"][0]["text"]
    assert shown["notes"] == ["1 left out: they have not agreed that their data are kept"]
    assert office.rows("customer care --festival 中秋节", user="HAN") == []


@pytest.mark.rule("CUS-14", "CUS-07")
def test_recipients_of_birthdays_and_events(office) -> None:
    office.ok(f"customer contact edit {HUAXIN} 王芳 --birthday 1980-11-06 --consent 2026-10-01")
    office.ok("customer contact edit BLUE 'Ann Blue' --consent 2026-10-01")
    assert [r["contact"] for r in office.rows("customer care --birthdays this-week")] == ["王芳"]
    (row,) = office.rows("customer care --event 新品会 --class A --text '{contact}您好，邀您{occasion}'")
    assert (row["text"], row["occasion"]) == ("王芳您好，邀您新品会", "event")
    assert len(office.rows("customer care --event x --region East")) == 2
    assert office.rows("customer care --event x --tag VIP") == []
    for bad in ("", "--event x --festival 中秋节", "--event x --text {phone}"):
        assert office.run(f"customer care {bad}").exit == 2
    assert office.run("customer care --festival 无此节").exit == 3


@pytest.mark.rule("ORG-08")
def test_telephones_of_recipients_are_masked_for_who_may_not_see_them(office) -> None:
    office.ok(f"customer contact edit {HUAXIN} 王芳 --consent 2026-10-01")
    assert office.rows("customer care --event x", user="SVC")[0]["phone"] == "138****5678"


# --- people imported ------------------------------------------------------------------------------------------------------------


def test_contacts_are_imported_and_come_back_unchanged(office) -> None:
    office.file(
        "people.csv",
        "客户,姓名,职务,手机,生日,农历生日,同意日期,主联系人\n"
        "华信科技有限公司,李四,采购,13900001111,1980-05-01,,2026-10-01,1\nBLUE,Tom,,+44-20-7946-0001,,8-15,,\n无主商行,赵六,,13700002222,5月6日,,,\n"
        "BLUE,Ann,,,1980-05-01 00:00,1981-8-15,,\n东方电子,Li,,,,1980-8-15,,\n",
    )
    office.ok("import contacts people.csv")
    people = "select c.code, k.name, k.main, k.lunar_birthday from contact k join customer c on c.id = k.customer_id order by k.id"
    assert office.sql(people) == [
        (HUAXIN, "王芳", 0, None), ("BLUE", "Ann Blue", 1, None), ("C0002", "赵强", 1, None),
        (HUAXIN, "李四", 1, None), ("BLUE", "Tom", 0, "08-15"), ("C0003", "赵六", 1, None), ("BLUE", "Ann", 0, "08-15"),
        ("C0002", "Li", 0, "08-15"),
    ]  # fmt: skip
    assert office.sql("select birthday from contact where id > 3 order by id") == [
        ("1980-05-01",), (None,), ("05-06",), ("1980-05-01",), ("1980-09-23",),
    ]  # fmt: skip
    assert office.ok("check").exit == 0
    office.ok("export contacts -o out.csv")
    office.ok("import contacts out.csv")
    assert office.sql("select count(*) from contact") == [(8,)]


@pytest.mark.rule("LED-10")
def test_faults_of_imported_contacts_are_named(office) -> None:
    office.file(
        "people.csv",
        "customer,name,phone,lunar_birthday,main,birthday\nBLUE,X,13812345678,,,\nBLUE,,,,,\nBLUE,Y,,13-1,,2026-11-04\nBLUE,Z,,,1,\n"
        "BLUE,W,,,1,\nnobody,V,,,,\n",
    )
    refused = office.run("import contacts people.csv -f json")
    assert refused.exit == 9
    codes = {p["code"] for p in refused.json()["problems"]}
    assert {"phone_taken", "contact_empty", "no_such_day", "two_main", "unknown_customer", "future_day"} <= codes
    assert office.sql("select count(*) from contact") == [(3,)]


SCREENS = {
    "birthdays": "customer birthdays",
    "festivals": "customer festival list 2026",
    "care": "customer care --festival 春节",
    "none": "customer care",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens(office, golden, lang: str) -> None:
    office.ok(f"customer contact edit {HUAXIN} 王芳 --birthday 1980-11-06 --consent 2026-10-01")
    for name, line in SCREENS.items():
        result = office.run(line, lang=lang, user="LI")
        golden(f"care/{name}.{lang}.txt", f"$ salescli {line}\n{result.out}{result.err}[{result.exit}]\n")


@pytest.mark.rule("CUS-07", "CUS-14")
def test_two_contacts_of_one_name_have_each_their_own_birthday(office) -> None:
    office.ok(f"customer contact edit {HUAXIN} 王芳 --birthday 1980-11-06 --consent 2026-10-01")
    office.ok(f"customer contact add {HUAXIN} 王芳 --phone 13900000001 --consent 2026-10-01")
    assert [row["phone"] for row in office.rows("customer care --birthdays 2026-11", user="LI")] == ["13812345678"]


@pytest.mark.rule("CUS-01", "DAT-02")
def test_a_file_says_who_is_the_main_contact_of_those_known_already(office) -> None:
    office.ok("customer add A社 --code A --staff LI --contact 何静 --phone 13877770000")
    office.file("people.csv", "customer,name,phone\nA,周婷,13877770001\n")
    office.ok("import contacts people.csv")
    office.file("people.csv", "customer,name,main\nA,周婷,1\n")
    assert office.run("import contacts people.csv").exit == 9
    office.ok("import contacts people.csv --update")
    people = "SELECT k.name, k.main FROM contact k JOIN customer c ON c.id = k.customer_id WHERE c.code = 'A' ORDER BY k.id"
    assert office.sql(people) == [("何静", 0), ("周婷", 1)]
    assert "already there 1" in office.ok("import contacts people.csv").out
