"""Invariants of the office's people: one tree without circles, one way in for administrators (ORG-02, ORG-07)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.checks import Check
from salescli.core.i18n import N_, Message, msg
from salescli.staff import checks_office
from salescli.staff.reads import Person, administrators, people, roles_of
from salescli.staff.rules import gone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.reader import Reader


def circles(r: Reader) -> Iterator[str]:
    """People whose chain of superiors comes back to themselves; each circle once. ORG-02."""
    everybody = people(r)
    told: set[int] = set()
    for person in everybody.values():
        circle = _circle(everybody, person)
        if circle and told.isdisjoint(circle):
            told.update(circle)
            yield " > ".join(everybody[i].code for i in (*circle, circle[0]))


def _circle(everybody: dict[int, Person], person: Person) -> list[int]:
    """The ids from somebody up to himself; empty when the chain ends at a top or in a circle of others."""
    chain, above = [person.id], person.superior_id
    while above is not None and above not in chain:
        chain.append(above)
        above = everybody[above].superior_id
    return chain if above == person.id else []


def superiors_left(r: Reader) -> Iterator[Message]:
    """People here whose superior is gone: a gap in the chain. ORG-02."""
    everybody, today = people(r), r.today.isoformat()
    for person in everybody.values():
        superior = everybody[person.superior_id] if person.superior_id else None
        if superior and gone(superior.left, today) and not gone(person.left, today):
            yield msg(N_("{staff}: the superior {superior} left on {left}"), staff=person.code, superior=superior.code, left=superior.left)


def one_top(r: Reader) -> Iterator[str]:
    """People here without superior, when there is more than one; the cron identity is nobody's report. ORG-02."""
    roles, today = roles_of(r), r.today.isoformat()
    tops = [p for p in people(r).values() if p.superior_id is None and not gone(p.left, today) and roles.get(p.id) != ("cron",)]
    yield from (p.code for p in tops if len(tops) > 1)


def without_role(r: Reader) -> Iterator[str]:
    """People here who may do nothing. ORG-07."""
    roles, today = roles_of(r), r.today.isoformat()
    yield from (p.code for p in people(r).values() if p.id not in roles and not gone(p.left, today))


def administrator(r: Reader) -> Iterator[Message]:
    """Somebody must be able to sign in as administrator. ORG-07."""
    if not administrators(r):
        yield msg(N_("nobody here is an administrator with an OS account"))


def blank_ends(r: Reader) -> Iterator[str]:
    """Codes and names with blanks at their ends, which nobody would find."""
    yield from (p.code for p in people(r).values() if p.code != p.code.strip() or p.name != p.name.strip())


CHECKS = (
    Check("staff_circle", N_("nobody is his own superior, however far up"), circles),
    Check("staff_superior_left", N_("every superior is still here"), superiors_left, advice=True),
    Check("staff_administrator", N_("somebody can sign in as administrator"), administrator),
    Check("staff_blanks", N_("staff codes and names have no blanks at their ends"), blank_ends),
    Check("staff_one_top", N_("one person stands at the top"), one_top, advice=True),
    Check("staff_role", N_("everybody has a role"), without_role, advice=True),
    *checks_office.CHECKS,
)
