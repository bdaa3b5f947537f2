"""Proves every row of the book against its entries in the log (ORG-09, DAT-03).

Everything streams: entries and rows are read once, in order, and only the rows of the open bulk entries are held in memory.
"""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, field
from itertools import pairwise
from sqlite3 import OperationalError
from typing import TYPE_CHECKING, Any

from salescli.core.history import column_defaults, digest, tracked_columns, tracked_tables
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from salescli.core.reader import Reader

Image = dict[str, Any]


class Flaw(NamedTuple):
    """Something that does not fit: a code the caller turns into a sentence, where, and the figures."""

    code: str
    place: str
    detail: str = ""


def verify_rows(reader: Reader) -> Iterator[Flaw]:
    """Every row of every tracked table equals what the log says it is; none appeared or vanished behind the tool's back."""
    for table in tracked_tables(reader):
        yield from _Table(reader, table).flaws()
    yield from _lost_tables(reader)


def _lost_tables(reader: Reader) -> Iterator[Flaw]:
    known = set(reader.column("SELECT name FROM sqlite_master WHERE type = 'table'"))
    for table in reader.column("SELECT DISTINCT tbl FROM history WHERE tbl IS NOT NULL ORDER BY tbl"):
        if table not in known:
            yield Flaw("table_missing", str(table))


class _Own(NamedTuple):
    """An entry about a single row."""

    entry: int
    before: str | None
    after: str | None


@dataclass
class _Bulk:
    """A bulk entry, and the rows found so far that it brought."""

    entry: int
    first: int
    last: int
    columns: list[str]
    count: int
    sha256: str
    next: int = 0
    shared: bool = False
    incomplete: bool = False
    rows: list[tuple[Any, ...]] = field(default_factory=list)


_ROWS_OF = 'SELECT id, {names} FROM "{table}" WHERE id BETWEEN :first AND :last ORDER BY id'
_ANY_OWN = """
SELECT 1 FROM history WHERE tbl = :table AND row_id BETWEEN :first AND :last AND last_id IS NULL LIMIT 1"""
_OWN_OF = """
SELECT row_id, id, before, after FROM history
WHERE tbl = :table AND row_id BETWEEN :first AND :last AND last_id IS NULL ORDER BY row_id, id"""
_BULK_OF = """
SELECT id, row_id, last_id, after FROM history
WHERE tbl = :table AND last_id IS NOT NULL ORDER BY row_id, id"""

# Rows outside bulk entries that SQLite itself can show to be as their newest entry left them need no closer look.
_CHANGED = """
SELECT t.id FROM "{table}" t WHERE t.id BETWEEN :first AND :last AND {image} IS NOT (
    SELECT after FROM history h WHERE h.tbl = :table AND h.row_id = t.id AND h.last_id IS NULL ORDER BY h.id DESC LIMIT 1)"""
_BROKEN = """
SELECT row_id FROM (
    SELECT row_id, before, lag(after) OVER (PARTITION BY row_id ORDER BY id) AS left_so FROM history
    WHERE tbl = :table AND row_id BETWEEN :first AND :last AND last_id IS NULL) e
WHERE before IS NOT left_so OR NOT EXISTS (SELECT 1 FROM "{table}" t WHERE t.id = e.row_id)"""
_LAST_ID = 2**63 - 1
_MOST_COLUMNS = 90  # printf takes 100 arguments

Range = tuple[int, int]


class _Table:
    """Replays the log of one table row by row, in the order of the ids, beside the rows themselves."""

    def __init__(self, reader: Reader, table: str) -> None:
        self.reader = reader
        self.table = table
        self.columns = sorted(tracked_columns(reader, table))
        self.known = frozenset(self.columns)
        self.defaults = column_defaults(reader, table)
        self.waiting = deque(_bulk(*row) for row in reader.tuples(_BULK_OF, table=table))
        self.open: list[_Bulk] = []
        self.found: list[Flaw] = []
        self.strangers: list[int] = []

    def flaws(self) -> Iterator[Flaw]:
        """Every flaw of this table."""
        doubtful = [(i, i) for gap in _gaps(_merged((b.first, b.last) for b in self.waiting)) for i in self._doubtful(gap)]
        self.waiting = deque(b for b in _overlapping(self.waiting) if b.shared or not self._untouched(b))
        for first, last in _merged([*((b.first, b.last) for b in self.waiting), *doubtful]):
            yield from self._replay_range(first, last)
        self._open_until(None)
        yield from self._taken()
        yield from (Flaw("row_inserted", f"{self.table} {run}") for run in runs(self.strangers))

    def _untouched(self, bulk: _Bulk) -> bool:
        """Whether the rows of a bulk entry stand as it brought them: no entries of their own, same digest, younger columns at default."""
        place = {"first": bulk.first, "last": bulk.last}
        if not self.known.issuperset(bulk.columns) or self.reader.value(_ANY_OWN, table=self.table, **place):
            return False
        names = ", ".join(f'"{c}"' for c in bulk.columns) or "NULL"
        younger = self.known.difference(bulk.columns)
        at_default = "".join(f' AND "{c}" IS :at_{c}' for c in younger)
        sql = f'SELECT id, {names} FROM "{self.table}" WHERE id BETWEEN :first AND :last{at_default} ORDER BY id'
        rows = self.reader.execute(sql, {**place, **{f"at_{c}": self.defaults.get(c) for c in younger}}).fetchall()
        return len(rows) == bulk.count == bulk.last - bulk.first + 1 and digest(rows) == bulk.sha256

    def _doubtful(self, ids: Range) -> list[int]:
        """Ids whose row or entries need a closer look."""
        place = {"table": self.table, "first": ids[0], "last": ids[1]}
        found = {row[0] for row in self.reader.execute(_BROKEN.format(table=self.table), place)}
        if len(self.columns) > _MOST_COLUMNS:
            return sorted(found.union(self._ids(ids)))
        changed = _CHANGED.format(table=self.table, image=self._image_in_sql())
        try:
            found.update(row[0] for row in self.reader.execute(changed, place))
        except OperationalError:  # a value no JSON can hold, put there by hand
            found.update(self._ids(ids))
        return sorted(found)

    def _image_in_sql(self) -> str:
        """SQL for the text `canonical` makes of a row."""
        parts = [f"""CASE WHEN t."{c}" IS NULL THEN '' ELSE ',"{c}":' || json_quote(t."{c}") END""" for c in self.columns]
        return f"'{{' || substr(printf('{'%s' * len(parts)}', {', '.join(parts)}), 2) || '}}'"

    def _ids(self, ids: Range) -> list[int]:
        return self.reader.column(f'SELECT id FROM "{self.table}" WHERE id BETWEEN :first AND :last', first=ids[0], last=ids[1])

    def _replay_range(self, first: int, last: int) -> Iterator[Flaw]:
        names = ", ".join(f'"{c}"' for c in self.columns)
        place = {"table": self.table, "first": first, "last": last}
        rows = self.reader.execute(_ROWS_OF.format(names=names, table=self.table), {"first": first, "last": last})
        own = _grouped(self.reader.execute(_OWN_OF, place))
        for row_id, row, entries in _side_by_side(rows, own):
            if self.open or self.waiting:
                self._open_until(row_id)
            self._replay(row_id, row, entries)
            if self.found:
                yield from self._taken()

    def _taken(self) -> list[Flaw]:
        found, self.found = self.found, []
        return found

    def _open_until(self, row_id: int | None) -> None:
        """Close bulk entries that end before `row_id` (None: all) and open those that cover it."""
        while self.waiting and (row_id is None or self.waiting[0].first <= row_id):
            self.open.append(self.waiting.popleft())
        for bulk in [b for b in self.open if row_id is None or b.last < row_id]:
            self._missing(bulk, bulk.last + 1)
            self._close(bulk)
            self.open.remove(bulk)
        for bulk in self.open:
            self._missing(bulk, row_id or 0)

    def _missing(self, bulk: _Bulk, until: int) -> None:
        """Ids of a bulk entry passed over on the way to `until` have neither row nor entry: deleted by hand."""
        if bulk.next < until:
            bulk.incomplete = True
            self._flaw("row_deleted", str(bulk.next) if until == bulk.next + 1 else f"{bulk.next}-{until - 1}")
            bulk.next = until

    def _close(self, bulk: _Bulk) -> None:
        if bulk.incomplete:
            return
        if len(bulk.rows) != bulk.count or digest(bulk.rows) != bulk.sha256:
            self._flaw("rows_changed", f"{bulk.first}-{bulk.last}", str(bulk.entry))

    def _replay(self, row_id: int, row: Sequence[Any] | None, entries: Sequence[_Own]) -> None:
        """Follow one row through its entries; `state` is what the log says it is so far."""
        bulks = self.open
        if not bulks and entries:  # the common case: entries of its own only
            self._follow(row_id, None, entries[0].before, entries[0].entry)
            self._between(row_id, entries)
            self._end(row_id, entries[-1].after, row)
        elif bulks:
            self._replay_bulk(row_id, row, entries)
        else:
            self.strangers.append(row_id)

    def _between(self, row_id: int, entries: Sequence[_Own]) -> None:
        for earlier, later in pairwise(entries):
            self._follow(row_id, earlier.after, later.before, later.entry)

    def _replay_bulk(self, row_id: int, row: Sequence[Any] | None, entries: Sequence[_Own]) -> None:
        events: list[tuple[int, Any]] = sorted([(b.entry, b) for b in self.open] + [(e.entry, e) for e in entries], key=lambda e: e[0])
        bulk: _Bulk | None = None
        state: str | None = None
        for entry, event in events:
            if isinstance(event, _Bulk):
                self._follow(row_id, state, None, entry)
                bulk, event.next = event, row_id + 1
            else:
                if bulk:
                    self._settle(bulk, row_id, self._image(event.before))
                else:
                    self._follow(row_id, state, event.before, entry)
                bulk, state = None, event.after
        if bulk:
            self._settle(bulk, row_id, None if row is None else dict(zip(self.columns, row[1:], strict=True)))
        else:
            self._end(row_id, state, row)

    def _settle(self, bulk: _Bulk, row_id: int, image: Image | None) -> None:
        """What the row was as the bulk entry left it; columns younger than the entry must hold their default."""
        if image is None:
            bulk.incomplete = True
            self._flaw("row_deleted", str(row_id))
            return
        bulk.rows.append((row_id, *[image.get(c) for c in bulk.columns]))
        if len(bulk.columns) < len(self.columns):
            younger = [c for c in self.known.difference(bulk.columns) if image.get(c) != self.defaults.get(c)]
            if younger:
                self._flaw("row_changed", str(row_id), _difference(self.defaults, image, younger))

    def _follow(self, row_id: int, left: str | None, found: str | None, entry: int) -> None:
        """An entry must have found the row as the one before left it."""
        if left != found and self._image(left) != self._image(found):
            self._flaw("row_changed_before", str(row_id), str(entry))

    def _end(self, row_id: int, state: str | None, row: Sequence[Any] | None) -> None:
        """The row must stand in the file as its newest entry left it."""
        if row is None:
            if state is not None:
                self._flaw("row_deleted", str(row_id))
            return
        if state is None:
            self._flaw("row_returned", str(row_id))
            return
        expected = self._image(state) or {}
        actual = {c: v for c, v in zip(self.columns, row[1:], strict=True) if v is not None}
        if expected != actual:
            self._flaw("row_changed", str(row_id), _difference(expected, actual))

    def _image(self, text: str | None) -> Image | None:
        """An image with the defaults of columns it is older than, and without columns that are gone or unknown."""
        if text is None:
            return None
        image = _load(text)
        if self.defaults:
            image = {k: v for k, v in {**self.defaults, **image}.items() if v is not None}
        return image if image.keys() <= self.known else {k: v for k, v in image.items() if k in self.known}

    def _flaw(self, code: str, place: str, detail: str = "") -> None:
        self.found.append(Flaw(code, f"{self.table} {place}", detail))


def _bulk(entry: int, first: int, last: int, after: str) -> _Bulk:
    image = {"columns": [], "bulk": 0, "sha256": "", **_load(after)}
    return _Bulk(entry, first, last, image["columns"], image["bulk"], image["sha256"], next=first)


def _overlapping(bulks: Sequence[_Bulk]) -> Sequence[_Bulk]:
    """The same entries, those marked that share ids with another (rows deleted and their ids given again)."""
    widest: _Bulk | None = None
    for bulk in bulks:
        if widest and bulk.first <= widest.last:
            bulk.shared = widest.shared = True
        if widest is None or bulk.last > widest.last:
            widest = bulk
    return bulks


def _load(text: str) -> Image:
    """An image as written; nothing when somebody made it unreadable (the chain says which entry)."""
    try:
        image = json.loads(text)
    except ValueError:
        return {}
    return image if isinstance(image, dict) else {}


def _merged(ranges: Iterable[Range]) -> list[Range]:
    """Ranges of ids in order, those that touch or overlap joined."""
    joined: list[Range] = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _gaps(covered: Sequence[Range]) -> Iterator[Range]:
    """The ids between ranges, before the first and after the last."""
    start = -_LAST_ID
    for first, last in covered:
        if start < first:
            yield start, first - 1
        start = last + 1
    if start <= _LAST_ID:
        yield start, _LAST_ID


def _grouped(entries: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, list[_Own]]]:
    """Entries of single rows, ordered by row, as (row id, its entries)."""
    current, group = None, list[_Own]()
    for row_id, *rest in entries:
        if row_id != current:
            if current is not None:
                yield current, group
            current, group = row_id, []
        group.append(_Own(*rest))
    if current is not None:
        yield current, group


def _side_by_side(
    rows: Iterator[Sequence[Any]], own: Iterator[tuple[int, list[_Own]]]
) -> Iterator[tuple[int, Sequence[Any] | None, Sequence[_Own]]]:
    """Rows and their entries merged by id; one side may be missing."""
    row, entry = next(rows, None), next(own, None)
    while row is not None or entry is not None:
        if entry is None or (row is not None and row[0] < entry[0]):
            assert row is not None
            yield row[0], row, ()
            row = next(rows, None)
        elif row is None or entry[0] < row[0]:
            yield entry[0], None, entry[1]
            entry = next(own, None)
        else:
            yield row[0], row, entry[1]
            row, entry = next(rows, None), next(own, None)


def runs(ids: Sequence[int]) -> Iterator[str]:
    """Rising ids as readable runs: 5, 7-9."""
    start = 0
    for at in range(1, len(ids) + 1):
        if at == len(ids) or ids[at] != ids[at - 1] + 1:
            yield str(ids[start]) if start == at - 1 else f"{ids[start]}-{ids[at - 1]}"
            start = at


def _difference(expected: Image, actual: Image, names: Iterable[str] | None = None) -> str:
    differing = sorted(names if names is not None else (k for k in expected.keys() | actual.keys() if expected.get(k) != actual.get(k)))
    return ", ".join(f"{k}: {expected.get(k)} -> {actual.get(k)}" for k in differing[:4])
