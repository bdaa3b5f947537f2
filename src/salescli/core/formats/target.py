"""Where output goes: standard output that survives any locale and a closed pipe, or a file replaced in one step."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO, TextIO

# Every Chinese character fits these; any other encoding is changed to UTF-8, the C locale's among them.
_CHINESE_ENCODINGS = {"utf-8": "utf-8", "gb18030": "gb18030", "gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030"}


def prepare_streams() -> None:
    """Make standard output and error able to hold Chinese; a character they still lack is written as an escape.

    A stream that was closed before we began (`>&-`) takes what is said and forgets it.
    """
    sys.stdout, sys.stderr = sys.stdout or _nowhere(), sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure and getattr(stream, "errors", "") != "backslashreplace":
            encoding = _CHINESE_ENCODINGS.get((stream.encoding or "").lower(), "utf-8")
            reconfigure(encoding=encoding, errors="backslashreplace")


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")


@contextmanager
def quiet_pipe(stream: TextIO) -> Iterator[None]:
    """A standard stream whose reader may leave early (`| head`): what is left unsaid is no error."""
    try:
        yield
        stream.flush()
    except BrokenPipeError:
        # The interpreter flushes once more at exit; that goes nowhere and stays silent.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """A binary stream that becomes the file `path` only when the block ends well; an existing file keeps its permissions.

    Raises SalesError (usage) when the place cannot be written. A device or pipe is written to directly.
    """
    goal = Path(os.path.realpath(path))
    try:
        if goal.exists() and not goal.is_file():
            with goal.open("wb") as direct:
                yield direct
            return
        with _replacement(goal) as fresh:
            yield fresh
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        from salescli.core.os_reason import why

        fail("cannot_write", N_("cannot write {file}: {why}"), kind=Kind.USAGE, file=str(path), why=why(error))


@contextmanager
def _replacement(goal: Path) -> Iterator[BinaryIO]:
    """A new file in the folder of `goal`, on disk before it takes the name."""
    temporary = goal.with_name(f".{os.urandom(6).hex()}.tmp")
    # Like any new file it gets the permissions the user's umask leaves.
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            if goal.exists():
                os.fchmod(file.fileno(), goal.stat().st_mode & 0o7777)
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(goal)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
