"""Which batch goes out: the first to expire, never an expired one (STK-05, PRD-05). Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.errors import Problem, problem
from salescli.core.i18n import N_
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NO_BATCH = "-"
"""How goods without a batch are called where a batch is named: those that lay there before the product was kept by batch."""


class Lot(NamedTuple):
    """What of one batch lies in a warehouse, in 1/1,000; days as ISO text. `batch_id` None: goods without a batch."""

    batch_id: int | None
    code: str
    made_on: str | None
    expires_on: str | None
    blocked: str | None
    quantity: int


class Share(NamedTuple):
    """The part of a movement that is of one batch: signed quantity in 1/1,000. `batch_id` None: goods without a batch."""

    batch_id: int | None
    quantity: int


class Going(NamedTuple):
    """One line of goods going in (+) or out (-): quantity in 1/1,000, unit cost in 1/10,000 (None: at the average).

    `shares` name the batches of the whole line or of a part of it; what they leave out the movement finds by itself, where it can.
    """

    product_id: int
    warehouse_id: int
    quantity: int
    unit_cost: int | None = None
    line_no: int | None = None
    shares: tuple[Share, ...] = ()


class Place(NamedTuple):
    """Where goods lie, as people call it."""

    sku: str
    warehouse: str


def is_expired(expires_on: str | None, day: str) -> bool:
    """Whether the last day of sale is over; on that day itself goods may still be sold. PRD-05."""
    return expires_on is not None and expires_on < day


def may_be_sold(lot: Lot, day: str) -> bool:
    """Neither expired nor blocked nor without a batch. PRD-05."""
    return lot.batch_id is not None and lot.blocked is None and not is_expired(lot.expires_on, day)


def first_expiring(lots: Iterable[Lot]) -> list[Lot]:
    """The order goods leave in: first to expire first, what never expires last; of the same day the older one. STK-05."""
    return sorted(lots, key=lambda lot: (lot.expires_on or "9999-12-31", lot.made_on or "9999-12-31", lot.batch_id or 0))


def take(lots: Sequence[Lot], quantity: int) -> tuple[list[Share], int]:
    """Shares (negative) that take `quantity` (1/1,000) from the lots in their order, and what they cannot give."""
    shares = []
    for lot in lots:
        part = min(lot.quantity, quantity)
        if part > 0:
            shares.append(Share(lot.batch_id, -part))
            quantity -= part
    return shares, quantity


def less(lots: Sequence[Lot], shares: Iterable[Share]) -> list[Lot]:
    """The lots after shares were taken from them or added to them; what is not there yet appears."""
    moved: dict[int | None, int] = {}
    for share in shares:
        moved[share.batch_id] = moved.get(share.batch_id, 0) + share.quantity
    return [lot._replace(quantity=lot.quantity + moved.get(lot.batch_id, 0)) for lot in lots]


def check_sale(place: Place, lot: Lot, day: str) -> list[Problem]:
    """A batch named for sale must be fit for it. PRD-05."""
    facts: dict[str, Any] = {"sku": place.sku, "warehouse": place.warehouse, "batch": lot.code, "on_hand": lot.quantity}
    if lot.batch_id is None:
        text = N_("{sku} in {warehouse}: {on_hand:qty} lie there without a batch; what has no batch is not sold")
        hint = N_("salescli stock batch label {sku} BATCH={on_hand:qty} --expires DATE --warehouse {warehouse}")
        return [problem("batch_missing", text, rule="PRD-05", hint=hint, **facts)]
    if lot.blocked is not None:
        text = N_("{sku} batch {batch} is blocked: {why}; {on_hand:qty} on hand are not sold")
        hint = N_("when it may be sold again: salescli stock batch release {batch} --sku {sku}")
        return [problem("batch_blocked", text, rule="PRD-05", hint=hint, why=lot.blocked, **facts)]
    if is_expired(lot.expires_on, day):
        text = N_("{sku} batch {batch} expired on {expires}: {on_hand:qty} on hand are not sold any more")
        hint = N_('write it off: salescli stock adjust "{sku}=-{on_hand:qty}#{batch}" --reason expired --request "…"')
        return [problem("batch_expired", text, rule="PRD-05", hint=hint, expires=lot.expires_on, **facts)]
    return []


def check_enough(place: Place, lot: Lot, wanted: int) -> list[Problem]:
    """A batch gives no more than there is of it on any day from the movement's day on. STK-02, STK-05."""
    if wanted <= lot.quantity:
        return []
    text = N_("{sku} batch {batch} in {warehouse}: {on_hand:qty} on hand, {wanted:qty} wanted")
    hint = N_("salescli stock batches {sku}")
    return [problem("batch_too_low", text, rule="STK-05", hint=hint, sku=place.sku, batch=lot.code, warehouse=place.warehouse,
                    on_hand=lot.quantity, wanted=wanted)]  # fmt: skip


def check_rest(place: Place, lots: Sequence[Lot], rest: int, day: str) -> list[Problem]:
    """What the batches fit for sale cannot give is refused, with what lies there unfit. PRD-05."""
    if not rest:
        return []
    fit = sum(lot.quantity for lot in lots if may_be_sold(lot, day))
    unfit = sum(lot.quantity for lot in lots) - fit
    text = N_("{sku} in {warehouse}: {wanted:qty} wanted, {fit:qty} may be sold; {unfit:qty} expired, blocked or without a batch")
    return [problem("batches_too_low", text, rule="PRD-05", hint=N_("salescli stock batches {sku}"), sku=place.sku,
                    warehouse=place.warehouse, wanted=fit + rest, fit=fit, unfit=unfit)]  # fmt: skip


def check_named(place: Place, lots: Sequence[Lot]) -> list[Problem]:
    """A movement that cannot know its batch by itself must be told. STK-05."""
    held = ", ".join(lot.code for lot in lots) or "-"
    text = N_("{sku} is kept by batch; which batch of it moves in {warehouse}? There: {held}")
    hint = N_('name it: "{sku}=QTY#BATCH"; a new one: --batch BATCH --expires DATE')
    return [problem("batch_needed", text, rule="STK-05", hint=hint, sku=place.sku, warehouse=place.warehouse, held=held)]
