"""Comparing a file's rows with what the book holds: which are new, which say something else, which say the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from salescli.core.i18n import N_
from salescli.core.jobs import OTHER_VALUES, TWICE, shortened
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from salescli.core.jobs import Job
    from salescli.core.reader import Reader

IN_ONE_QUERY = 500
"""Parameters put into one IN (…): every engine takes that many."""


class Known(NamedTuple):
    """A row of the book: its id and its values by the file's column keys."""

    id: int
    values: Mapping[str, Any]


class Changed(NamedTuple):
    """A row of the file that says something else than the book: place in the table, id in the book, new values by column key."""

    place: int
    id: int
    values: dict[str, Any]


class Plan(NamedTuple):
    """Places of rows that are new, and rows that change."""

    new: list[int]
    changed: list[Changed]


def compare(
    job: Job,
    keys: Sequence[Hashable],
    known: Mapping[Hashable, Known],
    values: Mapping[str, Sequence[Any]],
    *,
    key_column: str,
    name: Callable[[int], str],
) -> Plan:
    """Sort the rows into new, changed and the same, and count them; an empty cell says nothing about the book's value.

    Named as faults: a key that stands in the file twice, and other values without --update.
    """
    plan = Plan([], [])
    first: dict[Hashable, int] = {}
    for place, key in enumerate(keys):
        if key is None:
            continue
        if key in first:
            job.fault(place, key_column, "key_twice", TWICE, code=shortened(name(place)), row=job.table.rows[first[key]])
            continue
        first[key] = place
        found = known.get(key)
        if found is None:
            plan.new.append(place)
            continue
        changes = {k: v[place] for k, v in values.items() if v[place] is not None and v[place] != found.values.get(k)}
        if changes and job.options.update:
            plan.changed.append(Changed(place, found.id, changes))
        elif changes:
            fields = list(map(job.table.header.name_of, changes))
            job.fault(place, key_column, "other_values", OTHER_VALUES, code=shortened(name(place)), fields=fields)
        else:
            job.skipped += 1
    job.added += len(plan.new)
    job.changed += len(plan.changed)
    return plan


def in_pieces(wanted: Iterable[Any]) -> Iterator[list[Any]]:
    """The values in pieces small enough for one IN (…)."""
    values = list(wanted)
    for start in range(0, len(values), IN_ONE_QUERY):
        yield values[start : start + IN_ONE_QUERY]


def select_in(reader: Reader, sql: str, wanted: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """Rows of `sql`, which holds one {marks} for the values wanted: WHERE number IN ({marks})."""
    for piece in in_pieces(wanted):
        marks = ", ".join(f":p{i}" for i in range(len(piece)))
        yield from reader.tuples(sql.format(marks=marks), **{f"p{i}": value for i, value in enumerate(piece)})


def closed_up(name: str) -> str:
    """A Chinese name without the blanks that make short names as wide as long ones: 刘 洋 is 刘洋."""
    return name if name.isascii() else re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", name)


class Names:
    """Things found by code, else by a name only one of them bears (and which is nobody's code)."""

    def __init__(self, rows: Iterable[tuple[int, str, str | None]], fold: Callable[[str], str]) -> None:
        self._fold = fold
        self._codes: dict[str, int] = {}
        names: dict[str, int] = {}
        several: set[str] = set()
        for row_id, code, name in rows:
            self._codes[fold(code)] = row_id
            if name is not None:
                name = closed_up(name)
                several |= {name} if name in names else set()
                names[name] = row_id
        self._names = {name: row_id for name, row_id in names.items() if name not in several}

    def get(self, text: str) -> int | None:
        """The id of the one thing meant; None when there is none, or several bear the name."""
        return self._codes.get(self._fold(text), self._names.get(closed_up(text)))


UNKNOWN_STAFF = N_("there is no staff member of this code or name; import the staff first")
UNKNOWN_CUSTOMER = N_("there is no customer of this code or name; --create makes it from the row")
UNKNOWN_CUSTOMER_FIRST = N_("there is no customer of this code or name; import the customers first")
UNKNOWN_PRODUCT = N_("there is no product of this SKU; --create makes it from the row")
UNKNOWN_PRODUCT_FIRST = N_("there is no product of this SKU; import the products first")
