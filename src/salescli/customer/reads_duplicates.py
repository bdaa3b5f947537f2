"""The same customer again: who has this code, name, tax or telephone number already, and whose name is nearly the same (LED-10).

Customers, the pool, the archive, merged codes and open leads are looked at, whatever the reader may see: the point is that nobody is
entered twice, and that whoever asks learns who holds him. Telephone numbers are compared, never shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.access import condition
from salescli.core.alike import core_name, may_be_person, normal_name, normal_phone, pieces, without_place
from salescli.core.i18n import N_, msg
from salescli.core.phonetic import MOST_OF_A_PERSON
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.customer.reads_owner import WAITS
from salescli.customer.rules import Alike, Holder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from salescli.core.reader import Reader

MOST = 20
"""Matches looked at by one key."""

CANDIDATES = 2000
"""Names compared sign by sign at most: those that hold a part of what the name is known by."""

ALIKE = 85
"""Per cent from which two names are called alike."""

CORE_COUNTS = 0.98
"""What likeness of the cores alone is worth beside likeness of the whole names."""

SHOWN = 5
"""Similar names a warning tells at most."""

_LEAD_WAITS = WAITS.replace("closed", "l.closed").replace("state", "l.state").replace("customer_id", "l.customer_id")
_HOLDERS = {
    "code": """SELECT c.code, c.name, s.code, s.name, 'customer' FROM customer c LEFT JOIN staff s ON s.id = c.staff_id
               WHERE c.id <> :but AND (c.code IN (:value, :upper, :lower)
               OR c.id IN (SELECT customer_id FROM customer_alias WHERE code IN (:value, :upper, :lower))) ORDER BY c.id""",
    "name": f"""SELECT c.code, c.name, s.code, s.name, 'customer' FROM customer c LEFT JOIN staff s ON s.id = c.staff_id
               WHERE c.id <> :but AND (c.normal_name = :value OR c.name = :typed
               OR c.id IN (SELECT customer_id FROM customer_alias WHERE normal_name = :value))
               UNION ALL
               SELECT l.number, coalesce(l.company, l.name), s.code, s.name, 'lead' FROM lead l LEFT JOIN staff s ON s.id = l.staff_id
               WHERE l.normal_name = :value AND {_LEAD_WAITS}""",
    "tax_no": f"""SELECT c.code, c.name, s.code, s.name, 'customer' FROM customer c LEFT JOIN staff s ON s.id = c.staff_id
               WHERE c.id <> :but AND c.tax_no = :value
               UNION ALL
               SELECT l.number, coalesce(l.company, l.name), s.code, s.name, 'lead' FROM lead l LEFT JOIN staff s ON s.id = l.staff_id
               WHERE l.tax_no = :value AND {_LEAD_WAITS}""",
    "phone": f"""SELECT c.code, c.name, s.code, s.name, 'customer' FROM customer c LEFT JOIN staff s ON s.id = c.staff_id
               WHERE c.id <> :but AND c.id IN (SELECT k.customer_id FROM contact k WHERE k.normal_phone = :value)
               UNION ALL
               SELECT l.number, coalesce(l.company, l.name), s.code, s.name, 'lead' FROM lead l LEFT JOIN staff s ON s.id = l.staff_id
               WHERE l.normal_phone = :value AND {_LEAD_WAITS}""",
}
_NORMAL = {"name": normal_name, "phone": normal_phone}


def holders(r: Reader, but: int | None, **typed: str | None) -> list[Holder]:
    """Customers (`but` one left out) and open leads that have this code, name, tax_no or phone already; each match once. LED-10."""
    found: list[Holder] = []
    for match, text in typed.items():
        if text:
            found += _holders(r, match, text, but or 0)[:1]
    return found


def _holders(r: Reader, match: str, text: str, but: int) -> list[Holder]:
    value = _NORMAL[match](text) if match in _NORMAL else text
    if not value:
        return []
    sql = f"{_HOLDERS[match]} LIMIT {MOST}"
    rows = r.tuples(sql, value=value, typed=text, upper=text.upper(), lower=text.lower(), but=but)
    found = [Holder(match, _spelt(match, text, row[0]), *row) for row in rows]
    return [h for h in found if not (match == "name" and _namesake(text, h))]


def _spelt(match: str, text: str, code: str) -> str:
    """The value as the book has it, unless it is an older code or a number not to be shown."""
    return code if match == "code" and code.casefold() == text.casefold() else text


def _namesake(text: str, holder: Holder) -> bool:
    """Only a short personal name agrees, and not as typed or only with a lead's: two people may bear it."""
    return may_be_person(text, MOST_OF_A_PERSON - 1) and (holder.noun == "lead" or holder.name != text)


# --- nearly the same --------------------------------------------------------------------------------------------------------


class Similar(NamedTuple):
    """A name nearly the same: per cent, customer or lead, its id."""

    score: int
    noun: str
    id: int


_NAMES = {
    "customer": "SELECT id, normal_name FROM customer WHERE {terms} LIMIT :most",
    "lead": f"SELECT l.id, l.normal_name FROM lead l WHERE ({{terms}}) AND {_LEAD_WAITS} LIMIT :most",
}


def similar(r: Reader, name: str, but: int | None = None) -> list[Similar]:
    """Customers and open leads whose names are alike, the likest first; equal ones included. LED-10.

    One walk through the index of compared names picks a bounded number of candidates; only those are compared sign by sign.
    """
    wanted = normal_name(name)
    found = _candidates(r, wanted) if wanted else []
    if not wanted or not found:
        return []
    from rapidfuzz import fuzz

    scores = [
        (100 if known == wanted else min(99, round(_likeness(wanted, known, fuzz.ratio))), noun, row_id) for noun, row_id, known in found
    ]
    return sorted((Similar(*s) for s in scores if s[0] >= ALIKE and s[1:] != ("customer", but)), key=lambda s: (-s.score, s.noun, s.id))


def _candidates(r: Reader, wanted: str) -> list[tuple[str, int, str]]:
    """(customer or lead, id, compared name) of those that hold a part of what the name is known by."""
    parts = pieces(wanted)
    terms = " OR ".join(f"normal_name LIKE :part{i}" for i in range(len(parts)))
    params = {f"part{i}": f"%{part}%" for i, part in enumerate(parts)}
    return [
        (noun, row_id, known)
        for noun, sql in _NAMES.items()
        for row_id, known in r.tuples(sql.format(terms=terms), **params, most=CANDIDATES)
    ]


def _likeness(a: str, b: str, ratio: object) -> float:
    """Per cent: the names without the place in front; a long core in common counts nearly as much."""
    assert callable(ratio)
    whole = ratio(without_place(a), without_place(b))
    one, other = core_name(a), core_name(b)
    return float(max(whole, ratio(one, other) * CORE_COUNTS if min(len(one), len(other)) >= MOST_OF_A_PERSON else 0))


def alike(r: Reader, name: str, but: int | None = None) -> list[Alike]:
    """Whose names are nearly the same, a few of them, with their holders. LED-10."""
    found = [s for s in similar(r, name, but) if s.score < 100][:SHOWN]
    known = {noun: _shown(r, noun, [s.id for s in found if s.noun == noun]) for noun in _SHOWN}
    rows = [(s.score, known[s.noun][s.id]) for s in found]
    return [Alike(score, str(row[0]), str(row[1]), None if row[2] is None else str(row[2])) for score, row in rows]


# --- as a list ----------------------------------------------------------------------------------------------------------------

LIST = (
    Column("group", N_("No."), "int"),
    Column("match", N_("Same"), "code"),
    Column("score", N_("Alike %"), "int"),
    Column("kind", N_("Kind"), "code"),
    Column("code", N_("Code")),
    Column("name", N_("Name")),
    Column("staff", N_("Owner")),
    Column("staff_name", N_("Owner's name")),
    Column("state", N_("State"), "code"),
    Column("since", N_("Known since"), "date"),
    Column("last_contact", N_("Last contact"), "date"),
)

_SHOWN = {
    "customer": """SELECT c.id, c.code, c.name, s.code, s.name,
        CASE WHEN c.archived_on IS NOT NULL THEN 'archived' WHEN c.staff_id IS NULL THEN 'pool' ELSE 'owned' END,
        coalesce(c.since, c.created), (SELECT max(i.day) FROM interaction i WHERE i.customer_id = c.id)
        FROM customer c LEFT JOIN staff s ON s.id = c.staff_id WHERE c.id IN ({ids})""",
    "lead": """SELECT l.id, l.number, coalesce(l.company, l.name), s.code, s.name,
        CASE WHEN l.staff_id IS NULL THEN 'pool' ELSE 'owned' END,
        l.created, (SELECT max(i.day) FROM interaction i WHERE i.lead_number = l.number)
        FROM lead l LEFT JOIN staff s ON s.id = l.staff_id WHERE l.id IN ({ids})""",
}


class Hit(NamedTuple):
    """One customer or lead of a group that looks like one and the same; `match` says by what."""

    group: int
    match: str
    score: int
    noun: str
    id: int


def duplicates(r: Reader, name: str | None, phone: str | None = None, tax_no: str | None = None) -> Report:
    """Who looks the same as this name, telephone or tax number; without any of them everything entered twice. LED-10.

    Holder and log are named, so that a dispute can be decided; telephone numbers are not shown. ORG-08.
    """
    asked = {"name": name, "phone": phone, "tax_no": tax_no}
    hits = list(_asked(r, asked) if any(asked.values()) else _twice(r))
    known = {noun: _shown(r, noun, [h.id for h in hits if h.noun == noun]) for noun in _SHOWN}
    rows = [(h.group, h.match, h.score, h.noun, *known[h.noun][h.id]) for h in hits]
    return Report(
        name="customer-duplicates",
        title=msg(N_("Looks the same as {asked}"), asked=" ".join(v for v in asked.values() if v)) if any(asked.values())
        else msg(N_("Entered twice")),
        columns=LIST,
        rows=rows,
        as_of=r.today.isoformat(),
        empty=msg(N_("Nobody looks the same.")),
        beyond_own=bool(rows),
    )  # fmt: skip


def _shown(r: Reader, noun: str, ids: list[int]) -> dict[int, tuple[object, ...]]:
    return {row[0]: row[1:] for row in r.tuples(_SHOWN[noun].format(ids=", ".join(map(str, ids)) or "NULL"))}


_BY = {
    "phone": f"""SELECT 'customer', customer_id FROM contact WHERE normal_phone = :value
                 UNION SELECT 'lead', l.id FROM lead l WHERE l.normal_phone = :value AND {_LEAD_WAITS}""",
    "tax_no": f"""SELECT 'customer', id FROM customer WHERE tax_no = :value
                  UNION SELECT 'lead', l.id FROM lead l WHERE l.tax_no = :value AND {_LEAD_WAITS}""",
    "name": "SELECT 'customer', customer_id FROM customer_alias WHERE normal_name = :value",
}


def _asked(r: Reader, asked: dict[str, str | None]) -> Iterator[Hit]:
    """Each customer and lead once, by the surest key that fits."""
    seen: set[tuple[str, int]] = set()
    for match in ("tax_no", "phone", "name"):
        text = asked[match]
        value = _NORMAL[match](text) if match in _NORMAL and text else text.upper() if text else None
        if not value or not text:
            continue
        found: list[tuple[str, int, int]] = [(noun, row_id, 100) for noun, row_id in r.tuples(_BY[match], value=value)]
        if match == "name":
            found += [(s.noun, s.id, s.score) for s in similar(r, text)]
        for noun, row_id, score in found:
            if (noun, row_id) not in seen:
                seen.add((noun, row_id))
                yield Hit(1, match if score == 100 else "similar", score, noun, row_id)


_TWICE = {
    "name": ("normal_name", "SELECT id, normal_name AS value FROM customer WHERE archived_on IS NULL"),
    "tax_no": ("tax_no", "SELECT id, tax_no AS value FROM customer WHERE archived_on IS NULL"),
    "phone": ("normal_phone", "SELECT DISTINCT customer_id AS id, normal_phone AS value FROM contact"),
}


def _twice(r: Reader) -> Iterator[Hit]:
    """Groups of two or more with the same name, tax number or telephone, of which the reader may see at least one."""
    mine = set(r.tuples(f"SELECT 'customer', id FROM customer WHERE {condition(r.actor, 'customers', 'staff_id')}"))
    mine |= set(r.tuples(f"SELECT 'lead', id FROM lead WHERE {condition(r.actor, 'customers', 'staff_id')}"))
    told: set[frozenset[tuple[str, int]]] = set()
    for match, (column, customers) in _TWICE.items():
        leads = f"SELECT l.id, l.{column} AS value FROM lead l WHERE {_LEAD_WAITS}"
        for group in _groups(
            r, f"SELECT 'customer' AS noun, id, value FROM ({customers}) AS c UNION ALL SELECT 'lead', id, value FROM ({leads}) AS l"
        ):
            if group not in told and not mine.isdisjoint(group):
                told.add(group)
                yield from (Hit(len(told), match, 100, noun, row_id) for noun, row_id in sorted(group))


def _groups(r: Reader, sql: str) -> Iterable[frozenset[tuple[str, int]]]:
    everyone = f"WITH everyone AS ({sql}) SELECT e.value, e.noun, e.id FROM everyone e"
    twice = "SELECT value FROM everyone WHERE value IS NOT NULL GROUP BY value HAVING count(*) > 1"
    groups: dict[str, set[tuple[str, int]]] = {}
    for value, noun, row_id in r.tuples(f"{everyone} WHERE e.value IN ({twice})"):
        groups.setdefault(value, set()).add((noun, row_id))
    return map(frozenset, groups.values())


# --- what an import brought twice ------------------------------------------------------------------------------------------------

_OTHER = {
    "customer": f"""EXISTS (SELECT 1 FROM customer o WHERE o.normal_name = x.normal_name AND o.id <> x.id)
        OR EXISTS (SELECT 1 FROM customer o WHERE o.tax_no = x.tax_no AND o.id <> x.id)
        OR EXISTS (SELECT 1 FROM contact k JOIN contact p ON p.normal_phone = k.normal_phone AND p.customer_id <> k.customer_id
                   WHERE k.customer_id = x.id)
        OR EXISTS (SELECT 1 FROM contact k JOIN lead l ON l.normal_phone = k.normal_phone WHERE k.customer_id = x.id AND {_LEAD_WAITS})
        OR EXISTS (SELECT 1 FROM lead l WHERE l.normal_name = x.normal_name AND {_LEAD_WAITS})""",
    "lead": f"""x.closed IS NULL AND x.customer_id IS NULL AND (
        EXISTS (SELECT 1 FROM customer o WHERE o.normal_name = x.normal_name OR o.tax_no = x.tax_no)
        OR EXISTS (SELECT 1 FROM contact k WHERE k.normal_phone = x.normal_phone)
        OR EXISTS (SELECT 1 FROM lead l WHERE l.normal_phone = x.normal_phone AND l.id <> x.id AND {_LEAD_WAITS})
        OR EXISTS (SELECT 1 FROM lead l WHERE l.normal_name = x.normal_name AND l.id <> x.id AND {_LEAD_WAITS}))""",
}


def imported_twice(r: Reader, noun: str, import_id: int) -> int:
    """How many customers or leads of an import share name, telephone or tax number with somebody known before or in the file. LED-10."""
    return int(r.value(f"SELECT count(*) FROM {noun} x WHERE x.import_id = :batch AND ({_OTHER[noun]})", batch=import_id))
