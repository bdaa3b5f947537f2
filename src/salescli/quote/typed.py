"""What people type about a quote, as values: lines, rivals' prices, the sections of an offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.errors import Kind, SalesError, problem
from salescli.core.i18n import N_
from salescli.core.lines import parse_lines
from salescli.core.money import parse_price
from salescli.core.unreadable import Unreadable
from salescli.product.units import in_base
from salescli.quote.reads_pricing import Wanted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from salescli.core.reader import Reader
    from salescli.quote.actions import Offer
    from salescli.quote.cli import Said


def wanted(r: Reader, lines: Sequence[str] | None, file: Path | None) -> list[Wanted]:
    """The lines of a document as typed and from a file. Raises SalesError (2) with every bad one."""
    return [Wanted(line.sku, line.quantity, line.price) for line in in_base(r, parse_lines(lines or (), file))]


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


def offer(said: Said, reason: str | None = None) -> Offer:
    """What a quote says beside its lines. Raises SalesError (2) for a rival's price that cannot be read."""
    from salescli.quote.actions import Offer

    return Offer(
        said.pay or (), said.valid_until, said.need, said.configuration, said.time_cost, said.after_sales, said.note, said.discount,
        rivals(said.rival), said.currency, reason,
    )  # fmt: skip
