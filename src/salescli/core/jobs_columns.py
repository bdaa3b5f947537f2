"""The columns an import knows, how their headers are recognised, and how their cells are read.

Cells are read a column at a time and each distinct text once, so that 100,000 rows cost no more than their distinct values.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from salescli.core.dates import BadDate, parse_date
from salescli.core.errors import SalesError
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.jobs_files import Lossy
from salescli.core.money import divide, parse_amount, parse_price, parse_quantity, parse_rate
from salescli.core.record import NamedTuple
from salescli.core.text import clean
from salescli.core.unreadable import Unreadable

CellKind = Literal["text", "code", "phone", "note", "date", "moment", "amount", "rounded", "price", "quantity", "percent", "count", "flag"]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


class Column(NamedTuple):
    """A column of a kind: key, how its cells are read, one line for help, the headers it also goes by, bounds of its value."""

    key: str
    kind: CellKind
    help: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    longest: int = 200
    least: int | None = None
    most: int | None = None


# --- headers ------------------------------------------------------------------------------------------------------------

IGNORED = ("reason", "原因", "序号", "行号", "#", "no.")
"""The column of an error file (a mended file may be imported as it is), and those that only count the rows."""

TOTALS = frozenset(
    f"{word}{colon}" for word in ("合计", "合 计", "总计", "总 计", "小计", "小 计", "共计", "Total", "TOTAL") for colon in ("", "：", ":")
)
"""First cells of rows that sum up others; such rows hold nothing to import."""

_UNIT = re.compile(r"[（(【\[](天|日|元|人民币|CNY|RMB|必填|选填|yyyy-mm-dd)[)）】\]]", re.IGNORECASE)
_DECORATION = re.compile(r"[\s*＊_()（）%％]+")


def plain(header: str) -> str:
    """A header as it is compared: no blanks, no marks of a required column, no case."""
    return _DECORATION.sub("", header.replace("\ufeff", "")).casefold()


def as_known(header: str, names: Container[str]) -> str:
    """The plain form under which a header is known: as it stands, else without a unit in brackets, as in 账期(天)."""
    word = plain(header)
    return word if word in names else plain(_UNIT.sub("", header))


def known_headers(columns: Iterable[Column]) -> dict[str, str]:
    """Every header that is understood: plain form -> column key."""
    names: dict[str, str] = {}
    for column in columns:
        for name in (column.key, *column.aliases):
            names.setdefault(plain(name), column.key)
    return names


def nearest(header: str, columns: Iterable[Column]) -> str | None:
    """The known header that was probably meant."""
    from difflib import get_close_matches

    found = get_close_matches(plain(header), list(known_headers(columns)), n=1, cutoff=0.75)
    if not found:
        return None
    key = known_headers(columns)[found[0]]
    return next((n for c in columns if c.key == key for n in (key, *c.aliases) if plain(n) == found[0]), key)


# --- cells --------------------------------------------------------------------------------------------------------------

LOST_DIGITS = N_("the spreadsheet has lost digits of this figure; format the column as text and enter it again")
NOT_NEGATIVE = N_("it must not be negative")
ABOVE_ZERO = N_("it must be greater than 0")
TOO_SMALL = N_("it is below the least allowed")
TOO_LARGE = N_("it is above the most allowed")
NOT_WHOLE = N_("it is no whole number")
NO_DATE = N_('"{text}" is not a date; write it as 2026-11-05')
NOT_FLAG = N_("write 1 or 0, yes or no")
TIME_OF_DAY = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
SCIENTIFIC = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
WHOLE = re.compile(r"-?\d{1,9}(\.0+)?")
SHORT = 9  # digits before the point that fit every unit
FLAGS = {
    "1": 1, "0": 0, "yes": 1, "no": 0, "true": 1, "false": 0, "y": 1, "n": 0,
    "是": 1, "否": 0, "启用": 1, "禁用": 0, "停用": 0, "在用": 1, "有效": 1, "无效": 0,
}  # fmt: skip


class BadCell(Exception):
    """A cell that cannot be read; `message` says why."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.text)


def reader_of(column: Column) -> Callable[[str], Any]:
    """What turns the column's text into the book's value (None for an empty cell). Raises BadCell."""
    read = READERS[column.kind]

    def value(text: str) -> Any:
        bare = text.strip()
        if not bare:
            return None
        try:
            return _bounded(read(_unguarded(bare, text), column), column)
        except Unreadable as error:
            raise BadCell(error.message) from None

    return value


def _unguarded(bare: str, text: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from taking text for a formula."""
    if isinstance(text, Lossy):
        raise BadCell(msg(LOST_DIGITS))
    return bare[1:] if bare[0] == "'" and bare[1:2] in FORMULA_STARTS else bare


def _bounded(value: Any, column: Column) -> Any:
    if column.least is not None and value < column.least:
        raise BadCell(msg({0: NOT_NEGATIVE, 1: ABOVE_ZERO}.get(column.least, TOO_SMALL)))
    if column.most is not None and value > column.most:
        raise BadCell(msg(TOO_LARGE))
    return value


def _simple(text: str, column: Column) -> bool:
    """Whether nothing about the text could be wrong."""
    return text.isascii() and text.isprintable() and len(text) <= column.longest


def _text(text: str, column: Column) -> str:
    """One line of text; line ends inside a cell become blanks."""
    if _simple(text, column):
        return text
    try:
        return clean(re.sub(r"\s*[\r\n\t\v\f]+\s*", " ", text), C_("cell"), column.longest)
    except SalesError as error:
        raise BadCell(error.problems[0].message) from None


def _note(text: str, column: Column) -> str:
    try:
        return clean(text.replace("\r\n", "\n").replace("\t", " "), C_("cell"), column.longest, lines=True)
    except SalesError as error:
        raise BadCell(error.problems[0].message) from None


def _code(text: str, column: Column) -> str:
    if text[:1].isdigit() and SCIENTIFIC.fullmatch(text):
        raise BadCell(msg(LOST_DIGITS))
    return _text(text, column)


def _phone(text: str, column: Column) -> str:
    text = unicodedata.normalize("NFKC", text)
    return _code(text.removesuffix(".0") if text.removesuffix(".0").isdecimal() else text, column)


def _date(text: str, _column: Column) -> str:
    """A written day as ISO text; a time of day is left out. Words such as "today" are no dates of a file."""
    if len(text) == 10 and text[4] == text[7] == "-" and "1900" <= text < "2100":
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            pass  # the careful reader says what is wrong with it
    bare = TIME_OF_DAY.sub("", text)
    if not bare[:1].isdigit():
        raise BadDate(text, "not_a_date", NO_DATE)
    try:
        return parse_date(bare, date.min).isoformat()  # nothing relative is let through, so the day counted from does not matter
    except BadDate as error:
        if error.why != "not_a_date":
            raise
        raise BadDate(text, error.why, NO_DATE) from None


def _moment(text: str, column: Column) -> str:
    """A written day and, where it stands there, the time of day: 2026-11-05 14:30."""
    found = TIME_OF_DAY.search(text)
    time = found[0].strip(" T").split(":") if found else []
    return " ".join([_date(text, column), *([f"{int(time[0]):02}:{time[1]}"] if time else [])])


def _rounded(text: str, _column: Column) -> int:
    """An amount with any number of decimals, half up: the third decimal decides."""
    head, point, decimals = text.rpartition(".")
    shortened = f"{head}.{decimals[:3]}" if point and decimals.isdecimal() else text
    return divide(parse_price(shortened), 100)


def _count(text: str, _column: Column) -> int:
    if not WHOLE.fullmatch(text):
        raise BadCell(msg(NOT_WHOLE))
    return int(text.partition(".")[0])


def _flag(text: str, _column: Column) -> int:
    found = FLAGS.get(text.removesuffix(".0").casefold())
    if found is None:
        raise BadCell(msg(NOT_FLAG))
    return found


def _number(parse: Callable[[str], int], decimals: int) -> Callable[[str, Column], int]:
    """A reader of figures with so many decimals; plain ones such as 12 or 12.50 need no careful look."""

    def read(text: str, _column: Column) -> int:
        whole, _point, part = text.partition(".")
        if whole.isdecimal() and len(whole) <= SHORT and len(part) <= decimals and (not part or part.isdecimal()):
            return int(whole + part.ljust(decimals, "0"))
        return parse(text)

    return read


READERS: Mapping[str, Callable[[str, Column], Any]] = {
    "text": _text, "code": _code, "phone": _phone, "note": _note, "date": _date, "moment": _moment, "count": _count,
    "flag": _flag, "rounded": _rounded,
    "amount": _number(parse_amount, 2), "price": _number(parse_price, 4), "quantity": _number(parse_quantity, 3),
    "percent": _number(parse_rate, 2),
}  # fmt: skip


class ColumnReader:
    """Reads one column piece by piece; every distinct text once. `bad` holds why a text cannot be read."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self.values: list[Any] = []
        self.bad: dict[str, Message] = {}
        self._read = reader_of(column)
        self._known: dict[str, Any] = {}
        self._plain = column.kind in ("text", "code")

    def extend(self, cells: Sequence[str]) -> bool:
        """Append the values of these cells; whether one of them is bad."""
        known = self._known
        try:
            self.values += list(map(known.__getitem__, cells))
        except KeyError:
            for cell in dict.fromkeys(cells):
                if cell not in known:
                    self._learn(cell)
            self.values += list(map(known.__getitem__, cells))
        return bool(self.bad)

    def _learn(self, cell: str) -> None:
        if self._plain and cell[:1].isalpha() and cell[-1] != " " and _simple(cell, self.column):
            self._known[cell] = cell  # most codes are like this: nothing to read, only to keep
            return
        try:
            self._known[cell] = self._read(cell)
        except BadCell as error:
            self._known[cell] = None
            self.bad[cell] = error.message
