"""What one call was told outside its own options: which book, who, which day, which language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from pathlib import Path
from typing import Any

from salescli.core.record import NamedTuple


def clock_day() -> date:
    """The day on this machine's clock, in its own time zone."""
    return datetime.now().astimezone().date()


def clock_time() -> str:
    """The time on this machine's clock, as in 20:45."""
    return datetime.now().astimezone().strftime("%H:%M")


BY_THE_CLOCK = date.min
"""Stands for the clock's day until `use` looks at the clock: once, so that a call has one day also at midnight."""


class Context(NamedTuple):
    """The global options of one call. `db` and `user` are None when neither the line nor the environment named them."""

    db: Path | None = None
    lang: str = "en"
    today: date = BY_THE_CLOCK
    user: str | None = None
    no_input: bool = False
    debug: bool = False
    json: bool = False  # -f json stands on the line, so refusals are JSON as well
    argv: tuple[str, ...] = ()  # the line as it was typed, for the history
    proved: tuple[str, int] | None = None  # book and staff id of who gave his password during this call


_current: ContextVar[Context | None] = ContextVar("salescli_context", default=None)


def current() -> Context:
    """The context of the running call; outside of one, the plain defaults."""
    return _current.get() or Context(today=clock_day())


@contextmanager
def use(context: Context) -> Iterator[Context]:
    """Make `context` the current one until the block ends."""
    now = context._replace(today=clock_day()) if context.today == BY_THE_CLOCK else context
    token = _current.set(now)
    try:
        yield now
    finally:
        _current.reset(token)


def amend(**fields: Any) -> None:
    """Change fields of the current context, as the options on the line become known."""
    _current.set(current()._replace(**fields))


def language(chosen: str | None, environ: Mapping[str, str]) -> str:
    """The language of this call: --lang, else SALESCLI_LANG, else the locale; a locale that is not Chinese is English."""
    for wanted in (chosen, environ.get("SALESCLI_LANG")):
        if wanted and wanted[:2].lower() in ("en", "zh"):
            return wanted[:2].lower()
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return "zh" if locale.lower().startswith("zh") else "en"


def book_path(chosen: str | None, environ: Mapping[str, str]) -> Path | None:
    """The book named by --db or SALESCLI_DB, if any; the site file and the user's folder are the reader's business."""
    named = chosen or environ.get("SALESCLI_DB")
    return Path(named).expanduser() if named else None


def business_day(chosen: str | None, environ: Mapping[str, str]) -> date:
    """Today as the call sees it: --date, else SALESCLI_DATE, else the clock. Raises core.dates.BadDate."""
    text = chosen or environ.get("SALESCLI_DATE")
    if not text:
        return clock_day()
    from salescli.core.dates import parse_date

    return parse_date(text, clock_day())
