"""`search TEXT`: one look through everything the reader may see, the surest matches first (DAT-05)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from salescli.core.access import mask
from salescli.core.alike import normal_name, normal_phone
from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import escaped, holding, part_pattern
from salescli.core.report import Column, Report
from salescli.core.text import NAME, clean, folded
from salescli.desk.search_sources import NEWEST, SOURCES, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.reader import Reader

SHOWN = 10
"""Matches shown of each kind, unless one kind is asked for."""
ALL_SHOWN = 200

FIRST_DIGITS = 4
"""Figures a telephone number is searched by from."""

AROUND = 24
"""Signs of a long text shown before and after the match."""

COLUMNS = (
    Column("kind", N_("Kind"), "code"),
    Column("ref", N_("Document")),
    Column("name", N_("Name")),
    Column("text", N_("Found in")),
)


class Words(NamedTuple):
    """What was typed, in the forms it is compared in; None where it has none."""

    typed: str
    compared: str | None
    sound: str | None
    digits: str | None


class Hit(NamedTuple):
    """One match."""

    id: int
    ref: str
    name: str | None
    phone: str | None
    owner: int | None
    more: tuple[Any, ...]


def search(r: Reader, text: str, kind: str | None = None) -> Report:
    """Everything that holds the text and that the reader may see, by kind; with `kind` more of that kind. DAT-05, ORG-07, ORG-08.

    Raises SalesError (exit 2): no text, or no such kind.
    """
    words = read(clean(text, C_("text"), NAME))
    sources = [source for source in SOURCES if kind in (None, source.kind)]
    if not sources:
        fail("unknown_kind", N_("there is nothing of the kind {kind} to search: {known:code}"), kind=Kind.USAGE,
             **{"known": ",".join(source.kind for source in SOURCES)} | {"kind": kind})  # fmt: skip
    most = ALL_SHOWN if kind else SHOWN
    found = [(source, hits(r, source, words, most + 1)) for source in sources]
    return Report(
        "search",
        msg(N_('Search: "{text}"'), text=words.typed),
        COLUMNS,
        [_row(r, source, hit, words) for source, all_hits in found for hit in all_hits[:most]],
        notes=tuple(
            msg(N_("more than {count} of the kind {kind:code}: salescli search TEXT --kind {kind}"), count=most, kind=source.kind)
            for source, all_hits in found
            if len(all_hits) > most
        ),
        as_of=r.today.isoformat(),
        empty=msg(N_('Nothing you may see holds "{text}". Texts of events are searched in the newest {count:,} records.'),
                  text=words.typed, count=NEWEST),
    )  # fmt: skip


def read(typed: str) -> Words:
    """The text in every form it is compared in: as a name, as pinyin, as a telephone number."""
    plain = unicodedata.normalize("NFKC", typed)
    sound = plain.lower() if plain.isascii() and plain.isalnum() and plain.isalpha() else None
    digits = normal_phone(plain) if re.fullmatch(r"[\d\s+()-]+", plain) else None
    return Words(typed, normal_name(plain), sound, digits if digits and len(digits) >= FIRST_DIGITS else None)


def hits(r: Reader, source: Source, words: Words, most: int) -> list[Hit]:
    """Matches of one kind, at most `most`: by index, then as a compared name, by telephone, then in texts and by sound."""
    found: dict[int, Hit] = {}
    for where, params in _ways(r, source, words):
        if len(found) >= most:
            break
        sql = _select(source, f"({where}) AND {source.scope(r)}", most)
        for row in r.tuples(sql, **params):
            found.setdefault(row[0], Hit(row[0], row[1], row[2], row[3], row[4], row[5:]))
    return list(found.values())[:most]


def _select(source: Source, where: str, most: int) -> str:
    more = "".join(f", {column}" for column in source.more)
    phone = "t.phone" if source.phones else "NULL"
    order = "ORDER BY t.id DESC" if source.events else ""
    return f"""SELECT t.id, {source.ref}, {source.name}, {phone}, {source.owner}{more} FROM {source.table} t {source.join}
               WHERE {where} {order} LIMIT {most}"""


def _ways(r: Reader, source: Source, words: Words) -> Iterator[tuple[str, dict[str, Any]]]:
    """The ways to look, the surest and cheapest first: SQL conditions and their parameters."""
    typed = words.typed
    for form in dict.fromkeys((typed, typed.upper(), typed.lower())):
        for column in source.prefix:
            yield f"t.{column} >= :low AND t.{column} < :high", {"low": form, "high": _after(form)}
    if source.compared and words.compared:
        part = f"%{escaped(words.compared)}%"
        yield f"t.{source.compared} LIKE :compared ESCAPE '\\'", {"compared": part}
    if source.phones and words.digits:
        yield _by_phone(r, source), {"digits": words.digits, "high": _after(words.digits)}
    if source.walked:
        yield _walk(source, typed), {"part": part_pattern(typed), "newest": NEWEST}
    if source.sound and words.sound:
        sound = f"t.{source.sound}"
        yield f"{sound} LIKE :initials OR {sound} LIKE :syllables", {"initials": f"{words.sound}%", "syllables": f"% {words.sound}%"}


def _after(text: str) -> str:
    """The first text behind all that begin with this one."""
    return text[:-1] + chr(min(ord(text[-1]) + 1, 0x10FFFF))


def _walk(source: Source, typed: str) -> str:
    texts = " OR ".join(holding(f"t.{column}", typed) for column in source.walked)
    return f"t.id > (SELECT max(id) FROM {source.table}) - :newest AND ({texts})" if source.events else texts


def _by_phone(r: Reader, source: Source) -> str:
    """Telephone numbers from their beginning where the reader sees them in full, else only whole: a mask is not to be guessed. ORG-08."""
    begins = "t.normal_phone >= :digits AND t.normal_phone < :high"
    if r.actor.sees_phones_of(None):
        return begins
    people = ", ".join(map(str, r.actor.own_or_team())) or "NULL"
    return f"{begins} AND (t.normal_phone = :digits OR {source.owner} IN ({people}))"


# --- what is shown ------------------------------------------------------------------------------------------------------


def _row(r: Reader, source: Source, hit: Hit, words: Words) -> tuple[Any, ...]:
    phone = hit.phone if r.actor.sees_phones_of(hit.owner) else mask(hit.phone)
    parts = [str(part) for part in (*hit.more, phone) if part and part != hit.name]
    return (source.kind, hit.ref, hit.name, _snippet(parts, words.typed))


def _snippet(parts: list[str], typed: str) -> str | None:
    """The text that holds the words, cut around them; without one, what else is known."""
    low = folded(typed)
    for part in parts:
        place = folded(part).find(low)
        if place >= 0:
            start, end = max(place - AROUND, 0), place + len(typed) + AROUND
            return f"{'…' if start else ''}{part[start:end]}{'…' if end < len(part) else ''}"
    known = " · ".join(part[:AROUND] for part in parts[:3])
    return known or None
