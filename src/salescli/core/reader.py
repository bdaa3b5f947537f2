"""The read-only door to the book: standard library only, one transaction per reader, one way to run SQL."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from salescli.core import context as here
from salescli.core.errors import Kind, SalesError, fail, problem
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from salescli.core.access import Actor

T = TypeVar("T")

APPLICATION_ID = 0x53414C45  # "SALE", written into the file's header
SCHEMA_VERSION = 1
"""Number of the newest migration; the file carries its own in PRAGMA user_version."""

BUSY_SECONDS = 20.0
"""How long a command waits for another writer before it gives up (exit 8)."""


class Reader:
    """Runs SQL with named parameters and hands out plain records; knows the business day and the acting person."""

    def __init__(self, connection: sqlite3.Connection, today: date, actor: Actor | None = None) -> None:
        self.connection = connection
        self.today = today
        self._actor = actor
        self.policies: dict[str, list[tuple[str, Any]]] = {}
        self.before_query: Callable[[], None] | None = None

    @property
    def actor(self) -> Actor:
        """The acting person."""
        if self._actor is None:
            msg = "this reader was opened without an actor"
            raise RuntimeError(msg)
        return self._actor

    @property
    def writes(self) -> bool:
        """Whether this reader looks on inside a command that holds the write lock."""
        return isinstance(self.connection, BookConnection)

    def execute(self, sql: str, params: dict[str, Any]) -> sqlite3.Cursor:
        """Run one statement; dates travel as ISO text."""
        if self.before_query:
            self.before_query()
        bound = {k: v.isoformat() if isinstance(v, date) else v for k, v in params.items()}
        return self.connection.execute(sql, bound)

    def rows(self, cls: Callable[..., T], sql: str, **params: Any) -> list[T]:
        """Every row as `cls(*columns)`."""
        make = getattr(cls, "_make", None)
        cursor = self.execute(sql, params)
        return list(map(make, cursor)) if make else [cls(*row) for row in cursor]

    def each(self, make: Callable[[Iterable[Any]], T], sql: str, **params: Any) -> Iterator[T]:
        """The rows one by one as `make(row)`: for lists so long that they should not stand in memory twice."""
        return map(make, self.execute(sql, params))

    def tuples(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        """Every row as the tuple it is: for reports whose columns are the query's."""
        return self.execute(sql, params).fetchall()

    def first(self, cls: Callable[..., T], sql: str, **params: Any) -> T | None:
        """The first row, or None."""
        row = self.execute(sql, params).fetchone()
        return None if row is None else cls(*row)

    def value(self, sql: str, **params: Any) -> Any:
        """The first column of the first row, or None."""
        row = self.execute(sql, params).fetchone()
        return None if row is None else row[0]

    def column(self, sql: str, **params: Any) -> list[Any]:
        """The first column of every row."""
        return [row[0] for row in self.execute(sql, params)]

    def policy(self, key: str, on: date | None = None) -> Any:
        """The office's value of a parameter on a day (default: the business day)."""
        from salescli.core import policy

        return policy.value(self, key, on or self.today)


def book_path() -> Path:
    """The book this command works on: --db, SALESCLI_DB, /etc/salescli.toml, else sales.db in the user's data folder."""
    chosen = here.current().db
    if chosen is not None:
        return chosen
    site = Path("/etc/salescli.toml")
    if site.is_file():
        import tomllib

        found = tomllib.loads(site.read_text(encoding="utf-8")).get("book")
        if found:
            return Path(found)
    from platformdirs import user_data_path

    return user_data_path("salescli", appauthor=False) / "sales.db"


@contextmanager
def reader(db: Path | None = None, *, anonymous: bool = False) -> Iterator[Reader]:
    """Open the book for reading. Raises SalesError: 3 no such file, 7 unknown person, 8 busy, damaged or of another version."""
    path = db or book_path()
    with translated(path):
        connection = connect_readonly(path)
        try:
            check_version(connection, path)
            connection.execute("BEGIN")
            now = here.current()
            opened = Reader(connection, now.today)
            if not anonymous:
                from salescli.core.access import sign_in

                opened._actor = sign_in(opened, now.user, now.today)
            yield opened
        finally:
            connection.close()


def connect_readonly(path: Path) -> sqlite3.Connection:
    """A connection that refuses writes; on a read-only folder `immutable`, but only when no unmerged -wal file could hold news."""
    require_file(path)
    uri = f"file:{quote(str(path.absolute()))}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if "unable to open" not in str(error) and "readonly" not in str(error):
            raise
        return _connect_immutable(path, uri)
    return connection


class BookConnection(sqlite3.Connection):
    """A connection whose transaction can be held fast while a library makes itself at home on it."""

    _held = False

    @contextmanager
    def transaction_held(self) -> Iterator[None]:
        """Nothing is rolled back inside."""
        self._held = True
        try:
            yield
        finally:
            self._held = False

    def rollback(self) -> None:
        """Undo the transaction unless it is held."""
        if not self._held:
            super().rollback()


def connect_to_write(path: Path) -> BookConnection:
    """A connection for the writer: foreign keys on, synchronous=FULL, transactions begun by hand."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, factory=BookConnection)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _connect_immutable(path: Path, uri: str) -> sqlite3.Connection:
    wal = path.with_name(path.name + "-wal")
    if wal.exists() and wal.stat().st_size:
        fail(
            "book_read_only",
            N_("the book {book} lies in a folder that cannot be written and has unmerged changes beside it ({wal})"),
            kind=Kind.BOOK,
            hint=N_("let somebody who may write there open it once, or copy both files to a folder of your own"),
            book=str(path),
            wal=wal.name,
        )
    return sqlite3.connect(uri + "&immutable=1", uri=True, isolation_level=None)


def require_file(path: Path) -> None:
    """Refuse when there is no book at `path` (exit 3; no command but init, demo and restore creates one) or it is no file (exit 8)."""
    try:
        found = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        fail(
            "no_book",
            N_("there is no book at {book}"),
            kind=Kind.NOT_FOUND,
            hint=N_('create one: salescli init --company "…" --admin "…"   or look around first: salescli demo demo.db'),
            book=str(path),
        )
    except OSError:
        fail("book_unreadable", CLOSED_TO_YOU, kind=Kind.BOOK, hint=ASK_OWNER, book=str(path))
    if not S_ISREG(found):
        text = N_("{book} is a folder or a device, not a book")
        fail("not_a_book", text, kind=Kind.BOOK, hint=N_("name the file: --db FILE"), book=str(path))


def check_version(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse (exit 8) a file that is no book, is older than this program, or newer."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        fail("not_a_book", N_("{book} is not a salescli book"), kind=Kind.BOOK, book=str(path))
    if version > SCHEMA_VERSION:
        fail(
            "book_too_new",
            N_("the book {book} was written by a newer salescli (its version {found}, this program knows {known})"),
            kind=Kind.BOOK,
            hint=N_("install the newer salescli"),
            book=str(path),
            found=version,
            known=SCHEMA_VERSION,
        )
    if version < SCHEMA_VERSION:
        fail(
            "book_too_old",
            N_("the book {book} is of an older version ({found}, this program needs {known})"),
            kind=Kind.BOOK,
            hint=N_("salescli upgrade (it makes a backup first)"),
            book=str(path),
            found=version,
            known=SCHEMA_VERSION,
        )


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite says about busy, damaged, full or read-only files into a clear sentence and exit 8."""
    try:
        yield
    except SalesError:
        raise
    except sqlite3.DatabaseError as error:
        raise_for(error, path)


CLOSED_TO_YOU = N_("the book {book} cannot be opened by you")
ASK_OWNER = N_("ask whoever owns the file")
# What SQLite says -> code, sentence, next step.
IN_USE = N_("the book {book} is in use by another command and did not become free")
LAST_BACKUP = N_("restore the last backup: salescli restore FILE")
TROUBLES = (
    ("is locked", "book_busy", IN_USE, N_("try again in a moment")),
    ("busy", "book_busy", IN_USE, N_("try again in a moment")),
    ("disk is full", "disk_full", N_("the disk is full; nothing was changed in {book}"), N_("free some space and say it again")),
    (
        "disk I/O",
        "disk_error",
        N_("the disk does not answer while working on {book}; nothing was changed"),
        N_("check the disk, then: salescli check"),
    ),
    (
        "readonly",
        "book_read_only",
        N_("the book {book} cannot be written: the file or its folder is read-only for you"),
        ASK_OWNER,
    ),
    ("unable to open", "book_unreadable", CLOSED_TO_YOU, ASK_OWNER),
    ("Could not decode", "book_damaged", N_("the book {book} is damaged"), LAST_BACKUP),
    ("malformed", "book_damaged", N_("the book {book} is damaged"), LAST_BACKUP),
    ("not a database", "not_a_book", N_("{book} is not a salescli book"), LAST_BACKUP),
)


def raise_for(error: BaseException, path: Path) -> None:
    """Raise the SalesError for an SQLite error about the file itself; re-raise anything that is our own fault."""
    text = str(error)
    for sign, code, sentence, hint in TROUBLES:
        if sign in text and not isinstance(error, sqlite3.IntegrityError):  # a name like `locked_until` says nothing of the file
            raise SalesError((problem(code, sentence, kind=Kind.BOOK, hint=hint, book=str(path)),)) from error
    raise error
