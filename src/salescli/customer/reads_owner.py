"""Who holds how much, whom somebody lost and when, and every change of hands (LED-11, ORG-06, ORG-09)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salescli.core.i18n import N_, msg
from salescli.core.lookup import find
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report

if TYPE_CHECKING:
    from salescli.core.reader import Reader

DEALT = "c.kept_first_order IS NOT NULL"
"""SQL: customer `c` has dealt with us. A result of his orders, nobody's switch (CUS-04)."""

WAITS = "closed IS NULL AND state <> 'converted' AND customer_id IS NULL"
"""SQL: a lead is nobody's customer yet; one that is follows its customer."""


class Person(NamedTuple):
    """A staff member: id, code, name, last day."""

    id: int
    code: str
    name: str
    left: str | None


def person(r: Reader, staff_id: int) -> Person:
    """The staff member with this id, who must exist."""
    found = r.first(Person, "SELECT id, code, name, left_on FROM staff WHERE id = :id", id=staff_id)
    assert found is not None
    return found


def code_of(r: Reader, staff_id: int | None) -> str | None:
    """A staff member's code."""
    return None if staff_id is None else person(r, staff_id).code


def held(r: Reader, staff_id: int) -> int:
    """Open leads and customers without a deal somebody holds: what counts against `pool.hold_cap` (LED-11)."""
    sql = f"""SELECT (SELECT count(*) FROM lead WHERE staff_id = :id AND {WAITS})
                   + (SELECT count(*) FROM customer c WHERE c.staff_id = :id AND c.archived_on IS NULL AND NOT {DEALT})"""
    return int(r.value(sql, id=staff_id))


def listed(r: Reader, staff_id: int) -> int:
    """All open leads and customers of somebody, dealt or not: the list a pool run takes a share of (LED-11)."""
    sql = f"""SELECT (SELECT count(*) FROM lead WHERE staff_id = :id AND {WAITS})
                   + (SELECT count(*) FROM customer WHERE staff_id = :id AND archived_on IS NULL)"""
    return int(r.value(sql, id=staff_id))


def dealt(r: Reader, customer_id: int) -> bool:
    """Whether a customer has a confirmed order (CUS-04)."""
    return bool(r.value(f"SELECT {DEALT} FROM customer c WHERE c.id = :id", id=customer_id))


def claimed_on(r: Reader, staff_id: int, day: date) -> int:
    """Claims of somebody on a day, customers and leads together (LED-11)."""
    return int(r.value("SELECT count(*) FROM owner_change WHERE owner_id = :id AND day = :day AND move = 'claimed'", id=staff_id, day=day))


def lost_on(r: Reader, staff_id: int, *, customer_id: int | None = None, lead: str | None = None) -> date | None:
    """The last day somebody lost this customer or lead to the pool or to somebody else; None when he never held it. LED-11."""
    column = "lead_number = :lead" if customer_id is None else "customer_id = :customer"
    sql = f"SELECT max(day) FROM owner_change WHERE {column} AND former_id = :id AND coalesce(owner_id, 0) <> :id"
    day = r.value(sql, id=staff_id, **({"lead": lead} if customer_id is None else {"customer": customer_id}))
    return date.fromisoformat(day) if day else None


def moves(r: Reader, *, customer_id: int | None = None, lead: str | None = None) -> int:
    """How often a customer or lead changed hands: an approval is of the state it was given for, and is used up with the next move."""
    column = "lead_number = :lead" if customer_id is None else "customer_id = :customer"
    sql = f"SELECT count(*) FROM owner_change WHERE {column}"
    return int(r.value(sql, **({"lead": lead} if customer_id is None else {"customer": customer_id})))


def locked(r: Reader, staff_id: int) -> int:
    """How many somebody keeps from the pool today by a lock; one who has ordered meanwhile takes no room (LED-11)."""
    sql = f"""SELECT (SELECT count(*) FROM lead WHERE staff_id = :id AND locked_until >= :today AND {WAITS})
                   + (SELECT count(*) FROM customer c
                      WHERE c.staff_id = :id AND c.locked_until >= :today AND c.archived_on IS NULL AND NOT {DEALT})"""
    return int(r.value(sql, id=staff_id, today=r.today))


def anybodys(r: Reader, text: str) -> int:
    """The id of the customer with this code whoever holds him, else of the one it means in one's own scope or the pool.

    Raises SalesError (exit 3) when nothing or several fit.
    """
    code = text.strip()
    sql = """SELECT id FROM customer WHERE code IN (:typed, :upper, :lower)
             UNION ALL SELECT customer_id FROM customer_alias WHERE code IN (:typed, :upper, :lower) LIMIT 1"""
    found: int | None = r.value(sql, typed=code, upper=code.upper(), lower=code.lower())
    return find(r, "pooled", text).id if found is None else found


# --- every change of hands --------------------------------------------------------------------------------------------------

HISTORY = (
    Column("date", N_("Date"), "date"),
    Column("move", N_("Move"), "code"),
    Column("former", N_("Former owner")),
    Column("staff", N_("New owner")),
    Column("operator", N_("Done by")),
    Column("days", N_("Days held"), "int"),
    Column("reason", N_("Reason")),
)

_HISTORY = """
SELECT h.day, h.move, f.code, s.code, o.code, h.reason, h.former_id, h.owner_id
FROM owner_change h
LEFT JOIN staff f ON f.id = h.former_id
LEFT JOIN staff s ON s.id = h.owner_id
LEFT JOIN staff o ON o.id = h.operator_id
WHERE {subject} ORDER BY h.day, h.id"""


class Change(NamedTuple):
    """One change of hands as it is shown."""

    day: str
    move: str
    former: str | None
    staff: str | None
    operator: str | None
    reason: str | None
    former_id: int | None
    owner_id: int | None


def owners(r: Reader, reference: str) -> Report:
    """Who held a customer when, who gave him to whom, and why. LED-11, ORG-09."""
    row = find(r, "pooled", reference)
    return _owners(r, "customer-owners", row.code, row.name, "h.customer_id = :subject", row.id)


def owners_of_lead(r: Reader, reference: str) -> Report:
    """Who held a lead when, who gave it to whom, and why. LED-11, ORG-09."""
    row = find(r, "lead", reference)
    return _owners(r, "lead-owners", row.code, row.name, "h.lead_number = :subject", row.code)


def _owners(r: Reader, name: str, code: str, title: str, where: str, subject: object) -> Report:
    found = r.rows(Change, _HISTORY.format(subject=where), subject=subject)
    ends = [*(date.fromisoformat(change.day) for change in found[1:]), r.today]
    rows = [
        (c.day, c.move, c.former, c.staff, c.operator, (end - date.fromisoformat(c.day)).days, c.reason)
        for c, end in zip(found, ends, strict=True)
    ]
    return Report(name, msg(N_("Owners of {code} {name}"), code=code, name=title), HISTORY, rows, as_of=r.today.isoformat())
