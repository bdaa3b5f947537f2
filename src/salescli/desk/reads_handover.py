"""What somebody holds that must not go with him, found from every column that refers to a person (ORG-06)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from salescli.core.agenda import Agenda, Task
from salescli.core.approval import superiors
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.desk.handover_columns import passing
from salescli.desk.scope import person
from salescli.staff.reads_office import code, on_agenda

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from salescli.core.reader import Reader
    from salescli.desk.handover_columns import Meaning

HANDOVER = C_("handover")

Place = tuple[str, str]
"""A table and a column of it."""


class Held(NamedTuple):
    """A row somebody holds: its table and column, its id, what it is, its number or code, the customer it belongs to."""

    place: Place
    id: int
    what: str
    ref: str | None
    customer_id: int | None


def _holder(place: Place, found: Meaning) -> str:
    return found.holder or f"t.{place[1]}"


def holdings(r: Reader, staff_id: int) -> list[Held]:
    """Everything open that somebody holds. ORG-06."""
    found = []
    for place, meaning in passing().items():
        sql = f"""SELECT t.id, {meaning.ref}, {meaning.customer or "NULL"} FROM "{place[0]}" t
                  WHERE {_holder(place, meaning)} = :holder AND {meaning.open} ORDER BY 2, 1"""
        used = {"today": r.today} if ":today" in sql else {}
        found += [
            Held(place, row_id, meaning.what or place[0], ref, customer) for row_id, ref, customer in r.tuples(sql, holder=staff_id, **used)
        ]
    return found


COLUMNS = (
    Column("what", N_("What"), "code"),
    Column("ref", N_("Document")),
    Column("customer", N_("Customer")),
    Column("customer_name", N_("Customer name")),
)


def report(r: Reader, staff: str | None) -> Report:
    """Everything somebody holds that a handover would pass on. ORG-06. Raises SalesError: 3 nobody, 7 not one's own people."""
    who = person(r, staff)
    found = holdings(r, who.id)
    wanted = ", ".join(str(held.customer_id) for held in found if held.customer_id) or "0"
    names = {row_id: (code, name) for row_id, code, name in r.tuples(f"SELECT id, code, name FROM customer WHERE id IN ({wanted})")}
    nobody: tuple[None, None] = (None, None)
    return Report(
        name="staff-holds",
        title=msg(N_("Held by {code} {name}"), code=who.code, name=who.name),
        columns=COLUMNS,
        rows=[(held.what, held.ref, *(names[held.customer_id] if held.customer_id else nobody)) for held in found],
        notes=(msg(N_("to pass all of it on: salescli staff handover {code} --to CODE --dry-run"), code=who.code),) if found else (),
        as_of=r.today.isoformat(),
        empty=msg(N_("{code} {name} holds nothing."), code=who.code, name=who.name),
        beyond_own=who.id not in r.actor.team,
    )


# --- who left and still holds something -----------------------------------------------------------------------------------------


class Leaver(NamedTuple):
    """Somebody who is gone, and how many things still hang on him."""

    id: int
    code: str
    name: str
    left: str
    things: int


def leavers(r: Reader, day: date) -> list[Leaver]:
    """Everybody gone before `day` who still holds something. ORG-06."""
    gone = r.tuples("SELECT id, code, name, left_on FROM staff WHERE left_on < :day ORDER BY left_on, code", day=day)
    counts = _counts(r, ", ".join(str(row[0]) for row in gone)) if gone else Counter()
    return [Leaver(staff_id, code, name, left, counts[staff_id]) for staff_id, code, name, left in gone if counts[staff_id]]


def _counts(r: Reader, people: str) -> Counter[int]:
    """How many things each of these people holds."""
    parts = [
        f"""SELECT {_holder(place, meaning)}, count(*) FROM "{place[0]}" t
            WHERE {_holder(place, meaning)} IN ({people}) AND {meaning.open} GROUP BY 1"""
        for place, meaning in passing().items()
    ]
    counts: Counter[int] = Counter()
    for sql in parts:
        for staff_id, count in r.tuples(sql, **({"today": r.today} if ":today" in sql else {})):
            counts[staff_id] += count
    return counts


def left_behind(r: Reader, agenda: Agenda) -> list[Task]:
    """Handovers that nobody did yet: with the superior of who left. ORG-06."""
    lines = []
    for found in leavers(r, agenda.day):
        above = superiors(r, found.id)
        owner = above[0] if above else None
        if on_agenda(r, agenda, owner):
            said = N_("{staff} {name} left on {left} and still holds {count} {count:item|items}; salescli staff handover {staff} --to CODE")
            text = msg(said, staff=found.code, name=found.name, left=found.left, count=found.things)
            lines.append(Task(HANDOVER, found.left, found.code, None, text, "ORG-06", _days(found.left, agenda.day), code(r, owner)))
    return lines


def _days(left: str, day: date) -> int:
    from datetime import date as calendar_day

    return max(0, (day - calendar_day.fromisoformat(left)).days)


def check(r: Reader) -> Iterator[Message]:
    """People gone who still hold something. ORG-06."""
    for found in leavers(r, r.today):
        yield msg(
            N_("{staff} left on {left} and still holds {count} {count:item|items}"), staff=found.code, left=found.left, count=found.things
        )
