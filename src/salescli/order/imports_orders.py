"""From lines to orders: which rows belong together, and that they agree with each other."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from salescli.core.i18n import N_
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from salescli.core.jobs import Job

SHARED = N_("order {order} stands with another {column} in row {row}; --split makes an order of each number, customer and date")
DISAGREES = N_("order {order} has another {column} in row {row}")


class Group(NamedTuple):
    """One order of the file: its number and the places of its lines, and what its rows agree on."""

    number: str
    places: list[int]
    date: str
    customer: int
    staff: int | None
    promised: str | None
    channel: str | None
    region: str | None

    @property
    def head(self) -> tuple[Any, ...]:
        """What `HEAD` names."""
        return self[2:]


HEAD = ("date", "customer", "staff", "promised", "channel", "region")
KEY = ("date", "customer")


def grouped(job: Job, customers: Sequence[Any], takers: Sequence[Any]) -> list[Group]:
    """The orders in file order; rows of one order that disagree are faults. An empty cell agrees with everything."""
    table = job.table
    heads = list(
        zip(
            table.column("date"), customers, takers, table.column("promised"), table.column("channel"), table.column("region"), strict=True
        )
    )  # fmt: skip
    numbers = table.column("order")
    places: dict[Hashable, list[int]] = defaultdict(list)
    keys = [(n, h[1], h[0]) for n, h in zip(numbers, heads, strict=True)] if job.options.split else numbers
    for place, key in enumerate(keys):
        places[key].append(place)
    groups = []
    for rows in places.values():
        first = heads[rows[0]]
        if len(rows) > 1 and len({heads[place] for place in rows}) > 1:
            first = _agreed(job, rows, heads, numbers[rows[0]])
        groups.append(Group(numbers[rows[0]], rows, *first))
    return _split_numbers(job, groups) if job.options.split else groups


def _agreed(job: Job, places: Sequence[int], heads: Sequence[tuple[Any, ...]], number: str) -> tuple[Any, ...]:
    """The first value of each column that is not empty; other values are faults of their rows."""
    merged = list(heads[places[0]])
    source = [places[0]] * len(merged)
    for place in places[1:]:
        other = [at for at, value in enumerate(heads[place]) if None not in (value, merged[at]) and value != merged[at]]
        shared = [at for at in other if HEAD[at] in KEY]
        for at in shared[-1:] or other:  # a row of somebody else's order differs in all the rest as well
            text = SHARED if shared else DISAGREES
            facts = {"order": number, "column": job.table.header.name_of(HEAD[at]), "row": job.table.rows[source[at]]}
            job.fault(place, HEAD[at], "order_disagrees", text, **facts)
        for at, value in enumerate(heads[place]):
            if merged[at] is None:
                merged[at], source[at] = value, place
    return tuple(merged)


def _split_numbers(job: Job, groups: list[Group]) -> list[Group]:
    """NUMBER, NUMBER/2, … in file order; an order the book has for the same customer and day keeps the number it has there."""
    by_number: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        by_number[group.number].append(group)
    named: dict[int, Group] = {}
    empty = job.w.reader.value("SELECT id FROM sales_order LIMIT 1") is None
    for number, same in by_number.items():
        standing = {} if empty else _standing(job, number)
        taken = set(standing.values())
        count = 0
        for group in same:
            chosen = standing.get((group.customer, group.date))
            while chosen is None:
                count += 1
                candidate = number if count == 1 else f"{number}/{count}"
                chosen = None if candidate in taken else candidate
            taken.add(chosen)
            named[group.places[0]] = group._replace(number=chosen)
    return [named[group.places[0]] for group in groups]


def _standing(job: Job, number: str) -> dict[tuple[int, str], str]:
    """Orders of the book under this number or one split from it: (customer, date) -> number."""
    sql = """SELECT customer_id, date, number FROM sales_order
             WHERE number = :number OR (number > :low AND number < :high) ORDER BY id DESC"""
    rows = job.w.reader.tuples(sql, number=number, low=f"{number}/", high=f"{number}0")
    return {(customer, day): found for customer, day, found in rows}
