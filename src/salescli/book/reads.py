"""`salescli history`: who changed what, when, under which command (ORG-09)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.book.fields import Values
from salescli.core.errors import Kind, fail
from salescli.core.history import BULK_ROWS
from salescli.core.i18n import N_, msg
from salescli.core.lookup import find
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.reader import Reader

COLUMNS = (
    Column("id", N_("Entry"), "rank"),
    Column("at", N_("At"), "time"),
    Column("day", N_("Day"), "date"),
    Column("staff", N_("Staff")),
    Column("account", N_("OS account")),
    Column("verb", N_("Command")),
    Column("document", N_("Document")),
    Column("change", N_("Change")),
)


class Wanted(NamedTuple):
    """What to look for; None = anything."""

    document: str | None = None
    staff: str | None = None
    since: date | None = None
    verb: str | None = None


class _Row(NamedTuple):
    id: int
    at: str
    day: str
    staff: str | None
    account: str
    verb: str
    document: str | None
    tbl: str | None
    row_id: int | None
    last_id: int | None
    before: str | None
    after: str | None


_SELECT = """
SELECT id, at, day, staff, os_account, verb, document, tbl, row_id, last_id, before, after
FROM history WHERE {conditions} ORDER BY id DESC LIMIT :limit"""


def listing(r: Reader, wanted: Wanted, limit: int | None) -> Report:
    """Entries, newest first. Raises SalesError (exit 3) for a document or person the book does not know."""
    conditions, values = _conditions(r, wanted)
    most = -1 if limit is None else limit + 1
    found = r.rows(_Row, _SELECT.format(conditions=" AND ".join(conditions)), **values, limit=most)
    shown = found if limit is None else found[:limit]
    more = (msg(N_("older entries are not shown: --limit N, or --since DAY")),) if len(shown) < len(found) else ()
    read = Values(r)
    rows = [(*entry[:7], _change(read, entry)) for entry in shown]
    empty = msg(N_("No entry fits; salescli history shows the newest ones"))
    return Report("history", msg(N_("History")), COLUMNS, rows, notes=more, empty=empty)


def _change(read: Values, entry: _Row) -> str:
    if entry.last_id is None or entry.row_id is None:
        return read.changes(entry.tbl, entry.before, entry.after)
    rows = entry.last_id - entry.row_id + 1
    return msg(N_("{rows:,} {rows:row|rows} of {table:code} brought in together"), rows=rows, table=entry.tbl).render()


def _conditions(r: Reader, wanted: Wanted) -> tuple[list[str], dict[str, Any]]:
    """The SQL conditions and their values. Somebody who sees his team only reads what his team did."""
    conditions, values = ["1 = 1"], dict[str, Any]()
    team = r.actor.visible("customers")
    if team is not None:
        conditions.append(f"staff IN (SELECT code FROM staff WHERE id IN ({', '.join(map(str, team)) or 'NULL'}))")
    if wanted.document:
        conditions.append(_about(r, wanted.document, values))
    if wanted.staff:
        conditions.append("staff = :staff")
        values["staff"] = find(r, "staff", wanted.staff).code
    if wanted.since:
        conditions.append("day >= :since")
        values["since"] = wanted.since
    if wanted.verb:
        conditions.append("(verb = :verb OR substr(verb, 1, :verb_length) = :verb || ' ')")
        values |= {"verb": wanted.verb, "verb_length": len(wanted.verb) + 1}
    return conditions, values


def _about(r: Reader, document: str, values: dict[str, Any]) -> str:
    """Entries that name the document, and those about the rows that carry its number: a bulk entry names none."""
    values |= {"document": document, "upper": document.upper()}
    parts = ["document IN (:document, :upper)"]
    for number, (table, row_id) in enumerate(_rows_named(r, document)):
        values |= {f"table{number}": table, f"row{number}": row_id}
        parts.append(f"(tbl = :table{number} AND row_id = :row{number} AND last_id IS NULL)")
        near = f"row_id BETWEEN :row{number} - {BULK_ROWS - 1} AND :row{number}"
        parts.append(f"(tbl = :table{number} AND {near} AND last_id >= :row{number})")
    known = len(parts) > 1 or r.value("SELECT 1 FROM history WHERE document IN (:document, :upper) LIMIT 1", **values)
    if not known:
        hint = N_("salescli history shows the newest entries and what they are about")
        fail("document_not_found", N_("nothing in the history is called {document}"), kind=Kind.NOT_FOUND, hint=hint, document=document)
    return f"({' OR '.join(parts)})"


def _rows_named(r: Reader, document: str) -> list[tuple[str, int]]:
    """Rows whose number, code or SKU the document is."""
    homes = r.tuples(
        """SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c
           WHERE t.type = 'table' AND c.name IN ('number', 'code', 'sku') ORDER BY t.name"""
    )
    found: list[tuple[str, int]] = []
    for table, column in homes:
        ids = r.column(f'SELECT id FROM "{table}" WHERE "{column}" IN (:document, :upper)', document=document, upper=document.upper())
        found += [(table, row_id) for row_id in ids]
    return found
