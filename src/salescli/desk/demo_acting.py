"""Lets the people of the demo office act on the days of their year, by the same functions the commands call (DAT-07)."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from salescli.core import approval
from salescli.core.access import actor_for
from salescli.core.approval_write import file_request
from salescli.core.errors import SalesError
from salescli.desk import approvals
from salescli.desk.demo_words import later

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from salescli.core.report import Done
    from salescli.core.writer import Writer


MOST_LEVELS = 5


class Acting:
    """The writer, with whoever acts and the day he acts on."""

    def __init__(self, w: Writer) -> None:
        self.w = w
        self.today = w.today
        found = w.reader.tuples("SELECT id, code, name FROM staff")
        self.people = {code: (staff_id, code, name) for staff_id, code, name in found}
        self.codes = {staff_id: code for staff_id, code, _name in found}

    @contextmanager
    def person(self, code: str, day: date) -> Iterator[Writer]:
        """The writer as that person uses it on that day."""
        w, before = self.w, (self.w.actor, self.w.today)
        w.act_as(actor_for(w.reader, *self.people[code], before[0].os_account))
        w.today = w.reader.today = day
        try:
            yield w
        finally:
            w.session.flush()
            w.document = None
            w.act_as(before[0])
            w.today = w.reader.today = before[1]

    def approve(self, document: str, day: date, *, refuse: str | None = None, pace: int = 1, levels: int = MOST_LEVELS) -> None:
        """Let whoever decides about a document's request do so, a level every `pace` days, the first on `day`."""
        for level in range(levels):
            with self.person("ADMIN", day) as w:
                waits = next((one for one in approval.waiting(w.reader) if one.document == document), None)
                found = approval.level_of(w.reader, waits) if waits else None
            if waits is None or found is None:
                return
            with self.person(self.codes[found.people[0]], self.later(day, level * pace)) as w:
                if refuse:
                    approvals.refuse(w, waits.number, refuse)
                else:
                    approvals.approve(w, waits.number, None)

    def later(self, day: date, count: int) -> date:
        """So many days later, not on a weekend and not after today."""
        return later(day, count, self.today)

    def asked(self, code: str, day: date, reason: str, act: Callable[[Writer], Done], *, decided: bool = True) -> Done | None:
        """Do what needs approval: it is asked for, decided, and done; None while it still waits."""
        with self.person(code, day) as w:
            try:
                return act(w)
            except SalesError as error:
                asks = [(found.ask, found.message) for found in error.problems if found.ask]
                if len(asks) < len(error.problems):
                    raise
            documents = [file_request(w, ask, message, reason).document for ask, message in asks]
        if not decided:
            return None
        for document in documents:
            self.approve(document, day, pace=0)
        with self.person(code, day) as w:
            return act(w)
