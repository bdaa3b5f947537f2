"""Birthdays, by the lunar calendar too, and festivals that are greeted (CUS-07)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salescli.core.access import condition, mask
from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, language, msg
from salescli.core.lunar import lunar_days, may_fall, solar_day
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.customer.rules_care import FULL, yearly

if TYPE_CHECKING:
    from salescli.core.dates import Period
    from salescli.core.reader import Reader

USUAL = (
    ("New Year", "元旦", 1, 1, False),
    ("Spring Festival", "春节", 1, 1, True),
    ("Lantern Festival", "元宵节", 1, 15, True),
    ("Labour Day", "劳动节", 5, 1, False),
    ("Dragon Boat Festival", "端午节", 5, 5, True),
    ("Mid-Autumn Festival", "中秋节", 8, 15, True),
    ("National Day", "国庆节", 10, 1, False),
)
"""Festivals on which customers are greeted unless the office switches one off: names, month and day, whether of the lunar calendar."""


LONGEST = 366
"""Days in which everybody has a birthday."""


class Birthday(NamedTuple):
    """Somebody's birthday: the day it is kept, the person, the customer, the owner."""

    day: str
    lunar: bool
    contact: str | None
    phone: str | None
    customer: str
    name: str
    staff: str | None
    staff_id: int | None
    born: str | None
    consent: str | None
    contact_id: int


_PEOPLE = """
SELECT {key}, k.name, k.phone, c.code, c.name, s.code, c.staff_id, k.birthday, k.consent_on, k.id
FROM contact k JOIN customer c ON c.id = k.customer_id LEFT JOIN staff s ON s.id = c.staff_id
WHERE {key} IN ({days}) AND k.{column} IS NOT NULL AND c.archived_on IS NULL AND {whose} ORDER BY c.code, k.id"""


def birthdays(r: Reader, whose: str, first: date, last: date) -> list[Birthday]:
    """Birthdays kept from one day to another, both included, by the calendar each person goes by. CUS-07.

    Raises SalesError (usage) for more than a year: everybody has one birthday in it.
    """
    if (last - first).days > LONGEST:
        text, hint = N_("a birthday comes once a year: ask for a year at most"), N_("--period 2026, next-month or A..B")
        fail("period_too_long", text, kind=Kind.USAGE, rule="CUS-07", hint=hint)
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    solar = [(f"{day:%m-%d}", day) for day in days]
    solar += [("02-29", day) for day in days if f"{day:%m-%d}" == "02-28" and (day + timedelta(1)).month == 3]
    found = _kept(r, whose, "birthday", "substr(k.birthday, length(k.birthday) - 4, 5)", solar)
    if r.value("SELECT 1 FROM contact WHERE lunar_birthday IS NOT NULL LIMIT 1"):
        found += _kept(r, whose, "lunar_birthday", "k.lunar_birthday", [(name, day) for day in days for name in lunar_days(day)])
    return sorted(found, key=lambda b: (b.day, b.customer, b.contact or ""))


def _kept(r: Reader, whose: str, column: str, key: str, days: list[tuple[str, date]]) -> list[Birthday]:
    lunar = column == "lunar_birthday"
    where: dict[str, date] = {}
    for name, day in days:
        where.setdefault(name, day)
    if not where:
        return []
    alone = "" if lunar else " AND k.lunar_birthday IS NULL"  # one birthday a year, by the calendar he goes by
    sql = _PEOPLE.format(key=key, column=column, days=", ".join(f"'{name}'" for name in where), whose=whose + alone)
    return [Birthday(where[row[0]].isoformat(), lunar, *row[1:]) for row in r.tuples(sql)]


COLUMNS = (
    Column("date", N_("Date"), "date"),
    Column("contact", N_("Contact")),
    Column("phone", N_("Phone")),
    Column("customer", N_("Customer")),
    Column("name", N_("Name")),
    Column("staff", N_("Owner")),
    Column("age", N_("Age"), "int"),
    Column("lunar", N_("Lunar"), "bool"),
    Column("consent", N_("Consent of"), "date"),
)


def listing(r: Reader, span: Period) -> Report:
    """Birthdays of a period. CUS-07."""
    found = birthdays(r, condition(r.actor, "customers", "c.staff_id"), span.start, span.end)
    return Report(
        name="customer-birthdays",
        title=msg(N_("Birthdays in {period}"), period=span.name),
        columns=COLUMNS,
        rows=[
            (b.day, b.contact, b.phone if r.actor.sees_phones_of(b.staff_id) else mask(b.phone), b.customer, b.name, b.staff,
             age(b), int(b.lunar), b.consent)
            for b in found
        ],
        as_of=r.today.isoformat(),
        empty=msg(N_("No birthday in {period}."), period=span.name),
        beyond_own=any(b.staff_id not in r.actor.team for b in found),
    )  # fmt: skip


def age(birthday: Birthday) -> int | None:
    """How old somebody becomes; None where the year of birth is not known."""
    return int(birthday.day[:4]) - int(birthday.born[:4]) if birthday.born and len(birthday.born) == FULL else None


# --- festivals ----------------------------------------------------------------------------------------------------------------


class Festival(NamedTuple):
    """A festival: name, the day it is kept in a year, by which calendar."""

    name: str
    month: int
    day: int
    lunar: bool
    own: bool = False
    aliases: tuple[str, ...] = ()

    def on(self, year: int) -> date | None:
        """The day in a calendar year; None where the lunar calendar is not known."""
        if not self.lunar:
            return yearly(self.month, self.day, year)
        found = solar_day(year, self.month, self.day)
        return found if found is None or found.year == year else solar_day(year - 1, self.month, self.day)


def festivals(r: Reader) -> list[Festival]:
    """The usual festivals less those switched off, and the office's own. CUS-07."""
    own = {row[0]: row[1:] for row in r.tuples("SELECT name, month, day, lunar, active FROM festival ORDER BY name")}
    found = []
    for english, chinese, month, day, lunar in USUAL:
        if not {english, chinese} & own.keys():
            found.append(Festival(chinese if language() == "zh" else english, month, day, lunar, aliases=(english, chinese)))
    return [*found, *(Festival(name, row[0], row[1], bool(row[2]), own=True) for name, row in own.items() if row[3])]


def usual_name(text: str) -> bool:
    """Whether a name is that of a usual festival, in either language."""
    return any(text in row[:2] for row in USUAL)


def kept_between(r: Reader, first: date, last: date) -> list[tuple[date, Festival]]:
    """Festivals from one day to another, both included, by day."""
    near = [f for f in festivals(r) if not f.lunar or may_fall(f.month, f.day, first, last)]
    found = [(day, f) for f in near for year in {first.year, last.year} if (day := f.on(year)) and first <= day <= last]
    return sorted(found, key=lambda pair: (pair[0], pair[1].name))


FESTIVALS = (
    Column("date", N_("Date"), "date"),
    Column("festival", N_("Festival")),
    Column("month", N_("Month"), "int"),
    Column("day", N_("Day of the month"), "int"),
    Column("lunar", N_("Lunar"), "bool"),
    Column("own", N_("Our own"), "bool"),
)


def festival_list(r: Reader, year: int | None = None) -> Report:
    """The festivals of a year by day. CUS-07."""
    when = year or r.today.year
    found = kept_between(r, date(when, 1, 1), date(when, 12, 31))
    return Report(
        name="customer-festivals",
        title=msg(N_("Festivals of {year}"), year=when),
        columns=FESTIVALS,
        rows=[(day.isoformat(), f.name, f.month, f.day, int(f.lunar), int(f.own)) for day, f in found],
        as_of=r.today.isoformat(),
    )
