"""Leads in and out of the pool (LED-11): the same clock, caps and checks as customers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

LEAD = "LD-202611-0001"
TODAY = date(2026, 11, 3)


def day(offset: int) -> str:
    return (TODAY + timedelta(offset)).isoformat()


@pytest.mark.rule("LED-11")
def test_a_lead_falls_when_nobody_follows_it(filed) -> None:
    filed.ok(f"lead follow {LEAD} 谈过 --next +5d", user="LI", day=day(10))
    assert filed.rows("lead pool --soon", user="LI", day=day(32)) == []
    (row,) = filed.rows("lead pool --soon", user="LI", day=day(33))
    assert (row["code"], row["days_left"], row["last_contact"]) == (LEAD, 7, day(10))
    assert "pool_soon" in [task["kind"] for task in filed.rows("today", user="LI", day=day(33))]
    filed.ok("pool run", day=day(39))
    assert filed.rows("lead pool --mine", user="LI", day=day(39))[0]["days_left"] == 1
    filed.ok("pool run", day=day(42))  # two days missed
    (row,) = filed.rows("lead pool", user="WANG", day=day(42))
    assert (row["code"], row["former"], row["phone"], row["since"]) == (LEAD, "LI", "138****5678", day(42))
    filed.ok("pool run", day=day(42))
    assert [r["move"] for r in filed.rows(f"lead owners {LEAD}", day=day(42))] == ["created", "pooled"]
    filed.ok("check lead_owner lead_owner_log history_rows", day=day(42))


@pytest.mark.rule("LED-11")
def test_release_claim_and_the_cool_down(filed) -> None:
    done = filed.ok(f"lead release {LEAD} --reason 'not mine'", user="LI")
    assert f"LI may claim it again from {day(30)}" in done.out
    assert filed.run(f"lead claim {LEAD}", user="LI", day=day(29)).exit == 4
    filed.ok(f"lead claim {LEAD}", user="WANG")
    assert filed.run(f"lead claim {LEAD}", user="HAN").exit == 6
    filed.ok(f"lead release {LEAD} --reason back", user="SU", day=day(1))
    assert filed.sql("select f.code, o.code, h.move from owner_change h "
                     "join staff f on f.id = h.former_id join staff o on o.id = h.operator_id "
                     "order by h.id desc limit 1") == [("WANG", "SU", "returned")]  # fmt: skip
    filed.ok(f"lead claim {LEAD}", user="LI", day=day(30))


@pytest.mark.rule("LED-11")
def test_a_refused_claim_costs_nothing(filed) -> None:
    filed.ok("policy set pool.daily_claims 1 --reason t")
    filed.ok("lead add 陈小姐 --phone 13700001111 --source fair", user="WANG")
    filed.ok("lead release LD-202611-0002 --reason r", user="WANG")
    filed.ok(f"lead release {LEAD} --reason r", user="LI")
    assert filed.run(f"lead claim {LEAD}", user="LI").exit == 4
    filed.ok("lead claim LD-202611-0002", user="LI")
    assert filed.run("lead claim LD-202611-0002", user="WANG").exit == 6


@pytest.mark.rule("LED-11")
def test_leads_and_customers_share_the_caps(filed) -> None:
    filed.ok("policy set pool.hold_cap 2 --reason t")
    filed.ok("customer add 第一家 --code A", user="LI")
    refused = filed.run("customer add 第二家 -f json", user="LI").json()["error"]
    assert (refused["code"], refused["facts"]["count"], refused["facts"]["cap"], refused["facts"]["frees"]) == ("hold_cap", 2, 2, day(30))
    assert filed.run("lead add 陈小姐 --phone 13700001111 --source fair", user="LI").exit == 4
    filed.ok(f"lead convert {LEAD}", user="LI")  # the same one in another shape takes no second place
    assert filed.rows("pool quota", user="LI")[0]["held"] == 2
    filed.ok("policy set pool.daily_claims 1 --reason t")
    filed.ok("customer release A --reason r", user="SU")
    filed.ok("lead add 陈小姐 --phone 13700001111 --source fair", user="WANG")
    filed.ok("lead release LD-202611-0002 --reason r", user="WANG")
    filed.ok("lead claim LD-202611-0002", user="LI")
    filed.ok("lead add 钱先生 --phone 13700002222 --source fair", user="WANG")
    filed.ok("lead release LD-202611-0003 --reason r", user="WANG")
    assert "you claimed 1 today" in filed.run("lead claim LD-202611-0003", user="LI").err  # a claimed customer would count as well


@pytest.mark.rule("LED-11")
def test_locks(filed) -> None:
    filed.ok("policy set pool.lock_cap 1 --reason t")
    filed.ok(f"lead lock {LEAD} --until +40d --reason tender", user="LI")
    filed.ok("lead add 陈小姐 --phone 13700001111 --source fair", user="LI")
    assert filed.run("lead lock LD-202611-0002 --reason x", user="LI").exit == 4
    assert filed.run(f"lead lock {LEAD} --until +91d --reason x", user="LI").exit == 4
    filed.ok("pool run --anyway LI", day=day(40))
    assert [r["code"] for r in filed.rows("lead pool", day=day(40))] == ["LD-202611-0002"]
    filed.ok(f"lead unlock {LEAD}", user="LI", day=day(40))
    assert filed.run(f"lead unlock {LEAD}", user="LI", day=day(40)).exit == 6
    filed.ok("pool run", day=day(40))
    assert len(filed.rows("lead pool", day=day(40))) == 2


@pytest.mark.rule("LED-11", "X-05")
def test_a_converted_lead_goes_where_its_customer_goes(filed) -> None:
    filed.ok(f"lead convert {LEAD} --code HX", user="LI")
    assert filed.run(f"lead release {LEAD} --reason r", user="LI").exit == 6
    assert filed.rows("lead pool --mine", user="LI", day=day(90)) == []
    filed.ok("pool run", day=day(90))
    assert filed.rows(f"lead owners {LEAD}", day=day(90))[-1]["move"] == "followed"
    assert filed.run(f"lead claim {LEAD}", user="WANG", day=day(90)).exit == 6
    filed.ok("customer claim HX", user="WANG", day=day(90))
    assert filed.rows(f"lead show {LEAD}", user="WANG", day=day(90))[0]["staff"] == "WANG"


@pytest.mark.rule("LED-11")
def test_closed_leads_stay_where_they_are(filed) -> None:
    filed.ok(f"lead lose {LEAD} --reason price --alternative 'none: no need'", user="LI")
    filed.ok("pool run", day=day(200))
    assert filed.sql("select count(*) from owner_change where move = 'pooled'") == [(0,)]
    assert filed.rows("lead pool", day=day(200)) == []
