"""One small writer per output format; each draws a Report that is already sorted, limited and totalled."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from salescli.core.report import Report

    Writer = Callable[[Report, Any], None]  # the stream is text, or binary for a BINARY format

FORMATS = ("table", "plain", "csv", "json", "md", "html", "xlsx")
BINARY = frozenset({"xlsx"})
SUFFIXES = {
    ".txt": "plain",
    ".csv": "csv",
    ".json": "json",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
}


def writer(name: str) -> Writer:
    """The function that writes a report in this format; its module is imported only now."""
    from importlib import import_module

    module = import_module(f"salescli.core.formats.{name}")
    write: Writer = module.write
    return write
