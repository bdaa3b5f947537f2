"""Approvals from the command line: asking, climbing, deciding, deputies, what the room hears."""

from __future__ import annotations

import pytest

from salescli import cli
from salescli.desk import approvals
from tests.desk import desk_asking as asking
from tests.desk.desk_office import office  # noqa: F401  a fixture

DAY = "2026-11-03"


@pytest.fixture
def desk(office, monkeypatch):
    """The office with a command that needs approval."""
    monkeypatch.setitem(cli.TABLE["The book:"], "grant", cli.Entry("tests.desk.desk_asking", "A write that needs approval.", "grant"))
    asking.SETTLED.clear()
    return office


def file_one(book, line: str = "grant D1 --price 500", user: str = "RA") -> str:
    """File a request as somebody; its number."""
    result = book.run(f'{line} --request "customer insists" -f json', user=user)
    assert result.exit == 5, result
    return result.json()["error"]["facts"]["number"]


@pytest.mark.rule("DAT-01")
def test_a_write_that_needs_approval_says_so_and_keeps_nothing(desk) -> None:
    result = desk.run("grant D1 --price 500", user="RA")
    assert result.exit == 5
    assert '"reason"' in result.err
    assert desk.sql("select count(*) from approval") == [(0,)]
    assert desk.sql("select count(*) from number_series where series = 'XX'") == [(0,)]


@pytest.mark.rule("DAT-01")
def test_request_files_it_and_undoes_the_rest(desk) -> None:
    number = file_one(desk)
    assert desk.sql("select number, state, document, reason from approval") == [(number, "waiting", "D1", "customer insists")]
    assert desk.sql("select count(*) from number_series where series = 'XX'") == [(0,)]
    assert desk.sql("select count(*) from history where after like '%half done%'") == [(0,)]
    assert desk.run("check").exit == 0


@pytest.mark.rule("DAT-01")
def test_the_same_request_is_not_filed_twice(desk) -> None:
    number = file_one(desk)
    again = desk.run('grant D1 --price 500 --request "again" -f json', user="RA")
    assert again.exit == 5
    assert again.json()["error"]["code"] == "approval_waits"
    assert again.json()["error"]["facts"]["number"] == number
    assert desk.sql("select count(*) from approval") == [(1,)]
    waits = desk.run("grant D1 --price 500", user="RA")
    assert number in waits.err


@pytest.mark.rule("ORG-02", "DAT-01")
def test_levels_climb_one_at_a_time(desk) -> None:
    number = file_one(desk)
    assert [r["waits_for"] for r in desk.rows("inbox", user="SU")] == ["SU"]
    assert desk.rows("inbox", user="MA") == []
    early = desk.run(f"approve {number}", user="MA")
    assert early.exit == 7
    assert "SU" in early.err
    assert desk.ok(f"approve {number}", user="SU").out.startswith(f"{number} is approved on your level and waits now for manager (MA)")
    assert desk.run("grant D1 --price 500", user="RA").exit == 5
    assert desk.rows("inbox", user="SU") == []
    desk.ok(f"approve {number} --note fine", user="MA")
    assert desk.run("grant D1 --price 500", user="RA").exit == 0


@pytest.mark.rule("DAT-01")
def test_other_content_needs_another_request(desk) -> None:
    number = file_one(desk)
    desk.ok(f"approve {number}", user="SU")
    desk.ok(f"approve {number}", user="MA")
    assert desk.run("grant D1 --price 499", user="RA").exit == 5
    assert desk.run("grant D2 --price 500", user="RA").exit == 5


@pytest.mark.rule("ORG-03")
def test_nobody_decides_his_own_request(desk) -> None:
    number = file_one(desk, user="SU")  # his superior and his manager are one person: one level
    assert [r["waits_for"] for r in desk.rows("inbox --all", user="GM")] == ["MA"]
    own = desk.run(f"approve {number}", user="SU")
    assert own.exit == 7
    assert "ORG-03" in own.err
    assert desk.rows("inbox", user="SU") == []


@pytest.mark.rule("ORG-03")
def test_a_level_only_the_requester_holds_goes_one_role_up(desk) -> None:
    file_one(desk, "grant D1 --kind AP-02", user="MA")  # AP-02 takes a manager, and he is the only one
    assert [(r["role"], r["waits_for"]) for r in desk.rows("inbox", user="GM")] == [("management", "GM")]


@pytest.mark.rule("ORG-03", "DAT-01")
def test_without_anybody_above_it_is_refused_never_passed(desk) -> None:
    result = desk.run('grant D1 --kind AP-02 --request "mine"', user="GM")
    assert result.exit == 4
    assert "approval.deputy" in result.err
    assert desk.sql("select count(*) from approval") == [(0,)]
    desk.ok("policy set approval.deputy FI")
    number = file_one(desk, "grant D1 --kind AP-02", user="GM")
    assert [r["role"] for r in desk.rows("inbox", user="FI")] == ["deputy"]
    desk.ok(f"approve {number}", user="FI")
    assert desk.run("grant D1 --kind AP-02", user="GM").exit == 0


@pytest.mark.rule("DAT-01")
def test_check_reports_who_could_ask_nobody(desk) -> None:
    assert "GM: AP-01" in desk.run("check approval_paths").err
    desk.ok("policy set approval.deputy FI")
    assert "GM" not in desk.run("check approval_paths").err


@pytest.mark.rule("DAT-01", "ORG-06")
def test_a_request_moves_on_when_its_approver_leaves(desk) -> None:
    number = file_one(desk)
    desk.ok("staff leave SU --on 2026-11-02")
    assert [r["number"] for r in desk.rows("inbox", user="MA")] == [number]
    desk.ok(f"approve {number}", user="MA")  # as the rep's superior now
    desk.ok(f"approve {number}", user="MA")  # and as manager
    assert desk.run("grant D1 --price 500", user="RA").exit == 0


@pytest.mark.rule("ORG-02")
def test_a_request_follows_its_author_to_another_superior(desk) -> None:
    number = file_one(desk)
    desk.ok("staff add SX 'Other Super' --role supervisor --superior MA")
    desk.ok("staff edit RA --superior SX")
    assert desk.run(f"approve {number}", user="SU").exit == 7
    desk.ok(f"approve {number}", user="SX")


def test_waiting_requests_without_a_decider_fail_the_check(desk) -> None:
    number = file_one(desk, "grant D1 --kind AP-07", user="MA")
    desk.ok("staff leave GM --on 2026-11-02")
    result = desk.run("check approval_deciders")
    assert result.exit == 4
    assert number in result.out + result.err
    assert "approval.deputy" in desk.run(f"approve {number}", user="FI").err


@pytest.mark.rule("DAT-01")
def test_a_refusal_needs_a_reason_and_goes_back(desk) -> None:
    number = file_one(desk)
    assert desk.run(f"refuse {number}", user="SU").exit == 2
    assert desk.run(f'refuse {number} --reason " "', user="SU").exit == 2
    desk.ok(f'refuse {number} --reason "below cost"', user="SU")
    (mine,) = desk.rows("inbox --mine", user="RA")
    assert (mine["state"], mine["answer"]) == ("refused", "below cost")
    assert desk.run("grant D1 --price 500", user="RA").exit == 5
    assert desk.run(f"approve {number}", user="SU").exit == 6
    assert file_one(desk) != number


@pytest.mark.rule("DAT-01")
def test_only_the_author_withdraws(desk) -> None:
    number = file_one(desk)
    assert desk.run(f"withdraw {number}", user="RB").exit == 7
    assert desk.run(f"withdraw {number}", user="SU").exit == 7
    desk.ok(f"withdraw {number.lower()}", user="RA")
    assert desk.run(f"approve {number}", user="SU").exit == 6
    assert desk.run("withdraw AP-000000-0000", user="RA").exit == 3


@pytest.mark.rule("ORG-06")
def test_a_superior_clears_what_a_leaver_left_waiting(desk) -> None:
    number = file_one(desk)
    desk.ok("staff leave RA --on 2026-11-02")
    assert desk.run(f"withdraw {number}", user="RB").exit == 7
    desk.ok(f"withdraw {number}", user="MA")


@pytest.mark.rule("DAT-01", "ORG-03")
def test_a_deputy_decides_while_the_holder_is_away(desk) -> None:
    desk.ok("staff deputise SU FD --until 2026-11-10 --from 2026-11-04", user="SU")
    number = file_one(desk)
    assert desk.run(f"approve {number}", user="FD").exit == 7
    later = {"day": "2026-11-04", "user": "FD"}
    assert [r["number"] for r in desk.rows("inbox", **later)] == [number]
    assert desk.run(f"approve {number}", day="2026-11-11", user="FD").exit == 7
    desk.ok(f"approve {number}", **later)
    assert desk.sql("select code from approval_step join staff s on s.id = decided_by") == [("FD",)]


@pytest.mark.rule("ORG-03")
def test_a_deputy_does_not_decide_his_own_request(desk) -> None:
    desk.ok("staff deputise SU RA --until 2026-11-10", user="SU")
    number = file_one(desk)
    assert desk.rows("inbox", user="RA") == []
    assert desk.run(f"approve {number}", user="RA").exit == 7
    assert file_one(desk, "grant D2", user="RB") in [r["number"] for r in desk.rows("inbox", user="RA")]


def test_deputies_are_arranged_by_oneself_ones_superiors_or_who_edits_staff(desk) -> None:
    assert desk.run("staff deputise SU RB --until 2026-11-10", user="RA").exit == 7
    assert desk.run("staff deputise SU RB", user="SU").exit == 2
    assert desk.run("staff deputise SU SU --until 2026-11-10", user="SU").exit == 4
    assert desk.run("staff deputise SU RB --until 2026-11-01", user="SU").exit == 2
    desk.ok("staff deputise SU RB --until 2026-11-10 --reason leave", user="MA")
    assert desk.run("staff deputise SU RB --until 2026-11-09", user="SU").exit == 6  # noted already
    assert [(r["staff"], r["deputy"], r["until"]) for r in desk.rows("staff deputies")] == [("SU", "RB", "2026-11-10")]
    desk.ok("staff deputise SU RB --end", user="SU")
    assert desk.rows("staff deputies") == []
    assert desk.run("staff deputise SU RB --end", user="SU").exit == 3


@pytest.mark.rule("ORG-03")
def test_a_subordinate_of_a_head_does_not_decide_for_him(desk) -> None:
    desk.ok("staff add MB 'Second Manager' --role manager --superior MA")
    file_one(desk, "grant D1 --kind AP-02", user="MA")
    assert desk.rows("inbox", user="MB") == []
    assert [r["role"] for r in desk.rows("inbox", user="GM")] == ["management"]


@pytest.mark.rule("DAT-01")
def test_the_office_sets_its_own_paths(desk) -> None:
    desk.ok("policy set approval.path.AP-16 SUP,FIN")
    number = file_one(desk, "grant D1 --kind AP-16")
    desk.ok(f"approve {number}", user="SU")
    assert [r["role"] for r in desk.rows("inbox", user="FI")] == ["finance"]
    assert desk.run("policy set approval.path.AP-16 SUP,BOSS").exit == 2


@pytest.mark.rule("DAT-01")
@pytest.mark.parametrize(("line", "user", "state"), [("approve {n}", "MA", "approved"), ("refuse {n} --reason no", "MA", "refused"),
                                                     ("withdraw {n}", "SU", "withdrawn")])  # fmt: skip
def test_the_room_is_told_once_it_is_settled(desk, monkeypatch, line, user, state) -> None:
    monkeypatch.setitem(approvals.HANDLERS, "AP-02", "tests.desk.desk_asking:settled")
    number = file_one(desk, "grant D1 --kind AP-02", user="SU")
    done = desk.ok(line.format(n=number), user=user)
    assert [("D1", state)] == asking.SETTLED
    assert "D1 goes on" in done.out
    assert desk.sql("select count(*) from history where document = 'D1' and after like 'room told%'") == [(1,)]


@pytest.mark.rule("VIS-09", "DAT-01")
def test_waiting_requests_stand_on_the_day_list_with_their_days(desk) -> None:
    number = file_one(desk)
    (line,) = [r for r in desk.rows("today", user="SU", day="2026-11-06") if r["kind"] == "approval"]
    assert (line["ref"], line["late_days"], line["rule"]) == (number, 3, "DAT-01")
    assert f"salescli approve {number}" in line["text"]
    assert not [r for r in desk.rows("today", user="RB") if r["kind"] == "approval"]
    assert [r["ref"] for r in desk.rows("today --all", user="GM") if r["kind"] == "approval"] == [number]


@pytest.mark.rule("ORG-07")
def test_all_shows_only_what_one_may_see(desk) -> None:
    number = file_one(desk)
    for user, seen in (("RB", []), ("SU", [number]), ("FI", [number]), ("FD", [])):
        assert [r["number"] for r in desk.rows("inbox --all", user=user)] == seen
    assert desk.run("inbox --all --mine").exit == 2


def test_dry_run_decides_nothing(desk) -> None:
    number = file_one(desk)
    desk.ok(f"approve {number} --dry-run", user="SU")
    assert [r["number"] for r in desk.rows("inbox", user="SU")] == [number]
    assert desk.run('grant D2 --request "x" --dry-run', user="RA").exit == 5
    assert desk.sql("select count(*) from approval") == [(1,)]


def test_a_sentence_inside_a_sentence_survives_the_file(desk) -> None:
    from salescli.core.approval import pack, unpack
    from salescli.core.i18n import msg

    said = msg("{why} and {figures}", why=msg("limit {limit:amount}", limit=5), figures=[1, msg("x")])
    assert unpack(said.text, pack(said)).render() == said.render() == "limit 0.05 and 1, x"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_inbox_on_the_screen(desk, lang, golden) -> None:
    file_one(desk)
    golden(f"desk/inbox.{lang}.txt", desk.ok("inbox", user="SU", lang=lang, day="2026-11-05").out)
