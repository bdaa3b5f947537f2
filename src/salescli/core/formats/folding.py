"""Lines of a given width: Chinese breaks between any two signs, but a figure, a word or a command stays whole where it can."""

from __future__ import annotations

import re

from salescli.core.formats.values import width

_OPENING, _CLOSING = "（「『《【〔", "，。；：、！？）」』》】〕…"
_PIECES = re.compile(rf"\s+|[{_OPENING}]*(?:[^\s\u2e80-\uffff]+|\S)[{_CLOSING}]*")


def folded(text: str, room: int) -> list[str]:
    """The text in lines of at most `room` cells; a sign of punctuation never begins a line, a longer word is cut."""
    lines, line, used = [], "", 0
    for piece in _PIECES.findall(text):
        for part, size in _cut(piece, room):
            if used + size > room:
                lines.append(line.rstrip())
                line, used = "", 0
            if line or not part.isspace():
                line, used = line + part, used + size
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _cut(piece: str, room: int) -> list[tuple[str, int]]:
    """A piece with its cells; one that is wider than a line in as many parts as it takes."""
    size = width(piece)
    if size <= room or len(piece) == 1:
        return [(piece, size)]
    half = len(piece) // 2 if size > 2 * room else _fitting(piece, room)
    return [*_cut(piece[:half], room), *_cut(piece[half:], room)]


def _fitting(piece: str, room: int) -> int:
    """How many signs of the piece fill a line; at least one."""
    return next((count for count in range(len(piece) - 1, 1, -1) if width(piece[:count]) <= room), 1)
