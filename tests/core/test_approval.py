"""The approval engine on any office: trees, roles, leavers, deputies (ORG-02, ORG-03, DAT-01, X-24)."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salescli.core import approval, policy
from salescli.core.approval import LADDER, PATHS, Ask, Waiting, chain, digest, level, may_decide
from salescli.core.errors import Problem
from salescli.core.reader import Reader

TODAY = date(2026, 11, 3)
ROLES = ("rep", "supervisor", "manager", "director", "management", "finance", "front_desk", "admin")
POSTS = ("SUP", "MGR", "DIR", "MGT", "GM", "FIN", "FD", "HR")


def offices(count: int) -> st.SearchStrategy:
    """Offices of so many people."""
    return st.tuples(
        st.tuples(*(st.none() if i == 0 else st.one_of(st.none(), st.integers(1, i)) for i in range(count))),
        st.lists(st.sets(st.sampled_from(ROLES), max_size=2), min_size=count, max_size=count),
        st.lists(st.booleans(), min_size=count, max_size=count),
        st.one_of(st.none(), st.integers(1, count)),
        st.one_of(st.none(), st.tuples(st.integers(1, count), st.integers(1, count))),
    )


OFFICES = {count: offices(count) for count in range(2, 9)}  # made once: making them takes longer than drawing from them
people = st.sampled_from(list(OFFICES)).flatmap(OFFICES.__getitem__)


def office(superiors, roles, left, last_resort, deputy) -> Reader:
    """An office in memory: person i+1 has superiors[i], roles[i], and left yesterday when left[i]."""
    db = sqlite3.connect(":memory:")
    db.executescript(
        """CREATE TABLE staff (id INTEGER PRIMARY KEY, code, superior_id, left_on);
           CREATE TABLE staff_role (staff_id, role);
           CREATE TABLE deputy (staff_id, deputy_id, since, until);
           CREATE TABLE policy_value (id INTEGER PRIMARY KEY, key, value, type, valid_from);"""
    )
    for number, superior in enumerate(superiors, 1):
        gone = "2026-11-02" if left[number - 1] else None
        db.execute("INSERT INTO staff VALUES (?, ?, ?, ?)", (number, f"S{number}", superior, gone))
        db.executemany("INSERT INTO staff_role VALUES (?, ?)", [(number, role) for role in roles[number - 1]])
    if last_resort:  # every other parameter has its declared value
        row = ("approval.deputy", f"S{last_resort}", "staff")
        db.execute("INSERT INTO policy_value (key, value, type, valid_from) VALUES (?, ?, ?, '0001-01-01')", row)
    if deputy and deputy[0] != deputy[1]:
        db.execute("INSERT INTO deputy VALUES (?, ?, '2026-11-01', '2026-11-30')", deputy)
    return Reader(db, TODAY)


def waiting(post: str, requester: int) -> Waiting:
    return Waiting(1, "AP-1", "AP-01", "D", "text", None, requester, f"S{requester}", "2026-11-03", None, 1, post)


@pytest.mark.rule("ORG-03", "ORG-02", "ORG-06")
@settings(max_examples=300, deadline=None)
@given(people, st.sampled_from(POSTS))
def test_whoever_decides_is_somebody_else_is_here_and_stands_not_below(made, post) -> None:
    reader = office(*made)
    left = made[2]
    for requester in range(1, len(made[0]) + 1):
        found = level(reader, post, requester)
        if found is None:
            continue
        assert found.people
        assert requester not in found.people
        assert not any(left[person - 1] for person in found.people)
        if found.role in LADDER:
            assert not set(found.people) & set(approval.subtree(reader, requester))
        assert not may_decide(reader, waiting(post, requester), requester)
        assert all(may_decide(reader, waiting(post, requester), person) for person in found.people)


@pytest.mark.rule("ORG-02")
@settings(max_examples=200, deadline=None)
@given(people)
def test_the_nearest_superior_who_is_here_decides_as_sup(made) -> None:
    reader = office(*made)
    for requester in range(1, len(made[0]) + 1):
        above = approval.superiors(reader, requester)
        found = level(reader, "SUP", requester)
        if above:
            assert found is not None
            assert found.people == above[:1]


@pytest.mark.rule("DAT-01", "ORG-03")
@settings(max_examples=200, deadline=None)
@given(people)
def test_a_chain_is_whole_or_a_problem(made) -> None:
    reader = office(*made)
    for posts in {approval.posts_of(reader, Ask(kind, "", {})) for kind in PATHS}:
        for requester in range(1, len(made[0]) + 1):
            levels = chain(reader, posts, requester)
            if isinstance(levels, Problem):
                assert any(level(reader, post, requester) is None for post in posts)
                continue
            assert levels
            assert len({found.people for found in levels}) == len(levels)
            assert [post for post in posts if post in {found.post for found in levels}] == [found.post for found in levels]


@pytest.mark.rule("ORG-03")
@settings(max_examples=200, deadline=None)
@given(people, st.sampled_from(POSTS))
def test_only_holders_and_their_deputies_decide(made, post) -> None:
    reader = office(*made)
    named = reader.tuples("SELECT staff_id, deputy_id FROM deputy")
    for requester in range(1, len(made[0]) + 1):
        found = level(reader, post, requester)
        allowed = set() if found is None else {*found.people, *(deputy for staff, deputy in named if staff in found.people)} - {requester}
        for person in range(1, len(made[0]) + 1):
            if made[2][person - 1]:
                continue  # whoever left cannot sign in
            assert may_decide(reader, waiting(post, requester), person) == (person in allowed)


def test_a_circle_in_the_tree_ends() -> None:
    reader = office((2, 1), [{"rep"}, {"rep"}], [False, False], None, None)
    assert approval.superiors(reader, 1) == (2,)
    assert level(reader, "SUP", 1).people == (2,)


@pytest.mark.rule("DAT-01")
@given(st.dictionaries(st.text(max_size=5), st.one_of(st.integers(), st.text(max_size=5), st.none()), max_size=4))
def test_equal_content_has_an_equal_digest_and_other_content_another(content) -> None:
    assert digest(content) == digest(dict(reversed(content.items())))
    assert digest(content) != digest({**content, "more": 1, "x": [1]})


@pytest.mark.rule("DAT-01")
def test_every_kind_has_a_path_of_known_posts() -> None:
    parameters = policy.load_parameters()
    for kind in PATHS:
        parameter = parameters[f"approval.path.{kind}"]
        assert parameter.default
    for post in parameters["approval.path.AP-01"].choices:
        assert post == "SUP" or post in approval.PLAIN_ROLES or f"rolemap.{post}" in parameters
