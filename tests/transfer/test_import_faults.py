"""Everything or nothing: every fault is named by row, column, value and reason, and nothing is kept."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from tests.conftest import made_once

GOOD = "SO-1,2026-01-05,HX,TN2325,2,128,W1,0,2026-01-10,2026-01-08,"
HEADER = "order,date,customer,sku,quantity,unit_price,staff,discount_pct,promised,delivered,due"
FAULTS = [
    # row, column, a piece of the reason
    ("SO-2,2026-02-31,HX,TN2325,1,10,W1,,,,", "date", "does not exist"),
    ("SO-3,2026-01-05,NOBODY,TN2325,1,10,W1,,,,", "customer", "no customer"),
    ("SO-4,2026-01-05,HX,NOTHING,1,10,W1,,,,", "sku", "no product"),
    ("SO-5,2026-01-05,HX,TN2325,-3,10,W1,,,,", "quantity", "greater than 0"),
    ("SO-6,2026-01-05,HX,TN2325,0,10,W1,,,,", "quantity", "greater than 0"),
    ("SO-7,2026-01-05,HX,TN2325,many,10,W1,,,,", "quantity", "not a number"),
    ("SO-8,2026-01-05,HX,TN2325,1.2345,10,W1,,,,", "quantity", "3 decimals"),
    ("SO-9,2026-01-05,HX,TN2325,1,-10,W1,,,,", "unit_price", "negative"),
    ("SO-10,2026-01-05,HX,TN2325,1,=1+1,W1,,,,", "unit_price", "not a number"),
    ("SO-11,2026-01-05,HX,TN2325,1,,W1,,,,", "unit_price", "both empty"),
    ("SO-12,2026-01-05,HX,TN2325,1,10,NOBODY,,,,", "staff", "no staff member"),
    ("SO-13,2026-01-05,HX,TN2325,1,10,W1,120,,,", "discount_pct", "above the most"),
    ("SO-14,2026-01-05,HX,TN2325,1,10,W1,,10.1.2026,,", "promised", "year first"),
    ("SO-15,2026-01-05,HX,TN2325,1,10,W1,,,2026-12-24,", "delivered", "in the future"),
    ("SO-16,2026-01-05,HX,TN2325,1,10,W1,,,2026-01-04,", "delivered", "before the day"),
    (",2026-01-05,HX,TN2325,1,10,W1,,,,", "order", "required"),
    ("SO-18,,HX,TN2325,1,10,W1,,,,", "date", "required"),
    ("SO-1,2026-01-05,YH,TN2325,1,10,W1,,,,", "customer", "--split"),
    ("SO-20,2026-01-05,HX,TN2325,1,10,W1,,,2026-01-08", "", "10 cells"),
    ("SO-21,2026-01-05,HX,TN2325," + "9" * 20 + ",10,W1,,,,", "quantity", "too large"),
]


@pytest.fixture
@made_once
def planted(office: Any) -> None:
    """A file with one good row and twenty faults."""
    office.file("o.csv", "\n".join([HEADER, GOOD, *(line for line, _column, _why in FAULTS)]) + "\n")


@pytest.mark.rule("DAT-02")
def test_twenty_planted_faults_are_all_named(planted: Any) -> None:
    result = planted.run("import orders o.csv -f json")
    assert result.exit == 9
    told = [p for p in result.json()["problems"] if p["code"] != "nothing_imported"]
    assert [(p["facts"]["row"], p["facts"]["key"]) for p in told] == [(n, column) for n, (_l, column, _w) in enumerate(FAULTS, 3)]
    for problem, (line, column, why) in zip(told, FAULTS, strict=True):
        assert why in problem["message"], line
        assert problem["facts"]["value"] or why in ("required", "both empty") or not column
    assert planted.sql("SELECT count(*) FROM sales_order") == [(0,)]
    assert planted.sql("SELECT count(*) FROM import_batch WHERE kind = 'orders'") == [(0,)]


def test_in_chinese_and_on_the_screen(planted: Any) -> None:
    result = planted.run("import orders o.csv", lang="zh")
    assert result.exit == 9
    assert result.err.count("行") >= 20
    assert "没有导入" in result.err
    assert not [line for line in result.err.splitlines() if "{" in line]


@pytest.mark.parametrize("name", ["bad.csv", "bad.xlsx"])
def test_the_error_file_can_be_mended_and_imported(planted: Any, name: str) -> None:
    planted.run(f"import orders o.csv --errors {name}")
    again = planted.run(f"import orders {name}")
    assert again.exit == 9  # still faulty: the reason column is passed over
    assert "unknown column" not in again.err
    if name.endswith(".csv"):
        with (planted.folder / name).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0][-1] == "reason"
        assert len(rows) == 21
        assert rows[1][:2] == ["SO-2", "2026-02-31"]
        assert "date" in rows[1][-1]
        assert rows[9][5] == "'=1+1"  # a spreadsheet must not run it


def test_many_faults_in_one_row_are_all_named(office: Any) -> None:
    office.file("o.csv", f"{HEADER}\nSO-1,2026-02-30,NOBODY,NOTHING,-1,x,NOBODY,200,,,\n")
    told = office.run("import orders o.csv -f json").json()["problems"]
    assert {p["facts"]["key"] for p in told if "key" in p["facts"]} == {
        "date", "customer", "sku", "quantity", "unit_price", "staff", "discount_pct",
    }  # fmt: skip


def test_a_name_of_5000_characters(book: Any) -> None:
    book.file("c.csv", f"name,code\n{'长' * 5000},C1\n")
    result = book.run("import customers c.csv")
    assert result.exit == 9
    assert "5,000 characters" in result.err
    assert len(result.err) < 1000


def test_signs_that_drive_a_terminal_are_refused(book: Any) -> None:
    book.file("c.csv", "name,code\n\x1b[31mRed,C1\n")
    assert book.run("import customers c.csv").exit == 9


def test_a_formula_in_a_text_cell_stays_text_and_leaves_harmless(book: Any) -> None:
    book.file("c.csv", 'name,code\n"=HYPERLINK(""http://x"")",C1\n')
    book.ok("import customers c.csv")
    assert book.sql("SELECT name FROM customer") == [('=HYPERLINK("http://x")',)]
    book.ok("export customers -o out.csv")
    assert "'=HYPERLINK" in (book.folder / "out.csv").read_text(encoding="utf-8")
    assert "already there 1" in book.ok("import customers out.csv").out


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("staff", "code,name,role\nA,Ann,rep\na,Bob,rep\n"),
        ("customers", "name,code\nHX,C1\nYH,c1\n"),
        ("customers", "name,phone\nHX,1\nHX,1\n"),
        ("products", "sku,name\nP,Pen\nP,Pen\n"),
    ],
)
def test_a_key_that_stands_twice(book: Any, kind: str, text: str) -> None:
    book.file("f.csv", text)
    result = book.run(f"import {kind} f.csv")
    assert result.exit == 9
    assert "stands in row 2 already" in result.err


def test_dry_run_keeps_nothing(office: Any) -> None:
    office.file("o.csv", f"{HEADER}\n{GOOD}\n")
    before = office.sql("SELECT count(*) FROM history")
    assert "orders added 1" in office.ok("import orders o.csv --dry-run").out
    assert office.sql("SELECT count(*) FROM sales_order") == [(0,)]
    assert office.sql("SELECT count(*) FROM history") == before


def test_rights(office: Any) -> None:
    office.file("o.csv", f"{HEADER}\n{GOOD}\n")
    assert office.run("import orders o.csv", user="F1").exit == 7
    office.file("r.csv", "number,date,customer,amount\nR1,2026-01-05,HX,10\n")
    office.ok("import receipts r.csv", user="F1")
    assert office.run("import receipts r.csv", user="W1").exit == 7
