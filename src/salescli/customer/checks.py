"""Invariants of customers' files: an owner who is here, one main contact, codes and names people find (CUS-01)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.alike import normal_name, normal_phone
from salescli.core.checks import Check
from salescli.core.i18n import N_, Message, msg
from salescli.customer.reads_owner import Person, held

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.reader import Reader


def main_contacts(r: Reader) -> Iterator[str]:
    """Customers with contacts of whom none, or more than one, is the main one."""
    sql = """SELECT c.code FROM customer c JOIN contact k ON k.customer_id = c.id
             GROUP BY c.id, c.code HAVING sum(k.main) <> 1 ORDER BY c.code"""
    yield from r.column(sql)


def owners(r: Reader) -> Iterator[str]:
    """Customers whose owner (nobody: the pool) is not the one their owner log ends with, or who have no log. LED-11, ORG-09."""
    sql = """SELECT c.code FROM customer c
             LEFT JOIN owner_change o ON o.id = (SELECT max(x.id) FROM owner_change x WHERE x.customer_id = c.id)
             WHERE o.id IS NULL OR coalesce(o.owner_id, 0) <> coalesce(c.staff_id, 0) ORDER BY c.code"""
    yield from r.column(sql)


def caps(r: Reader) -> Iterator[Message]:
    """People who hold more without a deal than they may: the cap was lowered, or orders were cancelled. LED-11."""
    cap = r.policy("pool.hold_cap")
    for person in r.rows(Person, "SELECT id, code, name, left_on FROM staff ORDER BY code"):
        count = held(r, person.id)
        if count > cap:
            yield msg(N_("{staff} holds {count:,}, the cap is {cap:,}"), staff=person.code, count=count, cap=cap)


def locks(r: Reader) -> Iterator[str]:
    """Locks of customers nobody owns, or without a beginning. LED-11."""
    yield from r.column(
        "SELECT code FROM customer WHERE locked_until IS NOT NULL AND (staff_id IS NULL OR locked_on IS NULL) ORDER BY code"
    )


def compared(r: Reader) -> Iterator[str]:
    """Customers whose compared name or telephone is not that of their name or telephone, so that a double would be missed. LED-10."""
    for code, name, kept in r.tuples("SELECT code, name, normal_name FROM customer ORDER BY code"):
        if normal_name(name) != kept:
            yield code
    sql = "SELECT c.code, k.phone, k.normal_phone FROM contact k JOIN customer c ON c.id = k.customer_id ORDER BY c.code, k.id"
    for code, phone, kept in r.tuples(sql):
        if normal_phone(phone) != kept:
            yield code


def aliases(r: Reader) -> Iterator[str]:
    """Codes of merged customers that somebody else bears now. LED-10."""
    yield from r.column("SELECT a.code FROM customer_alias a JOIN customer c ON lower(c.code) = lower(a.code) ORDER BY a.code")


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


def kept_contacts(r: Reader) -> Iterator[str]:
    """Customers whose last contact or next day does not follow from their contacts. VIS-07, VIS-08."""
    latest = """SELECT i.{} FROM interaction i WHERE i.customer_id = c.id AND i.review <> 'rejected'
                ORDER BY i.day DESC, i.id DESC LIMIT 1"""
    sql = f"""SELECT c.code FROM customer c WHERE coalesce(c.kept_contact_on, '') <> coalesce(({latest.format("day")}), '')
              OR coalesce(c.kept_next_on, '') <> coalesce(({latest.format("next_on")}), '') ORDER BY c.code"""
    yield from r.column(sql)


def judged(r: Reader) -> Iterator[str]:
    """Visits accepted or rejected by their own author, or by who wrote them down for him. VIS-01, ORG-03."""
    yield from r.column("SELECT number FROM interaction WHERE reviewed_by IN (staff_id, entered_by) ORDER BY number")


def future_contacts(r: Reader) -> Iterator[str]:
    """Contacts recorded before they happened. VIS-01."""
    yield from r.column("SELECT number FROM interaction WHERE day > entered ORDER BY number")


def kept_appointments(r: Reader) -> Iterator[str]:
    """Appointments kept without a record, or with one of another customer. VIS-04."""
    sql = """SELECT a.number FROM appointment a LEFT JOIN interaction i ON i.id = a.interaction_id
             WHERE (a.state = 'visited') <> (i.id IS NOT NULL) OR i.customer_id <> a.customer_id ORDER BY a.number"""
    yield from r.column(sql)


CHECKS = (
    Check("customer_main_contact", N_("every customer with contacts has one main contact"), main_contacts),
    Check("customer_blanks", N_("customer codes and names have no blanks at their ends"), blank_ends),
    Check("customer_code", N_("no two customer codes differ in case only"), same_code),
    Check("customer_owner", N_("every customer's owner is the one his owner log ends with"), owners),
    Check("customer_lock", N_("only owned customers are locked against the pool"), locks),
    Check("customer_compared", N_("what is compared of customers is up to date"), compared),
    Check("customer_alias", N_("codes of merged customers mean nobody else"), aliases),
    Check("pool_cap", N_("nobody holds more without a deal than the cap"), caps, advice=True),
    Check("customer_owner_left", N_("every customer's owner is still here"), owners_left, advice=True),
    Check("customer_last_contact", N_("last contact and next day follow from the contacts"), kept_contacts),
    Check("visit_judged", N_("nobody accepted his own visit"), judged),
    Check("visit_future", N_("no contact is recorded before it happened"), future_contacts),
    Check("appointment_kept", N_("every kept appointment has its record"), kept_appointments),
)
