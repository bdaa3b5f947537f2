"""The group `policy` from the command line: dated values, rights, refusals, both languages."""

from __future__ import annotations

import pytest

from salescli.core.policy import load_parameters

TODAY = "2026-11-03"  # the day of every command here
KEY = "ar.doubtful_months"


def row(book, key: str = KEY, more: str = "") -> dict:
    (found,) = book.rows(f"policy show {key} {more}")
    return found


def hire(book, code: str, role: str) -> None:
    """A person with one role, entered behind the program's back."""
    book.sql("INSERT INTO staff (code, name) VALUES (?, ?)", code, code)
    book.sql("INSERT INTO staff_role (staff_id, role) SELECT id, ? FROM staff WHERE code = ?", role, code)


def test_a_new_book_has_every_default(book) -> None:
    result = book.run("policy list -f json").json()
    assert result["schema"] == "salescli.policy-list/1"
    assert result["as_of"] == TODAY
    assert all(r["value"] == r["default"] and r["valid_from"] is None for r in result["rows"])
    assert len(result["rows"]) == book.sql("select count(*) from policy_value")[0][0] == len(load_parameters())


def test_list_by_group_and_only_changed(book) -> None:
    groups = {r["group"] for r in book.rows("policy list --group ar")}
    assert groups == {"ar"}
    assert book.rows("policy list --changed") == []
    book.run("policy set pool.idle_days 45")
    assert [r["key"] for r in book.rows("policy list --changed")] == ["pool.idle_days"]


def test_an_unknown_group_names_the_known_ones(book) -> None:
    result = book.run("policy list --group arr")
    assert result.exit == 3
    assert "visit" in result.err


def test_set_counts_from_its_day_on(book) -> None:
    done = book.run(f'policy set {KEY} 9 --from 2027-01-01 --reason "board" -f json').json()
    assert done["ok"]
    assert done["document"] == KEY
    assert done["changes"] == [{"field": KEY, "before": "6", "after": "9"}]
    now = row(book)
    assert (now["value"], now["next_value"], now["next_from"]) == ("6", "9", "2027-01-01")
    then = row(book, more="--as-of 2027-01-01")
    assert (then["value"], then["valid_from"], then["set_by"], then["reason"]) == ("9", "2027-01-01", "ADMIN", "board")


def test_a_past_day_keeps_its_value(book) -> None:
    book.run(f"policy set {KEY} 9")
    assert row(book, more="--as-of 2026-11-02")["value"] == "6"
    assert row(book)["value"] == "9"


def test_the_last_value_of_a_day_wins_and_both_stay(book) -> None:
    for value in ("8", "9"):
        book.run(f"policy set {KEY} {value}")
    assert row(book)["value"] == "9"
    rows = book.rows(f"policy history {KEY}")
    assert [r["value"] for r in rows] == ["6", "8", "9"]


def test_the_same_value_changes_nothing(book) -> None:
    result = book.run(f"policy set {KEY} 6")
    assert result.exit == 0
    assert "nothing changes" in result.out
    assert book.sql("select count(*) from policy_value")[0][0] == len(load_parameters())


def test_dry_run_keeps_nothing(book) -> None:
    assert book.run(f"policy set {KEY} 9 --dry-run").exit == 0
    assert row(book)["value"] == "6"


def test_a_later_value_is_told(book) -> None:
    book.run(f"policy set {KEY} 9 --from 2027-01-01")
    done = book.run(f"policy set {KEY} 7 -f json").json()
    assert [w["code"] for w in done["warnings"]] == ["policy_changes_again"]


def test_a_bad_value_is_refused_with_its_bounds(book) -> None:
    result = book.run(f"policy set {KEY} 99 -f json")
    assert result.exit == 2
    (problem,) = result.json()["problems"]
    assert problem["code"] == "policy_value_bad"
    assert (problem["facts"]["minimum"], problem["facts"]["maximum"]) == ("1", "60")


@pytest.mark.parametrize(("key", "value"), [("pool.warn_days", "31"), ("pool.idle_days", "6")])
def test_two_numbers_that_belong_together_keep_their_order(book, key: str, value: str) -> None:
    result = book.run(f"policy set {key} {value}")
    assert result.exit == 4
    assert "pool.warn_days" in result.err
    assert "pool.idle_days" in result.err


def test_a_deputy_must_be_on_the_staff(book) -> None:
    assert book.run("policy set approval.deputy NOBODY").exit == 3
    assert book.run("policy set approval.deputy ADMIN").exit == 0
    assert book.run("policy set approval.deputy none").exit == 0
    assert row(book, "approval.deputy")["value"] is None


@pytest.mark.parametrize("command", ["show pool.wrn_days", "set pool.wrn_days 9", "history pool.wrn_days"])
def test_an_unknown_key_suggests_the_nearest(book, command: str) -> None:
    result = book.run(f"policy {command}")
    assert result.exit == 3
    assert "pool.warn_days" in result.err


@pytest.mark.rule("ORG-09")
def test_history_tells_who_when_and_why(book) -> None:
    assert "ever changed" in book.run("policy history").err
    book.run(f'policy set {KEY} 9 --reason "board"')
    (found,) = book.rows("policy history")
    assert found == {"key": KEY, "value": "9", "valid_from": TODAY, "set_at": TODAY, "set_by": "ADMIN", "reason": "board"}
    assert book.sql("select count(*) from history where document = ? and day = ?", KEY, TODAY)[0][0] == 1


@pytest.mark.rule("ORG-07")
def test_setting_takes_the_right(book) -> None:
    hire(book, "R1", "rep")
    result = book.run(f"policy set {KEY} 9", user="R1")
    assert result.exit == 7
    assert "policy.set" in result.err
    assert book.run(f"policy show {KEY}", user="R1").exit == 0


@pytest.mark.rule("ORG-07")
def test_a_past_day_takes_the_right_to_backdate(book) -> None:
    hire(book, "D1", "director")
    result = book.run(f"policy set {KEY} 9 --from 2026-11-02", user="D1")
    assert result.exit == 7
    assert "backdate" in result.err
    assert book.run(f"policy set {KEY} 9 --from 2026-11-02").exit == 0
    assert row(book, more="--as-of 2026-11-02")["value"] == "9"


def test_explain_shows_rule_numbers_and_functions(book) -> None:
    book.run(f"policy set {KEY} 9")
    result = book.run("policy explain ar-08 -f json").json()
    head, *others = result["rows"]
    assert (head["part"], head["name"], head["value"], head["source"]) == ("rule", "AR-08", "M", "003 ART29")
    numbers = {r["name"]: (r["value"], r["origin"]) for r in others if r["part"] == "parameter"}
    assert numbers[KEY] == ("9", "regulation")
    assert numbers["penalty.mode"] == ("off", "own_default")


def test_explain_of_a_parameter_points_to_show(book) -> None:
    result = book.run(f"policy explain {KEY}")
    assert result.exit == 3
    assert f"salescli policy show {KEY}" in result.err


def test_chinese_throughout(book) -> None:
    shown = book.run("policy show penalty.mode", lang="zh").out
    assert "工资扣款与罚款" in shown
    assert "propose = 建议" in shown
    assert "建议 (propose)" in book.run("policy set penalty.mode x", lang="zh").err
    assert "为 propose" in book.run("policy set penalty.mode 建议", lang="zh").out
    assert "应为" in book.run("policy set kpi.weights 1,2", lang="zh").err
