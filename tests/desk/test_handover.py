"""The handover: everything somebody holds passes on in one action, nothing is taken along (ORG-06)."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.desk.handover_columns import COLUMNS, meaning
from salescli.desk.rules_handover import Heir, Thing, check_room, share
from tests.conftest import made_once
from tests.desk.desk_office import cheap_hashes, office  # noqa: F401  fixtures

DAY = "2026-11-03"
ORDERS = """order,date,customer,sku,quantity,amount,staff,delivered,due
O-1,2026-10-02,C1,P1,1,300.00,RA,,
O-2,2026-10-02,C1,P1,1,500.00,RA,2026-10-10,2026-12-10
O-3,2026-10-02,C2,P1,1,100.00,RA,2026-10-10,2026-10-11
"""


def code(result) -> tuple[int, str]:
    return result.exit, result.json()["error"]["code"]


def owner(book, table: str, key: str, name: str = "code", column: str = "staff_id") -> str | None:
    return book.sql(f"select s.code from {table} t left join staff s on s.id = t.{column} where t.{name} = ?", key)[0][0]


@pytest.fixture
@made_once
def desk(office):
    """RA holds three customers (C1 and C2 have dealt), a lead, orders, receivables, promises, tasks, a ticket, a request, a duty place."""
    for name in ("C1 华信", "C2 明达", "C3 宏图"):
        number, title = name.split()
        office.ok(f"customer add {title} --code {number} --staff RA")
    office.ok("product add P1 Toner")
    office.ok(["import", "orders", str(office.file("orders.csv", ORDERS))])
    office.ok("lead add 李工 --phone 13900000001 --source fair --staff RA")
    office.ok("customer promise add C3 'samples' --due 2026-11-10", user="RA")
    office.ok("task add 'call them' --staff RA --due 2026-11-05 --document C1", user="SU")
    office.ok("task add 'tidy up' --staff RA --due 2026-11-05", user="SU")
    office.ok("service open C2 'paper jam' --staff RA")
    office.ok("service agent C3 RA")
    office.ok("staff request add RA figures --due 2026-11-04", user="RB")
    office.ok("staff duty set A --members RA,RB --on 2026-11-04")


# --- what every column means ------------------------------------------------------------------------------------------


def references(path) -> set[tuple[str, str]]:
    """Every column of the file that refers to a person."""
    with closing(sqlite3.connect(path)) as c:
        tables = [row[0] for row in c.execute("select name from sqlite_master where type = 'table'")]
        return {(t, row[3]) for t in tables for row in c.execute(f"pragma foreign_key_list('{t}')") if row[2] == "staff"}


@pytest.mark.rule("ORG-06")
def test_every_column_that_refers_to_a_person_has_a_declared_meaning(book) -> None:
    silent = sorted(f"{t}.{c}" for t, c in references(book.path) if meaning(t, c) is None)
    assert silent == [], "say in desk/handover_columns.py whether it passes on, stays or ends when that person leaves"


@pytest.mark.rule("ORG-06")
def test_no_meaning_is_declared_for_a_column_that_is_not_there(book) -> None:
    assert sorted(f"{t}.{c}" for t, c in set(COLUMNS) - references(book.path)) == []


@pytest.mark.rule("ORG-06")
def test_a_new_column_without_a_meaning_is_noticed(book) -> None:
    book.sql(
        "CREATE TABLE novelty (id INTEGER PRIMARY KEY, keeper_id INTEGER REFERENCES staff (id), made_by INTEGER REFERENCES staff (id))"
    )
    assert {(t, c) for t, c in references(book.path) if meaning(t, c) is None} == {("novelty", "keeper_id")}


# --- the whole of it --------------------------------------------------------------------------------------------------


@pytest.mark.rule("ORG-06")
def test_everything_somebody_holds_is_listed(desk) -> None:
    rows = desk.rows("staff holds RA")
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["what"]] = counts.get(row["what"], 0) + 1
    assert counts == {
        "customer": 3, "lead": 1, "sales_order": 1, "receivable": 2, "promise": 1, "task": 2, "ticket": 1, "follow_up_agent": 1,
        "internal_request": 1, "duty_group": 1,
    }  # fmt: skip
    assert [row["ref"] for row in rows if row["what"] == "sales_order"] == ["O-1"]
    assert desk.rows("staff holds", user="RA") == rows
    assert code(desk.run("staff holds RA -f json", user="RB")) == (7, "not_your_team")


@pytest.mark.rule("ORG-06", "ORG-09")
def test_one_action_passes_everything_on_and_nothing_is_left(desk) -> None:
    done = desk.ok("staff handover RA --to RB --reason 'moves away' -f json", user="MA").json()
    assert (done["facts"]["customer"], done["facts"]["receivable"]) == (3, 2)
    assert {change["field"]: change["after"] for change in done["changes"]}["customer"] == "RB 3"
    assert desk.rows("staff holds RA") == []
    for customer in ("C1", "C2", "C3"):
        assert owner(desk, "customer", customer) == "RB"
    assert owner(desk, "lead", "LD-202611-0001", "number") == "RB"
    assert {row[0] for row in desk.sql("select s.code from receivable r join staff s on s.id = r.staff_id")} == {"RB"}
    assert {row[0] for row in desk.sql("select s.code from task t join staff s on s.id = t.staff_id")} == {"RB"}
    assert owner(desk, "ticket", "SV-202611-0001", "number", "agent_id") == "RB"
    assert [row["staff"] for row in desk.rows("staff duty today --as-of 2026-11-04")] == ["RB"]
    assert desk.sql("select move, reason from owner_change where former_id is not null") == [("handed_over", "moves away")] * 4
    assert desk.run("check").exit == 0


@pytest.mark.rule("ORG-06")
def test_the_taker_of_an_order_stays_and_somebody_sees_it_through(desk) -> None:
    before = desk.rows("kpi rank --period 2026-10")
    desk.ok("staff handover RA --to RB")
    assert desk.rows("kpi rank --period 2026-10") == before
    assert (owner(desk, "sales_order", "O-1", "number"), owner(desk, "sales_order", "O-1", "number", "responsible_id")) == ("RA", "RB")
    assert owner(desk, "sales_order", "O-2", "number", "responsible_id") is None
    assert "O-1" in [row["order"] for row in desk.rows("order list --period 2026-10", user="RB")]
    desk.ok("order show O-1", user="RB")
    assert desk.run("order show O-2", user="RB").exit == 3


@pytest.mark.rule("ORG-06")
def test_contact_log_and_authors_stay(desk) -> None:
    desk.ok("customer promise add C1 'call back' --due 2026-11-03", user="RA")
    made = desk.sql("select count(*) from owner_change o join staff s on s.id = o.owner_id where s.code = 'RA'")
    desk.ok("staff handover RA --to RB")
    assert desk.sql("select count(*) from owner_change o join staff s on s.id = o.owner_id where s.code = 'RA'") == made
    assert desk.sql("select s.code from internal_request q join staff s on s.id = q.asker_id") == [("RB",)]
    assert desk.sql("select distinct s.code from ticket t join staff s on s.id = t.taken_by") == [("ADMIN",)]


@pytest.mark.rule("ORG-06", "ORG-07")
def test_his_sign_in_ends(desk, cheap_hashes) -> None:
    desk.ok("staff password RA --stdin", stdin="correct horse\n")
    desk.sql(
        "INSERT INTO session (staff_id, token, created, expires) SELECT id, 't', '2026-11-03', '2027-01-01' FROM staff WHERE code = 'RA'"
    )
    desk.ok("staff handover RA --to RB")
    assert desk.sql("select count(*) from session") == [(0,)]
    assert desk.sql("select count(*) from credential") == [(0,)]
    assert desk.rows("staff show RA")[0]["left"] == DAY
    assert desk.run("customer list", user="RA", day="2026-11-04").exit == 7


@pytest.mark.rule("ORG-06")
def test_before_his_last_day_he_may_still_sign_in(desk, cheap_hashes) -> None:
    desk.ok("staff password RA --stdin", stdin="correct horse\n")
    desk.ok("staff handover RA --to RB --on 2026-11-30")
    assert desk.sql("select count(*) from credential") == [(1,)]
    assert desk.rows("customer list", user="RA", day="2026-11-30") == []
    assert desk.run("customer list", user="RA", day="2026-12-01").exit == 7


@pytest.mark.rule("ORG-06")
def test_a_preview_says_the_same_and_keeps_nothing(desk) -> None:
    before = desk.path.read_bytes()
    preview = desk.ok("staff handover RA --to RB --dry-run")
    assert "Dry run" in preview.err
    assert desk.path.read_bytes() == before
    assert desk.ok("staff handover RA --to RB").out == preview.out


@pytest.mark.rule("ORG-06")
def test_only_some_customers_with_what_hangs_on_them(desk) -> None:
    done = desk.ok("staff handover RA --to RB --customers C1,C2 -f json").json()
    assert {change["field"]: change["after"] for change in done["changes"]} == {
        "customer": "RB 2", "sales_order": "RB 1", "receivable": "RB 2", "ticket": "RB 1",
    }  # fmt: skip
    assert owner(desk, "customer", "C3") == "RA"
    assert owner(desk, "lead", "LD-202611-0001", "number") == "RA"
    assert owner(desk, "task", "TK-202611-0001", "number") == "RB"  # it was about C1
    assert desk.rows("staff show RA")[0]["left"] is None
    assert code(desk.run("staff handover RA --to RB --customers C1 -f json")) == (6, "not_held")


@pytest.mark.rule("ORG-06")
def test_several_heirs_share_and_things_follow_their_customer(desk) -> None:
    desk.ok("staff handover RA --to RB,SU")
    owners = {c: owner(desk, "customer", c) for c in ("C1", "C2", "C3")}
    assert sorted(owners.values()) in (["RB", "RB", "SU"], ["RB", "SU", "SU"])
    for order, customer in (("O-2", "C1"), ("O-3", "C2")):
        assert owner(desk, "receivable", f"{order}/1", "number") == owners[customer]
    assert owner(desk, "promise", "PM-202611-0001", "number") == owners["C3"]
    assert owner(desk, "ticket", "SV-202611-0001", "number", "agent_id") == owners["C2"]


@pytest.mark.rule("ORG-06", "LED-11")
def test_the_holding_cap_holds_unless_the_leader_decides(desk) -> None:
    desk.ok("policy set pool.hold_cap 1")  # RA holds C3 and the lead without a deal; C1 and C2 have dealt and take no room
    refused = desk.run("staff handover RA --to RB -f json").json()["error"]
    assert (refused["code"], refused["rule"]) == ("no_room", "LED-11")
    assert (refused["facts"]["wanted"], refused["facts"]["room"]) == (2, 1)
    assert owner(desk, "customer", "C3") == "RA"
    preview = desk.ok("staff handover RA --to RB,SU --dry-run")
    assert "customer: RA 3" in preview.out
    desk.ok("staff handover RA --to RB --beyond-cap 'only he knows the region'")
    assert owner(desk, "customer", "C3") == "RB"
    assert desk.sql("select distinct reason from owner_change where move = 'handed_over'") == [("only he knows the region",)]


@pytest.mark.rule("ORG-06", "ORG-02")
def test_a_leader_hands_his_reports_to_his_own_superior(desk) -> None:
    done = desk.ok("staff handover SU --to RA -f json").json()
    assert {change["field"]: change["after"] for change in done["changes"]} == {"direct_reports": "MA 2"}
    assert [row["superior"] for row in desk.rows("staff list --role rep")] == ["MA", "MA"]
    assert desk.run("check staff_circle staff_superior_left", day="2026-11-04").exit == 0


@pytest.mark.rule("ORG-06", "ORG-02")
def test_whoever_takes_over_from_the_top_stands_there_and_no_circle_arises(desk) -> None:
    desk.ok("staff handover GM --to RA")  # three levels below him
    superiors = {row["code"]: row["superior"] for row in desk.rows("staff list")}
    assert (superiors["RA"], superiors["MA"], superiors["FI"], superiors["SU"]) == (None, "RA", "RA", "MA")
    assert desk.run("check staff_circle staff_superior_left", day="2026-11-04").exit == 0


@pytest.mark.rule("ORG-06", "ORG-07")
def test_the_last_administrator_is_not_handed_over(desk) -> None:
    assert code(desk.run("staff handover ADMIN --to GM -f json")) == (4, "last_administrator")


@pytest.mark.rule("ORG-06", "DAT-01")
def test_requests_that_waited_for_him_go_to_the_next_level(desk) -> None:
    desk.ok("customer promise add C1 x --due 2026-11-10", user="RA")
    desk.ok("policy set penalty.mode propose --from 2026-10-01", day="2026-10-01")
    desk.ok("staff attendance late RB --on 2026-10-05", user="SU")
    assert desk.run("staff attendance propose --period 2026-10 --request October", user="SU").exit == 5
    done = desk.ok("staff handover MA --to SU -f json").json()
    assert [warning["code"] for warning in done["warnings"]] == ["request_moves_on"]
    assert done["warnings"][0]["facts"]["people"] == ["GM"]
    assert [row["number"] for row in desk.rows("inbox", user="GM", day="2026-11-04")] == ["AP-202611-0001"]
    told = desk.ok("staff handover SU --to RB -f json").json()
    assert [warning["code"] for warning in told["warnings"]] == ["request_left"]


@pytest.mark.rule("ORG-06")
def test_deputies_end_with_the_last_day(desk) -> None:
    desk.ok("staff deputise SU RA --until 2026-11-20")
    desk.ok("staff handover RA --to RB --on 2026-11-10")
    assert desk.sql("select until from deputy") == [("2026-11-10",)]


@pytest.mark.rule("ORG-06")
@pytest.mark.parametrize(
    ("line", "status", "problem"),
    [
        ("staff handover RA --to RA", 2, "heir_himself"),
        ("staff handover RA --to RB,RB", 2, "heir_twice"),
        ("staff handover RA --to ,", 2, "no_heir"),
        ("staff handover RA --to NOBODY", 3, "staff_not_found"),
        ("staff handover NOBODY --to RB", 3, "staff_not_found"),
    ],
)
def test_who_cannot_take_over(desk, line: str, status: int, problem: str) -> None:
    assert code(desk.run(f"{line} -f json")) == (status, problem)


@pytest.mark.rule("ORG-06")
def test_who_leaves_himself_takes_nothing_over(desk) -> None:
    desk.ok("staff leave RB --on 2026-12-31")
    assert code(desk.run("staff handover RA --to RB -f json")) == (4, "heir_leaves")


@pytest.mark.rule("ORG-07")
def test_a_rep_hands_nobody_over(desk) -> None:
    assert desk.run("staff handover RA --to RB", user="RA").exit == 7
    assert desk.run("staff handover RA --to RB", user="SU").exit == 7


@pytest.mark.rule("ORG-06")
def test_leaving_points_to_the_handover_and_who_forgot_it_is_reminded(desk) -> None:
    done = desk.ok("staff leave RA --on 2026-11-03")
    assert "RA still holds 3 customers, 1 lead and 4 open tasks, promises and requests" in done.err
    assert "salescli staff handover RA --to CODE" in done.err
    lines = [row for row in desk.rows("today", user="SU", day="2026-11-05") if row["kind"] == "handover"]
    assert [(row["ref"], row["rule"], row["late_days"]) for row in lines] == [("RA", "ORG-06", 2)]
    assert not [row for row in desk.rows("today", user="RB", day="2026-11-05") if row["kind"] == "handover"]
    told = desk.run("check handover_done", day="2026-11-05")
    assert "RA left on 2026-11-03" in told.out + told.err
    desk.ok("staff handover RA --to RB", day="2026-11-05")
    assert desk.rows("staff show RA")[0]["left"] == "2026-11-03"
    assert not [row for row in desk.rows("today", user="SU", day="2026-11-05") if row["kind"] == "handover"]


# --- sharing ----------------------------------------------------------------------------------------------------------

THINGS = st.lists(st.booleans(), max_size=40).map(lambda flags: [Thing(f"T{n:02}", flag) for n, flag in enumerate(flags)])
HEIRS = st.lists(st.integers(0, 15), min_size=1, max_size=5).map(lambda rooms: [Heir(f"H{n}", None, room) for n, room in enumerate(rooms)])


@pytest.mark.rule("ORG-06", "LED-11")
@given(THINGS, HEIRS)
def test_sharing_loses_nothing_and_keeps_within_the_caps(things: list[Thing], heirs: list[Heir]) -> None:
    if check_room(things, heirs, 15, beyond=False):
        assert sum(thing.counts for thing in things) > sum(heir.room for heir in heirs)
        assert len(share(things, heirs, beyond=True)) == len(things)
        return
    found = share(things, heirs)
    assert set(found) == {thing.key for thing in things}
    for heir in heirs:
        assert sum(thing.counts for thing in things if found[thing.key] == heir.code) <= heir.room


@pytest.mark.rule("ORG-06")
@given(THINGS, st.integers(1, 5))
def test_sharing_is_even_where_there_is_room(things: list[Thing], count: int) -> None:
    heirs = [Heir(f"H{n}", None, 100) for n in range(count)]
    given_to = list(share(things, heirs).values())
    counts = [given_to.count(heir.code) for heir in heirs]
    assert max(counts) - min(counts) <= 1


# --- screens ----------------------------------------------------------------------------------------------------------

SCREENS = {
    "holds": "staff holds RA",
    "leave": "staff leave RA --dry-run",
    "preview": "staff handover RA --to RB,SU --dry-run",
    "handover": "staff handover RA --to RB --reason moves",
    "nothing": "staff holds RA",
    "himself": "staff handover RB --to RB",
    "functions": "staff functions --period 2026-10",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens(desk, golden, lang: str) -> None:
    for name, line in SCREENS.items():
        result = desk.run(line, lang=lang)
        golden(f"desk/handover_{name}.{lang}.txt", f"$ salescli {line}\n{result.out}{result.err}[{result.exit}]\n")
