"""Payment plans and moves of quotes, decided without a book (QUO-02, QUO-03, QUO-05)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.errors import SalesError
from salescli.core.money import parse_price
from salescli.price.rules import PathPolicy
from salescli.quote import rules
from salescli.quote.rules_payment import amounts, check_plan, due_day, parse_plan
from salescli.quote.states import MAY_EXPIRE, MOVES, OVER, Anchor, QuoteState, shown

STATES = [state for state in QuoteState if state is not QuoteState.EXPIRED]


@pytest.mark.rule("QUO-03")
@given(st.lists(st.integers(1, 5000), min_size=1, max_size=6), st.integers(1, 10**12))
def test_shares_that_make_the_whole_add_up_to_the_cent(weights: list[int], total: int) -> None:
    shares = [*weights[:-1], 10_000 - sum(weights[:-1])] if sum(weights[:-1]) < 10_000 else [10_000]
    plan = parse_plan([f"{share / 100:.2f}%@sign" for share in shares])
    assert sum(term.amount for term in amounts(plan, total)) == total


@pytest.mark.rule("QUO-03")
@given(st.integers(1, 10**10), st.integers(0, 10**10))
def test_the_rest_takes_what_remains(total: int, said: int) -> None:
    plan = amounts(parse_plan([f"{said / 100:.2f}@sign,rest@delivery+30"]), total)
    assert sum(term.amount for term in plan) == total
    assert [p.code for p in check_plan("Q", plan, total)] == ([] if 0 < said < total else ["empty_payment"])


@pytest.mark.rule("QUO-03")
@pytest.mark.parametrize("text", ["30%@never", "abc@sign", "30%@delivery+99999", "30%@2026-02-30", "rest@sign,rest@delivery"])
def test_what_is_no_plan_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(SalesError) as refused:
        parse_plan([text])
    assert refused.value.exit_status == 2
    assert all(p.hint for p in refused.value.problems)


@pytest.mark.rule("QUO-03", "CTR-06")
def test_a_payment_is_due_once_its_event_has_a_day() -> None:
    sign, delivery, day = parse_plan(["50%@签约+10，30%@交货+30，20%@2026-12-31"])
    assert (due_day(sign, None, None), due_day(sign, date(2026, 11, 3), None)) == (None, date(2026, 11, 13))
    assert due_day(delivery, date(2026, 11, 3), date(2026, 12, 1)) == date(2026, 12, 31)
    assert (day.anchor, due_day(day, None, None)) == (Anchor.DAY, date(2026, 12, 31))


@pytest.mark.rule("QUO-02")
@given(st.lists(st.sampled_from(STATES), min_size=1, max_size=12))
def test_no_way_leads_to_sent_but_through_an_approval(wanted: list[QuoteState]) -> None:
    state, path = QuoteState.DRAFT, [QuoteState.DRAFT]
    for to in wanted:
        if not rules.check_move("Q", state, to, "2026-12-31"):
            state = to
            path.append(to)
    for place, step in enumerate(path):
        if step is QuoteState.SENT:
            assert path[place - 1] is QuoteState.APPROVED
            assert path[place - 2] is QuoteState.IN_REVIEW
        if step is QuoteState.CONVERTED:
            assert path[place - 2 : place] == [QuoteState.SENT, QuoteState.CONFIRMED]
        assert place == len(path) - 1 or step not in OVER


@pytest.mark.rule("QUO-02", "ST-05")
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("to", STATES)
def test_every_pair_is_allowed_or_refused_by_the_table(state: QuoteState, to: QuoteState) -> None:
    problems = rules.check_move("Q", state, to, "2026-12-31")
    assert bool(problems) == ((state, to) not in MOVES)
    assert all(p.kind.value == 6 for p in problems)


@pytest.mark.rule("QUO-06")
@pytest.mark.parametrize("state", STATES)
def test_only_open_offers_expire_and_their_last_day_counts(state: QuoteState) -> None:
    assert shown(state, "2026-11-30", "2026-11-30") is state
    assert (shown(state, "2026-11-30", "2026-12-01") is QuoteState.EXPIRED) == (state in MAY_EXPIRE)


@pytest.mark.rule("QUO-05", "X-01")
@given(st.integers(-2000, 10_000), st.none() | st.integers(-5000, 9000), st.booleans())
def test_more_deviation_never_asks_fewer_people(off: int, margin: int | None, skip: bool) -> None:
    policy = PathPolicy()
    posts = [rules.quote_posts(rules.Figures(1, None, margin, d), policy, skip_manager=skip) for d in (off, off + 500)]
    assert len(posts[0]) <= len(posts[1])
    assert posts[0][0] == "SUP"
    assert skip or posts[0][:2] == ("SUP", "MGR")


@pytest.mark.rule("X-01", "PRC-05")
def test_a_price_above_the_list_is_not_at_list_price() -> None:
    """Nobody raises prices on his own either: the manager sees it, whatever the office lets pass at list price."""
    line = rules.LineFacts("TN", 1000, 1_400_000, 0, 14_000, 1_280_000, None, None)
    assert rules.quote_posts(rules.figures([line]), PathPolicy(), skip_manager=True) == ("SUP", "MGR")
    assert rules.quote_posts(rules.figures([line._replace(unit_price=1_280_000)]), PathPolicy(), skip_manager=True) == ("SUP",)


@pytest.mark.rule("QUO-05", "X-01")
@pytest.mark.parametrize(
    ("price", "cost", "posts"),
    [
        ("10000", "5000", ("SUP",)), ("9999.99", "5000", ("SUP", "MGR")), ("10000.01", "5000", ("SUP", "MGR")),
        ("9000", "5000", ("SUP", "MGR")), ("8999.99", "5000", ("SUP", "MGR", "MGT")),
        ("10000", "9000", ("SUP",)), ("10000", "9000.01", ("SUP", "MGR", "MGT")),
    ],
)  # fmt: skip
def test_a_cent_beyond_a_step_is_beyond_it(price: str, cost: str, posts: tuple[str, ...]) -> None:
    """List price 10,000.00, steps of 0, 5, 10 per cent, at least 10 per cent earned."""
    asked = parse_price(price)
    line = rules.LineFacts("BIG", 1000, asked, 0, asked // 100, 100_000_000, None, parse_price(cost))
    assert rules.quote_posts(rules.figures([line]), PathPolicy(), skip_manager=True) == posts
