"""Words people read: English in the source, Simplified Chinese in locale/zh_CN, chosen once per process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from gettext import NullTranslations

LANGUAGES = ("en", "zh")
CATALOGUE = Path(__file__).parent.parent / "locale" / "zh_CN" / "LC_MESSAGES" / "salescli.mo"
UNKNOWN = "-"  # what stands on the screen for a fact that is not known

_language = "en"


def use(language: str) -> None:
    """Choose the language of this process: "en" or "zh"."""
    global _language
    if language not in LANGUAGES:
        raise ValueError(language)
    _language = language


def language() -> str:
    """The language in use: "en" or "zh"."""
    return _language


def N_(text: str) -> str:
    """Mark a sentence for the catalogue; it is translated when it is shown."""
    return text


def C_(code: str) -> str:
    """Mark a code value (state, kind, class) for the catalogue; members of a StrEnum need no mark."""
    return code


@cache
def _chinese() -> NullTranslations:
    """The Chinese catalogue; English stands in when it was not built."""
    from gettext import GNUTranslations, NullTranslations

    try:
        with CATALOGUE.open("rb") as file:
            return GNUTranslations(file)
    except FileNotFoundError:
        return NullTranslations()


def _(text: str) -> str:
    """The text in the language in use."""
    return text if _language == "en" or not text else _chinese().gettext(text)


def code_label(code: object) -> str:
    """How a person reads a code value: "part_delivered" is "part delivered" or 部分交货; "rep,admin" is read one by one."""
    text = str(code)
    if "," in text:
        return ("、" if _language == "zh" else ", ").join(code_label(part) for part in text.split(","))
    if _language == "en":
        return text.replace("_", " ")
    label = _chinese().pgettext("code", text)
    return label if label != text else text.replace("_", " ")


def code_named(name: str, codes: Iterable[str]) -> str | None:
    """The one of some codes that has this Chinese name; None when none has, or several have."""
    found = [code for code in codes if _chinese().pgettext("code", code) == name.strip()]
    return found[0] if len(found) == 1 else None


def choices_text(codes: Iterable[str]) -> str:
    """Codes as they may be typed: in Chinese by name, the code behind it, "上门 (visit)"; a name that several share is not taken."""
    known = list(codes)
    if _language == "en":
        return ", ".join(known)
    names = {code: name for code in known if code_named(name := code_label(code), known) == code and name != code}
    return "、".join(f"{names[code]} ({code})" if code in names else code for code in known)


class Message(NamedTuple):
    """A sentence not yet spoken: English template and the facts that fill it."""

    text: str
    facts: Mapping[str, Any] = {}

    def render(self) -> str:
        """The sentence in the language in use, figures written for people."""
        facts = self.facts
        return "".join([text + _field(facts[name], spec) if name else text for text, name, spec in _parts(_(self.text))])

    def json_facts(self) -> dict[str, Any]:
        """The facts as a script reads them: "1234.50" for an :amount, plain values else."""
        specs = {name: spec for _text, name, spec in _parts(self.text) if name and "|" not in spec}
        return {name: machine_text(value, specs.get(name) or "") for name, value in self.facts.items()}

    def __str__(self) -> str:
        return self.render()


def msg(text: str, /, **facts: Any) -> Message:
    """A marked sentence with its facts."""
    return Message(text, facts)


FIGURES = {"amount": "amount_text", "price": "price_text", "qty": "quantity_text", "pct": "percent_text"}


def machine_text(value: Any, spec: str = "") -> Any:
    """A fact for JSON: integers in units become decimal text by their format spec; sentences are spoken."""
    if isinstance(value, int) and not isinstance(value, bool) and spec in FIGURES:
        from salescli.core import money

        return getattr(money, FIGURES[spec])(value)
    if isinstance(value, Message):
        return value.render()
    if isinstance(value, (list, tuple)):
        return [machine_text(item, spec) for item in value]
    return value if value is None or isinstance(value, (int, str, bool)) else str(value)


def human_text(value: Any, spec: str = "") -> str:
    """A fact for the screen: grouped figures, translated codes, choices as they may be typed, lists with separators."""
    if value is None:
        return UNKNOWN
    if spec == "choice":
        return choices_text([value] if isinstance(value, str) else value)
    if isinstance(value, (list, tuple)) and not isinstance(value, Message):
        return ("、" if _language == "zh" else ", ").join(human_text(item, spec) for item in value)
    if spec == "code":
        return code_label(value)
    text = str(machine_text(value, spec))
    if spec in FIGURES and spec != "pct":
        from salescli.core import money

        return money.grouped(text)
    return text


@cache
def _parts(template: str) -> tuple[tuple[str, str | None, str], ...]:
    """A template taken apart once, for the thousands of lines said by it: text, the fact that follows it, its format spec."""
    return tuple((text, name, spec or "") for text, name, spec, _conversion in Formatter().parse(template))


def _field(value: Any, spec: str) -> str:
    """A fact by str.format's specs and the typed ones :amount :price :qty :pct :code :choice; :day|days is the word for one or for more."""
    if spec in ("", "code", "choice") or spec in FIGURES:
        return value if not spec and type(value) is str else human_text(value, spec)
    if "|" in spec:
        return spec.split("|")[str(value) != "1"]
    return str(format(value, spec))
