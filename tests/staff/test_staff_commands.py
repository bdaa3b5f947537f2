"""People of the office as stories told at the command line (ORG-01, ORG-02, ORG-06, ORG-07)."""

from __future__ import annotations

import pytest


def codes(book, line: str = "staff list", **more) -> list[str]:
    return [row["code"] for row in book.rows(line, **more)]


# --- taking on --------------------------------------------------------------------------------------------------------


@pytest.mark.rule("ORG-01")
def test_somebody_is_taken_on_with_his_file(book) -> None:
    done = book.ok(
        'staff add LI "李雷" --role rep,support --superior ADMIN --region East --unit "Group 1" --post 大客户经理 '
        "--phone １３８-1111-2222 --email li@example.com --hired 2026-01-05 --os-account lilei"
    )
    assert "LI 李雷 is taken on as rep, support" in done.out
    assert done.err == ""
    (row,) = book.rows("staff show LI")
    assert row["role"] == "rep,support"
    assert (row["superior"], row["superior_name"], row["chain"]) == ("ADMIN", "Ada Admin", "LI > ADMIN")
    assert (row["unit"], row["post"], row["phone"]) == ("Group 1", "大客户经理", "138-1111-2222")
    assert (row["hired"], row["left"], row["os_account"]) == ("2026-01-05", None, "lilei")


def test_a_code_is_taken_once_whatever_its_case(office) -> None:
    refused = office.run("staff add li Somebody")
    assert refused.exit == 4
    assert "belongs to 李雷" in refused.err
    assert office.sql("select count(*) from staff where lower(code) = 'li'") == [(1,)]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["", "Name"], "the staff code is empty"),
        (["A B", "Name"], 'the staff code "A B" holds a blank'),
        (["-A", "Name"], "no such option"),
        (["A", ""], "the name is empty"),
        (["A", "　 "], "the name is empty"),
        (["A", "x" * 5000], "the name has 5,000 characters, 200 fit"),
        (["A", "Li\nLei"], "the name holds a line end (character 3)"),
        (["A", "Li\x07Lei"], "cannot be kept: U+0007, character 3"),
        (["A", "Li\x00Lei"], "U+0000"),
        (["A", "Li\u202eLei"], "U+202E"),
        (["A", "Li\udc80Lei"], "not UTF-8"),
        (["A", "Name", "--phone", "none"], '"none" is not a telephone number'),
        (["A", "Name", "--email", "li@"], '"li@" is not an e-mail address'),
        (["A", "Name", "--hired", "2026-02-31"], "31 February 2026 does not exist"),
        (["A", "Name", "--role", "boss"], 'there is no role "boss"'),
        (["A", "Name", "--role", "reps"], 'there is no role "reps"; did you mean rep?'),
        (["A", "Name", "--role", " , "], "no role is named"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(book, words: list[str], sentence: str) -> None:
    before = book.path.read_bytes()
    refused = book.run(["staff", "add", *words])
    assert refused.exit == 2
    assert sentence in refused.err
    assert book.path.read_bytes() == before


def test_several_bad_fields_are_told_at_once(book) -> None:
    refused = book.run("staff add A Name --phone x --email y -f json")
    assert [p["code"] for p in refused.json()["problems"]] == ["bad_email", "bad_phone"]


def test_blanks_at_the_ends_go_and_full_width_codes_are_made_plain(book) -> None:
    book.ok(["staff", "add", "ＬＩ１", "　李 雷 "])
    assert book.sql("select code, name from staff where code <> 'ADMIN'") == [("LI1", "李 雷")]


def test_roles_may_be_typed_in_chinese(book) -> None:
    book.ok("staff add LI 李雷 --role 业务员、主管 --superior ADMIN", lang="zh")
    assert book.rows("staff show LI")[0]["role"] == "rep,supervisor"


# --- the tree ---------------------------------------------------------------------------------------------------------


@pytest.mark.rule("ORG-02")
def test_a_circle_is_refused_and_its_chain_named(office) -> None:
    refused = office.run("staff edit MA --superior LI")
    assert refused.exit == 4
    assert "MA > LI > WANG > MA" in refused.err
    assert "[ORG-02]" in refused.err
    himself = office.run("staff edit LI --superior li -f json")
    assert (himself.exit, himself.json()["error"]["code"]) == (4, "superior_circle")
    assert office.rows("staff show MA")[0]["superior"] == "ADMIN"


@pytest.mark.rule("ORG-02")
def test_who_has_no_superior_is_warned_about(office) -> None:
    assert "has no superior; at the top stands ADMIN" in office.ok("staff add NEW Newcomer").err
    assert "ORG-02 wants one top" in office.ok("staff tree").out
    done = office.ok("staff edit WANG --no-superior")
    assert "superior: MA → (none)" in done.out
    assert "WANG has no superior" in done.err


@pytest.mark.rule("ORG-02")
def test_who_left_is_nobodys_superior(office) -> None:
    office.ok("staff leave ZHOU --on 2026-10-31")
    for line in ("staff add NEW Newcomer --superior ZHOU", "staff edit LI --superior ZHOU"):
        refused = office.run(line)
        assert refused.exit == 4
        assert "ZHOU left on 2026-10-31" in refused.err


def test_the_last_day_is_still_worked(office) -> None:
    office.ok("staff leave ZHOU --on 2026-11-03")
    office.ok("staff add NEW Newcomer --superior ZHOU")
    assert "ZHOU" in codes(office)
    assert "ZHOU" not in codes(office, day="2026-11-04")


def test_tree_of_the_whole_office_and_of_a_part(office) -> None:
    rows = office.rows("staff tree")
    assert [(row["level"], row["code"]) for row in rows] == [
        (1, "ADMIN"), (2, "FIN"), (2, "MA"), (3, "WANG"), (4, "HAN"), (4, "LI"), (3, "ZHOU"), (4, "ZENG"), (1, "NIGHT"),
    ]  # fmt: skip
    assert [(row["level"], row["code"]) for row in office.rows("staff tree zhou")] == [(1, "ZHOU"), (2, "ZENG")]


# --- lists ------------------------------------------------------------------------------------------------------------


def test_lists_narrow(office) -> None:
    assert codes(office, "staff list --role rep") == ["HAN", "LI", "ZENG"]
    assert codes(office, "staff list --region West") == ["ZENG", "ZHOU"]
    assert codes(office, "staff list --superior wang") == ["HAN", "LI"]
    assert codes(office, "staff list 梅") == ["HAN"]
    office.ok("staff leave HAN --on 2026-10-01")
    assert "HAN" not in codes(office)
    assert "HAN" in codes(office, "staff list --left")


def test_an_empty_list_says_what_to_do(office) -> None:
    result = office.run("staff list nobody")
    assert (result.exit, result.out) == (0, "")
    assert "salescli staff add" in result.err


# --- changes ----------------------------------------------------------------------------------------------------------


def test_edit_says_what_changed_and_clear_empties(office) -> None:
    done = office.ok("staff edit LI --name 李蕾 --post 大客户经理 --clear phone,hired -f json").json()
    assert done["changes"] == [
        {"field": "name", "before": "李雷", "after": "李蕾"},
        {"field": "post", "before": None, "after": "大客户经理"},
        {"field": "phone", "before": "13811112222", "after": None},
        {"field": "hired", "before": "2026-01-05", "after": None},
    ]
    assert office.rows("staff show ll")[0]["name"] == "李蕾"  # the initials follow the name
    assert "nothing to change" in office.ok("staff edit LI --post 大客户经理").out


def test_what_cannot_be_emptied_is_said(office) -> None:
    refused = office.run("staff edit LI --clear name")
    assert refused.exit == 2
    assert "these can: email, grade, hired, left, os_account, phone, post, region, strengths, unit" in refused.err


def test_the_last_day_does_not_lie_before_the_first(office) -> None:
    refused = office.run("staff edit LI --left 2026-01-04")
    assert refused.exit == 4
    assert "lies before the first one" in refused.err


@pytest.mark.rule("ORG-06")
def test_leaving_tells_what_is_left_behind_and_ends_the_sign_in(office) -> None:
    office.ok("customer add 华信科技 --staff WANG")
    done = office.ok("staff leave WANG --on 2026-11-03")
    assert "the last day of WANG Wang Fang is 2026-11-03" in done.out
    assert "WANG is still the superior of HAN, LI" in done.err
    assert "WANG still holds 1 customer, 0 leads and 0 open tasks, promises and requests" in done.err
    office.ok("customer list", user="WANG")
    refused = office.run("customer list", user="WANG", day="2026-11-04")
    assert refused.exit == 7
    assert "[ORG-06]" in refused.err


# --- rights -----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("ORG-07")
@pytest.mark.parametrize("line", ["--role manager", "--clear os_account", "--left 2026-12-31"])
def test_the_last_administrator_stays(office, line: str) -> None:
    refused = office.run(f"staff edit ADMIN {line}")
    assert refused.exit == 4
    assert "last administrator" in refused.err
    assert "staff edit CODE --role admin --os-account ACCOUNT" in refused.err


@pytest.mark.rule("ORG-07")
def test_with_a_second_administrator_the_first_may_go(office) -> None:
    office.ok("staff edit MA --role manager,admin")
    assert office.run("staff edit ADMIN --role manager").exit == 4  # MA has no OS account: he could not sign in
    office.ok("staff edit MA --os-account malin")
    office.ok("staff edit ADMIN --role manager")


@pytest.mark.rule("ORG-07")
def test_an_os_account_is_one_persons(office) -> None:
    office.ok("staff edit LI --os-account lilei")
    refused = office.run("staff edit HAN --os-account lilei")
    assert refused.exit == 4
    assert "belongs to LI already" in refused.err
    office.ok("staff edit LI --os-account lilei")


@pytest.mark.rule("ORG-07")
@pytest.mark.parametrize(
    "line",
    [
        "staff add X Xi --role admin",
        "staff add X Xi --role rep,finance",
        "staff edit FIN --role rep",
        "staff edit LI --os-account lilei",
        "staff edit NIGHT --grant 'policy set'",
        "staff leave ADMIN",
    ],
)
def test_a_manager_gives_the_sales_teams_roles_only(office, line: str) -> None:
    refused = office.run(line, user="MA")
    assert refused.exit == 7
    assert "[ORG-07]" in refused.err


@pytest.mark.rule("ORG-07")
def test_a_manager_runs_his_team(office) -> None:
    office.ok("staff add X Xi --role rep --superior WANG", user="MA")
    office.ok("staff edit X --role supervisor --superior MA", user="MA")
    sql = "SELECT r.role, u.code FROM staff s, staff u, staff_role r WHERE u.id = s.superior_id AND r.staff_id = s.id AND s.code = 'X'"
    assert office.sql(sql) == [("supervisor", "MA")]


@pytest.mark.rule("ORG-07")
def test_a_rep_changes_nobody(office) -> None:
    for line in ("staff add X Xi", "staff edit LI --post boss", "staff leave HAN"):
        refused = office.run(line, user="LI")
        assert refused.exit == 7
        assert "admin, manager, director" in refused.err


@pytest.mark.rule("ORG-07")
def test_commands_are_granted_to_the_cron_identity_only(office) -> None:
    refused = office.run("staff edit LI --grant 'policy set'")
    assert refused.exit == 4
    assert "not the cron identity" in refused.err
    assert office.run("policy set org.max_span 12", user="NIGHT").exit == 7
    assert "granted: policy set" in office.ok("staff edit NIGHT --grant 'salescli policy set'").out
    office.ok("policy set org.max_span 12", user="NIGHT")
    office.ok("staff edit NIGHT --revoke 'policy set'")
    assert office.run("policy set org.max_span 13", user="NIGHT").exit == 7


@pytest.mark.parametrize("command", ["polly set", "policy list", "policy", ""])
def test_only_commands_that_write_can_be_granted(office, command: str) -> None:
    refused = office.run(["staff", "edit", "NIGHT", "--grant", command])
    assert refused.exit == 2
    assert "no command that writes" in refused.err


@pytest.mark.rule("ORG-02", "ORG-03", "ORG-06")
def test_nobody_moves_himself_in_the_tree_or_ends_a_head_he_does_not_lead(office) -> None:
    office.ok('staff add DIR "Dir" --role director --superior ADMIN')
    lines = {
        "ORG-03": ("staff edit MA --superior DIR", "staff edit MA --no-superior", "staff leave MA", "staff edit MA --left +30d"),
        "ORG-02": ("staff leave DIR", "staff edit DIR --superior LI", "staff handover FIN --to LI --reason x"),
    }
    for rule, tried in lines.items():
        for line in tried:
            refused = office.run(f"{line} -f json", user="MA")
            assert refused.json()["error"]["rule"] == rule, line
            assert (refused.exit, refused.json()["error"]["code"]) == (7, "place_not_yours"), line
    assert office.sql("select count(*) from staff where left_on is not null") == [(0,)]
    office.ok("staff edit LI --superior ZHOU", user="MA")
    office.ok("staff leave LI", user="MA")
    office.ok("staff edit MA --superior DIR")  # an administrator does
    office.ok("staff leave MA", user="DIR")  # and who stands above


def test_rights_of_a_person_are_his_roles(office) -> None:
    assert [row["role"] for row in office.rows("staff rights ZENG")] == ["rep", "support"]
    assert len(office.rows("staff rights")) == 14


def test_a_dry_run_keeps_nothing(office) -> None:
    before = office.sql("select count(*) from history")
    assert "Dry run" in office.ok("staff edit LI --role supervisor --post boss --dry-run").err
    assert office.sql("select count(*) from history") == before


@pytest.mark.rule("ORG-09")
def test_every_change_is_in_the_history(office) -> None:
    office.ok("staff edit LI --role rep,supervisor --post boss", user="ADMIN")
    rows = office.sql("select staff, verb, document, tbl from history order by id desc limit 2")
    assert rows == [("ADMIN", "staff edit", "LI", "staff_role"), ("ADMIN", "staff edit", "LI", "staff")]


# --- screens ----------------------------------------------------------------------------------------------------------

SCREENS = {
    "list": "staff list",
    "show": "staff show LI",
    "tree": "staff tree",
    "rights": "staff rights --columns role,customers,orders,stock,receivables,prices,phones",
    "add": "staff add XU 许静 --role 业务员 --superior WANG",
    "edit": "staff edit HAN --superior ZHOU --post 大客户经理 --region West",
    "leave": "staff leave WANG --on 2026-11-30",
    "refused": "staff edit MA --superior LI",
    "help_edit": "staff edit -h",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens(office, golden, lang: str) -> None:
    for name, line in SCREENS.items():
        result = office.run(line, lang=lang) if "业务员" not in line or lang == "zh" else office.run(line.replace("业务员", "rep"))
        golden(f"staff/{name}.{lang}.txt", f"$ salescli {line}\n{result.out}{result.err}[{result.exit}]\n")
