"""Who holds how much, and who people are (LED-11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from salescli.core.errors import Problem, problem
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader


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


_HELD = """
SELECT (SELECT count(*) FROM lead WHERE staff_id = :id AND closed IS NULL AND state <> 'converted')
     + (SELECT count(*) FROM customer c WHERE c.staff_id = :id AND c.archived_on IS NULL
        AND NOT EXISTS (SELECT 1 FROM sales_order o WHERE o.customer_id = c.id AND o.state IN ('confirmed', 'closed')))"""


def held(r: Reader, staff_id: int) -> int:
    """Open leads and customers without a deal somebody holds: what counts against the cap (LED-11)."""
    return int(r.value(_HELD, id=staff_id))


def check_hold(r: Reader, who: Person) -> list[Problem]:
    """Nobody is given more than `pool.hold_cap` without a deal, on whatever path it comes. LED-11."""
    cap, count = r.policy("pool.hold_cap"), held(r, who.id)
    if count < cap:
        return []
    text = N_("{staff} holds {count:,} without a deal; the cap is {cap:,}")
    hint = N_("give some back first: salescli lead release NUMBER --reason …")
    return [problem("hold_cap", text, rule="LED-11", hint=hint, staff=who.code, count=count, cap=cap)]
