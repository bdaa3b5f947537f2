"""`export all`: every table of the book as CSV, so that an office can leave with everything it owns (DAT-03)."""

from __future__ import annotations

import csv
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salescli.core.errors import Kind, fail
from salescli.core.formats.csv import harmless
from salescli.core.formats.target import replacing
from salescli.core.formats.values import machine_column
from salescli.core.i18n import N_
from salescli.core.os_reason import why

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from salescli.core.reader import Reader

SECRET = frozenset({"session", "credential", "alembic_version"})
"""Tables that are nobody's data: sign-ins, password hashes, the stamp of the last migration."""

PIECE = 10_000

UNITS = {"Amount": "amount", "Price": "price", "Quantity": "quantity", "Rate": "percent"}
"""Column types whose whole numbers are written as decimals."""


def export_all(r: Reader, folder: str, advance: Callable[[int], None], leaving: Callable[[], None]) -> list[tuple[str, int]]:
    """Write TABLE.csv for every table into `folder`; (table, rows) of each. `leaving` is called before the first row leaves.

    Raises SalesError (usage) when it is no folder.
    """
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail("cannot_write", N_("cannot write {file}: {why}"), kind=Kind.USAGE, file=folder, why=why(error))
    leaving()
    kinds = column_kinds()
    names = r.column("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    written = []
    for name in names:
        if not name.startswith("sqlite_") and name not in SECRET:
            written.append((name, _write(r, name, target / f"{name}.csv", kinds, advance)))
    return written


def column_kinds() -> dict[tuple[str, str], str]:
    """(table, column) -> how its whole numbers are written, for columns that hold money, quantities and shares."""
    from salescli.book.create import load_tables
    from salescli.core.schema import metadata

    load_tables()
    return {
        (table.name, column.name): UNITS[type(column.type).__name__]
        for table in metadata.tables.values()
        for column in table.columns
        if type(column.type).__name__ in UNITS
    }


def _write(r: Reader, name: str, path: Path, kinds: dict[tuple[str, str], str], advance: Callable[[int], None]) -> int:
    cursor = r.execute(f'SELECT * FROM "{name}" ORDER BY 1', {})
    header = [column[0] for column in cursor.description]
    count = 0
    with replacing(path) as file:
        stream = TextIOWrapper(file, encoding="utf-8", newline="")
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(header)
        while rows := cursor.fetchmany(PIECE):
            columns = [_cells(cells, kinds.get((name, key))) for key, cells in zip(header, zip(*rows, strict=True), strict=True)]
            out.writerows(zip(*columns, strict=True))
            count += len(rows)
            advance(len(rows))
        stream.flush()
        stream.detach()
    return count


def _cells(cells: Sequence[Any], kind: str | None) -> Sequence[Any]:
    return machine_column(cells, kind) if kind else [harmless(cell) for cell in cells]
