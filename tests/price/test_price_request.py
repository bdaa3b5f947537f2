"""A price change from the form to its effect, and what is refused on the way (PRC-01..04, PRC-08, PRC-09, AP-03, ST-11)."""

from __future__ import annotations

import pytest

from tests.price.price_office import granted, price, priced

FORM = "PC-202611-0001"
ASK = 'price request TN2325=138 --reason "the maker asks more" --basis "cost 97"'


def state(book, day: str = "2026-11-03") -> str:
    return book.rows("price changes", day=day)[0]["state"]


@pytest.mark.rule("PRC-01", "PRC-03", "PRC-04")
def test_a_price_change_from_request_to_effect(office) -> None:
    office.ok(ASK, user="LI")
    assert state(office) == "at_manager"
    office.ok("approve AP-202611-0001", user="BOSS")
    assert state(office) == "at_management"
    told = office.ok("approve AP-202611-0001", user="GM")
    assert "1 recent buyer has to be told" in told.out
    assert state(office) == "approved"
    assert price(office, "HX", "1", "2027-01-01")["unit_price"] == "128.00"  # nobody was told: nothing holds
    office.ok(f"price notify {FORM} --by letter", user="LI")
    assert state(office) == "notified"
    assert price(office, "HX", "1", "2026-11-09")["unit_price"] == "128.00"
    assert price(office, "HX", "1", "2026-11-10")["unit_price"] == "138.00"
    assert state(office, "2026-11-10") == "in_force"
    assert office.rows("product show TN2325", day="2026-11-10")[0]["list_price"] == "138.00"
    (line,) = office.rows(f"price show {FORM}")
    assert (line["old_price"], line["new_price"], line["change_pct"], line["cost"], line["sold"]) == (
        "128.00",
        "138.00",
        "7.81",
        "90.00",
        "15",
    )
    assert [row["unit_price"] for row in office.rows("price history TN2325")] == ["138.00", "128.00"]
    refused = office.run("product edit TN2325 --list-price 150", day="2026-11-10")
    assert "the list price of TN2325 is 138.00 already" in refused.err  # today's, not the first one
    assert office.run("check price_approved price_ties price_notices price_floor").exit == 0


@pytest.mark.rule("PRC-04")
def test_the_lead_time_counts_from_the_last_notice(office) -> None:
    office.ok(ASK, user="LI")
    granted(office, FORM, told=False)
    (due,) = [row for row in office.rows("today", user="LI", day="2026-11-05") if row["rule"] == "PRC-04"]
    assert (due["ref"], due["due"], due["late_days"]) == (FORM, "2026-11-03", 2)
    office.ok(f"price notify {FORM}", day="2026-11-05")
    assert price(office, "HX", "1", "2026-11-11")["unit_price"] == "128.00"
    assert price(office, "HX", "1", "2026-11-12")["unit_price"] == "138.00"
    assert office.run(f"price notify {FORM}", day="2026-11-05").exit == 6
    (row,) = office.rows(f"price notices {FORM}")
    assert (row["customer"], row["last_bought"], row["notified_on"]) == ("HX", "2026-10-15", "2026-11-05")  # BO bought too long ago


@pytest.mark.rule("PRC-04")
def test_nothing_holds_until_the_last_buyer_was_told(office) -> None:
    office.file("more.csv", "order,date,customer,sku,quantity,unit_price\nO9,2026-10-20,BO,TN2325,1,128\n")
    office.ok("import orders more.csv")
    office.ok(ASK, user="LI")
    granted(office, FORM, told=False)
    assert "1 is still to be told" in office.ok(f"price notify {FORM} --customer BO").out
    assert state(office) == "approved"
    assert office.run(f"price notify {FORM} --customer BO").exit == 4
    office.ok(f"price notify {FORM} --customer HX")
    assert state(office) == "notified"


@pytest.mark.rule("PRC-04")
@pytest.mark.parametrize(("first", "code"), [("2026-11-09", 4), ("2026-11-10", 0), ("2026-11-02", 4)])
def test_valid_from_is_no_sooner_than_notice_and_lead(office, first: str, code: int) -> None:
    refused = office.run(f"{ASK} --from {first}", user="LI")
    assert refused.exit == code
    assert not code or "2026-11-10 at the earliest [PRC-04]" in refused.err


@pytest.mark.rule("PRC-04")
def test_where_nobody_has_to_be_told_a_price_holds_once_it_is_approved(office) -> None:
    office.ok("price request DRUM=310 --reason x", user="LI")
    granted(office, FORM, told=False)
    assert office.rows("price list --sku DRUM")[0]["unit_price"] == "310.00"


@pytest.mark.rule("PRC-03")
def test_a_refused_form_changes_nothing(office) -> None:
    office.ok(ASK, user="LI")
    office.ok('refuse AP-202611-0001 --reason "too much"', user="BOSS")
    assert state(office) == "refused"
    assert office.sql("SELECT count(*) FROM price_rule") == [(0,)]
    assert office.run(f"price notify {FORM}").exit == 6
    office.ok(ASK, user="LI")  # the same may be asked for again
    office.ok("withdraw AP-202611-0002", user="LI")
    assert state(office) == "withdrawn"


@pytest.mark.rule("PRC-03")
def test_there_is_no_other_way_into_the_price_table(office) -> None:
    refused = office.run("product edit TN2325 --list-price 138")
    assert refused.exit == 4
    assert "salescli price request TN2325=138.00" in refused.err
    office.ok(ASK, user="LI")
    assert office.run("approve AP-202611-0001", user="LI").exit == 7  # nobody approves his own
    office.sql("INSERT INTO price_rule (product_id, unit_price, valid_from, min_qty) VALUES (1, 5, '2026-01-01', 0)")
    told = office.run("check price_approved")
    assert told.exit != 0
    assert "TN2325" in told.out + told.err


@pytest.mark.rule("PRC-02")
def test_changing_too_often_is_warned_about(office) -> None:
    for n, day in enumerate(("2026-10-01", "2026-10-10"), 1):
        assert "PRC-02" not in office.ok(f"price request DRUM={300 + n} --reason x", user="LI", day=day).err
        granted(office, f"PC-202610-000{n}", day=day)
    warned = office.ok("price request DRUM=305 --reason x", user="LI", day="2026-11-03")
    assert "that makes 3 price changes in the quarter of 2026-11-03; the office wants at most 2 [PRC-02]" in warned.err
    assert "PRC-02" not in office.ok("price request TN2325=129 --reason x", user="LI", day="2026-11-03").err


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ("TN2325=99.9999", 4, "99.9999 lies below the lowest price 100.00 [PRC-09]"),
        ("TN2325=128", 4, "TN2325 costs 128.00 already [PRC-03]"),
        ("TN2325 --end", 4, "the list price of TN2325 cannot end"),
        ("TN2325", 2, "write a price as SKU=PRICE"),
        ("TN2325=x", 2, '"x" is not a number'),
        ("TN2325=-1", 2, "cannot be negative"),
        ("NONE=1", 3, "there is no product"),
        ("TN2325=110 --customer HX --class A", 2, "not both"),
        ("TN2325=110 --from 2026-12-01 --to 2026-11-30", 2, "lies before valid from"),
        ("TN2325=110 TN2325=111 --channel online", 4, "two prices for the same customers and quantity"),
        ("TN2325=18 --currency DOLLAR", 2, "is no currency"),
    ],
)
@pytest.mark.rule("PRC-03", "PRC-08", "PRC-09")
def test_what_a_form_cannot_ask_for(office, words: str, code: int, sentence: str) -> None:
    refused = office.run(f"price request {words} --reason x", user="LI")
    assert (refused.exit, sentence in refused.err) == (code, True), refused.err


@pytest.mark.rule("PRC-08")
def test_a_tie_is_refused_when_the_price_is_asked_for(office) -> None:
    spring = "TN2325=120 --class A --from 2027-03-01 --to 2027-03-31"
    office.ok(f"price request {spring} --reason x", user="LI")
    assert office.run(f"price request {spring} --reason x", user="LI").exit == 6  # still asked for
    granted(office, FORM)
    for overlap in ("--from 2027-03-31 --to 2027-04-10", "--from 2027-02-01 --to 2027-03-01"):
        refused = office.run(f"price request TN2325=119 --class A {overlap} --reason x", user="LI")
        assert refused.exit == 4
        assert "[PRC-08]" in refused.err
    office.ok("price request TN2325=119 --class A --from 2027-04-01 --to 2027-04-10 --reason x", user="LI")
    office.ok("price request TN2325=119 --class A --min-qty 10 --from 2027-03-01 --to 2027-03-31 --reason x", user="LI")


@pytest.mark.rule("PRC-08")
def test_a_special_price_ends_and_the_next_level_holds_again(office) -> None:
    priced(office, "TN2325=115 --customer HX")
    priced(office, "TN2325=118 --class A")
    assert price(office, "HX", "1", "2026-12-01")["unit_price"] == "115.00"
    priced(office, "TN2325 --end --customer HX", day="2026-11-20")
    assert price(office, "HX", "1", "2026-11-26")["unit_price"] == "115.00"
    row = price(office, "HX", "1", "2026-11-27")
    assert (row["unit_price"], row["source"]) == ("118.00", "class_price")


SCREENS = (
    ("request", ASK, "LI"),
    ("refused", "price request TN2325=90 DRUM=300 --from 2026-11-05 --reason x", "LI"),
    ("approve", "approve AP-202611-0001", "BOSS"),
    ("granted", "approve AP-202611-0001", "GM"),
    ("notices", f"price notices {FORM}", "LI"),
    ("notify", f"price notify {FORM} --by letter", "LI"),
    ("changes", "price changes", "LI"),
    ("show", f"price show {FORM}", "LI"),
    ("list", "price list --as-of 2026-11-10", "LI"),
    ("history", "price history TN2325", "LI"),
    ("quote", "price quote-for HX TN2325 2 --unit 箱 --on 2026-11-10", "LI"),
    ("check", "price check --period 2026", "ADMIN"),
    ("check_lines", "price check --period 2026 --by line", "ADMIN"),
    ("help", "price -h", "LI"),
    ("help_request", "price request -h", "LI"),
)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens(office, golden, lang: str) -> None:
    for name, line, user in SCREENS:
        result = office.run(line, lang=lang, user=user)
        golden(f"price/{name}.{lang}.txt", f"$ salescli {line}\n{result.out}{result.err}[{result.exit}]\n")


@pytest.mark.rule("PRC-04", "PRC-08")
def test_buyers_of_a_class_are_told_however_the_class_is_spelt(office) -> None:
    """HX, of class A, bought lately: a price for class a holds for him, so he is told of it in time."""
    told = office.ok("price request TN2325=140 --class a --reason dearer -f json", user="LI").json()["facts"]
    assert (told["to_tell"], told["valid_from"]) == (1, "2026-11-10")
