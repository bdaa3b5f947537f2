"""Named invariants of the whole book (DAT-03): every room declares its own, `salescli check` runs them."""

from __future__ import annotations

import sqlite3
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from salescli.core import context
from salescli.core.errors import SalesError
from salescli.core.i18n import N_, msg
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from salescli.core.i18n import Message
    from salescli.core.reader import Reader

    Place = str | Message
    """Where an invariant fails: a document or code, or a sentence about it."""

PACKAGE = Path(__file__).parent.parent


class Check(NamedTuple):
    """One invariant: a stable name, what holds when all is well (a marked sentence), and a function that yields every failing place.

    With `advice` a failing place is worth knowing but nothing is wrong: it is shown as a warning and leaves the exit status alone.
    """

    name: str
    title: str
    function: Callable[[Reader], Iterable[Place]]
    advice: bool = False


class Outcome(NamedTuple):
    """A check that ran, and the places where it fails."""

    check: Check
    places: tuple[Place, ...]


def all_checks() -> dict[str, Check]:
    """Every check of every room by name, those of the file itself first."""
    found: dict[str, Check] = {}
    rooms = sorted((p.parent.name for p in PACKAGE.glob("*/checks.py") if p.parent.name != "core"), key=lambda room: (room != "book", room))
    for room in rooms:
        for check in import_module(f"salescli.{room}.checks").CHECKS:
            if check.name in found:
                raise ValueError(f"two checks are named {check.name}")
            found[check.name] = check
    return found


def run(reader: Reader, checks: Iterable[Check], done: Callable[[int], None] = lambda _count: None) -> list[Outcome]:
    """Run checks on one book; `done` hears of each that has run."""
    outcomes = []
    for check in checks:
        outcomes.append(Outcome(check, _places(check, reader)))
        done(1)
    return outcomes


def _places(check: Check, reader: Reader) -> tuple[Place, ...]:
    """Where a check fails; one that stumbles over what others are there to find has failed as well."""
    try:
        return tuple(check.function(reader))
    except (SalesError, sqlite3.Error):
        raise
    except Exception as error:
        if context.current().debug:
            raise
        return (msg(N_("the check could not be finished: {fault}: {detail}"), fault=type(error).__name__, detail=str(error)),)
