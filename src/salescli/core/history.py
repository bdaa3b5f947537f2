"""The append-only, hash-chained log (ORG-09, DAT-03): how an entry is hashed and how the chain and the rows are proved.

An entry of a single row keeps the typed-in columns before and after as JSON. A bulk entry covers rows `row_id`..`last_id` of one table
and keeps their count and digest only: the rows themselves stand in the table, or in the `before` of whatever changed them since.
Columns named `kept_…` (balances, counters) are derived, so they are in no image; `salescli check` proves those from the documents.
Standard library only: both doors use it.
"""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from salescli.core.reader import Reader

START = "0" * 64
"""What the first entry names as its predecessor's hash."""

BULK_ROWS = 1000
"""Rows covered by one bulk entry: small enough to say roughly where a digest fails."""

UNTRACKED = frozenset(
    {"history", "number_series", "alembic_version", "session", "credential", "sqlite_stat1", "sqlite_sequence", "sqlite_stat4"}
)
"""Tables whose rows are no history of the office: the log itself, counters, sign-ins."""


class Entry(NamedTuple):
    """One row of the log, in column order."""

    id: int
    command: int
    at: str
    day: str
    os_account: str
    staff: str | None
    verb: str
    document: str | None
    tbl: str | None
    row_id: int | None
    last_id: int | None
    before: str | None
    after: str | None
    prev: str
    hash: str


COLUMNS = ", ".join(Entry._fields)


def canonical(image: dict[str, Any] | None) -> str | None:
    """An image as the one JSON text it can be: sorted keys, no blanks, unknown values left out."""
    if image is None:
        return None
    return json.dumps({k: v for k, v in image.items() if v is not None}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entry_hash(fields: Sequence[Any]) -> str:
    """The hash of an entry from all its fields but the hash itself (the last of them is the predecessor's hash)."""
    return sha256("\x1f".join(["" if f is None else str(f) for f in fields]).encode()).hexdigest()


def tracked_columns(reader: Reader, table: str) -> list[str]:
    """The typed-in columns of a table: all but the id and the kept ones, in the order of the file."""
    found = reader.tuples(f"SELECT name FROM pragma_table_info('{table}')")
    return [name for (name,) in found if name != "id" and not name.startswith("kept_")]


def tracked_tables(reader: Reader) -> list[str]:
    """Every table of the file whose rows the log must account for."""
    names = reader.column("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [n for n in names if n not in UNTRACKED and not n.startswith("sqlite_")]


def digest(rows: Iterable[Sequence[Any]]) -> str:
    """Digest of rows of a bulk entry, each as (id, values in the entry's column order)."""
    return sha256("\n".join([repr(tuple(row)) for row in rows]).encode()).hexdigest()


def bulk_image(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """The `after` of a bulk entry."""
    return json.dumps({"bulk": len(rows), "columns": list(columns), "sha256": digest(rows)}, separators=(",", ":"))


# What is to be logged of one row: (table, row id, last id of a bulk entry, before, after, document)
Pending = tuple[str | None, int | None, int | None, str | None, str | None, str | None]


class Author(NamedTuple):
    """Who and when, the same for all entries of one command."""

    day: str
    account: str
    staff: str | None
    verb: str
    document: str | None = None


def append(reader: Reader, author: Author, pending: Sequence[Pending]) -> None:
    """Append entries to the chain as one command; must run inside a write transaction on the reader's connection."""
    if not pending:
        return
    last, prev = head(reader)
    command = (reader.value("SELECT max(command) FROM history") or 0) + 1
    at = datetime.now().astimezone().isoformat(timespec="milliseconds")
    day, account, staff, verb, document = author
    rows = []
    for number, (table, row_id, last_id, before, after, name) in enumerate(pending, last + 1):
        fields = (number, command, at, day, account, staff, verb, name or document, table, row_id, last_id, before, after, prev)
        prev = entry_hash(fields)
        rows.append((*fields, prev))
    marks = ", ".join("?" * len(Entry._fields))
    reader.connection.executemany(f"INSERT INTO history ({COLUMNS}) VALUES ({marks})", rows)


def log_export(report: str, target: str) -> None:
    """Leave one line for rows read beyond one's own scope (DAT-02, X-15). Standard library only: it belongs to a read."""
    from salescli.core import context as here
    from salescli.core.access import sign_in
    from salescli.core.reader import Reader, book_path, connect_to_write, translated

    path = book_path()
    now = here.current()
    with translated(path):
        connection = connect_to_write(path)
        try:
            connection.execute("BEGIN IMMEDIATE")
            reader = Reader(connection, now.today)
            actor = sign_in(reader, now.user, now.today)
            author = Author(now.today.isoformat(), actor.os_account, actor.code, f"export {report}")
            append(reader, author, [(None, None, None, None, target, None)])
            connection.execute("COMMIT")
        finally:
            connection.close()


class Flaw(NamedTuple):
    """Something `history --verify` found: where, and a code that the command line turns into a sentence."""

    code: str
    place: str
    detail: str


def verify_chain(reader: Reader) -> Iterator[Flaw]:
    """Every entry names its predecessor's hash, carries its own, and ids run without gap."""
    prev, expected = START, 1
    for row in reader.execute(f"SELECT {COLUMNS} FROM history ORDER BY id", {}):
        entry_id, named, own = row[0], row[13], row[14]
        if entry_id != expected:
            yield Flaw("entry_missing", str(expected), str(entry_id - expected))
        if named != prev:
            yield Flaw("chain_broken", str(entry_id), "")
        if entry_hash(row[:14]) != own:
            yield Flaw("entry_changed", str(entry_id), "")
        prev, expected = own, entry_id + 1


def head(reader: Reader) -> tuple[int, str]:
    """Number and hash of the newest entry; (0, zeros) in an empty log."""
    row = reader.tuples("SELECT id, hash FROM history ORDER BY id DESC LIMIT 1")
    return row[0] if row else (0, START)


def verify_against(reader: Reader, entry_id: int | None, known: str) -> Iterator[Flaw]:
    """The chain still holds an entry known from a backup or a noted hash (a cut tail or a rewritten chain does not)."""
    found = reader.value("SELECT id FROM history WHERE hash = :known", known=known)
    if found is None and known != START:
        yield Flaw("known_hash_missing", known[:16], str(entry_id or ""))
    elif entry_id is not None and found != entry_id and known != START:
        yield Flaw("known_hash_moved", known[:16], f"{entry_id} -> {found}")


def verify_rows(reader: Reader) -> Iterator[Flaw]:
    """Every row of every tracked table equals what the log says it is; none appeared or vanished behind the tool's back."""
    for table in tracked_tables(reader):
        yield from _verify_table(reader, table)


class _Span(NamedTuple):
    entry: int
    first: int
    last: int
    image: str


def _verify_table(reader: Reader, table: str) -> Iterator[Flaw]:
    columns = tracked_columns(reader, table)
    defaults = _defaults(reader, table)
    last, firsts = _logged_rows(reader, table)
    spans = _spans(reader, table)
    yield from _verify_single(reader, table, columns, defaults, last, spans)
    for span in spans:
        yield from _verify_span(reader, table, span, firsts, defaults)


def _logged_rows(reader: Reader, table: str) -> tuple[dict[int, int], dict[int, list[int]]]:
    """For rows with entries of their own: the newest entry's id, and all entry ids in order (to find a first `before`)."""
    last: dict[int, int] = {}
    every: dict[int, list[int]] = {}
    sql = "SELECT row_id, id FROM history WHERE tbl = :t AND last_id IS NULL AND row_id IS NOT NULL ORDER BY id"
    for row_id, entry in reader.execute(sql, {"t": table}):
        last[row_id] = entry
        every.setdefault(row_id, []).append(entry)
    return last, every


def _spans(reader: Reader, table: str) -> list[_Span]:
    sql = "SELECT id, row_id, last_id, after FROM history WHERE tbl = :t AND last_id IS NOT NULL ORDER BY row_id"
    return reader.rows(_Span, sql, t=table)


def _defaults(reader: Reader, table: str) -> dict[str, Any]:
    """What a column added by a later migration reads as in an older image."""
    found = reader.tuples(f"SELECT name, dflt_value FROM pragma_table_info('{table}') WHERE dflt_value IS NOT NULL")
    return {name: reader.value(f"SELECT {default}") for name, default in found}


def _verify_single(
    reader: Reader, table: str, columns: list[str], defaults: dict[str, Any], last: dict[int, int], spans: list[_Span]
) -> Iterator[Flaw]:
    names = ", ".join(f'"{c}"' for c in columns)
    covered = _Cover(spans)
    seen = set()
    strangers: list[int] = []
    images = _images(reader, table)
    for row_id, *values in reader.execute(f'SELECT id, {names} FROM "{table}" ORDER BY id', {}):
        if row_id in last:
            seen.add(row_id)
            image = images.get(row_id)
            expected = {**defaults, **json.loads(image)} if image else None
            actual = {k: v for k, v in zip(columns, values, strict=True) if v is not None}
            if expected is None or {k: v for k, v in expected.items() if k in actual or v is not None} != actual:
                yield Flaw("row_changed", f"{table} {row_id}", _difference(expected, actual))
        elif not covered.holds(row_id):
            strangers.append(row_id)
    yield from (Flaw("row_inserted", f"{table} {run}", "") for run in _runs(strangers))
    yield from (Flaw("row_deleted", f"{table} {i}", "") for i in last.keys() - seen if images.get(i) is not None)


def _images(reader: Reader, table: str) -> dict[int, str | None]:
    """The newest `after` of each row that has entries of its own (None = deleted)."""
    sql = "SELECT row_id, after FROM history WHERE tbl = :t AND last_id IS NULL AND row_id IS NOT NULL ORDER BY id"
    return dict(reader.tuples(sql, t=table))


def _runs(ids: list[int]) -> Iterator[str]:
    """Rising ids as readable runs: 5, 7-9."""
    start = 0
    for at in range(1, len(ids) + 1):
        if at == len(ids) or ids[at] != ids[at - 1] + 1:
            yield str(ids[start]) if start == at - 1 else f"{ids[start]}-{ids[at - 1]}"
            start = at


class _Cover:
    """Whether an id lies in one of the sorted spans; asked in rising order, so a pointer is enough."""

    def __init__(self, spans: list[_Span]) -> None:
        self._spans = spans
        self._at = 0

    def holds(self, row_id: int) -> bool:
        while self._at < len(self._spans) and self._spans[self._at].last < row_id:
            self._at += 1
        return self._at < len(self._spans) and self._spans[self._at].first <= row_id


def _difference(expected: dict[str, Any] | None, actual: dict[str, Any]) -> str:
    if expected is None:
        return ""
    names = sorted(k for k in expected.keys() | actual.keys() if expected.get(k) != actual.get(k))
    return ", ".join(f"{k}: {expected.get(k)} -> {actual.get(k)}" for k in names[:4])


def _verify_span(reader: Reader, table: str, span: _Span, entries: dict[int, list[int]], defaults: dict[str, Any]) -> Iterator[Flaw]:
    image = json.loads(span.image)
    columns = image["columns"]
    names = ", ".join(f'"{c}"' for c in columns)
    sql = f'SELECT id, {names} FROM "{table}" WHERE id BETWEEN :first AND :last'
    rows = {row[0]: row for row in reader.execute(sql, {"first": span.first, "last": span.last})}
    for row_id in range(span.first, span.last + 1):
        later = [e for e in entries.get(row_id, ()) if e > span.entry]
        if later:
            before = {**defaults, **json.loads(reader.value("SELECT before FROM history WHERE id = :id", id=later[0]) or "{}")}
            rows[row_id] = (row_id, *(before.get(c) for c in columns))
    if len(rows) != image["bulk"] or digest(rows[i] for i in sorted(rows)) != image["sha256"]:
        yield Flaw("rows_changed", f"{table} {span.first}-{span.last}", f"{len(rows)}/{image['bulk']}")
