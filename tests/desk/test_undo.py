"""`undo`: one's own last write of the day, while nothing hangs on it."""

from __future__ import annotations

import pytest

from salescli.desk.rules_undo import REVERSING, TAKES, Step, check_step
from tests.conftest import made_once
from tests.desk.desk_office import office  # noqa: F401  a fixture


@pytest.fixture
@made_once
def desk(office):
    """The office with RA's customer C1."""
    office.ok("customer add 华信科技 --code C1 --region East", user="RA", day="2026-11-02")


def region(book) -> str:
    return book.sql("select region from customer where code = 'C1'")[0][0]


@pytest.mark.rule("ORG-09")
def test_an_edit_goes_back_and_the_history_keeps_both(desk) -> None:
    desk.ok("customer edit C1 --region West --note hello", user="RA")
    done = desk.ok("undo -f json", user="RA").json()
    assert done["document"] == "C1"
    assert {"field": "region", "before": "West", "after": "East"} in done["changes"]
    assert desk.sql("select region, note from customer where code = 'C1'") == [("East", None)]
    assert desk.sql("select verb from history where document = 'C1' and tbl = 'customer' order by id") == [
        ("customer add",),
        ("customer edit",),
        ("undo",),
    ]
    assert desk.run("check").exit == 0


@pytest.mark.rule("ORG-09")
def test_a_name_takes_what_was_derived_from_it_along(desk) -> None:
    desk.ok("customer edit C1 --name 东方贸易", user="RA")
    desk.ok("undo", user="RA")
    assert [r["code"] for r in desk.rows("customer list hx", user="RA")] == ["C1"]


@pytest.mark.rule("LED-10")
def test_nobody_is_entered_twice_by_a_detour(desk) -> None:
    """What somebody else bears by now does not come back."""
    desk.ok("customer contact add C1 张三 --phone 13800000001", user="RA", day="2026-11-02")
    desk.ok("lead add 王芳 --company 东方电子有限公司 --phone 13900000001 --source fair", user="RA", day="2026-11-02")
    for change, other in (
        ("customer edit C1 --name 西部贸易", "customer add 华信科技 --code C9"),
        ("customer contact edit C1 张三 --phone 13800000002", "customer add 南方纸业 --code C8 --phone 13800000001"),
        ("lead edit LD-202611-0001 --phone 13900000002", "lead add 李明 --phone 13900000001 --source fair"),
        ("lead edit LD-202611-0001 --company 西方电子有限公司", "lead add 赵强 --company 东方电子有限公司 --source fair"),
    ):
        desk.ok(change, user="RA")
        desk.ok(other, user="RB")
        refused = desk.run("undo -f json", user="RA")
        assert (refused.exit, refused.json()["error"]["rule"]) in ((4, "LED-10"), (4, "LED-04")), change


def test_again_it_takes_back_the_write_before(desk) -> None:
    desk.ok("customer edit C1 --region West", user="RA")
    desk.ok("customer edit C1 --note hello", user="RA")
    desk.ok("undo", user="RA")
    assert region(desk) == "West"
    desk.ok("undo", user="RA")
    assert region(desk) == "East"
    desk.ok("task add Call", user="RA")
    desk.ok("task add Write", user="RA")
    desk.ok("undo", user="RA")
    desk.ok("undo", user="RA")
    assert desk.sql("select state, closed_on from task order by id") == [("dropped", "2026-11-03")] * 2


def test_only_ones_own_of_the_same_day(desk) -> None:
    assert desk.run("undo", user="RB").exit == 3
    assert desk.run("undo", user="RA").exit == 3  # C1 was entered yesterday
    desk.ok("customer edit C1 --region West", user="SU")
    assert desk.run("undo C1", user="RA").exit == 3
    desk.ok("undo c1", user="SU")
    assert region(desk) == "East"


def test_not_when_somebody_wrote_on_it_since(desk) -> None:
    desk.ok("customer edit C1 --region West", user="RA")
    desk.ok("customer edit C1 --region North", user="SU")
    result = desk.run("undo", user="RA")
    assert result.exit == 6
    assert "SU" in result.err
    assert region(desk) == "North"


def test_by_document(desk) -> None:
    desk.ok("customer edit C1 --region West", user="RA")
    number = desk.ok("task add Call -f json", user="RA").json()["document"]
    desk.ok("undo C1", user="RA")
    assert region(desk) == "East"
    desk.ok(f"undo {number}", user="RA")
    assert desk.run(f"undo {number}", user="RA").exit == 3


def test_a_settled_task_opens_again(desk) -> None:
    number = desk.ok("task add Call -f json", user="RA").json()["document"]
    desk.ok(f"task done {number} --result spoke", user="RA")
    desk.ok("undo", user="RA")
    assert desk.sql("select state, closed_on, result from task") == [("open", None, None)]


def test_a_contact_goes_the_history_keeps_it(desk) -> None:
    desk.ok("customer contact add C1 Wang --phone 13800138000", user="RA")
    desk.ok("undo", user="RA")
    assert desk.sql("select count(*) from contact") == [(0,)]
    assert desk.sql("select before is not null, after from history where tbl = 'contact' order by id desc limit 1") == [(1, None)]
    assert desk.run("check").exit == 0


@pytest.mark.rule("PRC-03")
def test_prices_are_not_set_back(desk) -> None:
    desk.ok("product add P1 Toner")
    desk.ok("product edit P1 --list-price 12.5")
    assert desk.run("undo").exit == 6
    desk.ok("product edit P1 --category toner")
    desk.ok("undo")
    assert desk.sql("select list_price, category from product") == [(125000, None)]


def test_a_dry_run_keeps_everything(desk) -> None:
    desk.ok("customer edit C1 --region West", user="RA")
    assert "East" in desk.ok("undo --dry-run", user="RA").out
    assert region(desk) == "West"


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("customer add Northwind --code C2", "archive"),
        ("policy set pool.idle_days 40", "policy set"),
        ("staff add NEW New --superior MA", "staff edit"),
        ("staff edit RB --superior MA", "staff edit"),
        ("staff edit RB --role supervisor", "staff edit"),
    ],
)
def test_what_is_an_event_is_reversed_by_its_own_command(desk, line, hint) -> None:
    desk.ok(line)
    before = desk.sql("select count(*) from history")
    result = desk.run("undo -f json")
    assert result.exit == 6
    assert hint in " ".join(p["hint"] for p in result.json()["problems"])
    assert desk.sql("select count(*) from history") == before


@pytest.mark.rule("STK-02", "AR-12")
@pytest.mark.parametrize("table", sorted(REVERSING))
def test_postings_and_events_are_never_touched(table) -> None:
    assert table not in TAKES
    assert [p.code for p in check_step(Step(table, 1, "X", {"amount": 1}, {"amount": 2}))] == ["undo_stays"]
    assert [p.code for p in check_step(Step(table, 1, "X", None, {"amount": 2}))] == ["undo_stays"]


@pytest.mark.rule("LED-10", "ORG-09")
@pytest.mark.parametrize(("lang", "said"), [("en", "customer merge is not undone: "), ("zh", "customer merge 不能撤销：")])
def test_a_merge_is_refused_in_one_sentence(desk, lang: str, said: str) -> None:
    desk.ok("customer add 华信公司 --code C2 --region East --address 南京路", user="RA")
    desk.ok("customer contact add C2 张三 --phone 13800000001", user="RA")
    desk.ok("customer contact add C1 李四 --phone 13800000002", user="RA")
    desk.ok("customer visit C2 --short --talk hello", user="RA")
    desk.ok("customer tag C2 好", user="RA")
    desk.ok("customer merge C1 C2 --reason twice")
    refused = desk.run("undo", lang=lang)
    assert (refused.exit, refused.err.count(said), len(refused.err.splitlines())) == (6, 1, 2)
    assert "salescli restore FILE" in refused.err or "salescli restore 文件" in refused.err
    problem = desk.run("undo -f json").json()["error"]
    assert problem["code"] == "undo_many"
    assert problem["facts"]["count"] > 3
    assert len(problem["facts"]["first"]) <= 3


def test_an_import_is_not_undone(desk) -> None:
    desk.file("customers.csv", "name,code\nAcme,C7\nBeta,C8\n")
    desk.ok("import customers customers.csv")
    assert desk.run("undo").exit == 6
    assert desk.sql("select count(*) from customer where code in ('C7', 'C8')") == [(2,)]


def test_no_field_named_here_is_a_kept_balance_or_an_owner() -> None:
    for takes in TAKES.values():
        assert not [f for f in takes.fields if f.startswith("kept_") or f.endswith("_id")]


def test_every_table_and_field_named_here_exists(book) -> None:
    for table, takes in TAKES.items():
        columns = {name for (name,) in book.sql(f"select name from pragma_table_info('{table}')")}
        assert takes.fields <= columns, table
        assert columns
    for table in REVERSING:
        assert book.sql(f"select count(*) from pragma_table_info('{table}')")[0][0], table


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_on_the_screen(desk, lang, golden) -> None:
    desk.ok("customer edit C1 --region West", user="RA")
    told = [desk.run("undo", user="RA", lang=lang).out, desk.run("undo", user="RB", lang=lang).err]
    desk.ok("customer edit C1 --region West", user="RA")
    desk.ok("customer edit C1 --region South", user="SU")
    told += [desk.run("undo", user="RA", lang=lang).err]
    desk.ok("customer add Northwind --code C2", user="RA")
    told += [desk.run("undo", user="RA", lang=lang).err]
    golden(f"desk/undo.{lang}.txt", "".join(told))


def test_a_paper_of_trade_is_told_once_with_its_own_way_back(desk) -> None:
    desk.ok("product add TN 粉盒 --list-price 5")
    desk.ok("customer add 华信 --code HXK --staff RA")
    desk.ok("order new HXK TN=2")
    refused = desk.run("undo -f json").json()
    assert [p["code"] for p in refused["problems"]] == ["undo_stays"]
    assert "salescli order cancel SO-202611-0001 --reason" in refused["error"]["hint"]
    desk.ok("stock receive TN=2 --reason x")
    assert "salescli stock adjust SKU=-QTY" in desk.run("undo").err
