"""Questions and progress for the person at the terminal, on standard error; without a terminal nothing is asked or drawn."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from salescli.core import context
from salescli.core.errors import Kind, fail
from salescli.core.formats.target import prepare_streams
from salescli.core.i18n import N_, Message, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

REDRAW_SECONDS = 0.1
YES = frozenset({"y", "yes", "是", "好", "对"})


def interactive() -> bool:
    """Whether a person can be asked: a terminal on both sides and no --no-input."""
    return not context.current().no_input and sys.stdin.isatty() and sys.stderr.isatty()


def confirm(question: Message, *, yes: bool = False) -> bool:
    """Ask a yes/no question, no by default; `yes` answers it beforehand. Raises SalesError (usage) when nobody can answer."""
    if yes:
        return True
    if not interactive():
        fail("confirmation_needed", N_("{question} Nobody can answer here"), kind=Kind.USAGE, hint=N_("add --yes"), question=question)
    return _read(f"{question} [y/N] ").lower() in YES


def ask(question: Message, *, secret: bool = False) -> str | None:
    """The line a person types, hidden when `secret`; None when nobody can answer."""
    if not interactive():
        return None
    if not secret:
        return _read(f"{question} ")
    from getpass import getpass

    return getpass(f"{question} ", stream=sys.stderr)


def choose(question: Message, choices: Sequence[str]) -> int | None:
    """The position of the choice a person picks by number; None when nobody can answer or none is picked."""
    if not interactive():
        return None
    prepare_streams()
    from salescli.core.formats.values import visible

    sys.stderr.writelines(f"{number:>3}  {visible(choice)}\n" for number, choice in enumerate(choices, 1))
    answer = _read(f"{question} [1-{len(choices)}] ")
    picked = int(answer) if answer.isdecimal() else 0
    return picked - 1 if 1 <= picked <= len(choices) else None


def _read(prompt: str) -> str:
    from salescli.core.formats.values import visible

    prepare_streams()
    sys.stderr.write(visible(prompt))
    sys.stderr.flush()
    return sys.stdin.readline().strip()


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """A progress line while the block runs; it yields `advance(n)`. `label` is a marked English text."""
    if not sys.stderr.isatty():
        yield lambda _count: None
        return
    prepare_streams()
    line = _ProgressLine(_(label), total)
    try:
        yield line.advance
    finally:
        line.clear()


class _ProgressLine:
    """One line redrawn in place, at most ten times a second."""

    def __init__(self, label: str, total: int | None) -> None:
        self.label, self.total = label, total
        self.count = 0
        self.drawn = 0.0

    def advance(self, count: int = 1) -> None:
        self.count += count
        now = monotonic()
        if now - self.drawn >= REDRAW_SECONDS:
            self.drawn = now
            share = f" / {self.total:,} ({100 * self.count // self.total}%)" if self.total else ""
            sys.stderr.write(f"\r{self.label} {self.count:,}{share}\x1b[K")
            sys.stderr.flush()

    def clear(self) -> None:
        if self.drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
