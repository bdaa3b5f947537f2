"""`salescli upgrade`: an older book brought to this program's version, a copy made first (DAT-03). Alembic is imported here only."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salescli.book.copies import opened_copy, write_copy
from salescli.core import access, ui
from salescli.core import context as here
from salescli.core.errors import Kind, fail
from salescli.core.history import Author, append
from salescli.core.i18n import N_, msg
from salescli.core.reader import BUSY_SECONDS, SCHEMA_VERSION, Reader, book_path, raise_for, translated
from salescli.core.report import Done

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.access import Actor

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def upgrade() -> Done:
    """Bring the book of this call to SCHEMA_VERSION, wholly or not at all.

    Raises SalesError: 3 no book, 7 not your right, 8 busy, damaged, newer, or the new version does not fit what is in it.
    """
    book = book_path()
    with opened_copy(book) as r:
        found: int = r.execute("PRAGMA user_version").fetchone()[0]
        now = here.current()
        actor = access.sign_in(Reader(r, now.today), now.user, now.today)
        access.require(actor, "upgrade")
        if found == SCHEMA_VERSION:
            return Done(msg(N_("{book} is of this program's version {version} already"), book=str(book), version=found))
        kept = book.with_name(f"{book.stem}-version-{found}.db")
        with ui.progress(N_("pages"), r.execute("PRAGMA page_count").fetchone()[0]) as advance:
            write_copy(r, kept, advance)
    with translated(book):
        _migrate(book, actor, found)
        with closing(sqlite3.connect(book, timeout=BUSY_SECONDS, isolation_level=None)) as raw:
            raw.execute("ANALYZE")
    return Done(
        msg(
            N_("{book} is now of version {version}; the book of version {before} is kept as {kept}"),
            book=str(book), version=SCHEMA_VERSION, before=found, kept=str(kept),
        ),
        facts={"kept": str(kept)},
        next=("salescli check",),
    )  # fmt: skip


def _migrate(book: Path, actor: Actor, found: int) -> None:
    """Run the revisions, prove the references, set the version and note it: one transaction."""
    today = here.current().today
    with _transaction(book) as connection:
        raw: sqlite3.Connection = connection.connection.driver_connection
        version = raw.execute("PRAGMA user_version").fetchone()[0]
        if version != found:  # another upgrade was faster
            return
        run_revisions(connection)
        lost = raw.execute("PRAGMA foreign_key_check").fetchone()
        if lost:
            text = N_("the new version does not fit this book: {table} {row} refers to a row of {parent} that is not there")
            fail("upgrade_references", text, kind=Kind.BOOK, table=lost[0], row=lost[1], parent=lost[2])
        raw.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        author = Author(today.isoformat(), actor.os_account, actor.code, "upgrade")
        append(Reader(raw, today), author, [(None, None, None, None, f"{found} -> {SCHEMA_VERSION}", None)])


@contextmanager
def _transaction(book: Path) -> Iterator[Any]:
    """A connection inside BEGIN IMMEDIATE with foreign keys off: a table may be rebuilt while others refer to it."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.exc import DatabaseError
    from sqlalchemy.pool import StaticPool

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(book, timeout=BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.begin() as connection:
            yield connection
    except DatabaseError as error:
        raise_for(error.orig or error, book)
    finally:
        engine.dispose()


def run_revisions(connection: Any, target: str = "head") -> None:
    """Run the revisions the connection's file has not seen, inside the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, target)
