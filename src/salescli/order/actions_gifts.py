"""Gifts of a promotion when goods come back: what the customer keeps may no longer earn them (PRO-01, PRO-08, ORD-15)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.errors import Problem, problem
from salescli.core.i18n import N_
from salescli.core.money import line_amount
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.reader import Reader
    from salescli.promo.rules import PricedLine


class _Kept(NamedTuple):
    """What a customer has of a line now (1/1,000)."""

    product_id: int
    sku: str
    category: str | None
    unit_price: int
    list_price: int | None
    discount: int
    gift: int
    promo_number: str | None
    out: int


_LINES = """
SELECT l.product_id, p.sku, p.category, l.unit_price, l.list_price, l.discount, l.gift, l.promo_number, coalesce((
    SELECT sum(CASE WHEN d.kind = 'return' THEN -x.quantity ELSE x.quantity END)
    FROM delivery_line x JOIN delivery d ON d.id = x.delivery_id WHERE x.order_line_id = l.id), 0)
FROM order_line l JOIN product p ON p.id = l.product_id WHERE l.order_id = :id ORDER BY l.line_no"""


def warn_gifts(r: Reader, order: str, order_id: int) -> list[Problem]:
    """Gifts the customer still has though what he keeps of the order would not have earned them. PRO-01, ORD-15."""
    kept = r.rows(_Kept, _LINES, id=order_id)
    gifts = [line for line in kept if line.gift and line.out > 0 and line.promo_number]
    if not gifts:
        return []
    lines = [_as_line(line) for line in kept if not line.gift and line.out > 0]
    text = N_("gift of {plan}: the customer keeps {quantity:qty} {sku}, and what he keeps of {order} no longer earns it")
    hint = N_('if they come back as well: salescli order return {order} {sku}={quantity:qty} --reason "…"')
    found = []
    for number in dict.fromkeys(line.promo_number or "" for line in gifts):
        earned = _earned(r, number, lines)
        for line in gifts:
            more = line.out - earned.get(line.product_id, 0) if line.promo_number == number else 0
            if more > 0:
                facts: dict[str, Any] = {"sku": line.sku, "plan": number, "order": order, "quantity": more}
                found.append(problem("gift_kept", text, rule="PRO-08", hint=hint, **facts))
    return found


def _as_line(line: _Kept) -> PricedLine:
    from salescli.promo.rules import PricedLine

    amount = line_amount(line.out, line.unit_price, line.discount)
    return PricedLine(
        line.product_id, line.sku, line.category, line.out, line.unit_price, line.list_price, None, False, line.discount, amount
    )


def _earned(r: Reader, number: str, lines: Sequence[PricedLine]) -> dict[int, int]:
    """What a plan would give for these goods, by product (1/1,000)."""
    from salescli.promo.reads_load import as_plan, plan
    from salescli.promo.rules_effect import effect

    given = effect(as_plan(r, plan(r, number)), lines, [0] * len(lines), [True] * len(lines)).gifts
    earned: dict[int, int] = {}
    for gift in given:
        earned[gift.product_id] = earned.get(gift.product_id, 0) + gift.quantity
    return earned
