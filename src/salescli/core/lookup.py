"""References as people type them: a code, a number, a name, an unambiguous part of it, or pinyin initials (CLI.md §1)."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, NoReturn

from salescli.core.access import condition
from salescli.core.errors import Kind, Problem, SalesError, fail
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.record import NamedTuple
from salescli.core.text import NAME, clean, folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salescli.core.reader import Reader

MOST_SHOWN = 10
"""Candidates listed when a reference fits several."""

NEIGHBOURS = 200
"""Codes and names looked at for a suggestion: those that begin with the same sign, so that a miss stays cheap in a large book."""

Thing = Literal["customer", "pooled", "staff", "product", "warehouse", "lead", "supplier"]


class Row(NamedTuple):
    """What a reference means."""

    id: int
    code: str
    name: str


class _Kind(NamedTuple):
    """Where a kind of thing is looked up; `whole` columns must equal the text, `parts` may hold it.

    `area` = its data scope; `unowned` = those without an owner are everybody's to see.
    """

    noun: str
    table: str
    code: str
    whole: tuple[str, ...]
    parts: tuple[str, ...]
    pinyin: bool = True
    area: str | None = None
    unowned: bool = False


KINDS: dict[str, _Kind] = {
    "customer": _Kind(C_("customer"), "customer", "code", ("name", "short_name"), ("code", "name", "short_name"), area="customers"),
    "pooled": _Kind(
        C_("customer"), "customer", "code", ("name", "short_name"), ("code", "name", "short_name"), area="customers", unowned=True
    ),
    "staff": _Kind(C_("staff_member"), "staff", "code", ("name",), ("code", "name")),
    "product": _Kind(C_("product"), "product", "sku", ("barcode", "name"), ("sku", "name")),
    "warehouse": _Kind(C_("warehouse"), "warehouse", "code", ("name",), ("code", "name"), pinyin=False),
    "supplier": _Kind(C_("supplier"), "supplier", "code", ("name",), ("code", "name")),
    "lead": _Kind(C_("lead"), "lead", "number", ("name", "company"), ("number", "name", "company"), area="customers", unowned=True),
}


def find(reader: Reader, kind: Thing, text: str) -> Row:
    """The one thing the text means: exact code (case does not count), exact name, short name, a part of them, pinyin initials.

    Raises SalesError: 2 for text that cannot be a name, 3 when nothing or several fit (candidates listed; on a terminal one may choose).
    A customer outside the reader's scope is not found.
    """
    what = KINDS[kind]
    typed = clean(text, what.noun, NAME)
    found = _by_code(reader, what, typed) or _by_alias(reader, what, typed) or _by_name(reader, what, typed) or _by_any(reader, what, typed)
    if len(found) == 1:
        return found[0]
    if not found:
        _miss(reader, kind, what, typed)
    return _choose(reader, what, typed, found)


def find_optional(reader: Reader, kind: Thing, text: str | None) -> Row | None:
    """Like `find`; None stays None."""
    return None if text is None else find(reader, kind, text)


def find_here(reader: Reader, text: str) -> Row:
    """The staff member meant, who is still with us on the reader's day. ORG-06. Raises SalesError: 3 nobody, or several; 4 he has left."""
    row = find(reader, "staff", text)
    left: str | None = reader.value("SELECT left_on FROM staff WHERE id = :id AND left_on < :today", id=row.id, today=reader.today)
    if left is not None:
        said, hint = N_("{staff} left on {left} and is given nothing to do"), N_("choose somebody who is here: salescli staff list")
        fail("staff_left", said, rule="ORG-06", hint=hint, staff=row.code, left=left)
    return row


def _select(what: _Kind) -> str:
    return f"SELECT id, {what.code}, name FROM {what.table}"


def _scope(reader: Reader, what: _Kind) -> str:
    if not what.area:
        return "1 = 1"
    owned = condition(reader.actor, what.area, "staff_id")
    return f"({owned} OR staff_id IS NULL)" if what.unowned else owned


def _by_code(reader: Reader, what: _Kind, typed: str) -> list[Row]:
    """The usual spellings of a code, found through its index."""
    sql = f"{_select(what)} WHERE {what.code} IN (:typed, :upper, :lower) AND {_scope(reader, what)} ORDER BY {what.code} <> :typed"
    return reader.rows(Row, sql, typed=typed, upper=typed.upper(), lower=typed.lower())[:1]


def _by_alias(reader: Reader, what: _Kind, typed: str) -> list[Row]:
    """The customer another one was merged into, by the code the other had. LED-10."""
    if what.table != "customer":
        return []
    sql = f"""SELECT id, code, name FROM customer WHERE {_scope(reader, what)}
              AND id IN (SELECT customer_id FROM customer_alias WHERE code IN (:typed, :upper, :lower)) LIMIT 1"""
    return reader.rows(Row, sql, typed=typed, upper=typed.upper(), lower=typed.lower())


def _by_name(reader: Reader, what: _Kind, typed: str) -> list[Row]:
    """Names that equal the text, found through their index."""
    sql = f"{_select(what)} WHERE name = :typed AND {_scope(reader, what)} ORDER BY {what.code} LIMIT {MOST_SHOWN + 1}"
    return reader.rows(Row, sql, typed=typed)


class _Ranked(NamedTuple):
    id: int
    code: str
    name: str
    rank: int


def _by_any(reader: Reader, what: _Kind, typed: str) -> list[Row]:
    """One walk through the table: the best kind of match there is, case not counting."""
    lower = folded(typed)
    whole = (what.code, *what.whole)
    ranks = " ".join(f"WHEN lower({column}) = :lower THEN {rank}" for rank, column in enumerate(whole))
    part = " OR ".join(holding(column, typed) for column in what.parts)
    equal = "".join(f" OR lower({column}) = :lower" for column in what.whole if column not in what.parts)
    sounds = what.pinyin and typed.isascii() and typed.isalnum()
    spoken = " OR pinyin LIKE :initials OR pinyin LIKE :syllables" if sounds else ""
    sql = f"""SELECT id, {what.code}, name, CASE {ranks} WHEN {part} THEN {len(whole)} ELSE {len(whole) + 1} END AS rank
              FROM {what.table} WHERE ({part}{equal}{spoken}) AND {_scope(reader, what)}
              ORDER BY rank, {what.code} LIMIT {MOST_SHOWN + 1}"""
    texts = {"initials": f"{lower}%", "syllables": f"% {lower}%"} if sounds else {}
    rows = reader.rows(_Ranked, sql, lower=lower, part=part_pattern(typed), **texts)
    return [Row(row.id, row.code, row.name) for row in rows if row.rank == rows[0].rank]


def holding(column: str, text: str) -> str:
    """SQL: `column` holds the text, case not counting; its parameter :part is `part_pattern(text)`.

    Text without letters A-Z needs no lower() and no text without % and _ an ESCAPE: at 100,000 rows that is 16 ms against 52.
    """
    lower = folded(text)
    side = f"lower({column})" if lower != text.upper() else column
    return f"{side} LIKE :part" + (" ESCAPE '\\'" if escaped(text) != text else "")


def part_pattern(text: str) -> str:
    """The LIKE pattern that `holding` compares with."""
    return f"%{escaped(folded(text))}%"


def escaped(text: str) -> str:
    """Text for a LIKE pattern with ESCAPE '\\': its own signs % and _ mean themselves."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


# --- nothing fits, or several ------------------------------------------------------------------------------------------


def _miss(reader: Reader, kind: str, what: _Kind, typed: str) -> NoReturn:
    near = _nearest(reader, what, typed)
    hint = N_("did you mean {near}?") if near else N_("list them: salescli {command}")
    command = {"warehouse": "stock warehouses", "pooled": "customer list", "supplier": "purchase supplier list"}.get(kind, f"{kind} list")
    text = N_('there is no {what:code} "{typed}"')
    fail(f"{what.table}_not_found", text, kind=Kind.NOT_FOUND, hint=hint, what=what.noun, typed=typed, near=near, command=command)


def _nearest(reader: Reader, what: _Kind, typed: str) -> list[str]:
    """Up to three codes or names spelt alike that begin with the same sign."""
    from difflib import get_close_matches

    words: dict[str, str] = {}
    for first in dict.fromkeys((typed[0], typed[0].upper(), typed[0].lower())):
        for column in (what.code, "name"):
            sql = f"""SELECT {column} FROM {what.table} WHERE {column} >= :first AND {column} < :after AND {_scope(reader, what)}
                      ORDER BY {column} LIMIT {NEIGHBOURS}"""
            words |= {folded(word): word for word in reader.column(sql, first=first, after=chr(ord(first[0]) + 1))}
    return [words[word] for word in get_close_matches(folded(typed), words, n=3, cutoff=0.6)]


def _choose(reader: Reader, what: _Kind, typed: str, found: Sequence[Row]) -> Row:
    """Several fit: a person at the terminal may choose one, else all are named."""
    shown = found[:MOST_SHOWN]
    names = [f"{row.code} {row.name}" for row in shown]
    picked = _ask(reader, what, typed, names)
    if picked is None:
        _ambiguous(what, typed, names, more=len(found) > MOST_SHOWN)
    return shown[picked]


def _ambiguous(what: _Kind, typed: str, names: list[str], *, more: bool) -> NoReturn:
    few = N_('"{typed}" fits {count} entries ({what:code}): {candidates}')
    many = N_('"{typed}" fits more than {count} entries ({what:code}), among them: {candidates}')
    hint = N_("type the code, or more of the name")
    facts = {"typed": typed, "what": what.noun, "count": len(names), "candidates": names}
    raise SalesError([Problem(f"{what.table}_ambiguous", Message(many if more else few, facts), Kind.NOT_FOUND, hint=Message(hint))])


def _ask(reader: Reader, what: _Kind, typed: str, names: Sequence[str]) -> int | None:
    from salescli.core.prompts import choose, interactive

    if not interactive() or _has_written(reader):
        return None
    with unlocked(reader):
        return choose(msg(N_('Which {what:code} does "{typed}" mean?'), what=what.noun, typed=typed), names)


def _has_written(reader: Reader) -> bool:
    """Whether this command changed something already, so that its lock may not be given up."""
    return reader.writes and reader.connection.total_changes > 0


@contextmanager
def unlocked(reader: Reader) -> Iterator[None]:
    """Give up a writer's lock while a person thinks: nobody else's command shall wait for an answer."""
    if not reader.writes:
        yield
        return
    reader.connection.execute("ROLLBACK")
    try:
        yield
    finally:
        reader.connection.execute("BEGIN IMMEDIATE")
