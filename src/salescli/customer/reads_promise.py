"""Promises to customers, open and settled, however old (CUS-09)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.dates import days_between
from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, msg
from salescli.core.lookup import find, holding, part_pattern
from salescli.core.report import Column, Report

if TYPE_CHECKING:
    from salescli.core.reader import Reader

COLUMNS = (
    Column("number", N_("Promise")),
    Column("made", N_("Made"), "date"),
    Column("due", N_("Due"), "date"),
    Column("late_days", N_("Days late"), "int"),
    Column("state", N_("State"), "code"),
    Column("customer", N_("Customer")),
    Column("name", N_("Name")),
    Column("staff", N_("Staff")),
    Column("text", N_("Promise in words")),
    Column("closed", N_("Settled"), "date"),
    Column("result", N_("Result")),
)

_LIST = """
SELECT p.number, p.made_on, p.due, p.state, c.code, c.name, s.code, p.text, p.closed_on, p.result, p.staff_id
FROM promise p JOIN customer c ON c.id = p.customer_id JOIN staff s ON s.id = p.staff_id
WHERE {terms} ORDER BY p.due, p.number"""


def listing(
    r: Reader, customer: str | None = None, staff: str | None = None, state: str | None = "open", text: str | None = None
) -> Report:
    """Promises to customers one sees or by people one sees; `state` None: all there ever were. CUS-09."""
    params: dict[str, Any] = {}
    terms = [f"({condition(r.actor, 'customers', 'c.staff_id')} OR {condition(r.actor, 'customers', 'p.staff_id')})"]
    if customer is not None:
        terms.append("p.customer_id = :customer")
        params["customer"] = find(r, "customer", customer).id
    if staff is not None:
        terms.append("p.staff_id = :staff")
        params["staff"] = find(r, "staff", staff).id
    if state is not None:
        terms.append("p.state = :state")
        params["state"] = state
    if text is not None:
        terms.append(holding("p.text", text))
        params["part"] = part_pattern(text)
    rows = r.tuples(_LIST.format(terms=" AND ".join(terms)), **params)
    return Report(
        name="customer-promise-list",
        title=msg(N_("Promises to customers")),
        columns=COLUMNS,
        rows=[(*row[:3], _late(row, r.today), *row[3:10]) for row in rows],
        as_of=r.today.isoformat(),
        empty=msg(N_("No promise here. Note one: salescli customer promise add CUSTOMER TEXT --due DAY")),
        beyond_own=any(row[10] not in r.actor.team for row in rows),
    )


def _late(row: tuple[Any, ...], today: date) -> int:
    """Days past the due day, up to today or the day it was settled."""
    end = date.fromisoformat(row[8]) if row[8] else today
    return max(days_between(date.fromisoformat(row[2]), end), 0)


def id_of(r: Reader, number: str) -> int:
    """The promise of that number, of one's own people or to a customer one sees. Raises SalesError (exit 3)."""
    typed = number.strip().upper()
    sql = f"""SELECT p.id FROM promise p JOIN customer c ON c.id = p.customer_id WHERE p.number = :number
              AND ({condition(r.actor, "customers", "c.staff_id")} OR {condition(r.actor, "customers", "p.staff_id")})"""
    found: int | None = r.value(sql, number=typed)
    if found is None:
        hint = N_("salescli customer promise list --state all")
        fail("promise_not_found", N_("there is no promise {number}"), kind=Kind.NOT_FOUND, hint=hint, number=number)
    return found
