"""Whose turn it is at the front desk: the day's duty group, the one who waited longest first (LED-06)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.reader import Reader


class OnDuty(NamedTuple):
    """The one whose turn it is, and the duty group he stands for."""

    staff_id: int
    group: str | None


def next_on_duty(r: Reader, day: date) -> OnDuty | None:
    """The next one on duty: who had no visitor by duty yet, then who had one the longest time ago; None without a roster."""
    return None
