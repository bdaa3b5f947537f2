"""Goods exchanged while an order is still under way: the rest stays to be delivered (ORD-13, ORD-15, ORD-18)."""

from __future__ import annotations

import pytest

from tests.order.conftest import N, on_hand


def reached(book) -> tuple[str, str, str | None]:
    totals = book.ok(f"order show {N} -f json").json()["totals"]
    return totals["state"], totals["delivered_pct"], totals["delivered_on"]


@pytest.mark.rule("ORD-12", "ORD-13", "ORD-15")
def test_an_exchange_delivers_nothing_of_the_rest(ordered) -> None:
    """Ten ordered, four delivered, two of them exchanged: six stay to be delivered, and promised."""
    ordered.ok(f"order deliver {N} TN2325=4 DRUM=2", user="WH")
    ordered.ok(f"order return {N} TN2325=2 --reason torn --exchange", user="WH")
    assert reached(ordered) == ("part_delivered", "50.00", None)
    assert on_hand(ordered)["TN2325"] == ("16", "6")
    assert [(row["sku"], row["quantity"], row["missing"]) for row in ordered.rows("order dispatch")] == [("TN2325", "6", "0")]
    assert ordered.rows("order open")[0]["undelivered"] == "6"
    ordered.ok(f"order deliver {N}", user="WH")
    assert reached(ordered) == ("delivered", "100.00", "2026-11-03")
    sums = dict(ordered.sql("SELECT kind, sum(quantity) FROM delivery d JOIN delivery_line x ON x.delivery_id = d.id GROUP BY kind"))
    assert sums["delivery"] - sums["return"] == 12_000
    assert ordered.ok(f"order show {N} -f json").json()["totals"]["receivables_open"] == "1880.00"
    refused = ordered.run(f"order return {N} TN2325=11 --reason torn", user="WH")
    assert "12 delivered, 2 came back already, 11 cannot come back" in refused.err
    checks = "order_deliveries order_delivered_on order_receivables order_reserved stock_quantities history_rows"
    assert ordered.run(f"check {checks}").exit == 0


@pytest.mark.rule("ORD-15", "ORD-18")
def test_what_was_exchanged_again_and_again_never_completes_an_order(ordered) -> None:
    for _time in range(4):
        ordered.run(f"order deliver {N} DRUM=1", user="WH")
        ordered.ok(f"order return {N} DRUM=1 --reason torn --exchange", user="WH")
    assert reached(ordered)[0] == "part_delivered"
    ordered.ok(f'order close {N} --reason "enough"', user="LI")
    told = ordered.ok(f"order return {N} DRUM=1 --reason torn --exchange", user="WH")
    assert f"order deliver {N}" not in told.out


@pytest.mark.rule("ORD-15", "KPI-06")
@pytest.mark.parametrize("ways", [
    ("order return {n} TN2325=2 --reason leaks --exchange",),
    ("order return {n} TN2325=2 --reason leaks", "order deliver {n} TN2325=2"),
])  # fmt: skip
def test_goods_exchanged_are_sold_once_and_kept(ordered, ways) -> None:
    """What came back is taken off the sales, what replaces it is added again: the customer keeps ten and pays for ten."""
    ordered.ok(f"order deliver {N}", user="WH")
    for line in ways:
        ordered.ok(line.format(n=N), user="WH", day="2026-11-05")
    assert [row["value"] for row in ordered.rows("kpi rank --metric sales_amount", day="2026-11-05")] == ["1880.00"]
    assert [row["value"] for row in ordered.rows("kpi rank --metric quantity", day="2026-11-05")] == ["12"]
    assert ordered.sql("SELECT count(*) FROM delivery WHERE replaces_id IS NOT NULL") == [(1,)]
    assert sum(float(row["value"]) for row in ordered.rows("kpi rank --explain LI", day="2026-11-05")) == 1880.0
    ordered.ok("check order_deliveries order_receivables order_delivered_on")
