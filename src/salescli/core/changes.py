"""What a write changes of a row, field by field, in words: the `changes` of its answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.money import amount_text, percent_text, price_text, quantity_text
from salescli.core.report import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

UNITS: dict[str, Callable[[int], str]] = {
    "amount": amount_text,
    "price": price_text,
    "quantity": quantity_text,
    "percent": percent_text,
}


def apply(row: object, values: Mapping[str, Any], units: Mapping[str, str] | None = None) -> tuple[Change, ...]:
    """Set these attributes of a row and return those that changed; `units` names the figures among them ("cost": "price")."""
    changed = []
    for name, value in values.items():
        before = getattr(row, name)
        if before != value:
            setattr(row, name, value)
            unit = (units or {}).get(name)
            changed.append(Change(name, words(before, unit), words(value, unit)))
    return tuple(changed)


def words(value: Any, unit: str | None = None) -> str | None:
    """A value as people and scripts read it in `changes`."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if unit:
        return UNITS[unit](value)
    return value.isoformat() if isinstance(value, date) else str(value)
