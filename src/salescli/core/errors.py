"""Failures as data: a `Problem` says what is wrong, by which rule, with which figures, and what to do next.

Rules return lists of problems; `raise_if` turns all of them into one `SalesError`, caught once by the root command.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NoReturn

from salescli.core.i18n import Message
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salescli.core.approval import Ask


class Kind(Enum):
    """What sort of failure it is; the value is the exit status that scripts rely on (CLI.md §1)."""

    FAULT = 1
    USAGE = 2
    NOT_FOUND = 3
    REFUSED = 4
    APPROVAL = 5
    STATE = 6
    FORBIDDEN = 7
    BOOK = 8
    INPUT = 9


# Of several problems this order decides the exit status; families that never mix with these come last.
PRECEDENCE = (Kind.FORBIDDEN, Kind.NOT_FOUND, Kind.STATE, Kind.REFUSED, Kind.APPROVAL, Kind.BOOK, Kind.INPUT, Kind.USAGE, Kind.FAULT)


class Problem(NamedTuple):
    """One thing that is wrong: stable code, sentence with its figures, rulebook id, next step."""

    code: str
    message: Message
    kind: Kind = Kind.REFUSED
    rule: str | None = None
    hint: Message | None = None
    ask: Ask | None = None  # kind APPROVAL only: what --request files

    @property
    def facts(self) -> dict[str, object]:
        """The figures of the sentence and of the hint, by name."""
        return {**(self.hint.facts if self.hint else {}), **self.message.facts}


class SalesError(Exception):
    """A command that may not go on; carries every problem found, not the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(p.message.text for p in self.problems))

    @property
    def exit_status(self) -> int:
        """The exit status of the gravest family among the problems."""
        kinds = {p.kind for p in self.problems}
        return next((kind.value for kind in PRECEDENCE if kind in kinds), 1)


def problem(
    code: str,
    text: str,
    /,
    *,
    kind: Kind = Kind.REFUSED,
    rule: str | None = None,
    hint: str | None = None,
    ask: Ask | None = None,
    **facts: object,
) -> Problem:
    """Build a problem from English templates (mark them `N_`) and the facts both templates may name."""
    return Problem(code, Message(text, facts), kind, rule, Message(hint, facts) if hint else None, ask)


def raise_if(problems: Iterable[Problem]) -> None:
    """Raise one SalesError with all problems; do nothing when there are none."""
    found = tuple(problems)
    if found:
        raise SalesError(found)


def fail(
    code: str,
    text: str,
    /,
    *,
    kind: Kind = Kind.REFUSED,
    rule: str | None = None,
    hint: str | None = None,
    **facts: object,
) -> NoReturn:
    """Raise a SalesError with this single problem."""
    raise SalesError((Problem(code, Message(text, facts), kind, rule, Message(hint, facts) if hint else None),))
