"""A file as typed columns: the header found and understood, every row's length checked, every cell read."""

from __future__ import annotations

from itertools import chain, islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn

from salescli.core.errors import Kind, Problem, SalesError, fail, problem
from salescli.core.i18n import N_, Message, msg
from salescli.core.jobs_columns import IGNORED, TOTALS, Column, ColumnReader, as_known, known_headers, nearest, plain
from salescli.core.jobs_files import rows
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from salescli.core.jobs_files import Source

HEADER_WITHIN = 10
"""A header may stand below a note, as in the templates other systems hand out; this far down it is looked for."""

CHUNK = 4096

REMARK = "remark"
"""Key under which columns without a place of their own are collected into the note."""

NO_HEADER = N_('"{value}" stands in a column without a header')
MISSING = N_("it is required and empty")


class Fault(NamedTuple):
    """What is wrong with a cell: row as the spreadsheet numbers it, column key, stable code, why. `key` "" = the whole row."""

    row: int
    key: str
    code: str
    reason: Message


class Layout(NamedTuple):
    """How a kind's file may look: its columns, groups of which one is required, headers kept as remarks, headers left out.

    `beside`: what a header means when another column says already what it would say alone (时间 beside 日期 is the time of day).
    """

    columns: tuple[Column, ...]
    either: tuple[tuple[str, ...], ...] = ()
    remarks: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    beside: Mapping[str, str] = MappingProxyType({})


class Header(NamedTuple):
    """The header row: its number, its cells, and what each column means (None = left out)."""

    row: int
    cells: tuple[str, ...]
    keys: tuple[str | None, ...]
    unknown: tuple[str, ...] = ()

    def name_of(self, key: str) -> str:
        """The header under which a column stands in this file."""
        return next((c.strip() for c, k in zip(self.cells, self.keys, strict=True) if k == key), key)


class Table:
    """The rows of a file: `column(key)` gives the values in file order, `rows` their numbers, `faults` what could not be read.

    `sums`: numbers of rows that only sum up others and were passed over.
    """

    def __init__(self, header: Header) -> None:
        self.header = header
        self.rows: list[int] = []
        self.faults: list[Fault] = []
        self.sums: list[int] = []
        self.values: dict[str, list[Any]] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def has(self, key: str) -> bool:
        """Whether the file has this column."""
        return key in self.values

    def column(self, key: str) -> list[Any]:
        """The column's values; all None when the file does not have it."""
        return self.values.get(key) or [None] * len(self.rows)


# --- the header ---------------------------------------------------------------------------------------------------------


def read_mapping(text: str | None, layout: Layout) -> dict[str, str | None]:
    """--map "客户名称=name,备注=": plain header -> column key, None = leave the column out. Raises SalesError (usage)."""
    mapping: dict[str, str | None] = {}
    known = known_headers(layout.columns)
    for part in (text or "").replace("，", ",").split(","):
        header, equals, key = (side.strip() for side in part.partition("="))
        if not part.strip():
            continue
        if not equals or not header or (key and plain(key) not in known):
            hint = N_('write it as --map "HEADER=column,…"; columns: {known}')
            keys = [c.key for c in layout.columns]
            fail("bad_map", N_('--map: "{part}" names no column'), kind=Kind.USAGE, hint=hint, part=part.strip(), known=keys)
        mapping[plain(header)] = known[plain(key)] if key else None
    return mapping


def find_header(first: Sequence[Sequence[str]], layout: Layout, mapping: Mapping[str, str | None], file: str) -> Header:
    """The row among the first ones with the most known headers. Raises SalesError (exit 9) with everything wrong about it."""
    names: dict[str, str | None] = {**{plain(n): None for n in (*IGNORED, *layout.left_out)}, **known_headers(layout.columns)}
    names |= {plain(n): REMARK for n in layout.remarks if plain(n) not in names}
    names |= mapping
    scores = [sum(as_known(cell, names) in names for cell in row if cell.strip()) for row in first]
    filled = next((i for i, row in enumerate(first) if any(cell.strip() for cell in row)), None)
    if filled is None:
        fail("empty_file", N_("{file} is empty"), kind=Kind.INPUT, file=file)
    place = scores.index(max(scores)) if max(scores) else filled
    cells = tuple(first[place])
    keys = _beside(cells, [names.get(as_known(cell, names)) for cell in cells], layout, mapping)
    unknown = tuple(cell.strip() for cell in cells if cell.strip() and as_known(cell, names) not in names)
    header = Header(place + 1, cells, keys, unknown)
    if not any(scores) and not any(nearest(name, layout.columns) for name in unknown):
        _refuse_headless(header, layout)
    problems = [*_unknown(header, layout, lenient=bool(mapping)), *_missing(header, layout), *_twice(header), *_unmapped(header, mapping)]
    if problems:
        raise SalesError(problems)
    return header


def _refuse_headless(header: Header, layout: Layout) -> NoReturn:
    """The first row may hold goods already: naming each of its cells an unknown column would lead to leaving them out."""
    text = N_("row {row} names no column known here ({columns}); are the names of the columns missing?")
    hint = N_('put them in the first row, or name yours with --map "HEADER=column,…"; --help lists the columns')
    known = [column.key for column in layout.columns]
    raise SalesError([_header_problem("no_header", text, hint, row=header.row, columns=list(header.unknown), known=known)])


def _beside(cells: Sequence[str], keys: Sequence[str | None], layout: Layout, mapping: Mapping[str, str | None]) -> tuple[str | None, ...]:
    """What each header means, those that stand beside another of the same meaning by their second one."""
    second = {plain(name): key for name, key in layout.beside.items() if plain(name) not in mapping}
    return tuple(
        second[word] if key is not None and keys.count(key) > 1 and (word := plain(cell)) in second else key
        for cell, key in zip(cells, keys, strict=True)
    )


def _header_problem(code: str, text: str, hint: str | None = None, **facts: Any) -> Problem:
    return problem(code, text, kind=Kind.INPUT, hint=hint, **facts)


def _unknown(header: Header, layout: Layout, *, lenient: bool) -> Iterator[Problem]:
    """Columns nobody knows. Who maps columns has chosen what to take: then only what looks like a slip is refused."""
    keys = [column.key for column in layout.columns]
    for name in header.unknown:
        near = nearest(name, layout.columns)
        near = None if near and lenient and _key_of(near, layout) in header.keys else near
        if near:
            hint = N_('did you mean "{near}"? Leave the column out with --map "{column}="')
            yield _header_problem(
                "unknown_column", N_('row {row}: unknown column "{column}"'), hint, row=header.row, column=name, near=near, known=keys
            )
        elif not lenient:
            hint = N_('name it with --map "{column}=KEY", or leave it out with --map "{column}="; --help lists the columns')
            yield _header_problem(
                "unknown_column", N_('row {row}: unknown column "{column}"'), hint, row=header.row, column=name, known=keys
            )


def _key_of(name: str, layout: Layout) -> str | None:
    return known_headers(layout.columns).get(plain(name))


def _missing(header: Header, layout: Layout) -> Iterator[Problem]:
    for column in layout.columns:
        if column.required and column.key not in header.keys:
            yield _header_problem(
                "missing_column",
                N_('the required column "{column}" is missing'),
                N_("also known as {aliases}"),
                column=column.key,
                aliases=list(column.aliases),
            )
    for group in layout.either:
        if not any(key in header.keys for key in group):
            yield _header_problem("missing_column", N_("one of these columns is required: {columns}"), columns=list(group))


def _twice(header: Header) -> Iterator[Problem]:
    for key in dict.fromkeys(k for k in header.keys if k not in (None, REMARK)):
        names = [c.strip() for c, k in zip(header.cells, header.keys, strict=True) if k == key]
        if len(names) > 1:
            hint = N_('leave one out with --map "{last}="')
            yield _header_problem("column_twice", N_('the columns {names} all mean "{key}"'), hint, names=names, key=key, last=names[-1])


def _unmapped(header: Header, mapping: Mapping[str, str | None]) -> Iterator[Problem]:
    present = {plain(cell) for cell in header.cells}
    for name in mapping:
        if name not in present:
            yield _header_problem("map_without_column", N_('--map: the file has no column "{column}"'), column=name)


# --- the rows -----------------------------------------------------------------------------------------------------------


def read_table(source: Source, layout: Layout, mapping: Mapping[str, str | None], advance: Callable[[int], None]) -> Table:
    """Read the whole file; `advance` is told how many rows went by. Raises SalesError (exit 9) when it is no table of this kind."""
    lines = rows(source)
    first = list(islice(lines, HEADER_WITHIN))
    header = find_header(first, layout, mapping, source.name)
    table = Table(header)
    columns = {c.key: c for c in layout.columns}
    readers = [ColumnReader(columns[key]) if key and key != REMARK else None for key in header.keys]
    remarks = _Remarks(header)
    body = chain(first[header.row :], lines)
    number = header.row
    while chunk := list(islice(body, CHUNK)):
        kept = list(_full_rows(table, chunk, number))
        number += len(chunk)
        _read_chunk(table, kept, readers)
        remarks.extend(kept)
        advance(len(chunk))
    for reader in readers:
        if reader is not None:
            table.values[reader.column.key] = reader.values
            _require(table, reader)
    remarks.join(table)
    return table


def _full_rows(table: Table, chunk: Sequence[list[str]], before: int) -> Iterator[list[str]]:
    """The rows that are as long as the header; empty ones and totals are passed over, others named."""
    width = len(table.header.cells)
    if (
        set(map(len, chunk)) == {width} and all(row[0] for row in chunk) and TOTALS.isdisjoint(row[0] for row in chunk)
    ):  # most files throughout
        table.rows.extend(range(before + 1, before + 1 + len(chunk)))
        yield from chunk
        return
    for number, row in enumerate(chunk, before + 1):
        if _sums_up(row):
            table.sums.append(number)
            continue
        if len(row) != width:
            if not any(cell.strip() for cell in row):
                continue
            while len(row) > width and not row[-1].strip():
                row.pop()
            if len(row) != width:
                reason = msg(N_("the row has {count} {count:cell|cells}, the header {width}"), count=len(row), width=width)
                table.faults.append(Fault(number, "", "row_length", reason))
                continue
        elif not any(cell.strip() for cell in row):
            continue
        table.rows.append(number)
        yield row


def _sums_up(row: Sequence[str]) -> bool:
    """Whether a row only sums up others. A firm may be called Total: its row has words beside the name, a sum has none."""
    first, *rest = [cell for cell in map(str.strip, row) if cell] or [""]
    return first in TOTALS and not (first.isascii() and any(sign.isalpha() for cell in rest for sign in cell))


def _read_chunk(table: Table, kept: Sequence[Sequence[str]], readers: Sequence[ColumnReader | None]) -> None:
    start = len(table.rows) - len(kept)
    for cells, reader, name in zip(zip(*kept, strict=True), readers, table.header.cells, strict=False):
        if not name.strip():
            _name_stray(table, cells, start)
        if reader is not None and reader.extend(cells):
            for place, cell in enumerate(cells, start):
                if cell in reader.bad:
                    table.faults.append(Fault(table.rows[place], reader.column.key, "bad_value", reader.bad[cell]))


def _name_stray(table: Table, cells: Sequence[str], start: int) -> None:
    """Values under no header: nobody knows what they are."""
    place = next((i for i, cell in enumerate(cells, start) if cell.strip()), None)
    if place is not None:
        table.faults.append(Fault(table.rows[place], "", "no_header", msg(NO_HEADER, value=cells[place - start].strip()[:60])))


def _require(table: Table, reader: ColumnReader) -> None:
    """Name the empty cells of a required column."""
    if not reader.column.required or None not in reader.values:
        return
    named = {fault.row for fault in table.faults if fault.key == reader.column.key}
    for number, value in zip(table.rows, reader.values, strict=True):
        if value is None and number not in named:
            table.faults.append(Fault(number, reader.column.key, "missing_value", msg(MISSING)))


class _Remarks:
    """Columns the book has no place for, joined into the note so that nothing is lost: "传真: 010-1; 开户行: …"."""

    def __init__(self, header: Header) -> None:
        self.places = [(i, header.cells[i].strip().rstrip("*")) for i, key in enumerate(header.keys) if key == REMARK]
        self.texts: list[str | None] = []

    def extend(self, kept: Sequence[Sequence[str]]) -> None:
        if self.places:
            self.texts += ["; ".join(f"{name}: {row[i].strip()}" for i, name in self.places if row[i].strip()) or None for row in kept]

    def join(self, table: Table) -> None:
        if self.places:
            notes = table.column("note")
            table.values["note"] = ["; ".join(filter(None, pair)) or None for pair in zip(notes, self.texts, strict=True)]
