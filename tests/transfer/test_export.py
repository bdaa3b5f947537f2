"""Export: what goes out comes back in; scope and rights hold; the history knows."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import made_once

DATA = Path(__file__).resolve().parents[2] / "data"
KINDS = ("staff", "customers", "products", "stock", "orders", "receivables", "receipts")


@pytest.fixture
@made_once
def full(office: Any) -> None:
    """The whole walkthrough office."""
    for kind in KINDS[3:]:
        office.ok(f"import {kind} {DATA / kind}.csv")


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.rule("DAT-02")
def test_what_goes_out_comes_back_in(full: Any, suffix: str, lang: str) -> None:
    before = full.sql("SELECT count(*), sum(amount) FROM order_line")
    for kind in KINDS:
        full.ok(f"export {kind} -o {kind}.{suffix}", lang=lang)
        result = full.ok(f"import {kind} {kind}.{suffix} -f json").json()
        assert (result["facts"]["added"], result["facts"]["changed"]) == (0, 0), kind
    assert full.sql("SELECT count(*), sum(amount) FROM order_line") == before


def test_into_a_new_book(full: Any, tmp_path: Path) -> None:
    for kind in KINDS:
        full.ok(f"export {kind} -o {kind}.csv")
    queries = (
        "SELECT number, amount, due_date, kept_open FROM receivable ORDER BY number",
        "SELECT number, date, promised, kept_delivered_on FROM sales_order ORDER BY number",
        "SELECT kept_quantity, kept_value FROM stock_item i JOIN product p ON p.id = i.product_id ORDER BY sku",
        "SELECT code, name, pinyin FROM staff ORDER BY code",
    )
    before = [full.sql(query) for query in queries]
    full.path.unlink()
    full.ok("init --company Neu --admin Ada --admin-code ADMIN")
    for kind in KINDS:
        extra = " --update" if kind == "staff" else ""
        full.ok(f"import {kind} {kind}.csv{extra}")
    after = [full.sql(query) for query in queries]
    assert after[:3] == before[:3]


def test_parts_of_a_line_are_rows_of_their_own(full: Any) -> None:
    line, order = full.sql("SELECT l.id, l.order_id FROM order_line l JOIN sales_order o ON o.id = l.order_id WHERE o.number = 'SO-2607'")[
        0
    ]
    full.sql("INSERT INTO delivery (number, order_id, date, kind) VALUES ('D-1', ?, '2026-11-01', 'delivery')", order)
    full.sql(
        "INSERT INTO delivery_line (delivery_id, order_line_id, quantity, amount, tax) SELECT max(id), ?, 5000, 62080, 0 FROM delivery",
        line,
    )
    full.ok("export orders -o o.csv")
    with (full.folder / "o.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["order"] == "SO-2607"]
    assert [(row["quantity"], row["amount"], row["delivered"]) for row in rows] == [("5", "620.80", "2026-11-01"), ("7", "869.12", "")]


@pytest.mark.rule("DAT-02", "ORG-08")
def test_scope_and_masked_phones(full: Any) -> None:
    full.ok("export customers -o mine.json", user="W1")
    rows = json.loads((full.folder / "mine.json").read_text(encoding="utf-8"))["rows"]
    assert {row["code"] for row in rows} == {"HX", "MD"}
    assert rows[0]["phone"] == "13812345678"
    full.ok("export customers -o all.json", user="F1")
    phones = {row["code"]: row["phone"] for row in json.loads((full.folder / "all.json").read_text(encoding="utf-8"))["rows"]}
    assert phones["HX"] == "138****5678"
    full.ok("export orders -o o.csv", user="K1")
    assert "unit_price" not in (full.folder / "o.csv").read_text(encoding="utf-8")
    full.ok("export receivables -o r.csv", user="K1")
    assert (full.folder / "r.csv").read_text(encoding="utf-8").count("\n") == 1


@pytest.mark.rule("DAT-02")
def test_an_export_is_logged(full: Any) -> None:
    full.ok("export customers -o c.csv", user="W1")
    assert full.sql("SELECT verb, staff, after FROM history ORDER BY id DESC LIMIT 1") == [("export customers", "W1", "c.csv")]


@pytest.mark.rule("DAT-03")
def test_every_table(full: Any) -> None:
    full.ok("export all -o out")
    tables = {name for (name,) in full.sql("SELECT name FROM sqlite_master WHERE type = 'table'")}
    files = {path.stem for path in (full.folder / "out").iterdir()}
    assert tables - files <= {"credential", "session", "alembic_version", "sqlite_sequence", "sqlite_stat1", "sqlite_stat4"}
    with (full.folder / "out" / "order_line.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    total = full.sql("SELECT sum(amount) FROM order_line")[0][0]
    assert sum(round(float(row["amount"]) * 100) for row in rows) == total
    assert full.run("export all -o out2", user="W1").exit == 7


def test_to_standard_output_and_bad_names(full: Any) -> None:
    assert full.ok("export products -o -").out.startswith("sku,name")
    assert full.run("export products -o file.unknown").exit == 2
    assert full.run("export nothing -o x.csv").exit == 2
    assert full.ok("export products -o -", lang="zh").out.startswith("sku,name")
