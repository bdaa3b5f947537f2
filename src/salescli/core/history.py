"""The append-only, hash-chained log (ORG-09, DAT-03): what an entry is, how it is hashed, how entries are appended.

An entry of a single row keeps the typed-in columns before and after as JSON. A bulk entry covers rows `row_id`..`last_id` of one table
and keeps their count and digest only: the rows themselves stand in the table, or in the `before` of whatever changed them since.
Columns named `kept_…` (balances, counters) are derived, so they are in no image; `salescli check` proves those from the documents.
Standard library only: both doors use it. The proof of the whole log is core.history_verify.
"""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

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

# One text per value, whatever the Python: repr() would escape other characters with each new Unicode version.
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=repr).encode

BETWEEN = "\x1f"
NOTHING = "\x1e"


def canonical(image: Mapping[str, Any] | None, explicit: Collection[str] = ()) -> str | None:
    """An image as the one JSON text it can be: sorted keys, no blanks, unknown values left out.

    `explicit` columns are written even when unknown: a missing one would read as its default.
    """
    if image is None:
        return None
    return _encode({k: v for k, v in image.items() if v is not None or k in explicit})


def entry_hash(fields: Sequence[Any]) -> str:
    """The hash of an entry from all its fields but the hash itself (the last of them is the predecessor's hash)."""
    text = BETWEEN.join([NOTHING if f is None else str(f) for f in fields])
    if text.count(BETWEEN) != len(fields) - 1:  # a field holds the separator: JSON leaves no doubt where it ends
        text = _encode(list(fields))
    return sha256(text.encode()).hexdigest()


def tracked_columns(reader: Reader, table: str) -> list[str]:
    """The typed-in columns of a table: all but the id and the kept ones, in the order of the file."""
    found = reader.tuples(f"SELECT name FROM pragma_table_info('{table}')")
    return [name for (name,) in found if name != "id" and not name.startswith("kept_")]


def column_defaults(reader: Reader, table: str) -> dict[str, Any]:
    """What a column reads as in an image written before a migration added it; columns without a default are unknown there."""
    found = reader.tuples(f"SELECT name, dflt_value FROM pragma_table_info('{table}') WHERE dflt_value IS NOT NULL")
    return {name: reader.value(f"SELECT {default}") for name, default in found}


def tracked_tables(reader: Reader) -> list[str]:
    """Every table of the file whose rows the log must account for."""
    names = reader.column("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [n for n in names if n not in UNTRACKED and not n.startswith("sqlite_")]


def digest(rows: Iterable[Sequence[Any]]) -> str:
    """Digest of rows of a bulk entry, each as (id, values in the entry's column order)."""
    return sha256(_encode(list(rows)).encode()).hexdigest()


def bulk_image(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """The `after` of a bulk entry."""
    return _encode({"bulk": len(rows), "columns": list(columns), "sha256": digest(rows)})


# What is to be logged of one row: (table, row id, last id of a bulk entry, before, after, document)
Pending = tuple[str | None, int | None, int | None, str | None, str | None, str | None]


class Author(NamedTuple):
    """Who and when, the same for all entries of one command."""

    day: str
    account: str
    staff: str | None
    verb: str
    document: str | None = None


class Head(NamedTuple):
    """The newest entry: its number, its hash, and the number of the command it belongs to."""

    id: int
    hash: str
    command: int


def head(reader: Reader) -> Head:
    """The newest entry; (0, zeros, 0) in an empty log."""
    return reader.first(Head, "SELECT id, hash, command FROM history ORDER BY id DESC LIMIT 1") or Head(0, START, 0)


def append(reader: Reader, author: Author, pending: Sequence[Pending]) -> None:
    """Append entries to the chain as one command; must run inside a write transaction on the reader's connection."""
    if not pending:
        return
    last, prev, command = head(reader)
    at = datetime.now().astimezone().isoformat(timespec="milliseconds")
    day, account, staff, verb, document = author
    rows = []
    for number, (table, row_id, last_id, before, after, name) in enumerate(pending, last + 1):
        fields = (number, command + 1, at, day, account, staff, verb, name or document, table, row_id, last_id, before, after, prev)
        prev = entry_hash(fields)
        rows.append((*fields, prev))
    marks = ", ".join("?" * len(Entry._fields))
    reader.connection.executemany(f"INSERT INTO history ({COLUMNS}) VALUES ({marks})", rows)


def log_export(report: str, target: str) -> None:
    """Leave one line for rows read beyond one's own scope (DAT-02, X-15)."""
    log_line(f"export {report}", target)


def log_line(verb: str, after: str) -> None:
    """Append one entry about no row to the book of this call. Standard library only: it belongs to commands that read."""
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
            author = Author(now.today.isoformat(), actor.os_account, actor.code, verb, None)
            append(reader, author, [(None, None, None, None, after, None)])
            connection.execute("COMMIT")
        finally:
            connection.close()
