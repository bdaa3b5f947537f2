"""Parts of a payment plan as people type them: `2026-11-10=1000`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.dates import parse_date
from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_
from salescli.core.money import parse_amount
from salescli.core.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def plan_parts(texts: Sequence[str], today: date) -> list[tuple[date, int]]:
    """Days and amounts. Raises SalesError (usage, exit 2) for a part that cannot be read."""
    return [_part(text, today) for text in texts]


def _part(text: str, today: date) -> tuple[date, int]:
    day, equals, amount = text.partition("=")
    if not equals:
        fail("bad_part", N_('"{typed}" is no part of a plan: write DAY=AMOUNT'), kind=Kind.USAGE, rule="AR-16", typed=text)
    try:
        return parse_date(day, today), parse_amount(amount)
    except Unreadable as error:
        fail("bad_part_figure", N_('"{typed}": {why}'), kind=Kind.USAGE, rule="AR-16", typed=text, why=error.message)
