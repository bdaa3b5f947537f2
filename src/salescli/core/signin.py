"""Proving who one is where the OS account does not: a live session, else a password (ORG-07, CLI.md §1 'who').

Passwords are kept as salted scrypt hashes, sessions as hashes of random tokens. Standard library only: reads come here too.
What is decided from it stands in access.sign_in.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from salescli.core import context as here
from salescli.core import session_file
from salescli.core.errors import Kind, fail
from salescli.core.history import Author, append
from salescli.core.i18n import N_, msg
from salescli.core.reader import Reader, check_version, connect_to_write, require_file, translated
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

COST = (15, 8, 3)
"""scrypt: log2 of N, r, p. Kept beside each hash, so that it may be raised later."""

SALT_BYTES = 16


# --- passwords ----------------------------------------------------------------------------------------------------------


def hashed(password: str, salt: str, cost: tuple[int, int, int] | None = None) -> str:
    """The scrypt hash of a password as the book keeps it: "15:8:3:hex"."""
    log_n, r, p = cost or COST
    room = 256 * r * (2**log_n + p + 2)
    found = hashlib.scrypt(_normal(password), salt=bytes.fromhex(salt), n=2**log_n, r=r, p=p, maxmem=room, dklen=32)
    return f"{log_n}:{r}:{p}:{found.hex()}"


def _normal(password: str) -> bytes:
    """The same password typed on another keyboard (full width, composed signs) is the same password."""
    from unicodedata import normalize

    return normalize("NFKC", password).encode("utf-8", "surrogatepass")


def new_salt() -> str:
    """A fresh random salt."""
    return secrets.token_hex(SALT_BYTES)


def fits(password: str, salt: str, kept: str) -> bool:
    """Whether the password gives the kept hash, compared in constant time."""
    log_n, r, p = (int(part) for part in kept.split(":")[:3])
    return hmac.compare_digest(hashed(password, salt, (log_n, r, p)), kept)


class _Kept(NamedTuple):
    staff_id: int
    code: str
    left: str | None
    salt: str
    hash: str
    failures: int
    locked_until: str | None


_KEPT = """SELECT s.id, s.code, s.left_on, c.salt, c.hash, c.failures, c.locked_until
           FROM staff s JOIN credential c ON c.staff_id = s.id WHERE lower(s.code) = :code"""


def verify(book: Path, code: str, password: str) -> int:
    """The id of the person whose password this is. Every try is counted before it is judged; too many make a pause.

    Raises SalesError (exit 7): wrong code or password, or a pause.
    """
    kept = _count_try(book, code)
    if kept is None or not fits(password, kept.salt, kept.hash):
        _wrong(code)
    with transaction(book) as reader:
        reader.execute("UPDATE credential SET failures = 0, locked_until = NULL WHERE staff_id = :id", {"id": kept.staff_id})
    return kept.staff_id


def _wrong(code: str) -> NoReturn:
    fail(
        "wrong_password",
        N_("the code {staff} or the password is wrong"),
        kind=Kind.FORBIDDEN,
        rule="ORG-07",
        hint=N_("whoever has no password yet gets one from an administrator: salescli staff password CODE"),
        staff=code,
    )


def _count_try(book: Path, code: str) -> _Kept | None:
    """Count a try against the person's limit; None when there is no such person or no password."""
    with transaction(book) as reader:
        kept = reader.first(_Kept, _KEPT, code=code.strip().lower())
        if kept is None:
            return None
        if kept.locked_until and kept.locked_until > stamp():
            _paused(kept)
        failures, until = kept.failures + 1, None
        if failures >= reader.policy("password.tries"):
            failures, until = 0, stamp(timedelta(minutes=reader.policy("password.pause_minutes")))
            _note(reader, kept.code, "sign-in paused after wrong passwords")
        sql = "UPDATE credential SET failures = :failures, locked_until = :until WHERE staff_id = :id"
        reader.execute(sql, {"failures": failures, "until": until, "id": kept.staff_id})
        return kept


def _paused(kept: _Kept) -> NoReturn:
    until = datetime.fromisoformat(str(kept.locked_until))
    fail(
        "sign_in_paused",
        N_("too many wrong passwords for {staff}: the next try counts from {time} on"),
        kind=Kind.FORBIDDEN,
        rule="ORG-07",
        hint=N_("wait, or let an administrator set a new one: salescli staff password {staff}"),
        staff=kept.code,
        time=f"{until.astimezone():%H:%M:%S}",
    )


def _note(reader: Reader, code: str, text: str) -> None:
    from salescli.core.access import os_account

    author = Author(reader.today.isoformat(), os_account(), None, "login", code)
    append(reader, author, [(None, None, None, None, text, code)])


# --- sessions -----------------------------------------------------------------------------------------------------------


class Session(NamedTuple):
    """Who is signed in by the session file of this book, and until when (UTC, ISO)."""

    staff_id: int
    expires: str
    live: bool


def session(reader: Reader) -> Session | None:
    """The session of the person at this keyboard, live or over; None without one. Raises SalesError (exit 7) for an open file."""
    token = session_file.read(book_of(reader))
    if token is None:
        return None
    found = reader.tuples("SELECT staff_id, expires FROM session WHERE token = :token", token=token_hash(token))
    return Session(found[0][0], found[0][1], found[0][1] > stamp()) if found else None


def token_hash(token: str) -> str:
    """What the book keeps of a token."""
    return hashlib.sha256(token.encode("ascii", "replace")).hexdigest()


def open_session(book: Path, staff_id: int, hours: int) -> str:
    """Sign somebody in on this book for some hours; when it ends (UTC, ISO). Sessions that are over are cleared away."""
    token, expires = secrets.token_hex(session_file.TOKEN_BYTES), stamp(timedelta(hours=hours))
    with transaction(book) as reader:
        reader.execute("DELETE FROM session WHERE expires <= :now", {"now": stamp()})
        sql = "INSERT INTO session (staff_id, token, created, expires) VALUES (:id, :token, :now, :expires)"
        reader.execute(sql, {"id": staff_id, "token": token_hash(token), "now": stamp(), "expires": expires})
        session_file.write(book, token)
    return expires


def close_session(book: Path) -> bool:
    """Sign out of a book: the file goes, and the session in the book; whether there was one."""
    token = session_file.read(book)
    if token is not None:
        with transaction(book) as reader:
            reader.execute("DELETE FROM session WHERE token = :token", {"token": token_hash(token)})
    return session_file.remove(book)


# --- asking -------------------------------------------------------------------------------------------------------------


def asked(reader: Reader, user: str | None) -> int | None:
    """Who proves himself by password at the terminal; None when nobody can answer. The proof lasts for this call only."""
    from salescli.core.prompts import ask, interactive

    book = str(book_of(reader))
    proved = here.current().proved
    if proved and proved[0] == book:
        return proved[1]
    if not interactive():
        return None
    from salescli.core.lookup import unlocked

    with unlocked(reader):
        code = user or ask(msg(N_("Staff code:"))) or ""
        password = ask(msg(N_("Password of {staff}:"), staff=code), secret=True) or ""
        staff_id = verify(Path(book), code, password)
    here.amend(proved=(book, staff_id))
    return staff_id


# --- the book -----------------------------------------------------------------------------------------------------------


def book_of(reader: Reader) -> Path:
    """The file a reader reads."""
    return Path(reader.value("SELECT file FROM pragma_database_list WHERE name = 'main'"))


def stamp(later: timedelta = timedelta()) -> str:
    """The clock (not the business day), in UTC to the second; texts compare as times do."""
    return (datetime.now(UTC) + later).isoformat(timespec="seconds")


def owns_file(book: Path) -> bool:
    """Whether the book's file belongs to the OS account at the keyboard."""
    return book.stat().st_uid == os.geteuid()


@contextmanager
def transaction(book: Path) -> Iterator[Reader]:
    """A short write of its own, before anybody is signed in. Raises SalesError: 3 no book, 8 busy, read-only, of another version."""
    require_file(book)
    with translated(book):
        connection = connect_to_write(book)
        try:
            check_version(connection, book)
            connection.execute("BEGIN IMMEDIATE")
            yield Reader(connection, here.current().today)
            connection.execute("COMMIT")
        finally:
            connection.close()
