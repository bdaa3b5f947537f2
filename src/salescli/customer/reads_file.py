"""How complete customers' files are, by when they had to be built, who looked at them last (CUS-01, CUS-02, K-27)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from salescli.core import workdays
from salescli.core.access import condition
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find_optional
from salescli.core.money import divide
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.customer import rules_care as rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from salescli.core.errors import Problem
    from salescli.core.reader import Reader

FIELDS = {
    "contact": "k.name", "phone": "k.phone", "address": "c.address", "region": "c.region", "industry": "c.industry", "kind": "c.kind",
    "class": "c.customer_class", "source": "c.source", "tax_no": "c.tax_no",
}  # fmt: skip
"""What `customer.file_fields` may ask for, and where it stands."""

BUILT, OPEN, LATE = C_("built"), C_("open"), C_("overdue")


class File(NamedTuple):
    """How a customer's file stands."""

    id: int
    code: str
    name: str
    staff: str | None
    staff_id: int | None
    created: str | None
    imported: int
    verified: str | None
    missing: tuple[str, ...]
    due: date | None

    def state(self, day: date) -> str:
        """Built, still in time, or late."""
        return BUILT if not self.missing else LATE if self.due and day > self.due else OPEN


_FILES = """
SELECT c.id, c.code, c.name, s.code, c.staff_id, c.created, c.import_id IS NOT NULL, c.verified_on, {fields}
FROM customer c LEFT JOIN staff s ON s.id = c.staff_id LEFT JOIN contact k ON k.customer_id = c.id AND k.main = 1
WHERE c.archived_on IS NULL AND {terms}"""


def files(r: Reader, terms: str, day: date, **params: Any) -> list[File]:
    """Files by SQL terms on c.*; imported ones have no due day, they were built elsewhere. CUS-01, CUS-02."""
    required = r.policy("customer.file_fields", day)
    days, gaps = _Deadlines(r), dict[tuple[bool, ...], tuple[str, ...]]()
    found = []
    for row in r.execute(_FILES.format(fields=", ".join(FIELDS.values()), terms=terms), params):
        filled = tuple(map(bool, row[8:]))
        if filled not in gaps:
            gaps[filled] = tuple(rules.missing_fields(dict(zip(FIELDS, filled, strict=True)), required))
        due = days.due(row[5]) if row[5] and not row[6] else None
        found.append(File._make((*row[:8], gaps[filled], due)))
    return found


class _Deadlines:
    """By when a file is built, by the office's numbers of the day of entry, counted once per such day. CUS-02, X-25."""

    def __init__(self, r: Reader) -> None:
        self.r = r
        self.calendar = workdays.calendar(r)
        self.known: dict[str, date] = {}

    def due(self, created: str) -> date:
        if created not in self.known:
            day = date.fromisoformat(created)
            self.known[created] = workdays.deadline(self.r, day, self.r.policy("customer.file_days", day), self.calendar)
        return self.known[created]


def file_of(r: Reader, customer_id: int, day: date | None = None) -> File:
    """The file of one customer who is not archived."""
    (found,) = files(r, "c.id = :id", day or r.today, id=customer_id)
    return found


COLUMNS = (
    Column("customer", N_("Customer")),
    Column("name", N_("Name")),
    Column("staff", N_("Owner")),
    Column("created", N_("Entered"), "date"),
    Column("due", N_("Due"), "date"),
    Column("state", N_("State"), "code"),
    Column("late_days", N_("Days late"), "int"),
    Column("completeness_pct", N_("Complete"), "percent"),
    Column("missing", N_("Missing"), "code"),
    Column("verified", N_("Last verified"), "date"),
    Column("stale", N_("Stale"), "bool"),
)


def listing(r: Reader, staff: str | None = None, *, late: bool = False, stale: bool = False, everything: bool = False) -> Report:
    """Files with gaps: the latest first; `stale` those nobody has verified for long, `everything` the good ones as well. CUS-01, CUS-02."""
    owner = find_optional(r, "staff", staff)
    terms = condition(r.actor, "customers", "c.staff_id") + (f" AND c.staff_id = {owner.id:d}" if owner else "")
    limit, required = r.policy("customer.verify_days"), r.policy("customer.file_fields")
    every = files(r, terms, r.today)
    shares = {missing: rules.completeness(missing, required) for missing in {found.missing for found in every}}
    seen: Callable[[str | None], bool] = cache(lambda verified: rules.is_stale(_day(verified), r.today, limit))
    kept = [
        _row(found, r.today, shares[found.missing], stale=seen(found.verified))
        for found in every
        if everything or (seen(found.verified) if stale else found.missing and (not late or found.state(r.today) == LATE))
    ]
    known = sum(shares[found.missing] for found in every)
    mean = msg(N_("files are {share:pct} % complete on average"), share=divide(known, len(every))) if every else None
    return Report(
        name="customer-files",
        title=msg(N_("Customers' files")),
        columns=COLUMNS,
        rows=sorted(kept, key=lambda row: (-row[6], row[7], row[0])),
        notes=(*([mean] if mean else []), *(found.message for found in _unknown_holidays(r, every))),
        as_of=r.today.isoformat(),
        empty=msg(N_("No file is stale.") if stale else N_("No file is late.") if late else N_("Every file is built.")),
        beyond_own=any(found.staff_id not in r.actor.team for found in every),
    )


def _row(found: File, day: date, share: int, *, stale: bool) -> tuple[Any, ...]:
    state = found.state(day)
    late = (day - found.due).days if state == LATE and found.due else 0
    days = (found.created, found.due.isoformat() if found.due else None, state, late, share)
    return (found.code, found.name, found.staff, *days, ",".join(found.missing) or None, found.verified, int(stale))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _unknown_holidays(r: Reader, found: Iterable[File]) -> list[Problem]:
    """Years counted without holidays, where working days matter. X-25."""
    if not r.policy("deadline.working_days"):
        return []
    calendar = workdays.calendar(r)
    for day in {file.due for file in found if file.due}:
        calendar.works(day)
    return workdays.warn_unknown(calendar.unknown)


BACK_DAYS = 60
"""How long the day list asks for a file; later `customer files` still does."""


def unbuilt(r: Reader, whose: str, day: date) -> list[File]:
    """Files to be built, of customers entered by hand lately. CUS-02."""
    terms = f"c.import_id IS NULL AND c.created BETWEEN :since AND :until AND {whose}"
    return [found for found in files(r, terms, day, since=day - timedelta(BACK_DAYS), until=day) if found.missing]
