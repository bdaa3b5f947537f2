"""Which price holds: the most specific one, whatever order the rows come in (PRC-08)."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.price.rules_table import Asked, Rule, candidates, clash, level, pick
from tests.price.price_office import price, priced

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(date.isoformat)
SCOPES = st.sampled_from([(None, None), (7, None), (8, None), (None, "A"), (None, "B")])


@st.composite
def rules(draw):
    """Rows of the price table as the room lets them in: no two that tie."""
    kept: list[Rule] = []
    for key in range(draw(st.integers(0, 12))):
        customer, customer_class = draw(SCOPES)
        first = draw(DAYS)
        last = draw(st.none() | st.integers(0, 60).map(lambda n, f=first: (date.fromisoformat(f) + timedelta(days=n)).isoformat()))
        scope = (
            draw(st.sampled_from([None, "online", "Shop"])),
            draw(st.sampled_from([0, 5000, 10000])),
            draw(st.sampled_from([None, "USD"])),
        )
        row = Rule(key + 1, customer, customer_class, *scope, draw(st.none() | st.integers(0, 999)), first, last)
        if not any(clash(row, other) for other in kept):
            kept.append(row)
    return kept


ASKED = st.builds(
    Asked, st.sampled_from([None, 7, 8, 9]), st.sampled_from([None, "A", "a", "C"]), st.sampled_from([None, "ONLINE", "shop"]),
    st.sampled_from([-10000, 0, 4999, 5000, 10000]), DAYS, st.sampled_from([None, "USD"]),
)  # fmt: skip


@pytest.mark.rule("PRC-08")
@given(rules(), ASKED, st.randoms())
def test_the_price_never_depends_on_the_order_of_the_rows(rows: list[Rule], asked: Asked, chance: random.Random) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert pick(rows, asked) == pick(shuffled, asked)
    assert candidates(rows, asked) == candidates(shuffled, asked)


@pytest.mark.rule("PRC-08")
@given(rules(), ASKED)
def test_nothing_more_specific_with_a_price_is_passed_over(rows: list[Rule], asked: Asked) -> None:
    held = candidates(rows, asked)
    found = pick(rows, asked)
    for rule in held:
        if found is None or (level(rule), rule.min_qty) > (level(found), found.min_qty):
            assert rule.unit_price is None
    assert len({(level(r), r.min_qty) for r in held}) == len(held)


def rule(price: int | None, **more) -> Rule:
    known = {"customer_id": None, "customer_class": None, "channel": None, "min_qty": 0, "currency": None, "valid_from": "2026-01-01",
             "valid_to": None, "id": 1}  # fmt: skip
    return Rule(unit_price=price, **{**known, **more})


ASK = Asked(7, "A", "online", 10_000, "2026-06-15")
LADDER = [
    rule(1), rule(2, channel="online"), rule(3, customer_class="A"), rule(4, customer_class="A", channel="online"), rule(5, customer_id=7),
    rule(6, customer_id=7, channel="online"),
]  # fmt: skip


@pytest.mark.rule("PRC-08")
@pytest.mark.parametrize("many", range(1, 7))
def test_the_ladder_from_everybody_to_one_customer_on_one_channel(many: int) -> None:
    found = pick(LADDER[:many], ASK)
    assert found is not None
    assert found.unit_price == many


@pytest.mark.rule("PRC-08")
@pytest.mark.parametrize(("quantity", "price"), [(9_999, 1), (10_000, 2), (-10_000, 2), (-9_999, 1), (20_000, 3), (19_999, 2)])
def test_a_break_is_reached_by_its_own_figure_and_a_return_takes_the_price_of_as_many(quantity: int, price: int) -> None:
    rows = [rule(1), rule(2, min_qty=10_000), rule(3, min_qty=20_000)]
    found = pick(rows, ASK._replace(quantity=quantity))
    assert found is not None
    assert found.unit_price == price


@pytest.mark.rule("PRC-08")
@pytest.mark.parametrize(("day", "price"), [("2026-02-28", 1), ("2026-03-01", 2), ("2026-03-31", 2), ("2026-04-01", 1), ("2026-07-01", 3)])
def test_both_end_days_count_and_a_later_standing_price_takes_over(day: str, price: int) -> None:
    rows = [rule(1), rule(2, valid_from="2026-03-01", valid_to="2026-03-31"), rule(3, valid_from="2026-07-01")]
    found = pick(rows, ASK._replace(day=day))
    assert found is not None
    assert found.unit_price == price


@pytest.mark.rule("PRC-08")
def test_the_breaks_of_a_larger_unit_are_tested_in_the_base_unit(office) -> None:
    priced(office, "TN2325=120 --min-qty 24")
    assert price(office, "HX", "1", "2026-12-01", "--unit 箱")["unit_price"] == "128.00"
    row = price(office, "HX", "2", "2026-12-01", "--unit 箱")
    assert (row["quantity"], row["unit_price"], row["source"], row["amount"]) == ("24", "120.00", "quantity_break", "2880.00")
    assert price(office, "HX", "1.999", "2026-12-01", "--unit 箱")["unit_price"] == "128.00"


@pytest.mark.rule("PRC-05", "PRC-08")
def test_the_way_to_a_price_is_told(office) -> None:
    priced(office, "TN2325=125 --class A")
    priced(office, "TN2325=118 --customer HX --channel online --from 2026-11-10 --to 2026-12-31")
    assert price(office, "BO", "1", "2026-12-31")["unit_price"] == "128.00"
    assert price(office, "HX", "1", "2026-12-31")["unit_price"] == "125.00"
    found = office.ok("price quote-for HX TN2325 1 --channel Online --on 2026-12-31 -f json").json()
    assert found["rows"][0]["source"] == "customer_channel_price"
    assert found["rows"][0]["last_price"] == "128.00"
    assert found["notes"] == [
        "list price 128.00 (the first one, from the product's file)",
        "class price 125.00 since 2026-11-10",
        "customer channel price 118.00, 2026-11-10 to 2026-12-31",
    ]
    assert price(office, "HX", "1", "2027-01-01", "--channel online")["unit_price"] == "125.00"
    assert price(office, "-", "1", "2026-12-31")["unit_price"] == "128.00"


@pytest.mark.rule("PRC-08")
def test_foreign_currency(office) -> None:
    row = price(office, "HX", "1", "2026-12-01", "--currency usd")
    assert (row["unit_price"], row["source"]) == (None, "no_price")
    office.ok("price rate USD 712.34")
    assert office.run("price rate USD 700").exit == 6
    assert office.run("price rate CNY 100").exit == 2
    assert price(office, "HX", "1", "2026-12-01", "--currency usd")["unit_price"] == "17.9689"
    assert price(office, "HX", "1", "2026-11-02", "--currency usd")["unit_price"] is None  # not known on that day
    priced(office, "TN2325=17.5 --currency USD")
    assert price(office, "HX", "1", "2026-12-01", "--currency usd")["unit_price"] == "17.50"
    assert price(office, "HX", "1", "2026-12-01")["unit_price"] == "128.00"


def test_who_sees_no_prices_sees_none_here(office) -> None:
    office.ok("staff add DOCK 库管 --role warehouse --superior ADMIN")
    for line in ("price list", "price quote-for - TN2325", "price check", "price history TN2325", "price rivals"):
        assert office.run(line, user="DOCK").exit == 7


def test_prices_of_customers_one_does_not_see_stay_hidden(office) -> None:
    office.ok("staff add HAN 韩梅 --role rep --superior WANG")
    priced(office, "TN2325=119 --customer HX")
    mine = office.rows("price list --special --as-of 2026-12-01", user="LI")
    assert [row["customer"] for row in mine] == ["HX"]
    assert office.rows("price list --special --as-of 2026-12-01", user="HAN") == []
    assert len(office.rows("price history TN2325", user="HAN")) == 1


@pytest.mark.rule("PRC-05", "PRC-08", "CTR-10")
def test_nobody_cuts_prices_by_calling_his_customer_something_else(office) -> None:
    office.ok("customer edit HX --class C", user="LI")  # no price hangs on it yet
    priced(office, "TN2325=110 --class A")
    refused = office.run("customer edit HX --class a -f json", user="LI")
    assert (refused.exit, refused.json()["problems"][0]["code"]) == (7, "class_has_prices")
    assert office.run("customer add 新客户 --class A", user="LI").exit == 7
    office.ok("customer edit HX --class B --kind 零售", user="LI")
    office.ok("customer edit HX --class A --kind 经销商", user="WANG")
    for line in ("--class B", "--clear class", "--kind 零售", "--clear kind"):
        assert office.run(f"customer edit HX {line}", user="LI").exit == 7, line
    office.ok("customer edit HX --kind dealer --region 华东", user="LI")


@pytest.mark.rule("PRC-05")
def test_the_last_price_of_a_file_that_gives_amounts_is_what_was_paid(office) -> None:
    """90.00 were paid; the ten per cent beside them were taken off before."""
    office.file("sums.csv", "order,date,customer,sku,quantity,amount,discount_pct\nS1,2026-11-01,HX,TN2325,1,90,10\n")
    office.ok("import orders sums.csv")
    assert office.rows("price quote-for HX TN2325 1")[0]["last_price"] == "90.00"
    office.file("prices.csv", "order,date,customer,sku,quantity,unit_price,discount_pct\nS2,2026-11-02,HX,TN2325,1,100,10\n")
    office.ok("import orders prices.csv")
    assert office.rows("price quote-for HX TN2325 1")[0]["last_price"] == "90.00"
