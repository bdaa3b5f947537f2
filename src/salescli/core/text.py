"""Names, codes and remarks as people type them: trimmed, of bearable length, without signs that would break a row or a terminal."""

from __future__ import annotations

import re
import unicodedata
from typing import NoReturn

from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_

NAME = 200
"""Characters a line of text may have unless its column says otherwise (core.schema.Line)."""

NOTE = 4000
"""Characters a remark may have (core.schema.LONG)."""

# Controls, line and paragraph separators, invisible and direction-changing signs, lone surrogates.
# Patterns are texts: most commands never need them, and compiling them costs each a millisecond.
_UNFIT = r"[\x00-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
_UNFIT_IN_NOTE = _UNFIT.replace(r"\x00-\x1f", r"\x00-\x09\x0b-\x1f")


def clean(text: str, field: str, longest: int = NAME, *, lines: bool = False) -> str:
    """The text without blanks (full-width ones too) at its ends; `lines` allows line ends, as remarks may have them.

    `field` is a code value ("short_name", marked `C_`). Raises SalesError (usage, exit 2) when nothing is left, when it is longer than
    `longest` characters, or when it holds control characters or half characters.
    """
    trimmed = unicodedata.normalize("NFC", text).strip()
    if not trimmed:
        fail("text_empty", N_("the {field:code} is empty"), kind=Kind.USAGE, field=field)
    found = re.search(_UNFIT_IN_NOTE if lines else _UNFIT, trimmed)
    if found:
        _refuse_sign(field, found)
    if len(trimmed) > longest:
        text = N_("the {field:code} has {count:,} {count:character|characters}, {longest:,} fit")
        fail("text_too_long", text, kind=Kind.USAGE, field=field, count=len(trimmed), longest=longest)
    return trimmed


def _refuse_sign(field: str, found: re.Match[str]) -> NoReturn:
    sign, place = f"U+{ord(found[0]):04X}", found.start() + 1
    if found[0] in "\n\r\u2028\u2029":
        text = N_("the {field:code} holds a line end (character {place:,}); it has to be one line")
        fail("text_line_end", text, kind=Kind.USAGE, field=field, place=place)
    text = N_("the {field:code} holds a sign that cannot be kept: {sign}, character {place:,}")
    fail("text_control", text, kind=Kind.USAGE, hint=N_("type it again without the sign"), field=field, sign=sign, place=place)


def clean_or_none(text: str | None, field: str, longest: int = NAME, *, lines: bool = False) -> str | None:
    """Like `clean`, but nothing typed, or blanks only, is None: the field is left, or made, empty."""
    if text is None or not text.strip():
        return None
    return clean(text, field, longest, lines=lines)


def clean_code(text: str, field: str, longest: int = 40) -> str:
    """A code as people type it in every command: full-width letters and figures made plain, no blanks, no dash in front.

    Raises SalesError (usage, exit 2).
    """
    code = clean(unicodedata.normalize("NFKC", text), field, longest)
    if re.search(r"\s", code):
        text = N_('the {field:code} "{typed}" holds a blank; it has to be one word')
        fail("code_blank", text, kind=Kind.USAGE, field=field, typed=code)
    if code.startswith("-"):
        text = N_('the {field:code} "{typed}" starts with a dash; it would be taken for an option')
        fail("code_dash", text, kind=Kind.USAGE, field=field, typed=code)
    return code


def folded(text: str) -> str:
    """The text with A-Z as a-z and all else as it is: exactly what SQL's lower() does in every book."""
    return text.translate(_LOWER)


_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


_PHONE = r"(?i)\+?[0-9(][0-9 ()./-]*(\s*(ext\.?|x|转|#)\s*[0-9]+)?"
_EMAIL = r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>.]+"


def clean_phone(text: str | None) -> str | None:
    """A telephone number as typed, full-width figures made plain; nothing typed is None. Raises SalesError (usage, exit 2)."""
    from salescli.core.alike import numbers_in

    number = clean_or_none(unicodedata.normalize("NFKC", text) if text else None, C_("phone"), 60)
    if len(numbers_in(number or "")) > 1:
        fail("two_phones", N_('"{typed}" is more than one telephone number; a contact has one, enter the other as a contact of its own'),
             kind=Kind.USAGE, rule="LED-10", typed=number, field="phone")  # fmt: skip
    if number is not None and (not re.fullmatch(_PHONE, number) or sum(sign.isdigit() for sign in number) < 5):
        fail("bad_phone", N_('"{typed}" is not a telephone number'), kind=Kind.USAGE, typed=number, field="phone")
    return number


def clean_email(text: str | None) -> str | None:
    """An e-mail address; nothing typed is None. Raises SalesError (usage, exit 2)."""
    address = clean_or_none(unicodedata.normalize("NFKC", text) if text else None, C_("email"))
    if address is not None and not re.fullmatch(_EMAIL, address):
        fail("bad_email", N_('"{typed}" is not an e-mail address'), kind=Kind.USAGE, typed=address, field="email")
    return address


def among(word: str | None, words: str | None) -> bool:
    """Whether a word is one of a list as people type it: "dealer, 经销商，批发"; case does not count. Nothing is in no list."""
    return word is not None and folded(word.strip()) in {
        folded(each.strip()) for each in (words or "").replace("，", ",").split(",") if each.strip()
    }
