"""Who has whom: owner history, transfer, assignment, release by approval, everything that goes along (LED-11, ORG-06, ORG-09, AP-19)."""

from __future__ import annotations

import pytest

HUAXIN, EAST, NOBODY = "C0001", "C0002", "C0003"


def lead_of(office, customer: str, user: str = "LI") -> str:
    """An opportunity with a customer."""
    office.ok(f"lead add 续购 --customer {customer} --source customer_referral", user=user)
    return office.sql("select max(number) from lead")[0][0]


def promise(office, customer: str, staff: str) -> None:
    office.sql(
        "insert into promise (number, customer_id, staff_id, made_on, text, due, state) "
        "select 'PM-1', c.id, s.id, '2026-11-03', 'samples', '2026-11-20', 'open' from customer c, staff s where c.code = ? and s.code = ?",
        customer, staff,
    )  # fmt: skip


def owner(office, table: str) -> list[tuple[str | None]]:
    return office.sql(f"select s.code from {table} t left join staff s on s.id = t.staff_id")


@pytest.mark.rule("LED-11", "ORG-09")
def test_every_change_of_hands_is_written_down_with_who_did_it_and_why(office) -> None:
    office.ok(f"customer transfer {HUAXIN} --to HAN --reason 'new region'", user="WANG", day="2026-11-10")
    office.ok(f"customer release {HUAXIN} --reason quiet", user="MA", day="2026-11-20")
    office.ok(f"customer claim {HUAXIN}", user="ZENG", day="2026-11-25")
    rows = office.rows(f"customer owners {HUAXIN}", day="2026-12-01")
    assert [(r["move"], r["former"], r["staff"], r["operator"], r["days"], r["reason"]) for r in rows] == [
        ("created", None, "LI", "ADMIN", 7, None),
        ("transferred", "LI", "HAN", "WANG", 10, "new region"),
        ("returned", "HAN", None, "MA", 5, "quiet"),
        ("claimed", None, "ZENG", "ZENG", 6, None),
    ]
    office.ok("check customer_owner history_rows", day="2026-12-01")


@pytest.mark.rule("LED-11")
def test_a_transfer_says_that_the_days_begin_anew(office) -> None:
    done = office.ok(f"customer transfer {HUAXIN} --to HAN --reason r -f json", user="WANG", day="2026-11-28").json()
    assert done["facts"]["days_left"] == 30
    assert "the days to the pool start anew: 30 left" in done["message"]
    assert office.rows(f"customer show {HUAXIN}", day="2026-11-28")[0]["days_left"] == 30


@pytest.mark.rule("LED-11")
def test_a_transfer_of_who_dealt_speaks_of_no_days(office) -> None:
    office.file("o.csv", f"order,date,customer,sku,quantity,unit_price\nO-1,2026-11-02,{HUAXIN},TN,1,100\n")
    office.ok("product add TN 粉盒")
    office.ok("import orders o.csv")
    done = office.ok(f"customer transfer {HUAXIN} --to HAN --reason r -f json", user="WANG").json()
    assert (done["facts"]["days_left"], "days to the pool" in done["message"]) == (None, False)


@pytest.mark.rule("ORG-06", "LED-11")
def test_leads_promises_and_tasks_go_along(office) -> None:
    lead_of(office, HUAXIN)
    promise(office, HUAXIN, "LI")
    office.ok(f"customer transfer {HUAXIN} --to HAN --reason r", user="WANG")
    assert owner(office, "lead") == owner(office, "promise") == [("HAN",)]
    assert office.rows("lead owners LD-202611-0001")[-1]["move"] == "followed"
    office.ok(f"customer release {HUAXIN} --reason r", user="WANG")
    assert owner(office, "lead") == [(None,)]
    assert owner(office, "promise") == [("HAN",)]  # nobody else would keep it
    assert office.run("lead claim LD-202611-0001", user="LI").exit == 6  # it comes with its customer
    office.ok(f"customer claim {HUAXIN}", user="ZENG")
    assert owner(office, "lead") == owner(office, "promise") == [("ZENG",)]
    assert office.rows("pool quota", user="ZENG")[0]["claimed"] == 1  # the lead was no second claim
    office.ok("check lead_owner lead_owner_log customer_owner")


@pytest.mark.rule("LED-11")
def test_many_at_once_or_none(office) -> None:
    office.ok("customer add 第二家 --code TWO --staff LI")
    office.ok(f"customer transfer {HUAXIN} TWO --to HAN --reason r", user="WANG")
    assert office.sql("select count(*) from owner_change where move = 'transferred'") == [(2,)]
    assert office.run(f"customer transfer {HUAXIN} TWO {EAST} --to LI --reason r", user="WANG").exit == 7  # one is another team's
    assert office.sql("select count(*) from owner_change where move = 'transferred'") == [(2,)]


@pytest.mark.rule("ORG-07", "LED-11")
@pytest.mark.parametrize(
    ("line", "user", "status"),
    [
        (f"customer transfer {HUAXIN} --to HAN --reason r", "LI", 7),
        (f"customer transfer {HUAXIN} --to HAN --reason r", "ZHOU", 7),
        (f"customer transfer {HUAXIN} --to ZENG --reason r", "WANG", 7),
        (f"customer transfer {HUAXIN} --to LI --reason r", "WANG", 6),
        (f"customer transfer {NOBODY} --to LI --reason r", "MA", 6),
        (f"customer assign {HUAXIN} --to HAN --reason r", "WANG", 6),
        (f"customer assign {NOBODY} --to ZENG --reason r", "WANG", 7),
        (f"customer assign {NOBODY} --to NIEMAND --reason r", "WANG", 3),
        ("customer claim C0001", "DOCK", 7),
        ("customer claim C0001", "HAN", 6),
        ("customer claim C0001", "LI", 6),
        ("customer claim C9999", "LI", 3),
        (f"customer release {NOBODY} --reason r", "MA", 6),
        (f"customer release {HUAXIN} --reason r", "HAN", 3),
        (f"customer release {HUAXIN} --reason r", "LI", 5),
        (f"customer release {HUAXIN} --reason r", "WANG", 0),
        (f"customer assign {NOBODY} --to HAN --reason r", "WANG", 0),
    ],
)
def test_who_may_give_whom_to_whom(office, line: str, user: str, status: int) -> None:
    assert office.run(line, user=user).exit == status


@pytest.mark.rule("ORG-06")
def test_who_left_takes_nothing_over(office) -> None:
    office.sql("update staff set left_on = '2026-10-01' where code = 'HAN'")
    assert "HAN left on 2026-10-01" in office.run(f"customer transfer {HUAXIN} --to HAN --reason r", user="WANG").err


@pytest.mark.rule("LED-11")
def test_a_rep_gives_back_once_the_manager_agrees(office) -> None:
    """AP-19: pool move, rep to manager; what was approved is this owner's release, not the next one's."""
    line = f"customer release {HUAXIN} --reason moved"
    assert office.run([*line.split(), "--request", "he moved abroad"], user="LI").exit == 5
    assert office.rows("customer show 华信", user="LI")[0]["staff"] == "LI"
    assert [row["subject"] for row in office.rows("inbox", user="MA")] == [HUAXIN]
    office.ok("approve AP-202611-0001", user="MA")
    office.ok(line, user="LI")
    assert office.rows(f"customer owners {HUAXIN}")[-1]["operator"] == "LI"
    office.ok(f"customer assign {HUAXIN} --to LI --reason r", user="MA", day="2026-11-05")
    assert office.run(line, user="LI", day="2026-11-06").exit == 5


@pytest.mark.rule("LED-11")
def test_orders_and_receivables_stay_with_who_took_them(office) -> None:
    office.ok("product add P1 Paper")
    office.file("o.csv", f"order,date,customer,sku,quantity,unit_price,staff\nSO-1,2026-11-01,{HUAXIN},P1,1,10,LI\n")
    office.ok("import orders o.csv")
    told = office.ok(f"customer transfer {HUAXIN} --to HAN --reason r", user="WANG")
    assert f"{HUAXIN}: 1 open order and 0 open receivables stay with who took them" in told.err
