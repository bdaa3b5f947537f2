"""What was agreed already: the prices of a confirmed quote or a signed contract, which its orders bear without asking again (QUO-06)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salescli.core.reader import Reader

_QUOTED = """SELECT x.product_id, x.unit_price, x.discount FROM quote q
JOIN quote_version v ON v.quote_id = q.id AND v.version_no = q.version JOIN quote_line x ON x.version_id = v.id
WHERE q.number = :origin AND q.state IN ('confirmed', 'converted')"""
_SIGNED = """SELECT x.product_id, x.unit_price, x.discount FROM contract k
JOIN contract_version v ON v.contract_id = k.id AND v.version_no <= k.in_force JOIN contract_line x ON x.version_id = v.id
WHERE k.number = :origin"""


def agreed_prices(r: Reader, origin: str | None) -> frozenset[tuple[int, int, int]]:
    """Product, unit price and discount of every line of an order's origin; nothing without one. QUO-06, PRC-05."""
    if origin is None:
        return frozenset()
    return frozenset(r.tuples(f"{_QUOTED} UNION {_SIGNED}", origin=origin))
