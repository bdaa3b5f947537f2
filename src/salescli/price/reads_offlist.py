"""Whether the lines of a document may bear their prices: the check of every line, with one request for all of them (PRC-05, PRC-09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.approval import Ask, granted, needed
from salescli.core.errors import Kind, Problem
from salescli.core.i18n import N_
from salescli.core.record import NamedTuple
from salescli.price.rules import PathPolicy, Resolved, check_line_price, worst

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.reader import Reader


class Priced(NamedTuple):
    """A line as it is to be written: what the price table says, the price and discount (1/10,000) it bears, its quantity (1/1,000)."""

    line_no: int
    resolved: Resolved
    unit_price: int
    discount: int = 0
    quantity: int = 0


def policies(reader: Reader) -> PathPolicy:
    """The office's path for off-list prices. AP-01."""
    return PathPolicy(
        tuple(reader.policy("approval.path.AP-01")), tuple(reader.policy("price.deviation_steps")), reader.policy("price.margin_floor_pct")
    )


def ask_for(reader: Reader, document: str, lines: Sequence[Priced]) -> tuple[Ask | None, list[Problem]]:
    """The one request that would allow a document's off-list prices, and every line's problem. PRC-05, PRC-09."""
    policy = policies(reader)
    found = [p for line in lines for p in _check(line, document, policy)]
    asks = [p.ask for p in found if p.ask]
    if not asks:
        return None, found
    return Ask("AP-01", document, {"lines": [dict(ask.content) for ask in asks]}, worst(asks)), found


def _check(line: Priced, document: str, policy: PathPolicy) -> list[Problem]:
    return check_line_price(
        line.resolved, line.unit_price, line.discount, document=document, line_no=line.line_no, quantity=line.quantity, policy=policy
    )


def check_document(reader: Reader, document: str, lines: Sequence[Priced]) -> list[Problem]:
    """What keeps a document from bearing its prices: lines below the floor, and one problem (exit 5) for all that are off the table
    and were not approved exactly so. PRC-05, PRC-09.
    """
    ask, found = ask_for(reader, document, lines)
    stops = [p for p in found if p.kind is not Kind.APPROVAL]
    if ask is None or granted(reader, ask):
        return stops
    off = [p for p in found if p.kind is Kind.APPROVAL]
    if len(off) == 1:
        text = off[0].message.text
        return [*stops, *needed(reader, ask, off[0].code, text, rule="PRC-05", **off[0].message.facts)]
    text = N_("{count} {count:line|lines} {count:is|are} off the price table: {lines}")
    return [*stops, *needed(reader, ask, "off_list_price", text, rule="PRC-05", count=len(off), lines=[p.message for p in off])]
