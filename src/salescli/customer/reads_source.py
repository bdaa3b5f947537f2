"""The channel a customer came by, called as the leads call it, so that a channel is one and not several (LED-01, LED-17, CUS-06)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING

from salescli.core.text import folded

if TYPE_CHECKING:
    from salescli.core.reader import Reader

CHANNELS = "salescli.lead.reads_source:spellings"
"""What names a channel goes by: the leads' own table, in the room to the right, which this one does not import."""


def source_codes(r: Reader, typed: Iterable[str | None]) -> list[str | None]:
    """Sources as typed, those that name a channel by its code; other words stay as they are."""
    module, _colon, name = CHANNELS.partition(":")
    spellings: Callable[[Reader], dict[str, str]] = getattr(import_module(module), name)
    known = spellings(r)
    return [text if text is None else known.get(folded(text.strip()), text) for text in typed]
