"""`salescli check`: run the named invariants and say what was found (DAT-03)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.checks import Check, Outcome, all_checks, run
from salescli.core.errors import Kind, Problem, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.report import Column, Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.reader import Reader

MOST_PLACES = 20  # of one check; the rest is counted

COLUMNS = (
    Column("check", N_("Check")),
    Column("title", N_("What holds")),
    Column("result", N_("Result"), "code"),
)
C_("ok")
C_("remarks")


def chosen(names: Sequence[str]) -> list[Check]:
    """The checks of these names (none: all). Raises SalesError (exit 3) that offers the nearest."""
    known = all_checks()
    raise_if(_no_check(name, list(known)) for name in dict.fromkeys(names) if name not in known)
    return [known[name] for name in names] if names else list(known.values())


def _no_check(typed: str, known: list[str]) -> Problem:
    from difflib import get_close_matches

    near = get_close_matches(typed.lower(), known, n=3)
    hint = N_("did you mean {near}?") if near else N_("salescli check runs all of them and names each")
    return problem("check_not_found", N_("there is no check {typed}"), kind=Kind.NOT_FOUND, hint=hint, typed=typed, near=near, known=known)


def check(r: Reader, names: Sequence[str]) -> Report:
    """Run checks; a report of those that hold. Raises SalesError: 3 no such check, 4 with every failing place."""
    from salescli.core import ui

    checks = chosen(names)
    with ui.progress(N_("checks"), len(checks)) as advance:
        outcomes = run(r, checks, advance)
    failing = [outcome for outcome in outcomes if outcome.places and not outcome.check.advice]
    if failing:
        raise_if([*_problems(failing), _summary(failing, len(checks))])
    for remark in _problems([outcome for outcome in outcomes if outcome.places]):
        ui.warn(remark)
    rows = [(o.check.name, msg(o.check.title).render(), "remarks" if o.places else "ok") for o in outcomes]
    return Report(
        "check", msg(N_("Checks")), COLUMNS, rows, notes=(msg(N_("{count} {count:check|checks} run, all hold"), count=len(rows)),)
    )


def _problems(outcomes: Sequence[Outcome]) -> list[Problem]:
    found = []
    for check, places in outcomes:
        found += [
            problem(check.name, N_("{check}: {place}"), rule="DAT-03", check=check.name, place=place) for place in places[:MOST_PLACES]
        ]
        if len(places) > MOST_PLACES:
            found.append(
                problem(check.name, N_("{check}: and {more:,} more"), rule="DAT-03", check=check.name, more=len(places) - MOST_PLACES)
            )
    return found


def _summary(failing: Sequence[Outcome], count: int) -> Problem:
    names = [outcome.check.name for outcome in failing]
    hint = N_("look at the history of what is named, or restore the last backup: salescli restore FILE")
    return problem("check_failed", N_("{failed} of {count} checks fail: {names}"), hint=hint, failed=len(names), count=count, names=names)
