"""Roles, rights, data scope and masking as the two tables of core.access say (ORG-02, ORG-07, ORG-08)."""

from __future__ import annotations

import sqlite3

import pytest

from salescli.core.access import ALL, NONE, OWN, RIGHTS, ROLES, SIGHT, TEAM, Actor, condition, mask, require
from salescli.core.errors import SalesError


def actor(*roles: str, team: tuple[int, ...] = (7,), grants: tuple[str, ...] = ()) -> Actor:
    return Actor(7, "A", "A", frozenset(roles), team, "os", frozenset(grants))


@pytest.mark.rule("ORG-07")
def test_every_role_stands_in_the_table_and_every_right_names_known_roles() -> None:
    assert set(SIGHT) == set(ROLES)
    assert {role for roles in RIGHTS.values() for role in roles} <= set(ROLES)
    assert all("admin" in roles for right, roles in RIGHTS.items() if not right.startswith("own."))


@pytest.mark.rule("ORG-07")
@pytest.mark.parametrize(
    ("role", "customers", "orders", "receivables"),
    [
        ("rep", OWN, OWN, OWN), ("support", OWN, OWN, OWN), ("front_desk", OWN, OWN, OWN), ("supervisor", TEAM, TEAM, TEAM),
        ("manager", ALL, ALL, ALL), ("director", ALL, ALL, ALL), ("management", ALL, ALL, ALL), ("finance", ALL, ALL, ALL),
        ("audit", ALL, ALL, ALL), ("service", ALL, ALL, NONE), ("warehouse", ALL, ALL, NONE), ("purchasing", ALL, ALL, NONE),
        ("admin", ALL, ALL, ALL), ("cron", ALL, ALL, ALL),
    ],
)  # fmt: skip
def test_default_sight(role: str, customers, orders, receivables) -> None:
    sight = SIGHT[role]
    assert (sight.customers, sight.orders, sight.receivables, sight.stock) == (customers, orders, receivables, ALL)


@pytest.mark.rule("ORG-07")
def test_of_several_roles_the_widest_counts() -> None:
    both = actor("rep", "finance", team=(7, 8))
    assert both.visible("customers") is None
    assert both.may("receipt.post")
    assert actor("rep", "supervisor", team=(7, 8)).visible("orders") == (7, 8)
    assert actor("rep", team=(7, 8)).visible("orders") == (7,)
    assert actor().visible("orders") == ()
    assert actor("service").sees_prices is False
    assert actor("service", "rep").sees_prices is True


@pytest.mark.rule("ORG-07")
@pytest.mark.parametrize(("roles", "seen"), [(("rep",), [7]), (("supervisor",), [7, 8]), (("manager",), [7, 8, 9, None]), ((), [])])
def test_the_condition_keeps_rows_in_sql(roles: tuple[str, ...], seen: list[int | None]) -> None:
    book = sqlite3.connect(":memory:")
    book.execute("create table t (staff_id)")
    book.executemany("insert into t values (?)", [(7,), (8,), (9,), (None,)])
    kept = condition(actor(*roles, team=(7, 8)), "customers", "staff_id")
    assert [row[0] for row in book.execute(f"select staff_id from t where {kept} order by staff_id is null, staff_id")] == seen
    assert [owner for owner in (7, 8, 9, None) if actor(*roles, team=(7, 8)).sees("customers", owner)] == seen


@pytest.mark.rule("ORG-08")
def test_masks() -> None:
    assert mask("13812345678") == "138****5678"
    assert mask("1234567") == "1****"
    assert mask("") == ""
    assert mask(None) is None


@pytest.mark.rule("ORG-08")
def test_owner_and_superiors_see_full_numbers() -> None:
    rep, chief, money = actor("rep"), actor("supervisor", team=(7, 8)), actor("finance")
    assert (rep.sees_phones_of(7), rep.sees_phones_of(8), rep.sees_phones_of(None)) == (True, False, False)
    assert (chief.sees_phones_of(8), chief.sees_phones_of(9)) == (True, False)
    assert (money.sees_phones_of(8), actor("manager").sees_phones_of(None)) == (False, True)


@pytest.mark.rule("ORG-07")
def test_a_refusal_names_the_right_and_its_holders() -> None:
    with pytest.raises(SalesError) as caught:
        require(actor("rep"), "receipt.post")
    (found,) = caught.value.problems
    assert caught.value.exit_status == 7
    assert found.facts["right"] == "receipt.post"
    assert found.facts["holders"] == "finance,admin"


@pytest.mark.rule("ORG-07")
def test_the_cron_identity_writes_what_it_was_granted_by_name() -> None:
    night = actor("cron", grants=("pool run",))
    require(night, "customer.edit", "pool run")
    with pytest.raises(SalesError):
        require(night, "customer.edit", "customer edit")
