"""Reports as values: sorting, limiting, choosing columns, totals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.errors import Kind, SalesError
from salescli.core.i18n import msg
from salescli.core.report import Column, Figure, OutputOptions, Report, arranged, with_columns

COLUMNS = (
    Column("customer", "Customer"),
    Column("amount", "Amount", "amount", total=True),
    Column("due_date", "Due", "date"),
    Column("value", "Value", "figure"),
)
ROWS = [
    ("B", 300, "2026-11-03", Figure("amount", 5)),
    ("A", None, None, Figure("int", 7)),
    ("C", 100, "2026-10-31", Figure("text", "x")),
    ("D", 300, "2026-09-30", None),
]
REPORT = Report("ar.overdue", msg("Overdue"), COLUMNS, ROWS)


def names(report: Report) -> str:
    return "".join(row[0] for row in report.rows)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("amount", "CBDA"),
        ("-amount", "BDCA"),
        ("due_date", "DCBA"),
        ("-due_date", "BCDA"),
        ("-customer", "DCBA"),
        ("-amount,customer", "BDCA"),
        ("-amount,-customer", "DBCA"),
        ("amount，customer", "CBDA"),
        ("value", "BACD"),
        ("Due", "DCBA"),
    ],
)
def test_rows_sort_by_raw_value_unknown_last_and_stable(keys: str, expected: str) -> None:
    assert names(arranged(REPORT, OutputOptions(sort=keys))) == expected


def test_totals_cover_all_rows_before_the_limit() -> None:
    view = arranged(REPORT, OutputOptions(limit=1, sort="amount"))
    assert names(view) == "C"
    assert view.totals == {"amount": 700}


def test_what_no_row_knows_has_no_total() -> None:
    hidden = REPORT._replace(
        rows=[tuple(None if c.key == "amount" else cell for c, cell in zip(REPORT.columns, row, strict=True)) for row in REPORT.rows]
    )
    assert hidden.all_totals()["amount"] is None
    assert REPORT._replace(rows=[]).all_totals()["amount"] == 0


def test_given_totals_win_over_sums_and_stand_in_column_order() -> None:
    report = REPORT._replace(totals={"rank": 3, "due_date": "2026-11-03", "amount": 9})
    assert list(report.all_totals().items()) == [("amount", 9), ("due_date", "2026-11-03"), ("rank", 3)]


def test_limit_zero_shows_no_row_but_tells_how_many_there_are() -> None:
    view = arranged(REPORT, OutputOptions(limit=0))
    assert view.rows == []
    assert view.totals == {"amount": 700}
    assert view.empty_message().render() == "4 rows, none of them shown"


def test_a_negative_limit_is_a_usage_problem() -> None:
    with pytest.raises(SalesError) as caught:
        arranged(REPORT, OutputOptions(limit=-1))
    assert caught.value.exit_status == Kind.USAGE.value


def test_chosen_columns_come_in_the_order_named_and_take_their_totals_along() -> None:
    report = REPORT._replace(totals={"amount": 700, "kept": 1})
    chosen = with_columns(report, "due_date, Customer")
    assert [column.key for column in chosen.columns] == ["due_date", "customer"]
    assert chosen.rows[0] == ("2026-11-03", "B")
    assert chosen.totals == {"kept": 1}


def test_an_unknown_column_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(SalesError) as caught:
        with_columns(REPORT, "customer,amont")
    problem = caught.value.problems[0]
    assert (problem.code, problem.kind) == ("unknown_column", Kind.USAGE)
    assert problem.message.render() == "there is no column amont"
    assert problem.hint is not None
    assert problem.hint.render() == "did you mean amount? Columns: customer, amount, due_date, value"


def test_an_unknown_column_nothing_like_any_other_gets_the_list() -> None:
    with pytest.raises(SalesError) as caught:
        arranged(REPORT, OutputOptions(sort="-zzz"))
    assert caught.value.problems[0].hint.render() == "columns: customer, amount, due_date, value"


def test_no_column_at_all_is_a_usage_problem() -> None:
    with pytest.raises(SalesError) as caught:
        with_columns(REPORT, " , ")
    assert caught.value.problems[0].code == "no_columns"


@given(st.lists(st.none() | st.integers(-(10**12), 10**12)), st.booleans(), st.none() | st.integers(0, 30))
def test_sorting_keeps_every_row_and_totals_ignore_the_limit(amounts: list[int | None], down: bool, limit: int | None) -> None:
    report = Report("x", msg("x"), (Column("amount", "Amount", "amount", total=True),), [(amount,) for amount in amounts])
    view = arranged(report, OutputOptions(sort="-amount" if down else "amount", limit=limit))
    known = sorted((a for a in amounts if a is not None), reverse=down)
    expected = known + [None] * (len(amounts) - len(known))
    assert [row[0] for row in view.rows] == expected[:limit]
    assert view.totals == {"amount": sum(known) if known or not amounts else None}
