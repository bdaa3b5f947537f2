"""The pool of customers: the clock, the checks of a claim in their order, locks, the list, the day list, the run (LED-11)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.customer import rules_pool
from salescli.customer.rules_pool import Claim, Facts, days_left
from salescli.customer.tables_contact import KEEP_CONTACTS

TODAY = date(2026, 11, 3)
HUAXIN, EAST, NOBODY = "C0001", "C0002", "C0003"


def day(offset: int) -> str:
    return (TODAY + timedelta(offset)).isoformat()


def order(office, customer: str, number: str = "SO-X", state: str = "confirmed", on: str = "2026-10-01") -> None:
    """A confirmed order, typed past the program: the room of orders is not what is tried here."""
    office.file(f"{number}.csv", f"order,date,customer,sku,quantity,unit_price\n{number},{on},{customer},P1,1,10\n")
    if not office.sql("select 1 from product"):
        office.ok("product add P1 Paper")
    office.ok(f"import orders {number}.csv")
    office.sql("update sales_order set state = ? where number = ?", state, number)


def visit(office, customer: str, on: str, review: str = "recorded") -> None:
    office.sql(
        "insert into interaction (number, day, channel, staff_id, customer_id, in_depth, review, entered) "
        "select 'V' || (select count(*) from interaction), ?, 'call', staff_id, id, 1, ?, ? from customer where code = ?",
        on, review, on, customer,
    )  # fmt: skip
    office.sql(KEEP_CONTACTS)


def codes(rows) -> list[str]:
    return [row["code"] for row in rows]


# --- the clock ----------------------------------------------------------------------------------------------------------------

FACTS = Facts(owner_id=1, owned_since=day(-10), last_contact=None, entered=day(-400), dealt=False)


@pytest.mark.rule("LED-11")
@pytest.mark.parametrize(
    ("facts", "left"),
    [
        (FACTS, 20),
        (FACTS._replace(owned_since=day(-30)), 0),
        (FACTS._replace(owned_since=day(-31)), -1),
        (FACTS._replace(last_contact=day(-3)), 27),  # contact after the beginning of ownership
        (FACTS._replace(last_contact=day(-300)), 20),  # a claim or transfer gives a full fresh period
        (FACTS._replace(owned_since=day(-300), last_contact=None, entered=day(-2)), 28),  # imported the day before yesterday
        (FACTS._replace(dealt=True, owned_since=day(-300)), None),
        (FACTS._replace(over=True, owned_since=day(-300)), None),
        (FACTS._replace(owner_id=None), None),
        (FACTS._replace(owned_since=day(-300), locked_until=day(0)), 1),  # through its last day
        (FACTS._replace(owned_since=day(-300), locked_until=day(-1)), 0),
        (FACTS._replace(locked_until=day(5)), 20),
    ],
)
def test_days_count_from_the_latest_of_contact_ownership_and_import(facts: Facts, left: int | None) -> None:
    assert days_left(facts, 30, TODAY) == left


DAYS = st.integers(-400, 0).map(day)


@pytest.mark.rule("LED-11")
@given(
    st.builds(
        Facts,
        st.just(1),
        DAYS,
        st.none() | DAYS,
        st.none() | DAYS,
        st.booleans(),
        st.none() | st.integers(-60, 90).map(day),
        st.just(False),
    ),
    st.integers(1, 90),
)
def test_everybody_is_warned_before_he_falls(facts: Facts, idle: int) -> None:
    """However long he was held: whoever is due today was told yesterday that one day is left (Yudao warned only fresh owners)."""
    today, yesterday = days_left(facts, idle, TODAY), days_left(facts, idle, TODAY - timedelta(1))
    if today is None:
        assert facts.dealt
    elif facts.owned_since != TODAY.isoformat() and TODAY.isoformat() not in (facts.last_contact, facts.entered):
        assert yesterday == today + 1


@pytest.mark.rule("LED-11")
@pytest.mark.parametrize(
    ("listed", "share", "limit"),
    [(0, 1000, 1), (1, 1000, 1), (19, 1000, 1), (20, 1000, 2), (100, 1000, 10), (100, 0, 1), (100, 10_000, 100)],
)
def test_a_run_may_take_a_share_and_always_one(listed: int, share: int, limit: int) -> None:
    assert rules_pool.share_limit(listed, share) == limit
    assert rules_pool.check_share(rules_pool.Due("LI", limit, listed), share) == []
    assert rules_pool.check_share(rules_pool.Due("LI", limit + 1, listed), share) != []


# --- claiming -----------------------------------------------------------------------------------------------------------------

GOOD = Claim("customer", "C1", "Huaxin", None, False, "LI", TODAY, None, 30, 0, 5, 10, 100)


@pytest.mark.rule("LED-11")
def test_the_checks_of_a_claim_come_in_their_order() -> None:
    """In pool, scope, cool-down, daily cap, holding cap: the first that fails is told, each named with figures and day."""
    worst = GOOD._replace(holder="HAN", region="East", own_region="West", lost_on=TODAY, claimed_today=5, held=100)
    order = []
    for mended in ({"holder": None}, {"own_region": "East"}, {"lost_on": date(2026, 10, 4)}, {"claimed_today": 4}, {"held": 99}):
        (found,) = rules_pool.check_claim(worst)
        order.append(found.code)
        worst = worst._replace(**mended)
    assert order == ["not_in_pool", "not_your_region", "cooling_down", "daily_claims", "hold_cap"]
    assert rules_pool.check_claim(worst) == []


@pytest.mark.rule("LED-11")
def test_exactly_the_cap_passes_and_dealt_ones_take_no_room() -> None:
    assert rules_pool.check_hold("LI", 99, 1, 100) == []
    assert [p.code for p in rules_pool.check_hold("LI", 100, 1, 100)] == ["hold_cap"]
    assert rules_pool.check_claim(GOOD._replace(held=100, counts=False)) == []


@pytest.mark.rule("LED-11")
def test_a_claim_names_the_former_owner_and_counts(office) -> None:
    office.ok(f"customer release {HUAXIN} --reason quiet", user="WANG", day=day(0))
    done = office.ok(f"customer claim {HUAXIN} -f json", user="HAN").json()["facts"]
    assert (done["staff"], done["former"], done["claimed"], done["daily"], done["days_left"]) == ("HAN", "LI", 1, 5, 30)
    (row,) = office.rows(f"customer show {HUAXIN}", user="HAN")
    assert (row["staff"], row["days_left"], row["phone"]) == ("HAN", 30, "13812345678")


@pytest.mark.rule("LED-11")
def test_a_refused_claim_costs_no_quota(office) -> None:
    """Cool-down before count: WuKong raises the counter first."""
    office.ok("policy set pool.daily_claims 1 --reason t")
    office.ok(f"customer release {HUAXIN} --reason quiet", user="WANG")
    refused = office.run(f"customer claim {HUAXIN} -f json", user="LI")
    assert refused.exit == 4
    error = refused.json()["error"]
    assert (error["code"], error["facts"]["lost"], error["facts"]["days"], error["facts"]["free"]) == ("cooling_down", day(0), 30, day(30))
    office.ok(f"customer claim {NOBODY}", user="LI")  # the one claim of the day was not used up
    office.ok(f"customer release {EAST} --reason quiet", user="ZHOU")
    over = office.run(f"customer claim {EAST} -f json", user="LI").json()["error"]
    assert (over["code"], over["facts"]["count"], over["facts"]["limit"], over["facts"]["free"]) == ("daily_claims", 1, 1, day(1))
    office.ok(f"customer claim {EAST}", user="LI", day=day(1))


@pytest.mark.rule("LED-11")
def test_the_cool_down_binds_the_real_owner_not_the_operator(office) -> None:
    """A manager returns LI's customer: LI waits, the manager does not (WuKong keeps the operator as previous owner)."""
    office.ok(f"customer release {HUAXIN} --reason quiet", user="WANG")
    assert office.sql("select former_id, operator_id, owner_id, reason, move from owner_change order by id desc limit 1") == [
        (
            office.sql("select id from staff where code = 'LI'")[0][0],
            office.sql("select id from staff where code = 'WANG'")[0][0],
            None,
            "quiet",
            "returned",
        )
    ]
    assert office.run(f"customer claim {HUAXIN}", user="LI", day=day(29)).exit == 4
    office.ok(f"customer claim {HUAXIN}", user="WANG")
    office.ok(f"customer release {HUAXIN} --reason back", user="MA")
    office.ok(f"customer claim {HUAXIN}", user="LI", day=day(30))


@pytest.mark.rule("LED-11")
def test_claims_within_ones_region_where_the_office_wants_it(office) -> None:
    office.ok("customer add 西部商行 --region West")
    office.ok("staff edit LI --region East")
    office.ok("policy set pool.by_region yes --reason t")
    refused = office.run("customer claim 西部商行 -f json", user="LI")
    assert (refused.exit, refused.json()["error"]["code"]) == (7, "not_your_region")
    office.ok("staff edit LI --region West")
    office.ok("customer claim 西部商行", user="LI")


@pytest.mark.rule("LED-11")
@pytest.mark.parametrize(
    ("line", "user"),
    [
        ("customer add 新客户", "LI"),
        ("customer add 新客户 --staff LI", "WANG"),
        (f"customer claim {NOBODY}", "LI"),
        (f"customer assign {NOBODY} --to LI --reason able", "MA"),
        ("customer transfer BLUE --to LI --reason region", "WANG"),
        ("import customers new.csv", "ADMIN"),
        ("import customers known.csv --update", "ADMIN"),
        ("customer unarchive OLD --reason again", "MA"),
        ("lead add 王小姐 --phone 13900001111 --source fair", "LI"),
    ],
)
def test_the_holding_cap_holds_on_every_path(office, line: str, user: str) -> None:
    office.ok("customer add 归档客户 --code OLD --staff LI")
    office.ok("customer archive OLD --reason closed", user="MA")
    office.ok("policy set pool.hold_cap 1 --reason t")  # LI holds 华信
    office.file("new.csv", "name,staff\n导入客户,LI\n")
    office.file("known.csv", "code,name,staff\nBLUE,Blue Star Ltd.,LI\n")
    before = office.sql("select count(*) from owner_change")
    refused = office.run([*line.split(), "-f", "json"] if "import" not in line else line, user=user)
    assert refused.exit == (9 if "import" in line else 4)
    assert "hold_cap" in refused.out or "the cap is 1" in refused.err
    assert office.sql("select count(*) from owner_change") == before
    order(office, HUAXIN)  # who has ordered takes no room
    office.ok(line, user=user)


@pytest.mark.rule("LED-11")
def test_the_first_customers_of_a_book_come_in_though_nobody_has_dealt_yet(office) -> None:
    """Their orders are in a later file; the cap is told, not enforced, until the office works."""
    office.ok("policy set pool.lock_cap 3 --reason t")
    office.file("stock.csv", "name,staff\n" + "".join(f"客户{n},LI\n" for n in range(101)))
    done = office.ok("import customers stock.csv")
    assert "LI would hold 102 without a deal; the cap is 100" in done.err
    assert office.sql("select count(*), count(distinct customer_id) from owner_change where move = 'imported'") == [(101, 101)]
    office.ok(f"customer claim {NOBODY}", user="HAN")
    office.file("more.csv", "name,staff\n又一个,LI\n")
    assert office.run("import customers more.csv").exit == 9


# --- locks --------------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("LED-11")
def test_a_lock_has_a_count_and_a_time_cap(office) -> None:
    office.ok("policy set pool.lock_cap 1 --reason t")
    office.ok("customer add 第二家 --code TWO", user="LI")
    assert office.run(f"customer lock {HUAXIN} --until +91d --reason tender", user="LI").exit == 4
    office.ok(f"customer lock {HUAXIN} --until +10d --reason tender", user="LI")
    office.ok(f"customer lock {HUAXIN} --until +90d --reason tender", user="LI")  # the same one takes no second place
    assert "LI has 1 locked; the cap is 1" in office.run("customer lock TWO --reason x", user="LI").err
    # A lock cannot be renewed for ever: its days run from when it began.
    assert office.run(f"customer lock {HUAXIN} --until {day(91)} --reason more", user="LI", day=day(60)).exit == 4
    office.ok(f"customer lock {HUAXIN} --until {day(150)} --reason more", user="WANG", day=day(60))  # a leader lets it begin again
    office.ok(f"customer unlock {HUAXIN}", user="LI", day=day(60))
    assert office.run(f"customer unlock {HUAXIN}", user="LI", day=day(60)).exit == 6


@pytest.mark.rule("LED-11")
def test_what_needs_no_lock_gets_none(office) -> None:
    order(office, HUAXIN)
    assert office.run(f"customer lock {HUAXIN} --reason x", user="LI").exit == 6
    assert office.run(f"customer lock {NOBODY} --reason x").exit == 6


@pytest.mark.rule("LED-11")
def test_a_locked_customer_falls_the_day_after_his_lock_and_is_warned_of_before(office) -> None:
    office.ok(f"customer lock {HUAXIN} --until {day(50)} --reason tender", user="LI")
    office.ok("pool run", day=day(50))
    assert office.rows("customer pool --mine", user="LI", day=day(45))[0]["days_left"] == 6
    assert HUAXIN not in codes(office.rows("customer pool", day=day(50)))
    office.ok("pool run", day=day(51))
    assert HUAXIN in codes(office.rows("customer pool", day=day(51)))


# --- lists, warnings, the run -----------------------------------------------------------------------------------------------


@pytest.mark.rule("LED-11", "ORG-08")
def test_telephones_of_the_pool_are_masked_until_the_claim(office) -> None:
    office.ok(f"customer release {HUAXIN} --reason quiet", user="WANG")
    rows = {row["code"]: row for row in office.rows("customer pool", user="HAN")}
    assert (rows[HUAXIN]["phone"], rows[HUAXIN]["former"], rows[HUAXIN]["since"]) == ("138****5678", "LI", day(0))
    assert office.rows(f"customer show {HUAXIN}", user="HAN")[0]["phone"] == "138****5678"
    assert office.run(f"customer edit {HUAXIN} --class B", user="HAN").exit == 3  # looked at by all, worked by nobody


@pytest.mark.rule("LED-11", "VIS-09")
def test_badge_list_and_move_are_one_and_the_same(office) -> None:
    """What today warns of is what the list shows and what the run moves (in Yudao badge and list disagree)."""
    visit(office, HUAXIN, day(5))
    visit(office, "BLUE", day(4))
    visit(office, "BLUE", day(20), review="rejected")  # a rejected visit stops no clock
    visit(office, HUAXIN, day(60))  # of no account on the days looked at
    for offset in range(22, 40):
        soon = codes(office.rows("customer pool --soon", day=day(offset)))
        told = [row["ref"] for row in office.rows("today --all", day=day(offset)) if row["kind"] == "pool_soon"]
        dry = office.ok("pool run --dry-run -f json --anyway LI --anyway HAN --anyway ZENG", day=day(offset)).json()["changes"]
        due = [row["code"] for row in office.rows("customer pool --soon", day=day(offset)) if row["days_left"] <= 0]
        assert sorted(soon) == sorted(told)
        assert codes(office.rows("customer pool --soon --limit 2", day=day(offset))) == soon[:2]
        assert [change["field"].removeprefix("customer ") for change in dry] == due
    assert soon == [EAST, "BLUE", HUAXIN]


@pytest.mark.rule("LED-11")
def test_a_run_missed_for_days_loses_nothing_and_a_second_one_moves_nothing(office) -> None:
    """Due is computed from the facts of the day, not looked for in yesterday's window."""
    visit(office, HUAXIN, day(60))
    first = office.ok("pool run -f json", day=day(75)).json()["facts"]
    assert (first["customers"], first["leads"]) == (2, 0)
    assert set(codes(office.rows("customer pool", day=day(75)))) == {EAST, NOBODY, "BLUE"}
    assert office.ok("pool run -f json", day=day(75)).json()["facts"]["customers"] == 0
    (row,) = [r for r in office.rows(f"customer owners {EAST}", day=day(75)) if r["move"] == "pooled"]
    assert (row["former"], row["staff"], row["operator"]) == ("ZENG", None, "ADMIN")
    assert day(0) in row["reason"]
    office.ok("check customer_owner", day=day(75))


@pytest.mark.rule("LED-11")
def test_orders_keep_from_the_pool_and_cancelled_ones_do_not(office) -> None:
    order(office, HUAXIN)
    office.ok("pool run", day=day(100))
    assert office.rows(f"customer show {HUAXIN}", day=day(100))[0]["staff"] == "LI"
    office.sql("update sales_order set state = 'cancelled'")
    office.ok("pool run", day=day(100))
    assert office.rows(f"customer show {HUAXIN}", day=day(100))[0]["staff"] is None


@pytest.mark.rule("LED-11")
def test_a_run_stops_at_a_list_that_would_lose_too_much_and_moves_the_others(office) -> None:
    for n in range(3):
        office.ok(f"customer add 多一家{n} --code L{n} --staff LI")
    refused = office.run("pool run -f json", day=day(40))
    assert refused.exit == 4
    error = refused.json()["error"]
    assert (error["code"], error["facts"]["staff"], error["facts"]["due"], error["facts"]["listed"], error["facts"]["limit"]) == (
        "pool_share",
        "LI",
        4,
        4,
        1,
    )
    assert error["facts"]["customers"] == 2
    assert set(codes(office.rows("customer pool", day=day(40)))) == {"BLUE", EAST, NOBODY}  # of the others, kept
    dry = office.ok("pool run --dry-run", day=day(40))
    assert "4 of 4 are due" in dry.err
    office.ok("pool run --anyway LI", day=day(40))
    assert HUAXIN in codes(office.rows("customer pool", day=day(40)))


@pytest.mark.rule("LED-11", "ORG-07")
def test_who_may_run(office) -> None:
    assert office.run("pool run", user="LI").exit == 7
    assert office.run("pool run", user="WANG").exit == 7
    office.ok("pool run", user="MA")
    office.ok("staff add CRON Robot --role cron --superior ADMIN")
    assert office.run("pool run", user="CRON").exit == 7
    office.ok('staff edit CRON --grant "pool run"')
    office.ok("pool run", user="CRON")


@pytest.mark.rule("LED-11", "VIS-09")
def test_what_one_was_given_is_on_his_list_until_somebody_speaks_to_them(office) -> None:
    office.ok(f"customer assign {NOBODY} --to LI --reason able", user="MA")

    def untouched(on: int) -> list[str]:
        return [row["ref"] for row in office.rows("today", user="LI", day=day(on)) if row["kind"] == "customer_untouched"]

    assert untouched(2) == [NOBODY]
    visit(office, NOBODY, day(2))
    assert untouched(2) == []


def test_one_list_at_a_time(office) -> None:
    assert office.run("customer pool --mine --soon").exit == 2


@pytest.mark.rule("LED-11")
def test_room_per_person(office) -> None:
    office.ok(f"customer claim {NOBODY}", user="LI")
    office.ok(f"customer lock {NOBODY} --reason tender", user="LI")
    rows = {row["staff"]: row for row in office.rows("pool quota", user="WANG", day=day(25))}
    assert set(rows) == {"HAN", "LI", "WANG"}
    assert (rows["LI"]["held"], rows["LI"]["cap"], rows["LI"]["room"], rows["LI"]["locked"], rows["LI"]["soon"]) == (2, 100, 98, 1, 1)
    assert office.rows("pool quota", user="LI")[0]["claimed"] == 1


# --- screens ------------------------------------------------------------------------------------------------------------------

SCREENS = (
    f"customer release {HUAXIN} --reason quiet --user WANG",
    f"customer claim {HUAXIN} --user LI",
    f"customer claim {HUAXIN} --user HAN",
    "customer pool --user HAN",
    "customer pool --mine --user HAN",
    f"customer owners {HUAXIN}",
    f"customer lock {HUAXIN} --until +20d --reason tender --user HAN",
    "customer transfer BLUE --to LI --reason region --user WANG",
    "pool run --date 2026-12-20",
    "pool quota --user WANG",
    "customer pool --help",
    "pool run --help",
)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens(office, golden, lang: str) -> None:
    office.ok("customer add 又一家 --code L1 --staff LI")
    text = []
    for line in SCREENS:
        result = office.run(line, lang=lang)
        text.append(f"$ salescli {line}\n{result.out}{result.err}[{result.exit}]\n")
    golden(f"customer/pool.{lang}.txt", "\n".join(text))
