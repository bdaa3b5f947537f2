"""What the dates and quantities of an order mean: late or in time, how much is delivered (ORD-11, ORD-18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.dates import days_between
from salescli.core.money import rate_of
from salescli.order.states import ACCEPTED, OrderState

if TYPE_CHECKING:
    from datetime import date


def late_days(state: str, promised: date | None, delivered_on: date | None, as_of: date) -> int | None:
    """Days an order is late: from the promise to the day all was delivered, or to `as_of` while something is not; 0 in time.

    None without a promise, and for drafts and cancelled orders, which promise nothing. A closed order waits for nothing. ORD-18.
    """
    if promised is None or state not in ACCEPTED:
        return None
    end = delivered_on or (as_of if state == OrderState.CONFIRMED else promised)
    return max(0, days_between(promised, end))


def delivered_share(ordered: int, delivered: int) -> int:
    """How much of the ordered quantity is delivered, in 1/10,000; an order of nothing is delivered."""
    share = rate_of(delivered, ordered)
    return 10_000 if share is None else share
