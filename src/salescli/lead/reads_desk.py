"""The front desk's register, the count of a day, who is on duty, and who has a make-up customer due (LED-06..09, K-25)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from salescli.core.access import condition, mask
from salescli.core.i18n import N_, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.lead.reads_match import Wanted, matches
from salescli.lead.rules_match import Match, is_live, rightful
from salescli.lead.states import Entrance

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.dates import Period
    from salescli.core.reader import Reader


def sees_desk(r: Reader) -> bool:
    """Whether the reader sees the whole register: the front desk and the heads. LED-09."""
    return acts_as_desk(r) or r.actor.may("lead.desk")


def acts_as_desk(r: Reader) -> bool:
    """Whether the acting person holds a role that acts as front desk (X-21)."""
    return bool(r.actor.roles & set(r.policy("rolemap.FD")))


# --- who was here before ------------------------------------------------------------------------------------------------------

LOOKUP = (
    Column("kind", N_("Kind"), "code"),
    Column("number", N_("Number")),
    Column("name", N_("Name")),
    Column("staff", N_("Staff")),
    Column("staff_name", N_("Staff name")),
    Column("filed", N_("Filed on"), "date"),
    Column("last_contact", N_("Last contact"), "date"),
    Column("open", N_("Still open"), "bool"),
    Column("same", N_("Same"), "code"),
    Column("live", N_("Live log"), "bool"),
    Column("holds", N_("Holds"), "bool"),
)


_NUMBER = re.compile(r"\+?[0-9][0-9 ()-]{5,}")
"""What is typed for a name and is a telephone number, as the telephone shows it."""


def lookup(r: Reader, name: str, phone: str | None, tax_no: str | None = None) -> Report:
    """Who had contact with somebody before, over leads, the pool and customers, and whose he is by X-05. LED-04, LED-06, LED-10."""
    found = matches(r, Wanted(name, None, phone or (name if _NUMBER.fullmatch(name) else None), tax_no))
    idle = r.policy("pool.idle_days")
    holder = rightful(found, r.today, idle)
    notes = (msg(N_("By X-05 he belongs to {staff} ({ground:code})"), staff=holder.match.owner, ground=holder.ground),) if holder else ()
    return Report(
        name="lead-lookup",
        title=msg(N_("Known before: {name}"), name=name),
        columns=LOOKUP,
        rows=[_lookup_row(m, is_live(m, r.today, idle), holder is not None and m is holder.match) for m in found],
        notes=notes,
        as_of=r.today.isoformat(),
        empty=msg(N_("Nobody had contact with {name} before."), name=name),
    )


def _lookup_row(m: Match, live: bool, holds: bool) -> tuple[str | bool | None, ...]:
    return (m.kind, m.number, m.name, m.owner, m.owner_name, m.filed, m.last_contact, bool(m.open), m.by, live, holds)


# --- whose turn it is ---------------------------------------------------------------------------------------------------------


class MakeUp(NamedTuple):
    """A make-up customer still due: the reception it is for and the rep who gets it."""

    id: int
    staff_id: int


def make_up_due(r: Reader) -> MakeUp | None:
    """The oldest make-up customer granted and not yet given, to a rep who is still here. LED-07."""
    sql = """SELECT p.id, p.staff_id FROM reception p JOIN staff s ON s.id = p.staff_id
             WHERE p.make_up_on IS NOT NULL AND p.made_up_by IS NULL AND coalesce(s.left_on, '9999-12-31') >= :today
             ORDER BY p.make_up_on, p.id LIMIT 1"""
    return r.first(MakeUp, sql, today=r.today)


# --- the register ---------------------------------------------------------------------------------------------------------------

REGISTER = (
    Column("number", N_("Number")),
    Column("date", N_("Date"), "date"),
    Column("time", N_("Time"), "time"),
    Column("entrance", N_("Kind"), "code"),
    Column("name", N_("Name")),
    Column("phone", N_("Phone")),
    Column("need", N_("Need")),
    Column("known", N_("Known"), "bool"),
    Column("earlier", N_("Earlier rep")),
    Column("named", N_("Rep named")),
    Column("duty_group", N_("Duty group")),
    Column("due", N_("Due to")),
    Column("ground", N_("Why"), "code"),
    Column("staff", N_("Staff")),
    Column("deviation", N_("Deviation")),
    Column("minutes", N_("Minutes"), "int"),
    Column("invited", N_("Invited"), "bool"),
    Column("channel", N_("Heard of us by"), "code"),
    Column("confirmed", N_("Sheet"), "date"),
    Column("research", N_("Market research"), "bool"),
    Column("lead", N_("Lead")),
    Column("customer", N_("Customer")),
)

_REGISTER = """
SELECT p.number, p.day, p.time, p.entrance, p.name, p.phone, p.need, p.known, e.code, n.code, p.duty_group, d.code, p.ground,
       s.code, p.deviation, p.minutes, p.invited, p.channel, p.confirmed_on, p.research, l.number, c.code, p.staff_id
FROM reception p
JOIN staff s ON s.id = p.staff_id
LEFT JOIN staff e ON e.id = p.earlier_id
LEFT JOIN staff n ON n.id = p.named_id
LEFT JOIN staff d ON d.id = p.due_id
LEFT JOIN lead l ON l.id = p.lead_id
LEFT JOIN customer c ON c.id = p.customer_id
WHERE p.day BETWEEN :start AND :end AND {where} ORDER BY p.day DESC, p.id DESC{limit}"""

_BOOLS = (7, 16, 19)
_PHONE = 5


def register(
    r: Reader, period: Period, *, entrance: Entrance | None = None, deviations: bool = False, open_sheets: bool = False,
    limit: int | None = None,
) -> Report:  # fmt: skip
    """Visitors (F-04) and callers (F-03) of a period, newest first; a rep sees those he got. LED-06, LED-08, LED-09."""
    terms = ["1 = 1" if sees_desk(r) else condition(r.actor, "customers", "p.staff_id")]
    terms += ["p.entrance = :entrance"] * (entrance is not None) + ["p.deviation IS NOT NULL"] * deviations
    terms += ["p.confirmed_on IS NULL AND p.entrance = 'visitor'"] * open_sheets
    sql = _REGISTER.format(where=" AND ".join(terms), limit=f" LIMIT {limit:d}" if limit else "")
    rows = r.tuples(sql, start=period.start, end=period.end, entrance=entrance and entrance.value)
    return Report(
        name="lead-register",
        title=msg(N_("Front desk register {period}"), period=period.name),
        columns=REGISTER,
        rows=[_register_row(r, row) for row in rows],
        as_of=r.today.isoformat(),
        empty=msg(N_("Nobody came or called. Enter a visitor: salescli lead reception NAME")),
    )


def _register_row(r: Reader, row: tuple[object, ...]) -> tuple[object, ...]:
    *cells, owner = row
    for place in _BOOLS:
        cells[place] = bool(cells[place])
    if not r.actor.sees_phones_of(owner if isinstance(owner, int) else None) and not acts_as_desk(r):
        cells[_PHONE] = mask(str(cells[_PHONE])) if cells[_PHONE] else None
    return tuple(cells)


# --- the count of a day -----------------------------------------------------------------------------------------------------------


class Count(NamedTuple):
    """What came in on a day: visitors, new ones, calls, new callers, invited, over the introduction limit, deviations, sheets missing."""

    day: str
    visitors: int = 0
    new_visitors: int = 0
    calls: int = 0
    new_callers: int = 0
    invited: int = 0
    long_calls: int = 0
    deviations: int = 0
    sheets_missing: int = 0


_COUNT = """
SELECT p.day, sum(CASE WHEN p.entrance = 'visitor' THEN 1 ELSE 0 END),
       sum(CASE WHEN p.entrance = 'visitor' AND p.known = 0 THEN 1 ELSE 0 END),
       sum(CASE WHEN p.entrance = 'caller' THEN 1 ELSE 0 END),
       sum(CASE WHEN p.entrance = 'caller' AND p.known = 0 THEN 1 ELSE 0 END),
       sum(p.invited), sum(CASE WHEN p.minutes > :longest THEN 1 ELSE 0 END),
       count(p.deviation), sum(CASE WHEN p.entrance = 'visitor' AND p.confirmed_on IS NULL THEN 1 ELSE 0 END)
FROM reception p WHERE p.day BETWEEN :start AND :end GROUP BY p.day ORDER BY p.day"""


def counts(r: Reader, start: date, end: date) -> list[Count]:
    """The counts of the days on which anybody came or called. LED-09, K-25."""
    return r.rows(Count, _COUNT, start=start, end=end, longest=r.policy("call.intro_max_min"))


def count_of(r: Reader, day: date) -> Count:
    """The count of one day, noughts when nobody came."""
    found = counts(r, day, day)
    return found[0] if found else Count(day.isoformat())


DESK = (
    Column("date", N_("Date"), "date"),
    Column("visitors", N_("Visitors"), "int", total=True),
    Column("new_visitors", N_("New visitors"), "int", total=True),
    Column("calls", N_("Calls"), "int", total=True),
    Column("new_callers", N_("New callers"), "int", total=True),
    Column("invited", N_("Invited"), "int", total=True),
    Column("long_calls", N_("Too long"), "int", total=True),
    Column("deviations", N_("Deviations"), "int", total=True),
    Column("sheets_missing", N_("Sheets missing"), "int", total=True),
    Column("told", N_("Told on"), "date"),
    Column("told_by", N_("Told by")),
)


class _Told(NamedTuple):
    """The count of a day as it was told: when, by whom, visitors, new ones, calls."""

    day: str
    told_on: str
    staff: str
    visitors: int
    new_visitors: int
    calls: int


_TOLD = """
SELECT d.day, d.told_on, s.code, d.visitors, d.new_visitors, d.calls
FROM desk_report d JOIN staff s ON s.id = d.staff_id WHERE d.day BETWEEN :start AND :end"""


def desk_report(r: Reader, period: Period) -> Report:
    """What the front desk tells the assistant: visitors, new ones, calls, day by day, computed from the register. LED-09, K-25."""
    reports = r.rows(_Told, _TOLD, start=period.start, end=period.end)
    told = {row.day: (row.told_on, row.staff) for row in reports}
    found = {count.day: count for count in counts(r, period.start, period.end)}
    days = sorted({*found, *told})
    stale = [row for row in reports if row[3:] != found.get(row.day, Count(row.day))[1:4]]
    return Report(
        name="lead-desk-report",
        title=msg(N_("Front desk count {period}"), period=period.name),
        columns=DESK,
        rows=[(*found.get(day, Count(day)), *told.get(day, (None, None))) for day in days],
        notes=tuple(msg(N_("more came on {day} after it was told: salescli lead desk-tell --on {day}"), day=row.day) for row in stale),
        as_of=r.today.isoformat(),
        empty=msg(N_("Nobody came or called in {period}."), period=period.name),
    )
