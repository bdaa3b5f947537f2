"""The same customer under two spellings: compared names, refusals that name the holder, warnings, the list (LED-10)."""

from __future__ import annotations

import pytest

from salescli.core.alike import core_name, normal_name, normal_phone, pieces

HUAXIN, EAST, NOBODY = "C0001", "C0002", "C0003"


@pytest.mark.rule("LED-10")
@pytest.mark.parametrize(
    "spelt",
    ["华信科技", "华信科技有限公司", "华信科技股份有限公司", "华信科技有限责任公司", "华信 科技（有限公司）", "华信科技有限公司 Ltd."],
)
def test_the_legal_form_makes_no_other_firm(spelt: str) -> None:
    assert normal_name(spelt) == "华信科技"


@pytest.mark.rule("LED-10")
@pytest.mark.parametrize(
    "spelt", ["Blue Star Co., Ltd.", "BLUE STAR CO LTD", "Ｂｌｕｅ　Ｓｔａｒ", "blue-star, Inc.", "Blue Star Company Limited"]
)
def test_width_case_signs_and_form_do_not_count(spelt: str) -> None:
    assert normal_name(spelt) == "bluestar"


@pytest.mark.parametrize(
    ("name", "normal"), [("Texaco", "texaco"), ("Ltd.", "ltd"), ("有限公司", "有限公司"), ("", None), (None, None), ("★", None)]
)
def test_what_is_no_legal_form_stays(name: str | None, normal: str | None) -> None:
    assert normal_name(name) == normal


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("138 1234 5678", "13812345678"),
        ("+86 138-1234-5678", "13812345678"),
        ("0086 13812345678", "13812345678"),
        ("013812345678", "13812345678"),
        ("1381234-5678", "13812345678"),
        ("138.1234.5678", "13812345678"),
        ("０２１-8888 6666 转 12", "2188886666"),
        ("021-88886666-801", "2188886666"),
        ("+86 21 88886666", "2188886666"),
        ("(021)88886666", "2188886666"),
        ("86 571 8888 666", "5718888666"),
        ("88886666", "88886666"),
        ("13812345678/021-88886661", "13812345678"),
        ("021-88886661；13812345678", "2188886661"),
        ("88886666/7", "88886666"),
        ("021/88886666", "2188886666"),
        ("+44-20-7946-0000", "442079460000"),
        ("0044 20/7946 0000", "442079460000"),
        ("0", None),
        ("", None),
    ],
)
def test_telephones_are_compared_by_their_figures(typed: str, normal: str | None) -> None:
    assert normal_phone(typed) == normal


@pytest.mark.parametrize(
    ("name", "core", "parts"),
    [("上海华信科技", "华信", ("华信",)), ("bluestartrading", "bluestar", ("blue", "star")), ("上海", "上海", ("上海",))],
)
def test_what_a_firm_is_known_by(name: str, core: str, parts: tuple[str, ...]) -> None:
    assert (core_name(name), pieces(name)) == (core, parts)


# --- at entry -----------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("LED-10")
@pytest.mark.parametrize(
    ("line", "code", "held"),
    [
        ("customer add 华信科技", "name_taken", "LI"),
        ("customer add 'BLUE STAR CO LTD'", "name_taken", "HAN"),
        ("customer add 别家 --phone '+86 138 1234 5678'", "phone_taken", "LI"),
        ("customer add 别家 --tax-no 91310000ma1fl0xx9p", "tax_no_taken", "ZENG"),
        ("customer edit C0002 --name 华信科技", "name_taken", "LI"),
        ("customer contact add C0002 赵六 --phone 8613812345678", "phone_taken", "LI"),
        ("customer add 别家 --phone '+86 21 8888 6666'", "phone_taken", "ZENG"),
        ("customer add 别家 --phone 021-88886666-801", "phone_taken", "ZENG"),
    ],
)
def test_a_double_is_refused_and_its_holder_named(office, line: str, code: str, held: str) -> None:
    refused = office.run(f"{line} -f json", user="ZENG")
    error = refused.json()["error"]
    assert (refused.exit, error["code"], error["facts"]["staff"]) == (4, code, held)


@pytest.mark.rule("LED-10")
def test_the_pool_the_archive_and_open_leads_are_looked_at_too(office) -> None:
    pooled = office.run("customer add 无主商行有限公司", user="LI")
    assert pooled.exit == 4
    assert f"he is in the pool: salescli customer claim {NOBODY}" in pooled.err
    office.ok("customer archive BLUE --reason closed", user="MA")
    assert office.run("customer add 'Blue Star' ", user="LI").exit == 4
    office.ok("lead add 陈小姐 --company 新光贸易有限公司 --phone 13700001111 --source fair", user="HAN")
    held = office.run("customer add 新光贸易 --phone 13700001111 -f json", user="LI")
    assert held.exit == 4
    assert {p["code"] for p in held.json()["problems"]} == {"name_taken", "phone_taken"}
    assert held.json()["error"]["facts"]["staff"] == "HAN"
    office.ok("lead convert LD-202611-0001", user="HAN")  # one's own lead is no double of the customer it becomes


@pytest.mark.rule("LED-10")
def test_two_numbers_are_not_one_and_a_group_is_not_another_firm_unseen(office) -> None:
    refused = office.run("customer add 别家 --phone '13812345678/021-88886661' -f json", user="ZENG")
    assert (refused.exit, refused.json()["error"]["code"]) == (2, "two_phones")
    assert "华信科技有限公司 of LI (99 % alike)" in office.ok("customer add '华信科技（集团）有限公司'", user="ZENG").err
    office.file("new.csv", "name,contact,phone\n某公司,张,13812345678、021-66667777\n")  # an old list is taken in, and pointed at
    assert "looks like somebody else" in office.ok("import customers new.csv").err


@pytest.mark.rule("LED-10")
def test_names_nearly_the_same_warn(office) -> None:
    warned = office.ok("customer add 上海华信科技有限公司", user="HAN")
    assert "looks like C0001 华信科技有限公司 of LI" in warned.err
    assert "looks like BLUE Blue Star Ltd. of HAN" in office.ok("customer add 'Blue Stra Trading'", user="LI").err
    assert "looks like" not in office.ok("customer add 华信贸易", user="HAN").err  # another trade, another firm


@pytest.mark.rule("LED-10")
def test_a_tax_number_whose_check_sign_does_not_fit_is_warned_of(office) -> None:
    assert "check sign does not fit" in office.ok("customer add 甲 --tax-no 91110000600037341X").err
    assert "check sign" not in office.ok("customer add 乙 --tax-no 91110000600037341L").err
    assert "check sign" not in office.ok("customer add 丙 --tax-no 110000600037341").err  # an older, shorter number


# --- the list -----------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("LED-10", "ORG-08")
def test_the_list_names_holder_and_log_and_shows_no_telephone(office) -> None:
    office.ok("lead add 王总 --company 上海华信科技 --phone 13999990000 --source fair", user="HAN")
    rows = office.rows("customer duplicates 华信科技 --phone 13812345678", user="ZENG")
    assert [(r["match"], r["kind"], r["code"], r["staff"], r["state"]) for r in rows] == [
        ("phone", "customer", HUAXIN, "LI", "owned"),
        ("similar", "lead", "LD-202611-0001", "HAN", "owned"),
    ]
    assert "13812345678" not in office.ok("customer duplicates 华信科技 --phone 138-1234-5678 -f csv", user="ZENG").out
    assert office.rows("customer duplicates 谁也不是") == []


@pytest.mark.rule("LED-10")
def test_everything_entered_twice(office) -> None:
    office.file("twice.csv", "code,name,staff,phone,tax_no\nA1,华信科技股份有限公司,ZENG,,\nA2,别的名字,ZENG,02188886666,\n")
    office.ok("import customers twice.csv")
    rows = office.rows("customer duplicates")
    assert [(r["group"], r["match"], r["code"]) for r in rows] == [
        (1, "name", HUAXIN),
        (1, "name", "A1"),
        (2, "phone", EAST),
        (2, "phone", "A2"),
    ]
    assert {r["group"] for r in office.rows("customer duplicates", user="LI")} == {1}  # a rep: what concerns his own


@pytest.mark.rule("LED-10")
def test_the_check_notices_a_name_changed_behind_the_programs_back(office) -> None:
    office.ok("check customer_compared")
    office.sql("update customer set name = '另一家' where code = 'C0001'")
    assert "C0001" in office.run("check customer_compared").err


@pytest.mark.rule("LED-10", "DAT-02")
def test_an_import_says_how_many_it_brings_twice(office) -> None:
    office.file("c.csv", "name,phone\n新店一,13812345678\n新店二,13900000001\n新店三,13900000001\n新店四,13900000004\n")
    assert "3 of them look like somebody else" in office.ok("import customers c.csv --dry-run").err
    assert "3 of them look like somebody else" in office.ok("import customers c.csv").err
    assert "look" not in office.ok("import customers c.csv").err  # nothing new
    office.file("l.csv", "name,phone,source,created\n求购,13900000004,fair,2026-11-01\n另购,13900000009,fair,2026-11-01\n")
    assert "1 of them looks like somebody else" in office.ok("import leads l.csv").err
