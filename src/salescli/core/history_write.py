"""Collects what a command changes, row by row, and appends it to the chain at the end of the transaction (ORG-09)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from salescli.core.errors import Kind, fail
from salescli.core.history import BULK_ROWS, UNTRACKED, Author, Pending, append, bulk_image, canonical, column_defaults, tracked_columns
from salescli.core.i18n import N_
from salescli.core.money import MAX_DIGITS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlmodel import Session

    from salescli.core.reader import Reader

NAMING = ("number", "code", "sku", "key")
"""Columns that name a row to people, in the order they are looked for."""


MOST = 10**MAX_DIGITS - 1
"""The largest figure of a row: what is typed has no more digits, so only a product of two can pass it; a sum of such rows would not fit."""


class Recorder:
    """Told of bulk rows, listening to the session where there is one; `append` writes all as one command of the chain."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._columns: dict[str, list[str]] = {}
        self._defaults: dict[str, dict[str, Any]] = {}
        self._before: dict[tuple[str, int], str | None] = {}
        self.pending: list[Pending] = []
        self._touched: list[tuple[str, Any]] = []

    def listen(self, session: Session) -> None:
        """Record what this session changes."""
        from sqlalchemy import event

        event.listen(session, "before_flush", self._on_before)
        event.listen(session, "after_flush_postexec", self._on_after)

    def reset(self, reader: Reader) -> None:
        """Forget everything collected: the transaction was rolled back and goes on with this reader."""
        self._reader = reader
        self.pending, self._touched = [], []
        self._before.clear()

    def columns(self, table: str) -> list[str]:
        """The tracked columns of a table, read from the file once."""
        if table not in self._columns:
            self._columns[table] = tracked_columns(self._reader, table)
        return self._columns[table]

    def defaults(self, table: str) -> dict[str, Any]:
        """What the file itself puts into columns nobody names; columns not in it become NULL."""
        if table not in self._defaults:
            self._defaults[table] = column_defaults(self._reader, table)
        return self._defaults[table]

    def canonical(self, table: str, image: dict[str, Any] | None) -> str | None:
        """The image as the log keeps it; NULL in a column that has a default is written out."""
        return canonical(image, self.defaults(table))

    def image(self, table: str, row_id: int) -> dict[str, Any] | None:
        """The typed-in columns of a row as the file holds them now; None when there is no such row."""
        columns = self.columns(table)
        names = ", ".join(f'"{c}"' for c in columns)
        row = self._reader.connection.execute(f'SELECT {names} FROM "{table}" WHERE id = ?', (row_id,)).fetchone()
        return None if row is None else dict(zip(columns, row, strict=True))

    def _on_before(self, session: Session, _context: object, _instances: object) -> None:
        from sqlalchemy import inspect

        changed = [o for o in session.dirty if session.is_modified(o)] + list(session.deleted)
        for item in changed:
            table = item.__tablename__
            if table not in UNTRACKED:
                row_id = inspect(item).identity[0]
                self._before[table, row_id] = self.canonical(table, self.image(table, row_id))
                self._touched.append((table, row_id))
        self._touched += [(o.__tablename__, o) for o in session.new if o.__tablename__ not in UNTRACKED]

    def _on_after(self, _session: Session, _context: object) -> None:
        touched, self._touched = self._touched, []
        for table, item in touched:
            self.single(table, item if isinstance(item, int) else item.id)

    def single(self, table: str, row_id: int) -> None:
        """Record one row as the file holds it now, beside what was seen of it before."""
        before = self._before.pop((table, row_id), None)
        image = self.image(table, row_id)
        check_size(image or {})
        after = self.canonical(table, image)
        if before != after:
            self.pending.append((table, row_id, None, before, after, _name(image, before)))

    def bulk(self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Record rows inserted in bulk; each row is (id, values of `columns`…), ids ascending without gap."""
        kept = [i for i, c in enumerate(("id", *columns)) if i == 0 or not c.startswith("kept_")]
        names = [("id", *columns)[i] for i in kept[1:]]
        for start in range(0, len(rows), BULK_ROWS):
            part = rows[start : start + BULK_ROWS]
            check_size({column: _largest(cells) for column, cells in zip(columns, [*zip(*part, strict=True)][1:], strict=True)})
            if len(kept) != len(columns) + 1:
                part = [tuple([row[i] for i in kept]) for row in part]
            self.pending.append((table, part[0][0], part[-1][0], None, bulk_image(names, part), None))

    def append(self, *, verb: str, day: str, account: str, staff: str | None, document: str | None) -> None:
        """Append everything collected as one command of the chain; a no-op when nothing was."""
        append(self._reader, Author(day, account, staff, verb, document), self.pending)
        self.pending = []


def check_size(image: Mapping[str, Any]) -> None:
    """Raises SalesError (usage) for a figure that would make every total it stands in impossible."""
    for column, value in image.items():
        if type(value) is int and abs(value) > MOST:
            text = N_("the {field:code} comes to more than the book holds: {digits} digits with the decimals")
            hint = N_("look at quantity and price once more")
            fail("figure_too_large", text, kind=Kind.USAGE, hint=hint, field=column, digits=MAX_DIGITS)


def _largest(cells: Sequence[Any]) -> Any:
    """The largest figure of a column, or any text."""
    try:
        return max(cells)
    except TypeError:  # some are unknown
        return max((cell for cell in cells if type(cell) is int), default=None)


def _name(image: dict[str, Any] | None, before: str | None) -> str | None:
    """What people call the row: its number, code or key."""
    known = image or json.loads(before or "{}")
    return next((known[c] for c in NAMING if known.get(c)), None)
