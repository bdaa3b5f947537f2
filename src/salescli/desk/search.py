"""`search TEXT`: one look through everything the reader may see, the surest matches first (DAT-05)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from salescli.core.access import mask
from salescli.core.alike import normal_name, normal_phone
from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, Message, code_named, msg
from salescli.core.lookup import escaped, part_pattern
from salescli.core.record import NamedTuple
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

WHOLE_NUMBER = 7
"""Figures from which a text of figures is looked for as a number only."""

SYLLABLES = 4
"""Letters from which pinyin is taken for syllables and not only for initials."""

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

    @property
    def is_number(self) -> bool:
        """Whether it can only be a number: figures long enough for a telephone."""
        return self.digits is not None and len(self.digits) >= WHOLE_NUMBER


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
    known = [source.kind for source in SOURCES]
    chosen = code_named(kind, known) or kind if kind else None
    sources = [source for source in SOURCES if chosen in (None, source.kind)]
    if not sources:
        fail("unknown_kind", N_("there is no kind {wanted} to search: {known:choice}"), kind=Kind.USAGE, wanted=kind, known=known)
    most = ALL_SHOWN if kind else SHOWN
    found = [(source, hits(r, source, words, most + 1)) for source in sources]
    return Report(
        "search",
        msg(N_('Search: "{text}"'), text=words.typed),
        COLUMNS,
        [_row(r, source, hit, words) for source, all_hits in found for hit in all_hits[:most]],
        notes=tuple(_more(source, words, most) for source, all_hits in found if len(all_hits) > most),
        as_of=r.today.isoformat(),
        empty=_nothing(words),
    )


def _more(source: Source, words: Words, most: int) -> Message:
    """The way to the rest of a kind: ask for it alone, then type more of the text."""
    text = N_('more than {count} of the kind {kind:code}: salescli search "{text}" --kind {kind}')
    if most == ALL_SHOWN:
        text = N_("more than {count} of the kind {kind:code}: type more of the text")
    return msg(text, count=most, kind=source.kind, text=words.typed)


def _nothing(words: Words) -> Message:
    """What was looked through in vain; a few figures are no beginning of a telephone number."""
    text = N_('Nothing you may see holds "{text}". Texts of events are searched in the newest {count:,} records.')
    if words.digits is None and words.typed.strip().isdecimal():
        text = N_('Nothing you may see holds "{text}". Telephone numbers are searched from {figures} figures on.')
    return msg(text, text=words.typed, count=NEWEST, figures=FIRST_DIGITS)


def read(typed: str) -> Words:
    """The text in every form it is compared in: as a name, as pinyin, as a telephone number."""
    plain = unicodedata.normalize("NFKC", typed)
    sound = plain.lower() if plain.isascii() and plain.isalnum() and plain.isalpha() else None
    digits = normal_phone(plain) if re.fullmatch(r"[\d\s+()-]+", plain) else None
    long_enough = sum(sign.isdigit() for sign in plain) >= FIRST_DIGITS
    return Words(typed, normal_name(plain), sound, digits if long_enough else None)


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
            yield _begins(column), {"low": form, "high": _after(form)}
    if source.phones and words.digits:
        yield _by_phone(r, source), {"low": words.digits, "high": _after(words.digits)}
    if words.is_number and not source.events:
        return  # figures only are no name: they were looked for as codes and telephone numbers
    if source.compared and words.compared:
        yield _among(source, source.compared), {"part": f"%{escaped(words.compared)}%"}
    if source.sound and words.sound:
        yield _begins(source.sound), {"low": words.sound, "high": _after(words.sound)}
    part = {"part": part_pattern(typed)}
    if source.events:
        texts = " OR ".join(_holds(f"t.{column}") for column in source.walked)
        yield f"t.id > (SELECT max(id) FROM {source.table}) - :newest AND ({texts})", part | {"newest": NEWEST}
    else:
        yield from ((_among(source, column), part) for column in source.walked if column != "email" or "@" in typed)
    if source.sound and words.sound and len(words.sound) >= SYLLABLES:
        yield _among(source, source.sound), {"part": f"% {words.sound}%"}


def _begins(column: str) -> str:
    return f"t.{column} >= :low AND t.{column} < :high"


def _holds(column: str) -> str:
    """SQL: a column holds the words. LIKE takes A-Z and a-z for the same; lower() would double the time of a walk."""
    return f"{column} LIKE :part ESCAPE '\\'"


def _among(source: Source, column: str) -> str:
    """SQL: the row is among those whose column holds the words. Asked so, the walk goes through the column's index alone."""
    return f"t.id IN (SELECT x.id FROM {source.table} x WHERE x.{column} IS NOT NULL AND {_holds(f'x.{column}')})"


def _after(text: str) -> str:
    """The first text behind all that begin with this one."""
    return text[:-1] + chr(min(ord(text[-1]) + 1, 0x10FFFF))


def _by_phone(r: Reader, source: Source) -> str:
    """Telephone numbers from their beginning where the reader sees them in full, else only whole: a mask is not to be guessed. ORG-08."""
    begins = _begins("normal_phone")
    if r.actor.sees_phones_of(None):
        return begins
    people = ", ".join(map(str, r.actor.own_or_team())) or "NULL"
    return f"{begins} AND (t.normal_phone = :low OR {source.owner} IN ({people}))"


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
