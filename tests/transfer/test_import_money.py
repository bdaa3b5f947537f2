"""Receivables and receipts."""

from __future__ import annotations

from typing import Any

import pytest

OWED = (
    "number,customer,date,due_date,amount,staff,invoice_no\n"
    "R1,HX,2026-01-05,2026-02-04,100,W2,F1\nR2,华信科技有限公司,2026-01-10,2026-01-20,50,,\nR3,YH,2026-01-10,2026-01-20,-30,,\n"
)


@pytest.mark.rule("AR-01", "AR-12")
def test_receivables_and_receipts(office: Any) -> None:
    office.file("r.csv", OWED)
    office.ok("import receivables r.csv")
    assert office.sql("SELECT r.number, kind, amount, s.code FROM receivable r JOIN staff s ON s.id = r.staff_id ORDER BY 1") == [
        ("R1", "invoice", 10000, "W2"), ("R2", "invoice", 5000, "W1"), ("R3", "credit_note", -3000, "W2"),
    ]  # fmt: skip
    office.file("p.csv", "number,date,customer,amount,method,receivable\nP1,2026-01-15,HX,40,bank,R1\nP2,2026-01-25,HX,60,,\n")
    office.ok("import receipts p.csv")
    sql = """SELECT v.number, p.number, a.amount FROM allocation a JOIN receivable v ON v.id = a.receivable_id
             JOIN receipt p ON p.id = a.receipt_id ORDER BY 1, 2"""
    paid = office.sql(sql)
    assert paid == [("R1", "P1", 4000), ("R1", "P2", 1000), ("R2", "P2", 5000)]  # what names nothing pays the oldest due
    before = office.sql("SELECT count(*) FROM history")
    assert "already there 3" in office.ok("import receivables r.csv").out
    assert "already there 2" in office.ok("import receipts p.csv").out
    assert office.sql("SELECT count(*) FROM history") == before
    assert office.run("check").exit == 0


def test_posted_amounts_stay(office: Any) -> None:
    office.file("r.csv", OWED)
    office.ok("import receivables r.csv")
    office.file("r.csv", OWED.replace("100,W2,F1", "110,W2,F2"))
    assert office.run("import receivables r.csv").exit == 9
    assert "reversed" in office.run("import receivables r.csv --update").err
    office.file("r.csv", OWED.replace("2026-02-04,100,W2,F1", "2026-02-28,100,W1,F2"))
    office.ok("import receivables r.csv --update")
    assert office.sql("SELECT due_date, invoice_no FROM receivable WHERE number = 'R1'") == [("2026-02-28", "F2")]


def test_faults_of_receivables(office: Any) -> None:
    office.file(
        "r.csv",
        "number,customer,date,due_date,amount\nA,HX,2026-02-01,2026-01-01,5\nB,HX,2026-02-01,2026-02-01,0\nC,NO,2026-02-01,2026-02-01,1\n",
    )
    told = office.run("import receivables r.csv -f json").json()["problems"]
    assert [p["code"] for p in told[:-1]] == ["due_before_date", "zero_amount", "unknown_customer"]


def test_faults_of_receipts(office: Any) -> None:
    office.file("r.csv", OWED)
    office.ok("import receivables r.csv")
    office.file(
        "p.csv",
        "number,date,customer,amount,receivable,order\nA,2026-02-01,HX,5,R9,\nB,2026-02-01,YH,5,R1,\nC,2026-02-01,HX,5,,N9\n"
        "D,2026-02-01,HX,0,,\nE,2026-02-01,HX,-5,,\n",
    )
    told = office.run("import receipts p.csv -f json").json()["problems"]
    assert [p["code"] for p in told[:-1]] == ["unknown_receivable", "other_customer", "unknown_order", "bad_value", "bad_value"]
