"""Which money pays which receivable, and from which day it counts (AR-04, AR-12). Days are ISO text throughout."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import accumulate, groupby, pairwise
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from salescli.ar.states import Stage
from salescli.core.record import NamedTuple

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


# --- ageing and dunning ------------------------------------------------------------------------------------------------


class Band(NamedTuple):
    """A column of the ageing table: from `first` to `last` days late; 0 to 0 is what is not due, no `last` the oldest."""

    key: str
    first: int
    last: int | None


NOT_DUE = Band("not_due", 0, 0)


def bands(bounds: Sequence[int]) -> list[Band]:
    """The ageing bands of `ar.bands`: (30, 60) gives d1_30, d31_60, d61_plus. AR-04."""
    ends = [0, *bounds]
    middle = [Band(f"d{start + 1}_{end}", start + 1, end) for start, end in pairwise(ends)]
    return [NOT_DUE, *middle, Band(f"d{ends[-1] + 1}_plus", ends[-1] + 1, None)]


def edges(found: Sequence[Band], as_of: date) -> list[str]:
    """The earliest day (ISO) that still falls in each band but the last: a receivable due on it or later is no older. AR-04."""
    return [(as_of - timedelta(band.last)).isoformat() for band in found if band.last is not None]


def dunning_stage(days_overdue: int) -> Stage:
    """Where a receivable stands while nothing was done about it: asked for before it is due, due from its day on. AR-03, ST-09."""
    return Stage.DUE if days_overdue >= 0 else Stage.PAYMENT_REQUEST


def next_step(stage: Stage, steps: Sequence[str]) -> str | None:
    """The rung of the dunning ladder to climb next: the first of `dunning.steps` once it is due, none after the last. AR-05."""
    if stage is Stage.PAYMENT_REQUEST:
        return Stage.PAYMENT_REQUEST.value
    if stage is Stage.DUE:
        return steps[0] if steps else None
    after = steps[steps.index(stage.value) + 1 :] if stage.value in steps else ()
    return after[0] if after else None
