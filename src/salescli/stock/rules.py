"""What a movement is worth and whether it may happen: quantities never below zero, costs as a moving average (STK-02, STK-08)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.errors import problem
from salescli.core.i18n import N_
from salescli.core.money import AMOUNT_ONE, PRICE_ONE, QUANTITY_ONE, divide, line_amount
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from salescli.core.errors import Problem


class Balance(NamedTuple):
    """Goods of one product in one warehouse: quantity in 1/1,000, value in 1/100 (None: cost unknown). Nothing is worth 0."""

    quantity: int = 0
    value: int | None = 0


class Posting(NamedTuple):
    """A movement with what it is worth: quantity in 1/1,000, unit cost in 1/10,000, value in 1/100, and the balance after it."""

    quantity: int
    unit_cost: int | None
    value: int | None
    after: Balance


def average_cost(balance: Balance) -> int | None:
    """The moving average of a balance in 1/10,000 per unit; None when there are no goods or their cost is unknown. STK-08."""
    if balance.quantity <= 0 or balance.value is None:
        return None
    return divide(balance.value * QUANTITY_ONE * PRICE_ONE, balance.quantity * AMOUNT_ONE)


def post(balance: Balance, quantity: int, unit_cost: int | None = None) -> Posting:
    """Value a movement of a signed quantity. STK-08.

    Goods coming in at a known cost are worth that; anything else moves at the average. The last piece takes the rest of the
    value with it, so no cent stays behind. Goods of unknown cost make the whole balance unknown until it is used up.
    """
    rest = balance.quantity + quantity
    unknown = balance.value is None or (quantity > 0 and unit_cost is None and balance.quantity == 0)
    if unknown:
        return Posting(quantity, unit_cost, None, Balance(rest, None if rest else 0))
    held = balance.value or 0
    if rest == 0:
        value = -held
    elif quantity > 0 and unit_cost is not None:
        value = line_amount(quantity, unit_cost)
    else:
        value = divide(held * quantity, balance.quantity) if quantity else 0
    cost = unit_cost if unit_cost is not None and quantity > 0 else average_cost(balance)
    return Posting(quantity, cost, value, Balance(rest, held + value))


def post_opening(balance: Balance, opened: int, quantity: int, unit_cost: int | None, *, alone: bool) -> Posting | None:
    """The movement that makes the opening quantity of a day `quantity` where it was `opened`; None when nothing changes.

    `alone`: the goods have no other movements, so a new unit cost values all of them; else it values what is added.
    """
    delta = quantity - opened
    if not alone or unit_cost is None:
        return post(balance, delta, unit_cost) if delta else None
    wanted = Balance(quantity, line_amount(quantity, unit_cost))
    if wanted == balance:
        return None
    return Posting(delta, unit_cost, (wanted.value or 0) - (balance.value or 0), wanted)


def check_not_negative(sku: str, warehouse: str, on_hand: int, quantity: int) -> list[Problem]:
    """Whether a movement leaves less than nothing on some day; `on_hand` is the least there is from its day on. STK-02."""
    if on_hand + quantity >= 0:
        return []
    return [
        problem(
            "stock_too_low",
            N_("{sku} in {warehouse}: {on_hand:qty} on hand, {quantity:qty} wanted"),
            rule="STK-02",
            hint=N_("salescli stock ledger {sku} --warehouse {warehouse}"),
            sku=sku,
            warehouse=warehouse,
            on_hand=on_hand,
            quantity=-quantity,
        )
    ]
