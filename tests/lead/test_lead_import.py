"""Import of leads: columns of CLI.md §4, everything or nothing, history kept, caps kept (LED-01, LED-10, LED-11)."""

from __future__ import annotations

from pathlib import Path

import pytest

FILE = """名称,公司,电话,来源,负责人,创建日期,阶段,金额,预计成交日期,结束日期,结果
王芳,华信科技有限公司,13812345678,展会,LI,2026-03-01,need,48000,2026-12-31,,
赵强,东方电子,021-88886666,phone,WANG,2026-02-01,negotiate,12000,,2026-05-06,won
钱多,北方商贸,13900000001,朋友介绍,,2026-04-01,,,,,
孙丽,南方商贸,13900000002,phone,LI,2026-04-02,value,900,,2026-06-01,输单
周杰,,13900000003,phone,LI,2026-04-03,,,,2026-04-04,无效
"""


def load(book, text: str, more: str = "", lang: str = "zh"):
    book.file("leads.csv", text)
    return book.run(f"import leads leads.csv {more}", lang=lang)


@pytest.mark.rule("LED-01", "LED-11", "LED-12")
def test_leads_come_in_with_stage_owner_and_end(office) -> None:
    result = load(office, FILE)
    assert result.exit == 0, result.err
    rows = office.sql("select name, source, state, stage, stage_since, closed, staff_id is null, created from lead order by id")
    assert rows == [
        ("王芳", "fair", "contacted", "need", "2026-03-01", None, 0, "2026-03-01"),
        ("赵强", "phone", "contacted", "won", "2026-05-06", "2026-05-06", 0, "2026-02-01"),
        ("钱多", "friend_referral", "new", "develop", "2026-04-01", None, 1, "2026-04-01"),
        ("孙丽", "phone", "lost", "lost", "2026-06-01", "2026-06-01", 0, "2026-04-02"),
        ("周杰", "phone", "invalid", "develop", "2026-04-03", "2026-04-04", 0, "2026-04-03"),
    ]
    assert {move for (move,) in office.sql("select move from owner_change")} == {"imported"}
    assert {day for (day,) in office.sql("select owner_since from lead")} == {"2026-11-03"}
    assert office.run("check").exit == 0
    assert office.rows("lead show 王芳", user="LI")[0]["amount"] == "48000.00"
    won = {row["source"]: row for row in office.rows("lead sources", user="MA")}["phone"]
    assert (won["leads"], won["wins"], won["amount"]) == (2, 1, "12000.00")


@pytest.mark.rule("DAT-02")
def test_the_same_file_twice_changes_nothing(office) -> None:
    assert load(office, FILE).exit == 0
    before = office.sql("select count(*) from history")
    assert load(office, FILE).exit == 0
    assert office.sql("select count(*) from history") == before
    assert office.sql("select count(*) from lead")[0][0] == 5


@pytest.mark.rule("DAT-02")
def test_other_values_need_update_and_move_by_the_same_ways(office) -> None:
    assert load(office, FILE).exit == 0
    changed = FILE.replace("LI,2026-03-01,need,48000", "WANG,2026-03-01,value,50000").replace(
        "13900000001,朋友介绍,,", "13900000001,朋友介绍,LI,"
    )
    assert load(office, changed).exit == 9
    assert load(office, changed, "--update").exit == 0
    assert office.sql("select stage, stage_since, amount from lead where name = '王芳'") == [("value", "2026-11-03", 5000000)]
    assert office.run("check lead_owner lead_owner_log lead_stage lead_stage_log").exit == 0
    ended = changed.replace("value,50000,2026-12-31,,", "value,50000,2026-12-31,2026-11-01,lost")
    assert load(office, ended, "--update").exit == 0
    assert office.sql("select state, stage, closed from lead where name = '王芳'") == [("lost", "lost", "2026-11-01")]
    assert load(office, changed, "--update").exit == 0  # empty cells say nothing about what the book knows
    assert load(office, ended.replace("2026-11-01,lost", "2026-11-01,won"), "--update").exit == 9
    assert office.run("check").exit == 0


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("甲,,1391,展会,NOBODY,2026-03-01,,,,,", "unknown_staff"),
        ("甲,,1391,梦里,LI,2026-03-01,,,,,", "unknown_source"),
        ("甲,,1391,展会,LI,2026-03-01,梦,,,,", "unknown_stage"),
        ("甲,,1391,展会,LI,2026-03-01,,,,2026-04-01,", "not_closed"),
        ("甲,,1391,展会,LI,2026-03-01,,,,,won", "not_closed"),
        ("甲,,1391,展会,LI,2026-03-01,,,,2026-02-01,won", "ended_first"),
        ("甲,,1391,展会,LI,2027-03-01,,,,,", "in_future"),
    ],
)
def test_a_faulty_row_stops_everything(office, line: str, code: str) -> None:
    result = load(office, FILE + line + "\n", "-f json")
    assert result.exit == 9
    assert {p["code"] for p in result.json()["problems"]} == {code, "nothing_imported"}
    assert office.sql("select count(*) from lead")[0][0] == 0


@pytest.mark.rule("LED-01")
def test_create_adds_unknown_sources(office) -> None:
    assert load(office, FILE + "甲,,1391,抖音,LI,2026-03-01,,,,,\n", "--create").exit == 0
    assert office.sql("select code, name from lead_source") == [("抖音", "抖音")]
    assert office.run("check lead_source").exit == 0


@pytest.mark.rule("LED-11")
def test_the_cap_holds_at_the_import(office) -> None:
    office.ok("policy set pool.hold_cap 1")
    text = FILE + "甲,,13911110000,展会,LI,2026-03-02,,,,,\n"  # LI has one of FILE as well
    result = load(office, text, "-f json", lang="en")
    assert result.exit == 9
    assert result.json()["error"]["code"] == "hold_cap"


@pytest.mark.rule("DAT-02", "ORG-08")
def test_the_sample_file_goes_in_and_comes_out_again(book) -> None:
    data = Path(__file__).resolve().parents[2] / "data"
    for kind in ("staff", "leads"):
        book.ok(f"import {kind} {data / kind}.csv")
    before = book.sql("select name, phone, source, staff_id, created, stage, amount, closed from lead order by id")
    book.ok("export leads -o out.csv")
    facts = book.ok("import leads out.csv -f json").json()["facts"]
    assert (facts["added"], facts["changed"], facts["skipped"]) == (0, 0, 5)
    assert book.sql("select name, phone, source, staff_id, created, stage, amount, closed from lead order by id") == before
    assert book.run("check lead_owner lead_stage lead_stage_log lead_closed lead_converted lead_compared").exit == 0
    book.ok("export leads -o own.csv", user="W1")
    own = (book.folder / "own.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(own) == 3


@pytest.mark.rule("LED-12", "ST-01", "DAT-02")
def test_an_import_wins_no_lead_without_its_customer_and_drops_no_customers(filed) -> None:
    head, row = "name,phone,created,closed,outcome", "王芳,13812345678,2026-11-03,2026-11-03"
    refused = load(filed, f"{head}\n{row},won\n", "--update", lang="en")
    assert (refused.exit, "salescli lead convert LD-202611-0001" in refused.err) == (9, True), refused.err
    filed.ok("lead convert LD-202611-0001 --code HX", user="LI")
    refused = load(filed, f"{head}\n{row},invalid\n", "--update", lang="en")
    assert (refused.exit, "it ends as won or lost" in refused.err) == (9, True), refused.err
    assert load(filed, f"{head}\n{row},won\n", "--update").exit == 0
    assert filed.sql("select stage, state, closed from lead") == [("won", "converted", "2026-11-03")]
    assert filed.run("check").exit == 0


@pytest.mark.rule("LED-10")
def test_no_lead_is_a_duplicate_of_itself_by_whatever_name(filed) -> None:
    for itself in ("LD-202611-0001", "华信科技有限公司", "王芳"):
        assert filed.run(["lead", "screen", "LD-202611-0001", "duplicate", "--of", itself], user="LI").exit == 2


@pytest.mark.rule("DAT-02", "LED-12")
def test_a_lead_that_rests_goes_out_and_comes_in_again(filed) -> None:
    filed.ok("lead add 赵强 --source phone", user="LI")
    for number in ("LD-202611-0001", "LD-202611-0002"):
        filed.ok(f"lead stage {number} paused --reason later", user="LI")
    filed.ok("lead lose LD-202611-0002 --reason 太贵 --alternative 二手", user="LI")
    filed.ok("export leads -o leads.csv")
    assert "already there 2" in filed.ok("import leads leads.csv").out
    assert load(filed, "name,staff,stage,created,closed,outcome\n孙丽,LI,暂停,,,\n周杰,LI,paused,2026-10-01,2026-11-02,lost\n").exit == 0
    assert filed.run("check").exit == 0
    filed.ok("lead stage 孙丽 need --reason again", user="LI")
    assert filed.sql("select stage from lead where name in ('孙丽', '周杰') order by id") == [("need",), ("lost",)]
