"""The overdue list: every receivable past its due date, the longest first, with whom to call (AR-04, AR-05)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salescli.ar.reads_as_of import owed
from salescli.ar.rules import dunning_stage, next_step
from salescli.core.access import condition, mask
from salescli.core.i18n import N_, msg
from salescli.core.lookup import find_optional
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.reader import Reader

COLUMNS = (
    Column("receivable", N_("Receivable")),
    Column("order", N_("Order")),
    Column("customer", N_("Customer")),
    Column("customer_name", N_("Customer name")),
    Column("staff", N_("Staff")),
    Column("contact", N_("Contact")),
    Column("phone", N_("Phone")),
    Column("due_date", N_("Due"), "date"),
    Column("days_overdue", N_("Days overdue"), "int"),
    Column("amount", N_("Amount"), "amount"),
    Column("open", N_("Open"), "amount", total=True),
    Column("stage", N_("Dunning stage"), "code"),
    Column("next_step", N_("Next step"), "code"),
    Column("last_contact", N_("Last contact"), "date"),
)


class Late(NamedTuple):
    """A receivable with money open past its due date."""

    number: str
    order_number: str | None
    customer: str
    customer_name: str
    customer_staff_id: int | None
    staff_id: int | None
    staff: str | None
    contact: str | None
    phone: str | None
    due_date: str
    amount: int
    open: int
    last_contact: str | None = None


_LATE = """
SELECT r.number, r.order_number, c.code, c.name, c.staff_id, r.staff_id, s.code, k.name, k.phone, r.due_date, r.amount, o.open,
       CASE WHEN c.kept_contact_on > :day
            THEN (SELECT max(i.day) FROM interaction i WHERE i.customer_id = c.id AND i.day <= :day AND i.review <> 'rejected')
            ELSE c.kept_contact_on END
FROM ({owed}) o
JOIN receivable r ON r.id = o.id
JOIN customer c ON c.id = r.customer_id
LEFT JOIN staff s ON s.id = r.staff_id
LEFT JOIN contact k ON k.customer_id = c.id AND k.main = 1
ORDER BY r.due_date, r.number"""


def late_receivables(r: Reader, day: date, min_days: int) -> list[Late]:
    """Receivables open at the end of `day` and at least `min_days` past their due date, the longest first. AR-04."""
    return r.rows(Late, _LATE.format(owed=_owed(r, day, None)), day=day, latest=day - timedelta(min_days))


def first_late(r: Reader, day: date, min_days: int, staff_id: int | None, most: int) -> tuple[list[Late], int]:
    """The first so many of them, and of how many. AR-04."""
    source, days = _owed(r, day, staff_id), {"day": day, "latest": day - timedelta(min_days)}
    claims = _claims(r, source, days)
    return r.rows(Late, _LATE.format(owed=_only(source, _first(claims, most))), **days)[:most], len(claims)


def _claims(r: Reader, source: str, days: dict[str, date]) -> list[_Claim]:
    return r.rows(_Claim, f"SELECT o.due_date, o.id, o.open, o.staff_id FROM ({source}) o", **days)


def _only(source: str, ids: str) -> str:
    return f"SELECT z.id, z.open FROM ({source}) z WHERE z.id IN ({ids})"


def _owed(r: Reader, day: date, staff_id: int | None) -> str:
    chosen = "1 = 1" if staff_id is None else f"x.staff_id = {staff_id:d}"
    return owed(r, day, f"x.due_date <= :latest AND {condition(r.actor, 'receivables', 'x.staff_id')} AND {chosen}")


class _Claim(NamedTuple):
    """What places a receivable in the list."""

    due_date: str
    id: int
    open: int
    staff_id: int | None


def _first(claims: Sequence[_Claim], limit: int) -> str:
    """The ids of the first rows of the list, and of all due on the day of the last of them."""
    last = sorted(claim.due_date for claim in claims)[:limit][-1:]
    return ", ".join(str(claim.id) for claim in claims if [claim.due_date] <= last) or "NULL"


def overdue(r: Reader, as_of: date | None = None, min_days: int = 1, staff: str | None = None, limit: int | None = None) -> Report:
    """The overdue list at the end of a day; `min_days` 0 adds what is due that day, below zero what falls due soon. AR-04, AR-05.

    Phones are masked for who may not see them (ORG-08). Only `limit` rows are read whole, the total covers all.
    Raises SalesError (3) for an unknown staff member.
    """
    day = as_of or r.today
    owner = find_optional(r, "staff", staff)
    source, days = _owed(r, day, owner.id if owner else None), {"day": day, "latest": day - timedelta(min_days)}
    claims = _claims(r, source, days)
    if limit:
        source = _only(source, _first(claims, limit))
    steps = r.policy("dunning.steps", day)
    known: dict[str | None, str | None] = {}
    return Report(
        name="ar-overdue",
        title=msg(N_("Overdue receivables, {day}"), day=day.isoformat()),
        columns=COLUMNS,
        rows=[_row(r, late, day, steps, known) for late in r.each(Late._make, _LATE.format(owed=source), **days)],
        totals={"open": sum(claim.open for claim in claims)},
        as_of=day.isoformat(),
        empty=msg(N_("Nothing is overdue on {day}."), day=day.isoformat()),
        beyond_own=not {claim.staff_id for claim in claims}.issubset(r.actor.own_or_team()),
    )


def _row(r: Reader, late: Late, day: date, steps: Sequence[str], known: dict[str | None, str | None]) -> tuple[object, ...]:
    """A line of the list; texts that come again and again are kept once, in `known`."""
    one = known.setdefault
    days = (day - date.fromisoformat(late.due_date)).days
    stage = dunning_stage(days)
    return (
        late.number, late.order_number, one(late.customer, late.customer), one(late.customer_name, late.customer_name),
        one(late.staff, late.staff), one(late.contact, late.contact),
        late.phone if r.actor.sees_phones_of(late.customer_staff_id) else mask(late.phone),
        one(late.due_date, late.due_date), days, late.amount, late.open, stage.value, next_step(stage, steps),
        one(late.last_contact, late.last_contact),
    )  # fmt: skip
