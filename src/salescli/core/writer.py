"""The writing door: one Session, one transaction, one commit at the end or nothing at all."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from salescli.core import context as here
from salescli.core.access import Actor, os_account, require, sign_in
from salescli.core.errors import Kind, Problem, SalesError, fail, problem
from salescli.core.history_write import Recorder
from salescli.core.i18n import N_
from salescli.core.numbering import next_number
from salescli.core.reader import Reader, book_path, check_version, connect_to_write, raise_for, require_file, translated

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from sqlalchemy.engine import Engine

    from salescli.core.approval import Ask
    from salescli.core.schema import Book

Row = TypeVar("Row", bound="Book")


class Writer:
    """What an action works with: the session, a reader inside the same transaction, the acting person and the business day."""

    def __init__(self, session: Session, today: date, verb: str) -> None:
        self.session = session
        self.today = today
        self.verb = verb
        self.document: str | None = None
        self.refusal: SalesError | None = None  # told after the commit: requests were filed instead
        self.reader = Reader(raw_connection(session), today)
        self.recorder = Recorder(session, Reader(self.reader.connection, today))  # this reader never flushes
        self.reader.before_query = session.flush

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

    def next_id(self, table: type[Book]) -> int:
        """The first free id of a table; safe because the write lock is held."""
        return int(self.reader.value(f'SELECT coalesce(max(id), 0) + 1 FROM "{table.__tablename__}"'))

    def insert_many(self, table: type[Book], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows (id, values of `columns`…) in bulk, ids ascending from `next_id`; values as the file keeps them.

        The log gets a digest per thousand rows instead of an image per row (PERFORMANCE.md: 100,000 lines in about a second).
        Columns may be left out where the file's default is the model's: the log reads them so too, and they cost nothing.
        """
        if not rows:
            return
        self.session.flush()
        name = str(table.__tablename__)
        unsaid = self.unsaid(table, columns)
        if unsaid:
            msg = f"bulk insert into {name} must name the columns {', '.join(unsaid)}"
            raise ValueError(msg)
        _insert_rows(self.reader.connection, name, ("id", *columns), rows)
        self.recorder.bulk(name, columns, rows)

    def unsaid(self, table: type[Book], columns: Collection[str]) -> dict[str, Any]:
        """Columns not among `columns` that the file would not give their model's default, with that default (None where there is none)."""
        name, left = str(table.__tablename__), {}
        for column, field in table.model_fields.items():
            if column != "id" and column not in columns:
                default = None if field.is_required() else _kept(field.get_default(call_default_factory=True))
                if field.is_required() or default != self.recorder.defaults(name).get(column):
                    left[column] = default
        return left

    def insert_records(self, table: type[Book], records: Sequence[Mapping[str, Any]]) -> int:
        """Insert rows given by column name in bulk; columns left out take the model's default. Returns the first row's id."""
        named = dict.fromkeys(chain.from_iterable(records))
        fill = {c: table.model_fields[c].get_default(call_default_factory=True) for c in table.model_fields if c in named}
        fill |= self.unsaid(table, named)
        first = self.next_id(table)
        rows = [(first + i, *[_kept(r.get(c, d)) for c, d in fill.items()]) for i, r in enumerate(records)]
        self.insert_many(table, list(fill), rows)
        return first

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
        self.session.flush()
        actor = self.reader._actor
        self.recorder.append(
            verb=self.verb,
            day=self.today.isoformat(),
            account=actor.os_account if actor else os_account(),
            staff=actor.code if actor else None,
            document=self.document,
        )


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


def engine_for(path: Path) -> Engine:
    """An engine with one connection: foreign keys on, synchronous=FULL, every transaction BEGIN IMMEDIATE."""
    engine = create_engine("sqlite://", creator=lambda: connect_to_write(path), poolclass=StaticPool)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def raw_connection(session: Session) -> sqlite3.Connection:
    """The sqlite3 connection under a session."""
    found = session.connection().connection.driver_connection
    if not isinstance(found, sqlite3.Connection):
        raise TypeError(found)
    return found


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
    with translated(path), session_on(path) as session:
        work = Writer(session, now.today, verb)
        check_version(work.reader.connection, path)
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
        work.finish()
        if dry_run:
            session.rollback()
        else:
            session.commit()
            if work.refusal:
                raise work.refusal


def _file_requests(work: Writer, error: SalesError, reason: str) -> None:
    """Undo what the command did, file a request per problem that has none waiting, and tell the caller so at the end."""
    actor = work.actor
    work.session.rollback()
    work.reader = Reader(raw_connection(work.session), work.today)
    work.reader.before_query = work.session.flush
    work.recorder.reset(Reader(work.reader.connection, work.today))
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
        number=known or file_request(work, ask, found.message, reason).number,
        why=found.message,
    )


@contextmanager
def session_on(path: Path) -> Iterator[Session]:
    """A session on the file; what SQLite says about busy, damaged or full files becomes a SalesError (exit 8)."""
    engine = engine_for(path)
    try:
        with Session(engine, autoflush=False, expire_on_commit=False) as session:
            yield session
    except DatabaseError as error:
        raise_for(error.orig or error, path)
    finally:
        engine.dispose()


def _require_today(work: Writer) -> None:
    """Writing on another day than the clock's needs the right `backdate` (CLI.md §1)."""
    if work.today != here.clock_day() and not work.actor.may("backdate"):
        fail(
            "not_today",
            N_("writing on {day} instead of today takes the right backdate"),
            kind=Kind.FORBIDDEN,
            rule="ORG-07",
            hint=N_("leave out --date (or SALESCLI_DATE), or ask finance or an administrator"),
            day=work.today.isoformat(),
        )
