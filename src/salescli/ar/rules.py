"""Which money pays which receivable, and from which day it counts (AR-04, AR-12). Days are ISO text throughout."""

from __future__ import annotations

from collections import defaultdict
from itertools import accumulate, groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Step = tuple[str, int]
"""From this day on, so much more (or less) of a receivable is paid."""


class Claim(NamedTuple):
    """A receivable with money still owed. `steps`: its allocations so far, given only when one of them was taken back later."""

    id: int
    number: str
    date: str
    due_date: str
    open: int
    steps: tuple[Step, ...] = ()


class Source(NamedTuple):
    """A receipt, or a credit note, with money not applied yet (`open`, positive)."""

    id: int
    number: str
    date: str
    open: int
    credit: bool = False


class Applied(NamedTuple):
    """Money of one source on one receivable, counting from `date`; a negative amount takes it back."""

    receivable_id: int
    receipt_id: int | None
    credit_id: int | None
    date: str
    amount: int


def oldest_due(claim: Claim) -> tuple[str, str]:
    """The order in which receivables are paid: oldest due first, then by number."""
    return claim.due_date, claim.number


def oldest(source: Source) -> tuple[str, str]:
    """The order in which money is used: oldest first, then by number."""
    return source.date, source.number


def apply(claims: Iterable[Claim], sources: Iterable[Source]) -> list[Applied]:
    """One customer's money on what he owes: oldest due first, then by number, until either is used up. AR-04, AR-12."""
    applied: list[Applied] = []
    money = sorted(sources, key=oldest)
    at, rest = 0, money[0].open if money else 0
    for claim in sorted(claims, key=oldest_due):
        owed = claim.open
        while owed and at < len(money):
            part = min(owed, rest)
            applied.append(pay(claim, money[at], part, owed))
            owed, rest = owed - part, rest - part
            if not rest:
                at += 1
                rest = money[at].open if at < len(money) else 0
    return applied


def pay(claim: Claim, source: Source, amount: int, owed: int) -> Applied:
    """`amount` of the source on the claim of which `owed` is open, dated by the day from which it counts."""
    day = max(claim.date, source.date)
    if claim.steps:
        paid = sum(change for _day, change in claim.steps)
        day = counts_from(day, claim.steps, paid + owed - amount)
    return Applied(claim.id, None if source.credit else source.id, source.id if source.credit else None, day, amount)


def counts_from(day: str, steps: Iterable[Step], most: int) -> str:
    """The first day, `day` or later, from which no more than `most` is paid by the others ever after.

    Later than `day` only where money that was taken back (a cheque that bounced) had paid the receivable meanwhile:
    no receivable is ever paid twice on the same day.
    """
    changes: list[Step] = [(on, sum(change for _on, change in same)) for on, same in groupby(sorted(steps), key=itemgetter(0))]
    levels = accumulate(change for _on, change in changes)
    ends = [following for level, (following, _change) in zip(levels, changes[1:], strict=False) if level > most]
    return max(day, ends[-1]) if ends else day


def used(applied: Iterable[Applied]) -> tuple[dict[int, int], dict[int, int]]:
    """How much of each receipt, and of each receivable (a credit note gives, counted negative), these allocations use."""
    receipts: dict[int, int] = defaultdict(int)
    receivables: dict[int, int] = defaultdict(int)
    for line in applied:
        receivables[line.receivable_id] += line.amount
        if line.receipt_id is not None:
            receipts[line.receipt_id] += line.amount
        elif line.credit_id is not None:
            receivables[line.credit_id] -= line.amount
    return receipts, receivables


def taken_back(lines: Sequence[Applied], amount: int) -> list[Applied]:
    """The allocations that free `amount` again, newest first, each counting from the day the freed one counted from.

    So the past is told as if the money had never been applied there. `lines` are the net allocations of one pair or source.
    """
    freed: list[Applied] = []
    for line in sorted(lines, key=attrgetter("date", "receivable_id"), reverse=True):
        part = min(line.amount, amount)
        if part > 0:
            freed.append(line._replace(amount=-part))
            amount -= part
    return freed


def voided(lines: Iterable[Applied], day: str) -> list[Applied]:
    """The allocations that free everything a reversed receipt had paid, from the day of its reversal on."""
    return [line._replace(amount=-line.amount, date=max(line.date, day)) for line in lines]
