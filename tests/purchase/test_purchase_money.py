"""What is owed to suppliers, payments, plans, reminders (AR-16)."""

from __future__ import annotations

import pytest

from tests.conftest import made_once

PO = "PO-202611-0001"


@pytest.fixture
@made_once
def owing(buying):
    buying.ok("purchase new BRO TN2325=10@100", user="CAI")
    buying.ok(f"purchase receive {PO} TN2325=4", user="KU")  # 400 due 2026-12-03
    buying.ok(f"purchase receive {PO} TN2325=6", user="KU", day="2026-11-13")  # 600 due 2026-12-13


def owed(book, day: str) -> list[tuple[str, str, str]]:
    return [(row["total"], row["not_due"], row["d1_30"]) for row in book.rows(f"purchase payables --as-of {day}", day="2027-01-31")]


@pytest.mark.rule("AR-16")
def test_a_receipt_is_owed_by_the_suppliers_days(owing) -> None:
    assert [(row["due_date"], row["open"]) for row in owing.rows("purchase payables --each", day="2026-11-13")] == [
        ("2026-12-03", "400.00"),
        ("2026-12-13", "600.00"),
    ]
    assert owed(owing, "2026-11-03") == [("400.00", "400.00", "0.00")]
    assert owed(owing, "2026-12-03") == [("1000.00", "1000.00", "0.00")]  # the due day itself is not late
    assert owed(owing, "2026-12-04") == [("1000.00", "600.00", "400.00")]


@pytest.mark.rule("AR-16")
def test_what_is_due_first_is_paid_first_and_never_too_much(owing) -> None:
    owing.ok("purchase pay BRO 500", user="FIN", day="2026-11-20")
    assert [row["open"] for row in owing.rows("purchase payables --each", day="2026-11-20")] == ["500.00"]
    refused = owing.run("purchase pay BRO 500.01", user="FIN", day="2026-11-20")
    assert refused.exit == 4
    assert "500.00" in refused.err
    assert "AR-16" in refused.err
    owing.ok("purchase pay BRO 500", user="FIN", day="2026-11-20")
    assert owing.rows("purchase payables", day="2026-11-20") == []
    assert owed(owing, "2026-11-15") == [("1000.00", "1000.00", "0.00")]  # a past day is told as it was
    assert owing.run("purchase pay BRO 1", user="CAI").exit == 7
    assert owing.run("purchase pay BRO 0", user="FIN").exit == 2
    assert owing.run("check", day="2026-11-20").exit == 0


@pytest.mark.rule("AR-16", "STK-06")
def test_goods_sent_back_are_owed_no_more(owing) -> None:
    owing.ok("purchase pay BRO 1000", user="FIN", day="2026-11-20")
    owing.ok(f"purchase return {PO} TN2325=1 --reason leak", user="KU", day="2026-11-21")
    (row,) = owing.rows("purchase payables", day="2026-11-21")
    assert (row["total"], row["advance"]) == ("-100.00", "100.00")  # the supplier owes us
    assert owing.run("purchase pay BRO 1", user="FIN", day="2026-11-21").exit == 4
    assert owing.run("check", day="2026-11-21").exit == 0


@pytest.mark.rule("AR-16")
def test_money_in_advance_waits_for_its_goods(owing) -> None:
    owing.ok("purchase new BRO DRUM-23=10@140", user="CAI", day="2026-11-14")
    number = "PO-202611-0002"
    owing.ok(f"purchase pay BRO 400 --for {number}", user="FIN", day="2026-11-14")
    (row,) = owing.rows("purchase payables", day="2026-11-14")
    assert (row["total"], row["not_due"], row["advance"]) == ("600.00", "1000.00", "400.00")
    assert owing.run(f"purchase pay BRO 1000.01 --for {number}", user="FIN", day="2026-11-14").exit == 4
    owing.ok(f"purchase receive {number} DRUM-23=5", user="KU", day="2026-11-15")
    assert {x["purchase"]: x["open"] for x in owing.rows("purchase payables --each", day="2026-11-15") if x["purchase"] == number} == {
        number: "300.00"
    }
    assert owing.run("check", day="2026-11-15").exit == 0


@pytest.mark.rule("AR-16")
def test_a_payment_plan_adds_up_and_reminds(buying) -> None:
    buying.ok("purchase new BRO TN2325=10@100", user="CAI")
    refused = buying.run(f"purchase plan {PO} 2026-11-10=300 2026-12-10=600", user="CAI")
    assert refused.exit == 4
    assert "700.00" in refused.err  # what the last part would have to be
    assert buying.run(f"purchase plan {PO} 300", user="CAI").exit == 2
    buying.ok(f"purchase plan {PO} 2026-11-10=300 2026-12-10=700", user="CAI")
    assert buying.rows("today", user="FIN", day="2026-11-06") == []
    (line,) = buying.rows("today", user="FIN", day="2026-11-07")  # three days before
    assert (line["kind"], line["rule"], line["due"], line["ref"]) == ("payable_due", "AR-16", "2026-11-10", PO)
    (line,) = buying.rows("today", user="FIN", day="2026-11-12")
    assert line["late_days"] == 2
    buying.ok(f"purchase pay BRO 300 --for {PO}", user="FIN", day="2026-11-12")
    assert buying.rows("today", user="FIN", day="2026-11-12") == []
    assert [x["due"] for x in buying.rows("today", user="FIN", day="2026-12-08")] == ["2026-12-10"]


@pytest.mark.rule("AR-16")
def test_payables_due_stand_on_the_list_of_finance(owing) -> None:
    (line,) = owing.rows("today", user="FIN", day="2026-11-30")
    assert (line["kind"], line["due"]) == ("payable_due", "2026-12-03")
    assert [x["late_days"] for x in owing.rows("today", user="FIN", day="2026-12-13")] == [10, 0]
    assert [x for x in owing.rows("today", user="CAI", day="2026-12-13") if x["kind"] == "payable_due"] == []


@pytest.mark.rule("AR-16")
def test_a_payment_names_a_purchase_of_that_supplier(owing) -> None:
    owing.ok("purchase supplier add 纸业 --code PAP", user="CAI")
    assert owing.run(f"purchase pay PAP 1 --for {PO}", user="FIN").exit == 2
    assert owing.run("purchase pay BRO 1 --on 2026-11-04", user="FIN").exit == 4
