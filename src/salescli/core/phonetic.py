"""How Chinese names sound: the pinyin column, written when a name is written, so that `hx` finds 华信科技."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import Any

KEPT = 200
"""Characters the column holds."""

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[a-z0-9]+")

# Surnames that are read otherwise than the same sign elsewhere.
SURNAMES = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "覃": "qin", "朴": "piao", "翟": "zhai", "冼": "xian",
    "缪": "miao", "繁": "po", "尉": "wei", "隗": "wei", "逄": "pang", "阚": "kan", "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun",
}  # fmt: skip

MOST_OF_A_PERSON = 4
"""Signs a person's name has at most; a longer name is a company's and begins with no surname."""


def pinyin(name: str | None) -> str | None:
    """Initials, a blank, the syllables: "hxkj huaxinkeji"; None for a name without Chinese signs (it is found by its letters).

    A name of up to four signs is read as a person's: 曾伟 is zengwei.
    """
    if not name or not _HAN.search(name):
        return None
    syllables = [syllable for word in _WORD.findall(name.lower()) for syllable in _syllables(word)]
    initials = "".join(syllable[0] for syllable in syllables)[: KEPT // 3]
    return f"{initials} {''.join(syllables)}"[:KEPT]


def _syllables(word: str) -> list[str]:
    if not _HAN.match(word):
        return [word[:1], word[1:]] if len(word) > 1 else [word]
    surname = next((s for s in (word[:2], word[:1]) if s in SURNAMES), "") if len(word) <= MOST_OF_A_PERSON else ""
    return [*SURNAMES.get(surname, "").split(), *_dictionary().read(word[len(surname) :])]


# --- the library's dictionary ---------------------------------------------------------------------------------------------------

FEW = 8
"""Names for which only their own words are looked up; with more of them, an import's, the whole dictionary is the shorter way."""


class _Dictionary:
    """The library's words that tell how a sign is read, as far as they were needed.

    All 47,000 of them cost 150 ms and 35 MiB. A text is cut into words that begin with one of its signs, so those beginning with its
    signs are as good as all.
    """

    def __init__(self) -> None:
        self.pypinyin = _library()
        self.whole = bool(self.pypinyin.constants.PHRASES_DICT)
        self.names = 0

    def read(self, text: str) -> list[str]:
        """The syllables of Chinese signs; one the library does not know is left out."""
        if text and not self.whole:
            self.names += 1
            self.whole = self.names > FEW
            self.pypinyin.load_phrases_dict(_words(text) if not self.whole else _all_words())
        found: list[str] = self.pypinyin.lazy_pinyin(text, errors="ignore")
        return found


@cache
def _dictionary() -> _Dictionary:
    return _Dictionary()


def _library() -> Any:
    """The library without its dictionary of words, unless somebody has loaded that already."""
    switches = ("PYPINYIN_NO_PHRASES", "PYPINYIN_NO_DICT_COPY")
    os.environ.update(dict.fromkeys(switches, "1"))
    try:
        import pypinyin
    finally:
        for switch in switches:
            os.environ.pop(switch)
    return pypinyin


def _words(text: str) -> dict[str, list[list[str]]]:
    """Words of the library that begin with a sign of the text, taken out of its file without reading the rest."""
    import json

    import pypinyin

    file = Path(pypinyin.__file__).with_name("phrases_dict.json")
    if not file.is_file():
        return _all_words()
    entry = rf'"((?:{"|".join(set(text))})[^"]*)":\s*(\[(?:\s*\[[^\]]*\],?)+\s*\])'
    return {word.decode(): json.loads(read) for word, read in re.findall(entry.encode(), file.read_bytes())}


def _all_words() -> dict[str, list[list[str]]]:
    from pypinyin import phrases_dict

    words: dict[str, list[list[str]]] = phrases_dict.phrases_dict
    return words
