"""Decisions about caring for customers: complete files, order cycles, low scores, stale reviews (CUS-01, CUS-02, CUS-07..13)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from salescli.core.dates import BadDate, days_in_month, parse_date
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_
from salescli.core.lunar import solar_day
from salescli.core.money import divide
from salescli.core.record import NamedTuple

THEMES = (C_("profile"), C_("rivals"), C_("relation"))
FIRST_DEAL = (
    C_("history"), C_("head"), C_("character"), C_("capital"), C_("banks"), C_("staff_count"), C_("output"), C_("ability"),
    C_("rival_deals"), C_("business"),
)  # fmt: skip
"""What is asked of somebody who deals with us for the first time, the fourth theme of F-09."""


# --- the file -----------------------------------------------------------------------------------------------------------------


def missing_fields(filled: Mapping[str, object], required: Sequence[str]) -> list[str]:
    """Required fields that are empty. CUS-01, CUS-02."""
    return [name for name in required if not filled.get(name)]


def completeness(missing: Collection[str], required: Collection[str]) -> int:
    """The share of required fields that are filled, in 1/10,000. CUS-01, K-27."""
    return 10_000 if not required else divide(10_000 * (len(required) - len(missing)), len(required))


def is_stale(verified: date | None, day: date, limit: int) -> bool:
    """Whether nobody has looked at a file for longer than it may stand. CUS-01, CUS-12."""
    return verified is None or (day - verified).days > limit


def check_verifiable(code: str, missing: Sequence[str]) -> list[Problem]:
    """A file is verified when it is built. CUS-01."""
    if not missing:
        return []
    text = N_("the file of {customer} is not built yet; missing: {fields:code}")
    hint = N_("salescli customer edit {customer} …, salescli customer contact add {customer} …")
    return [problem("file_incomplete", text, rule="CUS-01", hint=hint, customer=code, fields=list(missing))]


# --- birthdays and festivals ----------------------------------------------------------------------------------------------------


def yearly(month: int, day: int, year: int) -> date:
    """The day in a year; 29 February is kept on the 28th where there is none. CUS-07."""
    return date(year, month, min(day, days_in_month(year, month)))


def check_month_day(month: int, day: int, *, lunar: bool) -> list[Problem]:
    """A month has so many days: 30 at most by the lunar calendar. CUS-07."""
    most = 30 if lunar else (29 if month == 2 else days_in_month(2000, month) if 1 <= month <= 12 else 0)
    if 1 <= month <= 12 and 1 <= day <= most:
        return []
    text = N_("there is no lunar day {month}-{day}") if lunar else N_("there is no day {month}-{day}")
    return [problem("no_such_day", text, kind=Kind.USAGE, rule="CUS-07", month=month, day=day)]


_MONTH_DAY = re.compile(r"([0-9]{1,2})[-/.月]([0-9]{1,2})日?")


def month_day(text: str, *, lunar: bool) -> tuple[int, int]:
    """Month and day as typed, 8-15. Raises SalesError (usage, exit 2). CUS-07."""
    found = _MONTH_DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        fail("bad_month_day", N_('"{typed}" is no month and day; write it as 8-15'), kind=Kind.USAGE, typed=text)
    month, day = int(found[1]), int(found[2])
    raise_if(check_month_day(month, day, lunar=lunar))
    return month, day


_YEAR = re.compile(r"([0-9]{4})[-/.年]?")


def birthday(text: str | None) -> str | None:
    """A birthday as the file keeps it, 1990-05-06 or without the year 05-06; nothing typed is None. Raises SalesError (exit 2). CUS-07."""
    if text is None or not text.strip():
        return None
    typed = unicodedata.normalize("NFKC", text).strip()
    if not _YEAR.match(typed):
        month, day = month_day(typed, lunar=False)
        return f"{month:02}-{day:02}"
    try:
        return parse_date(typed, date.min).isoformat()  # with a year nothing is relative
    except BadDate:
        fail("bad_birthday", N_('"{typed}" is no birthday; write it as 1990-05-06, or 5-6 without the year'), kind=Kind.USAGE,
             rule="CUS-07", typed=text)  # fmt: skip


def lunar_birthday(text: str | None) -> str | None:
    """A lunar birthday as the file keeps it, 08-15, a year left out; nothing typed is None. Raises SalesError (usage, exit 2). CUS-07."""
    if text is None or not text.strip():
        return None
    typed = unicodedata.normalize("NFKC", text).strip()
    month, day = month_day(_YEAR.sub("", typed, count=1) if _YEAR.match(typed) else typed, lunar=True)
    return f"{month:02}-{day:02}"


def born_on(lunar: str | None) -> str | None:
    """The day of birth a lunar birthday tells when it is typed with its year, 1980-8-15; None without one. CUS-07."""
    found, known = _YEAR.match(unicodedata.normalize("NFKC", lunar or "").strip()), lunar_birthday(lunar)
    day = solar_day(int(found[1]), *map(int, known.split("-"))) if found and known else None
    return day.isoformat() if day else None


FULL = len("1990-05-06")
"""How long a birthday is when its year is known."""

NOT_YET = N_("{field:code} {day} lies in the future")


def check_days(days: Mapping[str, date | str | None], today: date) -> list[Problem]:
    """Whoever is a contact has been born, and has agreed when his consent is noted; a birthday may lack its year. CUS-07, CUS-14."""
    rules = {"birthday": "CUS-07", "consent_on": "CUS-14"}
    hint = N_("a day until {today}, the year first")
    return [
        problem("future_day", NOT_YET, kind=Kind.USAGE, rule=rule, hint=hint, field=field, day=day, today=today.isoformat())
        for field, rule in rules.items()
        if len(day := str(days.get(field) or "")) == FULL and day > today.isoformat()
    ]


# --- promises -----------------------------------------------------------------------------------------------------------------


def check_promise(made: date, due: date, today: date) -> list[Problem]:
    """A promise was made, and is kept on or after that day. CUS-09."""
    found = []
    if made > today:
        hint = N_("note it on the day it is made")
        found.append(problem("future_promise", N_("{day} lies in the future"), rule="CUS-09", hint=hint, day=made.isoformat()))
    if due < made:
        text = N_("the promise would be due on {due}, before it was made on {day}")
        found.append(problem("promise_backwards", text, kind=Kind.USAGE, rule="CUS-09", due=due.isoformat(), day=made.isoformat()))
    return found


# --- surveys and reviews --------------------------------------------------------------------------------------------------------


def is_low(score: int, limit: int) -> bool:
    """Whether somebody must see to a dissatisfied customer. CUS-11."""
    return score <= limit


def mean_score(total: int, count: int) -> int | None:
    """The mean of scores in 1/100, half up. CUS-11, K-12."""
    return divide(100 * total, count) if count else None


def warn_stale(code: str, verified: date | None, missing: Sequence[str], day: date, limit: int) -> list[Problem]:
    """Warnings before a review: the file it rests on is old or has gaps. CUS-12."""
    found = []
    hint = N_("look through it: salescli customer verify {customer}")
    if verified is None:
        found.append(problem("file_stale", N_("nobody has verified the file of {customer} yet"), rule="CUS-12", hint=hint, customer=code))
    elif is_stale(verified, day, limit):
        text = N_("the file of {customer} was last verified on {verified}, more than {limit} {limit:day|days} ago")
        found.append(problem("file_stale", text, rule="CUS-12", hint=hint, customer=code, verified=verified.isoformat(), limit=limit))
    if missing:
        text = N_("the file of {customer} lacks: {fields:code}")
        found.append(problem("file_gaps", text, rule="CUS-12", customer=code, fields=list(missing)))
    return found


# --- the order cycle ------------------------------------------------------------------------------------------------------------


class Cycle(NamedTuple):
    """How often a customer orders: mean days between orders (on different days), and when to offer the next. CUS-13."""

    interval: int
    expected: date
    remind: date


def order_cycle(first: date, last: date, days: int, share: int) -> Cycle | None:
    """From the first and last order and the number of days with orders; `share` in 1/10,000 of the interval is when to remind. CUS-13.

    None with orders on one day only: nothing is known of a rhythm then.
    """
    if days < 2:
        return None
    span, gaps = (last - first).days, days - 1
    interval = max(divide(span, gaps), 1)
    wait = -(-span * share // (10_000 * gaps))
    return Cycle(interval, last + timedelta(interval), last + timedelta(max(wait, 1)))


# --- the investigation -----------------------------------------------------------------------------------------------------------


def missing_themes(filled: Mapping[str, object], *, dealt: bool) -> list[str]:
    """Themes of F-09 nobody has written about; the first-deal part is asked of new customers only. CUS-03."""
    first = [] if dealt or any(filled.get(name) not in (None, "") for name in FIRST_DEAL) else [C_("first_deal")]
    return [name for name in THEMES if not filled.get(name)] + first
