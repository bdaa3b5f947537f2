"""Words of a command line that stand for something to be typed: people read them in their language, scripts in English."""

from __future__ import annotations

import re

from salescli.core.i18n import N_, _

STANDS_FOR = frozenset(
    (
        "AMOUNT", "BATCH", "CODE", "CUSTOMER", N_("DAY"), "DATE", "FILE", "FILE-NO", N_("FOLDER"), N_("KIND"), "NAME", N_("OFF"), "ORDER",
        N_("PART"), "PERIOD", "PLACE", "PRICE", N_("QTY"), "REASON", "SKU", "SOURCE", "STAFF", "STAGE", "TEXT", "UNIT", N_("WHAT"),
        N_("WHY"),
    )
)  # fmt: skip

_WORD = r"[A-Z]+(?:-[A-Z]+)*"
_ONLY_WORDS = r'[A-Z"\[\]@#=,:….-]+'


def named(placeholder: str) -> str:
    """What stands for a value, in the language in use: "SKU=QTY[@PRICE]" as a whole, else word by word."""
    whole = _(placeholder)
    return whole if whole != placeholder else re.sub(_WORD, lambda found: _(found[0]), placeholder)


def spelled(command: str) -> str:
    """A command line for people: its words that only stand for something in their language."""
    return " ".join(named(word) if _only_placeholders(word) else word for word in command.split(" "))


def _only_placeholders(word: str) -> bool:
    return word[:1] not in ("", "-") and bool(re.fullmatch(_ONLY_WORDS, word)) and STANDS_FOR.issuperset(re.findall(_WORD, word))
