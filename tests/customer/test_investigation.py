"""The four-theme investigation, and reviews of key accounts (CUS-03, CUS-12)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from salescli.core import context
from salescli.core.reader import reader
from salescli.customer.reads_investigation import investigation_of

HUAXIN, EAST = "C0001", "C0002"
THREE = "--profile 政府采购中心 --rivals 'Epson 代理两家' --relation 三年老客户"


def known(path: Path, day: str = "2026-11-03"):
    """What ORD-01 will ask for."""
    with context.use(context.Context(db=path, today=date.fromisoformat(day))), reader(path, anonymous=True) as r:
        return investigation_of(r, 1)


@pytest.mark.rule("CUS-03")
def test_four_themes_are_kept_and_reported_to_the_superior(office) -> None:
    assert known(office.path) is None
    done = office.ok(f"customer investigate {HUAXIN} {THREE}", user="LI")
    assert "IV-202611-0001: C0001 华信科技有限公司; still missing: first deal" in done.out
    assert office.sql("select s.code, t.rule, t.due from task t join staff s on s.id = t.staff_id") == [("WANG", "CUS-03", "2026-11-04")]
    office.ok(f"customer investigate {HUAXIN} --history '1998 年成立' --head 王总 --capital 500万 --employees 40", user="LI")
    (row,) = office.rows(f"customer investigation {HUAXIN}", user="LI")
    assert (row["profile"], row["head"], row["staff_count"], row["missing"], row["current"]) == ("政府采购中心", "王总", 40, None, True)
    found = known(office.path)
    assert (found.complete, found.missing, found.staff) == (True, (), "LI")


@pytest.mark.rule("CUS-03")
def test_it_is_kept_current(office) -> None:
    office.ok(f"customer investigate {HUAXIN} {THREE} --business 批发", user="LI")
    assert known(office.path, "2027-11-03").complete
    assert known(office.path, "2027-11-04").stale
    states = {r["customer"]: r["state"] for r in office.rows("customer investigation", day="2027-11-04")}
    assert states == {HUAXIN: "stale", "BLUE": "missing", EAST: "missing"}


@pytest.mark.rule("CUS-03")
def test_who_has_dealt_with_us_is_not_asked_for_a_first_deal(office) -> None:
    office.sql("insert into sales_order (number, date, customer_id, staff_id, state) values ('O-1', '2026-10-01', 1, 4, 'confirmed')")
    assert "is looked into" in office.ok(f"customer investigate {HUAXIN} {THREE}", user="LI").out
    assert office.run(f"customer investigate {HUAXIN}", user="LI").exit == 2
    assert office.run(f"customer investigate {EAST} {THREE}", user="LI").exit == 3


# --- key accounts -------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("CUS-12")
def test_key_accounts_are_reviewed_every_three_months(office) -> None:
    office.ok(f"customer edit {HUAXIN} --since 2026-05-01")
    (row,) = office.rows("customer review list --due")
    assert (row["customer"], row["due"], row["late_days"], row["stale"]) == (HUAXIN, "2026-08-01", 94, True)
    assert [r["rule"] for r in office.rows("today", user="LI") if r["kind"] == "account_review"] == ["CUS-12"]
    done = office.ok(
        f"customer review record {HUAXIN} --with '产品经理、服务经理' --problem 交期长 --solution 备货 --plan 第二条产品线", user="WANG"
    )
    assert "next on 2027-02-03" in done.out
    assert "nobody has verified the file of C0001 yet" in done.err
    assert "the file of C0001 lacks: address, source" in done.err
    assert office.rows("customer review list --due") == []
    office.ok("policy set customer.key_classes VIP")
    assert office.rows("customer review list", day="2026-11-04") == []


@pytest.mark.rule("CUS-12")
def test_the_sheet_is_drawn_from_the_records(office) -> None:
    office.sql("insert into sales_order (number, date, customer_id, staff_id, state) values ('O-1', '2026-10-01', 1, 4, 'confirmed')")
    office.ok(f"customer visit {HUAXIN} --need a --feedback b --step c --next +7d --complaint slow", user="LI")
    office.ok(f"customer promise add {HUAXIN} 样品 --due fri", user="LI")
    office.ok(f"customer survey add {HUAXIN} --score 4", user="SVC")
    sheet = office.ok(f"customer review sheet {HUAXIN} -f json", user="WANG").json()
    values = {row["item"]: row["value"] for row in sheet["rows"]}
    assert (values["orders_year"], values["last_order"], values["visits_year"], values["complaints_year"]) == (1, "2026-10-01", 1, 1)
    assert (values["open_promises"], values["mean_score"], values["next_contact"]) == (1, "4.00", "2026-11-10")
    assert any("lacks" in note for note in sheet["notes"])


@pytest.mark.rule("CUS-12", "ORG-07")
def test_amounts_of_the_sheet_are_for_who_sees_prices(office) -> None:
    office.sql("insert into sales_order (number, date, customer_id, staff_id, state) values ('O-1', '2026-10-01', 1, 4, 'confirmed')")
    values = {row["item"]: row["value"] for row in office.rows(f"customer review sheet {HUAXIN}", user="SVC")}
    assert (values["orders_year"], values["ordered_year"]) == (1, None)


SCREENS = {
    "investigate": f"customer investigate {HUAXIN} {THREE}",
    "investigation": f"customer investigation {HUAXIN}",
    "missing": "customer investigation",
    "sheet": f"customer review sheet {HUAXIN}",
    "reviews": "customer review list",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens(office, golden, lang: str) -> None:
    for name, line in SCREENS.items():
        result = office.run(line, lang=lang, user="WANG")
        golden(f"investigation/{name}.{lang}.txt", f"$ salescli {line}\n{result.out}{result.err}[{result.exit}]\n")
