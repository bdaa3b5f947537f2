"""Openings, movements and the reports on them, on a real book."""

from __future__ import annotations

from datetime import date

import pytest

from salescli.core.errors import SalesError
from tests.conftest import made_once

FIRST, TENTH, LAST = date(2026, 10, 1), date(2026, 10, 10), date(2026, 10, 31)


@pytest.fixture
@made_once
def store(book):
    """Three products: toner with a cost, paper without one, a chair never stocked; a second warehouse."""
    book.sql("INSERT INTO product (id, sku, name, cost, active) VALUES (1, 'P1', 'Toner', 20000, 1), (2, 'P2', '复印纸', NULL, 1)")
    book.sql("INSERT INTO product (id, sku, name, active) VALUES (3, 'P3', 'Chair', 1)")
    book.sql("INSERT INTO warehouse (id, code, name, active) VALUES (2, 'SHOP', 'Shop', 1)")


@pytest.fixture
def moved(store, writing):
    """Opened on the first, delivered and received since; nothing of the paper in the shop."""
    from salescli.stock.actions import Opening, move, set_openings
    from salescli.stock.states import MoveKind

    with writing(store) as w:
        assert set_openings(w, [Opening(1, 1, 10_000), Opening(2, 1, 5_000), Opening(2, 2, 0)], day=FIRST) == 3
        move(w, MoveKind.GOODS_RECEIPT, 1, 1, 10_000, day=TENTH, unit_cost=40_000, document="PR-1")
        move(w, MoveKind.DELIVERY, 1, 1, -5_000, day=LAST, document="DN-1", line_no=1)
    return store


@pytest.mark.rule("STK-02", "STK-08")
def test_the_list_shows_quantity_average_and_value(moved) -> None:
    moved.sql(
        "INSERT INTO reservation (document, line_no, product_id, warehouse_id, quantity, day) VALUES ('O-1', 1, 1, 1, 4000, '2026-11-01')"
    )
    assert moved.rows("stock list") == [
        {"sku": "P1", "name": "Toner", "warehouse": "MAIN", "on_hand": "15", "reserved": "4", "available": "11", "unit_cost": "3.00",
         "value": "45.00"},
        {"sku": "P2", "name": "复印纸", "warehouse": "MAIN", "on_hand": "5", "reserved": "0", "available": "5", "unit_cost": None,
         "value": None},
        {"sku": "P2", "name": "复印纸", "warehouse": "SHOP", "on_hand": "0", "reserved": "0", "available": "0", "unit_cost": None,
         "value": None},
    ]  # fmt: skip
    answer = moved.ok("stock list -f json").json()
    assert answer["totals"] == {"on_hand": "20", "reserved": "4", "available": "16", "value": "45.00"}
    assert "1" in answer["notes"][0]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("--warehouse SHOP", [("P2", "0", None)]),
        ("--sku toner", [("P1", "15", "45.00")]),
        ("--as-of 2026-10-30", [("P1", "20", "60.00"), ("P2", "5", None), ("P2", "0", None)]),
        ("--as-of 2026-10-05 --sku P1", [("P1", "10", "20.00")]),
        ("--as-of 2026-09-30", []),
    ],
)
def test_options_and_past_days(moved, options: str, expected: list) -> None:
    assert [(row["sku"], row["on_hand"], row["value"]) for row in moved.rows(f"stock list {options}")] == expected


def test_of_a_past_day_reservations_are_not_known(moved) -> None:
    row = moved.rows("stock list --as-of 2026-10-30 --sku P1")[0]
    assert (row["reserved"], row["available"]) == (None, None)


@pytest.mark.rule("STK-02")
def test_the_ledger_runs_from_the_first_movement(moved) -> None:
    keys = ["date", "kind", "document", "quantity", "balance", "unit_cost"]
    rows = moved.rows("stock ledger P1")
    assert [list(row.values()) for row in rows] == [
        ["2026-10-01", "opening", None, "10", "10", "2.00"],
        ["2026-10-10", "goods_receipt", "PR-1", "10", "20", "4.00"],
        ["2026-10-31", "delivery", "DN-1", "-5", "15", "3.00"],
    ]
    assert list(rows[0]) == keys
    assert [row["balance"] for row in moved.rows("stock ledger P1 --period 2026-10-05..2026-10-15")] == ["20"]
    assert moved.rows("stock ledger P1 --warehouse SHOP") == []
    assert moved.run("stock ledger NOTHING").exit == 3


@pytest.mark.rule("STK-02")
def test_balances_are_proved_from_the_movements(moved) -> None:
    assert moved.run("check stock_quantities stock_values stock_not_negative").exit == 0
    moved.sql("UPDATE stock_item SET kept_quantity = 14000, kept_value = 4400 WHERE product_id = 1")
    found = moved.run("check stock_quantities stock_values")
    assert found.exit != 0
    assert "P1 in MAIN: 14 kept, movements add up to 15" in found.out + found.err


def test_an_opening_said_twice_moves_nothing_and_a_corrected_one_the_difference(moved, writing) -> None:
    from salescli.stock.actions import Opening, set_openings
    from salescli.stock.reads_balance import opening_state

    same = [Opening(1, 1, 10_000), Opening(2, 1, 5_000), Opening(2, 2, 0)]
    with writing(moved) as w:
        assert set_openings(w, same, day=FIRST) == 0
        assert set_openings(w, [Opening(1, 1, 12_000), Opening(2, 1, 5_000, 10_000)], day=FIRST) == 2
        state = opening_state(w.reader, FIRST)
        assert (state.of((1, 1)).opened, state.of((2, 1)).unit_cost) == (12_000, 10_000)
    assert [(row["sku"], row["on_hand"], row["value"]) for row in moved.rows("stock list --warehouse MAIN")] == [
        ("P1", "17", "49.00"), ("P2", "5", "5.00"),
    ]  # fmt: skip
    assert moved.run("check stock_quantities stock_values stock_not_negative").exit == 0


@pytest.mark.rule("STK-02")
def test_a_later_opening_sets_what_is_there_on_its_day(moved, writing) -> None:
    from salescli.stock.actions import Opening, set_openings

    with writing(moved) as w:
        assert set_openings(w, [Opening(1, 1, 18_000)], day=LAST) == 1
    assert moved.rows("stock list --sku P1")[0]["on_hand"] == "13"


@pytest.mark.rule("STK-02")
@pytest.mark.parametrize(("quantity", "day"), [(-15_001, None), (-10_001, date(2026, 10, 5))])
def test_no_day_may_end_below_zero(moved, writing, quantity: int, day: date | None) -> None:
    from salescli.stock.actions import move
    from salescli.stock.states import MoveKind

    with pytest.raises(SalesError) as refused, writing(moved) as w:
        move(w, MoveKind.ADJUSTMENT, 1, 1, quantity, day=day)
    assert refused.value.problems[0].code == "stock_too_low"
    assert moved.rows("stock list --sku P1")[0]["on_hand"] == "15"


def test_openings_below_what_has_gone_out_are_refused_all_at_once(moved, writing) -> None:
    from salescli.stock.actions import Opening, move, set_openings
    from salescli.stock.states import MoveKind

    with writing(moved) as w:
        move(w, MoveKind.DELIVERY, 2, 1, -5_000, day=LAST)
    with pytest.raises(SalesError) as refused, writing(moved) as w:
        set_openings(w, [Opening(1, 1, 0), Opening(2, 1, 4_000), Opening(2, 2, 1_000)], day=FIRST)
    assert [problem.facts["sku"] for problem in refused.value.problems] == ["P2"]


@pytest.mark.rule("ORG-07")
def test_who_sees_no_prices_sees_no_costs(moved) -> None:
    moved.sql("INSERT INTO staff (id, code, name) VALUES (9, 'W1', 'Wu')")
    moved.sql("INSERT INTO staff_role (staff_id, role) VALUES (9, 'warehouse')")
    answer = moved.ok("stock list -f json", user="W1").json()
    assert {(row["unit_cost"], row["value"]) for row in answer["rows"]} == {(None, None)}
    assert answer["totals"]["value"] is None
    assert {row["unit_cost"] for row in moved.rows("stock ledger P1", user="W1")} == {None}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("name", "line"), [("list", "stock list"), ("ledger", "stock ledger P1")])
def test_screens(moved, golden, lang: str, name: str, line: str) -> None:
    golden(f"stock/{name}.{lang}.txt", moved.ok(line, lang=lang).out)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_empty_store_says_how_to_begin(store, golden, lang: str) -> None:
    golden(f"stock/empty.{lang}.txt", store.ok("stock list", lang=lang).err)


@pytest.mark.rule("STK-05", "DAT-02")
def test_an_import_makes_one_warehouse_of_one_code_however_it_is_spelt(book) -> None:
    for sku in ("A1", "A2", "A3"):
        book.ok(f"product add {sku} Thing --cost 2")
    book.file("s.csv", "sku,quantity,warehouse\nA1,3,B2\nA2,3,b2\nA3,3,B2\n")
    book.ok("import stock s.csv --create")
    assert book.sql("SELECT code FROM warehouse ORDER BY code") == [("B2",), ("MAIN",)]
