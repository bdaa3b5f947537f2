"""Tax of documents: whether a book's prices come with it, what of an amount it is, what a line is worth on paper. Standard library only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.money import multiply_rate, net_of_tax

if TYPE_CHECKING:
    from salescli.core.reader import Reader


def prices_are_net(r: Reader) -> bool:
    """Whether the book's prices come without tax (`init --prices-net`)."""
    return bool(r.value("SELECT value FROM meta WHERE key = 'prices'") == "net")


def tax_of(amount: int, rate: int, *, net: bool) -> int:
    """The tax of an amount (1/100) at a rate (1/10,000): on top of a net one, else the part of it that is tax."""
    return multiply_rate(amount, rate) if net else amount - net_of_tax(amount, rate)


def document_amount(r: Reader, line: str = "l") -> str:
    """SQL for what line `line` of a document is worth on paper: its amount, in a book of net prices with the tax on top of it."""
    return f"{line}.amount + {line}.tax" if prices_are_net(r) else f"{line}.amount"
