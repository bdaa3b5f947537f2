"""The file that keeps somebody signed in: one per book, in the user's state folder, readable by nobody else (ORG-07).

It holds a random token; the book holds only the token's hash, so a copied book signs nobody in.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_

TOKEN_BYTES = 32
LONGEST = 200
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def place(book: Path) -> Path:
    """Where the session file of a book lies."""
    from platformdirs import user_state_path

    name = sha256(os.fsencode(book.resolve())).hexdigest()[:16]
    return user_state_path("salescli", appauthor=False) / f"{name}.session"


def read(book: Path) -> str | None:
    """The token kept for a book, None without one. Raises SalesError (exit 7) when others could have read or written the file."""
    path = place(book)
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    except OSError:
        _refuse(path)
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & OTHERS:
            _refuse(path)
        return file.read(LONGEST).decode("ascii", "replace").strip() or None


def _refuse(path: Path) -> None:
    fail(
        "session_file_open",
        N_("the sign-in file {file} is not yours alone (it must be a file of your own with mode 0600), so it is not trusted"),
        kind=Kind.FORBIDDEN,
        rule="ORG-07",
        hint=N_("delete it and sign in again: salescli login CODE"),
        file=str(path),
    )


def write(book: Path, token: str) -> None:
    """Keep the token, replacing an older one. Raises SalesError (exit 8) when the folder cannot be written."""
    path = place(book)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileNotFoundError):
            fresh.unlink()
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(token.encode("ascii") + b"\n")
        fresh.replace(path)
    except OSError as error:
        from salescli.core.os_reason import why

        fail("session_not_kept", N_("the sign-in cannot be kept in {file}: {why}"), kind=Kind.BOOK,
             file=str(path), why=why(error))  # fmt: skip


def remove(book: Path) -> bool:
    """Forget the sign-in; whether there was one."""
    try:
        place(book).unlink()
    except FileNotFoundError:
        return False
    return True
