"""Which prices a line may bear, and who must approve the others (PRC-05, PRC-09, AP-01)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core import context
from salescli.core.errors import Kind
from salescli.price.rules import PathPolicy, Resolved, approval_posts, check_line_price, deviation, net_price
from salescli.price.states import PriceSource

FOUND = Resolved(1_000_000, 1_000_000, PriceSource.LIST, None, 800_000, 600_000, None, None, (), 1, "TN2325")
POLICY = PathPolicy(("SUP", "MGR"), (0, 500, 1000), 1000)


@pytest.mark.rule("PRC-05")
@pytest.mark.parametrize(
    ("price", "discount", "posts"),
    [
        (1_000_000, 0, None),
        (999_900, 0, ("SUP",)),
        (950_000, 0, ("SUP",)),
        (949_900, 0, ("SUP", "MGR")),
        (1_000_000, 1000, ("SUP", "MGR")),
        (899_900, 0, ("SUP", "MGR", "MGT")),
        (1_060_000, 0, ("SUP", "MGR")),  # nobody raises prices on his own either
    ],
)
def test_off_the_table_needs_approval_by_how_far(price: int, discount: int, posts: tuple[str, ...] | None) -> None:
    found = check_line_price(FOUND, price, discount, document="Q-1", line_no=2, policy=POLICY)
    if posts is None:
        assert found == []
        return
    (problem,) = found
    assert (problem.kind, problem.rule, problem.ask.kind, problem.ask.document, problem.ask.posts) == (
        Kind.APPROVAL, "PRC-05", "AP-01", "Q-1", posts,
    )  # fmt: skip


@pytest.mark.rule("PRC-05")
def test_a_thin_margin_adds_a_step() -> None:
    dear = FOUND._replace(cost=920_000)
    assert check_line_price(dear, 990_000, policy=POLICY)[0].ask.posts == ("SUP", "MGR")  # 1 % off, margin 7.07 %
    assert approval_posts(0, 999, POLICY) == ("SUP",)
    assert approval_posts(0, 1000, POLICY) == ()


@pytest.mark.rule("PRC-09")
@pytest.mark.parametrize(
    ("price", "discount", "stops"), [(800_000, 0, False), (799_999, 0, True), (1_000_000, 2000, False), (1_000_000, 2001, True)]
)
def test_below_the_floor_no_approval_helps(price: int, discount: int, stops: bool) -> None:
    rules = [problem.rule for problem in check_line_price(FOUND, price, discount) if problem.kind is Kind.REFUSED]
    assert rules == (["PRC-09"] if stops else [])


@pytest.mark.rule("PRC-05")
@given(st.integers(1, 10**9), st.integers(0, 10_000))
def test_a_price_at_the_table_needs_nothing_and_deviation_has_a_sign(price: int, discount: int) -> None:
    found = FOUND._replace(unit_price=price, floor_price=None, cost=None)
    assert check_line_price(found, price) == []
    off = deviation(price, net_price(price, discount))
    assert off >= 0
    assert deviation(None, price) == 0


@pytest.mark.rule("PRC-05", "PRC-09")
def test_one_request_for_a_whole_document_and_granted_once_for_exactly_that(office, monkeypatch) -> None:
    from salescli.core.writer import writer
    from salescli.price.reads_offlist import Priced, ask_for, check_document
    from salescli.price.reads_resolve import resolve

    monkeypatch.setattr(context, "clock_day", lambda: date(2026, 11, 3))
    here = context.Context(db=Path(office.path), user="LI", today=date(2026, 11, 3), lang="en")

    def lines(reader, toner: int):
        day = date(2026, 11, 3)
        return [Priced(1, resolve(reader, 1, 1000, day=day), toner), Priced(2, resolve(reader, 2, 1000, day=day), 2_700_000)]

    with context.use(here), writer("test") as w:
        (problem,) = check_document(w.reader, "Q-1", lines(w.reader, 1_250_000))
        assert problem.ask.posts == ("SUP", "MGR")  # 10 % off the drum: the worst line decides
        assert "2 lines are off the price table" in problem.message.render()
        both = check_document(w.reader, "Q-1", lines(w.reader, 900_000))
        assert [p.rule for p in both] == ["PRC-09", "PRC-05"]
        ask, _found = ask_for(w.reader, "Q-1", lines(w.reader, 1_250_000))
        from salescli.core.approval_write import file_request

        file_request(w, ask, problem.message, "key account")
    for user in ("WANG", "BOSS"):
        office.ok("approve AP-202611-0001", user=user)
    with context.use(here), writer("test") as w:
        assert check_document(w.reader, "Q-1", lines(w.reader, 1_250_000)) == []
        assert check_document(w.reader, "Q-1", lines(w.reader, 1_240_000)) != []  # changed since
        assert check_document(w.reader, "Q-2", lines(w.reader, 1_250_000)) != []
