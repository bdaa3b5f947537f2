"""Put away, on record as bad, tagged, counted: a customer is never deleted (ORG-08, AP-19, CUS-04, CUS-06)."""

from __future__ import annotations

from datetime import date

import pytest

from salescli.customer.rules_standing import standing
from salescli.customer.states import Standing

HUAXIN, EAST, NOBODY = "C0001", "C0002", "C0003"
TODAY = date(2026, 11, 3)


def imported_order(office, day: str, *, customer: str = HUAXIN, number: str = "SO-1", delivered: bool = True) -> None:
    if not office.sql("select 1 from product"):
        office.ok("product add P1 Paper")
    end = f",{day}" if delivered else ","
    office.file("o.csv", f"order,date,customer,sku,quantity,unit_price,staff,delivered\n{number},{day},{customer},P1,1,10,LI{end}\n")
    office.ok("import orders o.csv")


# --- the archive --------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("ORG-08")
def test_sellers_archive_nothing_themselves(office) -> None:
    line = f"customer archive {HUAXIN} --reason closed"
    assert office.run(line, user="LI").exit == office.run(line, user="WANG").exit == 5
    assert office.run(line, user="DOCK").exit == 7
    assert office.run([*line.split(), "--request", "the shop is empty"], user="LI").exit == 5
    office.ok("approve AP-202611-0001", user="MA")
    office.ok(line, user="LI")
    assert office.sql("select archived_on, archived_reason from customer where code = 'C0001'") == [("2026-11-03", "closed")]
    assert office.run("customer --help").out.find("delete") == -1
    office.ok(f"customer unarchive {HUAXIN} --reason again", user="MA")
    assert office.run(line, user="LI").exit == 5  # what was granted is used up


@pytest.mark.rule("ORG-08")
def test_archived_ones_leave_the_lists_and_come_back(office) -> None:
    office.ok(f"customer archive {HUAXIN} --reason closed", user="MA")
    assert HUAXIN not in [r["code"] for r in office.rows("customer list")]
    assert [r["code"] for r in office.rows("customer list --archived")] == [HUAXIN]
    assert office.rows("customer show 华信")[0]["standing"] == "archived"
    for line in (
        f"customer archive {HUAXIN} --reason x",
        f"customer transfer {HUAXIN} --to HAN --reason x",
        f"customer claim {HUAXIN}",
        f"customer block {HUAXIN} --reason x",
    ):
        assert office.run(line, user="MA").exit == 6, line
    office.ok("pool run", day="2027-03-01")
    assert office.sql("select count(*) from owner_change where move = 'pooled' and customer_id = 1") == [(0,)]
    office.ok(f"customer unarchive {HUAXIN} --reason again", user="MA", day="2027-03-01")
    (row,) = office.rows("customer show 华信", day="2027-03-01")
    assert (row["staff"], row["standing"], row["days_left"]) == ("LI", "potential", 30)
    assert office.rows(f"customer owners {HUAXIN}")[-1]["move"] == "restored"
    assert office.run(f"customer unarchive {HUAXIN} --reason x", user="MA").exit == 6
    office.ok("check customer_owner history_rows", day="2027-03-01")


@pytest.mark.rule("ORG-08", "ORG-06")
def test_whose_owner_left_comes_back_to_nobody(office) -> None:
    office.ok(f"customer archive {HUAXIN} --reason closed", user="MA")
    office.sql("update staff set left_on = '2026-11-02' where code = 'LI'")
    assert "in the pool" in office.ok(f"customer unarchive {HUAXIN} --reason again", user="MA").out
    assert office.rows(f"customer owners {HUAXIN}")[-1]["former"] == "LI"


@pytest.mark.rule("ORG-08")
def test_nothing_may_hang_on_him(office) -> None:
    """Every kind that hangs is named with its number."""
    imported_order(office, "2026-10-01", number="SO-1")
    imported_order(office, "2026-10-02", number="SO-2", delivered=False)
    office.ok(f"lead add 续购 --customer {HUAXIN} --source fair", user="LI")
    refused = office.run(f"customer archive {HUAXIN} --reason x -f json", user="MA")
    assert refused.exit == 6
    assert {p["facts"]["what"]: p["facts"]["count"] for p in refused.json()["problems"]} == {
        "open_receivables": 1,
        "open_orders": 1,
        "open_leads": 1,
    }
    for problem in refused.json()["problems"]:  # and by the command that lists it
        assert len(office.rows(problem["hint"].partition(": ")[2], user="MA")) == problem["facts"]["count"]


@pytest.mark.rule("ORG-08", "SVC-01", "VIS-04")
def test_an_open_ticket_or_visit_hangs_on_him_and_nothing_new_begins_with_him(office) -> None:
    office.ok(f"service open {HUAXIN} 漏墨", user="LI")
    office.ok(f"visit appoint {HUAXIN} --on +1d --purpose 看样", user="LI")
    refused = office.run(f"customer archive {HUAXIN} --reason x -f json", user="MA").json()
    assert {p["facts"]["what"] for p in refused["problems"]} == {"open_tickets", "open_appointments"}
    office.ok(f"customer archive {EAST} --reason x", user="MA")
    for line in (
        f"customer promise add {EAST} 样品 --due +3d",
        f"customer contact add {EAST} 王 --phone 13700000000",
        f"customer edit {EAST} --name 东方贸易",
        f"service open {EAST} 漏墨 --staff ZENG",
        f"service agent {EAST} SVC",
        f"service asset add {EAST} 打印机",
        f"lead add 续购 --customer {EAST} --source fair --staff ZENG",
    ):
        result = office.run(f"{line} -f json", user="MA")
        assert (result.exit, result.json()["error"]["code"]) == (6, "archived"), line


@pytest.mark.rule("ORG-06")
def test_whoever_has_left_is_given_nothing_to_do(office) -> None:
    office.ok("staff leave HAN --on 2026-11-03")
    for line in (
        f"service agent {HUAXIN} HAN",
        f"customer promise add {HUAXIN} 样品 --due +3d --staff HAN",
        f"visit appoint {HUAXIN} --on +1d --purpose 看样 --with HAN",
        "visit appoint BLUE --on +1d --purpose 看样 --staff HAN",
        "meeting record morning --action HAN:+1d:报价",
    ):
        result = office.run(f"{line} -f json", user="WANG", day="2026-11-04")
        assert (result.exit, result.json()["error"]["code"]) == (4, "staff_left"), line


# --- where they came from -----------------------------------------------------------------------------------------------------


@pytest.mark.rule("LED-01", "LED-17", "CUS-06")
def test_a_channel_is_one_however_it_is_called(office) -> None:
    office.ok("lead source douyin --name 抖音")
    for number, source in enumerate(("展会", "fair", "Fair", "抖音", "douyin", "报纸")):
        office.ok(["customer", "add", f"来源{number}号", "--source", source], user="LI")
    office.file("more.csv", "客户名称,来源\n来源七号,展会\n来源八号,walk-in\n")
    office.ok("import customers more.csv")
    found = {row["name"]: row["customers"] for row in office.rows("customer classes --by source") if row["name"]}
    assert found == {"fair": 4, "douyin": 2, "报纸": 1, "walk_in": 1}
    assert "展会 " in office.ok("customer classes --by source", lang="zh").out
    office.ok("customer edit 来源5号 --source 上门")
    assert office.sql("SELECT source FROM customer WHERE name = '来源5号'") == [("walk_in",)]
    assert office.ok("import customers more.csv -f json").json()["facts"]["skipped"] == 2


# --- new, existing, bad record ------------------------------------------------------------------------------------------------


@pytest.mark.rule("CUS-04")
@pytest.mark.parametrize(
    ("first", "more", "expected"),
    [
        (None, {}, Standing.POTENTIAL),
        (date(2026, 8, 5), {}, Standing.NEW),
        (date(2026, 8, 4), {}, Standing.EXISTING),
        (date(2020, 1, 1), {"pooled": True}, Standing.SLEEPING),
        (date(2020, 1, 1), {"pooled": True, "archived": True}, Standing.ARCHIVED),
    ],
)
def test_new_and_existing_follow_from_the_first_order(first: date | None, more: dict, expected: Standing) -> None:
    assert standing(first, 90, TODAY, **more) is expected


@pytest.mark.rule("CUS-04")
def test_nobody_sets_it(office) -> None:
    assert office.rows("customer show 华信")[0]["standing"] == "potential"
    imported_order(office, "2026-10-01")
    assert office.rows("customer show 华信")[0]["standing"] == "new"
    assert office.rows("customer show 华信", day="2027-02-01")[0]["standing"] == "existing"
    office.sql("update sales_order set state = 'cancelled'")
    assert office.rows("customer show 华信")[0]["standing"] == "potential"


@pytest.mark.rule("CUS-04")
def test_a_bad_record_has_a_reason_and_is_shown(office) -> None:
    assert office.run(f"customer block {HUAXIN} --reason x", user="LI").exit == 7
    office.ok(f"customer block {HUAXIN} --reason 'two cheques bounced'", user="FIN")
    shown = office.ok("customer show 华信", user="LI")
    assert "on record as bad since 2026-11-03: two cheques bounced" in shown.out
    assert office.rows("customer show 华信")[0]["bad_reason"] == "two cheques bounced"
    office.ok(f"customer unblock {HUAXIN} --reason 'paid everything'", user="FIN")
    assert office.run(f"customer unblock {HUAXIN} --reason x", user="FIN").exit == 6
    assert office.sql("select count(*) from history where document = 'C0001' and after = 'paid everything'") == [(1,)]


# --- tags and classes -----------------------------------------------------------------------------------------------------


@pytest.mark.rule("CUS-06")
def test_tags_without_limit(office) -> None:
    office.ok(f"customer tag {HUAXIN} +vip 大客户 +展会", user="LI")
    office.ok(f"customer tag {HUAXIN} -vip +fair +fair", user="LI")
    assert office.rows("customer show 华信")[0]["tags"] == "fair, 大客户, 展会"
    assert [r["code"] for r in office.rows("customer list --tag fair")] == [HUAXIN]
    assert office.run(f"customer tag {HUAXIN} -vip", user="LI").exit == 4
    assert office.run(f"customer tag {HUAXIN} a,b", user="LI").exit == 2
    assert office.run(f"customer tag {HUAXIN} +x", user="HAN").exit == 3
    assert office.ok(f"customer tag {HUAXIN} +fair -f json", user="LI").json()["changes"] == []
    assert {r["name"]: r["customers"] for r in office.rows("customer classes --by tag")} == {"fair": 1, "大客户": 1, "展会": 1}


@pytest.mark.rule("CUS-06", "CUS-04")
@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("class", {"A": 1, None: 3}),
        ("region", {"East": 2, "West": 1, None: 1}),
        ("staff", {"LI": 1, "HAN": 1, "ZENG": 1, None: 1}),
        ("standing", {"new": 1, "potential": 2, "sleeping": 1}),
        ("frequency", {"once": 1, "never": 3}),
    ],
)
def test_how_many_of_each_kind(office, by: str, expected: dict) -> None:
    imported_order(office, "2026-10-01")
    rows = office.rows(f"customer classes --by {by}")
    assert {r["name"]: r["customers"] for r in rows} == expected
    assert sum(r["dealt"] for r in rows) == 1
    assert sum(r["pool"] for r in rows) == 1


@pytest.mark.rule("ORG-07")
def test_who_counts_whom(office) -> None:
    assert [r["customers"] for r in office.rows("customer classes --by staff", user="LI")] == [1]


SCREENS = (
    f"customer tag {HUAXIN} +vip +展会 --user LI",
    f"customer block {HUAXIN} --reason 支票退票 --user FIN",
    f"customer archive {HUAXIN} --reason 停业 --user LI",
    f"customer archive {EAST} --reason 停业 --user MA",
    "customer list --archived",
    f"customer unarchive {EAST} --reason 复业 --user MA",
    "customer classes --by standing",
    "customer duplicates 华信科技",
    "customer add 华信科技 --user HAN",
    "customer add 上海华信科技 --user HAN",
)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens(office, golden, lang: str) -> None:
    text = []
    for line in SCREENS:
        result = office.run(line, lang=lang)
        text.append(f"$ salescli {line}\n{result.out}{result.err}[{result.exit}]\n")
    golden(f"customer/archive.{lang}.txt", "\n".join(text))
