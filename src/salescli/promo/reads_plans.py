"""Which plans run for a customer on a day (PRO-02), and what keeps the others from applying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.i18n import N_, Message, msg
from salescli.core.record import NamedTuple
from salescli.core.text import folded
from salescli.promo.reads_load import Loaded, as_plan, load
from salescli.promo.states import ScopeKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from salescli.core.reader import Reader
    from salescli.promo.rules import Plan

RUNS = """p.date_from <= :day AND p.date_to >= :day AND p.started_on <= :day
AND (p.state = 'running' OR (p.state IN ('ended', 'evaluated') AND (p.ended_on IS NULL OR p.ended_on > :day)))"""
"""No price effect before approval and start, nor outside the dates; both end days count. PRO-02."""


class Buyer(NamedTuple):
    """What of a customer plans ask for."""

    customer_id: int | None
    customer_class: str | None
    channel: str | None
    region: str | None


def plans_for(
    reader: Reader,
    customer_id: int | None,
    day: date,
    channel: str | None = None,
    region: str | None = None,
    *,
    document: str | None = None,
    trial: str | None = None,
) -> list[Plan]:
    """The plans that run on a day; each says in `hindrance` why it is not for this customer, channel or region, or used up. PRO-01, PRO-02.

    Without a region the customer's own counts. `document` is the order being priced again, which does not use up a limit of its own;
    `trial` a plan to look at as if it ran, whatever its state and days.
    """
    buyer = _buyer(reader, customer_id, channel, region)
    found = load(reader, f"({RUNS}) OR p.number = :trial", day=day, trial=trial)
    return [as_plan(reader, one)._replace(hindrance=_hindrance(reader, one, buyer, document)) for one in found]


def _buyer(r: Reader, customer_id: int | None, channel: str | None, region: str | None) -> Buyer:
    known = r.tuples("SELECT customer_class, region FROM customer WHERE id = :id", id=customer_id) or [(None, None)]
    return Buyer(customer_id, known[0][0], channel, region or known[0][1])


def _hindrance(r: Reader, found: Loaded, buyer: Buyer, document: str | None) -> Message | None:
    return next((why for why in (*_outside(found, buyer), _used_up(r, found, buyer, document)) if why is not None), None)


def _outside(found: Loaded, buyer: Buyer) -> Iterator[Message]:
    """The scopes a customer is not in; case does not count."""
    sentences = {
        ScopeKind.CLASS: (buyer.customer_class, N_("only for customers of class {values}")),
        ScopeKind.CHANNEL: (buyer.channel, N_("only on the channel {values}")),
        ScopeKind.REGION: (buyer.region, N_("only in the region {values}")),
    }
    for kind, (value, text) in sentences.items():
        wanted = found.scope(kind)
        if wanted and folded(value or "") not in {folded(one) for one in wanted}:
            yield msg(text, values=list(wanted))


_USES = """SELECT count(DISTINCT o.id) FROM order_line l JOIN sales_order o ON o.id = l.order_id
WHERE l.promo_number IS NOT NULL AND ',' || l.promo_number || ',' LIKE '%,' || :number || ',%' AND o.state <> 'cancelled'
  AND o.number <> :document"""


def uses(r: Reader, number: str, *, customer_id: int | None = None, document: str | None = None) -> int:
    """In how many orders, cancelled ones aside, a plan gave something. PRO-01."""
    one = "" if customer_id is None else f" AND o.customer_id = {customer_id:d}"
    return int(r.value(_USES + one, number=number, document=document or ""))


def _used_up(r: Reader, found: Loaded, buyer: Buyer, document: str | None) -> Message | None:
    row = found.row
    if row.max_orders is not None and uses(r, row.number, document=document) >= row.max_orders:
        return msg(N_("its {count} {count:order|orders} {count:is|are} used up"), count=row.max_orders)
    if row.max_customer_orders is None or buyer.customer_id is None:
        return None
    if uses(r, row.number, customer_id=buyer.customer_id, document=document) >= row.max_customer_orders:
        return msg(N_("the customer had it in {count} {count:order|orders} already"), count=row.max_customer_orders)
    return None
