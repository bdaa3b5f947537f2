"""How a carrier is spelt, so that one firm is one line of the freight figures (ORD-14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from salescli.core.alike import normal_name
from salescli.core.errors import Problem, problem
from salescli.core.i18n import N_
from salescli.core.record import NamedTuple

ALIKE = 0.8
"""From this ratio of equal signs on, two names are worth a question."""


class Spelt(NamedTuple):
    """A carrier as typed, as it is kept, and the known one that may be meant by a new name."""

    typed: str | None = None
    kept: str | None = None
    near: str | None = None

    def notes(self, delivery: str) -> list[Problem]:
        """What is said of the spelling; nothing of it stops the goods."""
        facts: dict[str, Any] = {"typed": self.typed, "carrier": self.kept, "near": self.near, "delivery": delivery}
        if self.near:
            hint = N_("if so: salescli order ship {delivery} shipped --carrier {near}")
            return [problem("carrier_new", N_("carrier {typed} is new; is it {near}?"), rule="ORD-14", hint=hint, **facts)]
        if self.typed and self.kept and self.typed.casefold() != self.kept.casefold():
            return [problem("carrier_spelling", N_("carrier {typed} is kept as {carrier}, as it is known"), rule="ORD-14", **facts)]
        return []


def spelt(typed: str, listed: Mapping[str, str], used: Sequence[str] = ()) -> Spelt:
    """A carrier by a name of the list (name -> code) or as he was written before; signs, blanks, case and legal form do not count. ORD-14.

    A new name is kept as it is typed, with the known one that is nearly the same or begins the same.
    """
    wanted = _compared(typed)
    for known in (listed, {name: name for name in used}):
        same = known.get(typed) or next((kept for name, kept in known.items() if _compared(name) == wanted), None)
        if same:
            return Spelt(None if typed in known else typed, same)
    known = {**{name: name for name in used}, **listed}
    close = [(share, kept) for name, kept in known.items() if (share := _alike(wanted, _compared(name))) >= ALIKE]
    return Spelt(typed, typed, max(close)[1] if close else None)


def _compared(name: str) -> str:
    return normal_name(name) or name.casefold()


def _alike(one: str, other: str) -> float:
    """How much of two names is the same; all of it when the shorter, of two signs or more, begins the longer."""
    short, long = sorted((one, other), key=len)
    return 1.0 if len(short) > 1 and long.startswith(short) else SequenceMatcher(None, one, other).ratio()
