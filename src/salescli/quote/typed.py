"""What people type about a quote, as values: lines, rivals' prices, the sections of an offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.errors import Kind, SalesError, problem
from salescli.core.i18n import N_
from salescli.core.lines import parse_lines
from salescli.core.money import parse_price
from salescli.core.unreadable import Unreadable
from salescli.quote.reads_pricing import Wanted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from salescli.quote.actions import Offer


def wanted(lines: Sequence[str] | None, file: Path | None) -> list[Wanted]:
    """The lines of a document as typed and from a file. Raises SalesError (2) with every bad one."""
    return [Wanted(line.sku, line.quantity, line.price) for line in parse_lines(lines or (), file)]


def rivals(words: Sequence[str] | None) -> dict[str, int]:
    """Rivals' prices (1/10,000) by SKU. Raises SalesError (2)."""
    return dict(_rival(word) for word in words or ())


def _rival(word: str) -> tuple[str, int]:
    sku, equals, price = word.rpartition("=")
    try:
        if equals and sku.strip():
            return sku.strip(), parse_price(price)
    except Unreadable:
        pass
    text = N_('"{typed}" is no price of a rival: write SKU=PRICE')
    raise SalesError([problem("bad_rival", text, kind=Kind.USAGE, rule="QUO-01", typed=word)])


def offer(
    pay: Sequence[str] | None,
    valid_until: date | None,
    need: str | None,
    configuration: str | None,
    time_cost: str | None,
    after_sales: str | None,
    note: str | None,
    discount: int | None,
    rival: Sequence[str] | None,
    reason: str | None = None,
) -> Offer:
    """What a quote says beside its lines."""
    from salescli.quote.actions import Offer

    return Offer(pay or (), valid_until, need, configuration, time_cost, after_sales, note, discount, rivals(rival), reason)
