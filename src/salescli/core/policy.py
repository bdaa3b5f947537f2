"""The rulebook's rules and numbers: declared once in defaults/rules.toml, kept as dated text values in the book.

Declaring and reading only; `policy set` lives in the policy room. A value is stored as text ("6", "15", "21:00", "30,60,90")
and decoded by its type: int, days, months -> int; pct -> rate in 1/10,000; amount -> 1/100; bool -> bool; text, choice -> str;
staff -> staff code or None; time -> time; date -> date or None; list -> tuple of str; int_list -> tuple of int; pct_list -> tuple of rates.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from salescli.core import money
from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, Message, code_label, language, msg
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from salescli.core.reader import Reader

DEFAULTS = Path(__file__).parent.parent / "defaults" / "rules.toml"
LONGEST_TEXT = 200
FIRST_DAY = date.min
"""A new book's values are valid from this day on, so that every past document finds one."""

EMPTY_ALLOWED = frozenset({"text", "staff", "date"})
MONTH_END = "31"
_YES = frozenset({"yes", "y", "on", "true", "1", "是", "开", "启用"})
_NO = frozenset({"no", "n", "off", "false", "0", "否", "关", "停用"})
_NOTHING = frozenset({"", "none", "-", "无", "空"})
_MONTH_END = frozenset({"end", "eom", "月末", "月底"})


class Rule(NamedTuple):
    """One row of the rulebook; priority M must, S should, O out of scope for software."""

    id: str
    title: str
    zh: str
    priority: str
    source: str
    group: str

    @property
    def name(self) -> str:
        """The title in the language in use."""
        return self.zh if language() == "zh" else self.title


class Parameter(NamedTuple):
    """A number the office may change. `default` and the bounds are stored texts in `unit`; `right` is what setting it takes.

    `at_most` names a parameter this one may not exceed; `count`, `total` and `ascending` shape a list.
    """

    key: str
    title: str
    zh: str
    type: str
    default: str | None
    source: str
    rules: tuple[str, ...]
    group: str
    unit: str | None = None
    minimum: str | None = None
    maximum: str | None = None
    choices: tuple[str, ...] = ()
    count: int | None = None  # type: ignore[assignment]  # hides tuple.count, which nobody asks a parameter for
    total: str | None = None
    ascending: bool = False
    at_most: str | None = None
    right: str = "policy.set"

    @property
    def name(self) -> str:
        """The title in the language in use."""
        return self.zh if language() == "zh" else self.title

    @property
    def own(self) -> bool:
        """Whether the number is our own proposal, because the documents give none."""
        return self.source.startswith("own")


@cache
def _document() -> dict[str, dict[str, dict[str, Any]]]:
    import tomllib

    return tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))


@cache
def load_rules() -> Mapping[str, Rule]:
    """Every rule by id, in rulebook order."""
    return {key: Rule(id=key, **row) for key, row in _document()["rules"].items()}


@cache
def load_parameters() -> Mapping[str, Parameter]:
    """Every parameter by key, in the order declared."""
    return {key: _parameter(key, row) for key, row in _document()["parameters"].items()}


def _parameter(key: str, row: Mapping[str, Any]) -> Parameter:
    """A declaration as read from TOML, its values turned into stored text."""
    fields = {name: value for name, value in row.items() if name not in ("default", "min", "max", "total", "rules", "choices")}
    return Parameter(
        key=key,
        default=_stored(row["default"]),
        minimum=_stored(row.get("min")),
        maximum=_stored(row.get("max")),
        total=_stored(row.get("total")),
        rules=tuple(row["rules"]),
        choices=_choices(row.get("choices", ())),
        **fields,
    )


def _stored(value: object) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ",".join(map(str, value))
    return None if value is None or value == "" else str(value)


def _choices(declared: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """The values to choose from; "roles" stands for every role of the office."""
    if declared == "roles":
        from salescli.core.access import ROLES

        return ROLES
    return tuple(declared)


def seed_rows() -> list[dict[str, object]]:
    """One row of table policy_value per parameter, valid from the first day there is: what a new book starts with."""
    return [
        {"key": p.key, "value": p.default, "type": p.type, "valid_from": FIRST_DAY, "set_by": None, "set_at": None, "reason": None}
        for p in load_parameters().values()
    ]


_VALUES = "SELECT valid_from, type, value FROM policy_value WHERE key = :key ORDER BY valid_from DESC, id DESC"


def value(reader: Reader, key: str, on: date) -> Any:
    """The office's value of a parameter on a day, decoded; the declared default in a book made before the parameter was.

    All values of a key are read once per reader, so that a list may ask for the day of each of its rows. Raises KeyError for an unknown
    key (a programming fault).
    """
    if key not in reader.policies:
        reader.policies[key] = [(since, decode(kind, text)) for since, kind, text in reader.tuples(_VALUES, key=key)]
    day = on.isoformat()
    for since, found in reader.policies[key]:
        if since <= day:
            return found
    parameter = load_parameters()[key]
    return decode(parameter.type, parameter.default)


def decode(kind: str, text: str | None) -> Any:
    """The value a stored text stands for (see the module's first lines); nothing stored is None, an empty list an empty tuple."""
    if text is None:
        return () if kind.endswith("list") else None
    return _DECODE[kind](text)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


_DECODE: dict[str, Callable[[str], Any]] = {
    "int": int,
    "days": int,
    "months": int,
    "pct": money.parse_rate,
    "amount": money.parse_amount,
    "bool": lambda text: text == "yes",
    "text": str,
    "staff": str,
    "choice": str,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "list": _parts,
    "int_list": lambda text: tuple(map(int, _parts(text))),
    "pct_list": lambda text: tuple(map(money.parse_rate, _parts(text))),
}


def coerce(parameter: Parameter, text: str) -> str | None:
    """What a person typed as the text to store (None: nothing, where the parameter may be empty).

    Raises SalesError `policy_value_bad` when the type, the bounds, the choices or the shape of a list do not hold.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    if parameter.type in EMPTY_ALLOWED and typed.casefold() in _NOTHING:
        return None
    try:
        return _CANONICAL[parameter.type](parameter, typed)
    except ValueError:
        _refuse(parameter, text)


def _number(parameter: Parameter, typed: str) -> str:
    """A whole number, percentage or amount inside the bounds, in its shortest usual form."""
    kind = parameter.type.removesuffix("_list")
    if parameter.unit == "day_of_month" and typed.casefold() in _MONTH_END:
        typed = MONTH_END
    if kind in ("pct", "amount"):
        text = money.amount_text(money.parse_amount(typed)) if kind == "amount" else _short_percent(money.parse_rate(typed))
    else:
        text = str(_whole(typed))
    _within(parameter, kind, text)
    return text


def _whole(typed: str) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", typed):
        raise ValueError(typed)
    return int(typed)


def _short_percent(rate: int) -> str:
    """A percentage without needless zeros: "15", "12.5"."""
    return money.percent_text(rate).rstrip("0").rstrip(".")


def _within(parameter: Parameter, kind: str, text: str) -> None:
    """Raise ValueError outside the bounds."""
    found = decode(kind, text)
    low, high = (decode(kind, bound) for bound in (parameter.minimum, parameter.maximum))
    if (low is not None and found < low) or (high is not None and found > high):
        raise ValueError(text)


def _bool(parameter: Parameter, typed: str) -> str:
    word = typed.casefold()
    if word not in _YES | _NO:
        raise ValueError(typed)
    return "yes" if word in _YES else "no"


def _choice(parameter: Parameter, typed: str) -> str:
    """One of the choices, by its code or as a person reads it in the language in use."""
    word = typed.casefold()
    for code in parameter.choices:
        if word in (code, code_label(code).casefold()):
            return code
    raise ValueError(typed)


def _text(parameter: Parameter, typed: str) -> str:
    if len(typed) > LONGEST_TEXT or not typed.isprintable():
        raise ValueError(typed)
    return typed


def _date(parameter: Parameter, typed: str) -> str:
    return date.fromisoformat(typed).isoformat()


def _time(parameter: Parameter, typed: str) -> str:
    if not re.fullmatch(r"[0-9]{1,2}:[0-9]{2}", typed):
        raise ValueError(typed)
    return time.fromisoformat(typed.zfill(5)).strftime("%H:%M")


def _list(parameter: Parameter, typed: str) -> str:
    """A comma-separated list: its length, sum and order as declared, nothing twice where order or choice matters."""
    one = _choice if parameter.type == "list" else _number
    items = [one(parameter, item.strip()) for item in typed.replace("、", ",").split(",")]
    if parameter.count not in (None, len(items)):
        raise ValueError(typed)
    if parameter.type == "list":
        if len(set(items)) < len(items):
            raise ValueError(typed)
        return ",".join(items)
    return _number_list(parameter, items)


def _number_list(parameter: Parameter, items: list[str]) -> str:
    kind = parameter.type.removesuffix("_list")
    values = [decode(kind, item) for item in items]
    if parameter.ascending and any(left >= right for left, right in pairwise(values)):
        raise ValueError(items)
    if parameter.total is not None and sum(values) != decode(kind, parameter.total):
        raise ValueError(items)
    return ",".join(items)


_CANONICAL: dict[str, Callable[[Parameter, str], str]] = {
    "int": _number,
    "days": _number,
    "months": _number,
    "pct": _number,
    "amount": _number,
    "bool": _bool,
    "text": _text,
    "staff": _text,
    "choice": _choice,
    "date": _date,
    "time": _time,
    "list": _list,
    "int_list": _list,
    "pct_list": _list,
}


def _refuse(parameter: Parameter, text: str) -> NoReturn:
    fail(
        "policy_value_bad",
        N_('{key} takes {expected}, not "{value}"'),
        kind=Kind.USAGE,
        hint=N_("salescli policy show {key}"),
        key=parameter.key,
        value=text,
        expected=expected(parameter),
        type=parameter.type,
        unit=parameter.unit,
        minimum=parameter.minimum,
        maximum=parameter.maximum,
        choices=list(parameter.choices),
    )


_EXPECTED = {
    "int": N_("a whole number from {minimum} to {maximum}"),
    "days": N_("a number of days from {minimum} to {maximum}"),
    "months": N_("a number of months from {minimum} to {maximum}"),
    "pct": N_("a percentage from {minimum} to {maximum}"),
    "amount": N_("an amount from {minimum} to {maximum}"),
    "bool": N_("yes or no"),
    "text": N_("a short text, or nothing"),
    "staff": N_("a staff code, or nothing"),
    "choice": N_("one of {choices:choice}"),
    "date": N_("a date such as 2026-11-05, or nothing"),
    "time": N_("a time such as 21:00"),
    "list": N_("a comma-separated list out of {choices:choice}, none twice"),
    "int_list": N_("whole numbers from {minimum} to {maximum}, separated by commas"),
    "pct_list": N_("percentages from {minimum} to {maximum}, separated by commas"),
}


def expected(parameter: Parameter) -> Message:
    """What a parameter takes, in words: type, bounds, choices, shape of a list."""
    shape: dict[str, object] = {"minimum": parameter.minimum, "maximum": parameter.maximum, "choices": list(parameter.choices)}
    said = msg(_EXPECTED[parameter.type], **shape)
    if parameter.count is not None:
        said = msg(N_("{numbers}, exactly {count} of them"), numbers=said, count=parameter.count)
    if parameter.total is not None:
        said = msg(N_("{numbers}, with the sum {total}"), numbers=said, total=parameter.total)
    if parameter.ascending:
        said = msg(N_("{numbers}, each larger than the one before"), numbers=said)
    return said
