"""`check` finds what was changed behind the program's back (AR-12)."""

from __future__ import annotations

import pytest


def failing(book) -> set[str]:
    """The names of the checks that fail."""
    return {problem["code"] for problem in book.run("check -f json").json().get("problems", ())}


@pytest.mark.rule("AR-12")
@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("update receivable set kept_open = kept_open - 1 where number = 'I02'", "receivable_open"),
        ("update receivable set kept_open = kept_open + 1 where number = 'K12'", None),
        ("update receipt set kept_open = kept_open - 1 where number = 'P5'", "receivable_open"),
        ("update allocation set amount = amount + 100000 where id = 1", "allocation_fits"),
        ("update allocation set amount = -amount where id = 1", "allocation_fits"),
        ("update allocation set date = '2025-01-01' where id = 1", "allocation_day"),
        ("update receipt set customer_id = 2 where number = 'P1'", "allocation_customer"),
    ],
)
def test_a_change_by_hand_is_found(debts, statement: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(Exception, match="CHECK constraint"):
            debts.sql(statement)
        return
    debts.sql(statement)
    assert expected in failing(debts)


@pytest.mark.rule("AR-12")
def test_a_reversal_must_be_exact(debts) -> None:
    debts.ok("ar reverse P1")
    assert failing(debts) == set()
    debts.sql("update receipt set held = 0 where number = 'P1'")
    assert "reversal_exact" in failing(debts)


@pytest.mark.rule("AR-02")
def test_open_receivables_without_an_owner_are_named(debts) -> None:
    debts.ok('customer add "No One" --code C9')
    debts.ok("ar receivable C9 5 --number NOBODY")
    result = debts.ok("check")
    assert "NOBODY" in result.out + result.err
