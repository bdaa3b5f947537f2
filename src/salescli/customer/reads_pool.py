"""The pool as lists: what lies in it, what falls into it when, and how much room each person has (LED-11, ORG-08).

Leads stand here too: they share caps and clock with customers, and a read may name any table.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from heapq import nsmallest
from typing import TYPE_CHECKING, Any, Literal

from salescli.core.access import condition, mask
from salescli.core.errors import Kind, Problem, fail
from salescli.core.i18n import N_, msg
from salescli.core.lookup import find
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Lines, Report
from salescli.customer.reads_owner import DEALT, Person, claimed_on, held, locked
from salescli.customer.rules_pool import Facts, check_hold, days_left, is_due

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salescli.core.reader import Reader

Noun = Literal["customer", "lead"]


class Idle(NamedTuple):
    """A customer or lead with what decides its days left; `owned_since` = in the pool since, when nobody owns it."""

    id: int
    code: str
    name: str
    region: str | None
    contact: str | None
    phone: str | None
    staff_id: int | None
    staff: str | None
    last_contact: str | None
    owned_since: str | None
    entered: str | None
    dealt: int
    locked_until: str | None
    over: int

    @property
    def facts(self) -> Facts:
        """What the rule asks for."""
        return Facts(self.staff_id, self.owned_since, self.last_contact, self.entered, bool(self.dealt), self.locked_until, bool(self.over))


_SPOKE = "(SELECT i.day FROM interaction i WHERE i.{key} AND i.review <> 'rejected' AND i.day <= :day ORDER BY i.day DESC LIMIT 1)"
# The day kept beside a customer is his last contact of all: only for a day before it the contacts themselves are asked.
_CUSTOMER_SPOKE = f"CASE WHEN c.kept_contact_on > :day THEN {_SPOKE.format(key='customer_id = c.id')} ELSE c.kept_contact_on END"
_LEAD_SPOKE = _SPOKE.format(key="lead_number = c.number")


class _Source(NamedTuple):
    """How a kind of thing is read; `c` names its row in both, so that conditions fit either.

    `clock`: id, code and the days that decide; `silent` leaves out most of those somebody spoke to since :cutoff.
    """

    sql: str
    clock: str
    silent: str
    owned: str
    pooled: str
    undealt: str
    code: str
    report: str


_CUSTOMERS = f"""
SELECT c.id, c.code, c.name, c.region, k.name, k.phone, c.staff_id, s.code, {_CUSTOMER_SPOKE},
       coalesce(c.owner_since, c.created), c.created, {DEALT}, c.locked_until, c.archived_on IS NOT NULL
FROM customer c
LEFT JOIN staff s ON s.id = c.staff_id
LEFT JOIN contact k ON k.customer_id = c.id AND k.main = 1
WHERE {{terms}}"""
_LEAD_ENTERED = "coalesce((SELECT b.day FROM import_batch b WHERE b.id = c.import_id), c.created)"
_LEADS = f"""
SELECT c.id, c.number, coalesce(c.company, c.name), c.region, c.name, c.phone, c.staff_id, s.code,
       {_LEAD_SPOKE}, coalesce(c.owner_since, c.created), {_LEAD_ENTERED},
       0, c.locked_until, c.closed IS NOT NULL OR c.customer_id IS NOT NULL
FROM lead c
LEFT JOIN staff s ON s.id = c.staff_id
WHERE {{terms}}"""
_OPEN_LEAD = "c.closed IS NULL AND c.customer_id IS NULL"
_CLOCK = "SELECT c.id, c.{code}, c.staff_id, coalesce(c.owner_since, c.created), {spoke}, {entered}, c.locked_until FROM {table} c"
_SOURCES: dict[Noun, _Source] = {
    "customer": _Source(
        _CUSTOMERS, _CLOCK.format(code="code", spoke=_CUSTOMER_SPOKE, entered="c.created", table="customer"),
        "(c.kept_contact_on IS NULL OR c.kept_contact_on <= :cutoff OR c.kept_contact_on > :day)",
        "c.staff_id IS NOT NULL AND c.archived_on IS NULL", "c.staff_id IS NULL AND c.archived_on IS NULL",
        f"NOT {DEALT}", "c.code", "customer-pool",
    ),
    "lead": _Source(
        _LEADS, _CLOCK.format(code="number", spoke=_LEAD_SPOKE, entered=_LEAD_ENTERED, table="lead"),
        f"coalesce({_LEAD_SPOKE}, :cutoff) <= :cutoff",
        f"c.staff_id IS NOT NULL AND {_OPEN_LEAD}", f"c.staff_id IS NULL AND {_OPEN_LEAD}",
        "1 = 1", "c.number", "lead-pool",
    ),
}  # fmt: skip


def facts_of(r: Reader, noun: Noun, row_id: int) -> Idle:
    """One customer or lead, which must exist."""
    found = r.first(Idle, _SOURCES[noun].sql.format(terms="c.id = :id"), id=row_id, day=r.today)
    assert found is not None
    return found


def left(r: Reader, row: Idle, day: date) -> int | None:
    """Days left of one row, by the office's `pool.idle_days` of that day."""
    return days_left(row.facts, r.policy("pool.idle_days", day), day)


def undealt(r: Reader, noun: Noun, who: str = "1 = 1", day: date | None = None) -> list[Idle]:
    """Everything owned that the pool may take some day; `who` narrows by SQL on c.staff_id."""
    source = _SOURCES[noun]
    return r.rows(Idle, source.sql.format(terms=f"{source.owned} AND {source.undealt} AND {who}"), day=day or r.today)


def soon(r: Reader, noun: Noun, day: date, within: int, who: str = "1 = 1", most: int | None = None) -> list[tuple[int, Idle]]:
    """What falls to the pool within so many days, the next one first: (days left, row); only the first `most`. LED-11."""
    if most is None:
        return _within(r, noun, day, within, _falling(r, noun, day, within, who))
    falls = _falls(r, noun, day, within, who)
    return _within(r, noun, day, within, (_ids(nsmallest(most, falls)), {}))


def first_of_each(r: Reader, noun: Noun, day: date, within: int, who: str, most: int) -> Iterable[tuple[list[tuple[int, Idle]], int]]:
    """The first `most` of every owner, as `soon` hands them out, and how many fall of his in all. LED-11."""
    falls: dict[int, list[_Fall]] = {}
    for fall in _falls(r, noun, day, within, who):
        falls.setdefault(fall[3], []).append(fall)
    rows: dict[int | None, list[tuple[int, Idle]]] = {}
    for pair in _within(r, noun, day, within, (_ids(fall for own in falls.values() for fall in nsmallest(most, own)), {})):
        rows.setdefault(pair[1].staff_id, []).append(pair)
    return [(rows[staff], len(own)) for staff, own in falls.items()]


def _falling(r: Reader, noun: Noun, day: date, within: int, who: str) -> tuple[str, dict[str, date]]:
    """SQL that leaves out most of what certainly does not fall, and its days; `days_left` decides."""
    source, idle = _SOURCES[noun], r.policy("pool.idle_days", day)
    terms = (
        source.owned, who, "coalesce(c.owner_since, c.created, :cutoff) <= :cutoff", "coalesce(c.locked_until, '') < :lapsed",
        source.silent, source.undealt,
    )  # fmt: skip
    return " AND ".join(terms), {"cutoff": day - timedelta(idle) + timedelta(within), "lapsed": day + timedelta(within)}


def _within(r: Reader, noun: Noun, day: date, within: int, chosen: tuple[str, dict[str, date]]) -> list[tuple[int, Idle]]:
    """The rows chosen by SQL that fall within so many days, the next one first."""
    (where, params), idle = chosen, r.policy("pool.idle_days", day)
    known: dict[str | None, str | None] = {}
    rows = (_shared(row, known) for row in r.execute(_SOURCES[noun].sql.format(terms=where), {"day": day, **params}))
    found = [(days, row) for row in rows if (days := days_left(row.facts, idle, day)) is not None and days <= within]
    return sorted(found, key=lambda pair: (pair[0], pair[1].code))


_Fall = tuple[int, str, int, int]
"""Days left, code, id, owner's id of an owned, undealt one: enough to place it in the list."""


def _falls(r: Reader, noun: Noun, day: date, within: int, who: str) -> list[_Fall]:
    """All that fall within so many days, in no order."""
    where, params = _falling(r, noun, day, within, who)
    idle = r.policy("pool.idle_days", day)
    return [
        (left, code, row_id, staff_id)
        for row_id, code, staff_id, since, last, entered, locked in r.execute(
            f"{_SOURCES[noun].clock} WHERE {where}", {"day": day, **params}
        )
        if (left := days_left(Facts(staff_id, since, last, entered, False, locked), idle, day) or 0) <= within
    ]


def _ids(falls: Iterable[_Fall]) -> str:
    return f"c.id IN ({', '.join(str(fall[2]) for fall in falls) or 'NULL'})"


def _shared(row: tuple[Any, ...], known: dict[str | None, str | None]) -> Idle:
    """The row with its region, owner and days kept once for all: thousands may fall at the same time."""
    cells = list(row)
    for place in _REPEATED:
        cells[place] = known.setdefault(cells[place], cells[place])
    return Idle._make(cells)


_REPEATED = tuple(map(Idle._fields.index, ("region", "staff", "last_contact", "owned_since", "entered", "locked_until")))


def due(r: Reader, noun: Noun) -> list[Idle]:
    """What the pool takes today. LED-11."""
    return [row for days, row in soon(r, noun, r.today, 0) if is_due(days)]


# --- caps ---------------------------------------------------------------------------------------------------------------------


def check_room(r: Reader, who: Person, more: int = 1) -> list[Problem]:
    """Whether somebody may be given so many undealt ones more: the one check on every path. LED-11."""
    cap, count = r.policy("pool.hold_cap"), held(r, who.id)
    return check_hold(who.code, count, more, cap, frees_on(r, who.id) if more > 0 and count + more > cap else None)


def frees_on(r: Reader, staff_id: int) -> date | None:
    """The day the first of somebody's falls to the pool by itself, today at the earliest; None when nothing does."""
    who = f"c.staff_id = {staff_id:d}"
    days = [d for noun in _SOURCES for row in undealt(r, noun, who) if (d := left(r, row, r.today)) is not None]
    return r.today + timedelta(max(0, min(days))) if days else None


# --- lists --------------------------------------------------------------------------------------------------------------------

LIST = (
    Column("code", N_("Code")),
    Column("name", N_("Name")),
    Column("region", N_("Region")),
    Column("contact", N_("Contact")),
    Column("phone", N_("Phone")),
    Column("staff", N_("Owner")),
    Column("former", N_("Former owner")),
    Column("since", N_("There since"), "date"),
    Column("last_contact", N_("Last contact"), "date"),
    Column("locked_until", N_("Locked until"), "date"),
    Column("days_left", N_("Days left"), "int"),
)

Which = Literal["pool", "mine", "soon", "all"]


def which(*, mine: bool, soon: bool, everything: bool, staff: str | None) -> Which:
    """The list meant by the options. Raises SalesError (usage, exit 2) for more than one."""
    if mine + soon + everything > 1:
        fail("several_lists", N_("say one of --mine, --soon and --all"), kind=Kind.USAGE)
    if mine or (staff and not (soon or everything)):
        return "mine"
    return "soon" if soon else "all" if everything else "pool"


def pool(r: Reader, noun: Noun, wanted: Which, staff: str | None = None, limit: int | None = None) -> Report:
    """What lies in the pool (telephones masked), one's own with days left, what falls soon, or all of it. LED-11, ORG-08."""
    rows = [] if wanted in ("mine", "soon") else _pooled(r, noun, limit)
    rows += [] if wanted == "pool" else _owned(r, noun, wanted, staff, limit)
    titles = {"pool": N_("In the pool"), "mine": N_("Days left before the pool"), "soon": N_("Going to the pool soon"), "all": N_("Pool")}
    empty = N_("The pool is empty.") if wanted == "pool" else N_("Nothing here falls to the pool.")
    return Report(
        name=_SOURCES[noun].report,
        title=msg(titles[wanted]),
        columns=LIST,
        rows=Lines(rows, lambda found: _row(r, *found)),
        as_of=r.today.isoformat(),
        empty=msg(empty),
        beyond_own=any(row.staff_id not in r.actor.team for row, _days, _former in rows),
    )


_FORMER = {
    "customer": "h.customer_id = c.id",
    "lead": "h.lead_number = c.number",
}


def _pooled(r: Reader, noun: Noun, limit: int | None) -> list[tuple[Idle, int | None, str | None]]:
    """What lies in the pool, the newest first, with who lost it."""
    if r.actor.visible("customers") == ():
        return []
    source = _SOURCES[noun]
    sql = source.sql.format(terms=source.pooled) + f" ORDER BY c.owner_since DESC, {source.code}" + (" LIMIT :limit" if limit else "")
    found = r.rows(Idle, sql, day=r.today, **({"limit": limit} if limit else {}))
    former = _former_owners(r, noun, [row.id for row in found])
    return [(row, None, former.get(row.id)) for row in found]


_ALL_FORMER = 2000
"""Rows from which the former owners are read for the whole pool at once."""


def _former_owners(r: Reader, noun: Noun, ids: list[int]) -> dict[int, str]:
    """Who owned what lies in the pool before, by the last change of hands that names somebody."""
    source = _SOURCES[noun]
    table = "customer" if noun == "customer" else "lead"
    among = f" AND c.id IN ({', '.join(map(str, ids))})" if len(ids) < _ALL_FORMER else ""
    sql = f"""SELECT c.id, s.code FROM {table} c JOIN owner_change h ON {_FORMER[noun]} JOIN staff s ON s.id = h.former_id
              WHERE {source.pooled}{among} ORDER BY h.day, h.id"""
    return dict(r.tuples(sql))


def _owned(r: Reader, noun: Noun, wanted: Which, staff: str | None, limit: int | None) -> list[tuple[Idle, int | None, str | None]]:
    """What people hold and may lose, within the reader's scope; the fewest days left first."""
    who = condition(r.actor, "customers", "c.staff_id")
    if wanted == "mine" or staff:
        who += f" AND c.staff_id = {find(r, 'staff', staff).id if staff else r.actor.id:d}"
    if wanted == "soon":
        return [(row, days, None) for days, row in soon(r, noun, r.today, r.policy("pool.warn_days"), who, limit or None)]
    found = [(row, left(r, row, r.today)) for row in undealt(r, noun, who)]
    return [(row, days, None) for row, days in sorted(found, key=lambda pair: (pair[1] or 0, pair[0].code))]


def _row(r: Reader, row: Idle, days: int | None, former: str | None) -> tuple[Any, ...]:
    phone = row.phone if r.actor.sees_phones_of(row.staff_id) and row.staff_id is not None else mask(row.phone)
    return (
        row.code,
        row.name,
        row.region,
        row.contact,
        phone,
        row.staff,
        former,
        row.owned_since,
        row.last_contact,
        row.locked_until,
        days,
    )


# --- room per person --------------------------------------------------------------------------------------------------------

ROOM = (
    Column("staff", N_("Staff")),
    Column("name", N_("Name")),
    Column("held", N_("Held without a deal"), "int"),
    Column("cap", N_("Cap"), "int"),
    Column("room", N_("Room"), "int"),
    Column("claimed", N_("Claimed today"), "int"),
    Column("daily", N_("A day"), "int"),
    Column("locked", N_("Locked"), "int"),
    Column("lock_cap", N_("Lock cap"), "int"),
    Column("soon", N_("Falling soon"), "int"),
)

_SELLERS = """
SELECT s.id, s.code, s.name, s.left_on FROM staff s
WHERE coalesce(s.left_on, '9999-12-31') >= :today AND {scope}
  AND EXISTS (SELECT 1 FROM staff_role x WHERE x.staff_id = s.id AND x.role IN ('rep', 'supervisor', 'support', 'front_desk'))
ORDER BY s.code"""


def quota(r: Reader) -> Report:
    """How much each seller holds, claimed today, has locked and will lose soon, beside the caps. LED-11, RPT-11."""
    cap, daily, locks = (r.policy(key) for key in ("pool.hold_cap", "pool.daily_claims", "pool.lock_cap"))
    within, scope = r.policy("pool.warn_days"), condition(r.actor, "customers", "c.staff_id")
    falling = Counter(row.staff_id for noun in _SOURCES for _days, row in soon(r, noun, r.today, within, scope))
    rows = []
    for who in r.rows(Person, _SELLERS.format(scope=condition(r.actor, "customers", "s.id")), today=r.today):
        count = held(r, who.id)
        claimed = claimed_on(r, who.id, r.today)
        rows.append((who.code, who.name, count, cap, max(0, cap - count), claimed, daily, locked(r, who.id), locks, falling[who.id]))
    return Report("pool-quota", msg(N_("Room under the caps")), ROOM, rows, as_of=r.today.isoformat())
