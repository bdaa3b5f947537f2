"""XLSX for people who calculate further: real numbers and dates, codes and phones as text, no text that runs as a formula."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from salescli.core.errors import Kind, fail
from salescli.core.formats.values import figure_lines, human, is_number, titles, visible, width
from salescli.core.i18n import N_, _
from salescli.core.money import AMOUNT_ONE, PRICE_ONE, QUANTITY_ONE, RATE_ONE
from salescli.core.report import Figure, Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

MOST_ROWS = 1_048_000  # a sheet holds 1,048,576 rows; header and totals need some of them
CONSTANT_MEMORY_FROM = 5_000  # rows; below that the file is made in memory, above it row by row on disk
LONGEST_TEXT = 32_767
LONGEST_NAME = 31
WIDEST_COLUMN = 60
SAMPLE_ROWS = 1_000

_UNITS = {"amount": AMOUNT_ONE, "price": PRICE_ONE, "quantity": QUANTITY_ONE, "percent": RATE_ONE}
_NUMBER_FORMATS = {
    "amount": "#,##0.00",
    "price": "#,##0.00##",
    "quantity": "#,##0",
    "quantity_part": "#,##0.0##",  # "#,##0.###" would show 10 as "10."
    "percent": "0.00%",
    "int": "#,##0",
    "rank": "0",
    "date": "yyyy-mm-dd",
    "time": "yyyy-mm-dd hh:mm:ss",
    "text": "@",
}


def write(report: Report, out: BinaryIO) -> None:
    """Write one sheet with header, rows and totals, and one with what the report says in words. Raises usage problems."""
    if len(report.rows) > MOST_ROWS:
        hint = N_("use -f csv, or --limit")
        fail("too_many_rows", N_("{count} rows are more than a sheet holds"), kind=Kind.USAGE, hint=hint, count=len(report.rows))
    from xlsxwriter import Workbook

    plain_strings = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    constant = len(report.rows) > CONSTANT_MEMORY_FROM
    book = Workbook(out, {**plain_strings, "constant_memory": constant, "in_memory": not constant})
    book.set_properties({"title": visible(report.title.render())})
    sheet = _Sheet(book, report)
    sheet.write()
    _write_words(book, report, sheet.name)
    book.close()


def sheet_name(title: str) -> str:
    """A name Excel accepts for a sheet: at most 31 characters, none of []:*?/\\, no apostrophe at the ends, not "History"."""
    name = re.sub(r"[\[\]:*?/\\]", " ", visible(title)).strip("' ")
    if len(name) > LONGEST_NAME:
        name = (name[:LONGEST_NAME].rpartition(" ")[0] or name[:LONGEST_NAME]).strip("' ")
    return f"{name}_" if name.lower() == "history" else name or "Sheet1"


class _Sheet:
    """The sheet of rows; one writer per column so that a cell costs one call."""

    def __init__(self, book: Any, report: Report) -> None:
        self.report = report
        self.name = sheet_name(report.title.render())
        self.sheet = book.add_worksheet(self.name)
        self.formats = {kind: book.add_format({"num_format": text}) for kind, text in _NUMBER_FORMATS.items()}
        self.bold = {kind: book.add_format({"num_format": text, "bold": True, "top": 1}) for kind, text in _NUMBER_FORMATS.items()}
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.head_right = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "align": "right"})

    def write(self) -> None:
        columns = self.report.columns
        self.sheet.freeze_panes(1, 0)
        for place, (column, title) in enumerate(zip(columns, titles(columns), strict=True)):
            self.sheet.set_column(place, place, self._width(place, title))
            self.sheet.write_string(0, place, title, self.head_right if is_number(column) else self.head)
        writers = [(place, self._writer(column.kind)) for place, column in enumerate(columns)]
        for number, row in enumerate(self.report.rows, 1):
            for place, put in writers:
                if row[place] is not None:
                    put(number, place, row[place], self.formats)
        if self.report.rows:
            self.sheet.autofilter(0, 0, len(self.report.rows), len(columns) - 1)
            self._totals(len(self.report.rows) + 1)

    def _width(self, place: int, title: str) -> int:
        kind = self.report.columns[place].kind
        sample = (width(human(row[place], kind)) for row in self.report.rows[:SAMPLE_ROWS])
        total = self.report.totals.get(self.report.columns[place].key)
        widest = max([*sample, width(title) + 2, width(human(total, kind))])
        return min(widest + 2, WIDEST_COLUMN)

    def _totals(self, number: int) -> None:
        columns = self.report.columns
        totals = self.report.totals
        if not any(column.key in totals for column in columns):
            return
        free = [place for place, column in enumerate(columns) if column.key not in totals]
        label = next((place for place in free if not is_number(columns[place])), free[0] if free else None)
        for place, column in enumerate(columns):
            if totals.get(column.key) is not None:
                self._writer(column.kind)(number, place, totals[column.key], self.bold)
            else:
                self.sheet.write_string(number, place, _(N_("Total")) if place == label else "", self.bold["text"])

    def _writer(self, kind: str) -> Callable[[int, int, Any, dict[str, Any]], object]:
        if kind == "figure":
            return self._put_figure
        if kind in _UNITS:
            return lambda row, place, cell, formats: self._put_units(row, place, cell, kind, formats)
        if kind in ("int", "rank"):
            return lambda row, place, cell, formats: self._put_count(row, place, cell, kind, formats)
        if kind in ("date", "time"):
            return lambda row, place, cell, formats: self._put_moment(row, place, cell, kind, formats)
        return lambda row, place, cell, formats: self._put_text(row, place, human(cell, kind), formats)

    def _put_figure(self, row: int, place: int, cell: Figure, formats: dict[str, Any]) -> None:
        if cell.value is not None:
            self._writer(cell.kind)(row, place, cell.value, formats)

    def _put_units(self, row: int, place: int, cell: Any, kind: str, formats: dict[str, Any]) -> None:
        if not isinstance(cell, int):
            self._put_text(row, place, str(cell), formats)
            return
        style = "quantity_part" if kind == "quantity" and cell % QUANTITY_ONE else kind
        self.sheet.write_number(row, place, cell / _UNITS[kind], formats[style])

    def _put_count(self, row: int, place: int, cell: Any, kind: str, formats: dict[str, Any]) -> None:
        if isinstance(cell, int):
            self.sheet.write_number(row, place, cell, formats[kind])
        else:
            self._put_text(row, place, str(cell), formats)

    def _put_moment(self, row: int, place: int, cell: Any, kind: str, formats: dict[str, Any]) -> None:
        moment = _moment(str(cell), kind)
        if moment is None:
            self._put_text(row, place, str(cell), formats)
        else:
            self.sheet.write_datetime(row, place, moment, formats[kind])

    def _put_text(self, row: int, place: int, text: str, formats: dict[str, Any]) -> None:
        self.sheet.write_string(row, place, visible(text)[:LONGEST_TEXT], formats["text"])


def _moment(text: str, kind: str) -> date | None:
    """The day or moment ISO text names; None when it is none, or before Excel's calendar."""
    try:
        moment = date.fromisoformat(text) if kind == "date" else datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    return moment if moment.year >= 1900 else None


def _write_words(book: Any, report: Report, taken: str) -> None:
    """A second sheet with title, further totals and notes, when there is more to say than the rows do."""
    lines = figure_lines(report) + [visible(note.render()) for note in report.notes]
    if not report.rows:
        lines.insert(0, visible(report.empty_message().render()))
    if not lines:
        return
    name = _(N_("Notes"))
    sheet = book.add_worksheet(name if name.lower() != taken.lower() else f"{name} 2")
    sheet.set_column(0, 0, WIDEST_COLUMN)
    for number, line in enumerate([visible(report.title.render()), *lines]):
        sheet.write_string(number, 0, line[:LONGEST_TEXT])
