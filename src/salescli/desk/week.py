"""The week of a person or a team: what was done, what is open, what is missing, what was reported late (VIS-13, DAT-05)."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from salescli.core.dates import week_of
from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.desk.scope import of_people, person, sees_all

if TYPE_CHECKING:
    from salescli.core.dates import Period
    from salescli.core.reader import Reader

DONE, OPEN, MISSING, LATE = SECTIONS = (C_("done"), C_("open"), C_("missing"), C_("late"))


class Line(NamedTuple):
    """One line: its section, whose it is (code), the day, kind, document, customer's code, what to say of it, the rule that asks for it."""

    section: str
    staff: str
    day: str | None
    kind: str
    ref: str | None
    customer: str | None
    text: Message | str
    rule: str | None


class Week(NamedTuple):
    """Whose week: the period, and the staff ids (None: everybody)."""

    period: Period
    people: tuple[int, ...] | None

    def condition(self, column: str) -> str:
        """SQL: `column` holds one of these people."""
        return "1 = 1" if self.people is None else of_people(column, self.people)


Provider = Callable[["Reader", Week], "list[Line]"]

PROVIDERS: tuple[tuple[str, str], ...] = (
    ("salescli.desk.reads_week", "tasks"),
    ("salescli.desk.reads_week", "contacts"),
    ("salescli.desk.reads_week", "approvals"),
    ("salescli.desk.reads_week_people", "requests"),
    ("salescli.desk.reads_week_visits", "visits"),
)
"""Who fills it: module and function `provider(reader, week) -> list[Line]`. A new room adds its line here."""

COLUMNS = (
    Column("section", N_("Part"), "code"),
    Column("staff", N_("Staff")),
    Column("day", N_("Date"), "date"),
    Column("kind", N_("Kind"), "code"),
    Column("ref", N_("Document")),
    Column("customer", N_("Customer")),
    Column("text", N_("Subject")),
    Column("rule", N_("Rule")),
)
COUNTS = (
    Column(DONE, N_("Done"), "int"),
    Column(OPEN, N_("Still open"), "int"),
    Column(MISSING, N_("Missing"), "int"),
    Column(LATE, N_("Late"), "int"),
)


def week(r: Reader, staff: str | None = None, *, team: bool = False, period: Period | None = None) -> Report:
    """What was done, is open, missing and late in a week: the reader's own, a person's of his team, or with `team` everybody's he leads.

    VIS-13, DAT-05. Raises SalesError: 2 a person and --team together, 3 nobody of that name, 7 one whose work the reader may not see.
    """
    if staff and team:
        fail("staff_and_team", N_("name a person or say --team, not both"), kind=Kind.USAGE)
    span = period or week_of(r.today)
    asked = Week(span, _team(r) if team else (person(r, staff).id,))
    found = [line for module, name in PROVIDERS for line in _provider(module, name)(r, asked)]
    found.sort(key=lambda line: (SECTIONS.index(line.section), line.staff, line.day or "", line.kind, line.ref or ""))
    mine = set(r.column(f"SELECT code FROM staff WHERE {of_people('id', r.actor.own_or_team())}"))
    return Report(
        "week",
        msg(N_("Week {week}: {start} to {end}"), week=span.name, start=span.start.isoformat(), end=span.end.isoformat()),
        COLUMNS,
        found,
        totals={section: sum(line.section == section for line in found) for section in SECTIONS},
        figures=COUNTS,
        as_of=r.today.isoformat(),
        empty=msg(N_("Nothing done, open or missing in {week}."), week=span.name),
        beyond_own=any(line.staff not in mine for line in found),
    )


def _team(r: Reader) -> tuple[int, ...] | None:
    return None if sees_all(r.actor) else r.actor.own_or_team()


def _provider(module: str, name: str) -> Provider:
    provider: Provider = getattr(import_module(module), name)
    return provider
