"""Proves the log (ORG-09, DAT-03): the chain of entries, what is known of it from elsewhere, and (history_rows) every row."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from salescli.core.history import BETWEEN, COLUMNS, NOTHING, START, Entry, entry_hash, head
from salescli.core.history_rows import Flaw, verify_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from salescli.core.reader import Reader


def verify(path: Path) -> list[Flaw]:
    """Every flaw of a book's chain and of its rows; both are read at the same time, each from one unchanging view of the file."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max_workers=1) as pool:
        rows = pool.submit(_with_reader, path, verify_rows)
        chain = _with_reader(path, verify_chain)
        return chain + rows.result()


def _with_reader(path: Path, look: Callable[[Reader], Iterator[Flaw]]) -> list[Flaw]:
    from salescli.core.reader import reader

    with reader(path, anonymous=True) as opened:
        return list(look(opened))


# --- the chain --------------------------------------------------------------------------------------------------------


# The text that is hashed, put together by SQLite: half the time of doing it here.
_FIELDS = [f"coalesce({name}, char({ord(NOTHING)}))" for name in Entry._fields[:-1]]
_CHAIN = f"SELECT id, prev, hash, CAST({f' || char({ord(BETWEEN)}) || '.join(_FIELDS)} AS BLOB) FROM history ORDER BY id"
_SEPARATORS = len(_FIELDS) - 1


def verify_chain(reader: Reader) -> Iterator[Flaw]:
    """Every entry names its predecessor's hash, carries its own, and the numbers run without gap."""
    prev, expected, between = START, 1, BETWEEN.encode()
    for entry_id, named, own, text in reader.execute(_CHAIN, {}):
        if entry_id != expected:
            yield Flaw("entry_missing", str(expected), str(entry_id - 1))
        if named != prev:
            yield Flaw("chain_broken", str(entry_id))
        if (sha256(text).hexdigest() != own or text.count(between) != _SEPARATORS) and not _entry_holds(reader, entry_id):
            yield Flaw("entry_changed", str(entry_id))
        prev, expected = own, entry_id + 1


def _entry_holds(reader: Reader, entry_id: int) -> bool:
    entry = reader.tuples(f"SELECT {COLUMNS} FROM history WHERE id = :id", id=entry_id)[0]
    return entry_hash(entry[:-1]) == str(entry[-1])


def verify_hash(reader: Reader, known: str) -> Iterator[Flaw]:
    """The chain still holds an entry whose hash (or its beginning) was noted elsewhere."""
    if reader.value("SELECT 1 FROM history WHERE substr(hash, 1, :length) = :known", known=known.lower(), length=len(known)) is None:
        yield Flaw("hash_missing", known)


def verify_against(reader: Reader, other: Reader) -> Iterator[Flaw]:
    """The chain goes on from the newest entry of a backup: finds a tail cut off and a history rewritten from some entry on."""
    last, known, _command = head(other)
    found = reader.value("SELECT hash FROM history WHERE id = :id", id=last)
    if found == known or not last:
        return
    if found is None and _last_common(reader, other, head(reader).id) == head(reader).id:
        yield Flaw("tail_cut", str(head(reader).id), str(last))
    else:
        yield Flaw("history_rewritten", str(_last_common(reader, other, min(last, head(reader).id)) + 1))


def _last_common(reader: Reader, other: Reader, last: int) -> int:
    """Number of the last entry both logs agree on; a hash covers all before it, so halving finds it."""
    low, high = 0, last
    while low < high:
        middle = (low + high + 1) // 2
        sql = "SELECT hash FROM history WHERE id = :id"
        if reader.value(sql, id=middle) == other.value(sql, id=middle):
            low = middle
        else:
            high = middle - 1
    return low
