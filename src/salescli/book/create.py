"""Making a new book: the tables from the models, the seeded parameters, the first administrator."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from salescli.core import context as here
from salescli.core import policy
from salescli.core.access import Actor, os_account
from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_
from salescli.core.os_reason import why
from salescli.core.reader import APPLICATION_ID, SCHEMA_VERSION, translated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from salescli.core.writer import Writer

PACKAGE = Path(__file__).parent.parent
STAMP = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"


def table_modules() -> list[str]:
    """Every module that declares tables: `tables.py` and `tables_TOPIC.py` of core and of each room."""
    return [".".join(("salescli", *p.relative_to(PACKAGE).with_suffix("").parts)) for p in sorted(PACKAGE.glob("*/tables*.py"))]


def load_tables() -> None:
    """Import every table module, so that the metadata is complete."""
    for name in table_modules():
        import_module(name)


@contextmanager
def creating(path: Path, verb: str, facts: Mapping[str, str]) -> Iterator[Writer]:
    """A writer on a new book beside `path`, moved there whole at a clean end; nothing is left behind otherwise.

    `facts` go to the table meta (company, currency, prices). The file is for its owner alone (0600).
    Raises SalesError: 4 when `path` exists already, 8 when the folder cannot be written or the disk is full.
    """
    if os.path.lexists(path):
        _refuse_existing(path)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with translated(path):
            _reserve(path, fresh)
            _make_tables(fresh)
            with _opened(fresh, verb) as work:
                _seed(work, facts)
                yield work
            _settle(fresh)
            move_into_place(fresh, path)
    finally:
        remove_with_side_files(fresh)


def _reserve(path: Path, fresh: Path) -> None:
    """An empty file of one's own beside `path`, in a folder made when there is none."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        remove_with_side_files(fresh)
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        fail(
            "cannot_create",
            N_("no book can be made at {book}: {why}"),
            kind=Kind.BOOK,
            hint=N_("choose a place you may write to: --db FILE"),
            book=str(path),
            why=why(error),
        )


def remove_with_side_files(path: Path) -> None:
    """Remove a database nobody uses any more, and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def _refuse_existing(path: Path) -> None:
    fail(
        "book_exists",
        N_("there is a file at {book} already; it is left as it is"),
        hint=N_("choose another name for the new book, or move that file away first"),
        book=str(path),
    )


def _make_tables(path: Path) -> None:
    """Create the file: WAL, application id, version, every table and index of the models, the migration stamp."""
    from salescli.core.schema import metadata
    from salescli.core.session_write import session_on
    from salescli.core.writer import transaction

    load_tables()
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    raw.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    raw.close()
    with transaction(path) as held, session_on(held) as session:
        connection = session.connection()
        metadata.create_all(connection)
        connection.exec_driver_sql(STAMP)
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{SCHEMA_VERSION:04d}')")
        session.commit()


@contextmanager
def _opened(path: Path, verb: str) -> Iterator[Writer]:
    """A writer for the founder: whoever is at the keyboard acts as administrator until staff exist."""
    from salescli.core.writer import Writer, transaction

    with transaction(path) as connection, closing(Writer(connection, here.current().today, verb)) as work:
        account = os_account()
        work.act_as(Actor(0, account, account, frozenset({"admin"}), (), account))
        yield work
        work.finish()
        work.commit()


def _seed(work: Writer, facts: Mapping[str, str]) -> None:
    from salescli.core.tables import Meta, PolicyValue
    from salescli.stock.tables import Warehouse

    for name, value in facts.items():
        work.add(Meta(key=name, value=value))
    work.session.add_all(PolicyValue.model_validate(row) for row in policy.seed_rows())
    work.add(Warehouse(code="MAIN", name="MAIN"))


def _settle(path: Path) -> None:
    """Merge the write-ahead log and gather statistics, so that the file is complete by itself."""
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("ANALYZE")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()


def move_into_place(fresh: Path, path: Path) -> None:
    """Put the new file in place without ever replacing one that appeared meanwhile."""
    try:
        os.link(fresh, path)
    except FileExistsError:
        _refuse_existing(path)
    except OSError:  # a file system without hard links
        os.rename(fresh, path)
    settle_folder(path.parent)


def settle_folder(folder: Path) -> None:
    """Have the folder's list of names on disk, so that a renamed file survives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
