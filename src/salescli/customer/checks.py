"""Invariants of customers' files: an owner who is here, one main contact, codes and names people find (CUS-01)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.checks import Check
from salescli.core.i18n import N_, Message, msg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.reader import Reader


def main_contacts(r: Reader) -> Iterator[str]:
    """Customers with contacts of whom none, or more than one, is the main one."""
    sql = """SELECT c.code FROM customer c JOIN contact k ON k.customer_id = c.id
             GROUP BY c.id, c.code HAVING sum(k.main) <> 1 ORDER BY c.code"""
    yield from r.column(sql)


def owners(r: Reader) -> Iterator[str]:
    """Customers nobody looks after."""
    yield from r.column("SELECT code FROM customer WHERE staff_id IS NULL AND archived_on IS NULL ORDER BY code")


def owners_left(r: Reader) -> Iterator[Message]:
    """Customers whose owner is gone. ORG-06."""
    sql = """SELECT c.code, s.code FROM customer c JOIN staff s ON s.id = c.staff_id
             WHERE s.left_on < :today AND c.archived_on IS NULL ORDER BY c.code"""
    for customer, staff in r.tuples(sql, today=r.today):
        yield msg(N_("{customer}: the owner {staff} left"), customer=customer, staff=staff)


def blank_ends(r: Reader) -> Iterator[str]:
    """Codes and names with blanks, full-width ones too, at their ends, which nobody would find."""
    edges = " OR ".join(
        f"{column} LIKE '{pattern}'" for column in ("code", "name") for blank in " \u3000" for pattern in (f"{blank}%", f"%{blank}")
    )
    yield from r.column(f"SELECT code FROM customer WHERE {edges} ORDER BY code")


def same_code(r: Reader) -> Iterator[str]:
    """Codes that differ in upper and lower case only: typed, they would mean the same."""
    yield from r.column("SELECT min(code) FROM customer GROUP BY lower(code) HAVING count(*) > 1 ORDER BY 1")


CHECKS = (
    Check("customer_main_contact", N_("every customer with contacts has one main contact"), main_contacts),
    Check("customer_blanks", N_("customer codes and names have no blanks at their ends"), blank_ends),
    Check("customer_code", N_("no two customer codes differ in case only"), same_code),
    Check("customer_owner", N_("every customer has an owner"), owners, advice=True),
    Check("customer_owner_left", N_("every customer's owner is still here"), owners_left, advice=True),
)
