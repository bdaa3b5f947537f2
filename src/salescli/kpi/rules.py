"""Ranking: places and growth (KPI-06)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.money import rate_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def places(values: Sequence[int]) -> list[int]:
    """The place of each of the values, which come best first; equal ones share a place and the next is left out: 1, 1, 3. KPI-06."""
    found: list[int] = []
    for i, value in enumerate(values):
        found.append(found[-1] if i and value == values[i - 1] else i + 1)
    return found


def growth(value: int, previous: int | None) -> int | None:
    """Growth over the earlier figure in 1/10,000; None when there was none to grow from (nothing, or less). KPI-06, K-05."""
    return rate_of(value - previous, previous) if previous and previous > 0 else None
