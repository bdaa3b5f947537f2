"""The writing door: one transaction, one commit at the end or nothing at all.

Rows are changed through an SQLModel session, which is made (and its library loaded: most of a write's time) when a command first asks
for it; bulk loads go past it. Both work on one connection inside the same transaction, and both leave their history.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from salescli.core import context as here
from salescli.core.access import Actor, os_account, require, sign_in
from salescli.core.errors import Kind, Problem, SalesError, problem
from salescli.core.history_write import Recorder
from salescli.core.i18n import N_
from salescli.core.numbering import next_number
from salescli.core.reader import BookConnection, Reader, book_path, check_version, connect_to_write, require_file, translated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sqlmodel import Session

    from salescli.core.approval import Ask
    from salescli.core.schema import Book

Row = TypeVar("Row", bound="Book")


class Writer:
    """What an action works with: the session, a reader inside the same transaction, the acting person and the business day."""

    def __init__(self, connection: BookConnection, today: date, verb: str) -> None:
        self.connection = connection
        self.today = today
        self.verb = verb
        self.document: str | None = None
        self.keeps = True  # False on a dry run: nothing is written beside the book either
        self.refusal: SalesError | None = None  # told after the commit: requests were filed instead
        self.warnings: list[Problem] = []  # told with what was done, by whatever noticed
        self.reader = Reader(connection, today)
        self.recorder = Recorder(Reader(connection, today))  # this reader never flushes
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """The session in which rows are changed; made at the first call."""
        if self._session is None:
            from salescli.core.session_write import session_on

            self._session = session_on(self.connection)
            self.recorder.listen(self._session)
            self.reader.before_query = self._session.flush
        return self._session

    def flush(self) -> None:
        """Let the file see what the session changed."""
        if self._session is not None:
            self._session.flush()

    def loaded(self) -> list[Any]:
        """The rows the session holds."""
        return [] if self._session is None else list(self._session.identity_map.values())

    @property
    def actor(self) -> Actor:
        """The acting person."""
        return self.reader.actor

    def policy(self, key: str, on: date | None = None) -> Any:
        """The office's value of a parameter on a day."""
        return self.reader.policy(key, on)

    def add(self, row: Row) -> Row:
        """Add a row and flush, so that its id is known and its CHECKs have spoken."""
        self.session.add(row)
        self.session.flush()
        return row

    def get(self, table: type[Row], row_id: int) -> Row:
        """The row with this id, which must exist."""
        return self.session.get_one(table, row_id)

    def number(self, series: str, day: date | None = None) -> str:
        """The next document number of a series, by the document's month."""
        return next_number(self.reader, series, day or self.today)

    def next_id(self, table: type[Book] | str) -> int:
        """The first free id of a table; safe because the write lock is held."""
        return int(self.reader.value(f'SELECT coalesce(max(id), 0) + 1 FROM "{_name(table)}"'))

    def insert_many(self, table: type[Book] | str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows (id, values of `columns`…) in bulk, ids ascending from `next_id`; values as the file keeps them.

        The log gets a digest per thousand rows instead of an image per row (PERFORMANCE.md: 100,000 lines in about a second).
        Columns left out take the file's default, which is the model's: the log reads them so too, and they cost nothing.
        """
        if not rows:
            return
        self.flush()
        name = _name(table)
        _insert_rows(self.connection, name, ("id", *columns), rows)
        self.recorder.bulk(name, columns, rows)

    def insert_records(self, table: type[Book] | str, records: Sequence[Mapping[str, Any]]) -> int:
        """Insert rows given by column name in bulk; columns left out take the file's default. Returns the first row's id."""
        first = self.next_id(table)
        named = dict.fromkeys(chain.from_iterable(records))
        fill = {c: self.recorder.defaults(_name(table)).get(c) for c in named}
        rows = [(first + i, *[_kept(r.get(c, d)) for c, d in fill.items()]) for i, r in enumerate(records)]
        self.insert_many(table, list(fill), rows)
        return first

    def insert_one(self, table: str, values: Mapping[str, Any]) -> None:
        """Insert one row of a bulk load, logged with its image."""
        self.flush()
        rows = [tuple(_kept(v) for v in values.values())]
        _insert_rows(self.connection, table, tuple(values), rows)
        self.recorder.single(table, int(self.reader.value("SELECT last_insert_rowid()")))

    def note(self, document: str | None = None, after: str | None = None) -> None:
        """Append an entry about no row: an export, a print, a message sent."""
        self.recorder.pending.append((None, None, None, None, after, document))

    def sign_in(self, user: str | None) -> None:
        """Find out who acts, inside this transaction."""
        self.reader._actor = sign_in(self.reader, user, self.today)

    def act_as(self, actor: Actor) -> None:
        """Let this actor act (creation of a book, when nobody is in it yet)."""
        self.reader._actor = actor

    def finish(self) -> None:
        """Flush and append the history of the command; the commit follows at the edge."""
        self.flush()
        actor = self.reader._actor
        self.recorder.append(
            verb=self.verb,
            day=self.today.isoformat(),
            account=actor.os_account if actor else os_account(),
            staff=actor.code if actor else None,
            document=self.document,
        )

    def commit(self) -> None:
        """Keep what the command did, for good."""
        if self._session is not None:
            self._session.commit()
        self.connection.commit()  # a session that was asked for nothing has no part in the transaction

    def roll_back(self) -> None:
        """Undo what the command did."""
        if self._session is not None:
            self._session.rollback()
        self.connection.rollback()

    @contextmanager
    def unlocked(self) -> Iterator[None]:
        """Let others write while something slow goes on; before anything was changed, and what was read may be old afterwards."""
        actor = self.actor
        self.roll_back()
        yield
        self.begin()
        self.act_as(actor)

    def close(self) -> None:
        """Let go of the session; the connection is closed by whoever opened it."""
        if self._session is not None:
            self._session.close()

    def begin(self) -> None:
        """Start once more after a roll-back, knowing nothing of what was."""
        if not self.connection.in_transaction:
            self.connection.execute("BEGIN IMMEDIATE")
        self.reader = Reader(self.connection, self.today)
        self.recorder.reset(Reader(self.connection, self.today))
        if self._session is not None:
            self.reader.before_query = self._session.flush


ROWS_AT_ONCE = 50
"""Rows in one INSERT: fewer, longer statements are faster by a quarter."""


def _insert_rows(connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{c}"' for c in columns)
    marks = f"({', '.join('?' * len(columns))})"
    start = f'INSERT INTO "{table}" ({names}) VALUES '
    whole = len(rows) - len(rows) % ROWS_AT_ONCE
    pieces = (list(chain.from_iterable(rows[i : i + ROWS_AT_ONCE])) for i in range(0, whole, ROWS_AT_ONCE))
    connection.executemany(start + ", ".join([marks] * ROWS_AT_ONCE), pieces)
    connection.executemany(start + marks, rows[whole:])


def _kept(value: Any) -> Any:
    """A value as the file keeps it: the digest of a bulk entry must see what a later proof will read."""
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def _name(table: type[Book] | str) -> str:
    return table if isinstance(table, str) else str(table.__tablename__)


@contextmanager
def transaction(path: Path) -> Iterator[BookConnection]:
    """A connection that holds the write lock, rolled back unless committed; what SQLite says about the file becomes exit 8."""
    with translated(path):
        try:
            with closing(connect_to_write(path)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
        except Exception as error:
            if isinstance(told := getattr(error, "orig", None), sqlite3.Error):  # what SQLite said, wrapped by the session
                raise told from error
            raise


@contextmanager
def writer(
    verb: str,
    *,
    dry_run: bool = False,
    db: Path | None = None,
    right: str | None = None,
    request: str | None = None,
    actor: Actor | None = None,
) -> Iterator[Writer]:
    """Open the book for one command: commit at a clean end, roll back on any error and on --dry-run.

    With `request` (a reason) a command that only needs approval files the requests instead, and still ends with exit 5.
    `actor` acts without signing in: only for the owner of the file (staff rescue-admin).

    Raises SalesError: 3 no such file, 7 not your right or wrong day, 8 busy, damaged, read-only, full or of another version.
    """
    path = db or book_path()
    require_file(path)
    now = here.current()
    with transaction(path) as connection, closing(Writer(connection, now.today, verb)) as work:
        check_version(work.reader.connection, path)
        work.keeps = not dry_run
        if actor:
            work.act_as(actor)
        else:
            work.sign_in(now.user)
        if right:
            require(work.actor, right, verb)
        _require_today(work)
        try:
            yield work
        except SalesError as error:
            if request is None or dry_run or any(p.ask is None for p in error.problems):
                raise
            _file_requests(work, error, request)
        _end(work, keep=not dry_run)


def _end(work: Writer, *, keep: bool) -> None:
    """Append the history and commit, or undo all; then tell what was filed instead."""
    work.finish()
    if not keep:
        work.roll_back()
        return
    work.commit()
    if work.refusal:
        raise work.refusal


def _file_requests(work: Writer, error: SalesError, reason: str) -> None:
    """Undo what the command did, file a request per problem that has none waiting, and tell the caller so at the end."""
    actor = work.actor
    work.roll_back()
    work.begin()
    work.document = None
    work.act_as(actor)
    told = [_requested(work, p, p.ask, reason) for p in error.problems if p.ask]
    work.refusal = SalesError(told)
    if all(p.code == WAITS for p in told):
        raise work.refusal from error


WAITS = "approval_waits"


def _requested(work: Writer, found: Problem, ask: Ask, reason: str) -> Problem:
    """File the request a problem asks for, unless the same waits already; what to tell instead of the problem."""
    from salescli.core.approval import waiting_number
    from salescli.core.approval_write import file_request

    known = waiting_number(work.reader, ask)
    text = N_("waits for approval already as {number}: {why}") if known else N_("filed for approval as {number}: {why}")
    return problem(
        WAITS if known else "approval_filed",
        text,
        kind=Kind.APPROVAL,
        rule=found.rule,
        hint=N_("say the command again once it is approved; who decides: salescli inbox --mine"),
        number=known or file_request(work, ask, ask.told or found.message, reason).number,
        why=found.message,
    )


def _require_today(work: Writer) -> None:
    """Writing on another day than the clock's needs the right `backdate` (CLI.md §1)."""
    if work.today != here.clock_day():
        from salescli.core.posting import require_backdate

        require_backdate(work.actor, work.today)
