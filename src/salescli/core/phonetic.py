"""How Chinese names sound: the pinyin column, written when a name is written, so that `hx` finds 华信科技."""

from __future__ import annotations

import re

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
    from pypinyin import lazy_pinyin

    surname = next((s for s in (word[:2], word[:1]) if s in SURNAMES), "") if len(word) <= MOST_OF_A_PERSON else ""
    read: list[str] = lazy_pinyin(word[len(surname) :], errors="ignore")
    return [*SURNAMES.get(surname, "").split(), *read]
