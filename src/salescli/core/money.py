"""Money, prices, quantities and rates as integers: reading, rounding, sharing out and writing them. No floats, no Decimal.

Units: amount 1/100 · unit price 1/10,000 · quantity 1/1,000 · rate 1/10,000 (so 12.5 per cent is 1250).
Every rounding is half up, away from zero for negatives: a credit note mirrors its invoice to the cent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from salescli.core.i18n import N_
from salescli.core.record import NamedTuple
from salescli.core.unreadable import Unreadable

AMOUNT_ONE = 100
PRICE_ONE = 10_000
QUANTITY_ONE = 1_000
RATE_ONE = 10_000

# Fifteen digits are what a spreadsheet keeps exactly, and sums of thousands of them still fit SQLite's 64 bits.
MAX_DIGITS = 15


class BadNumber(Unreadable):
    """Text that is no amount, price, quantity or rate. `why`: empty, not_a_number, bad_groups, too_many_decimals, too_large."""


class _Unit(NamedTuple):
    decimals: int
    too_fine: str  # the sentence when more decimals were written
    affixes: tuple[str, ...]  # what may stand before or after the figure


_CURRENCY = ("¥", "CNY", "RMB", "元")
_AMOUNT = _Unit(2, N_("an amount holds at most 2 decimals"), _CURRENCY)
_PRICE = _Unit(4, N_("a unit price holds at most 4 decimals"), _CURRENCY)
_QUANTITY = _Unit(3, N_("a quantity holds at most 3 decimals"), ())
_PERCENT = _Unit(2, N_("a percentage holds at most 2 decimals"), ("%",))

# Chinese keyboards and spreadsheets write full-width signs; they mean the same figures.
_FOLD = str.maketrans("０１２３４５６７８９．，＋－−￥％　\u00a0", "0123456789.,+--¥%  ")


def parse_amount(text: str) -> int:
    """An amount in 1/100: "1,234.5" and "¥1234.50" are 123450. Raises BadNumber."""
    return _parse(text, _AMOUNT)


def parse_price(text: str) -> int:
    """A unit price in 1/10,000: "12.3" is 123000. Raises BadNumber."""
    return _parse(text, _PRICE)


def parse_quantity(text: str) -> int:
    """A quantity in 1/1,000: "2.5" is 2500. Raises BadNumber."""
    return _parse(text, _QUANTITY)


def parse_rate(text: str) -> int:
    """A rate in 1/10,000 from per cent: "12.5" and "12.5%" are 1250. Raises BadNumber."""
    return _parse(text, _PERCENT)


def _parse(text: str, unit: _Unit) -> int:
    """The figure in the unit's integers. Zeros beyond the unit's decimals lose nothing and are accepted."""
    body = text.translate(_FOLD).strip()
    if not body:
        raise BadNumber(text, "empty", N_("no number was given"))
    found = re.fullmatch(r"([+-]?)(?=\.?[0-9])([0-9,]*)(?:\.([0-9]+))?", _without_affixes(body, unit.affixes))
    if not found:
        raise BadNumber(text, "not_a_number", N_('"{text}" is not a number'))
    sign, whole, fraction = found[1], found[2], (found[3] or "").rstrip("0")
    # "0,5" and "1,23" may be decimal commas of another country: only commas between full groups are read.
    if "," in whole and not re.fullmatch(r"[1-9][0-9]{0,2}(,[0-9]{3})+", whole):
        raise BadNumber(text, "bad_groups", N_('"{text}": commas stand only before groups of three digits, as in 1,234,567.5'))
    if len(fraction) > unit.decimals:
        raise BadNumber(text, "too_many_decimals", unit.too_fine)
    digits = whole.replace(",", "").lstrip("0")
    if len(digits) > MAX_DIGITS - unit.decimals:
        raise BadNumber(
            text, "too_large", N_('"{text}" is too large: at most {digits} digits before the point'), digits=MAX_DIGITS - unit.decimals
        )
    value = int(digits + fraction.ljust(unit.decimals, "0"))
    return -value if sign == "-" else value


def _without_affixes(body: str, affixes: tuple[str, ...]) -> str:
    """The bare figure: one mark before it and one after it may go; a sign may stand before the mark."""
    sign, body = (body[0], body[1:].lstrip()) if body[0] in "+-" else ("", body)
    for affix in affixes:
        if affix not in "元%" and body[: len(affix)].upper() == affix:
            body = body[len(affix) :].lstrip()
            break
    for affix in affixes:
        if affix != "¥" and body[-len(affix) :].upper() == affix:
            body = body[: -len(affix)].rstrip()
            break
    return sign + body


def divide(dividend: int, divisor: int) -> int:
    """The quotient rounded half up, away from zero for negatives: the one rounding door. Raises ZeroDivisionError."""
    quotient, rest = divmod(abs(dividend), abs(divisor))
    if 2 * rest >= abs(divisor):
        quotient += 1
    return quotient if (dividend < 0) == (divisor < 0) else -quotient


def line_amount(quantity: int, price: int, discount: int = 0) -> int:
    """A document line in 1/100: quantity (1/1,000) x unit price (1/10,000) x (1 - discount in 1/10,000), rounded once."""
    return divide(quantity * price * (RATE_ONE - discount) * AMOUNT_ONE, QUANTITY_ONE * PRICE_ONE * RATE_ONE)


def line_amounts(quantities: Iterable[int], prices: Iterable[int], discounts: Iterable[int]) -> list[int]:
    """`line_amount` of many lines at once; none of the figures is negative, so half up is adding a half and cutting off."""
    unit = QUANTITY_ONE * PRICE_ONE * RATE_ONE // AMOUNT_ONE
    half = unit // 2
    return [(q * p * (RATE_ONE - d) + half) // unit for q, p, d in zip(quantities, prices, discounts, strict=True)]


def unit_price(amount: int, quantity: int) -> int:
    """The unit price (1/10,000) at which `quantity` (1/1,000) costs `amount` (1/100). Raises ZeroDivisionError."""
    return divide(amount * QUANTITY_ONE * PRICE_ONE, quantity * AMOUNT_ONE)


def multiply_rate(amount: int, rate: int) -> int:
    """The part of an amount that a rate (1/10,000) takes, in the amount's unit."""
    return divide(amount * rate, RATE_ONE)


def rate_of(part: int, whole: int) -> int | None:
    """What rate (1/10,000) of `whole` the `part` is; None when there is no whole to compare with."""
    return divide(part * RATE_ONE, whole) if whole else None


def net_of_tax(amount: int, rate: int) -> int:
    """The net part of an amount that includes tax at `rate` (1/10,000); the tax is the amount less this."""
    return divide(amount * RATE_ONE, RATE_ONE + rate)


def split(amount: int, weights: Sequence[int]) -> list[int]:
    """Share an amount in proportion to weights so that the shares add up exactly.

    What rounding down leaves goes by largest remainder, ties to the earlier weight. Nothing shared is nothing each.
    Raises ValueError for a negative weight, or when there is something to share and nobody to carry it.
    """
    total = sum(weights)
    if any(weight < 0 for weight in weights) or (amount and not total):
        raise ValueError(f"cannot share {amount} by weights {list(weights)}")
    if not amount:
        return [0] * len(weights)
    parts = [divmod(abs(amount) * weight, total) for weight in weights]
    shares = [share for share, _rest in parts]
    by_remainder = sorted(range(len(parts)), key=lambda i: -parts[i][1])  # stable, so ties keep their order
    for i in by_remainder[: abs(amount) - sum(shares)]:
        shares[i] += 1
    return shares if amount > 0 else [-share for share in shares]


def amount_text(amount: int) -> str:
    """An amount as scripts read it: 123450 is "1234.50"."""
    return _text(amount, 2, 2)


def price_text(price: int) -> str:
    """A unit price with two to four decimals: 123000 is "12.30", 12345 is "1.2345"."""
    return _text(price, 4, 2)


def quantity_text(quantity: int) -> str:
    """A quantity with the decimals it needs: 10000 is "10", 2500 is "2.5"."""
    return _text(quantity, 3, 0)


def percent_text(rate: int) -> str:
    """A rate in per cent: 9543 is "95.43"."""
    return _text(rate, 2, 2)


def _text(value: int, decimals: int, least: int) -> str:
    """Decimal text of an integer unit, trailing zeros dropped down to `least` decimals."""
    whole, fraction = divmod(abs(value), 10**decimals)
    places = str(fraction).zfill(decimals).rstrip("0").ljust(least, "0")
    return ("-" if value < 0 else "") + str(whole) + ("." + places if places else "")


def grouped(text: str) -> str:
    """Decimal text with thousands separators, for people: "-1234.50" is "-1,234.50"."""
    whole, point, fraction = text.partition(".")
    return f"{int(whole.removeprefix('-')):,}".join(("-" if whole.startswith("-") else "", point + fraction))
