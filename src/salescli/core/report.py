"""What a command hands back: a Report (rows to read) or a Done (what a write changed). Values only, no printing.

All are NamedTuples (`report._replace(rows=...)`): every start pays for them, and a frozen dataclass costs 0.7 ms to make.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal, NoReturn, overload

from salescli.core.errors import Kind, Problem, fail
from salescli.core.i18n import N_, Message, _
from salescli.core.record import NamedTuple

CellKind = Literal["text", "code", "int", "amount", "price", "quantity", "percent", "date", "time", "bool", "rank", "figure"]
TEXT_KINDS = frozenset({"text", "code", "date", "time", "bool"})  # written from the left; every other kind is a number
RAW_TEXT = frozenset({"text", "code"})
NOTHING: Mapping[str, Any] = MappingProxyType({})


class Column(NamedTuple):
    """One typed column; `title` is a marked English text, `total=True` sums the column over all rows."""

    key: str
    title: str
    kind: CellKind = "text"
    total: bool = False


class Figure(NamedTuple):
    """A cell of a kind="figure" column, whose rows differ in unit: sales in money beside visits in a count."""

    kind: CellKind
    value: int | str | None


class Lines(Sequence[tuple[Any, ...]]):
    """Rows made of what was found only when they are asked for: a list of tens of thousands need not stand in memory twice."""

    def __init__(self, found: Sequence[Any], make: Callable[[Any], tuple[Any, ...]]) -> None:
        self.found, self.make = found, make

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return map(self.make, self.found)

    @overload
    def __getitem__(self, place: int) -> tuple[Any, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> list[tuple[Any, ...]]: ...
    def __getitem__(self, place: int | slice) -> tuple[Any, ...] | list[tuple[Any, ...]]:
        return list(map(self.make, self.found[place])) if isinstance(place, slice) else self.make(self.found[place])


class Report(NamedTuple):
    """Rows in column order (money, price, quantity, rate as integers, dates ISO text, None unknown).

    `totals` are raw values by column key, over all rows; keys that are no column of the rows are described by `figures`.
    `record=True` draws each row as a list of fields for people. `beyond_own`: rows beyond the reader's own scope.
    `chosen`: somebody asked for just these columns.
    """

    name: str
    title: Message
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Any, ...]]
    totals: Mapping[str, int | str | None] = NOTHING
    notes: tuple[Message, ...] = ()
    as_of: str | None = None
    empty: Message | None = None
    beyond_own: bool = False
    record: bool = False
    figures: tuple[Column, ...] = ()
    chosen: bool = False

    def all_totals(self) -> dict[str, int | str | None]:
        """The given totals and the sum of every `total` column that has none yet, in column order; None where no row knows a value."""
        wanted = [(i, c.key) for i, c in enumerate(self.columns) if c.total and c.key not in self.totals]
        sums = {key: _sum([row[i] for row in self.rows]) for i, key in wanted}
        known = {**sums, **self.totals}
        return {key: known[key] for key in [*(c.key for c in self.columns if c.key in known), *known]}

    def empty_message(self) -> Message:
        """What to say when there are no rows."""
        return self.empty or Message(N_("Nothing to show."))


def _sum(values: Sequence[int | None]) -> int | None:
    """The sum of what is known; nothing is known of values that all are hidden or missing."""
    known = [value for value in values if value is not None]
    return sum(known) if known or not values else None


class OutputOptions(NamedTuple):
    """The output options of CLI.md §1 as typed: format name, file, "a,b" columns, "col" or "-col" sort keys, row limit."""

    format: str | None = None
    output: str | None = None
    columns: str | None = None
    sort: str | None = None
    limit: int | None = None


class Change(NamedTuple):
    """One field a write changed, as text before and after; None where there was or is nothing."""

    field: str
    before: str | None
    after: str | None


class Done(NamedTuple):
    """What a write did: sentence, document number, changed fields, next command lines, plain facts, warnings."""

    message: Message
    document: str | None = None
    changes: tuple[Change, ...] = ()
    next: tuple[str, ...] = ()
    facts: Mapping[str, Any] = NOTHING
    warnings: tuple[Problem, ...] = ()


def arranged(report: Report, options: OutputOptions) -> Report:
    """The report sorted and limited as asked, its totals fixed over all rows first. Raises usage problems."""
    if options.limit is not None and options.limit < 0:
        fail("bad_limit", N_("--limit takes 0 or more, not {limit}"), kind=Kind.USAGE, limit=options.limit)
    rows = _sorted(report, options.sort) if options.sort else report.rows
    rows = rows if options.limit is None else rows[: options.limit]
    empty = Message(N_("{count} {count:row|rows}, none of them shown"), {"count": len(report.rows)}) if report.rows else report.empty
    return report._replace(rows=rows, totals=report.all_totals(), empty=empty)


def with_columns(report: Report, names: str) -> Report:
    """The report with only the named columns, in the order named (key or translated title). Raises usage problems."""
    places = [_place(report, name) for name in _names(names)]
    if not places:
        fail("no_columns", N_("--columns needs at least one column: {known}"), kind=Kind.USAGE, known=[c.key for c in report.columns])
    columns = tuple(report.columns[i] for i in places)
    dropped = {c.key for c in report.columns} - {c.key for c in columns}
    totals = {key: value for key, value in report.totals.items() if key not in dropped}
    return report._replace(columns=columns, rows=[tuple(row[i] for i in places) for row in report.rows], totals=totals, chosen=True)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.replace("，", ",").split(",") if name.strip()]


def _place(report: Report, name: str) -> int:
    """The position of a column by key or by its title in the language in use."""
    known = {_(c.title).lower(): i for i, c in enumerate(report.columns)} | {c.key: i for i, c in enumerate(report.columns)}
    place = known.get(name, known.get(name.lower()))
    if place is None:
        _unknown_column(name, [c.key for c in report.columns])
    return place


def _unknown_column(name: str, keys: list[str]) -> NoReturn:
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), keys, n=1)
    hint = N_("did you mean {near}? Columns: {known}") if near else N_("columns: {known}")
    fail("unknown_column", N_("there is no column {name}"), kind=Kind.USAGE, hint=hint, name=name, near="".join(near), known=keys)


def _sorted(report: Report, keys: str) -> list[tuple[Any, ...]]:
    """Rows by the named columns; the first named counts most, equal rows keep their order, unknown values come last."""
    rows = list(report.rows)
    for name in reversed(_names(keys)):
        place = _place(report, name.removeprefix("-"))
        blank = [row for row in rows if _raw(row[place]) is None]
        known = [row for row in rows if _raw(row[place]) is not None]
        rows = _ordered(known, place, name.startswith("-")) + blank
    return rows


def _ordered(rows: list[tuple[Any, ...]], place: int, descending: bool) -> list[tuple[Any, ...]]:
    try:
        return sorted(rows, key=lambda row: _raw(row[place]), reverse=descending)
    except TypeError:  # figures of different kinds: numbers among numbers, texts among texts
        return sorted(rows, key=lambda row: (isinstance(_raw(row[place]), str), str(_raw(row[place]))), reverse=descending)


def _raw(cell: Any) -> Any:
    return cell.value if isinstance(cell, Figure) else cell
