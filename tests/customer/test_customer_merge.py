"""Two files of one customer become one, and nothing is left behind (LED-10, ORG-09)."""

from __future__ import annotations

import json

import pytest

HUAXIN, EAST, NOBODY = "C0001", "C0002", "C0003"


def traded(office) -> None:
    """Orders, receivables, money, visits, promises, leads, tags, tasks on both sides."""
    office.ok("product add P1 Paper")
    lines = [f"SO-{n},2026-0{n}-01,{c},P1,1,{n}00,2026-0{n}-02,2026-0{n}-20" for n, c in ((5, HUAXIN), (6, EAST), (7, EAST), (9, EAST))]
    office.file("o.csv", "\n".join(["order,date,customer,sku,quantity,unit_price,delivered,due", *lines]))
    office.ok("import orders o.csv")
    office.ok(f"ar receipt {EAST} 650 --no-input", user="FIN")
    office.ok(f"lead add 续购 --customer {EAST} --source fair", user="ZENG")
    office.ok("lead follow LD-202611-0001 '电话谈过' --next +7d", user="ZENG")
    office.ok(f"customer tag {HUAXIN} +vip +fair")
    office.ok(f"customer tag {EAST} +vip +old")
    office.ok(f"customer contact add {EAST} 钱二 --phone 13900000002")


MERGE = f"customer merge {HUAXIN} {EAST} --reason 'entered twice'"


@pytest.mark.rule("LED-10", "ORG-09")
def test_everything_moves_and_no_total_changes(office) -> None:
    traded(office)
    office.ok(f"customer edit {EAST} --credit-limit 100000")
    aged = office.ok("ar aging -f json").json()["totals"]
    before = {
        t: office.sql(f"select count(*) from {t}")[0][0] for t in ("contact", "sales_order", "receivable", "receipt", "lead", "interaction")
    }
    done = office.ok(f"{MERGE} -f json", user="MA").json()
    assert office.ok("ar aging -f json").json()["totals"] == aged
    assert {t: office.sql(f"select count(*) from {t}")[0][0] for t in before} == before
    assert {"sales_order": "3", "credit_limit": "100000.00"}.items() <= {c["field"]: c["after"] for c in done["changes"]}.items()
    (row,) = office.rows(f"customer show {HUAXIN}")
    assert (row["orders"], row["contact"], row["contacts"], row["tax_no"], row["staff"]) == (4, "王芳", 3, "91310000MA1FL0XX9P", "LI")
    assert row["tags"] == "fair, old, vip"
    assert office.rows("lead show LD-202611-0001")[0]["staff"] == "LI"  # an open lead goes along
    office.ok("check")
    office.ok("history --verify")


@pytest.mark.rule("LED-10")
def test_nothing_refers_to_the_one_that_went(office) -> None:
    """Found from the foreign keys, so that a table made later is not forgotten."""
    traded(office)
    (gone,) = office.sql("select id from customer where code = ?", EAST)[0]
    office.ok(MERGE)
    tables = [name for (name,) in office.sql("select name from sqlite_master where type = 'table'")]
    keys = [(t, k[3]) for t in tables for k in office.sql(f"pragma foreign_key_list('{t}')") if k[2] == "customer"]
    assert len(keys) >= 8
    for table, column in keys:
        assert office.sql(f"select count(*) from {table} where {column} = ?", gone) == [(0,)], table


@pytest.mark.rule("LED-10")
def test_a_table_nobody_has_thought_of_moves_too(office) -> None:
    from salescli.book.create import load_tables
    from salescli.core.schema import metadata
    from salescli.desk.actions_merge import references

    load_tables()
    wanted = {
        (t.name, c.name)
        for t in metadata.sorted_tables
        for c in t.columns
        if any(k.column.table.name == "customer" for k in c.foreign_keys)
    }
    assert {(str(r.model.__tablename__), r.column) for r in references()} == wanted


@pytest.mark.rule("LED-10")
def test_the_old_code_goes_on_working(office) -> None:
    office.ok(MERGE)
    assert office.rows(f"customer show {EAST.lower()}")[0]["code"] == HUAXIN
    assert office.rows(f"customer show {EAST}", user="LI")[0]["code"] == HUAXIN
    assert office.run(f"customer show {EAST}", user="ZENG").exit == 3  # no longer his
    assert office.run(f"customer add 新的 --code {EAST}").exit == 4
    assert "C0001" in office.run("customer add 东方电子", user="HAN").err  # the old name means him as well
    office.ok("product add P1 Paper")
    office.file("o.csv", f"order,date,customer,sku,quantity,unit_price\nSO-9,2026-10-01,{EAST},P1,1,10\n")
    office.ok("import orders o.csv --create")
    assert office.sql("select c.code from sales_order o join customer c on c.id = o.customer_id") == [(HUAXIN,)]
    office.file("c.csv", f"code,name,industry\n{EAST},华信科技有限公司,IT\n")
    office.ok("import customers c.csv --update")
    assert office.rows(f"customer show {HUAXIN}")[0]["industry"] == "IT"
    # Merged again, both old codes follow.
    office.ok(f"customer merge BLUE {HUAXIN} --reason again")
    assert {office.rows(f"customer show {code}")[0]["code"] for code in (EAST, HUAXIN)} == {"BLUE"}
    office.ok("check customer_alias customer_owner")


@pytest.mark.rule("LED-11")
def test_owner_and_clock_after_a_merge(office) -> None:
    office.ok(MERGE, day="2026-11-20")
    (row,) = office.rows(f"customer show {HUAXIN}", day="2026-11-20")
    assert (row["staff"], row["days_left"]) == ("LI", 13)  # the merge restarts no clock
    moves = [(r["move"], r["former"], r["staff"], r["operator"]) for r in office.rows(f"customer owners {HUAXIN}", day="2026-11-20")]
    assert moves[-1] == ("merged", "ZENG", "LI", "ADMIN")
    assert ("created", None, "ZENG", "ADMIN") in moves


@pytest.mark.rule("LED-11")
def test_one_in_the_pool_gets_the_others_owner_with_his_days(office) -> None:
    office.ok("policy set pool.hold_cap 1 --reason t")
    office.ok(f"customer merge {NOBODY} {EAST} --reason twice", day="2026-11-20")
    (row,) = office.rows(f"customer show {NOBODY}", day="2026-11-20")
    assert (row["staff"], row["days_left"]) == ("ZENG", 13)
    office.ok("check customer_owner pool_cap")


@pytest.mark.rule("LED-10", "ORG-07")
@pytest.mark.parametrize(
    ("line", "user", "status"),
    [
        (MERGE, "WANG", 7),
        (MERGE, "LI", 7),
        (f"customer merge {HUAXIN} {HUAXIN} --reason x", "MA", 2),
        (f"customer merge {HUAXIN} C9999 --reason x", "MA", 3),
        (f"customer merge BLUE {EAST} --reason x", "MA", 6),
        (f"customer merge {HUAXIN} BLUE --reason x", "MA", 0),
    ],
)
def test_who_may_merge_what(office, line: str, user: str, status: int) -> None:
    office.ok("customer archive BLUE --reason closed")
    assert office.run(line, user=user).exit == status


@pytest.mark.rule("DAT-01", "LED-10")
def test_a_waiting_request_is_settled_first(office) -> None:
    office.run(["customer", "release", EAST, "--reason", "x", "--request", "please"], user="ZENG")
    assert "AP-202611-0001 waits on C0002" in office.run(MERGE).err


def test_a_dry_run_tells_and_keeps_nothing(office) -> None:
    traded(office)
    before = office.sql("select count(*), max(id) from history")
    told = json.loads(office.ok(f"{MERGE} --dry-run -f json").out)
    assert {c["field"]: c["after"] for c in told["changes"]}["sales_order"] == "3"
    assert office.sql("select count(*), max(id) from history") == before
    assert office.rows(f"customer show {EAST}")[0]["code"] == EAST


@pytest.mark.rule("LED-10")
def test_notes_and_the_earlier_beginning_are_kept(office) -> None:
    office.ok(f"customer edit {HUAXIN} --note one --since 2025-01-01 --class A")
    office.ok(f"customer edit {EAST} --note two --since 2024-01-01 --class B --industry IT")
    office.ok(f"customer block {EAST} --reason 'never pays'")
    office.ok(MERGE)
    (row,) = office.rows(f"customer show {HUAXIN}")
    assert (row["note"], row["since"], row["class"], row["industry"], row["bad_reason"]) == (
        "one\ntwo",
        "2024-01-01",
        "A",
        "IT",
        "never pays",
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens(office, golden, lang: str) -> None:
    traded(office)
    text = []
    for line in (f"{MERGE} --dry-run", MERGE, f"customer owners {HUAXIN}", f"{MERGE}", "customer merge --help"):
        result = office.run(line, lang=lang)
        text.append(f"$ salescli {line}\n{result.out}{result.err}[{result.exit}]\n")
    golden(f"customer/merge.{lang}.txt", "\n".join(text))


@pytest.mark.rule("LED-10", "LED-04")
def test_the_name_that_went_is_still_known_when_a_lead_is_filed(office) -> None:
    office.ok(MERGE)
    refused = office.run("lead add 赵强 --company 东方电子有限公司 --source fair ", user="ZENG")
    assert (refused.exit, f"is known as {HUAXIN} (same name), held by LI" in refused.err) == (4, True)
    assert [row["number"] for row in office.rows("lead lookup 东方电子", user="ZENG")] == [HUAXIN]
