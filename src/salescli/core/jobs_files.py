"""Reading a spreadsheet file as rows of text: CSV in the encodings offices use, XLSX, XLS.

A cell is what a person sees in it, as text: 13812345678.0 is "13812345678", a date is ISO. Rows are numbered as the spreadsheet does.
"""

from __future__ import annotations

import codecs
import csv
import re
import sys
from collections import Counter
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from hashlib import sha256
from io import BytesIO, TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_
from salescli.core.os_reason import why
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

STDIN = "-"
DELIMITERS = ",;\t"
SNIFFED_ROWS = 20
PIECE = 1 << 20
LONGEST_CELL = 1 << 20

MOST_EXACT = 10**15
"""A spreadsheet keeps 15 digits; a longer figure has lost its last ones."""


class Lossy(str):
    """A figure whose last digits the spreadsheet has lost."""

    __slots__ = ()


class Source(NamedTuple):
    """A file as it was read, whole; `sheet` is the name or number asked for."""

    name: str
    data: bytes
    sheet: str | None = None

    @property
    def digest(self) -> str:
        """What proves later which file it was."""
        return sha256(self.data).hexdigest()


def load(path: str, sheet: str | None = None) -> Source:
    """Read a file (or standard input: "-"). Raises SalesError: 3 no such file, 9 unreadable or empty."""
    try:
        data = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
    except FileNotFoundError:
        fail("no_such_file", N_("there is no file {file}"), kind=Kind.NOT_FOUND, file=path)
    except OSError as error:
        fail("cannot_read", N_("cannot read {file}: {why}"), kind=Kind.INPUT, file=path, why=why(error))
    if not data.strip():
        fail("empty_file", N_("{file} is empty"), kind=Kind.INPUT, file=path)
    return Source(Path(path).name, data, sheet)


def rows(source: Source) -> Iterator[list[str]]:
    """Every row of the file from the first, empty ones included. Raises SalesError (exit 9) for what is no table."""
    if source.data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0"):
        return _sheet_rows(source)
    if source.sheet:
        fail("no_sheets", N_("{file} is a text file; --sheet is for workbooks"), kind=Kind.USAGE, file=source.name)
    return _csv_rows(source)


# --- CSV ----------------------------------------------------------------------------------------------------------------


def encoding_of(source: Source) -> str:
    """UTF-8 with or without BOM, UTF-16 with BOM, else GB18030. Raises SalesError (exit 9) when it is none of them."""
    if source.data.startswith(codecs.BOM_UTF8):
        return _checked(source, "utf-8-sig")
    if source.data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(source, "utf-16")
    return "utf-8" if _fits(source.data, "utf-8") else _checked(source, "gb18030")


def _checked(source: Source, encoding: str) -> str:
    if not _fits(source.data, encoding) or (encoding == "gb18030" and b"\0" in source.data):
        text = N_("{file} is neither UTF-8, UTF-16 nor GB18030 text, nor a workbook")
        fail("bad_encoding", text, kind=Kind.INPUT, hint=N_("save it as CSV UTF-8 or as XLSX"), file=source.name)
    return encoding


def _fits(data: bytes, encoding: str) -> bool:
    """Decoded piece by piece: a file of a hundred megabytes must not stand in memory twice."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(data), PIECE):
            decoder.decode(data[start : start + PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _csv_rows(source: Source) -> Iterator[list[str]]:
    encoding = encoding_of(source)
    delimiter = _delimiter(source, encoding)
    reader = _reader(source, encoding, delimiter)
    try:
        yield from reader
    except csv.Error as error:
        long = "field larger" in str(error)
        text = (
            N_("{file}, line {line}: a cell is longer than anything kept here; is a quotation mark missing?")
            if long
            else N_("{file}, line {line}: the cells cannot be told apart; is a quotation mark missing or too many?")
        )
        fail("bad_csv", text, kind=Kind.INPUT, file=source.name, line=reader.line_num, why=str(error))


def _reader(source: Source, encoding: str, delimiter: str) -> Any:
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(TextIOWrapper(BytesIO(source.data), encoding, newline=""), delimiter=delimiter, strict=True)


def _delimiter(source: Source, encoding: str) -> str:
    """The sign that cuts most of the first rows into the same number of columns."""
    return max(DELIMITERS, key=lambda sign: _agreement(source, encoding, sign))


def _agreement(source: Source, encoding: str, delimiter: str) -> tuple[int, int]:
    try:
        widths = Counter(len(row) for row in islice(_reader(source, encoding, delimiter), SNIFFED_ROWS) if len(row) > 1)
    except csv.Error:
        return (0, 0)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


# --- workbooks ----------------------------------------------------------------------------------------------------------


def _sheet_rows(source: Source) -> Iterator[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    _check_extent(source)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(source.data))
        name = _sheet_name(source, book.sheet_names)
        found = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except CalamineError as error:
        locked = type(error).__name__ == "PasswordError"
        text = (
            N_("{file} is locked with a password") if locked else N_("{file} cannot be read as a workbook; it is damaged or something else")
        )
        hint = N_("open it in your spreadsheet program and save it again as XLSX, without a password")
        fail("bad_workbook", text, kind=Kind.INPUT, hint=hint, file=source.name, why=" ".join(str(error).split()))
    return ([cell_text(cell) for cell in row] for row in found)


MOST_CELLS = 100_000_000
"""Cells a sheet may span, empty ones counted: all of them are kept in memory at once."""

_SPAN = re.compile(rb'<dimension ref="[A-Z]+[0-9]+:([A-Z]+)([0-9]+)"')


def _check_extent(source: Source) -> None:
    """Refuse a sheet that a cell in its far corner makes larger than any memory."""
    if cell := _far_corner(source.data):
        text = N_("{file}: a sheet reaches to cell {cell}; that is too large to be read")
        hint = N_("delete what stands so far out, or save as CSV")
        fail("sheet_too_large", text, kind=Kind.INPUT, hint=hint, file=source.name, cell=cell)


def _far_corner(data: bytes) -> str | None:
    """The last cell of a sheet that is too large, as the sheet itself names it."""
    from zipfile import ZipFile

    with suppress(Exception), ZipFile(BytesIO(data)) as book:  # whoever reads the workbook says what is damaged in it
        for name in book.namelist():
            found = _SPAN.search(book.open(name).read(2000)) if name.startswith("xl/worksheets/") else None
            if found and _column_number(found[1].decode()) * int(found[2]) > MOST_CELLS:
                return (found[1] + found[2]).decode()
    return None


def _column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    return reduce(lambda number, letter: number * 26 + ord(letter) - 64, letters, 0)


def _sheet_name(source: Source, names: list[str]) -> str:
    """The sheet asked for by name or number, else the first one."""
    asked = source.sheet
    if not names:
        fail("no_sheet", N_("{file} has no sheet"), kind=Kind.INPUT, file=source.name)
    if asked is None:
        return names[0]
    if asked not in names and not (asked.isdecimal() and 1 <= int(asked) <= len(names)):
        text = N_('{file} has no sheet "{sheet}": {known}')
        fail("no_such_sheet", text, kind=Kind.INPUT, file=source.name, sheet=asked, known=names)
    return asked if asked in names else names[int(asked) - 1]


def cell_text(cell: Any) -> str:
    """A workbook's cell as text."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, (int, float)):
        return number_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell)


def number_text(number: float) -> str:
    """A figure as the spreadsheet shows it: 15 digits, no exponent, no ".0"; marked when digits were lost."""
    if not abs(number) < MOST_EXACT:  # what is no number at all (NaN) is not below anything
        return Lossy(f"{number:.0f}")
    if number == int(number):
        return str(int(number))
    return f"{Decimal(f'{number:.15g}'):f}"
