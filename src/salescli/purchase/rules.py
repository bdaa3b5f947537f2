"""Decisions about purchases: how much may come and go back, who is paid first, what may be paid (STK-06, AR-16)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import N_
from salescli.core.money import line_amount
from salescli.core.record import NamedTuple
from salescli.purchase.states import MOVES, PurchaseState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


class Held(NamedTuple):
    """A line of a purchase: ordered, received and sent back, in 1/1,000."""

    sku: str
    ordered: int
    received: int
    returned: int

    @property
    def net(self) -> int:
        """What came and stayed."""
        return self.received - self.returned

    @property
    def left(self) -> int:
        """What is still to come; goods that went back may be replaced."""
        return self.ordered - self.net


def check_lines(wanted: Sequence[tuple[str, int, int | None]]) -> list[Problem]:
    """SKU, quantity and price of a new purchase: something of each, once, at a price. STK-06."""
    problems = []
    skus = [sku for sku, _quantity, _price in wanted]
    for sku in dict.fromkeys(sku for sku in skus if skus.count(sku) > 1):
        text = N_("{sku} stands in the purchase twice; write one line with the whole quantity")
        problems.append(problem("line_twice", text, kind=Kind.USAGE, rule="STK-06", sku=sku))
    for sku, quantity, price in wanted:
        if quantity <= 0:
            problems.append(_not_positive(sku))
        if price is None:
            text = N_("{sku} has no price: neither one was typed nor does the product have a cost")
            hint = N_("write {sku}=QTY@PRICE")
            problems.append(problem("no_price", text, kind=Kind.USAGE, rule="STK-06", hint=hint, sku=sku))
        elif price < 0:
            problems.append(problem("price_negative", N_("{sku}: the price is below zero"), kind=Kind.USAGE, rule="STK-06", sku=sku))
    return problems


def _not_positive(sku: str) -> Problem:
    return problem("quantity_positive", N_("{sku}: a quantity above zero is needed"), kind=Kind.USAGE, rule="STK-06", sku=sku)


def check_receipt(number: str, lines: Mapping[str, Held], wanted: Mapping[str, int]) -> list[Problem]:
    """Never more than is still to come. STK-06."""
    text = N_("{sku}: {quantity:qty} would come, {left:qty} of {ordered:qty} are still to come")
    hint = N_("more than ordered is a purchase of its own: salescli purchase new")
    return _check(number, lines, wanted, "over_receipt", text, hint, lambda line: line.left)


def check_return(number: str, lines: Mapping[str, Held], wanted: Mapping[str, int]) -> list[Problem]:
    """Never more than came and has not gone back yet. STK-06."""
    text = N_("{sku}: {quantity:qty} would go back, {net:qty} came and are not back yet")
    return _check(number, lines, wanted, "over_return", text, N_("salescli purchase show {number}"), lambda line: line.net)


def _check(
    number: str, lines: Mapping[str, Held], wanted: Mapping[str, int], code: str, text: str, hint: str, most: Callable[[Held], int]
) -> list[Problem]:
    problems = []
    for sku, quantity in wanted.items():
        line = lines.get(sku)
        if line is None:
            foreign = N_("{sku} is not in purchase {number}")
            problems.append(
                problem("not_in_purchase", foreign, rule="STK-06", hint=N_("salescli purchase show {number}"), sku=sku, number=number)
            )
        elif quantity <= 0:
            problems.append(_not_positive(sku))
        elif quantity > most(line):
            facts: dict[str, Any] = {"left": line.left, "net": line.net, "ordered": line.ordered}
            problems.append(problem(code, text, rule="STK-06", hint=hint, sku=sku, number=number, quantity=quantity, **facts))
    return problems


def check_free(sku: str, warehouse: str, quantity: int, free: int) -> list[Problem]:
    """What goes back must lie there and be promised to nobody. STK-06, ORD-12."""
    if quantity <= free:
        return []
    text = N_("{sku} in {warehouse}: {quantity:qty} would go back, {free:qty} are there and promised to nobody")
    hint = N_("salescli stock list --sku {sku}")
    return [problem("not_free", text, rule="STK-06", hint=hint, sku=sku, warehouse=warehouse, quantity=quantity, free=max(free, 0))]


def check_move(number: str, state: PurchaseState, wanted: PurchaseState) -> list[Problem]:
    """Cancel while nothing came, close while something is missing. STK-06."""
    if (state, wanted) in MOVES:
        return []
    hints = {PurchaseState.ORDERED: N_("salescli purchase cancel {number} --reason TEXT"),
             PurchaseState.PARTLY_RECEIVED: N_("salescli purchase close {number} --reason TEXT")}  # fmt: skip
    text = N_("purchase {number} is {state:code}; it cannot be {wanted:code}")
    hint = hints.get(state, N_("salescli purchase show {number}"))
    return [
        problem("purchase_state", text, kind=Kind.STATE, rule="STK-06", hint=hint, number=number, state=state.value, wanted=wanted.value)
    ]


def check_open(number: str, state: PurchaseState) -> list[Problem]:
    """Goods come in only for a purchase that waits for some. STK-06."""
    if state in (PurchaseState.ORDERED, PurchaseState.PARTLY_RECEIVED):
        return []
    text = N_("purchase {number} is {state:code}: nothing more is expected")
    hint = N_("salescli purchase show {number}")
    return [problem("nothing_expected", text, kind=Kind.STATE, rule="STK-06", hint=hint, number=number, state=state.value)]


# --- what is owed --------------------------------------------------------------------------------------------------------


class Debt(NamedTuple):
    """Something owed: id, the day it is due (ISO), amount in 1/100, the purchase it belongs to."""

    id: int
    due: str
    amount: int
    purchase: int | None = None


class Credit(NamedTuple):
    """Money paid or goods sent back, in 1/100; what its purchase does not need waits there (`keeps`) or pays what is due first."""

    amount: int
    purchase: int | None = None
    keeps: bool = False


class Settled(NamedTuple):
    """What is left: open amount by debt, money paid in advance by purchase, and what the supplier owes us."""

    open: dict[int, int]
    advances: dict[int, int]
    over: int

    @property
    def owed(self) -> int:
        """What we owe in all; below zero the supplier owes us."""
        return sum(self.open.values()) - sum(self.advances.values()) - self.over


def settle(debts: Iterable[Debt], credits: Iterable[Credit]) -> Settled:
    """Apply credits: to the purchase they name first, the rest to what is due first. AR-16.

    It depends on the rows alone, not on their order, so any past day can be told again.
    """
    ordered = sorted(debts, key=lambda debt: (debt.due, debt.id))
    named: dict[int, int] = defaultdict(int)
    kept: dict[int, int] = defaultdict(int)
    free = 0
    for credit in credits:
        if credit.purchase is None:
            free += credit.amount
        elif credit.keeps:
            kept[credit.purchase] += credit.amount
        else:
            named[credit.purchase] += credit.amount
    left = {debt.id: debt.amount for debt in ordered}
    for debt in ordered:
        if debt.purchase is not None:
            for purse in (named, kept):
                _take(left, debt.id, purse, debt.purchase)
    free += sum(named.values())
    for debt in ordered:
        part = min(left[debt.id], free)
        left[debt.id] -= part
        free -= part
    return Settled({id_: amount for id_, amount in left.items() if amount}, {p: rest for p, rest in kept.items() if rest}, free)


def _take(left: dict[int, int], debt: int, purse: dict[int, int], purchase: int) -> None:
    part = min(left[debt], purse.get(purchase, 0))
    if part:
        left[debt] -= part
        purse[purchase] -= part


def check_payment(supplier: str, amount: int, payable: int) -> list[Problem]:
    """Something is paid, and never more than is owed. AR-16."""
    if amount <= 0:
        return [problem("payment_positive", N_("an amount above zero is paid"), kind=Kind.USAGE, rule="AR-16")]
    if amount <= payable:
        return []
    text = N_("{amount:amount} would be paid to {supplier}, {payable:amount} can be paid")
    hint = N_("in advance for goods to come: salescli purchase pay {supplier} AMOUNT --for PURCHASE; owed: salescli purchase payables")
    return [problem("over_payment", text, rule="AR-16", hint=hint, supplier=supplier, amount=amount, payable=max(payable, 0))]


def check_plan(number: str, total: int, parts: Sequence[int]) -> list[Problem]:
    """The parts of a plan are what the purchase costs. AR-16."""
    if any(part <= 0 for part in parts):
        return [problem("plan_part", N_("every part of a payment plan is above zero"), kind=Kind.USAGE, rule="AR-16")]
    if sum(parts) == total:
        return []
    text = N_("the plan adds up to {sum:amount}, purchase {number} costs {total:amount}")
    hint = N_("the last part would have to be {rest:amount}")
    rest = total - sum(parts[:-1])
    return [problem("plan_sum", text, rule="AR-16", hint=hint, number=number, sum=sum(parts), total=total, rest=rest)]


def unpaid_parts(parts: Iterable[tuple[str, int]], paid: int) -> list[tuple[str, int]]:
    """Day and open amount of each part of a plan once `paid` has covered the earliest ones. AR-16."""
    found = []
    for due, amount in sorted(parts):
        covered = min(amount, paid)
        paid -= covered
        if amount > covered:
            found.append((due, amount - covered))
    return found


def total_of(lines: Iterable[tuple[int, int]]) -> int:
    """Quantities times prices, each line rounded once."""
    return sum(line_amount(quantity, price) for quantity, price in lines)


class Band(NamedTuple):
    """Days late from `first` to `last`; 0 to 0 is what is not due, no `last` the oldest."""

    key: str
    first: int
    last: int | None


def bands(bounds: Sequence[int]) -> list[Band]:
    """The bands of `ar.bands`: the same for what we owe as for what is owed to us. AR-16."""
    found, start = [Band("not_due", 0, 0)], 1
    for end in bounds:
        found.append(Band(f"d{start}_{end}", start, end))
        start = end + 1
    return [*found, Band(f"d{start}_plus", start, None)]


def band_of(found: Sequence[Band], late: int) -> int:
    """The place of the band that so many days late fall into."""
    return next(i for i, band in enumerate(found) if band.last is None or late <= band.last)
