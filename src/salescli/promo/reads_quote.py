"""What promotions make of one line whose price somebody asks for: the last step of `price quote-for` (PRO-01, PRO-02)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.price.reads_quote import Promoted
from salescli.promo.actions_pricing import line_of, promoted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from salescli.core.reader import Reader
    from salescli.price.rules import Resolved


def promotions(r: Reader, day: date, channel: str | None) -> Callable[[Resolved, int, int | None], Promoted]:
    """A function that says which plans run for a customer on a resolved price, and what they take off. PRO-02."""

    def promote(resolved: Resolved, quantity: int, customer_id: int | None) -> Promoted:
        region = r.value("SELECT region FROM customer WHERE id = :id", id=customer_id) if customer_id else None
        line = line_of(r, resolved, abs(quantity), resolved.unit_price or 0)
        applied = promoted(r, [line], customer_id, day, channel, region)
        found = applied.lines[0]
        return Promoted(found.promo_number, found.promo_discount, tuple(applied.reasons))

    return promote
