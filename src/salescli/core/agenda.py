"""What a room puts on somebody's day list: the shape of a line and whose day it is (VIS-09)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from salescli.core.access import condition
from salescli.core.i18n import C_, N_, msg
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from salescli.core.i18n import Message
    from salescli.core.reader import Reader


T = TypeVar("T")
MOST = 10
"""Lines of one kind on a day list; the rest is counted, with the command that shows it."""

MORE = C_("more")


class Task(NamedTuple):
    """One thing to do: its kind, the day it is due, the document, the customer's code, what to say of it, the rule that asks for it.

    `late_days` is 0 until the day has passed; `staff` is the code of whose task it is.
    """

    kind: str
    due: str | None
    ref: str | None
    customer: str | None
    text: Message
    rule: str
    late_days: int
    staff: str | None


class Agenda(NamedTuple):
    """Whose day: one person's, or with `staff_id` None everybody's the reader may see."""

    day: date
    staff_id: int | None

    def condition(self, r: Reader, area: str, column: str) -> str:
        """SQL that keeps the rows of `area` on this agenda; `column` holds the owner's staff id."""
        own = "1 = 1" if self.staff_id is None else f"{column} = {self.staff_id:d}"
        return f"{own} AND {condition(r.actor, area, column)}"


def cut(
    found: Sequence[T], make: Callable[[T], Task], kind: str, rule: str, command: str, count: int | None = None, staff: str | None = None
) -> list[Task]:
    """Lines of the first rows, and one that counts the others; a list of hundreds helps nobody in the morning.

    `count`: of how many rows, where `found` is only the first of them; `staff`: whose they are.
    """
    tasks = [make(row) for row in found[:MOST]]
    rest = (len(found) if count is None else count) - len(tasks)
    if rest > 0:
        text = msg(N_("{count} more of {kind:code}: {command}"), count=rest, kind=kind, command=command)
        tasks.append(Task(MORE, None, None, None, text, rule, 0, staff))
    return tasks


def cut_each(
    found: Iterable[T], make: Callable[[T], Task], whose: Callable[[T], str | None], kind: str, rule: str, command: str
) -> list[Task]:
    """The same for every person: the list of all holds what each finds on his own. `command` takes --staff."""
    parts: dict[str | None, list[T]] = {}
    for row in found:
        parts.setdefault(whose(row), []).append(row)
    return [
        task
        for staff, rows in parts.items()
        for task in cut(rows, make, kind, rule, f"{command} --staff {staff}" if staff else command, staff=staff)
    ]
