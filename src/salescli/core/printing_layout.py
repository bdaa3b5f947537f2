"""How wide the columns of a paper's table are: the same shares for PDF, Word and HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.formats.values import width

if TYPE_CHECKING:
    from salescli.core.printing import Sheet

PAGE = 104
"""Half-width signs side by side on a page, the room between columns counted."""
GAP = 4
LIMITS = (24, 18, 14, 10)
"""Columns up to so wide stand on one line; the first limit counts that leaves the longer ones room."""
LONG = 60
LEAST = 16


def _lengths(sheet: Sheet) -> list[int]:
    """The longest text of each column in half-width signs."""
    rows = [sheet.heads, *sheet.rows, *([sheet.total] if sheet.total else [])]
    return [max(_longest(row[i]) for row in rows) for i in range(len(sheet.heads))]


def _longest(text: str) -> int:
    return max(map(width, text.splitlines()), default=0)


def unbroken(sheet: Sheet) -> list[bool]:
    """Which columns stand on one line: figures always, others while the longer ones keep room."""
    found = _lengths(sheet)
    for limit in LIMITS:
        short = [length <= limit or figures for length, figures in zip(found, sheet.right, strict=True)]
        if sum(length + GAP if kept else LEAST for length, kept in zip(found, short, strict=True)) <= PAGE:
            return short
    return short


def shares(sheet: Sheet) -> list[float]:
    """Each column's part of the page: short ones what they need, long ones the rest by their length, never less than their head."""
    found, short = _lengths(sheet), unbroken(sheet)
    rest = PAGE - sum(length + GAP for length, kept in zip(found, short, strict=True) if kept)
    long = sum(min(length, LONG) for length, kept in zip(found, short, strict=True) if not kept)
    parts = [
        float(length + GAP) if kept else max(rest * min(length, LONG) / long, LEAST, _longest(head) + GAP)
        for length, kept, head in zip(found, short, sheet.heads, strict=True)
    ]
    return [part / sum(parts) for part in parts]
